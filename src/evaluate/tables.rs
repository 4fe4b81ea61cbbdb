//! The tables of a report: tidy CSV that pandas and R read without arguments, Markdown and LaTeX for people. Numbers in
//! CSV are whole; in the other two they are rounded as a reader wants them.

use super::method::Method;
use super::record::{Answered, Record};
use super::report::{Comparison, Lean, Report, Row};
use super::statistics::Interval;
use crate::aggregate::scores::{brier_of, log_of};

const HEADINGS: [&str; 11] =
    ["method", "n", "failed", "accuracy", "Brier", "log", "ECE", "AUROC", "calls", "tokens", "cost"];

const TIDY: [&str; 15] = [
    "id",
    "category",
    "method",
    "outcomes",
    "answer",
    "p_answer",
    "chosen",
    "right",
    "brier",
    "log",
    "calls",
    "tokens",
    "cost_usd",
    "latency_s",
    "failed",
];

/// One row a question and method: the table that everything else can be computed from.
///
/// # Errors
/// None that a writer into memory has.
pub fn tidy_csv(records: &[Record]) -> Result<String, csv::Error> {
    let mut table = Tidy::new(true)?;
    records.iter().try_for_each(|record| table.add(record))?;
    table.finish()
}

/// The same table while it is written, so that a page can breathe in between.
pub struct Tidy {
    writer: csv::Writer<Vec<u8>>,
    efforts: bool,
}

impl Tidy {
    /// A table with its header. Without `efforts` it is left open what a method took on each question: records that came
    /// in a link do not say.
    ///
    /// # Errors
    /// None that a writer into memory has; so it is with the others.
    pub fn new(efforts: bool) -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(TIDY)?;
        Ok(Self { writer, efforts })
    }

    /// Adds the rows of a record.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn add(&mut self, record: &Record) -> Result<(), csv::Error> {
        for method in Method::ALL {
            if let Some(answered) = record.methods.get(method.name()) {
                self.writer.write_record(tidy_row(record, method, answered, self.efforts))?;
            }
        }
        Ok(())
    }

    /// The text.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn finish(self) -> Result<String, csv::Error> {
        text(self.writer)
    }
}

fn tidy_row(record: &Record, method: Method, answered: &Answered, efforts: bool) -> Vec<String> {
    let took = |value: String| if efforts { value } else { String::new() };
    let forecast = answered.forecast.as_deref();
    let of = |value: &dyn Fn(&[f64]) -> String| forecast.map(value).unwrap_or_default();
    let chosen = |forecast: &[f64]| crate::aggregate::moment::leader(forecast);
    vec![
        record.id.clone(),
        record.category.clone(),
        method.name().to_owned(),
        record.outcomes.to_string(),
        record.answer.to_string(),
        of(&|forecast| forecast.get(record.answer).map(ToString::to_string).unwrap_or_default()),
        of(&|forecast| chosen(forecast).to_string()),
        of(&|forecast| u8::from(chosen(forecast) == record.answer).to_string()),
        of(&|forecast| (brier_of(forecast, record.answer) / 2.0).to_string()),
        of(&|forecast| log_of(forecast, record.answer).0.to_string()),
        took(answered.effort.calls.to_string()),
        took(answered.effort.tokens.to_string()),
        took((answered.effort.cost_micro_usd as f64 / 1e6).to_string()),
        took((answered.effort.latency_millis as f64 / 1e3).to_string()),
        answered.failed.clone().unwrap_or_default(),
    ]
}

/// One row a method.
///
/// # Errors
/// None that a writer into memory has.
pub fn summary_csv(report: &Report) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "method",
        "answered",
        "failed",
        "accuracy",
        "accuracy_low",
        "accuracy_high",
        "brier",
        "brier_low",
        "brier_high",
        "log",
        "log_clipped",
        "ece_width",
        "ece_mass",
        "auroc",
        "calls",
        "tokens",
        "cost_usd",
        "latency_s",
        "against",
        "accuracy_gain",
        "accuracy_gain_low",
        "accuracy_gain_high",
        "brier_gain",
        "brier_gain_low",
        "brier_gain_high",
        "only_method_right",
        "only_baseline_right",
        "mcnemar_p",
        "holm_p",
        "shown",
    ])?;
    for row in &report.rows {
        let comparison = report.comparisons.iter().find(|one| one.method == row.method);
        let against = report.against.filter(|_| comparison.is_some()).map_or("", Method::name);
        let mut values = summary_row(row);
        values.push(against.to_owned());
        values.extend(comparison.map_or_else(|| vec![String::new(); 11], comparison_values));
        writer.write_record(values)?;
    }
    text(writer)
}

