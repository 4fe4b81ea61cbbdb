//! Who sits on a panel unless the person who asks says otherwise: personas for language models, and kinds of
//! simulated traders. It does not know how a persona reaches a prompt or what a trader does with its signal.

use crate::belief::TraderKind;
use crate::market::Cash;
use crate::run::{AgentKind, AgentSpec, Elicitation, TokenPrice};

/// Every agent's purse unless it is set otherwise.
pub const BUDGET: Cash = Cash::from_units(100);
/// Sampling temperature of models unless it is set otherwise.
pub const TEMPERATURE: f64 = 0.7;
/// Tokens that an answer may take unless it is set otherwise: some 120 words of reasons and room to think.
pub const ANSWER_TOKENS: u32 = 1_200;

/// A point of view for a language model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persona {
    /// The agent's name.
    pub name: &'static str,
    /// What it is told to look at.
    pub text: &'static str,
}

/// Points of view that pull in different directions; the first three make the default panel. Personas of one model
/// remain one mind in several hats (mechanisms §3.7), which the default ρ takes into account.
pub const PERSONAS: [Persona; 8] = [
    Persona {
        name: "Base-rate historian",
        text: "You begin with how often such things happened before: name the reference class, its frequency, and \
               only then adjust for what is special in this case.",
    },
    Persona {
        name: "Domain engineer",
        text: "You look at how the thing works: the steps that must succeed, the constraints, the numbers, and \
               whether they fit together.",
    },
    Persona {
        name: "Sceptic",
        text: "You look for what is wrong with the obvious answer: hidden assumptions, ambiguous words, missing \
               evidence, and the strongest case for the other side. If it survives, you say so.",
    },
    Persona {
        name: "Fact checker",
        text: "You separate what is established from what is merely plausible, and rely on facts that could be \
               looked up.",
    },
    Persona {
        name: "Incentives economist",
        text: "You ask who wants what, what it costs them, and what they are likely to do.",
    },
    Persona {
        name: "Systems thinker",
        text: "You look for feedback, delays and side effects that a step-by-step view misses.",
    },
    Persona {
        name: "Plain reader",
        text: "You take the question exactly as it is worded and decided, and warn of answers to a different question.",
    },
    Persona {
        name: "Pre-mortem analyst",
        text: "You imagine that each outcome has happened and tell the most convincing story of how, then compare the \
               stories.",
    },
];

/// A language model with one of the personas (they repeat, numbered, beyond the eighth).
pub fn model_agent(model: &str, place: usize) -> AgentSpec {
    let persona = PERSONAS[place % PERSONAS.len()];
    AgentSpec {
        name: numbered(persona.name, place / PERSONAS.len()),
        budget_micros: BUDGET,
        kind: AgentKind::Model {
            model: model.to_owned(),
            temperature: Some(TEMPERATURE),
            max_tokens: ANSWER_TOKENS,
            persona: persona.text.to_owned(),
            evidence: String::new(),
            price: None::<TokenPrice>,
            elicitation: Elicitation::Stated,
        },
    }
}

/// A panel of one model with different personas.
pub fn model_panel(model: &str, count: usize) -> Vec<AgentSpec> {
    (0..count).map(|place| model_agent(model, place)).collect()
}

/// The default order of simulated traders: honest readers of every temper, no liars.
const SIMULATED: [(&str, TraderKind); 8] = [
    ("Clear", TraderKind::Bayesian),
    ("Blurry", TraderKind::Noisy),
    ("Bold", TraderKind::Overconfident),
    ("Timid", TraderKind::Underconfident),
    ("Follower", TraderKind::Herding),
    ("Contrary", TraderKind::Contrarian),
    ("Sober", TraderKind::Bayesian),
    ("Dicey", TraderKind::Random),
];

/// A simulated trader under a name of its own.
pub fn simulated_agent(name: &str, trader: TraderKind) -> AgentSpec {
    AgentSpec { name: name.to_owned(), budget_micros: BUDGET, kind: AgentKind::Simulated { trader } }
}

/// A panel of simulated traders of different kinds.
pub fn simulated_panel(count: usize) -> Vec<AgentSpec> {
    let member = |place: usize| {
        let (name, trader) = SIMULATED[place % SIMULATED.len()];
        simulated_agent(&numbered(name, place / SIMULATED.len()), trader)
    };
    (0..count).map(member).collect()
}

fn numbered(name: &str, repeat: usize) -> String {
    if repeat == 0 { name.to_owned() } else { format!("{name} {}", repeat + 1) }
}
