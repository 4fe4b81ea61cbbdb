//! Words of an evaluation while it goes on and when it is over.

use super::evaluate::{counted, method};
use crate::evaluate::report::{Comparison, FEWEST_FOR_A_WINNER, Lean, Report};
use crate::ui::evaluation::{EvaluationNote, Head, Lack, Pace, Stage};
use crate::ui::format;

/// What the bar is.
pub const PROGRESS: &str = "Questions that are done";
/// Holds it.
pub const PAUSE: &str = "Pause";
/// Ends calls under way.
pub const STOP: &str = "Stop now";
/// Lets it go on.
pub const GO_ON: &str = "Go on";
/// It is over.
pub const OVER: &str = "Every question has been asked.";
/// It broke.
pub const BROKE: &str = "The evaluation could not go on";
/// What to do.
pub const BROKE_NEXT: &str = "What is done is kept. Press “Go on” to try again.";
/// Another evaluation.
pub const ANOTHER: &str = "Set up another evaluation";
/// Over the list of evaluations.
pub const EARLIER: &str = "Evaluations on this device";
/// Opens one.
pub const OPEN: &str = "Open";
/// Removes one …
pub const REMOVE: &str = "Remove";
/// … after a second press.
pub const REMOVE_SURE: &str = "Remove for good, with all its runs";
/// It could not be removed.
pub const NOT_REMOVED: &str = "The evaluation could not be removed";
/// It could not be opened.
pub const CANNOT_OPEN: &str = "It cannot be opened";
/// What to do.
pub const CANNOT_OPEN_NEXT: &str = "Reload the page and try again.";
/// It is of another version.
pub const UNREADABLE: &str = "Another version of this page keeps it in a way that this one does not read.";
/// A run is not kept.
pub const RUN_GONE: &str = "This run is not kept on this device.";
/// A file of results has broken lines.
pub const RESULTS_BROKEN: &str = "Some results could not be read";
/// What to do.
pub const RESULTS_BROKEN_NEXT: &str = "The tables count only what could be read.";

/// Over the failures.
pub const FAILURES: &str = "What failed";
/// There is nothing to say yet.
pub const NO_RECORD_YET: &str = "Figures appear with the first answers.";

/// Over the sentences.
pub const SHOWS: &str = "What it shows, and what it cannot";
/// While intervals are drawn.
pub const DRAWING: &str = "The intervals are being drawn…";
/// Over the first table.
pub const SCORES: &str = "Scores";
/// What its columns mean.
pub const SCORES_WHAT: &str = "In brackets, 95\u{202f}% intervals from 2,000 resamples of the questions. Accuracy counts the likeliest answer; Brier, log \
     and ECE (calibration error) are better when smaller; AUROC when larger. Calls and money are what a method would \
     take by itself, also where it shared answers. Time is for each question.";
/// A column.
pub const METHOD: &str = "Method";
/// The other columns of the scores.
pub const SCORE_COLUMNS: [&str; 11] =
    ["answered", "failed", "accuracy", "Brier", "log", "ECE", "AUROC", "calls", "tokens", "money", "time"];
/// The baseline.
pub const AGAINST: &str = "Compare with";
/// What that does.
pub const AGAINST_WHAT: &str =
    "Every other method is compared with this one, on the questions that both answered.";
/// The second table.
pub const COMPARISONS: &str = "Differences";
/// Its columns but for the first and the last.
pub const COMPARISON_COLUMNS: [&str; 6] =
    ["questions", "accuracy", "Brier lower by", "right alone", "McNemar's p", "Holm's p"];
/// Its last column.
pub const VERDICT: &str = "shown?";
/// A difference that is shown.
pub const SHOWN: &str = "yes";
/// One that is not.
pub const NOT_SHOWN: &str = "not shown";
/// How to read it.
pub const COMPARISONS_WHAT: &str = "“Right alone” is how many questions this method has right and the baseline wrong, and the reverse; an undecided answer is right by its share. A difference of \
     accuracy counts as shown if McNemar's p is below 0.05 after Holm's correction for all comparisons, on at least 30 \
     questions.";
/// Over the reliability diagram.
pub const RELIABILITY: &str = "Reliability";
/// How to read it.
pub const RELIABILITY_WHAT: &str = "On the line, things that were called 70\u{202f}% likely happened in 70\u{202f}% of cases. Larger points stand for more \
     forecasts. With more than two answers: the likeliest one, and whether it was right.";
/// Its axis from left to right.
pub const FORECAST: &str = "mean forecast";
/// Its axis from below.
pub const HAPPENED: &str = "happened";
/// The columns of its table.
pub const BIN_COLUMNS: [&str; 3] = ["forecasts", "mean forecast", "happened"];
/// Over the chart of costs.
pub const COSTS: &str = "Accuracy against cost";
/// How to read it.
pub const COSTS_WHAT: &str = "Further up is better, further left is cheaper; the whiskers are 95\u{202f}% intervals. The figures stand in the table above.";
/// What the chart shows.
pub const COSTS_CHART: &str =
    "Accuracy of each method against what it takes for a question; the figures stand in the table of scores";
