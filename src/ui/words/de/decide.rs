//! Words of the Decide page, in German: what each option's panel is asked, and what its answers are worth. The memo reads
//! the same sentences.

pub use super::decisions::{criterion, facts, question};
use super::turns::numbered;
use super::verdict::{cost, counted, panel, tokens};
use super::voices;
use super::watch::agent_name;
use crate::aggregate::case::Argument;
use crate::aggregate::decision::{NoBook, Verdict};
use crate::ui::decision::{Decision, Obstacle, Report, Stage};
use crate::ui::format;
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

/// A list in words, each in quotation marks.
fn quoted(report: &Report, options: &[usize]) -> String {
    let names: Vec<String> = options.iter().map(|&option| format!("„{}“", report.option(option))).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} und {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// The answer in a few words.
pub fn headline(report: &Report) -> String {
    let said = match &report.ranking.verdict {
        Verdict::Clear { best } => format!("„{}“ liegt vorn", report.option(*best)),
        Verdict::TooClose { among } => format!("Zu knapp für ein Urteil: {}", quoted(report, among)),
        Verdict::Incomplete { missing } => {
            format!("Unvollständig: keine brauchbare Antwort zu {}", quoted(report, missing))
        }
    };
    // Whoever reads this line alone must not take chance for advice.
    if report.decision.has_models() { said } else { format!("{PLAY}{said}") }
}

/// How sure that is, in a sentence or two.
pub fn confidence(report: &Report) -> String {
    let price = |option: usize| report.books[option].map_or(0.0, |book| book.price);
    let (Some(first), second) = report.first_two() else {
        return "Ohne Antwort gibt es nichts zu vergleichen.".to_owned();
    };
    let mut said = match (&report.ranking.verdict, second, report.lead()) {
        (Verdict::Clear { .. }, Some(second), Some((_, margin))) => format!(
            "Nach Einschätzung des Panels führt diese Option mit {} Wahrscheinlichkeit zum Ziel, „{}“ als nächste mit {}. \
             Der Abstand beträgt {}; der eigene Zweifel des Panels würde nur {} erklären.",
            format::percent(price(first)),
            report.option(second),
            format::percent(price(second)),
            apart(price(first), price(second), margin),
            points(margin)
        ),
        (Verdict::TooClose { .. }, Some(second), Some((_, margin))) => format!(
            "„{}“ liegt bei {}, „{}“ bei {}. Der Abstand beträgt {}; der eigene Zweifel des Panels würde schon {} erklären. \
             Nach diesen Zahlen kann jede der beiden die bessere sein.",
            report.option(first),
            format::percent(price(first)),
            report.option(second),
            format::percent(price(second)),
            apart(price(first), price(second), margin),
            points(margin)
        ),
        _ => "Die übrigen lassen sich unten vergleichen, aber eine Option ohne Antwort könnte besser sein als sie alle."
            .to_owned(),
    };
    if price(first) < 0.5 && !matches!(report.ranking.verdict, Verdict::Incomplete { .. }) {
        said.push_str(" Auch die aussichtsreichste Option verfehlt das Ziel eher, als dass sie es erreicht.");
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
        format!("{:.1} Prozentpunkte", (high - low) * 100.0).replace('.', ",")
    }
}

/// A difference of probabilities, in a case in which German nouns with numbers look alike.
fn points(difference: f64) -> String {
    match (difference * 100.0).round() as usize {
        0 => "weniger als 1 Prozentpunkt".to_owned(),
        some => numbered(some, "Prozentpunkt", "Prozentpunkte"),
    }
}

/// More than a difference.
fn more_than(difference: f64) -> String {
    match (difference * 100.0).round() as usize {
        0 => "auch nur 1 Prozentpunkt".to_owned(),
        _ => format!("mehr als {}", points(difference)),
    }
}

/// Why an option has no figure.
pub fn no_book(why: NoBook) -> &'static str {
    match why {
        NoBook::Open => "noch offen",
        NoBook::Stopped => "vor dem Ende gestoppt",
        NoBook::TooFewVoices => "weniger als zwei Agenten haben geantwortet",
        NoBook::Gone => "der Lauf ist nicht mehr auf diesem Gerät",
    }
}

/// The uncertainty beside a price.
pub fn spread(spread: f64) -> String {
    format!("± {}", points(spread).replace("Prozentpunkt", "Punkt"))
}

