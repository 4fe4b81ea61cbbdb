//! The tables of a report: scores of each method, differences with their tests, accuracy by category.

use leptos::prelude::*;

use crate::evaluate::Method;
use crate::evaluate::report::{Category, Comparison, Row};
use crate::evaluate::statistics::Interval;
use crate::ui::components::ChoiceField;
use crate::ui::desk::use_results;
use crate::ui::format;
use crate::ui::words::evaluate as words;

/// Categories that are listed at first.
const LISTED: usize = 25;

/// A mean with the ends of its interval, once it is drawn.
fn figure(interval: Interval) -> impl IntoView + use<> {
    let ends = interval.is_drawn().then(|| {
        view! { " "<small>{words::ends(&format::three(interval.low), &format::three(interval.high))}</small> }
    });
    view! { {format::three(interval.mean)}{ends} }
}

/// A difference with its sign.
pub(super) fn gain(interval: Interval) -> impl IntoView + use<> {
    let ends = interval.is_drawn().then(|| {
        view! { " "<small>{words::ends(&signed(interval.low), &signed(interval.high))}</small> }
    });
    view! { {signed(interval.mean)}{ends} }
}

fn signed(number: f64) -> String {
    let sign = if number < 0.0 { "−" } else { "+" };
    format!("{sign}{}", format::three(number.abs()))
}

