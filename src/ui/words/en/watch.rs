//! Words of the Watch page and of everything that shows a run.

use super::purchase::trade_sentence;
use crate::aggregate::{LastAct, Story, TradeNote};
use crate::run::{FailureKind, PassReason, RunSpec};
use crate::session::{AgentStatus, Live};
use crate::ui::format;

/// The program made a mistake.
pub const BROKE: &str = "The run broke off because of a mistake in this program";
/// What to do.
pub const BROKE_NEXT: &str = "Everything up to there is kept: export it from the Audit page and report it.";

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
    let failed = if failures > 0 { format!(", with {}", failures_badge(failures)) } else { String::new() };
    format!("The run is over: {} at {}{failed}.", outcome_name(spec, leader), price)
}

/// The name of an agent.
pub fn agent_name(spec: &RunSpec, agent: usize) -> &str {
    spec.agents.get(agent).map_or("?", |agent| agent.name.as_str())
}

/// The name of an outcome.
pub fn outcome_name(spec: &RunSpec, outcome: usize) -> &str {
    spec.outcomes.get(outcome).map_or("?", String::as_str)
}

/// What the chart is to a screen reader.
pub const CHART_ROLE: &str = "price chart";

/// The chart in one sentence.
pub fn chart_label(spec: &RunSpec, story: &Story) -> String {
    let (Some(first), Some(last)) = (story.path.first(), story.path.last()) else { return String::new() };
    let moved: Vec<String> = spec
        .outcomes
        .iter()
        .zip(format::percents(&first.prices).into_iter().zip(format::percents(&last.prices)))
        .map(|(name, (from, to))| format!("{name} from {from} to {to}"))
        .collect();
    let trades = story.trades.len();
    let over = if trades == 1 { "1 trade".to_owned() } else { format!("{trades} trades") };
    format!("Prices over {over}: {}. Step with the arrow keys.", moved.join(", "))
}

/// The place of the chart that is shown: the start, or a trade.
pub fn chart_place(spec: &RunSpec, trade: Option<&TradeNote>, trades: usize) -> String {
    match trade {
        None if trades == 0 => "No trade yet: the opening price".to_owned(),
        None => "The opening price, before any trade".to_owned(),
        Some(trade) => format!("Trade {} of {trades}: {}", trade.number, trade_sentence(spec, trade)),
    }
}

/// The page without a run.
pub const EMPTY: &str = "There is no run to watch yet";
/// What to do.
pub const EMPTY_WHAT: &str =
    "Ask a question of your own, or see at once how a panel trades its way to an answer.";
/// Starts the first example.
pub const EMPTY_RUN: &str = "Run the example";
/// Goes to the form.
pub const EMPTY_ASK: &str = "Ask a question";
/// A button.
pub const PAUSE: &str = "Pause";
/// The same button while it is paused.
pub const RESUME: &str = "Go on";
/// A button.
pub const STEP: &str = "Next round";
/// A button.
pub const STOP: &str = "Stop";
/// What the buttons do.
pub const CONTROLS: &str = "Run";
/// Goes to the audit page, where sharing is.
pub const SHARE: &str = "Share…";
/// Fills the form.
pub const FORK: &str = "Run again with changes…";
/// A heading.
pub const PRICE: &str = "How the price moved";
/// The range under the chart.
pub const SCRUBBER: &str = "Event to show";
/// Leaves the past.
pub const BACK_TO_NOW: &str = "Back to the latest";
/// A switch beside the chart.
pub const TONE: &str = "Sound each step";
/// What it does.
pub const TONE_WHAT: &str =
    "With the arrow keys on the chart: the higher the note, the higher the leading answer’s price";
/// Opens the table.
pub const TABLE: &str = "The same as a table";
/// A heading.
pub const PUSHES: &str = "What moved the price";
/// Before the first trade.
pub const PUSHES_EMPTY: &str = "Nothing yet: agents first say in private what they believe";
/// A heading.
pub const PANEL: &str = "The panel";
/// A heading.
pub const TRADES: &str = "Every trade";
/// A heading.
pub const BASELINES: &str = "Cheaper ways to ask, same answers";
/// What they are.
pub const BASELINES_WHAT: &str = "What the same answers give without a market, at no extra cost";
/// Where the price lies beyond every belief.
pub const BEYOND: &str =
    "The price may lie beyond every single belief: where evidence is independent, it adds up.";
/// A column.
pub const FIRST: &str = "First";
/// A column.
pub const LAST: &str = "Last";
/// A row.
pub const SINGLE: &str = "One agent alone";
/// A row.
pub const MEAN: &str = "Average";
/// A row.
pub const MEDIAN: &str = "Median";
/// A row.
pub const LOG_POOL: &str = "Log-odds average";
/// A row.
pub const MAJORITY: &str = "Majority";
/// A row.
pub const EXTREMISED: &str = "… pushed outwards";
/// A row.
pub const CONFIDENCE_VOTE: &str = "Vote by confidence";
/// A row.
pub const BEST: &str = "Best agent, in hindsight";
/// A row.
pub const PRIOR: &str = "Starting price";
/// A row.
pub const EVEN_ODDS: &str = "Even split";
/// A heading.
pub const RESULT: &str = "How it turned out";
/// A table's column.
pub const TRADE: &str = "Trade";
/// A table's column.
pub const WHO: &str = "Who";
/// The row before any trade.
pub const START: &str = "Start";
/// More rows.
pub const SHOW_ALL: &str = "Show all trades";
/// A simulated panel, always.
pub const SIMULATED_TAG: &str = "simulated";
/// Under the figure before the first trade.
pub const EVEN: &str = "Opening price";
/// While nobody has answered.
pub const WAITING: &str =
    "Everybody is saying in private what they believe. Nobody sees a price or another's answer yet.";
