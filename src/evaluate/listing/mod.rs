//! One question of a prediction market elsewhere: where its address leads, what the market's own interface answers there,
//! and the price that is kept to stand beside a panel's. Pure: texts in, values out. It fetches nothing, and no agent
//! sees the price: it is no part of a set-up, so it changes no digest either.

mod address;
mod manifold;
mod metaculus;
mod plain;
mod polymarket;

pub use address::{Address, AddressError};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::aggregate::moment::leader;
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::spec::{MAX_LONG_TEXT, MAX_SHORT_TEXT};

/// The longest reply that is read, in bytes.
pub const MOST_BYTES: usize = 2 << 20;

/// A market whose questions can be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Play money, anybody's questions.
    Manifold,
    /// Real money, yes-or-no markets in groups.
    Polymarket,
    /// No money: a community's forecast.
    Metaculus,
}

impl Site {
    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifold => "Manifold",
            Self::Polymarket => "Polymarket",
            Self::Metaculus => "Metaculus",
        }
    }
}

/// A question as a market lists it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The question.
    pub question: String,
    /// What the market says about it, as plain text.
    pub background: String,
    /// When which outcome counts, where that stands apart.
    pub criterion: String,
    /// The names of the outcomes.
    pub outcomes: Vec<String>,
    /// The market's probability of each, unless it shows none.
    pub prices: Option<Vec<f64>>,
    /// The outcome that it was resolved to.
    pub answer: Option<usize>,
    /// Whether it is resolved, to an outcome or to none: then its prices say what happened, not what is expected.
    pub is_resolved: bool,
}

/// Why a reply gives no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is longer than [`MOST_BYTES`].
    TooLarge,
    /// It is no JSON.
    NotJson,
    /// The market says that there is no such question.
    NotThere,
    /// The market wants to know who asks, in its own words.
    Refused(String),
    /// It is about another question than the address.
    Other,
    /// It is of a kind without a choice of outcomes: a number, a date, a poll.
    NotAChoice(String),
    /// It has so many outcomes, more than a question may have.
    TooMany(usize),
    /// Its outcomes do not exclude each other: so many questions under one title.
    Independent(usize),
    /// It is not as it was known: what is missing or wrong.
    Shape(&'static str),
}

/// Why a question was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untaken {
    /// The market could not be reached, for a reason that a browser keeps to itself.
    Unreachable,
    /// It answers with this status.
    Status(u16),
    /// Its answer broke off on its way.
    CutOff,
    /// What it says is no question that can be asked here.
    Unread(Unread),
}

/// What a market said, kept with the run that asked the same. It stands beside the chain, like the times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedPrice {
    /// The market.
    pub site: Site,
    /// The question's page there.
    pub address: String,
    /// What the market asks.
    pub question: String,
    /// When it was read, in milliseconds since 1970.
    pub read_millis: u64,
    /// Whether it was resolved by then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_resolved: bool,
    /// Its outcomes with their probabilities.
    pub prices: Vec<(String, f64)>,
}

/// An outcome's probability on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// The outcome's place in the run.
    pub outcome: usize,
    /// What the market said.
    pub market: f64,
    /// What the panel says.
    pub panel: f64,
}

impl Beside {
    /// How much more the panel gives it.
    pub fn gain(self) -> f64 {
        self.panel - self.market
    }

    /// The same in whole points, as whoever sees both in whole per cent reckons it.
    pub fn shown_gain(self) -> i32 {
        let percent = |p: f64| (p * 100.0).round() as i32;
        percent(self.panel) - percent(self.market)
    }
}

/// How a market and a panel stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// The market was resolved, so its price is what happened.
    Resolved,
    /// Nobody on the panel knows anything of the world.
    Simulated,
    /// They lead with different outcomes, by more than a little.
    Opposed,
    /// Hardly at all.
    Close,
    /// Some points.
    Some,
    /// Many points.
    Far,
}

/// So little apart is as good as the same …
const CLOSE: f64 = 0.03;
/// … and so much is more than two honest estimates usually are.
const FAR: f64 = 0.1;

impl Apart {
    /// By the outcome on which they differ most.
    pub fn of(both: &[Beside]) -> Self {
        let most = both.iter().map(|one| one.gain().abs()).fold(0.0, f64::max);
        let lead = |side: fn(&Beside) -> f64| leader(&both.iter().map(side).collect::<Vec<f64>>());
        if most >= FAR && lead(|one| one.market) != lead(|one| one.panel) {
            Self::Opposed
        } else if most < CLOSE {
            Self::Close
        } else if most < FAR {
            Self::Some
        } else {
            Self::Far
        }
    }
}

impl ListedPrice {
    /// What is kept of a question; without prices where the market shows none, and then it fits no run.
    pub fn of(listed: &Listed, address: &Address, read_millis: u64) -> Self {
        let prices = listed.prices.iter().flatten();
        Self {
            site: address.site(),
            address: address.page(),
            question: listed.question.clone(),
            read_millis,
            is_resolved: listed.is_resolved,
            prices: listed.outcomes.iter().cloned().zip(prices.copied()).collect(),
        }
    }

