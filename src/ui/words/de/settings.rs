//! Words of the Settings page, in German.

use crate::ui::format;

/// The page.
pub const TITLE: &str = "Einstellungen";
/// The part about connections.
pub const CONNECTIONS: &str = "Verbindungen zu Modellservern";
/// What a connection is.
pub const CONNECTIONS_WHAT: &str =
    "Die Agenten rufen diese Server direkt von dieser Seite aus auf: in der Cloud oder auf diesem Rechner.";
/// There is none.
pub const NO_CONNECTION: &str =
    "Noch keine Verbindung. Auch ohne läuft das simulierte Panel; es braucht keinen Schlüssel.";
/// Opens the form.
pub const ADD: &str = "Verbindung hinzufügen…";
/// Opens the form with a saved one.
pub const EDIT: &str = "Bearbeiten…";
/// Removes one.
pub const REMOVE: &str = "Entfernen";
/// Puts it back.
pub const UNDO: &str = "Rückgängig machen";
/// Goes to the first page.
pub const ASK: &str = "Eine Frage stellen";
/// The form, new.
pub const NEW: &str = "Neue Verbindung";
/// The form, old.
pub const CHANGE: &str = "Verbindung ändern";
/// Which kind of server.
pub const PRESET: &str = "Art des Servers";
/// Its name on this page.
pub const NAME: &str = "Name auf dieser Seite";
/// Where it is.
pub const BASE_URL: &str = "Adresse (Basis-URL)";
/// What addresses look like.
pub const BASE_URL_HINT: &str = "Ergibt sich aus der Art des Servers; die meisten enden mit /v1";
/// The key.
pub const KEY: &str = "Schlüssel";
/// Where the key lives.
pub const KEY_HINT: &str = "Geht nur an diese Adresse; eine andere Adresse löscht ihn. Lassen Sie das Feld leer, wenn der Server \
                            keinen Schlüssel braucht.";
/// The key of a saved connection.
pub const KEY_KEPT: &str = "Ein Schlüssel ist vorhanden; leer lassen, um ihn weiter zu benutzen";
/// The model.
pub const MODEL: &str = "Modell";
/// How to find one.
pub const MODEL_HINT: &str = "Testen Sie die Verbindung, um zu sehen, was der Server anbietet";
/// What tokens cost.
pub const PRICES: &str = "Preise und Grenzen";
/// What reading costs.
pub const PRICE_IN: &str = "Preis gelesener Tokens, US$ je Million";
/// What writing costs.
pub const PRICE_OUT: &str = "Preis geschriebener Tokens, US$ je Million";
/// What an empty price means.
pub const PRICE_HINT: &str = "Beide leer: Es ist kein Preis bekannt, und keiner wird angezeigt";
/// Parallel calls.
pub const AT_ONCE: &str = "Gleichzeitige Aufrufe";
/// What to choose.
pub const AT_ONCE_HINT: &str = "1 oder 2 für einen Server auf diesem Rechner";
/// Tests.
pub const TEST: &str = "Verbindung testen";
/// While it tests.
pub const TESTING: &str = "Test läuft…";
/// Saves.
pub const SAVE: &str = "Speichern";
/// Closes the form.
pub const CANCEL: &str = "Abbrechen";
/// The part about keys.
pub const KEYS: &str = "Schlüssel";
/// Where keys are.
pub const KEYS_WHAT: &str = "Ein Schlüssel bleibt im Arbeitsspeicher dieses Tabs, sofern Sie im Formular der Verbindung nichts anderes \
                             wählen, und ist an die Adresse gebunden, für die er eingegeben wurde. Er gelangt nie in einen Link, \
                             eine Datei oder ein Protokoll und nie an einen anderen Server.";
/// Forgets them.
pub const FORGET_KEYS: &str = "Alle Schlüssel löschen";
/// The part about looks.
pub const APPEARANCE: &str = "Darstellung";
/// Follows the system.
pub const SYSTEM: &str = "Wie das System";
/// Light.
pub const LIGHT: &str = "Hell";
/// Dark.
pub const DARK: &str = "Dunkel";
/// The part about storage.
pub const STORAGE: &str = "Auf diesem Gerät gespeichert";
/// Forgets it.
pub const CLEAR: &str = "Gespeichertes löschen";
/// After clearing.
pub const CLEARED: &str = "Alles, was diese Seite gespeichert hatte, ist gelöscht.";
/// The browser refused.
pub const NOT_STORED: &str = "Die Verbindung gilt in diesem Tab, konnte aber nicht gespeichert werden";
/// What to do.
pub const NOT_STORED_NEXT: &str =
    "Erlauben Sie dieser Seite, Daten zu speichern, oder geben Sie die Verbindung nächstes Mal neu ein.";
/// A price is no number.
pub const BAD_PRICE: &str =
    "Ein Preis ist eine Zahl in Dollar, etwa 0,15; füllen Sie beide Felder aus oder keines";
/// The number of calls is no number.
pub const BAD_AT_ONCE: &str = "Bei den gleichzeitigen Aufrufen braucht es eine Zahl von 1 bis 16";
/// What to choose.
pub const ANSWER_TOKENS_HINT: &str = "Leer: 1200. Mehr für ein Modell, das vor der Antwort nachdenkt; weniger, wenn ein kleines kein \
                                      Ende findet";
/// A number that cannot be.
pub const BAD_ANSWER_TOKENS: &str =
    "Lassen Sie das Feld „Höchstzahl der Tokens je Antwort“ leer, oder wählen Sie eine Zahl von 16 bis 65536";

/// How much is stored.
pub fn stored(bytes: usize) -> String {
    match bytes {
        0 => "Nichts ist gespeichert.".to_owned(),
        bytes => format!(
            "Verbindungen ohne ihre Schlüssel und die gewählten Farben: {} Bytes.",
            format::count(bytes as u64)
        ),
    }
}

/// After forgetting keys.
pub fn forgotten(count: usize) -> String {
    match count {
        0 => "Es gab keinen Schlüssel zu löschen.".to_owned(),
        1 => "1 Schlüssel ist gelöscht.".to_owned(),
        count => format!("{count} Schlüssel sind gelöscht."),
    }
}

/// After removing a connection.
pub fn removed(name: &str) -> String {
    format!("„{name}“ ist entfernt, der Schlüssel gelöscht.")
}
