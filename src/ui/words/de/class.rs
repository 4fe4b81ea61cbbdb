//! Words of class mode, in German: the page of whoever asks a class, and the page that each pupil sees.

use crate::aggregate::class::Source;
use crate::ui::format;
pub use crate::ui::words::en::class::slug;

/// The page of whoever asks.
pub const TITLE: &str = "Eine Klasse fragen";
/// What it is for.
pub const WHAT: &str = "Alle sagen, was sie glauben, bevor jemand sieht, was das Panel denkt; dann steht die Klasse neben den Modellen, dem Markt und der Wahrheit. Kein Server ist beteiligt: Die Antworten kommen als kurze Codes zurück.";
/// There is no run.
pub const EMPTY: &str = "Zuerst eine Frage";
/// What to do.
pub const EMPTY_WHAT: &str =
    "Stellen Sie einem Panel eine Frage oder öffnen Sie einen Ihrer Läufe: Die Klasse wird dasselbe gefragt.";
/// Goes there.
pub const EMPTY_NEXT: &str = "Eine Frage stellen";
/// The first step.
pub const SHOW: &str = "1. Das hier zeigen";
/// What it does.
pub const SHOW_WHAT: &str = "Wer den Code scannt, sieht die Frage und nichts vom Lauf.";
/// What the class does, in one line.
pub const FIRST: &str = "Code scannen, sagen, wie wahrscheinlich jede Antwort ist, und den kurzen Code zurückgeben, der dann erscheint.";
/// Shows the QR code large.
pub const BIG: &str = "Groß zeigen";
/// Ends that.
pub const SMALL: &str = "Zurück";
/// Another question stands on Ask.
pub const OTHER: &str = "Das ist die Frage des geöffneten Laufs. Auf der Seite Fragen steht eine andere, die dem Panel noch nicht gestellt wurde.";
/// The QR code, for those who do not see it.
pub const QR_ALT: &str = "QR-Code mit dem Link für die Klasse; der Link steht daneben";
/// The question is too long for a QR code.
pub const QR_TOO_LONG: &str = "Die Frage ist zu lang für einen QR-Code: Geben Sie den Link weiter.";
/// The link.
pub const LINK: &str = "Link für die Klasse";
/// Copies it.
pub const COPY: &str = "Kopieren";
/// After that.
pub const COPIED: &str = "Kopiert";
/// Where the browser does not copy.
pub const SELECTED: &str = "Markiert: von Hand kopieren";
/// The second step.
pub const COLLECT: &str = "2. Die Codes einsammeln";
/// How.
pub const COLLECT_WHAT: &str = "Hier einfügen oder eintippen, in beliebiger Reihenfolge: aus einem Chat oder wie sie vorgelesen werden. Der letzte Code eines Geräts zählt. Sie bleiben auf diesem Gerät.";
/// The field.
pub const CODES: &str = "Codes";
/// The third step.
pub const REVEAL: &str = "3. Auflösen";
/// What it does.
pub const REVEAL_WHAT: &str = "Bis dahin zeigt diese Seite keine Zahl; sie darf also auf dem Beamer stehen.";
/// The button.
pub const REVEAL_NOW: &str = "Die Antworten zeigen";
/// Takes it back.
pub const HIDE: &str = "Wieder verbergen";
/// Noch kein Code.
pub const NO_CODES: &str = "Noch kein Code.";
/// The result.
pub const RESULT: &str = "Die Klasse neben dem Panel";
/// The outcome shown.
pub const OUTCOME: &str = "Wahrscheinlichkeit von";
/// Wie sich die Klasse verteilt.
pub const SPREAD: &str = "Wie sich die Klasse verteilt, in Prozent";
/// The table's columns.
pub const WHO: &str = "Wer";
/// The probability.
pub const PROBABILITY: &str = "Wahrscheinlichkeit";
/// The score.
pub const BRIER: &str = "Brier-Score (0 ist perfekt)";
/// The truth is not known.
pub const NO_TRUTH: &str = "Die Antwort ist noch nicht bekannt; niemand wird bewertet. Sobald Sie sie kennen, wählen Sie sie oben aus.";
/// The field for the truth.
pub const TRUTH: &str = "Die wahre Antwort, wie sie sich zeigte oder ausgezählt wurde";
/// Nobody has said it.
pub const TRUTH_OPEN: &str = "Noch nicht bekannt";
/// What saying it does.
pub const TRUTH_WHAT: &str = "Dann werden Klasse, Panel und Markt daran gemessen. Sie bleibt mit den Codes auf diesem Gerät und ändert nichts am Lauf.";
/// How the class was added.
pub const HOW: &str = "Gemittelt werden nur erste Antworten: Sie wurden gegeben, bevor jemand einen Preis gesehen hatte, wie die Antworten der Klasse.";

