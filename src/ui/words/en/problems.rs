//! What can be wrong with runs, files, links and rows, in sentences. What a library says of a text that it cannot read
//! is of no use to whoever brought the text: it stays with the command line.

use crate::archive::ArchiveError;
use crate::evaluate::Reason;
use crate::run::{Fault, RunError};
use crate::share::{FileError, LinkError, PictureError};
use crate::ui::format::sentence;

/// What is of a kind that this program cannot read.
const UNREADABLE: &str =
    "something in it is missing, or of a kind that this version of Credence does not know";

/// Why something is refused that a run was to take, or that was to become a run.
pub fn run(error: &RunError) -> String {
    match error {
        RunError::Unreadable(_) => format!("It cannot be read: {UNREADABLE}."),
        other => sentence(&other.to_string()),
    }
}

/// Why a file cannot be opened as a run.
pub fn file(error: &FileError) -> String {
    match error {
        FileError::NotJson(_) => {
            "This is not JSON: it is a file of another kind, or it was cut off.".to_owned()
        }
        FileError::Malformed(_) => format!("This run file is malformed: {UNREADABLE}."),
        other => sentence(&other.to_string()),
    }
}

/// Why a picture gives no run.
pub fn picture(error: &PictureError) -> String {
    sentence(&error.to_string())
}

/// Why a link gives no run, or a run no link.
pub fn link(error: &LinkError) -> String {
    match error {
        LinkError::Damaged(_) => {
            "This link is damaged: characters were lost or changed on its way.".to_owned()
        }
        LinkError::Refused(error) => format!("This link holds a run that cannot be. {}", run(error)),
        LinkError::DoesNotFit(_) => {
            "The run does not fit a link: it holds more than one can carry.".to_owned()
        }
        other => sentence(&other.to_string()),
    }
}

/// Why what was kept of a run cannot be read.
pub fn kept(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Unreadable(_) => "What was kept of it cannot be read: it is damaged.".to_owned(),
        ArchiveError::SetUp(_) => format!("Its set-up cannot be read: {UNREADABLE}."),
        ArchiveError::Newer(_) => sentence(&error.to_string()),
    }
}

/// What is wrong with an event, in the middle of a sentence.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Unreadable(_) => format!("it cannot be read: {UNREADABLE}"),
        Fault::SetUp(RunError::Unreadable(_)) => format!("the set-up cannot be read: {UNREADABLE}"),
        Fault::Differs(type_name) => {
            format!(
                "the engine computes another event of this kind (“{}”) here",
                super::events::kind(type_name)
            )
        }
        other => other.to_string(),
    }
}

/// Why a row is no question, behind a colon.
pub fn row(reason: &Reason) -> String {
    match reason {
        Reason::NotJson(from, _) => format!("it is not JSON, from character {from} on."),
        Reason::BrokenJson(from, _) => {
            format!("from character {from} on it is not JSON, and what follows is not read.")
        }
        Reason::NotCsv(_) => "it is not CSV.".to_owned(),
        other => format!("{other}."),
    }
}

/// Why a picture that carries a run opens none.
pub fn in_picture(error: &LinkError) -> String {
    format!("What the picture holds cannot be opened. {}", link(error))
}

/// Why there is no picture of a chart.
pub const NOT_DRAWN: &str = "The browser could not draw it.";
/// Why the lab cannot start.
pub fn lab(what: &'static str) -> String {
    sentence(&format!("{what} is out of range"))
}

/// What is wrong with the link of a question for a class.
pub const CLASS_LINK: &str = "This link for a class is damaged or cut off.";
