//! Words for runs without a market, in German: who says what in turn, what held still and what did not, how it was
//! settled.

use super::events::leading;
use super::verdict::{because, ended, failures};
use super::watch::{agent_name, outcome_name};
use crate::aggregate::{Moment, Statement, Summary};
use crate::run::{Debate, DebateStyle, Gate, Gates, Mode, RunEvent, RunSpec, Task, What};
use crate::ui::format;
use crate::ui::status::RunStatus;
use crate::ui::words::en::turns::one_mind;
use crate::ui::words::en::verdict::has_models;

/// A heading.
pub const TRANSCRIPT: &str = "Wer was gesagt hat";
/// Before anybody spoke.
pub const NOTHING_YET: &str = "Noch hat niemand gesprochen";
/// A field.
pub const ARGUMENT: &str = "Argument";
/// A reduced copy.
pub const NO_ARGUMENT: &str = "Der Wortlaut fehlt in dieser Kopie";
/// A field.
pub const QUESTION_PUT: &str = "Frage an die Vorredner";
/// A field.
pub const STOP_SEED: &str = "Startwert der Auslosung, jetzt offengelegt";
/// A field.
pub const COMMITMENT: &str = "SHA-256 des Startwerts der Auslosung";
/// A field.
pub const ORDER: &str = "Reihenfolge der Angaben";
/// A run that was declared void.
pub const VOIDED: &str =
    "Von Hand für ungültig erklärt: Alle haben ihr Geld zurück, und der Lauf zählt für niemanden.";
/// Above the gates.
pub const GATES: &str = "Ist die Schätzung wirklich zur Ruhe gekommen?";
/// What the gates are.
pub const GATES_WHAT: &str = "Die eigene Regel des Verfahrens hält reines Rauschen fast immer für Einigkeit. Als entschieden gilt \
                              ein Lauf darum erst, wenn er auch diese Tests besteht.";
/// Before anybody spoke.
pub const WAITING: &str = "Wer zuerst spricht, denkt noch nach.";
/// Under the figure then.
pub const START: &str = "Bevor jemand gesprochen hat";
/// A heading.
pub const RESOLVE: &str = "Was ist am Ende geschehen?";
/// What resolving does.
pub const RESOLVE_WHAT: &str = "Niemand hat diesem Lauf gesagt, wie es ausging, darum wurde niemand ausbezahlt. Sagen Sie es, sobald \
                                Sie es wissen: Es kommt als eigener Schritt ins Protokoll, vermerkt als Angabe von Hand, und lässt \
                                sich nicht zurücknehmen.";
/// The button.
pub const RESOLVE_DO: &str = "Von Hand abrechnen";
/// The other one.
pub const VOID_DO: &str = "Für ungültig erklären";
/// The field.
pub const HAPPENED: &str = "Eingetreten ist";
/// It did not work.
pub const RESOLVE_FAILED: &str = "Der Lauf konnte nicht abgerechnet werden";
/// What to do.
pub const RESOLVE_NEXT: &str =
    "Nur ein beendeter Lauf, dessen Ausgang offen ist, lässt sich abrechnen, und nur ein einziges Mal.";

/// The name of a mode.
pub fn mode(mode: &Mode) -> &'static str {
    match mode {
        Mode::Market => "Markt",
        Mode::MakerTrader(_) => "Maker und Händler",
        Mode::SelfResolving(_) => "Selbstabrechnender Markt",
        Mode::SelfConsistency(_) => "Selbstkonsistenz",
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => "Paneldebatte",
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => "Debatte mit Richter",
    }
}

/// What a mode does, in one sentence.
pub fn mode_what(mode: &Mode) -> &'static str {
    match mode {
        Mode::Market => {
            "Agenten geben verdeckt ihre Einschätzung ab und handeln danach: Der Preis ist die Antwort."
        }
        Mode::MakerTrader(_) => {
            "Der erste Agent führt eine Schätzung, die anderen widersprechen ihr der Reihe nach, bis sie zur Ruhe \
             kommt. Ohne Geld; nur bei zwei Antworten."
        }
        Mode::SelfResolving(_) => {
            "Agenten machen der Reihe nach Angaben, bis das Los sie stoppt; die letzte Angabe gilt als Wahrheit und \
             bestimmt, was die anderen erhalten. Für Fragen, die nie jemand klären wird."
        }
        Mode::SelfConsistency(_) => {
            "Dieselbe Frage wieder und wieder, jede Antwort für sich, dann eine Abstimmung."
        }
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
            "Alle antworten, lesen die anderen und antworten noch einmal; dann eine Abstimmung."
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
            "Zwei Debattanten vertreten je eine Seite, ein dritter Agent urteilt. Nur bei zwei Antworten."
        }
    }
}

