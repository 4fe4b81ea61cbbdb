//! The decisions that the Decide page offers, by kind of user (all facts are invented), and what a panel is asked.

use super::examples::User;

/// A decision ready to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExampleDecision {
    /// Whom it speaks to.
    pub user: User,
    /// A short name for the button.
    pub title: &'static str,
    /// What is to be reached.
    pub goal: &'static str,
    /// What the panel should know.
    pub background: &'static str,
    /// The options.
    pub options: &'static [&'static str],
    /// A seed with a result worth seeing.
    pub seed: u64,
}

/// All of them. A place in this list is a name that tests and people know: new ones go to its end.
pub const DECISIONS: [ExampleDecision; 8] = [
    ExampleDecision {
        user: User::Stakeholder,
        title: "The support backlog",
        goal: "On 30 June fewer than 50 support tickets are open",
        background: "Today is 1 March and 180 tickets are open. Six people close about 240 a month, and 250 come in. A new \
                     colleague needs two months to get up to speed. Six in ten tickets ask one of the same twelve questions.",
        options: &[
            "Hire two people",
            "Put a help assistant on the site",
            "Answer by mail only, no more calls",
        ],
        seed: 0x21,
    },
    ExampleDecision {
        user: User::Stakeholder,
        title: "The second shop",
        goal: "In its twelfth month the second shop covers its own costs",
        background: "The first shop took seven months. Rent in the old town is twice that at the station; the shopping centre \
                     takes a tenth of the turnover instead. Two in three customers come on foot.",
        options: &["Old town", "At the station", "Shopping centre", "Only online"],
        seed: 0x22,
    },
    ExampleDecision {
        user: User::Teacher,
        title: "The class trip",
        goal: "At least nine in ten pupils say afterwards that they would go again",
        background: "28 pupils of age 13. Four are afraid of heights. Last year's museum day: 17 of 26 would have gone again.",
        options: &["Rope course in the forest", "Science museum", "A day at the theatre"],
        seed: 0x23,
    },
    ExampleDecision {
        user: User::Teacher,
        title: "Homework that comes back",
        goal: "In May at least 24 of 28 pupils hand in every piece of homework",
        background: "In February it was 15 of 28. Most who miss one say that they forgot it. Nine pupils share a room with \
                     brothers and sisters.",
        options: &[
            "A homework hour at school",
            "Shorter homework every day",
            "A weekly plan that parents sign",
        ],
        seed: 0x24,
    },
    ExampleDecision {
        user: User::Sharer,
        title: "The band's first concert",
        goal: "More than 80 people come to the concert",
        background: "The band has 300 followers. The youth centre holds 120 and is known; the park is free but it rains on four \
                     days in ten. Friends' bands drew 60 and 95.",
        options: &["Friday evening at the youth centre", "Saturday afternoon in the park"],
        seed: 0x25,
    },
    ExampleDecision {
        user: User::Sharer,
        title: "Dinner for eight",
        goal: "All eight guests ask for more",
        background: "Two guests eat no meat, one does not like cheese. The oven holds one large dish.",
        options: &["Vegetable curry", "Lasagne", "Pizza that everybody tops alone"],
        seed: 0x26,
    },
    ExampleDecision {
        user: User::Researcher,
        title: "Who answers a survey",
        goal: "Within three weeks at least 40 % of those invited have answered the survey",
        background: "600 people are invited by letter. Earlier surveys of the same kind, without an incentive: 22 % and 27 %. \
                     The budget allows 3,000 € in all.",
        options: &[
            "5 € in every letter",
            "A draw for ten times 300 €",
            "Two reminders by letter",
            "A form of half the length",
        ],
        seed: 0x27,
    },
    ExampleDecision {
        user: User::Researcher,
        title: "A trap: who is chosen for what",
        goal: "The patient is at home within ten days",
        background: "Last year 81 % of those on the ordinary ward were at home within ten days, and 38 % of those in intensive \
                     care. Doctors send the most severe cases to intensive care. This patient is a severe case.",
        options: &["The ordinary ward", "Intensive care"],
        seed: 0x28,
    },
];

/// What the panel is asked about an option.
pub fn question(option: &str, goal: &str) -> String {
    format!("If we choose “{option}”, will this goal be met: “{goal}”?")
}

/// When that counts as a yes, and under which premise (mechanisms §9): the choice itself is no evidence.
pub fn criterion(option: &str, goal: &str) -> String {
    format!(
        "Yes if this comes true: “{goal}”. Assume that a lottery among the options forced us to do “{option}” and nothing \
         else: that it was picked says nothing about the situation."
    )
}

/// What every agent reads: the facts, and all options alike.
pub fn facts(background: &str, options: &[&str]) -> String {
    let list: Vec<String> = options.iter().map(|option| format!("“{option}”")).collect();
    let all = format!("These options were in the lottery: {}.", list.join(", "));
    if background.is_empty() { all } else { format!("{background}\n\n{all}") }
}

/// Where the price of the option that is being asked stands.
pub fn so_far(price: f64) -> String {
    format!(": {} so far", crate::ui::format::percent(price))
}
