//! Words of the Evaluate page.

use crate::evaluate::{Method, Place, Preset};
use crate::ui::evaluation::{Limit, Obstacle};
use crate::ui::format;

pub use super::evaluate_compare::*;
pub use super::evaluate_lessons::*;
pub use super::evaluate_results::*;
pub use super::evaluate_share::*;

/// The page.
pub const TITLE: &str = "Which way of combining models is worth its money?";
/// What it is for.
pub const LEAD: &str = "Bring questions whose answers you know. Every method is put to the same questions, what they share is asked once, \
     and the tables say which differences are real and which are noise.";
/// Over a page while an evaluation is being opened.
pub const READING: &str = "The evaluation is being opened…";
/// While a file hovers over the page.
pub const DROP: &str = "Drop it to read its questions, or results of an evaluation";

/// The first part of the form.
pub const QUESTIONS: &str = "Questions";
/// What files are read.
pub const QUESTIONS_WHAT: &str = "JSONL, JSON or CSV with a header; drop a file anywhere on this page. Recognised: TruthfulQA, StrategyQA, \
     CommonsenseQA, ETHICS, BoolQ, ARC, MMLU, ForecastBench, Inspect's form. A results file of an evaluation opens \
     its results. Nothing leaves this page until you press the button below.";
/// Picks a file.
pub const CHOOSE_FILE: &str = "Choose a file…";
/// Fills in the small set.
pub const EXAMPLE: &str = "Try it with 36 easy questions";
/// What that set is called.
pub const EXAMPLE_NAME: &str = "Easy questions";
/// What a pasted text is called.
pub const PASTED_NAME: &str = "Pasted questions";
/// Opens the other ways.
pub const OTHER_WAYS: &str = "Paste questions, or read them from an address";
/// The field for a text.
pub const PASTE: &str = "Paste questions";
/// What stands in it.
pub const PASTE_HINT: &str = "{\"question\": \"…\", \"outcomes\": [\"Yes\", \"No\"], \"answer\": \"Yes\"}";
/// Reads it.
pub const READ: &str = "Read this text";
/// The field for an address.
pub const ADDRESS: &str = "Address of a file";
/// What addresses work.
pub const ADDRESS_WHAT: &str =
    "An https address whose site lets other pages read its files (GitHub's raw files and Hugging Face do).";
/// Fetches it.
pub const FETCH: &str = "Read from there";
/// While a file is read.
pub const READING_FILE: &str = "Reading the questions…";
/// Nothing was brought yet.
pub const EMPTY: &str = "There are no questions yet.";
/// A file could not be read.
pub const NOT_READ: &str = "The questions could not be read.";
/// What to do.
pub const NOT_READ_NEXT: &str = "Choose another file, or paste its text.";
/// A file is no text.
pub const NO_TEXT: &str = "This is not text in UTF-8.";
/// Addresses must be safe.
pub const NEEDS_HTTPS: &str = "The address must begin with https://.";

/// Over the choice of a preset.
pub const READ_AS: &str = "Read the columns as";
/// What it changes.
pub const READ_AS_WHAT: &str = "What you choose here is remembered for files with the same columns.";
/// The last choice.
pub const BY_HAND: &str = "Let me say what the columns mean";
/// No column.
pub const NO_COLUMN: &str = "No column";
/// The plain names and what people call them.
pub const PLAIN: [(&str, &str); 8] = [
    ("question", "Question"),
    ("answer", "Right answer"),
    ("outcomes", "Possible answers"),
    ("background", "Background"),
    ("criterion", "When which answer counts"),
    ("category", "Category"),
    ("market_price", "A market's price of the first answer"),
    ("id", "Name"),
];
/// Outcomes for all questions.
pub const SAME_OUTCOMES: &str = "The same answers for all";
/// When to fill it in.
pub const SAME_OUTCOMES_WHAT: &str = "Where no column has them, between semicolons.";
/// What stands in the field.
pub const SAME_OUTCOMES_HINT: &str = "Yes; No";
/// The first questions.
pub const PREVIEW: &str = "The first questions, as they will be asked";
/// The columns of that table.
pub const PREVIEW_COLUMNS: [&str; 4] = ["Question", "Possible answers", "Right answer", "Category"];
/// Shows more of a list.
pub const MORE: &str = "Show more";

