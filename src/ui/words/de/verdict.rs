//! The sentences that say what a run found, in German: the summary at its top, how it ended, how it turned out.

use super::turns::{self, numbered};
use super::voices;
use super::watch::{agent_name, outcome_name};
use crate::aggregate::{Confidence, Moment, Spending, Summary};
use crate::run::{AgentKind, Basis, CloseReason, Ending, RunSpec, Settled};
use crate::ui::format;
use crate::ui::status::RunStatus;
pub(crate) use crate::ui::words::en::verdict::has_models;
use crate::ui::words::en::verdict::lacks_calls;

/// What the panel thinks and why, who disagrees, and what went wrong, as few sentences as it takes.
pub fn summary(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    if !spec.mode.is_market() {
        return turns::summary(spec, found, moment);
    }
    let mut sentences = vec![lead(spec, found, moment)];
    if has_models(spec) {
        sentences.extend(dissent(spec, found));
    } else {
        sentences.push(simulated(found));
    }
    if found.failures > 0 {
        sentences.push(failures(found, spec.agents.len()));
    }
    sentences.join(" ")
}

fn lead(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    let name = outcome_name(spec, found.leader);
    let price = format::percent_of(&moment.prices, found.leader);
    let open = moment.closed.is_none();
    if found.answered == 0 {
        return "Kein Agent hat eine brauchbare Antwort gegeben; darum steht der Preis noch, wo er anfing."
            .to_owned();
    }
    let (one, verb) = match (has_models(spec), spec.all_simulated()) {
        (true, _) => ("Das Panel", if open { "steht bei" } else { "endet bei" }),
        (false, true) => ("Die simulierten Händler", if open { "stehen bei" } else { "enden bei" }),
        (false, false) => ("Die simulierten Händler und Sie", if open { "stehen bei" } else { "enden bei" }),
    };
    let thinks = format!("{one} {verb}");
    let how = match found.confidence {
        Confidence::Certain => format!("{price} für {name}, fast ohne Zweifel"),
        Confidence::Likely => format!("{price} für {name}"),
        Confidence::Leaning => format!("{price} für {name}, eher eine Neigung als ein Urteil"),
        Confidence::Open => format!("{price} für {name}: Zwischen den Antworten ist kaum ein Unterschied"),
    };
    match &found.reason {
        Some(reason) if has_models(spec) && found.confidence != Confidence::Open => {
            let words = format::short(voices::said(&reason.headline).trim_end_matches('.'), 120);
            format!("{thinks} {how}, vor allem durch {}: „{words}“.", agent_name(spec, reason.agent))
        }
        _ => format!("{thinks} {how}."),
    }
}

/// Counts, not reasons: a simulated trader's words claim nothing.
fn simulated(found: &Summary) -> String {
    let verb = if found.in_favour == 1 { "neigt" } else { "neigen" };
    let sides = match (found.in_favour, found.answered) {
        (1, 1) => "Die einzige Stimme neigt dazu".to_owned(),
        (some, all) if some == all => format!("Alle {all} neigen dazu"),
        (some, all) => format!("{some} von {all} {verb} dazu"),
    };
    let against = match found.answered - found.in_favour - found.undecided {
        0 => String::new(),
        1 => ", einer dagegen".to_owned(),
        against => format!(", {against} dagegen"),
    };
    let undecided = match found.undecided {
        0 => String::new(),
        1 => ", einer unentschieden".to_owned(),
        undecided => format!(", {undecided} unentschieden"),
    };
    format!(
        "{sides}{against}{undecided}. Über die Frage wissen sie nichts: So zeigt sich nur, wie der Markt funktioniert."
    )
}

fn dissent(spec: &RunSpec, found: &Summary) -> Option<String> {
    let dissent = found.dissent.as_ref()?;
    let name = agent_name(spec, dissent.agent);
    let belief = format::percent(dissent.belief);
    let what = if dissent.disagrees { "Widerspruch" } else { "Weit weniger gewiss" };
    Some(if dissent.headline.is_empty() {
        format!("{what}: {name}, bei {belief}.")
    } else {
        let words = format::short(voices::said(&dissent.headline).trim_end_matches('.'), 120);
        format!("{what}: {name}, bei {belief}: „{words}“.")
    })
}

