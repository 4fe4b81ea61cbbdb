//! The form: a goal, two to six options, what the panel should know, and the button.

use leptos::prelude::*;

use crate::ui::components::{Press, RunBar, RunBarWords, TextField};
use crate::ui::decision::{Decision, MAX_OPTIONS, MIN_OPTIONS};
use crate::ui::desk::{Desk, use_desk};
use crate::ui::draft::PanelKind;
use crate::ui::pages::ask::PanelChoice;
use crate::ui::words::{decide as words, prices};
use crate::web;

/// The form.
#[component]
pub fn Form() -> impl IntoView {
    let desk = use_desk();
    let current = desk.decisions.current;
    let read = move |of: fn(&Decision) -> &String| {
        Signal::derive(move || current.with(|decision| of(decision).clone()))
    };
    let write = move |to: fn(&mut Decision) -> &mut String| {
        Callback::new(move |text: String| current.update(|decision| *to(decision) = text))
    };
    let simulated = move || desk.draft.with(|draft| draft.panel == PanelKind::Simulated);
    view! {
        <section class="decide-form card" aria-label=words::FORM>
            <TextField label=words::GOAL hint=words::GOAL_WHAT placeholder=words::GOAL_HINT long=true
                value=read(|decision| &decision.goal) on_input=write(|decision| &mut decision.goal)
                test_id="decide-goal" />
            <Options />
            <TextField label=words::BACKGROUND placeholder=words::BACKGROUND_HINT long=true
                value=read(|decision| &decision.background) on_input=write(|decision| &mut decision.background)
                test_id="decide-background" />
            <PanelChoice />
            <Show when=simulated>
                <p class="decide-demonstration" data-testid="decide-demonstration">{words::DEMONSTRATION}</p>
            </Show>
            <Bar />
        </section>
    }
}

#[component]
fn Options() -> impl IntoView {
    let desk = use_desk();
    let current = desk.decisions.current;
    let count = Memo::new(move |_| current.with(|decision| decision.options.len()));
    let add = move |_| {
        current.update(Decision::add_option);
        let last = count.get_untracked();
        request_animation_frame(move || {
            web::page::focus(&format!("[data-testid='decide-option-{last}']"));
        });
    };
    view! {
        <fieldset class="decide-options">
            <legend>{words::OPTIONS}</legend>
            <For each=move || 0..count.get() key=|place| *place let:place>
                <OptionField place count />
            </For>
            <Show when=move || count.get() < MAX_OPTIONS>
                <button type="button" class="button button-quiet" data-testid="decide-add-option" on:click=add>
                    <span aria-hidden="true">"+ "</span>{words::ADD_OPTION}
                </button>
            </Show>
        </fieldset>
    }
}

#[component]
fn OptionField(place: usize, count: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let current = desk.decisions.current;
    let text = move || current.with(|decision| decision.options.get(place).map(|option| option.text.clone()));
    let remove = move |_| {
        current.update(|decision| decision.remove_option(place));
        request_animation_frame(|| {
            web::page::focus("[data-testid='decide-add-option']");
        });
    };
    view! {
        <div class="decide-option-field">
            <input type="text" autocomplete="off" data-testid=format!("decide-option-{place}")
                aria-label=words::option(place + 1) placeholder=words::option(place + 1)
                prop:value=move || text().unwrap_or_default()
                on:input=move |event| {
                    let text = event_target_value(&event);
                    current.update(|decision| {
                        if let Some(option) = decision.options.get_mut(place) {
                            option.text = text;
                        }
                    });
                } />
            <Show when=move || MIN_OPTIONS < count.get()>
                <button type="button" class="icon-button" aria-label=words::remove_option(place + 1)
                    on:click=remove>"×"</button>
            </Show>
        </div>
    }
}

fn press_now(desk: Desk) -> Press {
    let options = desk.decisions.current.with(|decision| decision.options.len());
    let Ok((spec, bindings)) = desk.planned_decision() else { return Press::default() };
    let uses = desk.decision_estimate(&spec).map(|estimate| prices::uses(&estimate));
    let sentence = words::plan(options, spec.agents.len(), uses.as_deref());
    let confirm = uses
        .filter(|_| desk.may_cost(&spec, &bindings))
        .map(|uses| words::confirm(options, &uses, &desk.connection_names(&bindings)));
    Press { sentence, confirm }
}

/// The bar.
#[component]
fn Bar() -> impl IntoView {
    let desk = use_desk();
    let words = RunBarWords {
        run: words::COMPARE,
        run_paid: words::COMPARE_PAID,
        start: words::START,
        cancel: words::CANCEL,
        aside: words::PANEL_ELSEWHERE,
    };
    view! {
        <RunBar press=Memo::new(move |_| press_now(desk)) start=move |()| desk.start_decision() words test_id="decide" />
    }
}
