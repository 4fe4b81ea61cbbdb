//! Words of the Decide page, in German: what each option's panel is asked, and what its answers are worth. The memo reads
//! the same sentences.

pub use super::decide_results::{argued, changes, confidence, dissent, headline, how, no_book, range};
pub use super::decisions::{criterion, facts, question};
use super::verdict::counted;
use crate::ui::decision::{Decision, Obstacle, Stage};
pub use crate::ui::words::en::decide::{name, option};

/// The heading.
pub const TITLE: &str = "Zwischen Optionen entscheiden";
/// What the page is for.
pub const LEAD: &str = "Sagen Sie, was Sie erreichen möchten, und nennen Sie, was Sie tun könnten. Zu jeder Option schätzt ein Panel, wie \
                        wahrscheinlich sie zum Ziel führt. Sie sehen, wie die Optionen abschneiden, wie sicher das ist und wer \
                        widerspricht. Die Entscheidung treffen Sie.";
/// The form.
pub const FORM: &str = "Ihre Entscheidung";
/// Above the goal.
pub const GOAL: &str = "Was möchten Sie erreichen?";
/// In the empty field.
pub const GOAL_HINT: &str = "Am 30. Juni sind weniger als 50 Anfragen im Kundendienst offen";
/// Under the goal.
pub const GOAL_WHAT: &str =
    "Eine Aussage mit einem Datum oder einer Zahl, damit später alle sagen können, ob sie eingetreten ist.";
/// Above the options.
pub const OPTIONS: &str = "Was könnten Sie tun?";
/// Adds one.
pub const ADD_OPTION: &str = "Option hinzufügen";
/// Above the background.
pub const BACKGROUND: &str = "Was sollte das Panel wissen?";
/// In the empty field.
pub const BACKGROUND_HINT: &str = "Zahlen, Daten, was schon versucht wurde";
/// The button.
pub const COMPARE: &str = "Optionen vergleichen";
/// The same where it costs money.
pub const COMPARE_PAID: &str = "Optionen vergleichen…";
/// Confirms.
pub const START: &str = "Starten und bezahlen";
/// Does not.
pub const CANCEL: &str = "Jetzt nicht";
/// Where the panel is set up.
pub const PANEL_ELSEWHERE: &str =
    "Wer im Panel sitzt und welche Grenzen gelten, legen Sie auf der Seite „Fragen“ fest.";
/// Above the examples.
pub const EXAMPLES: &str = "Oder beginnen Sie mit einem Beispiel";
/// What was typed is gone from the form.
pub const REPLACED: &str = "Das Beispiel hat ersetzt, was Sie eingegeben hatten.";
/// Takes it back.
pub const UNDO: &str = "Rückgängig machen";
/// Above the earlier ones.
pub const EARLIER: &str = "Frühere Entscheidungen";
/// The part with the answer.
pub const RESULT: &str = "Der Vergleich";
/// Before the first option has been answered.
pub const WAITING: &str = "Noch gibt es zu keiner Option eine Antwort.";
/// Stops it.
pub const STOP: &str = "Stoppen";
/// Goes on after a pause.
pub const RESUME: &str = "Weiter";
/// Goes on.
pub const GO_ON: &str = "Fortsetzen";
/// Asks one option again.
pub const ASK_AGAIN: &str = "Zu dieser Option neu fragen";
/// The run of an option.
pub const OPEN_RUN: &str = "Lauf öffnen";
/// The run of an option that goes on.
pub const WATCH_RUN: &str = "Dem Markt zusehen";
/// A link that others can open.
pub const LINK: &str = "Link zum Lauf";
/// While links are made.
pub const LINKING: &str = "Der Link wird erstellt…";
/// Changes the texts.
pub const CHANGE: &str = "Ändern und neu vergleichen";
/// Begins another.
pub const ANOTHER: &str = "Eine andere Entscheidung";
/// The memo as a file.
pub const MEMO: &str = "Als Notiz speichern";
/// The memo on paper.
pub const PRINT: &str = "Drucken";
/// Stopped.
pub const HELD: &str = "Gestoppt. Die Optionen, zu denen es Antworten gibt, stehen unten.";
/// Another tab is at it.
pub const ELSEWHERE: &str = "In einem anderen Tab wird gerade ein Panel zu einer Entscheidung gefragt. Hier geht es weiter, sobald jener Tab \
                             fertig oder geschlossen ist.";
/// The browser keeps nothing.
pub const NOT_KEPT: &str = "In diesem Fenster kann die Seite nichts aufbewahren: Die Entscheidung bleibt nur, bis der Tab geschlossen wird. \
                            Speichern Sie die Notiz.";
