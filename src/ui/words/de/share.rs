//! Words of the share dialog and of the page of a shared run, in German.

use super::turns::numbered;
use crate::run::Texts;
use crate::share::{Carrier, Contents, LinkError};
use crate::ui::format;
use crate::ui::route::Source;
pub use crate::ui::words::en::share::{QR_EASY_CHARS, embed_code};

/// The dialog's heading.
pub const TITLE: &str = "Diesen Lauf teilen";
/// What a link is.
pub const WHAT: &str = "Der Link enthält den Lauf selbst. Wer ihn öffnet, spielt den Lauf im eigenen Browser nach und prüft ihn dort; \
                        hochgeladen wird nichts.";
/// The choice of a tier.
pub const TIERS: &str = "Wie viel geteilt wird";
/// The link's label.
pub const LINK: &str = "Link";
/// While it is made.
pub const MAKING: &str = "Der Link wird erstellt…";
/// The copy button.
pub const COPY: &str = "Kopieren";
/// After copying.
pub const COPIED: &str = "Kopiert";
/// If the clipboard is closed to the page.
pub const COPY_BY_HAND: &str = "Der Browser hat der Seite das Kopieren nicht erlaubt. Der Link ist markiert: Drücken Sie Strg+C oder ⌘C.";
/// A heading.
pub const INSIDE: &str = "Was andere lesen werden";
/// A heading.
pub const FITS: &str = "Wo er hineinpasst";
/// The warning.
pub const FOREVER: &str = "Ein Link lässt sich nicht zurücknehmen: Wer ihn hat, behält das alles.";
/// The reassurance.
pub const NEVER: &str = "Nie dabei: Schlüssel, Serveradressen oder irgendetwas aus Ihren Einstellungen";
/// The file button.
pub const AS_FILE: &str = "Stattdessen als Datei speichern";
/// Too long for every carrier; `choice` says whether less can be shared.
pub fn too_long(choice: bool) -> &'static str {
    if choice {
        "Das ist mehr, als die Adresszeile eines Browsers fasst. Teilen Sie weniger, oder senden Sie eine Datei."
    } else {
        "Das ist mehr, als die Adresszeile eines Browsers fasst. Senden Sie eine Datei."
    }
}
/// Closes the dialog.
pub const CLOSE: &str = "Schließen";

/// While a file hovers over the page.
pub const DROP: &str =
    "Legen Sie eine Laufdatei oder ein gespeichertes Bild eines Laufs hier ab, um den Lauf zu öffnen";
/// A heading.
pub const MORE_WAYS: &str = "Andere Wege, den Lauf weiterzugeben";
/// The code to scan.
pub const QR: &str = "QR-Code";
/// What it is for.
pub const QR_WHAT: &str =
    "Für den Beamer oder eine gedruckte Seite: Die Kamera eines Telefons öffnet den Lauf.";
/// A dense code.
pub fn qr_dense(choice: bool) -> &'static str {
    if choice {
        "Dieser Code ist dicht: Zeigen Sie ihn groß, oder teilen Sie weniger, damit ein gewöhnliches Telefon ihn lesen kann."
    } else {
        "Dieser Code ist dicht: Zeigen Sie ihn groß, damit ein gewöhnliches Telefon ihn lesen kann."
    }
}
/// Too long.
pub fn qr_too_long(choice: bool) -> &'static str {
    if choice {
        "Dieser Link ist zu lang für einen QR-Code. Wählen Sie oben einen kleineren Teil des Laufs."
    } else {
        "Dieser Link ist zu lang für einen QR-Code. Geben Sie den Link weiter, oder speichern Sie den Lauf als Datei."
    }
}
/// What the picture of the code is called for whoever cannot see it.
pub const QR_ALT: &str = "QR-Code des Links";
/// A picture of the chart.
pub const PICTURE: &str = "Bild";
/// What it is.
pub fn picture_what(choice: bool) -> &'static str {
    if choice {
        "Das Diagramm; darin steckt so viel vom Lauf, wie Sie oben gewählt haben. Wer das Bild auf dieser Seite ablegt, öffnet den Lauf. Manche Chatprogramme verkleinern Bilder; dabei geht verloren, was darin steckt."
    } else {
        "Das Diagramm; darin steckt der Lauf. Wer das Bild auf dieser Seite ablegt, öffnet ihn. Manche Chatprogramme verkleinern Bilder; dabei geht verloren, was darin steckt."
    }
}
/// A button.
pub const SAVE_PNG: &str = "Als PNG speichern";
/// A button.
pub const SAVE_SVG: &str = "Als SVG speichern";
/// At the foot of a picture.
pub const PICTURE_FOOT: &str =
    "Credence · Bild auf der Seite ablegen, um den Lauf nachzuspielen und zu prüfen";
