//! Words about money, in German: what tokens cost, what a run may cost before it starts, and what it has cost.

use crate::agents::Estimate;
use crate::agents::estimate::Range;
use crate::agents::prices::{PriceChanges, PriceSource, SHIPPED_AS_OF};
use crate::run::TokenPrice;
use crate::ui::format;
use crate::ui::words::en::prices::rounded;

use super::turns::numbered;

/// The part of the settings.
pub const TITLE: &str = "Was Tokens kosten";
/// There is nothing to price.
pub const NO_MODELS: &str = "Noch ist kein Modell verbunden, also gibt es nichts, was einen Preis hätte.";
/// What reading costs.
pub const READ: &str = "US$ je Million gelesener Tokens";
/// What writing costs.
pub const WRITTEN: &str = "US$ je Million geschriebener Tokens";
/// Keeps it.
pub const SET: &str = "Preis festlegen";
/// Goes back to the lists.
pub const DROP: &str = "Meinen Preis löschen";
/// After setting it.
pub const IS_SET: &str = "Festgelegt";
/// A price is no number.
pub const BAD_PRICE: &str = "Ein Preis ist eine Zahl von 0 bis 1000 Dollar, etwa 0,15, in beiden Feldern";
/// Asks for OpenRouter's list.
pub const REFRESH: &str = "Nach der Liste von OpenRouter aktualisieren…";
/// While it comes.
pub const REFRESHING: &str = "Die Liste wird geholt…";
/// What a press sends.
pub const REFRESH_WHAT: &str = "Holt eine öffentliche Liste von openrouter.ai, ohne Schlüssel. Sie sehen, was sich ändern würde, \
                                bevor es gilt.";
/// It did not come.
pub const REFRESH_FAILED: &str = "Die Liste konnte nicht geholt werden";
/// Uses the new list.
pub const APPLY: &str = "Diese Preise verwenden";
/// Does not.
pub const KEEP: &str = "Bisherige Preise behalten";
/// After using it.
pub const APPLIED: &str = "Die neuen Preise gelten ab dem nächsten Lauf.";
/// The browser refused.
pub const NOT_STORED: &str = "Der Preis gilt in diesem Tab, konnte aber nicht gespeichert werden";
/// What to do.
pub const NOT_STORED_NEXT: &str =
    "Erlauben Sie dieser Seite, Daten zu speichern, oder legen Sie den Preis nächstes Mal neu fest.";
/// Above the fields for a price on the Ask page.
pub const SET_NOW: &str = "Legen Sie einen Preis fest, damit die Kostengrenze greift, oder lassen Sie es: Die Grenzen für Aufrufe, \
                           Tokens und Zeit greifen trotzdem.";
/// Where the shipped table comes from.
const SHIPPED_SOURCES: &str = "den Preisseiten von OpenAI (developers.openai.com), Anthropic (platform.claude.com) und Google (ai.google.dev)";

/// Where prices come from, and how old they are.
pub fn about(fetched_on: Option<&str>) -> String {
    let fetched = fetched_on
        .map_or_else(String::new, |day| format!(" Vorrang hat die Liste von OpenRouter vom {day}."));
    format!(
        "Die Anbieter ändern ihre Preise: Sehen Sie auf deren Seiten nach, bevor Sie sich auf eine Zahl hier verlassen. Die \
         mitgelieferte Tabelle ist vom {SHIPPED_AS_OF} und stammt von {SHIPPED_SOURCES}.{fetched} Ein Preis, den Sie selbst \
         festlegen, geht allen Listen vor und gilt ab dem nächsten Lauf."
    )
}

/// Where one price comes from.
pub fn source(source: Option<&PriceSource>) -> String {
    match source {
        None => "kein Preis bekannt".to_owned(),
        Some(PriceSource::Own) => "Ihr Preis".to_owned(),
        Some(PriceSource::Fetched(day)) => format!("Liste von OpenRouter, {day}"),
        Some(PriceSource::Shipped) => format!("mitgelieferte Tabelle, {SHIPPED_AS_OF}"),
    }
}

