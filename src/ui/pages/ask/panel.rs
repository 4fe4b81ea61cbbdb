//! The choice between the two panels, and the next step where one of them cannot run yet.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::draft::PanelKind;
use crate::ui::words::ask as words;

/// Two radio cards.
#[component]
pub fn PanelChoice() -> impl IntoView {
    let desk = use_desk();
    let panel = Memo::new(move |_| desk.draft.with(|draft| draft.panel));
    let missing = move || panel.get() == PanelKind::Models && desk.connections.with(Vec::is_empty);
    view! {
        <fieldset class="panel-choice">
            <legend>{words::PANEL}</legend>
            <div class="radio-cards">
                <Card kind=PanelKind::Simulated title=words::SIMULATED what=words::SIMULATED_WHAT test_id="panel-simulated" />
                <Card kind=PanelKind::Models title=words::MODELS what=words::MODELS_WHAT test_id="panel-models" />
            </div>
            <Show when=missing>
                <div class="notice">
                    <div>
                        <strong>{words::NO_CONNECTION}</strong>
                        <p>{words::NO_CONNECTION_WHAT}</p>
                    </div>
                    <a class="button" href="#/settings">{words::NO_CONNECTION_GO}</a>
                </div>
            </Show>
        </fieldset>
    }
}

#[component]
fn Card(kind: PanelKind, title: &'static str, what: &'static str, test_id: &'static str) -> impl IntoView {
    let desk = use_desk();
    let what_id = format!("{test_id}-what");
    view! {
        <label class="radio-card">
            <input type="radio" name="panel" data-testid=test_id aria-describedby=what_id.clone()
                prop:checked=move || desk.draft.with(|draft| draft.panel == kind)
                on:change=move |_| desk.edit_draft(|draft, _| draft.panel = kind) />
            <span class="radio-title">{title}</span>
            <span class="radio-what" id=what_id>{what}</span>
        </label>
    }
}
