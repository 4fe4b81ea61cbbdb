//! Words of what past runs teach about a panel, in German.

use crate::belief::stacking::{FEWEST, Learned, Model, Offer};
use crate::ui::format;

/// While past runs are read.
pub const LOADING: &str = "Es wird nachgesehen, was frühere Läufe dieses Panels lehren…";
/// Takes it over.
pub const USE: &str = "Gelerntes übernehmen";
/// It was taken over.
pub const USED: &str = "ρ und Gewichte sind nach früheren Läufen gesetzt; der Lauf wird sie verzeichnen";

/// Why nothing is offered.
pub fn refused(offer: &Offer) -> String {
    match offer {
        Offer::TooFew { questions } => format!(
            "Gewichte lassen sich aus früheren Läufen genau dieses Panels auf diesem Gerät lernen, die nach bekannter Antwort \
             oder von Ihnen abgerechnet sind: Vorhanden sind {questions} der {FEWEST} verschiedenen Ja-Nein-Fragen, die es \
             dazu braucht."
        ),
        Offer::NoGain { questions } | Offer::Gain { learned: Learned { questions, .. }, .. } => {
            format!(
                "Auf {questions} Fragen war kein Gewinn nachzuweisen: Bei Fragen, die sie noch nicht gesehen hatten, waren \
                 gelernte Gewichte nicht besser als die üblichen, darum werden keine angeboten."
            )
        }
    }
}

/// What the gain is.
pub fn gain(learned: &Learned, usual_loss: f64, stderr: f64) -> String {
    format!(
        "Aus früheren Läufen lassen sich Gewichte für dieses Panel lernen. Auf {} Fragen, von denen reihum je eine beim Lernen \
         fehlte, verloren sie je Frage {}, die üblichen Gewichte {} (Unterschied ± {}; ein Münzwurf verliert {}).",
        learned.questions,
        format::decimal(learned.loss),
        format::decimal(usual_loss),
        format::decimal(stderr),
        format::decimal(std::f64::consts::LN_2),
    )
}

/// ρ and the weights.
pub fn figures(learned: &Learned, names: &[String]) -> String {
    let rho = format!("ρ = {}", format::decimal(learned.rho));
    if learned.model == Model::Alike {
        return format!("{rho} und dasselbe Gewicht für alle");
    }
    let each = names.iter().zip(&learned.weights);
    let each: Vec<String> =
        each.map(|(name, weight)| format!("{name} {}", format::decimal(*weight))).collect();
    format!("{rho}; {}", each.join(", "))
}