/// For other pages.
pub const EMBED: &str = "Einbetten";
/// What it is for.
pub const EMBED_WHAT: &str = "Für eine eigene Website: Der Lauf steht darin in seiner ganzen Höhe und lässt sich auf einer eigenen Seite öffnen.";
/// Its colours.
pub const EMBED_THEME: &str = "Farben";
/// A choice.
pub const EMBED_AUTO: &str = "Wie es beim Lesen eingestellt ist";
/// A choice.
pub const EMBED_LIGHT: &str = "Hell";
/// A choice.
pub const EMBED_DARK: &str = "Dunkel";
/// The field.
pub const EMBED_CODE: &str = "HTML zum Einfügen";
/// A button.
pub const EMBED_COPY: &str = "HTML kopieren";
/// A run from a file.
pub const FROM_FILE: &str = "Er kommt aus einer Datei im Web, so wie sie dort liegt. Noch ist nichts davon geprüft: Drücken Sie unten auf \
                             „Nachrechnen“.";
/// What can be done about a file that cannot be opened.
pub const FILE_NEXT: &str = "Öffnen Sie die Adresse in einem eigenen Tab, um zu sehen, was dort liegt, oder bitten Sie die Person, die sie \
                             Ihnen geschickt hat, um die Datei.";

/// The page's state while it opens a run.
pub fn opening(source: &Source) -> String {
    match source {
        Source::Code(_) => "Der geteilte Lauf wird geöffnet…".to_owned(),
        Source::File(address) => {
            let host =
                address.trim_start_matches("https://").split(['/', '?', '#']).next().unwrap_or_default();
            format!("Der Lauf wird von {host} geholt…")
        }
    }
}

/// The page's heading when it cannot.
pub const CANNOT_OPEN: &str = "Dieser Link lässt sich nicht öffnen";
/// What is untouched.
pub const UNTOUCHED: &str = "Sonst hat sich auf dieser Seite nichts geändert.";
/// Back to the start.
pub const START: &str = "Eine eigene Frage stellen";
/// The tag of the page.
pub const READ_ONLY: &str = "Geteilter Lauf, nur zum Lesen";
/// What opening it has shown.
pub const REPLAYED: &str =
    "Dieser Browser hat den Lauf soeben aus dem Link nachgespielt: Es ist genau der, den der Link nennt.";
/// The button.
pub const FORK: &str = "Mit Änderungen neu starten…";
/// Goes to the check.
pub const CHECK_IT: &str = "Prüfen";
/// The link out of an embedded page.
pub const OPEN_IN_FULL: &str = "Auf eigener Seite öffnen";
/// A disclosure.
pub const ALL_EVENTS: &str = "Alle Ereignisse";

/// A tier's name.
pub fn tier(texts: Texts) -> &'static str {
    match texts {
        Texts::Numbers => "Nur Zahlen",
        Texts::Headlines => "Mit Kernaussagen",
        Texts::Everything => "Alles",
    }
}

/// What a tier holds.
pub fn tier_what(texts: Texts) -> &'static str {
    match texts {
        Texts::Numbers => "Frage, mögliche Antworten, Namen, Modelle, Einschätzungen und Käufe",
        Texts::Headlines => "Dazu eine Zeile je Agent und Runde",
        Texts::Everything => {
            "Dazu Hintergrund, Sichtweisen, eigene Hinweise, Prompts und Modellantworten im Wortlaut"
        }
    }
}

