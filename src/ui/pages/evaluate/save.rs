//! What can be taken away: a line a question as the native program writes it, and tables for programs and for people.

use std::sync::Arc;

use leptos::prelude::*;

use crate::evaluate::{Record, Report, summary, tables};
use crate::ui::desk::{Desk, Opened, ResultSlot, use_desk, use_results};
use crate::ui::words::{evaluate as words, share};
use crate::web;

/// A file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    Lines,
    Tidy,
    Summary,
    Json,
    Markdown,
    Latex,
    Questions,
    Panel,
}

impl File {
    const RESULTS: [Self; 6] =
        [Self::Tidy, Self::Summary, Self::Json, Self::Markdown, Self::Latex, Self::Lines];
    /// What the native program needs to do the same.
    const SET_UP: [Self; 2] = [Self::Questions, Self::Panel];

    /// The names that the native program gives them, and their types.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Lines => ("results.jsonl", "application/jsonl"),
            Self::Tidy => ("results.csv", "text/csv"),
            Self::Summary => ("summary.csv", "text/csv"),
            Self::Json => ("summary.json", "application/json"),
            Self::Markdown => ("summary.md", "text/markdown"),
            Self::Latex => ("summary.tex", "application/x-tex"),
            Self::Questions => ("questions.jsonl", "application/jsonl"),
            Self::Panel => ("panel.json", "application/json"),
        }
    }

    /// Whether it can be made of what there is: a link has no effort of each question, and perhaps no answer.
    fn is_there(self, open: &Opened) -> bool {
        match self {
            Self::Lines => open.received.is_none(),
            Self::Tidy => !open.records.is_empty(),
            _ => true,
        }
    }

    fn needs_intervals(self) -> bool {
        !matches!(self, Self::Lines | Self::Tidy | Self::Questions | Self::Panel)
    }
}

/// A button a file; those with intervals wait until they are drawn.
#[component]
pub fn Downloads() -> impl IntoView {
    let desk = use_desk();
    let results = use_results();
    let report = results.report;
    let whole = Memo::new(move |_| report.get().is_some_and(|reported| reported.is_whole));
    let any = Memo::new(move |_| results.with(|open| open.is_some_and(|open| open.head.done > 0)));
    let command = Memo::new(move |_| {
        results.with(|open| open.and_then(|open| open.plan.as_ref()).map(|plan| plan.command()))
    });
    let button = move |file: File| {
        let (name, _) = file.name();
        view! {
            <button type="button" class="button" data-testid=format!("evaluate-save-{name}")
                disabled=move || file.needs_intervals() && !whole.get() on:click=move |_| save(desk, results, file)>
                {name}
            </button>
        }
    };
    let there: Vec<File> = results.peek(|open| {
        open.map_or_else(Vec::new, |open| {
            File::RESULTS.into_iter().filter(|file| file.is_there(open)).collect()
        })
    });
    let there = StoredValue::new(there);
    view! {
        <Show when=move || any.get()>
            <section class="card evaluate-part" aria-labelledby="evaluate-save">
                <h2 id="evaluate-save">{words::SAVE}</h2>
                <p class="hint">{words::SAVE_WHAT}</p>
                <div class="evaluate-ways">{there.get_value().into_iter().map(button).collect_view()}</div>
                {move || command.get().map(|command| view! {
                    <p class="hint">{words::HEADLESS}</p>
                    <div class="evaluate-ways">{File::SET_UP.into_iter().map(button).collect_view()}</div>
                    <pre class="evaluate-command" tabindex="0" data-testid="evaluate-command">{command}</pre>
                })}
            </section>
        </Show>
    }
}

fn save(desk: Desk, results: ResultSlot, file: File) {
    let records: Vec<Arc<Record>> =
        results.peek(|open| open.map(|open| open.done().cloned().collect()).unwrap_or_default());
    let plan = results.peek(|open| open.and_then(|open| open.plan.clone()));
    let received = results.peek(|open| open.is_some_and(|open| open.received.is_some()));
    let report = results.report.get_untracked().map(|reported| reported.report);
    web::spawn(async move {
        let made = match (file, report) {
            (File::Lines, _) => Ok(lines(&records).await),
            (File::Tidy, _) => tidy(&records, !received).await,
            (File::Questions, _) => Ok(plan.map(|plan| plan.question_lines()).unwrap_or_default()),
            (File::Panel, _) => Ok(plan.map(|plan| plan.panel_text()).unwrap_or_default()),
            (_, None) => return,
            (file, Some(report)) => of_report(file, &report),
        };
        let (name, media_type) = file.name();
        if let Err(problem) = made.and_then(|text| web::save::save_text(name, media_type, &text)) {
            desk.fail(share::SAVE_FAILED, problem, share::SAVE_NEXT);
        }
    });
}

fn of_report(file: File, report: &Report) -> Result<String, String> {
    match file {
        File::Summary => tables::summary_csv(report).map_err(|error| error.to_string()),
        File::Json => Ok(summary::json(report)),
        File::Latex => Ok(tables::latex(report)),
        _ => Ok(tables::markdown(report)),
    }
}

async fn lines(records: &[Arc<Record>]) -> String {
    let mut text = String::new();
    let mut left = records.iter();
    let line = || {
        let Some(record) = left.next() else { return Some(()) };
        // Records are plain data with text keys: writing one cannot fail.
        text.push_str(&serde_json::to_string(&**record).unwrap_or_default());
        text.push('\n');
        None
    };
    web::in_slices(line, || true).await;
    text
}

async fn tidy(records: &[Arc<Record>], efforts: bool) -> Result<String, String> {
    let mut table = tables::Tidy::new(efforts).map_err(|error| error.to_string())?;
    let mut left = records.iter();
    let mut failed = None;
    let rows = || {
        let Some(record) = left.next() else { return Some(()) };
        match table.add(record) {
            Ok(()) => None,
            Err(error) => {
                failed = Some(error.to_string());
                Some(())
            }
        }
    };
    web::in_slices(rows, || true).await;
    match failed {
        Some(problem) => Err(problem),
        None => table.finish().map_err(|error| error.to_string()),
    }
}
