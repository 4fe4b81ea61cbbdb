//! The button, what a press will do, and the question before money is spent.

use leptos::prelude::*;

use crate::ui::desk::{Desk, Source, use_desk};
use crate::ui::evaluation::reckon;
use crate::ui::words::{evaluate as words, prices};
use crate::web;

/// What a press will do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Press {
    sentence: String,
    /// The question before money is spent, if any may be.
    confirm: Option<String>,
}

fn press_now(desk: Desk) -> Press {
    let evaluations = desk.evaluations;
    let plain = |sentence: &str| Press { sentence: sentence.to_owned(), confirm: None };
    let Source::Ready(loaded) = evaluations.source.get() else { return plain(words::FIRST_QUESTIONS) };
    let questions = &loaded.reading.questions;
    let planned = desk.evaluation_panel();
    evaluations.form.with(|form| {
        let (count, seed) = match (form.size(questions.len()), form.seed()) {
            (Ok(count), Ok(seed)) => (count, seed),
            (Err(obstacle), _) | (_, Err(obstacle)) => return plain(&words::obstacle(&obstacle).0),
        };
        let (panel, bindings) = match planned {
            Ok(planned) => planned,
            Err(obstacle) => return plain(&words::obstacle(&obstacle).0),
        };
        let methods = form.methods(questions);
        let Some(estimate) = reckon(&panel, &methods, questions, count, seed) else {
            return Press { sentence: words::plan(count, methods.len(), None), confirm: None };
        };
        let uses = prices::uses(&estimate);
        let at_once = desk.calls_at_once(&bindings);
        let time = words::time(estimate.calls, at_once);
        let sentence = words::plan(count, methods.len(), Some(&format!("{uses}; {time}")));
        let confirm = desk
            .may_cost(&panel, &bindings)
            .then(|| words::confirm(count, &uses, &time, &desk.connection_names(&bindings)));
        Press { sentence, confirm }
    })
}

/// The button.
#[component]
pub fn Bar() -> impl IntoView {
    let desk = use_desk();
    let press = Memo::new(move |_| press_now(desk));
    let confirming = RwSignal::new(false);
    // Whatever changes the question takes it back.
    Effect::new(move |_| {
        let _ = press.get();
        confirming.set(false);
    });
    let start = move || {
        desk.start_evaluation();
        request_animation_frame(|| {
            web::page::focus("main h1");
        });
    };
    let pressed = move |_| {
        if press.with_untracked(|press| press.confirm.is_some()) {
            confirming.set(true);
            request_animation_frame(|| {
                web::page::focus("[data-testid='evaluate-start']");
            });
        } else {
            start();
        }
    };
    let name = move || if press.with(|press| press.confirm.is_some()) { words::RUN_PAID } else { words::RUN };
    view! {
        <Show when=move || confirming.get() fallback=move || view! {
            <div class="run-bar">
                <button type="button" class="button button-primary button-large" data-testid="evaluate-run"
                    on:click=pressed>{name}</button>
                <p data-testid="evaluate-estimate">{move || press.with(|press| press.sentence.clone())}</p>
            </div>
        }>
            <div class="comparison-confirm" role="group" aria-label=words::RUN>
                <p>{move || press.with(|press| press.confirm.clone())}</p>
                <button type="button" class="button button-primary" data-testid="evaluate-start"
                    on:click=move |_| start()>{words::START}</button>
                <button type="button" class="button button-quiet" data-testid="evaluate-cancel"
                    on:click=move |_| confirming.set(false)>{words::CANCEL}</button>
            </div>
        </Show>
    }
}
