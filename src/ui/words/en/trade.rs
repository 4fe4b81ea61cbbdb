//! Words of a person's own trade.

use super::purchase;
use crate::aggregate::{OffTarget, Side, Slip};
use crate::market::{Cash, OrderError, Shares};
use crate::ui::format;

/// A heading.
pub const YOUR_TRADE: &str = "Your trade";
/// A field.
pub const OUTCOME: &str = "Outcome";
/// The choice of a side.
pub const SIDE: &str = "What you do";
/// A side.
pub const BUY: &str = "Buy";
/// The other side.
pub const SELL: &str = "Sell";
/// The range of stakes.
pub const STAKE_RANGE: &str = "Stake, by slider";
/// The field of stakes.
pub const STAKE: &str = "Stake at most";
/// The range of shares to sell.
pub const AMOUNT_RANGE: &str = "Shares to sell, by slider";
/// The field of shares to sell.
pub const AMOUNT: &str = "Shares to sell";
/// The field of the price that is aimed at.
pub const TARGET: &str = "or new price, %";
/// The market refuses.
pub const REFUSED: &str = "The market refuses this order";
/// What to do.
pub const REFUSED_NEXT: &str =
    "Choose a smaller amount or another price, or wait until the run is open again.";
/// A figure of the preview.
pub const NEW_PRICE: &str = "New price";
/// A figure of the preview.
pub const SHARES: &str = "Shares";
/// A figure of the preview.
pub const COST: &str = "Cost";
/// A figure of the preview of a sale.
pub const PROCEEDS: &str = "You get";
/// A figure of the preview.
pub const WORST: &str = "Most you can lose";
/// A figure of the preview.
pub const LEFT: &str = "Left in your purse";
/// Opens the explanation.
pub const HOW: &str = "How this works";
/// The explanation, a paragraph each.
pub const HOW_PARTS: [&str; 4] = [
    "A share pays 1 if its outcome comes true and nothing otherwise. The stake is the most you pay; or say where you \
     want the price, and the stake that takes it there is worked out. The figures are the quote that also executes.",
    "If the price would end more than 10 points worse for you than where it stands, or than where it stood when you \
     set the order, the order is not placed until you press once more.",
    "Selling Yes is buying No as well: a share of every outcome is worth exactly 1 together and is paid out at once. \
     So the log shows a sale as a purchase of the other outcomes.",
    "You trade at the pauses between rounds, by the same rules as everybody: your trades are events of the log, and \
     Why shows what the panel would have said without you.",
];
/// While the page shows an earlier moment.
pub const AT_LATEST: &str = "The page shows an earlier moment; you trade at the latest price.";
/// Drops an order that was held back.
pub const LEAVE: &str = "Leave it";

/// The button that places an order.
pub fn place(side: Side) -> &'static str {
    match side {
        Side::Buy => BUY,
        Side::Sell => SELL,
    }
}

/// The button that places it in spite of the lock.
pub fn confirm(side: Side) -> &'static str {
    match side {
        Side::Buy => "Buy all the same",
        Side::Sell => "Sell all the same",
    }
}

/// Where the person stands.
pub fn standing(outcome: &str, price: f64, held: Shares, cash: Cash) -> String {
    format!(
        "“{outcome}” is at {} · you hold {} · {} in your purse",
        format::percent(price),
        if held > Shares::ZERO {
            format!("{} shares of it", format::shares(held))
        } else {
            "none of it".to_owned()
        },
        purchase::money(cash),
    )
}

/// What a slider says to people who listen.
pub fn slider(amount: &str, after: Option<f64>) -> String {
    match after {
        Some(price) => format!("{amount}, takes the price to {}", format::percent_fine(price)),
        None => amount.to_owned(),
    }
}

/// Why the order was held back. It was not placed.
pub fn locked(side: Side, outcome: &str, slip: &Slip) -> String {
    let points = format::points(slip.distance()).trim_start_matches('+').to_owned();
    let (before, after, seen) =
        (format::percent(slip.before), format::percent(slip.after), format::percent(slip.seen));
    if slip.is_own() {
        let dearer = match side {
            Side::Buy => "the further it goes, the more each share costs you",
            Side::Sell => "the further it goes, the less you get for each share",
        };
        format!(
            "Not placed: this would move {outcome} from {before} to {after}, {points} points, and {dearer}."
        )
    } else {
        format!(
            "Not placed: {outcome} stood at {seen} when you set this order and stands at {before} now; with the order \
             it would be {after}, {points} points worse for you."
        )
    }
}

/// Why the market refuses an order, for the person who gave it.
pub fn refused(error: &OrderError, outcome: &str) -> String {
    match error {
        OrderError::BeyondPurse { cost, purse } => {
            format!("This order costs {} and your purse holds {}.", format::cash(*cost), format::cash(*purse))
        }
        OrderError::BeyondHoldings => format!("You hold fewer shares of {outcome} than you would sell."),
        OrderError::Empty => "Nothing is asked for: choose an amount above 0.".to_owned(),
        OrderError::Size(problem) => format!("The amount cannot be used: {problem}."),
        other => format!("{other}."),
    }
}

/// Why no amount takes the price there.
pub fn off_target(side: Side, outcome: &str, problem: &OffTarget) -> String {
    match (side, problem) {
        (_, OffTarget::NotAPrice) => "A price lies between 0 and 100 %, both excluded.".to_owned(),
        (Side::Buy, OffTarget::WrongWay { price }) => format!(
            "{outcome} is at {} and buying moves it up: sell what you hold of it, or buy another outcome.",
            format::percent_fine(*price)
        ),
        (Side::Sell, OffTarget::WrongWay { price }) => {
            format!(
                "{outcome} is at {} and selling moves it down: buy instead.",
                format::percent_fine(*price)
            )
        }
        (Side::Buy, OffTarget::OutOfReach { furthest }) => format!(
            "Your purse does not reach so far: with all of it, {outcome} goes to {}.",
            format::percent_fine(*furthest)
        ),
        (Side::Sell, OffTarget::OutOfReach { furthest }) => format!(
            "You do not hold so much: with all of it sold, {outcome} goes to {}.",
            format::percent_fine(*furthest)
        ),
    }
}

/// What was done.
pub fn done(side: Side, outcome: &str, shares: Shares, money: Cash, price: f64) -> String {
    let did = match side {
        Side::Buy => "bought",
        Side::Sell => "sold",
    };
    let (shares, price) = (purchase::shares_of(shares, outcome), format::percent(price));
    format!("You {did} {shares} {}. It is at {price} now.", purchase::for_money(money))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_says_whether_the_order_or_the_panel_moved_the_price() {
        let own = Slip { seen: 0.5, before: 0.5, after: 0.72 };
        let said = locked(Side::Buy, "Yes", &own).replace('\u{202f}', " ");
        assert!(said.starts_with("Not placed: this would move Yes from 50 % to 72 %, 22 points"), "{said}");
        let moved = Slip { seen: 0.42, before: 0.5, after: 0.59 };
        let said = locked(Side::Buy, "Yes", &moved).replace('\u{202f}', " ");
        assert!(said.contains("stood at 42 % when you set this order and stands at 50 % now"), "{said}");
        assert!(said.contains("17 points worse"), "{said}");
    }
}
