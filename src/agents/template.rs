//! The words of prompts as templates that a person may change: `{name}` stands for a part that the program fills in.
//! Filling is one pass: what is filled in is never searched for names, so no text of others can become structure.
//! The parts that keep other people's words apart are demanded. It does not know what the parts contain.

use crate::belief::MAX_HEADLINE_CHARS;
use crate::run::{Debate, DebateStyle, MakerTrader, Mode, Prompts};

/// One text of a run's prompts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The panel's rules, which open every conversation.
    Rules,
    /// What is asked in the blind round.
    FirstRound,
    /// What is asked once there is a market.
    LaterRounds,
    /// What is asked of an agent whose belief is read from a label.
    Label,
    /// What whoever keeps the estimate of a maker–trader run is told.
    Maker,
    /// What whoever argues with the maker is told.
    Trader,
    /// What a trader whose argument is questioned is told.
    Answerer,
    /// What whoever reports in a self-resolving market is told.
    Reporter,
    /// What whoever forecasts alone, or in a debate of a panel, is told.
    Forecaster,
    /// What a debater before a judge is told.
    Debater,
    /// What the judge is told.
    Judge,
    /// What is asked in a turn.
    Turn,
    /// What is asked in a turn of an agent whose belief is read from a label.
    TurnLabel,
}

/// A place that a template has or may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its name, between braces in the template.
    pub name: &'static str,
    /// Whether a template without it is refused.
    pub required: bool,
}

