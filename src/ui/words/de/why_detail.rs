//! Words of the experts' figures on the Why page, in German: each has one sentence that says what it means to somebody who
//! has never seen a market, and what does not apply in other modes is said.

use super::turns::numbered;
use super::watch::{agent_name, outcome_name};
use crate::aggregate::Yardstick;
use crate::run::{Debate, DebateStyle, Mode, RunSpec};
use crate::ui::format;

/// A heading.
pub const DETAIL: &str = "Im Einzelnen";
/// What holds for all replays.
pub const HELD_FIXED: &str = "Aus dem Protokoll nachgespielt; die Worte der anderen bleiben dabei, wie sie waren: Hätten sie etwas anderes \
                              gelesen, hätten sie vielleicht anders geantwortet, und wie, verrät kein Nachspielen. Es wird kein \
                              Modell gefragt.";
/// Begins the work.
pub const WORK_OUT: &str = "Ausrechnen";
/// The run goes on.
pub const STILL_OPEN: &str =
    "Der Lauf geht weiter. Die Zahlen lassen sich für das ausrechnen, was bisher geschehen ist.";
/// Ends the work.
pub const CANCEL: &str = "Abbrechen";
/// It was cancelled.
pub const CANCELLED: &str = "Abgebrochen: Für die Zahlen unten muss alles nachgespielt sein";
/// What the progress bar counts.
pub const REPLAYS: &str = "Nachgespielte Durchläufe";
/// A heading.
pub const CREDIT: &str = "Verdienst, Schritt für Schritt";
/// A heading.
pub const SHAPLEY: &str = "Gerechter Anteil";
/// A heading.
pub const WITHOUT: &str = "Ohne jeweils einen Agenten";
/// A heading.
pub const ORDERS: &str = "In anderer Reihenfolge";
/// A heading.
pub const LIQUIDITY: &str = "Bei mehr oder weniger Liquidität";
/// The range.
pub const LIQUIDITY_RANGE: &str = "Liquidität, als Vielfaches jener des Laufs";
/// A heading.
pub const FEW: &str = "Wie wenige den Ausschlag gaben";
/// A heading.
pub const REST: &str = "Kam der Lauf zur Ruhe?";
/// A row.
pub const TOTAL: &str = "Zusammen";
/// No trades.
pub const NO_TRADES: &str = "Niemand hat gehandelt, also gibt es nichts aufzuteilen.";

/// What does not apply, and why.
pub fn not_here(spec: &RunSpec) -> Option<&'static str> {
    Some(match spec.mode {
        Mode::Market => return None,
        Mode::MakerTrader(_) => {
            "Mit Maker und Händlern besitzt niemand etwas: Es gibt kein Geld aufzuteilen und keine Reihenfolge des \
             Handels zu ändern. Jedem Argument wird gutgeschrieben, wie weit sich die Schätzung des Makers gleich danach \
             bewegt hat. Für gerechte Anteile und für Läufe ohne einen der Händler müsste man den Maker noch einmal \
             fragen, denn seine Schätzungen antworten auf jedes frühere Argument."
        }
        Mode::SelfResolving(_) => {
            "Die Angaben folgen aufeinander, und jede antwortet auf die früheren. Einer Angabe wird gutgeschrieben, wie \
             weit sie die Kette bewegt hat. Ließe man eine weg oder änderte die Reihenfolge, so fielen schon die späteren \
             Angaben anders aus; darum lässt sich das hier nicht nachspielen. Was jede Angabe einbringt, steht beim Panel."
        }
        Mode::SelfConsistency(_) => {
            "Jede Antwort hat eine Stimme, also trägt niemand mehr zum Ergebnis bei als andere: Verdienst, gerechte \
             Anteile und eine Reihenfolge des Handels gibt es hier nicht."
        }
        Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
            "Alle antworten gleichzeitig und haben je eine Stimme, also lässt sich keine Bewegung einem einzelnen Argument \
             gutschreiben: Verdienst, gerechte Anteile und eine Reihenfolge des Handels gibt es hier nicht."
        }
        Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
            "Ein Agent urteilt, nachdem er beide Seiten gehört hat; nur er weiß, was wie schwer wog: Verdienst, gerechte \
             Anteile und eine Reihenfolge des Handels gibt es hier nicht."
        }
    })
}

/// How far the replays have come.
pub fn progress(done: usize, total: usize) -> String {
    format!("{} von {}", format::count(done as u64), numbered(total, "Durchlauf", "Durchläufen"))
}

/// By what credit is measured.
pub fn yardstick(spec: &RunSpec, yardstick: &Yardstick) -> String {
    match yardstick {
        Yardstick::Outcome(outcome) => {
            format!("an dem, was eingetreten ist ({})", outcome_name(spec, *outcome))
        }
        Yardstick::EndPrice(_) => "am letzten Preis, weil noch niemand weiß, was eintritt".to_owned(),
    }
}

/// What credit means.
pub fn credit_what(spec: &RunSpec, measure: &Yardstick) -> String {
    format!(
        "Was die Schritte eines Agenten wert waren, gemessen {}: Ein Schritt darauf zu zählt für ihn, ein Schritt davon weg \
         gegen ihn, und die Teile ergeben zusammen genau den ganzen Weg.",
        yardstick(spec, measure)
    )
}

