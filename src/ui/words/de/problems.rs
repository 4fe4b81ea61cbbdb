//! What can be wrong with runs, files, links and rows, in German sentences. What a library says of a text that it cannot
//! read is of no use to whoever brought the text: it stays with the command line.

use super::events::kind;
use super::turns::numbered;
use crate::archive::{ArchiveError, RECORD_VERSION};
use crate::audit::FaultKind;
use crate::evaluate::rows::MOST_ROWS;
use crate::evaluate::{Place, Reason, Unfit};
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::spec::MAX_AGENTS;
use crate::run::{ENGINE, FORMAT_VERSION, Fault, RunError, SpecError};
use crate::share::{FileError, LINK_VERSION, LinkError, MAX_FILE_BYTES, PictureError};
use crate::ui::format;
use crate::ui::format::sentence;

/// What is of a kind that this program cannot read.
const UNREADABLE: &str =
    "Etwas darin fehlt oder ist von einer Art, die diese Ausgabe von Credence nicht kennt";

/// Why something is refused that a run was to take, or that was to become a run.
pub fn run(error: &RunError) -> String {
    match error {
        RunError::Unreadable(_) => format!("Es lässt sich nicht lesen: {UNREADABLE}."),
        other => sentence(&refused(other)),
    }
}

/// Why a run refuses something, in the middle of a sentence.
fn refused(error: &RunError) -> String {
    match error {
        RunError::Spec(error) => spec(error),
        RunError::Audit(_) => "ein Wert lässt sich nicht eindeutig aufschreiben".to_owned(),
        RunError::Order(_) => "der Markt lehnt einen Auftrag ab".to_owned(),
        RunError::OutOfPlace => "das kann an dieser Stelle des Laufs nicht geschehen".to_owned(),
        RunError::WrongReplies => "die Antworten passen nicht zu den Agenten, die gefragt wurden".to_owned(),
        RunError::UnknownAgent(agent) => format!("einen Agenten {agent} gibt es nicht"),
        RunError::NotAPerson(agent) => format!("Agent {agent} ist kein Mensch"),
        RunError::BadForecast { agent } => {
            format!("Agent {agent} hat für eine andere Zahl von Antworten geschätzt")
        }
        RunError::UnknownOutcome(outcome) => format!("eine Antwort {outcome} gibt es nicht"),
        RunError::AlreadySettled => "dieser Lauf ist schon abgerechnet".to_owned(),
        RunError::TradeMismatch => {
            "der aufgezeichnete Handel ist nicht der, den der Markt berechnet".to_owned()
        }
        RunError::Unreadable(_) => format!("es lässt sich nicht lesen: {UNREADABLE}"),
    }
}

/// Why a set-up is refused, in the middle of a sentence.
pub fn spec(error: &SpecError) -> String {
    match error {
        SpecError::NoQuestion => "die Frage ist leer".to_owned(),
        SpecError::OutcomeCount(count) => {
            format!("eine Frage hat {MIN_OUTCOMES} bis {MAX_OUTCOMES} Antworten, nicht {count}")
        }
        SpecError::OutcomeName(place) => {
            format!("jede Antwort braucht einen eigenen Namen (siehe Antwort {place})")
        }
        SpecError::AgentCount(count) => format!("ein Panel hat 1 bis {MAX_AGENTS} Agenten, nicht {count}"),
        SpecError::TooLong(what, bytes, most) => format!(
            "{}: Der Text ist zu lang ({} Byte, erlaubt sind {})",
            part(what),
            format::count(*bytes as u64),
            format::count(*most as u64)
        ),
        SpecError::OutOfRange(what) => format!("{}: Der Wert liegt außerhalb des Erlaubten", part(what)),
        SpecError::WorldMismatch => {
            "simulierte Händler brauchen eine Welt, und nur sie brauchen eine".to_owned()
        }
        SpecError::Mode(why) => mode(why).to_owned(),
    }
}

