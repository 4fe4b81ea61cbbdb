//! Words of the Ask page.

use crate::run::SpecError;
use crate::ui::draft::{DraftError, Field};

/// The name of a person on the panel.
pub const YOU: &str = "You";
/// The usual outcomes.
pub const YES_NO: [&str; 2] = ["Yes", "No"];
/// The eighth simulated trader of a first visit.
pub const EIGHTH_TRADER: &str = "Hazy";
/// The page's heading.
pub const HERO: &str = "Ask a question. Let a panel trade its way to an answer.";
/// What that means.
pub const LEAD: &str = "Every agent says in private what it believes, then backs it with play money on a market. The \
                        price that remains is the panel's answer, and you can check how it came about.";
/// The form.
pub const FORM: &str = "Your question";
/// Above the question.
pub const QUESTION: &str = "Question";
/// In the empty field.
pub const QUESTION_HINT: &str = "Will …? Which …? How many …?";
/// Above the outcomes.
pub const OUTCOMES: &str = "Possible answers";
/// Adds one.
pub const ADD_OUTCOME: &str = "Add an answer";
/// In the empty field of an outcome.
pub const OUTCOME_HINT: &str = "Another answer";
/// Above the examples.
pub const EXAMPLES: &str = "Or start from an example";
/// Beside the recorded run.
pub const RECORDED: &str = "Recorded";
/// Opens the recorded run.
pub const RECORDED_OPEN: &str = "Watch a real panel of language models, recorded earlier";
/// Opens a file.
pub const IMPORT: &str = "Open a run file…";
/// What happens then.
pub const IMPORT_HINT: &str = "Replay and check a run that somebody saved";
/// The file could not be read.
pub const IMPORT_FAILED: &str = "The file could not be opened";
/// What to do then.
pub const IMPORT_NEXT: &str =
    "Nothing was changed. Choose a run file that Credence exported, ending in .json.";
/// The sample could not be read.
pub const SAMPLE_FAILED: &str = "The recorded run could not be opened";
/// What to do then.
pub const SAMPLE_NEXT: &str = "Check the connection and try again; everything else works without it.";
/// The button.
pub const RUN: &str = "Run the panel";
/// Beside the button.
pub const RUN_KEYS: &str = "Ctrl or ⌘ + Enter";
/// How the panel comes to its answer.
pub const MODE: &str = "How they come to an answer";
/// A field.
pub const TURNS: &str = "Arguments at most";
/// Its explanation.
pub const TURNS_HINT: &str = "Trader turns N, 1 to 30; usually 10";
/// A field.
pub const TOLERANCE: &str = "Holds still within, points";
/// Its explanation.
pub const TOLERANCE_HINT: &str =
    "T over the last three estimates; usually 20, which noise alone passes almost always";
/// A field.
pub const READ_OUT: &str = "What counts as the answer";
/// Its choices.
pub const READ_OUTS: [&str; 2] = ["The last estimate", "The mean of the last three"];
/// A field.
pub const OBJECTIVE: &str = "What a trader is told to want";
/// Its choices.
pub const OBJECTIVES: [&str; 2] = [
    "The strongest accurate consideration not named yet",
    "The largest change, either way (the paper's wording)",
];
/// A switch.
pub const CROSS: &str = "Cross-examination";
/// What it does.
pub const CROSS_WHAT: &str = "a trader may question the one before, who must answer";
/// A switch.
pub const EITHER_SIDE: &str = "Traders argue either side";
/// What it does.
pub const EITHER_SIDE_WHAT: &str = "they are told to argue for each answer in turn";
/// A field.
pub const STOP_CHANCE: &str = "Chance to stop after a report, %";
/// Its explanation.
pub const STOP_CHANCE_HINT: &str = "α; usually 20. It is drawn from a sealed seed";
/// A field.
pub const FLAT: &str = "Last reporters with a flat fee";
/// Its explanation.
pub const FLAT_HINT: &str = "k, the reference among them; usually 1";
/// The panel.
pub const PANEL: &str = "Who answers";
/// A radio card.
pub const SIMULATED: &str = "Simulated traders";
/// What they are.
pub const SIMULATED_WHAT: &str =
    "Instant, free, no key. They know nothing about the world: they show how the market works.";