/// What Shapley's value means.
pub fn shapley_what(agents: usize, exact: bool) -> String {
    let how = if exact {
        format!(
            "alle {} Gruppen aus {agents} Agenten wurden durchgespielt",
            format::count(1 << agents.min(20))
        )
    } else {
        "Reihenfolgen wurden als Stichprobe gezogen, darum hat jede Zahl einen Standardfehler".to_owned()
    };
    format!(
        "Was ein Agent im Mittel beiträgt, wenn das Panel in jeder möglichen Reihenfolge nach und nach zusammenkommt, \
         sodass es nicht darauf ankommt, wer zuerst da war; {how}."
    )
}

/// What leaving out means.
pub const WITHOUT_WHAT: &str = "Wo der Preis geendet hätte, wäre ein Agent weggeblieben: Je weiter von der Linie entfernt, desto mehr hängt an ihm.";

/// What the band means.
pub fn orders_what(orders: usize) -> String {
    format!(
        "Wer in einer Runde zuerst handelt, entscheidet das Los. In {} endet der Preis innerhalb des Bandes: Ist es \
         schmal, so kam es auf das Los kaum an.",
        numbered(orders, "anderen Auslosung", "anderen Auslosungen")
    )
}

/// The band in figures.
pub fn orders_band(low: f64, high: f64, least: f64, most: f64) -> String {
    format!(
        "Neun von zehn zwischen {} und {}, alle zwischen {} und {}",
        format::percent_fine(low),
        format::percent_fine(high),
        format::percent_fine(least),
        format::percent_fine(most)
    )
}

/// How often the answer leads.
pub fn orders_lead(spec: &RunSpec, outcome: usize, leads: usize, of: usize) -> String {
    let name = outcome_name(spec, outcome);
    if leads == of {
        format!("In allen liegt {name} vorn")
    } else {
        format!("In {leads} von {of} liegt {name} vorn")
    }
}

/// What liquidity means.
pub const LIQUIDITY_WHAT: &str = "Bei mehr Liquidität gibt der Preis weniger nach: Dieselbe Überzeugung zu äußern, kostet mehr. Ändert sich \
                                  die Antwort dabei stark, so liegt das auch daran, wie der Markt eingerichtet war, und nicht \
                                  allein am Panel.";

/// The price at a multiple.
pub fn liquidity_at(spec: &RunSpec, factor: f64, outcome: usize, price: f64) -> String {
    format!(
        "Liquidität {}: {} für {}",
        times(factor),
        format::percent_fine(price),
        outcome_name(spec, outcome)
    )
}

/// A multiple.
pub fn times(factor: f64) -> String {
    crate::ui::words::en::why_detail::times(factor).replace('.', ",")
}

/// How few decided it.
pub fn few(spec: &RunSpec, largest: Option<(usize, f64)>, effective: f64, agents: usize) -> String {
    match largest {
        None => NO_TRADES.to_owned(),
        Some((agent, share)) => format!(
            "{} der gesamten Bewegung gehen auf {} zurück. Der Weg ist so konzentriert, als hätten ihn {} gleich starke Agenten \
             gemacht, von insgesamt {agents}.",
            format::percent(share),
            agent_name(spec, agent),
            format!("{effective:.1}").replace('.', ",")
        ),
    }
}

/// What concentration means.
pub const FEW_WHAT: &str =
    "Je näher bei eins, desto mehr ist es die Antwort eines einzelnen Agenten und nicht die des Panels.";

/// The largest purse.
pub fn purse(share: f64) -> String {
    format!("Das größte Guthaben umfasste {} des Geldes im Panel.", format::percent(share))
}

/// The line that places are compared with.
pub fn as_it_was(spec: &RunSpec, outcome: usize, price: f64) -> String {
    format!("Die Linie: {} für {}, wie es wirklich war", format::percent(price), outcome_name(spec, outcome))
}

/// A unit of credit.
pub fn credit(value: f64) -> String {
    let text = format::decimal(value);
    if value > 0.0 && text != format::decimal(0.0) { format!("+{text}") } else { text }
}

/// A figure with its standard error.
pub fn with_error(value: f64, stderr: Option<f64>) -> String {
    match stderr {
        None => credit(value),
        Some(stderr) => format!("{} ± {}", credit(value), format::decimal(stderr)),
    }
}

/// The unit of credit.
pub fn unit(is_lmsr: bool) -> &'static str {
    if is_lmsr {
        "In Spielgeld: b · ln des neuen Preises geteilt durch den alten; so viel zahlt die Regel des Marktes für die Bewegung."
    } else {
        "In Punkten des Log-Scores, b · ln des neuen Preises geteilt durch den alten; der Market-Maker dieses Marktes zahlt \
         nach einer anderen Regel."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_a_comma_and_nothing_has_no_sign() {
        assert_eq!(credit(0.001), "0,00");
        assert_eq!(credit(1.5), "+1,50");
        assert_eq!(times(1.5), "1,5×");
        assert_eq!(times(0.25), "1/4");
    }
}
