//! A run as a memo in Markdown: answer, confidence, why, who disagrees, how it was made and how to check it. What
//! models and links wrote is quoted as plain text, so none of it becomes a heading, a link or HTML in the memo.

use super::verdict::{cost, panel, progress, result, summary, tokens};
use super::watch::{agent_name, outcome_name};
use crate::aggregate::case::{Argument, Case, case};
use crate::aggregate::{Spending, Story, Summary};
use crate::audit::Digest;
use crate::run::{Run, RunSpec};
use crate::ui::format;
use crate::ui::status::RunStatus;

/// Arguments in the memo, on each side.
pub(crate) const ARGUMENTS: usize = 3;

/// How a run can be recognised and checked.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The digest of its head.
    pub head: Digest,
    /// The head that its file claims, if the file was changed or cut after it was made.
    pub claimed: Option<Digest>,
    /// What a market elsewhere said beside it, if a price was kept.
    pub beside: Option<&'a str>,
    /// The page that it can be opened and checked on.
    pub address: &'a str,
}

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
    for (title, side) in [("## What spoke for it", pro), ("## What spoke against it", con)] {
        if !side.is_empty() {
            parts.push(title.to_owned());
            parts.push(arguments(spec, &side));
        }
    }
    parts.push("## The panel".to_owned());
    parts.push(members(spec, story, leader));
    parts.push("## How it was made".to_owned());
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
            "Advice, not proof: a price is what this panel believed. Every step can be replayed and checked at \
             {address}; the head digest is `{head}`."
        ),
        Some(_) => format!("Where its log no longer follows can be seen at {address}: open its file there and press Verify."),
    });
    parts.join("\n\n") + "\n"
}

/// The warning of a memo about a log that was changed.
fn altered(claimed: Digest, head: Digest) -> String {
    let digests = if claimed == head {
        String::new()
    } else {
        format!(" The file claims the head digest `{claimed}`; its events come to `{head}`.")
    };
    format!(
        "> **{}: it does not verify.** What follows is what the file says, and not what happened.{digests}",
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
    table("| Answer | Probability |", 2, rows)
}

/// The strongest arguments of one side, as the Why page ranks them.
pub(super) fn arguments(spec: &RunSpec, side: &[Argument]) -> String {
    let line = |argument: &Argument| {
        let moved = argument
            .change
            .map_or_else(String::new, |change| format!(" ({} points)", format::points(change)));
        format!("- {}{moved}: {}", plain(agent_name(spec, argument.agent)), plain(&argument.words))
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
            plain(&moment.headline)
        )
    });
    let head =
        format!("| Agent | {0} at first | {0} at the end | Last word |", plain(outcome_name(spec, leader)));
    table(&head, 4, rows)
}

pub(crate) fn table(head: &str, columns: usize, rows: impl Iterator<Item = String>) -> String {
    let rule = format!("|{}", "---|".repeat(columns));
    [head.to_owned(), rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// A text as Markdown that shows just these characters, in one line.
pub(crate) fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        // CommonMark §2.4: any ASCII punctuation may be escaped; these can mean something.
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&' | '$'
        ) {
            shown.push('\\');
        }
        shown.push(letter);
    }
    // An address that stands alone becomes a link in many readers.
    shown.replace("://", ":\\//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_elsewhere_means_anything() {
        let hostile = "# <img src=x>\n[a](https://e.org) | ![b](c) `d` *e* &amp;";
        let shown = plain(hostile);
        assert_eq!(
            shown,
            "\\# \\<img src=x\\> \\[a\\](https:\\//e.org) \\| \\!\\[b\\](c) \\`d\\` \\*e\\* \\&amp;"
        );
    }

    #[test]
    fn a_table_has_a_rule_for_every_column() {
        let made = table("| a | b |", 2, ["| 1 | 2 |".to_owned()].into_iter());
        assert_eq!(made, "| a | b |\n|---|---|\n| 1 | 2 |");
    }
}
