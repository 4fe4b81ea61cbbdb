//! Words of the page that shows two runs side by side, in German.

mod fields;

use std::collections::BTreeMap;

use self::fields::{field, fields};
use super::events::percentage_points;
use super::{ask, asking, market, roles, turns};
use crate::aggregate::difference::{Feature, Parting};
use crate::run::{AgentSpec, RunSpec};
use crate::ui::format;

/// The page.
pub const TITLE: &str = "Zwei Läufe vergleichen";
/// What it is for.
pub const WHAT: &str =
    "Zwei Läufe nebeneinander: was anders eingestellt war, wo die Preise auseinandergehen und was herauskam.";
/// The two choices.
pub const SIDES: [&str; 2] = ["Erster Lauf", "Zweiter Lauf"];
/// Nothing is chosen yet.
pub const CHOOSE: &str = "Einen Lauf wählen…";
/// Where the runs to choose from come from.
pub const SOURCES: &str = "Zur Wahl stehen die Läufe dieses Geräts, der geöffnete und der letzte, der aus einem Link kam. Ein Lauf aus einer \
                           Datei bleibt auf diesem Gerät, sobald er einmal geöffnet wurde.";
/// Exchanges the two.
pub const SWAP: &str = "Tauschen";
/// There are not two.
pub const EMPTY: &str = "Dazu braucht es zwei Läufe";
/// How to get them.
pub const EMPTY_WHAT: &str = "Lassen Sie ein Panel eine Frage beantworten, drücken Sie dann auf „Mit Änderungen neu starten…“, und ändern Sie \
                              eines: die Liquidität, einen Agenten, den Startwert. Danach stehen beide Läufe hier.";
/// Goes there.
pub const EMPTY_NEXT: &str = "Eine Frage stellen";
/// While one is read.
pub const READING: &str = "Der Lauf wird gelesen…";
/// It is not there.
pub const GONE: &str = "Dieser Lauf ist nicht mehr auf diesem Gerät.";
/// Both choices are one run.
pub const SAME: &str = "Beide Seiten zeigen denselben Lauf: Wählen Sie auf einer einen anderen.";
/// The run that is open but not kept.
pub const OPEN: &str = "In diesem Tab geöffnet";
/// The run of a link.
pub const LINKED: &str = "Aus einem Link";
/// The first section.
pub const RESULT: &str = "Was herauskam";
/// The second.
pub const PATHS: &str = "Wo die Preise auseinandergehen";
/// The third.
pub const SET_UP: &str = "Was anders eingestellt war";
/// Nothing differs.
pub const NO_DIFFERENCE: &str = "Nichts: Alles war bis auf die letzte Zahl gleich eingestellt. Was sich unterscheidet, kommt von den Antworten \
                                 selbst.";
/// The outcome whose price is drawn.
pub const OUTCOME: &str = "Preis von";
/// No outcome is shared.
pub const NO_SHARED: &str = "Die beiden Läufe haben keine gleichnamige Antwort; darum lassen sich ihre Preise nicht übereinanderlegen.";
/// The figures of the picture.
pub const TABLE: &str = "Die Zahlen, Runde für Runde";
/// The table's columns.
pub const ROUND: &str = "Runde";
/// The row before the first round.
pub const START: &str = "Anfang";
/// A figure's name.
pub const FIGURE: &str = "Größe";
/// The column of what changed.
pub const CHANGE: &str = "Änderung";
/// The column of the parts of a set-up.
pub const PART: &str = "Einstellung";
/// A run that is not over.
pub const OPEN_END: &str = "Nicht beendet";
/// A price that is not known.
pub const COST_UNKNOWN: &str = "kein Preis bekannt";
/// Opens one of them.
pub const WATCH: &str = "Öffnen";
/// The way here.
pub const COMPARE: &str = "Vergleichen…";
/// The way here from the list.
pub const COMPARE_RUNS: &str = "Zwei Läufe vergleichen…";
/// The rows of the result.
pub const ANSWER: &str = "Antwort";
/// How it ended.
pub const ENDING: &str = "Wie es endete";
/// Rounds.
pub const ROUNDS: &str = "Runden";
/// Trades.
pub const TRADES: &str = "Käufe";
/// Calls of models.
pub const CALLS: &str = "Aufrufe";
/// Tokens.
pub const TOKENS: &str = "Tokens";
/// Money.
pub const COST: &str = "Kosten";
/// Answers that failed.
pub const FAILURES: &str = "Fehlgeschlagene Antworten";
/// The score against the known answer.
pub const BRIER: &str = "Brier-Score (0 ist perfekt)";

