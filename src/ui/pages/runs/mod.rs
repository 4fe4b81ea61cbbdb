//! The list of past runs: open, rename, pin, delete with an undo; and how much room they take.

mod groups;
mod row;
mod track;

use std::collections::BTreeSet;

use leptos::prelude::*;

use self::groups::Group;
use self::row::RunRow;
use self::track::TrackRecord;
use crate::archive::{Listed, Part, grouped};
use crate::ui::desk::{Listing, Row, use_desk};
use crate::ui::words::browser;
use crate::ui::words::{compare, runs as words};

/// The page.
#[component]
pub fn RunsPage() -> impl IntoView {
    let desk = use_desk();
    let shelf = desk.shelf;
    // What was thrown away on this page is removed for good when the page is left.
    on_cleanup(move || shelf.empty(move || desk.keep_again()));
    // The list is made anew at every change: what somebody opened stays open.
    let unfolded = RwSignal::new(BTreeSet::new());
    view! {
        <div class="runs">
            <header>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p class="settings-what">{words::WHAT}</p>
                <p><a href="#/compare" data-testid="compare-link">{compare::COMPARE_RUNS}</a></p>
            </header>
            {move || match shelf.list.get() {
                Listing::Loading => view! { <p role="status" class="settings-empty">{words::LOADING}</p> }.into_any(),
                Listing::Unavailable(error) => view! {
                    <section class="empty" data-testid="runs-unavailable">
                        <h2>{words::UNAVAILABLE}</h2>
                        <p>{browser::store(&error)}" "{words::UNAVAILABLE_NEXT}</p>
                    </section>
                }.into_any(),
                Listing::Ready(rows) => view! { <Rows rows unfolded /> }.into_any(),
            }}
            <TrackRecord />
            <Space />
        </div>
    }
}

#[component]
fn Rows(rows: Vec<Row>, unfolded: RwSignal<BTreeSet<Part>>) -> impl IntoView {
    let (gone, there): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.label.deleted_millis.is_some());
    let last_gone = gone.into_iter().max_by_key(|row| row.label.deleted_millis);
    let empty = there.is_empty();
    view! {
        {last_gone.map(|row| view! { <Undo row /> })}
        {empty.then(|| view! {
            <section class="empty" data-testid="runs-empty">
                <h2>{words::EMPTY}</h2>
                <p>{words::EMPTY_WHAT}</p>
                <a class="button button-primary" href="#/">{words::EMPTY_NEXT}</a>
            </section>
        })}
        <ul class="run-list">
            {grouped(there, |row| &row.label).into_iter().map(|listed| match listed {
                Listed::One(row) => view! { <RunRow row /> }.into_any(),
                Listed::Group(part, rows) => view! { <Group part rows unfolded /> }.into_any(),
            }).collect_view()}
        </ul>
    }
}

#[component]
fn Undo(row: Row) -> impl IntoView {
    let shelf = use_desk().shelf;
    let name = row::name_of(&row);
    let id = row.id;
    view! {
        <div class="notice" role="status" data-testid="run-deleted">
            <p>{words::deleted(&name)}</p>
            <button type="button" class="button" data-testid="run-undo" on:click=move |_| shelf.take_back(&id)>
                {words::UNDO}
            </button>
        </div>
    }
}

#[component]
fn Space() -> impl IntoView {
    let shelf = use_desk().shelf;
    move || {
        shelf.space.get().map(|space| {
            view! {
                <p class="hint" data-testid="storage-used">{words::space(space.used_bytes, space.granted_bytes)}</p>
            }
        })
    }
}
