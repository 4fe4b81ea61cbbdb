//! What Polymarket answers (`/events?slug=…`, `/markets?slug=…`): lists of one. A market has two outcomes, whose names and
//! prices are JSON within JSON; an event of several markets is one question only if they exclude each other.

use serde_json::Value;

use super::{Address, Listed, Unread, is_true, list, text};

/// Reads a reply: the event or the market that the address names.
pub(super) fn read(address: &Address, reply: &Value) -> Result<Listed, Unread> {
    let found = match reply {
        Value::Array(found) => found.first().ok_or(Unread::NotThere)?,
        Value::Object(fields) if fields.contains_key("slug") => reply,
        Value::Object(fields) if fields.contains_key("error") => return Err(Unread::NotThere),
        _ => return Err(Unread::Shape("slug")),
    };
    if text(found, "slug") != address.name() {
        return Err(Unread::Other);
    }
    if !address.is_event() {
        return market(found);
    }
    match list(found, "markets") {
        [] => Err(Unread::Shape("markets")),
        [one] => market(one),
        _ => event(found),
    }
}

/// One market: two outcomes.
fn market(found: &Value) -> Result<Listed, Unread> {
    let outcomes = texts(found, "outcomes").ok_or(Unread::Shape("outcomes"))?;
    let prices: Option<Vec<f64>> = numbers(found, "outcomePrices");
    let is_resolved = is_over(found);
    let settled = |prices: &Vec<f64>| prices.iter().position(|price| *price >= 1.0);
    Ok(Listed {
        question: text(found, "question"),
        background: text(found, "description"),
        answer: prices.as_ref().and_then(settled).filter(|_| is_resolved),
        outcomes,
        prices,
        is_resolved,
        ..Listed::default()
    })
}

/// Several markets, of which one will say yes: an outcome each.
fn event(found: &Value) -> Result<Listed, Unread> {
    let markets = list(found, "markets");
    if !is_true(found, "negRisk") {
        return Err(Unread::Independent(markets.len()));
    }
    let is_resolved = is_true(found, "closed");
    let yes = |market: &Value| numbers(market, "outcomePrices").and_then(|prices| prices.first().copied());
    // Places for names that are still to come are not open, and whoever is out of the race has no chance left.
    let is_in = |market: &&Value| {
        let out = is_over(market) && yes(market).is_some_and(|price| price <= 0.0) && !is_resolved;
        market.get("active") != Some(&Value::Bool(false)) && !out
    };
    let open: Vec<&Value> = markets.iter().filter(is_in).collect();
    let name = |market: &&Value| {
        let short = text(market, "groupItemTitle");
        if short.is_empty() { text(market, "question") } else { short }
    };
    let prices: Option<Vec<f64>> = open.iter().map(|market| yes(market)).collect();
    Ok(Listed {
        question: text(found, "title"),
        background: text(found, "description"),
        outcomes: open.iter().map(name).collect(),
        answer: open
            .iter()
            .position(|market| is_over(market) && yes(market).is_some_and(|price| price >= 1.0)),
        prices,
        is_resolved,
        ..Listed::default()
    })
}

/// Nobody trades any more, and the last prices are the result.
fn is_over(market: &Value) -> bool {
    is_true(market, "closed")
}

/// A list of texts, or a text that is such a list.
fn texts(value: &Value, name: &str) -> Option<Vec<String>> {
    match value.get(name)? {
        Value::String(inner) => serde_json::from_str(inner).ok(),
        Value::Array(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn numbers(value: &Value, name: &str) -> Option<Vec<f64>> {
    texts(value, name)?.iter().map(|text| text.trim().parse().ok()).collect()
}