/// A radio card.
pub const MODELS: &str = "Language models";
/// What they are.
pub const MODELS_WHAT: &str =
    "Real answers from models that you connect, with your own key or on your own machine.";
/// Said of every simulated run before it starts.
pub const SIMULATED_NOTE: &str = "Simulated traders never read your question. Each gets noisy signals of a hidden truth that \
                                  you can set below or leave to the seed.";
/// No server is known yet.
pub const NO_CONNECTION: &str = "No model is connected yet";
/// What to do.
pub const NO_CONNECTION_WHAT: &str =
    "Connect any OpenAI-compatible server: a provider with your key, or a model on this machine.";
/// Where.
pub const NO_CONNECTION_GO: &str = "Connect a model…";
/// Below the cards.
pub const ROSTER: &str = "The panel";
/// One more.
pub const ADD_AGENT: &str = "Add an agent";
/// A person on the panel.
pub const I_TRADE: &str = "I trade too";
/// What that means.
pub const I_TRADE_WHAT: &str = "You get the same purse and can buy between rounds";
/// A column.
pub const NAME: &str = "Name";
/// A column.
pub const KIND: &str = "Kind";
/// A column.
pub const MODEL: &str = "Model";
/// A column.
pub const CONNECTION: &str = "Connection";
/// A column.
pub const BUDGET: &str = "Purse";
/// A field.
pub const PERSONA: &str = "Point of view";
/// A field.
pub const TEMPERATURE: &str = "Temperature";
/// A field.
pub const EVIDENCE: &str = "Evidence that only this agent sees";
/// Opens a model's fields.
pub const MORE_OF_AGENT: &str = "Point of view and evidence";
/// Said of one model under several names.
pub const ONE_MIND: &str = "These agents share one model: in tests, personas of one model agree almost perfectly. Their \
                            evidence is discounted accordingly; different models or different evidence help more.";
/// Said of several models.
pub const MANY_MINDS: &str =
    "Different models still share most of their errors, so their evidence is discounted.";
/// Opens the texts.
pub const TEXTS: &str = "Background and known answer";
/// Opens the rules.
pub const RULES: &str = "Rules of the market";
/// A field.
pub const BACKGROUND: &str = "Background";
/// Its explanation.
pub const BACKGROUND_HINT: &str = "Facts that every agent reads";
/// A field.
pub const CRITERION: &str = "What decides it";
/// Its explanation.
pub const CRITERION_HINT: &str = "When does which answer count as right?";
/// A field.
pub const ANSWER: &str = "Known answer";
/// Its explanation.
pub const ANSWER_HINT: &str = "Agents never see it; it pays out at the end";
/// No answer is known.
pub const ANSWER_NONE: &str = "Not known";
/// A field.
pub const TRUTH: &str = "Hidden truth";
/// Its explanation.
pub const TRUTH_HINT: &str = "What the simulated traders' signals point to";
/// The seed decides.
pub const TRUTH_SEED: &str = "Leave it to the seed";
/// A field.
pub const SEED: &str = "Seed";
/// Its explanation.
pub const SEED_HINT: &str = "The same seed gives the same run; empty for a new one each time";
/// While an example's own seed stands there.
pub const SEED_PICKED: &str = "This example's seed was picked because its run is worth watching. Clear it to see how \
                               an ordinary run goes";
/// A field.
pub const ROUNDS: &str = "Rounds at most";
/// A field.
pub const EPSILON: &str = "Smallest move, %";
/// Its explanation.
pub const EPSILON_HINT: &str =
    "Trades that would move a price by less are not made; a round without trades settles the run";
