//! Golden runs of the modes without a market, simulated and of models whose words are made up here.

use super::{agent, call, play_out, simulated, spec};
use credence::belief::{Belief, Forecast, TraderKind};
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentReply, Answer, Argument, Debate, DebateStyle, Failure, FailureKind, Input, MakerTrader,
    Mode, Objective, ParseResult, ReadOut, Run, RunSpec, SelfConsistency, SelfResolving, Task,
};

fn panel() -> Vec<credence::run::AgentSpec> {
    TraderKind::ALL.map(simulated).to_vec()
}

fn yes_no(mode: Mode, agents: Vec<credence::run::AgentSpec>) -> RunSpec {
    RunSpec { mode, seed: Seed::new(7), ..spec("Will the ferry sail?", &["Yes", "No"], agents) }
}

pub fn simulated_maker_trader() -> Run {
    let switches = MakerTrader {
        tolerance: 0.05,
        read_out: ReadOut::MeanOfThree,
        cross_examination: true,
        either_side: true,
        ..MakerTrader::default()
    };
    play_out(yes_no(Mode::MakerTrader(switches), panel()))
}

pub fn simulated_self_resolving() -> Run {
    let switches = SelfResolving { stop_chance: 0.02, ..SelfResolving::default() };
    play_out(yes_no(Mode::SelfResolving(switches), panel()))
}

pub fn simulated_votes() -> Run {
    play_out(yes_no(Mode::SelfConsistency(SelfConsistency { answers: 14 }), panel()))
}

pub fn simulated_judge() -> Run {
    play_out(yes_no(Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 2 }), panel()))
}

/// A panel of models in any mode, with what each says made from its place and the round; one of them fails once.
pub fn scripted(mode: Mode, agents: usize) -> Run {
    let model = |place: usize| {
        agent(
            &format!("Model {place}"),
            AgentKind::Model {
                model: "test-model".into(),
                temperature: Some(0.7),
                max_tokens: 800,
                persona: String::new(),
                evidence: String::new(),
                price: None,
                elicitation: credence::run::Elicitation::Stated,
            },
        )
    };
    let set_up = yes_no(mode, (0..agents).map(model).collect());
    let mut run = Run::new(RunSpec { world: None, answer: Some(0), ..set_up }).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let (round, turn) = (run.state().round(), run.state().turn().unwrap().clone());
        let replies = turn.agents.iter().map(|&agent| speaks(agent, round, turn.task)).collect();
        run.advance(Input::Replies(replies)).unwrap();
    }
    run
}

fn speaks(agent: usize, round: u32, task: Task) -> AgentReply {
    let calls = vec![call(agent, round, format!("words of round {round}"), ParseResult::Ok)];
    if round == 5 && agent == 1 {
        let failure = Failure { kind: FailureKind::Timeout, message: "No answer in 60 seconds.".into() };
        return AgentReply { agent, calls, result: Err(failure) };
    }
    let result = match task {
        Task::Forecast => {
            let percent = 40 + (7 * round + 13 * agent as u32) % 35;
            let beliefs = Belief::from_millionths(vec![percent * 10_000, (100 - percent) * 10_000]).unwrap();
            Answer::Forecast(Forecast { headline: format!("Claim {round}"), ..Forecast::wordless(beliefs) })
        }
        Task::Argue { .. } => Answer::Argument(Argument {
            argument: format!("Argument {round}: “fog”"),
            question: if round.is_multiple_of(4) { "How sure?".into() } else { String::new() },
        }),
        Task::Reply => Answer::Argument(Argument { argument: "Fairly.".into(), question: String::new() }),
    };
    AgentReply { agent, calls, result: Ok(result) }
}

pub fn scripted_maker_trader() -> Run {
    let switches = MakerTrader {
        tolerance: 0.01,
        objective: Objective::Displacement,
        cross_examination: true,
        ..MakerTrader::default()
    };
    scripted(Mode::MakerTrader(switches), 3)
}

pub fn scripted_self_resolving() -> Run {
    scripted(Mode::SelfResolving(SelfResolving { stop_chance: 0.05, flat: 2, ..SelfResolving::default() }), 6)
}

pub fn scripted_panel_debate() -> Run {
    scripted(Mode::Debate(Debate { style: DebateStyle::Panel, rounds: 6 }), 3)
}
