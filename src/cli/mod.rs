//! The command line: the same runs without a page. It reads set-ups and run files, calls model servers, and writes run
//! files; files, servers, clock and terminal are touched here and nowhere else natively. Nothing of it is in the page.
//! It decides nothing about a run: given the same replies, its log is the page's to the last digest.

mod arguments;
mod ask;
mod check;
mod clock;
mod estimate;
mod evaluate;
mod evaluation;
mod export;
mod http_client;
mod progress;
mod replies;
mod run;
mod servers;
mod source;

use std::io::Write;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;

/// How the program ends: its exit codes are documented in `--help` and never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Good,
    /// What was checked does not hold, or a run ended without an answer.
    Bad,
    /// The work is done, but some agents or questions failed, or it was stopped.
    Partly,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Good => 0,
            Outcome::Bad => 1,
            Outcome::Partly => 3,
        })
    }
}

/// Why nothing was begun or nothing could be written: exit code 2, as for arguments that make no sense.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// A file or a folder.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// What was read makes no sense.
    #[error("{0}: {1}")]
    Input(String, String),
    /// Arguments that do not fit together, or a server that lacks something.
    #[error("{0}")]
    Usage(String),
    /// The engine refuses.
    #[error("{0}")]
    Run(#[from] crate::run::RunError),
}

/// Reads the arguments, does what they say and returns the exit code.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Evaluate(arguments) => evaluate::evaluate(&arguments),
        Command::Merge(arguments) => evaluation::merge(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Verify(arguments) => Ok(check::verify(&arguments)),
        Command::Replay(arguments) => check::replay(&arguments),
        Command::Link(arguments) => check::link(&arguments),
        Command::Servers => {
            servers::list();
            Ok(Outcome::Good)
        }
    };
    match done {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            note(&format!("error: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Writes to standard output; whoever closed it has heard enough.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes to standard error.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
