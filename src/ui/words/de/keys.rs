//! Words about where keys are left, about unlocking them, and about settings as a file, in German.

use super::turns::numbered;
pub use crate::ui::words::en::keys::KeyState;

/// The choice.
pub const PLACE: &str = "Wo der Schlüssel bleibt";
/// In memory.
pub const MEMORY: &str = "Im Arbeitsspeicher";
/// What that means.
pub const MEMORY_NOTE: &str = "Weg, sobald die Seite neu geladen wird";
/// In the tab.
pub const TAB: &str = "In diesem Tab";
/// What that means.
pub const TAB_NOTE: &str = "Übersteht ein Neuladen und ist weg, wenn der Tab geschlossen wird; bis dahin unverschlüsselt gespeichert";
/// On the device.
pub const DEVICE: &str = "Auf diesem Gerät";
/// What that means.
pub const DEVICE_NOTE: &str = "Mit einer Passphrase verschlüsselt, die Sie bei jedem Besuch einmal eingeben";
/// It cannot be chosen.
pub const DEVICE_UNAVAILABLE: &str = "Nur auf Seiten, die über https oder von diesem Rechner kommen";
/// A new passphrase.
pub const PASSPHRASE_NEW: &str = "Eine Passphrase für die Schlüssel auf diesem Gerät";
/// The passphrase that there is.
pub const PASSPHRASE_OLD: &str = "Die Passphrase der Schlüssel auf diesem Gerät";
/// What becomes of it.
pub const PASSPHRASE_HINT: &str = "Mindestens 8 Zeichen. Sie wird nirgends gespeichert: Haben Sie sie vergessen, so geben Sie die Schlüssel neu \
                                   ein.";
/// While it is worked on.
pub const OPENING: &str = "Die Passphrase wird verarbeitet…";
/// A key could not be left there.
pub const NOT_KEPT: &str = "Der Schlüssel ist jetzt in Gebrauch, konnte dort aber nicht abgelegt werden";
/// What to do.
pub const NOT_KEPT_NEXT: &str =
    "Er bleibt im Arbeitsspeicher: Geben Sie ihn nach einem Neuladen noch einmal ein.";
/// The tab stores nothing.
pub const NO_TAB_STORAGE: &str = "Dieser Tab lässt die Seite nichts speichern.";
/// The prompt.
pub const LOCKED: &str = "Die Schlüssel auf diesem Gerät sind gesperrt.";
/// Its field.
pub const PASSPHRASE: &str = "Passphrase";
/// Its button.
pub const UNLOCK: &str = "Entsperren";
/// Leaves them locked.
pub const LATER: &str = "Jetzt nicht";
/// Settings as a file.
pub const FILE: &str = "Einstellungen als Datei";
/// What is in it.
pub const FILE_WHAT: &str = "Verbindungen mit ihren Modellen und Preisen und Ihre Wahl der Farben, nie ein Schlüssel. Verbindungen aus einer \
                             Datei werden erst benutzt, wenn Sie die Adresse jeder einzelnen bestätigt haben.";
/// Saves it.
pub const EXPORT: &str = "Einstellungen speichern";
/// Reads one.
pub const IMPORT: &str = "Einstellungen öffnen…";
/// A connection that nobody has confirmed.
pub const UNCONFIRMED: &str = "Aus einer Datei: wird erst benutzt, wenn Sie die Adresse bestätigen";
/// Confirms it.
pub const CONFIRM: &str = "Adresse bestätigen";
/// The file is none.
pub const NOT_SETTINGS: &str = "Diese Datei enthält keine Einstellungen von Credence";
/// What to do.
pub const NOT_SETTINGS_NEXT: &str =
    "Wählen Sie eine Datei, die mit „Einstellungen speichern“ entstanden ist. Es wurde nichts geändert.";
/// It could not be saved.
pub const NOT_SAVED: &str = "Die Einstellungen konnten nicht gespeichert werden";

/// After reading a file.
pub fn imported(count: usize) -> String {
    if count == 0 {
        return "In der Datei war keine Verbindung.".to_owned();
    }
    let whose = if count == 1 { "ihre Adresse" } else { "die Adresse jeder einzelnen" };
    format!(
        "{} gelesen. Bestätigen Sie {whose}, um sie zu benutzen.",
        numbered(count, "Verbindung", "Verbindungen")
    )
}

/// What is known of a connection's key.
pub fn key_state(state: KeyState) -> &'static str {
    match state {
        KeyState::Memory => "Schlüssel im Arbeitsspeicher",
        KeyState::Tab => "Schlüssel in diesem Tab",
        KeyState::Device => "Schlüssel auf diesem Gerät",
        KeyState::Locked => "Schlüssel auf diesem Gerät, gesperrt",
        KeyState::Missing => "Der Schlüssel fehlt: über „Bearbeiten“ neu eingeben",
        KeyState::Unneeded => "Kein Schlüssel",
    }
}