/// Whether the two agree, in one sentence.
pub fn verdict(left: (&str, &str), right: (&str, &str)) -> String {
    let (one, other) = (left.1, right.1);
    if left.0 == right.0 {
        format!("In beiden Läufen liegt {} vorn: im ersten bei {one}, im zweiten bei {other}.", left.0)
    } else {
        format!(
            "Die Läufe widersprechen einander: Im ersten liegt {} vorn ({one}), im zweiten {} ({other}).",
            left.0, right.0
        )
    }
}

/// Where they part, in one sentence.
pub fn parting(found: &Parting, outcome: &str) -> String {
    let Some(first) = found.first else {
        return format!(
            "Am Ende keiner einzigen Runde liegen die beiden Preise von {outcome} einen ganzen Prozentpunkt auseinander."
        );
    };
    let at = |round: u32| if round == 0 { "am Anfang".to_owned() } else { format!("in Runde {round}") };
    let side = if found.gap < 0.0 { "tiefer" } else { "höher" };
    let gap = format!("{} {side} als der erste", percentage_points(found.gap.abs()));
    if first == found.widest {
        format!(
            "Die Preise von {outcome} gehen {} auseinander, so weit wie später nie mehr: Der zweite liegt {gap}.",
            at(first)
        )
    } else {
        format!(
            "Die Preise von {outcome} gehen {} auseinander und sind {} am weitesten voneinander entfernt: Der zweite liegt \
             dann {gap}.",
            at(first),
            at(found.widest)
        )
    }
}

/// How many events they share.
pub fn common(shared: usize, left: usize, right: usize) -> String {
    let count = |events: usize| format::count(events as u64);
    match shared {
        0 => format!(
            "Die beiden Protokolle, mit {} und {} Ereignissen, unterscheiden sich vom ersten Ereignis an.",
            count(left),
            count(right)
        ),
        shared if shared == left && left == right => {
            format!("Die beiden Protokolle sind gleich: {}.", turns::numbered(left, "Ereignis", "Ereignisse"))
        }
        1 => format!(
            "Von den {} und {} Ereignissen der beiden Protokolle ist nur das erste gleich.",
            count(left),
            count(right)
        ),
        shared => format!(
            "Von den {} und {} Ereignissen der beiden Protokolle sind die ersten {} gleich.",
            count(left),
            count(right),
            count(shared)
        ),
    }
}

/// What the picture shows, for those who do not see it.
pub fn picture(outcome: &str, left: f64, right: f64) -> String {
    format!(
        "Der Preis von {outcome} über die Runden: Der erste Lauf endet bei {}, der zweite bei {}.",
        format::percent(left),
        format::percent(right)
    )
}

/// A round of the picture's scale.
pub fn round(round: u32) -> String {
    if round == 0 { START.to_owned() } else { format!("{ROUND} {round}") }
}

/// The name of a part of the set-up.
pub fn feature(feature: Feature) -> String {
    match feature {
        Feature::Question => "Frage",
        Feature::Background => ask::BACKGROUND,
        Feature::Criterion => ask::CRITERION,
        Feature::ReversedQuestion => asking::REVERSED,
        Feature::Outcomes => ask::OUTCOMES,
        Feature::Answer => ask::ANSWER,
        Feature::Mode => ask::MODE,
        Feature::Seed => ask::SEED,
        Feature::Liquidity => "Liquidität",
        Feature::Prior => "Anfangspreise",
        Feature::Sizing => market::RULE,
        Feature::Maker => market::MAKER,
        Feature::Guard => market::GUARD_SHORT,
        Feature::Epsilon => "Kleinste Bewegung",
        Feature::Rounds => ask::ROUNDS,
        Feature::Limits => "Grenzen",
        Feature::World => "Welt der simulierten Händler",
        Feature::Prompts => "Wortlaut der Prompts",
        Feature::Agent(place) => return format!("Agent {}", place + 1),
    }
    .to_owned()
}

