//! Words about replies of models that are kept and taken again.

use crate::archive::{Holdings, MOST};
use crate::llm::on_device::file_size;

/// A choice of the Ask page.
pub const REUSE: &str = "Take kept replies in place of calls";
/// What it means.
pub const REUSE_WHAT: &str = "Where a model of the same server was asked exactly this before, with the same settings, the \
                              reply that it gave then is taken: nothing is sent or paid, and no fresh opinion comes. The \
                              agent’s row and the audit trail say so. Replies are kept on this device; Settings says how \
                              many, and forgets them";
/// Said of an agent whose last answer was a kept reply.
pub const TAKEN: &str = "Taken from a kept reply: nothing sent, nothing paid";
/// The section of the settings.
pub const KEPT: &str = "Kept replies of models";
/// While it is counted.
pub const COUNTING: &str = "Counting…";
/// The button.
pub const FORGET: &str = "Forget kept replies…";
/// The answer.
pub const FORGET_YES: &str = "Forget them";
/// The other answer.
pub const FORGET_NO: &str = "Keep them";
/// After forgetting.
pub const FORGOTTEN: &str = "No reply is kept any more.";
/// They could not be forgotten.
pub const NOT_FORGOTTEN: &str = "The kept replies could not be forgotten";
/// What to do.
pub const NOT_FORGOTTEN_NEXT: &str = "Clear this page’s data in the browser’s own settings.";

/// What keeping is for, and its bounds.
pub fn kept_what() -> String {
    format!(
        "So that the same words need not be paid for twice: a run takes a kept reply in place of a call where the Ask \
         page says so (“{REUSE}”). At most {} replies or {} are kept; the oldest go first. Without key and address.",
        crate::ui::format::count(MOST.replies as u64),
        file_size(MOST.bytes),
    )
}

/// How many there are.
pub fn holdings(device: Holdings, memory: Holdings) -> String {
    let many = |kept: Holdings| match kept.replies {
        1 => format!("1 reply is kept, {}", file_size(kept.bytes)),
        count => {
            format!("{} replies are kept, {}", crate::ui::format::count(count as u64), file_size(kept.bytes))
        }
    };
    match (device.replies, memory.replies) {
        (0, 0) => "No reply is kept yet.".to_owned(),
        (_, 0) => format!("{}.", many(device)),
        (0, _) => format!("{}, until this page is closed: the browser would not store them.", many(memory)),
        (_, more) => format!(
            "{}; {more} more until this page is closed: the browser would not store them.",
            many(device)
        ),
    }
}

/// Before forgetting.
pub fn forget_question(replies: usize) -> String {
    match replies {
        1 => "Forget 1 kept reply? The next run asks, and pays, again.".to_owned(),
        count => format!("Forget {count} kept replies? The next run asks, and pays, again."),
    }
}
