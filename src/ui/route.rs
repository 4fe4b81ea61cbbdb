//! What an address fragment asks for. Pure, so that it is tested natively; it does not know pages, nor what a
//! link's code means.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// Where the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Ask a question.
    Ask,
    /// Watch the run.
    Watch {
        /// The event that the scrubber is put at, from 1.
        at: Option<u64>,
    },
    /// Why the run's answer is what it is.
    Why {
        /// The event that the path is pointed at, from 1.
        at: Option<u64>,
    },
    /// Every event of the run, one of them marked.
    Audit {
        /// The event to show, from 1.
        at: Option<u64>,
    },
    /// A run in a link, or in a file that a link names.
    Shared {
        /// Where the run is.
        source: Source,
        /// Whether the page stands inside another page.
        embed: bool,
        /// The colours asked for.
        theme: Option<Theme>,
        /// Whether it is shown why the answer is what it is.
        why: bool,
        /// The event that the scrubber is put at, from 1.
        at: Option<u64>,
    },
    /// The runs that are kept.
    Runs,
    /// The open run's question for a class.
    Class,
    /// A pupil answers a question for a class.
    Ballot {
        /// The question, as in the link.
        code: String,
    },
    /// Two runs side by side.
    Compare {
        /// Which stands on the left: the id of a kept run, or one of the page's own names.
        left: Option<String>,
        /// Which stands on the right.
        right: Option<String>,
    },
    /// How a market of beliefs works, step by step.
    Learn {
        /// The step, from 1.
        step: usize,
    },
    /// The simulated lab.
    Lab,
    /// Options compared by what a panel thinks of each.
    Decide,
    /// Methods compared on many questions.
    Evaluate,
    /// Two evaluations side by side.
    Contrast {
        /// Which comes first: the id of a kept evaluation, or one of the page's own names.
        first: Option<String>,
        /// Which comes second.
        second: Option<String>,
    },
    /// Results of an evaluation in a link.
    Results {
        /// The results, with the link's version.
        code: String,
    },
    /// Connections, keys, appearance.
    Settings,
    /// Anything else.
    NotFound,
}

/// Where a shared run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the link: its code, with its version.
    Code(String),
    /// In a file on the web: its https address.
    File(String),
}

/// What must stand percent-encoded in an address that is part of a fragment.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// Colours that a link may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Route {
    /// Reads a fragment, with or without its `#`.
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let value = |key: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(name, _)| *name == key)
                .map(|(_, v)| v)
        };
        let event = || value("at").and_then(|at| at.parse().ok()).filter(|&at| at > 0);
        let is_id = |id: &&str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let id = |key: &str| value(key).filter(is_id).map(str::to_owned);
        match path.trim_end_matches('/') {
            "" => Self::Ask,
            "/run" => Self::Watch { at: event() },
            "/run/why" => Self::Why { at: event() },
            "/run/audit" => Self::Audit { at: event() },
            "/runs" => Self::Runs,
            "/class" => Self::Class,
            "/compare" => Self::Compare { left: id("a"), right: id("b") },
            "/learn" => Self::Learn { step: value("step").and_then(|step| step.parse().ok()).unwrap_or(1) },
            "/learn/lab" => Self::Lab,
            "/decide" => Self::Decide,
            "/evaluate" => Self::Evaluate,
            "/evaluate/compare" => Self::Contrast { first: id("a"), second: id("b") },
            "/settings" => Self::Settings,
            path if path.strip_prefix("/c/").is_some_and(|code| !code.is_empty()) => {
                Self::Ballot { code: path.trim_start_matches("/c/").to_owned() }
            }
            path if path.strip_prefix("/e/").is_some_and(|code| !code.is_empty()) => {
                Self::Results { code: path.trim_start_matches("/e/").to_owned() }
            }
            path => match Source::parse(path) {
                Some(source) => Self::Shared {
                    source,
                    embed: value("embed") == Some("1"),
                    theme: match value("theme") {
                        Some("light") => Some(Theme::Light),
                        Some("dark") => Some(Theme::Dark),
                        _ => None,
                    },
                    why: value("view") == Some("why"),
                    at: event(),
                },
                None => Self::NotFound,
            },
        }
    }

    /// Whether two routes show the same page, whatever their parameters.
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shared { source, .. }, Self::Shared { source: other, .. }) => source == other,
            (Self::Ballot { code }, Self::Ballot { code: other })
            | (Self::Results { code }, Self::Results { code: other }) => code == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Whether the page shows the local run, so that the last one is taken up if none is open.
    pub fn shows_local_run(&self) -> bool {
        matches!(self, Self::Watch { .. } | Self::Why { .. } | Self::Audit { .. } | Self::Class)
    }

    /// The event that the address points at, if it points at one.
    pub fn at(&self) -> Option<u64> {
        match self {
            Self::Watch { at } | Self::Why { at } | Self::Audit { at } | Self::Shared { at, .. } => *at,
            _ => None,
        }
    }

    /// The same page with another event pointed at, where pages have that.
    #[must_use]
    pub fn pointed_at(&self, seq: u64) -> Option<Self> {
        let mut route = self.clone();
        match &mut route {
            Self::Watch { at } | Self::Why { at } | Self::Audit { at } | Self::Shared { at, .. } => {
                *at = Some(seq).filter(|&seq| seq > 0);
            }
            _ => return None,
        }
        Some(route)
    }

    /// Whether the page stands inside another page and shows no header.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Self::Shared { embed: true, .. })
    }
}

