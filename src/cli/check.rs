//! `credence verify`, `replay` and `link`: what can be done with a run that is over, without asking anybody.

use serde_json::json;

use super::arguments::{LinkArguments, ReplayArguments, VerifyArguments};
use super::run::{keep, word};
use super::source::{self, shortened};
use super::{CliError, Outcome, note, say};
use crate::aggregate::Moment;
use crate::run::{Document, ENGINE, Replay, RunEvent, RunSpec, Verdict};
use crate::share::{LinkedRun, encode_linked, write_file};

/// `credence verify`: a line for each file.
pub(super) fn verify(arguments: &VerifyArguments) -> Outcome {
    let mut outcome = Outcome::Good;
    for file in &arguments.files {
        let document = match source::document(file) {
            Ok(document) => document,
            // One file that is no run does not keep the others from being checked.
            Err(error) => {
                say(&format!("{error}"));
                outcome = Outcome::Bad;
                continue;
            }
        };
        let (line, holds) = checked(&document, arguments.head.as_deref());
        say(&format!("{}: {line}", shortened(file)));
        if !holds {
            outcome = Outcome::Bad;
        }
    }
    outcome
}

/// What verification comes to, in words, and whether all is well.
fn checked(document: &Document, published: Option<&str>) -> (String, bool) {
    let head = document.head.digest.to_string();
    if let Some(published) = published.map(str::trim).filter(|published| *published != head) {
        return (format!("refused: its head is {head}, and the published one is {published}"), false);
    }
    match crate::run::verify(document) {
        Verdict::Verified { events, texts } => {
            let copy = texts.map_or(String::new(), |texts| format!(", a copy with {}", word(&texts)));
            (format!("verified, {events} events, head {head}{copy}"), true)
        }
        Verdict::Broken { seq, problem } => (format!("broken at event {seq}: {problem}"), false),
    }
}

/// `credence replay`: recomputes the run up to an event and says how it stood.
pub(super) fn replay(arguments: &ReplayArguments) -> Result<Outcome, CliError> {
    let document = source::document(&arguments.file)?;
    let last = document.events.len() as u64;
    let at = arguments.at.unwrap_or(last);
    if at > last {
        return Err(CliError::Usage(format!("--at {at}: the run has {last} events")));
    }
    let spec = document.read_spec()?;
    match recomputed(&document, &spec, at as usize) {
        Ok(events) => {
            let moment = Moment::after(&spec, &events);
            let text = if arguments.json { state_json(&spec, &moment) } else { state_words(&spec, &moment) };
            say(&text);
            Ok(Outcome::Good)
        }
        Err(problem) => {
            note(&problem);
            Ok(Outcome::Bad)
        }
    }
}

/// The first `at` events as the engine makes them from the recorded answers.
fn recomputed(document: &Document, spec: &RunSpec, at: usize) -> Result<Vec<RunEvent>, String> {
    if document.engine != ENGINE {
        return Err(format!("it was made by {}, and this is {ENGINE}", document.engine));
    }
    let read = |entry: &crate::audit::Entry<serde_json::Value>| {
        serde_json::from_value::<RunEvent>(entry.event.clone())
            .map_err(|error| format!("event {} cannot be read: {error}", entry.seq))
    };
    let events = document.events.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut replay = Replay::new(spec.clone(), events).map_err(|error| error.to_string())?;
    while replay.position() < at {
        replay.work().map_err(|divergence| format!("broken at {divergence}"))?;
    }
    Ok(replay.run().log().events().take(at).cloned().collect())
}

fn state_words(spec: &RunSpec, moment: &Moment) -> String {
    let per_cent = |(name, p): (&String, f64)| format!("{name} {:.1} %", p * 100.0);
    let all =
        |values: Vec<f64>| spec.outcomes.iter().zip(values).map(per_cent).collect::<Vec<_>>().join(" · ");
    let mut lines = vec![
        spec.question.clone(),
        format!(
            "after event {}: round {}, {} trades, {} calls",
            moment.seq, moment.round, moment.trades, moment.calls
        ),
        format!("price     {}", all(moment.prices.clone())),
    ];
    for (agent, now) in spec.agents.iter().zip(&moment.agents) {
        let belief =
            now.belief.as_ref().map_or("no belief yet".to_owned(), |belief| all(belief.probabilities()));
        let shares: Vec<_> = now.holdings.iter().map(|shares| format!("{:.2}", shares.units())).collect();
        lines.push(format!(
            "{}: {belief}; cash {:.2}, shares {}, {} trades, {} failures",
            agent.name,
            now.cash.units(),
            shares.join(" / "),
            now.trades,
            now.failures
        ));
    }
    lines
        .extend(moment.closed.map(|(status, reason)| format!("over: {} ({})", word(&status), word(&reason))));
    lines.join("\n")
}

fn state_json(spec: &RunSpec, moment: &Moment) -> String {
    let agents = spec.agents.iter().zip(&moment.agents).map(|(agent, now)| {
        json!({
            "name": agent.name,
            "belief": now.belief.as_ref().map(crate::belief::Belief::probabilities),
            "headline": now.headline,
            "cash_micros": now.cash,
            "shares_micros": now.holdings,
            "trades": now.trades,
            "failures": now.failures,
        })
    });
    json!({
        "seq": moment.seq,
        "round": moment.round,
        "outcomes": spec.outcomes,
        "prices": moment.prices,
        "trades": moment.trades,
        "calls": moment.calls,
        "agents": agents.collect::<Vec<_>>(),
        "status": moment.closed.map(|(status, _)| status),
        "reason": moment.closed.map(|(_, reason)| reason),
    })
    .to_string()
}

/// `credence link`: a run file becomes a link, and a link a run file.
pub(super) fn link(arguments: &LinkArguments) -> Result<Outcome, CliError> {
    if source::is_link(&arguments.source) {
        let linked = source::linked(&arguments.source)?;
        let text = write_file(&linked.document()?);
        if let Some(file) = keep(&linked.run, &text, arguments.out.as_deref())? {
            say(&format!("saved {}", file.display()));
        }
        return Ok(Outcome::Good);
    }
    let document = source::document(&arguments.source)?;
    if let Verdict::Broken { seq, problem } = crate::run::verify(&document) {
        note(&format!("{}: broken at event {seq}: {problem}", arguments.source));
        return Ok(Outcome::Bad);
    }
    let text = share(&document, arguments)?;
    say(&format!("{}#/r/{text}", arguments.page.split('#').next().unwrap_or_default()));
    Ok(Outcome::Good)
}

fn share(document: &Document, arguments: &LinkArguments) -> Result<String, CliError> {
    let copy = LinkedRun::of(document)?.reduced(arguments.tier.into())?;
    encode_linked(copy).map_err(|error| CliError::Input(arguments.source.clone(), error.to_string()))
}
