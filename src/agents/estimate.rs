//! What a run of models may use before anybody presses the button: calls, tokens and money as ranges, from the prompts
//! as they will be sent, the rounds and one repair for each answer. The low end is a panel that is content after its
//! first answers; the high end one that uses every round, repairs every answer and writes to its limit. Retries after
//! errors come on top. It asks nobody.

use super::prompt::prompt;
use super::quote::quoted;
use crate::belief::{Belief, MAX_HEADLINE_CHARS};
use crate::run::{AgentKind, Debate, DebateStyle, Mode, OtherView, RunSpec, TokenPrice, View};

/// Bytes of one token where a model needs few of them …
const MOST_BYTES_PER_TOKEN: u64 = 6;
/// … and where it needs many.
const LEAST_BYTES_PER_TOKEN: u64 = 3;
/// The shortest answer that has everything in it, in tokens.
const SHORTEST_ANSWER: u64 = 25;
/// The longest reasoning that a peer's prompt shows, in characters.
const LONG_REASONING: usize = 1_200;
/// What a repair adds to a prompt besides the answer that it repairs, in bytes.
const REPAIR_BYTES: u64 = 400;
/// The most of an answer that a repair shows, in bytes.
const REPAIRED_BYTES: u64 = 4_000;

/// A statement of somebody else in a transcript, in bytes: a bare number …
const SHORTEST_STATEMENT: u64 = 60;
/// … or as much as is shown of one.
const LONGEST_STATEMENT: u64 = 2_200;

/// A low and a high end.
pub type Range = (u64, u64);

/// What a run may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Calls.
    pub calls: Range,
    /// Tokens read and written.
    pub tokens: Range,
    /// Money for the models whose price is known, in millionths of a US dollar.
    pub cost_micro_usd: Range,
    /// Models whose price nobody knows, each once.
    pub unpriced: Vec<String>,
    /// Whether there is a model with a price.
    pub priced: bool,
}

/// The sizes of the prompts, without what only one agent reads.
struct Sizes {
    first: u64,
    later: u64,
}

/// What the run may use; `None` if nobody on the panel is a model.
pub fn estimate(spec: &RunSpec) -> Option<Estimate> {
    let one = spec.agents.iter().position(|agent| agent.kind.is_model())?;
    let sizes = Sizes::of(spec, one);
    let mut estimate = Estimate::default();
    for agent in &spec.agents {
        if let AgentKind::Model { model, max_tokens, persona, evidence, price, .. } = &agent.kind {
            let own = (quoted(persona).len() + quoted(evidence).len()) as u64;
            // The reversed question is asked on top, in the same way.
            for _ in 0..=u32::from(!spec.reversed_question.is_empty()) {
                estimate.add(&sizes, own, u64::from(*max_tokens), *price, spec.stop.max_rounds);
            }
            if price.is_none() && !estimate.unpriced.contains(model) {
                estimate.unpriced.push(model.clone());
            }
        }
    }
    estimate.cap(spec);
    Some(estimate)
}

/// The same for a mode in which agents speak in turns; `None` on a market, and if nobody is a model.
pub fn estimate_turns(spec: &RunSpec) -> Option<Estimate> {
    let one = spec.agents.iter().position(|agent| agent.kind.is_model())?;
    let first = Sizes::of(spec, one).first;
    let agents = spec.agents.len();
    let answers = spec.mode.most_answers(agents)? as usize;
    let mut estimate = Estimate::default();
    for answer in 0..answers {
        let (agent, heard) = match spec.mode {
            Mode::SelfConsistency(_) => (answer % agents, 0),
            Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
                (answer % agents, if answer < agents { 0 } else { agents - 1 })
            }
            // The judge comes last and hears it all.
            Mode::Debate(_) if answer + 1 == answers => (2 % agents, answer),
            Mode::Debate(_) => (answer % 2 % agents, answer),
            _ => (answer % agents, answer),
        };
        if let AgentKind::Model { model, max_tokens, persona, evidence, price, .. } = &spec.agents[agent].kind
        {
            let read = first + (quoted(persona).len() + quoted(evidence).len()) as u64;
            let heard = heard as u64;
            let bytes = (read + heard * SHORTEST_STATEMENT, read + heard * LONGEST_STATEMENT);
            for _ in 0..=u32::from(!spec.reversed_question.is_empty()) {
                estimate.add_one(bytes, u64::from(*max_tokens), *price);
            }
            if price.is_none() && !estimate.unpriced.contains(model) {
                estimate.unpriced.push(model.clone());
            }
        }
    }
    estimate.cap(spec);
    Some(estimate)
}

impl Sizes {
    fn of(spec: &RunSpec, agent: usize) -> Self {
        let mut plain = spec.clone();
        if let AgentKind::Model { persona, evidence, .. } = &mut plain.agents[agent].kind {
            persona.clear();
            evidence.clear();
        }
        let even = Belief::uniform(spec.outcome_count());
        let other = |(place, other): (usize, &crate::run::AgentSpec)| OtherView {
            agent: place,
            name: other.name.clone(),
            beliefs: even.clone(),
            headline: "x".repeat(MAX_HEADLINE_CHARS),
            reasoning: "x".repeat(LONG_REASONING),
        };
        let others =
            plain.agents.iter().enumerate().filter(|(place, _)| *place != agent).map(other).collect();
        let blind = View { round: 1, prices: None, own: None, others: Vec::new() };
        let later = View { round: 2, prices: Some(even.probabilities()), own: Some(even.clone()), others };
        let size = |view: &View| {
            prompt(&plain, view, agent).iter().map(|message| message.content.len() as u64).sum::<u64>()
        };
        Self { first: size(&blind), later: size(&later) }
    }
}

