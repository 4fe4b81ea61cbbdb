//! Words of a person's own trade, in German.

use super::events::percentage_points;
use super::purchase;
use crate::aggregate::{OffTarget, Side, Slip};
use crate::market::{Cash, OrderError, QuantityError, Shares};
use crate::ui::format;

/// A heading.
pub const YOUR_TRADE: &str = "Ihr Handel";
/// A field.
pub const OUTCOME: &str = "Antwort";
/// The choice of a side.
pub const SIDE: &str = "Was Sie tun";
/// A side.
pub const BUY: &str = "Kaufen";
/// The other side.
pub const SELL: &str = "Verkaufen";
/// The range of stakes.
pub const STAKE_RANGE: &str = "Einsatz, mit Schieberegler";
/// The field of stakes.
pub const STAKE: &str = "Einsatz höchstens";
/// The range of shares to sell.
pub const AMOUNT_RANGE: &str = "Anteile zum Verkauf, mit Schieberegler";
/// The field of shares to sell.
pub const AMOUNT: &str = "Anteile zum Verkauf";
/// The field of the price that is aimed at.
pub const TARGET: &str = "oder neuer Preis, %";
/// The market refuses.
pub const REFUSED: &str = "Der Markt lehnt diesen Auftrag ab";
/// What to do.
pub const REFUSED_NEXT: &str = "Wählen Sie eine kleinere Menge oder einen anderen Preis, oder warten Sie, bis der Lauf wieder offen ist.";
/// A figure of the preview.
pub const NEW_PRICE: &str = "Neuer Preis";
/// A figure of the preview.
pub const SHARES: &str = "Anteile";
/// A figure of the preview.
pub const COST: &str = "Kosten";
/// A figure of the preview of a sale.
pub const PROCEEDS: &str = "Sie erhalten";
/// A figure of the preview.
pub const WORST: &str = "Höchster möglicher Verlust";
/// A figure of the preview.
pub const LEFT: &str = "Guthaben danach";
/// Opens the explanation.
pub const HOW: &str = "So funktioniert es";
/// The explanation, a paragraph each.
pub const HOW_PARTS: [&str; 4] = [
    "Ein Anteil zahlt 1, wenn seine Antwort zutrifft, und sonst nichts. Der Einsatz ist, was Sie höchstens bezahlen; oder \
     Sie geben an, wo der Preis stehen soll, und der nötige Einsatz wird berechnet. Zu den Zahlen, die Sie sehen, wird \
     auch ausgeführt.",
    "Würde der Preis um mehr als 10 Prozentpunkte ungünstiger für Sie enden, als er steht oder bei der Eingabe des \
     Auftrags stand, so wird der Auftrag erst ausgeführt, wenn Sie noch einmal drücken.",
    "Ja zu verkaufen heißt auch, Nein zu kaufen: Je ein Anteil an jeder Antwort ist zusammen genau 1 wert und wird sofort \
     ausbezahlt. Darum zeigt das Protokoll einen Verkauf als Kauf der anderen Antworten.",
    "Sie handeln in den Pausen zwischen den Runden, nach denselben Regeln wie alle: Ihre Käufe und Verkäufe sind \
     Ereignisse im Protokoll, und „Warum“ zeigt, was das Panel ohne Sie gesagt hätte.",
];
/// While the page shows an earlier moment.
pub const AT_LATEST: &str = "Die Seite zeigt einen früheren Stand; Sie handeln zum neuesten Preis.";
/// Drops an order that was held back.
pub const LEAVE: &str = "Lieber nicht";

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
        Side::Buy => "Trotzdem kaufen",
        Side::Sell => "Trotzdem verkaufen",
    }
}

/// Where the person stands.
pub fn standing(outcome: &str, price: f64, held: Shares, cash: Cash) -> String {
    format!(
        "„{outcome}“ steht bei {} · Sie halten {} davon · Guthaben: {}",
        format::percent(price),
        if held > Shares::ZERO { format!("{} Anteile", format::shares(held)) } else { "nichts".to_owned() },
        purchase::money(cash),
    )
}

/// What a slider says to people who listen.
pub fn slider(amount: &str, after: Option<f64>) -> String {
    match after {
        Some(price) => format!("{amount}, bringt den Preis auf {}", format::percent_fine(price)),
        None => amount.to_owned(),
    }
}

