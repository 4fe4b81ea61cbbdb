//! What vendors charge for a model's tokens: a dated table that ships with the page, the list that OpenRouter offers,
//! and how a model at a server finds its line in them. Prices change; a model that is not in a list has no known price,
//! and nothing here makes one up. It fetches nothing and knows no connection.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::run::TokenPrice;
use crate::run::spec::MAX_TOKEN_PRICE;

/// When the shipped table was made.
pub const SHIPPED_AS_OF: &str = "2026-11-05";
/// Whose pages it was made from.
pub const SHIPPED_SOURCES: &str = "the price pages of OpenAI (developers.openai.com), Anthropic (platform.claude.com) and Google (ai.google.dev)";

/// Vendor and model, US dollars a million tokens read and written: list prices for short prompts, without any discount.
const SHIPPED: [(&str, f64, f64); 31] = [
    ("openai/gpt-6-astra", 10.0, 50.0),
    ("openai/gpt-6-sol", 2.0, 10.0),
    ("openai/gpt-6-luna", 0.1, 0.5),
    ("openai/gpt-5.6-terra", 2.0, 12.0),
    ("openai/gpt-5.6-luna", 0.2, 1.2),
    ("openai/gpt-5.5", 5.0, 30.0),
    ("openai/gpt-5.4", 2.5, 15.0),
    ("openai/gpt-5.4-mini", 0.75, 4.5),
    ("openai/gpt-5.2", 1.75, 14.0),
    ("openai/gpt-5.1", 1.25, 10.0),
    ("openai/gpt-5", 1.25, 10.0),
    ("openai/gpt-5-mini", 0.25, 2.0),
    ("openai/gpt-5-nano", 0.05, 0.4),
    ("openai/gpt-4.1", 2.0, 8.0),
    ("openai/gpt-4.1-mini", 0.4, 1.6),
    ("openai/gpt-4.1-nano", 0.1, 0.4),
    ("openai/gpt-4o", 2.5, 10.0),
    ("openai/gpt-4o-mini", 0.15, 0.6),
    ("anthropic/claude-fable-5.1", 10.0, 50.0),
    ("anthropic/claude-opus-5.5", 4.0, 20.0),
    ("anthropic/claude-opus-5", 5.0, 25.0),
    ("anthropic/claude-sonnet-5.5", 2.0, 10.0),
    ("anthropic/claude-sonnet-5", 2.0, 10.0),
    ("anthropic/claude-sonnet-4.5", 3.0, 15.0),
    ("anthropic/claude-haiku-4.5", 1.0, 5.0),
    ("google/gemini-3.5-flash", 1.5, 9.0),
    ("google/gemini-3.5-flash-lite", 0.3, 2.5),
    ("google/gemini-3.1-pro-preview", 2.0, 12.0),
    ("google/gemini-2.5-pro", 1.25, 10.0),
    ("google/gemini-2.5-flash", 0.3, 2.5),
    ("google/gemini-2.5-flash-lite", 0.1, 0.4),
];

/// Hosts whose own models are in the lists, and under which vendor.
const VENDORS: [(&str, &str); 6] = [
    ("api.openai.com", "openai"),
    ("api.anthropic.com", "anthropic"),
    ("generativelanguage.googleapis.com", "google"),
    ("api.mistral.ai", "mistralai"),
    ("api.deepseek.com", "deepseek"),
    ("api.x.ai", "x-ai"),
];

/// Where OpenRouter's list is.
pub const OPENROUTER_LIST: &str = "https://openrouter.ai/api/v1/models";

/// The host that sells every vendor's models, under the lists' own names.
const OPENROUTER: &str = "openrouter.ai";

/// Prices by vendor and model, in the lists' one spelling.
pub type PriceList = BTreeMap<String, TokenPrice>;

/// A list that was fetched, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedList {
    /// Year, month and day.
    pub as_of: String,
    /// The prices.
    pub prices: PriceList,
}

/// Where a price comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceSource {
    /// A person set it.
    Own,
    /// The list fetched on this day.
    Fetched(String),
    /// The table that ships with the page.
    Shipped,
}

/// What a new list would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceChanges {
    /// Known models with another price: name, before, after.
    pub changed: Vec<(String, TokenPrice, TokenPrice)>,
    /// Models that had no price.
    pub added: usize,
    /// Models whose price stays.
    pub same: usize,
}

/// Why a list cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// It is not JSON in OpenRouter's form.
    #[error("the answer is no list of models in OpenRouter's form")]
    Form,
    /// It names no model with a price.
    #[error("the list names no model with a price")]
    Empty,
}

/// The shipped table.
pub fn shipped_prices() -> PriceList {
    SHIPPED
        .iter()
        .filter_map(|&(name, input, output)| Some((canonical(name), price(input, output)?)))
        .collect()
}

/// Where a model at a host stands in the lists; `None` if that host's prices are in none (a server of one's own).
pub fn list_name(host: &str, model: &str) -> Option<String> {
    let model = canonical(model);
    if host == OPENROUTER || host.ends_with(".openrouter.ai") {
        return Some(model);
    }
    let (_, vendor) = VENDORS.iter().find(|(known, _)| *known == host)?;
    let model = model.strip_prefix("models/").unwrap_or(&model);
    Some(format!("{vendor}/{model}"))
}

