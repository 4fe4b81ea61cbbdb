//! Words of the lab.

use crate::lab::{Figure, Kind, Lab, Method};
use crate::ui::format;

/// The page's heading.
pub const TITLE: &str = "Lab";
/// What it is.
pub const LEAD: &str = "Which way to combine a panel finds most of the truth? Here the truth is known: thousands of made-up worlds are \
     drawn, each member of a panel sees a noisy signal of it, and every method is measured against the best that anybody \
     could do with all honest signals. No model is called.";
/// The form's heading.
pub const PANEL: &str = "The panel";
/// Members.
pub const TRADERS: &str = "Members";
/// What most of them are.
pub const KIND: &str = "Most of them are";
/// The others.
pub const LIARS: &str = "How many are something else";
/// What the others are.
pub const LIAR: &str = "They are";
/// ρ.
pub const RHO: &str = "Shared errors ρ";
/// What ρ is.
pub const RHO_HINT: &str =
    "0: each errs alone. Different language models: about 0.6. One model in several roles: about 0.95";
/// d′.
pub const STRENGTH: &str = "Strength of a signal d′";
/// What d′ is.
pub const STRENGTH_HINT: &str = "How far a signal sets yes and no apart, in standard deviations: 0.1 to 4";
/// Money.
pub const MONEY: &str = "Money against the market’s depth";
/// What money does.
pub const MONEY_HINT: &str = "Little money bounds what one member can move, liars and honest ones alike";
/// The choices of money.
pub const MONEY_CHOICES: [&str; 4] =
    ["Plenty: purses never bind", "Much", "Some", "Little: purses often bind"];
/// Worlds.
pub const WORLDS: &str = "Worlds";
/// Seed.
pub const SEED: &str = "Seed";
/// What the seed is for.
pub const SEED_HINT: &str =
    "The same seed gives the same figures, to the last bit, here and on the command line";
/// Starts.
pub const RUN: &str = "Run the experiment";
/// Ends it early.
pub const CANCEL: &str = "Cancel";
/// Before the first experiment.
pub const EMPTY: &str = "No experiment yet. Press the button: ten thousand worlds take a few seconds.";
/// After Cancel.
pub const CANCELLED: &str = "Cancelled. The figures below are from the worlds that were done.";
/// The result's heading.
pub const RESULT: &str = "What each method finds";
/// The unit.
pub const RESULT_WHAT: &str = "Efficiency: 0 is one member alone, 100\u{202f}% is a reader of all honest signals; below 0 is worse than one member alone. \
     Whiskers are two standard errors";
/// Columns of the table.
pub const METHOD: &str = "Method";
/// Efficiency.
pub const EFFICIENCY: &str = "Efficiency";
/// Standard error.
pub const STDERR: &str = "± error";
/// Brier.
pub const BRIER: &str = "Brier";
/// What stands below the table.
pub const NATIVE: &str =
    "The tables of the documentation come from the same engine, natively: ./bench efficiency";
/// The worker failed.
pub const BROKEN: &str = "The experiment could not go on: ";
/// What to do.
pub const BROKEN_NEXT: &str = " Load the page again; without the network, visit it once with it.";

/// The name of a kind of member.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bayesian => "right about their signal",
        Kind::Noisy => "noisy: misread it at random",
        Kind::Overconfident => "over-confident: take it for twice the evidence",
        Kind::Underconfident => "under-confident: take it for half the evidence",
        Kind::Herding => "herding: go half-way to the others",
        Kind::Contrarian => "contrarian: lean away from the others",
        Kind::Manipulator => "manipulators: always say 99\u{202f}%",
        Kind::Colluding => "colluding: share signals, each says the sum",
        Kind::Sybil => "sybils: one person under several names",
        Kind::Copycat => "copycats: repeat the member before",
        Kind::Random => "random: say anything",
    }
}

/// The name of a method.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Single => "One member alone",
        Method::Mean => "Mean",
        Method::Median => "Median",
        Method::LogPool => "Log pool",
        Method::Extremised => "Extremised pool",
        Method::Majority => "Majority",
        Method::HalfKelly => "Half-Kelly market",
        Method::Evidence => "Evidence market",
        Method::EvidenceUnit => "… ρ ignored",
        Method::EvidenceLearned => "… weights learned",
        Method::EvidenceTrim => "… extremes trimmed",
        Method::EvidenceCap => "… evidence capped",
        Method::EvidenceRobust => "… outliers doubted",
        Method::MakerTrader => "Maker–trader",
    }
}

/// An efficiency.
pub fn efficiency(value: f64) -> String {
    let percent = (value * 100.0).round();
    let sign = if percent < 0.0 { "−" } else { "" };
    format!("{sign}{}\u{202f}%", percent.abs())
}

/// How far the experiment is.
pub fn progress(done: u32, worlds: u32) -> String {
    format!("{} of {} worlds", format::count(u64::from(done)), format::count(u64::from(worlds)))
}

/// What the figures show, in one plain sentence.
pub fn lesson(lab: &Lab, figures: &[Figure]) -> String {
    if lab.honest() < 2 {
        return "With one honest member there is nothing to combine: it alone knows all that can be known."
            .into();
    }
    let of =
        |method: Method| figures.iter().find(|figure| figure.method == method).map_or(0.0, |f| f.efficiency);
    let combined = figures.iter().filter(|figure| figure.method != Method::Single);
    let Some(best) = combined.max_by(|a, b| a.efficiency.total_cmp(&b.efficiency)) else {
        return String::new();
    };
    let (evidence, mean) = (of(Method::Evidence), of(Method::Mean));
    let best_name = method(best.method).trim_start_matches("… ");
    if lab.liars > 0 && lab.liar != lab.kind && evidence < 0.5 {
        let worse =
            if evidence < 0.0 { "worse than one member alone" } else { "little more than one member alone" };
        return format!(
            "{} of {} mislead, and the unguarded evidence market ends {worse} ({}); best of all is “{best_name}” with {}.",
            lab.liars,
            lab.traders,
            efficiency(evidence),
            efficiency(best.efficiency),
        );
    }
    let better = best.efficiency - 2.0 * best.stderr > evidence;
    let end = if better {
        format!("best of all is “{best_name}” with {}", efficiency(best.efficiency))
    } else {
        "no other way is measurably better".to_owned()
    };
    format!(
        "The evidence market finds {} of what could be known, the plain mean {}, a half-Kelly market {}; {end}.",
        efficiency(evidence),
        efficiency(mean),
        efficiency(of(Method::HalfKelly)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::efficiency::run;
    use crate::prng::Seed;

    #[test]
    fn the_sentence_says_what_the_figures_show() {
        let honest = Lab {
            seed: Seed::new(1),
            worlds: 2_000,
            traders: 5,
            strength: 1.0,
            rho: 0.0,
            kind: Kind::Bayesian,
            liars: 0,
            liar: Kind::Manipulator,
            prior_share: 0.01,
        };
        let sentence = |lab: &Lab| lesson(lab, &run(*lab).unwrap());
        assert!(
            sentence(&honest).contains("finds 100\u{202f}% of what could be known"),
            "{}",
            sentence(&honest)
        );
        let liar = Lab { liars: 1, ..honest };
        assert!(sentence(&liar).contains("worse than one member alone"), "{}", sentence(&liar));
        let alone = Lab { liars: 4, ..honest };
        assert!(sentence(&alone).contains("nothing to combine"));
        assert_eq!(efficiency(-0.123), "−12\u{202f}%");
    }
}
