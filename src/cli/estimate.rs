//! What an evaluation may take, in words, before it begins, and the limits that hold while it runs. The figures are
//! `session::reckoning`'s; how long a call takes nobody knows before, so the time is for a range of that.

use std::cell::Cell;

use indicatif::HumanCount;

use super::CliError;
use super::arguments::EvaluateArguments;
use crate::agents::Estimate;
use crate::aggregate::spending;
use crate::run::Run;

/// What a call may take, in seconds: a short answer of a quick server, a long one of a slow server.
const CALL_SECONDS: (u64, u64) = (1, 15);

/// The limits of one start, and what it has used.
#[derive(Debug, Default)]
pub(super) struct Budget {
    most_calls: Option<u64>,
    most_micro_usd: Option<u64>,
    calls: Cell<u64>,
    micro_usd: Cell<u64>,
}

impl Budget {
    /// The limits that the arguments set.
    ///
    /// # Errors
    /// Money that is no amount.
    pub(super) fn of(arguments: &EvaluateArguments) -> Result<Self, CliError> {
        let money = arguments.max_cost.map(|dollars| {
            let is_amount = dollars.is_finite() && (0.0..=1e9).contains(&dollars);
            let problem = || CliError::Usage("--max-cost is an amount in US dollars, as in 2.50".to_owned());
            is_amount.then(|| (dollars * 1e6).round() as u64).ok_or_else(problem)
        });
        Ok(Self { most_calls: arguments.max_calls, most_micro_usd: money.transpose()?, ..Self::default() })
    }

    /// Refuses a start that must break a limit.
    ///
    /// # Errors
    /// Which limit, and by how much.
    pub(super) fn allows(&self, estimate: &Estimate) -> Result<(), CliError> {
        if let Some(most) = self.most_calls.filter(|&most| estimate.calls.0 > most) {
            return Err(CliError::Usage(format!(
                "this takes at least {} calls, and --max-calls is {most}: nothing was asked",
                estimate.calls.0
            )));
        }
        if let Some(most) = self.most_micro_usd.filter(|&most| estimate.cost_micro_usd.0 > most) {
            return Err(CliError::Usage(format!(
                "this takes at least {}, and --max-cost is {}: nothing was asked",
                money(estimate.cost_micro_usd.0),
                money(most)
            )));
        }
        if self.most_micro_usd.is_some() && !estimate.unpriced.is_empty() {
            return Err(CliError::Usage(format!(
                "--max-cost cannot be kept: the panel's set-up has no price for {}",
                estimate.unpriced.join(", ")
            )));
        }
        Ok(())
    }

    /// Counts what a run has used; kept replies cost nothing.
    pub(super) fn add(&self, run: &Run) {
        let spent = spending(run);
        self.calls.set(self.calls.get().saturating_add(u64::from(spent.calls)));
        self.micro_usd.set(self.micro_usd.get().saturating_add(spent.cost_micro_usd));
    }

    /// Whether no further question may begin. Those under way are finished.
    pub(super) fn is_spent(&self) -> bool {
        self.most_calls.is_some_and(|most| self.calls.get() >= most)
            || self.most_micro_usd.is_some_and(|most| self.micro_usd.get() >= most)
    }
}

/// The estimate as a person reads it before the start.
pub(super) fn words(estimate: Option<&Estimate>, questions: usize, places: usize) -> String {
    if questions == 0 {
        return "every question is done: nothing is to be asked".to_owned();
    }
    let Some(estimate) = estimate else {
        return format!("{questions} questions to go: simulated traders, so no calls and no money");
    };
    let range =
        |(low, high): (u64, u64), word: &dyn Fn(u64) -> String| format!("{} to {}", word(low), word(high));
    let seconds = |calls: u64, each: u64| calls.saturating_mul(each).div_ceil(places.max(1) as u64);
    let time = (seconds(estimate.calls.0, CALL_SECONDS.0), seconds(estimate.calls.1, CALL_SECONDS.1));
    let mut lines = vec![
        format!("{questions} questions to go; at least and at most, without retries after errors:"),
        format!("calls   {}", range(estimate.calls, &|number| HumanCount(number).to_string())),
        format!("tokens  {}", range(estimate.tokens, &|number| HumanCount(number).to_string())),
    ];
    if estimate.priced {
        lines.push(format!("money   {}", range(estimate.cost_micro_usd, &money)));
    }
    if !estimate.unpriced.is_empty() {
        lines.push(format!("money   no price is known for {}", estimate.unpriced.join(", ")));
    }
    lines.push(format!(
        "time    {}, with {places} calls at once of {} to {} s each",
        range(time, &duration),
        CALL_SECONDS.0,
        CALL_SECONDS.1
    ));
    lines.join("\n")
}

fn money(micro_usd: u64) -> String {
    format!("${:.4}", micro_usd as f64 / 1e6)
}

fn duration(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_in_words() {
        let estimate = Estimate {
            calls: (24, 4_800),
            tokens: (9_000, 1_234_567),
            cost_micro_usd: (10_000, 2_500_000),
            unpriced: vec!["m".to_owned()],
            priced: true,
        };
        let words = words(Some(&estimate), 12, 4);
        for part in [
            "12 questions",
            "24 to 4,800",
            "9,000 to 1,234,567",
            "$0.0100 to $2.5000",
            "no price is known for m",
            "6 s to 5 h, with 4 calls",
        ] {
            assert!(words.contains(part), "{part} is not in\n{words}");
        }
    }
}
