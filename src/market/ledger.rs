//! Who owns what: integer accounts of money and shares, and the maker's own. Every method keeps the sum of all
//! money; it does not know prices.

use super::quantity::{Cash, Shares};

/// One trader's money and shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Free money.
    pub cash: Cash,
    /// Shares of each outcome.
    pub holdings: Vec<Shares>,
}

impl Account {
    /// What the account is worth if `outcome` happens: W_i in the formulas.
    pub fn wealth_if(&self, outcome: usize) -> Cash {
        self.cash + self.holdings[outcome].payout()
    }

    /// W_i for every outcome, in units of money.
    pub fn wealth(&self) -> Vec<f64> {
        (0..self.holdings.len()).map(|outcome| self.wealth_if(outcome).units()).collect()
    }
}

/// All accounts of one market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    accounts: Vec<Account>,
    maker_cash: Cash,
    /// Shares the maker owes on, of each outcome: always the sum of the traders' holdings.
    outstanding: Vec<Shares>,
}

impl Ledger {
    /// Opens an account with each of `budgets` and gives the maker its subsidy.
    pub fn open(budgets: &[Cash], maker_cash: Cash, outcomes: usize) -> Self {
        let account = |&cash: &Cash| Account { cash, holdings: vec![Shares::ZERO; outcomes] };
        Self {
            accounts: budgets.iter().map(account).collect(),
            maker_cash,
            outstanding: vec![Shares::ZERO; outcomes],
        }
    }

    /// The account of a trader.
    pub fn account(&self, trader: usize) -> Option<&Account> {
        self.accounts.get(trader)
    }

    /// All accounts, in the roster's order.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The maker's money.
    pub fn maker_cash(&self) -> Cash {
        self.maker_cash
    }

    /// Shares that the maker would have to pay for, of each outcome.
    pub fn outstanding(&self) -> &[Shares] {
        &self.outstanding
    }

    /// All money there is. No event changes it.
    pub fn total_cash(&self) -> Cash {
        self.accounts.iter().map(|account| account.cash).sum::<Cash>() + self.maker_cash
    }

    /// The trader pays `cost` for `shares` and hands in `sets` complete sets. The caller has checked the purse.
    pub(super) fn exchange(&mut self, trader: usize, cost: Cash, shares: &[Shares], sets: Shares) {
        let account = &mut self.accounts[trader];
        account.cash = account.cash - cost + sets.payout();
        self.maker_cash = self.maker_cash + cost - sets.payout();
        for (outcome, &bought) in shares.iter().enumerate() {
            account.holdings[outcome] = account.holdings[outcome] + bought - sets;
            self.outstanding[outcome] = self.outstanding[outcome] + bought - sets;
        }
        debug_assert!(account.cash >= Cash::ZERO);
    }

    /// Takes all shares in and sets every account back to what it began with; the maker bears or gets the rest.
    pub(super) fn refund(&mut self, budgets: &[Cash]) {
        for (account, &budget) in self.accounts.iter_mut().zip(budgets) {
            self.maker_cash = self.maker_cash + account.cash - budget;
            account.cash = budget;
            account.holdings.fill(Shares::ZERO);
        }
        self.outstanding.fill(Shares::ZERO);
    }

    /// Pays one unit for each share of `outcome` and takes all shares in; returns each trader's payout.
    pub(super) fn pay_out(&mut self, outcome: usize) -> Vec<Cash> {
        let mut payouts = Vec::with_capacity(self.accounts.len());
        for account in &mut self.accounts {
            let payout = account.holdings[outcome].payout();
            account.cash += payout;
            self.maker_cash -= payout;
            account.holdings.fill(Shares::ZERO);
            payouts.push(payout);
        }
        self.outstanding.fill(Shares::ZERO);
        payouts
    }
}
