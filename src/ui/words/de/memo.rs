//! A run as a memo in Markdown, in German: answer, confidence, why, who disagrees, how it was made and how to check it.
//! What models and links wrote is quoted as plain text, so none of it becomes a heading, a link or HTML in the memo.

use super::verdict::{cost, panel, progress, result, summary, tokens};
use super::voices;
use super::watch::{agent_name, outcome_name, points};
use crate::aggregate::case::{Argument, Case, case};
use crate::aggregate::{Spending, Story, Summary};
use crate::audit::Digest;
use crate::run::{Run, RunSpec};
use crate::ui::format;
use crate::ui::status::RunStatus;
use crate::ui::words::en::memo::ARGUMENTS;
pub use crate::ui::words::en::memo::Known;
pub(super) use crate::ui::words::en::memo::{plain, table};

/// The memo of a run.
pub fn memo(run: &Run, story: &Story, found: Option<&Summary>, spent: &Spending, known: Known<'_>) -> String {
    let spec = run.spec();
    let moment = &story.now;
    let leader = moment.leader();
    let status = RunStatus::of(run.state().phase(), false, false);
    let mut parts = vec![format!("# {}", plain(&spec.question))];
    parts.extend(known.claimed.map(|claimed| altered(claimed, known.head)));
    parts.push(format!(
        "**{}: {}**",
        plain(outcome_name(spec, leader)),
        format::percent_of(&moment.prices, leader)
    ));
    parts.extend(found.map(|found| plain(&summary(spec, found, moment))));
    parts.extend(result(spec, moment).map(|result| plain(&result)));
    parts.extend(known.beside.map(plain));
    parts.push(outcomes(spec, &moment.prices));
    let Case { pro, con } = case(story, moment, leader).reasons();
    for (title, side) in [("## Was dafür sprach", pro), ("## Was dagegen sprach", con)] {
        if !side.is_empty() {
            parts.push(title.to_owned());
            parts.push(arguments(spec, &side));
        }
    }
    parts.push("## Das Panel".to_owned());
    parts.push(members(spec, story, leader));
    parts.push("## Wie es zustande kam".to_owned());
    let facts = [
        Some(plain(&panel(spec))),
        Some(plain(&progress(status, spec, moment, true))),
        tokens(spent),
        Some(cost(spec, spent)),
    ];
    parts.push(facts.into_iter().flatten().map(|fact| format!("- {fact}")).collect::<Vec<_>>().join("\n"));
    let Known { head, claimed, address, .. } = known;
    parts.push(match claimed {
        None => format!(
            "Ein Rat, kein Beweis: Der Preis sagt, was dieses Panel für wahrscheinlich hielt. Jeder Schritt lässt sich \
             nachspielen und prüfen, und zwar hier: {address} – die Prüfsumme des Endes ist `{head}`."
        ),
        Some(_) => format!(
            "Wo das Protokoll nicht mehr stimmt, zeigt diese Seite: {address} – dort die Datei öffnen und prüfen."
        ),
    });
    parts.join("\n\n") + "\n"
}

/// The warning of a memo about a log that was changed.
fn altered(claimed: Digest, head: Digest) -> String {
    let digests = if claimed == head {
        String::new()
    } else {
        format!(
            " Die Datei nennt als Prüfsumme des Endes `{claimed}`; aus ihren Ereignissen ergibt sich `{head}`."
        )
    };
    format!(
        "> **{}: Es besteht die Prüfung nicht.** Was folgt, sagt die Datei; so geschehen ist es nicht.{digests}",
        super::runs::ALTERED
    )
}

/// A table of the outcomes, likeliest first.
fn outcomes(spec: &RunSpec, prices: &[f64]) -> String {
    let mut order: Vec<usize> = (0..prices.len()).collect();
    order.sort_by(|&a, &b| prices[b].total_cmp(&prices[a]).then(a.cmp(&b)));
    let shown = format::percents_fine(prices);
    let rows = order
        .into_iter()
        .map(|outcome| format!("| {} | {} |", plain(outcome_name(spec, outcome)), shown[outcome]));
    table("| Antwort | Wahrscheinlichkeit |", 2, rows)
}

/// The strongest arguments of one side, as the Why page ranks them.
pub(super) fn arguments(spec: &RunSpec, side: &[Argument]) -> String {
    let line = |argument: &Argument| {
        let moved = argument.change.map_or_else(String::new, |change| format!(" ({})", points(change)));
        format!(
            "- {}{moved}: {}",
            plain(agent_name(spec, argument.agent)),
            plain(&voices::said(&argument.words))
        )
    };
    side.iter().take(ARGUMENTS).map(line).collect::<Vec<_>>().join("\n")
}

fn members(spec: &RunSpec, story: &Story, leader: usize) -> String {
    let belief = |belief: Option<&crate::belief::Belief>| {
        belief.map_or_else(|| "–".to_owned(), |belief| format::percent(belief.of(leader)))
    };
    let rows = spec.agents.iter().zip(&story.now.agents).map(|(agent, moment)| {
        format!(
            "| {} | {} | {} | {} |",
            plain(&agent.name),
            belief(moment.first.as_ref()),
            belief(moment.belief.as_ref()),
            plain(&voices::said(&moment.headline))
        )
    });
    let head =
        format!("| Agent | {0} am Anfang | {0} am Ende | Letztes Wort |", plain(outcome_name(spec, leader)));
    table(&head, 4, rows)
}