/// Nothing was called.
pub const NO_COSTS: &str = "Nobody was called, so nothing cost anything.";
/// An axis.
pub const MONEY_A_QUESTION: &str = "US dollars a question";
/// An axis.
pub const CALLS_A_QUESTION: &str = "calls a question";
/// An axis.
pub const ACCURACY: &str = "accuracy";
/// Over the table of categories.
pub const CATEGORIES: &str = "Accuracy by category";
/// Its first column.
pub const CATEGORY: &str = "Category";

/// Over the list of questions.
pub const EVERY_QUESTION: &str = "Every question";
/// Which of them.
pub const WHICH: &str = "Show";
/// The choices.
pub const WHICH_CHOICES: [&str; 3] = ["All", "Wrong ones", "Without an answer"];
/// To the window before.
pub const BEFORE: &str = "Earlier ones";
/// To the next window.
pub const LATER: &str = "Later ones";
/// Over the files.
pub const SAVE: &str = "Take it away";
/// What they are.
pub const SAVE_WHAT: &str = "One row a question and method (results.csv), one a method (summary, in four forms), and every record as a line \
     (results.jsonl), which this page and the native program read again.";

/// Over the files for the native program.
pub const HEADLESS: &str = "The same without a page, on one machine or many: these two files, and the command. The same replies give the same \
     runs to the last digest.";

/// What the evaluation is called.
pub fn name(head: &Head, ours: bool) -> String {
    let name = if head.name.is_empty() { "Questions" } else { &head.name };
    if ours {
        format!("{name}: {}", counted(head.count, "question"))
    } else {
        format!(
            "{name}: results of {} from a file. Their runs lie where it was made.",
            counted(head.count, "question")
        )
    }
}

/// How far it has come.
pub fn progress(head: &Head, pace: Option<Pace>, calls: bool) -> String {
    let mut parts =
        vec![format!("{} of {}", format::count(head.done as u64), counted(head.count, "question"))];
    if let Some(pace) = pace.filter(|_| head.stage == Stage::Running) {
        parts.extend(pace.a_minute().map(|rate| format!("{} a minute", format::count(rate.round() as u64))));
        let open = head.count.saturating_sub(head.done);
        parts.extend(pace.left_millis(open).map(|left| format!("about {} to go", duration(left))));
    } else {
        parts.push(match head.stage {
            Stage::Running => "starting".to_owned(),
            Stage::Held => "paused".to_owned(),
            Stage::Over => format!("done in {}", duration(head.worked_millis)),
        });
    }
    if calls {
        parts.push(counted(head.spent.calls as usize, "call"));
        parts.push(format!("{} tokens", format::count(head.spent.tokens)));
        parts.push(format::dollars(head.spent.cost_micro_usd));
    }
    parts.join(" · ")
}

/// A time, as roughly as anybody wants to know it.
pub fn duration(millis: u64) -> String {
    let seconds = millis.div_ceil(1_000);
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h", seconds.div_ceil(3_600)),
    }
}

/// The time of one question.
pub fn seconds(millis: u64) -> String {
    format!("{} s", format::decimal(millis as f64 / 1_000.0))
}

/// An evaluation in the list.
pub fn earlier(head: &Head, when: &str) -> String {
    let stage = match head.stage {
        Stage::Running => "going on",
        Stage::Held => "paused",
        Stage::Over => "done",
    };
    let name = if head.name.is_empty() { "Questions" } else { &head.name };
    format!("{name}, {when}: {} of {}, {stage}", head.done, counted(head.count, "question"))
}

/// Why it does not go on, or is not kept.
pub fn note(note: &EvaluationNote) -> String {
    match note {
        EvaluationNote::Limit => {
            "A limit of this evaluation is reached: the next question might pass it. What is done is kept."
                .to_owned()
        }
        EvaluationNote::Elsewhere => {
            "Another tab goes on with this evaluation. This one follows when that tab is closed.".to_owned()
        }
        EvaluationNote::NotKept(why) => {
            format!(
                "It goes on, but is not kept on this device. {why} Take the results away before you close the tab."
            )
        }
    }
}

/// A method that has no answer.
pub fn lack(lack: &Lack) -> String {
    format!(
        "{}: no answer to {} ({})",
        method(lack.method),
        counted(lack.questions, "question"),
        super::messages::said(&lack.reason)
    )
}

/// Answers of agents that failed.
pub fn agents_failed(answers: u64) -> String {
    format!("Agents failed to answer {}; their questions are scored without them", counted_times(answers))
}

