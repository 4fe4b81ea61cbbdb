//! Connections to models on this device: saved like any other, but without address, key and price, and tested by
//! loading the model. A run with such a model has more patience and shorter answers.

use leptos::prelude::*;

use super::{Bindings, Connection, Desk, outside};
use crate::llm::{Engine, OnDeviceError};
use crate::run::{AgentKind, RunSpec, TokenPrice};
use crate::session::{ConnectionId, Options, Probe, probe};
use crate::web::{self, keys, on_device};

/// What calls to a model on this device cost.
pub const FREE: TokenPrice = TokenPrice { input_micro_usd: 0, output_micro_usd: 0 };
/// A model that reads and writes some ten tokens a second may take this long for one answer.
const PATIENCE_MILLIS: u64 = 30 * 60 * 1_000;

impl Desk {
    /// Saves a connection to a model on this device, new or changed; whatever key it had is forgotten.
    pub fn save_on_device(self, connection: Connection) {
        keys::forget(connection.id);
        self.put_connection(connection);
    }

    /// Brings the model into memory, however long that takes, and calls it once.
    ///
    /// # Errors
    /// The model could not be loaded.
    pub async fn test_on_device(self, engine: Engine, model: &str) -> Result<Probe, OnDeviceError> {
        if engine == Engine::Tab {
            on_device::load(model).await?;
        }
        let client = outside::client_on(engine);
        Ok(probe(&*client, &web::PageClock, ConnectionId(u32::MAX), model).await)
    }

    /// Limits the answers of models on this device to what their connections allow.
    pub(super) fn limit_answers(self, spec: &mut RunSpec, bindings: &Bindings) {
        self.connections.with_untracked(|saved| {
            for (agent, binding) in spec.agents.iter_mut().zip(bindings) {
                let bound = binding.and_then(|id| saved.iter().find(|saved| saved.id == id));
                let limit = bound.and_then(|bound| bound.answer_tokens);
                if let (AgentKind::Model { max_tokens, .. }, Some(limit)) = (&mut agent.kind, limit) {
                    *max_tokens = limit;
                }
            }
        });
    }

    /// Gives a session the patience that its connections need.
    pub(super) fn be_patient(self, options: &mut Options) {
        let on_device = self.connections.with_untracked(|saved| {
            let bound = |id: &ConnectionId| saved.iter().any(|one| one.id == *id && one.engine.is_some());
            options.connections.iter().flatten().any(bound)
        });
        if on_device {
            options.total_timeout_millis = options.total_timeout_millis.max(PATIENCE_MILLIS);
        }
    }
}
