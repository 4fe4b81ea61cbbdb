//! A figure for each agent as a bar and as text, with their sum below.

use leptos::prelude::*;

use crate::ui::components::Meter;
use crate::ui::words::why_detail as words;

/// One agent's figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    agent: usize,
    who: String,
    value: f64,
    /// Of the largest, in [−1, 1].
    size: f64,
    error: f64,
    label: String,
}

impl Figure {
    /// A figure that is drawn as a part of `most`.
    pub fn new(agent: usize, who: String, value: f64, most: f64, error: Option<f64>, label: String) -> Self {
        let part = |value: f64| if most > 0.0 { value / most } else { 0.0 };
        Self { agent, who, value, size: part(value), error: part(error.unwrap_or(0.0)), label }
    }
}

/// The largest of some figures, whatever its sign.
pub(super) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most, value| value.abs().max(most))
}

/// The list.
#[component]
pub(super) fn Figures(rows: Vec<Figure>, total: String) -> impl IntoView {
    let signed = rows.iter().any(|row| row.value < 0.0);
    let row = |Figure { agent, who, value, size, error, label }: Figure| {
        view! {
            <li class="figure-row" data-testid="figure-row" data-agent=agent.to_string() data-value=value.to_string()>
                <span>{who}</span><Meter value=size error signed /><span class="number">{label}</span>
            </li>
        }
    };
    view! {
        <ul>
            {rows.into_iter().map(row).collect_view()}
            <li class="figure-row figure-total"><span>{words::TOTAL}</span><span></span><span class="number">{total}</span></li>
        </ul>
    }
}
