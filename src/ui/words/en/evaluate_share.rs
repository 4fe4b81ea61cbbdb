//! Words of the link that carries results of an evaluation, and of the page that it opens.

use super::evaluate::counted;
use crate::evaluate::{Found, Handout};
use crate::share::LinkError;

/// Opens the dialog.
pub const SHARE: &str = "Share the results…";
/// The dialog's heading.
pub const SHARE_TITLE: &str = "Share these results";
/// What a link is.
pub const SHARE_WHAT: &str = "The link holds the results themselves; nothing is uploaded. Whoever opens it sees this page again, without the \
     runs.";
/// The choice of how much.
pub const SHARE_TIERS: &str = "How much to share";
/// What others will not get.
pub const NOT_INSIDE: &str = "What stays here";
/// What that is.
pub const NOT_INSIDE_WHAT: [&str; 3] = [
    "The texts of the questions and of the agents, personas, evidence and prompts",
    "The runs with their audit trails",
    "Keys, server addresses, anything from your settings",
];
/// Too long for every carrier.
pub const SHARE_TOO_LONG: &str =
    "This is more than a browser's address bar takes. Share the figures only, or send results.jsonl.";
/// A code to scan is too long.
pub const SHARE_QR_TOO_LONG: &str = "This link is too long for a QR code. The figures alone are shorter.";

/// The page's heading.
pub const RECEIVED: &str = "Results of an evaluation";
/// While it opens.
pub const RECEIVED_OPENING: &str = "Opening the results…";
/// The tag of the page.
pub const RECEIVED_TAG: &str = "Received by link, read-only";
/// Every answer came.
pub const RECEIVED_ANSWERS: &str = "The link holds every answer: this browser has worked the figures out again from them. Nobody can see from it \
     whether a model really said so.";
/// Figures alone came.
pub const RECEIVED_FIGURES: &str = "The link holds the figures of whoever made it. This browser has worked out the tests again from their counts; \
     the rest cannot be checked without the answers.";
/// To the page's own evaluations.
pub const OWN: &str = "Evaluate questions of your own";
/// How it was set up.
pub const SET_UP: &str = "How it was set up";
/// It came as a file.
pub const SET_UP_UNKNOWN: &str = "Results in a file do not say which panel was asked.";
/// A row.
pub const SET_UP_DIGEST: &str = "Digest of the questions";
/// A row.
pub const SET_UP_PANEL: &str = "Digest of the panel";
/// What the digests are for.
pub const SET_UP_WHAT: &str = "The same digests mean the same questions and the same panel.";

/// The two ways to share, and what each holds.
pub const SHARE_CHOICES: [(&str, &str); 2] = [
    (
        "Every answer",
        "What each agent and each method said of every question: figures can be worked out again",
    ),
    ("Figures only", "The tables, intervals and drawings, and not which question was answered how"),
];

/// What others will read.
pub fn inside_results(handout: &Handout) -> Vec<String> {
    let mut list = Vec::new();
    match &handout.found {
        Found::Answers(records) => {
            list.push(format!(
                "{} by name, with category and right answer",
                counted(records.len(), "question")
            ));
            list.push(
                "Probabilities that agents gave first and that methods came to, in millionths".to_owned(),
            );
        }
        Found::Figures(report) => {
            list.push(format!("Every figure on {}, with intervals", counted(report.questions, "question")));
            list.push("Reliability, accuracy by category, how alike the agents are".to_owned());
        }
    }
    if let Some(told) = &handout.set_up.asked {
        let agents = counted(told.panel.agents.len(), "agent");
        list.push(format!("The panel: {agents} by name and model, with its rules"));
    }
    list.push("The name of the file, the seed, what failed".to_owned());
    list.push("Calls, tokens, money and time of each method".to_owned());
    list
}

/// The questions of an evaluation.
pub fn set_up_questions(name: &str, count: usize) -> String {
    let name = if name.is_empty() { "Questions" } else { name };
    format!("{name}: {}", counted(count, "question"))
}

/// What can be done about a link that cannot be opened.
pub fn results_next_step(error: &LinkError) -> &'static str {
    match error {
        LinkError::NewerVersion(_) | LinkError::MadeByNewer => {
            "Open it with the version of Credence that made it, or ask for results.jsonl."
        }
        LinkError::TooLong(_) | LinkError::TooLarge | LinkError::DoesNotFit(_) => {
            "No results need so much. Do not trust it; ask for results.jsonl."
        }
        _ => {
            "Chat and mail programs sometimes shorten or wrap long links. Ask for it again, or for results.jsonl."
        }
    }
}
