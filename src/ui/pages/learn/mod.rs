//! The Learn page: six steps, one idea and one working control each, and at the end a real run. One step at a time, so
//! that it can stand on a projector; each has an address of its own.

mod controls;
mod steps;

use leptos::prelude::*;

use self::steps::{Crowd, Depth, Earning, Price, Push, Trading};
use crate::ui::desk::use_desk;
use crate::ui::draft::PanelKind;
use crate::ui::route::Route;
use crate::ui::words::learn as words;

/// The example that the run at the end asks.
const SANDBOX_EXAMPLE: usize = 0;

/// The page.
#[component]
pub fn LearnPage() -> impl IntoView {
    let desk = use_desk();
    let step = Memo::new(move |_| match *desk.route.read() {
        Route::Learn { step } => step.clamp(1, words::TITLES.len()),
        _ => 1,
    });
    let last = words::TITLES.len();
    let marks = (1..=last)
        .map(|number| {
            view! {
                <li>
                    <a href=format!("#{}", Route::Learn { step: number }) title=words::TITLES[number - 1]
                        aria-label=words::mark(number)
                        aria-current=move || (step.get() == number).then_some("step")>{number}</a>
                </li>
            }
        })
        .collect_view();
    let href = |step: usize| format!("#{}", Route::Learn { step });
    view! {
        <div class="learn" data-testid="learn">
            <header class="learn-head">
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p class="hint">{words::LEAD}" "<a href="#/learn/lab">{words::LAB}</a></p>
                <nav aria-label=words::STEPS><ol class="learn-marks">{marks}</ol></nav>
            </header>
            <section class="card learn-step" aria-labelledby="learn-step" data-testid="learn-step"
                data-step=move || step.get().to_string()>
                <p class="hint">{move || words::step(step.get())}</p>
                <h2 id="learn-step">{move || words::TITLES[step.get() - 1]}</h2>
                <p class="learn-idea">{move || words::IDEAS[step.get() - 1]}</p>
                {move || match step.get() {
                    1 => view! { <Price /> }.into_any(),
                    2 => view! { <Trading /> }.into_any(),
                    3 => view! { <Depth /> }.into_any(),
                    4 => view! { <Earning /> }.into_any(),
                    5 => view! { <Crowd /> }.into_any(),
                    _ => view! { <Push /> }.into_any(),
                }}
                <p class="learn-try"><b>{words::TRY}</b>{move || words::TRIES[step.get() - 1]}</p>
                <div class="learn-turn">
                    <Show when=move || { step.get() > 1 }>
                        <a class="button" href=move || href(step.get() - 1)>{words::BACK}</a>
                    </Show>
                    <Show when=move || step.get() < last>
                        <a class="button button-primary" data-testid="learn-next" href=move || href(step.get() + 1)>
                            {words::NEXT}
                        </a>
                    </Show>
                </div>
            </section>
            <Show when=move || step.get() == last><Sandbox /></Show>
        </div>
    }
}

/// A real run with the reader on the panel.
#[component]
fn Sandbox() -> impl IntoView {
    let desk = use_desk();
    let start = move |_| {
        desk.edit_draft(|draft, _| {
            draft.use_example(SANDBOX_EXAMPLE);
            draft.panel = PanelKind::Simulated;
            draft.person = true;
        });
        desk.start_draft();
    };
    view! {
        <section class="card learn-sandbox" aria-labelledby="learn-sandbox">
            <h2 id="learn-sandbox">{words::SANDBOX}</h2>
            <p>{words::SANDBOX_WHAT}</p>
            <div class="learn-turn">
                <button type="button" class="button button-primary button-large" data-testid="learn-sandbox" on:click=start>
                    {words::SANDBOX_DO}
                </button>
            </div>
        </section>
    }
}