impl Estimate {
    /// Adds one agent that reads so many bytes of its own and writes so many tokens at most.
    fn add(&mut self, sizes: &Sizes, own: u64, max_tokens: u64, price: Option<TokenPrice>, rounds: u32) {
        let rounds = u64::from(rounds.max(1));
        let low = ((sizes.first + own) / MOST_BYTES_PER_TOKEN, SHORTEST_ANSWER.min(max_tokens));
        // Each answer and its repair, which reads the prompt again and what it repairs.
        let bytes = sizes.first + (rounds - 1) * sizes.later + rounds * own;
        let repaired = rounds * (REPAIR_BYTES + REPAIRED_BYTES.min(max_tokens * LEAST_BYTES_PER_TOKEN));
        let high = ((2 * bytes + repaired) / LEAST_BYTES_PER_TOKEN, 2 * rounds * max_tokens);
        self.calls = (self.calls.0 + 1, self.calls.1 + 2 * rounds);
        self.tokens = (self.tokens.0 + low.0 + low.1, self.tokens.1 + high.0 + high.1);
        if let Some(price) = price {
            self.priced = true;
            self.cost_micro_usd.0 += price.cost_micro_usd(low.0, low.1);
            self.cost_micro_usd.1 += price.cost_micro_usd(high.0, high.1);
        }
    }

    /// Adds one answer whose prompt has so many bytes, with its repair at the high end.
    fn add_one(&mut self, bytes: Range, max_tokens: u64, price: Option<TokenPrice>) {
        let low = (bytes.0 / MOST_BYTES_PER_TOKEN, SHORTEST_ANSWER.min(max_tokens));
        let repaired = REPAIR_BYTES + REPAIRED_BYTES.min(max_tokens * LEAST_BYTES_PER_TOKEN);
        let high = ((2 * bytes.1 + repaired) / LEAST_BYTES_PER_TOKEN, 2 * max_tokens);
        self.calls = (self.calls.0 + 1, self.calls.1 + 2);
        self.tokens = (self.tokens.0 + low.0 + low.1, self.tokens.1 + high.0 + high.1);
        if let Some(price) = price {
            self.priced = true;
            self.cost_micro_usd.0 += price.cost_micro_usd(low.0, low.1);
            self.cost_micro_usd.1 += price.cost_micro_usd(high.0, high.1);
        }
    }

    /// The run's own limits hold whatever the panel does.
    fn cap(&mut self, spec: &RunSpec) {
        let cap = |range: &mut Range, most: Option<u64>| {
            if let Some(most) = most {
                *range = (range.0.min(most), range.1.min(most));
            }
        };
        cap(&mut self.calls, spec.stop.max_calls.map(u64::from));
        cap(&mut self.tokens, spec.stop.max_tokens);
        cap(&mut self.cost_micro_usd, spec.stop.max_cost_micro_usd);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agents::{Question, model_panel, simulated_panel, spec_for};
    use crate::prng::Seed;

    fn spec(agents: usize) -> RunSpec {
        let question = Question { text: "Will it rain?".into(), ..Question::yes_no() };
        spec_for(question, model_panel("m", agents), None, Seed::new(1))
    }

    #[test]
    fn a_range_from_one_answer_each_to_every_repair() {
        let mut one = spec(3);
        one.stop.max_tokens = None;
        let made = estimate(&one).unwrap();
        assert_eq!(made.calls, (3, 18));
        assert!(made.tokens.0 > 3 * 250 && made.tokens.1 < 150_000, "{:?}", made.tokens);
        assert_eq!((made.priced, made.unpriced.as_slice()), (false, ["m".to_owned()].as_slice()));
        one.background = "word ".repeat(10_000);
        let longer = estimate(&one).unwrap();
        assert!(longer.tokens.0 > made.tokens.0 + 20_000, "a background is read by everybody");
    }

    #[test]
    fn prices_and_limits() {
        let mut spec = spec(2);
        for agent in &mut spec.agents {
            if let AgentKind::Model { price, .. } = &mut agent.kind {
                *price = Some(TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 2_000_000 });
            }
        }
        let free = estimate(&spec).unwrap();
        assert!(free.priced && free.unpriced.is_empty());
        assert!(free.cost_micro_usd.0 > 0 && free.cost_micro_usd.0 < free.cost_micro_usd.1);
        spec.stop.max_calls = Some(5);
        spec.stop.max_cost_micro_usd = Some(1_000);
        let held = estimate(&spec).unwrap();
        assert_eq!((held.calls.1, held.cost_micro_usd.1), (5, 1_000));
    }

    #[test]
    fn turns_are_counted_one_by_one() {
        let mut spec = spec(3);
        spec.mode = Mode::SelfConsistency(crate::run::SelfConsistency { answers: 7 });
        let vote = estimate_turns(&spec).unwrap();
        assert_eq!(vote.calls, (7, 14));
        spec.mode = Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 3 });
        let debate = estimate_turns(&spec).unwrap();
        assert_eq!(debate.calls, (7, 14));
        assert!(debate.tokens.1 > vote.tokens.1, "whoever reads a transcript reads more");
        spec.mode = Mode::Market;
        assert_eq!(estimate_turns(&spec), None);
    }

    #[test]
    fn a_panel_without_models_uses_nothing() {
        let question = Question { text: "Q?".into(), ..Question::yes_no() };
        assert_eq!(estimate(&spec_for(question, simulated_panel(3), None, Seed::new(1))), None);
    }
}
