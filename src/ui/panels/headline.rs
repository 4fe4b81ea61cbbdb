//! The question, who answers it, how far it has come, what it cost, and where to go from here.

use leptos::prelude::*;

use super::failure_badge::FailureBadge;
use crate::aggregate::{Moment, Spending, spending};
use crate::ui::desk::{Feed, OpenRun, Provenance, use_desk};
use crate::ui::words::{compare, verdict, watch as words};

/// The heading of a run.
#[component]
pub fn Headline(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let question = Memo::new(move |_| feed.with(|open| open.map(|open| open.run.spec().question.clone())));
    let panel = Memo::new(move |_| feed.with(|open| open.map(|open| verdict::panel(open.run.spec()))));
    let progress = Memo::new(move |_| {
        let now = feed.scrub.get().is_none();
        feed.with(|open| {
            let open = open?;
            moment
                .with(|moment| Some(verdict::progress(open.status(), open.run.spec(), moment.as_ref()?, now)))
        })
    });
    let source = Memo::new(move |_| {
        feed.with(|open| match open.map(|open| &open.provenance) {
            Some(Provenance::Sample { label }) => Some(words::sample(label)),
            _ => None,
        })
    });
    view! {
        <header class="run-head">
            <h1 tabindex="-1">{move || question.get()}</h1>
            <p class="run-facts">
                <span>{move || panel.get()}</span>
                <span>{move || progress.get()}</span>
                <Spent feed />
                <Events feed />
                {move || source.get().map(|source| view! { <span class="tag">{source}</span> })}
                <FailureBadge feed />
            </p>
        </header>
    }
}

/// What the log says, or the session knows beyond it: calls of the open round, and tries that brought nothing.
fn spent(open: &OpenRun) -> Spending {
    let logged = spending(&open.run);
    let live = &open.live;
    Spending {
        tokens: logged.tokens.max(live.likely.tokens),
        cost_micro_usd: logged.cost_micro_usd.max(live.likely.cost_micro_usd),
        estimated: logged.estimated || live.estimated,
        ..logged
    }
}

/// Calls, tokens and money, while they are spent and after. Requests that had to be sent again are counted apart: the log does not hold them.
#[component]
fn Spent(feed: Feed) -> impl IntoView {
    let calls = Memo::new(move |_| {
        feed.with(|open| {
            open.map_or((0, 0), |open| {
                let (logged, sent) = (open.run.state().totals().calls, open.live.spent.calls);
                // While a round is open, its calls are not in the log yet.
                if open.driven { (logged.max(sent), 0) } else { (logged, sent.saturating_sub(logged)) }
            })
        })
    });
    let spent = Memo::new(move |_| feed.with(|open| open.map(spent)));
    let cost = move || {
        feed.with(|open| {
            open.and_then(|open| {
                let spent = spent.get()?;
                Some(verdict::cost(open.run.spec(), &spent))
            })
        })
    };
    let tokens = move || spent.get().and_then(|spent| verdict::tokens(&spent));
    view! {
        <span>
            <span data-testid="calls-total" data-value=move || calls.get().0.to_string()>
                {move || feed.with(|open| open.map(|open| verdict::calls(open.run.spec(), calls.get().0)))}
            </span>
            {move || {
                let (_, retries) = calls.get();
                (retries > 0).then(|| format!(" + {}", words::retries(retries)))
            }}
        </span>
        {move || tokens().map(|tokens| view! { <span data-testid="tokens-total">{tokens}</span> })}
        <span data-testid="cost-total">{cost}</span>
    }
}

/// How many events there are, and the way to all of them. A shared run has its own way to check it.
#[component]
fn Events(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let count = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.run.head().seq)));
    (feed == desk.local())
        .then(|| view! { <span><a href="#/run/audit">{move || words::check(count.get())}</a></span> })
}

/// Where to go from here.
#[component]
pub fn Actions(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    view! {
        <>
            <a class="button" href="#/run/audit?share=1">{words::SHARE}</a>
            <button type="button" class="button" data-testid="fork-button" on:click=move |_| desk.fork_of(feed)>
                {words::FORK}
            </button>
            <a class="button button-quiet" href="#/compare" data-testid="compare-link">{compare::COMPARE}</a>
        </>
    }
}
