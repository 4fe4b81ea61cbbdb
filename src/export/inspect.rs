//! An evaluation as a log of Inspect (`inspect_ai`): one log, a sample a question, a scorer a method. So `inspect view`
//! shows the methods of a question side by side, as they were compared. Each run is a span of the sample's transcript,
//! with its calls as model events. Inspect reads a log's head up to `samples`, so those come last.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::recorded::{Recorded, Span};
use super::time::iso;
use super::transcript::{Usage, events, used};
use crate::aggregate::moment::leader;
use crate::aggregate::scores::{brier_of, log_of};
use crate::audit::digest_of;
use crate::evaluate::report::Row;
use crate::evaluate::{Answered, Manifest, Method, Record, Report};
use crate::market::math::sqrt;

/// The version of Inspect's logs that this is.
const LOG_VERSION: u32 = 2;
/// Digits of a digest that make an id.
pub(super) const ID_DIGITS: usize = 22;

/// What a log says at its head.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The evaluation's name.
    pub task: &'a str,
    /// What it is.
    pub manifest: &'a Manifest,
    /// What came out.
    pub report: &'a Report,
    /// When it was made, in milliseconds since 1970, for logs without any time.
    pub written_millis: u64,
    /// This program's version.
    pub version: &'a str,
}

/// A question as a sample, and what the head must know of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its JSON.
    pub text: String,
    id: String,
    span: Option<Span>,
    usage: BTreeMap<String, Usage>,
}

/// A short id that follows from what it names.
fn id_of<T: serde::Serialize>(value: &T) -> String {
    digest_of(value).map_or_else(|_| String::new(), |digest| digest.to_string()[..ID_DIGITS].to_owned())
}

/// The log up to its samples. Between two of those stands a comma.
pub fn opening(about: About, samples: &[Sample]) -> String {
    let spans = || samples.iter().filter_map(|sample| sample.span);
    let written = about.written_millis;
    let begin = iso(spans().map(|span| span.begin_millis).min().unwrap_or(written));
    let end = iso(spans().map(|span| span.end_millis).max().unwrap_or(written));
    let mut usage: BTreeMap<&str, Usage> = BTreeMap::new();
    for (model, used) in samples.iter().flat_map(|sample| &sample.usage) {
        usage.entry(model).or_default().add(*used);
    }
    let models: Vec<&str> = usage.keys().copied().collect();
    let model = if models.is_empty() { "none/simulated".to_owned() } else { models.join(", ") };
    let is_whole = samples.len() >= about.manifest.count;
    let usage: BTreeMap<&str, Value> = usage.iter().map(|(model, used)| (*model, used.json())).collect();
    let plan = json!({"name": "plan", "steps": [{"solver": "credence", "params": {"methods": about.manifest.methods}}], "config": {}});
    let stats = json!({"started_at": begin, "completed_at": end, "model_usage": usage, "role_usage": {}});
    format!(
        "{{\"version\":{LOG_VERSION},\"status\":\"{}\",\"eval\":{},\"plan\":{plan},\"results\":{},\"stats\":{stats},\"samples\":[",
        if is_whole { "success" } else { "cancelled" },
        spec(about, samples, &begin, &model),
        results(about, samples),
    )
}

/// The end of the log.
pub fn closing() -> &'static str {
    "]}\n"
}

fn spec(about: About, samples: &[Sample], created: &str, model: &str) -> Value {
    let manifest = about.manifest;
    let id = id_of(manifest);
    let against = about.report.against.map(Method::name);
    let scorers = about.report.rows.iter().map(|row| json!({"name": row.method.name(), "options": {}}));
    json!({
        "eval_id": id,
        "run_id": id,
        "created": created,
        "task": about.task,
        "task_id": id,
        "task_version": 0,
        "task_attribs": {},
        "task_args": {"seed": manifest.seed, "methods": manifest.methods},
        "dataset": {
            "name": about.task,
            "samples": manifest.count,
            "sample_ids": samples.iter().map(|sample| sample.id.as_str()).collect::<Vec<_>>(),
            "shuffled": false,
        },
        "model": model,
        "model_args": {},
        "config": {"epochs": 1},
        "packages": {"credence": about.version},
        "scorers": scorers.collect::<Vec<_>>(),
        "metadata": {
            "panel_digest": manifest.panel,
            "questions_digest": manifest.questions,
            "against": against,
            "findings": crate::evaluate::tables::findings(about.report),
        },
    })
}

