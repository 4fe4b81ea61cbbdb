//! The comparison: the answer first, then the order of the options, then why, then how; and what can be done with it.

use leptos::prelude::*;

use super::findings::Findings;
use super::links::{Links, links_of};
use crate::share::{file_name, file_name_as};
use crate::ui::decision::{Report, Stage};
use crate::ui::desk::{Desk, use_desk};
use crate::ui::panels::RunNote;
use crate::ui::route::Route;
use crate::ui::status::RunStatus;
use crate::ui::words::{decide as words, decision_memo::decision_memo, decisions, share};
use crate::web;

/// The comparison.
#[component]
pub fn ResultView() -> impl IntoView {
    let desk = use_desk();
    let current = desk.decisions.current;
    let stage = Memo::new(move |_| current.with(|decision| decision.stage));
    let simulated = Memo::new(move |_| current.with(|decision| !decision.has_models()));
    let links: Links = RwSignal::default();
    // What an earlier visit has asked is read; whatever is over gets its links once nothing is asked any more.
    Effect::new(move |_| {
        let (unread, stage) = (desk.reads_answers(), stage.get());
        web::spawn(async move {
            if unread {
                desk.read_answers().await;
            }
            if stage != Stage::Running {
                web::next_frame().await;
                let report = untrack(|| desk.decision_report());
                links_of(&report, links).await;
            }
        });
    });
    view! {
        <section class="decide-result" data-testid="decide-result" data-stage=move || match stage.get() {
            Stage::Draft => "draft",
            Stage::Running => "running",
            Stage::Held => "held",
            Stage::Over => "over",
        }>
            <p class="decide-goal"><span>{words::GOAL}</span>" "{move || current.with(|decision| decision.goal.trim().to_owned())}</p>
            <Progress stage />
            <Show when=move || simulated.get()>
                <p class="decide-demonstration" data-testid="decide-demonstration">{words::DEMONSTRATION}</p>
            </Show>
            <Show when=move || desk.reads_answers()><p class="hint" role="status">{words::READING}</p></Show>
            <Findings links stage />
            <Actions links stage />
        </section>
    }
}

/// What goes on, with Stop; and how to go on after one.
#[component]
fn Progress(stage: Memo<Stage>) -> impl IntoView {
    let desk = use_desk();
    let feed = desk.local();
    let asking = Memo::new(move |_| desk.decisions.current.with(words::progress));
    let elsewhere = desk.decisions.elsewhere;
    let price = Memo::new(move |_| {
        feed.with(|open| {
            open.filter(|open| open.driven).and_then(|open| open.story.now.prices.first().copied())
        })
    });
    let paused = Memo::new(move |_| feed.status() == RunStatus::Paused);
    let running = move || stage.get() == Stage::Running && !elsewhere.get();
    view! {
        <Show when=move || elsewhere.get()>
            <div class="notice" role="status" data-testid="decide-elsewhere"><p>{words::ELSEWHERE}</p></div>
        </Show>
        <Show when=running>
            <RunNote feed />
            <div class="decide-progress" data-testid="decide-progress">
                <span class="decide-dot" aria-hidden="true"></span>
                <p>
                    {move || asking.get()}
                    {move || price.get().map(decisions::so_far)}
                </p>
                <Show when=move || paused.get()>
                    <button type="button" class="button" data-testid="decide-resume"
                        on:click=move |_| desk.resume()>{words::RESUME}</button>
                </Show>
                <button type="button" class="button" data-testid="decide-watch"
                    on:click=move |_| desk.go(Route::Watch { at: None })>{words::WATCH_RUN}</button>
                <button type="button" class="button" data-testid="decide-stop"
                    on:click=move |_| desk.stop_decision()>{words::STOP}</button>
            </div>
        </Show>
        <Show when=move || stage.get() == Stage::Held>
            <div class="notice" role="status">
                <p>{words::HELD}</p>
                <button type="button" class="button button-primary" data-testid="decide-go-on"
                    on:click=move |_| desk.go_on_with_decision()>{words::GO_ON}</button>
            </div>
        </Show>
    }
}

/// What can be done with a comparison that is over or was stopped.
#[component]
fn Actions(links: Links, stage: Memo<Stage>) -> impl IntoView {
    let desk = use_desk();
    let answered = Memo::new(move |_| desk.decision_report().told.iter().any(Result::is_ok));
    let again = move |same: bool| {
        desk.decide_again(same);
        request_animation_frame(|| {
            web::page::focus("main h1");
        });
    };
    view! {
        <Show when=move || matches!(stage.get(), Stage::Held | Stage::Over)>
            <div class="decide-actions">
                <Show when=move || answered.get()>
                    <button type="button" class="button button-primary" data-testid="decide-memo"
                        on:click=move |_| save_memo(desk, links)>{words::MEMO}</button>
                    <button type="button" class="button" data-testid="decide-print"
                        on:click=|_| web::page::print()>{words::PRINT}</button>
                </Show>
                <button type="button" class="button" data-testid="decide-change"
                    on:click=move |_| again(true)>{words::CHANGE}</button>
                <button type="button" class="button button-quiet" data-testid="decide-another"
                    on:click=move |_| again(false)>{words::ANOTHER}</button>
            </div>
        </Show>
    }
}

/// Saves the memo, once its links are there.
fn save_memo(desk: Desk, links: Links) {
    let report = untrack(|| desk.decision_report());
    web::spawn(async move {
        let addresses = links_of(&report, links).await;
        let text = decision_memo(&report, &addresses);
        if let Err(problem) = web::save::save_text(&name_of(&report), "text/markdown", &text) {
            desk.fail(share::SAVE_FAILED, problem, share::SAVE_NEXT);
        }
    });
}

/// The name of the memo's file: the goal, the first run's digest and the failures, as other files are named.
fn name_of(report: &Report) -> String {
    let first = report.told.iter().flatten().next();
    let name = first.map(|told| file_name(&report.decision.goal, &told.head, report.failures()));
    file_name_as(&name.unwrap_or_else(|| "decision.json".to_owned()), "md")
}
