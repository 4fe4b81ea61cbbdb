//! A report as JSON: every figure under a name, for programs. Nothing is rounded; what is not known is absent.

use serde::Serialize;

use super::method::Method;
use super::report::{Category, Comparison, Lean, Report, Row};
use super::statistics::Interval;
use super::tables::findings;

#[derive(Serialize)]
struct Summary<'a> {
    format: &'static str,
    version: u32,
    questions: usize,
    failures: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    detectable: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared: Option<Shared>,
    methods: Vec<MethodRow>,
    leans: Vec<LeanRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'static str>,
    comparisons: Vec<ComparisonRow>,
    categories: Vec<CategoryRow<'a>>,
    findings: Vec<String>,
}

#[derive(Serialize)]
struct Shared {
    rho: f64,
    agents: usize,
    questions: usize,
    worth: f64,
}

#[derive(Serialize)]
struct Ends {
    mean: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct MethodRow {
    method: &'static str,
    answered: usize,
    failed: usize,
    accuracy: Ends,
    brier: Ends,
    log: f64,
    log_clipped: usize,
    ece_width: f64,
    ece_mass: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    auroc: Option<f64>,
    calls: u64,
    tokens: u64,
    cost_usd: f64,
    latency_s: f64,
    reliability: Vec<BinRow>,
}

#[derive(Serialize)]
struct BinRow {
    count: usize,
    mean_forecast: f64,
    frequency: f64,
}

#[derive(Serialize)]
struct ComparisonRow {
    method: &'static str,
    questions: usize,
    accuracy_gain: Ends,
    brier_gain: Ends,
    only_method_right: u64,
    only_baseline_right: u64,
    mcnemar_p: f64,
    holm_p: f64,
    shown: bool,
}

#[derive(Serialize)]
struct LeanRow {
    method: &'static str,
    outcome: usize,
    chosen: usize,
    answered: usize,
    right: usize,
}

#[derive(Serialize)]
struct CategoryRow<'a> {
    name: &'a str,
    questions: usize,
    accuracy: std::collections::BTreeMap<&'static str, f64>,
}

impl From<Interval> for Ends {
    fn from(Interval { mean, low, high }: Interval) -> Self {
        Self { mean, low, high }
    }
}

/// The report as JSON.
pub fn json(report: &Report) -> String {
    let summary = Summary {
        format: "credence-evaluation-summary",
        version: 1,
        questions: report.questions,
        failures: report.failures,
        detectable: report.detectable,
        shared: report.rho.map(|shared| Shared {
            rho: shared.rho,
            agents: shared.agents,
            questions: shared.questions,
            worth: shared.worth(),
        }),
        methods: report.rows.iter().map(method).collect(),
        leans: report.leans.iter().map(lean).collect(),
        against: report.against.map(Method::name),
        comparisons: report.comparisons.iter().map(comparison).collect(),
        categories: report.categories.iter().map(category).collect(),
        findings: findings(report),
    };
    // Plain data with text keys: writing it cannot fail.
    let value = serde_json::to_value(&summary).unwrap_or_default();
    format!("{value:#}\n")
}

fn method(row: &Row) -> MethodRow {
    MethodRow {
        method: row.method.name(),
        answered: row.answered,
        failed: row.failed,
        accuracy: row.accuracy.into(),
        brier: row.brier.into(),
        log: row.log,
        log_clipped: row.clipped,
        ece_width: row.ece_width,
        ece_mass: row.ece_mass,
        auroc: row.auroc,
        calls: row.effort.calls,
        tokens: row.effort.tokens,
        cost_usd: row.effort.cost_micro_usd as f64 / 1e6,
        latency_s: row.effort.latency_millis as f64 / 1e3,
        reliability: row
            .bins
            .iter()
            .filter(|bin| bin.count > 0)
            .map(|bin| BinRow {
                count: bin.count,
                mean_forecast: bin.mean_forecast,
                frequency: bin.frequency,
            })
            .collect(),
    }
}

fn comparison(one: &Comparison) -> ComparisonRow {
    ComparisonRow {
        method: one.method.name(),
        questions: one.questions,
        accuracy_gain: one.accuracy.into(),
        brier_gain: one.brier.into(),
        only_method_right: one.discordance.only_first,
        only_baseline_right: one.discordance.only_second,
        mcnemar_p: one.p,
        holm_p: one.p_holm,
        shown: one.is_shown,
    }
}

fn lean(&Lean { method, outcome, chosen, answered, right }: &Lean) -> LeanRow {
    LeanRow { method: method.name(), outcome, chosen, answered, right }
}

fn category(category: &Category) -> CategoryRow<'_> {
    CategoryRow {
        name: &category.name,
        questions: category.questions,
        accuracy: category.accuracy.iter().map(|(method, accuracy)| (method.name(), *accuracy)).collect(),
    }
}
