//! Words of the Why page, in German: who moved the answer and with which argument, who disagrees, what it cost, how right
//! everybody was.

use super::purchase::{goods, holdings, money};
use super::turns::numbered;
use super::verdict;
use super::watch::{agent_name, outcome_name, points};
use crate::aggregate::case::Argument;
use crate::aggregate::consensus::{Consensus, Dissenter, Doubt};
use crate::aggregate::marks::Whose;
use crate::aggregate::moves::Move;
use crate::aggregate::stance::Stance;
use crate::aggregate::{Moment, Spending, TradeNote};
use crate::market::Cash;
use crate::run::RunSpec;
use crate::ui::format;
pub use crate::ui::words::en::why::moved;

/// Above the question.
pub const TITLE: &str = "Warum diese Antwort";
/// No run is open.
pub const EMPTY: &str = "Noch gibt es keine Antwort zu erklären";
/// What would be here.
pub const EMPTY_WHAT: &str = "Sobald ein Panel geantwortet hat, zeigt diese Seite, wer die Antwort bewegt hat, mit welchem Argument, und wer widerspricht.";
/// Back to the run.
pub const BACK: &str = "← Dem Lauf zusehen";
/// From the run to this page.
pub const LINK: &str = "Warum diese Antwort? →";
/// The switch.
pub const VIEW: &str = "Wie viel gezeigt wird";
/// Its first choice.
pub const SIMPLE: &str = "Einfach";
/// Its second.
pub const EXPERT: &str = "Für Fachleute";
/// The path has no steps.
pub const NO_MOVES: &str = "Noch hat nichts die Antwort bewegt: Hier hat sie angefangen.";

/// A heading of the card beside the chart: nothing is pointed at.
pub const STRONGEST: &str = "Die stärkste Bewegung";
/// How to point at another.
pub const POINT: &str = "Wählen Sie einen Punkt der Kurve, auch mit den Pfeiltasten, und Sie sehen, wer die Antwort dorthin bewegt hat.";
/// A button.
pub const EARLIER: &str = "◂ Früher";
/// A button.
pub const LATER: &str = "Später ▸";
/// The reasons at length.
pub const AT_LENGTH: &str = "Die Gründe ausführlich";
/// A move without words.
pub const NO_WORDS: &str = "Dafür wurde kein Grund in Worten genannt.";

/// A heading.
pub const CASE: &str = "Was dafür und was dagegen spricht";
/// What it is.
pub const CASE_WHAT: &str = "Alle Argumente; zuerst das, was die Antwort am meisten bewegt hat";
/// The choice of the outcome.
pub const CASE_ABOUT: &str = "Argumente zu";
/// An empty side.
pub const NO_ARGUMENTS: &str = "Auf dieser Seite hat niemand argumentiert";
/// All of them.
pub const SHOW_ALL: &str = "Alle zeigen";

/// A heading.
pub const AGREED: &str = "Ist sich das Panel einig?";
/// The verdict.
pub const NEEDS_PERSON: &str = "Ein Mensch sollte hinsehen";
/// The other one.
pub const STANDS: &str = "Das Panel steht dahinter";
/// The verdict where only one states a belief.
pub const ONE_VOICE: &str = "Eine einzige Stimme";
/// Above the dissenters.
pub const DISSENT: &str = "Wer widerspricht";
/// Above those who do not disagree.
pub const LESS_SURE: &str = "Wer weit weniger gewiss ist";

/// A heading.
pub const COST: &str = "Was es gekostet hat";
/// A heading.
pub const MARKS: &str = "Wer wie richtig lag";
/// What it means.
pub const MARKS_WHAT: &str = "Der Brier-Score ist der quadrierte Abstand zur Wahrheit: 0 ist perfekt, 2 das Schlechteste. Der Log-Score \
                              misst, wie überraschend kam, was eintrat: 0 ist perfekt. Eine einzelne Frage beweist wenig: Wer \
                              einmal richtig liegt, hatte vielleicht nur Glück.";
