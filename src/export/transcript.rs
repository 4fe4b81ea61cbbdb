//! The transcript of a question in Inspect's log: a span a run, a model event a call, and what the calls took.

use serde_json::{Value, json};

use super::inspect::ID_DIGITS;
use super::recorded::{Call, Recorded, Span};
use super::time::iso;
use crate::aggregate::{call_price, call_tokens};
use crate::run::{CallRecord, ParseResult, Role};

/// What the calls of one model took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    read: u64,
    written: u64,
    cost_micro_usd: Option<u64>,
}

impl Usage {
    pub(super) fn add(&mut self, other: Self) {
        self.read = self.read.saturating_add(other.read);
        self.written = self.written.saturating_add(other.written);
        if let Some(cost) = other.cost_micro_usd {
            self.cost_micro_usd = Some(self.cost_micro_usd.unwrap_or(0).saturating_add(cost));
        }
    }

    pub(super) fn json(self) -> Value {
        json!({
            "input_tokens": self.read,
            "output_tokens": self.written,
            "total_tokens": self.read.saturating_add(self.written),
            "total_cost": self.cost_micro_usd.map(|cost| cost as f64 / 1e6),
        })
    }
}

/// What one call took; a kept reply counts like any other, as in the tables.
pub(super) fn used(run: &Recorded, call: &CallRecord) -> Usage {
    let tokens = call_tokens(call);
    let price = call_price(&run.spec, call);
    Usage {
        read: tokens.read,
        written: tokens.written,
        cost_micro_usd: price.map(|price| price.cost_micro_usd(tokens.read, tokens.written)),
    }
}

/// The transcript: a span a run, a model event a call.
pub(super) fn events(runs: &[(&str, Recorded)], begin_millis: u64) -> Vec<Value> {
    let mut events = Vec::new();
    for (job, run) in runs {
        let at = run.span().unwrap_or(Span { begin_millis, end_millis: begin_millis });
        let id = &run.head.digest.to_string()[..ID_DIGITS];
        let stamp = |kind: &str, millis: u64| {
            let since = millis.saturating_sub(begin_millis) as f64 / 1e3;
            json!({"event": kind, "timestamp": iso(millis), "working_start": since, "span_id": id, "id": id})
        };
        let mut opens = stamp("span_begin", at.begin_millis);
        (opens["name"], opens["type"]) = ((*job).into(), "agent".into());
        events.push(opens);
        for call in run.calls() {
            let begin = call.span.map_or(at.begin_millis, |span| span.begin_millis);
            let mut event = stamp("model", begin);
            event["id"] = Value::Null;
            for (key, value) in model_event(run, &call) {
                event[key] = value;
            }
            events.push(event);
        }
        events.push(stamp("span_end", at.end_millis));
    }
    events
}

fn model_event(run: &Recorded, call: &Call) -> Vec<(&'static str, Value)> {
    let record = call.record;
    let message = |role: Role, content: &str| match role {
        Role::System => json!({"role": "system", "content": content}),
        Role::User => json!({"role": "user", "content": content}),
        Role::Assistant => json!({"role": "assistant", "content": content}),
    };
    let input: Vec<Value> = record.prompt.iter().map(|said| message(said.role, &said.content)).collect();
    let failed = match &record.parse {
        ParseResult::Ok => None,
        ParseResult::Unreadable { problem } | ParseResult::NoReply { problem } => Some(problem.clone()),
    };
    let choice = json!({
        "message": {"role": "assistant", "content": record.reply, "source": "generate", "model": record.model},
        "stop_reason": stop_reason(record.finish_reason.as_deref()),
    });
    let output = json!({
        "model": record.model,
        "choices": [choice],
        "completion": record.reply,
        "usage": used(run, record).json(),
        "time": call.span.map(|span| (span.end_millis - span.begin_millis) as f64 / 1e3),
    });
    let agent = run.spec.agents.get(record.agent).map(|agent| agent.name.clone());
    vec![
        ("uuid", call.digest.to_string()[..ID_DIGITS].into()),
        ("model", record.model.clone().into()),
        ("role", agent.into()),
        ("input", input.into()),
        ("tools", json!([])),
        ("tool_choice", "none".into()),
        ("config", json!({"temperature": record.temperature, "max_tokens": record.max_tokens})),
        ("output", output),
        ("retries", call.attempts.map(|attempts| attempts.saturating_sub(1)).into()),
        ("error", failed.into()),
        ("cache", record.reused.map(|_| "read").into()),
        ("completed", call.span.map(|span| iso(span.end_millis)).into()),
        ("metadata", json!({"round": record.round, "purpose": record.purpose, "digest": call.digest})),
    ]
}

/// Inspect's word for a server's reason.
fn stop_reason(reason: Option<&str>) -> &'static str {
    match reason {
        Some("stop" | "end_turn" | "stop_sequence" | "STOP" | "completed") => "stop",
        Some("length" | "max_tokens" | "MAX_TOKENS" | "max_output_tokens") => "max_tokens",
        Some("content_filter" | "refusal" | "SAFETY") => "content_filter",
        _ => "unknown",
    }
}
