//! The trade of a person who sits on the panel: an outcome, and a stake or a price that it should reach; what it would
//! do, from the same quote that executes it; and the lock that asks again before a price moves far.

mod fields;
mod ticket;
mod verdict;

use leptos::prelude::*;

use self::fields::Fields;
use self::ticket::Ticket;
use self::verdict::{Figures, Held};
use crate::aggregate::person;
use crate::ui::desk::Feed;
use crate::ui::words::trade as words;

/// The panel; nothing if no person is on the roster or the run is over.
#[component]
pub fn YourTrade(feed: Feed) -> impl IntoView {
    let seated = Memo::new(move |_| {
        feed.with(|open| open.is_some_and(|open| open.is_ours() && person(&open.run).is_some()))
    });
    view! { <Show when=move || seated.get()><TradeForm feed /></Show> }
}

#[component]
fn TradeForm(feed: Feed) -> impl IntoView {
    let ticket = Ticket::new(feed);
    let standing = move || {
        ticket.bounds.with(|bounds| {
            let bounds = bounds.as_ref()?;
            Some(words::standing(&bounds.name, bounds.price, bounds.held, bounds.cash))
        })
    };
    view! {
        <section class="card your-trade" aria-labelledby="your-trade-title" data-testid="your-trade">
            <h2 id="your-trade-title">{words::YOUR_TRADE}</h2>
            <p class="hint" data-testid="your-standing">{standing}</p>
            {move || feed.scrub.get().is_some().then(|| view! { <p class="hint">{words::AT_LATEST}</p> })}
            <Fields ticket />
            <Figures ticket />
            <Held ticket />
            <details class="your-how">
                <summary>{words::HOW}</summary>
                {words::HOW_PARTS.map(|part| view! { <p class="hint">{part}</p> }).collect_view()}
            </details>
        </section>
    }
}
