//! Parts of pages that show one aspect of an open run. Each takes a `Feed`, so that it serves local and shared runs
//! alike. `RunView` is all of them together: answer, then why, then how.

mod agent_row;
mod agents;
mod answer;
mod baselines;
mod comparisons;
mod controls;
mod drop;
mod event_detail;
mod event_row;
mod events;
mod failure_badge;
mod headline;
mod market_figures;
mod no_run;
mod note;
mod part;
mod person;
mod pushes;
mod replay;
mod resolve;
mod run_view;
mod share_dialog;
mod share_ways;
mod take_away;
mod trades;
mod transcript;
mod unlock;
mod verify;
mod view_switch;
mod why;

pub use agents::Agents;
pub use answer::Answer;
pub use drop::DropTarget;
pub use events::{EventList, event_turns};
pub use failure_badge::FailureBadge;
pub use no_run::NoRun;
pub use note::{AlteredNote, KeepingNotice, ResumeOffer, RunNote};
pub use part::PartOf;
pub use replay::{Playback, Replay, follow_address};
pub use run_view::{RUN_PARTS, RunView, moment_of};
pub use share_dialog::ShareDialog;
pub use take_away::TakeAway;
pub use unlock::UnlockNotice;
pub use verify::{VerifyPanel, document_of};
pub use why::{WHY_PARTS, WhyView};