fn results(about: About, samples: &[Sample]) -> Value {
    let panel = about.report.rows.iter().find(|row| row.method == Method::Panel);
    let first = panel.or_else(|| about.report.rows.first()).map(|row| row.method.name());
    json!({
        "total_samples": about.manifest.count,
        "completed_samples": samples.len(),
        "scores": about.report.rows.iter().map(|row| score_of(row, about.report)).collect::<Vec<_>>(),
        "headline": first.map(|name| json!({"scorer": name, "metric": "accuracy"})),
    })
}

/// A method's scores over all questions, by the names that Inspect's own metrics have where they are the same.
fn score_of(row: &Row, report: &Report) -> Value {
    let name = row.method.name();
    let mut metrics = serde_json::Map::new();
    let mut add = |metric: &str, value: Option<f64>| {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            metrics.insert(metric.to_owned(), json!({"name": metric, "value": value, "params": {}}));
        }
    };
    add("accuracy", Some(row.accuracy.mean));
    add("stderr", standard_error(row));
    for (metric, value) in [
        ("accuracy_low", row.accuracy.low),
        ("accuracy_high", row.accuracy.high),
        ("brier", row.brier.mean),
        ("log_score", row.log),
        ("ece", row.ece_width),
    ] {
        add(metric, Some(value));
    }
    add("auroc", row.auroc);
    add("calls", Some(row.effort.calls as f64));
    add("tokens", Some(row.effort.tokens as f64));
    add("cost_usd", Some(row.effort.cost_micro_usd as f64 / 1e6));
    let compared = report.comparisons.iter().find(|one| one.method == row.method);
    if let Some(one) = compared {
        add("accuracy_gain", Some(one.accuracy.mean));
        add("mcnemar_p", Some(one.p));
        add("holm_p", Some(one.p_holm));
    }
    json!({
        "name": name,
        "scorer": name,
        "scored_samples": row.answered,
        "unscored_samples": row.failed,
        "params": {},
        "metrics": metrics,
    })
}

/// Of a share, as Inspect's `stderr` has it: √(p(1 − p)/(n − 1)).
fn standard_error(row: &Row) -> Option<f64> {
    let p = row.accuracy.mean;
    (row.answered > 1).then(|| sqrt((p * (1.0 - p)).max(0.0) / (row.answered as f64 - 1.0)))
}