/// The second part of the form.
pub const METHODS: &str = "Methods";
/// What is compared.
pub const METHODS_WHAT: &str = "First answers are asked once and shared by all methods that combine them. Methods that ask again get as many \
     calls as the panel used, so that no method wins by spending more.";
/// The groups of methods.
pub const GROUPS: [&str; 4] = [
    "Combine first answers: no further call",
    "The panel, as set up below",
    "Ask again, with as many calls as the panel",
    "Yardsticks",
];
/// The third part of the form.
pub const PANEL: &str = "Panel";
/// Where it comes from.
pub const PANEL_WHAT: &str = "The panel of the Ask page with its mode, rules and limits for each question; change its agents there. You do not \
     trade in it yourself. Simulated traders see hints of the right answer: they show how the page works, not how good \
     a method is.";
/// How many questions.
pub const SAMPLE: &str = "How many questions";
/// How they are chosen.
pub const SAMPLE_WHAT: &str = "Drawn by the seed. Fewer than 30 name no winner.";
/// All of them.
pub const SAMPLE_HINT: &str = "All";
/// The seed.
pub const SEED: &str = "Seed";
/// What it decides.
pub const SEED_WHAT: &str =
    "Decides the sample, each run and the intervals: the same seed gives the same figures.";
/// A limit.
pub const MOST_CALLS: &str = "At most so many calls in all";
/// A limit.
pub const MOST_DOLLARS: &str = "At most so many US dollars in all";
/// No limit.
pub const NO_LIMIT: &str = "No limit";
/// Draws by category.
pub const STRATIFIED: &str = "Draw every category in proportion";
/// What for.
pub const STRATIFIED_WHAT: &str = "So that a small sample has all of them.";

/// The button.
pub const RUN: &str = "Evaluate";
/// The same where it may cost.
pub const RUN_PAID: &str = "Evaluate…";
/// Confirms.
pub const START: &str = "Start and pay";
/// Does not.
pub const CANCEL: &str = "Not now";
/// Beside the button while there is no file.
pub const FIRST_QUESTIONS: &str = "Bring questions first.";

/// What was found in a file.
pub fn found(name: &str, questions: usize, rejected: usize) -> String {
    let name = if name.is_empty() { "The file" } else { name };
    let questions = counted(questions, "question");
    match rejected {
        0 => format!("{name}: {questions}, every row could be read."),
        rows => format!("{name}: {questions}; {} could not be read.", counted(rows, "row")),
    }
}

/// The first choice of how columns are read.
pub fn recognised(found: Option<Preset>) -> String {
    match found {
        Some(found) => format!("As recognised: {}", preset(found)),
        None => "As recognised, if they are".to_owned(),
    }
}

/// The name of a preset.
pub fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::TruthfulQa => "TruthfulQA",
        Preset::StrategyQa => "StrategyQA",
        Preset::CommonsenseQa => "CommonsenseQA",
        Preset::Ethics => "ETHICS",
        Preset::BoolQ => "BoolQ",
        Preset::ArcMmlu => "ARC or MMLU",
        Preset::ForecastBench => "ForecastBench",
        Preset::Inspect => "Inspect",
        Preset::Plain => "Question, outcomes, answer",
    }
}

/// Over the rows that are no questions.
pub fn rejected(rows: usize) -> String {
    format!("{} could not be read", counted(rows, "row"))
}

/// Where a row stands.
pub fn place(place: Place) -> String {
    match place {
        Place::Line(line) => format!("Line {line}:"),
        Place::Entry(entry) => format!("Entry {entry}:"),
    }
}

