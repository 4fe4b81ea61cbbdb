//! The Evaluate page: questions from a file, the methods that are compared on them, and one button; then what came out,
//! question by question and in all. What is asked, and what the figures are worth, is decided elsewhere.

mod bar;
mod contrast;
mod earlier;
mod findings;
mod lessons;
mod mapping;
mod methods;
mod progress;
mod questions;
mod received;
mod result;
mod save;
mod set_up;
mod share;
mod source;
mod tables;

use leptos::prelude::*;

use self::bar::Bar;
pub use self::contrast::ContrastPage;
use self::earlier::Earlier;
use self::mapping::Loaded;
use self::methods::{Methods, Sample};
pub use self::received::ResultsPage;
use self::result::ResultView;
use self::source::Sources;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::{Source, use_desk};
use crate::ui::pages::ask::PanelChoice;
use crate::ui::words::evaluate as words;

/// The page.
#[component]
pub fn EvaluatePage() -> impl IntoView {
    let desk = use_desk();
    desk.take_up_evaluation();
    let evaluations = desk.evaluations;
    provide_context(evaluations.slot);
    let shown = Memo::new(move |_| evaluations.with(|open| open.is_some()));
    let opening = evaluations.opening;
    let turns = Turns::up_to(3);
    view! {
        <div class="evaluate">
            <header class="evaluate-hero">
                <h1 tabindex="-1">{words::TITLE}</h1>
                <Show when=move || !shown.get()><p>{words::LEAD}</p></Show>
            </header>
            <Show when=move || opening.get()><p class="hint" role="status">{words::READING}</p></Show>
            <Show when=move || shown.get() fallback=move || view! { <Form turns /> }><ResultView /></Show>
            <InTurn turns place=3><Earlier /></InTurn>
        </div>
    }
}

/// Questions, methods, panel, and the button.
#[component]
fn Form(turns: Turns) -> impl IntoView {
    let desk = use_desk();
    let source = desk.evaluations.source;
    let loaded = Memo::new(move |_| match source.get() {
        Source::Ready(loaded) => Some(loaded),
        _ => None,
    });
    view! {
        <section class="card evaluate-part" aria-labelledby="evaluate-questions">
            <h2 id="evaluate-questions">{words::QUESTIONS}</h2>
            <Sources />
            {move || loaded.get().map(|loaded| view! { <Loaded loaded /> })}
        </section>
        <InTurn turns place=1>
            <section class="card evaluate-part" aria-labelledby="evaluate-methods">
                <h2 id="evaluate-methods">{words::METHODS}</h2>
                <p class="hint">{words::METHODS_WHAT}</p>
                <Methods />
            </section>
        </InTurn>
        <InTurn turns place=2>
            <section class="card evaluate-part" aria-labelledby="evaluate-panel">
                <h2 id="evaluate-panel">{words::PANEL}</h2>
                <p class="hint">{words::PANEL_WHAT}</p>
                <PanelChoice />
                <Sample />
                <Bar />
            </section>
        </InTurn>
    }
}
