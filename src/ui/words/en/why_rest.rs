//! Diagnostics of a path in plain words: whether it came to rest, how straight it went, and whether it moved more than
//! it learnt. Each is a name, a finding and what the finding means.

use super::watch::points;
use crate::aggregate::diagnostics::Diagnostics;
use crate::ui::format;

/// Last three prices this near to each other have come to rest, where the protocol has no measure of its own.
pub const STILL: f64 = 0.05;
/// Movement over learning beyond which a path over-reacts …
pub(crate) const JUMPY: f64 = 2.0;
/// … and below which it is held back.
pub(crate) const ANCHORED: f64 = 0.5;
/// A path this many times as long as the way it made went back and forth.
pub(crate) const WINDING: f64 = 3.0;

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What was measured.
    pub name: &'static str,
    /// The figure.
    pub figure: String,
    /// What it means.
    pub meaning: &'static str,
    /// Whether it is what one hopes for.
    pub good: bool,
}

/// Every finding of a path; `wanted` is the furthest that anybody still wanted to move it, `epsilon` what counts as
/// rest, and `still` how near to each other the last three have to be.
pub fn findings(found: &Diagnostics, wanted: Option<(f64, f64)>, still: f64) -> Vec<Finding> {
    let finding = |name, figure, meaning, good| Finding { name, figure, meaning, good };
    let mut list = Vec::new();
    if let Some((wanted, epsilon)) = wanted {
        let rest = wanted < epsilon;
        list.push(finding(
            "The furthest anybody still wanted to go",
            unsigned(wanted),
            if rest {
                "Nobody would pay to move it further: it is at rest."
            } else {
                "Somebody would still have moved it: it ended before it was at rest."
            },
            rest,
        ));
    }
    if let Some(range) = found.range_of_last_three {
        let near = range <= still;
        list.push(finding(
            "Range of the last three prices",
            unsigned(range),
            match (found.straddles, near) {
                (true, _) => "They lie on both sides of one half: the answer itself was still changing.",
                (false, true) => "They lie close together.",
                (false, false) => "They lie apart: it was still on its way.",
            },
            near && !found.straddles,
        ));
    }
    list.push(finding(
        "Times it changed sides",
        found.sign_changes.to_string(),
        match found.sign_changes {
            0 => "It stayed on one side of one half all the way.",
            1 => "It changed its mind once.",
            _ => "It changed its mind again and again.",
        },
        found.sign_changes <= 1,
    ));
    let winding = found.path_length > WINDING * found.net_move.max(0.01);
    list.push(finding(
        "Way made, of the way gone",
        format!("{} of {}", unsigned(found.net_move), unsigned(found.path_length)),
        if winding {
            "It went back and forth a lot for the way it made."
        } else {
            "It went fairly straight."
        },
        !winding,
    ));
    list.push(movement(found));
    list
}

fn movement(found: &Diagnostics) -> Finding {
    let name = "Movement against what was learnt";
    match found.excess() {
        None => Finding {
            name,
            figure: "–".to_owned(),
            meaning: "It ended no surer than it began, so there is nothing to compare its movement with.",
            good: false,
        },
        Some(ratio) => Finding {
            name,
            figure: format!("{}×", format::decimal(ratio)),
            meaning: if ratio > JUMPY {
                "It moved much more than a careful reasoner would for what it learnt: over-reaction, or noise."
            } else if ratio < ANCHORED {
                "It moved less than a careful reasoner's price would for what it learnt: it may hold on to where it began."
            } else {
                "It moved about as much as it learnt, as a careful reasoner's price does on average."
            },
            good: (ANCHORED..=JUMPY).contains(&ratio),
        },
    }
}

/// Points without a sign.
fn unsigned(change: f64) -> String {
    points(change).trim_start_matches('+').to_owned()
}
