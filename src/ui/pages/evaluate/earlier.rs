//! The evaluations that are kept on this device: open one, or remove it for good.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::evaluation::Head;
use crate::ui::words::evaluate as words;
use crate::web;

/// The list; nothing while there is none but the one that is shown.
#[component]
pub fn Earlier() -> impl IntoView {
    let desk = use_desk();
    let evaluations = desk.evaluations;
    let others = Memo::new(move |_| {
        let shown = evaluations.with(|open| open.and_then(|open| open.id.clone()));
        let list = evaluations.list.get().unwrap_or_default();
        list.into_iter().filter(|(id, _)| Some(id) != shown.as_ref()).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || others.with(|others| !others.is_empty())>
            <section class="card evaluate-part" aria-labelledby="evaluate-earlier">
                <h2 id="evaluate-earlier">{words::EARLIER}</h2>
                <ul class="evaluate-earlier">
                    <For each=move || others.get() key=|(id, head)| (id.clone(), head.done, head.stage as u8) let((id, head))>
                        <One id head />
                    </For>
                </ul>
                <p><a class="button" href="#/evaluate/compare" data-testid="evaluate-compare">{words::CONTRAST}</a></p>
            </section>
        </Show>
    }
}

#[component]
fn One(id: String, head: Head) -> impl IntoView {
    let desk = use_desk();
    let sure = RwSignal::new(false);
    let (opened, gone) = (id.clone(), id);
    let open = move |_| {
        let id = opened.clone();
        web::spawn(async move {
            desk.open_evaluation(&id).await;
            web::page::focus("main h1");
        });
    };
    let remove = move |_| {
        if sure.get_untracked() {
            desk.remove_evaluation(gone.clone());
        } else {
            sure.set(true);
        }
    };
    let what = words::earlier(&head, &web::page::local_time(head.started_millis));
    view! {
        <li>
            <span>{what}</span>
            <button type="button" class="button" data-testid="evaluate-open" on:click=open>{words::OPEN}</button>
            <button type="button" class="button button-quiet" data-testid="evaluate-remove" on:click=remove>
                {move || if sure.get() { words::REMOVE_SURE } else { words::REMOVE }}
            </button>
        </li>
    }
}
