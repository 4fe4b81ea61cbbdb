//! Words of the Ask page, in German.

use super::turns::numbered;
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::SpecError;
use crate::ui::draft::{DraftError, Field};
use crate::ui::format;
// The other simulated traders' names come from the engine, and this one stands among them.
pub use crate::ui::words::en::ask::{EIGHTH_TRADER, PATIENCE_USUAL};

/// The name of a person on the panel.
pub const YOU: &str = "Sie";
/// The usual outcomes.
pub const YES_NO: [&str; 2] = ["Ja", "Nein"];
/// The page's heading.
pub const HERO: &str = "Stellen Sie eine Frage. Ein Panel erhandelt die Antwort.";
/// What that means.
pub const LEAD: &str = "Jeder Agent gibt verdeckt seine Einschätzung ab und setzt dann auf einem Markt Spielgeld darauf. Der Preis, \
                        der am Ende bleibt, ist die Antwort des Panels, und Sie können prüfen, wie er zustande kam.";
/// The form.
pub const FORM: &str = "Ihre Frage";
/// Above the question.
pub const QUESTION: &str = "Frage";
/// In the empty field.
pub const QUESTION_HINT: &str = "Wird …? Welche …? Wie viele …?";
/// Above the outcomes.
pub const OUTCOMES: &str = "Mögliche Antworten";
/// Adds one.
pub const ADD_OUTCOME: &str = "Antwort hinzufügen";
/// In the empty field of an outcome.
pub const OUTCOME_HINT: &str = "Weitere Antwort";
/// Above the examples.
pub const EXAMPLES: &str = "Oder beginnen Sie mit einem Beispiel";
/// Beside the recorded run.
pub const RECORDED: &str = "Aufgezeichnet";
/// Opens the recorded run.
pub const RECORDED_OPEN: &str =
    "Einem echten Panel aus Sprachmodellen zusehen, das früher aufgezeichnet wurde";
/// Opens a file.
pub const IMPORT: &str = "Laufdatei öffnen…";
/// What happens then.
pub const IMPORT_HINT: &str = "Einen Lauf, den jemand gespeichert hat, nachspielen und prüfen";
/// The file could not be read.
pub const IMPORT_FAILED: &str = "Die Datei konnte nicht geöffnet werden";
/// What to do then.
pub const IMPORT_NEXT: &str = "Es wurde nichts geändert. Wählen Sie eine Laufdatei, die Credence exportiert hat; ihr Name endet mit .json.";
/// The sample could not be read.
pub const SAMPLE_FAILED: &str = "Der aufgezeichnete Lauf konnte nicht geöffnet werden";
/// What to do then.
pub const SAMPLE_NEXT: &str =
    "Prüfen Sie die Internetverbindung, und versuchen Sie es noch einmal; alles andere geht auch ohne.";
/// The button.
pub const RUN: &str = "Panel starten";
/// Beside the button.
pub const RUN_KEYS: &str = "Strg oder ⌘ + Eingabe";
/// How the panel comes to its answer.
pub const MODE: &str = "Wie die Antwort zustande kommt";
/// A field.
pub const TURNS: &str = "Höchstzahl der Argumente";
/// Its explanation.
pub const TURNS_HINT: &str = "Züge der Händler N, 1 bis 30; üblich sind 10";
/// A field.
pub const TOLERANCE: &str = "Ruhe heißt: innerhalb von … Prozentpunkten";
/// Its explanation.
pub const TOLERANCE_HINT: &str =
    "T über die letzten drei Schätzungen; üblich sind 20, was reines Rauschen fast immer besteht";
/// A field.
pub const READ_OUT: &str = "Was als Antwort gilt";
/// Its choices.
pub const READ_OUTS: [&str; 2] = ["Die letzte Schätzung", "Das Mittel der letzten drei"];
/// A field.
pub const OBJECTIVE: &str = "Welches Ziel Händler bekommen";
/// Its choices.
pub const OBJECTIVES: [&str; 2] = [
    "Die stärkste zutreffende Überlegung, die noch niemand genannt hat",
    "Die größte Änderung, gleich in welche Richtung (so im Fachartikel)",
];
/// A switch.
pub const CROSS: &str = "Kreuzverhör";
/// What it does.
pub const CROSS_WHAT: &str =
    "wer handelt, darf der vorigen Stimme eine Frage stellen, die sie beantworten muss";