/// What a part of the set-up is in two runs.
pub fn values(feature: Feature, left: &RunSpec, right: &RunSpec) -> [String; 2] {
    let both = |value: &dyn Fn(&RunSpec) -> String| [value(left), value(right)];
    match feature {
        Feature::Question => both(&|spec| spec.question.clone()),
        Feature::Background => both(&|spec| text(&spec.background)),
        Feature::Criterion => both(&|spec| text(&spec.criterion)),
        Feature::ReversedQuestion => both(&|spec| text(&spec.reversed_question)),
        Feature::Outcomes => both(&|spec| spec.outcomes.join(", ")),
        Feature::Answer => both(&|spec| {
            spec.answer.and_then(|answer| spec.outcomes.get(answer)).cloned().unwrap_or_else(none)
        }),
        Feature::Mode => {
            let name = |spec: &RunSpec| turns::mode(&spec.mode).to_owned();
            named([name(left), name(right)], [fields(&left.mode), fields(&right.mode)])
        }
        Feature::Seed => both(&|spec| spec.seed.to_string()),
        Feature::Liquidity => both(&|spec| format::cash(spec.liquidity_micros)),
        Feature::Prior => both(&|spec| {
            let prices = spec.prior.probabilities().into_iter().map(format::percent_fine);
            prices.collect::<Vec<_>>().join("; ")
        }),
        Feature::Sizing => both(&|spec| roles::sizing_of(&spec.sizing)),
        Feature::Maker => {
            let name = |spec: &RunSpec| market::maker(&spec.maker).to_owned();
            named([name(left), name(right)], [fields(&left.maker), fields(&right.maker)])
        }
        Feature::Guard => {
            let name = |spec: &RunSpec| market::guard(&spec.guard).to_owned();
            named([name(left), name(right)], [fields(&left.guard), fields(&right.guard)])
        }
        Feature::Epsilon => both(&|spec| format::percent_fine(spec.stop.epsilon)),
        Feature::Rounds => both(&|spec| spec.stop.max_rounds.to_string()),
        Feature::Limits => {
            let limits = |spec: &RunSpec| {
                let mut found = fields(&spec.stop);
                found.retain(|name, _| name.starts_with("max_") && name != "max_rounds");
                found
            };
            differing(limits(left), limits(right))
        }
        Feature::World => differing(fields(&left.world), fields(&right.world)),
        Feature::Prompts => differing(fields(&left.prompts), fields(&right.prompts)),
        Feature::Agent(place) => match (left.agents.get(place), right.agents.get(place)) {
            (Some(one), Some(other)) => differing(fields(one), fields(other)),
            (one, other) => [member(one), member(other)],
        },
    }
}

fn none() -> String {
    "keine Angabe".to_owned()
}

fn text(text: &str) -> String {
    if text.is_empty() { none() } else { text.to_owned() }
}

fn member(agent: Option<&AgentSpec>) -> String {
    agent
        .map_or_else(|| "niemand".to_owned(), |agent| format!("{}, {}", agent.name, roles::kind(&agent.kind)))
}

/// A name with those of its parameters that are not the same on both sides.
fn named(names: [String; 2], found: [BTreeMap<String, String>; 2]) -> [String; 2] {
    let [left, right] = found;
    let [one, other] = differing(left, right);
    let with =
        |name: &str, rest: String| if rest == none() { name.to_owned() } else { format!("{name} ({rest})") };
    [with(&names[0], one), with(&names[1], other)]
}

/// The fields that differ, on each side.
fn differing(left: BTreeMap<String, String>, right: BTreeMap<String, String>) -> [String; 2] {
    let only = |own: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let parts: Vec<String> = own
            .iter()
            .filter(|(name, value)| other.get(*name) != Some(value))
            .map(|(name, value)| format!("{}: {value}", field(name)))
            .collect();
        // Semicolons, for the numbers have commas.
        if parts.is_empty() { none() } else { parts.join("; ") }
    };
    [only(&left, &right), only(&right, &left)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::difference::differences;
    use crate::market::Cash;
    use crate::run::{MakerTrader, Mode};
    use crate::ui::draft::Draft;

    #[test]
    fn a_difference_is_said_in_german_on_both_sides() {
        let left = Draft::first_visit().build(7, None).unwrap().0;
        let mut right = left.clone();
        right.mode = Mode::MakerTrader(MakerTrader::default());
        right.agents[1].budget_micros = Cash::from_units(7);
        right.agents.pop();
        for part in differences(&left, &right) {
            let [one, other] = values(part, &left, &right);
            assert_ne!(one, other, "{part:?}");
        }
        assert_eq!(values(Feature::Agent(1), &left, &right)[1], "Guthaben: 7,00");
        assert_eq!(values(Feature::Agent(left.agents.len() - 1), &left, &right)[1], "niemand");
        let [market, paper] = values(Feature::Mode, &left, &right);
        assert_eq!(market, "Markt");
        for said in ["Maker und Händler (", "Toleranz: 0,2", "Was als Antwort gilt: „Die letzte Schätzung“"]
        {
            assert!(paper.contains(said), "{paper}");
        }
    }

    #[test]
    fn sentences_fit_what_was_found() {
        let found = Parting { first: Some(1), widest: 3, gap: -0.2 };
        let said = parting(&found, "Ja");
        assert!(
            said.contains("gehen in Runde 1 auseinander") && said.contains("20 Prozentpunkte tiefer"),
            "{said}"
        );
        assert_eq!(common(5, 5, 5), "Die beiden Protokolle sind gleich: 5 Ereignisse.");
        assert!(common(1, 5, 6).ends_with("ist nur das erste gleich."));
    }
}
