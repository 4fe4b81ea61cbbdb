//! Options compared by what a panel thinks of each (mechanisms §9): one book an option, “if this is chosen, will the
//! goal be met?”. It ranks the books and says whether the first is told apart from the rest; it chooses nothing for
//! anybody.
//!
//! A book's **spread** is how far its agents still are from its price, √(Σ(qᵢ − p)² / n) over the last beliefs qᵢ of
//! the n agents that answered, and at least ε, below which the market makes no trade. It is not divided by √n: agents
//! that share their evidence err together, so their number says little. The **margin** of two books is the spread of
//! their difference, √(s² + t²); prices no further apart than that are too close to call.

use super::moment::Moment;
use super::spread::{range_around, spread_of};
use super::stance::preferred;
use crate::market::math::sqrt;
use crate::run::{CloseReason, RunSpec};

/// The outcome of a book that says that the goal is met.
pub const GOAL_MET: usize = 0;

/// What one option's finished run says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Book {
    /// The probability that the goal is met if the option is chosen.
    pub price: f64,
    /// How uncertain that is, in probability.
    pub spread: f64,
}

/// Why an option has no book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBook {
    /// It has not been asked yet, or its run goes on.
    Open,
    /// A person stopped its run.
    Stopped,
    /// Fewer agents answered than it takes.
    TooFewVoices,
    /// Its run is not on this device any more.
    Gone,
}

/// How sure the first place is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One option is ahead of every other by more than the margin.
    Clear {
        /// Which.
        best: usize,
    },
    /// The first cannot be told apart from others.
    TooClose {
        /// The first and those within its margin, in the order of the ranking.
        among: Vec<usize>,
    },
    /// Some options have no book: whatever the others say, one of these could be first.
    Incomplete {
        /// Which, in the order of the options.
        missing: Vec<usize>,
    },
}

/// An option with a book in the ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Its place among the options.
    pub option: usize,
    /// What its run says.
    pub book: Book,
    /// How far its price is below the first.
    pub behind: f64,
    /// Whether it cannot be told apart from the first; true for the first.
    pub close: bool,
}

/// The options that have a book, likeliest first, and what that is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Those with a book.
    pub standings: Vec<Standing>,
    /// How sure the first place is.
    pub verdict: Verdict,
}

impl Book {
    /// What a run says, as it stands at its end. One that ended at a limit counts: every option has the same limits.
    ///
    /// # Errors
    /// Why it says nothing that could be compared.
    pub fn of(spec: &RunSpec, end: &Moment) -> Result<Self, NoBook> {
        match (end.closed, end.prices.get(GOAL_MET)) {
            (None, _) | (_, None) => Err(NoBook::Open),
            (Some((_, CloseReason::StoppedByPerson)), _) => Err(NoBook::Stopped),
            (Some(_), Some(&price)) => {
                let spread = spread_of(end, GOAL_MET).ok_or(NoBook::TooFewVoices)?;
                Ok(Self { price, spread: spread.max(spec.stop.epsilon) })
            }
        }
    }

    /// The lowest and the highest probability that its own doubt leaves: never below 0 or above 1.
    pub fn range(&self) -> (f64, f64) {
        range_around(self.price, self.spread)
    }

    /// How far apart the prices of two books must be to be told apart.
    pub fn margin(&self, other: &Self) -> f64 {
        sqrt(self.spread * self.spread + other.spread * other.spread)
    }

    /// Whether two books cannot be told apart.
    pub fn too_close(&self, other: &Self) -> bool {
        (self.price - other.price).abs() <= self.margin(other)
    }
}

/// How the first stands to another option.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// The other.
    pub over: usize,
    /// By how much the first is ahead.
    pub gap: f64,
    /// How far apart they would have to be to be told apart.
    pub margin: f64,
}

impl Ranking {
    /// How the first stands to the option that the verdict is about: the next where the first is clear, the next of
    /// those that it cannot be told from where it is not; `None` where the verdict compares nothing.
    pub fn lead(&self) -> Option<Lead> {
        match &self.verdict {
            Verdict::Clear { .. } => self.leads().next(),
            Verdict::TooClose { among } => self.leads().find(|lead| among.contains(&lead.over)),
            Verdict::Incomplete { .. } => None,
        }
    }

    /// Of the options that the first is told apart from, the one for which that takes least to change.
    pub fn narrowest(&self) -> Option<Lead> {
        let slack = |lead: &Lead| lead.gap - lead.margin;
        self.leads().filter(|lead| slack(lead) > 0.0).min_by(|a, b| slack(a).total_cmp(&slack(b)))
    }

    /// A gap beyond this would tell the first apart from all that it cannot be told from.
    pub fn settling(&self) -> Option<f64> {
        self.leads().filter(|lead| lead.gap <= lead.margin).map(|lead| lead.margin).reduce(f64::max)
    }

    /// Whether an option is one that cannot be told from the first, and not the first itself.
    pub fn is_close(&self, option: usize) -> bool {
        self.standings.iter().skip(1).any(|standing| standing.option == option && standing.close)
    }

