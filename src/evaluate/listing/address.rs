//! From what a person copies out of the address bar to the question that it means, and from there to the market's own
//! interface. Names in addresses are letters, digits and a few signs; anything else is no name, so nothing a person
//! pastes can lead elsewhere.

use super::Site;

/// The longest name of a question in an address.
const MOST_CHARS: usize = 300;

/// A question of a market, by its name there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Place);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Whoever asked it, and its name.
    Manifold(String, String),
    /// An event: one market or several.
    Event(String),
    /// One market, of an event if that is known.
    Market(Option<String>, String),
    /// A number.
    Metaculus(String),
}

/// Why a text is no address of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It is none of these markets'.
    UnknownSite,
    /// It is a market's, but no question's.
    NoQuestion(Site),
}

impl Address {
    /// From a text.
    ///
    /// # Errors
    /// It is no address of a question.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.to_ascii_lowercase();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match host.trim_start_matches("www.") {
            "manifold.markets" => manifold(&parts).ok_or(AddressError::NoQuestion(Site::Manifold)),
            "polymarket.com" => polymarket(&parts).ok_or(AddressError::NoQuestion(Site::Polymarket)),
            "metaculus.com" => metaculus(&parts).ok_or(AddressError::NoQuestion(Site::Metaculus)),
            _ => Err(AddressError::UnknownSite),
        }
        .map(Self)
    }

    /// The market.
    pub fn site(&self) -> Site {
        match &self.0 {
            Place::Manifold(..) => Site::Manifold,
            Place::Event(_) | Place::Market(..) => Site::Polymarket,
            Place::Metaculus(_) => Site::Metaculus,
        }
    }

    /// Where the market's interface says what there is to know.
    pub fn api(&self) -> String {
        match &self.0 {
            Place::Manifold(_, name) => format!("https://api.manifold.markets/v0/slug/{name}"),
            Place::Event(name) => format!("https://gamma-api.polymarket.com/events?slug={name}"),
            Place::Market(_, name) => format!("https://gamma-api.polymarket.com/markets?slug={name}"),
            Place::Metaculus(number) => format!("https://www.metaculus.com/api/posts/{number}/"),
        }
    }

    /// The question's own page.
    pub fn page(&self) -> String {
        match &self.0 {
            Place::Manifold(user, name) => format!("https://manifold.markets/{user}/{name}"),
            Place::Event(name) => format!("https://polymarket.com/event/{name}"),
            Place::Market(Some(event), name) => format!("https://polymarket.com/event/{event}/{name}"),
            Place::Market(None, name) => format!("https://polymarket.com/market/{name}"),
            Place::Metaculus(number) => format!("https://www.metaculus.com/questions/{number}/"),
        }
    }

    /// The name or number by which a reply can be told to be about this question.
    pub(super) fn name(&self) -> &str {
        match &self.0 {
            Place::Manifold(_, name) | Place::Event(name) | Place::Market(_, name) => name,
            Place::Metaculus(number) => number,
        }
    }

    /// Whether it leads to an event of Polymarket's, not to one market of it.
    pub(super) fn is_event(&self) -> bool {
        matches!(self.0, Place::Event(_))
    }
}

fn manifold(parts: &[&str]) -> Option<Place> {
    // Pages of the site itself have one part, or a second one that names no question.
    const NO_USERS: [&str; 6] = ["browse", "topic", "api", "group", "groups", "news"];
    match parts {
        [user, name, ..] if !NO_USERS.contains(user) => Some(Place::Manifold(named(user)?, named(name)?)),
        _ => None,
    }
}

fn polymarket(parts: &[&str]) -> Option<Place> {
    // A language may stand before it.
    let begin = parts.iter().take(2).position(|part| matches!(*part, "event" | "market"))?;
    match &parts[begin..] {
        ["event", event, name, ..] => Some(Place::Market(Some(named(event)?), named(name)?)),
        ["event", event] => Some(Place::Event(named(event)?)),
        ["market", name, ..] => Some(Place::Market(None, named(name)?)),
        _ => None,
    }
}

fn metaculus(parts: &[&str]) -> Option<Place> {
    match parts {
        ["questions", number, ..]
            if number.len() <= 12 && number.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            Some(Place::Metaculus((*number).to_owned()))
        }
        _ => None,
    }
}

/// A name as addresses have it.
fn named(part: &str) -> Option<String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~');
    let is_name =
        part.len() <= MOST_CHARS && part.chars().all(fits) && part.chars().any(|letter| letter != '.');
    is_name.then(|| part.to_owned())
}