/// A switch.
pub const EITHER_SIDE: &str = "Händler vertreten beide Seiten";
/// What it does.
pub const EITHER_SIDE_WHAT: &str = "sie sollen abwechselnd für die eine und die andere Antwort argumentieren";
/// A field.
pub const STOP_CHANCE: &str = "Wahrscheinlichkeit, dass nach einer Angabe Schluss ist, %";
/// Its explanation.
pub const STOP_CHANCE_HINT: &str = "α; üblich sind 20. Ausgelost wird mit einem versiegelten Startwert";
/// A field.
pub const FLAT: &str = "Letzte Angaben mit fester Vergütung";
/// Its explanation.
pub const FLAT_HINT: &str = "k, die maßgebende eingeschlossen; üblich ist 1";
/// The panel.
pub const PANEL: &str = "Wer antwortet";
/// A radio card.
pub const SIMULATED: &str = "Simulierte Händler";
/// What they are.
pub const SIMULATED_WHAT: &str = "Sofort, kostenlos, ohne Schlüssel. Sie wissen nichts über die Welt, zeigen aber, wie der Markt funktioniert.";
/// A radio card.
pub const MODELS: &str = "Sprachmodelle";
/// What they are.
pub const MODELS_WHAT: &str = "Echte Antworten von Modellen, die Sie selbst anbinden, mit Ihrem eigenen Schlüssel oder auf Ihrem eigenen \
                               Rechner.";
/// Said of every simulated run before it starts.
pub const SIMULATED_NOTE: &str = "Simulierte Händler lesen Ihre Frage nicht. Alle erhalten verrauschte Signale einer verborgenen \
                                  Wahrheit, die Sie unten festlegen oder dem Startwert überlassen können.";
/// No server is known yet.
pub const NO_CONNECTION: &str = "Noch ist kein Modell verbunden";
/// What to do.
pub const NO_CONNECTION_WHAT: &str = "Verbinden Sie einen beliebigen OpenAI-kompatiblen Server: einen Anbieter mit Ihrem Schlüssel oder ein \
                                      Modell auf diesem Rechner.";
/// Where.
pub const NO_CONNECTION_GO: &str = "Modell verbinden…";
/// Below the cards.
pub const ROSTER: &str = "Das Panel";
/// One more.
pub const ADD_AGENT: &str = "Agent hinzufügen";
/// A person on the panel.
pub const I_TRADE: &str = "Ich handle mit";
/// What that means.
pub const I_TRADE_WHAT: &str = "Sie bekommen das gleiche Guthaben und können zwischen den Runden kaufen";
/// A column.
pub const NAME: &str = "Name";
/// A column.
pub const KIND: &str = "Art";
/// A column.
pub const MODEL: &str = "Modell";
/// A column.
pub const CONNECTION: &str = "Verbindung";
/// A column.
pub const BUDGET: &str = "Guthaben";
/// A field.
pub const PERSONA: &str = "Sichtweise";
/// A field.
pub const TEMPERATURE: &str = "Temperatur";
/// A field.
pub const EVIDENCE: &str = "Hinweise, die nur dieser Agent sieht";
/// Opens a model's fields.
pub const MORE_OF_AGENT: &str = "Sichtweise und eigene Hinweise";
/// Said of one model under several names.
pub const ONE_MIND: &str = "Diese Agenten sind ein und dasselbe Modell: In Tests sind sich die Rollen eines Modells fast immer einig. \
                            Ihre Hinweise zählen darum weniger; verschiedene Modelle oder verschiedene Hinweise helfen mehr.";
/// Said of several models.
pub const MANY_MINDS: &str =
    "Auch verschiedene Modelle irren meist gemeinsam, darum zählen ihre Hinweise weniger.";