/// What a run says, as a list.
pub fn inside(contents: &Contents) -> Vec<String> {
    let mut list = vec!["Die Frage mit den möglichen Antworten und dem, was den Ausschlag gibt".to_owned()];
    if contents.background {
        list.push("Der Text zum Hintergrund".to_owned());
    }
    if contents.answer {
        list.push("Die bekannte Antwort".to_owned());
    }
    if contents.listed {
        list.push("Der Preis des Markts, seine Adresse und wann er gelesen wurde".to_owned());
    }
    let kinds = if contents.models > 0 { "Namen, Modell und Guthaben" } else { "Namen, Art und Guthaben" };
    list.push(format!("{} mit {kinds}", numbered(contents.agents, "Agent", "Agenten")));
    list.push(format!(
        "{} und {}",
        numbered(contents.beliefs, "Einschätzung", "Einschätzungen"),
        numbered(contents.trades, "Kauf", "Käufe")
    ));
    let mut some = |number: usize, one: &str, many: &str| {
        if number > 0 {
            list.push(numbered(number, one, many));
        }
    };
    some(contents.failures, "Fehlschlag", "Fehlschläge");
    some(contents.headlines, "Kernaussage", "Kernaussagen");
    some(contents.texts, "Text mit Begründung oder Hinweisen", "Texte mit Begründungen oder Hinweisen");
    some(contents.personas, "Sichtweise", "Sichtweisen");
    some(contents.private_evidence, "Agent mit eigenen Hinweisen", "Agenten mit eigenen Hinweisen");
    some(
        contents.prompts,
        "Aufruf mit Prompt und Modellantwort im Wortlaut",
        "Aufrufe mit Prompts und Modellantworten im Wortlaut",
    );
    list
}

/// The length of the link.
pub fn length(chars: usize) -> String {
    numbered(chars, "Zeichen", "Zeichen")
}

/// The name of a carrier with its limit.
pub fn carrier(carrier: Carrier) -> String {
    let name = match carrier {
        Carrier::Chat => "Chatnachricht",
        Carrier::Mail => "E-Mail",
        Carrier::Browser => "Adresszeile",
    };
    format!("{name}, bis zu {}", format::count(carrier.limit_chars() as u64))
}

/// Whether it fits.
pub fn fits(fits: bool) -> &'static str {
    if fits { "passt" } else { "zu lang" }
}

/// What can be done about a link that cannot be opened.
pub fn link_next_step(error: &LinkError) -> &'static str {
    match error {
        LinkError::Truncated { .. } | LinkError::Damaged(_) | LinkError::NotALink => {
            "Chat- und Mailprogramme kürzen lange Links bisweilen oder brechen sie um. Bitten Sie noch einmal um den Link \
             oder um den Lauf als Datei."
        }
        LinkError::NewerVersion(_) | LinkError::MadeByNewer | LinkError::OtherEngine { .. } => {
            "Öffnen Sie ihn mit der Version von Credence, die ihn erstellt hat, oder bitten Sie um den Lauf als Datei."
        }
        LinkError::OtherHead { .. } | LinkError::Refused(_) | LinkError::Unfinished => {
            "Vielleicht hat ihn jemand geändert. Bitten Sie die Person, die ihn geschickt hat, um den Lauf als Datei, und \
             vergleichen Sie die Prüfsummen des Endes."
        }
        LinkError::TooLong(_) | LinkError::TooLarge | LinkError::DoesNotFit(_) => {
            "So viel braucht kein Lauf. Trauen Sie ihm nicht, und bitten Sie um den Lauf als Datei."
        }
    }
}

/// Where a derived copy comes from.
pub fn derived(head: &str) -> String {
    format!("Eine Kopie des Laufs, dessen Ende die Prüfsumme {head} hat")
}

/// The browser did not save.
pub const SAVE_FAILED: &str = "Die Datei konnte nicht gespeichert werden";
/// What to do.
pub const SAVE_NEXT: &str =
    "Erlauben Sie dieser Seite, Dateien herunterzuladen, und versuchen Sie es noch einmal.";
