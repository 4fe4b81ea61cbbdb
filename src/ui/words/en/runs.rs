//! Words of the list of past runs, and of everything that speaks of runs being kept.

use crate::archive::{ArchiveError, Card, Origin, Part};
use crate::run::Ending;
use crate::ui::format;
use crate::ui::status::RunStatus;

/// The page.
pub const TITLE: &str = "Past runs";
/// What stands here.
pub const WHAT: &str = "Every run is kept on this device as it happens, also the simulated ones, and those that you opened from a file. \
     Nothing of it leaves the device.";
/// There is none.
pub const EMPTY: &str = "No runs yet";
/// What would be here.
pub const EMPTY_WHAT: &str =
    "Ask a question, and its run stays here: to read again, to check, or to go on with after a closed tab.";
/// Goes to the first page.
pub const EMPTY_NEXT: &str = "Ask a question";
/// While it is read.
pub const LOADING: &str = "Reading the runs on this device…";
/// Opening one.
pub const OPENING: &str = "Opening the run…";
/// There can be none.
pub const UNAVAILABLE: &str = "Runs are not kept in this window";
/// What that means.
pub const UNAVAILABLE_NEXT: &str = "They live until this tab is closed: it may be a private window, or the page may not store anything here. Save a run as a file on its Audit page.";
/// Said once.
pub const UNAVAILABLE_ONCE: &str =
    "This window does not let the page keep anything: runs live until the tab is closed.";
/// The browser gives no more room.
pub const FULL: &str = "This run goes on, but it is no longer kept";
/// What to do.
pub const FULL_NEXT: &str =
    "Delete past runs to make room, and it is kept again; or save it as a file on its Audit page.";
/// Tries to keep it again.
pub const TRY_AGAIN: &str = "Try again";
/// Leads to the list.
pub const MAKE_ROOM: &str = "Past runs";
/// Closes a note.
pub const CLOSE: &str = "Close";
/// Opens a run.
pub const OPEN: &str = "Open";
/// Opens a run that is not over.
pub const GO_ON: &str = "Resume";
/// Changes the name.
pub const RENAME: &str = "Rename…";
/// The field of the name.
pub const NAME: &str = "Name of this run";
/// Saves the name.
pub const SAVE: &str = "Save";
/// Leaves the name.
pub const CANCEL: &str = "Cancel";
/// Puts it at the top.
pub const PIN: &str = "Pin";
/// Lets it go.
pub const UNPIN: &str = "Unpin";
/// It is pinned.
pub const PINNED: &str = "Pinned";
/// Throws it away.
pub const DELETE: &str = "Delete";
/// Takes it back.
pub const UNDO: &str = "Undo";
/// A run that cannot be read.
pub const UNREADABLE: &str = "A run that cannot be read";
/// A run of another engine.
pub const OLDER: &str = "Older engine";
/// A run from a file.
pub const FROM_FILE: &str = "From a file";
/// It is the run that is open.
pub const OPEN_HERE: &str = "Open in this tab";
/// A run could not be opened.
pub const CANNOT_OPEN: &str = "The run could not be opened";
/// It is not there any more.
pub const GONE: &str = "It is not on this device any more.";
/// What to do.
pub const CANNOT_OPEN_NEXT: &str = "It can be deleted in the list of past runs; nothing else is affected.";
/// The offer to go on.
pub const INTERRUPTED: &str = "A run was interrupted";
/// Not now.
pub const NOT_NOW: &str = "Not now";
/// Another tab drives it.
pub const ELSEWHERE: &str =
    "This run goes on in another tab. Here it can only be watched: two tabs would ask every question twice.";
/// Another tab drove it.
pub const FREE: &str = "The tab that drove this run is gone. It stands still until you go on with it here.";
/// Takes it over.
pub const TAKE_OVER: &str = "Go on here";
/// Another tab has it.
pub const TAKEN_OVER: &str = "Another tab has gone on with this run, so it was stopped here. Nothing is lost: the other tab has it whole.";
/// Connections are gone.
pub const NEEDS_CONNECTIONS: &str = "The run waits: a connection that it used is no longer saved. Press Resume to go on without its agents, or run it again with changes.";
/// Another engine made it.
pub const OTHER_ENGINE: &str = "Another version of the engine made this run. It is shown as it was kept; it cannot go on, and its prices may not be recomputed here.";

