//! Words of the Decide page: what each option's panel is asked, and what its answers are worth. The memo reads the same
//! sentences.

pub use super::decisions::{criterion, facts, question};
use super::verdict::{cost, counted, panel, tokens};
use super::watch::agent_name;
use crate::aggregate::case::Argument;
use crate::aggregate::decision::{NoBook, Verdict};
use crate::ui::decision::{Decision, Obstacle, Report, Stage};
use crate::ui::format;

/// The heading.
pub const TITLE: &str = "Decide between options";
/// What the page is for.
pub const LEAD: &str = "Say what you want to reach and name what you could do. For each option, a panel estimates how likely it \
                        gets you there. You see how they compare, how sure that is, and who disagrees. You decide.";
/// The form.
pub const FORM: &str = "Your decision";
/// Above the goal.
pub const GOAL: &str = "What do you want to reach?";
/// In the empty field.
pub const GOAL_HINT: &str = "On 30 June fewer than 50 support tickets are open";
/// Under the goal.
pub const GOAL_WHAT: &str =
    "A statement with a date or a number, so that everybody can tell later whether it came true.";
/// Above the options.
pub const OPTIONS: &str = "What could you do?";
/// Adds one.
pub const ADD_OPTION: &str = "Add an option";
/// Above the background.
pub const BACKGROUND: &str = "What should the panel know?";
/// In the empty field.
pub const BACKGROUND_HINT: &str = "Numbers, dates, what was tried before";
/// The button.
pub const COMPARE: &str = "Compare the options";
/// The same where it costs money.
pub const COMPARE_PAID: &str = "Compare the options…";
/// Confirms.
pub const START: &str = "Start and pay";
/// Does not.
pub const CANCEL: &str = "Not now";
/// Where the panel is set up.
pub const PANEL_ELSEWHERE: &str = "Who sits on the panel, and its limits, are set up on Ask.";
/// Above the examples.
pub const EXAMPLES: &str = "Or start from an example";
/// What was typed is gone from the form.
pub const REPLACED: &str = "The example took the place of what you had typed.";
/// Takes it back.
pub const UNDO: &str = "Undo";
/// Above the earlier ones.
pub const EARLIER: &str = "Earlier decisions";
/// The part with the answer.
pub const RESULT: &str = "The comparison";
/// Before the first option has been answered.
pub const WAITING: &str = "No option has been answered yet.";
/// Stops it.
pub const STOP: &str = "Stop";
/// Goes on after a pause.
pub const RESUME: &str = "Resume";
/// Goes on.
pub const GO_ON: &str = "Go on";
/// Asks one option again.
pub const ASK_AGAIN: &str = "Ask this option again";
/// The run of an option.
pub const OPEN_RUN: &str = "Open its run";
/// The run of an option that goes on.
pub const WATCH_RUN: &str = "Watch its market";
/// A link that others can open.
pub const LINK: &str = "Link to its run";
/// While links are made.
pub const LINKING: &str = "Making its link…";
/// Changes the texts.
pub const CHANGE: &str = "Change and compare again";
/// Begins another.
pub const ANOTHER: &str = "Another decision";
/// The memo as a file.
pub const MEMO: &str = "Save as a memo";
/// The memo on paper.
pub const PRINT: &str = "Print";
/// Stopped.
pub const HELD: &str = "Stopped. The options that were answered are below.";
/// Another tab is at it.
pub const ELSEWHERE: &str =
    "Another tab is asking a panel about a decision. This one goes on as soon as that tab is done or closed.";
/// The browser keeps nothing.
pub const NOT_KEPT: &str = "This window does not let the page keep anything: the decision lives until the tab is closed. Save the memo.";
/// While runs are read.
pub const READING: &str = "Reading what was answered…";
/// Said of simulated panels.
pub const DEMONSTRATION: &str = "A demonstration, not advice: these are simulated traders. They have not read your options and know nothing \
                                 about the world, so this order comes from chance. It shows how the comparison works. For advice, \
                                 choose language models.";
/// Before the answer of a simulated panel.
pub const PLAY: &str = "Demonstration: ";
/// How the bars are read.
pub const BARS: &str =
    "The bar is how likely the option reaches the goal; the hatched part is the panel's own doubt about it.";
