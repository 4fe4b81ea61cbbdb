//! Words of class mode: the page of whoever asks a class, and the page that each pupil sees.

use crate::aggregate::class::Source;
use crate::ui::format;

/// The page of whoever asks.
pub const TITLE: &str = "Ask a class";
/// What it is for.
pub const WHAT: &str = "Everybody states a belief before anyone sees what the panel thinks; then the class stands beside the models, the market and the truth. No server takes part: answers come back as short codes.";
/// There is no run.
pub const EMPTY: &str = "First a question";
/// What to do.
pub const EMPTY_WHAT: &str = "Ask a panel a question, or open one of your runs: the class is asked the same.";
/// Goes there.
pub const EMPTY_NEXT: &str = "Ask a question";
/// The first step.
pub const SHOW: &str = "1. Show this";
/// What it does.
pub const SHOW_WHAT: &str = "Whoever scans it sees the question and nothing of the run.";
/// What the class does, in one line.
pub const FIRST: &str =
    "Scan the code, say how likely each answer is, and give back the short code that you get.";
/// Shows the QR code large.
pub const BIG: &str = "Show it big";
/// Ends that.
pub const SMALL: &str = "Back";
/// Another question stands on Ask.
pub const OTHER: &str = "This is the question of the run that is open. Another stands on Ask and has not been put to the panel yet.";
/// The QR code, for those who do not see it.
pub const QR_ALT: &str = "QR code of the link for the class; the link stands beside it";
/// The question is too long for a QR code.
pub const QR_TOO_LONG: &str = "The question is too long for a QR code: pass the link on instead.";
/// The link.
pub const LINK: &str = "Link for the class";
/// Copies it.
pub const COPY: &str = "Copy";
/// After that.
pub const COPIED: &str = "Copied";
/// Where the browser does not copy.
pub const SELECTED: &str = "Selected: copy it by hand";
/// The second step.
pub const COLLECT: &str = "2. Collect the codes";
/// How.
pub const COLLECT_WHAT: &str = "Paste or type them here, in any order: from a chat, or as pupils read them out. The last code of a device counts. They stay on this device.";
/// The field.
pub const CODES: &str = "Codes";
/// The third step.
pub const REVEAL: &str = "3. Reveal";
/// What it does.
pub const REVEAL_WHAT: &str = "Until then this page shows no figure, so that it can stand on a projector.";
/// The button.
pub const REVEAL_NOW: &str = "Reveal the answers";
/// Takes it back.
pub const HIDE: &str = "Hide them again";
/// No code yet.
pub const NO_CODES: &str = "No code yet.";
/// The result.
pub const RESULT: &str = "The class beside the panel";
/// The outcome shown.
pub const OUTCOME: &str = "Probability of";
/// How the class is spread.
pub const SPREAD: &str = "How the class is spread, in per cent";
/// The table's columns.
pub const WHO: &str = "Who";
/// The probability.
pub const PROBABILITY: &str = "Probability";
/// The score.
pub const BRIER: &str = "Brier score (0 is perfect)";
/// The truth is not known.
pub const NO_TRUTH: &str =
    "The answer is not known yet, so nobody is scored. Choose it above as soon as you know it.";
/// The field for the truth.
pub const TRUTH: &str = "The true answer, as it turned out or as you counted it";
/// Nobody has said it.
pub const TRUTH_OPEN: &str = "Not known yet";
/// What saying it does.
pub const TRUTH_WHAT: &str = "Then class, panel and market are scored against it. It stays on this device, with the codes, and changes nothing in the run.";
/// How the class was added.
pub const HOW: &str = "First answers only are averaged: those were given before anybody had seen a price, like the answers of the class.";

/// The page of a pupil.
pub const BALLOT: &str = "What do you believe?";
/// How.
pub const BALLOT_WHAT: &str =
    "Say how likely each answer is. There is no wrong answer to “how sure are you?”: only yours.";
/// What sliders of several answers do.
pub const BALLOT_SUM: &str =
    "Together they always make 100\u{202f}%: what you have set stays, the others share the rest.";
/// Copies the code.
pub const COPY_CODE: &str = "Copy the code";
/// Makes the code.
pub const MAKE: &str = "Make my code";
/// The code.
pub const CODE: &str = "Your code";
/// What to do with it.
pub const CODE_WHAT: &str = "Give this code to whoever asked you. To change your mind, move the slider and make a new one: it replaces the old.";
/// The link is damaged.
pub const BROKEN: &str = "This link cannot be opened";
/// What to do.
pub const BROKEN_NEXT: &str = "Ask for it again, or scan the code once more.";
/// The link of the button that leads here.
pub const ASK_CLASS: &str = "Ask a class";
/// The same beside an answer.
pub const ASK_CLASS_TOO: &str = "Ask a class, too →";
/// What that is, among the ways to share.
pub const ASK_CLASS_WHAT: &str = "Let a class state its beliefs before you reveal what the panel thinks.";

/// How many answers there are.
pub fn answers(count: usize) -> String {
    match count {
        0 => NO_CODES.to_owned(),
        1 => "1 answer.".to_owned(),
        count => format!("{count} answers."),
    }
}

/// Codes that took the place of an earlier one.
pub fn replaced(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 was changed by its device: the later counts.".to_owned()),
        count => Some(format!("{count} were changed by their devices: the later count.")),
    }
}

/// Codes that are none.
pub fn unreadable(codes: &[String]) -> Option<String> {
    let first = codes.first()?;
    let first = format::short(first, 24);
    Some(match codes.len() {
        1 => format!("“{first}” is no code for this question: mistyped, or for another."),
        count => format!("{count} are no codes for this question, the first of them “{first}”."),
    })
}

/// Whose probabilities they are.
pub fn source(source: Source, pupils: usize) -> String {
    match source {
        Source::Market => "The panel’s answer, after trading".to_owned(),
        Source::Panel => "The panel’s first answers, averaged".to_owned(),
        Source::Class => format!("The class, averaged ({pupils})"),
        Source::OneMore => "Panel with the class as one more agent".to_owned(),
        Source::Many => "Panel with every pupil as an agent".to_owned(),
    }
}

/// A machine's name of it.
pub fn slug(source: Source) -> &'static str {
    match source {
        Source::Market => "market",
        Source::Panel => "panel",
        Source::Class => "class",
        Source::OneMore => "one-more",
        Source::Many => "many",
    }
}

/// The known answer, and who came closest to it.
pub fn truth(outcome: &str, closest: &[Source]) -> String {
    let names: Vec<&str> = closest
        .iter()
        .map(|source| match source {
            Source::Market => "the market",
            Source::Panel => "the panel’s first answers",
            _ => "the class",
        })
        .collect();
    match names.as_slice() {
        [] => format!("The answer is {outcome}."),
        [one] => format!("The answer is {outcome}. Closest to it: {one}."),
        several => format!("The answer is {outcome}. Level, and closest to it: {}.", several.join(" and ")),
    }
}

/// The choice that leaves the truth as the run has it.
pub fn truth_recorded(outcome: &str) -> String {
    format!("As the run has it: {outcome}")
}

/// Asks the panel the question that stands on Ask, and shows nothing of its answer.
pub fn ask_now(question: &str) -> String {
    format!("Put “{}” to panel and class", format::short(question, 60))
}

/// A column of the spread.
pub fn column(tenth: usize) -> String {
    let (low, high) = (tenth * 10, if tenth == 9 { 100 } else { tenth * 10 + 9 });
    format!("{low}–{high}")
}

/// The probability that a slider stands for.
pub fn slider(outcome: &str) -> String {
    format!("How likely is “{outcome}”?")
}
