//! Where the question of the form comes from: typed, an example, or a market elsewhere; and what goes when it is another.

use super::{Draft, yes_no};
use crate::evaluate::listing::{Listed, ListedPrice};
use crate::ui::words::examples::{EXAMPLES, Example};

/// An edit that keeps this share of a question is an edit of it; anything else is a new question.
const SAME_QUESTION_SHARE: f64 = 0.6;

impl Draft {
    /// Fills in an example.
    pub fn use_example(&mut self, place: usize) {
        let Some(Example { question, background, criterion, outcomes, answer, seed, .. }) =
            EXAMPLES.get(place)
        else {
            return;
        };
        (*question).clone_into(&mut self.question);
        (*background).clone_into(&mut self.background);
        (*criterion).clone_into(&mut self.criterion);
        self.outcomes = outcomes.iter().map(|&name| name.to_owned()).collect();
        self.answer = *answer;
        self.hidden_truth = *answer;
        self.seed = crate::prng::Seed::new(*seed).to_string();
        (self.example, self.listed) = (Some(place), None);
    }

    /// Whether the seed is the one that was picked for the example.
    pub fn has_picked_seed(&self) -> bool {
        let example = self.example.and_then(|place| EXAMPLES.get(place));
        example.is_some_and(|example| self.seed.parse() == Ok(crate::prng::Seed::new(example.seed)))
    }

    /// The person has typed in the question's field. A new question drops what belonged to the example, or to the market
    /// that the question came from.
    pub fn type_question(&mut self, text: String) {
        let example = self.example.and_then(|place| EXAMPLES.get(place));
        let old = example.map(|old| (old.question, self.outcomes.iter().eq(old.outcomes)));
        let listed = self
            .listed
            .as_ref()
            .map(|old| (old.question.as_str(), !old.has_prices() || old.fits(&self.outcomes)));
        if let Some((_, same_outcomes)) = old.or(listed).filter(|(old, _)| !is_edit_of(old, &text)) {
            if same_outcomes {
                self.outcomes = yes_no();
            }
            self.forget_question();
        }
        self.question = text;
    }

    /// Takes over a question of a market elsewhere, with the price that is kept for afterwards.
    pub fn take_listed(&mut self, listed: Listed, price: ListedPrice) {
        self.forget_question();
        (self.question, self.background, self.criterion) =
            (listed.question, listed.background, listed.criterion);
        (self.outcomes, self.answer, self.listed) = (listed.outcomes, listed.answer, Some(price));
    }

    /// The market's price for a run with these outcomes, if it is the market's question.
    pub fn listed_for(&self, outcomes: &[String]) -> Option<ListedPrice> {
        self.listed.clone().filter(|listed| listed.fits(outcomes))
    }

    /// Everything that belongs to one question, but the question and its outcomes.
    fn forget_question(&mut self) {
        self.background.clear();
        self.criterion.clear();
        self.answer = None;
        self.hidden_truth = None;
        self.seed.clear();
        self.asking.reversed_question.clear();
        (self.example, self.listed) = (None, None);
    }
}

/// Whether a text still keeps most of an example's question, from its start and its end.
fn is_edit_of(old: &str, new: &str) -> bool {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let prefix = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - prefix;
    let suffix = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    (prefix + suffix) as f64 >= SAME_QUESTION_SHARE * old.len() as f64
}
