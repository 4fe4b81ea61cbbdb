//! Words for runs without a market: who says what in turn, what held still and what did not, how it was settled.

use super::events::leading;
use super::verdict::{because, counted, ended, failures, has_models};
use super::watch::{agent_name, outcome_name};
use crate::aggregate::{Moment, Statement, Summary};
use crate::run::{AgentKind, Debate, DebateStyle, Gate, Gates, Mode, RunEvent, RunSpec, Task, What};
use crate::ui::format;
use crate::ui::status::RunStatus;

/// A heading.
pub const TRANSCRIPT: &str = "Who said what";
/// Before anybody spoke.
pub const NOTHING_YET: &str = "Nobody has spoken yet";
/// A field.
pub const ARGUMENT: &str = "Argument";
/// A reduced copy.
pub const NO_ARGUMENT: &str = "The words are not in this copy";
/// A field.
pub const QUESTION_PUT: &str = "Question to whoever argued before";
/// A field.
pub const STOP_SEED: &str = "Stop seed, now revealed";
/// A field.
pub const COMMITMENT: &str = "SHA-256 of the stop seed";
/// A field.
pub const ORDER: &str = "Order of the reports";
/// A run that was declared void.
pub const VOIDED: &str =
    "Declared void by hand: everybody has their money back, and the run counts for nobody.";
/// Above the gates.
pub const GATES: &str = "Did it really hold still?";
/// What the gates are.
pub const GATES_WHAT: &str = "The protocol's own rule takes pure noise for agreement almost always, so it has to pass these, \
                              too, before it counts as settled.";
/// Before anybody spoke.
pub const WAITING: &str = "The first to speak is thinking.";
/// Under the figure then.
pub const START: &str = "Before anybody spoke";
/// A heading.
pub const RESOLVE: &str = "What happened in the end?";
/// What resolving does.
pub const RESOLVE_WHAT: &str = "Nobody has told this run its outcome, so nobody has been paid. Say it when you know it: it is \
                                added to the log as a step of its own, marked as said by hand, and cannot be taken back.";
/// The button.
pub const RESOLVE_DO: &str = "Settle by hand";
/// The other one.
pub const VOID_DO: &str = "Declare void";
/// The field.
pub const HAPPENED: &str = "It turned out to be";
/// It did not work.
pub const RESOLVE_FAILED: &str = "The run could not be settled";
/// What to do.
pub const RESOLVE_NEXT: &str = "Only a finished run whose outcome is open can be settled, and only once.";

/// The name of a mode.
pub fn mode(mode: &Mode) -> &'static str {
    match mode {
        Mode::Market => "Market",
        Mode::MakerTrader(_) => "Maker–trader",
        Mode::SelfResolving(_) => "Self-resolving",
        Mode::SelfConsistency(_) => "Self-consistency",
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => "Panel debate",
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => "Debate with a judge",
    }
}

/// What a mode does, in one sentence.
pub fn mode_what(mode: &Mode) -> &'static str {
    match mode {
        Mode::Market => "Agents say in private what they believe, then trade on it: the price is the answer.",
        Mode::MakerTrader(_) => {
            "The first agent keeps an estimate, the others argue with it in turn, until it holds still. No money; two \
             answers only."
        }
        Mode::SelfResolving(_) => {
            "Agents report in turn until a draw stops them; the last report stands in for the truth and pays the others. \
             For questions that nobody will ever settle."
        }
        Mode::SelfConsistency(_) => "The same question again and again, each answer alone, and a vote.",
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
            "Everybody answers, reads the others and answers again; then a vote."
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
            "Two debaters take a side each, and a third agent judges. Two answers only."
        }
    }
}

