//! Bytes of a chat reply, pushed in as they arrive; words, pushed out as soon as they are whole; at the end the
//! reply, or why there is none. A stream that merely stops has failed: only the protocol's last event ends an
//! answer (`finish_reason` or `[DONE]`, `response.completed`, `message_stop`, `finishReason`, `done`). Servers that
//! ignore `stream` and send one JSON object are understood too. One decoder serves all protocols: they differ in
//! how a piece is read. It does not know where the bytes come from.

use serde::de::IgnoredAny;
use serde_json::Value;

use super::addition::Addition;
use super::chat::{ChatReply, Delta, MAX_LOGPROB_TOKENS, TokenLogprob, TokenLogprobs};
use super::classify::error_in;
use super::error::{CallError, MAX_REPLY_BYTES};
use super::lines::LineDecoder;
use super::protocol::Protocol;
use super::secret::Secret;
use super::sse::SseDecoder;
use super::{anthropic, gemini, ollama, openai, responses};

/// The most bytes that are taken in: a stream wraps every word in some hundred bytes.
const MAX_WIRE_BYTES: usize = 16 * MAX_REPLY_BYTES;

/// Turns the bytes of one reply into words and, at its end, a [`ChatReply`].
#[derive(Debug, Default)]
pub struct ChatDecoder {
    protocol: Protocol,
    key: Secret,
    body: Body,
    reply: ChatReply,
    /// The answer is complete; counts of tokens may still follow.
    complete: bool,
    /// `[DONE]` came: nothing follows.
    over: bool,
    /// Some piece was one of this protocol: this is a chat reply.
    recognised: bool,
    wire_bytes: usize,
    /// The first error; nothing is read after it.
    failed: Option<CallError>,
}

/// How the body is written, known from its first byte that is no white space.
#[derive(Debug, Default)]
enum Body {
    #[default]
    Unknown,
    Json(Vec<u8>),
    Stream(SseDecoder),
    Lines(LineDecoder),
}

impl ChatDecoder {
    /// A decoder for one reply of a call that was made with `key`: it must not come back.
    pub fn new(protocol: Protocol, key: Secret) -> Self {
        Self { protocol, key, ..Self::default() }
    }

    /// Takes the next bytes; `on` hears at once of what they bring.
    ///
    /// # Errors
    /// An error that the server reports in mid-stream, bytes that are no chat reply, too many bytes. Reading on
    /// gives the same error again.
    pub fn feed(&mut self, bytes: &[u8], on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        on(Delta::Alive);
        self.wire_bytes = self.wire_bytes.saturating_add(bytes.len());
        let fed =
            if self.wire_bytes > MAX_WIRE_BYTES { Err(CallError::Oversized) } else { self.take(bytes, on) };
        if let Err(error) = &fed {
            self.failed = Some(error.clone());
        }
        fed
    }

    /// The bytes are over: the reply, if it is complete. `on` hears words that waited for a last newline.
    ///
    /// # Errors
    /// [`CallError::Cut`] without a terminal event, [`CallError::Malformed`] if nothing of a chat reply came, and
    /// every error that `feed` gave.
    pub fn finish(mut self, on: &mut dyn FnMut(Delta<'_>)) -> Result<ChatReply, CallError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        match std::mem::take(&mut self.body) {
            Body::Unknown => {}
            Body::Json(bytes) => self.take_whole(&bytes, on)?,
            Body::Stream(mut sse) => {
                let last = sse.finish();
                self.take_last(last, on)?;
            }
            Body::Lines(mut lines) => {
                let last = lines.finish();
                self.take_last(last, on)?;
            }
        }
        if self.complete {
            return Ok(self.reply);
        }
        let foreign = !self.recognised && self.wire_bytes > 0;
        Err(if foreign { CallError::Malformed { detail: String::new() } } else { CallError::Cut })
    }

