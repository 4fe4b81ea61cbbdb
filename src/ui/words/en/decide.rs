//! Words of the Decide page: what each option's panel is asked, and what its answers are worth. The memo reads the same
//! sentences.

pub use super::decide_results::{argued, changes, confidence, dissent, headline, how, no_book, range};
pub use super::decisions::{criterion, facts, question};
use super::verdict::counted;
use crate::ui::decision::{Decision, Obstacle, Stage};
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

/// The name of a decision in a list.
pub fn name(decision: &Decision) -> String {
    let options: Vec<&str> = decision.options.iter().map(|option| option.text.trim()).collect();
    format::short(&options.join(" / "), 80)
}