pub(crate) fn failures(found: &Summary, agents: usize) -> String {
    let times = if found.failures == 1 {
        "Eine Antwort ist fehlgeschlagen".to_owned()
    } else {
        format!("{} Antworten sind fehlgeschlagen", found.failures)
    };
    match found.silent {
        0 => format!("{times}; was geschah, steht beim Panel."),
        1 => format!("{times}, und 1 von {agents} Agenten kam nie zu Wort."),
        silent => format!("{times}, und {silent} von {agents} Agenten kamen nie zu Wort."),
    }
}

/// Who ran, in a few words.
pub fn panel(spec: &RunSpec) -> String {
    let models = spec.agents.iter().filter_map(|agent| match &agent.kind {
        AgentKind::Model { model, .. } => Some(model.as_str()),
        _ => None,
    });
    let mut names: Vec<&str> = models.collect();
    let agents = names.len();
    names.sort_unstable();
    names.dedup();
    let simulated = spec.agents.iter().filter(|agent| agent.kind.is_simulated()).count();
    let mut parts = Vec::new();
    let mode = if spec.mode.is_market() { String::new() } else { format!("{}: ", turns::mode(&spec.mode)) };
    let asked = numbered(agents, "Agent", "Agenten");
    match (agents, names.as_slice()) {
        (0, _) => {}
        (_, [one]) => parts.push(format!("{asked} mit {one}")),
        (_, several) => parts.push(format!("{asked} mit {} Modellen", several.len())),
    }
    if simulated > 0 {
        parts.push(numbered(simulated, "simulierter Händler", "simulierte Händler"));
    }
    if spec.agents.iter().any(|agent| agent.kind.is_person()) {
        parts.push("Sie".to_owned());
    }
    mode + &parts.join(" und ")
}

/// How far it has come, or how it ended.
pub fn progress(status: RunStatus, spec: &RunSpec, moment: &Moment, now: bool) -> String {
    if !spec.mode.is_market() {
        return turns::progress(status, spec, moment, now);
    }
    let rounds = numbered(moment.round as usize, "Runde", "Runden");
    let trades = |many| numbered(moment.trades as usize, "Kauf", many);
    if !now {
        return format!("Stand in Runde {}, nach {}", moment.round, trades("Käufen"));
    }
    match moment.closed {
        Some((ending, reason)) => {
            format!("{} nach {rounds}, {}{}", ended(ending), trades("Käufen"), because(reason))
        }
        None if status.is_open() => {
            format!("Runde {} von höchstens {}, {}", moment.round, spec.stop.max_rounds, trades("Käufe"))
        }
        None => format!("{rounds}, {}", trades("Käufe")),
    }
}

pub(crate) fn ended(ending: Ending) -> &'static str {
    match ending {
        Ending::Converged => "entschieden",
        Ending::Undecided => "unentschieden",
        Ending::Stopped => "gestoppt",
        Ending::Failed => "gescheitert",
        Ending::Completed => "beendet",
    }
}

pub(crate) fn because(reason: CloseReason) -> &'static str {
    match reason {
        CloseReason::NoTrade
        | CloseReason::StoppedByPerson
        | CloseReason::AllSpoke
        | CloseReason::Equilibrium => "",
        CloseReason::GatesFailed => ": Was zur Ruhe kam, kann Rauschen sein",
        CloseReason::StopDrawn => ": Das Los hat den Lauf beendet",
        CloseReason::RoundLimit => ": Die letzte Runde ist vorbei",
        CloseReason::CallLimit => ": Die Obergrenze für Aufrufe ist erreicht",
        CloseReason::TokenLimit => ": Die Obergrenze für Tokens ist erreicht",
        CloseReason::CostLimit => ": Die Kostengrenze ist erreicht",
        CloseReason::TimeLimit => ": Die Zeitgrenze ist erreicht",
        CloseReason::NoAnswers => ": Niemand konnte antworten",
    }
}