/// The name of a method.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Single => "One agent alone",
        Method::Majority => "Majority vote",
        Method::Mean => "Mean",
        Method::Median => "Median",
        Method::LogPool => "Log pool",
        Method::Extremised => "Extremised log pool",
        Method::ConfidenceVote => "Vote by confidence",
        Method::BestInHindsight => "Best agent in hindsight",
        Method::Coin => "Coin",
        Method::MarketPrice => "A real market's price",
        Method::Panel => "Panel",
        Method::SelfConsistency => "Self-consistency",
        Method::PanelDebate => "Debate of the panel",
        Method::JudgeDebate => "Debate with a judge",
        Method::MakerTrader => "Maker and traders",
    }
}

/// What a method does.
pub fn method_what(method: Method) -> &'static str {
    match method {
        Method::Single => "The first that answered.",
        Method::Majority => "Each agent votes for its favourite.",
        Method::Mean => "The average of their probabilities.",
        Method::Median => "The middle one.",
        Method::LogPool => "The average of their log-odds.",
        Method::Extremised => "The same, moved away from even odds.",
        Method::ConfidenceVote => "Votes count as much as their certainty.",
        Method::BestInHindsight => "Known only afterwards: an upper end, no rival.",
        Method::Coin => "Every answer alike.",
        Method::MarketPrice => "Where the file has one.",
        Method::Panel => "A market, or the mode that Ask is set to.",
        Method::SelfConsistency => "The same question again and again, and a vote.",
        Method::PanelDebate => "Everybody reads the others and answers again.",
        Method::JudgeDebate => "Two argue, a third decides.",
        Method::MakerTrader => "The protocol of the paper.",
    }
}

/// What a press will do.
pub fn plan(questions: usize, methods: usize, uses: Option<&str>) -> String {
    let (questions, methods) = (counted(questions, "question"), counted(methods, "method"));
    match uses {
        Some(uses) => format!("{questions}, {methods}: {uses}."),
        None => {
            format!("{questions}, {methods}: no calls, no cost, a few seconds for each hundred questions.")
        }
    }
}

/// How long so many calls take.
pub fn time(calls: (u64, u64), at_once: usize) -> String {
    let at_once = at_once.max(1) as u64;
    let (low, high) = (calls.0 * 1_000 / at_once, calls.1 * 10_000 / at_once);
    format!(
        "{} to {} if an answer takes 1 to 10 seconds and {at_once} are asked at once",
        duration(low),
        duration(high)
    )
}

/// The question before money is spent.
pub fn confirm(questions: usize, uses: &str, time: &str, connections: &[String]) -> String {
    let names: Vec<String> = connections.iter().map(|name| format!("“{name}”")).collect();
    format!(
        "This asks about {} through {}: {uses} in all; {time}. The limits above hold for all questions together, those \
         of Ask for each run.",
        counted(questions, "question"),
        names.join(", ")
    )
}

/// What is in the way, and what to do.
pub fn obstacle(obstacle: &Obstacle) -> (String, String) {
    let (title, next) = match obstacle {
        Obstacle::NoQuestions => ("There are no questions yet", "Choose a file, or take the example."),
        Obstacle::NoMethod => ("No method is ticked", "Tick at least one that these questions allow."),
        Obstacle::BadNumber(Limit::Sample) => {
            ("“How many questions” is no whole number from 1", "Correct it, or leave it empty for all.")
        }
        Obstacle::BadNumber(Limit::Seed) => {
            ("The seed is none", "It has 1 to 16 hexadecimal digits: 0 to 9 and a to f.")
        }
        Obstacle::BadNumber(Limit::Calls) => {
            ("The limit of calls is no whole number from 1", "Correct it, or leave it empty.")
        }
        Obstacle::BadNumber(Limit::Dollars) => {
            ("The limit of money is no amount", "Correct it, or leave it empty.")
        }
        Obstacle::Panel(error) => {
            let (title, next) = super::ask::draft_error(error);
            return (title, next.to_owned());
        }
    };
    (title.to_owned(), next.to_owned())
}

pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", format::count(count as u64), if count == 1 { "" } else { "s" })
}
