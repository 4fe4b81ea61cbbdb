//! What a run's records add up to: its story in trades, cheaper ways to combine the same answers, who moved the
//! price, and the findings behind the one-sentence summary. Pure; it reads runs and never changes one, and it says
//! everything in figures: the words are the page's.

pub mod analysis;
pub mod attribution;
pub mod baselines;
pub mod case;
pub mod class;
pub mod comparison;
pub mod consensus;
pub mod decision;
pub mod diagnostics;
pub mod difference;
pub mod lone_voice;
pub mod marks;
pub mod moment;
pub mod moves;
pub mod pools;
pub mod preview;
pub mod prior;
pub mod scores;
pub mod spending;
pub mod spread;
pub mod stance;
pub mod story;
pub mod summary;
pub mod track;
pub mod what_if;

pub use attribution::{AgentCredit, Push, Yardstick, credits, strongest_pushes};
pub use baselines::{Baselines, Majority, baselines, best_in_hindsight, brier};
pub use comparison::{Way, comparison};
pub use lone_voice::lone_voice;
pub use moment::{AgentMoment, LastAct, Moment};
pub use preview::{OffTarget, SLIPPAGE_LOCK, Side, Slip, TICK, Wish, order_for_stake, person};
pub use prior::liquidity_for_prior_weight;
pub use spending::{
    CallTokens, Spending, call_cost, call_price, call_tokens, likely_tokens, spending, spending_by_agent,
};
pub use story::{Point, RoundMark, Statement, Story, TradeNote, pushed};
pub use summary::{Confidence, Dissent, Reason, Summary, summary};

#[cfg(test)]
mod sample {
    //! Runs that the tests of this room read.

    use crate::belief::{Belief, Sizing, TraderKind};
    use crate::market::Cash;
    use crate::prng::Seed;
    use crate::run::{AgentKind, AgentSpec, Input, Mode, Run, RunSpec, StopRules, World, with_simulated};

    /// A simulated yes-or-no run that has just begun.
    pub fn begun(seed: u64, agents: usize) -> Run {
        let agent = |place: usize| AgentSpec {
            name: format!("Agent {place}"),
            budget_micros: Cash::from_units(100),
            kind: AgentKind::Simulated { trader: TraderKind::ALL[place % 6] },
        };
        let spec = RunSpec {
            question: "Q?".into(),
            background: String::new(),
            criterion: String::new(),
            outcomes: vec!["Yes".into(), "No".into()],
            answer: None,
            mode: Mode::Market,
            seed: Seed::new(seed),
            liquidity_micros: Cash::from_units(40),
            prior: Belief::uniform(2),
            sizing: Sizing::Evidence { rho: 0.3 },
            stop: StopRules {
                epsilon: 0.01,
                max_rounds: 6,
                max_calls: None,
                max_tokens: None,
                max_cost_micro_usd: None,
                max_seconds: None,
            },
            world: Some(World { hidden_truth: None, signal_strength: 1.0, shared_noise: 0.3, looks: 4 }),
            agents: (0..agents).map(agent).collect(),
            prompts: crate::run::Prompts::default(),
            reversed_question: String::new(),
            derived_from: None,
            maker: crate::market::Maker::Lmsr,
            guard: crate::belief::Guard::None,
        };
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        run
    }

    /// A run among simulated agents and a person, in the last seat, that has just begun, by any maker.
    pub fn begun_with(maker: crate::market::Maker, outcomes: usize, liquidity: i64) -> Run {
        let mut spec = begun(1, 4).spec().clone();
        spec.outcomes = (0..outcomes).map(|outcome| format!("Outcome {outcome}")).collect();
        spec.prior = Belief::uniform(outcomes);
        spec.liquidity_micros = Cash::from_units(liquidity);
        spec.maker = maker;
        spec.agents.push(AgentSpec {
            name: "You".into(),
            budget_micros: Cash::from_units(100),
            kind: AgentKind::Person,
        });
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        run
    }

    /// Plays one round.
    pub fn round(run: &mut Run) {
        let input = with_simulated(run, Vec::new()).unwrap();
        run.advance(input).unwrap();
    }

    /// The same, played to its end.
    pub fn finished(seed: u64, agents: usize) -> Run {
        let mut run = begun(seed, agents);
        while !run.state().is_closed() {
            round(&mut run);
        }
        run
    }
}
