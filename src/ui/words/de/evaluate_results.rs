//! Words of an evaluation while it goes on and when it is over, in German.

use super::evaluate::{asked, method};
use crate::evaluate::report::{Comparison, FEWEST_FOR_A_WINNER, Lean, Report};
use crate::ui::evaluation::{EvaluationNote, Head, Lack, Pace, Stage};
use crate::ui::format;
pub use crate::ui::words::en::evaluate_results::{duration, seconds};

/// What the bar is.
pub const PROGRESS: &str = "Fragen, die erledigt sind";
/// Holds it.
pub const PAUSE: &str = "Pause";
/// Ends calls under way.
pub const STOP: &str = "Jetzt anhalten";
/// Lets it go on.
pub const GO_ON: &str = "Weiter";
/// It is over.
pub const OVER: &str = "Alle Fragen sind gestellt.";
/// It broke.
pub const BROKE: &str = "Die Auswertung konnte nicht weitergehen";
/// What to do.
pub const BROKE_NEXT: &str =
    "Was erledigt ist, bleibt. Drücken Sie „Weiter“, um es noch einmal zu versuchen.";
/// Another evaluation.
pub const ANOTHER: &str = "Eine andere Auswertung einrichten";
/// Over the list of evaluations.
pub const EARLIER: &str = "Auswertungen auf diesem Gerät";
/// Opens one.
pub const OPEN: &str = "Öffnen";
/// Removes one …
pub const REMOVE: &str = "Entfernen";
/// … after a second press.
pub const REMOVE_SURE: &str = "Endgültig entfernen, mit allen Läufen";
/// It could not be removed.
pub const NOT_REMOVED: &str = "Die Auswertung war nicht zu entfernen";
/// It could not be opened.
pub const CANNOT_OPEN: &str = "Das lässt sich nicht öffnen";
/// What to do.
pub const CANNOT_OPEN_NEXT: &str = "Laden Sie die Seite neu, und versuchen Sie es noch einmal.";
/// It is of another version.
pub const UNREADABLE: &str =
    "Eine andere Version dieser Seite bewahrt sie so auf, wie diese es nicht lesen kann.";
/// A run is not kept.
pub const RUN_GONE: &str = "Dieser Lauf ist auf diesem Gerät nicht aufbewahrt.";
/// A file of results has broken lines.
pub const RESULTS_BROKEN: &str = "Einige Ergebnisse waren nicht zu lesen";
/// What to do.
pub const RESULTS_BROKEN_NEXT: &str = "Die Tabellen zählen nur, was zu lesen war.";

/// Over the failures.
pub const FAILURES: &str = "Was misslungen ist";
/// There is nothing to say yet.
pub const NO_RECORD_YET: &str = "Mit den ersten Antworten kommen die Zahlen.";

/// Over the sentences.
pub const SHOWS: &str = "Was es zeigt und was nicht";
/// While intervals are drawn.
pub const DRAWING: &str = "Die Intervalle werden gezogen…";
/// Over the first table.
pub const SCORES: &str = "Ergebnisse";
/// What its columns mean.
pub const SCORES_WHAT: &str = "In Klammern 95-%-Intervalle aus 2.000 neu gezogenen Fragesätzen. Die Genauigkeit zählt die wahrscheinlichste \
     Antwort; Brier, Log und ECE (Kalibrierungsfehler) sind kleiner besser, AUROC ist größer besser. Aufrufe und Geld \
     sind, was ein Verfahren für sich bräuchte, auch wo es Antworten geteilt hat. Die Zeit gilt für eine Frage.";
/// A column.
pub const METHOD: &str = "Verfahren";
/// The other columns of the scores.
pub const SCORE_COLUMNS: [&str; 11] = [
    "beantwortet",
    "misslungen",
    "Genauigkeit",
    "Brier",
    "Log",
    "ECE",
    "AUROC",
    "Aufrufe",
    "Token",
    "Geld",
    "Zeit",
];
/// The baseline.
pub const AGAINST: &str = "Vergleichen mit";
/// What that does.
pub const AGAINST_WHAT: &str =
    "Jedes andere Verfahren wird mit diesem verglichen, auf den Fragen, die beide beantwortet haben.";
