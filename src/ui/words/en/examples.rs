//! The questions that the Ask page offers, by kind of user. All facts in the backgrounds are either invented, and then
//! about invented places, or common knowledge.

/// Whom an example speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// Shows a class how it works.
    Teacher,
    /// Passes a run on to friends.
    Sharer,
    /// Has to decide something.
    Stakeholder,
    /// Studies the method.
    Researcher,
}

impl User {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Sharer, Self::Teacher, Self::Stakeholder, Self::Researcher];
}

/// The heading of a user's examples.
pub fn user_title(user: User) -> &'static str {
    match user {
        User::Teacher => "For a class",
        User::Sharer => "To share with friends",
        User::Stakeholder => "For a decision at work",
        User::Researcher => "For research",
    }
}

/// A question ready to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whom it speaks to.
    pub user: User,
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

/// All of them; the first is filled in on a first visit. A place in this list is a name that tests and people know: new
/// ones go to its end.
pub const EXAMPLES: [Example; 12] = [
    Example {
        user: User::Sharer,
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
        user: User::Teacher,
        title: "The wall and the Moon",
        question: "Can the Great Wall of China be seen from the Moon with the naked eye?",
        background: "",
        criterion: "Yes if a person on the Moon's surface could make it out without any instrument.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x24,
    },
    Example {
        user: User::Teacher,
        title: "Wisdom of the crowd",
        question: "How many sweets are in the glass jar on the teacher's desk?",
        background: "The jar holds two litres. A sweet is about two centimetres long.",
        criterion: "Counted by hand at the end of the lesson.",
        outcomes: &["Under 150", "150 to 249", "250 to 349", "350 to 449", "450 or more"],
        answer: None,
        seed: 0x5f,
    },
    Example {
        user: User::Stakeholder,
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
        user: User::Stakeholder,
        title: "Which option?",
        question: "Which design will get the most sign-ups in the first month?",
        background: "A shows the product first, B a customer's story, C a price calculator. Past tests favoured short pages.",
        criterion: "The design with the most sign-ups by day 30, each shown to a third of the visitors.",
        outcomes: &["Design A", "Design B", "Design C"],
        answer: None,
        seed: 0x78,
    },
    Example {
        user: User::Stakeholder,
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
        user: User::Sharer,
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
        user: User::Researcher,
        title: "Mammoths and pyramids",
        question: "Were there still living mammoths when the Great Pyramid of Giza was built?",
        background: "",
        criterion: "Yes if a mammoth was alive anywhere on Earth in 2560 BC.",
        outcomes: YES_NO,
        answer: Some(0),
        seed: 0x3c,
    },
    Example {
        user: User::Teacher,
        title: "Ice in a full glass",
        question: "A glass is full to the brim with water and floating ice. Will it run over when the ice melts?",
        background: "The water is fresh, and nobody touches the glass.",
        criterion: "Yes if a dry sheet of paper under the glass is wet once all the ice has melted.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x26,
    },
    Example {
        user: User::Sharer,
        title: "The second season",
        question: "Will viewers rate the second season of “Harbour Lights” above the first?",
        background: "The first season was rated 7.8 of 10. The writer stays, the lead actor has left. Second seasons of the \
                     channel's five other series: two above the first, three below.",
        criterion: "Yes if the viewers' average four weeks after the last episode is 7.9 or more.",
        outcomes: YES_NO,
        answer: None,
        seed: 0x2c,
    },
    Example {
        user: User::Researcher,
        title: "An error that many share",
        question: "Is Philadelphia the capital of Pennsylvania?",
        background: "",
        criterion: "Yes if the government of the state has its seat there.",
        outcomes: YES_NO,
        answer: Some(1),
        seed: 0x41,
    },
    Example {
        user: User::Researcher,
        title: "The conjunction",
        question: "Which of these is more likely to be true of Linda?",
        background: "Linda is 31, single and outspoken. She has a degree in philosophy. As a student she cared about \
                     discrimination and social justice and marched in protests.",
        criterion: "The one with the higher probability by the laws of probability.",
        outcomes: &["She is a bank teller", "She is a bank teller and a feminist"],
        answer: Some(0),
        seed: 0x53,
    },
];
