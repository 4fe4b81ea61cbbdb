//! Words of the link that carries results of an evaluation, and of the page that it opens, in German.

use super::evaluate::asked;
use crate::evaluate::{Found, Handout};
use crate::share::LinkError;

/// Opens the dialog.
pub const SHARE: &str = "Ergebnisse teilen…";
/// The dialog's heading.
pub const SHARE_TITLE: &str = "Diese Ergebnisse teilen";
/// What a link is.
pub const SHARE_WHAT: &str = "Der Link enthält die Ergebnisse selbst; hochgeladen wird nichts. Wer ihn öffnet, sieht diese Seite wieder, nur \
     ohne die Läufe.";
/// The choice of how much.
pub const SHARE_TIERS: &str = "Wie viel geteilt wird";
/// What others will not get.
pub const NOT_INSIDE: &str = "Was hier bleibt";
/// What that is.
pub const NOT_INSIDE_WHAT: [&str; 3] = [
    "Die Texte der Fragen und der Agenten, Rollen, Belege und Prompts",
    "Die Läufe mit ihren Protokollen",
    "Schlüssel, Serveradressen und alles aus Ihren Einstellungen",
];
/// Too long for every carrier.
pub const SHARE_TOO_LONG: &str = "Das ist mehr, als die Adresszeile eines Browsers fasst. Teilen Sie nur die Zahlen, oder senden Sie results.jsonl.";
/// A code to scan is too long.
pub const SHARE_QR_TOO_LONG: &str =
    "Dieser Link ist zu lang für einen QR-Code. Nur mit den Zahlen wird er kürzer.";

/// The page's heading.
pub const RECEIVED: &str = "Ergebnisse einer Auswertung";
/// While it opens.
pub const RECEIVED_OPENING: &str = "Die Ergebnisse werden geöffnet…";
/// The tag of the page.
pub const RECEIVED_TAG: &str = "Über einen Link erhalten, nur zum Lesen";
/// Every answer came.
pub const RECEIVED_ANSWERS: &str = "Der Link enthält jede Antwort: Dieser Browser hat die Zahlen aus ihnen neu berechnet. Ob ein Modell wirklich so \
     geantwortet hat, sieht ihm niemand an.";
/// Figures alone came.
pub const RECEIVED_FIGURES: &str = "Der Link enthält die Zahlen dessen, der ihn erstellt hat. Dieser Browser hat die Tests aus den Anzahlen neu \
     berechnet; das Übrige lässt sich ohne die Antworten nicht prüfen.";
/// To the page's own evaluations.
pub const OWN: &str = "Eigene Fragen auswerten";
/// How it was set up.
pub const SET_UP: &str = "Wie es eingerichtet war";
/// It came as a file.
pub const SET_UP_UNKNOWN: &str = "Eine Ergebnisdatei sagt nicht, welches Panel gefragt wurde.";
/// A row.
pub const SET_UP_DIGEST: &str = "Prüfsumme der Fragen";
/// A row.
pub const SET_UP_PANEL: &str = "Prüfsumme des Panels";
/// What the digests are for.
pub const SET_UP_WHAT: &str = "Gleiche Prüfsummen bedeuten gleiche Fragen und gleiches Panel.";

/// The two ways to share, and what each holds.
pub const SHARE_CHOICES: [(&str, &str); 2] = [
    (
        "Jede Antwort",
        "Was jeder Agent und jedes Verfahren zu jeder Frage gesagt hat: Die Zahlen lassen sich neu berechnen",
    ),
    (
        "Nur die Zahlen",
        "Tabellen, Intervalle und Zeichnungen, aber nicht, welche Frage wie beantwortet wurde",
    ),
];

/// What others will read.
pub fn inside_results(handout: &Handout) -> Vec<String> {
    let mut list = Vec::new();
    match &handout.found {
        Found::Answers(records) => {
            list.push(format!("{} mit Namen, Kategorie und richtiger Antwort", asked(records.len())));
            list.push(
                "Wahrscheinlichkeiten, die Agenten zuerst nannten und die Verfahren ergaben, in Millionsteln"
                    .to_owned(),
            );
        }
        Found::Figures(report) => {
            list.push(format!("Alle Zahlen zu {} mit Intervallen", asked(report.questions)));
            list.push(
                "Zuverlässigkeit, Genauigkeit nach Kategorie, wie ähnlich die Agenten einander sind"
                    .to_owned(),
            );
        }
    }
    if let Some(told) = &handout.set_up.asked {
        let agents = match told.panel.agents.len() {
            1 => "1 Agent".to_owned(),
            agents => format!("{agents} Agenten"),
        };
        list.push(format!("Das Panel: {agents} mit Namen und Modell, dazu seine Regeln"));
    }
    list.push("Der Name der Datei, der Startwert, was misslungen ist".to_owned());
    list.push("Aufrufe, Token, Geld und Zeit jedes Verfahrens".to_owned());
    list
}

/// The questions of an evaluation.
pub fn set_up_questions(name: &str, count: usize) -> String {
    let name = if name.is_empty() { "Fragen" } else { name };
    format!("{name}: {}", asked(count))
}

/// What can be done about a link that cannot be opened.
pub fn results_next_step(error: &LinkError) -> &'static str {
    match error {
        LinkError::NewerVersion(_) | LinkError::MadeByNewer => {
            "Öffnen Sie ihn mit der Version von Credence, die ihn erstellt hat, oder bitten Sie um results.jsonl."
        }
        LinkError::TooLong(_) | LinkError::TooLarge | LinkError::DoesNotFit(_) => {
            "So viel brauchen keine Ergebnisse. Trauen Sie ihm nicht; bitten Sie um results.jsonl."
        }
        _ => {
            "Chat- und Mailprogramme kürzen oder umbrechen lange Links bisweilen. Bitten Sie noch einmal darum oder um \
              results.jsonl."
        }
    }
}
