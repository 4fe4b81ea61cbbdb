//! The page of a run in a link, read-only: it is decoded and played again here, shown beside whatever else is open,
//! and can be checked or run again with changes.

use leptos::prelude::*;

use crate::share::{LinkError, MAX_FILE_BYTES};
use crate::ui::app::THEME;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::arrival::{document_of, run_of_code};
use crate::ui::desk::{Desk, Feed, use_desk};
use crate::ui::panels::{EventList, RUN_PARTS, RunView, VerifyPanel, WhyView, event_turns};
use crate::ui::route::{Route, Source, Theme};
use crate::ui::words::browser;
use crate::ui::words::{audit, problems, share as words};
use crate::web;

/// How far the link has come.
#[derive(Clone, Debug, PartialEq)]
enum Opening {
    Working,
    Open,
    Failed(Problem),
}

/// What is wrong with a link, and what can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// What can be done.
    pub next: &'static str,
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        Self { what: problems::link(&error), next: words::link_next_step(&error) }
    }
}

/// The page of one link; made anew for another.
#[component]
pub fn SharedPage(
    /// Where the run is.
    source: Source,
) -> impl IntoView {
    let desk = use_desk();
    let opening = RwSignal::new(Opening::Working);
    desk.shared().put(None);
    follow_theme();
    tell_height();
    let working = words::opening(&source);
    web::spawn(async move {
        // The page says that it is opening before it is busy with that.
        web::next_frame().await;
        // Only the newest page of a link may show its run.
        let wanted = move || opening.try_get_untracked().is_some();
        let opened = match source {
            Source::Code(code) => run_of_code(&code, wanted).await.map(|read| match read {
                Ok(linked) if wanted() => {
                    desk.open_shared(linked);
                    Ok(())
                }
                Ok(_) => Ok(()),
                Err(error) => Err(error.into()),
            }),
            Source::File(address) => Some(open_file(desk, &address, wanted).await),
        };
        if let Some(opened) = opened {
            // The heading that goes may have the focus: the one that comes takes it over.
            let focused = web::page::has_focus("main h1");
            opening.try_set(opened.map_or_else(Opening::Failed, |()| Opening::Open));
            if focused {
                leptos::task::tick().await;
                web::page::focus("main h1");
            }
        }
    });
    move || match opening.get() {
        Opening::Working => {
            view! { <section class="empty"><h1 tabindex="-1">{working.clone()}</h1></section> }.into_any()
        }
        Opening::Open => view! { <SharedRun feed=desk.shared() /> }.into_any(),
        Opening::Failed(problem) => view! { <CannotOpen problem /> }.into_any(),
    }
}

/// Fetches a run file and opens it beside the local run.
async fn open_file(desk: Desk, address: &str, wanted: impl Fn() -> bool) -> Result<(), Problem> {
    let problem = |what: String| Problem { what, next: words::FILE_NEXT };
    let bytes = web::assets::public_file(address, MAX_FILE_BYTES)
        .await
        .map_err(|error| problem(browser::asset(&error)))?;
    let document = document_of(&bytes).await.map_err(problem)?;
    if wanted() {
        desk.open_shared_document(document).map_err(|error| problem(problems::run(&error)))
    } else {
        Ok(())
    }
}

/// A page around this one hears how tall it is, so that it can make room.
fn tell_height() {
    let desk = use_desk();
    let watch = StoredValue::new_local(None);
    Effect::new(move |_| {
        let embedded = desk.route.read().is_embedded();
        watch.set_value(embedded.then(web::page::tell_height).flatten());
    });
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

/// A link that cannot be opened.
#[component]
pub fn CannotOpen(
    /// What is wrong with it, and what can be done.
    problem: Problem,
) -> impl IntoView {
    view! {
        <section class="empty" role="alert" data-testid="link-error">
            <h1 tabindex="-1">{words::CANNOT_OPEN}</h1>
            <p>{problem.what}</p>
            <p>{problem.next}" "{words::UNTOUCHED}</p>
            <a class="button button-primary" href="#/">{words::START}</a>
        </section>
    }
}

/// The part after those of the run itself.
const LAST_PART: usize = RUN_PARTS + 1;

#[component]
fn SharedRun(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let broken = RwSignal::new(None::<u64>);
    let embedded = move || desk.route.read().is_embedded();
    let turns = Turns::up_to(LAST_PART);
    let why = move || matches!(*desk.route.read(), Route::Shared { why: true, .. });
    let to_why = Signal::derive(move || with_view(&desk.route.read(), true));
    let back = Signal::derive(move || with_view(&desk.route.read(), false));
    let origin = feed.peek(|open| open.and_then(|open| open.run.spec().derived_from.clone()));
    let absent = origin.as_ref().and_then(|origin| audit::absent(origin.texts));
    let from_file = feed.peek(|open| open.is_some_and(|open| open.document.is_some()));
    let replayed = if from_file { words::FROM_FILE } else { words::REPLAYED };
    let derived = origin.map(|origin| words::derived(&origin.head.to_string()));
    view! {
        <div class="shared">
            <aside class="shared-banner" aria-label=words::READ_ONLY>
                <p><b>{words::READ_ONLY}</b><span class="hint">{replayed}" "{absent}</span></p>
                <Actions feed />
            </aside>
            <Show when=move || why() fallback=move || view! { <RunView feed turns why=to_why /> }>
                <WhyView feed back turns />
            </Show>
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

/// The address of the same link that shows why, or the run itself.
fn with_view(route: &Route, why: bool) -> String {
    let mut route = route.clone();
    if let Route::Shared { why: wanted, .. } = &mut route {
        *wanted = why;
    }
    format!("#{route}")
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
        Route::Shared { source, embed: true, .. } => {
            let full = Route::Shared { source, embed: false, theme: None, why: false, at: None };
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