/// While nobody can see more.
pub const NO_TRADES_YET: &str = "No trades yet";

/// Before the reason for which an agent waits to be asked again.
pub const NOT_YET: &str = "Not yet answered";
/// Asks an agent at once.
pub const RETRY_NOW: &str = "Retry now";
/// Waits for an agent no longer.
pub const GO_ON_WITHOUT: &str = "Go on without it";

/// A button's name with the agent that it is about.
pub fn about_agent(label: &str, name: &str) -> String {
    format!("{label}: {name}")
}

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
        [one] => Some(format!("The others wait for {one}")),
        [one, two] => Some(format!("The others wait for {one} and {two}")),
        [one, rest @ ..] => Some(format!("The others wait for {one} and {} more", rest.len())),
    }
}

/// What an agent has done last, in a few words.
pub fn last_act(act: &LastAct, closed: bool) -> Option<&'static str> {
    match act {
        LastAct::Answered | LastAct::Traded(_) | LastAct::Failed(_) => None,
        LastAct::Passed(PassReason::BelowEpsilon) => (!closed).then_some("content with the price"),
        LastAct::Passed(PassReason::EmptyPurse) => Some("out of money for more"),
    }
}

/// What an agent is doing right now; nothing if there is nothing to say.
pub fn activity(status: &AgentStatus) -> Option<String> {
    match status {
        AgentStatus::Idle | AgentStatus::Answered | AgentStatus::Failed { .. } => None,
        AgentStatus::Queued => Some("waits for its turn".to_owned()),
        AgentStatus::Thinking { repair: false, .. } => Some("thinking…".to_owned()),
        AgentStatus::Thinking { repair: true, .. } => Some("asked again for a readable answer…".to_owned()),
        AgentStatus::Waiting { seconds_left, reason, .. } => {
            Some(format!("{reason}: tries again in {seconds_left} s"))
        }
    }
}

/// The kind of a failure, in a few words.
pub fn failure(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Timeout => "No answer in time",
        FailureKind::RateLimit => "Rate limit",
        FailureKind::Unauthorised => "Key refused",
        FailureKind::Refusal => "Refused to answer",
        FailureKind::CutReply => "Answer broke off",
        FailureKind::Unparseable => "Answer could not be read",
        FailureKind::Network => "Not reached",
        FailureKind::Server => "Server error",
        FailureKind::CallLimit => "Limit of calls reached",
        FailureKind::TokenLimit => "Limit of tokens reached",
        FailureKind::CostLimit => "Limit of money reached",
        FailureKind::TimeLimit => "Limit of time reached",
        FailureKind::LeftOut => "Left out",
        FailureKind::Stopped => "Stopped",
    }
}

/// Where the scrubber stands.
pub fn position(seq: u64, last: u64, step: usize, steps: usize, is_market: bool) -> String {
    let what = if is_market { "trade" } else { "step" };
    format!("event {seq} of {last} · {what} {step} of {steps}")
}

/// The readout before any trade.
pub fn start_readout(spec: &RunSpec, outcome: usize, prices: &[f64]) -> String {
    format!("Start: {} at {}", outcome_name(spec, outcome), format::percent_of(prices, outcome))
}

/// The readout after a trade.
pub fn trade_readout(spec: &RunSpec, trade: &TradeNote, of: usize) -> String {
    format!("Trade {} of {of}, round {}: {}", trade.number, trade.round, trade_sentence(spec, trade))
}

/// The name of the chart.
pub fn chart_name(spec: &RunSpec, outcome: usize) -> String {
    format!("Price of {} and the other answers, trade by trade", outcome_name(spec, outcome))
}

/// A belief of an agent in the leading outcome.
pub fn belief_in(belief: f64, outcome: &str) -> String {
    format!("{outcome}: {}", format::percent(belief))
}

/// The majority, in words.
pub fn majority(outcome: &str, votes: usize, of: usize, tied: bool) -> String {
    if tied { format!("tie, {votes} of {of}") } else { format!("{votes} of {of} for {outcome}") }
}

/// Points with their unit.
pub fn points(change: f64) -> String {
    let points = format::points(change);
    if points.trim_start_matches(['+', '−']) == "1" {
        format!("{points} point")
    } else {
        format!("{points} points")
    }
}

/// Where a push stands among the trades.
pub fn trade_number(number: u32) -> String {
    format!("trade {number}")
}

/// Where a run comes from.
pub fn sample(label: &str) -> String {
    format!("Recorded: {label}")
}

/// Failures, as a badge.
pub fn failures_badge(failures: u32) -> String {
    if failures == 1 { "1 failure".to_owned() } else { format!("{failures} failures") }
}

/// Requests beyond those in the log.
pub fn retries(count: u32) -> String {
    if count == 1 { "1 retry".to_owned() } else { format!("{count} retries") }
}

/// Plays the run again.
pub const REPLAY: &str = "▶ Replay";
/// Ends that.
pub const REPLAY_STOP: &str = "❚❚ Pause";
/// A step of the path.
pub const STEP_BACK: &str = "One step back";
/// The other way.
pub const STEP_ON: &str = "One step on";
/// The choice.
pub const SPEED: &str = "Speed of the replay";
/// The address of an event.
pub const ADDRESS: &str = "Address of this event";

/// A speed, from per cent of the usual one.
pub fn speed(percent: u32) -> String {
    format!("{}×", f64::from(percent) / 100.0)
}

/// Goes to the audit page.
pub fn check(events: u64) -> String {
    format!("check all {} events", format::count(events))
}

/// A round.
pub fn round(round: u32) -> String {
    format!("round {round}")
}