/// A part of a set-up, from its English name.
fn part(what: &str) -> &str {
    match what {
        "an outcome's name" => "Name einer Antwort",
        "the question" => "Frage",
        "the reversed question" => "Umgekehrte Frage",
        "a prompt's template" => "Vorlage eines Prompts",
        "the background" => "Hintergrund",
        "the resolution criterion" => "Kriterium der Abrechnung",
        "the known answer" => "Bekannte Antwort",
        "the liquidity" => "Liquidität",
        "the prior" => "Anfangspreis",
        "the sizing rule" => "Einsatzregel",
        "the market maker for this number of outcomes" => "Market-Maker bei dieser Zahl von Antworten",
        "the guard, which only evidence trades know," => "Schutz, den nur Evidenzhandel kennt",
        "the number of rounds" => "Zahl der Runden",
        "the limit of tokens" => "Token-Grenze",
        "the limit of money" => "Kostengrenze",
        "the limit of time" => "Zeitgrenze",
        "the hidden truth" => "Verborgene Wahrheit",
        "the signal strength" => "Stärke der Signale",
        "the shared noise" => "Gemeinsames Rauschen",
        "the number of looks" => "Zahl der Blicke",
        "an agent's name" => "Name eines Agenten",
        "an agent's budget" => "Budget eines Agenten",
        "a model's name" => "Name eines Modells",
        "a persona" => "Persona",
        "an agent's evidence" => "Belege eines Agenten",
        "a temperature" => "Temperatur",
        "an answer's tokens" => "Tokens einer Antwort",
        "a price of tokens" => "Preis der Tokens",
        other => other,
    }
}

/// Why a mode cannot work with a set-up, from its English reason.
fn mode(why: &str) -> &str {
    match why {
        "a person can trade on the market only: leave yourself off this panel" => {
            "ein Mensch kann nur auf dem Markt handeln: Nehmen Sie sich aus diesem Panel heraus"
        }
        "maker–trader is for questions with two answers: it knows one probability only" => {
            "Maker–Trader ist für Fragen mit zwei Antworten: Es kennt nur eine Wahrscheinlichkeit"
        }
        "maker–trader takes 1 to 30 trader turns" => "Maker–Trader nimmt 1 bis 30 Züge der Trader",
        "the tolerance T lies between 0 and 1" => "die Toleranz T liegt zwischen 0 und 1",
        "a self-resolving market needs two reporters at least" => {
            "ein sich selbst abrechnender Markt braucht mindestens zwei, die eine Angabe machen"
        }
        "α lies between 0 and 1" => "α liegt zwischen 0 und 1",
        "the flat fee goes to one reporter at least, and not to all" => {
            "die Pauschale geht an mindestens einen, der eine Angabe macht, und nicht an alle"
        }
        "the flat fee is out of range" => "die Pauschale liegt außerhalb des Erlaubten",
        "self-consistency takes 1 to 1,000 answers" => "Self-Consistency nimmt 1 bis 1.000 Antworten",
        "so many answers need more than 100 rounds" => "so viele Antworten brauchen mehr als 100 Runden",
        "a debate takes 1 to 30 rounds" => "eine Debatte nimmt 1 bis 30 Runden",
        "a debate with a judge has two sides: it is for questions with two answers" => {
            "eine Debatte mit Richter hat zwei Seiten: Sie ist für Fragen mit zwei Antworten"
        }
        other => other,
    }
}

/// Why a file cannot be opened as a run.
pub fn file(error: &FileError) -> String {
    match error {
        FileError::TooLarge { bytes } => format!(
            "Die Datei ist zu groß: {} MiB, höchstens {} MiB werden gelesen.",
            bytes.div_ceil(1 << 20),
            MAX_FILE_BYTES >> 20
        ),
        FileError::NotText => "Das ist keine Textdatei, sie enthält also keinen Lauf.".to_owned(),
        FileError::NotJson(_) => {
            "Das ist kein JSON: Es ist eine Datei anderer Art, oder sie wurde abgeschnitten.".to_owned()
        }
        FileError::NotARun => "Das ist JSON, aber kein Lauf von Credence.".to_owned(),
        FileError::NewerVersion(version) => format!(
            "Diese Datei stammt von einem neueren Credence (Version {version} der Laufdateien; hier wird Version \
             {FORMAT_VERSION} gelesen)."
        ),
        FileError::Malformed(_) => format!("Diese Laufdatei ist fehlerhaft: {UNREADABLE}."),
    }
}

/// Why a picture gives no run.
pub fn picture(error: &PictureError) -> String {
    match error {
        PictureError::Damaged => "Dieses Bild ist beschädigt.".to_owned(),
        PictureError::NoRun => {
            "Dieses Bild enthält keinen Lauf; Chat- und Mailprogramme, die Bilder verkleinern, nehmen \
                                ihn heraus."
                .to_owned()
        }
    }
}

