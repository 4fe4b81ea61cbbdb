//! A decision as plain data: what a person has typed, and, once it is asked, the plan and the run of each option. Pure
//! and native, so that its rules are tested without a browser; it starts nothing.

mod report;
#[cfg(test)]
pub(crate) mod sample;

pub use report::{Doubter, Preference, Report, ShownLead, Told};

use serde::{Deserialize, Serialize};

use super::draft::{Draft, DraftError, ModeDraft, Preset, yes_no};
use super::words::decide as words;
use super::words::decisions::{DECISIONS, ExampleDecision};
use crate::audit::Digest;
use crate::prng::Seed;
use crate::run::RunSpec;
use crate::session::ConnectionId;

/// Fewer options are no decision.
pub const MIN_OPTIONS: usize = 2;
/// More options than anybody compares at a glance.
pub const MAX_OPTIONS: usize = 6;
/// Decisions that are remembered beside the one on the page.
pub const MOST_EARLIER: usize = 12;

/// One decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What is to be reached: a statement that will turn out true or false.
    pub goal: String,
    /// What the panel should know.
    pub background: String,
    /// The options, and what became of each.
    pub options: Vec<Choice>,
    /// The example that it was filled in from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<usize>,
    /// What is asked, once somebody has pressed the button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// How far it has come.
    pub stage: Stage,
}

/// One option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What would be done.
    pub text: String,
    /// The id of its run among the kept ones, once it has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// The head of that run, once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Digest>,
}

/// What every option is asked with. It has no key and no address in it: connections are numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The set-up but for the texts and the seed of an option.
    pub common: RunSpec,
    /// For each agent, the connection that its calls go through.
    pub connections: Vec<Option<u32>>,
    /// Seconds that anybody waits for one agent, if a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience_seconds: Option<u32>,
    /// When it was asked, in milliseconds since 1970.
    pub asked_millis: u64,
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is being typed.
    Draft,
    /// Its options are asked, one after the other.
    Running,
    /// A person stopped it, or opened another run meanwhile.
    Held,
    /// Every option has been asked.
    Over,
}

/// What is in the way of asking.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// Nobody has said what is to be reached.
    NoGoal,
    /// An option (from 0) says nothing.
    Empty(usize),
    /// An option (from 0) says the same as one before.
    Twice(usize),
    /// The panel or its rules.
    Panel(DraftError),
}

impl Default for Decision {
    fn default() -> Self {
        Self {
            goal: String::new(),
            background: String::new(),
            options: vec![Choice::default(); MIN_OPTIONS],
            example: None,
            plan: None,
            stage: Stage::Draft,
        }
    }
}

impl Decision {
    /// An example, ready to ask.
    pub fn example(place: usize) -> Option<Self> {
        let ExampleDecision { goal, background, options, .. } = DECISIONS.get(place)?;
        let choice = |text: &&str| Choice { text: (*text).to_owned(), ..Choice::default() };
        Some(Self {
            goal: (*goal).to_owned(),
            background: (*background).to_owned(),
            options: options.iter().map(choice).collect(),
            example: Some(place),
            ..Self::default()
        })
    }

    /// The same texts, not yet asked.
    #[must_use]
    pub fn again(&self) -> Self {
        let choice = |old: &Choice| Choice { text: old.text.clone(), ..Choice::default() };
        Self {
            options: self.options.iter().map(choice).collect(),
            plan: None,
            stage: Stage::Draft,
            ..self.clone()
        }
    }

    /// Whether somebody has typed something that no example gives back.
    pub fn is_typed(&self) -> bool {
        let blank = [&self.goal, &self.background].into_iter().chain(self.options.iter().map(|o| &o.text));
        let example = self.example.and_then(Self::example);
        blank.into_iter().any(|text| !text.trim().is_empty())
            && example.is_none_or(|example| example != self.again())
    }

    /// Whether anything of it was asked.
    pub fn is_asked(&self) -> bool {
        self.stage != Stage::Draft
    }

    /// One more option.
    pub fn add_option(&mut self) {
        if self.options.len() < MAX_OPTIONS {
            self.options.push(Choice::default());
        }
    }

