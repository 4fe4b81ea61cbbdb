//! One past run: what was asked, how it ended, what it cost, and what can be done with it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::archive::{Card, Origin};
use crate::run::ENGINE;
use crate::ui::components::TextField;
use crate::ui::desk::{Row, use_desk};
use crate::ui::words::{runs as words, watch};
use crate::web;

/// What people call the run.
pub(super) fn name_of(row: &Row) -> String {
    let question = || row.card.as_ref().map_or(words::UNREADABLE.to_owned(), |card| card.question.clone());
    row.label.name.clone().unwrap_or_else(question)
}

/// The run in the list.
#[component]
pub(super) fn RunRow(row: Row) -> impl IntoView {
    let desk = use_desk();
    let renaming = RwSignal::new(false);
    let name = name_of(&row);
    let id = StoredValue::new(row.id.clone());
    let here = desk.local().peek(|open| open.and_then(|open| open.kept.as_deref()) == Some(row.id.as_str()));
    let pinned = row.label.pinned;
    let renamed = row.label.name.is_some();
    let facts = match &row.card {
        Ok(card) => view! { <Facts card=card.clone() pinned here renamed /> }.into_any(),
        Err(error) => view! { <p class="hint">{words::unreadable(error)}</p> }.into_any(),
    };
    let open_word = match &row.card {
        Ok(card) if card.is_open() && !here => Some(words::GO_ON),
        Ok(_) => Some(words::OPEN),
        Err(_) => None,
    };
    let labelled = {
        let name = name.clone();
        move |what: &str| format!("{what} “{name}”")
    };
    let heading = name.clone();
    view! {
        <li class="kept-run card" data-testid="run-row" data-run=row.id.clone()>
            <div class="kept-what">
                <h2>{heading}</h2>
                {facts}
            </div>
            <Show when=move || !renaming.get() fallback=move || {
                view! { <Rename id=id.get_value() name=name.clone() renaming /> }
            }>
                <div class="kept-actions">
                    {open_word.map(|word| view! {
                        <button type="button" class="button" data-testid="run-open" aria-label=labelled(word)
                            on:click=move |_| desk.open_kept(&id.get_value())>{word}</button>
                    })}
                    <button type="button" class="button button-quiet" data-testid="run-pin"
                        aria-label=labelled(if pinned { words::UNPIN } else { words::PIN })
                        on:click=move |_| desk.shelf.pin(&id.get_value(), !pinned)>
                        {if pinned { words::UNPIN } else { words::PIN }}
                    </button>
                    <button type="button" class="button button-quiet" data-testid="run-rename"
                        aria-label=labelled(words::RENAME) on:click=move |_| {
                            renaming.set(true);
                            request_animation_frame(|| { web::page::focus(".kept-rename input"); });
                        }>{words::RENAME}</button>
                    <button type="button" class="button button-quiet" data-testid="run-delete"
                        aria-label=labelled(words::DELETE) on:click=move |_| {
                            desk.bin_run(&id.get_value());
                            // The row is gone: the focus goes to the way back.
                            request_animation_frame(|| { web::page::focus("[data-testid='run-undo']"); });
                        }>{words::DELETE}</button>
                </div>
            </Show>
        </li>
    }
}

#[component]
fn Facts(card: Card, pinned: bool, here: bool, renamed: bool) -> impl IntoView {
    let failures = (card.failures > 0).then(|| watch::failures_badge(card.failures));
    let standing = words::standing(&card);
    let price = card.leader.as_ref().map(words::price);
    let date = web::page::local_time(card.started_millis);
    view! {
        {renamed.then(|| view! { <p class="kept-question">{card.question.clone()}</p> })}
        <p class="run-facts">
            <span data-testid="run-standing">{standing}</span>
            {price.map(|price| view! { <span><b>{price}</b></span> })}
            <span>{words::panel(&card)}</span>
            {words::cost(&card).map(|cost| view! { <span>{cost}</span> })}
            <span>{date}</span>
            {here.then(|| view! { <span class="tag">{words::OPEN_HERE}</span> })}
            {pinned.then(|| view! { <span class="tag">{words::PINNED}</span> })}
            {(card.origin == Origin::Imported).then(|| view! { <span class="tag">{words::FROM_FILE}</span> })}
            {card.altered.then(|| view! {
                <span class="tag tag-bad" data-testid="run-altered-tag">{words::DOES_NOT_VERIFY}</span>
            })}
            {(card.engine != ENGINE).then(|| view! { <span class="tag tag-warn">{words::OLDER}</span> })}
            {failures.map(|failures| view! { <span class="tag tag-bad" data-testid="run-failures">{failures}</span> })}
        </p>
    }
}

#[component]
fn Rename(id: String, name: String, renaming: RwSignal<bool>) -> impl IntoView {
    let shelf = use_desk().shelf;
    let text = RwSignal::new(name);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        renaming.set(false);
        shelf.rename(&id, &text.get_untracked());
    };
    view! {
        <form class="kept-rename" on:submit=save>
            <TextField label=words::NAME value=text on_input=move |name| text.set(name)
                test_id=Signal::stored("run-name".to_owned()) />
            <div class="kept-actions">
                <button type="submit" class="button button-primary" data-testid="run-name-save">{words::SAVE}</button>
                <button type="button" class="button button-quiet" on:click=move |_| renaming.set(false)>
                    {words::CANCEL}
                </button>
            </div>
        </form>
    }
}