/// An event that happens only in runs without a market, in one line.
pub fn line(spec: &RunSpec, event: &RunEvent) -> String {
    match event {
        RunEvent::Began { prices, stop_commitment: Some(_), .. } => format!(
            "{}: zu Beginn {}; wann Schluss ist, steht schon fest und ist versiegelt",
            mode(&spec.mode),
            leading(spec, prices)
        ),
        RunEvent::Began { prices, .. } => {
            format!("{}: zu Beginn {}", mode(&spec.mode), leading(spec, prices))
        }
        RunEvent::TurnOpened { round, agents, task } => {
            let names: Vec<&str> = agents.iter().map(|&agent| agent_name(spec, agent)).collect();
            format!("Zug {round}: {} {}", names.join(", "), task_words(spec, *task, names.len() > 1))
        }
        RunEvent::Argued { argument, .. } if argument.argument.is_empty() => "Argumentiert".to_owned(),
        RunEvent::Argued { argument, .. } => format::short(&argument.argument, 160),
        RunEvent::TurnClosed { round, prices } => format!("Zug {round} endet mit {}", leading(spec, prices)),
        RunEvent::StopDrawn { draw_millionths, stops, .. } => {
            let draw = format::percent_fine(f64::from(*draw_millionths) / 1e6);
            let alpha = match spec.mode {
                Mode::SelfResolving(switches) => format::percent_fine(switches.stop_chance),
                _ => String::new(),
            };
            let what = if *stops { "darunter, also ist Schluss" } else { "nicht darunter, es geht weiter" };
            format!("Gezogen: {draw}, Schwelle: {alpha}; {what}")
        }
        RunEvent::StopRevealed { .. } => "Was über das Ende versiegelt war, liegt offen".to_owned(),
        RunEvent::Gauged { gates } if gates.failed.is_empty() => {
            "Zur Ruhe gekommen; alle Tests bestanden".to_owned()
        }
        RunEvent::Gauged { gates } => format!("Nicht bestandene Tests: {}", failed(gates)),
        RunEvent::PeersPaid { reference, .. } => {
            format!(
                "Die letzte Angabe, von {}, bestimmt, was die anderen erhalten: untereinander beurteilt",
                agent_name(spec, *reference)
            )
        }
        RunEvent::Voided { .. } => "Von Hand für ungültig erklärt: Alle haben ihr Geld zurück".to_owned(),
        _ => String::new(),
    }
}

fn task_words(spec: &RunSpec, task: Task, several: bool) -> String {
    let verb = |one: &str, many: &str| if several { many.to_owned() } else { one.to_owned() };
    match task {
        Task::Forecast => verb("nennt eine Wahrscheinlichkeit", "nennen ihre Wahrscheinlichkeiten"),
        Task::Argue { side: Some(side) } => {
            format!("{} {}", verb("argumentiert für", "argumentieren für"), outcome_name(spec, side))
        }
        Task::Argue { side: None } => verb("argumentiert", "argumentieren"),
        Task::Reply => verb("beantwortet die Frage", "beantworten die Frage"),
    }
}

/// What a statement is, beside the speaker's name.
pub fn statement_kind(spec: &RunSpec, statement: &Statement) -> String {
    match (&statement.what, statement.task) {
        (What::Forecast(forecast), _) => leading(spec, &forecast.beliefs.probabilities()),
        (What::Silence(kind), _) => super::watch::failure(*kind).to_owned(),
        (_, Task::Argue { side: Some(side) }) => format!("argumentiert für {}", outcome_name(spec, side)),
        (_, Task::Reply) => "antwortet".to_owned(),
        _ => "argumentiert".to_owned(),
    }
}

/// The part that an agent plays, where parts differ.
pub fn role(spec: &RunSpec, agent: usize) -> Option<&'static str> {
    match spec.mode {
        Mode::MakerTrader(_) if spec.agents.len() == 1 => Some("Maker und Händler"),
        Mode::MakerTrader(_) => Some(if agent == 0 { "Maker" } else { "Händler" }),
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) if spec.agents.len() > 2 => match agent {
            0 | 1 => Some("Debattant"),
            2 => Some("Richter"),
            _ => None,
        },
        _ => None,
    }
}

/// How far a run without a market has come, or how it ended.
pub fn progress(status: RunStatus, spec: &RunSpec, moment: &Moment, now: bool) -> String {
    let turns = |many| numbered(moment.round as usize, "Zug", many);
    if !now {
        return format!("Stand in Zug {}", moment.round);
    }
    match moment.closed {
        Some((ending, reason)) => format!("{} nach {}{}", ended(ending), turns("Zügen"), because(reason)),
        None if status.is_open() => {
            let most = spec.mode.most_rounds(spec.agents.len()).unwrap_or(moment.round);
            format!("Zug {} von höchstens {most}", moment.round)
        }
        None => turns("Züge"),
    }
}

/// A number with its noun, in the case that the sentence asks for.
pub(super) fn numbered(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", format::count(number as u64), if number == 1 { one } else { many })
}

