//! Words of the Learn page, in German: six ideas, one sentence each that says it, one that says what to try, and what
//! the control shows.

use crate::ui::format;
use crate::ui::lesson::Purchase;

/// The page's heading.
pub const TITLE: &str = "Wie ein Markt der Einschätzungen funktioniert, in sechs Schritten";
/// What the page is.
pub const LEAD: &str = "Bewegen Sie die Regler: Dahinter arbeitet dasselbe Rechenwerk wie bei jedem Lauf. Vorkenntnisse braucht es \
                        keine, und kaputtgehen kann nichts.";
/// The steps' name.
pub const STEPS: &str = "Schritte";
/// A button.
pub const BACK: &str = "Zurück";
/// A button.
pub const NEXT: &str = "Weiter";
/// A label.
pub const TRY: &str = "Probieren Sie es aus: ";

/// Titles of the steps.
pub const TITLES: [&str; 6] = [
    "Ein Preis ist eine Einschätzung",
    "Wer handelt, bewegt ihn",
    "Wie weit, bestimmt die Liquidität",
    "Sie verdienen, was Sie beitragen",
    "Viele Köpfe, gemeinsame Fehler",
    "Manipulation hat ihren Preis",
];

/// What each step says.
pub const IDEAS: [&str; 6] = [
    "Ein Anteil zahlt 1, wenn die Antwort am Ende Ja lautet, und sonst nichts. Kostet er 0,70, so lohnt sich der Kauf für alle, \
     die Ja für wahrscheinlicher halten als 70\u{202f}%. Der Preis sagt also, was der Markt glaubt.",
    "Niemand setzt den Preis fest. Wer Ja kauft, hebt ihn, wer Nein kauft, senkt ihn, und jeder weitere Anteil kostet etwas \
     mehr: So verlangt eine Formel, der Market-Maker, eine immer stärkere Überzeugung.",
    "Der Market-Maker hat eine einzige Stellschraube, die Liquidität. In einem flachen Markt bewegt ein kleiner Einsatz den \
     Preis weit, in einem tiefen kaum. Sie bestimmt auch, wie viel der Market-Maker höchstens verlieren kann.",
    "Bewegen Sie den Preis dorthin, wo er Ihrer Einschätzung nach hingehört. Kommt die Wahrheit heraus, so gewinnen Sie genau \
     so viel, wie Sie den Markt klüger gemacht haben, und verlieren so viel, wie Sie ihn in die Irre geführt haben. Am \
     besten fährt also, wer sagt, was er wirklich denkt.",
    "Zehn unabhängige Köpfe wissen weit mehr als einer. Doch Köpfe, die dieselben Zeitungen lesen, machen dieselben Fehler: \
     Sie zählen weniger. Gute Verfahren, Einschätzungen zu verbinden, fragen darum, wie viele Köpfe ein Panel wirklich \
     ist.",
    "Jemand kann den Preis dorthin drücken, wo er ihn haben will. Das kostet Geld, und wer es besser weiß, verdient dieses \
     Geld, indem er den Preis zurückdrückt. Je weiter von der Wahrheit weg, desto teurer wird es.",
];

/// What the first step leaves out, truly for the rules of mechanisms §3.
pub const IN_A_RUN: &str = "In einem Lauf müssen Agenten nicht bei ihrer Einschätzung stehen bleiben: In der Voreinstellung nimmt jeder \
                            den Preis als das, was die anderen wissen, und fügt seine eigenen Hinweise hinzu; darum kann er über \
                            seiner eigenen Einschätzung kaufen, und sein Geld oder ein tiefer Markt können ihn davor aufhalten. \
                            Nach den anderen Regeln geht er höchstens so weit, wie er glaubt.";

/// What to try in each step.
pub const TRIES: [&str; 6] = [
    "Setzen Sie den Preis unter Ihre Einschätzung, dann darüber. Wann würden Sie kaufen, und welchen Anteil?",
    "Drücken Sie dreimal auf „Ja kaufen“. Bewegt der dritte Kauf den Preis so weit wie der erste?",
    "Lassen Sie den Einsatz stehen, und schieben Sie die Liquidität von einem Ende zum anderen.",
    "Bewegen Sie den Preis an eine mutige Stelle, und sehen Sie sich dann beide Ausgänge an. Wo verlieren Sie am meisten?",
    "Nehmen Sie zwanzig Köpfe, und erhöhen Sie das Gemeinsame von nichts auf die Hälfte.",
    "Drücken Sie einen Preis von 30\u{202f}% auf 80\u{202f}%. Sehen Sie dann, was verdient, wer als Nächstes handelt.",
];

