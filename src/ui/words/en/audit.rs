//! Words of the Audit page: one line an event, filters, and what a check proves and does not.

use crate::run::{Texts, Verdict};
use crate::ui::format;

pub use super::events::{kind, line};

/// The page's heading.
pub const TITLE: &str = "Every step, and a way to check it";
/// Without a run.
pub const EMPTY: &str = "There is no run to audit yet";
/// What to do.
pub const EMPTY_WHAT: &str =
    "Ask a question and let a panel trade it, or open a run file: every step will be listed here.";
/// The link to the Ask page.
pub const EMPTY_NEXT: &str = "Ask a question";
/// A heading.
pub const CHECK: &str = "Check";
/// A heading.
pub const TAKE_AWAY: &str = "Take it with you";
/// A heading.
pub const EVENTS: &str = "Events";
/// Label of the head digest.
pub const HEAD: &str = "Head digest";
/// What a head digest is.
pub const HEAD_WHAT: &str =
    "It names the whole run: a change of any step changes it. Compare it with the one you were given.";
/// Before the digest that a file names, if its events come to another.
pub const HEAD_CLAIMED: &str =
    "It was computed from the events. The file claims another one, which does not follow from them:";

/// How much of a file the digest is of.
pub fn head_of(read: u64, all: u64) -> String {
    format!(
        "It is of the first {} of {} events: the next one cannot follow.",
        format::count(read),
        format::count(all)
    )
}
/// The button.
pub const VERIFY: &str = "Verify";
/// The button while it works.
pub const VERIFYING: &str = "Verifying…";
/// Why it waits.
pub const VERIFY_LATER: &str = "A run can be verified once it is over";
/// The good result.
pub const VERIFIED: &str = "Verified";
/// The bad result.
pub const BROKEN: &str = "Broken";
/// Goes to the broken event.
pub const SHOW_BROKEN: &str = "Show it";
/// What no check can prove.
pub const NOT_PROVEN: &str = "A check proves that this log is whole and that every price, balance and trade follows from the \
     recorded answers. It does not prove that a model really gave those answers, nor who ran it: for that, compare the \
     head digest with one that you received another way.";
/// What a broken log is worth.
pub const NOT_TO_BE_TRUSTED: &str =
    "Something was changed, added or cut at this point, so nothing from there on can be relied upon.";
/// What the two ways to take a run away are.
pub const EXPORT_WHAT: &str =
    "The whole log as one file. Anybody can check it without this page, with a JSON and a SHA-256 library.";
/// The other one; `choice` says whether there is a choice of how much is shared.
pub fn share_what(choice: bool) -> &'static str {
    if choice {
        "A link that holds the run itself; you choose how much of it"
    } else {
        "A link that holds the whole run"
    }
}
/// Where an imported run comes from.
pub const FROM_FILE: &str = "opened from a file";
/// The download button.
pub const EXPORT: &str = "Export as JSON";
/// A button.
pub const EXPORT_MEMO: &str = "Memo (Markdown)";
/// A button.
pub const EXPORT_CSV: &str = "Table (CSV)";
/// A button.
pub const PRINT: &str = "Print…";
/// What they are.
pub const EXPORT_MORE: &str =
    "A memo to read or send on, a table for a spreadsheet, pandas or R, or this page on paper";
/// The share button.
pub const SHARE: &str = "Share…";
/// Why it waits.
pub const SHARE_LATER: &str = "A run can be shared once it is over";
/// Why it is refused.
pub const SHARE_BROKEN: &str =
    "This log was changed or cut, so no link can be made of it; export the file instead";
