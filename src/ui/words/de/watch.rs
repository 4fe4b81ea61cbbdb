//! Words of the Watch page and of everything that shows a run, in German.

use super::purchase::trade_sentence;
use super::turns::numbered;
use crate::aggregate::{LastAct, Story, TradeNote};
use crate::run::{FailureKind, PassReason, RunSpec};
use crate::session::{AgentStatus, Live};
use crate::ui::format;
pub use crate::ui::words::en::watch::{about_agent, agent_name, belief_in, outcome_name};

/// The program made a mistake.
pub const BROKE: &str = "Der Lauf brach wegen eines Fehlers in diesem Programm ab";
/// What to do.
pub const BROKE_NEXT: &str =
    "Alles bis dahin bleibt erhalten: Exportieren Sie es auf der Seite „Prüfung“, und melden Sie den Fehler.";

/// One sentence about what is new: the last trade, or the end.
pub fn news(spec: &RunSpec, story: &Story, trades_known: usize, open: bool) -> Option<String> {
    let new = story.trades.get(trades_known..).filter(|new| !new.is_empty());
    let last = new.and_then(|new| new.last()).map(|trade| trade_sentence(spec, trade));
    if open {
        last
    } else {
        Some(last.map_or_else(String::new, |last| format!("{last} ")) + &ended(spec, story))
    }
}

fn ended(spec: &RunSpec, story: &Story) -> String {
    let leader = story.now.leader();
    let price = format::percent_of(&story.now.prices, leader);
    let failures: u32 = story.now.agents.iter().map(|agent| agent.failures).sum();
    let failed = if failures > 0 { format!("; {}", failures_badge(failures)) } else { String::new() };
    format!("Der Lauf ist zu Ende: {} bei {}{failed}.", outcome_name(spec, leader), price)
}

/// What the chart is to a screen reader.
pub const CHART_ROLE: &str = "Preisdiagramm";

/// The chart in one sentence.
pub fn chart_label(spec: &RunSpec, story: &Story) -> String {
    let (Some(first), Some(last)) = (story.path.first(), story.path.last()) else { return String::new() };
    let moved: Vec<String> = spec
        .outcomes
        .iter()
        .zip(format::percents(&first.prices).into_iter().zip(format::percents(&last.prices)))
        .map(|(name, (from, to))| format!("{name} von {from} auf {to}"))
        .collect();
    let over = numbered(story.trades.len(), "Kauf", "Käufe");
    format!("Preise über {over}: {}. Weiter mit den Pfeiltasten.", moved.join(", "))
}

/// The place of the chart that is shown: the start, or a trade.
pub fn chart_place(spec: &RunSpec, trade: Option<&TradeNote>, trades: usize) -> String {
    match trade {
        None if trades == 0 => "Noch kein Handel: der Anfangspreis".to_owned(),
        None => "Der Anfangspreis, vor jedem Handel".to_owned(),
        Some(trade) => format!("Handel {} von {trades}: {}", trade.number, trade_sentence(spec, trade)),
    }
}

/// The page without a run.
pub const EMPTY: &str = "Noch gibt es keinen Lauf, dem man zusehen könnte";
/// What to do.
pub const EMPTY_WHAT: &str = "Stellen Sie eine eigene Frage, oder sehen Sie gleich zu, wie ein Panel sich zu einer Antwort durchhandelt.";
/// Starts the first example.
pub const EMPTY_RUN: &str = "Beispiel starten";
/// Goes to the form.
pub const EMPTY_ASK: &str = "Eine Frage stellen";
/// A button.
pub const PAUSE: &str = "Pause";
/// The same button while it is paused.
pub const RESUME: &str = "Weiter";
/// A button.
pub const STEP: &str = "Nächste Runde";
/// A button.
pub const STOP: &str = "Stoppen";
/// What the buttons do.
pub const CONTROLS: &str = "Lauf";
/// Goes to the audit page, where sharing is.
pub const SHARE: &str = "Teilen…";
/// Fills the form.
pub const FORK: &str = "Mit Änderungen neu starten…";
/// A heading.
pub const PRICE: &str = "Wie sich der Preis bewegt hat";
/// The range under the chart.
pub const SCRUBBER: &str = "Gezeigtes Ereignis";
/// Leaves the past.
pub const BACK_TO_NOW: &str = "Zurück zum neuesten Stand";
/// A switch beside the chart.
pub const TONE: &str = "Schritte hörbar machen";
/// What it does.
pub const TONE_WHAT: &str =
    "Mit den Pfeiltasten im Diagramm: je höher der Ton, desto höher der Preis der führenden Antwort";
