//! Words of the ways that ask again, in German: what each does, what it may use, and what came of it.

use super::turns::numbered;
use crate::agents::Estimate;
use crate::run::{Debate, DebateStyle, Mode};
pub use crate::ui::words::en::comparisons::slug;

/// The heading.
pub const TITLE: &str = "Andere Verfahren, neu gefragt";
/// What they are.
pub const WHAT: &str = "Dieselbe Frage, dieselben Agenten und Grenzen, mit gleich vielen Antworten wie in diesem Lauf oder so \
                        nahe daran, wie ganze Runden es erlauben: Mehr Antworten allein würden jeden Vergleich gewinnen.";
/// A person trades in the original.
pub const WITHOUT_YOU: &str = "Sie selbst bleiben außen vor: Nur Agenten lassen sich noch einmal fragen.";
/// Starts it.
pub const RUN: &str = "Ausführen";
/// Starts it after a question.
pub const ASK: &str = "Ausführen…";
/// Opens it.
pub const OPEN: &str = "Lauf öffnen";
/// Confirms.
pub const START: &str = "Starten und bezahlen";
/// Does not.
pub const CANCEL: &str = "Jetzt nicht";
/// It goes on, or was interrupted.
pub const UNFINISHED: &str = "nicht beendet";
/// Nobody on the panel is a model.
pub const SIMULATED: &str = "simuliert: keine Aufrufe, keine Kosten";
/// While it is found out through which connections models would be called.
pub const LOADING: &str = "Die Verbindungen dieses Laufs werden gesucht…";
/// Models without a connection.
pub const NO_CONNECTION: &str = "Seine Modelle brauchen eine Verbindung.";
/// What to do.
pub const NO_CONNECTION_NEXT: &str =
    "Öffnen Sie die Einstellungen, fügen Sie eine Verbindung hinzu und speichern Sie sie.";
/// What to do about keys.
pub const NEEDS_KEYS_NEXT: &str =
    "Öffnen Sie die Einstellungen, geben Sie dort ein, was fehlt, und starten Sie noch einmal.";
/// The copy does not hold what the agents were told.
pub const REDUCED: &str = "Diese Kopie enthält nicht alles, was den Agenten gesagt wurde; darum kann niemand noch einmal dasselbe \
                           gefragt werden.";
/// The run is a comparison itself.
pub const IS_ONE: &str = "Dieser Lauf entstand zum Vergleich mit einem anderen.";
/// Opens that one.
pub const OPEN_ORIGINAL: &str = "Den anderen Lauf öffnen";
/// That one is gone.
pub const ORIGINAL_GONE: &str = "Jener Lauf ist nicht auf diesem Gerät.";

/// What it does here, in numbers.
pub fn plan(mode: &Mode, agents: usize) -> String {
    match mode {
        Mode::SelfConsistency(switches) => format!(
            "{}, jede für sich, dann eine Abstimmung",
            numbered(switches.answers as usize, "Antwort", "Antworten")
        ),
        Mode::Debate(Debate { style: DebateStyle::Panel, rounds }) => {
            format!(
                "{} mit je {}, nach der ersten Runde in Kenntnis der anderen, dann eine Abstimmung",
                numbered(*rounds as usize, "Runde", "Runden"),
                numbered(agents, "Antwort", "Antworten")
            )
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, rounds }) => {
            format!(
                "{} je Seite, dann urteilt ein Richter",
                numbered(*rounds as usize, "Argument", "Argumente")
            )
        }
        _ => String::new(),
    }
}

/// What it may use.
pub fn uses(estimate: Option<&Estimate>) -> String {
    estimate.map_or_else(|| SIMULATED.to_owned(), super::prices::uses)
}

/// The question before money is spent.
pub fn confirm(uses: &str, connections: &[String]) -> String {
    format!(
        "Gefragt wird über {}: {uses}. Schluss ist, wo die Grenzen dieses Laufs erreicht sind.",
        quoted(connections)
    )
}

/// Keys are gone.
pub fn needs_keys(names: &[String]) -> String {
    let keys = if names.len() == 1 { "Der Schlüssel" } else { "Die Schlüssel" };
    let verb = if names.len() == 1 { "ist" } else { "sind" };
    format!("{keys} von {} {verb} nicht mehr auf dieser Seite.", quoted(names))
}

/// Names, each in quotation marks.
fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("„{name}“")).collect::<Vec<_>>().join(" und ")
}
