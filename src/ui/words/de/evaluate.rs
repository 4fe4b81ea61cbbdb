//! Words of the Evaluate page, in German.

use crate::evaluate::{Method, Place, Preset};
use crate::ui::evaluation::{Limit, Obstacle};
use crate::ui::format;

pub use super::evaluate_compare::*;
pub use super::evaluate_lessons::*;
pub use super::evaluate_results::*;
pub use super::evaluate_share::*;

/// The page.
pub const TITLE: &str = "Welche Art, Modelle zu verbinden, ist ihr Geld wert?";
/// What it is for.
pub const LEAD: &str = "Bringen Sie Fragen mit, deren Antworten Sie kennen. Jedes Verfahren bekommt dieselben Fragen; was mehrere \
     brauchen, wird einmal gefragt, und die Tabellen sagen, welche Unterschiede echt sind und welche Zufall.";
/// Over a page while an evaluation is being opened.
pub const READING: &str = "Die Auswertung wird geöffnet…";
/// While a file hovers over the page.
pub const DROP: &str = "Loslassen, um Fragen oder Ergebnisse einer Auswertung zu lesen";

/// The first part of the form.
pub const QUESTIONS: &str = "Fragen";
/// What files are read.
pub const QUESTIONS_WHAT: &str = "JSONL, JSON oder CSV mit Kopfzeile; ziehen Sie eine Datei irgendwo auf diese Seite. Erkannt werden \
     TruthfulQA, StrategyQA, CommonsenseQA, ETHICS, BoolQ, ARC, MMLU, ForecastBench und die Form von Inspect. Eine \
     Ergebnisdatei einer Auswertung öffnet deren Ergebnisse. Nichts verlässt diese Seite, bis Sie unten auf den Knopf drücken.";
/// Picks a file.
pub const CHOOSE_FILE: &str = "Datei wählen…";
/// Fills in the small set.
pub const EXAMPLE: &str = "Mit 36 leichten Fragen ausprobieren";
/// What that set is called.
pub const EXAMPLE_NAME: &str = "Leichte Fragen";
/// What a pasted text is called.
pub const PASTED_NAME: &str = "Eingefügte Fragen";
/// Opens the other ways.
pub const OTHER_WAYS: &str = "Fragen einfügen oder von einer Adresse lesen";
/// The field for a text.
pub const PASTE: &str = "Fragen einfügen";
/// What stands in it.
pub const PASTE_HINT: &str = crate::ui::words::en::evaluate::PASTE_HINT;
/// Reads it.
pub const READ: &str = "Diesen Text lesen";
/// The field for an address.
pub const ADDRESS: &str = "Adresse einer Datei";
/// What addresses work.
pub const ADDRESS_WHAT: &str = "Eine https-Adresse, deren Server andere Seiten seine Dateien lesen lässt (die Rohdateien von GitHub und Hugging \
     Face tun das).";
/// Fetches it.
pub const FETCH: &str = "Von dort lesen";
/// While a file is read.
pub const READING_FILE: &str = "Die Fragen werden gelesen…";
/// Nothing was brought yet.
pub const EMPTY: &str = "Es sind noch keine Fragen da.";
/// A file could not be read.
pub const NOT_READ: &str = "Die Fragen waren nicht zu lesen.";
/// What to do.
pub const NOT_READ_NEXT: &str = "Wählen Sie eine andere Datei, oder fügen Sie ihren Text ein.";
/// A file is no text.
pub const NO_TEXT: &str = "Das ist kein Text in UTF-8.";
/// Addresses must be safe.
pub const NEEDS_HTTPS: &str = "Die Adresse muss mit https:// beginnen.";

/// Over the choice of a preset.
pub const READ_AS: &str = "Die Spalten lesen als";
/// What it changes.
pub const READ_AS_WHAT: &str = "Ihre Wahl wird für Dateien mit denselben Spalten gemerkt.";
/// The last choice.
pub const BY_HAND: &str = "Ich sage selbst, was die Spalten bedeuten";
/// No column.
pub const NO_COLUMN: &str = "Keine Spalte";
/// The plain names and what people call them.
pub const PLAIN: [(&str, &str); 8] = [
    ("question", "Frage"),
    ("answer", "Richtige Antwort"),
    ("outcomes", "Mögliche Antworten"),
    ("background", "Hintergrund"),
    ("criterion", "Wann welche Antwort gilt"),
    ("category", "Kategorie"),
    ("market_price", "Preis eines Markts für die erste Antwort"),
    ("id", "Name"),
];
/// Outcomes for all questions.
pub const SAME_OUTCOMES: &str = "Dieselben Antworten für alle";
/// When to fill it in.
pub const SAME_OUTCOMES_WHAT: &str = "Wo keine Spalte sie nennt, mit Strichpunkten dazwischen.";
/// What stands in the field.
pub const SAME_OUTCOMES_HINT: &str = "Ja; Nein";
/// The first questions.
pub const PREVIEW: &str = "Die ersten Fragen, wie sie gestellt werden";
/// The columns of that table.
pub const PREVIEW_COLUMNS: [&str; 4] = ["Frage", "Mögliche Antworten", "Richtige Antwort", "Kategorie"];
/// Shows more of a list.
pub const MORE: &str = "Mehr zeigen";

