//! What most people never open: the texts around the question, and the rules of the market.

use leptos::prelude::*;

use super::limits::LimitFields;
use super::mode::ModeFields;
use crate::ui::components::{ChoiceField, TextField};
use crate::ui::desk::use_desk;
use crate::ui::draft::{Draft, PanelKind, SizingRule};
use crate::ui::words::{ask as words, roles};

/// A field of the form that is a plain text.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) read: fn(&Draft) -> &String,
    pub(super) write: fn(&mut Draft) -> &mut String,
}

/// The field's value and what typing does.
pub(super) fn bind(slot: Slot) -> (Signal<String>, Callback<String>) {
    let desk = use_desk();
    let value = Signal::derive(move || desk.draft.with(|draft| (slot.read)(draft).clone()));
    let typed = Callback::new(move |text| desk.edit_draft(|draft, _| *(slot.write)(draft) = text));
    (value, typed)
}

macro_rules! slot {
    ($field:ident) => {
        bind(Slot { read: |draft| &draft.$field, write: |draft| &mut draft.$field })
    };
}

/// Background, criterion and known answer.
#[component]
pub fn QuestionDetails() -> impl IntoView {
    let desk = use_desk();
    let (background, type_background) = slot!(background);
    let (criterion, type_criterion) = slot!(criterion);
    let answer = Signal::derive(move || desk.draft.with(|draft| draft.answer.map_or(0, |answer| answer + 1)));
    view! {
        <details class="disclosure card">
            <summary>{words::TEXTS}</summary>
            <div class="field-grid">
                <TextField label=words::BACKGROUND hint=words::BACKGROUND_HINT long=true value=background
                    on_input=type_background test_id="background-input" />
                <TextField label=words::CRITERION hint=words::CRITERION_HINT long=true value=criterion
                    on_input=type_criterion test_id="criterion-input" />
                <ChoiceField label=words::ANSWER hint=words::ANSWER_HINT options=outcomes_after(words::ANSWER_NONE)
                    chosen=answer
                    on_choice=move |place: usize| desk.edit_draft(|draft, _| draft.answer = place.checked_sub(1)) />
            </div>
        </details>
    }
}

/// The outcomes' names after a first choice that stands for none of them.
fn outcomes_after(none: &'static str) -> Signal<Vec<String>> {
    let desk = use_desk();
    Signal::derive(move || {
        let outcomes = desk.draft.with(|draft| draft.outcomes.clone());
        std::iter::once(none.to_owned()).chain(outcomes).collect()
    })
}

/// Seed, stop rules, sizing and liquidity.
#[component]
pub fn RuleDetails() -> impl IntoView {
    let desk = use_desk();
    let (seed, type_seed) = slot!(seed);
    let (rounds, type_rounds) = slot!(rounds);
    let (epsilon, type_epsilon) = slot!(epsilon);
    let (weight, type_weight) = slot!(prior_weight);
    let truth =
        Signal::derive(move || desk.draft.with(|draft| draft.hidden_truth.map_or(0, |truth| truth + 1)));
    let simulated = Memo::new(move |_| desk.draft.with(|draft| draft.panel == PanelKind::Simulated));
    view! {
        <details class="disclosure card">
            <summary>{words::RULES}</summary>
            <div class="field-grid">
                <ModeFields />
                <SizingFields />
                <TextField label=words::ROUNDS numeric=true placeholder=words::AUTOMATIC value=rounds
                    on_input=type_rounds test_id="rounds-input" />
                <TextField label=words::EPSILON hint=words::EPSILON_HINT numeric=true value=epsilon
                    on_input=type_epsilon test_id="epsilon-input" />
                <TextField label=words::PRIOR_WEIGHT hint=words::PRIOR_WEIGHT_HINT numeric=true
                    placeholder=words::AUTOMATIC value=weight on_input=type_weight test_id="prior-weight-input" />
                <TextField label=words::SEED hint=words::SEED_HINT placeholder=words::FRESH value=seed
                    on_input=type_seed test_id="seed-input" />
                <Show when=move || simulated.get() fallback=|| view! { <LimitFields /> }>
                    <ChoiceField label=words::TRUTH hint=words::TRUTH_HINT options=outcomes_after(words::TRUTH_SEED)
                        chosen=truth
                        on_choice=move |place: usize| {
                            desk.edit_draft(|draft, _| draft.hidden_truth = place.checked_sub(1));
                        } />
                </Show>
            </div>
            <Show when=move || desk.draft.with(Draft::has_picked_seed)>
                <p class="hint" data-testid="seed-picked">{words::SEED_PICKED}</p>
            </Show>
        </details>
    }
}

/// The rule by which a belief becomes a trade, what it does, and its number.
#[component]
fn SizingFields() -> impl IntoView {
    let desk = use_desk();
    let rule = Memo::new(move |_| desk.draft.with(|draft| draft.sizing));
    view! {
        <fieldset class="sizing">
            <legend>{words::SIZING}</legend>
            {SizingRule::ALL
                .into_iter()
                .map(|choice| {
                    view! {
                        <label class="check">
                            <input type="radio" name="sizing" prop:checked=move || rule.get() == choice
                                on:change=move |_| {
                                    desk.edit_draft(|draft, _| {
                                        draft.sizing = choice;
                                        draft.sizing_number.clear();
                                    });
                                } />
                            <span>{roles::sizing(choice)}" "<small>{roles::sizing_what(choice)}</small></span>
                        </label>
                    }
                })
                .collect_view()}
            {move || {
                roles::sizing_number(rule.get())
                    .map(|label| {
                        let (number, type_number) = slot!(sizing_number);
                        view! {
                            <TextField label numeric=true placeholder=words::AUTOMATIC value=number
                                on_input=type_number test_id="sizing-number-input" />
                        }
                    })
            }}
        </fieldset>
    }
}
