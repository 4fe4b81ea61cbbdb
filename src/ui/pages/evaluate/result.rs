//! What came out: first what it shows and what it cannot, then the figures, then every question.

use leptos::prelude::*;

use super::findings::{Charts, Findings};
use super::lessons::Lessons;
use super::progress::{Failures, Progress};
use super::questions::Questions;
use super::save::Downloads;
use super::set_up::SetUp;
use super::share::Share;
use super::tables::{Against, Categories, Comparisons, Scores};
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::{Reported, use_desk, use_results};
use crate::ui::evaluation::Stage;
use crate::ui::words::evaluate as words;
use crate::web;

/// The page's own evaluation.
#[component]
pub fn ResultView() -> impl IntoView {
    let desk = use_desk();
    let results = use_results();
    let name =
        Memo::new(move |_| results.with(|open| open.map(|open| words::name(&open.head, open.id.is_some()))));
    let again = move |_| {
        desk.leave_evaluation();
        request_animation_frame(|| {
            web::page::focus("main h1");
        });
    };
    view! {
        <div class="evaluate-title">
            <p class="evaluate-name">{move || name.get()}</p>
            <Share />
        </div>
        <Progress />
        <Parts>
            <SetUp />
            <p><button type="button" class="button" data-testid="evaluate-another" on:click=again>{words::ANOTHER}</button></p>
        </Parts>
    }
}

/// What came out, whoever asked; `children` come last.
#[component]
pub fn Parts(children: ChildrenFn) -> impl IntoView {
    let results = use_results();
    let state = move || {
        results.with(|open| match open.map(|open| open.head.stage) {
            Some(Stage::Running) => "running",
            Some(Stage::Held) => "held",
            Some(Stage::Over) => "over",
            None => "none",
        })
    };
    let report = results.report;
    let drawn = move || match report.get() {
        Some(Reported { is_whole: true, .. }) => "whole",
        Some(_) => "figures",
        None => "none",
    };
    let turns = Turns::up_to(4);
    let has_report = Memo::new(move |_| report.with(Option::is_some));
    let has_answers = Memo::new(move |_| results.has_answers());
    let stage = Memo::new(move |_| results.with(|open| open.map(|open| open.head.stage)));
    view! {
        <section class="evaluate-result" data-testid="evaluate-result" data-stage=state data-report=drawn>
            <Failures stage />
            <Show when=move || has_report.get() fallback=|| view! { <p class="hint" role="status">{words::NO_RECORD_YET}</p> }>
                <Findings />
                <section class="card evaluate-part" aria-labelledby="evaluate-scores">
                    <h2 id="evaluate-scores">{words::SCORES}</h2>
                    <Scores />
                    <InTurn turns place=1><Against /><Comparisons /></InTurn>
                </section>
                <InTurn turns place=2><Charts /><Categories /><Lessons /></InTurn>
            </Show>
            <InTurn turns place=3><Show when=move || has_answers.get()><Questions /></Show></InTurn>
            <InTurn turns place=4><Downloads />{children()}</InTurn>
        </section>
    }
}
