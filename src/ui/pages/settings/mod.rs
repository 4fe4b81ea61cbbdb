//! The Settings page: connections, keys, appearance, storage.

mod form;
mod key_place;
mod on_device;
mod prices;
mod replies;
mod server_fields;
mod sign_in;
mod travel;

use leptos::prelude::*;

use self::form::{Edited, Form};
use self::prices::Prices;
use self::replies::Replies;
use self::travel::Travel;
use crate::ui::app::{LANGUAGE, THEME};
use crate::ui::desk::{Connection, use_desk};
use crate::ui::words::keys::{self as key_words, KeyState};
use crate::ui::words::{language, on_device as on_device_words, settings as words};
use crate::web::keys::{self, KeyPlace};
use crate::web::{page, storage, theme, vault};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <div class="settings">
            <h1 tabindex="-1">{words::TITLE}</h1>
            <Connections />
            <Prices />
            <Keys />
            <Appearance />
            <LanguageChoice />
            <Travel />
            <Replies />
            <Storage />
        </div>
    }
}

#[component]
fn Connections() -> impl IntoView {
    let desk = use_desk();
    // What the form holds while it is open.
    let edited = RwSignal::new(None::<Edited>);
    let removed = RwSignal::new(None::<Connection>);
    let remove = move |id| removed.set(desk.remove_connection(id));
    let undo = move |_| {
        if let Some(connection) = removed.try_update(Option::take).flatten() {
            desk.restore_connection(connection);
        }
    };
    view! {
        <section class="card">
            <h2>{words::CONNECTIONS}</h2>
            <p class="settings-what">{words::CONNECTIONS_WHAT}</p>
            {move || desk.news.get().map(|news| view! {
                <p class="notice" role="status" data-testid="settings-news">{news}</p>
            })}
            <Show when=move || desk.connections.with(Vec::is_empty)>
                <p class="settings-empty">{words::NO_CONNECTION}</p>
            </Show>
            <ul class="connection-list">
                <For each=move || desk.connections.get() key=row_key let(connection)>
                    <Row connection edited remove=Callback::new(remove) />
                </For>
            </ul>
            {move || removed.get().map(|connection| view! {
                <div class="notice" role="status">
                    <p>{words::removed(&connection.name)}</p>
                    <button type="button" class="button" on:click=undo>{words::UNDO}</button>
                </div>
            })}
            {move || match edited.get() {
                Some(open) => view! { <Form open done=Callback::new(move |()| edited.set(None)) /> }.into_any(),
                None => view! {
                    <div class="settings-actions">
                        <button type="button" class="button button-primary" data-testid="connection-add"
                            on:click=move |_| edited.set(Some(Edited::fresh(desk)))>{words::ADD}</button>
                        <Show when=move || !desk.connections.with(Vec::is_empty)>
                            <a class="button" href="#/">{words::ASK}</a>
                        </Show>
                    </div>
                }.into_any(),
            }}
        </section>
    }
}

/// A row is drawn anew when anything in it changes, its key included.
fn row_key(connection: &Connection) -> String {
    format!("{connection:?} {:?}", key_state(connection))
}

/// How it stands with a connection's key.
fn key_state(connection: &Connection) -> KeyState {
    match keys::place(connection.id) {
        Some(KeyPlace::Memory) => KeyState::Memory,
        Some(KeyPlace::Tab) => KeyState::Tab,
        Some(KeyPlace::Device) => KeyState::Device,
        None if vault::held().contains(&connection.id) => KeyState::Locked,
        None if connection.needs_key => KeyState::Missing,
        None => KeyState::Unneeded,
    }
}

