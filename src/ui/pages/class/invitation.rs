//! What a class is shown first: the question, what to do, and the QR code beside it, so that all of it stands on a
//! projector without scrolling; and the same as large as the screen allows.

use leptos::prelude::*;

use crate::share::ClassQuestion;
use crate::ui::components::QrCode;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::route::Route;
use crate::ui::words::class as words;
use crate::web;

/// The question, the link as a picture and as a text, and the way to the large view.
#[component]
pub(super) fn Invitation(class: StoredValue<ClassQuestion>) -> impl IntoView {
    let question = class.with_value(|class| class.question.clone());
    let code = class.with_value(ClassQuestion::encode);
    let address = web::page::address_of(&Route::Ballot { code }.to_string());
    let big = RwSignal::new(false);
    let (picture, large) = (address.clone(), address.clone());
    view! {
        <section class="card class-show" aria-labelledby="class-show">
            <div class="class-invite">
                <p class="class-question" data-testid="class-question">{question.clone()}</p>
                <h2 id="class-show">{words::SHOW}</h2>
                <p>{words::FIRST}</p>
                <p class="hint">{words::SHOW_WHAT}</p>
                <Address address />
                <button type="button" class="button" data-testid="class-big" on:click=move |_| big.set(true)>{words::BIG}</button>
            </div>
            <QrCode address=picture alt=words::QR_ALT fallback=words::QR_TOO_LONG test_id="class-qr" />
        </section>
        <Big open=big address=large question />
    }
}

/// The link as a text, and its copy button.
#[component]
fn Address(address: String) -> impl IntoView {
    let desk = use_desk();
    let text = address.clone();
    let copied = RwSignal::new(None);
    let copy = move |_| copy_text(desk, text.clone(), "[data-testid='class-link']", copied);
    view! {
        <div class="share-link">
            <label for="class-link">{words::LINK}</label>
            <input id="class-link" type="text" readonly data-testid="class-link" value=address
                on:focus=move |_| web::page::select_all("[data-testid='class-link']") />
            <button type="button" class="button" on:click=copy>
                {move || copy_label(copied.get(), words::COPY)}
            </button>
        </div>
    }
}

/// Copies a text and says so; where the browser refuses, selects what `shown` names, so that a key does it.
pub(super) fn copy_text(desk: Desk, text: String, shown: &'static str, copied: RwSignal<Option<bool>>) {
    web::spawn(async move {
        let done = web::save::copy_text(&text).await;
        if !done {
            web::page::select_all(shown);
        }
        copied.try_set(Some(done));
        desk.announce(copy_label(Some(done), ""));
    });
}

/// What a copy button says: what it does, that it did, or that a key has to.
pub(super) fn copy_label(copied: Option<bool>, before: &'static str) -> &'static str {
    match copied {
        None => before,
        Some(true) => words::COPIED,
        Some(false) => words::SELECTED,
    }
}

/// The QR code as large as the screen allows, with the question and the short instruction.
#[component]
fn Big(open: RwSignal<bool>, address: String, question: String) -> impl IntoView {
    let dialog: NodeRef<leptos::html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                // It can be refused only to a dialog that is open or not in the page.
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=dialog class="class-large" aria-labelledby="class-large" data-testid="class-large"
            on:close=move |_| open.set(false)>
            {move || open.get().then(|| view! {
                <div class="class-large-words">
                    <p id="class-large" class="class-question">{question.clone()}</p>
                    <p>{words::FIRST}</p>
                    <button type="button" class="button" on:click=move |_| open.set(false)>{words::SMALL}</button>
                </div>
                <QrCode address=address.clone() alt=words::QR_ALT fallback=words::QR_TOO_LONG test_id="class-large-qr" />
            })}
        </dialog>
    }
}