/// Why a template is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It lacks a part that every prompt needs.
    #[error("it lacks {{{0}}}, without which no prompt can be made")]
    Missing(&'static str),
    /// It has a part twice.
    #[error("it has {{{0}}} more than once")]
    Twice(&'static str),
    /// It names a part that there is not.
    #[error("it has {{{0}}}, which stands for nothing here")]
    Unknown(String),
}

const RULES: &str = "You are a forecaster on a panel. You state how likely each possible outcome of a question is; a \
    market combines the panel's beliefs. Honest, calibrated beliefs are what counts: 0.7 means that you would be right 7 \
    times out of 10.\n\n{role}{form}\n\n{data_rule}";
const FIRST_ROUND: &str = "The question:\n{question}\n\nNobody has answered yet. State your own beliefs, with your \
    reasons, as one JSON object.";
const LATER_ROUNDS: &str = "The question:\n{question}\n\nThe market's prices now, your own last beliefs, and what the \
    others last said:\n{market}\n\nWeigh their arguments, not their number or their certainty. Change your beliefs only \
    for reasons that you had not taken into account, and keep them where nothing new was said. Do not copy the price: the \
    market already adds up what everybody knows. State your own beliefs now as one JSON object.";
const LABEL: &str = "The question:\n{question}{market}\n\nWhich outcome is the likeliest? Answer with one label alone: \
    {labels}.";

const MAKER: &str = "You keep the estimate of a question with two possible outcomes. Others argue with you. You state a \
    claim, why you make it, and how likely each outcome is. Honest, calibrated probabilities are what counts: 0.7 means \
    that you would be right 7 times out of 10. Change your estimate only as far as an argument deserves.\n\n\
    {role}{form}\n\n{data_rule}";
const TRADER: &str = "Somebody keeps an estimate of a question with two possible outcomes, and you argue with them. \
    {aim}{side} One argument, in at most 120 words.\n\n{role}{form}\n\n{data_rule}";
const ANSWERER: &str = "You argued about a question before, and somebody questions your argument. Answer the last question \
    of the transcript, honestly and in a few sentences; say so where you were wrong.\n\n{role}{form}\n\n{data_rule}";
const REPORTER: &str = "You are one of several who report in turn how likely each possible outcome of a question is. You \
    see what was reported before you. Take the last report as what is known so far, and move it as far as what you know \
    yourself deserves: no further, and not at all if you have nothing to add. Honest, calibrated beliefs are what \
    counts.\n\n{role}{form}\n\n{data_rule}";
const FORECASTER: &str = "You are a forecaster. You state how likely each possible outcome of a question is. Honest, \
    calibrated beliefs are what counts: 0.7 means that you would be right 7 times out of 10.\n\n\
    {role}{form}\n\n{data_rule}";
const DEBATER: &str = "You are a debater. A judge who decides by the arguments alone reads both sides.{side} Make the \
    strongest case for it that is accurate, and answer what the other side said.\n\n{role}{form}\n\n{data_rule}";
const JUDGE: &str = "You are the judge of a debate between two sides. Each was told which outcome to argue for, so that \
    somebody argues well for an outcome says nothing about it. State how likely each outcome is, by the arguments alone. \
    Honest, calibrated probabilities are what counts.\n\n{role}{form}\n\n{data_rule}";
const TURN: &str = "The question:\n{question}\n\n{said}\n\n{task}";
const TURN_LABEL: &str = "The question:\n{question}\n\n{said}\n\nWhich outcome is the likeliest? Answer with one label \
    alone: {labels}.";

const fn required(name: &'static str) -> Placeholder {
    Placeholder { name, required: true }
}

const fn optional(name: &'static str) -> Placeholder {
    Placeholder { name, required: false }
}

impl Part {
    /// Every part: those of the market in the order of a conversation, then those of the other modes.
    pub const ALL: [Self; 13] = [
        Self::Rules,
        Self::FirstRound,
        Self::LaterRounds,
        Self::Label,
        Self::Maker,
        Self::Trader,
        Self::Answerer,
        Self::Reporter,
        Self::Forecaster,
        Self::Debater,
        Self::Judge,
        Self::Turn,
        Self::TurnLabel,
    ];

    /// The parts that a run uses; `labels` if it asks anybody for a label.
    pub fn of_mode(mode: &Mode, labels: bool) -> Vec<Self> {
        let labels = labels && mode.takes_any_belief();
        let mut parts = match mode {
            Mode::Market => vec![Self::Rules, Self::FirstRound, Self::LaterRounds],
            Mode::MakerTrader(MakerTrader { cross_examination: true, .. }) => {
                vec![Self::Maker, Self::Trader, Self::Answerer, Self::Turn]
            }
            Mode::MakerTrader(_) => vec![Self::Maker, Self::Trader, Self::Turn],
            Mode::SelfResolving(_) => vec![Self::Reporter, Self::Turn],
            Mode::SelfConsistency(_) | Mode::Debate(Debate { style: DebateStyle::Panel, .. }) => {
                vec![Self::Forecaster, Self::Turn]
            }
            Mode::Debate(Debate { style: DebateStyle::Judge, .. }) => {
                vec![Self::Debater, Self::Judge, Self::Turn]
            }
        };
        if labels {
            parts.push(if mode.is_market() { Self::Label } else { Self::TurnLabel });
        }
        parts
    }

    /// The usual words.
    pub fn usual(self) -> &'static str {
        match self {
            Self::Rules => RULES,
            Self::FirstRound => FIRST_ROUND,
            Self::LaterRounds => LATER_ROUNDS,
            Self::Label => LABEL,
            Self::Maker => MAKER,
            Self::Trader => TRADER,
            Self::Answerer => ANSWERER,
            Self::Reporter => REPORTER,
            Self::Forecaster => FORECASTER,
            Self::Debater => DEBATER,
            Self::Judge => JUDGE,
            Self::Turn => TURN,
            Self::TurnLabel => TURN_LABEL,
        }
    }

    /// The places that the template has.
    pub fn placeholders(self) -> &'static [Placeholder] {
        const RULES: [Placeholder; 3] = [optional("role"), required("form"), required("data_rule")];
        const FIRST_ROUND: [Placeholder; 1] = [required("question")];
        const LATER_ROUNDS: [Placeholder; 2] = [required("question"), required("market")];
        const LABEL: [Placeholder; 3] = [required("question"), optional("market"), required("labels")];
        const TRADER: [Placeholder; 5] =
            [optional("aim"), optional("side"), optional("role"), required("form"), required("data_rule")];
        const DEBATER: [Placeholder; 4] =
            [required("side"), optional("role"), required("form"), required("data_rule")];
        const TURN: [Placeholder; 3] = [required("question"), required("said"), optional("task")];
        const TURN_LABEL: [Placeholder; 3] = [required("question"), required("said"), required("labels")];
        match self {
            Self::Rules | Self::Maker | Self::Answerer | Self::Reporter | Self::Forecaster | Self::Judge => {
                &RULES
            }
            Self::FirstRound => &FIRST_ROUND,
            Self::LaterRounds => &LATER_ROUNDS,
            Self::Label => &LABEL,
            Self::Trader => &TRADER,
            Self::Debater => &DEBATER,
            Self::Turn => &TURN,
            Self::TurnLabel => &TURN_LABEL,
        }
    }

    /// A run's own words for it, if it has any.
    pub fn of(self, prompts: &Prompts) -> Option<&str> {
        let turns = &prompts.turns;
        let words = match self {
            Self::Rules => &prompts.rules,
            Self::FirstRound => &prompts.first_round,
            Self::LaterRounds => &prompts.later_rounds,
            Self::Label => &prompts.label,
            Self::Maker => &turns.maker,
            Self::Trader => &turns.trader,
            Self::Answerer => &turns.answerer,
            Self::Reporter => &turns.reporter,
            Self::Forecaster => &turns.forecaster,
            Self::Debater => &turns.debater,
            Self::Judge => &turns.judge,
            Self::Turn => &turns.turn,
            Self::TurnLabel => &turns.turn_label,
        };
        words.as_deref()
    }

    /// Changes a run's own words for it; the usual ones need not be kept.
    pub fn set(self, prompts: &mut Prompts, words: String) {
        let kept = (words != self.usual()).then_some(words);
        let turns = &mut prompts.turns;
        match self {
            Self::Rules => prompts.rules = kept,
            Self::FirstRound => prompts.first_round = kept,
            Self::LaterRounds => prompts.later_rounds = kept,
            Self::Label => prompts.label = kept,
            Self::Maker => turns.maker = kept,
            Self::Trader => turns.trader = kept,
            Self::Answerer => turns.answerer = kept,
            Self::Reporter => turns.reporter = kept,
            Self::Forecaster => turns.forecaster = kept,
            Self::Debater => turns.debater = kept,
            Self::Judge => turns.judge = kept,
            Self::Turn => turns.turn = kept,
            Self::TurnLabel => turns.turn_label = kept,
        }
    }

    /// Whether a template has what it needs, once, and nothing that stands for nothing.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(self, template: &str) -> Result<(), TemplateError> {
        let known = self.placeholders();
        let mut found = Vec::new();
        for piece in pieces(template) {
            let Piece::Place(name) = piece else { continue };
            match known.iter().find(|place| place.name == name) {
                None => return Err(TemplateError::Unknown(name.to_owned())),
                Some(place) if found.contains(&place.name) => return Err(TemplateError::Twice(place.name)),
                Some(place) => found.push(place.name),
            }
        }
        let missing = known.iter().find(|place| place.required && !found.contains(&place.name));
        missing.map_or(Ok(()), |place| Err(TemplateError::Missing(place.name)))
    }

    /// The prompt's text: a run's own words if they hold, else the usual ones.
    pub(super) fn fill(self, prompts: &Prompts, parts: &[(&str, String)]) -> String {
        let template = self.of(prompts).filter(|words| self.check(words).is_ok()).unwrap_or(self.usual());
        let mut filled = String::new();
        let mut after_data = false;
        for piece in pieces(template) {
            let (text, is_data) = match piece {
                Piece::Text(text) => (text, false),
                Piece::Place(name) => {
                    let part = parts.iter().find(|(known, _)| *known == name);
                    (part.map_or("", |(_, text)| text.as_str()), DATA.contains(&name))
                }
            };
            // Quoted data stands on lines of its own, wherever a template puts it.
            let meets_data = !text.is_empty() && (is_data || after_data);
            if meets_data && !filled.is_empty() && !filled.ends_with('\n') && !text.starts_with('\n') {
                filled.push('\n');
            }
            filled.push_str(text);
            after_data = if text.is_empty() { after_data } else { is_data };
        }
        filled
    }
}

