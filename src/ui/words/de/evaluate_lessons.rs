//! Words of what an evaluation teaches about its panel, in German.

use crate::belief::stacking::{FEWEST, Learned, Offer};
use crate::ui::format;

/// The section.
pub const LESSONS: &str = "Was diese Fragen über das Panel lehren";
/// What is learned.
pub const LESSONS_WHAT: &str = "Wie weit jedem Agenten zu trauen ist und wie viel sie gemeinsam haben (ρ), gelernt aus den ersten Antworten und \
     beurteilt an Fragen, die beim Lernen fehlten: fünf Teile, von denen reihum einer ausgelassen wird.";
/// While it is learned.
pub const LESSONS_WORKING: &str = "Gewichte werden gelernt…";
/// Takes it over.
pub const LESSONS_USE: &str = "Für das Panel unter „Fragen“ übernehmen";
/// It was taken over.
pub const LESSONS_USED: &str = "ρ und Gewichte stehen jetzt in den Einstellungen des Panels.";
/// Leads there.
pub const LESSONS_ASK: &str = "Zu „Fragen“";

/// Why nothing is offered.
pub fn lessons_refused(offer: &Offer) -> String {
    match offer {
        Offer::TooFew { questions } => format!(
            "Zu wenige, um daraus zu lernen: {questions} der {FEWEST} Fragen mit zwei Antworten, die alle Agenten \
             beantwortet haben müssen."
        ),
        Offer::NoGain { questions } | Offer::Gain { learned: Learned { questions, .. }, .. } => format!(
            "Auf {questions} Fragen war kein Gewinn nachzuweisen: Bei Fragen, die sie noch nicht gesehen hatten, waren \
             gelernte Gewichte nicht besser als die üblichen, darum gibt es nichts zu übernehmen."
        ),
    }
}

/// What the gain is, with its interval.
pub fn lessons_gain(learned: &Learned, usual_loss: f64, stderr: f64) -> String {
    let gain = usual_loss - learned.loss;
    format!(
        "Für dieses Panel sind gelernte Gewichte besser: Auf {} Fragen, von denen reihum je ein Teil beim Lernen fehlte, \
         verloren sie je Frage {}, die üblichen Gewichte {}. Der Gewinn ist {} (95-%-Intervall {} bis {}; ein Münzwurf \
         verliert {}).",
        learned.questions,
        format::three(learned.loss),
        format::three(usual_loss),
        format::three(gain),
        format::three(gain - 1.96 * stderr),
        format::three(gain + 1.96 * stderr),
        format::decimal(std::f64::consts::LN_2),
    )
}