/// One row a method.
#[component]
pub fn Scores() -> impl IntoView {
    let report = use_results().report;
    let rows =
        Memo::new(move |_| report.get().map(|reported| reported.report.rows.clone()).unwrap_or_default());
    view! {
        <p class="hint">{words::SCORES_WHAT}</p>
        <div class="scroll" role="region" aria-label=words::SCORES tabindex="0">
            <table class="plain-table evaluate-table" data-testid="evaluate-scores">
                <thead><tr>
                    <th scope="col">{words::METHOD}</th>
                    {words::SCORE_COLUMNS.map(|name| view! { <th scope="col" class="number">{name}</th> })}
                </tr></thead>
                <tbody>{move || rows.get().into_iter().map(score_row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn score_row(row: Row) -> impl IntoView {
    let questions = (row.answered + row.failed).max(1) as u64;
    view! {
        <tr data-testid="evaluate-score" data-method=row.method.name() data-accuracy=format::exact(row.accuracy.mean)
            data-brier=format::exact(row.brier.mean) data-answered=row.answered.to_string()
            data-failed=row.failed.to_string() data-calls=row.effort.calls.to_string()>
            <th scope="row">{words::method(row.method)}</th>
            <td class="number">{format::count(row.answered as u64)}</td>
            <td class="number">{format::count(row.failed as u64)}</td>
            <td class="number">{figure(row.accuracy)}</td>
            <td class="number">{figure(row.brier)}</td>
            <td class="number">{format::three(row.log)}</td>
            <td class="number">{format::three(row.ece_width)}</td>
            <td class="number">{row.auroc.map_or_else(|| "–".to_owned(), format::three)}</td>
            <td class="number">{format::count(row.effort.calls)}</td>
            <td class="number">{format::count(row.effort.tokens)}</td>
            <td class="number">{format::dollars(row.effort.cost_micro_usd)}</td>
            <td class="number">{words::seconds(row.effort.latency_millis / questions)}</td>
        </tr>
    }
}

/// Which method the others are compared with.
#[component]
pub fn Against() -> impl IntoView {
    let results = use_results();
    let methods = Memo::new(move |_| {
        let rows = results.report.get().map(|reported| reported.report.rows.clone()).unwrap_or_default();
        rows.iter().map(|row| row.method).collect::<Vec<Method>>()
    });
    let against = Memo::new(move |_| results.report.get().and_then(|reported| reported.report.against));
    let options = Signal::derive(move || {
        methods.get().into_iter().map(|one| words::method(one).to_owned()).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        methods.get().iter().position(|method| Some(*method) == against.get()).unwrap_or(0)
    });
    let choose = move |place: usize| {
        results.compare_with(methods.get_untracked().get(place).copied());
    };
    // Without the answers nothing can be worked out again.
    let can_choose = Memo::new(move |_| results.has_answers());
    view! {
        <Show when=move || can_choose.get()>
            <div class="field-grid">
                <ChoiceField label=words::AGAINST hint=words::AGAINST_WHAT options chosen on_choice=choose
                    test_id="evaluate-against" />
            </div>
        </Show>
    }
}

/// Each method against the baseline.
#[component]
pub fn Comparisons() -> impl IntoView {
    let report = use_results().report;
    let comparisons = Memo::new(move |_| {
        report.get().map(|reported| reported.report.comparisons.clone()).unwrap_or_default()
    });
    let row = |one: Comparison| {
        view! {
            <tr data-testid="evaluate-comparison" data-method=one.method.name() data-shown=one.is_shown.to_string()>
                <th scope="row">{words::method(one.method)}</th>
                <td class="number">{format::count(one.questions as u64)}</td>
                <td class="number">{gain(one.accuracy)}</td>
                <td class="number">{gain(one.brier)}</td>
                <td class="number">{format!("{} : {}", one.discordance.only_first, one.discordance.only_second)}</td>
                <td class="number">{format::fine(one.p)}</td>
                <td class="number">{format::fine(one.p_holm)}</td>
                <td>{if one.is_shown { words::SHOWN } else { words::NOT_SHOWN }}</td>
            </tr>
        }
    };
    view! {
        <Show when=move || comparisons.with(|found| !found.is_empty())>
            <div class="scroll" role="region" aria-label=words::COMPARISONS tabindex="0">
                <table class="plain-table evaluate-table" data-testid="evaluate-comparisons">
                    <thead><tr>
                        <th scope="col">{words::METHOD}</th>
                        {words::COMPARISON_COLUMNS.map(|name| view! { <th scope="col" class="number">{name}</th> })}
                        <th scope="col">{words::VERDICT}</th>
                    </tr></thead>
                    <tbody>{move || comparisons.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="hint">{words::COMPARISONS_WHAT}</p>
        </Show>
    }
}

/// Accuracy by category.
#[component]
pub fn Categories() -> impl IntoView {
    let report = use_results().report;
    let methods = Memo::new(move |_| {
        let rows = report.get().map(|reported| reported.report.rows.clone()).unwrap_or_default();
        rows.iter().map(|row| row.method).collect::<Vec<Method>>()
    });
    let categories = Memo::new(move |_| {
        report.get().map(|reported| reported.report.categories.clone()).unwrap_or_default()
    });
    let listed = RwSignal::new(LISTED);
    let row = move |category: Category| {
        let accuracy = |method: &Method| {
            let found = category.accuracy.iter().find(|(other, _)| other == method);
            found.map_or_else(|| "–".to_owned(), |(_, accuracy)| format::percent(*accuracy))
        };
        let cells: Vec<String> = methods.with(|methods| methods.iter().map(accuracy).collect());
        view! {
            <tr>
                <th scope="row">{category.name.clone()}</th>
                <td class="number">{format::count(category.questions as u64)}</td>
                {cells.into_iter().map(|cell| view! { <td class="number">{cell}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <Show when=move || categories.with(|found| !found.is_empty())>
            <section class="card evaluate-part" aria-labelledby="evaluate-categories">
                <h2 id="evaluate-categories">{words::CATEGORIES}</h2>
                <div class="scroll" role="region" aria-label=words::CATEGORIES tabindex="0">
                    <table class="plain-table evaluate-table" data-testid="evaluate-categories">
                        <thead><tr>
                            <th scope="col">{words::CATEGORY}</th>
                            <th scope="col" class="number">{words::QUESTIONS}</th>
                            {move || methods.get().into_iter()
                                .map(|one| view! { <th scope="col" class="number">{words::method(one)}</th> })
                                .collect_view()}
                        </tr></thead>
                        <tbody>{move || categories.get().into_iter().take(listed.get()).map(row).collect_view()}</tbody>
                    </table>
                </div>
                <Show when=move || categories.with(|found| found.len() > listed.get())>
                    <p><button type="button" class="button" on:click=move |_| listed.update(|listed| *listed += LISTED)>
                        {words::MORE}
                    </button></p>
                </Show>
            </section>
        </Show>
    }
}
