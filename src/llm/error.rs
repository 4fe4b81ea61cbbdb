//! What can go wrong with a call, from the transport's silence to the server's own words, told so that a person
//! knows what happened, why, and what to do next. What a server says is cut, cleaned and freed of the key before
//! it is kept. It does not retry; `is_retryable` says whether that could help.

use super::on_device::OnDeviceError;

/// The longest answer that is read, in bytes.
pub const MAX_REPLY_BYTES: usize = 1 << 20;

/// Why a call brought no complete answer. `detail` is what the server said, cleaned; empty if it said nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// 429.
    #[error(
        "The server limits how often it may be asked (429){}. Wait a little, ask fewer agents at once, or choose \
         another model.{}", wait(*.retry_after_seconds), says(.detail)
    )]
    RateLimited {
        /// How long the server asks to be left alone, where the page may read it.
        retry_after_seconds: Option<u64>,
        /// The server's words.
        detail: String,
    },
    /// The account has no money or quota left.
    #[error(
        "The account behind the key has no credit or quota left. Top it up, or use another connection.{}",
        says(.detail)
    )]
    QuotaExhausted {
        /// The server's words.
        detail: String,
    },
    /// 401: the server's words are left out, since some repeat the key.
    #[error(
        "The server does not accept the key (401). Check the key of this connection, and that it belongs to this server."
    )]
    Unauthorised,
    /// The provider does not serve this organisation from pages, or this region: no key changes that.
    #[error(
        "The provider refuses calls from this organisation, region or page ({status}). Ask whoever runs the account, or \
         use another connection.{}", says(.detail)
    )]
    NotAdmitted {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        detail: String,
    },
    /// 403: a key without permission, or a server that does not admit this page.
    #[error(
        "The server refuses the request (403): the key may not use this model, or the server does not admit this \
         page. Check the key's permissions; for a server of your own, allow this page's origin."
    )]
    Forbidden,
    /// 404: no such model, or no such path.
    #[error(
        "The server knows no such model or address (404). Check the model's name, and whether the base URL ends as \
         it should (often /v1).{}", says(.detail)
    )]
    NotFound {
        /// The server's words.
        detail: String,
    },
    /// 400 and its kin: the request itself is refused.
    #[error(
        "The server refuses the request ({status}).{} Check the connection's settings and the model's name.",
        says(.detail)
    )]
    BadRequest {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        detail: String,
        /// The part of the request that the server says it does not support, if it says so.
        unsupported: Option<Parameter>,
    },
    /// The prompt does not fit into the model's context.
    #[error(
        "The prompt is too long for the model. Shorten the background or the evidence, or choose a model \
         with a longer context.{}",
        says(.detail)
    )]
    ContextTooLong {
        /// The server's words.
        detail: String,
    },
    /// 408, 5xx, 529.
    #[error(
        "The server failed or is overloaded ({status}). Try again later, or use another connection.{}",
        says(.detail)
    )]
    Server {
        /// The HTTP status.
        status: u16,
        /// How long the server asks to be left alone, where the page may read it.
        retry_after_seconds: Option<u64>,
        /// The server's words.
        detail: String,
    },
    /// `fetch` failed, and a browser does not say why.
    #[error(
        "The server could not be reached. A browser gives no reason; it may be off, the address wrong, you offline, \
         access to the local network denied, or the server does not admit web pages (CORS). Test the connection in \
         the settings."
    )]
    Network,
    /// The connection failed, and the transport says why: outside a browser it may.
    #[error("The server could not be reached: {reason}. Check its address, and whether it is running.")]
    Unreachable {
        /// What the system says, without address and key.
        reason: String,
    },
    /// Our own patience ran out.
    #[error(
        "The answer took longer than {seconds} s. Allow more time in the settings, or choose a faster model."
    )]
    TotalTimeout {
        /// How long was waited.
        seconds: u64,
    },
    /// Nothing came for too long.
    #[error(
        "Nothing came from the server for {seconds} s. It may be overloaded or loading the model: try again, or allow more time."
    )]
    IdleTimeout {
        /// How long was waited.
        seconds: u64,
    },
    /// The stream ended without saying that it was complete.
    #[error(
        "The reply broke off before its end: the connection was cut. Try again; if it happens often, look at the server's log."
    )]
    Cut,
    /// The provider withheld the answer.
    #[error(
        "The model or its provider refuses to answer this question. Put it in other words, or use another \
         model.{}",
        says(.detail)
    )]
    Refused {
        /// The server's words.
        detail: String,
    },
    /// More bytes than any answer needs.
    #[error(
        "The reply is larger than 1 MiB and was not read to its end. Lower the limit of tokens, or use another model."
    )]
    Oversized,
    /// The reply held the key: it must not reach a log that may be shared.
    #[error(
        "The server sent the key of this connection back in its reply; the reply was thrown away. Do not use this server with this key."
    )]
    KeyEchoed,
    /// Not what this protocol says.
    #[error(
        "What came is no reply of a server of this kind. Check the base URL and the protocol of the connection.{}",
        says(.detail)
    )]
    Malformed {
        /// What came, or what is wrong with it.
        detail: String,
    },
    /// A model on this device, not a server, failed.
    #[error("{0}")]
    OnDevice(OnDeviceError),
}

