//! What the person has filled in, what follows from it, and the press that places it. It holds no formula: every
//! figure comes from `aggregate::preview`.

use leptos::prelude::*;

use crate::aggregate::{OffTarget, Side, Slip, Wish, person};
use crate::market::{Cash, Order, OrderError, Quote, Shares};
use crate::run::Run;
use crate::ui::desk::{Desk, Feed, use_desk};
use crate::ui::format;
use crate::ui::words::{trade as words, watch};

/// What stands in the form before anybody touches it.
pub(super) const FIRST_STAKE: f64 = 10.0;

/// The end from which the order is solved: the field that was written in last.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// A stake, or shares to sell, as it was written.
    Amount(String),
    /// A price in per cent, as it was written.
    Price(String),
}

/// Why there is no order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Refusal {
    Order(OrderError),
    Target(OffTarget),
}

/// An order with what it takes and what it does.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solved {
    pub(super) amount: f64,
    pub(super) order: Order,
    pub(super) quote: Quote,
}

/// Between what the person can choose, and from where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) name: String,
    pub(super) price: f64,
    pub(super) held: Shares,
    pub(super) cash: Cash,
    /// The largest stake, or all that can be sold.
    pub(super) largest: f64,
}

/// The form.
#[derive(Clone, Copy)]
pub(super) struct Ticket {
    desk: Desk,
    feed: Feed,
    pub(super) outcome: RwSignal<usize>,
    pub(super) side: RwSignal<Side>,
    pub(super) asked: RwSignal<Asked>,
    /// The outcome's price when the person last changed the order: what it made up its mind on.
    seen: RwSignal<Option<f64>>,
    /// Why the order was held back, until it is changed, placed or left.
    pub(super) lock: RwSignal<Option<Slip>>,
    /// What was done last.
    pub(super) done: RwSignal<Option<String>>,
    pub(super) bounds: Memo<Option<Bounds>>,
    pub(super) solved: Memo<Option<Result<Solved, Refusal>>>,
}

fn wish_in(run: &Run, outcome: usize, side: Side) -> Option<Wish> {
    Some(Wish { agent: person(run)?, outcome, side })
}

fn solve(run: &Run, wish: Wish, asked: &Asked) -> Result<Solved, Refusal> {
    match asked {
        Asked::Amount(text) => {
            let amount = format::number_from(text);
            let (order, quote) = wish.order_for(run, amount).map_err(Refusal::Order)?;
            Ok(Solved { amount, order, quote })
        }
        Asked::Price(text) => {
            let target = format::probability_from(text);
            let (amount, order, quote) = wish.order_for_target(run, target).map_err(Refusal::Target)?;
            Ok(Solved { amount, order, quote })
        }
    }
}

fn bounds(run: &Run, wish: Wish) -> Bounds {
    let market = run.state().market();
    Bounds {
        name: watch::outcome_name(run.spec(), wish.outcome).to_owned(),
        price: market.prices().get(wish.outcome).copied().unwrap_or(0.0),
        held: wish.held(run),
        cash: market.ledger().account(wish.agent).map_or(Cash::ZERO, |account| account.cash),
        largest: wish.largest_amount(run),
    }
}

impl Ticket {
    pub(super) fn new(feed: Feed) -> Self {
        let (outcome, side) = (RwSignal::new(0), RwSignal::new(Side::Buy));
        let asked = RwSignal::new(Asked::Amount(format::exact(FIRST_STAKE)));
        let bounds = Memo::new(move |_| {
            feed.with(|open| {
                let run = &open?.run;
                Some(bounds(run, wish_in(run, outcome.get(), side.get())?))
            })
        });
        let solved = Memo::new(move |_| {
            feed.with(|open| {
                let run = &open?.run;
                let wish = wish_in(run, outcome.get(), side.get())?;
                Some(asked.with(|asked| solve(run, wish, asked)))
            })
        });
        Self {
            desk: use_desk(),
            feed,
            outcome,
            side,
            asked,
            seen: RwSignal::new(None),
            lock: RwSignal::new(None),
            done: RwSignal::new(None),
            bounds,
            solved,
        }
    }

