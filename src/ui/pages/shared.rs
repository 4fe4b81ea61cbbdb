//! The page of a run in a link, read-only: it is decoded and played again here, shown beside whatever else is open,
//! and can be checked or run again with changes.

use leptos::prelude::*;

use crate::run::Run;
use crate::share::{Decoding, LinkError};
use crate::ui::app::THEME;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::panels::{EventList, RUN_PARTS, RunView, VerifyPanel, event_turns};
use crate::ui::route::{Route, Theme};
use crate::ui::words::{audit, share as words};
use crate::web;

/// How far the link has come.
#[derive(Clone, Debug, PartialEq)]
enum Opening {
    Working,
    Open,
    Failed(LinkError),
}

/// The page of one link; made anew for another code.
#[component]
pub fn SharedPage(
    /// The link's code, with its version.
    code: String,
) -> impl IntoView {
    let desk = use_desk();
    let opening = RwSignal::new(Opening::Working);
    desk.shared().put(None);
    follow_theme();
    web::spawn(async move {
        // The page says that it is opening before it is busy with that.
        web::next_frame().await;
        // Only the newest page of a link may show its run.
        let wanted = move || opening.try_get_untracked().is_some();
        let Some(opened) = decode(&code, wanted).await else { return };
        if !wanted() {
            return;
        }
        opening.set(match opened {
            Ok(run) => {
                desk.open_shared(run);
                Opening::Open
            }
            Err(error) => Opening::Failed(error),
        });
    });
    move || match opening.get() {
        Opening::Working => {
            view! { <section class="empty"><h1 tabindex="-1">{words::OPENING}</h1></section> }.into_any()
        }
        Opening::Open => view! { <SharedRun feed=desk.shared() /> }.into_any(),
        Opening::Failed(error) => view! { <CannotOpen error /> }.into_any(),
    }
}

/// Reads a link a little each frame, for as long as it is wanted.
async fn decode(code: &str, wanted: impl Fn() -> bool) -> Option<Result<Run, LinkError>> {
    match Decoding::new(code) {
        Ok(mut decoding) => web::in_slices(|| decoding.work().transpose(), wanted).await,
        Err(error) => Some(Err(error)),
    }
}

/// The colours that the link asks for, while its page is open; a person's own choice before and after.
fn follow_theme() {
    let desk = use_desk();
    let theme = Memo::new(move |_| match *desk.route.read() {
        Route::Shared { theme, .. } => theme,
        _ => None,
    });
    let own = || web::theme::apply(web::storage::read(THEME));
    Effect::new(move |_| match theme.get() {
        Some(theme) => web::theme::apply(Some(theme == Theme::Dark)),
        None => own(),
    });
    on_cleanup(own);
}

#[component]
fn CannotOpen(error: LinkError) -> impl IntoView {
    let next = words::link_next_step(&error);
    view! {
        <section class="empty" role="alert" data-testid="link-error">
            <h1 tabindex="-1">{words::CANNOT_OPEN}</h1>
            <p>{sentence(&error.to_string())}</p>
            <p>{next}" "{words::UNTOUCHED}</p>
            <a class="button button-primary" href="#/">{words::START}</a>
        </section>
    }
}

/// An error as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}

/// The part after those of the run itself.
const LAST_PART: usize = RUN_PARTS + 1;

#[component]
fn SharedRun(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let broken = RwSignal::new(None::<u64>);
    let embedded = move || desk.route.read().is_embedded();
    let turns = Turns::up_to(LAST_PART);
    let origin = feed.peek(|open| open.and_then(|open| open.run.spec().derived_from.clone()));
    let absent = origin.as_ref().and_then(|origin| audit::absent(origin.texts));
    let derived = origin.map(|origin| words::derived(&origin.head.to_string()));
    view! {
        <div class="shared">
            <aside class="shared-banner" aria-label=words::READ_ONLY>
                <p><b>{words::READ_ONLY}</b><span class="hint">{words::REPLAYED}" "{absent}</span></p>
                <Actions feed />
            </aside>
            <RunView feed turns />
            <section class="card shared-check" aria-labelledby="shared-check">
                <h2 id="shared-check" tabindex="-1">{audit::CHECK}</h2>
                // Last: whoever sees the button sees the whole run.
                <InTurn turns place=LAST_PART><VerifyPanel feed on_broken=move |seq| broken.set(seq) /></InTurn>
                {derived.map(|derived| view! { <p class="hint shared-origin">{derived}</p> })}
            </section>
            <Show when=move || !embedded()>
                <AllEvents feed broken />
            </Show>
        </div>
    }
}

/// Every event, made only while somebody looks at them.
#[component]
fn AllEvents(feed: Feed, broken: RwSignal<Option<u64>>) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="card disclosure shared-events" on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>{words::ALL_EVENTS}</summary>
            <Show when=move || open.get()>
                <div><EventList feed at=Signal::stored(None) broken turns=event_turns(feed) /></div>
            </Show>
        </details>
    }
}

#[component]
fn Actions(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let in_full = move || match desk.route.get() {
        Route::Shared { code, embed: true, .. } => {
            let full = Route::Shared { code, embed: false, theme: None };
            Some(view! {
                <a class="button" href=format!("#{full}") target="_blank" rel="noopener">{words::OPEN_IN_FULL}</a>
            })
        }
        _ => None,
    };
    view! {
        <div class="shared-actions">
            {in_full}
            <button type="button" class="button" on:click=|_| { web::page::reveal("#shared-check"); }>{words::CHECK_IT}</button>
            <button type="button" class="button" data-testid="fork-button" on:click=move |_| desk.fork_of(feed)>
                {words::FORK}
            </button>
        </div>
    }
}
