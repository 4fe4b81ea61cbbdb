//! Calls to models on this device, for sessions and tests of a connection: the same requests as to a server, and
//! chunks of the same form back. Dropping a call's future stops the model.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::module::{Cancel, module, thrown};
use super::tab_model;
use crate::llm::{
    CallError, ChatDecoder, ChatReply, ChatRequest, Delta, Engine, OnDeviceError, Protocol, Secret,
};
use crate::session::OnDelta;

/// What the modules of both engines speak.
const PROTOCOL: Protocol = Protocol::OpenaiChat;

/// Asks models on this device.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnDeviceClient;

impl OnDeviceClient {
    /// One call.
    ///
    /// # Errors
    /// As for a server; what is peculiar to this device is a [`CallError::OnDevice`].
    pub async fn chat(engine: Engine, request: &ChatRequest, on: OnDelta) -> Result<ChatReply, CallError> {
        let module = module(engine).await.map_err(CallError::OnDevice)?;
        let reading = Rc::new(RefCell::new(Reading {
            decoder: ChatDecoder::new(PROTOCOL, Secret::new("")),
            on,
            error: None,
        }));
        // Declared before the signal: what the module calls must live until the signal has told it to be silent.
        let heard = {
            let reading = Rc::clone(&reading);
            Closure::<dyn FnMut(String)>::new(move |chunk: String| reading.borrow_mut().take(&chunk))
        };
        let cancel = Cancel::new();
        let signal = cancel.signal().map_err(CallError::OnDevice)?;
        let body = PROTOCOL.chat_body(request);
        let ended = module.chat(&request.model, &body, heard.as_ref().unchecked_ref(), &signal).await;
        drop((cancel, heard));
        if let Err(error) = ended {
            let (code, detail) = thrown(&error);
            return Err(OnDeviceError::of_call(&code, &detail));
        }
        let reading = Rc::try_unwrap(reading).map_err(|_| CallError::Cut)?.into_inner();
        reading.finish()
    }

    /// How many bytes of a call reach the model's module.
    pub fn request_bytes(request: &ChatRequest) -> usize {
        PROTOCOL.chat_body(request).len()
    }

    /// The models that can be asked.
    ///
    /// # Errors
    /// A browser that keeps none.
    pub async fn models(engine: Engine) -> Result<Vec<String>, CallError> {
        match engine {
            Engine::Tab => {
                let kept = tab_model::models().await.map_err(CallError::OnDevice)?;
                Ok(kept.into_iter().map(|model| model.name).collect())
            }
            Engine::Browser => Ok(Vec::new()),
        }
    }
}

/// A reply on its way.
struct Reading {
    decoder: ChatDecoder,
    on: OnDelta,
    error: Option<CallError>,
}

impl Reading {
    /// A chunk as JSON; an empty text is a sign of life.
    fn take(&mut self, chunk: &str) {
        if chunk.is_empty() {
            (self.on)(Delta::Alive);
        } else if self.error.is_none() {
            let event = format!("data: {chunk}\n\n");
            self.error = self.decoder.feed(event.as_bytes(), &mut *self.on).err();
        }
    }

    fn finish(mut self) -> Result<ChatReply, CallError> {
        match self.error {
            Some(error) => Err(error),
            None => self.decoder.finish(&mut *self.on),
        }
    }
}
