//! `credence evaluate` and `credence merge`: questions × methods, a run file for each run, a line of results for each
//! question as soon as it is done, and tables at the end. Whatever stops it, what is done stays done: the same command
//! goes on where it was.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use futures_util::stream;
use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::EvaluateArguments;
use super::ask::{Asking, block_on};
use super::estimate::{self, Budget};
use super::evaluation::Folder;
use super::run::file_text;
use super::source;
use super::{CliError, Outcome, note, say};
use crate::evaluate::{
    Form, Inquiry, Latency, Manifest, Mapping, Method, Preset, Question, Reading, Record, Shard, read, sample,
};
use crate::prng::Seed;
use crate::run::{Run, RunSpec};
use crate::session::Timings;
use crate::session::reckoning::reckon_each;

/// How often the bar moves while nothing happens.
const TICK_MILLIS: u64 = 200;

/// What one command works on.
struct Work {
    panel: RunSpec,
    methods: Vec<Method>,
    seed: Seed,
    asking: Asking,
    folder: Folder,
    budget: Budget,
    /// Failures so far, for the bar.
    failures: Cell<u64>,
}

pub(super) fn evaluate(arguments: &EvaluateArguments) -> Result<Outcome, CliError> {
    let seed: Seed = arguments.seed.parse().map_err(|error| CliError::Usage(format!("--seed: {error}")))?;
    let (panel, methods) = (source::spec(&arguments.panel)?, methods(&arguments.methods)?);
    let chosen = choose(arguments, seed)?;
    let manifest = Manifest::of(&panel, &chosen, &methods, &seed.to_string())
        .ok_or_else(|| CliError::Usage("the panel's set-up has no canonical form".to_owned()))?;
    let mine = match arguments.shard {
        Some(shard) => shard.part(chosen),
        None => chosen,
    };
    let places = arguments.asking.at_once.max(1).saturating_mul(arguments.asking.servers.len().max(1));
    let budget = Budget::of(arguments)?;
    let to_ask = open_of(&mine, &Folder::known(&arguments.out, &manifest)?, arguments.retry_failed);
    let estimate = reckon_each(&panel, &methods, &to_ask, seed);
    if arguments.dry_run {
        say(&estimate::words(estimate.as_ref(), to_ask.len(), places));
    }
    estimate.as_ref().map_or(Ok(()), |estimate| budget.allows(estimate))?;
    if arguments.dry_run {
        return Ok(Outcome::Good);
    }
    let mut asking = arguments.asking.clone();
    if asking.replies.is_none() && !panel.all_simulated() {
        asking.replies = Some(arguments.out.join("replies"));
    }
    let asking = Asking::new(&asking)?;
    asking.check(&panel)?;
    let folder = Folder::open(&arguments.out, &manifest)?;
    // Another program may have worked on it until now.
    let open = open_of(&mine, &folder.records()?, arguments.retry_failed);
    let wanted: BTreeSet<String> = mine.into_iter().map(|question| question.id).collect();
    let bar = bar(wanted.len(), wanted.len() - open.len(), arguments.asking.quiet);
    let at_once = arguments.questions_at_once.unwrap_or_else(|| enough_at_once(&panel, places)).max(1);
    let work = Work { panel, methods, seed, asking, folder, budget, failures: Cell::new(0) };
    let stopped = block_on(ask_all(&work, open, at_once, &bar));
    bar.finish_and_clear();
    let stopped = stopped?;
    let records = work.folder.records()?;
    let baseline = arguments.against.as_deref().map(by_name).transpose()?;
    let text = work.folder.write_tables(&records, baseline, seed)?;
    say(text.trim_end());
    let missing = wanted.iter().filter(|id| !records.contains_key(*id)).count();
    tell_failures(&records);
    if missing > 0 && work.budget.is_spent() {
        note(&format!(
            "the limit is reached with {missing} questions to go: the same command goes on with the next ones"
        ));
    } else if stopped {
        note(&format!("stopped with {missing} questions to go: the same command goes on from here"));
    }
    let whole = records.values().all(Record::is_whole) && missing == 0;
    Ok(if whole { Outcome::Good } else { Outcome::Partly })
}

/// The questions that are still to be asked.
fn open_of(mine: &[Question], done: &BTreeMap<String, Record>, retry_failed: bool) -> Vec<Question> {
    let is_open =
        |question: &&Question| done.get(&question.id).is_none_or(|record| retry_failed && !record.is_whole());
    mine.iter().filter(is_open).cloned().collect()
}

/// So many questions that no place at a server is ever free: a round waits for its slowest agent, so each question asks
/// for less than its whole panel most of the time.
fn enough_at_once(panel: &RunSpec, places: usize) -> usize {
    match panel.agents.iter().filter(|agent| agent.kind.is_model()).count() {
        0 => 1,
        models => places.saturating_mul(2).div_ceil(models) + 1,
    }
}

/// The questions of the file, sampled; what could not be read is listed.
fn choose(arguments: &EvaluateArguments, seed: Seed) -> Result<Vec<Question>, CliError> {
    let name = &arguments.questions;
    let text = String::from_utf8(source::read(name)?)
        .map_err(|_| CliError::Input(name.clone(), "this is not text in UTF-8".to_owned()))?;
    let preset = match arguments.preset.as_deref() {
        None => None,
        Some(name) => {
            Some(Preset::ALL.into_iter().find(|preset| preset.name() == name).ok_or_else(|| {
                let names: Vec<_> = Preset::ALL.iter().map(|preset| preset.name()).collect();
                CliError::Usage(format!("--preset is one of {}", names.join(", ")))
            })?)
        }
    };
    let Reading { questions, rejected, preset, .. } =
        read(&text, Form::of(name, &text), preset, &mapping(arguments)?);
    for row in &rejected {
        note(&format!("{name}, {}: {}", row.place, row.reason));
    }
    if questions.is_empty() {
        return Err(CliError::Input(name.clone(), "it holds no question that can be asked".to_owned()));
    }
    let all = questions.len();
    let chosen = sample(questions, arguments.sample.unwrap_or(usize::MAX), arguments.stratified, seed);
    note(&format!(
        "{} of {all} questions ({}), {} rows could not be read",
        chosen.len(),
        preset.map_or("mapped", Preset::name),
        rejected.len()
    ));
    Ok(chosen)
}