/// Above what the figures are not.
pub const LIMITS: &str = "What these figures are not";
/// The causal caveat.
pub const CAUSE: &str = "They are beliefs about what would follow from each option, not an experiment. The panel was told to judge as if \
                         a lottery had picked the option, so that its being chosen hints at nothing. Even so, it may take what usually \
                         goes along with an option for what the option brings about.";
/// Advice only.
pub const ADVICE: &str = "They are advice only. Nobody on the panel gains by what you choose, nothing is decided for you, and no figure says \
                          whether the goal is the right one, or what an option costs besides.";
/// Above the reasons.
pub const WHY: &str = "Why";
/// Strongest reason for.
pub const FOR: &str = "For";
/// Strongest reason against.
pub const AGAINST: &str = "Against";
/// Above what would change it.
pub const CHANGES: &str = "What would change it";
/// Above the dissent.
pub const DISSENT: &str = "Who sees it differently";
/// Above how it was made.
pub const HOW: &str = "How it was made";
/// Beside an option that cannot be told from the first.
pub const CLOSE: &str = "too close to the first to call";
/// Simulated traders say nothing.
pub const NO_REASONS: &str = "Simulated traders give no reasons.";
/// Nobody spoke on that side.
pub const NOTHING_SAID: &str = "Nothing was said.";

/// The field of an option.
pub fn option(number: usize) -> String {
    format!("Option {number}")
}

/// Takes an option away.
pub fn remove_option(number: usize) -> String {
    format!("Remove option {number}")
}

/// What is in the way, and what to do.
pub fn obstacle(obstacle: &Obstacle) -> (String, String) {
    match obstacle {
        Obstacle::NoGoal => {
            ("There is no goal yet".into(), "Say what you want to reach, or choose an example.".into())
        }
        Obstacle::Empty(place) => {
            (format!("Option {} is empty", place + 1), "Say what you could do, or remove it.".into())
        }
        Obstacle::Twice(place) => {
            (format!("Option {} says the same as another", place + 1), "Change it or remove it.".into())
        }
        Obstacle::Panel(error) => {
            let (title, next) = super::ask::draft_error(error);
            (title, next.to_owned())
        }
    }
}

/// What a press will do.
pub fn plan(options: usize, agents: usize, uses: Option<&str>) -> String {
    let (options, agents) = (counted(options, "option"), counted(agents, "agent"));
    match uses {
        Some(uses) => format!("{options}, {agents} each: {uses}."),
        None => format!("{options}, {agents} each, no calls, no cost."),
    }
}

/// The question before money is spent.
pub fn confirm(options: usize, uses: &str, connections: &[String]) -> String {
    let names: Vec<String> = connections.iter().map(|name| format!("“{name}”")).collect();
    format!(
        "This asks about {} through {}: {uses} in all. Your limits hold for each option by itself.",
        counted(options, "option"),
        names.join(" and ")
    )
}

/// How far it has come.
pub fn progress(decision: &Decision) -> Option<String> {
    let all = decision.options.len();
    let place = decision.next_option()?;
    let name = &decision.options[place].text;
    match decision.stage {
        Stage::Running => Some(format!("Asking about “{}”, {} of {all}", name.trim(), place + 1)),
        _ => None,
    }
}

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
    let price = |option: usize| report.books[option].map_or(0.0, |book| book.price);
    let (Some(first), second) = report.first_two() else {
        return "Without an answer there is nothing to compare.".to_owned();
    };
    let mut said = match (&report.ranking.verdict, second, report.lead()) {
        (Verdict::Clear { .. }, Some(second), Some((_, margin))) => format!(
            "The panel gives it {} to reach the goal, and “{}”, the next, {}. That is {} apart, more than the {} that its \
             own doubt would explain.",
            format::percent(price(first)),
            report.option(second),
            format::percent(price(second)),
            apart(price(first), price(second), margin),
            points(margin)
        ),
        (Verdict::TooClose { .. }, Some(second), Some((_, margin))) => format!(
            "“{}” is at {}, “{}” at {}: {} apart, while the panel's own doubt explains up to {}. By these figures either \
             could be the better one.",
            report.option(first),
            format::percent(price(first)),
            report.option(second),
            format::percent(price(second)),
            apart(price(first), price(second), margin),
            points(margin)
        ),
        _ => "The others can be compared below, but an option without an answer could be better than all of them."
            .to_owned(),
    };
    if price(first) < 0.5 && !matches!(report.ranking.verdict, Verdict::Incomplete { .. }) {
        said.push_str(" Even the likeliest option more likely misses the goal than reaches it.");
    }
    said
}

