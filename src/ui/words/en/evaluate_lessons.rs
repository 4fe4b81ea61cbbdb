//! Words of what an evaluation teaches about its panel.

use crate::belief::stacking::{FEWEST, Learned, Offer};
use crate::ui::format;

/// The section.
pub const LESSONS: &str = "What these questions teach about the panel";
/// What is learned.
pub const LESSONS_WHAT: &str = "How far to trust each agent, and how much they have in common (ρ), learned from the first answers and judged on \
     questions that the learning had not seen: five parts, each left out in turn.";
/// While it is learned.
pub const LESSONS_WORKING: &str = "Weights are being learned…";
/// Takes it over.
pub const LESSONS_USE: &str = "Use it for the panel on Ask";
/// It was taken over.
pub const LESSONS_USED: &str = "ρ and weights stand in the panel's set-up now.";
/// Leads there.
pub const LESSONS_ASK: &str = "Go to Ask";

/// Why nothing is offered.
pub fn lessons_refused(offer: &Offer) -> String {
    match offer {
        Offer::TooFew { questions } => format!(
            "Too few to learn from: {questions} of the {FEWEST} questions with two answers, answered by every agent, that \
             it takes."
        ),
        Offer::NoGain { questions } | Offer::Gain { learned: Learned { questions, .. }, .. } => format!(
            "No gain shown on {questions} questions: learned weights were no better than the usual ones on questions that \
             they had not seen, so there is nothing to take over."
        ),
    }
}

/// What the gain is, with its interval.
pub fn lessons_gain(learned: &Learned, usual_loss: f64, stderr: f64) -> String {
    let gain = usual_loss - learned.loss;
    format!(
        "Learned weights are better for this panel: on {} questions, each left out of the learning in turn, they lost {} a \
         question where the usual weights lost {}. The gain is {} (95 % interval {} to {}; a coin loses 0.69).",
        learned.questions,
        format::three(learned.loss),
        format::three(usual_loss),
        format::three(gain),
        format::three(gain - 1.96 * stderr),
        format::three(gain + 1.96 * stderr),
    )
}
