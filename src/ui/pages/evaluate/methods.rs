//! Which methods are compared, on how many questions, and within which limits.

use leptos::prelude::*;

use crate::evaluate::Method;
use crate::ui::components::TextField;
use crate::ui::desk::use_desk;
use crate::ui::evaluation::Form;
use crate::ui::words::evaluate as words;

/// The methods in groups: what they cost, then who belongs to it.
const GROUPS: [&[Method]; 4] = [
    &[
        Method::Single,
        Method::Majority,
        Method::Mean,
        Method::Median,
        Method::LogPool,
        Method::Extremised,
        Method::ConfidenceVote,
    ],
    &[Method::Panel],
    &[Method::SelfConsistency, Method::PanelDebate, Method::JudgeDebate, Method::MakerTrader],
    &[Method::BestInHindsight, Method::Coin, Method::MarketPrice],
];

/// A tick a method.
#[component]
pub fn Methods() -> impl IntoView {
    GROUPS
        .iter()
        .zip(words::GROUPS)
        .map(|(group, name)| {
            view! {
                <fieldset class="evaluate-group">
                    <legend>{name}</legend>
                    <div class="evaluate-ticks">
                        {group.iter().map(|method| view! { <Tick method=*method /> }).collect_view()}
                    </div>
                </fieldset>
            }
        })
        .collect_view()
}

#[component]
fn Tick(method: Method) -> impl IntoView {
    let desk = use_desk();
    let form = desk.evaluations.form;
    let checked = Memo::new(move |_| form.with(|form| form.methods.contains(&method)));
    let ticked = move |event| {
        let checked = event_target_checked(&event);
        form.update(|form| {
            if checked {
                form.methods.insert(method);
            } else {
                form.methods.remove(&method);
            }
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" data-testid=format!("evaluate-method-{}", method.name())
                prop:checked=move || checked.get() on:change=ticked />
            <span>{words::method(method)}" "<small>{words::method_what(method)}</small></span>
        </label>
    }
}

/// How many questions, and the limits of the whole.
#[component]
pub fn Sample() -> impl IntoView {
    let desk = use_desk();
    let form = desk.evaluations.form;
    let read = move |of: fn(&Form) -> &String| Signal::derive(move || form.with(|form| of(form).clone()));
    let write = move |to: fn(&mut Form) -> &mut String| {
        Callback::new(move |text: String| form.update(|form| *to(form) = text))
    };
    let categories = Memo::new(move |_| {
        desk.evaluations
            .source
            .with(|source| source.questions().iter().any(|question| !question.category.is_empty()))
    });
    view! {
        <div class="field-grid">
            <TextField label=words::SAMPLE hint=words::SAMPLE_WHAT placeholder=words::SAMPLE_HINT numeric=true
                value=read(|form| &form.sample) on_input=write(|form| &mut form.sample) test_id="evaluate-sample" />
            <TextField label=words::SEED hint=words::SEED_WHAT value=read(|form| &form.seed)
                on_input=write(|form| &mut form.seed) test_id="evaluate-seed" />
            <TextField label=words::MOST_CALLS placeholder=words::NO_LIMIT numeric=true
                value=read(|form| &form.most_calls) on_input=write(|form| &mut form.most_calls)
                test_id="evaluate-most-calls" />
            <TextField label=words::MOST_DOLLARS placeholder=words::NO_LIMIT numeric=true
                value=read(|form| &form.most_dollars) on_input=write(|form| &mut form.most_dollars)
                test_id="evaluate-most-dollars" />
        </div>
        <Show when=move || categories.get()>
            <label class="check">
                <input type="checkbox" data-testid="evaluate-stratified"
                    prop:checked=move || form.with(|form| form.stratified)
                    on:change=move |event| {
                        let checked = event_target_checked(&event);
                        form.update(|form| form.stratified = checked);
                    } />
                <span>{words::STRATIFIED}" "<small>{words::STRATIFIED_WHAT}</small></span>
            </label>
        </Show>
    }
}