fn summary_row(row: &Row) -> Vec<String> {
    let three =
        |interval: Interval| [interval.mean, interval.low, interval.high].map(|value| value.to_string());
    let mut values = vec![row.method.name().to_owned(), row.answered.to_string(), row.failed.to_string()];
    values.extend(three(row.accuracy));
    values.extend(three(row.brier));
    values.extend([
        row.log.to_string(),
        row.clipped.to_string(),
        row.ece_width.to_string(),
        row.ece_mass.to_string(),
    ]);
    values.push(row.auroc.map(|auroc| auroc.to_string()).unwrap_or_default());
    values.extend([row.effort.calls.to_string(), row.effort.tokens.to_string()]);
    values.extend(
        [row.effort.cost_micro_usd as f64 / 1e6, row.effort.latency_millis as f64 / 1e3]
            .map(|v| v.to_string()),
    );
    values
}

fn comparison_values(one: &Comparison) -> Vec<String> {
    let gains = [one.accuracy, one.brier].into_iter().flat_map(|gain| [gain.mean, gain.low, gain.high]);
    let mut values: Vec<String> = gains.map(|value| value.to_string()).collect();
    values.extend([one.discordance.only_first.to_string(), one.discordance.only_second.to_string()]);
    values.extend([one.p.to_string(), one.p_holm.to_string(), u8::from(one.is_shown).to_string()]);
    values
}

