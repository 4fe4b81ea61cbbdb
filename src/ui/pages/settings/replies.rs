//! The kept replies of models: how many, how much room they take, and the way to be rid of them.

use leptos::prelude::*;

use crate::ui::desk::use_desk;
use crate::ui::words::replies as words;

/// The section.
#[component]
pub(super) fn Replies() -> impl IntoView {
    let desk = use_desk();
    desk.count_replies();
    let asked = RwSignal::new(false);
    let said = RwSignal::new("");
    let count =
        Memo::new(move |_| desk.replies.holdings.get().map(|kept| kept.device.replies + kept.memory.replies));
    let shown = move || match desk.replies.holdings.get() {
        None => words::COUNTING.to_owned(),
        Some(kept) => words::holdings(kept.device, kept.memory),
    };
    let forget = move |_| {
        asked.set(false);
        desk.forget_replies();
        said.set(words::FORGOTTEN);
    };
    view! {
        <section class="card">
            <h2>{words::KEPT}</h2>
            <p class="settings-what">{words::kept_what()}</p>
            <p data-testid="kept-replies" data-value=move || count.get().map(|count| count.to_string())>{shown}</p>
            <Show when=move || asked.get() fallback=move || view! {
                <div class="settings-actions">
                    <button type="button" class="button" data-testid="forget-replies"
                        disabled=move || count.get().unwrap_or(0) == 0
                        on:click=move |_| { said.set(""); asked.set(true); }>{words::FORGET}</button>
                    <span role="status">{move || said.get()}</span>
                </div>
            }>
                <div class="notice" role="alert">
                    <p>{move || words::forget_question(count.get().unwrap_or(0))}</p>
                    <div class="settings-actions">
                        <button type="button" class="button" data-testid="forget-replies-yes" on:click=forget>
                            {words::FORGET_YES}
                        </button>
                        <button type="button" class="button button-quiet" on:click=move |_| asked.set(false)>
                            {words::FORGET_NO}
                        </button>
                    </div>
                </div>
            </Show>
        </section>
    }
}
