//! Words of what past runs teach about a panel.

use crate::belief::stacking::{FEWEST, Learned, Model, Offer};
use crate::ui::format;

/// While past runs are read.
pub const LOADING: &str = "Reading what past runs of this panel teach…";
/// Takes it over.
pub const USE: &str = "Use what was learned";
/// It was taken over.
pub const USED: &str = "ρ and weights are set from past runs; the run will record them";

/// Why nothing is offered.
pub fn refused(offer: &Offer) -> String {
    match offer {
        Offer::TooFew { questions } => format!(
            "Weights can be learned from past runs of exactly this panel on this device that a label or you have \
             settled: {questions} of the {FEWEST} different yes-or-no questions that it takes."
        ),
        Offer::NoGain { questions } | Offer::Gain { learned: Learned { questions, .. }, .. } => {
            format!(
                "No gain shown on {questions} questions: learned weights were no better than the usual ones on \
                     questions that they had not seen, so none are offered."
            )
        }
    }
}

/// What the gain is.
pub fn gain(learned: &Learned, usual_loss: f64, stderr: f64) -> String {
    format!(
        "Past runs teach weights for this panel. On {} questions, each left out of the learning in turn, they lost {} a \
         question where the usual weights lost {} (difference ± {}; a coin loses 0.69).",
        learned.questions,
        format::decimal(learned.loss),
        format::decimal(usual_loss),
        format::decimal(stderr),
    )
}

/// ρ and the weights.
pub fn figures(learned: &Learned, names: &[String]) -> String {
    let rho = format!("ρ = {}", format::decimal(learned.rho));
    if learned.model == Model::Alike {
        return format!("{rho}, and the same weight for all");
    }
    let each = names.iter().zip(&learned.weights);
    let each: Vec<String> =
        each.map(|(name, weight)| format!("{name} {}", format::decimal(*weight))).collect();
    format!("{rho}; {}", each.join(", "))
}