/// How far two prices are apart: as the whole per cent beside it say, unless that would hide on which side of the margin
/// it is.
fn apart(high: f64, low: f64, margin: f64) -> String {
    let whole = ((high * 100.0).round() - (low * 100.0).round()) / 100.0;
    let says = |gap: f64| gap > (margin * 100.0).round() / 100.0;
    if says(whole) == (high - low > margin) {
        points(whole)
    } else {
        format!("{:.1} points", (high - low) * 100.0)
    }
}

/// A difference of probabilities.
fn points(difference: f64) -> String {
    match (difference * 100.0).round() as usize {
        0 => "less than a point".to_owned(),
        some => counted(some, "point"),
    }
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

/// The uncertainty beside a price.
pub fn spread(spread: f64) -> String {
    format!("± {}", points(spread))
}

/// What would change the answer.
pub fn changes(report: &Report) -> Vec<String> {
    let mut said = Vec::new();
    let (Some(first), second) = report.first_two() else { return said };
    let lead = report.lead();
    match (&report.ranking.verdict, second, lead) {
        (Verdict::Clear { .. }, Some(second), Some((gap, margin))) => said.push(format!(
            "If “{}” fell, or “{}” rose, by more than {}, it would be too close to call.",
            report.option(first),
            report.option(second),
            points(gap - margin)
        )),
        (Verdict::TooClose { .. }, _, Some((_, margin))) => said.push(format!(
            "A gap of more than {} would settle it. A fact that tells these options apart may bring it about: add it to what \
             the panel knows and compare again.",
            points(margin)
        )),
        (Verdict::Incomplete { missing }, ..) => {
            said.push(format!("An answer about {}: it could come before all others.", quoted(report, missing)));
        }
        _ => {}
    }
    let against = report.case(first).con;
    if let Some(argument) = Report::strongest(&against) {
        said.push(format!(
            "If this holds, “{}” is worth less: {}",
            report.option(first),
            argued(report, argument)
        ));
    }
    if let Some(second) = second {
        let speaks = report.case(second).pro;
        if let Some(argument) = Report::strongest(&speaks) {
            said.push(format!(
                "If this weighs more, so does “{}”: {}",
                report.option(second),
                argued(report, argument)
            ));
        }
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
    let Some(spec) = report.spec() else { return Vec::new() };
    let mut said = Vec::new();
    let (Some(first), _) = report.first_two() else { return said };
    let favourites = report.favourites();
    if !favourites.is_empty() {
        let of = |option: usize| favourites.iter().filter(|one| **one == Some(option)).count();
        said.push(format!(
            "{} of {} put “{}” first by their own last estimates.",
            of(first),
            counted(favourites.len(), "agent"),
            report.option(first)
        ));
        for option in (0..report.books.len()).filter(|&option| option != first) {
            let who: Vec<&str> = (0..favourites.len())
                .filter(|&agent| favourites[agent] == Some(option))
                .map(|agent| agent_name(spec, agent))
                .collect();
            if !who.is_empty() {
                said.push(format!("“{}” instead: {}.", report.option(option), who.join(", ")));
            }
        }
    }
    if let Some(doubter) = report.doubter(first) {
        let words = doubter.headline.trim_end_matches('.');
        let because = if words.is_empty() || !report.decision.has_models() {
            String::new()
        } else {
            format!(": “{}”", format::short(words, 200))
        };
        said.push(format!(
            "{} gives “{}” the lowest chance, {}{because}.",
            agent_name(spec, doubter.agent),
            report.option(first),
            format::percent(doubter.belief)
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
        "The ± is how far the agents' last estimates are from the price. Two options are told apart if their prices differ \
         by more than both doubts together (the root of the sum of their squares)."
            .to_owned(),
        format!("Used in all: {}.", used.join(", ")),
    ];
    if report.failures() > 0 {
        said.push(format!("{} failed along the way.", counted(report.failures() as usize, "answer")));
    }
    said
}

/// The name of a decision in a list.
pub fn name(decision: &Decision) -> String {
    let options: Vec<&str> = decision.options.iter().map(|option| option.text.trim()).collect();
    format::short(&options.join(" / "), 80)
}
