//! Fields with a label and a hint. The value is a signal, what is typed a callback: a field holds nothing itself.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

/// An id that no other field of the page has.
fn fresh_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A field for text: one line, or several if it is `long`.
#[component]
pub fn TextField(
    /// Its name.
    label: &'static str,
    /// One sentence about it.
    #[prop(optional)]
    hint: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// What was typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// What stands in it while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// Whether numbers are typed here.
    #[prop(optional)]
    numeric: bool,
    /// Whether several lines are typed here.
    #[prop(optional)]
    long: bool,
    /// Its name for tests.
    #[prop(optional, into)]
    test_id: Option<Signal<String>>,
) -> impl IntoView {
    let id = fresh_id();
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let test_id = move || test_id.map(|test_id| test_id.get());
    let typed = move |event| on_input.run(event_target_value(&event));
    let field = if long {
        view! {
            <textarea id=id.clone() rows="3" placeholder=placeholder aria-describedby=described data-testid=test_id
                prop:value=move || value.get() on:input=typed></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() type="text" placeholder=placeholder aria-describedby=described data-testid=test_id
                autocomplete="off" inputmode=numeric.then_some("decimal") prop:value=move || value.get()
                on:input=typed />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field-numeric=numeric>
            <label for=id>{label}</label>
            {field}
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A field for one of several choices; the first may stand for none.
#[component]
pub fn ChoiceField(
    /// Its name.
    label: &'static str,
    /// One sentence about it.
    #[prop(optional)]
    hint: &'static str,
    /// The names of the choices.
    #[prop(into)]
    options: Signal<Vec<String>>,
    /// The place of the one that is chosen.
    #[prop(into)]
    chosen: Signal<usize>,
    /// The place of the one that was just chosen.
    #[prop(into)]
    on_choice: Callback<usize>,
    /// Its name for tests.
    #[prop(optional)]
    test_id: Option<&'static str>,
) -> impl IntoView {
    let id = fresh_id();
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    let numbered = move || options.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id aria-describedby=described data-testid=test_id
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        on_choice.run(place);
                    }
                }>
                <For each=numbered key=Clone::clone let((place, name))>
                    <option value=place.to_string() prop:selected=move || chosen.get() == place>{name}</option>
                </For>
            </select>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
