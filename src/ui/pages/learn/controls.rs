//! The two things that every step of the Learn page is made of: a slider that says its value, and a bar that shows a
//! price.

use leptos::prelude::*;

use crate::ui::format;

/// A slider over whole numbers.
#[component]
pub fn Slider(
    /// What it sets.
    label: &'static str,
    /// Its value.
    value: RwSignal<u32>,
    /// From where to where.
    range: (u32, u32),
    /// How its value is said.
    said: fn(u32) -> String,
    /// Its name for tests.
    test_id: &'static str,
) -> impl IntoView {
    let spoken = move || said(value.get());
    let moved = move |event| {
        if let Ok(number) = event_target_value(&event).parse::<u32>() {
            value.set(number.clamp(range.0, range.1));
        }
    };
    view! {
        <div class="field learn-slider">
            <label for=test_id>{label}" "<output for=test_id class="number">{spoken}</output></label>
            <input id=test_id type="range" min=range.0.to_string() max=range.1.to_string() data-testid=test_id
                aria-valuetext=spoken prop:value=move || value.get().to_string() on:input=moved />
        </div>
    }
}

/// A price of Yes as a bar, and where it stood before. The words beside it say the same.
#[component]
pub fn PriceBar(
    /// The price of Yes.
    #[prop(into)]
    price: Signal<f64>,
    /// Where it was.
    #[prop(optional, into)]
    before: Option<Signal<f64>>,
) -> impl IntoView {
    let width = move |share: f64| format!("{:.2}%", share * 100.0);
    view! {
        <div class="learn-price">
            <span class="learn-figure number" data-testid="learn-price" data-value=move || format::exact(price.get())>
                {move || format::percent(price.get())}
            </span>
            <div class="learn-bar" aria-hidden="true">
                <i class="learn-fill" style:width=move || width(price.get())></i>
                {before.map(|before| view! { <i class="learn-before" style:left=move || width(before.get())></i> })}
            </div>
        </div>
    }
}
