//! A decision as a memo in Markdown that somebody reads who has never seen a market: the answer, how sure it is, the
//! strongest reasons, what would change it, who disagrees, how it was made and how to check it.

use super::decide as words;
use super::memo::{arguments, plain, table};
use crate::run::RunSpec;
use crate::ui::decision::Report;
use crate::ui::format;

/// The memo. `links` are the addresses of the options' runs, as far as there are any.
pub fn decision_memo(report: &Report, links: &[Option<String>]) -> String {
    let mut parts = vec![
        format!("# Decision: {}", plain(report.decision.goal.trim())),
        format!("**{}**", plain(&words::headline(report))),
        plain(&words::confidence(report)),
    ];
    if !report.decision.has_models() {
        parts.push(format!("> {}", plain(words::DEMONSTRATION)));
    }
    parts.push(ranking(report));
    if let Some(spec) = report.spec() {
        parts.push(format!("## {}", words::WHY));
        parts.extend(reasons(report, spec));
    }
    for (title, lines) in [(words::CHANGES, words::changes(report)), (words::DISSENT, words::dissent(report))]
    {
        if !lines.is_empty() {
            parts.push(format!("## {title}"));
            parts.push(list(&lines));
        }
    }
    parts.push(format!("## {}", words::LIMITS));
    parts.push(list(&[words::CAUSE.to_owned(), words::ADVICE.to_owned()]));
    parts.push(format!("## {}", words::HOW));
    parts.push(list(&words::how(report)));
    parts.push(checks(report, links));
    let background = report.decision.background.trim();
    if !background.is_empty() {
        parts.push("## What the panel was told".to_owned());
        parts.push(plain(background));
    }
    parts.join("\n\n") + "\n"
}

pub(crate) fn list(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {}", plain(line))).collect::<Vec<_>>().join("\n")
}

/// The options, likeliest first, and then those without a figure.
fn ranking(report: &Report) -> String {
    let ranked = report.ranking.standings.iter().map(|standing| {
        let note = if standing.close && standing.behind > 0.0 { words::CLOSE } else { "" };
        format!(
            "| {} | {} | {} | {note} |",
            plain(report.option(standing.option)),
            format::percent(standing.book.price),
            words::spread(standing.book.spread)
        )
    });
    let missing = report.books.iter().enumerate().filter_map(|(option, book)| {
        let why = book.err()?;
        Some(format!("| {} | – | – | {} |", plain(report.option(option)), words::no_book(why)))
    });
    let rows: Vec<String> = ranked.chain(missing).collect();
    table("| Option | Reaches the goal | Doubt | |", 4, rows.into_iter())
}

/// The strongest reason for and against each option.
fn reasons(report: &Report, spec: &RunSpec) -> Vec<String> {
    if !report.decision.has_models() {
        return vec![words::NO_REASONS.to_owned()];
    }
    let mut parts = Vec::new();
    for standing in &report.ranking.standings {
        parts.push(format!("### {}", plain(report.option(standing.option))));
        let case = report.case(standing.option);
        for (title, side) in [(words::FOR, &case.pro), (words::AGAINST, &case.con)] {
            let said =
                Report::strongest(side).map(|argument| arguments(spec, std::slice::from_ref(argument)));
            parts.push(format!(
                "{title}:\n\n{}",
                said.unwrap_or_else(|| format!("- {}", words::NOTHING_SAID))
            ));
        }
    }
    parts
}

/// Where each run can be opened and checked.
fn checks(report: &Report, links: &[Option<String>]) -> String {
    let mut lines = vec!["Every step can be replayed and checked:".to_owned(), String::new()];
    for (option, told) in report.told.iter().enumerate() {
        let Ok(told) = told else { continue };
        let name = plain(report.option(option));
        let head = format!("head digest `{}`", told.head);
        lines.push(match links.get(option) {
            Some(Some(link)) => format!("- [the run of “{name}”]({link}), {head}"),
            _ => format!("- the run of “{name}”, {head}"),
        });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::run::{Input, Run, with_simulated};
    use crate::ui::decision::{Decision, Plan, Stage, Told};
    use crate::ui::draft::Draft;

    fn report() -> Report {
        let mut decision = Decision::example(0).unwrap();
        let (common, _) = decision.common(&Draft::default(), 7, None).unwrap();
        decision.plan =
            Some(Plan { common, connections: Vec::new(), patience_seconds: None, asked_millis: 0 });
        decision.stage = Stage::Over;
        let told = |place: usize| {
            let mut run = Run::new(decision.spec_of(place).unwrap()).unwrap();
            run.advance(Input::Begin).unwrap();
            while !run.state().is_closed() {
                let input = with_simulated(&run, Vec::new()).unwrap();
                run.advance(input).unwrap();
            }
            Ok(Arc::new(Told::of(run)))
        };
        let told = (0..decision.options.len()).map(told).collect();
        Report::new(decision, told)
    }

    #[test]
    fn a_memo_has_every_part_in_order_and_says_that_simulated_traders_know_nothing() {
        let report = report();
        let links: Vec<Option<String>> = vec![Some("https://e.org/#/r/1.abc".into()), None, None];
        let memo = decision_memo(&report, &links);
        let mut rest = memo.as_str();
        for part in [
            "# Decision: ",
            "**",
            "> A demonstration, not advice",
            "| Option |",
            "## Why",
            "## What would change it",
            "## Who sees it differently",
            "## What these figures are not",
            "lottery",
            "advice only",
            "## How it was made",
            "https://e.org/#/r/1.abc",
            "## What the panel was told",
        ] {
            let found =
                rest.find(part).unwrap_or_else(|| panic!("{part} is missing or out of order in {memo}"));
            rest = &rest[found..];
        }
        for told in report.told.iter().flatten() {
            assert!(memo.contains(&told.head.to_string()));
        }
    }

    #[test]
    fn an_option_without_a_run_is_said_to_have_none() {
        let whole = report();
        let mut told = whole.told;
        told[1] = Err(crate::aggregate::decision::NoBook::Gone);
        let memo = decision_memo(&Report::new(whole.decision, told), &[]);
        assert!(
            memo.contains("**Demonstration: Incomplete: ")
                && memo.contains("| – | – | its run is no longer on this device |")
        );
    }
}
