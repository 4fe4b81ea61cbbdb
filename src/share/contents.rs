//! What a shared run says, counted: shown before anybody copies a link, because a link cannot be taken back.
//! Numbers only; the words are the page's.

use super::link::LinkedRun;
use crate::run::{AgentKind, Run, RunEvent};

/// Through what a link travels, and how many characters that carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A chat message.
    Chat,
    /// A mail.
    Mail,
    /// A browser's address bar.
    Browser,
}

impl Carrier {
    /// All carriers, narrowest first.
    pub const ALL: [Self; 3] = [Self::Chat, Self::Mail, Self::Browser];

    /// Characters of a whole link, address included, that get through.
    pub fn limit_chars(self) -> usize {
        match self {
            Self::Chat => 2_000,
            Self::Mail => 8_000,
            Self::Browser => 64_000,
        }
    }

    /// Whether a link of so many characters gets through.
    pub fn carries(self, chars: usize) -> bool {
        chars <= self.limit_chars()
    }
}

/// What a run holds that others will read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Agents on the panel.
    pub agents: usize,
    /// Of these, language models.
    pub models: usize,
    /// Beliefs stated.
    pub beliefs: usize,
    /// Trades made.
    pub trades: usize,
    /// Orders of persons.
    pub person_trades: usize,
    /// Headlines that agents gave; those of simulated agents follow from the set-up and are not counted.
    pub headlines: usize,
    /// Longer texts that agents gave: reasoning and evidence.
    pub texts: usize,
    /// Calls with their numbers.
    pub calls: usize,
    /// Of these, calls with prompt and raw reply.
    pub prompts: usize,
    /// Personas in the set-up.
    pub personas: usize,
    /// Agents with evidence that only they saw.
    pub private_evidence: usize,
    /// Whether the question comes with a background.
    pub background: bool,
    /// Whether the question comes with its answer.
    pub answer: bool,
    /// Answers that failed.
    pub failures: usize,
    /// Whether a market's own price comes with the run.
    pub listed: bool,
}

impl Contents {
    /// Counts what a link holds.
    pub fn of(linked: &LinkedRun) -> Self {
        let run = &linked.run;
        let spec = run.spec();
        let mut contents = Self {
            agents: spec.agents.len(),
            background: !spec.background.is_empty(),
            answer: spec.answer.is_some(),
            listed: linked.listed.is_some(),
            ..Self::default()
        };
        for agent in &spec.agents {
            if let AgentKind::Model { persona, evidence, .. } = &agent.kind {
                contents.models += 1;
                contents.personas += usize::from(!persona.is_empty());
                contents.private_evidence += usize::from(!evidence.is_empty());
            }
        }
        for event in run.log().events() {
            contents.count(run, event);
        }
        contents
    }

    fn count(&mut self, run: &Run, event: &RunEvent) {
        let kind = event.agent().and_then(|agent| run.spec().agents.get(agent)).map(|agent| &agent.kind);
        let simulated = kind.is_some_and(AgentKind::is_simulated);
        match event {
            RunEvent::Forecast { forecast, .. } => {
                self.beliefs += 1;
                self.headlines += usize::from(!simulated && !forecast.headline.is_empty());
                self.texts += usize::from(!forecast.reasoning.is_empty()) + forecast.evidence.len();
            }
            RunEvent::Traded { .. } => {
                self.trades += 1;
                self.person_trades += usize::from(kind.is_some_and(AgentKind::is_person));
            }
            RunEvent::Call(call) => {
                self.calls += usize::from(call.reused.is_none());
                self.prompts += usize::from(!call.prompt.is_empty() || !call.reply.is_empty());
            }
            RunEvent::Failed { failure, .. } => self.failures += usize::from(failure.kind.counts()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_have_limits() {
        let carried = |chars| Carrier::ALL.into_iter().filter(|carrier| carrier.carries(chars)).count();
        assert_eq!([2_000, 2_001, 8_000, 8_001, 64_000, 64_001].map(carried), [3, 2, 2, 1, 1, 0]);
    }
}
