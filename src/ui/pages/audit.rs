//! The Audit page: check the run, take it away, and read every step of it. It works for runs that go on, for finished
//! ones, and for files that were tampered with.

use leptos::prelude::*;

use crate::share::{file_name, write_file};
use crate::ui::desk::{Feed, Provenance, use_desk};
use crate::ui::panels::{
    EventList, FailureBadge, RunNote, ShareDialog, VerifyPanel, document_of, event_turns,
};
use crate::ui::route::Route;
use crate::ui::words::{audit as words, runs, share};
use crate::web;

/// Where an event can be linked to.
const EVENT: &str = "#/run/audit?at=";

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let feed = use_desk().local();
    let there = Memo::new(move |_| feed.with(|open| open.is_some()));
    view! {
        <Show when=move || there.get() fallback=|| view! { <NoRun /> }>
            <Audit feed />
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
            <a class="button button-primary button-large" href="#/">{words::EMPTY_NEXT}</a>
        </section>
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

/// Why a run cannot be shared by a link, if it cannot.
fn obstacle(feed: Feed) -> Option<&'static str> {
    feed.with(|open| {
        let open = open?;
        let whole = open.document.as_ref().is_none_or(|document| document.head == open.run.head());
        match (whole, open.run.state().is_closed()) {
            (false, _) => Some(words::SHARE_BROKEN),
            (true, false) => Some(words::SHARE_LATER),
            (true, true) => None,
        }
    })
}

#[component]
fn TakeAway(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let sharing = RwSignal::new(false);
    let obstacle = Memo::new(move |_| obstacle(feed));
    // The Watch page leads here with the dialog open.
    Effect::new(move |_| {
        if web::page::fragment().ends_with("?share=1") {
            web::page::replace_fragment(&Route::Audit { at: None }.to_string());
            sharing.set(obstacle.get_untracked().is_none());
        }
    });
    let export = move |_| {
        let saved = feed.peek(|open| {
            let open = open?;
            let saved = document_of(open).map_err(|error| error.to_string()).and_then(|document| {
                let failures = open.run.state().totals().failures;
                let name = file_name(&open.run.spec().question, &document.head.digest, failures);
                web::save::save_text(&name, "application/json", &write_file(&document))
            });
            Some(saved)
        });
        if let Some(Err(problem)) = saved {
            desk.fail(share::SAVE_FAILED, problem, share::SAVE_NEXT);
        }
    };
    view! {
        <div class="take-away">
            <button type="button" class="button" data-testid="export-run" on:click=export>{words::EXPORT}</button>
            <p class="hint">{words::EXPORT_WHAT}</p>
            <button type="button" class="button" data-testid="share-button" aria-describedby="share-why"
                disabled=move || obstacle.get().is_some() on:click=move |_| sharing.set(true)>
                {words::SHARE}
            </button>
            <p class="hint" id="share-why">{move || obstacle.get().unwrap_or(words::SHARE_WHAT)}</p>
        </div>
        <ShareDialog feed open=sharing />
    }
}