/// An event that happens only in runs without a market, in one line.
pub fn line(spec: &RunSpec, event: &RunEvent) -> String {
    match event {
        RunEvent::Began { prices, stop_commitment: Some(_), .. } => format!(
            "{} begins with {}; when it stops is fixed already, and sealed",
            mode(&spec.mode),
            leading(spec, prices)
        ),
        RunEvent::Began { prices, .. } => {
            format!("{} begins with {}", mode(&spec.mode), leading(spec, prices))
        }
        RunEvent::TurnOpened { round, agents, task } => {
            let names: Vec<&str> = agents.iter().map(|&agent| agent_name(spec, agent)).collect();
            format!("Turn {round}: {} {}", names.join(", "), task_words(spec, *task, names.len() > 1))
        }
        RunEvent::Argued { argument, .. } if argument.argument.is_empty() => "Argued".to_owned(),
        RunEvent::Argued { argument, .. } => format::short(&argument.argument, 160),
        RunEvent::TurnClosed { round, prices } => format!("Turn {round} ends with {}", leading(spec, prices)),
        RunEvent::StopDrawn { draw_millionths, stops, .. } => {
            let draw = format::percent_fine(f64::from(*draw_millionths) / 1e6);
            let alpha = match spec.mode {
                Mode::SelfResolving(switches) => format::percent_fine(switches.stop_chance),
                _ => String::new(),
            };
            let what = if *stops { "below: it stops here" } else { "not below: it goes on" };
            format!("Drawn {draw} against {alpha}, {what}")
        }
        RunEvent::StopRevealed { .. } => "What was sealed about the stop is shown".to_owned(),
        RunEvent::Gauged { gates } if gates.failed.is_empty() => "It held still by every gate".to_owned(),
        RunEvent::Gauged { gates } => format!("Gates that fail: {}", failed(gates)),
        RunEvent::PeersPaid { reference, .. } => {
            format!(
                "{}’s report, the last one, pays the others: judged by peers",
                agent_name(spec, *reference)
            )
        }
        RunEvent::Voided { .. } => "Declared void by hand: everybody has their money back".to_owned(),
        _ => String::new(),
    }
}

fn task_words(spec: &RunSpec, task: Task, several: bool) -> String {
    let verb = |one: &str, many: &str| if several { many.to_owned() } else { one.to_owned() };
    match task {
        Task::Forecast => verb("states a probability", "state their probabilities"),
        Task::Argue { side: Some(side) } => {
            format!("{} {}", verb("argues for", "argue for"), outcome_name(spec, side))
        }
        Task::Argue { side: None } => verb("argues", "argue"),
        Task::Reply => verb("answers the question", "answer the question"),
    }
}

/// What a statement is, beside the speaker's name.
pub fn statement_kind(spec: &RunSpec, statement: &Statement) -> String {
    match (&statement.what, statement.task) {
        (What::Forecast(forecast), _) => leading(spec, &forecast.beliefs.probabilities()),
        (What::Silence(kind), _) => super::watch::failure(*kind).to_owned(),
        (_, Task::Argue { side: Some(side) }) => format!("argues for {}", outcome_name(spec, side)),
        (_, Task::Reply) => "answers".to_owned(),
        _ => "argues".to_owned(),
    }
}

/// The part that an agent plays, where parts differ.
pub fn role(spec: &RunSpec, agent: usize) -> Option<&'static str> {
    match spec.mode {
        Mode::MakerTrader(_) if spec.agents.len() == 1 => Some("maker and trader"),
        Mode::MakerTrader(_) => Some(if agent == 0 { "maker" } else { "trader" }),
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) if spec.agents.len() > 2 => match agent {
            0 | 1 => Some("debater"),
            2 => Some("judge"),
            _ => None,
        },
        _ => None,
    }
}

/// How far a run without a market has come, or how it ended.
pub fn progress(status: RunStatus, spec: &RunSpec, moment: &Moment, now: bool) -> String {
    let turns = counted(moment.round as usize, "turn");
    if !now {
        return format!("as it stood in turn {}", moment.round);
    }
    match moment.closed {
        Some((ending, reason)) => format!("{} after {turns}{}", ended(ending), because(reason)),
        None if status.is_open() => {
            let most = spec.mode.most_rounds(spec.agents.len()).unwrap_or(moment.round);
            format!("turn {} of at most {most}", moment.round)
        }
        None => turns,
    }
}

