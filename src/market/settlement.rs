//! What settling a market pays. Which outcome happened, and who says so, is the run's business.

use super::quantity::Cash;

/// The result of paying every share of the outcome that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What each trader's shares paid, in the roster's order.
    pub payouts: Vec<Cash>,
    /// The maker's money afterwards: its subsidy less what the panel earned.
    pub maker_cash: Cash,
}
