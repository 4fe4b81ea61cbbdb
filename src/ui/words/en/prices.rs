//! Words about money: what tokens cost, what a run may cost before it starts, and what it has cost.

use crate::agents::Estimate;
use crate::agents::estimate::Range;
use crate::agents::prices::{PriceChanges, PriceSource, SHIPPED_AS_OF, SHIPPED_SOURCES};
use crate::run::TokenPrice;
use crate::ui::format;

use super::verdict::counted;

/// The part of the settings.
pub const TITLE: &str = "What tokens cost";
/// There is nothing to price.
pub const NO_MODELS: &str = "No model is connected yet, so there is nothing to price.";
/// What reading costs.
pub const READ: &str = "US$ a million tokens read";
/// What writing costs.
pub const WRITTEN: &str = "US$ a million tokens written";
/// Keeps it.
pub const SET: &str = "Set price";
/// Goes back to the lists.
pub const DROP: &str = "Forget my price";
/// After setting it.
pub const IS_SET: &str = "Set";
/// A price is no number.
pub const BAD_PRICE: &str = "A price is a number of dollars from 0 to 1,000, such as 0.15, in both fields";
/// Asks for OpenRouter's list.
pub const REFRESH: &str = "Refresh from OpenRouter's list…";
/// While it comes.
pub const REFRESHING: &str = "Fetching the list…";
/// What a press sends.
pub const REFRESH_WHAT: &str =
    "Fetches one public list from openrouter.ai, without a key. You see what would change before it counts.";
/// It did not come.
pub const REFRESH_FAILED: &str = "The list could not be fetched";
/// Uses the new list.
pub const APPLY: &str = "Use these prices";
/// Does not.
pub const KEEP: &str = "Keep what there is";
/// After using it.
pub const APPLIED: &str = "The new prices count from the next run on.";
/// The browser refused.
pub const NOT_STORED: &str = "The price works in this tab, but could not be stored";
/// What to do.
pub const NOT_STORED_NEXT: &str = "Allow this page to store data, or set the price again next time.";
/// Above the fields for a price on the Ask page.
pub const SET_NOW: &str =
    "Set a price to make the limit hold, or run without it: calls, tokens and time still hold.";

/// Where prices come from, and how old they are.
pub fn about(fetched_on: Option<&str>) -> String {
    let fetched =
        fetched_on.map_or_else(String::new, |day| format!(" OpenRouter's list of {day} goes before it."));
    format!(
        "Vendors change their prices: look at their pages before you rely on a figure here. The table that ships with \
         this page is of {SHIPPED_AS_OF}, from {SHIPPED_SOURCES}.{fetched} A price that you set goes before all lists, \
         and counts from the next run on."
    )
}

/// Where one price comes from.
pub fn source(source: Option<&PriceSource>) -> String {
    match source {
        None => "no price known".to_owned(),
        Some(PriceSource::Own) => "your price".to_owned(),
        Some(PriceSource::Fetched(day)) => format!("OpenRouter's list, {day}"),
        Some(PriceSource::Shipped) => format!("shipped table, {SHIPPED_AS_OF}"),
    }
}

/// A price in one short phrase.
pub fn price(price: TokenPrice) -> String {
    format!("${} read, ${} written", dollars(price.input_micro_usd), dollars(price.output_micro_usd))
}

/// A price as it is typed.
pub fn dollars(micros: u64) -> String {
    (micros as f64 / 1e6).to_string()
}

/// What a fetched list would change.
pub fn changes(changes: &PriceChanges) -> String {
    format!(
        "{}, {} and {} that stay as they are.",
        counted(changes.changed.len(), "changed price"),
        counted(changes.added, "new one"),
        counted(changes.same, "other"),
    )
}

/// One changed price.
pub fn change(name: &str, before: TokenPrice, after: TokenPrice) -> String {
    format!("{name}: {} → {}", price(before), price(after))
}

/// More changes than are shown.
pub fn more(count: usize) -> String {
    format!("… and {count} more")
}

/// The field of a model's price, for people who listen.
pub fn field(name: &str, model: &str) -> String {
    format!("{name} for {model}")
}

/// The sentence beside the button: what a press may use.
pub fn estimate(agents: usize, rounds: u32, estimate: &Estimate) -> String {
    let rounds = counted(rounds as usize, "round");
    let agents = counted(agents, "agent");
    format!("{agents}, at most {rounds}: {}. Retries after errors come on top.", uses(estimate))
}

/// Calls, tokens and money.
pub fn uses(estimate: &Estimate) -> String {
    let tokens = between(estimate.tokens, rounded);
    format!("{} calls, {tokens} tokens, {}", between(estimate.calls, format::count), cost(estimate))
}

fn cost(estimate: &Estimate) -> String {
    let money = || between(estimate.cost_micro_usd, format::dollars);
    match (estimate.priced, estimate.unpriced.as_slice()) {
        (_, []) => money(),
        (false, unpriced) => format!("no price known for {}", unpriced.join(", ")),
        (true, unpriced) => format!("{} and what {} costs: no price known", money(), unpriced.join(", ")),
    }
}

fn between(range: Range, say: fn(u64) -> String) -> String {
    let (low, high) = (say(range.0), say(range.1));
    if low == high { low } else { format!("{low} to {high}") }
}

/// Two digits are as much as an estimate knows.
pub(crate) fn rounded(number: u64) -> String {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    format::count((number + unit / 2) / unit * unit)
}

/// A limit of money that cannot be kept for some models.
pub fn cannot_enforce(models: &[String]) -> String {
    format!(
        "The limit of money cannot be enforced for {}: no price is known, so its calls count as nothing.",
        models.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_is_a_range_and_an_unknown_price_no_zero() {
        let mut made = Estimate {
            calls: (3, 18),
            tokens: (1_234, 56_789),
            cost_micro_usd: (1_200, 340_000),
            unpriced: Vec::new(),
            priced: true,
        };
        assert_eq!(
            estimate(3, 3, &made),
            "3 agents, at most 3 rounds: 3 to 18 calls, 1,200 to 57,000 tokens, $0.0012 to $0.34. Retries after \
             errors come on top."
        );
        made.unpriced = vec!["m".into()];
        assert!(estimate(3, 3, &made).contains("$0.0012 to $0.34 and what m costs: no price known"));
        made.priced = false;
        let unknown = estimate(3, 3, &made);
        assert!(unknown.contains("no price known for m") && !unknown.contains('$'), "{unknown}");
    }
}