/// What would change the answer.
pub fn changes(report: &Report) -> Vec<String> {
    let mut said = Vec::new();
    let (Some(first), second) = report.first_two() else { return said };
    match (&report.ranking.verdict, second, report.lead()) {
        (Verdict::Clear { .. }, Some(second), Some((gap, margin))) => said.push(format!(
            "Fiele „{}“ oder stiege „{}“ um {}, wäre es zu knapp für ein Urteil.",
            report.option(first),
            report.option(second),
            more_than(gap - margin)
        )),
        (Verdict::TooClose { .. }, _, Some((_, margin))) => said.push(format!(
            "Klar wäre es, wenn der Abstand {} betrüge. Dazu kann eine Tatsache führen, die diese Optionen voneinander \
             unterscheidet: Fügen Sie sie dem hinzu, was das Panel weiß, und vergleichen Sie neu.",
            more_than(margin)
        )),
        (Verdict::Incomplete { missing }, ..) => {
            said.push(format!("Eine Antwort zu {}: Sie könnte vor allen anderen liegen.", quoted(report, missing)));
        }
        _ => {}
    }
    let against = report.case(first).con;
    if let Some(argument) = Report::strongest(&against) {
        said.push(format!(
            "Wenn das zutrifft, ist „{}“ weniger wert: {}",
            report.option(first),
            argued(report, argument)
        ));
    }
    if let Some(second) = second {
        let speaks = report.case(second).pro;
        if let Some(argument) = Report::strongest(&speaks) {
            said.push(format!(
                "Wenn das schwerer wiegt, gewinnt auch „{}“ an Gewicht: {}",
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
    format!("„{}“ ({name})", format::short(voices::said(&argument.words).trim_end_matches('.'), 240))
}

/// Who sees it differently.
pub fn dissent(report: &Report) -> Vec<String> {
    let Some(spec) = report.spec() else { return Vec::new() };
    let mut said = Vec::new();
    let (Some(first), _) = report.first_two() else { return said };
    let favourites = report.favourites();
    if !favourites.is_empty() {
        let of = favourites.iter().filter(|one| **one == Some(first)).count();
        said.push(format!(
            "{of} von {} Agenten {} nach der eigenen letzten Einschätzung „{}“ an die erste Stelle.",
            favourites.len(),
            if of == 1 { "setzt" } else { "setzen" },
            report.option(first)
        ));
        for option in (0..report.books.len()).filter(|&option| option != first) {
            let who: Vec<&str> = (0..favourites.len())
                .filter(|&agent| favourites[agent] == Some(option))
                .map(|agent| agent_name(spec, agent))
                .collect();
            if !who.is_empty() {
                said.push(format!("Stattdessen „{}“: {}.", report.option(option), who.join(", ")));
            }
        }
    }
    if let Some(doubter) = report.doubter(first) {
        let words = voices::said(&doubter.headline);
        let words = words.trim_end_matches('.');
        let because = if words.is_empty() || !report.decision.has_models() {
            String::new()
        } else {
            format!(": „{}“", format::short(words, 200))
        };
        said.push(format!(
            "{} gibt „{}“ die geringsten Chancen, {}{because}.",
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
    let calls =
        if spent.calls == 0 { "keine Aufrufe".to_owned() } else { counted(spent.calls as usize, "Aufruf") };
    let used: Vec<String> =
        [Some(calls), tokens(&spent), Some(cost(spec, &spent))].into_iter().flatten().collect();
    let mut said = vec![
        format!("Panel: {}, für jede Option dasselbe.", panel(spec)),
        "Jede Option bekam einen eigenen Markt. Alle Agenten sagten zuerst verdeckt, wie wahrscheinlich das Ziel mit dieser \
         Option erreicht wird, und handelten dann; der letzte Preis ist die Zahl."
            .to_owned(),
        "Das ± sagt, wie weit die letzten Einschätzungen der Agenten vom Preis entfernt sind. Zwei Optionen gelten als \
         unterscheidbar, wenn ihre Preise weiter auseinanderliegen, als beide Zweifel zusammen ausmachen (die Wurzel aus der \
         Summe ihrer Quadrate)."
            .to_owned(),
        format!("Aufwand insgesamt: {}.", used.join(", ")),
    ];
    if report.failures() > 0 {
        said.push(format!("Fehlgeschlagene Antworten: {}.", format::count(report.failures().into())));
    }
    said
}
