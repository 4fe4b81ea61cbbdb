//! The run's limits on calls, tokens and money, kept while several calls are under way: the most that a call can use
//! is set aside before it is sent, so no limit is ever passed. It does not know what the calls are for.

use super::timings::Timings;
use crate::aggregate::{call_price, call_tokens, spending};
use crate::run::{CallRecord, FailureKind, Run, StopRules, TokenPrice};

/// Calls, tokens and money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Requests sent, transport retries and repairs included.
    pub calls: u32,
    /// Tokens read and written; where a server does not count them, the most that it can have been.
    pub tokens: u64,
    /// Money, in millionths of a US dollar.
    pub cost_micro_usd: u64,
}

impl Spent {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_add(other.calls),
            tokens: self.tokens.saturating_add(other.tokens),
            cost_micro_usd: self.cost_micro_usd.saturating_add(other.cost_micro_usd),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(other.calls),
            tokens: self.tokens.saturating_sub(other.tokens),
            cost_micro_usd: self.cost_micro_usd.saturating_sub(other.cost_micro_usd),
        }
    }

    /// The most that one call can use: a token is at least one byte of what is sent.
    pub fn bound(request_bytes: usize, max_tokens: u32, price: Option<TokenPrice>) -> Self {
        Self::used(request_bytes as u64, u64::from(max_tokens), price)
    }

    /// What one call used.
    pub fn used(tokens_read: u64, tokens_written: u64, price: Option<TokenPrice>) -> Self {
        let cost_micro_usd = price.map_or(0, |price| price.cost_micro_usd(tokens_read, tokens_written));
        Self { calls: 1, tokens: tokens_read.saturating_add(tokens_written), cost_micro_usd }
    }
}

/// What one call used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// As the limits count it: never less than it was.
    pub booked: Spent,
    /// As it most likely was.
    pub likely: Spent,
    /// Whether the server counted the tokens.
    pub counted: bool,
}

/// The limit that leaves no room for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitReached {
    /// The number of calls.
    #[error(
        "The run's limit of {0} calls leaves no room for this one. Raise it and run again, or ask fewer agents."
    )]
    Calls(u32),
    /// The number of tokens.
    #[error(
        "The run's limit of {0} tokens leaves no room for this call. Raise it and run again, shorten the background, or \
         lower the agents' own limit."
    )]
    Tokens(u64),
    /// The money.
    #[error("The run's limit of ${:.4} leaves no room for this call. Raise it and run again.", *.0 as f64 / 1e6)]
    Cost(u64),
}

impl LimitReached {
    /// The kind of failure that it is to the agent that would have called.
    pub fn failure_kind(self) -> FailureKind {
        match self {
            Self::Calls(_) => FailureKind::CallLimit,
            Self::Tokens(_) => FailureKind::TokenLimit,
            Self::Cost(_) => FailureKind::CostLimit,
        }
    }
}

/// Keeps the books.
#[derive(Clone, Debug)]
pub struct Limits {
    stop: StopRules,
    spent: Spent,
    reserved: Spent,
}

impl Limits {
    /// The limits of a run in which so much was spent before.
    pub fn new(stop: &StopRules, spent: Spent) -> Self {
        Self { stop: stop.clone(), spent, reserved: Spent::default() }
    }

    /// What a resumed run has spent: what its log says, answers that are not in the log yet, and attempts that no log
    /// counts. Where no server counted, the likely figure.
    pub fn earlier(run: &Run, unlogged: &[CallRecord], timings: &Timings) -> Spent {
        let logged = spending(run);
        let logged =
            Spent { calls: logged.calls, tokens: logged.tokens, cost_micro_usd: logged.cost_micro_usd };
        let spent = unlogged.iter().filter(|call| call.reused.is_none()).fold(logged, |spent, call| {
            let tokens = call_tokens(call);
            spent.plus(Spent::used(tokens.read, tokens.written, call_price(run.spec(), call)))
        });
        Spent { calls: spent.calls.max(timings.attempts()), ..spent }
    }

    /// Whether a part of that is not counted by a server.
    pub fn is_estimated(run: &Run, unlogged: &[CallRecord]) -> bool {
        spending(run).estimated || unlogged.iter().any(|call| !call_tokens(call).counted)
    }

    /// What is spent; what is set aside comes on top.
    pub fn spent(&self) -> Spent {
        self.spent
    }

    /// Sets `bound` aside for a call that is about to be sent.
    ///
    /// # Errors
    /// The limit that it could pass; then nothing is set aside and the call must not be sent.
    pub fn reserve(&mut self, bound: Spent) -> Result<(), LimitReached> {
        let after = self.spent.plus(self.reserved).plus(bound);
        if let Some(most) = self.stop.max_calls.filter(|&most| after.calls > most) {
            return Err(LimitReached::Calls(most));
        }
        if let Some(most) = self.stop.max_tokens.filter(|&most| after.tokens > most) {
            return Err(LimitReached::Tokens(most));
        }
        if let Some(most) = self.stop.max_cost_micro_usd.filter(|&most| after.cost_micro_usd > most) {
            return Err(LimitReached::Cost(most));
        }
        self.reserved = self.reserved.plus(bound);
        Ok(())
    }

    /// Books what a call really used in place of what was set aside for it.
    pub fn settle(&mut self, bound: Spent, used: Spent) {
        self.reserved = self.reserved.minus(bound);
        self.spent = self.spent.plus(used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(calls: Option<u32>, tokens: Option<u64>, cost: Option<u64>) -> Limits {
        let stop = StopRules {
            epsilon: 0.01,
            max_rounds: 1,
            max_calls: calls,
            max_tokens: tokens,
            max_cost_micro_usd: cost,
            max_seconds: None,
        };
        Limits::new(&stop, Spent::default())
    }

    #[test]
    fn what_is_set_aside_cannot_be_spent_twice() {
        let price = Some(TokenPrice { input_micro_usd: 1_000_000, output_micro_usd: 2_000_000 });
        let bound = Spent::bound(100, 50, price);
        assert_eq!(bound, Spent { calls: 1, tokens: 150, cost_micro_usd: 200 });
        for (mut limits, expected) in [
            (limits(Some(2), None, None), LimitReached::Calls(2)),
            (limits(None, Some(449), None), LimitReached::Tokens(449)),
            (limits(None, None, Some(599)), LimitReached::Cost(599)),
        ] {
            assert_eq!([limits.reserve(bound), limits.reserve(bound)], [Ok(()), Ok(())]);
            assert_eq!(limits.reserve(bound), Err(expected));
            // The first call was cheaper than feared: tokens and money are free again, its call is not.
            limits.settle(bound, Spent::used(10, 5, price));
            assert_eq!(limits.reserve(bound).is_ok(), !matches!(expected, LimitReached::Calls(_)));
        }
    }
}
