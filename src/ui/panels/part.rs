//! The way back from a run to the decision or the evaluation that it belongs to.

use leptos::prelude::*;

use crate::ui::desk::{Feed, use_desk};
use crate::ui::words::runs as words;

/// The way back, above the run; nothing for a run that was asked for itself.
#[component]
pub fn PartOf(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let part = Memo::new(move |_| {
        feed.track();
        desk.part_of_open().map(|part| (desk.remembers(&part), part))
    });
    move || {
        part.get().map(|(there, part)| {
            let (name, back) = (words::part(&part), words::back_to(&part));
            view! {
                <p class="part-of" data-testid="part-of">
                    {there.then(|| view! {
                        <button type="button" class="button" data-testid="part-back" on:click=move |_| desk.go_to_part(&part)>
                            <span aria-hidden="true">"← "</span>{back}
                        </button>
                    })}
                    <span>{name}</span>
                </p>
            }
        })
    }
}