/// A price in one short phrase.
pub fn price(price: TokenPrice) -> String {
    format!("${} gelesen, ${} geschrieben", dollars(price.input_micro_usd), dollars(price.output_micro_usd))
}

/// A price as it is typed.
pub fn dollars(micros: u64) -> String {
    (micros as f64 / 1e6).to_string().replace('.', ",")
}

/// What a fetched list would change.
pub fn changes(changes: &PriceChanges) -> String {
    format!(
        "{}, {}, und {}.",
        numbered(changes.changed.len(), "Preis ändert sich", "Preise ändern sich"),
        numbered(changes.added, "kommt hinzu", "kommen hinzu"),
        numbered(changes.same, "bleibt, wie er ist", "bleiben, wie sie sind"),
    )
}

/// One changed price.
pub fn change(name: &str, before: TokenPrice, after: TokenPrice) -> String {
    format!("{name}: {} → {}", price(before), price(after))
}

/// More changes than are shown.
pub fn more(count: usize) -> String {
    format!("… und {}", numbered(count, "weiterer", "weitere"))
}

/// The field of a model's price, for people who listen.
pub fn field(name: &str, model: &str) -> String {
    format!("{name} für {model}")
}

/// The sentence beside the button: what a press may use.
pub fn estimate(agents: usize, rounds: u32, estimate: &Estimate) -> String {
    let rounds = numbered(rounds as usize, "Runde", "Runden");
    let agents = numbered(agents, "Agent", "Agenten");
    format!("{agents}, höchstens {rounds}: {}. Wiederholungen nach Fehlern kommen hinzu.", uses(estimate))
}

/// Calls, tokens and money.
pub fn uses(estimate: &Estimate) -> String {
    let noun = |range: Range, one: &'static str, many: &'static str| if range == (1, 1) { one } else { many };
    format!(
        "{} {}, {} {}, {}",
        between(estimate.calls, format::count),
        noun(estimate.calls, "Aufruf", "Aufrufe"),
        between(estimate.tokens, rounded),
        noun(estimate.tokens, "Token", "Tokens"),
        cost(estimate)
    )
}

fn cost(estimate: &Estimate) -> String {
    let money = || between(estimate.cost_micro_usd, format::dollars);
    match (estimate.priced, estimate.unpriced.as_slice()) {
        (_, []) => money(),
        (false, unpriced) => format!("kein Preis bekannt für {}", unpriced.join(", ")),
        (true, unpriced) => {
            format!("{}, dazu die Kosten für {}: kein Preis bekannt", money(), unpriced.join(", "))
        }
    }
}

fn between(range: Range, say: fn(u64) -> String) -> String {
    let (low, high) = (say(range.0), say(range.1));
    if low == high { low } else { format!("{low} bis {high}") }
}

/// A limit of money that cannot be kept for some models.
pub fn cannot_enforce(models: &[String]) -> String {
    format!(
        "Für {} lässt sich die Kostengrenze nicht durchsetzen: Es ist kein Preis bekannt, darum zählen diese Aufrufe als \
         kostenlos.",
        models.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_call_needs_no_plural_and_an_unknown_price_is_no_zero() {
        let mut made = Estimate {
            calls: (1, 1),
            tokens: (1_234, 56_789),
            cost_micro_usd: (1_200, 340_000),
            unpriced: Vec::new(),
            priced: true,
        };
        assert_eq!(
            estimate(1, 3, &made),
            "1 Agent, höchstens 3 Runden: 1 Aufruf, 1.200 bis 57.000 Tokens, $0,0012 bis $0,34. Wiederholungen nach \
             Fehlern kommen hinzu."
        );
        made.unpriced = vec!["m".into()];
        assert!(
            estimate(3, 3, &made).contains("$0,0012 bis $0,34, dazu die Kosten für m: kein Preis bekannt")
        );
        made.priced = false;
        let unknown = estimate(3, 3, &made);
        assert!(unknown.contains("kein Preis bekannt für m") && !unknown.contains('$'), "{unknown}");
    }
}