impl Source {
    /// `/r/<code>` or `/u/<percent-encoded https address>`.
    fn parse(path: &str) -> Option<Self> {
        if let Some(code) = path.strip_prefix("/r/").filter(|code| !code.is_empty()) {
            return Some(Self::Code(code.to_owned()));
        }
        let address = percent_decode_str(path.strip_prefix("/u/")?).decode_utf8().ok()?;
        let host = address.strip_prefix("https://")?;
        (!host.is_empty() && !host.starts_with('/')).then(|| Self::File(address.into_owned()))
    }
}

impl std::fmt::Display for Route {
    /// The fragment, without `#`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Ask | Self::NotFound => f.write_str("/"),
            Self::Watch { at: None } => f.write_str("/run"),
            Self::Watch { at: Some(at) } => write!(f, "/run?at={at}"),
            Self::Why { at: None } => f.write_str("/run/why"),
            Self::Why { at: Some(at) } => write!(f, "/run/why?at={at}"),
            Self::Audit { at: None } => f.write_str("/run/audit"),
            Self::Audit { at: Some(at) } => write!(f, "/run/audit?at={at}"),
            Self::Runs => f.write_str("/runs"),
            Self::Class => f.write_str("/class"),
            Self::Ballot { code } => write!(f, "/c/{code}"),
            Self::Results { code } => write!(f, "/e/{code}"),
            Self::Compare { left, right } => write_pair(f, "/compare", left.as_ref(), right.as_ref()),
            Self::Contrast { first, second } => {
                write_pair(f, "/evaluate/compare", first.as_ref(), second.as_ref())
            }
            Self::Learn { step: 1 } => f.write_str("/learn"),
            Self::Learn { step } => write!(f, "/learn?step={step}"),
            Self::Lab => f.write_str("/learn/lab"),
            Self::Decide => f.write_str("/decide"),
            Self::Evaluate => f.write_str("/evaluate"),
            Self::Settings => f.write_str("/settings"),
            Self::Shared { source, embed, theme, why, at } => {
                match source {
                    Source::Code(code) => write!(f, "/r/{code}")?,
                    Source::File(address) => write!(f, "/u/{}", utf8_percent_encode(address, ENCODED))?,
                }
                let theme = theme.map(|theme| match theme {
                    Theme::Light => "theme=light",
                    Theme::Dark => "theme=dark",
                });
                let view = why.then_some("view=why");
                let at = at.map(|at| format!("at={at}"));
                let parts: Vec<&str> = embed
                    .then_some("embed=1")
                    .into_iter()
                    .chain(theme)
                    .chain(view)
                    .chain(at.as_deref())
                    .collect();
                if parts.is_empty() { Ok(()) } else { write!(f, "?{}", parts.join("&")) }
            }
        }
    }
}

