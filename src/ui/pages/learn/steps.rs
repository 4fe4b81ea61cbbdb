//! The six controls. Each asks the market engine and says what it answered; the sentences are in `words`.

use leptos::prelude::*;

use super::controls::{PriceBar, Slider};
use crate::ui::format;
use crate::ui::lesson::{PERCENTS, Purchase, buy_for, buy_to, independent_minds, lesson_taught, panel_hits};
use crate::ui::words::learn as words;

/// The liquidity where a step does not ask for it, in units of money.
const LIQUIDITY: f64 = 50.0;
/// The stake of a button.
const STAKE: f64 = 10.0;

fn percent(number: u32) -> String {
    format::percent(f64::from(number) / 100.0)
}

fn plain(number: u32) -> String {
    number.to_string()
}

fn share(number: RwSignal<u32>) -> f64 {
    f64::from(number.get()) / 100.0
}

/// What a control's position means; read out when it changes.
#[component]
fn Readout(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <p class="learn-readout" role="status" data-testid="learn-readout">{move || text.get()}</p> }
}

/// A price is a belief.
#[component]
pub fn Price() -> impl IntoView {
    let (price, belief) = (RwSignal::new(70), RwSignal::new(80));
    view! {
        <PriceBar price=Signal::derive(move || share(price)) />
        <Slider label=words::PRICE value=price range=PERCENTS said=percent test_id="learn-set-price" />
        <Slider label=words::BELIEF value=belief range=PERCENTS said=percent test_id="learn-belief" />
        <Readout text=Signal::derive(move || words::advice(share(price), share(belief))) />
        <p class="hint" data-testid="learn-in-a-run">{words::IN_A_RUN}</p>
    }
}

/// Trading moves the price.
#[component]
pub fn Trading() -> impl IntoView {
    let last = RwSignal::new(None::<Purchase>);
    let price = Signal::derive(move || last.get().map_or(0.5, |made| made.after));
    let before = Signal::derive(move || last.get().map_or(0.5, |made| made.before));
    let buy = move |yes: bool| last.set(Some(buy_for(LIQUIDITY, price.get_untracked(), yes, STAKE)));
    let text =
        move || last.get().map_or_else(|| words::NOTHING_BOUGHT.to_owned(), |made| words::purchase(&made));
    view! {
        <PriceBar price before />
        <div class="learn-turn">
            <button type="button" class="button" data-testid="learn-buy-yes" on:click=move |_| buy(true)>{words::BUY_YES}</button>
            <button type="button" class="button" data-testid="learn-buy-no" on:click=move |_| buy(false)>{words::BUY_NO}</button>
            <button type="button" class="button" on:click=move |_| last.set(None)>{words::AGAIN}</button>
        </div>
        <Readout text=Signal::derive(text) />
    }
}

/// Liquidity decides how far.
#[component]
pub fn Depth() -> impl IntoView {
    let (liquidity, stake) = (RwSignal::new(50), RwSignal::new(20));
    let b = move || f64::from(liquidity.get());
    let made = Memo::new(move |_| buy_for(b(), 0.5, true, f64::from(stake.get())));
    view! {
        <PriceBar price=Signal::derive(move || made.get().after) before=Signal::derive(|| 0.5) />
        <Slider label=words::LIQUIDITY value=liquidity range=(10, 300) said=plain test_id="learn-liquidity" />
        <Slider label=words::STAKE value=stake range=(1, 60) said=plain test_id="learn-stake" />
        <Readout text=Signal::derive(move || words::depth(b(), &made.get())) />
    }
}

/// What you earn is what you taught the market.
#[component]
pub fn Earning() -> impl IntoView {
    let target = RwSignal::new(75);
    let made = Memo::new(move |_| buy_to(LIQUIDITY, 0.5, share(target)));
    let ending = move |yes: bool| {
        let made = made.get();
        words::ending(made.gain(yes), lesson_taught(LIQUIDITY, &made, yes))
    };
    view! {
        <PriceBar price=Signal::derive(move || made.get().after) before=Signal::derive(|| 0.5) />
        <Slider label=words::TARGET value=target range=PERCENTS said=percent test_id="learn-target" />
        <dl class="learn-endings">
            <div><dt>{words::IF_YES}</dt><dd data-testid="learn-if-yes">{move || ending(true)}</dd></div>
            <div><dt>{words::IF_NO}</dt><dd data-testid="learn-if-no">{move || ending(false)}</dd></div>
        </dl>
        <Readout text=Signal::derive(move || words::purchase(&made.get())) />
    }
}

/// Many minds and shared errors.
#[component]
pub fn Crowd() -> impl IntoView {
    let (minds, shared) = (RwSignal::new(10), RwSignal::new(30));
    let count = move || minds.get() as usize;
    let hits = Memo::new(move |_| panel_hits(count(), share(shared)));
    let text = move || words::crowd(count(), independent_minds(count(), share(shared)), hits.get());
    view! {
        <PriceBar price=hits />
        <Slider label=words::MINDS value=minds range=(1, 30) said=plain test_id="learn-minds" />
        <Slider label=words::SHARED value=shared range=(0, 90) said=percent test_id="learn-shared" />
        <Readout text=Signal::derive(text) />
    }
}

/// Manipulation and its price.
#[component]
pub fn Push() -> impl IntoView {
    let (chance, target) = (RwSignal::new(30), RwSignal::new(80));
    let made = Memo::new(move |_| buy_to(LIQUIDITY, share(chance), share(target)));
    view! {
        <PriceBar price=Signal::derive(move || made.get().after) before=Signal::derive(move || share(chance)) />
        <Slider label=words::CHANCE value=chance range=PERCENTS said=percent test_id="learn-chance" />
        <Slider label=words::PUSH value=target range=PERCENTS said=percent test_id="learn-push" />
        <Readout text=Signal::derive(move || words::push(&made.get(), share(chance))) />
    }
}
