//! Words for kinds of agents and for rules: the same on every page.

use crate::belief::{Sizing, TraderKind};
use crate::run::AgentKind;
use crate::ui::draft::SizingRule;

/// A person.
pub const PERSON: &str = "person";

/// The name of a kind of simulated trader.
pub fn trader(kind: TraderKind) -> &'static str {
    match kind {
        TraderKind::Bayesian => "Bayesian",
        TraderKind::Noisy => "Noisy",
        TraderKind::Overconfident => "Overconfident",
        TraderKind::Underconfident => "Underconfident",
        TraderKind::Herding => "Herding",
        TraderKind::Contrarian => "Contrarian",
        TraderKind::Manipulator => "Manipulator",
        TraderKind::Copycat => "Copycat",
        TraderKind::Random => "Random",
    }
}

/// What such a trader does.
pub fn trader_what(kind: TraderKind) -> &'static str {
    match kind {
        TraderKind::Bayesian => "Reads its signals exactly right",
        TraderKind::Noisy => "Misreads its signals and does not know it",
        TraderKind::Overconfident => "Takes its signals for twice the evidence they are",
        TraderKind::Underconfident => "Takes its signals for half the evidence they are",
        TraderKind::Herding => "Moves half-way to the price",
        TraderKind::Contrarian => "Leans away from the price",
        TraderKind::Manipulator => "Knows the truth and claims another",
        TraderKind::Copycat => "Repeats its neighbour",
        TraderKind::Random => "Says anything",
    }
}

/// What an agent is, in a few words.
pub fn kind(kind: &AgentKind) -> String {
    match kind {
        AgentKind::Simulated { trader: which } => format!("simulated · {}", trader(*which)),
        AgentKind::Model { model, .. } => model.clone(),
        AgentKind::Person => PERSON.to_owned(),
    }
}

/// The name of a sizing rule.
pub fn sizing(rule: SizingRule) -> &'static str {
    match rule {
        SizingRule::Evidence => "Evidence trade",
        SizingRule::Kelly => "Fractional Kelly",
        SizingRule::Cara => "Constant risk aversion",
        SizingRule::RiskNeutral => "Risk-neutral",
        SizingRule::Crra => "Relative risk aversion",
    }
}

/// One sentence on what the rule does.
pub fn sizing_what(rule: SizingRule) -> &'static str {
    match rule {
        SizingRule::Evidence => {
            "Each agent adds only its own evidence to the price, discounted for what the panel shares: the best rule in \
             our simulations."
        }
        SizingRule::Kelly => {
            "Each agent bets a fraction of its purse for long-run growth: the classic rule, and worse than plain averaging \
             in our simulations."
        }
        SizingRule::Cara => {
            "Each agent trades until the risk is no longer worth it to it, whatever its purse."
        }
        SizingRule::RiskNeutral => "Each agent pushes the price to its belief as far as its purse reaches.",
        SizingRule::Crra => {
            "Each agent risks a share of its purse, the smaller the more risk-averse it is: 1 is Kelly, 4 is about a quarter of it."
        }
    }
}

/// The name of the rule's number.
pub fn sizing_number(rule: SizingRule) -> Option<&'static str> {
    match rule {
        SizingRule::Evidence => Some("Shared evidence ρ, 0 to 1"),
        SizingRule::Kelly => Some("Fraction λ, above 0 to 1"),
        SizingRule::Cara => Some("Risk tolerance, in play money"),
        SizingRule::RiskNeutral => None,
        SizingRule::Crra => Some("Risk aversion γ, 0.1 to 50"),
    }
}

/// A run's rule, in a few words.
pub fn sizing_of(rule: &Sizing) -> String {
    match rule {
        Sizing::Evidence { rho } => format!("evidence trade, ρ = {rho}"),
        Sizing::Kelly { fraction } => format!("Kelly, λ = {fraction}"),
        Sizing::Cara { tolerance } => format!("constant risk aversion, τ = {tolerance}"),
        Sizing::RiskNeutral => "risk-neutral".to_owned(),
        Sizing::Crra { gamma } => format!("relative risk aversion, γ = {gamma}"),
    }
}
