//! A decision together with what its runs said: what the page and the memo read. Pure; it finds no words.

use std::sync::Arc;

use super::{Decision, Stage};
use crate::aggregate::case::{Argument, Case, case};
use crate::aggregate::decision::{Book, GOAL_MET, NoBook, Ranking, Verdict, favourites, rank};
use crate::aggregate::{Spending, Story, spending};
use crate::audit::Digest;
use crate::run::{Run, RunSpec};

/// The finished run of an option.
#[derive(Clone, Debug)]
pub struct Told {
    /// The run.
    pub run: Run,
    /// Its story.
    pub story: Story,
    /// The head under which it is known.
    pub head: Digest,
}

/// A decision and what there is to say about it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The decision.
    pub decision: Decision,
    /// What each option's run said, or why there is none.
    pub told: Vec<Result<Arc<Told>, NoBook>>,
    /// The books, in the order of the options.
    pub books: Vec<Result<Book, NoBook>>,
    /// The options in order, and what that is worth.
    pub ranking: Ranking,
}

/// Whoever is furthest below the price of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubter {
    /// The agent's place in the roster.
    pub agent: usize,
    /// What it believes.
    pub belief: f64,
    /// Its last words.
    pub headline: String,
}

impl Told {
    /// A finished run.
    pub fn of(run: Run) -> Self {
        Self { story: Story::of(&run), head: run.head().digest, run }
    }
}

impl Report {
    /// Puts together what the runs said.
    pub fn new(decision: Decision, told: Vec<Result<Arc<Told>, NoBook>>) -> Self {
        let book = |told: &Result<Arc<Told>, NoBook>| {
            told.as_ref().map_err(|why| *why).and_then(|told| Book::of(told.run.spec(), &told.story.now))
        };
        let books: Vec<Result<Book, NoBook>> = told.iter().map(book).collect();
        let there: Vec<Option<Book>> = books.iter().map(|book| book.ok()).collect();
        Self { ranking: rank(&there), decision, told, books }
    }

    /// The text of an option.
    pub fn option(&self, place: usize) -> &str {
        self.decision.options.get(place).map_or("", |option| option.text.trim())
    }

    /// The run of an option, if it has one that counts.
    pub fn counted(&self, place: usize) -> Option<&Told> {
        self.books.get(place)?.as_ref().ok().and(self.told.get(place)?.as_deref().ok())
    }

    /// The option with the highest price, and the one after it.
    pub fn first_two(&self) -> (Option<usize>, Option<usize>) {
        let mut options = self.ranking.standings.iter().map(|standing| standing.option);
        (options.next(), options.next())
    }

    /// By how much the first is ahead of the second, and how much it takes to tell them apart.
    pub fn lead(&self) -> Option<(f64, f64)> {
        let [first, second, ..] = self.ranking.standings.as_slice() else { return None };
        Some((second.behind, first.book.margin(&second.book)))
    }

    /// Whether every option has been asked and answered.
    pub fn is_whole(&self) -> bool {
        self.decision.stage == Stage::Over && !matches!(self.ranking.verdict, Verdict::Incomplete { .. })
    }

    /// The case for and against an option. Simulated traders' words claim nothing, so they make none.
    pub fn case(&self, place: usize) -> Case {
        let told = self.counted(place).filter(|_| self.decision.has_models());
        told.map(|told| case(&told.story, &told.story.now, GOAL_MET)).unwrap_or_default()
    }

    /// The strongest argument of a side that has words.
    pub fn strongest(side: &[Argument]) -> Option<&Argument> {
        side.iter().find(|argument| !argument.words.is_empty())
    }

    /// Which option each agent would put first, where all have answered.
    pub fn favourites(&self) -> Vec<Option<usize>> {
        let ends: Option<Vec<_>> =
            (0..self.told.len()).map(|place| Some(&self.counted(place)?.story.now)).collect();
        ends.map(|ends| favourites(&ends)).unwrap_or_default()
    }

    /// Who is furthest below the price of an option.
    pub fn doubter(&self, place: usize) -> Option<Doubter> {
        let told = self.counted(place)?;
        let price = self.books.get(place)?.as_ref().ok()?.price;
        let agents = told.story.now.agents.iter().enumerate();
        let beliefs = agents.filter_map(|(agent, now)| {
            Some(Doubter { agent, belief: now.belief.as_ref()?.of(GOAL_MET), headline: now.headline.clone() })
        });
        beliefs.filter(|one| one.belief < price).min_by(|a, b| a.belief.total_cmp(&b.belief))
    }

    /// The set-up that all options share.
    pub fn spec(&self) -> Option<&RunSpec> {
        self.decision.plan.as_ref().map(|plan| &plan.common)
    }

    /// What all runs used together.
    pub fn spent(&self) -> Spending {
        let mut all = Spending::default();
        for told in self.told.iter().flatten() {
            let one = spending(&told.run);
            all.calls += one.calls;
            all.tokens += one.tokens;
            all.cost_micro_usd += one.cost_micro_usd;
            all.estimated |= one.estimated;
            for model in one.unpriced {
                if !all.unpriced.contains(&model) {
                    all.unpriced.push(model);
                }
            }
        }
        all
    }

    /// How many answers failed, in all runs.
    pub fn failures(&self) -> u32 {
        self.told.iter().flatten().map(|told| told.run.state().totals().failures).sum()
    }
}
