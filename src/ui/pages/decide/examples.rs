//! Decisions to begin with: examples for every kind of user, and those that were asked before.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::words::decide as words;
use crate::ui::words::decisions::{DECISIONS, ExampleDecision};
use crate::ui::words::examples::{User, user_title};

/// The gallery.
#[component]
pub fn Examples() -> impl IntoView {
    let desk = use_desk();
    view! {
        <section class="examples" aria-labelledby="decide-examples-title">
            <h2 id="decide-examples-title">{words::EXAMPLES}</h2>
            <Show when=move || desk.decisions.replaced.with(Option::is_some)>
                <div class="notice" role="status">
                    <p>{words::REPLACED}</p>
                    <button type="button" class="button" data-testid="decide-undo"
                        on:click=move |_| desk.take_back_decision()>{words::UNDO}</button>
                </div>
            </Show>
            {User::ALL.map(|user| view! { <ExamplesFor user /> }).into_iter().collect_view()}
        </section>
    }
}

#[component]
fn ExamplesFor(user: User) -> impl IntoView {
    let desk = use_desk();
    let chosen = move |place: usize| desk.decisions.current.with(|decision| decision.example == Some(place));
    let button = |(place, example): (usize, &'static ExampleDecision)| {
        view! {
            <li>
                <button type="button" class="example" data-testid=format!("decide-example-{place}")
                    aria-pressed=move || chosen(place).to_string()
                    on:click=move |_| desk.use_example_decision(place)>
                    <span class="example-title">{example.title}</span>
                </button>
            </li>
        }
    };
    let its = DECISIONS.iter().enumerate().filter(move |(_, example)| example.user == user);
    view! {
        <div class="examples-for">
            <h3>{user_title(user)}</h3>
            <ul>{its.map(button).collect_view()}</ul>
        </div>
    }
}

/// Decisions that were asked before, on this device.
#[component]
pub fn Earlier() -> impl IntoView {
    let desk = use_desk();
    let earlier = desk.decisions.earlier;
    let open = move |place: usize| {
        desk.open_earlier_decision(place);
        request_animation_frame(|| {
            crate::web::page::focus("main h1");
        });
    };
    view! {
        <Show when=move || earlier.with(|earlier| !earlier.is_empty())>
            <section class="examples decide-earlier" aria-labelledby="decide-earlier-title">
                <h2 id="decide-earlier-title">{words::EARLIER}</h2>
                <ul>
                    {move || earlier.with(|earlier| {
                        earlier
                            .iter()
                            .enumerate()
                            .map(|(place, decision)| view! {
                                <li>
                                    <button type="button" class="example" data-testid=format!("decide-earlier-{place}")
                                        on:click=move |_| open(place)>
                                        <span class="example-title">{words::name(decision)}</span>
                                        <span class="example-what">{decision.goal.trim().to_owned()}</span>
                                    </button>
                                </li>
                            })
                            .collect_view()
                    })}
                </ul>
            </section>
        </Show>
    }
}
