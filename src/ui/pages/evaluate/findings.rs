//! What an evaluation shows in sentences, and in two drawings whose figures stand in tables beside them.

use leptos::prelude::*;

use crate::evaluate::Method;
use crate::evaluate::report::{Report, Row};
use crate::ui::chart::scatter::{Axis, Mark, ScatterChart};
use crate::ui::components::ChoiceField;
use crate::ui::desk::use_results;
use crate::ui::format;
use crate::ui::words::evaluate as words;

/// The sentences.
#[component]
pub fn Findings() -> impl IntoView {
    let report = use_results().report;
    view! {
        <section class="evaluate-findings" data-testid="evaluate-findings" aria-labelledby="evaluate-shows">
            <h2 id="evaluate-shows">{words::SHOWS}</h2>
            {move || report.get().map(|reported| {
                let lines = words::findings(&reported.report).into_iter();
                view! { <ul>{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul> }
            })}
            <p class="hint" role="status">
                {move || report.get().filter(|reported| !reported.is_whole).map(|_| words::DRAWING)}
            </p>
        </section>
    }
}

/// Reliability of one method, and accuracy against what each costs.
#[component]
pub fn Charts() -> impl IntoView {
    view! {
        <div class="evaluate-charts">
            <Reliability />
            <Costs />
        </div>
    }
}

#[component]
fn Reliability() -> impl IntoView {
    let report = use_results().report;
    let chosen = RwSignal::new(None::<Method>);
    let methods = Memo::new(move |_| {
        let rows = report
            .get()
            .map(|reported| reported.report.rows.iter().map(|row| row.method).collect::<Vec<_>>());
        rows.unwrap_or_default()
    });
    // The panel, where it was asked.
    let method = Memo::new(move |_| {
        let methods = methods.get();
        let wanted = chosen.get().or(Some(Method::Panel)).filter(|method| methods.contains(method));
        wanted.or_else(|| methods.first().copied())
    });
    let bins = Memo::new(move |_| {
        let row = |report: &Report| report.rows.iter().find(|row| Some(row.method) == method.get()).cloned();
        let bins = report.get().and_then(|reported| row(&reported.report)).map(|row| row.bins);
        bins.unwrap_or_default().into_iter().filter(|bin| bin.count > 0).collect::<Vec<_>>()
    });
    let marks = Signal::derive(move || {
        let bins = bins.get();
        let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1) as f64;
        let mark = |bin: &crate::aggregate::scores::Bin| Mark {
            x: bin.mean_forecast,
            y: bin.frequency,
            low: bin.frequency,
            high: bin.frequency,
            size: 0.4 + 0.6 * (bin.count as f64 / most),
            name: String::new(),
        };
        bins.iter().map(mark).collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        methods.get().into_iter().map(|method| words::method(method).to_owned()).collect::<Vec<_>>()
    });
    let place = Signal::derive(move || {
        methods.get().iter().position(|known| Some(*known) == method.get()).unwrap_or(0)
    });
    let name = Signal::derive(move || {
        method.get().map(|method| words::reliability_chart(words::method(method))).unwrap_or_default()
    });
    view! {
        <section class="card evaluate-part" aria-labelledby="evaluate-reliability">
            <h2 id="evaluate-reliability">{words::RELIABILITY}</h2>
            <p class="hint">{words::RELIABILITY_WHAT}</p>
            <ChoiceField label=words::METHOD options chosen=place
                on_choice=move |place: usize| chosen.set(methods.get_untracked().get(place).copied())
                test_id="evaluate-reliability-method" />
            <ScatterChart marks name diagonal=true
                x=Signal::derive(|| Axis { name: words::FORECAST.to_owned(), most: 1.0, low: 0.0, percent: true })
                y=Signal::derive(|| Axis { name: words::HAPPENED.to_owned(), most: 1.0, low: 0.0, percent: true }) />
            <div class="scroll" role="region" aria-label=words::RELIABILITY tabindex="0">
                <table class="plain-table" data-testid="evaluate-bins">
                    <thead><tr>{words::BIN_COLUMNS.map(|name| view! { <th scope="col" class="number">{name}</th> })}</tr></thead>
                    <tbody>{move || bins.get().into_iter().map(|bin| view! {
                        <tr>
                            <td class="number">{format::count(bin.count as u64)}</td>
                            <td class="number">{format::percent(bin.mean_forecast)}</td>
                            <td class="number">{format::percent(bin.frequency)}</td>
                        </tr>
                    }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// What a question costs with a method: money if any is known, or else calls.
fn cost_of(row: &Row, money: bool) -> f64 {
    let questions = (row.answered + row.failed).max(1) as f64;
    let all = if money { row.effort.cost_micro_usd as f64 / 1e6 } else { row.effort.calls as f64 };
    all / questions
}

#[component]
fn Costs() -> impl IntoView {
    let report = use_results().report;
    let rows =
        Memo::new(move |_| report.get().map(|reported| reported.report.rows.clone()).unwrap_or_default());
    let money = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.effort.cost_micro_usd > 0)));
    let called = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| row.effort.calls > 0)));
    let marks = Signal::derive(move || {
        let drawn = |mean: f64, end: f64| if end.is_nan() { mean } else { end };
        let mark = |row: &Row| Mark {
            x: cost_of(row, money.get()),
            y: row.accuracy.mean,
            low: drawn(row.accuracy.mean, row.accuracy.low),
            high: drawn(row.accuracy.mean, row.accuracy.high),
            size: 0.6,
            name: words::method(row.method).to_owned(),
        };
        rows.get().iter().map(mark).collect::<Vec<_>>()
    });
    let x = Signal::derive(move || {
        let most = rows.with(|rows| rows.iter().map(|row| cost_of(row, money.get())).fold(0.0, f64::max));
        let name = if money.get() { words::MONEY_A_QUESTION } else { words::CALLS_A_QUESTION };
        Axis { name: name.to_owned(), most: most.max(1e-6) * 1.1, low: 0.0, percent: false }
    });
    let y = Signal::derive(move || {
        let low = marks.get().iter().map(|mark| mark.low).fold(1.0, f64::min);
        Axis { name: words::ACCURACY.to_owned(), most: 1.0, low: (low * 10.0).floor() / 10.0, percent: true }
    });
    view! {
        <section class="card evaluate-part" aria-labelledby="evaluate-costs">
            <h2 id="evaluate-costs">{words::COSTS}</h2>
            <Show when=move || called.get() fallback=|| view! { <p class="hint">{words::NO_COSTS}</p> }>
                <p class="hint">{words::COSTS_WHAT}</p>
                <ScatterChart marks x y name=Signal::derive(|| words::COSTS_CHART.to_owned()) diagonal=false />
            </Show>
        </section>
    }
}