/// Opens the table.
pub const TABLE: &str = "Dasselbe als Tabelle";
/// A heading.
pub const PUSHES: &str = "Was den Preis bewegt hat";
/// Before the first trade.
pub const PUSHES_EMPTY: &str = "Noch nichts: Die Agenten geben zuerst verdeckt ihre Einschätzung ab";
/// A heading.
pub const PANEL: &str = "Das Panel";
/// A heading.
pub const TRADES: &str = "Alle Käufe";
/// A heading.
pub const BASELINES: &str = "Billigere Verfahren, dieselben Antworten";
/// What they are.
pub const BASELINES_WHAT: &str = "Was dieselben Antworten ohne Markt ergeben, ohne weitere Kosten";
/// Where the price lies beyond every belief.
pub const BEYOND: &str = "Der Preis kann außerhalb aller einzelnen Einschätzungen liegen: Unabhängige Hinweise verstärken einander.";
/// A column.
pub const FIRST: &str = "Zuerst";
/// A column.
pub const LAST: &str = "Zuletzt";
/// A row.
pub const SINGLE: &str = "Ein Agent allein";
/// A row.
pub const MEAN: &str = "Mittelwert";
/// A row.
pub const MEDIAN: &str = "Median";
/// A row.
pub const LOG_POOL: &str = "Mittelwert der Log-Odds";
/// A row.
pub const MAJORITY: &str = "Mehrheit";
/// A row.
pub const EXTREMISED: &str = "… nach außen gerückt";
/// A row.
pub const CONFIDENCE_VOTE: &str = "Nach Gewissheit gewichtete Stimmen";
/// A row.
pub const BEST: &str = "Bester Agent, im Nachhinein";
/// A row.
pub const PRIOR: &str = "Anfangspreis";
/// A row.
pub const EVEN_ODDS: &str = "Alle Antworten gleich wahrscheinlich";
/// A heading.
pub const RESULT: &str = "Wie es ausging";
/// A table's column.
pub const TRADE: &str = "Handel";
/// A table's column.
pub const WHO: &str = "Wer";
/// The row before any trade.
pub const START: &str = "Anfang";
/// More rows.
pub const SHOW_ALL: &str = "Alle Käufe zeigen";
/// A simulated panel, always.
pub const SIMULATED_TAG: &str = "simuliert";
/// Under the figure before the first trade.
pub const EVEN: &str = "Anfangspreis";
/// While nobody has answered.
pub const WAITING: &str = "Alle geben verdeckt ihre Einschätzung ab. Noch sieht niemand einen Preis oder die Antwort eines anderen.";
/// While nobody can see more.
pub const NO_TRADES_YET: &str = "Noch keine Käufe";

/// Before the reason for which an agent waits to be asked again.
pub const NOT_YET: &str = "Noch keine Antwort";
/// Asks an agent at once.
pub const RETRY_NOW: &str = "Jetzt erneut versuchen";
/// Waits for an agent no longer.
pub const GO_ON_WITHOUT: &str = "Ohne diese Antwort weitermachen";

/// Whom the others wait for; nothing while nobody has answered, or nobody is awaited.
pub fn waiting_for(spec: &RunSpec, live: &Live) -> Option<String> {
    let done = |status: &AgentStatus| matches!(status, AgentStatus::Answered | AgentStatus::Failed { .. });
    if !live.agents.iter().any(|agent| done(&agent.status)) {
        return None;
    }
    let awaited: Vec<&str> = (0..live.agents.len())
        .filter(|&agent| live.agents[agent].status.is_awaited())
        .map(|agent| agent_name(spec, agent))
        .collect();
    match awaited.as_slice() {
        [] => None,
        [one] => Some(format!("Die anderen warten auf {one}")),
        [one, two] => Some(format!("Die anderen warten auf {one} und {two}")),
        [one, rest @ ..] => Some(format!("Die anderen warten auf {one} und {} weitere", rest.len())),
    }
}

/// What an agent has done last, in a few words.
pub fn last_act(act: &LastAct, closed: bool) -> Option<&'static str> {
    match act {
        LastAct::Answered | LastAct::Traded(_) | LastAct::Failed(_) => None,
        LastAct::Passed(PassReason::BelowEpsilon) => (!closed).then_some("mit dem Preis einverstanden"),
        LastAct::Passed(PassReason::EmptyPurse) => Some("kein Geld mehr für weitere Käufe"),
    }
}

/// What an agent is doing right now; nothing if there is nothing to say.
pub fn activity(status: &AgentStatus) -> Option<String> {
    match status {
        AgentStatus::Idle | AgentStatus::Answered | AgentStatus::Failed { .. } => None,
        AgentStatus::Queued => Some("noch nicht an der Reihe".to_owned()),
        AgentStatus::Thinking { repair: false, .. } => Some("denkt nach…".to_owned()),
        AgentStatus::Thinking { repair: true, .. } => {
            Some("noch einmal um eine lesbare Antwort gebeten…".to_owned())
        }
        AgentStatus::Waiting { seconds_left, reason, .. } => {
            Some(format!("{}: neuer Versuch in {seconds_left} s", super::messages::said(reason)))
        }
    }
}

