//! What is to be said about an open run above it: that another tab drives it, what it waits for, what it lacks. And
//! the two notes of the whole page: that runs are not kept, and that one was interrupted.

use leptos::prelude::*;

use crate::archive::Card;
use crate::ui::desk::{Feed, Listing, Note, OpenRun, Row, use_desk};
use crate::ui::route::Route;
use crate::ui::words::browser;
use crate::ui::words::runs as words;
use crate::web;

/// The note of a run, if there is one; and a warning while what its file says does not follow.
#[component]
pub fn RunNote(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let note = Memo::new(move |_| feed.with(|open| open.and_then(|open| open.note.clone())));
    let text = |note: &Note| match note {
        Note::Elsewhere => words::ELSEWHERE.to_owned(),
        Note::Free => words::FREE.to_owned(),
        Note::TakenOver => words::TAKEN_OVER.to_owned(),
        Note::NeedsKeys(names) => words::needs_keys(names),
        Note::NeedsConnections => words::NEEDS_CONNECTIONS.to_owned(),
        Note::OtherEngine => words::OTHER_ENGINE.to_owned(),
        Note::Damaged(seq) => words::damaged(*seq),
        Note::OpenedBefore => words::OPENED_BEFORE.to_owned(),
    };
    let said = move || {
        note.get().map(|note| {
            let action = match note {
                Note::Elsewhere | Note::Free => view! {
                    <button type="button" class="button" data-testid="take-over" disabled=note == Note::Elsewhere
                        on:click=move |_| desk.take_over()>{words::TAKE_OVER}</button>
                }
                .into_any(),
                Note::NeedsKeys(_) | Note::NeedsConnections => {
                    view! { <a class="button" href="#/settings">{crate::ui::words::shell::page(&Route::Settings)}</a> }
                        .into_any()
                }
                _ => ().into_any(),
            };
            view! {
                <div class="notice run-note" role="status" data-testid="run-note">
                    <p>{text(&note)}</p>
                    {action}
                </div>
            }
        })
    };
    view! {
        <AlteredNote feed />
        {said}
    }
}

/// The warning above a run whose file says something else than what follows: all that the page shows is the file's.
#[component]
pub fn AlteredNote(feed: Feed) -> impl IntoView {
    let altered = Memo::new(move |_| {
        // What was damaged on this device has a note of its own.
        let damaged = |open: &OpenRun| matches!(open.note, Some(Note::Damaged(_)));
        feed.with(|open| open.is_some_and(|open| open.is_altered() && !damaged(open)))
    });
    view! {
        <Show when=move || altered.get()>
            <div class="banner run-altered" role="alert" data-testid="run-altered">
                <div>
                    <strong>{words::ALTERED}</strong>
                    <p>{words::ALTERED_WHAT}</p>
                </div>
                <a class="button" href="#/run/audit">{words::ALTERED_NEXT}</a>
            </div>
        </Show>
    }
}

/// Says once that this window keeps nothing, and as long as it is true that a run is not kept.
#[component]
pub fn KeepingNotice() -> impl IntoView {
    let desk = use_desk();
    let seen = RwSignal::new(false);
    let nothing = Memo::new(move |_| desk.shelf.list.with(|list| matches!(list, Listing::Unavailable(_))));
    let embedded = move || matches!(*desk.route.read(), Route::Shared { .. });
    view! {
        <Show when=move || nothing.get() && !seen.get() && !embedded()>
            <div class="notice page-notice" role="status" data-testid="storage-notice">
                <p>{words::UNAVAILABLE_ONCE}</p>
                <button type="button" class="button" on:click=move |_| seen.set(true)>{words::CLOSE}</button>
            </div>
        </Show>
        {move || desk.shelf.refusal.get().filter(|_| !embedded()).map(|refusal| view! {
            <div class="notice page-notice" role="alert" data-testid="storage-refusal">
                <p><strong>{words::FULL}</strong>". "{browser::store(&refusal)}" "{words::FULL_NEXT}</p>
                <div class="kept-actions">
                    <a class="button" href="#/runs">{words::MAKE_ROOM}</a>
                    <button type="button" class="button" data-testid="keep-again" on:click=move |_| desk.keep_again()>
                        {words::TRY_AGAIN}
                    </button>
                </div>
            </div>
        })}
    }
}

/// Offers to go on with the run that was interrupted, unless some tab drives it.
#[component]
pub fn ResumeOffer() -> impl IntoView {
    let desk = use_desk();
    let offer = RwSignal::new(None::<(String, String)>);
    let dismissed = desk.offer_dismissed;
    let found = Memo::new(move |_| {
        desk.shelf.list.track();
        desk.shelf.last_open()
    });
    Effect::new(move |_| {
        let found = found.get();
        web::spawn(async move {
            let free = match found {
                Some(Row { id, card: Ok(card), .. }) if !web::run_lock::is_taken(&id).await => {
                    Some((id, card))
                }
                _ => None,
            };
            offer.try_set(free.map(|(id, card): (String, Card)| (id, words::offer(&card))));
        });
    });
    move || {
        offer.get().filter(|_| !dismissed.get()).map(|(id, sentence)| {
            view! {
                <div class="notice resume-offer" role="status" data-testid="resume-offer">
                    <p><strong>{words::INTERRUPTED}</strong>": "{sentence}</p>
                    <div class="kept-actions">
                        <button type="button" class="button button-primary" data-testid="resume-button"
                            on:click=move |_| desk.open_kept(&id)>{words::GO_ON}</button>
                        <button type="button" class="button" on:click=move |_| dismissed.set(true)>{words::NOT_NOW}</button>
                    </div>
                </div>
            }
        })
    }
}
