//! What an experiment found: one sentence, a chart, and the figures.

use leptos::prelude::*;

use crate::lab::{Figure, Lab};
use crate::ui::chart::bars::{Bar, BarChart};
use crate::ui::format;
use crate::ui::words::lab as words;

/// The figures of an experiment, finished or on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The experiment.
    pub lab: Lab,
    /// Worlds that are done.
    pub done: u32,
    /// A figure a method.
    pub figures: Vec<Figure>,
}

/// The result.
#[component]
pub fn ResultView(
    /// The figures; the view is shown only where there are some.
    outcome: Memo<Option<Outcome>>,
    /// Whether the experiment is over.
    over: Signal<bool>,
) -> impl IntoView {
    let lesson = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref().map(|outcome| words::lesson(&outcome.lab, &outcome.figures)))
    });
    let bars = Signal::derive(move || outcome.with(|outcome| outcome.as_ref().map(bars).unwrap_or_default()));
    view! {
        <p class="lab-lesson" data-testid="lab-lesson" aria-live="polite">
            {move || over.get().then(|| lesson.get()).flatten()}
        </p>
        <BarChart bars name=Signal::derive(|| words::RESULT_WHAT.to_owned()) />
        <p class="hint">{words::RESULT_WHAT}</p>
        <div class="scroll"><table class="plain-table lab-table">
            <thead><tr>
                <th scope="col">{words::METHOD}</th>
                <th scope="col" class="number">{words::EFFICIENCY}</th>
                <th scope="col" class="number">{words::STDERR}</th>
                <th scope="col" class="number">{words::BRIER}</th>
            </tr></thead>
            <tbody>{move || outcome.with(|outcome| {
                outcome.as_ref().map(|outcome| outcome.figures.iter().map(row).collect_view())
            })}</tbody>
        </table></div>
        <p class="hint">{words::NATIVE}</p>
    }
}

fn best(figures: &[Figure]) -> f64 {
    figures.iter().map(|figure| figure.efficiency).fold(f64::NEG_INFINITY, f64::max)
}

fn bars(outcome: &Outcome) -> Vec<Bar> {
    let best = best(&outcome.figures);
    let bar = |figure: &Figure| Bar {
        name: words::method(figure.method).to_owned(),
        value: figure.efficiency,
        error: figure.stderr,
        label: words::efficiency(figure.efficiency),
        strong: figure.efficiency >= best,
    };
    outcome.figures.iter().map(bar).collect()
}

fn row(figure: &Figure) -> impl IntoView + use<> {
    view! {
        <tr data-testid="lab-row" data-method=figure.method.name() data-value=format::exact(figure.efficiency)>
            <td>{words::method(figure.method)}</td>
            <td class="number">{words::efficiency(figure.efficiency)}</td>
            <td class="number">{words::efficiency(figure.stderr)}</td>
            <td class="number">{format::fine(figure.brier)}</td>
        </tr>
    }
}
