//! A decision together with what its runs said: what the page and the memo read. Pure; it finds no words.

use std::sync::Arc;

use super::{Decision, Stage};
use crate::aggregate::case::{Case, case};
use crate::aggregate::decision::{Book, GOAL_MET, Lead, NoBook, Ranking, Verdict, favourites, rank};
use crate::aggregate::stance::{Stance, far_below, stance};
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

/// A lead in points as it is written: with as few decimals as it takes to see on which side of the margin it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownLead {
    /// The option that the first is compared with.
    pub over: usize,
    /// By how many points the first is ahead.
    pub gap: f64,
    /// From how many points on they are told apart.
    pub margin: f64,
    /// Decimals of both.
    pub decimals: usize,
}

/// Who would put which option first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The option; `None` for those who put none clearly first.
    pub option: Option<usize>,
    /// Who.
    pub agents: Vec<usize>,
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

impl ShownLead {
    /// Of two prices, written in whole per cent where that does not hide on which side of the margin they are.
    fn of(first: f64, other: f64, lead: &Lead) -> Self {
        let shown = |decimals: usize| {
            let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
            let round = |share: f64| (share * 100.0 * scale).round() / scale;
            // Whole points are those between the whole per cent that stand beside them.
            let gap = if decimals == 0 { round(first) - round(other) } else { round(lead.gap) };
            Self { over: lead.over, gap, margin: round(lead.margin), decimals }
        };
        let says = |one: &Self| one.margin > 0.0 && (one.gap > one.margin) == (lead.gap > lead.margin);
        (0..6).map(shown).find(says).unwrap_or_else(|| shown(6))
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

    /// The option with the highest price.
    pub fn first(&self) -> Option<usize> {
        self.ranking.standings.first().map(|standing| standing.option)
    }

    /// The lead that the verdict is about.
    pub fn shown_lead(&self) -> Option<ShownLead> {
        let lead = self.ranking.lead()?;
        let price = |option: usize| self.books[option].map_or(0.0, |book| book.price);
        Some(ShownLead::of(price(self.first()?), price(lead.over), &lead))
    }

    /// Whether the figures leave open that an option reaches the goal more likely than not, or the opposite: 1 where
    /// its whole range lies above one half, −1 where it lies below, 0 in between.
    pub fn side_of_half(&self, option: usize) -> i8 {
        let range = self.books.get(option).and_then(|book| Some(book.as_ref().ok()?.range()));
        match range {
            Some((low, _)) if low > 0.5 => 1,
            Some((_, high)) if high < 0.5 => -1,
            _ => 0,
        }
    }

    /// Whether every option has been asked and answered.
    pub fn is_whole(&self) -> bool {
        self.decision.stage == Stage::Over && !matches!(self.ranking.verdict, Verdict::Incomplete { .. })
    }

    /// The reasons for and against an option. Simulated traders' words claim nothing, so they make none.
    pub fn reasons(&self, place: usize) -> Case {
        let told = self.counted(place).filter(|_| self.decision.has_models());
        told.map(|told| case(&told.story, &told.story.now, GOAL_MET).reasons()).unwrap_or_default()
    }

    /// Who would put which option first by the last own estimates, in the order of the ranking and then whoever puts
    /// none first; empty unless every option has been answered.
    pub fn preferences(&self) -> Vec<Preference> {
        let ends: Option<Vec<_>> =
            (0..self.told.len()).map(|place| Some(&self.counted(place)?.story.now)).collect();
        let found = ends.map(|ends| favourites(&ends)).unwrap_or_default();
        let options = self.ranking.standings.iter().map(|standing| Some(standing.option)).chain([None]);
        let of = |option: Option<usize>| {
            let agents = (0..found.len()).filter(|&agent| found[agent] == option).collect();
            Preference { option, agents }
        };
        options.map(of).filter(|one| !one.agents.is_empty()).collect()
    }

    /// Who doubts most that an option reaches the goal, of those who do not stand behind its figure: against it where
    /// the price speaks for it, or far below the price.
    pub fn doubter(&self, place: usize) -> Option<Doubter> {
        let now = &self.counted(place)?.story.now;
        let price = *now.prices.get(GOAL_MET)?;
        let beliefs = now.agents.iter().enumerate().filter_map(|(agent, at)| {
            let belief = at.belief.as_ref()?;
            let against = now.leader() == GOAL_MET && stance(belief, GOAL_MET) == Stance::Against;
            let counts = against || far_below(belief.of(GOAL_MET), price);
            counts.then(|| Doubter { agent, belief: belief.of(GOAL_MET), headline: at.headline.clone() })
        });
        beliefs.min_by(|a, b| a.belief.total_cmp(&b.belief))
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