/// A column.
pub const WHOSE: &str = "Wer";
/// A column.
pub const GAVE: &str = "Gab dafür";
/// A column.
pub const BRIER: &str = "Brier-Score";
/// A column.
pub const LOG: &str = "Log-Score";
/// A column.
pub const FIRST_BRIER: &str = "Brier-Score, erste Antwort";

/// Says that a move is pointed at.
pub fn step_of(step: usize, of: usize, is_market: bool) -> String {
    let what = if is_market { "Handel" } else { "Schritt" };
    format!("{what} {step} von {of}")
}

/// Whose a step is, if it is not one's alone.
pub fn together(spec: &RunSpec, step: &Move) -> String {
    match step.by.as_slice() {
        [] => "Davor hat niemand gesprochen".to_owned(),
        [one] => agent_name(spec, one.agent).to_owned(),
        several => format!("{} gemeinsam", numbered(several.len(), "Agent", "Agenten")),
    }
}

/// Why such a step cannot be split.
pub const TOGETHER_WHY: &str =
    "Sie sprachen gleichzeitig; darum kann niemand sagen, wie viel davon auf wen zurückgeht.";

/// What a trade cost in play money, and what it got.
pub fn paid(spec: &RunSpec, trade: &TradeNote) -> String {
    let goods = goods(spec, trade.outcome, &trade.shares);
    format!("{goods} für {} gekauft", money(trade.cost))
}

/// What the answer behind a move cost in real money.
pub fn call_cost(spec: &RunSpec, spent: &Spending) -> String {
    match verdict::tokens(spent) {
        Some(tokens) => format!("Die Modellantwort brauchte {tokens}: {}", verdict::cost(spec, spent)),
        None => format!(
            "Wie viele Tokens die Modellantwort brauchte, ist nicht bekannt: {}",
            verdict::cost(spec, spent)
        ),
    }
}

/// A simulated trader's move cost no call.
pub const NO_CALL: &str = "Ein simulierter Händler: Kein Modell wurde aufgerufen";
/// A person's move.
pub const BY_HAND: &str = "Von Hand gehandelt";

/// A side of the case.
pub fn side(spec: &RunSpec, name: &str, speaks_for: bool, other: &str) -> String {
    // What was argued and what it did may differ; only what it did is known.
    if !spec.mode.is_market() {
        return match (speaks_for, spec.outcome_count()) {
            (true, _) => format!("Bewegte die Antwort hin zu {name}"),
            (false, 2) => format!("Bewegte die Antwort hin zu {other}"),
            (false, _) => format!("Bewegte die Antwort weg von {name}"),
        };
    }
    match (speaks_for, spec.outcome_count()) {
        (true, _) => format!("Für {name}"),
        (false, 2) => format!("Für {other}"),
        (false, _) => format!("Gegen {name}"),
    }
}

/// How far an argument moved the answer.
pub fn argument_change(argument: &Argument) -> String {
    match argument.change {
        None => "nicht bekannt".to_owned(),
        Some(change) if change.abs() < 0.0005 => "nichts bewegt".to_owned(),
        Some(change) => points(change),
    }
}

/// What acting on it cost.
pub fn argument_cost(cost: Cash) -> String {
    format!("{} dafür eingesetzt", money(cost))
}

/// How many stand behind the answer, in a sentence.
pub fn agreement(spec: &RunSpec, found: &Consensus) -> String {
    let name = outcome_name(spec, found.leader);
    let Consensus { answered, in_favour, undecided, .. } = found;
    match (answered - in_favour, *answered) {
        (_, 0) => "Niemand hat eine brauchbare Antwort gegeben.".to_owned(),
        (0, 1) => format!(
            "Nur ein einziger Agent nennt eine Wahrscheinlichkeit, die höchste für {name}: Ob die anderen zustimmen, \
             kann niemand sagen."
        ),
        (0, all) => format!("Alle {all} Agenten halten {name} für am wahrscheinlichsten."),
        _ => {
            let for_it = format!(
                "{in_favour} von {answered} Agenten {} {name} für am wahrscheinlichsten",
                hold(*in_favour)
            );
            match undecided.len() {
                0 => format!("{for_it}."),
                1 => format!("{for_it}, 1 ist unentschieden."),
                some => format!("{for_it}, {some} sind unentschieden."),
            }
        }
    }
}

