//! What a run of models may use: before the start as an estimate beside the button, and as limits that end it. Neither
//! ever keeps anybody from pressing the button.

use leptos::prelude::*;

use super::details::{Slot, bind};
use crate::ui::components::TextField;
use crate::ui::desk::use_desk;
use crate::ui::draft::PanelKind;
use crate::ui::pages::price_editor::PriceEditor;
use crate::ui::words::{ask as words, prices};

/// The sentence beside the button.
#[component]
pub(super) fn EstimateLine() -> impl IntoView {
    let desk = use_desk();
    let sentence = Memo::new(move |_| {
        let made = desk.estimate_draft();
        desk.draft.with(|draft| {
            let agents = desk.with_preset(|preset| draft.seats(preset).len());
            let models = draft.panel == PanelKind::Models;
            match (draft.most_answers(agents), made) {
                (Some(answers), _) => words::estimate_turns(agents, answers, models),
                (None, Some(made)) => prices::estimate(agents, draft.round_limit(), &made),
                (None, None) => words::estimate(agents, draft.round_limit(), models),
            }
        })
    });
    view! { <span data-testid="estimate">{move || sentence.get()}</span> }
}

/// Said beside the button if a limit of money cannot be kept, with the fields that change it.
#[component]
pub(super) fn MoneyNotice() -> impl IntoView {
    let desk = use_desk();
    let unpriced = Memo::new(move |_| {
        let limited =
            desk.draft.with(|draft| draft.panel == PanelKind::Models && !draft.max_cost.trim().is_empty());
        if limited { desk.unpriced_models() } else { Vec::new() }
    });
    let models = move || unpriced.get().into_iter().map(|(_, model)| model).collect::<Vec<_>>();
    view! {
        <Show when=move || !unpriced.with(Vec::is_empty)>
            <div class="notice money-notice" role="status" data-testid="money-notice">
                <div>
                    <p>{move || prices::cannot_enforce(&models())}" "{prices::SET_NOW}</p>
                    <For each=move || unpriced.get() key=|(connection, model)| (connection.0, model.clone()) let((connection, model))>
                        <p class="money-model"><strong>{model.clone()}</strong></p>
                        <PriceEditor connection model />
                    </For>
                </div>
            </div>
        </Show>
    }
}

/// Calls, tokens, money and time at most, and how long anybody waits for one agent: only models use any.
#[component]
pub(super) fn LimitFields() -> impl IntoView {
    let (calls, type_calls) =
        bind(Slot { read: |draft| &draft.max_calls, write: |draft| &mut draft.max_calls });
    let (tokens, type_tokens) =
        bind(Slot { read: |draft| &draft.max_tokens, write: |draft| &mut draft.max_tokens });
    let (cost, type_cost) = bind(Slot { read: |draft| &draft.max_cost, write: |draft| &mut draft.max_cost });
    let (seconds, type_seconds) =
        bind(Slot { read: |draft| &draft.max_seconds, write: |draft| &mut draft.max_seconds });
    let (patience, type_patience) =
        bind(Slot { read: |draft| &draft.patience, write: |draft| &mut draft.patience });
    view! {
        <TextField label=words::MAX_CALLS numeric=true placeholder=words::AUTOMATIC value=calls on_input=type_calls
            test_id="max-calls-input" />
        <TextField label=words::MAX_TOKENS numeric=true placeholder=words::AUTOMATIC value=tokens on_input=type_tokens
            test_id="max-tokens-input" />
        <TextField label=words::MAX_COST hint=words::MAX_COST_HINT numeric=true placeholder=words::NO_LIMIT value=cost
            on_input=type_cost test_id="max-cost-input" />
        <TextField label=words::MAX_SECONDS hint=words::MAX_SECONDS_HINT numeric=true placeholder=words::NO_LIMIT
            value=seconds on_input=type_seconds test_id="max-seconds-input" />
        <TextField label=words::PATIENCE hint=words::PATIENCE_HINT numeric=true placeholder=words::PATIENCE_USUAL
            value=patience on_input=type_patience test_id="patience-input" />
    }
}
