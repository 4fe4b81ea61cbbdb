//! Words of the page that lays two evaluations side by side.

use super::evaluate::{counted, method};
use crate::evaluate::contrast::{Contrast, Difference, Pairing};
use crate::evaluate::report::FEWEST_FOR_A_WINNER;
use crate::evaluate::statistics::LEVEL;
use crate::ui::format;

/// Leads there.
pub const CONTRAST: &str = "Compare two evaluations";
/// The page's heading.
pub const CONTRAST_TITLE: &str = "Two evaluations side by side";
/// What it is for.
pub const CONTRAST_LEAD: &str = "What was set up differently, how each method fares in both, whether the difference is more than noise, and which \
     questions changed.";
/// The sides.
pub const CONTRAST_SIDES: [&str; 2] = ["First", "Second"];
/// Nothing is chosen.
pub const CONTRAST_CHOOSE: &str = "Choose an evaluation";
/// Changes sides.
pub const CONTRAST_SWAP: &str = "Swap them";
/// While one is read.
pub const CONTRAST_READING: &str = "Reading the evaluations…";
/// While intervals are drawn.
pub const CONTRAST_WORKING: &str = "The differences are being worked out…";
/// There are too few.
pub const CONTRAST_EMPTY: &str = "There are no two evaluations to compare yet";
/// What to do.
pub const CONTRAST_EMPTY_WHAT: &str = "Evaluate the same questions twice, with another panel or other rules, or open a file or a link of results.";
/// Leads there.
pub const CONTRAST_EMPTY_NEXT: &str = "Set up an evaluation";
/// It is gone.
pub const CONTRAST_GONE: &str = "This evaluation is no longer on this device. Choose another one.";
/// Both are one.
pub const CONTRAST_SAME: &str = "Both sides show the same evaluation: choose another one for a difference.";
/// One that came as a file.
pub const CONTRAST_FILE: &str = "from a file";
/// One that came in a link.
pub const CONTRAST_LINK: &str = "from a link";

/// Over the sentences.
pub const CONTRAST_SHOWS: &str = "What the comparison shows";
/// Over the table of methods.
pub const CONTRAST_METHODS: &str = "Each method in both";
/// How to read it.
pub const CONTRAST_METHODS_WHAT: &str = "Differences are of the second less the first, with 95 % intervals from 2,000 resamples; for Brier, a positive one \
     means that the second is better. “Real” means that the p of accuracy is below 0.05 after Holm's correction for all \
     methods, on at least 30 questions; everything else may be noise.";
/// What each difference is worth.
pub const CONTRAST_VERDICT: &str = "verdict";
/// Its columns but for the method and that.
pub const CONTRAST_COLUMNS: [&str; 8] = [
    "accuracy: first",
    "second",
    "difference",
    "Brier: first",
    "second",
    "lower by",
    "gained : lost",
    "Holm's p",
];
/// No method is in both.
pub const CONTRAST_NO_METHOD: &str = "No method has answers in both.";
/// Over the set-ups.
pub const CONTRAST_SET_UP: &str = "What was set up differently";
/// A row.
pub const CONTRAST_SAMPLE: &str = "Number of questions";
/// A row.
pub const CONTRAST_DIGEST: &str = "Questions by digest";
/// A row.
pub const CONTRAST_TEXTS: &str = "Personas, evidence or prompts";
/// What stands in it.
pub const CONTRAST_OTHER_TEXTS: &str = "others than on the other side (a link does not hold them)";
/// What is not known.
pub const CONTRAST_UNKNOWN: &str = "not known";
/// Over the list of questions.
pub const CONTRAST_CHANGES: &str = "Questions that changed";
/// No question changed.
pub const CONTRAST_NO_CHANGE: &str = "With this method no question went from right to wrong or back.";
/// A question.
pub const CONTRAST_GAINED: &str = "Wrong in the first, right in the second";
/// A question.
pub const CONTRAST_LOST: &str = "Right in the first, wrong in the second";

/// What the two share.
pub fn contrast_shared(pairing: &Pairing, has_answers: bool) -> String {
    if !has_answers {
        return "One of the two holds figures only: they stand beside each other, and nothing can be tested."
            .to_owned();
    }
    let mut parts = vec![if pairing.pairs.is_empty() {
        "They have no question in common, so all of the first are compared with all of the second.".to_owned()
    } else {
        format!(
            "Both asked {}; they are compared question by question.",
            counted(pairing.pairs.len(), "question")
        )
    }];
    let only = [(pairing.only_first, "only in the first"), (pairing.only_second, "only in the second")];
    let only = only.into_iter().filter(|&(count, _)| count > 0);
    let only: Vec<String> =
        only.map(|(count, side)| format!("{} {side}", counted(count, "question"))).collect();
    if !only.is_empty() && !pairing.pairs.is_empty() {
        parts.push(format!("Left out: {}.", only.join(", ")));
    }
    if pairing.unlike > 0 {
        parts.push(format!(
            "{} of the same name differ in outcomes or right answer and are left out.",
            counted(pairing.unlike, "question")
        ));
    }
    parts.join(" ")
}

/// What a difference is worth.
pub fn contrast_verdict(difference: Option<&Difference>) -> &'static str {
    match difference {
        None => "cannot be told",
        Some(one) if one.is_shown => "real",
        Some(one) if one.questions < FEWEST_FOR_A_WINNER && one.p_holm < 1.0 - LEVEL => "too few questions",
        Some(_) => "may be noise",
    }
}

/// What the comparison shows, in sentences.
pub fn contrast_findings(found: &[Contrast]) -> Vec<String> {
    let named = |better: bool| {
        let shown = found
            .iter()
            .filter(|one| one.difference.is_some_and(|d| d.is_shown && (d.accuracy.mean > 0.0) == better));
        shown.map(|one| format!("“{}”", method(one.method))).collect::<Vec<_>>().join(", ")
    };
    let (better, worse) = (named(true), named(false));
    let tested: Vec<&Difference> = found.iter().filter_map(|one| one.difference.as_ref()).collect();
    let mut lines = Vec::new();
    if !better.is_empty() {
        lines.push(format!("More accurate in the second, after Holm's correction: {better}."));
    }
    if !worse.is_empty() {
        lines.push(format!("Less accurate in the second, after Holm's correction: {worse}."));
    }
    if tested.iter().any(|one| one.questions < FEWEST_FOR_A_WINNER) {
        lines.push("Fewer than 30 questions are too few to call a difference real.".to_owned());
    } else if !tested.is_empty() && lines.is_empty() {
        lines.push("The differences are noise: no method changed by more than chance explains.".to_owned());
    }
    lines
}

/// How many questions changed.
pub fn contrast_changed(gained: usize, lost: usize) -> String {
    format!(
        "{} right only in the second, {} right only in the first",
        format::count(gained as u64),
        format::count(lost as u64)
    )
}

/// Opens a run of a side.
pub fn contrast_open(side: usize) -> String {
    format!("Run in the {}", CONTRAST_SIDES[side.min(1)].to_lowercase())
}
