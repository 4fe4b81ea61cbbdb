//! The page of results in a link, read-only: they are worked out again here, beside whatever else is open.

use leptos::prelude::*;

use super::result::Parts;
use super::set_up::SetUp;
use super::share::Share;
use crate::evaluate::{Found, Handout};
use crate::ui::desk::arrival::results_of_code;
use crate::ui::desk::use_desk;
use crate::ui::pages::shared::{CannotOpen, Problem};
use crate::ui::words::{evaluate as words, problems};
use crate::web;

/// How far the link has come.
#[derive(Clone, Debug, PartialEq)]
enum Opening {
    Working,
    /// It is open; whether every answer was in it.
    Open(bool),
    Failed(Problem),
}

/// The page of one link; made anew for another.
#[component]
pub fn ResultsPage(
    /// The results, with the link's version.
    code: String,
) -> impl IntoView {
    let desk = use_desk();
    provide_context(desk.received);
    desk.show_received(None);
    let opening = RwSignal::new(Opening::Working);
    web::spawn(async move {
        // The page says that it is opening before it is busy with that.
        web::next_frame().await;
        let wanted = move || opening.try_get_untracked().is_some();
        let Some(read) = results_of_code(&code, wanted).await.filter(|_| wanted()) else { return };
        // The heading that goes may have the focus: the one that comes takes it over.
        let focused = web::page::has_focus("main h1");
        opening.try_set(match read {
            Ok(handout) => {
                let answers = has_answers(&handout);
                desk.show_received(Some(handout));
                Opening::Open(answers)
            }
            Err(error) => Opening::Failed(Problem {
                what: problems::link(&error),
                next: words::results_next_step(&error),
            }),
        });
        if focused {
            leptos::task::tick().await;
            web::page::focus("main h1");
        }
    });
    move || match opening.get() {
        Opening::Working => {
            view! { <section class="empty"><h1 tabindex="-1">{words::RECEIVED_OPENING}</h1></section> }
                .into_any()
        }
        Opening::Open(answers) => view! { <Received answers /> }.into_any(),
        Opening::Failed(problem) => view! { <CannotOpen problem /> }.into_any(),
    }
}

fn has_answers(handout: &Handout) -> bool {
    matches!(handout.found, Found::Answers(_))
}

#[component]
fn Received(answers: bool) -> impl IntoView {
    let desk = use_desk();
    let name = desk.received.peek(|open| {
        open.map(|open| words::set_up_questions(&open.head.name, open.head.count)).unwrap_or_default()
    });
    let how = if answers { words::RECEIVED_ANSWERS } else { words::RECEIVED_FIGURES };
    view! {
        <div class="evaluate" data-testid="evaluate-received" data-answers=answers.to_string()>
            <aside class="shared-banner" aria-label=words::RECEIVED_TAG>
                <p><b>{words::RECEIVED_TAG}</b><span class="hint">{how}</span></p>
                <div class="shared-actions">
                    <Share />
                    <a class="button" href="#/evaluate/compare?b=link" data-testid="evaluate-compare">{words::CONTRAST}</a>
                    <a class="button" href="#/evaluate">{words::OWN}</a>
                </div>
            </aside>
            <header class="evaluate-hero">
                <h1 tabindex="-1">{words::RECEIVED}</h1>
                <p>{name}</p>
            </header>
            <Parts><SetUp /></Parts>
        </div>
    }
}