/// What came out, and how far it can be trusted, in a few sentences.
pub fn summary(spec: &RunSpec, found: &Summary, moment: &Moment) -> String {
    let answer = format!(
        "{} for {}",
        format::percent_of(&moment.prices, found.leader),
        outcome_name(spec, found.leader)
    );
    let verb = if moment.closed.is_some() { "ends at" } else { "stands at" };
    let mut sentences = vec![if found.answered == 0 {
        "No agent has given a usable answer yet.".to_owned()
    } else {
        match &spec.mode {
            Mode::MakerTrader(_) => format!("{}’s estimate {verb} {answer}.", agent_name(spec, 0)),
            Mode::SelfResolving(_) => format!("The chain of reports {verb} {answer}."),
            Mode::SelfConsistency(_) | Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
                format!("The vote {verb} {answer}.")
            }
            Mode::Market | Mode::Debate(_) => format!("The judge {verb} {answer}."),
        }
    }];
    if let Some(gates) = &moment.gates {
        sentences.push(verdict_of(gates));
    }
    if matches!(spec.mode, Mode::SelfResolving(_)) {
        sentences.extend(one_mind(spec).then(|| ONE_MIND.to_owned()));
    }
    if !has_models(spec) {
        sentences.push("These are simulated traders: they know nothing about the question.".to_owned());
    }
    if found.failures > 0 {
        sentences.push(failures(found, spec.agents.len()));
    }
    sentences.join(" ")
}

/// Said of a self-resolving market among copies of one model.
const ONE_MIND: &str = "All reporters are one model: their errors agree, so what pays here is saying what the others \
                        will say, true or not.";

/// Whether all reporters are one model.
pub(crate) fn one_mind(spec: &RunSpec) -> bool {
    let mut models = spec.agents.iter().filter_map(|agent| match &agent.kind {
        AgentKind::Model { model, .. } => Some(model),
        _ => None,
    });
    let first = models.next();
    first.is_some() && spec.agents.len() > 1 && models.all(|model| Some(model) == first)
}

/// What the gates say, in a sentence.
pub fn verdict_of(gates: &Gates) -> String {
    match gates.failed.as_slice() {
        [] => "It held still, by the rule of the protocol and by every gate besides.".to_owned(),
        failed if failed.contains(&Gate::Range) => "It never held still.".to_owned(),
        _ => format!(
            "By the rule it held still, but {}: that can be noise, so it counts as undecided.",
            failed_words(gates)
        ),
    }
}

fn failed(gates: &Gates) -> String {
    gates.failed.iter().map(|gate| gate_name(*gate)).collect::<Vec<_>>().join(", ")
}

fn failed_words(gates: &Gates) -> String {
    let words = |gate: &Gate| match gate {
        Gate::Range => "the last three lie apart",
        Gate::Straddle => "the last three lie on both sides of one half",
        Gate::SideChanges => "it changed sides too often",
        Gate::ExcessMovement => "it moved much more than it learnt",
    };
    gates.failed.iter().map(words).collect::<Vec<_>>().join(" and ")
}

/// Whether a gate holds, for people who listen.
pub fn gate_state(holds: bool) -> &'static str {
    if holds { "holds" } else { "fails" }
}

/// A question to whoever argued before.
pub fn asks(question: &str) -> String {
    format!("Asks: {question}")
}

/// A turn.
pub fn turn(round: u32) -> String {
    format!("turn {round}")
}

/// The name of a gate.
pub fn gate_name(gate: Gate) -> &'static str {
    match gate {
        Gate::Range => "last three close together",
        Gate::Straddle => "last three on one side of 50%",
        Gate::SideChanges => "few changes of side",
        Gate::ExcessMovement => "no more movement than learning",
    }
}

/// The measures, as names and figures.
pub fn gate_facts(gates: &Gates) -> Vec<(&'static str, String)> {
    let points = |p: f64| format!("{:.1} points", p * 100.0);
    vec![
        ("Range of the last three", points(gates.range)),
        ("Last three on both sides of 50%", if gates.straddles { "yes" } else { "no" }.to_owned()),
        ("Changes of side", gates.side_changes.to_string()),
        ("Length of the path", points(gates.path_length)),
        ("Movement Σ(Δp)²", format!("{:.4}", gates.movement)),
        ("Uncertainty that went away", format!("{:.4}", gates.reduction)),
        ("Gates that fail", failed(gates)),
    ]
}

/// How a self-resolving market was settled.
pub fn judged_by_peers(spec: &RunSpec, reference: usize) -> String {
    format!(
        "Provisional, judged by peers: {}’s report, the last one, stands in for the truth. Nobody knows yet what happened.",
        agent_name(spec, reference)
    )
}

/// The estimate after a turn, for the chart.
pub fn step_readout(spec: &RunSpec, statement: &Statement, step: usize, of: usize) -> String {
    format!(
        "Step {step} of {of}, turn {}: {} says {}",
        statement.round,
        agent_name(spec, statement.agent),
        statement_kind(spec, statement)
    )
}
