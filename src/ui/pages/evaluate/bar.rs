//! The button, what a press will do, and the question before money is spent.

use leptos::prelude::*;

use crate::ui::components::{Press, RunBar, RunBarWords};
use crate::ui::desk::{Desk, Source, use_desk};
use crate::ui::evaluation::reckon;
use crate::ui::words::{evaluate as words, prices};

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

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let desk = use_desk();
    let words = RunBarWords {
        run: words::RUN,
        run_paid: words::RUN_PAID,
        start: words::START,
        cancel: words::CANCEL,
        aside: "",
    };
    view! {
        <RunBar press=Memo::new(move |_| press_now(desk)) start=move |()| desk.start_evaluation() words
            test_id="evaluate" />
    }
}