/// A control.
pub const PRICE: &str = "Preis von Ja";
/// A control.
pub const BELIEF: &str = "Ihre Einschätzung";
/// A control.
pub const STAKE: &str = "Einsatz";
/// A control.
pub const LIQUIDITY: &str = "Liquidität";
/// A control.
pub const TARGET: &str = "Preis bewegen auf";
/// A control.
pub const MINDS: &str = "Köpfe im Panel";
/// A control.
pub const SHARED: &str = "Anteil ihrer Fehler, der gemeinsam ist";
/// A control.
pub const CHANCE: &str = "Wahre Wahrscheinlichkeit von Ja, die der Preis kennt";
/// A control.
pub const PUSH: &str = "Wohin der Manipulator ihn drückt";
/// A button.
pub const BUY_YES: &str = "Ja kaufen, für 10";
/// A button.
pub const BUY_NO: &str = "Nein kaufen, für 10";
/// A button.
pub const AGAIN: &str = "Von vorn beginnen";
/// An ending.
pub const IF_YES: &str = "Wenn die Antwort Ja lautet";
/// An ending.
pub const IF_NO: &str = "Wenn die Antwort Nein lautet";

/// The end of the page.
pub const SANDBOX: &str = "Handeln Sie jetzt selbst";
/// What it is.
pub const SANDBOX_WHAT: &str = "Ein echter Lauf auf dieser Seite: sieben simulierte Händler und Sie, mit Geld, Preisen und einem \
                                Protokoll, das sich prüfen lässt. Nach jeder Runde hält er an, damit Sie handeln können. Die \
                                simulierten Händler wissen nichts über die Frage; gut möglich, dass Sie sie schlagen.";
/// The button.
pub const SANDBOX_DO: &str = "Lauf starten";
/// The Lab.
pub const LAB: &str = "Im Labor zehntausend Welten durchspielen";

/// The number and title of a step, for whoever hears it.
pub fn mark(number: usize) -> String {
    format!("{number}: {}", TITLES[number - 1])
}

/// The number of a step.
pub fn step(number: usize) -> String {
    format!("Schritt {number} von {}", TITLES.len())
}

/// What somebody with a belief does at a price.
pub fn advice(price: f64, belief: f64) -> String {
    let (paid, thought) = (format::decimal(price), format::decimal(belief));
    let gap = format::decimal((belief - price).abs());
    if (belief - price).abs() < 1e-9 {
        return format!(
            "Sie glauben, was der Preis sagt: Kein Anteil lohnt den Kauf. Ein Anteil kostet {paid} und ist Ihnen {thought} wert."
        );
    }
    let (side, paid, thought) = if belief > price {
        ("Ja", paid, thought)
    } else {
        ("Nein", format::decimal(1.0 - price), format::decimal(1.0 - belief))
    };
    format!(
        "Kaufen Sie {side}: Ein Anteil kostet {paid} und ist Ihnen {thought} wert. An jedem erwarten Sie einen Gewinn von \
         {gap}."
    )
}

/// What a purchase did.
pub fn purchase(made: &Purchase) -> String {
    let side = if made.after >= made.before { "Ja" } else { "Nein" };
    let points = format::points(made.after - made.before);
    let unit = if matches!(points.as_str(), "+1" | "−1") { "Prozentpunkt" } else { "Prozentpunkte" };
    format!(
        "{} Anteile an {side} für {}: Der Preis von Ja geht von {} auf {}, {points} {unit}.",
        format::decimal(made.shares),
        format::decimal(made.cost),
        format::percent(made.before),
        format::percent(made.after),
    )
}

/// Before the first purchase.
pub const NOTHING_BOUGHT: &str = "Noch nichts gekauft: Der Preis ist 50\u{202f}%.";

/// How deep a market is.
pub fn depth(liquidity: f64, made: &Purchase) -> String {
    // b ln 2 for an even start (mechanisms §2).
    let subsidy = format::decimal(liquidity * std::f64::consts::LN_2);
    format!("{} Der Market-Maker kann höchstens {subsidy} verlieren.", purchase(made))
}

/// A gain and what the market learned, each from its own formula.
pub fn ending(gain: f64, taught: f64) -> String {
    let (mine, market) = (format::decimal(gain.abs()), format::decimal(taught.abs()));
    if gain >= 0.0 {
        format!("Sie gewinnen {mine}; der Markt ist um {market} klüger")
    } else {
        format!("Sie verlieren {mine}; der Markt liegt um {market} weiter daneben")
    }
}

/// What a panel is worth.
pub fn crowd(members: usize, independent: f64, hits: f64) -> String {
    let minds = if members == 1 {
        "Ein Kopf zählt so viel wie".to_owned()
    } else {
        format!("{members} Köpfe zählen so viel wie")
    };
    format!(
        "{minds} {} unabhängige. Wer sie vollkommen verbindet, hat bei {} der Ja-Nein-Fragen recht, ein Kopf allein bei {}.",
        format::decimal(independent),
        format::percent(hits),
        format::percent(0.691_462_461_274_013),
    )
}

/// What a push costs.
pub fn push(made: &Purchase, chance: f64) -> String {
    if (made.after - made.before).abs() < 1e-9 {
        return "Wer nicht drückt, zahlt nichts.".to_owned();
    }
    let loss = format::decimal(-made.expected_gain(chance));
    format!(
        "Der Manipulator zahlt {} und verliert im Mittel {loss}. Wer den Preis zurechtrückt, verdient im Mittel ebenso viel, \
         {loss}: Das Drücken bezahlt seine eigene Korrektur.",
        format::decimal(made.cost)
    )
}
