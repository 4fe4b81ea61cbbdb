//! Pause, next round, stop. Each can be pressed only while it would do something.

use leptos::prelude::*;

use crate::ui::desk::{Feed, use_desk};
use crate::ui::status::RunStatus;
use crate::ui::words::watch as words;

/// The buttons of a run that goes on.
#[component]
pub fn Controls(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let status = Memo::new(move |_| feed.status());
    let ours = Memo::new(move |_| feed.with(|open| open.is_some_and(super::super::desk::OpenRun::is_ours)));
    let over = move || !status.get().is_open() || !ours.get();
    let paused = move || status.get() == RunStatus::Paused;
    let toggle = move |_| {
        if feed.peek(|open| open.map(super::super::desk::OpenRun::status)) == Some(RunStatus::Paused) {
            desk.resume();
        } else {
            desk.pause();
        }
    };
    view! {
        <div class="controls" role="group" aria-label=words::CONTROLS class:controls-over=over>
            <button type="button" class="button" data-testid="pause-button" disabled=over on:click=toggle>
                {move || if paused() { words::RESUME } else { words::PAUSE }}
            </button>
            <button type="button" class="button" data-testid="step-button" disabled=over
                on:click=move |_| desk.step()>{words::STEP}</button>
            <button type="button" class="button" data-testid="stop-button" disabled=over
                on:click=move |_| desk.stop()>{words::STOP}</button>
        </div>
    }
}
