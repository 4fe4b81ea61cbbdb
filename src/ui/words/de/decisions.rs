//! The decisions that the Decide page offers, by kind of user (all facts are invented), and what a panel is asked, in
//! German.

use super::examples::User;
pub use crate::ui::words::en::decisions::ExampleDecision;

/// All of them. A place in this list is a name that tests and people know: new ones go to its end.
pub const DECISIONS: [ExampleDecision; 8] = [
    ExampleDecision {
        user: User::Stakeholder,
        title: "Der Rückstand im Kundendienst",
        goal: "Am 30. Juni sind weniger als 50 Anfragen im Kundendienst offen",
        background: "Heute ist der 1. März, und 180 Anfragen sind offen. Sechs Leute erledigen rund 240 im Monat, 250 kommen \
                     herein. Wer neu anfängt, braucht zwei Monate zur Einarbeitung. Sechs von zehn Anfragen betreffen \
                     eine von zwölf immer gleichen Fragen.",
        options: &[
            "Zwei Leute einstellen",
            "Einen Hilfe-Assistenten auf die Website stellen",
            "Nur noch per E-Mail antworten, keine Anrufe mehr",
        ],
        seed: 0x21,
    },
    ExampleDecision {
        user: User::Stakeholder,
        title: "Der zweite Laden",
        goal: "In seinem zwölften Monat deckt der zweite Laden seine Kosten selbst",
        background: "Der erste Laden brauchte sieben Monate. In der Altstadt ist die Miete doppelt so hoch wie am Bahnhof; das \
                     Einkaufszentrum nimmt stattdessen ein Zehntel des Umsatzes. Zwei von drei Kunden kommen zu Fuß.",
        options: &["Altstadt", "Am Bahnhof", "Einkaufszentrum", "Nur online"],
        seed: 0x22,
    },
    ExampleDecision {
        user: User::Teacher,
        title: "Der Klassenausflug",
        goal: "Mindestens neun von zehn Kindern sagen danach, dass sie wieder mitgehen würden",
        background: "28 Kinder im Alter von 13 Jahren. Vier haben Höhenangst. Beim Museumstag im letzten Jahr wären 17 von 26 \
                     wieder mitgegangen.",
        options: &["Seilpark im Wald", "Technikmuseum", "Ein Tag am Theater"],
        seed: 0x23,
    },
    ExampleDecision {
        user: User::Teacher,
        title: "Hausaufgaben, die zurückkommen",
        goal: "Im Mai geben mindestens 24 von 28 Kindern alle Hausaufgaben ab",
        background: "Im Februar waren es 15 von 28. Wer eine nicht abgibt, hat sie nach eigenen Worten meist vergessen. Neun Kinder \
                     teilen ihr Zimmer mit Geschwistern.",
        options: &[
            "Eine Hausaufgabenstunde in der Schule",
            "Kürzere Hausaufgaben, dafür jeden Tag",
            "Ein Wochenplan, den die Eltern unterschreiben",
        ],
        seed: 0x24,
    },
    ExampleDecision {
        user: User::Sharer,
        title: "Das erste Konzert der Band",
        goal: "Mehr als 80 Leute kommen zum Konzert",
        background: "Die Band hat 300 Follower. Das Jugendzentrum fasst 120 Leute und ist bekannt; der Park kostet nichts, aber an \
                     vier von zehn Tagen regnet es. Zu befreundeten Bands kamen 60 und 95 Leute.",
        options: &["Freitagabend im Jugendzentrum", "Samstagnachmittag im Park"],
        seed: 0x25,
    },
    ExampleDecision {
        user: User::Sharer,
        title: "Abendessen für acht",
        goal: "Alle acht Gäste bitten um einen Nachschlag",
        background: "Zwei Gäste essen kein Fleisch, einer mag keinen Käse. In den Ofen passt eine große Form.",
        options: &["Gemüsecurry", "Lasagne", "Pizza, die alle selbst belegen"],
        seed: 0x26,
    },
    ExampleDecision {
        user: User::Researcher,
        title: "Wer eine Umfrage beantwortet",
        goal: "Innerhalb von drei Wochen haben mindestens 40\u{202f}% der Eingeladenen die Umfrage beantwortet",
        background: "600 Personen werden per Brief eingeladen. Frühere Umfragen dieser Art, ohne Anreiz: 22\u{202f}% und 27\u{202f}%. \
                     Das Budget beträgt insgesamt 3000 €.",
        options: &[
            "5 € in jedem Brief",
            "Eine Verlosung von zehnmal 300 €",
            "Zwei Erinnerungen per Brief",
            "Ein halb so langer Fragebogen",
        ],
        seed: 0x27,
    },
    ExampleDecision {
        user: User::Researcher,
        title: "Eine Falle: wer wofür ausgewählt wird",
        goal: "Der Patient ist innerhalb von zehn Tagen zu Hause",
        background: "Im letzten Jahr waren von der Normalstation 81\u{202f}% innerhalb von zehn Tagen zu Hause, von der Intensivstation \
                     38\u{202f}%. Die schwersten Fälle schicken die Ärzte auf die Intensivstation. Dieser Patient ist ein \
                     schwerer Fall.",
        options: &["Die Normalstation", "Die Intensivstation"],
        seed: 0x28,
    },
];

/// What the panel is asked about an option.
pub fn question(option: &str, goal: &str) -> String {
    format!("Wenn wir uns für „{option}“ entscheiden, wird dann dieses Ziel erreicht: „{goal}“?")
}

/// When that counts as a yes, and under which premise (mechanisms §9): the choice itself is no evidence.
pub fn criterion(option: &str, goal: &str) -> String {
    format!(
        "Ja, wenn Folgendes eintritt: „{goal}“. Nehmen Sie an, das Los unter den Optionen habe uns gezwungen, „{option}“ \
         umzusetzen und nichts anderes: Dass diese Option gezogen wurde, sagt nichts über die Lage aus."
    )
}

/// What every agent reads: the facts, and all options alike.
pub fn facts(background: &str, options: &[&str]) -> String {
    let list: Vec<String> = options.iter().map(|option| format!("„{option}“")).collect();
    let all = format!("Diese Optionen waren im Lostopf: {}.", list.join(", "));
    if background.is_empty() { all } else { format!("{background}\n\n{all}") }
}

/// Where the price of the option that is being asked stands.
pub fn so_far(price: f64) -> String {
    format!(": bisher {}", crate::ui::format::percent(price))
}
