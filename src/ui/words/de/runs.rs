//! Words of the list of past runs, and of everything that speaks of runs being kept, in German.

use super::turns::numbered;
use crate::archive::{ArchiveError, Card, Origin, Part};
use crate::run::Ending;
use crate::ui::format;
use crate::ui::status::RunStatus;
pub use crate::ui::words::en::runs::price;

/// The page.
pub const TITLE: &str = "Bisherige Läufe";
/// What stands here.
pub const WHAT: &str = "Jeder Lauf wird auf diesem Gerät aufbewahrt, schon während er stattfindet: auch die simulierten und die, die Sie aus \
     einer Datei geöffnet haben. Nichts davon verlässt das Gerät.";
/// There is none.
pub const EMPTY: &str = "Noch keine Läufe";
/// What would be here.
pub const EMPTY_WHAT: &str = "Stellen Sie eine Frage, und der Lauf bleibt hier: zum Nachlesen, zum Prüfen oder zum Fortsetzen, wenn der Tab \
     geschlossen wurde.";
/// Goes to the first page.
pub const EMPTY_NEXT: &str = "Eine Frage stellen";
/// While it is read.
pub const LOADING: &str = "Die Läufe auf diesem Gerät werden gelesen…";
/// Opening one.
pub const OPENING: &str = "Der Lauf wird geöffnet…";
/// There can be none.
pub const UNAVAILABLE: &str = "In diesem Fenster werden keine Läufe aufbewahrt";
/// What that means.
pub const UNAVAILABLE_NEXT: &str = "Sie bleiben nur, bis dieser Tab geschlossen wird: Vielleicht ist es ein privates Fenster, oder die Seite darf \
     hier nichts speichern. Speichern Sie einen Lauf auf seiner Seite „Prüfung“ als Datei.";
/// Said once.
pub const UNAVAILABLE_ONCE: &str =
    "In diesem Fenster kann die Seite nichts aufbewahren: Läufe bleiben nur, bis der Tab geschlossen wird.";
/// The browser gives no more room.
pub const FULL: &str = "Dieser Lauf geht weiter, wird aber nicht mehr aufbewahrt";
/// What to do.
pub const FULL_NEXT: &str = "Löschen Sie bisherige Läufe, um Platz zu schaffen, dann wird er wieder aufbewahrt; oder speichern Sie ihn auf \
     seiner Seite „Prüfung“ als Datei.";
/// Tries to keep it again.
pub const TRY_AGAIN: &str = "Noch einmal versuchen";
/// Leads to the list.
pub const MAKE_ROOM: &str = "Bisherige Läufe";
/// Closes a note.
pub const CLOSE: &str = "Schließen";
/// Opens a run.
pub const OPEN: &str = "Öffnen";
/// Opens a run that is not over.
pub const GO_ON: &str = "Fortsetzen";
/// Changes the name.
pub const RENAME: &str = "Umbenennen…";
/// The field of the name.
pub const NAME: &str = "Name dieses Laufs";
/// Saves the name.
pub const SAVE: &str = "Speichern";
/// Leaves the name.
pub const CANCEL: &str = "Abbrechen";
/// Puts it at the top.
pub const PIN: &str = "Anheften";
/// Lets it go.
pub const UNPIN: &str = "Nicht mehr anheften";
/// It is pinned.
pub const PINNED: &str = "Angeheftet";
/// Throws it away.
pub const DELETE: &str = "Löschen";
/// Takes it back.
pub const UNDO: &str = "Rückgängig machen";
/// A run that cannot be read.
pub const UNREADABLE: &str = "Ein Lauf, der sich nicht lesen lässt";
/// A run of another engine.
pub const OLDER: &str = "Andere Programmversion";
/// A run from a file.
pub const FROM_FILE: &str = "Aus einer Datei";
/// It is the run that is open.
pub const OPEN_HERE: &str = "In diesem Tab geöffnet";
/// A run could not be opened.
pub const CANNOT_OPEN: &str = "Der Lauf konnte nicht geöffnet werden";
/// It is not there any more.
pub const GONE: &str = "Er ist nicht mehr auf diesem Gerät.";
/// What to do.
pub const CANNOT_OPEN_NEXT: &str =
    "Er lässt sich in der Liste der bisherigen Läufe löschen; alles andere ist davon nicht betroffen.";