/// Opens the texts.
pub const TEXTS: &str = "Hintergrund und bekannte Antwort";
/// Opens the rules.
pub const RULES: &str = "Regeln des Marktes";
/// A field.
pub const BACKGROUND: &str = "Hintergrund";
/// Its explanation.
pub const BACKGROUND_HINT: &str = "Tatsachen, die alle Agenten lesen";
/// A field.
pub const CRITERION: &str = "Was den Ausschlag gibt";
/// Its explanation.
pub const CRITERION_HINT: &str = "Wann gilt welche Antwort als richtig?";
/// A field.
pub const ANSWER: &str = "Bekannte Antwort";
/// Its explanation.
pub const ANSWER_HINT: &str = "Agenten sehen sie nie; nach ihr wird am Ende ausbezahlt";
/// No answer is known.
pub const ANSWER_NONE: &str = "Nicht bekannt";
/// A field.
pub const TRUTH: &str = "Verborgene Wahrheit";
/// Its explanation.
pub const TRUTH_HINT: &str = "Worauf die Signale der simulierten Händler hindeuten";
/// The seed decides.
pub const TRUTH_SEED: &str = "Dem Startwert überlassen";
/// A field.
pub const SEED: &str = "Startwert";
/// Its explanation.
pub const SEED_HINT: &str = "Derselbe Startwert ergibt denselben Lauf; leer: jedes Mal ein neuer";
/// While an example's own seed stands there.
pub const SEED_PICKED: &str = "Der Startwert dieses Beispiels ist ausgesucht, weil sein Lauf sehenswert ist. Löschen Sie ihn, um zu \
                               sehen, wie ein gewöhnlicher Lauf aussieht";
/// A field.
pub const ROUNDS: &str = "Höchstzahl der Runden";
/// A field.
pub const EPSILON: &str = "Kleinste Bewegung, %";
/// Its explanation.
pub const EPSILON_HINT: &str = "Was einen Preis um weniger bewegen würde, wird nicht gehandelt; eine Runde ohne Handel entscheidet den Lauf";
/// A field.
pub const SIZING: &str = "Wie aus einer Einschätzung ein Handel wird";
/// A field.
pub const PRIOR_WEIGHT: &str = "Gewicht des Anfangspreises, %";
/// Its explanation.
pub const PRIOR_WEIGHT_HINT: &str =
    "Wie schwer sich der Preis bewegen lässt, gemessen an allen Guthaben zusammen";
/// A field.
pub const MAX_CALLS: &str = "Höchstzahl der Aufrufe";
/// A field.
pub const MAX_TOKENS: &str = "Höchstzahl der Tokens";
/// A field.
pub const MAX_COST: &str = "Kostengrenze, US$";
/// Its explanation.
pub const MAX_COST_HINT: &str =
    "Das Geld wird vor jedem Aufruf zurückgelegt, die Grenze also nie überschritten";
/// A field.
pub const MAX_SECONDS: &str = "Zeitgrenze, Sekunden";
/// Its explanation.
pub const MAX_SECONDS_HINT: &str = "Gezählt wird, während Runden laufen; Pausen zählen nicht";
/// A field.
pub const PATIENCE: &str = "Sekunden für einen Agenten";
/// Its explanation.
pub const PATIENCE_HINT: &str = "Samt Wiederholungen und Rückfragen; dann geht die Runde ohne ihn weiter";
/// In a field whose empty value means no limit.
pub const NO_LIMIT: &str = "keine Grenze";
/// In a field whose empty value means something.
pub const AUTOMATIC: &str = "automatisch";
/// A new question, in an empty field.
pub const FRESH: &str = "jedes Mal neu";

/// The title of an example's button, for people who listen.
pub fn remove_outcome(number: usize) -> String {
    format!("Antwort {number} entfernen")
}

/// The name of an outcome's field.
pub fn outcome(number: usize) -> String {
    format!("Antwort {number}")
}

/// Removes an agent.
pub fn remove_agent(name: &str) -> String {
    format!("{name} entfernen")
}

/// The ρ that the panel gets.
pub fn rho(rho: f64) -> String {
    format!("Gemeinsame Hinweise ρ = {}", format::decimal(rho))
}