/// Who disagrees, in one or two sentences; nothing before anybody has said anything.
pub fn disagree(spec: &RunSpec, found: &Consensus) -> Option<String> {
    if found.answered == 0 {
        return None;
    }
    let leader = outcome_name(spec, found.leader);
    let against: Vec<&str> = found.dissenters.iter().map(|voice| agent_name(spec, voice.agent)).collect();
    let undecided: Vec<&str> = found.undecided.iter().map(|&agent| agent_name(spec, agent)).collect();
    let said = match against.as_slice() {
        [] if undecided.is_empty() => {
            format!(
                "Niemand widerspricht: Alle, die geantwortet haben, halten {leader} für am wahrscheinlichsten."
            )
        }
        [] => format!(
            "Niemand widerspricht: Keiner hält eine andere Antwort für wahrscheinlicher als {leader}."
        ),
        names => {
            format!("Widerspruch: {}. Eine andere Antwort sei wahrscheinlicher als {leader}.", listed(names))
        }
    };
    let rest =
        if undecided.is_empty() { String::new() } else { format!(" Unentschieden: {}.", listed(&undecided)) };
    Some(said + &rest)
}

/// Names in a row.
fn listed(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} und {last}", rest.join(", ")),
        names => names.concat(),
    }
}

/// The verb after so many.
fn hold(number: usize) -> &'static str {
    if number == 1 { "hält" } else { "halten" }
}

/// Why a person should look.
pub fn doubt(spec: &RunSpec, doubt: &Doubt) -> String {
    match *doubt {
        Doubt::NoAnswers => "Niemand hat eine brauchbare Antwort gegeben.".to_owned(),
        Doubt::Split { against, answered } => format!(
            "Das Panel ist gespalten: {against} von {answered} {} eine andere Antwort für die wahrscheinlichste.",
            hold(against)
        ),
        Doubt::Wavering { undecided, answered } => format!(
            "Nicht alle stehen dahinter: {undecided} von {answered} {} keinen Unterschied zu einer anderen Antwort.",
            if undecided == 1 { "sieht" } else { "sehen" }
        ),
        Doubt::AgainstTheCount { in_favour, answered } => format!(
            "Nur {in_favour} von {answered} {} diese Antwort für die wahrscheinlichste: Wenige mit fester Überzeugung \
             geben den Ausschlag.",
            hold(in_favour)
        ),
        Doubt::Open => {
            "Der Preis liegt nahe am Gleichstand: Er macht kaum einen Unterschied zwischen den Antworten."
                .to_owned()
        }
        Doubt::Undecided => {
            "Was entschieden aussah, kann Rauschen sein: Der Lauf endete unentschieden.".to_owned()
        }
        Doubt::CutShort => "Der Lauf endete, bevor er entschieden war.".to_owned(),
        Doubt::Silent { silent, of } => format!(
            "{silent} von {of} Agenten {} nie eine brauchbare Antwort gegeben.",
            if silent == 1 { "hat" } else { "haben" }
        ),
        Doubt::HangsOn(agent) => format!(
            "Die Antwort hängt an einer einzigen Stimme: Ohne {} läge eine andere vorn.",
            agent_name(spec, agent)
        ),
        Doubt::Order { others, of } => format!(
            "Die Antwort hängt an der Reihenfolge des Handels, die ausgelost wurde: In {others} von {of} anderen \
             Reihenfolgen liegt eine andere vorn."
        ),
    }
}