/// What came out, and how far it can be trusted, in a few sentences.
pub fn summary(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    let answer = format!(
        "{} für {}",
        format::percent_of(&moment.prices, found.leader),
        outcome_name(spec, found.leader)
    );
    let verb = if moment.closed.is_some() { "endet bei" } else { "steht bei" };
    let mut sentences = vec![if found.answered == 0 {
        "Noch hat kein Agent eine brauchbare Antwort gegeben.".to_owned()
    } else {
        match &spec.mode {
            Mode::MakerTrader(_) => format!("Die Schätzung von {} {verb} {answer}.", agent_name(spec, 0)),
            Mode::SelfResolving(_) => format!("Die Kette der Angaben {verb} {answer}."),
            Mode::SelfConsistency(_) | Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
                format!("Die Abstimmung {verb} {answer}.")
            }
            Mode::Market | Mode::Debate(_) => format!("Das Urteil des Richters {verb} {answer}."),
        }
    }];
    if let Some(gates) = &moment.gates {
        sentences.push(verdict_of(gates));
    }
    if matches!(spec.mode, Mode::SelfResolving(_)) {
        sentences.extend(one_mind(spec).then(|| ONE_MIND.to_owned()));
    }
    if !has_models(spec) {
        sentences.push("Dies sind simulierte Händler: Sie wissen nichts über die Frage.".to_owned());
    }
    if found.failures > 0 {
        sentences.push(failures(found, spec.agents.len()));
    }
    sentences.join(" ")
}

/// Said of a self-resolving market among copies of one model.
const ONE_MIND: &str = "Alle Angaben stammen von ein und demselben Modell: Seine Kopien irren gleich. Es zahlt sich hier aus, \
                        das zu sagen, was die anderen sagen werden, ob es stimmt oder nicht.";

/// What the gates say, in a sentence.
pub fn verdict_of(gates: &Gates) -> String {
    match gates.failed.as_slice() {
        [] => "Die Schätzung ist zur Ruhe gekommen, nach der Regel des Verfahrens und nach allen weiteren Tests."
            .to_owned(),
        failed if failed.contains(&Gate::Range) => "Die Schätzung ist nie zur Ruhe gekommen.".to_owned(),
        _ => format!(
            "Nach der Regel ist die Schätzung zur Ruhe gekommen, aber {}: Das kann Rauschen sein, darum gilt der Lauf als \
             unentschieden.",
            failed_words(gates)
        ),
    }
}

fn failed(gates: &Gates) -> String {
    gates.failed.iter().map(|gate| gate_name(*gate)).collect::<Vec<_>>().join(", ")
}

fn failed_words(gates: &Gates) -> String {
    let words = |gate: &Gate| match gate {
        Gate::Range => "die letzten drei liegen auseinander",
        Gate::Straddle => "die letzten drei liegen beiderseits der Hälfte",
        Gate::SideChanges => "sie hat zu oft die Seite gewechselt",
        Gate::ExcessMovement => "sie hat sich viel stärker bewegt, als sie dazugelernt hat",
    };
    gates.failed.iter().map(words).collect::<Vec<_>>().join(", und ")
}

/// Whether a gate holds, for people who listen.
pub fn gate_state(holds: bool) -> &'static str {
    if holds { "bestanden" } else { "nicht bestanden" }
}

/// A question to whoever argued before.
pub fn asks(question: &str) -> String {
    format!("Fragt: {question}")
}

/// A turn.
pub fn turn(round: u32) -> String {
    format!("Zug {round}")
}

/// The name of a gate.
pub fn gate_name(gate: Gate) -> &'static str {
    match gate {
        Gate::Range => "letzte drei nahe beieinander",
        Gate::Straddle => "letzte drei auf derselben Seite von 50\u{202f}%",
        Gate::SideChanges => "wenige Seitenwechsel",
        Gate::ExcessMovement => "nicht mehr Bewegung, als gelernt wurde",
    }
}

/// The measures, as names and figures.
pub fn gate_facts(gates: &Gates) -> Vec<(&'static str, String)> {
    let points = |p: f64| format!("{:.1} Prozentpunkte", p * 100.0).replace('.', ",");
    vec![
        ("Spannweite der letzten drei", points(gates.range)),
        ("Letzte drei beiderseits von 50\u{202f}%", if gates.straddles { "ja" } else { "nein" }.to_owned()),
        ("Seitenwechsel", gates.side_changes.to_string()),
        ("Länge des Wegs", points(gates.path_length)),
        ("Bewegung Σ(Δp)²", format::fine(gates.movement)),
        ("Abgebaute Unsicherheit", format::fine(gates.reduction)),
        ("Nicht bestandene Tests", failed(gates)),
    ]
}

/// How a self-resolving market was settled.
pub fn judged_by_peers(spec: &RunSpec, reference: usize) -> String {
    format!(
        "Vorläufig, untereinander beurteilt: Die letzte Angabe, von {}, gilt als Wahrheit. Noch weiß niemand, was \
         geschehen ist.",
        agent_name(spec, reference)
    )
}

/// The estimate after a turn, for the chart.
pub fn step_readout(spec: &RunSpec, statement: &Statement, step: usize, of: usize) -> String {
    format!(
        "Schritt {step} von {of}, Zug {}: {}, {}",
        statement.round,
        agent_name(spec, statement.agent),
        statement_kind(spec, statement)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_turn_needs_no_plural() {
        assert_eq!(numbered(1, "Zug", "Zügen"), "1 Zug");
        assert_eq!(numbered(3, "Zug", "Zügen"), "3 Zügen");
    }
}
