//! How far away a server is, as a browser sees it: calls from the internet into a person's own network are guarded. It
//! looks at names only and resolves none.

/// How far away a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Network {
    /// This machine.
    Loopback,
    /// A network that the person is on.
    Private,
    /// The internet.
    Public,
}

impl Network {
    /// How far away a host is, from its name alone.
    pub fn of_host(host: &str) -> Self {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let is_address = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let loopback = bare.rsplit('.').next() == Some("localhost") || bare == "::1";
        if loopback || (is_address && bare.starts_with("127.")) {
            return Self::Loopback;
        }
        let octets: Vec<u8> = bare.split('.').filter_map(|part| part.parse().ok()).collect();
        let private = match octets.as_slice() {
            [10, _, _, _] | [192, 168, _, _] | [169, 254, _, _] => is_address,
            [172, second, _, _] => is_address && (16..32).contains(second),
            _ => {
                let v6 = bare.contains(':');
                bare.rsplit('.').next() == Some("local")
                    || (v6 && ["fc", "fd", "fe80"].iter().any(|start| bare.starts_with(start)))
            }
        };
        if private { Self::Private } else { Self::Public }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_hosts_are() {
        for (host, expected) in [
            ("localhost", Network::Loopback),
            ("a.localhost", Network::Loopback),
            ("127.0.0.2", Network::Loopback),
            ("[::1]", Network::Loopback),
            ("10.1.2.3", Network::Private),
            ("172.31.0.1", Network::Private),
            ("172.32.0.1", Network::Public),
            ("192.168.0.9", Network::Private),
            ("printer.local", Network::Private),
            ("[fd12::1]", Network::Private),
            ("[fe80::1]", Network::Private),
            ("127.0.0.1.example.com", Network::Public),
            ("10.0.0.1.example.com", Network::Public),
            ("fd.example.com", Network::Public),
            ("api.openai.com", Network::Public),
        ] {
            assert_eq!(Network::of_host(host), expected, "{host}");
        }
    }
}
