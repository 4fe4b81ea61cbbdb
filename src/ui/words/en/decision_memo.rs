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
    table("| Option | Reaches the goal | The panel's own doubt leaves | |", 4, rows.into_iter())
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
    use super::*;
    use crate::aggregate::decision::Verdict;
    use crate::aggregate::stance::Stance;
    use crate::ui::decision::sample;

    fn report() -> Report {
        sample::report(0, 0x21, false)
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

    /// The number after `before` in a text, as far as it goes.
    fn number_after(text: &str, before: &str) -> Option<f64> {
        let rest = &text[text.find(before)? + before.len()..];
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        digits.trim_end_matches('.').parse().ok()
    }

    #[test]
    fn no_sentence_of_a_memo_contradicts_another() {
        let (mut clear, mut close) = (0, 0);
        for (example, seed, models) in (0..8).flat_map(|e| (0..12).map(move |s| (e, s, s % 2 == 0))) {
            let report = sample::report(example, seed, models);
            let memo = decision_memo(&report, &[]);
            let case = format!("example {example}, seed {seed}:\n{memo}");
            // Ranges, never ±, and never beyond 0 and 100.
            assert!(
                !memo.contains('±') && !memo.contains("between -") && !memo.contains("less than a point,"),
                "{case}"
            );
            for standing in &report.ranking.standings {
                let range = words::range(&standing.book);
                let (low, high) =
                    (number_after(&range, "between ").unwrap(), number_after(&range, " and ").unwrap());
                let price = (standing.book.price * 100.0).round();
                assert!((0.0..=price).contains(&low) && (price..=100.0).contains(&high), "{range}: {case}");
            }
            let confidence = words::confidence(&report);
            let margin_of = |before: &str| number_after(&confidence, before);
            let changes = words::changes(&report).join(" ");
            match &report.ranking.verdict {
                Verdict::Clear { .. } => {
                    clear += 1;
                    assert!(memo.contains("comes out ahead") && !memo.contains(words::CLOSE), "{case}");
                    assert!(
                        !changes.contains("would settle it") && !confidence.contains("could be the better"),
                        "{case}"
                    );
                    let (gap, margin) =
                        (margin_of("That is ").unwrap(), margin_of("more than the ").unwrap());
                    assert!(gap > margin, "{case}");
                }
                Verdict::TooClose { among } => {
                    close += 1;
                    assert!(
                        !memo.contains("comes out ahead") && !changes.contains("it would be too close"),
                        "{case}"
                    );
                    assert_eq!(memo.matches(words::CLOSE).count(), among.len() - 1, "{case}");
                    let gap = margin_of(": ").unwrap_or(0.0);
                    assert!(gap <= margin_of("explains up to ").unwrap(), "{case}");
                }
                Verdict::Incomplete { .. } => panic!("{case}"),
            }
            // Whoever is on the other side gives no reason.
            for standing in &report.ranking.standings {
                let reasons = report.reasons(standing.option);
                assert!(models || reasons == crate::aggregate::case::Case::default(), "{case}");
                assert!(reasons.pro.iter().all(|one| one.still != Some(Stance::Against)), "{case}");
                assert!(reasons.con.iter().all(|one| one.still != Some(Stance::For)), "{case}");
            }
            // Everybody is counted once among those who put an option first, or none.
            let mut counted: Vec<usize> =
                report.preferences().into_iter().flat_map(|one| one.agents).collect();
            counted.sort_unstable();
            assert_eq!(counted, (0..report.spec().unwrap().agents.len()).collect::<Vec<_>>(), "{case}");
        }
        assert!(clear > 5 && close > 5, "{clear} clear, {close} close");
    }
}
