//! The Why page: why the local run's answer is what it is, or what to do if there is no run.

use leptos::prelude::*;

use crate::ui::components::Turns;
use crate::ui::desk::use_desk;
use crate::ui::panels::{WHY_PARTS, WhyView};
use crate::ui::words::{audit, runs, why as words};

/// Where an event can be read.
const EVENT: &str = "#/run/audit?at=";

/// The page.
#[component]
pub fn WhyPage() -> impl IntoView {
    let desk = use_desk();
    let feed = desk.local();
    let there = Memo::new(move |_| feed.with(|open| open.is_some()));
    view! {
        <Show when=move || there.get() fallback=|| view! { <NoRun /> }>
            <WhyView feed back="#/run" event_href=EVENT turns=Turns::up_to(WHY_PARTS) />
        </Show>
    }
}

#[component]
fn NoRun() -> impl IntoView {
    let desk = use_desk();
    view! {
        <section class="empty">
            <h1 tabindex="-1">{move || if desk.opening.get() { runs::OPENING } else { words::EMPTY }}</h1>
            <p>{words::EMPTY_WHAT}</p>
            <a class="button button-primary button-large" href="#/">{audit::EMPTY_NEXT}</a>
        </section>
    }
}