/// A part of a request that some servers do not take. Leaving it out, the request can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// The form of the answer.
    Format,
    /// `max_tokens` under that name.
    MaxTokens,
    /// The sampling temperature.
    Temperature,
    /// `stream_options`.
    StreamUsage,
    /// Log-probabilities.
    Logprobs,
}

impl CallError {
    /// Whether the same request may succeed a little later (providers §3): a reply that broke off or came garbled was
    /// most likely lost on its way.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. } | Self::Server { .. } | Self::Network | Self::Unreachable { .. }
        ) || self.has_cost()
    }

    /// Whether the model may have worked for a reply that was lost on its way: it is asked for once more and not
    /// again, since each try may have to be paid.
    pub fn has_cost(&self) -> bool {
        matches!(self, Self::Cut | Self::Malformed { .. })
    }

    /// How long the server asks to be left alone.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after_seconds, .. } | Self::Server { retry_after_seconds, .. } => {
                *retry_after_seconds
            }
            _ => None,
        }
    }

    /// The part of the request to leave out before asking again, if that is what the server complains about.
    pub fn unsupported(&self) -> Option<Parameter> {
        match self {
            Self::BadRequest { unsupported, .. } => *unsupported,
            _ => None,
        }
    }

    /// Two or three words for a countdown or a list of retries.
    pub fn short_name(&self) -> &'static str {
        match self {
            Self::RateLimited { .. } => "rate limit",
            Self::QuotaExhausted { .. } => "quota exhausted",
            Self::Unauthorised => "key refused",
            Self::NotAdmitted { .. } => "not admitted",
            Self::Forbidden => "forbidden",
            Self::NotFound { .. } => "not found",
            Self::BadRequest { .. } => "bad request",
            Self::ContextTooLong { .. } => "prompt too long",
            Self::Server { .. } => "server error",
            Self::Network | Self::Unreachable { .. } => "not reachable",
            Self::TotalTimeout { .. } => "time-out",
            Self::IdleTimeout { .. } => "silence",
            Self::Cut => "cut reply",
            Self::Refused { .. } => "refusal",
            Self::Oversized => "oversized reply",
            Self::KeyEchoed => "key echoed",
            Self::Malformed { .. } => "not a reply",
            Self::OnDevice(_) => "model on this device",
        }
    }
}

fn says(detail: &str) -> String {
    if detail.is_empty() { String::new() } else { format!(" The server says: “{detail}”") }
}

fn wait(seconds: Option<u64>) -> String {
    seconds.map(|seconds| format!(" and asks to wait {seconds} s")).unwrap_or_default()
}
