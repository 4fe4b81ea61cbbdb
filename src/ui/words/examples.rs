//! The questions that the Ask page offers, by kind of use. All facts in the backgrounds are either invented, and then
//! about invented places, or common knowledge.

/// A question ready to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What such a question is for.
    pub kind: &'static str,
    /// A short name for the button.
    pub title: &'static str,
    /// The question.
    pub question: &'static str,
    /// Facts for every agent.
    pub background: &'static str,
    /// When which outcome counts.
    pub criterion: &'static str,
    /// The outcomes.
    pub outcomes: &'static [&'static str],
    /// The known answer.
    pub answer: Option<usize>,
    /// A seed with a story worth watching.
    pub seed: u64,
}

const YES_NO: &[&str] = &["Yes", "No"];

/// All of them; the first is filled in on a first visit.
pub const EXAMPLES: [Example; 8] = [
    Example {
        kind: "Forecast",
        title: "The tram line",
        question: "Will the harbour tram line open before June?",
        background: "Test runs began on 3 March, as planned. The schedule has six weeks of slack. The permit for the last \
                     bridge is not signed yet. Two comparable lines opened within a month of their test runs.",
        criterion: "Yes if passengers can ride the whole line on or before 31 May.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x22,
    },
    Example {
        kind: "Classroom",
        title: "The wall and the Moon",
        question: "Can the Great Wall of China be seen from the Moon with the naked eye?",
        background: "",
        criterion: "Yes if a person on the Moon's surface could make it out without any instrument.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x24,
    },
    Example {
        kind: "Classroom",
        title: "Wisdom of the crowd",
        question: "How many sweets are in the glass jar on the teacher's desk?",
        background: "The jar holds two litres. A sweet is about two centimetres long.",
        criterion: "Counted by hand at the end of the lesson.",
        outcomes: &["Under 150", "150 to 249", "250 to 349", "350 to 449", "450 or more"],
        answer: None,
        seed: 0x5f,
    },
    Example {
        kind: "Decision",
        title: "Four days a week",
        question: "Will output per week stay the same if our team tries a four-day week for a quarter?",
        background: "The team has 14 people and supports customers from Monday to Friday. Two similar companies tried it \
                     last year; one kept it.",
        criterion: "Yes if closed tickets per week in the quarter are at least 95 % of the same quarter a year ago.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x2b,
    },
    Example {
        kind: "Decision",
        title: "Which option?",
        question: "Which design will get the most sign-ups in the first month?",
        background: "A shows the product first, B a customer's story, C a price calculator. Past tests favoured short pages.",
        criterion: "The design with the most sign-ups by day 30, each shown to a third of the visitors.",
        outcomes: &["Design A", "Design B", "Design C"],
        answer: None,
        seed: 0x78,
    },
    Example {
        kind: "Forecast",
        title: "The release",
        question: "Will version 4 ship by the end of the quarter?",
        background: "Eleven of sixteen features are done after eight of thirteen weeks. The last two releases were 9 and 16 \
                     days late. Nobody is on leave.",
        criterion: "Yes if version 4 is public on the last day of the quarter.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x40,
    },
    Example {
        kind: "Forecast",
        title: "The final",
        question: "Who will win the school's robot race?",
        background: "Ada's robot was fastest in practice and broke down once. Borges's has never broken down. Curie's got new \
                     wheels yesterday. Darwin's is heavy and the course has a ramp.",
        criterion: "The first robot over the line; a tie is run again.",
        outcomes: &["Ada", "Borges", "Curie", "Darwin"],
        answer: None,
        seed: 0x43,
    },
    Example {
        kind: "Research",
        title: "Mammoths and pyramids",
        question: "Were there still living mammoths when the Great Pyramid of Giza was built?",
        background: "",
        criterion: "Yes if a mammoth was alive anywhere on Earth in 2560 BC.",
        outcomes: YES_NO,
        answer: Some(0),
        seed: 0x3c,
    },
];
