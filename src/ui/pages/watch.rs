//! The Watch page: the local run, or what to do if there is none.

use leptos::prelude::*;

use crate::ui::components::Turns;
use crate::ui::desk::use_desk;
use crate::ui::draft::Draft;
use crate::ui::panels::{RUN_PARTS, RunView};
use crate::ui::words::{runs, watch as words};

/// The page.
#[component]
pub fn WatchPage() -> impl IntoView {
    let desk = use_desk();
    let feed = desk.local();
    let there = Memo::new(move |_| feed.with(|open| open.is_some()));
    view! {
        <Show when=move || there.get() fallback=|| view! { <NoRun /> }>
            <RunView feed commands=true why="#/run/why" turns=Turns::up_to(RUN_PARTS) />
        </Show>
    }
}

#[component]
fn NoRun() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Show when=move || !desk.opening.get() fallback=|| view! {
            <section class="empty" role="status"><h1 tabindex="-1">{runs::OPENING}</h1></section>
        }>
            <Invitation />
        </Show>
    }
}

#[component]
fn Invitation() -> impl IntoView {
    let desk = use_desk();
    let example = move |_| {
        desk.draft.set(Draft::first_visit());
        desk.start_draft();
    };
    view! {
        <section class="empty">
            <h1 tabindex="-1">{words::EMPTY}</h1>
            <p>{words::EMPTY_WHAT}</p>
            <div class="empty-actions">
                <button type="button" class="button button-primary button-large" on:click=example>{words::EMPTY_RUN}</button>
                <a class="button button-large" href="#/">{words::EMPTY_ASK}</a>
            </div>
        </section>
    }
}
