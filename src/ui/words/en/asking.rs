//! Words about how language models are asked: the kind of answer, the reversed question, the prompts.

use crate::agents::{Part, TemplateError};
use crate::run::{Elicitation, Mode};

/// Opens the fields.
pub const ASKING: &str = "How the models are asked";
/// What it is about.
pub const ASKING_WHAT: &str = "The words of the prompts, the question the other way round, and whether a reply to the \
                               very same prompt may be used again";
/// A field of an agent.
pub const ELICITATION: &str = "Kind of answer";
/// Its explanation.
pub const ELICITATION_HINT: &str = "Probabilities come with reasons. A label’s log-probability is quicker, and small models \
                                    are better calibrated that way; where a server gives none, the agent states its \
                                    probabilities after all";
/// A field.
pub const REVERSED: &str = "The question the other way round";
/// Its explanation.
pub const REVERSED_HINT: &str = "For two answers only. Models say yes too often: each is asked this as well, and the two \
                                 answers are averaged in log-odds. Write the opposite in your own words (“Will it stay \
                                 closed?” for “Will it open?”): told to answer for the negation, small models answer the \
                                 question itself. It doubles the calls";
/// In the empty field.
pub const REVERSED_NONE: &str = "not asked";
/// Before the editor of prompts.
pub const PROMPTS: &str = "Prompts";
/// What may be done with them.
pub const PROMPTS_WHAT: &str = "Names in braces stand for what the program fills in. Other people’s words come in only there, \
                                as quoted data between marks that nobody can foresee, so those names have to stay";
/// Back to the usual words.
pub const RESET: &str = "Back to the usual words";
/// The preview.
pub const PREVIEW: &str = "What the first agent will get";
/// There is nothing to preview.
pub const NO_PREVIEW: &str = "The preview appears once the question and the panel are complete";

/// Said of an agent whose answers to the question and to its reversal do not add up.
pub const INCOHERENT: &str =
    "It contradicts itself: its answers to the question and to its reversal do not add up";

/// The kinds of answer, in the order of the choice.
pub const ELICITATIONS: [(Elicitation, &str); 2] = [
    (Elicitation::Stated, "Probabilities and reasons"),
    (Elicitation::LabelLogprobs, "Log-probability of the answer’s label"),
];

/// Why a mode asks for beliefs in one way only; empty where it does not.
pub fn fixed_belief(mode: &Mode) -> &'static str {
    match mode {
        Mode::MakerTrader(_) => {
            "Not in this mode: the maker states one price with its claim, which the traders answer; a label has no claim, \
             and a second question would have a second debate"
        }
        Mode::Debate(_) => {
            "Not in this mode: a debate lives on its arguments; a label has none, and the question the other way round \
             would be another debate"
        }
        Mode::Market | Mode::SelfResolving(_) | Mode::SelfConsistency(_) => "",
    }
}

/// The name of a part of the prompts.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Rules => "The panel’s rules",
        Part::FirstRound => "First round, blind",
        Part::LaterRounds => "Later rounds",
        Part::Label => "Question for a label",
        Part::Maker => "The maker’s rules",
        Part::Trader => "A trader’s rules",
        Part::Answerer => "Rules for answering a question",
        Part::Reporter => "A reporter’s rules",
        Part::Forecaster => "A forecaster’s rules",
        Part::Debater => "A debater’s rules",
        Part::Judge => "The judge’s rules",
        Part::Turn => "What is asked in a turn",
        Part::TurnLabel => "Question for a label in a turn",
    }
}

/// The names that a part may use.
pub fn names(part: Part) -> String {
    let names: Vec<String> = part
        .placeholders()
        .iter()
        .map(|place| format!("{{{}}}{}", place.name, if place.required { "" } else { " (may be left out)" }))
        .collect();
    format!("Names: {}", names.join(", "))
}

/// What is wrong with a template.
pub fn template_problem(part_of: Part, error: &TemplateError) -> String {
    format!("“{}” cannot be used: {error}", part(part_of))
}
