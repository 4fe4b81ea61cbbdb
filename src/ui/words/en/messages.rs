//! What a failed call, a model on this device or a setting says, as the page shows it. Messages of calls are recorded in
//! the run, in English, so that a link has one digest; another language shows their known sentences in its own words.

use crate::agents::prices::ListError;
use crate::llm::base_url::UrlError;
use crate::ui::format::sentence;

/// A recorded message as it is shown; in English just as it was recorded.
pub fn said(message: &str) -> String {
    message.to_owned()
}

/// What is wrong with an address.
pub fn address(error: UrlError) -> String {
    sentence(&error.to_string())
}

/// Why a list of prices cannot be used.
pub fn list(error: &ListError) -> String {
    sentence(&error.to_string())
}
