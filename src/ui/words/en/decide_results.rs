//! What the Decide page says of its answers: the verdict, how sure it is, what would change it, who sees it
//! differently, how it was made. Every sentence reads the same report, so that none contradicts another.

use super::decide::PLAY;
use super::verdict::{cost, counted, panel, tokens};
use super::watch::agent_name;
use crate::aggregate::case::Argument;
use crate::aggregate::decision::{Book, NoBook, Verdict};
use crate::ui::decision::Report;
use crate::ui::format;

/// A list in words, each in quotation marks.
fn quoted(report: &Report, options: &[usize]) -> String {
    let names: Vec<String> = options.iter().map(|&option| format!("“{}”", report.option(option))).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// The answer in a few words.
pub fn headline(report: &Report) -> String {
    let said = match &report.ranking.verdict {
        Verdict::Clear { best } => format!("“{}” comes out ahead", report.option(*best)),
        Verdict::TooClose { among } => format!("Too close to call: {}", quoted(report, among)),
        Verdict::Incomplete { missing } => {
            let verb = if missing.len() == 1 { "has" } else { "have" };
            format!("Incomplete: {} {verb} no usable answer", quoted(report, missing))
        }
    };
    // Whoever reads this line alone must not take chance for advice.
    if report.decision.has_models() { said } else { format!("{PLAY}{said}") }
}

/// How sure that is, in a sentence or two.
pub fn confidence(report: &Report) -> String {
    let percent = |option: usize| format::percent(report.books[option].map_or(0.0, |book| book.price));
    let Some(first) = report.first() else {
        return "Without an answer there is nothing to compare.".to_owned();
    };
    let mut said = match (&report.ranking.verdict, report.shown_lead()) {
        (Verdict::Clear { .. }, Some(lead)) => format!(
            "The panel gives it {} to reach the goal, and “{}”, the next, {}. That is {} apart, more than the {} that its \
             own doubt would explain.",
            percent(first),
            report.option(lead.over),
            percent(lead.over),
            points(lead.gap, lead.decimals),
            points(lead.margin, lead.decimals)
        ),
        (Verdict::TooClose { among }, Some(lead)) => format!(
            "“{}” is at {}, “{}” at {}: {} apart, while the panel's own doubt explains up to {}. By these figures {} \
             could be the better one.",
            report.option(first),
            percent(first),
            report.option(lead.over),
            percent(lead.over),
            points(lead.gap, lead.decimals),
            points(lead.margin, lead.decimals),
            if among.len() == 2 { "either" } else { "any of those named" }
        ),
        _ => "The others can be compared below, but an option without an answer could be better than all of them."
            .to_owned(),
    };
    if report.side_of_half(first) < 0 && !matches!(report.ranking.verdict, Verdict::Incomplete { .. }) {
        said.push_str(" Even the likeliest option more likely misses the goal than reaches it.");
    }
    said
}

/// A number of points.
fn points(number: f64, decimals: usize) -> String {
    match decimals {
        0 if number < 0.5 => "less than a point".to_owned(),
        0 => counted(number.round() as usize, "point"),
        _ => format!("{number:.decimals$} points"),
    }
}

/// A difference of probabilities beyond which something happens: whole points, tenths below one.
fn beyond(difference: f64) -> String {
    let number = difference * 100.0;
    if number < 0.95 { points(number.max(0.1), 1) } else { points(number, 0) }
}

/// Why an option has no figure.
pub fn no_book(why: NoBook) -> &'static str {
    match why {
        NoBook::Open => "not asked yet",
        NoBook::Stopped => "stopped before its end",
        NoBook::TooFewVoices => "fewer than two agents answered",
        NoBook::Gone => "its run is no longer on this device",
    }
}

/// The range that the panel's own doubt leaves of a price.
pub fn range(book: &Book) -> String {
    let (low, high) = format::ends(book.range());
    format!("between {low} and {high}")
}

