//! The fields of a set-up and their values in German, for the parts in which two runs differ.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::belief::TraderKind;
use crate::ui::format;
use crate::ui::words::de::{ask, asking, roles};

/// The leaves of anything that can be written as JSON, by their names.
pub(super) fn fields(of: &impl serde::Serialize) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    // A set-up is plain data: writing it cannot fail.
    gather("", &serde_json::to_value(of).unwrap_or_default(), &mut found);
    found
}

fn gather(name: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Null => {}
        // What kind of thing it is says its name, which stands elsewhere.
        Value::String(_) if matches!(name, "" | "kind" | "style") => {}
        Value::Object(parts) => parts.iter().for_each(|(name, part)| gather(name, part, found)),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| plain(name, part)).collect();
            found.insert(name.to_owned(), parts.join("; "));
        }
        value => {
            found.insert(name.to_owned(), plain(name, value));
        }
    }
}

/// A value in words, which depend on the field that it belongs to.
fn plain(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => {
            let said = choice(name, value).map_or_else(|| format::short(text, 160), str::to_owned);
            format!("„{said}“")
        }
        Value::Bool(yes) => if *yes { "ja" } else { "nein" }.to_owned(),
        Value::Number(number) => {
            let millionths = number.as_f64().unwrap_or_default() / 1e6;
            if name.ends_with("_micros") {
                format::decimal(millionths)
            } else if name.ends_with("_micro_usd") {
                format!("{} US$", format::exact(millionths).replace('.', ","))
            } else {
                number.to_string().replace('.', ",")
            }
        }
        value => value.to_string(),
    }
}

/// One of several choices in the words of the form; nothing for a text that somebody wrote.
fn choice(name: &str, value: &Value) -> Option<&'static str> {
    Some(match (name, value.as_str()?) {
        ("type", "simulated") => "simulierter Händler",
        ("type", "model") => "Sprachmodell",
        ("type", "person") => roles::PERSON,
        ("read_out", "last") => ask::READ_OUTS[0],
        ("read_out", "mean_of_three") => ask::READ_OUTS[1],
        ("objective", "honest") => ask::OBJECTIVES[0],
        ("objective", "displacement") => ask::OBJECTIVES[1],
        ("elicitation", "stated") => asking::ELICITATIONS[0].1,
        ("elicitation", "label_logprobs") => asking::ELICITATIONS[1].1,
        ("trader", kind) => roles::trader(
            TraderKind::ALL
                .into_iter()
                .find(|trader| serde_json::to_value(trader).is_ok_and(|name| name == kind))?,
        ),
        _ => return None,
    })
}

/// A field's name in words.
pub(super) fn field(name: &str) -> String {
    match name {
        "name" => "Name",
        "budget_micros" => ask::BUDGET,
        "type" => ask::KIND,
        "trader" => "Händler",
        "model" => ask::MODEL,
        "temperature" => ask::TEMPERATURE,
        "persona" => ask::PERSONA,
        "evidence" => "eigene Hinweise",
        "elicitation" => asking::ELICITATION,
        "input_micro_usd" => "Preis je Million gelesener Tokens",
        "output_micro_usd" => "Preis je Million geschriebener Tokens",
        "max_calls" => ask::MAX_CALLS,
        "max_tokens" => ask::MAX_TOKENS,
        "max_cost_micro_usd" => "Kostengrenze",
        "max_seconds" => "Höchstzahl der Sekunden",
        "turns" => ask::TURNS,
        "tolerance" => "Toleranz",
        "read_out" => ask::READ_OUT,
        "objective" => "Ziel der Händler",
        "cross_examination" => ask::CROSS,
        "either_side" => ask::EITHER_SIDE,
        "stop_chance" => "Wahrscheinlichkeit des Endes α",
        "flat" => ask::FLAT,
        "flat_fee_micros" => "feste Vergütung",
        "answers" => "Antworten",
        "rounds" => "Runden",
        "alpha" => "α",
        "most" => "Höchstmaß",
        "weights" => "Gewichte",
        "hidden_truth" => ask::TRUTH,
        "signal_strength" => "Stärke der Signale d′",
        "shared_noise" => "gemeinsames Rauschen",
        "looks" => "Teile je Signal",
        "rules" => "Regeln des Panels",
        "first_round" => "erste Runde",
        "later_rounds" => "spätere Runden",
        "label" => "Frage nach einem Kürzel",
        "maker" => "Maker",
        "answerer" => "Antworten auf eine Frage",
        "reporter" => "Angaben",
        "forecaster" => "Prognosen",
        "debater" => "Debattanten",
        "judge" => "Richter",
        "turn" => "Zug",
        "turn_label" => "Frage nach einem Kürzel in einem Zug",
        name => return name.trim_end_matches("_micros").replace('_', " "),
    }
    .to_owned()
}
