//! The fields of a person's trade. The amount has a slider and a field, and the price that it should reach has a field:
//! whichever was written in last, the others show what follows.

use leptos::prelude::*;

use super::ticket::{Asked, FIRST_STAKE, Ticket};
use crate::aggregate::Side;
use crate::ui::format;
use crate::ui::words::trade as words;

/// All of them, with the button.
#[component]
pub(super) fn Fields(ticket: Ticket) -> impl IntoView {
    let side = move || ticket.side.get();
    view! {
        <div class="your-fields">
            <Outcome ticket />
            <Sides ticket />
            <Slider ticket />
            <label class="field your-amount">
                <span>{move || if side() == Side::Buy { words::STAKE } else { words::AMOUNT }}</span>
                <input type="text" inputmode="decimal" autocomplete="off" data-testid="your-stake"
                    prop:value=move || amount_text(ticket)
                    on:input=move |event| ask(ticket, Asked::Amount(event_target_value(&event))) />
            </label>
            <label class="field your-target"><span>{words::TARGET}</span>
                <input type="text" inputmode="decimal" autocomplete="off" data-testid="your-target"
                    prop:value=move || price_text(ticket)
                    on:input=move |event| ask(ticket, Asked::Price(event_target_value(&event))) />
            </label>
            <button type="button" class="button button-primary" data-testid="your-buy"
                on:click=move |_| ticket.place(None)>
                {move || words::place(side())}
            </button>
        </div>
    }
}

fn ask(ticket: Ticket, asked: Asked) {
    ticket.change(|ticket| ticket.asked.set(asked));
}

/// The amount, as it was written or as it was solved.
fn amount_text(ticket: Ticket) -> String {
    match ticket.asked.get() {
        Asked::Amount(text) => text,
        Asked::Price(_) => ticket.solved.with(|solved| match solved {
            Some(Ok(solved)) => format!("{:.2}", solved.amount),
            _ => String::new(),
        }),
    }
}

/// The price, as it was written or as it results.
fn price_text(ticket: Ticket) -> String {
    match ticket.asked.get() {
        Asked::Price(text) => text,
        Asked::Amount(_) => after(ticket).map_or_else(String::new, format::percent_field),
    }
}

/// The price that results.
fn after(ticket: Ticket) -> Option<f64> {
    let outcome = ticket.outcome.get();
    ticket.solved.with(|solved| match solved {
        Some(Ok(solved)) => solved.quote.prices_after.get(outcome).copied(),
        _ => None,
    })
}

#[component]
fn Outcome(ticket: Ticket) -> impl IntoView {
    let names = ticket.names();
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            ticket.change(|ticket| ticket.outcome.set(place));
        }
    };
    view! {
        <label class="field your-outcome"><span>{words::OUTCOME}</span>
            <select data-testid="your-outcome" on:change=choose>
                {move || names.get().into_iter().enumerate().map(|(place, name)| view! {
                    <option value=place.to_string() prop:selected=move || ticket.outcome.get() == place>{name}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

/// Buy or sell. The amounts of the two are of different kinds: a change begins with all that is held, or a first stake.
#[component]
fn Sides(ticket: Ticket) -> impl IntoView {
    let choose = move |side: Side| {
        if ticket.side.get_untracked() == side {
            return;
        }
        ticket.change(|ticket| {
            ticket.side.set(side);
            let largest =
                ticket.bounds.with_untracked(|bounds| bounds.as_ref().map_or(0.0, |bounds| bounds.largest));
            let first = match side {
                Side::Buy => FIRST_STAKE.min(largest),
                Side::Sell => largest,
            };
            ticket.asked.set(Asked::Amount(format::exact(first)));
        });
    };
    let button = move |side: Side, label: &'static str, test_id: &'static str| {
        view! {
            <button type="button" class="button" data-testid=test_id
                aria-pressed=move || (ticket.side.get() == side).to_string() on:click=move |_| choose(side)>
                {label}
            </button>
        }
    };
    view! {
        <div class="segmented your-sides" role="group" aria-label=words::SIDE>
            {button(Side::Buy, words::BUY, "your-side-buy")}
            {button(Side::Sell, words::SELL, "your-side-sell")}
        </div>
    }
}

/// From nothing to all that the purse, or what is held, allows. Without a step of its own an arrow key moves it by a
/// hundredth of the way.
#[component]
fn Slider(ticket: Ticket) -> impl IntoView {
    let largest =
        Memo::new(move |_| ticket.bounds.with(|bounds| bounds.as_ref().map_or(0.0, |bounds| bounds.largest)));
    let value = move || {
        ticket.asked.with(|asked| match asked {
            Asked::Amount(text) => format::number_from(text),
            Asked::Price(_) => ticket.solved.with(|solved| match solved {
                Some(Ok(solved)) => solved.amount,
                _ => 0.0,
            }),
        })
    };
    let shown = move || {
        let amount = value();
        if amount.is_finite() { amount.clamp(0.0, largest.get()) } else { 0.0 }
    };
    let moved = move |event| {
        let wanted = format::number_from(&event_target_value(&event));
        let most = largest.get_untracked();
        // The end of the way is all there is, to the last micro-unit.
        let text = if format::number_field(wanted) == format::number_field(most) {
            format::exact(most)
        } else {
            format::number_field(wanted)
        };
        ask(ticket, Asked::Amount(text));
    };
    let name = move || if ticket.side.get() == Side::Buy { words::STAKE_RANGE } else { words::AMOUNT_RANGE };
    view! {
        <input type="range" class="your-slider" min="0" step="any" data-testid="your-stake-slider" aria-label=name
            aria-valuetext=move || words::slider(&amount_text(ticket), after(ticket))
            prop:max=move || largest.get().to_string() prop:disabled=move || largest.get() <= 0.0
            // Reads the end first: a range clamps its value to the end that it had.
            prop:value=move || { largest.track(); shown().to_string() } on:input=moved />
    }
}