/// Why a link gives no run, or a run no link.
pub fn link(error: &LinkError) -> String {
    match error {
        LinkError::NotALink => "Das ist kein Link zu einem Lauf.".to_owned(),
        LinkError::NewerVersion(version) => format!(
            "Dieser Link stammt von einem neueren Credence (Version {version} der Links; hier wird Version {LINK_VERSION} \
             gelesen)."
        ),
        LinkError::MadeByNewer => {
            "Dieser Link stammt von einem neueren Credence: Er enthält eine Art von Lauf, die dieses \
                                   nicht kennt."
                .to_owned()
        }
        LinkError::TooLong(chars) => {
            format!("Dieser Link ist zu lang, um einer zu sein: {} Zeichen.", format::count(*chars as u64))
        }
        LinkError::Truncated { found, expected } => format!(
            "Dieser Link ist abgeschnitten: Er hat {} von {} Zeichen.",
            format::count(*found as u64),
            format::count(*expected as u64)
        ),
        LinkError::TooLarge => "Was dieser Link enthält, ist zu groß.".to_owned(),
        LinkError::Damaged(_) => {
            "Dieser Link ist beschädigt: Unterwegs gingen Zeichen verloren oder wurden verändert.".to_owned()
        }
        LinkError::OtherEngine { made_by } => format!(
            "Diesen Link hat das Rechenwerk {made_by} gemacht, und hier arbeitet {ENGINE}: Dieselben Antworten gäben ein \
             anderes Ergebnis."
        ),
        LinkError::Refused(error) => {
            format!("Dieser Link enthält einen Lauf, den es nicht geben kann. {}", run(error))
        }
        LinkError::OtherHead { claimed, computed } => format!(
            "Dieser Link enthält nicht den Lauf, den er nennt: Seine Prüfsumme ist {claimed}, und nachgespielt ergibt \
             sich {computed}."
        ),
        LinkError::Unfinished => {
            "Der Lauf ist nicht beendet: Nur beendete Läufe lassen sich teilen.".to_owned()
        }
        LinkError::DoesNotFit(_) => {
            "Der Lauf passt in keinen Link: Er enthält mehr, als einer fassen kann.".to_owned()
        }
    }
}

/// Why what was kept of a run cannot be read.
pub fn kept(error: &ArchiveError) -> String {
    match error {
        ArchiveError::Newer(version) => format!(
            "Ein neueres Credence hat ihn aufbewahrt (Version {version} der Einträge; hier wird Version {RECORD_VERSION} \
             gelesen)."
        ),
        ArchiveError::Unreadable(_) => {
            "Was davon aufbewahrt wurde, lässt sich nicht lesen: Es ist beschädigt.".to_owned()
        }
        ArchiveError::SetUp(_) => {
            format!("Die Einstellungen des Laufs lassen sich nicht lesen: {UNREADABLE}.")
        }
    }
}

/// What is wrong with an event, in the middle of a sentence.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Chain(FaultKind::Misplaced) => "Es steht nicht an seinem Platz".to_owned(),
        Fault::Chain(FaultKind::Digest) => {
            "Seine Prüfsumme passt nicht zu seinem Inhalt und zu dem, was davor steht".to_owned()
        }
        Fault::Chain(FaultKind::Length) => "Das Protokoll endet nicht dort, wo es zu enden angibt".to_owned(),
        Fault::Chain(FaultKind::Head) => {
            "Die Prüfsumme des Endes ist nicht die des letzten Ereignisses".to_owned()
        }
        Fault::Unreadable(_) => format!("Es lässt sich nicht lesen: {UNREADABLE}"),
        Fault::OtherEngine(engine) => {
            format!("Der Lauf stammt von {engine}, und dies ist {ENGINE}: Nur die Kette stimmt")
        }
        Fault::SetUp(error) => {
            format!("Mit diesen Einstellungen kann kein Lauf beginnen: {}", refused(error))
        }
        Fault::Refused(error) => upper(&refused(error)),
        Fault::Differs(type_name) => {
            format!("Das Rechenwerk kommt hier auf ein anderes Ereignis dieser Art („{}“)", kind(type_name))
        }
        Fault::MidRound => "Das Protokoll bricht mitten in einer Runde ab".to_owned(),
        Fault::StillSealed => {
            "Wann es endet, ist noch versiegelt: Das Protokoll wurde abgeschnitten, oder der Lauf kam \
                               nie ans Ende"
                .to_owned()
        }
        Fault::OtherSeal => "Die gezeigte Stoppzahl ist nicht die, die versiegelt wurde".to_owned(),
        Fault::NoEnd => {
            "Das letzte Ereignis fehlt: Das Protokoll wurde abgeschnitten, oder der Lauf kam nie ans Ende"
                .to_owned()
        }
        Fault::OtherHead => "Nachgerechnet hat das Protokoll ein anderes Ende".to_owned(),
    }
}