/// The sentence beside the button while there is nothing to count: what a press will do.
pub fn estimate(agents: usize, rounds: u32, models: bool) -> String {
    let cost = if models { "" } else { ", keine Aufrufe, keine Kosten" };
    format!(
        "{}, höchstens {}{cost}",
        numbered(agents, "Agent", "Agenten"),
        numbered(rounds as usize, "Runde", "Runden")
    )
}

/// The same for a mode in which agents speak in turns.
pub fn estimate_turns(agents: usize, answers: u32, models: bool) -> String {
    let agents = numbered(agents, "Agent", "Agenten");
    if models {
        let calls = numbered(answers as usize, "Aufruf", "Aufrufe");
        format!("{agents} der Reihe nach: höchstens {calls}")
    } else {
        let turns = numbered(answers as usize, "Zug", "Züge");
        format!("{agents} der Reihe nach, höchstens {turns}, keine Aufrufe, keine Kosten")
    }
}

/// The title of the error and what to do about it.
pub fn draft_error(error: &DraftError) -> (String, &'static str) {
    let at_field = "Ändern Sie das, und starten Sie noch einmal.";
    match error {
        DraftError::NoQuestion => {
            ("Noch steht keine Frage da".into(), "Geben Sie eine ein, oder wählen Sie ein Beispiel.")
        }
        DraftError::NoConnection => (
            NO_CONNECTION.into(),
            "Öffnen Sie die Einstellungen, fügen Sie eine Verbindung hinzu, und speichern Sie sie.",
        ),
        DraftError::NoModel(name) => (
            format!("Für {name} fehlt das Modell"),
            "Geben Sie den Namen des Modells ein, wie ihn der Server kennt, und starten Sie noch einmal.",
        ),
        DraftError::BadNumber(field) => (field_problem(*field), at_field),
        DraftError::Template(part, error) => (
            super::asking::template_problem(*part, error),
            "Ändern Sie den Wortlaut, oder kehren Sie zum üblichen zurück.",
        ),
        DraftError::Spec(SpecError::NoQuestion) => ("Noch steht keine Frage da".into(), at_field),
        DraftError::Spec(SpecError::OutcomeName(number)) => (
            format!("Antwort {number} hat keinen eigenen Namen"),
            "Jede Antwort braucht einen anderen Namen.",
        ),
        DraftError::Spec(SpecError::OutcomeCount(count)) => (
            format!("Eine Frage braucht {MIN_OUTCOMES} bis {MAX_OUTCOMES} Antworten, hier sind es {count}"),
            at_field,
        ),
        DraftError::Spec(error) => (format!("So geht es nicht: {}", super::problems::spec(error)), at_field),
    }
}

fn field_problem(field: Field) -> String {
    let (name, expected) = match field {
        Field::Seed => (SEED, "bis zu 16 Zeichen aus 0–9 und a–f"),
        Field::Rounds => (ROUNDS, "eine ganze Zahl von 1 bis 100"),
        Field::Epsilon => (EPSILON, "eine Zahl von 0 bis 100"),
        Field::SizingNumber => (SIZING, "eine Zahl"),
        Field::PriorWeight => (PRIOR_WEIGHT, "eine Zahl von 0 bis 99"),
        Field::MaxCalls => (MAX_CALLS, "eine ganze Zahl"),
        Field::MaxTokens => (MAX_TOKENS, "eine ganze Zahl"),
        Field::Mode => (MODE, "je nach Feld eine ganze Zahl oder ein Anteil von 0 bis 100"),
        Field::MaxCost => (MAX_COST, "ein Betrag in Dollar"),
        Field::MaxSeconds => (MAX_SECONDS, "eine ganze Zahl von Sekunden, mindestens 1"),
        Field::Patience => (PATIENCE, "eine ganze Zahl von Sekunden, von 1 bis 3600"),
        Field::Budget => (BUDGET, "ein Betrag an Spielgeld"),
        Field::Temperature => (TEMPERATURE, "eine Zahl von 0 bis 2 oder gar nichts"),
    };
    format!("Zu „{name}“ gehört {expected}")
}
