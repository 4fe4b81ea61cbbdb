//! Where questions come from: a file, a pasted text, an address, or the example.

use std::sync::Arc;

use leptos::prelude::*;

use crate::ui::components::TextField;
use crate::ui::desk::{Source, use_desk};
use crate::ui::words::{evaluate as words, listing};
use crate::web;

/// A small set to try the page with.
const EXAMPLE: &str = include_str!("../../evaluation/example.jsonl");

/// The ways to bring questions here.
#[component]
pub fn Sources() -> impl IntoView {
    let desk = use_desk();
    let source = desk.evaluations.source;
    let (pasted, address) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let picked = move |event: leptos::ev::Event| {
        let name = web::assets::picked_name(&event).unwrap_or_default();
        if let Some(bytes) = web::assets::picked_file(&event) {
            source.set(Source::Reading);
            web::spawn(async move { desk.receive_questions(name, bytes.await).await });
        }
    };
    let read = move |name: &'static str, text: String| {
        web::spawn(async move { desk.receive_questions(name.to_owned(), Ok(text.into_bytes())).await });
    };
    let example = move |_| {
        web::spawn(async move {
            desk.read_questions(words::EXAMPLE_NAME.to_owned(), Arc::new(EXAMPLE.to_owned())).await;
        });
    };
    view! {
        <p class="hint">{words::QUESTIONS_WHAT}</p>
        <div class="evaluate-ways">
            <label class="button evaluate-file">
                <input type="file" class="unseen" data-testid="evaluate-file" accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt"
                    on:change=picked />
                {words::CHOOSE_FILE}
            </label>
            <button type="button" class="button button-quiet" data-testid="evaluate-example" on:click=example>
                {words::EXAMPLE}
            </button>
        </div>
        <details class="disclosure evaluate-other">
            <summary>{words::OTHER_WAYS}</summary>
            <div class="evaluate-paste">
                <TextField label=words::PASTE placeholder=words::PASTE_HINT long=true value=pasted
                    on_input=move |text: String| pasted.set(text) test_id="evaluate-paste" />
                <button type="button" class="button" data-testid="evaluate-read"
                    disabled=move || pasted.with(|text| text.trim().is_empty())
                    on:click=move |_| read(words::PASTED_NAME, pasted.get_untracked())>{words::READ}</button>
            </div>
            <div class="evaluate-paste">
                <TextField label=words::ADDRESS hint=words::ADDRESS_WHAT placeholder="https://…" value=address
                    on_input=move |text: String| address.set(text) test_id="evaluate-address" />
                <button type="button" class="button" data-testid="evaluate-fetch"
                    disabled=move || address.with(|text| text.trim().is_empty())
                    on:click=move |_| desk.fetch_questions(&address.get_untracked())>{words::FETCH}</button>
            </div>
        </details>
        <p class="hint">{listing::ON_ASK}" "<a href="#/" data-testid="evaluate-one">{listing::ON_ASK_LINK}</a></p>
        {move || match source.get() {
            Source::Reading => view! { <p class="hint" role="status">{words::READING_FILE}</p> }.into_any(),
            Source::Failed(problem) => view! {
                <p class="field-error" role="alert" data-testid="evaluate-failed">
                    {words::NOT_READ}" "{problem}" "{words::NOT_READ_NEXT}
                </p>
            }.into_any(),
            Source::Empty => view! { <p class="hint" data-testid="evaluate-empty">{words::EMPTY}</p> }.into_any(),
            Source::Ready(_) => ().into_any(),
        }}
    }
}