fn mapping(arguments: &EvaluateArguments) -> Result<Mapping, CliError> {
    let pair = |text: &String| {
        let (plain, column) = text.split_once('=').ok_or_else(|| {
            CliError::Usage(
                "--map takes NAME=COLUMN, as in --map question=prompt --map answer=label".to_owned(),
            )
        })?;
        Ok((plain.trim().to_owned(), column.trim().to_owned()))
    };
    let columns = arguments.map.iter().map(pair).collect::<Result<_, CliError>>()?;
    Ok(Mapping { columns, outcomes: arguments.outcomes.clone() })
}

fn methods(names: &[String]) -> Result<Vec<Method>, CliError> {
    let mut chosen = BTreeSet::new();
    for name in names {
        match name.as_str() {
            "pools" => chosen.extend(Method::POOLS),
            "all" => chosen.extend(Method::ALL),
            name => {
                chosen.insert(by_name(name)?);
            }
        }
    }
    Ok(chosen.into_iter().collect())
}

pub(super) fn by_name(name: &str) -> Result<Method, CliError> {
    Method::by_name(name).ok_or_else(|| {
        let names: Vec<_> = Method::ALL.iter().map(|method| method.name()).collect();
        CliError::Usage(format!("“{name}” is no method; there are pools, all, {}", names.join(", ")))
    })
}

/// Asks every question, several at once; true if Ctrl-C ended it.
async fn ask_all(
    work: &Work,
    questions: Vec<Question>,
    at_once: usize,
    bar: &ProgressBar,
) -> Result<bool, CliError> {
    let all = async {
        let mut asked = stream::iter(questions)
            .take_while(|_| std::future::ready(!work.budget.is_spent()))
            .map(|question| async move { work.ask(&question).await })
            .buffer_unordered(at_once);
        while let Some(record) = asked.next().await {
            let record = record?;
            work.folder.add(&record)?;
            work.failures.set(work.failures.get() + u64::from(record.failures));
            bar.set_message(format!("{} failures", work.failures.get()));
            bar.inc(1);
        }
        Ok(false)
    };
    // Dropping what is under way ends its calls; replies that are in are kept, so nothing is paid twice.
    match select(Box::pin(all), Box::pin(tokio::signal::ctrl_c())).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => Ok(true),
    }
}

impl Work {
    /// One question: its runs, and what every method makes of them.
    async fn ask(&self, question: &Question) -> Result<Record, CliError> {
        let mut inquiry = Inquiry::new(&self.panel, &self.methods, question, self.seed);
        while let Some((job, spec)) = inquiry.next_run() {
            let (run, timings) = self.run(spec).await?;
            let file = self.folder.path().join(inquiry.file_name(job));
            source::write(&file, &file_text(&run, &timings)?)?;
            let agents = run.spec().agents.len();
            let latency = Latency::of(timings.worked_millis, agents, |only| timings.round_millis(1, only));
            inquiry.made(job, run, latency);
        }
        Ok(inquiry.record())
    }

    async fn run(&self, spec: RunSpec) -> Result<(Run, Timings), CliError> {
        let session = self.asking.session(spec, Rc::new(()))?;
        session.drive().await?;
        session.with_run(|run| self.budget.add(run));
        Ok((session.with_run(Run::clone), session.timings()))
    }
}

fn bar(all: usize, done: usize, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(all as u64).with_position(done as u64);
    let template = "{bar:24} {pos} of {len} questions · {per_sec} · {msg} · {elapsed}, about {eta} to go";
    // A template that indicatif refuses leaves the usual one.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    // Those that were done before say nothing about the speed.
    bar.reset_eta();
    bar.enable_steady_tick(Duration::from_millis(TICK_MILLIS));
    bar
}

/// What failed, by method and reason, with an example of each.
fn tell_failures(records: &BTreeMap<String, Record>) {
    let mut reasons: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    for (id, record) in records {
        for (method, answered) in &record.methods {
            if let Some(reason) = &answered.failed {
                reasons.entry((method, reason)).or_insert((0, id)).0 += 1;
            }
        }
    }
    for ((method, reason), (count, example)) in reasons {
        note(&format!("{method}: {count} questions without an answer, {example} for one: {reason}"));
    }
    let failing: Vec<_> = records.values().filter(|record| record.failures > 0).collect();
    if let Some(first) = failing.first() {
        let answers: u32 = failing.iter().map(|record| record.failures).sum();
        note(&format!(
            "agents: {answers} answers failed on {} questions, {} for one; --retry-failed asks those again",
            failing.len(),
            first.id
        ));
    }
}

/// The path of a folder that is given or made.
pub(super) fn made(folder: &Path) -> Result<PathBuf, CliError> {
    std::fs::create_dir_all(folder).map_err(|error| CliError::File(folder.display().to_string(), error))?;
    Ok(folder.to_owned())
}

/// `2/8`, for clap.
pub(super) fn shard(text: &str) -> Result<Shard, String> {
    text.parse().map_err(|error: crate::evaluate::ShardError| error.to_string())
}