/// The second table.
pub const COMPARISONS: &str = "Unterschiede";
/// Its columns but for the first and the last.
pub const COMPARISON_COLUMNS: [&str; 6] =
    ["Fragen", "Genauigkeit", "Brier tiefer um", "allein richtig", "p nach McNemar", "p nach Holm"];
/// Its last column.
pub const VERDICT: &str = "gezeigt?";
/// A difference that is shown.
pub const SHOWN: &str = "ja";
/// One that is not.
pub const NOT_SHOWN: &str = "nicht gezeigt";
/// How to read it.
pub const COMPARISONS_WHAT: &str = "„Allein richtig“ zählt die Fragen, die dieses Verfahren richtig hat und das andere falsch, und umgekehrt; wer unentschieden ist, hat seinen Teil. Ein \
     Unterschied der Genauigkeit gilt als gezeigt, wenn p nach McNemar auch nach Holms Korrektur für alle Vergleiche \
     unter 0,05 liegt, auf mindestens 30 Fragen.";
/// Over the reliability diagram.
pub const RELIABILITY: &str = "Verlässlichkeit";
/// How to read it.
pub const RELIABILITY_WHAT: &str = "Auf der Linie geschah, was 70 % wahrscheinlich hieß, in 70 % der Fälle. Größere Punkte stehen für mehr Vorhersagen. \
     Bei mehr als zwei Antworten: die wahrscheinlichste, und ob sie richtig war.";
/// Its axis from left to right.
pub const FORECAST: &str = "mittlere Vorhersage";
/// Its axis from below.
pub const HAPPENED: &str = "eingetreten";
/// The columns of its table.
pub const BIN_COLUMNS: [&str; 3] = ["Vorhersagen", "mittlere Vorhersage", "eingetreten"];
/// Over the chart of costs.
pub const COSTS: &str = "Genauigkeit und Kosten";
/// How to read it.
pub const COSTS_WHAT: &str = "Weiter oben ist besser, weiter links billiger; die Striche sind 95-%-Intervalle. Die Zahlen stehen in der Tabelle oben.";
/// What the chart shows.
pub const COSTS_CHART: &str = "Genauigkeit jedes Verfahrens gegen das, was es für eine Frage braucht; die Zahlen stehen in der Tabelle der Ergebnisse";
/// Nothing was called.
pub const NO_COSTS: &str = "Niemand wurde aufgerufen, also hat nichts etwas gekostet.";
/// An axis.
pub const MONEY_A_QUESTION: &str = "US-Dollar je Frage";
/// An axis.
pub const CALLS_A_QUESTION: &str = "Aufrufe je Frage";
/// An axis.
pub const ACCURACY: &str = "Genauigkeit";
/// Over the table of categories.
pub const CATEGORIES: &str = "Genauigkeit nach Kategorie";
/// Its first column.
pub const CATEGORY: &str = "Kategorie";

/// Over the list of questions.
pub const EVERY_QUESTION: &str = "Jede Frage";
/// Which of them.
pub const WHICH: &str = "Zeigen";
/// The choices.
pub const WHICH_CHOICES: [&str; 3] = ["Alle", "Falsche", "Ohne Antwort"];
/// To the window before.
pub const BEFORE: &str = "Frühere";
/// To the next window.
pub const LATER: &str = "Spätere";
/// Over the files.
pub const SAVE: &str = "Mitnehmen";
/// What they are.
pub const SAVE_WHAT: &str = "Eine Zeile je Frage und Verfahren (results.csv), eine je Verfahren (summary, in vier Formen) und jedes Ergebnis als \
     Zeile (results.jsonl), die diese Seite und das Programm ohne Seite wieder lesen.";

/// Over the files for the native program.
pub const HEADLESS: &str = "Dasselbe ohne Seite, auf einem Rechner oder vielen: diese zwei Dateien und der Befehl. Dieselben Modellantworten \
     ergeben dieselben Läufe bis auf die letzte Prüfsumme.";

