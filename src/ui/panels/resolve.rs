//! Settling by hand: what a person can say of a finished run whose outcome nobody knew.

use leptos::prelude::*;

use crate::run::Resolution;
use crate::ui::desk::{Feed, use_desk};
use crate::ui::words::turns as words;

/// The form; nothing while the run is open or once it is settled.
#[component]
pub fn Resolve(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let chosen = RwSignal::new(0_usize);
    let wanted = Memo::new(move |_| {
        feed.with(|open| {
            let state = open?.run.state();
            (state.is_closed() && state.settled().is_none()).then(|| state.spec().outcomes.clone())
        })
    });
    move || {
        wanted.get().map(|outcomes| {
            let options = outcomes.into_iter().enumerate().map(|(place, name)| {
                view! { <option value=place.to_string()>{name}</option> }
            });
            view! {
                <section class="card resolve" aria-labelledby="resolve-title" data-testid="resolve-panel">
                    <h2 id="resolve-title">{words::RESOLVE}</h2>
                    <p class="hint">{words::RESOLVE_WHAT}</p>
                    <div class="resolve-row">
                        <label for="resolve-outcome">{words::HAPPENED}</label>
                        <select id="resolve-outcome" data-testid="resolve-outcome"
                            on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0))>
                            {options.collect_view()}
                        </select>
                        <button type="button" class="button" data-testid="resolve-button"
                            on:click=move |_| desk.resolve(Resolution::Outcome(chosen.get_untracked()))>
                            {words::RESOLVE_DO}
                        </button>
                        <button type="button" class="button" data-testid="void-button"
                            on:click=move |_| desk.resolve(Resolution::Void)>{words::VOID_DO}</button>
                    </div>
                </section>
            }
        })
    }
}
