//! Words of the Audit page, in German: one line an event, filters, and what a check proves and does not.

use super::turns::numbered;
use crate::run::{Texts, Verdict};
use crate::ui::format;
pub use crate::ui::words::en::audit::count;

pub use super::events::{kind, line};

/// The page's heading.
pub const TITLE: &str = "Jeder Schritt, und wie er sich prüfen lässt";
/// Without a run.
pub const EMPTY: &str = "Noch gibt es keinen Lauf zu prüfen";
/// What to do.
pub const EMPTY_WHAT: &str = "Lassen Sie ein Panel eine Frage beantworten, oder öffnen Sie eine Laufdatei: Hier steht dann jeder Schritt.";
/// The link to the Ask page.
pub const EMPTY_NEXT: &str = "Eine Frage stellen";
/// A heading.
pub const CHECK: &str = "Prüfen";
/// A heading.
pub const TAKE_AWAY: &str = "Mitnehmen";
/// A heading.
pub const EVENTS: &str = "Ereignisse";
/// Label of the head digest.
pub const HEAD: &str = "Prüfsumme des Endes";
/// What a head digest is.
pub const HEAD_WHAT: &str = "Sie steht für den ganzen Lauf: Ändert sich irgendein Schritt, ändert sie sich auch. Vergleichen Sie sie mit \
                             der, die man Ihnen gegeben hat.";
/// Before the digest that a file names, if its events come to another.
pub const HEAD_CLAIMED: &str =
    "Sie wurde aus den Ereignissen berechnet. Die Datei nennt eine andere, die nicht aus ihnen folgt:";

/// How much of a file the digest is of.
pub fn head_of(read: u64, all: u64) -> String {
    format!(
        "Sie gilt den ersten {} von {} Ereignissen: Das nächste kann nicht folgen.",
        format::count(read),
        format::count(all)
    )
}
/// The button.
pub const VERIFY: &str = "Nachrechnen";
/// The button while it works.
pub const VERIFYING: &str = "Wird nachgerechnet…";
/// Why it waits.
pub const VERIFY_LATER: &str = "Nachrechnen lässt sich ein Lauf erst, wenn er zu Ende ist";
/// The good result.
pub const VERIFIED: &str = "Geprüft";
/// The bad result.
pub const BROKEN: &str = "Fehlerhaft";
/// Goes to the broken event.
pub const SHOW_BROKEN: &str = "Ereignis zeigen";
/// What no check can prove.
pub const NOT_PROVEN: &str = "Die Prüfung beweist, dass dieses Protokoll vollständig ist und dass sich jeder Preis, jedes Guthaben und jeder \
                              Handel aus den aufgezeichneten Antworten ergibt. Sie beweist nicht, dass wirklich ein Modell \
                              diese Antworten gegeben hat, und auch nicht, wer den Lauf gestartet hat: Vergleichen Sie dafür \
                              die Prüfsumme des Endes mit einer, die Sie auf anderem Weg erhalten haben.";
/// What a broken log is worth.
pub const NOT_TO_BE_TRUSTED: &str = "An dieser Stelle wurde etwas geändert, hinzugefügt oder entfernt; auf das, was von hier an folgt, ist \
                                     darum kein Verlass.";
/// What the two ways to take a run away are.
pub const EXPORT_WHAT: &str = "Das ganze Protokoll in einer Datei. Prüfen lässt es sich auch ohne diese Seite, mit einer Bibliothek für JSON \
                               und einer für SHA-256.";
