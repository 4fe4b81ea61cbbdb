//! Class mode, for whoever asks: the link for the class, the codes that come back, and the reveal. What was collected
//! stays on this device under the question's key, so that a reload loses nothing.

pub mod ballot;
mod invitation;
mod result;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use self::invitation::Invitation;
use self::result::Revealed;
use crate::share::{ClassQuestion, Collected, collect};
use crate::ui::components::TextField;
use crate::ui::desk::{Desk, Feed, use_desk};
use crate::ui::draft::Draft;
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
    /// The answer that turned out to be true, or that the class has counted, once somebody has said it here.
    #[serde(default)]
    truth: Option<usize>,
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
                        <div class="empty-actions">
                            <AskNow />
                            <a class="button" href="#/">{words::EMPTY_NEXT}</a>
                        </div>
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
    let truth = Memo::new(move |_| kept.with(|kept| kept.truth));
    let on_truth = Callback::new(move |told: Option<usize>| keep(&|kept| kept.truth = told));
    view! {
        <Invitation class />
        <NewQuestion class />
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
        <Show when=move || revealed.get()><Revealed feed found truth on_truth /></Show>
    }
}

/// The question that stands on Ask, if it has one that could be asked.
fn drafted(desk: Desk) -> Option<String> {
    desk.draft.with(|draft: &Draft| Some(draft.question.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Asks the panel what stands on Ask and stays here, where its answer is hidden.
#[component]
fn AskNow() -> impl IntoView {
    let desk = use_desk();
    let question = Memo::new(move |_| drafted(desk));
    let ask = move |_| {
        desk.start_draft();
        if matches!(*desk.route.read_untracked(), Route::Watch { .. }) {
            desk.go(Route::Class);
        }
    };
    move || {
        question.get().map(|question| {
            view! {
                <button type="button" class="button button-primary" data-testid="class-ask" on:click=ask>
                    {words::ask_now(&question)}
                </button>
            }
        })
    }
}

/// Says that another question stands on Ask than the one that the open run has answered.
#[component]
fn NewQuestion(class: StoredValue<ClassQuestion>) -> impl IntoView {
    let desk = use_desk();
    let other = Memo::new(move |_| {
        let differs = |text: String| class.with_value(|class| class.question.trim() != text.as_str());
        drafted(desk).is_some_and(differs)
    });
    view! {
        <Show when=move || other.get()>
            <div class="notice class-other" data-testid="class-other"><p>{words::OTHER}</p><AskNow /></div>
        </Show>
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
