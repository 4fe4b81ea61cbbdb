//! `credence run`: a set-up in, a run file out, and its result in a few lines.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::json;

use super::arguments::RunArguments;
use super::ask::{Asking, block_on, drive};
use super::progress::RunProgress;
use super::source::{self, DASH};
use super::{CliError, Outcome, note, say};
use crate::run::{CloseReason, Ending, Run, RunEvent};
use crate::session::{Observer, Timings};
use crate::share::{file_name, write_file};

pub(super) fn run(arguments: &RunArguments) -> Result<Outcome, CliError> {
    let mut spec = source::spec(&arguments.spec)?;
    if let Some(seed) = &arguments.seed {
        spec.seed = seed.parse().map_err(|error| CliError::Usage(format!("--seed: {error}")))?;
    }
    let asking = Asking::new(&arguments.asking)?;
    asking.check(&spec)?;
    let progress = Rc::new(RunProgress::new(&spec, arguments.asking.quiet));
    let (run, timings) = block_on(async {
        let session = asking.session(spec, Rc::clone(&progress) as Rc<dyn Observer>)?;
        progress.attach(&session);
        let driven = drive(&session).await;
        progress.finish();
        driven?;
        Ok((session.with_run(Run::clone), session.timings()))
    })?;
    tell_failures(&run);
    let file = keep(&run, &file_text(&run, &timings)?, arguments.out.as_deref())?;
    let result = Ended::of(&run);
    let text =
        if arguments.json { result.json(&run, file.as_deref()) } else { result.words(&run, file.as_deref()) };
    // Where the run file itself goes to standard output, nothing else does.
    let tell = if file.is_some() { say } else { note };
    tell(&text);
    Ok(result.outcome())
}

/// Writes the file of a run; where it went, or `None` for standard output.
pub(super) fn keep(run: &Run, text: &str, out: Option<&str>) -> Result<Option<PathBuf>, CliError> {
    if out == Some(DASH) {
        let written = std::io::stdout().lock().write_all(text.as_bytes());
        return written.map(|()| None).map_err(|error| CliError::File("standard output".to_owned(), error));
    }
    let path = Path::new(out.unwrap_or("."));
    let path = if path.is_dir() { path.join(name(run)) } else { path.to_owned() };
    source::write(&path, text)?;
    Ok(Some(path))
}

/// The file of a run, with its times beside the chain.
pub(super) fn file_text(run: &Run, timings: &Timings) -> Result<String, CliError> {
    let mut document = run.document()?;
    document.timings = timings.to_value();
    Ok(write_file(&document))
}

/// The name that the page would give the file.
fn name(run: &Run) -> String {
    file_name(&run.spec().question, &run.head().digest, run.state().totals().failures)
}

/// Every failure, once, with what can be done.
fn tell_failures(run: &Run) {
    for event in run.log().events() {
        if let RunEvent::Failed { round, agent, failure } = event {
            note(&format!("{}, round {round}: {}", run.spec().agents[*agent].name, failure.message));
        }
    }
}

/// How a run ended.
struct Ended {
    status: Option<Ending>,
    reason: Option<CloseReason>,
    failures: u32,
}

impl Ended {
    fn of(run: &Run) -> Self {
        let closed = run.log().events().find_map(|event| match event {
            RunEvent::Closed { status, reason, .. } => Some((*status, *reason)),
            _ => None,
        });
        let (status, reason) = closed.unzip();
        Self { status, reason, failures: run.state().totals().failures }
    }

    fn outcome(&self) -> Outcome {
        match self.status {
            None | Some(Ending::Failed) => Outcome::Bad,
            Some(_) if self.failures > 0 || self.reason == Some(CloseReason::StoppedByPerson) => {
                Outcome::Partly
            }
            Some(_) => Outcome::Good,
        }
    }

    fn words(&self, run: &Run, file: Option<&Path>) -> String {
        let totals = run.state().totals();
        let price = |(name, price): (&String, f64)| format!("{name} {:.1} %", price * 100.0);
        let answer: Vec<_> = run.spec().outcomes.iter().zip(run.state().prices()).map(price).collect();
        let money = totals.cost_micro_usd as f64 / 1e6;
        let tokens = totals.prompt_tokens + totals.completion_tokens;
        let ended = format!("{} ({})", word(&self.status), word(&self.reason));
        let head = run.head();
        let mut lines = vec![
            answer.join(" · "),
            format!(
                "{ended} after {} rounds: {} trades, {} calls, {tokens} tokens, ${money:.4}, {} failures",
                totals.rounds, totals.trades, totals.calls, totals.failures
            ),
            format!("head {} {}", head.seq, head.digest),
        ];
        lines.extend(file.map(|file| format!("saved {}", file.display())));
        lines.join("\n")
    }

    fn json(&self, run: &Run, file: Option<&Path>) -> String {
        json!({
            "file": file.map(|file| file.display().to_string()),
            "head": run.head(),
            "status": self.status,
            "reason": self.reason,
            "outcomes": run.spec().outcomes,
            "prices": run.state().prices(),
            "totals": run.state().totals(),
        })
        .to_string()
    }
}

/// A value of an enum as it stands in files.
pub(super) fn word<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or("not over").replace('_', " ")
}
