//! Words of the lab, in German.

use crate::lab::{Figure, Kind, Lab, Method};
use crate::ui::format;
pub use crate::ui::words::en::lab::efficiency;

/// The page's heading.
pub const TITLE: &str = "Labor";
/// What it is.
pub const LEAD: &str = "Welches Verfahren, ein Panel zusammenzufassen, findet am meisten von der Wahrheit? Hier ist die Wahrheit bekannt: \
     Tausende erfundener Welten werden ausgelost, jedes Mitglied eines Panels sieht ein verrauschtes Signal davon, und jedes \
     Verfahren wird an dem Besten gemessen, was mit allen ehrlichen Signalen überhaupt möglich wäre. Kein Modell wird \
     aufgerufen.";
/// The form's heading.
pub const PANEL: &str = "Das Panel";
/// Members.
pub const TRADERS: &str = "Mitglieder";
/// What most of them are.
pub const KIND: &str = "Die meisten von ihnen";
/// The others.
pub const LIARS: &str = "Anzahl der anderen";
/// What the others are.
pub const LIAR: &str = "Diese anderen";
/// ρ.
pub const RHO: &str = "Gemeinsame Fehler ρ";
/// What ρ is.
pub const RHO_HINT: &str = "0: Alle irren je für sich. Verschiedene Sprachmodelle: etwa 0,6. Ein Modell in mehreren Rollen: etwa 0,95";
/// d′.
pub const STRENGTH: &str = "Stärke eines Signals d′";
/// What d′ is.
pub const STRENGTH_HINT: &str =
    "Wie weit ein Signal Ja und Nein auseinanderhält, in Standardabweichungen: 0,1 bis 4";
/// Money.
pub const MONEY: &str = "Geld im Verhältnis zur Tiefe des Marktes";
/// What money does.
pub const MONEY_HINT: &str =
    "Wenig Geld begrenzt, was ein einzelnes Mitglied bewegen kann, ob ehrlich oder nicht";
/// The choices of money.
pub const MONEY_CHOICES: [&str; 4] =
    ["Reichlich: Geld begrenzt niemanden", "Viel", "Etwas", "Wenig: Geld begrenzt oft"];
/// Worlds.
pub const WORLDS: &str = "Welten";
/// Seed.
pub const SEED: &str = "Startwert";
/// What the seed is for.
pub const SEED_HINT: &str =
    "Derselbe Startwert ergibt dieselben Zahlen, bis aufs letzte Bit, hier und auf der Kommandozeile";
/// Starts.
pub const RUN: &str = "Experiment starten";
/// Ends it early.
pub const CANCEL: &str = "Abbrechen";
/// Before the first experiment.
pub const EMPTY: &str =
    "Noch kein Experiment. Drücken Sie auf den Knopf: Zehntausend Welten dauern einige Sekunden.";
/// After Cancel.
pub const CANCELLED: &str = "Abgebrochen. Die Zahlen unten stammen von den Welten, die schon fertig waren.";
/// The result's heading.
pub const RESULT: &str = "Was jedes Verfahren findet";
/// The unit.
pub const RESULT_WHAT: &str = "Wirkungsgrad: 0 ist ein Mitglied allein, 100\u{202f}% erreicht, wer alle ehrlichen Signale liest; unter 0 ist \
     schlechter als ein Mitglied allein. Die Fehlerbalken zeigen zwei Standardfehler";
/// Columns of the table.
pub const METHOD: &str = "Verfahren";
/// Efficiency.
pub const EFFICIENCY: &str = "Wirkungsgrad";
/// Standard error.
pub const STDERR: &str = "± Fehler";
/// Brier.
pub const BRIER: &str = "Brier-Score";
/// What stands below the table.
pub const NATIVE: &str =
    "Die Tabellen der Dokumentation stammen aus demselben Rechenwerk, nativ ausgeführt: ./bench efficiency";
/// The worker failed.
pub const BROKEN: &str = "Das Experiment konnte nicht weitergehen: ";
/// What to do.
pub const BROKEN_NEXT: &str =
    " Laden Sie die Seite neu; soll sie ohne Netz gehen, besuchen Sie sie zuerst einmal mit Netz.";