/// While runs are read.
pub const READING: &str = "Die Antworten werden gelesen…";
/// Said of simulated panels.
pub const DEMONSTRATION: &str = "Eine Vorführung, kein Rat: Das sind simulierte Händler. Sie haben Ihre Optionen nicht gelesen und wissen nichts \
                                 über die Welt; diese Reihenfolge ist also Zufall. Sie zeigt, wie der Vergleich funktioniert. Wenn Sie \
                                 Rat suchen, wählen Sie Sprachmodelle.";
/// Before the answer of a simulated panel.
pub const PLAY: &str = "Vorführung: ";
/// How the bars are read.
pub const BARS: &str = "Der Balken zeigt, wie wahrscheinlich die Option zum Ziel führt, der schraffierte Teil, wie sehr das Panel selbst \
                        daran zweifelt.";
/// Above what the figures are not.
pub const LIMITS: &str = "Was diese Zahlen nicht sind";
/// The causal caveat.
pub const CAUSE: &str = "Sie sind Einschätzungen dessen, was aus jeder Option folgen würde, kein Experiment. Das Panel sollte so urteilen, \
                         als hätte das Los die Option bestimmt, damit sich aus der Wahl selbst nichts ablesen lässt. Trotzdem kann es \
                         für die Wirkung einer Option halten, was bloß gewöhnlich mit ihr einhergeht.";
/// Advice only.
pub const ADVICE: &str = "Sie sind nur ein Rat. Niemand im Panel hat etwas davon, wie Sie wählen; nichts wird für Sie entschieden, und keine \
                          Zahl sagt, ob das Ziel das richtige ist oder was eine Option sonst noch kostet.";
/// Above the reasons.
pub const WHY: &str = "Warum";
/// Strongest reason for.
pub const FOR: &str = "Dafür";
/// Strongest reason against.
pub const AGAINST: &str = "Dagegen";
/// Above what would change it.
pub const CHANGES: &str = "Was daran etwas ändern würde";
/// Above the dissent.
pub const DISSENT: &str = "Wer es anders sieht";
/// Above how it was made.
pub const HOW: &str = "Wie es zustande kam";
/// Beside an option that cannot be told from the first.
pub const CLOSE: &str = "kein klarer Abstand zur ersten";
/// Simulated traders say nothing.
pub const NO_REASONS: &str = "Simulierte Händler nennen keine Gründe.";
/// Nobody spoke on that side.
pub const NOTHING_SAID: &str = "Dazu wurde nichts gesagt.";

/// Takes an option away.
pub fn remove_option(number: usize) -> String {
    format!("Option {number} entfernen")
}

/// What is in the way, and what to do.
pub fn obstacle(obstacle: &Obstacle) -> (String, String) {
    match obstacle {
        Obstacle::NoGoal => {
            ("Noch fehlt das Ziel".into(), "Nennen Sie Ihr Ziel, oder wählen Sie ein Beispiel.".into())
        }
        Obstacle::Empty(place) => {
            (format!("Option {} ist leer", place + 1), "Füllen Sie sie aus, oder entfernen Sie sie.".into())
        }
        Obstacle::Twice(place) => {
            (format!("Option {} ist schon genannt", place + 1), "Ändern oder entfernen Sie sie.".into())
        }
        Obstacle::Panel(error) => {
            let (title, next) = super::ask::draft_error(error);
            (title, next.to_owned())
        }
    }
}

/// What a press will do.
pub fn plan(options: usize, agents: usize, uses: Option<&str>) -> String {
    let (options, agents) = (counted(options, "Option"), counted(agents, "Agent"));
    match uses {
        Some(uses) => format!("{options}, je {agents}: {uses}."),
        None => format!("{options}, je {agents}, keine Aufrufe, keine Kosten."),
    }
}

/// The question before money is spent.
pub fn confirm(options: usize, uses: &str, connections: &[String]) -> String {
    let names: Vec<String> = connections.iter().map(|name| format!("„{name}“")).collect();
    format!(
        "Gefragt wird zu {} über {}: insgesamt {uses}. Ihre Grenzen gelten für jede Option einzeln.",
        counted(options, "Option"),
        names.join(" und ")
    )
}

/// How far it has come.
pub fn progress(decision: &Decision) -> Option<String> {
    let all = decision.options.len();
    let place = decision.next_option()?;
    let name = &decision.options[place].text;
    match decision.stage {
        Stage::Running => Some(format!("Gefragt wird zu „{}“, {} von {all}", name.trim(), place + 1)),
        _ => None,
    }
}
