//! Every question with what one method said of it, a window at a time, and the way to its runs.

use std::sync::Arc;

use leptos::prelude::*;

use crate::aggregate::moment::leader;
use crate::evaluate::{Method, Record};
use crate::ui::components::{ChoiceField, Turns, Windows};
use crate::ui::desk::{use_desk, use_results};
use crate::ui::format;
use crate::ui::words::evaluate as words;

/// Rows of a window, and how many of them are built in one go.
const WINDOW: usize = 50;
const ROWS: usize = 10;
/// The longest text of a row.
const SHORT: usize = 180;

/// Which questions are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    Wrong,
    Missing,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    place: usize,
    question: String,
    answer: String,
    category: String,
    /// What the method gave the right answer, and whether that was its first choice.
    said: Option<(f64, bool)>,
    /// Why it has no answer.
    failed: Option<String>,
    /// Names of its runs' jobs, or of the files that they lie in.
    runs: Vec<(String, String)>,
}

/// How a record fares with a method.
fn said(record: &Record, method: Option<Method>) -> Option<(f64, bool)> {
    let forecast = record.methods.get(method?.name())?.forecast.as_ref()?;
    Some((*forecast.get(record.answer)?, leader(forecast) == record.answer))
}

/// The list.
#[component]
pub fn Questions() -> impl IntoView {
    let results = use_results();
    let (which, window) = (RwSignal::new(Which::All), RwSignal::new(0_usize));
    let chosen = RwSignal::new(None::<Method>);
    let turns = Turns::for_rows(ROWS, WINDOW);
    let methods = Memo::new(move |_| {
        let plan = results.with(|open| {
            let open = open?;
            let names = open.plan.as_ref().map(|plan| plan.methods());
            names.or_else(|| {
                let record = open.done().next()?;
                Some(
                    Method::ALL
                        .into_iter()
                        .filter(|method| record.methods.contains_key(method.name()))
                        .collect(),
                )
            })
        });
        plan.unwrap_or_default()
    });
    let method = Memo::new(move |_| {
        let methods = methods.get();
        let wanted = chosen.get().or(Some(Method::Panel)).filter(|method| methods.contains(method));
        wanted.or_else(|| methods.first().copied())
    });
    let done = Memo::new(move |_| results.with(|open| open.map_or(0, |open| open.head.done)));
    // The places of the rows that pass.
    let passing = Memo::new(move |_| {
        let (which, method) = (which.get(), method.get());
        // A record that is asked again changes a row and no count.
        results.with(|open| {
            let rows = open.into_iter().flat_map(|open| open.records.iter().enumerate());
            let passes = |record: &Arc<Record>| match which {
                Which::All => true,
                Which::Wrong => said(record, method).is_some_and(|(_, right)| !right),
                Which::Missing => said(record, method).is_none(),
            };
            let there = rows.filter_map(|(place, record)| Some((place, record.as_ref()?)));
            there.filter(|(_, record)| passes(record)).map(|(place, _)| place).collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let most = turns.rows().min(WINDOW);
        let method = method.get();
        passing.with(|places| {
            let here = places.iter().skip(window.get() * WINDOW).take(most);
            results.with(|open| {
                let Some(open) = open else { return Vec::new() };
                here.filter_map(|&place| row(open, place, method)).collect::<Vec<_>>()
            })
        })
    };
    let change = move |change: &dyn Fn()| {
        turns.restart(WINDOW);
        window.set(0);
        change();
    };
    let method_options = Signal::derive(move || {
        methods.get().into_iter().map(|one| words::method(one).to_owned()).collect::<Vec<_>>()
    });
    let method_place = Signal::derive(move || {
        methods.get().iter().position(|known| Some(*known) == method.get()).unwrap_or(0)
    });
    view! {
        <section class="card evaluate-part" aria-labelledby="evaluate-list">
            <h2 id="evaluate-list">{words::EVERY_QUESTION}</h2>
            <div class="field-grid">
                <ChoiceField label=words::METHOD options=method_options chosen=method_place
                    on_choice=move |place: usize| change(&|| chosen.set(methods.get_untracked().get(place).copied()))
                    test_id="evaluate-list-method" />
                <ChoiceField label=words::WHICH
                    options=Signal::derive(|| words::WHICH_CHOICES.map(str::to_owned).to_vec())
                    chosen=Signal::derive(move || which.get() as usize)
                    on_choice=move |place: usize| change(&|| which.set([Which::All, Which::Wrong, Which::Missing][place.min(2)]))
                    test_id="evaluate-list-which" />
            </div>
            <p class="hint" role="status">{move || words::listed(passing.with(Vec::len), done.get())}</p>
            <ol class="evaluate-list">
                <For each=shown key=|row| (row.place, row.said.map(|(p, _)| p.to_bits()), row.runs.len()) let(row)>
                    <QuestionRow row />
                </For>
            </ol>
            <Windows window turns count=Signal::derive(move || passing.with(Vec::len)) size=WINDOW
                name=words::EVERY_QUESTION earlier=words::BEFORE later=words::LATER said=words::window
                reveal="#evaluate-list" later_id="evaluate-later" />
        </section>
    }
}

fn row(open: &crate::ui::desk::Opened, place: usize, method: Option<Method>) -> Option<Row> {
    let record = open.records.get(place)?.as_ref()?;
    let question = open.question(place);
    let answer = question.and_then(|question| question.outcomes.get(question.answer));
    let failed = method.and_then(|method| record.methods.get(method.name())?.failed.clone());
    Some(Row {
        place,
        question: question
            .map_or_else(|| record.id.clone(), |question| format::short(&question.question, SHORT)),
        answer: answer.cloned().unwrap_or_else(|| words::outcome(record.answer)),
        category: record.category.clone(),
        said: said(record, method),
        failed,
        runs: record.runs.iter().map(|(job, file)| (job.clone(), file.file.clone())).collect(),
    })
}

#[component]
fn QuestionRow(row: Row) -> impl IntoView {
    let desk = use_desk();
    let ours =
        use_results().peek(|open| open.and_then(|open| Some((open.id.clone()?, open.head.name.clone()))));
    let place = row.place;
    let verdict = match (row.said, row.failed) {
        (Some((p, true)), _) => words::right(&format::percent(p)),
        (Some((p, false)), _) => words::wrong(&format::percent(p)),
        (None, reason) => words::no_answer(reason.as_deref()),
    };
    let state = match row.said {
        Some((_, true)) => "right",
        Some((_, false)) => "wrong",
        None => "missing",
    };
    let run = move |(job, file): (String, String)| {
        let name = words::job(&job);
        if let Some(evaluation) = ours.clone() {
            let label = words::open_run(name, place + 1);
            view! {
                <button type="button" class="button button-quiet" aria-label=label data-testid="evaluate-open-run"
                    data-job=job.clone() on:click=move |_| desk.open_evaluation_run(evaluation.clone(), place, &job)>{name}</button>
            }
            .into_any()
        } else {
            view! { <code>{file}</code>" " }.into_any()
        }
    };
    view! {
        <li value=(place + 1).to_string() data-testid="evaluate-question" data-place=place.to_string() data-state=state>
            <div class="evaluate-asked">
                <p>{row.question}</p>
                <p class="hint">
                    {words::right_answer(&row.answer)}
                    {(!row.category.is_empty()).then(|| format!(" · {}", row.category))}
                </p>
            </div>
            <p class="evaluate-verdict" class:evaluate-wrong=state == "wrong">{verdict}</p>
            <div class="evaluate-runs">{row.runs.into_iter().map(run).collect_view()}</div>
        </li>
    }
}