#[component]
fn Row(
    connection: Connection,
    edited: RwSignal<Option<Edited>>,
    remove: Callback<crate::session::ConnectionId>,
) -> impl IntoView {
    let id = connection.id;
    let desk = use_desk();
    let state = key_state(&connection);
    let key = match connection.engine {
        Some(_) => on_device_words::FREE,
        None => key_words::key_state(state),
    };
    let missing = matches!(state, KeyState::Missing | KeyState::Locked);
    let unconfirmed = connection.unconfirmed;
    let address = connection.engine.map(on_device_words::place);
    let address = address.map_or_else(|| connection.base_url.clone(), str::to_owned);
    let (name, model) = (connection.name.clone(), connection.model.clone());
    view! {
        <li class="connection">
            <div>
                <strong>{name.clone()}</strong>
                <p class="connection-where">{address}" · "{model}</p>
                <span class="tag" class:tag-warn=missing>{key}</span>
                {unconfirmed.then(|| view! { <span class="tag tag-warn">{key_words::UNCONFIRMED}</span> })}
            </div>
            <div class="connection-actions">
                {unconfirmed.then(|| view! {
                    <button type="button" class="button button-primary" data-testid="connection-confirm"
                        on:click=move |_| desk.confirm_connection(id)>{key_words::CONFIRM}</button>
                })}
                <button type="button" class="button" aria-label=format!("{} {name}", words::EDIT)
                    on:click=move |_| edited.set(Some(Edited::saved(&connection)))>{words::EDIT}</button>
                <button type="button" class="button button-quiet" aria-label=format!("{} {name}", words::REMOVE)
                    on:click=move |_| remove.run(id)>{words::REMOVE}</button>
            </div>
        </li>
    }
}

#[component]
fn Keys() -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(String::new());
    let forget = move |_| {
        said.set(words::forgotten(keys::forget_all()));
        desk.keys_changed();
    };
    view! {
        <section class="card">
            <h2>{words::KEYS}</h2>
            <p class="settings-what">{words::KEYS_WHAT}</p>
            <div class="settings-actions">
                <button type="button" class="button" data-testid="forget-keys" on:click=forget>{words::FORGET_KEYS}</button>
                <span role="status">{said}</span>
            </div>
        </section>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let choice = RwSignal::new(storage::read::<bool>(THEME));
    let choose = move |dark: Option<bool>| {
        choice.set(dark);
        theme::apply(dark);
        // A browser that does not store it follows the choice until the tab closes.
        let _ = storage::write(THEME, &dark);
    };
    let card = move |dark: Option<bool>, name: &'static str| {
        view! {
            <label class="radio-card">
                <input type="radio" name="appearance" prop:checked=move || choice.get() == dark
                    on:change=move |_| choose(dark) />
                <span class="radio-title">{name}</span>
            </label>
        }
    };
    view! {
        <section class="card">
            <fieldset class="appearance">
                <legend>{words::APPEARANCE}</legend>
                <div class="radio-cards">
                    {card(None, words::SYSTEM)} {card(Some(false), words::LIGHT)} {card(Some(true), words::DARK)}
                </div>
            </fieldset>
        </section>
    }
}

/// Which language the page is in; there only where the site has more than one.
#[component]
fn LanguageChoice() -> impl IntoView {
    let choose = move |code: &'static str| {
        // A browser that does not store it stays in its own language.
        if storage::write(LANGUAGE, &code).is_ok() {
            page::reload();
        }
    };
    let card = move |(code, name): (&'static str, &'static str)| {
        view! {
            <label class="radio-card" lang=code>
                <input type="radio" name="language" checked=code == language::CODE data-testid=format!("language-{code}")
                    on:change=move |_| choose(code) />
                <span class="radio-title">{name}</span>
            </label>
        }
    };
    page::has_languages().then(|| {
        view! {
            <section class="card">
                <fieldset class="appearance">
                    <legend>{language::TITLE}</legend>
                    <div class="radio-cards">{language::ALL.map(card)}</div>
                    <p class="hint">{language::WHAT}</p>
                </fieldset>
            </section>
        }
    })
}

#[component]
fn Storage() -> impl IntoView {
    let desk = use_desk();
    let said = RwSignal::new(String::new());
    let used = move || {
        desk.connections.track();
        said.track();
        words::stored(storage::used_bytes())
    };
    let clear = move |_| {
        desk.clear_storage();
        said.set(words::CLEARED.to_owned());
    };
    view! {
        <section class="card">
            <h2>{words::STORAGE}</h2>
            <p class="settings-what">{used}</p>
            <div class="settings-actions">
                <button type="button" class="button" on:click=clear>{words::CLEAR}</button>
                <span role="status">{said}</span>
            </div>
        </section>
    }
}
