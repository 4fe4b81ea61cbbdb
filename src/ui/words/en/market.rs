//! Words of the market's rules: makers and guards, each with a sentence that says what it is for.

use crate::belief::{Guard, Sizing};
use crate::market::Maker;
use crate::ui::format;

/// The disclosure.
pub const TITLE: &str = "Market maker and guards";
/// The makers.
pub const MAKER: &str = "Market maker";
/// The guards.
pub const GUARD: &str = "Guard against an agent that misleads";
/// What guards are.
pub const GUARD_WHAT: &str = "Off unless you expect it: where nobody misleads, a guard costs a little of what the panel knows. The Lab shows how much.";
/// Other rules have none.
pub const GUARD_NEEDS_EVIDENCE: &str =
    "Guards work with evidence trades: choose them under the rules of the market";

/// A heading.
pub const FIGURES: &str = "How this market works";
/// A figure.
pub const DEPTH: &str = "Liquidity b";
/// A figure.
pub const RULE: &str = "Traders size by";
/// A figure.
pub const GUARD_SHORT: &str = "Guard";
/// A figure.
pub const STOPS: &str = "Stops";
/// A figure.
pub const SEED: &str = "Seed";
/// A figure.
pub const VOLUME: &str = "Money traded";
/// A figure.
pub const MAKER_LOSS: &str = "The maker can lose";

/// The question about trades that others than a trader ask.
pub const HOW_FAR: &str = "How far does an agent trade?";

/// How far an agent trades under a rule (mechanisms §3), for whoever wonders why it buys above what it believes, or stops
/// below.
pub fn how_far(sizing: &Sizing) -> &'static str {
    match sizing {
        Sizing::Evidence { .. } => {
            "Not simply to what it believes. It takes the price as what the others know and adds its own evidence to it, the \
             less the more evidence they share. So an agent that says 60\u{202f}% by itself may still buy at 70\u{202f}%. Later it trades \
             only on what has changed its mind, and never beyond its purse."
        }
        Sizing::Kelly { .. } | Sizing::Crra { .. } => {
            "Only part of the way from the price to what it believes: it risks a share of its purse, never all of it, and counts \
             what it already holds. So it stops while the price still differs from its belief."
        }
        Sizing::Cara { .. } => {
            "Only part of the way from the price to what it believes: it stops where a further gain is not worth the risk to it, \
             and counts what it already holds. Its purse may stop it sooner."
        }
        Sizing::RiskNeutral => {
            "To where the price says what it believes, or as far as its purse allows: in a deep market that may be far short of it."
        }
    }
}

/// When a run stops.
pub fn stops(epsilon: f64, rounds: u32) -> String {
    let rounds = if rounds == 1 { "1 round".to_owned() } else { format!("{rounds} rounds") };
    format!("below {} or after {rounds}", format::percent_fine(epsilon))
}

/// The name of a maker.
pub fn maker(maker: &Maker) -> &'static str {
    match maker {
        Maker::Lmsr => "Logarithmic rule (LMSR)",
        Maker::LsLmsr { .. } => "Liquidity-sensitive (LS-LMSR)",
        Maker::Cpmm => "Constant product (Maniswap)",
        Maker::Quadratic => "Quadratic rule",
        Maker::PmAmm => "pm-AMM",
    }
}

/// What a maker is for.
pub fn maker_what(maker: &Maker) -> &'static str {
    match maker {
        Maker::Lmsr => {
            "For almost everything: a known worst loss, exact attribution, and prices that are probabilities."
        }
        Maker::LsLmsr { .. } => {
            "For a market that should grow deeper as more is traded; it keeps a small margin, and the prices shown are normalised."
        }
        Maker::Cpmm => {
            "For a comparison with Manifold: the first trades move the price most, extreme prices are expensive to reach."
        }
        Maker::Quadratic => {
            "For Brier’s score in place of the logarithm: an outcome can be priced out entirely, at a bounded price."
        }
        Maker::PmAmm => {
            "For yes or no only: a pool that loses to informed traders at an even pace wherever the price stands."
        }
    }
}

/// Its name for tests.
pub fn maker_id(maker: &Maker) -> &'static str {
    match maker {
        Maker::Lmsr => "maker-lmsr",
        Maker::LsLmsr { .. } => "maker-ls-lmsr",
        Maker::Cpmm => "maker-cpmm",
        Maker::Quadratic => "maker-quadratic",
        Maker::PmAmm => "maker-pm-amm",
    }
}

/// The name of a guard.
pub fn guard(guard: &Guard) -> &'static str {
    match guard {
        Guard::None => "None",
        Guard::Trim => "Trim the extremes",
        Guard::Cap { .. } => "Cap everybody’s evidence",
        Guard::Robust => "Doubt the odd one out",
        Guard::Weights { .. } => "Learned weights",
    }
}

/// What a guard does.
pub fn guard_what(guard: &Guard) -> &'static str {
    match guard {
        Guard::None => "Every agent’s evidence counts alike.",
        Guard::Trim => {
            "The highest and the lowest voice are left out, outcome by outcome; the others speak for all. Needs three agents."
        }
        Guard::Cap { .. } => {
            "No agent’s evidence counts for more than one unit of log-odds: as much as a belief of 73\u{202f}% where 50\u{202f}% was expected."
        }
        Guard::Robust => {
            "A reader who thinks that one agent may mislead, without knowing which, weighs all words: whoever fits nobody \
             else counts little. Two answers only; needs three agents."
        }
        Guard::Weights { .. } => "Each agent’s evidence counts as resolved questions taught.",
    }
}

/// Its name for tests.
pub fn guard_id(guard: &Guard) -> &'static str {
    match guard {
        Guard::None => "guard-none",
        Guard::Trim => "guard-trim",
        Guard::Cap { .. } => "guard-cap",
        Guard::Robust => "guard-robust",
        Guard::Weights { .. } => "guard-weights",
    }
}

/// Weights that came with a set-up.
pub fn weights(weights: &[f64]) -> String {
    let each: Vec<String> = weights.iter().map(|weight| format::decimal(*weight)).collect();
    format!("Weights in roster order: {}", each.join(", "))
}

/// One agent stands far from all others.
pub fn lone_voice(agent: &str) -> String {
    format!(
        "{agent} stands far from all others. It may know more; if it may mislead, run again with a guard: on Ask, under \
         “{TITLE}”, trim the extremes or cap everybody’s evidence."
    )
}
