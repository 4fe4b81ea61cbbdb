//! The answer: one big figure, every price, and the sentence that says what the panel thinks and why.

use leptos::prelude::*;

use super::listed::ListedBeside;
use crate::aggregate::{Moment, summary};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::format;
use crate::ui::words::{class, turns, verdict, watch as words, why as why_words};

/// The figure, the prices and the sentence.
#[component]
pub fn Answer(
    /// The run.
    feed: Feed,
    /// How it stood where the scrubber is.
    moment: Memo<Option<Moment>>,
    /// The address that says why, where there is one to go to.
    #[prop(optional)]
    why: Option<Signal<String>>,
) -> impl IntoView {
    let leader = Memo::new(move |_| moment.with(|moment| moment.as_ref().map_or(0, Moment::leader)));
    let name = Memo::new(move |_| {
        feed.with(|open| open.map(|open| words::outcome_name(open.run.spec(), leader.get()).to_owned()))
    });
    // All of them at once, so that what stands side by side adds up.
    let shown = Memo::new(move |_| {
        moment.with(|moment| moment.as_ref().map_or_else(Vec::new, |moment| format::percents(&moment.prices)))
    });
    let figure = move || {
        shown.with(|shown| shown.get(leader.get()).map(|figure| figure.trim_end_matches('%').to_owned()))
    };
    // Before the first trade nobody leads: the price is only where the market opened.
    let market =
        Memo::new(move |_| feed.with(|open| open.is_none_or(|open| open.run.spec().mode.is_market())));
    let even = Memo::new(move |_| {
        let market = market.get();
        moment.with(|moment| {
            moment.as_ref().is_none_or(|moment| {
                if market {
                    moment.trades == 0
                } else {
                    moment.agents.iter().all(|agent| agent.belief.is_none())
                }
            })
        })
    });
    let start = move || if market.get() { words::EVEN } else { turns::START };
    let sentence = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            let spec = open.run.spec();
            moment.with(|moment| {
                let moment = moment.as_ref()?;
                let found = summary(&open.story, moment, spec.liquidity_micros.units());
                Some(found.map_or_else(
                    || if spec.mode.is_market() { words::WAITING } else { turns::WAITING }.to_owned(),
                    |found| verdict::summary(spec, &found, moment),
                ))
            })
        })
    });
    let result = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            moment.with(|moment| verdict::result(open.run.spec(), moment.as_ref()?))
        })
    });
    // A class is compared with the panel's answer: there is one once a run is over, and only one's own run is asked.
    let desk = use_desk();
    let class = Memo::new(move |_| {
        feed == desk.local() && feed.with(|open| open.is_some_and(|open| open.story.now.closed.is_some()))
    });
    let outcomes =
        Memo::new(move |_| moment.with(|moment| moment.as_ref().map_or(0, |moment| moment.prices.len())));
    view! {
        <section class="answer">
            <p class="figure" class:figure-even=move || even.get() data-outcome=move || leader.get().to_string()>
                <span class="figure-number">
                    {figure}
                    <span class="figure-sign">"%"</span>
                </span>
                <span class="figure-name">{move || if even.get() { Some(start().to_owned()) } else { name.get() }}</span>
            </p>
            <div class="answer-words">
                <p class="summary" data-testid="summary">{move || sentence.get()}</p>
                {why.map(|why| view! {
                    <p class="answer-links">
                        <a class="answer-why" data-testid="why-link" href=move || why.get()>{why_words::LINK}</a>
                        <Show when=move || class.get()>
                            <a class="answer-why" data-testid="class-page-link" href="#/class">{class::ASK_CLASS_TOO}</a>
                        </Show>
                    </p>
                })}
                {move || result.get().map(|result| view! { <p class="outcome-known" data-testid="result">{result}</p> })}
                <ListedBeside feed />
            </div>
            <ul class="prices" class:prices-many=move || 3 < outcomes.get()>
                <For each=move || 0..outcomes.get() key=|outcome| *outcome let:outcome>
                    <Price feed moment outcome leader shown />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Price(
    feed: Feed,
    moment: Memo<Option<Moment>>,
    outcome: usize,
    leader: Memo<usize>,
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let name = Memo::new(move |_| {
        feed.with(|open| open.map(|open| words::outcome_name(open.run.spec(), outcome).to_owned()))
    });
    let price = Memo::new(move |_| {
        moment
            .with(|moment| moment.as_ref().and_then(|moment| moment.prices.get(outcome).copied()))
            .unwrap_or(0.0)
    });
    view! {
        <li class="price" class:price-leading=move || leader.get() == outcome data-outcome=outcome.to_string()>
            <span class="price-name"><span class="swatch"></span>{move || name.get()}</span>
            <span class="price-track" aria-hidden="true">
                <span class="price-bar" style:translate=move || format!("{:.2}%", (price.get() - 1.0) * 100.0)></span>
            </span>
            <span class="price-number number" data-testid=format!("price-{outcome}")
                data-value=move || format::exact(price.get())>{move || shown.with(|shown| shown.get(outcome).cloned())}</span>
        </li>
    }
}
