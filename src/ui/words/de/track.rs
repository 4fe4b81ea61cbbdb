//! Words of the track record, in German.

use super::roles;
use crate::aggregate::track::{Ladder, Tally, Who};
use crate::ui::format;
pub use crate::ui::words::en::track::slug;

/// The heading.
pub const TITLE: &str = "Bisherige Bilanz";
/// What it is.
pub const WHAT: &str = "Wie jeder Agent in den beendeten Läufen dieses Geräts abgeschnitten hat, getrennt danach, wer gesagt hat, \
                        was geschehen ist: Ergebnisse verschiedener Art werden nie zusammengezählt. Die Scores gelten den \
                        ersten Antworten, bevor ein Preis zu sehen war; niedriger ist besser.";
/// While runs are read.
pub const LOADING: &str = "Die beendeten Läufe werden gelesen…";
/// Nothing is settled.
pub const EMPTY: &str = "Auf diesem Gerät ist noch kein Lauf abgerechnet. Abgerechnet wird ein Lauf durch seine bekannte Antwort, \
                         nachträglich durch Sie oder durch seine eigene letzte Angabe; oder er wird für ungültig erklärt.";
/// The columns.
pub const COLUMNS: [&str; 5] =
    ["Agent", "Läufe", "Mittleres Ergebnis, Spielgeld", "Brier-Score", "Log-Score"];

/// The name of a kind of settlement.
pub fn ladder(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Label => "Nach bekannter Antwort abgerechnet",
        Ladder::Hand => "Von Hand abgerechnet",
        Ladder::Peers => "Untereinander beurteilt",
        Ladder::Void => "Für ungültig erklärt",
    }
}

/// What it means.
pub fn ladder_what(ladder: Ladder) -> &'static str {
    match ladder {
        Ladder::Label => {
            "Die Antwort wurde mit der Frage geliefert oder ist die Wahrheit einer simulierten Welt"
        }
        Ladder::Hand => "Jemand hat nachträglich gesagt, was geschehen ist",
        Ladder::Peers => "Die letzte Angabe galt als Wahrheit: vorläufig, ein Score ist nicht bekannt",
        Ladder::Void => "Alle haben ihr Geld zurück; die Läufe zählen für niemanden",
    }
}

/// The name of whoever took part.
pub fn who(who: &Who) -> String {
    match who {
        Who::Model { name, .. } => name.clone(),
        Who::Simulated(trader) => roles::trader(*trader).to_owned(),
        Who::Person => super::ask::YOU.to_owned(),
    }
}

/// What kind of agent it is.
pub fn kind(who: &Who) -> String {
    match who {
        Who::Model { model, .. } => model.clone(),
        Who::Simulated(_) => "simuliert".to_owned(),
        Who::Person => String::new(),
    }
}

/// Runs, mean result, Brier and log score.
pub fn figures(tally: &Tally) -> [String; 4] {
    let none = || "–".to_owned();
    let (brier, log) = tally
        .mean_scores()
        .map_or_else(|| (none(), none()), |(brier, log)| (format::decimal(brier), format::decimal(log)));
    let profit = tally
        .mean_profit()
        .map_or_else(none, |profit| format!("{profit:+.2}").replace('-', "−").replace('.', ","));
    [format::count(u64::from(tally.runs)), profit, brier, log]
}
