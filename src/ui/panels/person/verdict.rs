//! What the order would do, or why there is none; and what stands in its way until the person says so again.

use leptos::prelude::*;

use super::ticket::Ticket;
use crate::ui::words::trade as words;

/// The preview.
#[component]
pub(super) fn Figures(ticket: Ticket) -> impl IntoView {
    move || {
        ticket.solved.get().map(|solved| match solved {
            Ok(solved) => {
                let figures = ticket.figures(&solved.quote).into_iter();
                view! {
                    <dl class="your-preview">
                        {figures.map(|(name, figure, test_id, value)| view! {
                            <div><dt>{name}</dt><dd class="number" data-testid=test_id data-value=value.to_string()>{figure}</dd></div>
                        }).collect_view()}
                    </dl>
                }
                .into_any()
            }
            Err(refusal) => {
                view! { <p class="hint your-refusal" data-testid="your-refusal">{ticket.problem(&refusal)}</p> }.into_any()
            }
        })
    }
}

/// The lock, and what was done.
#[component]
pub(super) fn Held(ticket: Ticket) -> impl IntoView {
    let sentence = move || {
        let slip = ticket.lock.get()?;
        let name = ticket
            .bounds
            .with(|bounds| bounds.as_ref().map_or_else(String::new, |bounds| bounds.name.clone()));
        Some((words::locked(ticket.side.get(), &name, &slip), slip))
    };
    view! {
        <div role="alert">
            {move || sentence().map(|(sentence, slip)| view! {
                <div class="your-lock" data-testid="your-lock">
                    <p>{sentence}</p>
                    <p class="your-lock-ways">
                        <button type="button" class="button" data-testid="your-confirm"
                            on:click=move |_| ticket.place(Some(slip))>{words::confirm(ticket.side.get_untracked())}</button>
                        <button type="button" class="button" data-testid="your-leave"
                            on:click=move |_| ticket.lock.set(None)>{words::LEAVE}</button>
                    </p>
                </div>
            })}
        </div>
        <p class="your-done" role="status" data-testid="your-done">{move || ticket.done.get()}</p>
    }
}