/// What a dissenter believes.
pub fn dissenter(spec: &RunSpec, voice: &Dissenter, leader: usize) -> String {
    let here = format!("{} für {}", format::percent(voice.belief), outcome_name(spec, leader));
    match voice.stance {
        Stance::For => here,
        Stance::Undecided => format!("{here}, unentschieden"),
        Stance::Against => format!(
            "{here}, {} für {}",
            format::percent(voice.favourite_belief),
            outcome_name(spec, voice.favourite)
        ),
    }
}

/// What it put behind that.
pub fn behind(spec: &RunSpec, voice: &Dissenter) -> String {
    if voice.spent > Cash::ZERO {
        format!("{} ausgegeben, hält jetzt: {}", money(voice.spent), holdings(spec, &voice.holdings))
    } else {
        "Kein Geld dafür eingesetzt".to_owned()
    }
}

/// Said below the verdict of a panel that knows nothing.
pub const KNOW_NOTHING: &str = "Dies sind simulierte Händler, die nichts über die Frage wissen: Sie zeigen nur, wie man ein Panel liest, \
                                und geben keinen Rat.";
/// Said below a verdict of models.
pub const ONE_MIND_TOO: &str = "Modelle können denselben Fehler machen: Einigkeit ist kein Beweis.";

/// What is said below the verdict.
pub fn caveat(spec: &RunSpec) -> &'static str {
    if verdict::has_models(spec) { ONE_MIND_TOO } else { KNOW_NOTHING }
}

/// What a run cost, as a few facts.
pub fn cost_of_all(spec: &RunSpec, spent: &Spending) -> String {
    let calls = verdict::calls(spec, spent.calls);
    match verdict::tokens(spent) {
        Some(tokens) => format!("{calls}, {tokens}: {}", verdict::cost(spec, spent)),
        None => format!("{calls}: {}", verdict::cost(spec, spent)),
    }
}

/// What one agent's calls cost.
pub fn cost_of_one(spec: &RunSpec, agent: usize, spent: &Spending) -> String {
    let kind = spec.agents.get(agent).map(|agent| &agent.kind);
    match kind {
        Some(kind) if kind.is_model() => match verdict::tokens(spent) {
            Some(tokens) => format!("{}, {tokens}", numbered(spent.calls as usize, "Aufruf", "Aufrufe")),
            None => verdict::calls(spec, spent.calls),
        },
        Some(kind) if kind.is_person() => "Sie".to_owned(),
        _ => "simuliert".to_owned(),
    }
}

/// Points of the answer that one agent moved, for so much money.
pub fn moved_points(change: f64) -> String {
    if change.abs() < 0.0005 {
        "nichts bewegt".to_owned()
    } else {
        format!("Antwort um {} bewegt", points(change))
    }
}

/// Whose mark.
pub fn whose(spec: &RunSpec, whose: Whose) -> String {
    match whose {
        Whose::Answer if spec.mode.is_market() => "Der Markt".to_owned(),
        Whose::Answer => "Die Antwort".to_owned(),
        Whose::Average => "Mittelwert aller Agenten".to_owned(),
        Whose::Agent(agent) => agent_name(spec, agent).to_owned(),
        Whose::Even => super::watch::EVEN_ODDS.to_owned(),
    }
}

/// What happened, above the marks.
pub fn happened(spec: &RunSpec, outcome: usize) -> String {
    format!("Eingetreten ist: {}.", outcome_name(spec, outcome))
}

/// What the clip means.
pub const CLIPPED: &str =
    "* Hielt es für so gut wie ausgeschlossen: Der Log-Score ist dort gekappt, der wahre ist schlechter.";

/// What an agent put into the market, or what it has left.
pub fn purse_of(spec: &RunSpec, moment: &Moment, agent: usize) -> Option<String> {
    let (before, now) = (spec.agents.get(agent)?.budget_micros, moment.agents.get(agent)?.cash);
    spec.mode.is_market().then(|| format!("{} ausgegeben", money(before - now)))
}

/// An event to read.
pub fn event(seq: u64) -> String {
    format!("Ereignis {seq} im Protokoll")
}