    /// One option less.
    pub fn remove_option(&mut self, place: usize) {
        if self.options.len() > MIN_OPTIONS && place < self.options.len() {
            self.options.remove(place);
        }
    }

    /// What every option would be asked with: the panel and the rules of the Ask form, on a market, without a person.
    /// The seed is the example's if it is one, or else `fresh_seed`.
    ///
    /// # Errors
    /// The first thing in the way.
    pub fn common(
        &self,
        form: &Draft,
        fresh_seed: u64,
        connection: Option<Preset<'_>>,
    ) -> Result<(RunSpec, Vec<Option<ConnectionId>>), Obstacle> {
        if self.goal.trim().is_empty() {
            return Err(Obstacle::NoGoal);
        }
        let texts: Vec<&str> = self.options.iter().map(|option| option.text.trim()).collect();
        for (place, text) in texts.iter().enumerate() {
            if text.is_empty() {
                return Err(Obstacle::Empty(place));
            }
            if texts[..place].iter().any(|other| other.to_lowercase() == text.to_lowercase()) {
                return Err(Obstacle::Twice(place));
            }
        }
        let mut form = form.clone();
        form.mode = ModeDraft::default();
        form.person = false;
        form.outcomes = yes_no();
        (form.answer, form.hidden_truth, form.example) = (None, None, None);
        form.asking.reversed_question.clear();
        let example = self.example.filter(|_| !self.is_typed()).and_then(|place| DECISIONS.get(place));
        form.seed = example.map_or_else(String::new, |example| Seed::new(example.seed).to_string());
        // The longest of its options stands for all: what fits it fits the others.
        let longest = (0..texts.len()).max_by_key(|&place| texts[place].len()).unwrap_or(0);
        form.question = words::question(texts[longest], self.goal.trim());
        form.criterion = words::criterion(texts[longest], self.goal.trim());
        form.background = self.facts();
        form.build(fresh_seed, connection).map_err(Obstacle::Panel)
    }

    /// The set-up of an option; `None` before the plan is made.
    pub fn spec_of(&self, place: usize) -> Option<RunSpec> {
        let mut spec = self.plan.as_ref()?.common.clone();
        let option = self.options.get(place)?.text.trim();
        spec.question = words::question(option, self.goal.trim());
        spec.criterion = words::criterion(option, self.goal.trim());
        spec.background = self.facts();
        spec.seed = Seed::new(spec.seed.stream(&format!("option {place}")).next_u64());
        Some(spec)
    }

    /// What every agent reads about every option: the same words, so that no option is spoken for.
    fn facts(&self) -> String {
        let options: Vec<&str> = self.options.iter().map(|option| option.text.trim()).collect();
        words::facts(self.background.trim(), &options)
    }

    /// The option that is asked now or next: the first whose run is not over.
    pub fn next_option(&self) -> Option<usize> {
        self.options.iter().position(|option| option.head.is_none())
    }