/// The price of an outcome.
pub fn price(leader: &(String, f64)) -> String {
    format!("{}: {}", leader.0, format::percent(leader.1))
}

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
        (None, _, Origin::Imported) => "Without an end",
        (None, true, Origin::Here) => "Paused",
        (None, false, Origin::Here) => "Not finished",
    }
}

/// Who ran.
pub fn panel(card: &Card) -> String {
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let mut parts = Vec::new();
    match (card.model_agents, card.models.as_slice()) {
        (0, _) => {}
        (agents, [model]) => parts.push(format!("{} of {model}", counted(agents, "agent"))),
        (agents, models) => parts.push(format!("{} of {} models", counted(agents, "agent"), models.len())),
    }
    if card.simulated_agents > 0 {
        parts.push(counted(card.simulated_agents, "simulated trader"));
    }
    if card.person {
        parts.push("you".to_owned());
    }
    parts.join(" and ")
}

/// What it cost; nothing for a run without calls.
pub fn cost(card: &Card) -> Option<String> {
    (card.calls > 0).then(|| match card.cost_micro_usd {
        Some(micro_usd) => format::dollars(micro_usd),
        None => "cost not known".to_owned(),
    })
}

/// How much room is taken.
pub fn space(used_bytes: f64, granted_bytes: f64) -> String {
    format!("{} of the {} that this browser grants are in use.", bytes(used_bytes), bytes(granted_bytes))
}

pub(crate) fn bytes(count: f64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let mut size = count.max(0.0);
    let mut unit = 0;
    while size >= 1_000.0 && unit + 1 < UNITS.len() {
        size /= 1_000.0;
        unit += 1;
    }
    let digits = usize::from(unit > 0 && size < 10.0);
    format!("{size:.digits$} {}", UNITS[unit])
}

/// After throwing one away.
pub fn deleted(name: &str) -> String {
    format!("“{}” is deleted.", format::short(name, 60))
}

/// Why a run cannot be read.
pub fn unreadable(error: &ArchiveError) -> String {
    format!("{} It can be deleted.", super::problems::kept(error))
}

/// The offer to go on, in one sentence.
pub fn offer(card: &Card) -> String {
    let events = match card.events {
        1 => "1 event".to_owned(),
        count => format!("{} events", format::count(count)),
    };
    let paid = if card.calls > 0 { " No answer is paid for twice." } else { "" };
    format!("“{}” stands after {events} and can go on from there.{paid}", format::short(&card.question, 90))
}

/// It waits for keys.
pub fn needs_keys(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    format!(
        "The run waits, because keys are gone after a reload: enter the key of {} in Settings, then press Resume.",
        quoted.join(" and ")
    )
}

/// What was kept is damaged.
pub fn damaged(seq: u64) -> String {
    format!(
        "What was kept of this run is damaged from event {seq} on. It is shown as far as it can be read, and cannot go on."
    )
}

/// The warning above a run whose file says something else than what follows.
pub const ALTERED: &str = "This log was changed or cut after it was made";
/// What that means.
pub const ALTERED_WHAT: &str =
    "What is shown here is not what happened. The Audit page says where it no longer follows.";
/// The same in the list.
pub const DOES_NOT_VERIFY: &str = "Does not verify";
/// A file that is known.
pub const OPENED_BEFORE: &str =
    "This very file was opened before: here is the run that was kept from it then.";
/// Where to look.
pub const ALTERED_NEXT: &str = "Check it";

/// Goes to what an open run belongs to.
pub fn back_to(part: &Part) -> &'static str {
    match part {
        Part::Decision { .. } => "Back to the decision",
        Part::Evaluation { .. } => "Back to the evaluation",
    }
}

/// Shows what the runs of a group belong to.
pub fn show_part(part: &Part) -> &'static str {
    match part {
        Part::Decision { .. } => "Show the decision",
        Part::Evaluation { .. } => "Show the evaluation",
    }
}

/// What a run belongs to.
pub fn part(part: &Part) -> String {
    match part {
        Part::Decision { name, .. } => format!("Decision: {name}"),
        Part::Evaluation { name, .. } => format!("Evaluation: {name}"),
    }
}

/// How many runs stand together.
pub fn runs(count: usize) -> String {
    if count == 1 { "1 run".to_owned() } else { format!("{count} runs") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (count, text) in [
            (0.0, "0 bytes"),
            (999.0, "999 bytes"),
            (1_500.0, "1.5 kB"),
            (24_000_000.0, "24 MB"),
            (9.96e9, "10.0 GB"),
            (-1.0, "0 bytes"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