    /// The names of the outcomes.
    pub(super) fn names(self) -> Memo<Vec<String>> {
        let feed = self.feed;
        Memo::new(move |_| {
            feed.with(|open| open.map_or_else(Vec::new, |open| open.run.spec().outcomes.clone()))
        })
    }

    /// Changes the order: whatever was held back belongs to another one.
    pub(super) fn change(self, change: impl FnOnce(Self)) {
        change(self);
        self.seen.set(self.price_shown());
        self.lock.set(None);
        self.done.set(None);
    }

    /// The outcome's price as the page shows it.
    fn price_shown(self) -> Option<f64> {
        let outcome = self.outcome.get_untracked();
        self.feed.peek(|open| open.and_then(|open| open.run.state().market().prices().get(outcome).copied()))
    }

    /// Why there is no order, in words.
    pub(super) fn problem(self, refusal: &Refusal) -> String {
        let (outcome, side) = (self.outcome.get(), self.side.get());
        let name =
            self.feed.peek(|open| open.map(|open| watch::outcome_name(open.run.spec(), outcome).to_owned()));
        let name = name.unwrap_or_default();
        match refusal {
            Refusal::Order(error) => words::refused(error, &name),
            Refusal::Target(problem) => words::off_target(side, &name, problem),
        }
    }

    /// Places the order, or says why not. What the lock holds back needs `agreed`: a press that has seen its sentence.
    pub(super) fn place(self, agreed: Option<Slip>) {
        let seen = self.seen.get_untracked().or_else(|| self.price_shown());
        // The run may be ahead of what the page shows: the order meets it as it is now.
        self.desk.catch_up();
        let (outcome, side) = (self.outcome.get_untracked(), self.side.get_untracked());
        let made = self.feed.peek(|open| {
            let run = &open?.run;
            let wish = wish_in(run, outcome, side)?;
            Some((wish, self.asked.with_untracked(|asked| solve(run, wish, asked))))
        });
        self.done.set(None);
        let (wish, solved) = match made {
            None => return,
            Some((_, Err(refusal))) => {
                let problem = untrack(|| self.problem(&refusal));
                return self.desk.fail(words::REFUSED, problem, words::REFUSED_NEXT);
            }
            Some((wish, Ok(solved))) => (wish, solved),
        };
        let slip = match &agreed {
            None => wish.slip(&solved.quote, seen.unwrap_or(f64::NAN)),
            Some(agreed) => wish.slip_beyond(&solved.quote, agreed),
        };
        if slip.is_some() {
            return self.lock.set(slip);
        }
        self.lock.set(None);
        if let Err(error) = self.desk.trade(solved.order) {
            return self.desk.fail(words::REFUSED, error.to_string(), words::REFUSED_NEXT);
        }
        self.seen.set(None);
        self.tell(wish, &solved.quote);
    }

    /// Says what was done.
    fn tell(self, wish: Wish, quote: &Quote) {
        let name = self.names().with_untracked(|names| names.get(wish.outcome).cloned().unwrap_or_default());
        let (shares, money) = wish.traded(quote);
        let price = quote.prices_after.get(wish.outcome).copied().unwrap_or(0.0);
        self.done.set(Some(words::done(wish.side, &name, shares, money, price)));
    }

    /// The order's figures, ready to be shown: name, text, name for tests, full value.
    pub(super) fn figures(self, quote: &Quote) -> Vec<(&'static str, String, &'static str, f64)> {
        let (outcome, side) = (self.outcome.get(), self.side.get());
        let after = quote.prices_after.get(outcome).copied().unwrap_or(0.0);
        let (shares, money) = Wish { agent: quote.trader, outcome, side }.traded(quote);
        let (money_name, money_id) = match side {
            Side::Buy => (words::COST, "your-cost"),
            Side::Sell => (words::PROCEEDS, "your-proceeds"),
        };
        let cash = |name, amount: Cash, test_id| (name, format::cash(amount), test_id, amount.units());
        vec![
            (words::NEW_PRICE, format::percent_fine(after), "your-new-price", after),
            (words::SHARES, format::shares(shares), "your-shares", shares.units()),
            cash(money_name, money, money_id),
            cash(words::WORST, quote.worst_loss(), "your-worst"),
            cash(words::LEFT, quote.cash_after, "your-left"),
        ]
    }
}
