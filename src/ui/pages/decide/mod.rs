//! The Decide page: a goal, options and one button; then how the options compare. What is asked, and what the answers
//! are worth, is decided elsewhere.

mod examples;
mod findings;
mod form;
mod links;
mod result;

use leptos::prelude::*;

use self::examples::{Earlier, Examples};
use self::form::Form;
use self::result::ResultView;
use crate::ui::components::{InTurn, Turns};
use crate::ui::decision::Decision;
use crate::ui::desk::use_desk;
use crate::ui::words::decide as words;

/// The page.
#[component]
pub fn DecidePage() -> impl IntoView {
    let desk = use_desk();
    let asked = Memo::new(move |_| desk.decisions.current.with(Decision::is_asked));
    let turns = Turns::up_to(2);
    view! {
        <div class="decide">
            <header class="decide-hero">
                <h1 tabindex="-1">{words::TITLE}</h1>
                <Show when=move || !asked.get()><p>{words::LEAD}</p></Show>
            </header>
            <Show when=move || desk.decisions.refused.get()>
                <div class="notice" role="status"><p>{words::NOT_KEPT}</p></div>
            </Show>
            <Show when=move || asked.get() fallback=move || view! { <Form /> }><ResultView /></Show>
            <aside class="decide-aside">
                <Show when=move || !asked.get()><InTurn turns place=1><Examples /></InTurn></Show>
                <InTurn turns place=2><Earlier /></InTurn>
            </aside>
        </div>
    }
}