/// The offer to go on.
pub const INTERRUPTED: &str = "Ein Lauf wurde unterbrochen";
/// Not now.
pub const NOT_NOW: &str = "Jetzt nicht";
/// Another tab drives it.
pub const ELSEWHERE: &str = "Dieser Lauf geht in einem anderen Tab weiter. Hier können Sie nur zusehen: Zwei Tabs würden jede Frage doppelt \
     stellen.";
/// Another tab drove it.
pub const FREE: &str = "Der Tab, in dem dieser Lauf stattfand, ist geschlossen. Der Lauf steht still, bis Sie ihn hier fortsetzen.";
/// Takes it over.
pub const TAKE_OVER: &str = "Hier fortsetzen";
/// Another tab has it.
pub const TAKEN_OVER: &str = "Ein anderer Tab hat diesen Lauf übernommen, darum ist er hier angehalten. Verloren ist nichts: Im anderen Tab ist \
     er vollständig.";
/// Connections are gone.
pub const NEEDS_CONNECTIONS: &str = "Der Lauf wartet: Eine Verbindung, die er benutzt hat, ist nicht mehr gespeichert. Mit „Weiter“ geht er ohne \
     ihre Agenten weiter; oder starten Sie ihn mit Änderungen neu.";
/// Another engine made it.
pub const OTHER_ENGINE: &str = "Dieser Lauf stammt von einer anderen Programmversion. Gezeigt wird er, wie er aufbewahrt wurde; er lässt sich nicht \
     fortsetzen, und vielleicht lassen sich seine Preise hier nicht nachrechnen.";

/// How it stands.
pub fn standing(card: &Card) -> &'static str {
    match (card.ending, card.paused, card.origin) {
        (Some(ending), _, _) => super::shell::status(match ending {
            Ending::Converged => RunStatus::Converged,
            Ending::Undecided => RunStatus::Undecided,
            Ending::Stopped => RunStatus::Stopped,
            Ending::Failed => RunStatus::Failed,
            Ending::Completed => RunStatus::Completed,
        }),
        (None, _, Origin::Imported) => "Ohne Ende",
        (None, true, Origin::Here) => "Pausiert",
        (None, false, Origin::Here) => "Nicht beendet",
    }
}

/// Who ran.
pub fn panel(card: &Card) -> String {
    let mut parts = Vec::new();
    let asked = numbered(card.model_agents, "Agent", "Agenten");
    match (card.model_agents, card.models.as_slice()) {
        (0, _) => {}
        (_, [model]) => parts.push(format!("{asked} mit {model}")),
        (_, models) => parts.push(format!("{asked} mit {} Modellen", models.len())),
    }
    if card.simulated_agents > 0 {
        parts.push(numbered(card.simulated_agents, "simulierter Händler", "simulierte Händler"));
    }
    if card.person {
        parts.push("Sie".to_owned());
    }
    parts.join(" und ")
}

/// What it cost; nothing for a run without calls.
pub fn cost(card: &Card) -> Option<String> {
    (card.calls > 0).then(|| match card.cost_micro_usd {
        Some(micro_usd) => format::dollars(micro_usd),
        None => "Kosten nicht bekannt".to_owned(),
    })
}

/// How much room is taken.
pub fn space(used_bytes: f64, granted_bytes: f64) -> String {
    format!(
        "Belegter Speicherplatz: {} von {}, die dieser Browser zur Verfügung stellt.",
        bytes(used_bytes),
        bytes(granted_bytes)
    )
}

/// A size as German writes it.
fn bytes(count: f64) -> String {
    match crate::ui::words::en::runs::bytes(count).as_str() {
        "1 bytes" => "1 Byte".to_owned(),
        size => size.replace('.', ",").replace("bytes", "Bytes"),
    }
}