/// A field.
pub const SIZING: &str = "How a belief becomes a trade";
/// A field.
pub const PRIOR_WEIGHT: &str = "Weight of the starting price, %";
/// Its explanation.
pub const PRIOR_WEIGHT_HINT: &str = "How hard the price is to move, against all purses together";
/// A field.
pub const MAX_CALLS: &str = "Calls at most";
/// A field.
pub const MAX_TOKENS: &str = "Tokens at most";
/// A field.
pub const MAX_COST: &str = "Money at most, US$";
/// Its explanation.
pub const MAX_COST_HINT: &str = "Set aside before each call is sent, so it is never passed";
/// A field.
pub const MAX_SECONDS: &str = "Time at most, seconds";
/// Its explanation.
pub const MAX_SECONDS_HINT: &str = "While rounds are under way; a pause costs none of it";
/// A field.
pub const PATIENCE: &str = "Seconds for one agent";
/// Its explanation.
pub const PATIENCE_HINT: &str = "Retries and repair included; then the round goes on without it";
/// In the empty field.
pub const PATIENCE_USUAL: &str = "300";
/// In a field whose empty value means no limit.
pub const NO_LIMIT: &str = "no limit";
/// In a field whose empty value means something.
pub const AUTOMATIC: &str = "automatic";
/// A new question, in an empty field.
pub const FRESH: &str = "new each time";

/// The title of an example's button, for people who listen.
pub fn remove_outcome(number: usize) -> String {
    format!("Remove answer {number}")
}

/// The name of an outcome's field.
pub fn outcome(number: usize) -> String {
    format!("Answer {number}")
}

/// Removes an agent.
pub fn remove_agent(name: &str) -> String {
    format!("Remove {name}")
}

/// The ρ that the panel gets.
pub fn rho(rho: f64) -> String {
    format!("Shared evidence ρ = {rho:.2}")
}

/// The sentence beside the button while there is nothing to count: what a press will do.
pub fn estimate(agents: usize, rounds: u32, models: bool) -> String {
    let plural = if agents == 1 { "agent" } else { "agents" };
    let cost = if models { "" } else { ", no calls, no cost" };
    format!("{agents} {plural}, at most {rounds} rounds{cost}")
}

/// The same for a mode in which agents speak in turns.
pub fn estimate_turns(agents: usize, answers: u32, models: bool) -> String {
    let plural = if agents == 1 { "agent" } else { "agents" };
    if models {
        format!("{agents} {plural} in turn: at most {answers} calls")
    } else {
        format!("{agents} {plural} in turn, at most {answers} turns, no calls, no cost")
    }
}

/// The title of the error and what to do about it.
pub fn draft_error(error: &DraftError) -> (String, &'static str) {
    let at_field = "Change it and run again.";
    match error {
        DraftError::NoQuestion => ("There is no question yet".into(), "Type one, or choose an example."),
        DraftError::NoConnection => (NO_CONNECTION.into(), "Open Settings, add a connection and save it."),
        DraftError::NoModel(name) => {
            (format!("{name} has no model"), "Type the model's name as its server knows it, then run again.")
        }
        DraftError::BadNumber(field) => (field_problem(*field), at_field),
        DraftError::Template(part, error) => {
            (super::asking::template_problem(*part, error), "Change its words, or take the usual ones back.")
        }
        DraftError::Spec(SpecError::OutcomeName(number)) => {
            (format!("Answer {number} has no name of its own"), "Every answer needs a different name.")
        }
        DraftError::Spec(error) => (format!("This cannot run: {error}"), at_field),
    }
}

fn field_problem(field: Field) -> String {
    let (name, expected) = match field {
        Field::Seed => (SEED, "up to 16 of the digits 0–9 and a–f"),
        Field::Rounds => (ROUNDS, "a whole number from 1 to 100"),
        Field::Epsilon => (EPSILON, "a number from 0 to 100"),
        Field::SizingNumber => (SIZING, "a number"),
        Field::PriorWeight => (PRIOR_WEIGHT, "a number from 0 to 99"),
        Field::MaxCalls => (MAX_CALLS, "a whole number"),
        Field::MaxTokens => (MAX_TOKENS, "a whole number"),
        Field::Mode => (MODE, "whole turns and reporters, and shares from 0 to 100"),
        Field::MaxCost => (MAX_COST, "a number of dollars"),
        Field::MaxSeconds => (MAX_SECONDS, "a whole number of seconds, 1 or more"),
        Field::Patience => (PATIENCE, "a whole number of seconds from 1 to 3600"),
        Field::Budget => (BUDGET, "an amount of play money"),
        Field::Temperature => (TEMPERATURE, "a number from 0 to 2, or nothing"),
    };
    format!("“{name}” needs {expected}")
}
