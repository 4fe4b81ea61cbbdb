//! Diagnostics of a path in plain words, in German: whether it came to rest, how straight it went, and whether it moved
//! more than it learnt. Each is a name, a finding and what the finding means.

use super::events::percentage_points as unsigned;
use crate::aggregate::diagnostics::Diagnostics;
use crate::ui::format;
use crate::ui::words::en::why_rest::{ANCHORED, JUMPY, WINDING};
pub use crate::ui::words::en::why_rest::{Finding, STILL};

/// Every finding of a path; `wanted` is the furthest that anybody still wanted to move it, `epsilon` what counts as
/// rest, and `still` how near to each other the last three have to be.
pub fn findings(found: &Diagnostics, wanted: Option<(f64, f64)>, still: f64) -> Vec<Finding> {
    let finding = |name, figure, meaning, good| Finding { name, figure, meaning, good };
    let mut list = Vec::new();
    if let Some((wanted, epsilon)) = wanted {
        let rest = wanted < epsilon;
        list.push(finding(
            "Weiteste Bewegung, die noch jemand wollte",
            unsigned(wanted),
            if rest {
                "Niemand würde dafür zahlen, den Preis weiter zu bewegen: Er ist zur Ruhe gekommen."
            } else {
                "Jemand hätte den Preis noch bewegt: Der Lauf endete, bevor er zur Ruhe kam."
            },
            rest,
        ));
    }
    if let Some(range) = found.range_of_last_three {
        let near = range <= still;
        list.push(finding(
            "Spannweite der letzten drei Preise",
            unsigned(range),
            match (found.straddles, near) {
                (true, _) => "Sie liegen beiderseits der Hälfte: Noch änderte sich die Antwort selbst.",
                (false, true) => "Sie liegen nahe beieinander.",
                (false, false) => "Sie liegen auseinander: Der Preis war noch unterwegs.",
            },
            near && !found.straddles,
        ));
    }
    list.push(finding(
        "Seitenwechsel",
        found.sign_changes.to_string(),
        match found.sign_changes {
            0 => "Der Preis blieb die ganze Zeit auf derselben Seite der Hälfte.",
            1 => "Die Antwort hat einmal gewechselt.",
            _ => "Die Antwort hat mehrmals gewechselt.",
        },
        found.sign_changes <= 1,
    ));
    let winding = found.path_length > WINDING * found.net_move.max(0.01);
    list.push(finding(
        "Abstand von Anfang und Ende, gemessen am ganzen Weg",
        format!(
            "{} von insgesamt {}",
            unsigned(found.net_move),
            format::points(found.path_length).trim_start_matches('+')
        ),
        if winding {
            "Gemessen an dem, was er vorankam, ging der Preis viel hin und her."
        } else {
            "Der Preis ging ziemlich geradeaus."
        },
        !winding,
    ));
    list.push(movement(found));
    list
}

fn movement(found: &Diagnostics) -> Finding {
    let name = "Bewegung im Verhältnis zum Gelernten";
    match found.excess() {
        None => Finding {
            name,
            figure: "–".to_owned(),
            meaning: "Am Ende war nichts gewisser als am Anfang, also gibt es nichts, womit sich die Bewegung vergleichen ließe.",
            good: false,
        },
        Some(ratio) => Finding {
            name,
            figure: format!("{}×", format::decimal(ratio)),
            meaning: if ratio > JUMPY {
                "Der Preis bewegte sich viel mehr, als es bei sorgfältigem Denken für das Gelernte nötig wäre: eine \
                 Überreaktion, oder Rauschen."
            } else if ratio < ANCHORED {
                "Der Preis bewegte sich weniger, als er es bei sorgfältigem Denken für das Gelernte täte: Vielleicht hängt \
                 er noch an seinem Anfang."
            } else {
                "Der Preis bewegte sich etwa so viel, wie gelernt wurde; so ist es bei sorgfältigem Denken im Mittel."
            },
            good: (ANCHORED..=JUMPY).contains(&ratio),
        },
    }
}
