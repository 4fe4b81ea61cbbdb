//! How far the evaluation has come, what it takes, what failed, and the ways to hold it and let it go on.

use leptos::prelude::*;

use crate::evaluate::Record;
use crate::ui::desk::{use_desk, use_results};
use crate::ui::evaluation::{EvaluationNote, Stage, lacks};
use crate::ui::words::evaluate as words;

/// The bar, its figures, and the buttons.
#[component]
pub fn Progress() -> impl IntoView {
    let desk = use_desk();
    let evaluations = desk.evaluations;
    let head = Memo::new(move |_| evaluations.with(|open| open.map(|open| open.head.clone())));
    let stage = Memo::new(move |_| head.with(|head| head.as_ref().map(|head| head.stage)));
    let ours = Memo::new(move |_| evaluations.with(|open| open.is_some_and(|open| open.id.is_some())));
    let priced = Memo::new(move |_| {
        evaluations.with(|open| {
            let plan = open.and_then(|open| open.plan.as_ref());
            plan.is_some_and(|plan| plan.panel.agents.iter().any(|agent| agent.kind.is_model()))
        })
    });
    let figures = move || {
        let pace = desk.evaluation_pace();
        head.with(|head| head.as_ref().map(|head| words::progress(head, pace, priced.get())))
    };
    let elsewhere = move || evaluations.note.with(|note| *note == Some(EvaluationNote::Elsewhere));
    let running = move || stage.get() == Some(Stage::Running) && !elsewhere();
    let held = move || stage.get() == Some(Stage::Held);
    view! {
        {move || evaluations.note.get().map(|note| view! {
            <div class="notice" role="status" data-testid="evaluate-note"><p>{words::note(&note)}</p></div>
        })}
        <Show when=move || ours.get()>
            <div class="evaluate-progress">
                <progress aria-label=words::PROGRESS data-testid="evaluate-progress"
                    max=move || head.with(|head| head.as_ref().map_or(1, |head| head.count).to_string())
                    prop:value=move || head.with(|head| head.as_ref().map_or(0.0, |head| head.done as f64))></progress>
                <p class="number" data-testid="evaluate-figures"
                    data-done=move || head.with(|head| head.as_ref().map_or(0, |head| head.done).to_string())
                    data-calls=move || head.with(|head| head.as_ref().map_or(0, |head| head.spent.calls).to_string())>
                    {figures}
                </p>
                <div class="evaluate-buttons">
                    <Show when=running>
                        <button type="button" class="button" data-testid="evaluate-pause"
                            on:click=move |_| desk.pause_evaluation()>{words::PAUSE}</button>
                        <button type="button" class="button button-quiet" data-testid="evaluate-stop"
                            on:click=move |_| desk.stop_evaluation()>{words::STOP}</button>
                    </Show>
                    <Show when=held>
                        <button type="button" class="button button-primary" data-testid="evaluate-go-on"
                            on:click=move |_| desk.go_on_with_evaluation()>{words::GO_ON}</button>
                    </Show>
                </div>
            </div>
        </Show>
    }
}

/// What failed, by method, with a way to ask again.
#[component]
pub fn Failures(stage: Memo<Option<Stage>>) -> impl IntoView {
    let desk = use_desk();
    let results = use_results();
    // It changes with a record, not with every frame.
    let done = Memo::new(move |_| results.with(|open| open.map_or(0, |open| open.done().count())));
    let failures = Memo::new(move |_| {
        done.track();
        let stage = stage.get();
        results.peek(|open| {
            let records = || open.into_iter().flat_map(|open| open.done().map(|record| &**record));
            let agents: u64 = records().map(|record| u64::from(record.failures)).sum();
            let open_again = records().filter(|record: &&Record| !record.is_whole()).count();
            (lacks(records()), agents, open_again, stage)
        })
    });
    let any = move || failures.with(|(lacks, agents, ..)| !lacks.is_empty() || *agents > 0);
    let can_retry = move || {
        let ours = results.with(|open| open.is_some_and(|open| open.id.is_some()));
        ours && failures.with(|(_, _, again, stage)| *again > 0 && *stage != Some(Stage::Running))
    };
    view! {
        <Show when=any>
            <div class="evaluate-failures" data-testid="evaluate-failures"
                data-agents=move || failures.with(|(_, agents, ..)| agents.to_string())>
                <h3>{words::FAILURES}</h3>
                <ul>
                    {move || failures.with(|(lacks, agents, ..)| {
                        let lines = lacks.iter().map(words::lack);
                        (*agents > 0).then(|| words::agents_failed(*agents)).into_iter().chain(lines)
                            .map(|line| view! { <li>{line}</li> }).collect_view()
                    })}
                </ul>
                <Show when=can_retry>
                    <button type="button" class="button" data-testid="evaluate-retry"
                        on:click=move |_| desk.retry_evaluation()>
                        {move || failures.with(|(_, _, again, _)| words::retry(*again))}
                    </button>
                </Show>
            </div>
        </Show>
    }
}
