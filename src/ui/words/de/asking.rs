//! Words about how language models are asked, in German: the kind of answer, the reversed question, the prompts.

use crate::agents::{Part, TemplateError};
use crate::run::{Elicitation, Mode};

/// Opens the fields.
pub const ASKING: &str = "Wie die Modelle gefragt werden";
/// What it is about.
pub const ASKING_WHAT: &str = "Der Wortlaut der Prompts, die umgekehrte Frage, und ob eine Antwort auf genau denselben Prompt wieder \
                               übernommen werden darf";
/// A field of an agent.
pub const ELICITATION: &str = "Art der Antwort";
/// Its explanation.
pub const ELICITATION_HINT: &str = "Wahrscheinlichkeiten kommen mit Gründen. Die Log-Wahrscheinlichkeit eines Kürzels geht schneller, und \
                                    kleine Modelle sind damit besser kalibriert; wo ein Server keine liefert, nennt der Agent \
                                    doch seine Wahrscheinlichkeiten";
/// A field.
pub const REVERSED: &str = "Die umgekehrte Frage";
/// Its explanation.
pub const REVERSED_HINT: &str = "Nur bei zwei Antworten. Modelle sagen zu oft Ja: Alle werden auch dies gefragt, und die beiden \
                                 Antworten werden in Log-Odds gemittelt. Schreiben Sie das Gegenteil in eigenen Worten („Bleibt \
                                 sie geschlossen?“ zu „Wird sie eröffnet?“): Sollen kleine Modelle für die Verneinung \
                                 antworten, so beantworten sie doch die Frage selbst. Die Zahl der Aufrufe verdoppelt sich";
/// In the empty field.
pub const REVERSED_NONE: &str = "wird nicht gefragt";
/// Before the editor of prompts.
pub const PROMPTS: &str = "Prompts";
/// What may be done with them.
pub const PROMPTS_WHAT: &str = "Namen in geschweiften Klammern stehen für das, was das Programm einsetzt. Worte anderer gelangen nur an \
                                diesen Stellen hinein, als zitierte Daten zwischen Marken, die niemand voraussehen kann; darum \
                                müssen diese Namen stehen bleiben";
/// Back to the usual words.
pub const RESET: &str = "Zurück zum üblichen Wortlaut";
/// The preview.
pub const PREVIEW: &str = "Was der erste Agent bekommen wird";
/// There is nothing to preview.
pub const NO_PREVIEW: &str = "Die Vorschau erscheint, sobald Frage und Panel vollständig sind";

/// Said of an agent whose answers to the question and to its reversal do not add up.
pub const INCOHERENT: &str =
    "Der Agent widerspricht sich: Seine Antworten auf die Frage und auf ihre Umkehrung passen nicht zusammen";

/// The kinds of answer, in the order of the choice.
pub const ELICITATIONS: [(Elicitation, &str); 2] = [
    (Elicitation::Stated, "Wahrscheinlichkeiten und Gründe"),
    (Elicitation::LabelLogprobs, "Log-Wahrscheinlichkeit des Kürzels der Antwort"),
];

/// Why a mode asks for beliefs in one way only; empty where it does not.
pub fn fixed_belief(mode: &Mode) -> &'static str {
    match mode {
        Mode::MakerTrader(_) => {
            "Nicht bei diesem Verfahren: Der Maker nennt zu seiner Behauptung einen einzigen Preis, und darauf antworten die \
             Händler; ein Kürzel enthält keine Behauptung, und eine zweite Frage ergäbe eine zweite Debatte"
        }
        Mode::Debate(_) => {
            "Nicht bei diesem Verfahren: Eine Debatte lebt von ihren Argumenten; ein Kürzel enthält keine, und die \
             umgekehrte Frage wäre eine andere Debatte"
        }
        Mode::Market | Mode::SelfResolving(_) | Mode::SelfConsistency(_) => "",
    }
}

/// The name of a part of the prompts.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Rules => "Regeln des Panels",
        Part::FirstRound => "Erste Runde, verdeckt",
        Part::LaterRounds => "Spätere Runden",
        Part::Label => "Frage nach einem Kürzel",
        Part::Maker => "Regeln für den Maker",
        Part::Trader => "Regeln für Händler",
        Part::Answerer => "Regeln für Antworten auf eine Frage",
        Part::Reporter => "Regeln für Angaben",
        Part::Forecaster => "Regeln für Prognosen",
        Part::Debater => "Regeln für Debattanten",
        Part::Judge => "Regeln für den Richter",
        Part::Turn => "Was in einem Zug gefragt wird",
        Part::TurnLabel => "Frage nach einem Kürzel in einem Zug",
    }
}

/// The names that a part may use.
pub fn names(part: Part) -> String {
    let names: Vec<String> = part
        .placeholders()
        .iter()
        .map(|place| format!("{{{}}}{}", place.name, if place.required { "" } else { " (darf fehlen)" }))
        .collect();
    format!("Namen: {}", names.join(", "))
}

/// What is wrong with a template.
pub fn template_problem(part_of: Part, error: &TemplateError) -> String {
    let problem = match error {
        TemplateError::Missing(name) => format!("Es fehlt {{{name}}}, ohne das kein Prompt entstehen kann"),
        TemplateError::Twice(name) => format!("{{{name}}} kommt mehr als einmal vor"),
        TemplateError::Unknown(name) => format!("{{{name}}} steht hier für nichts"),
    };
    format!("„{}“ ist so nicht brauchbar: {problem}", part(part_of))
}
