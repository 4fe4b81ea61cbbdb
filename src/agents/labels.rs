//! A belief from the log-probabilities of the outcomes' labels: the likeliest openings of an answer, added up by label.
//! Small models are better calibrated this way than in the numbers they write, at a fraction of the tokens. It does not
//! know how the label was asked for.

use crate::belief::Belief;
use crate::llm::{ChatReply, TokenLogprobs};
use crate::market::math::exp;
use crate::run::TokenChance;

/// How many alternatives of the first word are asked for: the most that any provider gives.
pub(super) const ALTERNATIVES: u8 = 20;
/// Tokens that an answer in one label may take; a few servers open with a line break.
pub(super) const LABEL_TOKENS: u32 = 4;
/// With less of the probability than this on any label, a token that is no label itself is no answer.
const LEAST_MASS: f64 = 0.1;

const LETTERS: [&str; crate::market::MAX_OUTCOMES] =
    ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];

/// The outcomes' labels, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labels(Vec<&'static str>);

/// Why a reply gives no belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unlabelled {
    #[error("the server gave no log-probabilities; the agent is asked to state its beliefs instead")]
    NoLogprobs,
    #[error("the answer did not begin with a label; the agent is asked to state its beliefs instead")]
    NoLabel,
}

impl Labels {
    /// The names themselves where the outcomes are yes and no; letters for all others.
    pub(super) fn of(outcomes: &[String]) -> Self {
        let names: Vec<String> = outcomes.iter().map(|name| name.trim().to_lowercase()).collect();
        Self(match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["yes", "no"] => vec!["Yes", "No"],
            ["no", "yes"] => vec!["No", "Yes"],
            _ => LETTERS.iter().copied().take(outcomes.len()).collect(),
        })
    }

    fn are_letters(&self) -> bool {
        self.0.first() == Some(&"A")
    }

    /// The labels in words.
    pub(super) fn in_words(&self) -> String {
        let (last, others) = self.0.split_last().map_or(("", &[][..]), |(last, others)| (*last, others));
        let list = format!("{} or {last}", others.join(", "));
        if self.are_letters() {
            format!("{list}, in the order in which the outcomes are listed")
        } else {
            list
        }
    }

    /// The outcome whose label a token is: whatever stands around it, and in either case for words. The small letter
    /// a is an article, not a label.
    fn outcome(&self, token: &str) -> Option<usize> {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let same = |label: &&str| {
            if self.are_letters() { bare == *label } else { bare.eq_ignore_ascii_case(label) }
        };
        self.0.iter().position(same)
    }

    /// Reads a reply: the belief, and the alternatives that it was read from.
    pub(super) fn read(&self, reply: &ChatReply) -> Result<(Belief, Vec<TokenChance>), Unlabelled> {
        if reply.logprobs.is_empty() {
            return Err(Unlabelled::NoLogprobs);
        }
        for token in &reply.logprobs {
            let chances = chances(token);
            let mut masses = vec![0.0; self.0.len()];
            for chance in &chances {
                if let Some(outcome) = self.outcome(&chance.token) {
                    masses[outcome] += exp(chance.logprob);
                }
            }
            // An answer that is a label was given, however unlikely it was.
            if masses.iter().sum::<f64>() >= LEAST_MASS || self.outcome(&token.chosen.token).is_some() {
                let belief = Belief::from_weights(&masses).map_err(|_| Unlabelled::NoLabel)?;
                return Ok((belief, chances));
            }
        }
        Err(Unlabelled::NoLabel)
    }
}

/// The alternatives of one token, the chosen one among them, each once.
fn chances(token: &TokenLogprobs) -> Vec<TokenChance> {
    let mut chances: Vec<TokenChance> = Vec::new();
    for one in token.top.iter().chain([&token.chosen]) {
        if !chances.iter().any(|known| known.token == one.token) {
            chances.push(TokenChance { token: one.token.clone(), logprob: one.logprob });
        }
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::TokenLogprob;

    fn labels(outcomes: &[&str]) -> Labels {
        Labels::of(&outcomes.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())
    }

    fn reply(tokens: &[&[(&str, f64)]]) -> ChatReply {
        let one = |&(token, p): &(&str, f64)| TokenLogprob {
            token: token.into(),
            logprob: crate::market::math::ln(p),
        };
        let token =
            |top: &&[(&str, f64)]| TokenLogprobs { chosen: one(&top[0]), top: top.iter().map(one).collect() };
        ChatReply { logprobs: tokens.iter().map(token).collect(), ..ChatReply::default() }
    }

    fn check(outcomes: &[&str], tokens: &[&[(&str, f64)]], expected: Result<&[f64], Unlabelled>) {
        let read = labels(outcomes).read(&reply(tokens)).map(|(belief, _)| belief.probabilities());
        match (read, expected) {
            (Ok(read), Ok(expected)) => {
                assert_eq!(read.len(), expected.len());
                for (read, expected) in read.iter().zip(expected) {
                    assert!((read - expected).abs() < 1e-6, "{read} is not {expected}");
                }
            }
            (read, expected) => assert_eq!(read.map(|_| ()), expected.map(|_| ())),
        }
    }

    #[test]
    fn variants_of_a_label_add_up() {
        let top = [("Yes", 0.4), (" yes", 0.1), ("No", 0.2), ("**NO**", 0.05), ("Perhaps", 0.25)];
        check(&["Yes", "No"], &[&top], Ok(&[0.5 / 0.75, 0.25 / 0.75]));
        check(&["no", "YES"], &[&top], Ok(&[0.25 / 0.75, 0.5 / 0.75]));
        // Letters for all other outcomes; an article is no label, and an opening line break is passed over.
        let letters: [&[(&str, f64)]; 2] =
            [&[("\n", 0.99), ("a", 0.01)], &[("B", 0.6), (" A", 0.2), ("a", 0.1), ("C)", 0.1)]];
        check(&["Red", "Green", "Blue"], &letters, Ok(&[0.2 / 0.9, 0.6 / 0.9, 0.1 / 0.9]));
        assert_eq!(labels(&["Yes", "No"]).in_words(), "Yes or No");
        assert_eq!(
            labels(&["x", "y", "z"]).in_words(),
            "A, B or C, in the order in which the outcomes are listed"
        );
    }

    #[test]
    fn without_labels_there_is_no_belief() {
        check(&["Yes", "No"], &[], Err(Unlabelled::NoLogprobs));
        check(&["Yes", "No"], &[&[("The", 0.95), ("Yes", 0.04)]], Err(Unlabelled::NoLabel));
        // Small models spread themselves thin: the label that was drawn counts all the same.
        check(&["Yes", "No"], &[&[("Yes", 0.06), ("The", 0.5), ("No", 0.02)]], Ok(&[0.75, 0.25]));
    }
}