/// A question with its runs, by job; without `calls` the transcript stays out.
pub fn sample(record: &Record, runs: &[(&str, Recorded)], calls: bool) -> Sample {
    let spec = runs.first().map(|(_, run)| &run.spec);
    let name = |outcome: usize| {
        let named = spec.and_then(|spec| spec.outcomes.get(outcome).cloned());
        named.unwrap_or_else(|| format!("outcome {}", outcome + 1))
    };
    let names: Vec<String> = (0..record.outcomes).map(name).collect();
    let input = spec.map_or_else(|| record.id.clone(), |spec| spec.question.clone());
    let mut usage: BTreeMap<String, Usage> = BTreeMap::new();
    for (run, call) in runs.iter().flat_map(|(_, run)| run.calls().into_iter().map(move |call| (run, call))) {
        usage.entry(call.record.model.clone()).or_default().add(used(run, call.record));
    }
    let span = runs.iter().filter_map(|(_, run)| run.span()).reduce(|one, other| Span {
        begin_millis: one.begin_millis.min(other.begin_millis),
        end_millis: one.end_millis.max(other.end_millis),
    });
    let main = [Method::Panel.name()].into_iter().chain(record.methods.keys().map(String::as_str));
    let main = main
        .filter_map(|name| record.methods.get(name))
        .find_map(|answered| answered.forecast.as_deref())
        .map_or_else(|| "No method has an answer".to_owned(), |forecast| said(&names, forecast));
    let answer = json!({"role": "assistant", "content": main, "source": "generate"});
    let scores: BTreeMap<&String, Value> =
        record.methods.iter().map(|(method, answered)| (method, score(record, answered, &names))).collect();
    let transcript = if calls { events(runs, span.map_or(0, |span| span.begin_millis)) } else { Vec::new() };
    let used: BTreeMap<&String, Value> = usage.iter().map(|(model, used)| (model, used.json())).collect();
    let seconds = span.map(|span| (span.end_millis - span.begin_millis) as f64 / 1e3);
    let sample = json!({
        "id": record.id,
        "epoch": 1,
        "input": input,
        "choices": names,
        "target": names.get(record.answer),
        "messages": [{"role": "user", "content": input, "source": "input"}, answer],
        "output": {
            "model": usage.keys().next().map_or("none/simulated", String::as_str),
            "choices": [{"message": answer, "stop_reason": "stop"}],
            "completion": main,
        },
        "scores": scores,
        "metadata": metadata(record, spec),
        "store": {},
        "events": transcript,
        "model_usage": used,
        "started_at": span.map(|span| iso(span.begin_millis)),
        "completed_at": span.map(|span| iso(span.end_millis)),
        "total_time": seconds,
        "working_time": seconds,
        "uuid": id_of(&(&record.id, &record.runs)),
    });
    Sample { text: without_nulls(sample).to_string(), id: record.id.clone(), span, usage }
}

/// Absent is absent: what a version of Inspect does not expect to be null is not.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

fn metadata(record: &Record, spec: Option<&crate::run::RunSpec>) -> Value {
    let text = |text: Option<&String>| text.filter(|text| !text.is_empty()).cloned();
    let agents = spec.map(|spec| spec.agents.iter().map(|agent| agent.name.as_str()).collect::<Vec<_>>());
    json!({
        "category": text(Some(&record.category)),
        "background": text(spec.map(|spec| &spec.background)),
        "criterion": text(spec.map(|spec| &spec.criterion)),
        "agents": agents,
        "first_beliefs": record.beliefs.iter().map(|belief| json!({"belief": belief})).collect::<Vec<_>>(),
        "runs": record.runs,
        "failures": record.failures,
    })
}

/// A method's answer to one question: right, wrong, undecided between outcomes, or none.
fn score(record: &Record, answered: &Answered, names: &[String]) -> Value {
    let effort = answered.effort;
    let took = json!({
        "calls": effort.calls,
        "tokens": effort.tokens,
        "cost_usd": effort.cost_micro_usd as f64 / 1e6,
        "latency_s": effort.latency_millis as f64 / 1e3,
    });
    let Some(forecast) = answered.forecast.as_deref() else {
        let reason = answered.failed.as_deref().unwrap_or_default();
        return json!({"value": "N", "explanation": reason, "metadata": took});
    };
    let chosen = leader(forecast);
    let most = forecast.get(chosen).copied().unwrap_or_default();
    let leaders = forecast.iter().filter(|&&p| p >= most).count();
    let is_in_front = forecast.get(record.answer).is_some_and(|&p| p >= most);
    let value = match (is_in_front, leaders) {
        (false, _) => "I",
        (true, 1) => "C",
        (true, _) => "P",
    };
    let mut details = took;
    details["forecast"] = json!(forecast);
    details["credit"] = json!(if is_in_front { 1.0 / leaders as f64 } else { 0.0 });
    details["brier"] = json!(brier_of(forecast, record.answer) / 2.0);
    details["log_score"] = json!(log_of(forecast, record.answer).0);
    json!({"value": value, "answer": names.get(chosen), "explanation": said(names, forecast), "metadata": details})
}

fn said(names: &[String], forecast: &[f64]) -> String {
    let each = names.iter().zip(forecast).map(|(name, p)| format!("{name} {:.1} %", p * 100.0));
    each.collect::<Vec<_>>().join(" · ")
}