/// The kind of a failure, in a few words.
pub fn failure(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Timeout => "Keine Antwort innerhalb der Frist",
        FailureKind::RateLimit => "Zu viele Anfragen in kurzer Zeit",
        FailureKind::Unauthorised => "Schlüssel abgelehnt",
        FailureKind::Refusal => "Antwort verweigert",
        FailureKind::CutReply => "Antwort abgebrochen",
        FailureKind::Unparseable => "Antwort nicht lesbar",
        FailureKind::Network => "Nicht erreicht",
        FailureKind::Server => "Serverfehler",
        FailureKind::CallLimit => "Obergrenze für Aufrufe erreicht",
        FailureKind::TokenLimit => "Obergrenze für Tokens erreicht",
        FailureKind::CostLimit => "Kostengrenze erreicht",
        FailureKind::TimeLimit => "Zeitgrenze erreicht",
        FailureKind::LeftOut => "Ausgelassen",
        FailureKind::Stopped => "Gestoppt",
    }
}

/// Where the scrubber stands.
pub fn position(seq: u64, last: u64, step: usize, steps: usize, is_market: bool) -> String {
    let what = if is_market { "Handel" } else { "Schritt" };
    format!("Ereignis {seq} von {last} · {what} {step} von {steps}")
}

/// The readout before any trade.
pub fn start_readout(spec: &RunSpec, outcome: usize, prices: &[f64]) -> String {
    format!("Anfang: {} bei {}", outcome_name(spec, outcome), format::percent_of(prices, outcome))
}

/// The readout after a trade.
pub fn trade_readout(spec: &RunSpec, trade: &TradeNote, of: usize) -> String {
    format!("Handel {} von {of}, Runde {}: {}", trade.number, trade.round, trade_sentence(spec, trade))
}

/// The name of the chart.
pub fn chart_name(spec: &RunSpec, outcome: usize) -> String {
    format!("Preis von {} und der anderen Antworten, Handel für Handel", outcome_name(spec, outcome))
}

/// The majority, in words.
pub fn majority(outcome: &str, votes: usize, of: usize, tied: bool) -> String {
    if tied { format!("Gleichstand, {votes} von {of}") } else { format!("{votes} von {of} für {outcome}") }
}

/// Percentage points with their unit, short: they stand large and in narrow columns.
pub fn points(change: f64) -> String {
    let points = format::points(change);
    if points.trim_start_matches(['+', '−']) == "1" {
        format!("{points} Punkt")
    } else {
        format!("{points} Punkte")
    }
}

/// Where a push stands among the trades.
pub fn trade_number(number: u32) -> String {
    format!("Handel {number}")
}

/// Where a run comes from.
pub fn sample(label: &str) -> String {
    format!("Aufgezeichnet: {label}")
}

/// Failures, as a badge.
pub fn failures_badge(failures: u32) -> String {
    numbered(failures as usize, "Fehlschlag", "Fehlschläge")
}

/// Requests beyond those in the log.
pub fn retries(count: u32) -> String {
    numbered(count as usize, "Wiederholung", "Wiederholungen")
}

/// Plays the run again.
pub const REPLAY: &str = "▶ Nachspielen";
/// Ends that.
pub const REPLAY_STOP: &str = "❚❚ Pause";
/// A step of the path.
pub const STEP_BACK: &str = "Einen Schritt zurück";
/// The other way.
pub const STEP_ON: &str = "Einen Schritt weiter";
/// The choice.
pub const SPEED: &str = "Tempo beim Nachspielen";
/// The address of an event.
pub const ADDRESS: &str = "Adresse dieses Ereignisses";

/// A speed, from per cent of the usual one.
pub fn speed(percent: u32) -> String {
    crate::ui::words::en::watch::speed(percent).replace('.', ",")
}

/// Goes to the audit page.
pub fn check(events: u64) -> String {
    if events == 1 {
        "das eine Ereignis prüfen".to_owned()
    } else {
        format!("alle {} Ereignisse prüfen", format::count(events))
    }
}

/// A round.
pub fn round(round: u32) -> String {
    format!("Runde {round}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree_with_their_numbers() {
        assert_eq!(points(0.01), "+1 Punkt");
        assert_eq!(points(-0.12), "−12 Punkte");
        assert_eq!(failures_badge(1), "1 Fehlschlag");
        assert_eq!(retries(2), "2 Wiederholungen");
        assert_eq!(speed(50), "0,5×");
    }
}
