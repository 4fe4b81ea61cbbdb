//! Words about replies of models that are kept and taken again, in German.

use super::on_device::size;
use super::turns::numbered;
use crate::archive::{Holdings, MOST};
use crate::ui::format;

/// A choice of the Ask page.
pub const REUSE: &str = "Aufbewahrte Antworten übernehmen, statt neu zu fragen";
/// What it means.
pub const REUSE_WHAT: &str = "Wurde ein Modell desselben Servers schon einmal genau dasselbe gefragt, mit denselben Einstellungen, so \
                              zählt die Antwort von damals: Nichts wird gesendet oder bezahlt, und keine neue Meinung kommt \
                              hinzu. In der Zeile des Agenten und in der Prüfung ist es vermerkt. Die Antworten werden auf \
                              diesem Gerät aufbewahrt; unter „Einstellungen“ steht, wie viele es sind, und dort lassen sie sich \
                              löschen";
/// Said of an agent whose last answer was a kept reply.
pub const TAKEN: &str = "Aufbewahrte Antwort übernommen: nichts gesendet, nichts bezahlt";
/// The section of the settings.
pub const KEPT: &str = "Aufbewahrte Modellantworten";
/// While it is counted.
pub const COUNTING: &str = "Wird gezählt…";
/// The button.
pub const FORGET: &str = "Aufbewahrte Antworten löschen…";
/// The answer.
pub const FORGET_YES: &str = "Löschen";
/// The other answer.
pub const FORGET_NO: &str = "Behalten";
/// After forgetting.
pub const FORGOTTEN: &str = "Es sind keine Antworten mehr aufbewahrt.";
/// They could not be forgotten.
pub const NOT_FORGOTTEN: &str = "Die aufbewahrten Antworten konnten nicht gelöscht werden";
/// What to do.
pub const NOT_FORGOTTEN_NEXT: &str =
    "Löschen Sie die Daten dieser Seite in den Einstellungen des Browsers selbst.";

/// What keeping is for, and its bounds.
pub fn kept_what() -> String {
    format!(
        "Damit dieselben Worte nicht zweimal bezahlt werden: Ein Lauf übernimmt eine aufbewahrte Antwort anstelle eines \
         Aufrufs, wenn es auf der Seite „Fragen“ so gewählt ist („{REUSE}“). Aufbewahrt werden höchstens {} Antworten oder \
         {}; die ältesten weichen zuerst. Schlüssel und Adresse sind nicht dabei.",
        format::count(MOST.replies as u64),
        size(MOST.bytes),
    )
}

/// How many there are.
pub fn holdings(device: Holdings, memory: Holdings) -> String {
    let many = |kept: Holdings| {
        format!(
            "{} aufbewahrt, {}",
            numbered(kept.replies, "Antwort ist", "Antworten sind"),
            size(kept.bytes)
        )
    };
    match (device.replies, memory.replies) {
        (0, 0) => "Noch sind keine Antworten aufbewahrt.".to_owned(),
        (_, 0) => format!("{}.", many(device)),
        (0, _) => format!(
            "{}, bis diese Seite geschlossen wird: Der Browser wollte sie nicht speichern.",
            many(memory)
        ),
        (_, more) => format!(
            "{}; {more} weitere nur, bis diese Seite geschlossen wird: Der Browser wollte sie nicht speichern.",
            many(device)
        ),
    }
}

/// Before forgetting.
pub fn forget_question(replies: usize) -> String {
    format!(
        "{} löschen? Der nächste Lauf fragt wieder und bezahlt wieder.",
        numbered(replies, "aufbewahrte Antwort", "aufbewahrte Antworten")
    )
}