fn counted_times(times: u64) -> String {
    if times == 1 { "once".to_owned() } else { format!("{} times", format::count(times)) }
}

/// Asks again.
pub fn retry(questions: usize) -> String {
    format!("Ask {} again", counted(questions, "question"))
}

/// The ends of an interval.
pub fn ends(low: &str, high: &str) -> String {
    format!("({low} to {high})")
}

/// What the reliability diagram shows.
pub fn reliability_chart(method: &str) -> String {
    format!(
        "Reliability of “{method}”: how often things happened against how likely they were called; the figures stand in the table below"
    )
}

/// How many are listed.
pub fn listed(passing: usize, done: usize) -> String {
    if passing == done {
        counted(done, "question")
    } else {
        format!("{} of {}", format::count(passing as u64), counted(done, "question"))
    }
}

/// Which ones are shown.
pub fn window(first: usize, last: usize, all: usize) -> String {
    format!("{}–{} of {}", format::count(first as u64), format::count(last as u64), format::count(all as u64))
}

/// An outcome whose name is not known.
pub fn outcome(place: usize) -> String {
    format!("answer {}", place + 1)
}

/// The right answer.
pub fn right_answer(answer: &str) -> String {
    format!("Right: {answer}")
}

/// The method had it right.
pub fn right(percent: &str) -> String {
    format!("Right: {percent} on it")
}

/// The method had it wrong.
pub fn wrong(percent: &str) -> String {
    format!("Wrong: {percent} on the right answer")
}

/// The method said nothing.
pub fn no_answer(why: Option<&str>) -> String {
    match why {
        Some(why) => format!("No answer: {}", super::messages::said(why)),
        None => "Not asked".to_owned(),
    }
}

/// A run, by its job.
pub fn job(name: &str) -> &'static str {
    match name {
        "first" => "First answers",
        "panel" => "Panel",
        "self-consistency" => "Self-consistency",
        "panel-debate" => "Debate of the panel",
        "judge-debate" => "Debate with a judge",
        "maker-trader" => "Maker and traders",
        _ => "Run",
    }
}

/// Opens a run.
pub fn open_run(name: &str, question: usize) -> String {
    format!("{name}: open the run of question {question} with its audit trail")
}

/// Lines that could not be read.
pub fn broken_lines(lines: usize) -> String {
    format!("{} of the file could not be read.", counted(lines, "line"))
}

/// What it shows and what it cannot.
pub fn findings(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(points) = report.detectable {
        lines.push(format!(
            "This set of {} can show differences of about {:.0} points of accuracy (80\u{202f}% power, 95\u{202f}% level).",
            counted(report.questions, "question"),
            points * 100.0
        ));
    }
    if let Some(shared) = report.rho {
        lines.push(format!(
            "The agents’ first answers go together: ρ̂ = {} given the answer ({}). {} agents know about as much as {} that \
             have nothing in common.",
            format::decimal(shared.rho),
            counted(shared.questions, "question"),
            shared.agents,
            format::decimal(shared.worth())
        ));
    }
    if let Some((Lean { method: first, outcome, chosen, answered, right }, others)) =
        report.leans.split_first()
    {
        let others = others.iter().map(|lean| method(lean.method)).collect::<Vec<_>>().join(", ");
        let others = if others.is_empty() { others } else { format!(" The same holds for: {others}.") };
        lines.push(format!(
            "“{}” chose answer {} of the list on {chosen} of {answered} questions; it is right on {right}. Nearly \
             always the same answer, whatever was asked: its accuracy is the balance of this set rather than \
             knowledge.{others}",
            method(*first),
            outcome + 1,
        ));
    }
    let Some(against) = report.against.filter(|_| !report.comparisons.is_empty()) else { return lines };
    let named = |better: bool| {
        let shown = |one: &&Comparison| one.is_shown && (one.accuracy.mean > 0.0) == better;
        let found = report.comparisons.iter().filter(shown).map(|one| method(one.method));
        found.collect::<Vec<_>>().join(", ")
    };
    let (better, worse) = (named(true), named(false));
    if report.questions < FEWEST_FOR_A_WINNER {
        lines.push("These are too few to name a winner.".to_owned());
    } else if better.is_empty() && worse.is_empty() {
        lines.push(format!(
            "No method differs from “{}” in accuracy by more than noise explains.",
            method(against)
        ));
    }
    if !better.is_empty() {
        lines.push(format!("More accurate than “{}”, after Holm’s correction: {better}.", method(against)));
    }
    if !worse.is_empty() {
        lines.push(format!("Less accurate than “{}”, after Holm’s correction: {worse}.", method(against)));
    }
    if report.failures > 0 {
        lines.push(agents_failed(report.failures) + ".");
    }
    lines
}