/// A page of two things, with those that are chosen.
fn write_pair(
    f: &mut std::fmt::Formatter<'_>,
    page: &str,
    left: Option<&String>,
    right: Option<&String>,
) -> std::fmt::Result {
    f.write_str(page)?;
    let given = [("a", left), ("b", right)].into_iter().filter_map(|(key, id)| Some((key, id?)));
    given
        .enumerate()
        .try_for_each(|(place, (key, id))| write!(f, "{}{key}={id}", if place == 0 { '?' } else { '&' }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fragment: &str, route: Route) {
        assert_eq!(Route::parse(fragment), route, "{fragment}");
        if route != Route::NotFound {
            assert_eq!(Route::parse(&route.to_string()), route, "{route} of {fragment}");
        }
    }

    #[test]
    fn fragments_and_their_pages() {
        let shared = |embed, theme| Route::Shared {
            source: Source::Code("1.AbC_-9".into()),
            embed,
            theme,
            why: false,
            at: None,
        };
        let file = |address: &str, embed| Route::Shared {
            source: Source::File(address.into()),
            embed,
            theme: None,
            why: false,
            at: None,
        };
        for empty in ["", "#", "#/", "/", "#//"] {
            check(empty, Route::Ask);
        }
        check("#/run", Route::Watch { at: None });
        check("#/run/", Route::Watch { at: None });
        check("#/run?at=3", Route::Watch { at: Some(3) });
        check("#/run/audit", Route::Audit { at: None });
        check("#/run/audit?at=12", Route::Audit { at: Some(12) });
        check("#/run/audit?x=1&at=12", Route::Audit { at: Some(12) });
        check("#/run/audit?at=0", Route::Audit { at: None });
        check("#/run/audit?at=nonsense", Route::Audit { at: None });
        check("#/runs", Route::Runs);
        let compare = |left: Option<&str>, right: Option<&str>| Route::Compare {
            left: left.map(str::to_owned),
            right: right.map(str::to_owned),
        };
        check("#/class", Route::Class);
        check("#/c/eJx-_9", Route::Ballot { code: "eJx-_9".into() });
        check("#/c/", Route::NotFound);
        check("#/e/1.AbC_-9", Route::Results { code: "1.AbC_-9".into() });
        check("#/e/", Route::NotFound);
        check("#/compare", compare(None, None));
        check("#/compare?a=open&b=1f-9", compare(Some("open"), Some("1f-9")));
        check("#/compare?b=1f", compare(None, Some("1f")));
        check("#/compare?a=%3Cb%3E&b=", compare(None, None));
        let contrast = |first: Option<&str>, second: Option<&str>| Route::Contrast {
            first: first.map(str::to_owned),
            second: second.map(str::to_owned),
        };
        check("#/evaluate/compare", contrast(None, None));
        check("#/evaluate/compare?a=link&b=1f-9", contrast(Some("link"), Some("1f-9")));
        check("#/learn", Route::Learn { step: 1 });
        check("#/learn?step=4", Route::Learn { step: 4 });
        check("#/learn?step=four", Route::Learn { step: 1 });
        check("#/learn/lab", Route::Lab);
        check("#/settings", Route::Settings);
        check("#/r/1.AbC_-9", shared(false, None));
        check("#/r/1.AbC_-9?embed=1&theme=dark", shared(true, Some(Theme::Dark)));
        check("#/r/1.AbC_-9?theme=light", shared(false, Some(Theme::Light)));
        check("#/r/1.AbC_-9?embed=yes&theme=pink", shared(false, None));
        check("#/u/https%3A%2F%2Fe.org%2Fa%20b.json", file("https://e.org/a b.json", false));
        check("#/u/https://e.org/run.json?embed=1", file("https://e.org/run.json", true));
        check("#/u/https%3A%2F%2Fe.org%2F%3Fid%3D1%23x", file("https://e.org/?id=1#x", false));
        for refused in ["#/u/", "#/u/http://e.org/a", "#/u/javascript%3Aalert(1)", "#/u/https://", "#/u/%ff"]
        {
            check(refused, Route::NotFound);
        }
        let why = Route::Shared {
            source: Source::Code("1.AbC_-9".into()),
            embed: false,
            theme: None,
            why: true,
            at: None,
        };
        check("#/r/1.AbC_-9?view=why", why.clone());
        let at = why.pointed_at(9).unwrap();
        assert_eq!((at.at(), at.same_page(&why)), (Some(9), true));
        check("#/r/1.AbC_-9?view=why&at=9", at);
        assert_eq!(Route::Lab.pointed_at(9), None);
        check("#/decide", Route::Decide);
        check("#/evaluate", Route::Evaluate);
        check("#/run/why", Route::Why { at: None });
        check("#/run/why?at=7", Route::Why { at: Some(7) });
        for unknown in ["#/r/", "#/r", "#/runs/x", "#/run/nothing", "#nonsense"] {
            check(unknown, Route::NotFound);
        }
    }
}
