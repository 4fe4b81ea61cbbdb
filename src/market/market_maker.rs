//! The market itself: a cost function and a ledger behind one `quote`, which serves preview and execution alike.
//! It does not know beliefs, rounds or time.

use super::book::{Book, Maker};
use super::cost_function::CostFunction;
use super::ledger::Ledger;
use super::quantity::{Cash, Shares};
use super::settlement::Settlement;
use super::trade::{Order, OrderError, Quote};

/// What the maker holds above its worst loss, for the rounding of the opening quantities: two micro-units an
/// outcome at most. Costs are rounded against the trader, so nothing else can eat into it.
const ROUNDING_RESERVE: Cash = Cash::from_micros(24);

/// A market with its maker and its traders.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketMaker {
    book: Book,
    ledger: Ledger,
}

impl MarketMaker {
    /// Opens an LMSR market: liquidity b in units, the opening prices, and each trader's budget.
    pub fn open(liquidity: f64, prior: &[f64], budgets: &[Cash]) -> Self {
        Self::open_with(Maker::Lmsr, liquidity, prior, budgets)
    }

    /// Opens a market of any maker, as deep at its opening as an LMSR with this liquidity.
    pub fn open_with(maker: Maker, liquidity: f64, prior: &[f64], budgets: &[Cash]) -> Self {
        let book = Book::open(maker, liquidity, prior);
        let subsidy = Cash::round_up(book.worst_loss()).unwrap_or(Cash::ZERO) + ROUNDING_RESERVE;
        Self { ledger: Ledger::open(budgets, subsidy, prior.len()), book }
    }

    /// The cost function.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The accounts.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The price of each outcome.
    pub fn prices(&self) -> Vec<f64> {
        self.book.prices()
    }

    /// What `order` would do, to the micro-unit. Changes nothing.
    ///
    /// # Errors
    /// Unknown traders and outcomes, sizes beyond any purse, and orders that the trader cannot pay.
    pub fn quote(&self, order: &Order) -> Result<Quote, OrderError> {
        let trader = order.trader();
        let account = self.ledger.account(trader).ok_or(OrderError::UnknownTrader(trader))?;
        let outcomes = self.book.outcomes();
        if order.shares().len() != outcomes {
            return Err(OrderError::UnknownOutcome { outcome: order.shares().len() - 1, outcomes });
        }
        // The maker rounds up, once: whatever is lost to rounding stays with it.
        let cost = Cash::round_up(self.book.cost(order.shares()).max(0.0))?;
        let held: Vec<Shares> =
            account.holdings.iter().zip(order.shares()).map(|(&held, &bought)| held + bought).collect();
        let redeemed = held.iter().copied().min().unwrap_or(Shares::ZERO);
        let purse = account.cash + redeemed.payout();
        if cost > purse {
            return Err(OrderError::BeyondPurse { cost, purse });
        }
        Ok(Quote {
            trader,
            shares: order.shares().to_vec(),
            cost,
            redeemed,
            prices_before: self.book.prices(),
            prices_after: self.book.prices_after(order.shares()),
            cash_after: purse - cost,
            holdings_after: held.into_iter().map(|held| held - redeemed).collect(),
        })
    }

    /// Executes an order at its quote.
    ///
    /// # Errors
    /// As [`MarketMaker::quote`]; a refused order leaves everything untouched.
    pub fn execute(&mut self, order: &Order) -> Result<Quote, OrderError> {
        let quote = self.quote(order)?;
        self.accept(&quote);
        Ok(quote)
    }

    /// Executes a quote that this market has just given: nothing may have happened in between.
    pub fn accept(&mut self, quote: &Quote) {
        self.book.sell(&quote.shares);
        self.book.redeem(quote.redeemed);
        self.ledger.exchange(quote.trader, quote.cost, &quote.shares, quote.redeemed);
        debug_assert_eq!(
            self.ledger.account(quote.trader).map(|account| account.cash),
            Some(quote.cash_after),
            "the quote and the ledger are two computations of one balance"
        );
    }

    /// Declares the market void: everybody gets back what they began with, and all positions end.
    pub fn refund(&mut self, budgets: &[Cash]) {
        self.ledger.refund(budgets);
    }

    /// Pays every share of `outcome` one unit and ends all positions.
    ///
    /// # Errors
    /// Unknown outcomes.
    pub fn settle(&mut self, outcome: usize) -> Result<Settlement, OrderError> {
        let outcomes = self.book.outcomes();
        if outcome >= outcomes {
            return Err(OrderError::UnknownOutcome { outcome, outcomes });
        }
        let payouts = self.ledger.pay_out(outcome);
        Ok(Settlement { payouts, maker_cash: self.ledger.maker_cash() })
    }
}