/// Why the order was held back. It was not placed.
pub fn locked(side: Side, outcome: &str, slip: &Slip) -> String {
    let points = percentage_points(slip.distance());
    let (before, after, seen) =
        (format::percent(slip.before), format::percent(slip.after), format::percent(slip.seen));
    if slip.is_own() {
        let dearer = match side {
            Side::Buy => "je weiter es geht, desto mehr kostet Sie jeder Anteil",
            Side::Sell => "je weiter es geht, desto weniger erhalten Sie für jeden Anteil",
        };
        format!(
            "Nicht ausgeführt: Dieser Auftrag würde den Preis von {outcome} um {points} bewegen, von {before} auf \
             {after}, und {dearer}."
        )
    } else {
        format!(
            "Nicht ausgeführt: {outcome} stand bei {seen}, als Sie den Auftrag eingaben, und steht jetzt bei {before}; \
             mit dem Auftrag wären es {after}, {points} ungünstiger für Sie."
        )
    }
}

/// Why the market refuses an order, for the person who gave it.
pub fn refused(error: &OrderError, outcome: &str) -> String {
    match error {
        OrderError::BeyondPurse { cost, purse } => {
            format!(
                "Dieser Auftrag kostet {}, Ihr Guthaben beträgt {}.",
                format::cash(*cost),
                format::cash(*purse)
            )
        }
        OrderError::BeyondHoldings => {
            format!("Sie halten weniger Anteile an {outcome}, als Sie verkaufen würden.")
        }
        OrderError::Empty => "Der Auftrag ist leer: Wählen Sie eine Menge über 0.".to_owned(),
        OrderError::Size(problem) => format!("Die Menge ist nicht brauchbar: {}.", size(*problem)),
        OrderError::UnknownOutcome { outcomes, .. } => {
            format!("Diese Antwort gibt es nicht: Die Frage hat {outcomes}.")
        }
        OrderError::UnknownTrader(trader) => format!("Einen Händler {trader} gibt es nicht."),
    }
}

/// Why a number is no amount, after a colon.
fn size(problem: QuantityError) -> &'static str {
    match problem {
        QuantityError::NotANumber => "Sie ist keine Zahl",
        QuantityError::Infinite => "Sie ist unendlich",
        QuantityError::Negative => "Sie ist negativ",
        QuantityError::TooLarge => "Sie übersteigt 100 Millionen",
    }
}

/// Why no amount takes the price there.
pub fn off_target(side: Side, outcome: &str, problem: &OffTarget) -> String {
    match (side, problem) {
        (_, OffTarget::NotAPrice) => "Ein Preis liegt über 0 und unter 100\u{202f}%.".to_owned(),
        (Side::Buy, OffTarget::WrongWay { price }) => format!(
            "{outcome} steht bei {}, und Kaufen treibt den Preis nach oben: Verkaufen Sie, was Sie davon halten, oder \
             kaufen Sie eine andere Antwort.",
            format::percent_fine(*price)
        ),
        (Side::Sell, OffTarget::WrongWay { price }) => {
            format!(
                "{outcome} steht bei {}, und Verkaufen drückt den Preis: Kaufen Sie stattdessen.",
                format::percent_fine(*price)
            )
        }
        (Side::Buy, OffTarget::OutOfReach { furthest }) => format!(
            "So weit reicht Ihr Guthaben nicht: Mit allem, was Sie haben, kommt {outcome} auf {}.",
            format::percent_fine(*furthest)
        ),
        (Side::Sell, OffTarget::OutOfReach { furthest }) => format!(
            "So viel halten Sie nicht: Verkaufen Sie alles, kommt {outcome} auf {}.",
            format::percent_fine(*furthest)
        ),
    }
}

/// What was done.
pub fn done(side: Side, outcome: &str, shares: Shares, money: Cash, price: f64) -> String {
    let did = match side {
        Side::Buy => "gekauft",
        Side::Sell => "verkauft",
    };
    let (shares, price) = (purchase::shares_of(shares, outcome), format::percent(price));
    format!("Sie haben {shares} {} {did}. Der Preis steht jetzt bei {price}.", purchase::for_money(money))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_says_whether_the_order_or_the_panel_moved_the_price() {
        let own = Slip { seen: 0.5, before: 0.5, after: 0.72 };
        let said = locked(Side::Buy, "Ja", &own).replace('\u{202f}', " ");
        assert!(said.contains("von Ja um 22 Prozentpunkte bewegen, von 50 % auf 72 %"), "{said}");
        let moved = Slip { seen: 0.42, before: 0.5, after: 0.59 };
        let said = locked(Side::Buy, "Ja", &moved).replace('\u{202f}', " ");
        assert!(said.contains("17 Prozentpunkte ungünstiger"), "{said}");
    }
}