/// What would change the answer.
pub fn changes(report: &Report) -> Vec<String> {
    let mut said = Vec::new();
    let Some(first) = report.first() else { return said };
    let ranking = &report.ranking;
    match &ranking.verdict {
        Verdict::Clear { .. } => said.extend(ranking.narrowest().map(|lead| {
            format!(
                "If “{}” fell, or “{}” rose, by more than {}, it would be too close to call.",
                report.option(first),
                report.option(lead.over),
                beyond(lead.gap - lead.margin)
            )
        })),
        Verdict::TooClose { among } => said.extend(ranking.settling().map(|margin| {
            format!(
                "A gap of more than {}{} would settle it. A fact that tells these options apart may bring it about: add it to \
                 what the panel knows and compare again.",
                beyond(margin),
                if among.len() > 2 { " to each of the others" } else { "" }
            )
        })),
        Verdict::Incomplete { missing } => {
            said.push(format!("An answer about {}: it could come before all others.", quoted(report, missing)));
        }
    }
    if let Some(argument) = report.reasons(first).con.first() {
        said.push(format!(
            "If this holds, “{}” is worth less: {}",
            report.option(first),
            argued(report, argument)
        ));
    }
    let second = ranking.lead().map(|lead| lead.over);
    if let Some((second, argument)) =
        second.and_then(|two| Some((two, report.reasons(two).pro.into_iter().next()?)))
    {
        said.push(format!(
            "If this weighs more, so does “{}”: {}",
            report.option(second),
            argued(report, &argument)
        ));
    }
    said
}

/// An argument with its author.
pub fn argued(report: &Report, argument: &Argument) -> String {
    let name = report.spec().map_or("", |spec| agent_name(spec, argument.agent));
    format!("“{}” ({name})", format::short(argument.words.trim_end_matches('.'), 240))
}

/// Who sees it differently.
pub fn dissent(report: &Report) -> Vec<String> {
    let (Some(spec), Some(first)) = (report.spec(), report.first()) else { return Vec::new() };
    let mut said = Vec::new();
    let preferences = report.preferences();
    let all: usize = preferences.iter().map(|one| one.agents.len()).sum();
    let parts: Vec<String> = preferences
        .iter()
        .map(|one| {
            let names: Vec<&str> = one.agents.iter().map(|&agent| agent_name(spec, agent)).collect();
            let who = if names.len() == all { format!("all {all} agents") } else { names.join(", ") };
            match one.option {
                Some(option) => format!("“{}” for {who}", report.option(option)),
                None => format!("none clearly for {who}"),
            }
        })
        .collect();
    if !parts.is_empty() {
        said.push(format!("By their own last estimates, this option comes first: {}.", parts.join("; ")));
    }
    let ahead = preferences.iter().find(|one| one.option == Some(first)).map_or(0, |one| one.agents.len());
    if preferences
        .iter()
        .any(|one| one.option.is_some() && one.option != Some(first) && one.agents.len() > ahead)
    {
        said.push(format!(
            "More of them put another first than “{}”: the prices weigh what each has found out and staked, not heads.",
            report.option(first)
        ));
    }
    if let Some(doubter) = report.doubter(first) {
        let words = doubter.headline.trim_end_matches('.');
        let because = if words.is_empty() || !report.decision.has_models() {
            String::new()
        } else {
            format!(": “{}”", format::short(words, 200))
        };
        said.push(format!(
            "{} is least sure of “{}”, at {} where the panel is at {}{because}.",
            agent_name(spec, doubter.agent),
            report.option(first),
            format::percent(doubter.belief),
            format::percent(report.books[first].map_or(0.0, |book| book.price))
        ));
    }
    said
}

/// How it was made.
pub fn how(report: &Report) -> Vec<String> {
    let Some(spec) = report.spec() else { return Vec::new() };
    let spent = report.spent();
    let calls = if spent.calls == 0 { "no calls".to_owned() } else { counted(spent.calls as usize, "call") };
    let used: Vec<String> =
        [Some(calls), tokens(&spent), Some(cost(spec, &spent))].into_iter().flatten().collect();
    let mut said = vec![
        format!("Panel: {}, the same for every option.", panel(spec)),
        "Each option got a market of its own. Every agent first said in private how likely the goal is met if that option \
         is taken, then traded; the last price is the figure."
            .to_owned(),
        "The range beside a figure is the price, less and more how far the agents' last estimates are from it, kept within \
         0 and 100 %. Two options are told apart if their prices differ by more than both doubts together (the root of \
         the sum of their squares)."
            .to_owned(),
        format!("Used in all: {}.", used.join(", ")),
    ];
    if report.failures() > 0 {
        said.push(format!("{} failed along the way.", counted(report.failures() as usize, "answer")));
    }
    said
}