/// The page of a pupil.
pub const BALLOT: &str = "Was glauben Sie?";
/// How.
pub const BALLOT_WHAT: &str = "Wie wahrscheinlich ist welche Antwort? Auf die Frage, wie sicher Sie sind, gibt es keine falsche Antwort, nur Ihre.";
/// What sliders of several answers do.
pub const BALLOT_SUM: &str = "Zusammen ergeben sie immer 100\u{202f}%: Was Sie eingestellt haben, bleibt, die anderen teilen sich den Rest.";
/// Copies the code.
pub const COPY_CODE: &str = "Code kopieren";
/// Makes the code.
pub const MAKE: &str = "Meinen Code erstellen";
/// The code.
pub const CODE: &str = "Ihr Code";
/// What to do with it.
pub const CODE_WHAT: &str = "Geben Sie diesen Code an die Person, die gefragt hat. Wenn Sie Ihre Meinung ändern: Regler verschieben und einen neuen Code erstellen; er ersetzt den alten.";
/// The link is damaged.
pub const BROKEN: &str = "Dieser Link lässt sich nicht öffnen";
/// What to do.
pub const BROKEN_NEXT: &str = "Bitten Sie noch einmal darum oder scannen Sie den Code erneut.";
/// The link of the button that leads here.
pub const ASK_CLASS: &str = "Eine Klasse fragen";
/// The same beside an answer.
pub const ASK_CLASS_TOO: &str = "Auch eine Klasse fragen →";
/// What that is, among the ways to share.
pub const ASK_CLASS_WHAT: &str =
    "Lassen Sie eine Klasse ihre Einschätzung abgeben, bevor Sie zeigen, was das Panel denkt.";

/// How many answers there are.
pub fn answers(count: usize) -> String {
    match count {
        0 => NO_CODES.to_owned(),
        1 => "1 Antwort.".to_owned(),
        count => format!("{count} Antworten."),
    }
}

/// Codes that took the place of an earlier one.
pub fn replaced(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 wurde von ihrem Gerät geändert: Die spätere zählt.".to_owned()),
        count => Some(format!("{count} wurden von ihren Geräten geändert: Die späteren zählen.")),
    }
}

/// Codes that are none.
pub fn unreadable(codes: &[String]) -> Option<String> {
    let first = codes.first()?;
    let first = format::short(first, 24);
    Some(match codes.len() {
        1 => format!("„{first}“ ist kein Code zu dieser Frage: vertippt oder zu einer anderen."),
        count => format!("{count} sind keine Codes zu dieser Frage, der erste davon „{first}“."),
    })
}

/// Whose probabilities they are.
pub fn source(source: Source, pupils: usize) -> String {
    match source {
        Source::Market => "Die Antwort des Panels nach dem Handel".to_owned(),
        Source::Panel => "Die ersten Antworten des Panels, gemittelt".to_owned(),
        Source::Class => format!("Die Klasse, gemittelt ({pupils})"),
        Source::OneMore => "Panel mit der Klasse als einem weiteren Agenten".to_owned(),
        Source::Many => "Panel mit jeder Schülerin und jedem Schüler als Agenten".to_owned(),
    }
}

/// The known answer, and who came closest to it.
pub fn truth(outcome: &str, closest: &[Source]) -> String {
    let names: Vec<&str> = closest
        .iter()
        .map(|source| match source {
            Source::Market => "der Markt",
            Source::Panel => "die ersten Antworten des Panels",
            _ => "die Klasse",
        })
        .collect();
    match names.as_slice() {
        [] => format!("Die Antwort ist {outcome}."),
        [one] => format!("Die Antwort ist {outcome}. Am nächsten dran: {one}."),
        several => {
            format!("Die Antwort ist {outcome}. Gleichauf am nächsten dran: {}.", several.join(" und "))
        }
    }
}

/// The choice that leaves the truth as the run has it.
pub fn truth_recorded(outcome: &str) -> String {
    format!("Wie im Lauf: {outcome}")
}

/// Asks the panel the question that stands on Ask, and shows nothing of its answer.
pub fn ask_now(question: &str) -> String {
    format!("Panel und Klasse fragen: „{}“", format::short(question, 60))
}

/// A column of the spread.
pub fn column(tenth: usize) -> String {
    let (low, high) = (tenth * 10, if tenth == 9 { 100 } else { tenth * 10 + 9 });
    format!("{low}–{high}")
}

/// The probability that a slider stands for.
pub fn slider(outcome: &str) -> String {
    format!("Wie wahrscheinlich ist „{outcome}“?")
}