    fn leads(&self) -> impl Iterator<Item = Lead> + '_ {
        let first = self.standings.first().map(|first| first.book);
        self.standings.iter().skip(1).filter_map(move |other| {
            Some(Lead { over: other.option, gap: other.behind, margin: first?.margin(&other.book) })
        })
    }
}

/// Ranks options by their prices; of equal prices the surer comes first. The order in which options are given decides
/// nothing but the order of twins.
pub fn rank(books: &[Option<Book>]) -> Ranking {
    let mut there: Vec<(usize, Book)> =
        books.iter().enumerate().filter_map(|(option, book)| Some((option, (*book)?))).collect();
    there.sort_by(|(a, one), (b, other)| {
        other.price.total_cmp(&one.price).then(one.spread.total_cmp(&other.spread)).then(a.cmp(b))
    });
    let standings: Vec<Standing> = there
        .iter()
        .map(|&(option, book)| Standing {
            option,
            book,
            behind: there[0].1.price - book.price,
            close: there[0].1.too_close(&book),
        })
        .collect();
    let missing: Vec<usize> = (0..books.len()).filter(|&option| books[option].is_none()).collect();
    let among: Vec<usize> =
        standings.iter().filter(|standing| standing.close).map(|standing| standing.option).collect();
    let verdict = match (missing.is_empty(), among.as_slice()) {
        (true, &[best]) => Verdict::Clear { best },
        (true, [_, ..]) => Verdict::TooClose { among },
        _ => Verdict::Incomplete { missing },
    };
    Ranking { standings, verdict }
}

