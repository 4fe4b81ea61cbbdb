//! Words of the frame around every page, in German.

use crate::ui::route::Route;
use crate::ui::status::RunStatus;
pub use crate::ui::words::en::shell::NAME;

/// Jumps over the header.
pub const SKIP: &str = "Zum Inhalt springen";
/// What the navigation is.
pub const NAVIGATION: &str = "Seiten";
/// Closes the error.
pub const DISMISS: &str = "Schließen";
/// A run could not be started.
pub const CANNOT_START: &str = "Der Lauf konnte nicht gestartet werden";
/// What to do about it.
pub const CHECK_THE_FORM: &str = "Prüfen Sie Frage und Panel, und starten Sie noch einmal.";
/// The page does not exist.
pub const NOT_FOUND: &str = "Unter dieser Adresse gibt es nichts";
/// What may have happened.
pub const NOT_FOUND_WHY: &str = "Vielleicht wurde der Link unterwegs abgeschnitten: Chat- und Mailprogramme kürzen lange Links bisweilen. Bitten \
     Sie noch einmal darum, oder beginnen Sie hier.";
/// Back to the start.
pub const NOT_FOUND_NEXT: &str = "Eine Frage stellen";

/// The name of a page in the navigation.
pub fn page(route: &Route) -> &'static str {
    match route {
        Route::Ask => "Fragen",
        Route::Watch { .. } => "Zusehen",
        Route::Why { .. } => "Warum",
        Route::Audit { .. } => "Prüfung",
        Route::Shared { .. } => "Geteilter Lauf",
        Route::Runs => "Läufe",
        Route::Compare { .. } => "Vergleichen",
        Route::Class => "Eine Klasse fragen",
        Route::Ballot { .. } => "Was glauben Sie?",
        Route::Learn { .. } => "Lernen",
        Route::Lab => "Labor",
        Route::Decide => "Entscheiden",
        Route::Evaluate => "Auswerten",
        Route::Contrast { .. } => "Auswertungen vergleichen",
        Route::Results { .. } => "Geteilte Ergebnisse",
        Route::Settings => "Einstellungen",
        Route::NotFound => "Nicht gefunden",
    }
}

/// What the page is about, for whoever lists it.
pub const DESCRIPTION: &str = "Ein Panel aus Sprachmodellen klärt eine Frage, indem es seine Einschätzungen auf einem Markt handelt, in einem \
                               einzigen Browser-Tab; jeder Schritt lässt sich nachspielen und prüfen";

/// The title of the tab; `run` is the question of the run that it shows and how often agents failed in it.
pub fn title(route: &Route, run: Option<(&str, u32)>) -> String {
    let page = page(route);
    match (route, run) {
        (Route::Ask, _) => NAME.to_owned(),
        (_, Some((_, failures))) if failures > 0 => {
            format!("{page} · {} · {NAME}", super::watch::failures_badge(failures))
        }
        _ => format!("{page} · {NAME}"),
    }
}

/// The description of a page that shows a run.
pub fn description(run: Option<(&str, u32)>) -> String {
    match run {
        None => DESCRIPTION.to_owned(),
        Some((question, 0)) => format!("„{question}“: die Antwort eines Panels, Schritt für Schritt"),
        Some((question, failures)) => {
            let failed = super::watch::failures_badge(failures);
            format!("„{question}“: die Antwort eines Panels, Schritt für Schritt ({failed})")
        }
    }
}

/// How a run stands.
pub fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Idle => "Noch kein Lauf",
        RunStatus::Running => "Läuft",
        RunStatus::Paused => "Pausiert",
        RunStatus::Converged => "Entschieden",
        RunStatus::Completed => "Beendet",
        RunStatus::Undecided => "Unentschieden",
        RunStatus::Stopped => "Gestoppt",
        RunStatus::Failed => "Gescheitert",
    }
}
