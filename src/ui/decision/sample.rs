//! Decisions that the tests read: asked of simulated panels, any number of them.

use std::sync::Arc;

use super::{Decision, Plan, Report, Stage, Told};
use crate::run::{AgentKind, Elicitation, Input, Run, with_simulated};
use crate::ui::draft::Draft;

/// An example decision, asked and answered with `seed`; as if by models where `models` says so, so that words count.
pub(crate) fn report(example: usize, seed: u64, models: bool) -> Report {
    let mut decision = Decision::example(example).unwrap();
    let (mut common, _) = decision.common(&Draft::default(), 7, None).unwrap();
    common.seed = crate::prng::Seed::new(seed);
    decision.plan = Some(Plan { common, connections: Vec::new(), patience_seconds: None, asked_millis: 0 });
    decision.stage = Stage::Over;
    let told = |place: usize| {
        let mut run = Run::new(decision.spec_of(place).unwrap()).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            let input = with_simulated(&run, Vec::new()).unwrap();
            run.advance(input).unwrap();
        }
        Ok(Arc::new(Told::of(run)))
    };
    let told = (0..decision.options.len()).map(told).collect();
    if models {
        for agent in decision.plan.iter_mut().flat_map(|plan| &mut plan.common.agents) {
            agent.kind = AgentKind::Model {
                model: "m".into(),
                temperature: None,
                max_tokens: 100,
                persona: String::new(),
                evidence: String::new(),
                price: None,
                elicitation: Elicitation::default(),
            };
        }
    }
    Report::new(decision, told)
}