/// Reads the answer of `https://openrouter.ai/api/v1/models`. Models without a fixed price are passed over.
///
/// # Errors
/// Anything that is no such list.
pub fn read_openrouter(text: &str) -> Result<PriceList, ListError> {
    let list: OpenRouterList = serde_json::from_str(text).map_err(|_| ListError::Form)?;
    let prices: PriceList = list
        .data
        .into_iter()
        .filter_map(|model| {
            let dollars = |text: &str| text.trim().parse::<f64>().ok().map(|dollars| dollars * 1e6);
            let price = price(dollars(&model.pricing.prompt)?, dollars(&model.pricing.completion)?)?;
            Some((canonical(&model.id), price))
        })
        .collect();
    if prices.is_empty() { Err(ListError::Empty) } else { Ok(prices) }
}

/// What `fresh` would change for whoever knows `known`.
pub fn price_changes(known: &PriceList, fresh: &PriceList) -> PriceChanges {
    let mut changes = PriceChanges::default();
    for (name, after) in fresh {
        match known.get(name) {
            None => changes.added += 1,
            Some(before) if before == after => changes.same += 1,
            Some(before) => changes.changed.push((name.clone(), *before, *after)),
        }
    }
    changes
}

/// A price from US dollars a million tokens; `None` for what is none.
pub fn price(input_dollars: f64, output_dollars: f64) -> Option<TokenPrice> {
    let micros = |dollars: f64| {
        let micros = (dollars * 1e6).round();
        (0.0..=MAX_TOKEN_PRICE as f64).contains(&micros).then_some(micros as u64)
    };
    Some(TokenPrice { input_micro_usd: micros(input_dollars)?, output_micro_usd: micros(output_dollars)? })
}

#[derive(Deserialize)]
struct OpenRouterList {
    data: Vec<OpenRouterModel>,
}

#[derive(Deserialize)]
struct OpenRouterModel {
    id: String,
    pricing: OpenRouterPricing,
}

/// US dollars a token, as text.
#[derive(Deserialize)]
struct OpenRouterPricing {
    prompt: String,
    completion: String,
}

/// One spelling for a model's name: vendors write `4-5`, lists `4.5`; a dated name is the model without its date.
fn canonical(name: &str) -> String {
    let name = name.trim().to_ascii_lowercase().replace('.', "-");
    let name = name.strip_suffix("-latest").unwrap_or(&name);
    let stem = without_date(name, &[8]).or_else(|| without_date(name, &[4, 2, 2]));
    stem.unwrap_or(name).to_owned()
}

/// The name without a date of so many digits in each part at its end.
fn without_date<'a>(name: &'a str, parts: &[usize]) -> Option<&'a str> {
    let mut stem = name;
    for &digits in parts.iter().rev() {
        let (before, last) = stem.rsplit_once('-')?;
        if last.len() != digits || !last.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        stem = before;
    }
    // A year comes first: `0613` alone is no date that anybody would strip.
    let year = &name[stem.len() + 1..];
    year.starts_with("20").then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_find_their_line() {
        let shipped = shipped_prices();
        assert_eq!(shipped.len(), SHIPPED.len(), "every line is a price, and no two are one");
        for (host, model, expected) in [
            ("api.openai.com", "gpt-4o-mini", Some((150_000, 600_000))),
            ("api.openai.com", "gpt-4o-mini-2024-07-18", Some((150_000, 600_000))),
            ("api.anthropic.com", "claude-haiku-4-5-20251001", Some((1_000_000, 5_000_000))),
            ("generativelanguage.googleapis.com", "models/gemini-2.5-flash", Some((300_000, 2_500_000))),
            ("openrouter.ai", "anthropic/claude-haiku-4.5", Some((1_000_000, 5_000_000))),
            ("openrouter.ai", "gpt-4o-mini", None),
            ("api.openai.com", "gpt-4o-mini-0613", None),
            ("api.openai.com", "gpt-4o-audio-preview", None),
            ("localhost", "gpt-4o-mini", None),
            ("api.mistral.ai", "mistral-large-latest", None),
        ] {
            let found = list_name(host, model).and_then(|name| shipped.get(&name).copied());
            let found = found.map(|price| (price.input_micro_usd, price.output_micro_usd));
            assert_eq!(found, expected, "{model} at {host}");
        }
    }

    #[test]
    fn openrouters_list_is_read_and_compared() {
        let text = r#"{"data":[
            {"id":"openai/gpt-4o","name":"x","pricing":{"prompt":"0.0000025","completion":"0.00001","image":"0"}},
            {"id":"anthropic/claude-haiku-4.5","pricing":{"prompt":"0.000002","completion":"0.000005"}},
            {"id":"new/model:free","pricing":{"prompt":"0","completion":"0"}},
            {"id":"openrouter/auto","pricing":{"prompt":"-1","completion":"-1"}}]}"#;
        let fresh = read_openrouter(text).unwrap();
        assert_eq!(fresh.len(), 3, "a price that depends on the call is none");
        let changes = price_changes(&shipped_prices(), &fresh);
        assert_eq!((changes.added, changes.same), (1, 1));
        let (name, before, after) = &changes.changed[0];
        assert_eq!(
            (name.as_str(), before.input_micro_usd, after.input_micro_usd),
            ("anthropic/claude-haiku-4-5", 1_000_000, 2_000_000)
        );
        assert_eq!(read_openrouter("<html>"), Err(ListError::Form));
        assert_eq!(read_openrouter(r#"{"data":[]}"#), Err(ListError::Empty));
    }
}
