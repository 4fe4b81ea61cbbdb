//! Words of the page that lays two evaluations side by side, in German.

use super::evaluate::{asked, method};
use crate::evaluate::contrast::{Contrast, Difference, Pairing};
use crate::evaluate::report::FEWEST_FOR_A_WINNER;
use crate::evaluate::statistics::LEVEL;
use crate::ui::format;

/// Leads there.
pub const CONTRAST: &str = "Zwei Auswertungen vergleichen";
/// The page's heading.
pub const CONTRAST_TITLE: &str = "Zwei Auswertungen nebeneinander";
/// What it is for.
pub const CONTRAST_LEAD: &str = "Was anders eingerichtet war, wie jedes Verfahren in beiden abschneidet, ob der Unterschied mehr ist als Zufall und \
     bei welchen Fragen sich etwas geändert hat.";
/// The sides.
pub const CONTRAST_SIDES: [&str; 2] = ["Erste", "Zweite"];
/// Nothing is chosen.
pub const CONTRAST_CHOOSE: &str = "Auswertung wählen";
/// Changes sides.
pub const CONTRAST_SWAP: &str = "Seiten tauschen";
/// While one is read.
pub const CONTRAST_READING: &str = "Die Auswertungen werden gelesen…";
/// While intervals are drawn.
pub const CONTRAST_WORKING: &str = "Die Unterschiede werden berechnet…";
/// There are too few.
pub const CONTRAST_EMPTY: &str = "Es gibt noch keine zwei Auswertungen, die sich vergleichen ließen";
/// What to do.
pub const CONTRAST_EMPTY_WHAT: &str = "Werten Sie dieselben Fragen zweimal aus, mit einem anderen Panel oder anderen Regeln, oder öffnen Sie eine \
     Ergebnisdatei oder einen Link.";
/// Leads there.
pub const CONTRAST_EMPTY_NEXT: &str = "Eine Auswertung einrichten";
/// It is gone.
pub const CONTRAST_GONE: &str = "Diese Auswertung ist nicht mehr auf diesem Gerät. Wählen Sie eine andere.";
/// Both are one.
pub const CONTRAST_SAME: &str =
    "Auf beiden Seiten steht dieselbe Auswertung: Wählen Sie eine andere, um einen Unterschied zu sehen.";
/// One that came as a file.
pub const CONTRAST_FILE: &str = "aus einer Datei";
/// One that came in a link.
pub const CONTRAST_LINK: &str = "aus einem Link";

/// Over the sentences.
pub const CONTRAST_SHOWS: &str = "Was der Vergleich zeigt";
/// Over the table of methods.
pub const CONTRAST_METHODS: &str = "Jedes Verfahren in beiden";
/// How to read it.
pub const CONTRAST_METHODS_WHAT: &str = "Unterschiede sind zweite minus erste, mit 95-%-Intervallen aus 2.000 neu gezogenen Fragesätzen; bei Brier heißt \
     ein positiver, dass die zweite besser ist. „Echt“ heißt: Das p der Genauigkeit liegt nach Holms Korrektur für alle \
     Verfahren unter 0,05, bei mindestens 30 Fragen; alles andere kann Zufall sein.";
/// What each difference is worth.
pub const CONTRAST_VERDICT: &str = "Urteil";
/// Its columns but for the method and that.
pub const CONTRAST_COLUMNS: [&str; 8] = [
    "Genauigkeit: erste",
    "zweite",
    "Unterschied",
    "Brier: erste",
    "zweite",
    "kleiner um",
    "gewonnen : verloren",
    "p nach Holm",
];
/// No method is in both.
pub const CONTRAST_NO_METHOD: &str = "Kein Verfahren hat in beiden Antworten.";
/// Over the set-ups.
pub const CONTRAST_SET_UP: &str = "Was anders eingerichtet war";
/// A row.
pub const CONTRAST_SAMPLE: &str = "Anzahl der Fragen";
/// A row.
pub const CONTRAST_DIGEST: &str = "Prüfsumme der Fragen";
/// A row.
pub const CONTRAST_TEXTS: &str = "Rollen, Belege oder Prompts";
/// What stands in it.
pub const CONTRAST_OTHER_TEXTS: &str = "andere als auf der anderen Seite (ein Link enthält sie nicht)";
/// What is not known.
pub const CONTRAST_UNKNOWN: &str = "nicht bekannt";
/// Over the list of questions.
pub const CONTRAST_CHANGES: &str = "Fragen, bei denen sich etwas geändert hat";
/// No question changed.
pub const CONTRAST_NO_CHANGE: &str =
    "Bei diesem Verfahren wurde keine Frage von richtig zu falsch oder umgekehrt.";