/// The second part of the form.
pub const METHODS: &str = "Verfahren";
/// What is compared.
pub const METHODS_WHAT: &str = "Erste Antworten werden einmal gefragt und von allen Verfahren geteilt, die sie verbinden. Verfahren, die noch \
     einmal fragen, bekommen so viele Aufrufe, wie das Panel brauchte, damit keines gewinnt, weil es mehr ausgibt.";
/// The groups of methods.
pub const GROUPS: [&str; 4] = [
    "Erste Antworten verbinden: kein weiterer Aufruf",
    "Das Panel, wie unten eingestellt",
    "Noch einmal fragen, mit so vielen Aufrufen wie das Panel",
    "Maßstäbe",
];
/// The third part of the form.
pub const PANEL: &str = "Panel";
/// Where it comes from.
pub const PANEL_WHAT: &str = "Für jede Frage das Panel der Seite „Fragen“ mit seinem Modus, seinen Regeln und Grenzen; seine Agenten ändern Sie \
     dort. Sie selbst handeln nicht mit. Simulierte Händler sehen Hinweise auf die richtige Antwort: Sie zeigen, wie \
     die Seite funktioniert, nicht, wie gut ein Verfahren ist.";
/// How many questions.
pub const SAMPLE: &str = "Wie viele Fragen";
/// How they are chosen.
pub const SAMPLE_WHAT: &str = "Vom Startwert gezogen. Weniger als 30 ergeben keinen Sieger.";
/// All of them.
pub const SAMPLE_HINT: &str = "Alle";
/// The seed.
pub const SEED: &str = "Startwert";
/// What it decides.
pub const SEED_WHAT: &str =
    "Entscheidet über Stichprobe, Läufe und Intervalle: derselbe Startwert ergibt dieselben Zahlen.";
/// A limit.
pub const MOST_CALLS: &str = "Höchstens so viele Aufrufe insgesamt";
/// A limit.
pub const MOST_DOLLARS: &str = "Höchstens so viele US-Dollar insgesamt";
/// No limit.
pub const NO_LIMIT: &str = "Keine Grenze";
/// Draws by category.
pub const STRATIFIED: &str = "Jede Kategorie anteilig ziehen";
/// What for.
pub const STRATIFIED_WHAT: &str = "Damit auch eine kleine Stichprobe alle enthält.";

/// The button.
pub const RUN: &str = "Auswerten";
/// The same where it may cost.
pub const RUN_PAID: &str = "Auswerten…";
/// Confirms.
pub const START: &str = "Starten und bezahlen";
/// Does not.
pub const CANCEL: &str = "Jetzt nicht";
/// Beside the button while there is no file.
pub const FIRST_QUESTIONS: &str = "Bringen Sie zuerst Fragen.";

/// What was found in a file.
pub fn found(name: &str, questions: usize, rejected: usize) -> String {
    let name = if name.is_empty() { "Die Datei" } else { name };
    let questions = asked(questions);
    match rejected {
        0 => format!("{name}: {questions}, jede Zeile war zu lesen."),
        rows => format!("{name}: {questions}; {} nicht zu lesen.", rows_were(rows)),
    }
}

fn rows_were(rows: usize) -> String {
    if rows == 1 { "1 Zeile war".to_owned() } else { format!("{} Zeilen waren", format::count(rows as u64)) }
}

/// The first choice of how columns are read.
pub fn recognised(found: Option<Preset>) -> String {
    match found {
        Some(found) => format!("Wie erkannt: {}", preset(found)),
        None => "Wie erkannt, wenn sie es sind".to_owned(),
    }
}

/// The name of a preset.
pub fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::ArcMmlu => "ARC oder MMLU",
        Preset::Plain => "Frage, Antworten, richtige Antwort",
        other => crate::ui::words::en::evaluate::preset(other),
    }
}

/// Over the rows that are no questions.
pub fn rejected(rows: usize) -> String {
    format!("{} nicht zu lesen", rows_were(rows))
}

/// Where a row stands.
pub fn place(place: Place) -> String {
    match place {
        Place::Line(line) => format!("Zeile {line}:"),
        Place::Entry(entry) => format!("Eintrag {entry}:"),
    }
}

