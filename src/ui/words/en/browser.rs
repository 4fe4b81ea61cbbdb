//! What the browser refuses, in sentences: to keep, to fetch, to lock, to sign in.

use crate::ui::format::sentence;
use crate::web::StoreError;
use crate::web::assets::AssetError;
use crate::web::sign_in::SignInError;
use crate::web::storage::Refused;
use crate::web::vault::VaultError;

/// Why the browser keeps nothing, or gives nothing back.
pub fn store(error: &StoreError) -> String {
    sentence(&error.to_string())
}

/// Why a file of a site, or of this device, did not come.
pub fn asset(error: &AssetError) -> String {
    sentence(&error.to_string())
}

/// Why keys cannot be locked or unlocked.
pub fn vault(error: &VaultError) -> String {
    sentence(&error.to_string())
}

/// Why signing in failed.
pub fn sign_in(error: &SignInError) -> String {
    sentence(&error.to_string())
}

/// Why a setting is not stored.
pub fn not_stored(refused: &Refused) -> String {
    sentence(&refused.to_string())
}
