//! A question from the address of a market elsewhere: a small control below the question, a way by hand for whatever a page
//! cannot fetch, and what was taken over.

use leptos::prelude::*;

use crate::evaluate::listing::{Address, Untaken};
use crate::ui::components::TextField;
use crate::ui::desk::use_desk;
use crate::ui::words::listing as words;
use crate::web;

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Taking {
    Idle,
    Working,
    /// The address is none, and why.
    NoAddress(String),
    Failed(Address, Untaken),
}

/// The control.
#[component]
pub fn FromMarket() -> impl IntoView {
    let desk = use_desk();
    let (typed, taking) = (RwSignal::new(String::new()), RwSignal::new(Taking::Idle));
    let fetch = move || match Address::parse(&typed.get_untracked()) {
        Err(error) => taking.set(Taking::NoAddress(words::no_address(error))),
        Ok(address) => {
            taking.set(Taking::Working);
            web::spawn(async move {
                let end = desk.fetch_listed(&address).await;
                taking.try_set(after(end, address));
            });
        }
    };
    let entered = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            fetch();
        }
    };
    let failed = Memo::new(move |_| match taking.get() {
        Taking::Failed(address, untaken) => Some((address, untaken)),
        _ => None,
    });
    let address = Memo::new(move |_| failed.get().map(|(address, _)| address));
    let problem = move || match taking.get() {
        Taking::Idle => None,
        Taking::Working => Some(words::WORKING.to_owned()),
        Taking::NoAddress(problem) => Some(problem),
        Taking::Failed(address, untaken) => Some(words::untaken(address.site(), &untaken)),
    };
    view! {
        <details class="from-market aside-more" data-testid="from-market">
            <summary>{words::FROM_MARKET}</summary>
            <p class="hint">{words::WHAT}</p>
            <div class="from-market-row" on:keydown=entered>
                <TextField label=words::ADDRESS placeholder="https://manifold.markets/…" value=typed
                    on_input=move |text: String| typed.set(text) test_id="market-address" />
                <button type="button" class="button" data-testid="market-fetch"
                    disabled=move || taking.get() == Taking::Working on:click=move |_| fetch()>{words::FETCH}</button>
            </div>
            <p class="from-market-problem" role="status" data-testid="market-problem">{problem}</p>
            {move || address.get().map(|address| view! { <ByHand address taking /> })}
        </details>
        <Taken />
    }
}

fn after(end: Result<(), Untaken>, address: Address) -> Taking {
    match end {
        Ok(()) => Taking::Idle,
        Err(untaken) => Taking::Failed(address, untaken),
    }
}

/// What a page cannot fetch, a person can.
#[component]
fn ByHand(address: Address, taking: RwSignal<Taking>) -> impl IntoView {
    let desk = use_desk();
    let pasted = RwSignal::new(String::new());
    let api = address.api();
    let take = move |_| {
        let end = desk.take_listed(&address, &pasted.get_untracked());
        taking.set(after(end, address.clone()));
    };
    view! {
        <p>
            {words::BY_HAND}" "
            <a href=api.clone() target="_blank" rel="noreferrer noopener" data-testid="market-api">{api.clone()}</a>
        </p>
        <div class="from-market-row">
            <TextField label=words::REPLY placeholder="{…}" long=true value=pasted
                on_input=move |text: String| pasted.set(text) test_id="market-reply" />
            <button type="button" class="button" data-testid="market-read"
                disabled=move || pasted.with(|text| text.trim().is_empty()) on:click=take>{words::READ}</button>
        </div>
    }
}

/// What was taken over, for as long as the question is that one. It does not say the price: whoever trades too should not
/// see it either.
#[component]
fn Taken() -> impl IntoView {
    let desk = use_desk();
    let taken = Memo::new(move |_| desk.draft.with(|draft| draft.listed.clone()));
    let fits = Memo::new(move |_| desk.draft.with(|draft| draft.listed_for(&draft.outcomes).is_some()));
    view! {
        <div class="market-taken" role="status">
            {move || taken.get().map(|listed| {
                let sentence = words::taken(listed.site, listed.has_prices(), fits.get(), listed.is_resolved);
                view! {
                    <p class="hint" data-testid="market-taken" data-kept=fits.get().to_string()>
                        {sentence}" "
                        <a href=listed.address target="_blank" rel="noreferrer noopener">{words::ITS_PAGE}</a>
                    </p>
                }
            })}
        </div>
    }
}
