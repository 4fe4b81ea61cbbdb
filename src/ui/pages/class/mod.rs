//! Class mode, for whoever asks: the link for the class, the codes that come back, and the reveal. What was collected
//! stays on this device under the question's key, so that a reload loses nothing.

pub mod ballot;
mod result;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use self::result::Revealed;
use crate::share::{ClassQuestion, Collected, collect};
use crate::ui::components::{QrCode, TextField};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::route::Route;
use crate::ui::words::class as words;
use crate::web;

/// What is kept of a class.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// The codes as they were typed.
    codes: String,
    /// Whether the answers are shown.
    revealed: bool,
}

/// Under which name something of a class is stored.
fn stored_as(part: &str, class: &ClassQuestion) -> String {
    let key = class.key().to_string();
    format!("{part}/{}", key.get(..16).unwrap_or(&key))
}

/// The page.
#[component]
pub fn ClassPage() -> impl IntoView {
    let desk = use_desk();
    let feed = desk.local();
    // Another run is another class; a run that goes on is the same one.
    let class = Memo::new(move |_| feed.with(|open| open.map(|open| ClassQuestion::of(open.run.spec()))));
    view! {
        <div class="class">
            <header>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p class="settings-what">{words::WHAT}</p>
            </header>
            {move || match class.get() {
                Some(class) => view! { <Lesson feed class /> }.into_any(),
                None => view! {
                    <section class="empty" data-testid="class-empty">
                        <h2>{words::EMPTY}</h2>
                        <p>{words::EMPTY_WHAT}</p>
                        <a class="button button-primary" href="#/">{words::EMPTY_NEXT}</a>
                    </section>
                }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Lesson(feed: Feed, class: ClassQuestion) -> impl IntoView {
    let name = StoredValue::new(stored_as("class", &class));
    let kept = RwSignal::new(web::storage::read::<Kept>(&name.get_value()).unwrap_or_default());
    let class = StoredValue::new(class);
    let keep = move |change: &dyn Fn(&mut Kept)| {
        kept.update(change);
        // A browser that does not store it has it until the page is left.
        let _ = web::storage::write(&name.get_value(), &kept.get_untracked());
    };
    let codes = Memo::new(move |_| kept.with(|kept| kept.codes.clone()));
    let revealed = Memo::new(move |_| kept.with(|kept| kept.revealed));
    let found = Memo::new(move |_| class.with_value(|class| collect(class, &codes.get())));
    let question = class.with_value(|class| class.question.clone());
    view! {
        <p class="class-question" data-testid="class-question">{question}</p>
        <Invitation class />
        <section class="card" aria-labelledby="class-collect">
            <h2 id="class-collect">{words::COLLECT}</h2>
            <p class="hint">{words::COLLECT_WHAT}</p>
            <TextField label=words::CODES value=codes long=true test_id=Signal::stored("class-codes".to_owned())
                on_input=move |text: String| keep(&|kept| kept.codes.clone_from(&text)) />
            <Count found />
        </section>
        <section class="card" aria-labelledby="class-reveal">
            <h2 id="class-reveal">{words::REVEAL}</h2>
            <Show when=move || !revealed.get()><p class="hint">{words::REVEAL_WHAT}</p></Show>
            <button type="button" class="button" class:button-primary=move || !revealed.get() data-testid="class-reveal"
                aria-expanded=move || revealed.get().to_string()
                on:click=move |_| keep(&|kept| kept.revealed = !kept.revealed)>
                {move || if revealed.get() { words::HIDE } else { words::REVEAL_NOW }}
            </button>
        </section>
        <Show when=move || revealed.get()><Revealed feed found /></Show>
    }
}

/// The link for the class, as a picture and as a text.
#[component]
fn Invitation(class: StoredValue<ClassQuestion>) -> impl IntoView {
    let desk = use_desk();
    let copied = RwSignal::new(false);
    let code = class.with_value(ClassQuestion::encode);
    let address = web::page::address_of(&Route::Ballot { code }.to_string());
    let text = address.clone();
    let copy = move |_| {
        let text = text.clone();
        web::spawn(async move {
            if web::save::copy_text(&text).await {
                copied.try_set(true);
                desk.announce(words::COPIED);
            } else {
                web::page::select_all("[data-testid='class-link']");
            }
        });
    };
    view! {
        <section class="card class-show" aria-labelledby="class-show">
            <h2 id="class-show">{words::SHOW}</h2>
            <p class="hint">{words::SHOW_WHAT}</p>
            <QrCode address=address.clone() alt=words::QR_ALT fallback=words::QR_TOO_LONG test_id="class-qr" />
            <div class="share-link">
                <label for="class-link">{words::LINK}</label>
                <input id="class-link" type="text" readonly data-testid="class-link" value=address
                    on:focus=move |_| web::page::select_all("[data-testid='class-link']") />
                <button type="button" class="button" on:click=copy>
                    {move || if copied.get() { words::COPIED } else { words::COPY }}
                </button>
            </div>
        </section>
    }
}

/// How many codes there are, and what is wrong with the others.
#[component]
fn Count(found: Memo<Collected>) -> impl IntoView {
    view! {
        <div role="status">
            <p data-testid="class-count">{move || found.with(|found| words::answers(found.ballots.len()))}</p>
            {move || found.with(|found| words::replaced(found.replaced)).map(|line| view! { <p class="hint">{line}</p> })}
            {move || found.with(|found| words::unreadable(&found.unreadable)).map(|line| view! {
                <p class="field-error" data-testid="class-unreadable">{line}</p>
            })}
        </div>
    }
}
