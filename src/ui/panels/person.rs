//! The trade of a person who sits on the panel: an outcome, a stake, and what it would do, from the same quote that
//! executes it.

use leptos::prelude::*;

use crate::aggregate::{order_for_stake, person};
use crate::ui::desk::{Feed, OpenRun, use_desk};
use crate::ui::format;
use crate::ui::words::watch as words;

/// What a stake would do, or why the market refuses it.
type Preview = Result<[(&'static str, String); 4], String>;

fn preview(open: &OpenRun, outcome: usize, stake: &str) -> Option<Preview> {
    let agent = person(&open.run)?;
    let stake = stake.trim().replace(',', ".").parse::<f64>().unwrap_or(f64::NAN);
    Some(match order_for_stake(&open.run, agent, outcome, stake) {
        Ok((_, quote)) => Ok([
            (words::NEW_PRICE, format::percent(quote.prices_after.get(outcome).copied().unwrap_or(0.0))),
            (words::SHARES, format::shares(quote.shares.get(outcome).copied().unwrap_or_default())),
            (words::COST, format::cash(quote.cost)),
            (words::WORST, format::cash(quote.worst_loss())),
        ]),
        Err(error) => Err(error.to_string()),
    })
}

/// The panel; nothing if no person is on the roster or the run is over.
#[component]
pub fn YourTrade(feed: Feed) -> impl IntoView {
    let seated = Memo::new(move |_| {
        feed.with(|open| open.is_some_and(|open| open.status().is_open() && person(&open.run).is_some()))
    });
    view! { <Show when=move || seated.get()><TradeForm feed /></Show> }
}

#[component]
fn TradeForm(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let outcome = RwSignal::new(0_usize);
    let stake = RwSignal::new(String::from("10"));
    let names = Memo::new(move |_| {
        feed.with(|open| open.map_or_else(Vec::new, |open| open.run.spec().outcomes.clone()))
    });
    let preview =
        Memo::new(move |_| feed.with(|open| stake.with(|stake| preview(open?, outcome.get(), stake))));
    let buy = move |_| {
        let ordered = feed.peek(|open| {
            let open = open?;
            let stake = stake.get_untracked().trim().replace(',', ".").parse().unwrap_or(f64::NAN);
            Some(order_for_stake(&open.run, person(&open.run)?, outcome.get_untracked(), stake))
        });
        let problem = match ordered {
            Some(Ok((order, _))) => desk.trade(order).err().map(|error| error.to_string()),
            Some(Err(error)) => Some(error.to_string()),
            None => None,
        };
        if let Some(problem) = problem {
            desk.fail(words::REFUSED, problem, words::REFUSED_NEXT);
        }
    };
    view! {
        <section class="card your-trade" aria-labelledby="your-trade-title">
            <h2 id="your-trade-title">{words::YOUR_TRADE}</h2>
            <div class="your-fields">
                <label class="field"><span>{words::YOUR_OUTCOME}</span>
                    <select data-testid="your-outcome" on:change=move |event| {
                        if let Ok(place) = event_target_value(&event).parse() { outcome.set(place); }
                    }>
                        {move || names.get().into_iter().enumerate().map(|(place, name)| view! {
                            <option value=place.to_string() prop:selected=move || outcome.get() == place>{name}</option>
                        }).collect_view()}
                    </select>
                </label>
                <label class="field"><span>{words::YOUR_STAKE}</span>
                    <input type="text" inputmode="decimal" autocomplete="off" data-testid="your-stake"
                        prop:value=move || stake.get() on:input=move |event| stake.set(event_target_value(&event)) />
                </label>
                <button type="button" class="button button-primary" data-testid="your-buy" on:click=buy>{words::BUY}</button>
            </div>
            {move || preview.get().map(|preview| match preview {
                Ok(figures) => view! {
                    <dl class="your-preview">
                        {figures.into_iter().map(|(name, figure)| view! {
                            <div><dt>{name}</dt><dd class="number">{figure}</dd></div>
                        }).collect_view()}
                    </dl>
                }.into_any(),
                Err(problem) => view! { <p class="hint">{problem}</p> }.into_any(),
            })}
        </section>
    }
}