/// A question.
pub const CONTRAST_GAINED: &str = "In der ersten falsch, in der zweiten richtig";
/// A question.
pub const CONTRAST_LOST: &str = "In der ersten richtig, in der zweiten falsch";

/// What the two share.
pub fn contrast_shared(pairing: &Pairing, has_answers: bool) -> String {
    if !has_answers {
        return "Eine der beiden enthält nur die Zahlen: Sie stehen nebeneinander, und prüfen lässt sich nichts.".to_owned();
    }
    let mut parts = vec![if pairing.pairs.is_empty() {
        "Sie haben keine Frage gemeinsam, darum wird die ganze erste mit der ganzen zweiten verglichen."
            .to_owned()
    } else {
        format!("Beide stellten {}; verglichen wird Frage für Frage.", asked(pairing.pairs.len()))
    }];
    let only = [(pairing.only_first, "nur in der ersten"), (pairing.only_second, "nur in der zweiten")];
    let only = only.into_iter().filter(|&(count, _)| count > 0);
    let only: Vec<String> = only.map(|(count, side)| format!("{} {side}", asked(count))).collect();
    if !only.is_empty() && !pairing.pairs.is_empty() {
        parts.push(format!("Nicht mitgezählt: {}.", only.join(", ")));
    }
    if pairing.unlike > 0 {
        parts.push(format!(
            "Gleich benannt, aber mit anderen Antworten und darum nicht mitgezählt: {}.",
            asked(pairing.unlike)
        ));
    }
    parts.join(" ")
}

/// What a difference is worth.
pub fn contrast_verdict(difference: Option<&Difference>) -> &'static str {
    match difference {
        None => "nicht zu sagen",
        Some(one) if one.is_shown => "echt",
        Some(one) if one.questions < FEWEST_FOR_A_WINNER && one.p_holm < 1.0 - LEVEL => "zu wenige Fragen",
        Some(_) => "kann Zufall sein",
    }
}

/// What the comparison shows, in sentences.
pub fn contrast_findings(found: &[Contrast]) -> Vec<String> {
    let named = |better: bool| {
        let shown = found
            .iter()
            .filter(|one| one.difference.is_some_and(|d| d.is_shown && (d.accuracy.mean > 0.0) == better));
        shown.map(|one| format!("„{}“", method(one.method))).collect::<Vec<_>>().join(", ")
    };
    let (better, worse) = (named(true), named(false));
    let tested: Vec<&Difference> = found.iter().filter_map(|one| one.difference.as_ref()).collect();
    let mut lines = Vec::new();
    if !better.is_empty() {
        lines.push(format!("Nach Holms Korrektur in der zweiten genauer: {better}."));
    }
    if !worse.is_empty() {
        lines.push(format!("Nach Holms Korrektur in der zweiten ungenauer: {worse}."));
    }
    if tested.iter().any(|one| one.questions < FEWEST_FOR_A_WINNER) {
        lines.push("Weniger als 30 Fragen sind zu wenige, um einen Unterschied echt zu nennen.".to_owned());
    } else if !tested.is_empty() && lines.is_empty() {
        lines.push(
            "Die Unterschiede sind Zufall: Kein Verfahren hat sich um mehr geändert, als Zufall erklärt."
                .to_owned(),
        );
    }
    lines
}

/// How many questions changed.
pub fn contrast_changed(gained: usize, lost: usize) -> String {
    format!(
        "{} nur in der zweiten richtig, {} nur in der ersten richtig",
        format::count(gained as u64),
        format::count(lost as u64)
    )
}

/// Opens a run of a side.
pub fn contrast_open(side: usize) -> String {
    format!("Lauf der {}n", CONTRAST_SIDES[side.min(1)].to_lowercase())
}