/// The other one; `choice` says whether there is a choice of how much is shared.
pub fn share_what(choice: bool) -> &'static str {
    if choice {
        "Ein Link, der den Lauf selbst enthält; Sie bestimmen, wie viel davon"
    } else {
        "Ein Link, der den ganzen Lauf enthält"
    }
}
/// Where an imported run comes from.
pub const FROM_FILE: &str = "aus einer Datei geöffnet";
/// The download button.
pub const EXPORT: &str = "Als JSON exportieren";
/// A button.
pub const EXPORT_MEMO: &str = "Notiz (Markdown)";
/// A button.
pub const EXPORT_CSV: &str = "Tabelle (CSV)";
/// A button.
pub const PRINT: &str = "Drucken…";
/// What they are.
pub const EXPORT_MORE: &str = "Eine Notiz zum Lesen oder Weiterschicken, eine Tabelle für ein Tabellenprogramm, pandas oder R, oder diese \
                               Seite auf Papier";
/// The share button.
pub const SHARE: &str = "Teilen…";
/// Why it waits.
pub const SHARE_LATER: &str = "Teilen lässt sich ein Lauf erst, wenn er zu Ende ist";
/// Why it is refused.
pub const SHARE_BROKEN: &str = "Dieses Protokoll wurde geändert oder gekürzt und ergibt darum keinen Link; exportieren Sie stattdessen die \
                                Datei";
/// The search field.
pub const SEARCH: &str = "Suche";
/// A hint in it.
pub const SEARCH_HINT: &str = "Ein Wort aus Prompt, Antwort, Kernaussage…";
/// The filter by type.
pub const TYPE: &str = "Art";
/// No filter.
pub const ALL_TYPES: &str = "Alle Arten";
/// The filter by agent.
pub const AGENT: &str = "Agent";
/// No filter.
pub const ALL_AGENTS: &str = "Alle Agenten";
/// Clears search and filters.
pub const CLEAR: &str = "Alle zeigen";
/// The earlier window of events.
pub const EARLIER: &str = "Frühere Ereignisse";
/// The later window of events.
pub const LATER: &str = "Spätere Ereignisse";
/// No event passes.
pub const NONE_FOUND: &str = "Kein Ereignis passt dazu";
/// Marks an event that cannot be read.
pub const UNREADABLE: &str = "nicht lesbar";
/// Marks an event behind the first that does not follow.
pub const UNFOLDED: &str = "nicht herleitbar";
/// A link to the event.
pub const PERMALINK: &str = "Link zu diesem Ereignis";
/// A field of an event.
pub const DIGEST: &str = "Prüfsumme";
/// The raw form.
pub const RAW: &str = "Unverändertes JSON";
/// A field.
pub const REPLY: &str = "Modellantwort im Wortlaut";
/// No reply.
pub const NO_REPLY: &str = "Es kam keine Antwort, oder sie fehlt in dieser Kopie";
/// A field.
pub const PROMPT: &str = "Prompt";
/// No prompt.
pub const NO_PROMPT: &str = "Der Prompt fehlt in dieser Kopie";
/// A field.
pub const PARSE: &str = "Was daraus wurde";
/// A field.
pub const MODEL: &str = "Modell";
/// A field.
pub const PURPOSE: &str = "Zweck";
/// A field.
pub const FORM: &str = "Verlangte Form";
/// A field.
pub const TEMPERATURE: &str = "Temperatur";
/// A field.
pub const TOKENS: &str = "Tokens";
/// A field.
pub const TOKEN_LIMIT: &str = "Höchstzahl der Tokens je Antwort";
/// A field.
pub const FINISH: &str = "Warum die Antwort endete";
/// Something the server did not say.
pub const UNKNOWN: &str = "keine Angabe";
/// A field.
pub const REASONING: &str = "Begründung";
/// A field.
pub const EVIDENCE: &str = "Hinweise";
/// A field.
pub const HEADLINE: &str = "Kernaussage";
/// A field.
pub const PREDICTED: &str = "Erwartet von den anderen";
/// A field.
pub const COHERENCE: &str = "Frage und Umkehrung";
/// A column.
pub const OUTCOME: &str = "Antwort";
/// A column.
pub const BELIEF: &str = "Einschätzung";
/// A column.
pub const PRICE: &str = "Preis";
/// A column.
pub const BOUGHT: &str = "Gekauft";
/// A column.
pub const BEFORE: &str = "Vorher";
/// A column.
pub const AFTER: &str = "Nachher";
/// A column.
pub const HOLDS: &str = "Bestand danach";
/// A column.
pub const PAID: &str = "Ausbezahlt";
/// A field.
pub const COST: &str = "Kosten";
/// A field.
pub const REDEEMED: &str = "Ausbezahlte vollständige Sätze";
/// A field.
pub const CASH: &str = "Guthaben danach";
/// A field.
pub const REACH: &str = "Vom gewünschten Weg zurückgelegt";
/// A field.
pub const WANTED: &str = "Hätte einen Preis bewegt um";
/// A field.
pub const MAKER: &str = "Geld des Market-Makers";
/// A field.
pub const MESSAGE: &str = "Was geschah";
/// A field.
pub const TOTALS: &str = "Insgesamt";