/// The name of a kind of member.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Bayesian => "bayesianisch: deuten ihr Signal richtig",
        Kind::Noisy => "ungenau: deuten es zufällig falsch",
        Kind::Overconfident => "zu sicher: halten es für doppelt so aussagekräftig",
        Kind::Underconfident => "zu vorsichtig: halten es für halb so aussagekräftig",
        Kind::Herding => "Mitläufer: gehen den halben Weg zu den anderen",
        Kind::Contrarian => "Querköpfe: rücken von den anderen ab",
        Kind::Manipulator => "Manipulatoren: sagen immer 99\u{202f}%",
        Kind::Colluding => "abgesprochen: teilen ihre Signale, alle nennen die Summe",
        Kind::Sybil => "Sybils: eine Person unter mehreren Namen",
        Kind::Copycat => "Nachahmer: wiederholen das Mitglied davor",
        Kind::Random => "zufällig: sagen irgendetwas",
    }
}

/// The name of a method.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Single => "Ein Mitglied allein",
        Method::Mean => "Mittelwert",
        Method::Median => "Median",
        Method::LogPool => "Log-Pool",
        Method::Extremised => "Extremisierter Pool",
        Method::Majority => "Mehrheit",
        Method::HalfKelly => "Halb-Kelly-Markt",
        Method::Evidence => "Hinweismarkt",
        Method::EvidenceUnit => "… ohne Rücksicht auf ρ",
        Method::EvidenceLearned => "… mit gelernten Gewichten",
        Method::EvidenceTrim => "… ohne Extreme",
        Method::EvidenceCap => "… mit begrenzten Hinweisen",
        Method::EvidenceRobust => "… mit Zweifel an Ausreißern",
        Method::MakerTrader => "Maker und Händler",
    }
}

/// How far the experiment is.
pub fn progress(done: u32, worlds: u32) -> String {
    format!("{} von {} Welten", format::count(u64::from(done)), format::count(u64::from(worlds)))
}

/// What the figures show, in one plain sentence.
pub fn lesson(lab: &Lab, figures: &[Figure]) -> String {
    if lab.honest() < 2 {
        return "Mit nur einem ehrlichen Mitglied gibt es nichts zu verbinden: Es weiß allein alles, was sich wissen lässt."
            .into();
    }
    let of =
        |method: Method| figures.iter().find(|figure| figure.method == method).map_or(0.0, |f| f.efficiency);
    let combined = figures.iter().filter(|figure| figure.method != Method::Single);
    let Some(best) = combined.max_by(|a, b| a.efficiency.total_cmp(&b.efficiency)) else {
        return String::new();
    };
    let (evidence, mean) = (of(Method::Evidence), of(Method::Mean));
    let best_found = format!("„{}“ mit {}", best_name(best.method), efficiency(best.efficiency));
    if lab.liars > 0 && lab.liar != lab.kind && evidence < 0.5 {
        let worse = if evidence < 0.0 { "schlechter" } else { "kaum besser" };
        return format!(
            "{} von {} {} in die Irre, und der ungeschützte Hinweismarkt schneidet {worse} ab als ein Mitglied allein ({}); \
             am besten ist {best_found}.",
            lab.liars,
            lab.traders,
            if lab.liars == 1 { "führt" } else { "führen" },
            efficiency(evidence),
        );
    }
    let better = best.efficiency - 2.0 * best.stderr > evidence;
    let end = if better {
        format!("am besten ist {best_found}")
    } else {
        "kein anderes Verfahren ist messbar besser".to_owned()
    };
    format!(
        "Der Hinweismarkt findet {} dessen, was sich wissen ließe, der einfache Mittelwert {}, ein Halb-Kelly-Markt {}; {end}.",
        efficiency(evidence),
        efficiency(mean),
        efficiency(of(Method::HalfKelly)),
    )
}

/// The name of a method outside the table, where no line above says what it is a kind of.
fn best_name(best: Method) -> String {
    let name = method(best);
    match name.strip_prefix("… ") {
        Some(kind) => format!("{} {kind}", method(Method::Evidence)),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_the_evidence_market_has_a_name_of_its_own() {
        assert_eq!(best_name(Method::EvidenceTrim), "Hinweismarkt ohne Extreme");
        assert_eq!(best_name(Method::Median), "Median");
    }
}