fn text(writer: csv::Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The tables and what they show, for people.
pub fn markdown(report: &Report) -> String {
    let mut lines =
        vec![format!("| {} |", HEADINGS.join(" | ")), format!("|---|{}", "--:|".repeat(HEADINGS.len() - 1))];
    lines.extend(report.rows.iter().map(|row| format!("| {} |", cells(row, "–").join(" | "))));
    if let Some(against) = report.against.filter(|_| !report.comparisons.is_empty()) {
        lines.extend([
            String::new(),
            format!("Against {}, on the questions that both answered:", against.name()),
            String::new(),
        ]);
        lines.push(
            "| method | n | accuracy | Brier, lower by | right alone | McNemar p | Holm p | shown |"
                .to_owned(),
        );
        lines.push("|---|--:|--:|--:|--:|--:|--:|---|".to_owned());
        lines.extend(
            report.comparisons.iter().map(|one| format!("| {} |", comparison_cells(one).join(" | "))),
        );
    }
    if !report.categories.is_empty() {
        lines.extend(category_lines(report));
    }
    lines.push(String::new());
    lines.extend(findings(report));
    lines.join("\n") + "\n"
}

fn category_lines(report: &Report) -> Vec<String> {
    let methods: Vec<Method> = report.rows.iter().map(|row| row.method).collect();
    let names: Vec<&str> = methods.iter().map(|method| method.name()).collect();
    let mut lines = vec![String::new(), "Accuracy by category:".to_owned(), String::new()];
    lines.push(format!("| category | n | {} |", names.join(" | ")));
    lines.push(format!("|---|--:|{}", "--:|".repeat(methods.len())));
    for category in &report.categories {
        let value = |method: &Method| {
            let found = category.accuracy.iter().find(|(other, _)| other == method);
            found.map_or("–".to_owned(), |(_, accuracy)| format!("{accuracy:.3}"))
        };
        let values: Vec<String> = methods.iter().map(value).collect();
        lines.push(format!(
            "| {} | {} | {} |",
            category.name.replace('|', "\\|"),
            category.questions,
            values.join(" | ")
        ));
    }
    lines
}

/// The first table, for a paper.
pub fn latex(report: &Report) -> String {
    let mut lines = vec![
        format!("\\begin{{tabular}}{{l{}}}", "r".repeat(HEADINGS.len() - 1)),
        "\\hline".to_owned(),
        format!("{} \\\\", HEADINGS.join(" & ")),
        "\\hline".to_owned(),
    ];
    lines.extend(
        report.rows.iter().map(|row| format!("{} \\\\", cells(row, "--").join(" & ").replace('$', "\\$"))),
    );
    lines.extend(["\\hline".to_owned(), "\\end{tabular}".to_owned()]);
    lines.extend(findings(report).iter().map(|line| format!("% {line}")));
    lines.join("\n") + "\n"
}

/// A row's cells; `dash` stands between the ends of an interval and where there is nothing.
fn cells(row: &Row, dash: &str) -> Vec<String> {
    let with_ends =
        |interval: Interval| format!("{:.3} ({:.3}{dash}{:.3})", interval.mean, interval.low, interval.high);
    vec![
        row.method.name().to_owned(),
        row.answered.to_string(),
        row.failed.to_string(),
        with_ends(row.accuracy),
        with_ends(row.brier),
        format!("{:.3}", row.log),
        format!("{:.3}", row.ece_width),
        row.auroc.map_or(dash.to_owned(), |auroc| format!("{auroc:.3}")),
        row.effort.calls.to_string(),
        row.effort.tokens.to_string(),
        format!("${:.4}", row.effort.cost_micro_usd as f64 / 1e6),
    ]
}

fn comparison_cells(one: &Comparison) -> Vec<String> {
    let gain = |gain: Interval| format!("{:+.3} ({:+.3} to {:+.3})", gain.mean, gain.low, gain.high);
    vec![
        one.method.name().to_owned(),
        one.questions.to_string(),
        gain(one.accuracy),
        gain(one.brier),
        format!("{} : {}", one.discordance.only_first, one.discordance.only_second),
        format!("{:.4}", one.p),
        format!("{:.4}", one.p_holm),
        if one.is_shown { "yes" } else { "no" }.to_owned(),
    ]
}

/// What it shows and what it cannot, a sentence a line.
pub fn findings(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(points) = report.detectable {
        lines.push(format!(
            "This set of {} questions can show differences of about {:.0} points of accuracy (80 % power, 95 % level).",
            report.questions,
            points * 100.0
        ));
    }
    if let Some(shared) = report.rho {
        lines.push(format!(
            "The agents' first answers correlate at ρ̂ = {:.2} given the answer ({} questions): {} agents know about as much as \
             {:.1} that have nothing in common.",
            shared.rho,
            shared.questions,
            shared.agents,
            shared.worth()
        ));
    }
    if let Some((Lean { method, outcome, chosen, answered, right }, others)) = report.leans.split_first() {
        let others: Vec<&str> = others.iter().map(|lean| lean.method.name()).collect();
        let others = if others.is_empty() { String::new() } else { format!(" So do {}.", others.join(", ")) };
        lines.push(format!(
            "{} chose outcome {} on {chosen} of {answered} questions; it is right on {right}. Nearly always the same \
             answer, whatever was asked: its accuracy is the balance of this set rather than knowledge.{others}",
            method.name(),
            outcome + 1,
        ));
    }
    let Some(against) = report.against.filter(|_| !report.comparisons.is_empty()) else { return lines };
    let named = |better: bool| {
        let found =
            report.comparisons.iter().filter(|one| one.is_shown && (one.accuracy.mean > 0.0) == better);
        found.map(|one| one.method.name()).collect::<Vec<_>>().join(", ")
    };
    let (better, worse) = (named(true), named(false));
    if report.questions < super::report::FEWEST_FOR_A_WINNER {
        lines.push("That is too few to name a winner.".to_owned());
    } else if better.is_empty() && worse.is_empty() {
        lines.push(format!(
            "No method differs from {} in accuracy by more than noise explains.",
            against.name()
        ));
    }
    if !better.is_empty() {
        lines.push(format!("More accurate than {}, after Holm's correction: {better}.", against.name()));
    }
    if !worse.is_empty() {
        lines.push(format!("Less accurate than {}, after Holm's correction: {worse}.", against.name()));
    }
    if report.failures > 0 {
        lines.push(format!(
            "Agents failed to answer {} times; their questions are scored without them.",
            report.failures
        ));
    }
    lines
}
