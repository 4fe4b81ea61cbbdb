//! Words about where keys are left, about unlocking them, and about settings as a file.

/// The choice.
pub const PLACE: &str = "Where the key is left";
/// In memory.
pub const MEMORY: &str = "In memory";
/// What that means.
pub const MEMORY_NOTE: &str = "Gone after a reload";
/// In the tab.
pub const TAB: &str = "In this tab";
/// What that means.
pub const TAB_NOTE: &str = "Survives a reload, gone when the tab is closed; stored unencrypted until then";
/// On the device.
pub const DEVICE: &str = "On this device";
/// What that means.
pub const DEVICE_NOTE: &str = "Encrypted under a passphrase, which you enter once a visit";
/// It cannot be chosen.
pub const DEVICE_UNAVAILABLE: &str = "Only on pages served over https or from this machine";
/// A new passphrase.
pub const PASSPHRASE_NEW: &str = "A passphrase for the keys on this device";
/// The passphrase that there is.
pub const PASSPHRASE_OLD: &str = "The passphrase of the keys on this device";
/// What becomes of it.
pub const PASSPHRASE_HINT: &str =
    "At least 8 characters. It is never stored: if you forget it, enter the keys again.";
/// While it is worked on.
pub const OPENING: &str = "Working on the passphrase…";
/// A key could not be left there.
pub const NOT_KEPT: &str = "The key works now, but could not be left there";
/// What to do.
pub const NOT_KEPT_NEXT: &str = "It stays in memory: enter it again after a reload.";
/// The tab stores nothing.
pub const NO_TAB_STORAGE: &str = "This tab does not let the page store anything.";
/// The prompt.
pub const LOCKED: &str = "The keys on this device are locked.";
/// Its field.
pub const PASSPHRASE: &str = "Passphrase";
/// Its button.
pub const UNLOCK: &str = "Unlock";
/// Leaves them locked.
pub const LATER: &str = "Not now";
/// Settings as a file.
pub const FILE: &str = "Settings as a file";
/// What is in it.
pub const FILE_WHAT: &str = "Connections with their models and prices, and your choice of colours. Never a key. Connections from a file are not used until you confirm the address of each.";
/// Saves it.
pub const EXPORT: &str = "Save settings";
/// Reads one.
pub const IMPORT: &str = "Open settings…";
/// A connection that nobody has confirmed.
pub const UNCONFIRMED: &str = "From a file: not used until you confirm its address";
/// Confirms it.
pub const CONFIRM: &str = "Confirm address";
/// The file is none.
pub const NOT_SETTINGS: &str = "This file holds no settings of Credence";
/// What to do.
pub const NOT_SETTINGS_NEXT: &str = "Choose a file that “Save settings” made. Nothing was changed.";
/// It could not be saved.
pub const NOT_SAVED: &str = "The settings could not be saved";

/// After reading a file.
pub fn imported(count: usize) -> String {
    match count {
        0 => "There was no connection in the file.".to_owned(),
        1 => "1 connection was read. Confirm its address to use it.".to_owned(),
        count => format!("{count} connections were read. Confirm the address of each to use it."),
    }
}

/// How it stands with a connection's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// In memory.
    Memory,
    /// In this tab.
    Tab,
    /// On this device, unlocked.
    Device,
    /// On this device, locked.
    Locked,
    /// Not here any more.
    Missing,
    /// There never was one.
    Unneeded,
}

/// What is known of a connection's key.
pub fn key_state(state: KeyState) -> &'static str {
    match state {
        KeyState::Memory => "Key in memory",
        KeyState::Tab => "Key in this tab",
        KeyState::Device => "Key on this device",
        KeyState::Locked => "Key on this device, locked",
        KeyState::Missing => "Key needed again: edit to enter it",
        KeyState::Unneeded => "No key",
    }
}
