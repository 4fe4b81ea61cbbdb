//! Words around a question of a market elsewhere, in German: taking it over, and its price beside the panel's.

use crate::evaluate::listing::{AddressError, Apart, Beside, Site, Unread, Untaken};
use crate::market::MAX_OUTCOMES;
use crate::ui::format;

/// Opens the control.
pub const FROM_MARKET: &str = "Von der Adresse eines Markts";
/// What it does.
pub const WHAT: &str = "Die Seite einer Frage auf Manifold, Polymarket oder Metaculus: Frage, Antworten und Hintergrund werden \
                        ausgefüllt. Der Preis des Markts bleibt beiseite, bis der Lauf vorbei ist; kein Agent sieht ihn. \
                        Diese Seite fragt den Markt unmittelbar und schickt keinen Schlüssel.";
/// The field.
pub const ADDRESS: &str = "Adresse der Frage";
/// The button.
pub const FETCH: &str = "Übernehmen";
/// While it is fetched.
pub const WORKING: &str = "Der Markt wird gefragt…";
/// Before the address of the market's interface.
pub const BY_HAND: &str = "Von Hand: Öffnen Sie diese Adresse in einem anderen Tab, kopieren Sie alles, was dort steht, und \
                           fügen Sie es unten ein.";
/// The field for that.
pub const REPLY: &str = "Was der Markt geantwortet hat";
/// The button.
pub const READ: &str = "Lesen";
/// A link to the question's page.
pub const ITS_PAGE: &str = "Zur Seite dort";
/// On the page for whole files.
pub const ON_ASK: &str =
    "Eine einzelne Frage von Manifold, Polymarket oder Metaculus, mit dem Preis des Markts neben unserem:";
/// The link behind it.
pub const ON_ASK_LINK: &str = "Über ihre Adresse stellen";
/// Opens the table.
pub const DETAILS: &str = "Beide, Antwort für Antwort";
/// The columns of the table.
pub const COLUMNS: [&str; 4] = ["Antwort", "Markt", "Panel", "Punkte"];
/// Where the price stands.
pub const BESIDE: &str = "Der Preis des Markts steht neben der Kette: Datei und Link des Laufs enthalten ihn, und die \
                          Prüfung kann über ihn nichts sagen.";

/// A text is no address of a question.
pub fn no_address(error: AddressError) -> String {
    match error {
        AddressError::UnknownSite => {
            "Das ist keine Adresse von Manifold, Polymarket oder Metaculus".to_owned()
        }
        AddressError::NoQuestion(site) => {
            let like = match site {
                Site::Manifold => "manifold.markets/NAME/FRAGE",
                Site::Polymarket => "polymarket.com/event/FRAGE",
                Site::Metaculus => "metaculus.com/questions/NUMMER",
            };
            format!(
                "Das ist eine Adresse von {}, aber keine Frage: Sie sollte wie {like} aussehen",
                site.name()
            )
        }
    }
}

/// A question was not taken over.
pub fn untaken(site: Site, untaken: &Untaken) -> String {
    let name = site.name();
    match untaken {
        Untaken::Unreachable => format!(
            "{name} war von dieser Seite aus nicht zu erreichen. Warum, sagt ein Browser nicht: Vielleicht lässt {name} andere \
             Seiten seine Antworten nicht lesen (CORS), oder Sie sind offline."
        ),
        Untaken::Status(401 | 403) => refused(site, ""),
        Untaken::Status(429) => {
            format!(
                "{name} wird gerade zu oft gefragt. Warten Sie eine Minute und versuchen Sie es noch einmal."
            )
        }
        Untaken::CutOff => format!("Die Antwort von {name} brach unterwegs ab."),
        Untaken::Unread(Unread::TooLarge) => too_large(name),
        Untaken::Unread(Unread::NotJson) => {
            format!(
                "Was {name} antwortet, ist kein JSON. Vielleicht ist es eine Seite, die fragt, ob Sie ein Mensch sind."
            )
        }
        Untaken::Status(404 | 410) | Untaken::Unread(Unread::NotThere) => not_there(name),
        Untaken::Status(status) => format!("{name} antwortet mit dem Fehler {status}."),
        Untaken::Unread(Unread::Refused(words)) => refused(site, &format!(" Es sagt: „{words}“")),
        Untaken::Unread(Unread::Other) => format!("Das ist die Antwort von {name} zu einer anderen Frage."),
        Untaken::Unread(Unread::NotAChoice(kind)) => format!(
            "{name} führt das als „{kind}“. Hier lassen sich nur Fragen mit Ja und Nein oder mit einer Auswahl von Antworten \
             stellen."
        ),
        Untaken::Unread(Unread::TooMany(count)) => {
            let other = if site == Site::Polymarket {
                " Öffnen Sie dort einen der Märkte und nehmen Sie dessen Adresse."
            } else {
                ""
            };
            format!("Sie hat {count} Antworten, und eine Frage hat hier höchstens {MAX_OUTCOMES}.{other}")
        }
        Untaken::Unread(Unread::Independent(count)) => format!(
            "Unter diesem Titel stehen {count} Fragen, die alle zugleich eintreten können. Nehmen Sie die Adresse einer von \
             ihnen, oder stellen Sie eine in eigenen Worten."
        ),
        Untaken::Unread(Unread::Shape(what)) => format!(
            "{name} antwortet in einer Form, die diese Seite nicht kennt: „{what}“ fehlt oder ist anders als bisher."
        ),
    }
}