    /// Whether its panel has a model in it. Simulated traders have not read a word of it.
    pub fn has_models(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.common.agents.iter().any(|agent| agent.kind.is_model()))
    }

    /// The connections of the plan.
    pub fn bindings(&self) -> Vec<Option<ConnectionId>> {
        let of = |plan: &Plan| plan.connections.iter().map(|id| id.map(ConnectionId)).collect();
        self.plan.as_ref().map(of).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Story;
    use crate::aggregate::decision::{Book, Verdict, rank};
    use crate::run::{Input, Run, with_simulated};
    use crate::ui::words::examples::User;

    /// A decision that has been asked, with the books of its options.
    fn played(mut decision: Decision) -> (Decision, Vec<Option<Book>>) {
        let (common, _) = decision.common(&Draft::default(), 7, None).unwrap();
        decision.plan =
            Some(Plan { common, connections: Vec::new(), patience_seconds: None, asked_millis: 0 });
        let book = |place: usize| {
            let mut run = Run::new(decision.spec_of(place).unwrap()).unwrap();
            run.advance(Input::Begin).unwrap();
            while !run.state().is_closed() {
                let input = with_simulated(&run, Vec::new()).unwrap();
                run.advance(input).unwrap();
            }
            Book::of(run.spec(), &Story::of(&run).now).ok()
        };
        let books = (0..decision.options.len()).map(book).collect();
        (decision, books)
    }

    #[test]
    fn every_kind_of_user_finds_decisions_and_every_one_runs() {
        for user in User::ALL {
            assert!(DECISIONS.iter().filter(|example| example.user == user).count() >= 2, "{user:?}");
        }
        let (mut clear, mut close) = (0, 0);
        for place in 0..DECISIONS.len() {
            let (_, books) = played(Decision::example(place).unwrap());
            match rank(&books).verdict {
                Verdict::Clear { .. } => clear += 1,
                Verdict::TooClose { .. } => close += 1,
                Verdict::Incomplete { missing } => panic!("{place} lacks {missing:?}"),
            }
        }
        assert!(clear >= 2 && close >= 2, "both cases are worth showing: {clear} clear, {close} too close");
    }

    #[test]
    fn options_differ_in_their_own_words_and_seeds_alone() {
        let (decision, _) = played(Decision::example(0).unwrap());
        let mut one = decision.spec_of(0).unwrap();
        let other = decision.spec_of(1).unwrap();
        assert!(one.question != other.question && one.criterion != other.criterion && one.seed != other.seed);
        assert_eq!(one.background, other.background);
        one.question.clone_from(&other.question);
        one.criterion.clone_from(&other.criterion);
        one.seed = other.seed;
        assert_eq!(one, other);
        assert_eq!(
            decision.spec_of(1),
            played(decision.again()).0.spec_of(1),
            "the same decision, the same runs"
        );
        assert_eq!(decision.spec_of(decision.options.len()), None);
    }

    #[test]
    fn what_is_in_the_way_has_a_name() {
        let form = Draft::default();
        let whole = || Decision::example(0).unwrap();
        let problem = |decision: Decision| decision.common(&form, 1, None).unwrap_err();
        assert_eq!(problem(Decision { goal: " ".into(), ..whole() }), Obstacle::NoGoal);
        let mut decision = whole();
        decision.options[1].text = "  ".into();
        assert_eq!(problem(decision.clone()), Obstacle::Empty(1));
        decision.options[1].text = decision.options[0].text.to_uppercase();
        assert_eq!(problem(decision), Obstacle::Twice(1));
        let mut models = Draft::default();
        models.panel = crate::ui::draft::PanelKind::Models;
        assert_eq!(
            whole().common(&models, 1, None),
            Err(Obstacle::Panel(DraftError::NoConnection)),
            "models need a server"
        );
        let mut long = whole();
        long.options[0].text = "x".repeat(2_000);
        assert!(matches!(problem(long), Obstacle::Panel(DraftError::Spec(_))));
    }

    #[test]
    fn what_was_typed_is_told_from_an_example() {
        assert!(!Decision::default().is_typed());
        let mut decision = Decision::example(2).unwrap();
        assert!(!decision.is_typed());
        decision.options[0].text.push('!');
        assert!(decision.is_typed());
    }

    #[test]
    fn options_come_and_go_within_the_limits() {
        let mut decision = Decision::default();
        decision.remove_option(0);
        assert_eq!(decision.options.len(), MIN_OPTIONS);
        for _ in 0..9 {
            decision.add_option();
        }
        assert_eq!(decision.options.len(), MAX_OPTIONS);
        decision.options[2].text = "kept".into();
        decision.remove_option(0);
        assert_eq!(decision.options[1].text, "kept");
    }

    #[test]
    fn a_decision_is_kept_whole() {
        let (mut decision, _) = played(Decision::example(1).unwrap());
        decision.stage = Stage::Running;
        decision.options[0].run = Some("id".into());
        decision.options[0].head = Some(Run::new(decision.spec_of(0).unwrap()).unwrap().head().digest);
        let text = serde_json::to_string(&decision).unwrap();
        assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), decision);
        assert_eq!(decision.next_option(), Some(1));
    }
}
