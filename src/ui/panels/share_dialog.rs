//! The share dialog: how much to share, the link once it is complete, where it fits, and what is inside, before
//! anybody copies it.

use leptos::prelude::*;

use super::share_link::ShareLink;
use super::share_ways::ShareWays;
use crate::run::Texts;
use crate::share::{Contents, Encoding, LinkError, LinkedRun, file_name, tiers, write_file};
use crate::ui::components::Dialog;
use crate::ui::desk::arrival::run_of_code;
use crate::ui::desk::{Feed, OpenRun, use_desk};
use crate::ui::words::{problems, share as words};
use crate::web;

/// A choice stands this long before a link is made of it.
const DEBOUNCE_MILLIS: u32 = 300;

/// A link that is ready, and what it says.
#[derive(Clone, Debug, PartialEq)]
struct Offer {
    code: String,
    address: String,
    contents: Contents,
}

/// The dialog; open while `open` says so.
#[component]
pub fn ShareDialog(
    /// The run to share; it is over.
    feed: Feed,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! { <Dialog open labelled_by="share-title"><ShareForm feed open /></Dialog> }
}

#[component]
fn ShareForm(feed: Feed, open: RwSignal<bool>) -> impl IntoView {
    let choices = feed.peek(|shown| shown.map_or_else(Vec::new, |shown| tiers(&shown.run)));
    let first = choices.first().copied().unwrap_or(Texts::Everything);
    let chosen = RwSignal::new(if choices.contains(&Texts::Headlines) { Texts::Headlines } else { first });
    let offer = RwSignal::new(None::<Result<Offer, LinkError>>);
    make_offers(feed, chosen.into(), offer);
    let choice = choices.len() > 1;
    view! {
        <div class="dialog-head">
            <h2 id="share-title">{words::TITLE}</h2>
            <button type="button" class="icon-button" aria-label=words::CLOSE on:click=move |_| open.set(false)>"×"</button>
        </div>
        <p>{words::WHAT}</p>
        {choice.then(|| view! { <Tiers choices=choices.clone() chosen /> })}
        <div class="share-result" aria-live="polite">
            {move || match offer.get() {
                None => view! { <p class="hint share-making">{words::MAKING}</p> }.into_any(),
                Some(Ok(offer)) => view! { <Ready feed offer choice /> }.into_any(),
                Some(Err(error)) => view! {
                    <p class="notice">{problems::link(&error)}" "{words::link_next_step(&error)}</p>
                }.into_any(),
            }}
        </div>
        <p class="share-forever">{words::FOREVER}</p>
        <p class="hint">{words::NEVER}</p>
        <div class="dialog-foot">
            <button type="button" class="button" data-testid="share-file" on:click=move |_| save(feed, chosen.get())>
                {words::AS_FILE}
            </button>
        </div>
    }
}

#[component]
fn Tiers(choices: Vec<Texts>, chosen: RwSignal<Texts>) -> impl IntoView {
    let card = move |tier: Texts| {
        let name = match tier {
            Texts::Numbers => "numbers",
            Texts::Headlines => "headlines",
            Texts::Everything => "everything",
        };
        view! {
            <label class="radio-card">
                <input type="radio" name="share-tier" value=name data-testid=format!("share-tier-{name}")
                    prop:checked=move || chosen.get() == tier on:change=move |_| chosen.set(tier) />
                <span class="radio-title">{words::tier(tier)}</span>
                <span class="radio-what">{words::tier_what(tier)}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{words::TIERS}</legend>
            <div class="radio-cards">{choices.into_iter().map(card).collect_view()}</div>
        </fieldset>
    }
}

/// The link, what there is to know about it, and the other ways.
#[component]
fn Ready(feed: Feed, offer: Offer, choice: bool) -> impl IntoView {
    let Offer { code, address, contents } = offer;
    view! {
        <ShareLink address=address.clone() inside=words::inside(&contents) too_long=words::too_long(choice) />
        <ShareWays feed code address choice />
    }
}

/// Makes an offer for each choice that stands for a moment; an older one falls silent.
fn make_offers(feed: Feed, chosen: Signal<Texts>, offer: RwSignal<Option<Result<Offer, LinkError>>>) {
    let current = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let texts = chosen.get();
        offer.set(None);
        current.update_value(|current| *current += 1);
        let mine = current.get_value();
        web::spawn(async move {
            web::sleep(DEBOUNCE_MILLIS).await;
            if current.try_get_value() != Some(mine) {
                return;
            }
            let Some(all) = feed.peek(|open| open.map(linked)) else { return };
            let wanted = move || current.try_get_value() == Some(mine);
            if let Some(made) = offer_of(all, texts, wanted).await
                && wanted()
            {
                offer.try_set(Some(made));
            }
        });
    });
}

/// What can be shared of an open run.
fn linked(open: &OpenRun) -> LinkedRun {
    LinkedRun::new(open.run.clone(), open.listed.clone())
}

/// The link of a run, tried out: what others will open is what is offered. `None` if it is no longer wanted.
async fn offer_of(
    all: LinkedRun,
    texts: Texts,
    wanted: impl Fn() -> bool,
) -> Option<Result<Offer, LinkError>> {
    let copy = match all.reduced(texts) {
        Ok(copy) => copy,
        Err(error) => return Some(Err(LinkError::Refused(error))),
    };
    let contents = Contents::of(&copy);
    let code = match Encoding::new(copy) {
        Ok(mut encoding) => web::in_slices(|| encoding.work().transpose(), &wanted).await?,
        Err(error) => Err(error),
    };
    let opened = match code.as_deref() {
        Ok(code) => run_of_code(code, &wanted).await?.map(drop),
        Err(error) => Err(error.clone()),
    };
    let address = |code: &str| web::page::address_of(&format!("/r/{code}"));
    Some(opened.and(code).map(|code| Offer { address: address(&code), code, contents }))
}

fn save(feed: Feed, texts: Texts) {
    let desk = use_desk();
    let Some(all) = feed.peek(|open| open.map(linked)) else { return };
    let (question, failures) = (all.run.spec().question.clone(), all.run.state().totals().failures);
    let copy = all.reduced(texts);
    let saved =
        copy.and_then(|copy| copy.document()).map_err(|error| problems::run(&error)).and_then(|document| {
            let name = file_name(&question, &document.head.digest, failures);
            web::save::save_text(&name, "application/json", &write_file(&document))
        });
    if let Err(problem) = saved {
        desk.fail(words::SAVE_FAILED, problem, words::SAVE_NEXT);
    }
}