fn too_large(name: &str) -> String {
    format!("Was {name} antwortet, ist zu lang, um hier gelesen zu werden.")
}

fn not_there(name: &str) -> String {
    format!("{name} kennt unter dieser Adresse keine Frage.")
}

fn refused(site: Site, words: &str) -> String {
    match site {
        Site::Metaculus => format!(
            "Metaculus antwortet Fremden nicht: Seine Daten sind für Konten mit einem Token.{words} Wenn Sie eines haben, rufen \
             Sie die Adresse unten damit ab und fügen Sie die Antwort ein."
        ),
        _ => format!("{} antwortet dieser Seite nicht.{words}", site.name()),
    }
}

/// What was taken over.
pub fn taken(site: Site, has_prices: bool, is_kept: bool, is_resolved: bool) -> String {
    let name = site.name();
    let kept = match (has_prices, is_kept) {
        (false, _) => format!("{name} zeigt keinen Preis dazu, also wird es keinen zum Vergleichen geben."),
        (true, false) => {
            "Die Antworten sind nicht mehr die des Markts, darum wird sein Preis nicht gezeigt.".to_owned()
        }
        (true, true) => "Sein Preis bleibt beiseite, bis der Lauf vorbei ist.".to_owned(),
    };
    let resolved = if is_resolved { " Der Markt ist schon aufgelöst." } else { "" };
    format!(
        "Von {name} übernommen. {kept}{resolved} Diese Texte stammen von anderen: Lesen Sie den Hintergrund, bevor Sie das \
         Panel laufen lassen."
    )
}

/// Both prices of one answer.
pub fn said(site: Site, outcome: &str, both: &Beside, time: &str) -> String {
    let apart = match both.shown_gain() {
        0 => "auf einen Punkt dasselbe".to_owned(),
        gain => {
            let unit = if gain.abs() == 1 { "Punkt" } else { "Punkte" };
            format!("{} {unit} {}", gain.abs(), if gain > 0 { "mehr" } else { "weniger" })
        }
    };
    format!(
        "{} sagte am {time} {} für „{outcome}“; dieses Panel sagt {}: {apart}.",
        site.name(),
        format::percent(both.market),
        format::percent(both.panel)
    )
}

/// What their difference means.
pub fn meaning(apart: Apart) -> &'static str {
    match apart {
        Apart::Resolved => {
            "Der Markt war da schon aufgelöst: Sein Preis ist, was geschah, nicht was jemand erwartete; er sagt also nur, wie \
             gut die Antwort des Panels ist."
        }
        Apart::Simulated => {
            "Simulierte Händler wissen nichts von der Welt, der Unterschied bedeutet also nichts: Nur ein Panel aus Modellen \
             lässt sich mit einem Markt vergleichen."
        }
        Apart::Opposed => {
            "Sie liegen bei verschiedenen Antworten vorn. Einer von beiden weiß oder vermutet etwas, das der andere nicht weiß: \
             Lesen Sie die Argumente des Panels, bevor Sie einem folgen."
        }
        Apart::Close => {
            "Das ist so gut wie dasselbe. Das Panel hat den Preis nicht gesehen, kann aber früher von der Frage gelesen haben."
        }
        Apart::Some => {
            "Ein Unterschied dieser Größe ist zwischen zwei redlichen Schätzungen üblich; er spricht für keine von beiden."
        }
        Apart::Far => {
            "Das ist ein großer Unterschied. Einer von beiden weiß oder vermutet etwas, das der andere nicht weiß: Lesen Sie \
             die Argumente des Panels, bevor Sie einem folgen."
        }
    }
}