    /// Whether there is anything to stand beside a panel's price.
    pub fn has_prices(&self) -> bool {
        !self.prices.is_empty()
    }

    /// From a file, which anybody may have written.
    pub fn from_value(value: Value) -> Option<Self> {
        serde_json::from_value(value).ok().filter(Self::is_sound)
    }

    /// Whether it can be what a market said: its prices are probabilities, and its address is one of that market's.
    pub fn is_sound(&self) -> bool {
        (MIN_OUTCOMES..=MAX_OUTCOMES).contains(&self.prices.len())
            && self.question.len() <= MAX_SHORT_TEXT
            && self.prices.iter().all(|(name, price)| name.len() <= MAX_SHORT_TEXT && is_probability(*price))
            && Address::parse(&self.address).is_ok_and(|address| address.site() == self.site)
    }

    /// As it stands in a file.
    pub fn to_value(&self) -> Option<Value> {
        serde_json::to_value(self).ok()
    }

    /// Whether a question with these outcomes is the same one: their names are, in whatever order.
    pub fn fits(&self, outcomes: &[String]) -> bool {
        self.prices_of(outcomes).is_some()
    }

    /// Both sides of every outcome of a run, in its order; none if it is another question.
    pub fn beside(&self, outcomes: &[String], panel: &[f64]) -> Vec<Beside> {
        let prices = self.prices_of(outcomes).unwrap_or_default();
        let pairs = prices.into_iter().zip(panel).enumerate();
        pairs.map(|(outcome, (market, &panel))| Beside { outcome, market, panel }).collect()
    }

    /// The prices of these outcomes, in their order; `None` if it is another question.
    pub fn prices_of(&self, outcomes: &[String]) -> Option<Vec<f64>> {
        let fits = self.has_prices() && outcomes.len() == self.prices.len();
        fits.then(|| outcomes.iter().map(|name| self.price(name)).collect()).flatten()
    }

    fn price(&self, name: &str) -> Option<f64> {
        self.prices.iter().find(|(known, _)| known == name.trim()).map(|(_, price)| *price)
    }
}

/// Reads what a market answered at [`Address::api`], or what a person copied from there.
///
/// # Errors
/// Why it gives no question.
pub fn read(address: &Address, reply: &str) -> Result<Listed, Unread> {
    if reply.len() > MOST_BYTES {
        return Err(Unread::TooLarge);
    }
    let value: Value =
        serde_json::from_str(reply.trim_start_matches('\u{feff}')).map_err(|_| Unread::NotJson)?;
    let listed = match address.site() {
        Site::Manifold => manifold::read(address, &value),
        Site::Polymarket => polymarket::read(address, &value),
        Site::Metaculus => metaculus::read(address, &value),
    }?;
    checked(listed)
}

/// Within the limits of a set-up.
fn checked(mut listed: Listed) -> Result<Listed, Unread> {
    listed.question = cut(listed.question.trim(), MAX_SHORT_TEXT);
    if listed.question.is_empty() {
        return Err(Unread::Shape("its question"));
    }
    listed.background = cut(&plain::plain(&listed.background), MAX_LONG_TEXT);
    listed.criterion = cut(&plain::plain(&listed.criterion), MAX_LONG_TEXT);
    let count = listed.outcomes.len();
    if count < MIN_OUTCOMES {
        return Err(Unread::Shape("its outcomes"));
    }
    if count > MAX_OUTCOMES {
        return Err(Unread::TooMany(count));
    }
    for name in &mut listed.outcomes {
        *name = cut(name.trim(), MAX_SHORT_TEXT);
    }
    let twice = |place: usize| listed.outcomes[..place].contains(&listed.outcomes[place]);
    if (0..count).any(|place| listed.outcomes[place].is_empty() || twice(place)) {
        return Err(Unread::Shape("the names of its outcomes"));
    }
    listed.prices = listed
        .prices
        .filter(|prices| prices.len() == count && prices.iter().all(|price| is_probability(*price)));
    Ok(listed)
}

fn is_probability(price: f64) -> bool {
    (0.0..=1.0).contains(&price)
}

/// At most so many bytes, with an ellipsis where something is cut off.
fn cut(text: &str, most: usize) -> String {
    const ELLIPSIS: char = '…';
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most - ELLIPSIS.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ELLIPSIS}", text[..end].trim_end())
}

/// A text of an object, empty where there is none.
fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A list of an object, empty where there is none.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_true(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool) == Some(true)
}

/// Yes and no, with the probability of yes.
fn yes_no(price: Option<f64>) -> (Vec<String>, Option<Vec<f64>>) {
    (vec!["Yes".to_owned(), "No".to_owned()], price.map(|price| vec![price, 1.0 - price]))
}

#[cfg(test)]
mod tests;