/// What the evaluation is called.
pub fn name(head: &Head, ours: bool) -> String {
    let name = if head.name.is_empty() { "Fragen" } else { &head.name };
    if ours {
        format!("{name}: {}", asked(head.count))
    } else {
        format!(
            "{name}: Ergebnisse zu {} aus einer Datei. Die Läufe liegen, wo sie gemacht wurden.",
            to(head.count)
        )
    }
}

/// “zu 2 Fragen”: the dative.
fn to(count: usize) -> String {
    asked(count)
}

/// How far it has come.
pub fn progress(head: &Head, pace: Option<Pace>, calls: bool) -> String {
    let mut parts = vec![format!("{} von {}", format::count(head.done as u64), to(head.count))];
    if let Some(pace) = pace.filter(|_| head.stage == Stage::Running) {
        parts.extend(
            pace.a_minute().map(|rate| format!("{} in der Minute", format::count(rate.round() as u64))),
        );
        let open = head.count.saturating_sub(head.done);
        parts.extend(pace.left_millis(open).map(|left| format!("noch etwa {}", duration(left))));
    } else {
        parts.push(match head.stage {
            Stage::Running => "beginnt".to_owned(),
            Stage::Held => "angehalten".to_owned(),
            Stage::Over => format!("fertig in {}", duration(head.worked_millis)),
        });
    }
    if calls {
        let calls = head.spent.calls;
        parts.push(if calls == 1 {
            "1 Aufruf".to_owned()
        } else {
            format!("{} Aufrufe", format::count(calls))
        });
        parts.push(format!("{} Token", format::count(head.spent.tokens)));
        parts.push(format::dollars(head.spent.cost_micro_usd));
    }
    parts.join(" · ")
}

/// An evaluation in the list.
pub fn earlier(head: &Head, when: &str) -> String {
    let stage = match head.stage {
        Stage::Running => "läuft",
        Stage::Held => "angehalten",
        Stage::Over => "fertig",
    };
    let name = if head.name.is_empty() { "Fragen" } else { &head.name };
    format!("{name}, {when}: {} von {}, {stage}", head.done, to(head.count))
}

/// Why it does not go on, or is not kept.
pub fn note(note: &EvaluationNote) -> String {
    match note {
        EvaluationNote::Limit => {
            "Eine Grenze dieser Auswertung ist erreicht: Die nächste Frage könnte sie überschreiten. Was \
                                  erledigt ist, bleibt."
                .to_owned()
        }
        EvaluationNote::Elsewhere => {
            "Ein anderer Tab führt diese Auswertung weiter. Dieser folgt, wenn jener geschlossen ist."
                .to_owned()
        }
        EvaluationNote::NotKept(why) => format!(
            "Sie geht weiter, wird aber auf diesem Gerät nicht aufbewahrt. {why} Nehmen Sie die Ergebnisse mit, bevor Sie \
             den Tab schließen."
        ),
    }
}

/// A method that has no answer.
pub fn lack(lack: &Lack) -> String {
    format!(
        "{}: keine Antwort auf {} ({})",
        method(lack.method),
        asked(lack.questions),
        super::messages::said(&lack.reason)
    )
}

/// Answers of agents that failed.
pub fn agents_failed(answers: u64) -> String {
    let times = if answers == 1 { "einmal".to_owned() } else { format!("{}-mal", format::count(answers)) };
    format!("Agenten blieben {times} ohne Antwort; ihre Fragen sind ohne sie gewertet")
}

/// Asks again.
pub fn retry(questions: usize) -> String {
    format!("{} noch einmal stellen", asked(questions))
}

/// The ends of an interval.
pub fn ends(low: &str, high: &str) -> String {
    format!("({low} bis {high})")
}

/// What the reliability diagram shows.
pub fn reliability_chart(method: &str) -> String {
    format!(
        "Verlässlichkeit von „{method}“: wie oft eintrat, was wie wahrscheinlich hieß; die Zahlen stehen in der Tabelle darunter"
    )
}

/// How many are listed.
pub fn listed(passing: usize, done: usize) -> String {
    if passing == done { asked(done) } else { format!("{} von {}", format::count(passing as u64), to(done)) }
}

