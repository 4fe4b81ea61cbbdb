//! The Audit page: check the run, take it away, and read every step of it. It works for runs that go on, for finished
//! ones, and for files that were tampered with.

use leptos::prelude::*;

use crate::ui::desk::{Feed, Provenance, use_desk};
use crate::ui::panels::{
    EventList, FailureBadge, NoRun, PartOf, RunNote, TakeAway, VerifyPanel, event_turns,
};
use crate::ui::route::Route;
use crate::ui::words::audit as words;

/// Where an event can be linked to.
const EVENT: &str = "#/run/audit?at=";

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let feed = use_desk().local();
    let there = Memo::new(move |_| feed.with(|open| open.is_some()));
    view! {
        <Show when=move || there.get() fallback=|| view! { <NoRun title=words::EMPTY what=words::EMPTY_WHAT /> }>
            <Audit feed />
        </Show>
    }
}

#[component]
fn Audit(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let broken = RwSignal::new(None::<u64>);
    let turns = event_turns(feed);
    let at = Memo::new(move |_| match *desk.route.read() {
        Route::Audit { at } => at,
        _ => None,
    });
    // Once: a list that is filtered comes in turns again.
    let shown = Memo::new(move |before: Option<&bool>| before == Some(&true) || turns.are_over());
    let question = Memo::new(move |_| feed.with(|open| open.map(|open| open.run.spec().question.clone())));
    let about = Memo::new(move |_| {
        feed.with(|open| {
            open.map(|open| {
                let events =
                    open.document.as_ref().map_or(open.run.log().entries().len(), |d| d.events.len());
                let about = words::about(events as u64, open.run.spec().agents.len());
                if open.provenance == Provenance::Imported {
                    format!("{about}, {}", words::FROM_FILE)
                } else {
                    about
                }
            })
        })
    });
    view! {
        <div class="audit">
            <PartOf feed />
            <RunNote feed />
            <header class="audit-head">
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p class="audit-question">{question}</p>
                <p class="hint">{about}" "<FailureBadge feed /></p>
            </header>
            <section class="card audit-check" aria-labelledby="audit-check">
                <h2 id="audit-check">{words::CHECK}</h2>
                // Last: whoever sees the button sees the whole log.
                <Show when=move || shown.get()>
                    <VerifyPanel feed event_href=EVENT on_broken=move |seq| broken.set(seq) />
                </Show>
            </section>
            <section class="card audit-take" aria-labelledby="audit-take">
                <h2 id="audit-take">{words::TAKE_AWAY}</h2>
                <TakeAway feed />
            </section>
            <section class="audit-events" aria-labelledby="audit-events">
                <h2 id="audit-events">{words::EVENTS}</h2>
                <EventList feed at broken event_href=EVENT turns />
            </section>
        </div>
    }
}
