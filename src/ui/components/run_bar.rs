//! The button that begins something, what a press will do, and the question before money is spent.

use leptos::prelude::*;

use crate::web;

/// What a press will do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Press {
    /// In a sentence.
    pub sentence: String,
    /// The question before money is spent, if any may be.
    pub confirm: Option<String>,
}

/// What stands on the bar.
#[derive(Clone, Copy, Debug)]
pub struct RunBarWords {
    /// The button where nothing is paid; the question's name as well.
    pub run: &'static str,
    /// The button where something may be.
    pub run_paid: &'static str,
    /// Confirms.
    pub start: &'static str,
    /// Does not.
    pub cancel: &'static str,
    /// What stands beside the sentence, or nothing.
    pub aside: &'static str,
}

/// The bar. Tests find its parts by `test_id` with `-run`, `-estimate`, `-start` and `-cancel`.
#[component]
pub fn RunBar(
    /// What a press will do; whatever changes it takes the question back.
    press: Memo<Press>,
    /// Begins.
    #[prop(into)]
    start: Callback<()>,
    words: RunBarWords,
    test_id: &'static str,
) -> impl IntoView {
    let confirming = RwSignal::new(false);
    Effect::new(move |_| {
        let _ = press.get();
        confirming.set(false);
    });
    let begin = move || {
        start.run(());
        request_animation_frame(|| {
            web::page::focus("main h1");
        });
    };
    let costs = move || press.with(|press| press.confirm.is_some());
    let pressed = move |_| {
        if untrack(costs) {
            confirming.set(true);
            request_animation_frame(move || {
                web::page::focus(&format!("[data-testid='{test_id}-start']"));
            });
        } else {
            begin();
        }
    };
    let part = move |part: &str| format!("{test_id}-{part}");
    view! {
        <Show when=move || confirming.get() fallback=move || view! {
            <div class="run-bar">
                <button type="button" class="button button-primary button-large" data-testid=part("run")
                    on:click=pressed>{move || if costs() { words.run_paid } else { words.run }}</button>
                <p>
                    <span data-testid=part("estimate")>{move || press.with(|press| press.sentence.clone())}</span>
                    {(!words.aside.is_empty()).then(|| view! { <span class="keys">{words.aside}</span> })}
                </p>
            </div>
        }>
            <div class="comparison-confirm" role="group" aria-label=words.run>
                <p>{move || press.with(|press| press.confirm.clone())}</p>
                <button type="button" class="button button-primary" data-testid=part("start")
                    on:click=move |_| begin()>{words.start}</button>
                <button type="button" class="button button-quiet" data-testid=part("cancel")
                    on:click=move |_| confirming.set(false)>{words.cancel}</button>
            </div>
        </Show>
    }
}