/// How many calls were made.
pub fn calls(spec: &RunSpec, calls: u32) -> String {
    match calls {
        0 if lacks_calls(spec) => "Aufrufe fehlen in dieser Kopie".to_owned(),
        0 => "keine Aufrufe".to_owned(),
        some => numbered(some as usize, "Aufruf", "Aufrufe"),
    }
}

/// How many tokens they took; nothing if there were none. Where no server counted, it says so.
pub fn tokens(spent: &Spending) -> Option<String> {
    let tokens = format::count(spent.tokens);
    match (spent.tokens, spent.estimated) {
        (0, _) => None,
        (_, false) => Some(format!("{tokens} Tokens")),
        (_, true) => Some(format!("etwa {tokens} Tokens, teils geschätzt")),
    }
}

/// What they cost. A price that nobody knows is said, never taken for nothing.
pub fn cost(spec: &RunSpec, spent: &Spending) -> String {
    let mut priced = spec.agents.iter().filter_map(|agent| match &agent.kind {
        AgentKind::Model { price, .. } => Some(price.is_some()),
        _ => None,
    });
    let about = if spent.estimated { "etwa " } else { "" };
    let money = || format::dollars(spent.cost_micro_usd);
    match (priced.next(), priced.all(|known| known)) {
        (None, _) => "keine Kosten".to_owned(),
        _ if spent.calls == 0 && lacks_calls(spec) => "Kosten fehlen in dieser Kopie".to_owned(),
        (Some(true), true) => format!("{about}{}", money()),
        _ if spent.cost_micro_usd > 0 => format!("mindestens {about}{}, {NO_PRICE}", money()),
        _ => format!("Kosten nicht bekannt, {NO_PRICE}"),
    }
}

/// Why a cost is not the whole cost.
const NO_PRICE: &str = "da nicht von jedem Modell der Preis bekannt ist";

/// What happened in the end, and how the market did.
pub fn result(spec: &RunSpec, moment: &Moment) -> Option<String> {
    let (outcome, basis) = match moment.settled? {
        Settled::Outcome(outcome, basis) => (outcome, basis),
        Settled::Peers(reference) => return Some(turns::judged_by_peers(spec, reference)),
        Settled::Void => return Some(turns::VOIDED.to_owned()),
    };
    let name = outcome_name(spec, outcome);
    let price = format::percent_of(&moment.prices, outcome);
    let who = match basis {
        Basis::KnownAnswer => "Die bekannte Antwort ist",
        Basis::HiddenTruth => "Die verborgene Wahrheit hinter den Signalen war",
        Basis::Person => "Nach dem Ende von Hand abgerechnet: Eingetreten ist",
    };
    let one = if spec.mode.is_market() { "im Markt" } else { "im Panel" };
    Some(if moment.leader() == outcome {
        format!("{who} {name}; {one} liegt diese Antwort vorn, bei {price}.")
    } else {
        format!("{who} {name}; {one} liegt eine andere Antwort vorn, diese nur bei {price}.")
    })
}

/// A number with its noun, which is one of those that the page counts.
pub fn counted(number: usize, noun: &str) -> String {
    let many = match noun {
        "Agent" | "Option" | "Antwort" => format!("{noun}en"),
        "Runde" => format!("{noun}n"),
        "Aufruf" | "Punkt" => format!("{noun}e"),
        "Token" => format!("{noun}s"),
        "Kauf" => "Käufe".to_owned(),
        "simulierter Händler" => "simulierte Händler".to_owned(),
        same => same.to_owned(),
    };
    numbered(number, noun, &many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(1, "Agent"), "1 Agent");
        assert_eq!(counted(2, "Agent"), "2 Agenten");
        assert_eq!(counted(3, "Kauf"), "3 Käufe");
    }
}
