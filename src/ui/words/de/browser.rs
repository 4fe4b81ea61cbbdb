//! What the browser refuses, in German sentences: to keep, to fetch, to lock, to sign in.

use super::messages::said;
use crate::web::StoreError;
use crate::web::assets::AssetError;
use crate::web::sign_in::SignInError;
use crate::web::storage::Refused;
use crate::web::vault::{SHORTEST_PASSPHRASE, VaultError};

/// Why the browser keeps nothing, or gives nothing back.
pub fn store(error: &StoreError) -> String {
    match error {
        StoreError::Unavailable => {
            "Dieses Browserfenster erlaubt der Seite nicht, Läufe aufzubewahren.".to_owned()
        }
        StoreError::Newer => "Eine neuere Ausgabe dieser Seite bewahrt hier ihre Läufe auf.".to_owned(),
        StoreError::Full => "Der Speicher des Browsers für diese Seite ist voll.".to_owned(),
        StoreError::Conflict => "Ein anderer Tab hat diesen Lauf fortgesetzt.".to_owned(),
        StoreError::Failed(name) => format!("Die Datenbank des Browsers hat versagt ({name})."),
    }
}

/// Why a file of a site, or of this device, did not come.
pub fn asset(error: &AssetError) -> String {
    match error {
        AssetError::Unreachable => "Sie war nicht zu erreichen. Ein Browser nennt keinen Grund: Die Adresse kann falsch \
                                    sein, die Website erlaubt vielleicht anderen Seiten nicht, ihre Dateien zu lesen \
                                    (CORS), oder Sie sind offline."
            .to_owned(),
        AssetError::Status(status) => format!("Die Website antwortet mit {status}."),
        AssetError::CutOff => "Sie wurde unterwegs abgeschnitten.".to_owned(),
        AssetError::TooLarge(mib) => format!("Sie ist größer als {mib} MiB."),
        AssetError::NotRead => "Der Browser konnte die Datei nicht lesen.".to_owned(),
    }
}

/// Why keys cannot be locked or unlocked.
pub fn vault(error: &VaultError) -> String {
    match error {
        VaultError::Unavailable => {
            "Diese Seite darf nicht verschlüsseln: Dazu muss sie über https oder von diesem Rechner \
                                    kommen."
                .to_owned()
        }
        VaultError::WrongPassphrase => {
            "Mit dieser Passphrase sind die Schlüssel auf diesem Gerät nicht verschlossen.".to_owned()
        }
        VaultError::TooShort => format!("Eine Passphrase hat mindestens {SHORTEST_PASSPHRASE} Zeichen."),
        VaultError::Damaged => {
            "Die Schlüssel auf diesem Gerät lassen sich nicht lesen: Vergessen Sie sie, und geben Sie \
                                sie neu ein."
                .to_owned()
        }
        VaultError::NotStored => "Dieser Browser lässt die Seite nichts speichern.".to_owned(),
    }
}

/// Why signing in failed.
pub fn sign_in(error: &SignInError) -> String {
    match error {
        SignInError::NoCrypto => {
            "Zum Anmelden muss die Seite über https oder von diesem Rechner kommen.".to_owned()
        }
        SignInError::NoStorage => {
            "Dieser Browser lässt die Seite nichts speichern; sie fände nicht zurück.".to_owned()
        }
        SignInError::Call(error) => said(&error.to_string()),
        SignInError::NoKey => "OpenRouter hat ohne Schlüssel geantwortet.".to_owned(),
    }
}

/// Why a setting is not stored.
pub fn not_stored(_: &Refused) -> String {
    "Dieser Browser lässt die Seite nichts speichern: Es ist ein privates Fenster, oder sein Speicher ist voll.".to_owned()
}
