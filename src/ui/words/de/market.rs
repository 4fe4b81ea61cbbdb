//! Words of the market's rules, in German: makers and guards, each with a sentence that says what it is for.

use crate::belief::{Guard, Sizing};
use crate::market::Maker;
use crate::ui::format;
pub use crate::ui::words::en::market::{guard_id, maker_id};

/// The disclosure.
pub const TITLE: &str = "Market-Maker und Schutz";
/// The makers.
pub const MAKER: &str = "Market-Maker";
/// The guards.
pub const GUARD: &str = "Schutz vor einem Agenten, der in die Irre führt";
/// What guards are.
pub const GUARD_WHAT: &str = "Normalerweise ausgeschaltet: Wo niemand in die Irre führt, kostet ein Schutz ein wenig von dem, was das Panel \
                              weiß. Wie viel, zeigt das Labor.";
/// Other rules have none.
pub const GUARD_NEEDS_EVIDENCE: &str =
    "Ein Schutz wirkt nur beim Handel nach Hinweisen: Wählen Sie diesen unter „Regeln des Marktes“";

/// A heading.
pub const FIGURES: &str = "So funktioniert dieser Markt";
/// A figure.
pub const DEPTH: &str = "Liquidität b";
/// A figure.
pub const RULE: &str = "Einsatzregel";
/// A figure.
pub const GUARD_SHORT: &str = "Schutz";
/// A figure.
pub const STOPS: &str = "Schluss";
/// A figure.
pub const SEED: &str = "Startwert";
/// A figure.
pub const VOLUME: &str = "Gehandeltes Geld";
/// A figure.
pub const MAKER_LOSS: &str = "Höchster Verlust des Market-Makers";

/// The question about trades that others than a trader ask.
pub const HOW_FAR: &str = "Wie weit handelt ein Agent?";

/// How far an agent trades under a rule (mechanisms §3), for whoever wonders why it buys above what it believes, or stops
/// below.
pub fn how_far(sizing: &Sizing) -> &'static str {
    match sizing {
        Sizing::Evidence { .. } => {
            "Nicht einfach bis zu seiner Einschätzung. Er nimmt den Preis als das, was die anderen wissen, und fügt seine eigenen \
             Hinweise hinzu, umso weniger, je mehr Hinweise sie teilen. Darum kann ein Agent, der für sich 60\u{202f}% sagt, auch \
             bei 70\u{202f}% noch kaufen. Später handelt er nur auf das hin, was seine Meinung geändert hat, und nie über seinen \
             Geldbeutel hinaus."
        }
        Sizing::Kelly { .. } | Sizing::Crra { .. } => {
            "Nur einen Teil des Weges vom Preis zu seiner Einschätzung: Er setzt einen Teil seines Geldes ein, nie alles, und \
             rechnet mit, was er schon hält. Darum hört er auf, solange der Preis noch von seiner Einschätzung abweicht."
        }
        Sizing::Cara { .. } => {
            "Nur einen Teil des Weges vom Preis zu seiner Einschätzung: Er hört auf, wo ihm ein weiterer Gewinn das Risiko nicht \
             wert ist, und rechnet mit, was er schon hält. Sein Geld kann ihn früher aufhalten."
        }
        Sizing::RiskNeutral => {
            "Bis der Preis seiner Einschätzung entspricht oder sein Geld nicht weiter reicht: In einem tiefen Markt kann das weit \
             davor sein."
        }
    }
}

/// When a run stops.
pub fn stops(epsilon: f64, rounds: u32) -> String {
    let rounds = super::turns::numbered(rounds as usize, "Runde", "Runden");
    format!("unter {} oder nach {rounds}", format::percent_fine(epsilon))
}

/// The name of a maker.
pub fn maker(maker: &Maker) -> &'static str {
    match maker {
        Maker::Lmsr => "Logarithmische Regel (LMSR)",
        Maker::LsLmsr { .. } => "Mitwachsende Liquidität (LS-LMSR)",
        Maker::Cpmm => "Konstantes Produkt (Maniswap)",
        Maker::Quadratic => "Quadratische Regel",
        Maker::PmAmm => "pm-AMM",
    }
}

/// What a maker is for.
pub fn maker_what(maker: &Maker) -> &'static str {
    match maker {
        Maker::Lmsr => {
            "Für fast alles: Der größte Verlust ist bekannt, jeder Beitrag lässt sich genau zuordnen, und Preise sind \
             Wahrscheinlichkeiten."
        }
        Maker::LsLmsr { .. } => {
            "Für einen Markt, der tiefer werden soll, je mehr gehandelt wird; er behält eine kleine Marge, und die gezeigten \
             Preise sind normiert."
        }
        Maker::Cpmm => {
            "Für den Vergleich mit Manifold: Die ersten Käufe bewegen den Preis am meisten, extreme Preise zu erreichen ist teuer."
        }
        Maker::Quadratic => {
            "Für den Brier-Score anstelle des Logarithmus: Der Preis einer Antwort kann bis auf null fallen, zu begrenzten Kosten."
        }
        Maker::PmAmm => {
            "Nur für Ja oder Nein: ein Pool, der an gut unterrichtete Händler gleichmäßig verliert, wo auch immer der Preis steht."
        }
    }
}

/// The name of a guard.
pub fn guard(guard: &Guard) -> &'static str {
    match guard {
        Guard::None => "Keiner",
        Guard::Trim => "Extreme weglassen",
        Guard::Cap { .. } => "Hinweise aller begrenzen",
        Guard::Robust => "Am Ausreißer zweifeln",
        Guard::Weights { .. } => "Gelernte Gewichte",
    }
}

/// What a guard does.
pub fn guard_what(guard: &Guard) -> &'static str {
    match guard {
        Guard::None => "Die Hinweise aller Agenten zählen gleich viel.",
        Guard::Trim => {
            "Bei jeder Antwort bleiben die höchste und die tiefste Stimme weg; die übrigen sprechen für alle. Braucht drei Agenten."
        }
        Guard::Cap { .. } => {
            "Bei keinem Agenten zählen die Hinweise mehr als eine Einheit Log-Odds: so viel wie eine Einschätzung von \
             73\u{202f}%, wo 50\u{202f}% zu erwarten waren."
        }
        Guard::Robust => {
            "Wer damit rechnet, dass ein Agent in die Irre führt, aber nicht weiß, welcher, wägt alle Stimmen ab: Was zu keiner \
             anderen passt, zählt wenig. Nur bei zwei Antworten; braucht drei Agenten."
        }
        Guard::Weights { .. } => {
            "Die Hinweise jedes Agenten zählen so viel, wie es abgerechnete Fragen gelehrt haben."
        }
    }
}

/// Weights that came with a set-up.
pub fn weights(weights: &[f64]) -> String {
    let each: Vec<String> = weights.iter().map(|weight| format::decimal(*weight)).collect();
    // Semicolons, for the numbers have commas.
    format!("Gewichte in der Reihenfolge des Panels: {}", each.join("; "))
}

/// One agent stands far from all others.
pub fn lone_voice(agent: &str) -> String {
    format!(
        "Weit entfernt von allen anderen: {agent}. Vielleicht steckt besseres Wissen dahinter; falls nicht, lassen Sie das Panel \
         noch einmal mit einem Schutz laufen: auf der Seite „Fragen“ unter „{TITLE}“ Extreme weglassen oder die Hinweise aller \
         begrenzen."
    )
}