/// Which option each agent would put first, by its last beliefs in all books; `None` for one that did not answer
/// everywhere, or that puts several first or nearly so.
pub fn favourites(ends: &[&Moment]) -> Vec<Option<usize>> {
    let agents = ends.iter().map(|end| end.agents.len()).min().unwrap_or(0);
    let favourite = |agent: usize| {
        let belief = |end: &&Moment| Some(end.agents[agent].belief.as_ref()?.millionths()[GOAL_MET]);
        let beliefs: Option<Vec<u32>> = ends.iter().map(belief).collect();
        preferred(&beliefs?)
    };
    (0..agents).map(favourite).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::Story;
    use crate::aggregate::sample::{begun, finished};
    use crate::aggregate::spread::distance;
    use crate::run::Input;
    use proptest::prelude::*;

    fn book(price: f64, spread: f64) -> Book {
        Book { price, spread }
    }

    #[test]
    fn a_lead_counts_beyond_the_margin_alone() {
        // √(0.03² + 0.04²) = 0.05.
        let ranked = |gap: f64| rank(&[Some(book(0.6 - gap, 0.04)), Some(book(0.6, 0.03))]).verdict;
        assert_eq!(ranked(0.051), Verdict::Clear { best: 1 });
        assert_eq!(ranked(0.049), Verdict::TooClose { among: vec![1, 0] });
    }

    #[test]
    fn a_missing_book_leaves_the_rest_ranked_and_nothing_decided() {
        let ranking = rank(&[Some(book(0.2, 0.01)), None, Some(book(0.9, 0.01))]);
        assert_eq!(ranking.verdict, Verdict::Incomplete { missing: vec![1] });
        assert_eq!(ranking.standings.iter().map(|s| s.option).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(rank(&[None, None]).standings, []);
    }

    #[test]
    fn the_spread_is_the_distance_of_the_beliefs_and_never_below_what_a_market_resolves() {
        // ((0.1)² + (0.3)²) / 2 = 0.05.
        assert!((distance(0.5, &[0.6, 0.2]) - sqrt(0.05)).abs() < 1e-15);
        let run = finished(5, 6);
        let mut story = Story::of(&run);
        let whole = Book::of(run.spec(), &story.now).unwrap();
        let beliefs: Vec<f64> =
            story.now.agents.iter().map(|agent| agent.belief.as_ref().unwrap().of(0)).collect();
        assert_eq!(whole, book(story.now.prices[0], distance(story.now.prices[0], &beliefs)));
        for agent in &mut story.now.agents {
            agent.belief = Some(crate::belief::Belief::uniform(2));
        }
        story.now.prices = vec![0.5, 0.5];
        let flat = Book::of(run.spec(), &story.now).unwrap();
        assert_eq!(flat.spread.to_bits(), run.spec().stop.epsilon.to_bits());
    }

    #[test]
    fn a_run_without_an_end_or_without_voices_is_no_book() {
        let run = begun(5, 6);
        let story = Story::of(&run);
        assert_eq!(Book::of(run.spec(), &story.now), Err(NoBook::Open));
        let mut run = finished(5, 6);
        let mut story = Story::of(&run);
        for agent in story.now.agents.iter_mut().skip(1) {
            agent.belief = None;
        }
        assert_eq!(Book::of(run.spec(), &story.now), Err(NoBook::TooFewVoices));
        run = begun(5, 6);
        run.advance(Input::Stop).unwrap();
        let story = Story::of(&run);
        assert_eq!(Book::of(run.spec(), &story.now), Err(NoBook::Stopped));
    }

    #[test]
    fn every_agent_has_one_favourite_or_none() {
        let (one, other) = (finished(5, 6), finished(7, 6));
        let (one, other) = (Story::of(&one), Story::of(&other));
        let found = favourites(&[&one.now, &other.now]);
        for (agent, favourite) in found.iter().enumerate() {
            let belief =
                |story: &Story| story.now.agents[agent].belief.as_ref().unwrap().millionths()[GOAL_MET];
            assert_eq!(*favourite, preferred(&[belief(&one), belief(&other)]), "agent {agent}");
        }
        assert!(favourites(&[&one.now, &one.now]).iter().all(Option::is_none), "no agent prefers a twin");
    }

    fn books() -> impl Strategy<Value = Vec<Option<Book>>> {
        let one = (0.0..=1.0_f64, 0.001..0.4_f64).prop_map(|(price, spread)| book(price, spread));
        prop::collection::vec(prop::option::weighted(0.8, one), 2..=6)
    }

    proptest! {
        #[test]
        fn too_close_is_mutual(a in (0.0..=1.0_f64, 0.0..0.5_f64), b in (0.0..=1.0_f64, 0.0..0.5_f64)) {
            let (one, other) = (book(a.0, a.1), book(b.0, b.1));
            prop_assert_eq!(one.too_close(&other), other.too_close(&one));
            prop_assert!(one.too_close(&one));
        }

        #[test]
        fn the_order_of_the_options_decides_nothing(books in books(), turn in 0_usize..6) {
            let turn = turn % books.len();
            let mut turned = books.clone();
            turned.rotate_left(turn);
            turned.reverse();
            let place = |option: usize| (books.len() - 1 - option + turn) % books.len();
            let (one, other) = (rank(&books), rank(&turned));
            let named = |ranking: &Ranking| ranking.standings.iter().map(|s| s.option).collect::<Vec<_>>();
            prop_assert_eq!(named(&one), named(&other).into_iter().map(place).collect::<Vec<_>>());
            let moved = match other.verdict {
                Verdict::Clear { best } => Verdict::Clear { best: place(best) },
                Verdict::TooClose { among } => Verdict::TooClose { among: among.into_iter().map(place).collect() },
                Verdict::Incomplete { missing } => {
                    let mut missing: Vec<usize> = missing.into_iter().map(place).collect();
                    missing.sort_unstable();
                    Verdict::Incomplete { missing }
                }
            };
            prop_assert_eq!(one.verdict, moved);
        }

        #[test]
        fn what_is_said_of_a_lead_agrees_with_the_verdict(books in books()) {
            let ranking = rank(&books);
            for book in books.iter().flatten() {
                let (low, high) = book.range();
                prop_assert!(0.0 <= low && low <= book.price && book.price <= high && high <= 1.0);
            }
            match &ranking.verdict {
                Verdict::Clear { best } => {
                    let lead = ranking.lead().unwrap();
                    prop_assert_eq!(ranking.standings[0].option, *best);
                    prop_assert_eq!(lead.over, ranking.standings[1].option);
                    prop_assert!(lead.gap > lead.margin && ranking.settling().is_none());
                    prop_assert!(ranking.narrowest().unwrap().gap - ranking.narrowest().unwrap().margin <= lead.gap - lead.margin);
                    prop_assert!((0..books.len()).all(|option| !ranking.is_close(option)));
                }
                Verdict::TooClose { among } => {
                    let lead = ranking.lead().unwrap();
                    prop_assert!(among.contains(&lead.over) && lead.gap <= lead.margin);
                    prop_assert!(ranking.settling().unwrap() >= lead.margin);
                    for option in 0..books.len() {
                        prop_assert_eq!(ranking.is_close(option), among[1..].contains(&option));
                    }
                }
                Verdict::Incomplete { .. } => prop_assert!(ranking.lead().is_none()),
            }
        }

        #[test]
        fn more_doubt_never_makes_it_clear(books in books(), more in 0.0..0.5_f64) {
            let doubtful: Vec<Option<Book>> = books
                .iter()
                .map(|book| book.map(|book| Book { spread: book.spread + more, ..book }))
                .collect();
            if let Verdict::Clear { best } = rank(&doubtful).verdict {
                prop_assert_eq!(rank(&books).verdict, Verdict::Clear { best });
            }
        }

        #[test]
        fn an_option_that_is_worse_by_more_than_the_margin_changes_no_clear_verdict(books in books()) {
            if let Verdict::Clear { best } = rank(&books).verdict {
                let mut more = books.clone();
                more.push(books[best].map(|first| book(first.price - 2.0 * first.spread, first.spread)));
                prop_assert_eq!(rank(&more).verdict, Verdict::Clear { best });
            }
        }
    }
}