/// The places that quoted data comes in at.
const DATA: [&str; 3] = ["question", "market", "said"];

/// A stretch of a template.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Place(&'a str),
}

/// Cuts a template at its places. Braces around anything but lower-case letters and underlines are text.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(open) = template[from..].find('{').map(|place| place + from) {
        from = open + 1;
        let Some(length) = template[from..].find('}') else { break };
        let name = &template[from..from + length];
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            continue;
        }
        pieces.extend([Piece::Text(&template[start..open]), Piece::Place(name)]);
        from += length + 1;
        start = from;
    }
    pieces.push(Piece::Text(&template[start..]));
    pieces
}

/// How an answer in JSON is to be written.
pub(super) fn stated_form(outcomes: usize) -> String {
    let numbers = vec!["number"; outcomes].join(", ");
    format!(
        "Answer with one JSON object and nothing else, with these fields in this order:\n\
         {{\"beliefs\": [{numbers}], \"headline\": \"text\", \"reasoning\": \"text\", \"evidence\": [\"text\"], \
         \"predicted_mean_of_others\": number}}\n\
         - beliefs: {outcomes} numbers from 0 to 1 that sum to 1, your probability of each outcome, in the order in \
         which the outcomes are listed.\n\
         - headline: your strongest reason, in at most {MAX_HEADLINE_CHARS} characters. The others will read it.\n\
         - reasoning: why, in at most 120 words.\n\
         - evidence: the facts that you rely on, at most five short ones.\n\
         - predicted_mean_of_others: the probability that you expect the others to give to the first outcome on \
         average, from 0 to 1."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_words_have_what_they_need() {
        for part in Part::ALL {
            assert_eq!(part.check(part.usual()), Ok(()), "{part:?}");
            let mut prompts = Prompts::default();
            part.set(&mut prompts, part.usual().to_owned());
            assert!(prompts.is_usual());
        }
    }

    #[test]
    fn templates_that_drop_what_keeps_words_apart_are_refused() {
        let check = |part: Part, template: &str, expected| assert_eq!(part.check(template), expected);
        check(Part::Rules, "Be brief. {form}", Err(TemplateError::Missing("data_rule")));
        check(Part::Rules, "{data_rule} {form} {form}", Err(TemplateError::Twice("form")));
        check(Part::FirstRound, "{question} {market}", Err(TemplateError::Unknown("market".into())));
        check(Part::LaterRounds, "{question}", Err(TemplateError::Missing("market")));
        check(Part::Label, "{question}: {labels}", Ok(()));
        check(Part::Turn, "{question} {task}", Err(TemplateError::Missing("said")));
        check(Part::Debater, "{form} {data_rule}", Err(TemplateError::Missing("side")));
        check(Part::Trader, "Argue. {form} {data_rule}", Ok(()));
        check(Part::FirstRound, "JSON such as {\"a\": 1} and {} is text: {question}", Ok(()));
    }

    #[test]
    fn what_is_filled_in_is_not_searched_again() {
        let mut prompts = Prompts::default();
        Part::FirstRound.set(&mut prompts, "<{question}>".into());
        let filled = Part::FirstRound.fill(&prompts, &[("question", "{question}{data_rule}".into())]);
        assert_eq!(filled, "<\n{question}{data_rule}\n>");
        // Words that do not hold are not used.
        Part::FirstRound.set(&mut prompts, "Nothing to see".into());
        let filled = Part::FirstRound.fill(&prompts, &[("question", "q".into())]);
        assert!(filled.starts_with("The question:\nq\n"));
    }
}
