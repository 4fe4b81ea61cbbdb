//! The possible answers: two to twelve names.

use leptos::prelude::*;

use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::ui::desk::use_desk;
use crate::ui::words::ask as words;

/// The fields, one an outcome.
#[component]
pub fn Outcomes() -> impl IntoView {
    let desk = use_desk();
    let count = Memo::new(move |_| desk.draft.with(|draft| draft.outcomes.len()));
    view! {
        <fieldset class="outcomes">
            <legend>{words::OUTCOMES}</legend>
            <div class="outcome-fields">
                <For each=move || 0..count.get() key=|place| *place let:place>
                    <OutcomeField place count />
                </For>
                <Show when=move || count.get() < MAX_OUTCOMES>
                    <button type="button" class="button button-quiet" data-testid="add-outcome"
                        on:click=move |_| desk.edit_draft(|draft, _| draft.add_outcome())>
                        <span aria-hidden="true">"+ "</span>{words::ADD_OUTCOME}
                    </button>
                </Show>
            </div>
        </fieldset>
    }
}

#[component]
fn OutcomeField(place: usize, count: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let name = move || desk.draft.with(|draft| draft.outcomes.get(place).cloned().unwrap_or_default());
    view! {
        <div class="outcome-field" data-outcome=place.to_string()>
            <input type="text" autocomplete="off" data-testid=format!("outcome-input-{place}")
                aria-label=words::outcome(place + 1) placeholder=words::OUTCOME_HINT prop:value=name
                on:input=move |event| {
                    let text = event_target_value(&event);
                    desk.edit_draft(|draft, _| {
                        if let Some(outcome) = draft.outcomes.get_mut(place) {
                            *outcome = text;
                        }
                    });
                } />
            <Show when=move || MIN_OUTCOMES < count.get()>
                <button type="button" class="icon-button" aria-label=words::remove_outcome(place + 1)
                    on:click=move |_| desk.edit_draft(|draft, _| draft.remove_outcome(place))>"×"</button>
            </Show>
        </div>
    }
}