/// Which ones are shown.
pub fn window(first: usize, last: usize, all: usize) -> String {
    format!(
        "{}–{} von {}",
        format::count(first as u64),
        format::count(last as u64),
        format::count(all as u64)
    )
}

/// An outcome whose name is not known.
pub fn outcome(place: usize) -> String {
    format!("Antwort {}", place + 1)
}

/// The right answer.
pub fn right_answer(answer: &str) -> String {
    format!("Richtig: {answer}")
}

/// The method had it right.
pub fn right(percent: &str) -> String {
    format!("Richtig: {percent} darauf")
}

/// The method had it wrong.
pub fn wrong(percent: &str) -> String {
    format!("Falsch: {percent} auf der richtigen Antwort")
}

/// The method said nothing.
pub fn no_answer(why: Option<&str>) -> String {
    match why {
        Some(why) => format!("Keine Antwort: {}", super::messages::said(why)),
        None => "Nicht gestellt".to_owned(),
    }
}

/// A run, by its job.
pub fn job(name: &str) -> &'static str {
    match name {
        "first" => "Erste Antworten",
        "panel" => "Panel",
        "self-consistency" => "Selbstkonsistenz",
        "panel-debate" => "Debatte des Panels",
        "judge-debate" => "Debatte mit Richter",
        "maker-trader" => "Market-Maker und Händler",
        _ => "Lauf",
    }
}

/// Opens a run.
pub fn open_run(name: &str, question: usize) -> String {
    format!("{name}: den Lauf der Frage {question} mit seinem Protokoll öffnen")
}

/// Lines that could not be read.
pub fn broken_lines(lines: usize) -> String {
    if lines == 1 {
        "1 Zeile der Datei war nicht zu lesen.".to_owned()
    } else {
        format!("{} Zeilen der Datei waren nicht zu lesen.", format::count(lines as u64))
    }
}

/// What it shows and what it cannot.
pub fn findings(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(points) = report.detectable {
        lines.push(format!(
            "Diese {} können Unterschiede der Genauigkeit von etwa {:.0} Prozentpunkten zeigen (Macht 80 %, Niveau 95 %).",
            asked(report.questions),
            points * 100.0
        ));
    }
    if let Some(shared) = report.rho {
        lines.push(format!(
            "Die ersten Antworten der Agenten hängen zusammen: ρ̂ = {} bei bekannter Antwort ({}). {} Agenten wissen etwa \
             so viel wie {}, die nichts gemeinsam haben.",
            format::decimal(shared.rho),
            asked(shared.questions),
            shared.agents,
            format::decimal(shared.worth())
        ));
    }
    if let Some((Lean { method: first, outcome, chosen, answered, right }, others)) =
        report.leans.split_first()
    {
        let others = others.iter().map(|lean| method(lean.method)).collect::<Vec<_>>().join(", ");
        let others = if others.is_empty() { others } else { format!(" Ebenso: {others}.") };
        lines.push(format!(
            "„{}“ wählte bei {chosen} von {answered} Fragen die Antwort {} der Liste; richtig ist sie bei {right}. Fast \
             immer dieselbe Antwort, was auch gefragt war: Die Genauigkeit zeigt eher die Verteilung in dieser Sammlung \
             als Wissen.{others}",
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
        lines.push("Das sind zu wenige, um einen Sieger zu nennen.".to_owned());
    } else if better.is_empty() && worse.is_empty() {
        lines.push(format!(
            "Kein Verfahren unterscheidet sich in der Genauigkeit von „{}“ stärker, als der Zufall erklärt.",
            method(against)
        ));
    }
    if !better.is_empty() {
        lines.push(format!("Genauer als „{}“, nach Holms Korrektur: {better}.", method(against)));
    }
    if !worse.is_empty() {
        lines.push(format!("Weniger genau als „{}“, nach Holms Korrektur: {worse}.", method(against)));
    }
    if report.failures > 0 {
        lines.push(agents_failed(report.failures) + ".");
    }
    lines
}