    fn take(&mut self, bytes: &[u8], on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        if let Body::Unknown = self.body {
            self.body = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
                None => return Ok(()),
                Some(_) if self.protocol == Protocol::Ollama => Body::Lines(LineDecoder::default()),
                Some(b'{' | b'[') => Body::Json(Vec::new()),
                Some(_) => Body::Stream(SseDecoder::default()),
            };
        }
        match &mut self.body {
            Body::Unknown => Ok(()),
            Body::Json(body) => {
                body.extend_from_slice(bytes);
                // JSON escapes may take six bytes for one.
                if body.len() > 8 * MAX_REPLY_BYTES { Err(CallError::Oversized) } else { Ok(()) }
            }
            Body::Stream(sse) => {
                let events = sse.feed(bytes);
                events.iter().try_for_each(|event| self.take_event(event, on))
            }
            Body::Lines(lines) => {
                let events = lines.feed(bytes);
                events.iter().try_for_each(|event| self.take_event(event, on))
            }
        }
    }

    /// A last event that cannot be read is one that was cut, if something was read before it or it begins as one.
    fn take_last(&mut self, event: Option<String>, on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        let Some(event) = event else { return Ok(()) };
        match self.take_event(&event, on) {
            Err(CallError::Malformed { .. }) if self.complete => Ok(()),
            Err(CallError::Malformed { .. }) if self.recognised || begins_as_json(&event) => {
                Err(CallError::Cut)
            }
            other => other,
        }
    }

    fn take_event(&mut self, event: &str, on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        let event = event.trim();
        if event.is_empty() || self.over {
            return Ok(());
        }
        if event == "[DONE]" {
            // Other protocols' last events say more than this; some servers send it after them.
            self.over = true;
            if matches!(self.protocol, Protocol::OpenaiChat | Protocol::AzureChat) {
                (self.complete, self.recognised) = (true, true);
            }
            return Ok(());
        }
        let malformed = |_| CallError::Malformed { detail: "a piece of the stream is no JSON".to_owned() };
        let value: Value = serde_json::from_str(event).map_err(malformed)?;
        let addition = self.read(&value)?;
        self.complete |= addition.ends;
        self.add(addition, on)
    }

    /// A body that is one JSON object, or (Gemini without `alt=sse`) a list of pieces.
    fn take_whole(&mut self, bytes: &[u8], on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        let value: Value = serde_json::from_slice(bytes).map_err(|error| {
            if error.is_eof() { CallError::Cut } else { CallError::Malformed { detail: String::new() } }
        })?;
        let pieces = value.as_array().map_or(std::slice::from_ref(&value), Vec::as_slice);
        for piece in pieces {
            let addition = self.read(piece)?;
            self.add(addition, on)?;
        }
        // A whole object is an end of its own, whether or not it names a reason.
        self.complete = self.recognised;
        Ok(())
    }

    /// What a piece says, in the words of its protocol.
    fn read(&self, value: &Value) -> Result<Addition, CallError> {
        if let Some(error) = error_in(self.protocol, value, &self.key) {
            return Err(error);
        }
        let heard = !self.reply.text.is_empty() || self.reply.refusal.is_some();
        Ok(match self.protocol {
            Protocol::OpenaiChat | Protocol::AzureChat => openai::read(value),
            Protocol::OpenaiResponses => responses::read(value, heard),
            Protocol::Anthropic => anthropic::read(value),
            Protocol::Gemini => gemini::read(value),
            Protocol::Ollama => ollama::read(value),
        })
    }

    fn add(&mut self, addition: Addition, on: &mut dyn FnMut(Delta<'_>)) -> Result<(), CallError> {
        self.recognised |= addition.recognised;
        if self.reply.text.len() + addition.text.len() > MAX_REPLY_BYTES {
            return Err(CallError::Oversized);
        }
        if !addition.text.is_empty() {
            self.reply.text.push_str(&addition.text);
            if self.key.stands_in(&self.reply.text, addition.text.len()) {
                return Err(CallError::KeyEchoed);
            }
            on(Delta::Words(&addition.text));
        }
        if let Some(words) = addition.refusal {
            let refusal = self.reply.refusal.get_or_insert_default();
            if refusal.len() + words.len() > MAX_REPLY_BYTES {
                return Err(CallError::Oversized);
            }
            refusal.push_str(&words);
            if self.key.stands_in(refusal, words.len()) {
                return Err(CallError::KeyEchoed);
            }
        }
        self.keep_logprobs(addition.logprobs)?;
        self.reply.finish_reason = addition.finish_reason.or(self.reply.finish_reason.take());
        self.reply.prompt_tokens = addition.prompt_tokens.or(self.reply.prompt_tokens);
        self.reply.completion_tokens = addition.completion_tokens.or(self.reply.completion_tokens);
        Ok(())
    }

    /// A token that holds the key is as bad as a text that does.
    fn keep_logprobs(&mut self, tokens: Vec<TokenLogprobs>) -> Result<(), CallError> {
        let room = MAX_LOGPROB_TOKENS - self.reply.logprobs.len();
        for token in tokens.into_iter().take(room) {
            let echoes = |one: &TokenLogprob| self.key.stands_in(&one.token, one.token.len());
            if echoes(&token.chosen) || token.top.iter().any(echoes) {
                return Err(CallError::KeyEchoed);
            }
            self.reply.logprobs.push(token);
        }
        Ok(())
    }
}

/// Whether a text could go on as JSON but stops too early.
fn begins_as_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_err_and(|error| error.is_eof())
}
