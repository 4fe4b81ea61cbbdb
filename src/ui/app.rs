//! The frame around every page: header, navigation, status, error, live region; and the page that the address asks
//! for. It knows no run beyond its status.

use leptos::ev;
use leptos::prelude::*;

use super::desk::{Desk, Trouble, use_desk};
use super::pages::ask::AskPage;
use super::pages::audit::AuditPage;
use super::pages::class::ClassPage;
use super::pages::class::ballot::BallotPage;
use super::pages::compare::ComparePage;
use super::pages::decide::DecidePage;
use super::pages::evaluate::{ContrastPage, EvaluatePage, ResultsPage};
use super::pages::lab::LabPage;
use super::pages::learn::LearnPage;
use super::pages::not_found::NotFoundPage;
use super::pages::runs::RunsPage;
use super::pages::settings::SettingsPage;
use super::pages::shared::SharedPage;
use super::pages::watch::WatchPage;
use super::pages::why::WhyPage;
use super::panels::{DropTarget, KeepingNotice, UnlockNotice};
use super::route::Route;
use super::words::shell as words;
use crate::web;

/// Under which name the choice of light or dark is stored: whether it is dark.
pub const THEME: &str = "dark";

/// Under which name the choice of a language is stored; `boot.js` reads it before this program is there.
pub const LANGUAGE: &str = "language";

/// The event of the window that says that the first page is there; `boot.js` waits for it.
const SHOWN: &str = "credence:shown";

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    web::keys::load_tab();
    desk.load_connections();
    desk.load_prices();
    desk.open_shelf();
    desk.load_decision();
    desk.load_evaluations();
    desk.receive_sign_in();
    web::theme::apply(web::storage::read(THEME));
    let heard =
        window_event_listener(ev::hashchange, move |_| desk.arrive(Route::parse(&web::page::fragment())));
    on_cleanup(move || heard.remove());
    let embedded = Memo::new(move |_| desk.route.read().is_embedded());
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            web::page::focus("main h1");
        }>{words::SKIP}</a>
        <Show when=move || !embedded.get()><Header /></Show>
        <ErrorBanner />
        <KeepingNotice />
        <UnlockNotice />
        <Show when=move || !embedded.get()><DropTarget /></Show>
        <main id="main"><Page /></main>
        <p class="unseen" role="status" aria-live="polite">{move || desk.announcement.get()}</p>
    }
}

/// Shows the page of the current route, names the tab after it and moves the focus to its heading.
#[component]
fn Page() -> impl IntoView {
    let desk = use_desk();
    // Parameters such as `?at=` change without a new page.
    let page = Memo::new_with_compare(
        move |_| desk.route.get(),
        |before, now| !matches!((before, now), (Some(before), Some(now)) if before.same_page(now)),
    );
    let run = Memo::new(move |_| {
        let page = page.get();
        let shows_run = page.shows_local_run() || matches!(page, Route::Shared { .. });
        let feed = desk.shown();
        let failures = feed.failures();
        shows_run
            .then(|| feed.peek(|open| open.map(|open| (open.run.spec().question.clone(), failures))))
            .flatten()
    });
    Effect::new(move |_| {
        let run = run.get();
        let run = run.as_ref().map(|(question, failures)| (question.as_str(), *failures));
        web::page::set_title(&words::title(&page.read(), run));
        web::page::set_attribute("meta[name='description']", "content", &words::description(run));
    });
    // The old page goes in one task and the new one comes in the next: both in one would keep the browser from drawing.
    let shown = RwSignal::new(None::<Route>);
    Effect::new(move |before: Option<()>| {
        let wanted = page.get();
        let is_first = before.is_none();
        if !is_first {
            web::page::drop_focus();
            shown.set(None);
        }
        web::spawn(async move {
            web::next_task().await;
            if page.try_get_untracked().as_ref() != Some(&wanted) {
                return;
            }
            shown.set(Some(wanted));
            if is_first {
                web::page::tell(SHOWN);
                return;
            }
            // Both need the layout: they wait until the browser computes it anyway.
            request_animation_frame(|| {
                web::page::scroll_to_top();
                web::page::focus("main h1");
            });
        });
    });
    move || {
        shown.get().map(|page| match page {
            Route::Ask => view! { <AskPage /> }.into_any(),
            Route::Watch { .. } => view! { <WatchPage /> }.into_any(),
            Route::Why { .. } => view! { <WhyPage /> }.into_any(),
            Route::Audit { .. } => view! { <AuditPage /> }.into_any(),
            Route::Shared { source, .. } => view! { <SharedPage source /> }.into_any(),
            Route::Runs => view! { <RunsPage /> }.into_any(),
            Route::Class => view! { <ClassPage /> }.into_any(),
            Route::Ballot { code } => view! { <BallotPage code /> }.into_any(),
            Route::Compare { .. } => view! { <ComparePage /> }.into_any(),
            Route::Learn { .. } => view! { <LearnPage /> }.into_any(),
            Route::Lab => view! { <LabPage /> }.into_any(),
            Route::Decide => view! { <DecidePage /> }.into_any(),
            Route::Evaluate => view! { <EvaluatePage /> }.into_any(),
            Route::Contrast { .. } => view! { <ContrastPage /> }.into_any(),
            Route::Results { code } => view! { <ResultsPage code /> }.into_any(),
            Route::Settings => view! { <SettingsPage /> }.into_any(),
            Route::NotFound => view! { <NotFoundPage /> }.into_any(),
        })
    }
}

#[component]
fn Header() -> impl IntoView {
    view! {
        <header class="top">
            <a class="brand" href="#/">{words::NAME}</a>
            <nav aria-label=words::NAVIGATION>
                <NavLink to=Route::Ask />
                <NavLink to=Route::Decide />
                <NavLink to=Route::Evaluate />
                <NavLink to=Route::Watch { at: None } />
                <NavLink to=Route::Why { at: None } />
                <NavLink to=Route::Audit { at: None } />
                <NavLink to=Route::Runs />
                <NavLink to=Route::Learn { step: 1 } />
                <NavLink to=Route::Settings />
            </nav>
            <Status />
        </header>
    }
}

#[component]
fn NavLink(to: Route) -> impl IntoView {
    let desk = use_desk();
    let href = format!("#{to}");
    let name = words::page(&to);
    let current = move || desk.route.read().same_page(&to).then_some("page");
    view! { <a href=href aria-current=current>{name}</a> }
}

/// How the run that the page shows stands.
#[component]
fn Status() -> impl IntoView {
    let desk = use_desk();
    let status = Memo::new(move |_| desk.shown().status());
    view! {
        <span class="status" data-testid="status" data-status=move || status.get().name()>
            {move || words::status(status.get())}
        </span>
    }
}

/// Stands in the page only while there is an error.
#[component]
fn ErrorBanner() -> impl IntoView {
    let desk = use_desk();
    let close = move |_| desk.trouble.set(None);
    move || {
        desk.trouble.get().map(|Trouble { title, what, next_step }| {
            view! {
                <div class="banner" role="alert" data-testid="error-banner">
                    <div>
                        <strong>{title}</strong>
                        <p>{what}" "{next_step}</p>
                    </div>
                    <button type="button" class="button" on:click=close>{words::DISMISS}</button>
                </div>
            }
        })
    }
}