/// The search field.
pub const SEARCH: &str = "Search";
/// A hint in it.
pub const SEARCH_HINT: &str = "A word of a prompt, a reply, a headline…";
/// The filter by type.
pub const TYPE: &str = "Type";
/// No filter.
pub const ALL_TYPES: &str = "All types";
/// The filter by agent.
pub const AGENT: &str = "Agent";
/// No filter.
pub const ALL_AGENTS: &str = "All agents";
/// Clears search and filters.
pub const CLEAR: &str = "Show all";
/// The earlier window of events.
pub const EARLIER: &str = "Earlier events";
/// The later window of events.
pub const LATER: &str = "Later events";
/// No event passes.
pub const NONE_FOUND: &str = "No event fits";
/// Marks an event that cannot be read.
pub const UNREADABLE: &str = "cannot be read";
/// Marks an event behind the first that does not follow.
pub const UNFOLDED: &str = "does not follow";
/// A link to the event.
pub const PERMALINK: &str = "Link to this event";
/// A field of an event.
pub const DIGEST: &str = "Digest";
/// The raw form.
pub const RAW: &str = "Raw JSON";
/// A field.
pub const REPLY: &str = "Raw reply";
/// No reply.
pub const NO_REPLY: &str = "No reply came, or it is not in this copy";
/// A field.
pub const PROMPT: &str = "Prompt";
/// No prompt.
pub const NO_PROMPT: &str = "The prompt is not in this copy";
/// A field.
pub const PARSE: &str = "What was made of it";
/// A field.
pub const MODEL: &str = "Model";
/// A field.
pub const PURPOSE: &str = "Purpose";
/// A field.
pub const FORM: &str = "Form asked for";
/// A field.
pub const TEMPERATURE: &str = "Temperature";
/// A field.
pub const TOKENS: &str = "Tokens";
/// A field.
pub const TOKEN_LIMIT: &str = "Limit of the answer";
/// A field.
pub const FINISH: &str = "Reason for the end";
/// Something the server did not say.
pub const UNKNOWN: &str = "not said";
/// A field.
pub const REASONING: &str = "Reasoning";
/// A field.
pub const EVIDENCE: &str = "Evidence";
/// A field.
pub const HEADLINE: &str = "Headline";
/// A field.
pub const PREDICTED: &str = "Expects of the others";
/// A field.
pub const COHERENCE: &str = "Both ways round";
/// A column.
pub const OUTCOME: &str = "Outcome";
/// A column.
pub const BELIEF: &str = "Belief";
/// A column.
pub const PRICE: &str = "Price";
/// A column.
pub const BOUGHT: &str = "Bought";
/// A column.
pub const BEFORE: &str = "Before";
/// A column.
pub const AFTER: &str = "After";
/// A column.
pub const HOLDS: &str = "Holds then";
/// A column.
pub const PAID: &str = "Paid out";
/// A field.
pub const COST: &str = "Cost";
/// A field.
pub const REDEEMED: &str = "Complete sets redeemed";
/// A field.
pub const CASH: &str = "Cash then";
/// A field.
pub const REACH: &str = "Of the way it wanted";
/// A field.
pub const WANTED: &str = "Would have moved a price by";
/// A field.
pub const MAKER: &str = "The market maker's money";
/// A field.
pub const MESSAGE: &str = "What happened";
/// A field.
pub const TOTALS: &str = "In all";

/// The first line under the heading.
pub fn about(events: u64, agents: usize) -> String {
    format!("{}, {}", count(events as usize, "event", "events"), count(agents, "agent", "agents"))
}

/// So many of something.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", format::count(number as u64), if number == 1 { one } else { many })
}

/// How many events pass the filters.
pub fn found(shown: usize, all: usize) -> String {
    if shown == all {
        count(all, "event", "events")
    } else {
        format!("{} of {}", format::count(shown as u64), count(all, "event", "events"))
    }
}

/// The window of events on the page.
pub fn window(first: usize, last: usize, of: usize) -> String {
    format!("{first} to {last} of {}", format::count(of as u64))
}

/// The result of a check, in full.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified { events, texts } => {
            let absent = texts.and_then(absent).map(|absent| format!(" {absent}")).unwrap_or_default();
            format!("All {events} events follow from each other and from the recorded answers.{absent}")
        }
        Verdict::Broken { seq, problem } => {
            format!("At event {seq}: {}.", super::problems::fault(problem))
        }
    }
}

/// Which texts a reduced copy lacks.
pub fn absent(texts: Texts) -> Option<&'static str> {
    match texts {
        Texts::Everything => None,
        Texts::Headlines => Some(
            "This copy keeps numbers and headlines: prompts, replies, reasoning, personas and background were left out.",
        ),
        Texts::Numbers => {
            Some("This copy keeps the numbers alone: everything the agents said or were told was left out.")
        }
    }
}

/// How far a check has come.
pub fn progress(done: usize, all: usize) -> String {
    format!("{} of {} steps", format::count(done as u64), format::count(all as u64))
}

/// The sums at the end.
pub fn totals(totals: &crate::run::Totals) -> String {
    let tokens = totals.prompt_tokens.saturating_add(totals.completion_tokens);
    format!(
        "{}, {}, {}, {}, {}, {}",
        count(totals.rounds as usize, "round", "rounds"),
        count(totals.trades as usize, "trade", "trades"),
        count(totals.calls as usize, "call", "calls"),
        count(tokens as usize, "token", "tokens"),
        // Nothing was counted: a price of nothing and no known price look the same here.
        if totals.cost_micro_usd > 0 {
            format::dollars(totals.cost_micro_usd)
        } else {
            "no cost counted".to_owned()
        },
        count(totals.failures as usize, "failure", "failures"),
    )
}
