//! Runs as OpenTelemetry spans in OTLP's JSON, by the semantic conventions for generative AI (1.41): a trace a run, with
//! a span for the run and a client's span for each call. Ids follow from the run's digests, so exporting twice gives the
//! same trace. Prompts and replies go along only on request, as the conventions ask.

use serde_json::{Value, json};

use super::recorded::{Call, Recorded, Span};
use crate::aggregate::{call_price, call_tokens};
use crate::run::{AnswerFormat, CallRecord, ParseResult, Role, RunEvent};

/// The schema that the names are of.
const SCHEMA: &str = "https://opentelemetry.io/schemas/1.41.0";
/// Span kinds and the status of an error, as OTLP counts them.
const INTERNAL: u8 = 1;
const CLIENT: u8 = 3;
const ERROR: u8 = 2;

/// How a run is exported, and what the run itself does not know.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    /// More attributes of the run's span, by name.
    pub labels: &'a [(&'a str, String)],
    /// Who served the models: the log never says.
    pub provider: &'a str,
    /// Whether prompts, replies and the question go along.
    pub texts: bool,
    /// When the run's file was written: the time of runs without times.
    pub written_millis: u64,
}

/// What stands in a file before the spans …
pub fn spans_opening(version: &str) -> String {
    frame(version).0
}

/// … and behind them. Between two spans stands a comma.
pub fn spans_closing(version: &str) -> String {
    frame(version).1
}

/// The whole around its spans, which are the one empty list in it.
fn frame(version: &str) -> (String, String) {
    let resource = attributes(vec![text("service.name", "credence"), text("service.version", version)]);
    let scope = json!({"scope": {"name": "credence", "version": version}, "spans": [], "schemaUrl": SCHEMA});
    let whole = json!({"resourceSpans": [{"resource": {"attributes": resource}, "scopeSpans": [scope], "schemaUrl": SCHEMA}]});
    let whole = whole.to_string();
    let (before, after) = whole.split_once("[]").unwrap_or((&whole, ""));
    (format!("{before}["), format!("]{after}\n"))
}

/// The spans of a run: its own first, then one a call.
pub fn spans(run: &Recorded, trace: Trace) -> Vec<Value> {
    // 16 bytes for the trace and 8 for its first span, from one digest.
    let head = run.head.digest.to_string();
    let ids = Ids { trace: head[..32].to_owned(), run: head[32..48].to_owned() };
    let at = run.span();
    let whole = at.unwrap_or(Span { begin_millis: trace.written_millis, end_millis: trace.written_millis });
    let mut made = vec![run_span(run, trace, &ids, whole, at.is_some())];
    made.extend(run.calls().iter().map(|call| call_span(run, trace, &ids, call, whole)));
    made
}

struct Ids {
    trace: String,
    run: String,
}