/// The first line under the heading.
pub fn about(events: u64, agents: usize) -> String {
    format!("{}, {}", counted_events(events as usize), numbered(agents, "Agent", "Agenten"))
}

fn counted_events(number: usize) -> String {
    numbered(number, "Ereignis", "Ereignisse")
}

/// How many events pass the filters.
pub fn found(shown: usize, all: usize) -> String {
    if shown == all {
        counted_events(all)
    } else {
        format!("{} von {}", format::count(shown as u64), numbered(all, "Ereignis", "Ereignissen"))
    }
}

/// The window of events on the page.
pub fn window(first: usize, last: usize, of: usize) -> String {
    format!("{first} bis {last} von {}", format::count(of as u64))
}

/// The result of a check, in full.
pub fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Verified { events, texts } => {
            let absent = texts.and_then(absent).map(|absent| format!(" {absent}")).unwrap_or_default();
            format!(
                "Alle {events} Ereignisse ergeben sich auseinander und aus den aufgezeichneten Antworten.{absent}"
            )
        }
        Verdict::Broken { seq, problem } => {
            format!("Bei Ereignis {seq}: {}.", super::problems::fault(problem))
        }
    }
}

/// Which texts a reduced copy lacks.
pub fn absent(texts: Texts) -> Option<&'static str> {
    match texts {
        Texts::Everything => None,
        Texts::Headlines => Some(
            "Diese Kopie enthält Zahlen und Kernaussagen: Prompts, Modellantworten, Begründungen, Sichtweisen und Hintergrund \
             wurden weggelassen.",
        ),
        Texts::Numbers => Some(
            "Diese Kopie enthält nur die Zahlen: Alles, was die Agenten sagten oder erfuhren, wurde weggelassen.",
        ),
    }
}

/// How far a check has come.
pub fn progress(done: usize, all: usize) -> String {
    format!("{} von {}", format::count(done as u64), numbered(all, "Schritt", "Schritten"))
}

/// The sums at the end.
pub fn totals(totals: &crate::run::Totals) -> String {
    let tokens = totals.prompt_tokens.saturating_add(totals.completion_tokens);
    format!(
        "{}, {}, {}, {}, {}, {}",
        numbered(totals.rounds as usize, "Runde", "Runden"),
        numbered(totals.trades as usize, "Kauf", "Käufe"),
        numbered(totals.calls as usize, "Aufruf", "Aufrufe"),
        numbered(tokens as usize, "Token", "Tokens"),
        // Nothing was counted: a price of nothing and no known price look the same here.
        if totals.cost_micro_usd > 0 {
            format::dollars(totals.cost_micro_usd)
        } else {
            "keine Kosten gezählt".to_owned()
        },
        super::watch::failures_badge(totals.failures),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_in_the_case_that_the_words_ask_for() {
        assert_eq!(found(5, 5), "5 Ereignisse");
        assert_eq!(found(1, 5), "1 von 5 Ereignissen");
        assert_eq!(about(1, 2), "1 Ereignis, 2 Agenten");
    }
}
