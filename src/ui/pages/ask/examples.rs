//! Other ways to begin: an example, the recorded run, a file.

use leptos::prelude::*;

use crate::run::Document;
use crate::share;
use crate::ui::desk::{Desk, Provenance, use_desk};
use crate::ui::route::Route;
use crate::ui::words::ask as words;
use crate::ui::words::browser;
use crate::ui::words::examples::{EXAMPLES, Example, User, user_title};
use crate::ui::words::problems;
use crate::web;

/// Where the names of the recorded runs stand.
const SAMPLES: &str = "public/samples/";

/// A recorded run that the site offers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub struct Sample {
    /// Its file, beside the index.
    pub file: String,
    /// What was asked.
    pub title: String,
    /// Model and date.
    pub label: String,
}

/// The examples, the recorded runs, and the file input.
#[component]
pub fn Examples() -> impl IntoView {
    view! {
        <section class="examples" aria-labelledby="examples-title">
            <h2 id="examples-title">{words::EXAMPLES}</h2>
            {User::ALL.map(|user| view! { <ExamplesFor user /> }).into_iter().collect_view()}
            <RecordedRuns />
            <ImportRun />
        </section>
    }
}

/// The examples of one kind of user.
#[component]
fn ExamplesFor(user: User) -> impl IntoView {
    let desk = use_desk();
    let chosen = move |place: usize| desk.draft.with(|draft| draft.example == Some(place));
    let button = |(place, example): (usize, &'static Example)| {
        view! {
            <li>
                <button type="button" class="example" data-testid=format!("example-{place}")
                    aria-pressed=move || chosen(place).to_string()
                    on:click=move |_| desk.edit_draft(|draft, _| draft.use_example(place))>
                    <span class="example-title">{example.title}</span>
                </button>
            </li>
        }
    };
    let its = EXAMPLES.iter().enumerate().filter(move |(_, example)| example.user == user);
    view! {
        <div class="examples-for">
            <h3>{user_title(user)}</h3>
            <ul>{its.map(button).collect_view()}</ul>
        </div>
    }
}

/// The recorded runs, once the site has said that there are any.
#[component]
pub fn RecordedRuns() -> impl IntoView {
    let desk = use_desk();
    let samples = RwSignal::new(Vec::<Sample>::new());
    web::spawn(async move {
        if let Ok(bytes) = web::assets::own_file(&format!("{SAMPLES}index.json")).await
            && let Ok(found) = serde_json::from_slice::<Vec<Sample>>(&bytes)
        {
            samples.try_set(found);
        }
    });
    view! {
        <For each=move || samples.get() key=|sample| sample.file.clone() let:sample>
            {
                let Sample { file, title, label } = sample;
                let shown = label.clone();
                view! {
                    <button type="button" class="example example-recorded" data-testid="recorded-run"
                        on:click=move |_| open_sample(desk, file.clone(), label.clone())>
                        // Recorded runs are in English, whatever the page speaks.
                        <span class="example-kind">{words::RECORDED}" · "<span lang="en">{shown}</span></span>
                        <span class="example-title" lang="en">{title}</span>
                        <span class="example-what">{words::RECORDED_OPEN}</span>
                    </button>
                }
            }
        </For>
    }
}

fn open_sample(desk: Desk, file: String, label: String) {
    web::spawn(async move {
        let opened = match web::assets::own_file(&format!("{SAMPLES}{file}")).await {
            Ok(bytes) => read(&bytes),
            Err(error) => Err(browser::asset(&error)),
        };
        // To read it, to play it and to show it are three tasks: the browser may draw in between.
        web::next_task().await;
        let opened = opened.and_then(|document| open(desk, document, Provenance::Sample { label }));
        web::next_task().await;
        match opened {
            Ok(()) => desk.go(Route::Watch { at: None }),
            Err(problem) => desk.fail(words::SAMPLE_FAILED, problem, words::SAMPLE_NEXT),
        }
    });
}

/// Opens a run file in place of the local run, and shows its events.
#[component]
fn ImportRun() -> impl IntoView {
    let desk = use_desk();
    let picked = move |event: web_sys::Event| {
        if let Some(bytes) = web::assets::picked_file(&event) {
            web::spawn(async move { desk.import(bytes.await).await });
        }
    };
    view! {
        <label class="import">
            <span class="button">{words::IMPORT}</span>
            <input class="unseen" type="file" accept=".json,.png,.svg,application/json,image/png,image/svg+xml" data-testid="import-run" on:change=picked />
            <small>{words::IMPORT_HINT}</small>
        </label>
    }
}

fn read(bytes: &[u8]) -> Result<Document, String> {
    share::read_file(bytes).map_err(|error| problems::file(&error))
}

fn open(desk: Desk, document: Document, provenance: Provenance) -> Result<(), String> {
    desk.open_document(document, provenance).map_err(|error| problems::run(&error))
}
