//! Words for what somebody buys, holds, pays and wins, in German. Every page names a trade with these, so that none says
//! something else of it than another; numbers and answers are set apart, since an answer may be a number too.

use super::watch::{agent_name, outcome_name};
use crate::aggregate::TradeNote;
use crate::market::{Cash, Shares};
use crate::run::RunSpec;
use crate::ui::format;
pub use crate::ui::words::en::purchase::others;

/// Shares of one answer.
pub fn shares_of(amount: Shares, outcome: &str) -> String {
    format!("{} Anteile an „{outcome}“", format::shares(amount))
}

/// What was bought, without a verb: the answer whose price rose most, and how many others beside it.
pub fn goods(spec: &RunSpec, outcome: usize, shares: &[Shares]) -> String {
    let name = outcome_name(spec, outcome);
    let amount = shares.get(outcome).copied().filter(|&amount| amount > Shares::ZERO);
    let named = amount.map_or_else(|| format!("„{name}“"), |amount| shares_of(amount, name));
    match others(outcome, shares) {
        0 => named,
        1 => format!("{named} und Anteile an 1 weiteren Antwort"),
        several => format!("{named} und Anteile an {several} weiteren Antworten"),
    }
}

/// What a trade bought.
pub fn bought(spec: &RunSpec, trade: &TradeNote) -> String {
    format!("hat {} gekauft", goods(spec, trade.outcome, &trade.shares))
}

/// A trade in one sentence.
pub fn trade_sentence(spec: &RunSpec, trade: &TradeNote) -> String {
    let name = agent_name(spec, trade.agent);
    format!(
        "{name} {} {}: {}.",
        if name == super::ask::YOU { "kaufen" } else { "kauft" },
        goods(spec, trade.outcome, &trade.shares),
        rise(spec, trade.outcome, &trade.before, &trade.after),
    )
}

/// A trade in one line; the agent's name stands beside it.
pub fn trade_line(
    spec: &RunSpec,
    outcome: usize,
    shares: &[Shares],
    [before, after]: [&[f64]; 2],
    cost: Cash,
) -> String {
    format!(
        "Kauft {} für {}: {}",
        goods(spec, outcome, shares),
        money(cost),
        rise(spec, outcome, before, after)
    )
}

fn rise(spec: &RunSpec, outcome: usize, before: &[f64], after: &[f64]) -> String {
    let price = |prices: &[f64]| format::percent_of(prices, outcome);
    format!("„{}“ steigt von {} auf {}", outcome_name(spec, outcome), price(before), price(after))
}

/// What somebody holds.
pub fn holdings(spec: &RunSpec, holdings: &[Shares]) -> String {
    let held: Vec<String> = holdings
        .iter()
        .enumerate()
        .filter(|(_, shares)| **shares > Shares::ZERO)
        .map(|(outcome, shares)| shares_of(*shares, outcome_name(spec, outcome)))
        .collect();
    if held.is_empty() { "keine Anteile".to_owned() } else { held.join(", ") }
}

/// Play money with its unit.
pub fn money(amount: Cash) -> String {
    format!("{} Spielgeld", format::cash(amount))
}

/// What it was bought for.
pub fn for_money(cost: Cash) -> String {
    format!("für {}", money(cost))
}

/// The same where the unit stands above.
pub fn for_amount(cost: Cash) -> String {
    format!("für {}", format::cash(cost))
}

/// How many trades there are, and in what they are paid.
pub fn counted(trades: usize) -> String {
    if trades == 0 {
        "0".to_owned()
    } else {
        format!("{}, bezahlt in Spielgeld", format::count(trades as u64))
    }
}

/// What an agent has left to spend.
pub fn left(amount: Cash) -> String {
    format!("noch {}", money(amount))
}

/// What an agent won or lost.
pub fn result(amount: Cash) -> String {
    match amount.micros() {
        0 => "Weder gewonnen noch verloren".to_owned(),
        lost if lost < 0 => format!("{} verloren", money(Cash::ZERO - amount)),
        _ => format!("{} gewonnen", money(amount)),
    }
}
