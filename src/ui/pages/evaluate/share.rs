//! The dialog that makes a link of the results: every answer or the figures, what is inside and what stays here, and where
//! the link fits. A link is tried out before it is offered.

use std::sync::Arc;

use leptos::prelude::*;

use crate::evaluate::{Found, Handout, Report};
use crate::share::{Carrier, LinkError, ResultsEncoding};
use crate::ui::components::Dialog;
use crate::ui::desk::arrival::results_of_code;
use crate::ui::desk::{Reported, ResultSlot, use_results};
use crate::ui::panels::{ShareLink, ShareQr, ShareWay};
use crate::ui::words::{evaluate as words, problems, share};
use crate::web;

/// The choices, in the order of their words.
const ANSWERS: usize = 0;
const FIGURES: usize = 1;

fn failed(why: String) -> AnyView {
    view! { <p class="notice" data-testid="evaluate-share-failed">{why}{words::SHARE_TOO_LONG}</p> }
        .into_any()
}

/// A link that is ready, or why there is none.
#[derive(Clone, Debug, PartialEq)]
enum Offer {
    Ready { address: String, inside: Vec<String> },
    Failed(LinkError),
}

/// The button, once the intervals are drawn, and the dialog.
#[component]
pub fn Share() -> impl IntoView {
    let report = use_results().report;
    let open = RwSignal::new(false);
    let whole = Memo::new(move |_| report.get().is_some_and(|reported| reported.is_whole));
    view! {
        <button type="button" class="button" data-testid="evaluate-share" disabled=move || !whole.get()
            on:click=move |_| open.set(true)>{words::SHARE}</button>
        <Dialog open labelled_by="share-title"><Form open /></Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>) -> impl IntoView {
    let results = use_results();
    let has_answers = untrack(|| results.has_answers());
    let chosen = RwSignal::new(if has_answers { ANSWERS } else { FIGURES });
    let offer = RwSignal::new(None::<Offer>);
    make_offers(results, chosen, offer);
    let card = move |(place, (name, what)): (usize, (&'static str, &'static str))| {
        view! {
            <label class="radio-card">
                <input type="radio" name="share-tier" data-testid=format!("evaluate-share-{place}")
                    prop:checked=move || chosen.get() == place on:change=move |_| chosen.set(place) />
                <span class="radio-title">{name}</span>
                <span class="radio-what">{what}</span>
            </label>
        }
    };
    view! {
        <div class="dialog-head">
            <h2 id="share-title">{words::SHARE_TITLE}</h2>
            <button type="button" class="icon-button" aria-label=share::CLOSE on:click=move |_| open.set(false)>"×"</button>
        </div>
        <p>{words::SHARE_WHAT}</p>
        {has_answers.then(|| view! {
            <fieldset>
                <legend>{words::SHARE_TIERS}</legend>
                <div class="radio-cards">
                    {words::SHARE_CHOICES.into_iter().enumerate().map(card).collect_view()}
                </div>
            </fieldset>
        })}
        <div class="share-result" aria-live="polite">
            {move || match offer.get() {
                None => view! { <p class="hint share-making">{share::MAKING}</p> }.into_any(),
                Some(Offer::Ready { address, inside }) => view! { <Ready address inside /> }.into_any(),
                Some(Offer::Failed(LinkError::DoesNotFit(_))) => failed(String::new()),
                Some(Offer::Failed(error)) => failed(problems::link(&error) + " "),
            }}
        </div>
        <p class="share-forever">{share::FOREVER}</p>
    }
}

#[component]
fn Ready(address: String, inside: Vec<String>) -> impl IntoView {
    let stays = words::NOT_INSIDE_WHAT.map(|line| view! { <li>{line}</li> });
    let aside = view! {
        <section>
            <h3>{words::NOT_INSIDE}</h3>
            <ul class="event-list">{stays}</ul>
        </section>
    };
    let code = StoredValue::new(address.clone());
    view! {
        <ShareLink address inside too_long=words::SHARE_TOO_LONG aside=aside.into_any() />
        <ShareWay name=share::QR test_id="evaluate-share-qr" made=move || view! {
            <ShareQr address=code.get_value() too_long=words::SHARE_QR_TOO_LONG dense=share::qr_dense(true) />
        }.into_any() />
    }
}

/// Makes an offer for each choice; an older one falls silent. Where every answer is more than an address bar takes, the
/// figures are chosen at first.
fn make_offers(results: ResultSlot, chosen: RwSignal<usize>, offer: RwSignal<Option<Offer>>) {
    let current = StoredValue::new(0_u64);
    Effect::new(move |before: Option<()>| {
        let choice = chosen.get();
        offer.set(None);
        current.update_value(|current| *current += 1);
        let mine = current.get_value();
        let wanted = move || current.try_get_value() == Some(mine);
        web::spawn(async move {
            web::next_frame().await;
            let Some(handout) = wanted().then(|| handout(results, choice)).flatten() else { return };
            let Some(made) = offer_of(handout, wanted).await.filter(|_| wanted()) else { return };
            let fits =
                matches!(&made, Offer::Ready { address, .. } if Carrier::Browser.carries(address.len()));
            if before.is_none() && choice == ANSWERS && !fits {
                chosen.try_set(FIGURES);
            } else {
                offer.try_set(Some(made));
            }
        });
    });
}

fn handout(results: ResultSlot, choice: usize) -> Option<Handout> {
    let report: Arc<Report> = results.report.get_untracked().map(|Reported { report, .. }| report)?;
    let against = report.against;
    let figures = (choice == FIGURES).then_some(report);
    results.peek(|open| open.map(|open| open.handout(against, figures)))
}

/// The link, tried out: what others will open is what is offered. `None` if it is no longer wanted.
async fn offer_of(handout: Handout, wanted: impl Fn() -> bool) -> Option<Offer> {
    let inside = words::inside_results(&handout);
    let count = count(&handout);
    let code = match ResultsEncoding::new(handout) {
        Ok(mut encoding) => web::in_slices(|| encoding.work().transpose(), &wanted).await?,
        Err(error) => Err(error),
    };
    let code = match code {
        Ok(code) => code,
        Err(error) => return Some(Offer::Failed(error)),
    };
    Some(match results_of_code(&code, &wanted).await? {
        Ok(read) if self::count(&read) == count => {
            Offer::Ready { address: web::page::address_of(&format!("/e/{code}")), inside }
        }
        Ok(_) => Offer::Failed(LinkError::NotALink),
        Err(error) => Offer::Failed(error),
    })
}

fn count(handout: &Handout) -> usize {
    match &handout.found {
        Found::Answers(records) => records.len(),
        Found::Figures(report) => report.questions,
    }
}