/// After throwing one away.
pub fn deleted(name: &str) -> String {
    format!("„{}“ ist gelöscht.", format::short(name, 60))
}

/// Why a run cannot be read.
pub fn unreadable(error: &ArchiveError) -> String {
    format!("{} Er kann gelöscht werden.", super::problems::kept(error))
}

/// The offer to go on, in one sentence.
pub fn offer(card: &Card) -> String {
    let events = match card.events {
        1 => "1 Ereignis".to_owned(),
        count => format!("{} Ereignissen", format::count(count)),
    };
    let paid = if card.calls > 0 { " Keine Antwort wird zweimal bezahlt." } else { "" };
    format!(
        "„{}“ steht nach {events} still und kann von dort aus weitergehen.{paid}",
        format::short(&card.question, 90)
    )
}

/// It waits for keys.
pub fn needs_keys(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("„{name}“")).collect();
    let (gone, keys) = match names {
        [_] => ("ein Schlüssel", "den Schlüssel"),
        _ => ("Schlüssel", "die Schlüssel"),
    };
    let verb = if names.len() == 1 { "fehlt" } else { "fehlen" };
    format!(
        "Der Lauf wartet, weil nach dem Neuladen {gone} {verb}: Geben Sie in den Einstellungen {keys} für {} ein, und \
         drücken Sie dann auf „Weiter“.",
        quoted.join(" und ")
    )
}

/// What was kept is damaged.
pub fn damaged(seq: u64) -> String {
    format!(
        "Was von diesem Lauf aufbewahrt wurde, ist ab Ereignis {seq} beschädigt. Gezeigt wird er, so weit er sich lesen \
         lässt; fortsetzen lässt er sich nicht."
    )
}

/// The warning above a run whose file says something else than what follows.
pub const ALTERED: &str = "Dieses Protokoll wurde nachträglich verändert oder gekürzt";
/// What that means.
pub const ALTERED_WHAT: &str =
    "Was hier steht, ist nicht, was geschah. Die Prüfung sagt, wo es nicht mehr stimmt.";
/// The same in the list.
pub const DOES_NOT_VERIFY: &str = "Besteht die Prüfung nicht";
/// A file that is known.
pub const OPENED_BEFORE: &str =
    "Genau diese Datei wurde schon einmal geöffnet: Dies ist der Lauf, der damals aus ihr aufbewahrt wurde.";
/// Where to look.
pub const ALTERED_NEXT: &str = "Prüfen";

/// Goes to what an open run belongs to.
pub fn back_to(part: &Part) -> &'static str {
    match part {
        Part::Decision { .. } => "Zurück zur Entscheidung",
        Part::Evaluation { .. } => "Zurück zur Auswertung",
    }
}

/// Shows what the runs of a group belong to.
pub fn show_part(part: &Part) -> &'static str {
    match part {
        Part::Decision { .. } => "Entscheidung zeigen",
        Part::Evaluation { .. } => "Auswertung zeigen",
    }
}

/// What a run belongs to.
pub fn part(part: &Part) -> String {
    match part {
        Part::Decision { name, .. } => format!("Entscheidung: {name}"),
        Part::Evaluation { name, .. } => format!("Auswertung: {name}"),
    }
}

/// How many runs stand together.
pub fn runs(count: usize) -> String {
    numbered(count, "Lauf", "Läufe")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (count, text) in [(0.0, "0 Bytes"), (1.0, "1 Byte"), (1_500.0, "1,5 kB"), (24_000_000.0, "24 MB")]
        {
            assert_eq!(bytes(count), text);
        }
    }

    #[test]
    fn keys_agree_with_their_number() {
        assert!(needs_keys(&["A".to_owned()]).contains("ein Schlüssel fehlt"));
        assert!(needs_keys(&["A".to_owned(), "B".to_owned()]).contains("Schlüssel fehlen"));
    }
}
