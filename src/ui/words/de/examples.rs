//! The questions that the Ask page offers, by kind of user, in German. All facts in the backgrounds are either invented,
//! and then about invented places, or common knowledge.

pub use crate::ui::words::en::examples::{Example, User};

/// The heading of a user's examples.
pub fn user_title(user: User) -> &'static str {
    match user {
        User::Teacher => "Für den Unterricht",
        User::Sharer => "Zum Teilen mit Freunden",
        User::Stakeholder => "Für eine Entscheidung im Beruf",
        User::Researcher => "Für die Forschung",
    }
}

const YES_NO: &[&str] = &["Ja", "Nein"];

/// All of them; the first is filled in on a first visit. A place in this list is a name that tests and people know: new
/// ones go to its end.
pub const EXAMPLES: [Example; 12] = [
    Example {
        user: User::Sharer,
        title: "Die Tramlinie",
        question: "Wird die Tramlinie zum Hafen vor Juni eröffnet?",
        background: "Die Testfahrten begannen am 3. März, wie geplant. Der Zeitplan hat sechs Wochen Reserve. Die Genehmigung für \
                     die letzte Brücke ist noch nicht unterschrieben. Zwei vergleichbare Linien wurden binnen eines Monats \
                     nach ihren Testfahrten eröffnet.",
        criterion: "Ja, wenn Fahrgäste spätestens am 31. Mai auf der ganzen Linie fahren können.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x22,
    },
    Example {
        user: User::Teacher,
        title: "Die Mauer und der Mond",
        question: "Kann man die Chinesische Mauer vom Mond aus mit bloßem Auge sehen?",
        background: "",
        criterion: "Ja, wenn ein Mensch auf der Mondoberfläche sie ohne jedes Hilfsmittel erkennen könnte.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x24,
    },
    Example {
        user: User::Teacher,
        title: "Die Weisheit der Vielen",
        question: "Wie viele Bonbons sind im Glas auf dem Lehrerpult?",
        background: "Das Glas fasst zwei Liter. Ein Bonbon ist etwa zwei Zentimeter lang.",
        criterion: "Am Ende der Stunde von Hand gezählt.",
        outcomes: &["Unter 150", "150 bis 249", "250 bis 349", "350 bis 449", "450 oder mehr"],
        answer: None,
        seed: 0x5f,
    },
    Example {
        user: User::Stakeholder,
        title: "Vier Tage in der Woche",
        question: "Schafft unser Team pro Woche gleich viel, wenn es ein Quartal lang nur vier Tage arbeitet?",
        background: "Das Team hat 14 Leute und betreut Kunden von Montag bis Freitag. Zwei ähnliche Firmen haben es im letzten \
                     Jahr versucht; eine ist dabei geblieben.",
        criterion: "Ja, wenn in dem Quartal pro Woche mindestens 95\u{202f}% so viele Anfragen erledigt werden wie im gleichen \
                    Quartal des Vorjahrs.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x2b,
    },
    Example {
        user: User::Stakeholder,
        title: "Welcher Entwurf?",
        question: "Welcher Entwurf bringt im ersten Monat die meisten Anmeldungen?",
        background: "A zeigt zuerst das Produkt, B die Geschichte einer Kundin, C einen Preisrechner. In früheren Tests schnitten \
                     kurze Seiten besser ab.",
        criterion: "Der Entwurf mit den meisten Anmeldungen bis zum 30. Tag; jeder wird einem Drittel der Besucher gezeigt.",
        outcomes: &["Entwurf A", "Entwurf B", "Entwurf C"],
        answer: None,
        seed: 0x78,
    },
    Example {
        user: User::Stakeholder,
        title: "Die neue Version",
        question: "Erscheint Version 4 bis zum Ende des Quartals?",
        background: "Nach acht von dreizehn Wochen sind elf von sechzehn Funktionen fertig. Die letzten beiden Versionen kamen 9 \
                     und 16 Tage zu spät. Niemand hat Urlaub.",
        criterion: "Ja, wenn Version 4 am letzten Tag des Quartals öffentlich verfügbar ist.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x40,
    },
    Example {
        user: User::Sharer,
        title: "Das Finale",
        question: "Wer gewinnt das Roboterrennen der Schule?",
        background: "Der Roboter von Ada war im Training der schnellste und blieb einmal liegen. Der von Borges ist noch nie \
                     liegen geblieben. Der von Curie hat seit gestern neue Räder. Der von Darwin ist schwer, und auf der \
                     Strecke gibt es eine Rampe.",
        criterion: "Der erste Roboter im Ziel; bei Gleichstand wird das Rennen wiederholt.",
        outcomes: &["Ada", "Borges", "Curie", "Darwin"],
        answer: None,
        seed: 0x43,
    },
    Example {
        user: User::Researcher,
        title: "Mammuts und Pyramiden",
        question: "Gab es noch lebende Mammuts, als die Cheops-Pyramide gebaut wurde?",
        background: "",
        criterion: "Ja, wenn im Jahr 2560 v. Chr. irgendwo auf der Erde ein Mammut lebte.",
        outcomes: YES_NO,
        answer: Some(0),
        seed: 0x3c,
    },
    Example {
        user: User::Teacher,
        title: "Eis im vollen Glas",
        question: "Ein Glas ist bis zum Rand mit Wasser und schwimmendem Eis gefüllt. Läuft es über, wenn das Eis schmilzt?",
        background: "Es ist Süßwasser, und niemand berührt das Glas.",
        criterion: "Ja, wenn ein trockenes Blatt Papier unter dem Glas nass ist, sobald alles Eis geschmolzen ist.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x26,
    },
    Example {
        user: User::Sharer,
        title: "Die zweite Staffel",
        question: "Wird das Publikum die zweite Staffel von „Hafenlichter“ besser bewerten als die erste?",
        background: "Die erste Staffel erhielt 7,8 von 10 Punkten. Die Autorin bleibt, der Hauptdarsteller ist gegangen. Bei den \
                     fünf anderen Serien des Senders lag die zweite Staffel zweimal über der ersten, dreimal darunter.",
        criterion: "Ja, wenn die mittlere Bewertung des Publikums vier Wochen nach der letzten Folge bei 7,9 oder höher liegt.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x2c,
    },
    Example {
        user: User::Researcher,
        title: "Ein verbreiteter Irrtum",
        question: "Ist Philadelphia die Hauptstadt von Pennsylvania?",
        background: "",
        criterion: "Ja, wenn die Regierung des Bundesstaats dort ihren Sitz hat.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x41,
    },
    Example {
        user: User::Researcher,
        title: "Die Konjunktion",
        question: "Was trifft eher auf Linda zu?",
        background: "Linda ist 31, ledig und sagt offen ihre Meinung. Sie hat Philosophie studiert. Als Studentin beschäftigte sie \
                     sich mit Diskriminierung und sozialer Gerechtigkeit und ging auf Demonstrationen.",
        criterion: "Die Aussage, die nach den Gesetzen der Wahrscheinlichkeit die wahrscheinlichere ist.",
        outcomes: &["Sie ist Bankangestellte", "Sie ist Bankangestellte und Feministin"],
        answer: Some(0),
        seed: 0x53,
    },
];
