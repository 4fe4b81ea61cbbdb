//! What a run's calls used and cost, as its log tells it: tokens that the server counted, a likely figure where it did
//! not, and the models whose price nobody knows. It makes up no price.

use crate::run::{AgentKind, CallRecord, ParseResult, Run, RunEvent, RunSpec, TokenPrice};

/// Bytes of a text that make one token, roughly, in most languages and models.
pub const BYTES_PER_TOKEN: u64 = 4;

/// Calls, tokens and money of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spending {
    /// Calls in the log.
    pub calls: u32,
    /// Tokens read and written.
    pub tokens: u64,
    /// Money for the models with a price, in millionths of a US dollar.
    pub cost_micro_usd: u64,
    /// Whether a part of the tokens was not counted by a server.
    pub estimated: bool,
    /// Models that were called and whose price nobody knows, each once.
    pub unpriced: Vec<String>,
}

/// The tokens of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallTokens {
    /// Tokens read.
    pub read: u64,
    /// Tokens written.
    pub written: u64,
    /// Whether the server counted them.
    pub counted: bool,
}

/// Tokens in a text of so many bytes, roughly.
pub fn likely_tokens(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(BYTES_PER_TOKEN)
}

/// The tokens of a call: as the server counted them, or else by the length of what was sent and came. A call that
/// brought nothing at all used none.
pub fn call_tokens(call: &CallRecord) -> CallTokens {
    if let (Some(read), Some(written)) = (call.prompt_tokens, call.completion_tokens) {
        return CallTokens { read, written, counted: true };
    }
    if call.reply.is_empty() && matches!(call.parse, ParseResult::NoReply { .. }) {
        return CallTokens { read: 0, written: 0, counted: true };
    }
    let prompt = call.prompt.iter().map(|message| message.content.len()).sum();
    CallTokens {
        read: call.prompt_tokens.unwrap_or_else(|| likely_tokens(prompt)),
        written: call.completion_tokens.unwrap_or_else(|| likely_tokens(call.reply.len())),
        counted: false,
    }
}

/// What the tokens of a call's model cost, if it is known.
pub fn call_price(spec: &RunSpec, call: &CallRecord) -> Option<TokenPrice> {
    match spec.agents.get(call.agent).map(|agent| &agent.kind) {
        Some(AgentKind::Model { price, .. }) => *price,
        _ => None,
    }
}

/// What the calls in a run's log used and cost.
pub fn spending(run: &Run) -> Spending {
    let mut spending = Spending::default();
    for event in run.log().events() {
        if let RunEvent::Call(call) = event {
            spending.add(run.spec(), call);
        }
    }
    spending
}

/// The same for each agent, in roster order.
pub fn spending_by_agent(run: &Run) -> Vec<Spending> {
    let mut parts = vec![Spending::default(); run.spec().agents.len()];
    for event in run.log().events() {
        if let RunEvent::Call(call) = event
            && let Some(part) = parts.get_mut(call.agent)
        {
            part.add(run.spec(), call);
        }
    }
    parts
}

/// What one call used and cost.
pub fn call_cost(spec: &RunSpec, call: &CallRecord) -> Spending {
    let mut spending = Spending::default();
    spending.add(spec, call);
    spending
}

impl Spending {
    fn add(&mut self, spec: &RunSpec, call: &CallRecord) {
        // A reply that was recorded earlier is not asked or paid for again.
        if call.reused.is_some() {
            return;
        }
        let tokens = call_tokens(call);
        self.calls += 1;
        self.tokens = self.tokens.saturating_add(tokens.read).saturating_add(tokens.written);
        self.estimated |= !tokens.counted;
        match call_price(spec, call) {
            Some(price) => {
                let cost = price.cost_micro_usd(tokens.read, tokens.written);
                self.cost_micro_usd = self.cost_micro_usd.saturating_add(cost);
            }
            None if !self.unpriced.contains(&call.model) => self.unpriced.push(call.model.clone()),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{AnswerFormat, PromptMessage, Purpose, Role};

    fn call(counts: Option<(u64, u64)>, reply: &str, parse: ParseResult) -> CallRecord {
        CallRecord {
            round: 1,
            agent: 0,
            purpose: Purpose::Forecast,
            model: "m".into(),
            temperature: None,
            max_tokens: 100,
            format: AnswerFormat::Text,
            prompt: vec![PromptMessage { role: Role::User, content: "x".repeat(10) }],
            reply: reply.into(),
            finish_reason: None,
            prompt_tokens: counts.map(|counts| counts.0),
            completion_tokens: counts.map(|counts| counts.1),
            parse,
            first_token: Vec::new(),
            reused: None,
        }
    }

    #[test]
    fn what_no_server_counts_is_estimated_and_says_so() {
        let lost = || ParseResult::NoReply { problem: String::new() };
        for (call, read, written, counted) in [
            (call(Some((7, 8)), "reply", ParseResult::Ok), 7, 8, true),
            (call(None, "reply", ParseResult::Ok), 3, 2, false),
            (call(None, "part", lost()), 3, 1, false),
            (call(None, "", lost()), 0, 0, true),
        ] {
            assert_eq!(call_tokens(&call), CallTokens { read, written, counted });
        }
    }
}