type Attribute = (&'static str, Value);

fn run_span(run: &Recorded, trace: Trace, ids: &Ids, at: Span, is_timed: bool) -> Value {
    let mode = match serde_json::to_value(run.spec.mode) {
        Ok(Value::String(mode)) => mode,
        // A mode with switches is an object whose one key is its name.
        Ok(Value::Object(mode)) => mode.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let mut named = vec![
        text("gen_ai.operation.name", "invoke_workflow"),
        text("gen_ai.workflow.name", &format!("credence {mode}")),
        text("gen_ai.conversation.id", &run.head.digest.to_string()),
        text("credence.run.head", &run.head.digest.to_string()),
        whole("credence.run.events", run.head.seq),
        ("credence.outcomes", list(run.spec.outcomes.iter().map(|name| json!({"stringValue": name})))),
        ("credence.run.times_known", json!({"boolValue": is_timed})),
    ];
    if let Some(prices) = run.prices() {
        named.push(("credence.prices", list(prices.iter().map(|price| json!({"doubleValue": price})))));
    }
    if trace.texts {
        named.push(text("credence.question", &run.spec.question));
    }
    let mut failed = None;
    for entry in &run.events {
        if let RunEvent::Closed { status, reason, totals, .. } = &entry.event {
            named.extend([text("credence.status", &word(status)), text("credence.reason", &word(reason))]);
            named.extend([
                whole("credence.rounds", totals.rounds.into()),
                whole("credence.trades", totals.trades.into()),
                whole("credence.calls", totals.calls.into()),
                whole("credence.failures", totals.failures.into()),
                whole("gen_ai.usage.input_tokens", totals.prompt_tokens),
                whole("gen_ai.usage.output_tokens", totals.completion_tokens),
            ]);
            failed = (*status == crate::run::Ending::Failed).then(|| "no agent answered".to_owned());
        }
    }
    let mut all = attributes(named);
    all.extend(trace.labels.iter().map(|(key, value)| json!({"key": key, "value": {"stringValue": value}})));
    let name = format!("invoke_workflow credence {mode}");
    span(&ids.trace, &ids.run, None, &name, INTERNAL, at, all, failed.as_deref())
}

fn call_span(run: &Recorded, trace: Trace, ids: &Ids, call: &Call, whole_run: Span) -> Value {
    let record = call.record;
    let mut named = vec![
        text("gen_ai.operation.name", "chat"),
        text("gen_ai.provider.name", trace.provider),
        text("gen_ai.request.model", &record.model),
        whole("gen_ai.request.max_tokens", record.max_tokens.into()),
        text("gen_ai.output.type", if record.format == AnswerFormat::Text { "text" } else { "json" }),
        text("gen_ai.conversation.id", &run.head.digest.to_string()),
        whole("credence.round", record.round.into()),
        text("credence.purpose", &word(&record.purpose)),
        text("credence.event.digest", &call.digest.to_string()),
        ("credence.reused", json!({"boolValue": record.reused.is_some()})),
    ];
    if let Some(agent) = run.spec.agents.get(record.agent) {
        named.push(text("gen_ai.agent.name", &agent.name));
    }
    if let Some(temperature) = record.temperature {
        named.push(("gen_ai.request.temperature", json!({"doubleValue": temperature})));
    }
    // What the server counted, not what is likely.
    named.extend(record.prompt_tokens.map(|tokens| whole("gen_ai.usage.input_tokens", tokens)));
    named.extend(record.completion_tokens.map(|tokens| whole("gen_ai.usage.output_tokens", tokens)));
    if let Some(reason) = &record.finish_reason {
        named.push(("gen_ai.response.finish_reasons", list([json!({"stringValue": reason})])));
    }
    named.extend(call.attempts.map(|attempts| whole("credence.attempts", attempts.into())));
    if let Some(price) = call_price(&run.spec, record).filter(|_| record.reused.is_none()) {
        let tokens = call_tokens(record);
        let cost = price.cost_micro_usd(tokens.read, tokens.written) as f64 / 1e6;
        named.push(("credence.cost_usd", json!({"doubleValue": cost})));
    }
    let failed = match &record.parse {
        ParseResult::Ok => None,
        ParseResult::Unreadable { problem } => {
            named.push(text("error.type", "unreadable_reply"));
            Some(problem.as_str())
        }
        ParseResult::NoReply { problem } => {
            named.push(text("error.type", "no_reply"));
            Some(problem.as_str())
        }
    };
    if trace.texts {
        named.extend(messages(record));
    }
    // A kept reply took no time: it stands at the run's begin.
    let begin_millis = whole_run.begin_millis;
    let at = call.span.unwrap_or(Span { begin_millis, end_millis: begin_millis });
    let id = &call.digest.to_string()[..16];
    let name = format!("chat {}", record.model);
    span(&ids.trace, id, Some(&ids.run), &name, CLIENT, at, attributes(named), failed)
}

/// Prompt and reply, in the JSON that the conventions lay down.
fn messages(record: &CallRecord) -> [Attribute; 2] {
    let part = |content: &str| json!([{"type": "text", "content": content}]);
    let role = |role| match role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    let asked: Vec<Value> = record
        .prompt
        .iter()
        .map(|said| json!({"role": role(said.role), "parts": part(&said.content)}))
        .collect();
    let reason = record.finish_reason.as_deref().unwrap_or_default();
    let came = json!([{"role": "assistant", "parts": part(&record.reply), "finish_reason": reason}]);
    [
        text("gen_ai.input.messages", &Value::from(asked).to_string()),
        text("gen_ai.output.messages", &came.to_string()),
    ]
}

#[allow(clippy::too_many_arguments, reason = "the fields of a span")]
fn span(
    trace: &str,
    id: &str,
    parent: Option<&str>,
    name: &str,
    kind: u8,
    at: Span,
    attributes: Vec<Value>,
    failed: Option<&str>,
) -> Value {
    let nanos = |millis: u64| (u128::from(millis) * 1_000_000).to_string();
    let mut span = json!({
        "traceId": trace,
        "spanId": id,
        "name": name,
        "kind": kind,
        "startTimeUnixNano": nanos(at.begin_millis),
        "endTimeUnixNano": nanos(at.end_millis),
        "attributes": attributes,
        "status": {},
    });
    if let Some(parent) = parent {
        span["parentSpanId"] = parent.into();
    }
    if let Some(problem) = failed {
        span["status"] = json!({"code": ERROR, "message": problem});
    }
    span
}

fn attributes(named: Vec<Attribute>) -> Vec<Value> {
    named.into_iter().map(|(key, value)| json!({"key": key, "value": value})).collect()
}

fn text(key: &'static str, value: &str) -> Attribute {
    (key, json!({"stringValue": value}))
}

/// OTLP's JSON writes 64-bit integers as text.
fn whole(key: &'static str, value: u64) -> Attribute {
    (key, json!({"intValue": value.to_string()}))
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    json!({"arrayValue": {"values": values.into_iter().collect::<Vec<_>>()}})
}

/// A value of an enum as it stands in files.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}