fn upper(text: &str) -> String {
    sentence(text).trim_end_matches('.').to_owned()
}

/// Why a row is no question.
pub fn row(reason: &Reason) -> String {
    match reason {
        Reason::NotJson(from, _) => format!("Sie ist kein JSON, vom {from}. Zeichen an."),
        Reason::BrokenJson(from, _) => {
            format!("Vom {from}. Zeichen an ist sie kein JSON; was danach kommt, wird nicht gelesen.")
        }
        Reason::NoObject => "Sie ist kein Objekt mit benannten Werten.".to_owned(),
        Reason::NoList => "Sie ist weder eine Liste noch ein Objekt.".to_owned(),
        Reason::NoHeader => "Es gibt keine Kopfzeile.".to_owned(),
        Reason::NotCsv(_) => "Sie ist kein CSV.".to_owned(),
        Reason::Values { found, named } => {
            format!("Sie hat {}, und die Kopfzeile nennt {named}.", numbered(*found, "Wert", "Werte"))
        }
        Reason::TooMany => {
            format!("Eine Datei darf {} Zeilen haben: Teilen Sie sie auf.", format::count(MOST_ROWS as u64))
        }
        Reason::UnknownColumns(columns) => format!(
            "Keine Voreinstellung hat diese Spalten: {}. Wählen Sie eine, oder ordnen Sie die Spalten zu.",
            columns.join(", ")
        ),
        Reason::Unfit(unfit) => format!("{}.", no_question(unfit)),
    }
}

fn no_question(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Missing(column) => format!("„{column}“ fehlt oder ist leer"),
        Unfit::NotA(column, what) => format!("„{column}“ ist nicht {}", wanted(what)),
        Unfit::OutcomeCount(count) => {
            format!("Sie hat {count} Antworten, und eine Frage hat {MIN_OUTCOMES} bis {MAX_OUTCOMES}")
        }
        Unfit::OutcomeName(place) => format!("Antwort {place} ist leer oder zweimal da"),
        Unfit::UnknownAnswer(answer) => format!("Die richtige Antwort „{answer}“ ist keine der möglichen"),
        Unfit::TooLong(what, bytes, most) => format!(
            "{} zu lang ({} Byte, erlaubt sind {})",
            match *what {
                "question" => "Die Frage ist",
                "longest outcome" => "Die längste Antwort ist",
                "criterion" => "Das Kriterium ist",
                _ => "Der Hintergrund ist",
            },
            format::count(*bytes as u64),
            format::count(*most as u64)
        ),
        Unfit::BadPrice => "Der Preis des Marktes ist keine Wahrscheinlichkeit von 0 bis 1".to_owned(),
        Unfit::Unresolved => "Die Frage ist nicht entschieden, also ist keine Antwort bekannt".to_owned(),
        Unfit::Duplicate(Place::Line(line)) => format!("Sie ist dieselbe wie Zeile {line}"),
        Unfit::Duplicate(Place::Entry(entry)) => format!("Sie ist dieselbe wie Eintrag {entry}"),
        Unfit::Other(why) => match *why {
            "it was not resolved as yes or no" => "Sie wurde nicht mit Ja oder Nein entschieden".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// What a column should be, from its English name.
fn wanted(what: &str) -> &str {
    match what {
        "a set of answers of which one is right" => "eine Menge von Antworten, von denen eine stimmt",
        "a list of labels and texts" => "eine Liste von Buchstaben und Texten",
        "a list of texts" => "eine Liste von Texten",
        "a list of names" => "eine Liste von Namen",
        "yes or no" => "Ja oder Nein",
        other => other,
    }
}

/// Why a picture that carries a run opens none.
pub fn in_picture(error: &LinkError) -> String {
    format!("Was das Bild enthält, lässt sich nicht öffnen. {}", link(error))
}

/// Why there is no picture of a chart.
pub const NOT_DRAWN: &str = "Der Browser konnte es nicht zeichnen.";
/// Why the lab cannot start.
pub fn lab(what: &'static str) -> String {
    let name = match what {
        "the number of worlds" => "Zahl der Welten",
        "the number of members" => "Zahl der Mitglieder",
        "the number of liars" => "Zahl der Lügner",
        "the strength of the signals" => "Stärke der Signale",
        "the share of the prior" => "Gewicht des Anfangspreises",
        other => other,
    };
    format!("{name}: Der Wert liegt außerhalb des Erlaubten.")
}

/// What is wrong with the link of a question for a class.
pub const CLASS_LINK: &str = "Dieser Link für eine Klasse ist beschädigt oder abgeschnitten.";
