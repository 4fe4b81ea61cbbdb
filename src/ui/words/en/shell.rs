//! Words of the frame around every page.

use crate::ui::route::Route;
use crate::ui::status::RunStatus;

/// The product's name.
pub const NAME: &str = "Credence";
/// Jumps over the header.
pub const SKIP: &str = "Skip to the content";
/// What the navigation is.
pub const NAVIGATION: &str = "Pages";
/// Closes the error.
pub const DISMISS: &str = "Close";
/// A run could not be started.
pub const CANNOT_START: &str = "The run could not be started";
/// What to do about it.
pub const CHECK_THE_FORM: &str = "Check the question and the panel, then run again.";
/// The page does not exist.
pub const NOT_FOUND: &str = "There is nothing at this address";
/// What may have happened.
pub const NOT_FOUND_WHY: &str = "The link may have been cut on its way: chat and mail programs sometimes shorten long ones. Ask for it again, \
     or start here.";
/// Back to the start.
pub const NOT_FOUND_NEXT: &str = "Ask a question";

/// The name of a page in the navigation.
pub fn page(route: &Route) -> &'static str {
    match route {
        Route::Ask => "Ask",
        Route::Watch { .. } => "Watch",
        Route::Why { .. } => "Why",
        Route::Audit { .. } => "Audit",
        Route::Shared { .. } => "Shared run",
        Route::Runs => "Runs",
        Route::Compare { .. } => "Compare",
        Route::Class => "Ask a class",
        Route::Ballot { .. } => "What do you believe?",
        Route::Learn { .. } => "Learn",
        Route::Lab => "Lab",
        Route::Decide => "Decide",
        Route::Evaluate => "Evaluate",
        Route::Contrast { .. } => "Compare evaluations",
        Route::Results { .. } => "Shared results",
        Route::Settings => "Settings",
        Route::NotFound => "Not found",
    }
}

/// What the page is about, for whoever lists it.
pub const DESCRIPTION: &str = "A panel of language models settles a question by trading its beliefs on a market, in one \
                               browser tab; anyone can replay and check every step";

/// The title of the tab; `run` is the question of the run that it shows and how often agents failed in it.
pub fn title(route: &Route, run: Option<(&str, u32)>) -> String {
    let page = page(route);
    match (route, run) {
        (Route::Ask, _) => NAME.to_owned(),
        (_, Some((_, failures))) if failures > 0 => {
            format!("{page} · {} · {NAME}", super::watch::failures_badge(failures))
        }
        _ => format!("{page} · {NAME}"),
    }
}

/// The description of a page that shows a run.
pub fn description(run: Option<(&str, u32)>) -> String {
    match run {
        None => DESCRIPTION.to_owned(),
        Some((question, 0)) => format!("“{question}”: a panel's answer, step by step"),
        Some((question, failures)) => {
            let failed = super::watch::failures_badge(failures);
            format!("“{question}”: a panel's answer, step by step, with {failed}")
        }
    }
}

/// How a run stands.
pub fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Idle => "No run yet",
        RunStatus::Running => "Running",
        RunStatus::Paused => "Paused",
        RunStatus::Converged => "Settled",
        RunStatus::Completed => "Finished",
        RunStatus::Undecided => "Undecided",
        RunStatus::Stopped => "Stopped",
        RunStatus::Failed => "Failed",
    }
}
