//! Words about models that run on this device, in German.

use crate::llm::Engine;
use crate::llm::on_device::{Availability, file_size};
use crate::ui::format;
// What runs call the browser's model is the same in all languages: records are kept by that name.
pub use crate::ui::words::en::on_device::{ADDRESS_EXAMPLE, BUILT_IN, value};

/// The engines, as kinds of connection.
pub const PRESETS: [(Engine, &str, &str); 2] = [
    (
        Engine::Tab,
        "Ein Modell in diesem Tab",
        "Führt eine GGUF-Datei mit llama.cpp in diesem Tab aus: kein Schlüssel, kein Server, kostenlos, und nichts verlässt \
         diesen Rechner. Das ist langsam: Ein Modell von 100 MB liest und schreibt etwa zehn Tokens je Sekunde, seine \
         Antworten dauern also eine Minute oder länger.",
    ),
    (
        Engine::Browser,
        "Das im Browser eingebaute Modell",
        "Fragt über die Prompt API das Modell, das mit Chrome und Edge kommt: kein Schlüssel, kostenlos, und nichts verlässt \
         diesen Rechner. Nicht jedes Gerät und nicht jede Ausgabe eines Browsers hat es.",
    ),
];

/// The heading of the engines in the list of kinds.
pub const GROUP: &str = "Auf diesem Gerät, ohne Server";

/// What it is and what it takes.
pub fn note(engine: Engine) -> &'static str {
    PRESETS.iter().find(|(other, ..)| *other == engine).map_or("", |(_, _, note)| note)
}

/// Where its models run, in place of an address.
pub fn place(engine: Engine) -> &'static str {
    match engine {
        Engine::Tab => "In diesem Tab",
        Engine::Browser => "In diesem Browser",
    }
}

/// In place of a key and a price.
pub const FREE: &str = "Kostenlos, läuft auf Ihrem Rechner";
/// The list of models.
pub const KEPT: &str = "In diesem Browser aufbewahrte Modelle";
/// While the list is read.
pub const LOOKING: &str = "Aufbewahrte Modelle werden gesucht…";
/// The list is empty.
pub const NONE_KEPT: &str =
    "Noch keines. Wählen Sie eine GGUF-Datei von diesem Rechner, oder laden Sie eine herunter.";
/// Opens the file picker.
pub const PICK: &str = "GGUF-Datei wählen…";
/// What picking does.
pub const PICK_HINT: &str = "Sie wird für spätere Besuche in den privaten Speicher dieses Browsers kopiert. Möglich sind bis zu \
                             3,5 GB, erträglich bis zu 1 GB.";
/// The field for an address.
pub const ADDRESS: &str = "Oder die Adresse einer GGUF-Datei";
/// What addresses are taken.
pub const ADDRESS_HINT: &str = "Eine https-Adresse, die direkt zur Datei führt";
/// Asks before a download.
pub const DOWNLOAD: &str = "Herunterladen…";
/// Does not download.
pub const DO_NOT: &str = "Nicht herunterladen";
/// Ends what is under way.
pub const CANCEL: &str = "Abbrechen";
/// Asks before deleting.
pub const DELETE: &str = "Löschen…";
/// Does not delete.
pub const KEEP: &str = "Behalten";
/// An address that is not encrypted.
pub const NOT_HTTPS: &str = "Die Adresse muss mit https:// beginnen, außer sie liegt auf diesem Rechner";
/// No model is chosen.
pub const CHOOSE: &str = "Wählen Sie zuerst ein Modell: eine Datei von diesem Rechner, eine zum Herunterladen oder ein \
                          aufbewahrtes Modell";
/// The limit on answers.
pub const ANSWER_TOKENS: &str = "Höchstzahl der Tokens je Antwort";
/// What to choose.
pub const ANSWER_TOKENS_HINT: &str =
    "Bei zehn Tokens je Sekunde dauern 400 davon 40 Sekunden, sobald die Frage gelesen ist";
/// The limit is no number.
pub const BAD_ANSWER_TOKENS: &str =
    "Im Feld „Höchstzahl der Tokens je Antwort“ braucht es eine Zahl von 16 bis 4096";
/// While the browser is asked.
pub const ASKING_BROWSER: &str = "Der Browser wird gefragt…";
/// Starts the browser's download.
pub const GET_BUILT_IN: &str = "Modell des Browsers herunterladen";

/// The question before a download.
pub fn confirm(origin: &str) -> String {
    format!(
        "Von {origin} herunterladen? Der Server dort erfährt Ihre Netzwerkadresse und welche Datei Sie möchten, und leitet \
         die Anfrage vielleicht an einen anderen Server weiter. Fragen und Antworten gehen nicht dorthin."
    )
}

/// The button that downloads.
pub fn download_from(origin: &str) -> String {
    format!("Von {} herunterladen", origin.split_once("://").map_or(origin, |(_, host)| host))
}

/// The question before deleting.
pub fn confirm_delete(name: &str, bytes: u64) -> String {
    format!("„{name}“ aus diesem Browser löschen? Das macht {} frei.", size(bytes))
}

/// The button that deletes.
pub fn delete(bytes: u64) -> String {
    format!("{} löschen", size(bytes))
}

/// How far a file has come.
pub fn progress(done: u64, all: u64) -> String {
    match (done, all) {
        (0, _) => "Beginnt…".to_owned(),
        (done, 0) => format!("{} bisher", size(done)),
        (done, all) => format!("{} von {}", size(done), size(all)),
    }
}

/// The size of a file as German writes it.
pub(super) fn size(bytes: u64) -> String {
    file_size(bytes).replace('.', ",")
}

/// How far the browser's download has come.
pub fn share(share: f64) -> String {
    format!("{} des Modells sind da", format::percent(share))
}

/// After a file was kept.
pub fn kept(name: &str) -> String {
    format!("„{name}“ ist in diesem Browser aufbewahrt und ausgewählt.")
}

/// After a file was deleted.
pub fn deleted(name: &str) -> String {
    format!("„{name}“ ist gelöscht.")
}

/// After a test that went well.
pub fn works(millis: u64) -> String {
    format!("Es funktioniert: Das Modell hat in {} s geantwortet.", format::decimal(millis as f64 / 1_000.0))
}

/// What the browser says of its model.
pub fn availability(found: Availability) -> &'static str {
    match found {
        Availability::Absent => {
            "Nicht verfügbar: Dieser Browser hat keine Prompt API. Aktuelle Ausgaben von Chrome und Edge auf Desktop-Rechnern \
             haben sie; oder wählen Sie eine andere Art von Verbindung."
        }
        Availability::Unavailable => {
            "Nicht verfügbar: Dieser Browser kennt die Prompt API, hat aber nach eigener Angabe hier kein Modell. Vielleicht \
             fehlt dem Gerät, was der Browser an Arbeitsspeicher, Grafikleistung oder freiem Speicherplatz verlangt, oder \
             dieser Ausgabe fehlt der Dienst. Wählen Sie eine andere Art von Verbindung."
        }
        Availability::Downloadable => {
            "Zum Herunterladen bereit: Der Browser kann sein Modell, einige Gigabytes groß, vom Hersteller holen und behält es \
             für alle Websites."
        }
        Availability::Downloading => {
            "Der Browser lädt sein Modell schon herunter. Kommen Sie wieder, wenn er damit fertig ist."
        }
        Availability::Available => "Verfügbar: Das Modell des Browsers ist bereit.",
    }
}