/// The name of a method.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Single => "Ein Agent allein",
        Method::Majority => "Mehrheit",
        Method::Mean => "Mittelwert",
        Method::Median => "Median",
        Method::LogPool => "Log-Pool",
        Method::Extremised => "Verstärkter Log-Pool",
        Method::ConfidenceVote => "Abstimmung nach Gewissheit",
        Method::BestInHindsight => "Bester Agent im Rückblick",
        Method::Coin => "Münze",
        Method::MarketPrice => "Preis eines echten Markts",
        Method::Panel => "Panel",
        Method::SelfConsistency => "Selbstkonsistenz",
        Method::PanelDebate => "Debatte des Panels",
        Method::JudgeDebate => "Debatte mit Richter",
        Method::MakerTrader => "Market-Maker und Händler",
    }
}

/// What a method does.
pub fn method_what(method: Method) -> &'static str {
    match method {
        Method::Single => "Der erste, der geantwortet hat.",
        Method::Majority => "Jeder Agent stimmt für seinen Favoriten.",
        Method::Mean => "Der Durchschnitt ihrer Wahrscheinlichkeiten.",
        Method::Median => "Die mittlere.",
        Method::LogPool => "Der Durchschnitt ihrer logarithmierten Quoten.",
        Method::Extremised => "Derselbe, weiter weg von der Mitte.",
        Method::ConfidenceVote => "Stimmen zählen so viel wie ihre Gewissheit.",
        Method::BestInHindsight => "Erst nachher bekannt: eine obere Grenze, kein Rivale.",
        Method::Coin => "Jede Antwort gleich.",
        Method::MarketPrice => "Wo die Datei einen nennt.",
        Method::Panel => "Ein Markt, oder der Modus, der auf „Fragen“ eingestellt ist.",
        Method::SelfConsistency => "Dieselbe Frage immer wieder, dann eine Abstimmung.",
        Method::PanelDebate => "Alle lesen die anderen und antworten noch einmal.",
        Method::JudgeDebate => "Zwei streiten, ein dritter entscheidet.",
        Method::MakerTrader => "Das Verfahren der Studie.",
    }
}

/// What a press will do.
pub fn plan(questions: usize, methods: usize, uses: Option<&str>) -> String {
    let questions = asked(questions);
    match uses {
        Some(uses) => format!("{questions}, {methods} Verfahren: {uses}."),
        None => format!(
            "{questions}, {methods} Verfahren: keine Aufrufe, keine Kosten, ein paar Sekunden für je hundert Fragen."
        ),
    }
}

/// How long so many calls take.
pub fn time(calls: (u64, u64), at_once: usize) -> String {
    let at_once = at_once.max(1) as u64;
    let (low, high) = (calls.0 * 1_000 / at_once, calls.1 * 10_000 / at_once);
    format!(
        "{} bis {}, wenn eine Antwort 1 bis 10 Sekunden dauert und {at_once} zugleich gefragt werden",
        duration(low),
        duration(high)
    )
}

/// The question before money is spent.
pub fn confirm(questions: usize, uses: &str, time: &str, connections: &[String]) -> String {
    let names: Vec<String> = connections.iter().map(|name| format!("„{name}“")).collect();
    format!(
        "Das stellt {} über {}: insgesamt {uses}; {time}. Die Grenzen oben gelten für alle Fragen zusammen, die von \
         „Fragen“ für jeden Lauf.",
        asked(questions),
        names.join(", ")
    )
}

/// What is in the way, and what to do.
pub fn obstacle(obstacle: &Obstacle) -> (String, String) {
    let (title, next) = match obstacle {
        Obstacle::NoQuestions => {
            ("Es sind noch keine Fragen da", "Wählen Sie eine Datei, oder nehmen Sie das Beispiel.")
        }
        Obstacle::NoMethod => {
            ("Kein Verfahren ist angekreuzt", "Kreuzen Sie eines an, das diese Fragen erlauben.")
        }
        Obstacle::BadNumber(Limit::Sample) => (
            "„Wie viele Fragen“ ist keine ganze Zahl ab 1",
            "Verbessern Sie sie, oder lassen Sie das Feld leer.",
        ),
        Obstacle::BadNumber(Limit::Seed) => {
            ("Der Startwert ist keiner", "Er hat 1 bis 16 hexadezimale Ziffern: 0 bis 9 und a bis f.")
        }
        Obstacle::BadNumber(Limit::Calls) => (
            "Die Grenze der Aufrufe ist keine ganze Zahl ab 1",
            "Verbessern Sie sie, oder lassen Sie das Feld leer.",
        ),
        Obstacle::BadNumber(Limit::Dollars) => {
            ("Die Grenze des Geldes ist kein Betrag", "Verbessern Sie sie, oder lassen Sie das Feld leer.")
        }
        Obstacle::Panel(error) => {
            let (title, next) = super::ask::draft_error(error);
            return (title, next.to_owned());
        }
    };
    (title.to_owned(), next.to_owned())
}

pub(crate) fn asked(count: usize) -> String {
    if count == 1 { "1 Frage".to_owned() } else { format!("{} Fragen", format::count(count as u64)) }
}
