//! A decision as a memo in Markdown that somebody reads who has never seen a market, in German: the answer, how sure it
//! is, the strongest reasons, what would change it, who disagrees, how it was made and how to check it.

use super::decide as words;
use super::memo::{arguments, plain, table};
use crate::run::RunSpec;
use crate::ui::decision::Report;
use crate::ui::format;
use crate::ui::words::en::decision_memo::list;

/// The memo. `links` are the addresses of the options' runs, as far as there are any.
pub fn decision_memo(report: &Report, links: &[Option<String>]) -> String {
    let mut parts = vec![
        format!("# Entscheidung: {}", plain(report.decision.goal.trim())),
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
        parts.push("## Was dem Panel gesagt wurde".to_owned());
        parts.push(plain(background));
    }
    parts.join("\n\n") + "\n"
}

/// The options, likeliest first, and then those without a figure.
fn ranking(report: &Report) -> String {
    let ranked = report.ranking.standings.iter().map(|standing| {
        let note = if report.ranking.is_close(standing.option) { words::CLOSE } else { "" };
        format!(
            "| {} | {} | {} | {note} |",
            plain(report.option(standing.option)),
            format::percent(standing.book.price),
            words::range(&standing.book)
        )
    });
    let missing = report.books.iter().enumerate().filter_map(|(option, book)| {
        let why = book.err()?;
        Some(format!("| {} | – | – | {} |", plain(report.option(option)), words::no_book(why)))
    });
    let rows: Vec<String> = ranked.chain(missing).collect();
    table("| Option | Erreicht das Ziel | Der eigene Zweifel des Panels lässt offen | |", 4, rows.into_iter())
}

/// The strongest reason for and against each option.
fn reasons(report: &Report, spec: &RunSpec) -> Vec<String> {
    if !report.decision.has_models() {
        return vec![words::NO_REASONS.to_owned()];
    }
    let mut parts = Vec::new();
    for standing in &report.ranking.standings {
        parts.push(format!("### {}", plain(report.option(standing.option))));
        let case = report.reasons(standing.option);
        for (title, side) in [(words::FOR, &case.pro), (words::AGAINST, &case.con)] {
            let said = side.first().map(|argument| arguments(spec, std::slice::from_ref(argument)));
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
    let mut lines = vec!["Jeder Schritt lässt sich nachspielen und prüfen:".to_owned(), String::new()];
    for (option, told) in report.told.iter().enumerate() {
        let Ok(told) = told else { continue };
        let name = plain(report.option(option));
        let head = format!("Prüfsumme des Endes `{}`", told.head);
        lines.push(match links.get(option) {
            Some(Some(link)) => format!("- [der Lauf zu „{name}“]({link}), {head}"),
            _ => format!("- der Lauf zu „{name}“, {head}"),
        });
    }
    lines.join("\n")
}
