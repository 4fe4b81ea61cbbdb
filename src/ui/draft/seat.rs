//! One place at the table as the form holds it. It does not know which panel it belongs to.

use crate::belief::TraderKind;
use crate::run::{AgentKind, AgentSpec, Elicitation, TokenPrice};
use crate::session::ConnectionId;

/// An agent being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// Tells seats apart while names change.
    pub id: u64,
    /// The agent's name.
    pub name: String,
    /// Its purse, as typed.
    pub budget: String,
    /// Who or what it is.
    pub kind: SeatKind,
    /// The connection that its calls go through.
    pub connection: Option<ConnectionId>,
}

/// Who or what sits there.
#[derive(Clone, Debug, PartialEq)]
pub enum SeatKind {
    /// A seeded trader.
    Simulated(TraderKind),
    /// A language model.
    Model {
        /// Its name at its server.
        model: String,
        /// Its temperature, as typed; empty to send none.
        temperature: String,
        /// Tokens of an answer.
        max_tokens: u32,
        /// Who it is told to be.
        persona: String,
        /// What only it sees.
        evidence: String,
        /// What its tokens cost.
        price: Option<TokenPrice>,
        /// How its belief is asked for.
        elicitation: Elicitation,
    },
}

impl Seat {
    /// The seat of an agent. A person has no seat: it is a checkbox.
    pub fn from_agent(id: u64, agent: &AgentSpec) -> Self {
        let kind = match &agent.kind {
            AgentKind::Simulated { trader } => SeatKind::Simulated(*trader),
            AgentKind::Person => SeatKind::Simulated(TraderKind::Bayesian),
            AgentKind::Model { model, temperature, max_tokens, persona, evidence, price, elicitation } => {
                SeatKind::Model {
                    model: model.clone(),
                    temperature: temperature.map_or_else(String::new, |t| t.to_string()),
                    max_tokens: *max_tokens,
                    persona: persona.clone(),
                    evidence: evidence.clone(),
                    price: *price,
                    elicitation: *elicitation,
                }
            }
        };
        Self {
            id,
            name: agent.name.clone(),
            budget: agent.budget_micros.units().to_string(),
            kind,
            connection: None,
        }
    }
}
