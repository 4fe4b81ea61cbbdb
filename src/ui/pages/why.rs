//! The Why page: why the local run's answer is what it is, or what to do if there is no run.

use leptos::prelude::*;

use crate::ui::components::Turns;
use crate::ui::desk::use_desk;
use crate::ui::panels::{AlteredNote, NoRun, PartOf, WHY_PARTS, WhyView};
use crate::ui::words::why as words;

/// Where an event can be read.
const EVENT: &str = "#/run/audit?at=";

/// The page.
#[component]
pub fn WhyPage() -> impl IntoView {
    let desk = use_desk();
    let feed = desk.local();
    let there = Memo::new(move |_| feed.with(|open| open.is_some()));
    view! {
        <Show when=move || there.get() fallback=|| view! { <NoRun title=words::EMPTY what=words::EMPTY_WHAT /> }>
            <PartOf feed />
            <AlteredNote feed />
            <WhyView feed back="#/run" event_href=EVENT turns=Turns::up_to(WHY_PARTS) />
        </Show>
    }
}
