//! The Ask form as plain data: what a person has typed so far, valid or not. Pure and native, so that its rules are
//! tested without a browser; it starts nothing.

mod asking;
mod build;
mod mode;
mod question;
mod seat;

pub use asking::Asking;
pub use build::{Built, DraftError, Field};
pub use mode::ModeDraft;
pub use seat::{Seat, SeatKind};

use crate::agents::{default_world, stop_rules};
use crate::belief::{Guard, Sizing, TraderKind};
use crate::evaluate::listing::ListedPrice;
use crate::market::{Cash, MAX_OUTCOMES, MIN_OUTCOMES, Maker};
use crate::run::{RunSpec, World};
use crate::session::ConnectionId;

/// Seats of the simulated panel on a first visit.
const SIMULATED_SEATS: usize = 8;
/// Seats of a panel of models that nobody has touched.
const MODEL_SEATS: usize = 3;

/// The connection that new models get, and its model.
pub type Preset<'a> = (ConnectionId, &'a str);

/// Which of the two panels runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelKind {
    /// Seeded traders that know nothing.
    Simulated,
    /// Language models.
    Models,
}

/// The rule that turns beliefs into trades, without its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizingRule {
    /// The trader's own evidence, discounted for what the panel shares.
    Evidence,
    /// A fraction of log utility.
    Kelly,
    /// Constant absolute risk aversion.
    Cara,
    /// As far as the purse reaches.
    RiskNeutral,
    /// Constant relative risk aversion.
    Crra,
}

impl SizingRule {
    /// Every rule.
    pub const ALL: [Self; 5] = [Self::Evidence, Self::Kelly, Self::Cara, Self::RiskNeutral, Self::Crra];
}

/// What the form holds. Numbers are texts: a half-typed number is not an error until somebody runs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The question.
    pub question: String,
    /// Facts for every agent.
    pub background: String,
    /// When which outcome counts.
    pub criterion: String,
    /// The names of the outcomes.
    pub outcomes: Vec<String>,
    /// The known answer.
    pub answer: Option<usize>,
    /// The example that the texts come from, while they still do.
    pub example: Option<usize>,
    /// What a market elsewhere says of the question, while it still is that one.
    pub listed: Option<ListedPrice>,
    /// How the panel comes to its answer.
    pub mode: ModeDraft,
    /// The panel that runs.
    pub panel: PanelKind,
    /// The simulated traders.
    pub simulated: Vec<Seat>,
    /// The models, once somebody has touched their roster.
    pub models: Option<Vec<Seat>>,
    /// Whether a person trades too.
    pub person: bool,
    /// Sixteen hexadecimal digits, or nothing: drawn afresh for each run.
    pub seed: String,
    /// The truth of the simulated world; `None` leaves it to the seed.
    pub hidden_truth: Option<usize>,
    /// Rounds; empty for the panel's default.
    pub rounds: String,
    /// ε in per cent.
    pub epsilon: String,
    /// The sizing rule.
    pub sizing: SizingRule,
    /// Its number; empty for the default.
    pub sizing_number: String,
    /// Which rule prices the outcomes.
    pub maker: Maker,
    /// What is done about agents that may mislead; only with evidence trades.
    pub guard: Guard,
    /// The weight of the prior in per cent; empty for the rule's default.
    pub prior_weight: String,
    /// Calls at most; empty for the panel's default.
    pub max_calls: String,
    /// Tokens at most; empty for the panel's default.
    pub max_tokens: String,
    /// How the models are asked.
    pub asking: Asking,
    /// US dollars at most; empty for no limit.
    pub max_cost: String,
    /// Seconds of work at most; empty for no limit.
    pub max_seconds: String,
    /// Seconds that anybody waits for one agent; empty for the usual. No part of the set-up: it changes no answer.
    pub patience: String,
    /// The rest of the simulated world.
    base_world: World,
    /// The liquidity of the set-up that filled the form, for as long as its terms are not touched.
    liquidity: Option<KeptLiquidity>,
    /// Names the next seat.
    next_seat: u64,
}

/// A liquidity with the terms that it belongs to: a rounded weight of the prior would not give it back exactly.
#[derive(Clone, Debug, PartialEq)]
struct KeptLiquidity {
    weight: String,
    purses: Cash,
    outcomes: usize,
    liquidity: Cash,
}

impl Default for Draft {
    fn default() -> Self {
        let mut draft = Self {
            question: String::new(),
            background: String::new(),
            criterion: String::new(),
            outcomes: yes_no(),
            answer: None,
            example: None,
            listed: None,
            mode: ModeDraft::default(),
            panel: PanelKind::Simulated,
            simulated: Vec::new(),
            models: None,
            person: false,
            seed: String::new(),
            hidden_truth: None,
            rounds: String::new(),
            epsilon: String::from("1"),
            sizing: SizingRule::Evidence,
            sizing_number: String::new(),
            maker: Maker::Lmsr,
            guard: Guard::None,
            prior_weight: String::new(),
            max_calls: String::new(),
            max_tokens: String::new(),
            asking: Asking::default(),
            max_cost: String::new(),
            max_seconds: String::new(),
            patience: String::new(),
            base_world: default_world(),
            liquidity: None,
            next_seat: 0,
        };
        let mut agents = crate::agents::simulated_panel(SIMULATED_SEATS - 1);
        // A trader that says anything would be the loudest on a first visit: it is there for whoever adds it.
        agents.push(crate::agents::simulated_agent(crate::ui::words::ask::EIGHTH_TRADER, TraderKind::Noisy));
        draft.simulated =
            agents.into_iter().map(|agent| Seat::from_agent(draft.new_seat_id(), &agent)).collect();
        draft
    }
}

/// The usual outcomes, in the page's language.
pub fn yes_no() -> Vec<String> {
    crate::ui::words::ask::YES_NO.map(str::to_owned).to_vec()
}

impl Draft {
    /// The form on a first visit: an example is filled in, and one press runs it.
    pub fn first_visit() -> Self {
        let mut draft = Self::default();
        draft.use_example(0);
        draft
    }

    /// One more outcome without a name.
    pub fn add_outcome(&mut self) {
        if self.outcomes.len() < MAX_OUTCOMES {
            self.outcomes.push(String::new());
        }
    }

    /// Removes an outcome and keeps the answer pointing at what it pointed at.
    pub fn remove_outcome(&mut self, place: usize) {
        if self.outcomes.len() <= MIN_OUTCOMES || place >= self.outcomes.len() {
            return;
        }
        self.outcomes.remove(place);
        let moved = |choice: Option<usize>| match choice {
            Some(choice) if choice == place => None,
            Some(choice) if choice > place => Some(choice - 1),
            other => other,
        };
        self.answer = moved(self.answer);
        self.hidden_truth = moved(self.hidden_truth);
    }

    /// The roster that runs. A panel of models that nobody has touched is three personas of `model`.
    pub fn seats(&self, connection: Option<Preset<'_>>) -> Vec<Seat> {
        match self.panel {
            PanelKind::Simulated => self.simulated.clone(),
            PanelKind::Models => self.models.clone().unwrap_or_else(|| Self::fresh_models(connection)),
        }
    }

    fn fresh_models(connection: Option<Preset<'_>>) -> Vec<Seat> {
        let Some((id, model)) = connection else { return Vec::new() };
        let seat = |(place, agent): (usize, crate::run::AgentSpec)| {
            let mut seat = Seat::from_agent(u64::MAX - place as u64, &agent);
            seat.connection = Some(id);
            seat
        };
        crate::agents::model_panel(model, MODEL_SEATS).into_iter().enumerate().map(seat).collect()
    }

    /// Changes the roster that runs.
    pub fn change_seats(&mut self, connection: Option<Preset<'_>>, change: impl FnOnce(&mut Vec<Seat>)) {
        match self.panel {
            PanelKind::Simulated => change(&mut self.simulated),
            PanelKind::Models => change(self.models.get_or_insert_with(|| Self::fresh_models(connection))),
        }
    }

    /// One more agent of the panel's kind.
    pub fn add_seat(&mut self, connection: Option<Preset<'_>>) {
        let id = self.new_seat_id();
        let place = self.seats(connection).len();
        if place >= crate::run::spec::MAX_AGENTS {
            return;
        }
        let agent = match self.panel {
            PanelKind::Simulated => crate::agents::simulated_panel(place + 1).pop(),
            PanelKind::Models => {
                Some(crate::agents::model_agent(connection.map_or("", |(_, model)| model), place))
            }
        };
        let Some(agent) = agent else { return };
        let mut seat = Seat::from_agent(id, &agent);
        seat.connection = connection.map(|(id, _)| id);
        self.change_seats(connection, |seats| seats.push(seat));
    }

    /// Rounds at most, as far as they can be told while somebody types.
    pub fn round_limit(&self) -> u32 {
        let usual = match self.panel {
            PanelKind::Simulated => stop_rules(&[]).max_rounds,
            PanelKind::Models => stop_rules(&[crate::agents::model_agent("", 0)]).max_rounds,
        };
        self.rounds.trim().parse().unwrap_or(usual)
    }

    fn new_seat_id(&mut self) -> u64 {
        self.next_seat += 1;
        self.next_seat
    }

    /// The form that would give this set-up again, for a run with changes.
    pub fn from_spec(spec: &RunSpec) -> Self {
        let mut draft = Self::default();
        draft.question.clone_from(&spec.question);
        draft.background.clone_from(&spec.background);
        draft.criterion.clone_from(&spec.criterion);
        draft.outcomes.clone_from(&spec.outcomes);
        draft.answer = spec.answer;
        draft.seed = spec.seed.to_string();
        draft.hidden_truth = spec.world.as_ref().and_then(|world| world.hidden_truth);
        if let Some(world) = &spec.world {
            draft.base_world = world.clone();
        }
        draft.asking = Asking::from_spec(spec);
        draft.mode = ModeDraft::from_mode(spec.mode);
        draft.take_panel(spec);
        draft.take_rules(spec);
        draft
    }

    fn take_panel(&mut self, spec: &RunSpec) {
        self.person = spec.agents.iter().any(|agent| agent.kind.is_person());
        let models = spec.agents.iter().any(|agent| agent.kind.is_model());
        let mut seats = Vec::new();
        for agent in spec.agents.iter().filter(|agent| !agent.kind.is_person()) {
            seats.push(Seat::from_agent(self.new_seat_id(), agent));
        }
        if models {
            self.panel = PanelKind::Models;
            self.models = Some(seats);
        } else if !seats.is_empty() {
            self.simulated = seats;
        }
    }

    fn take_rules(&mut self, spec: &RunSpec) {
        let defaults = stop_rules(&spec.agents);
        let rounds = spec.stop.max_rounds;
        self.rounds = if rounds == defaults.max_rounds { String::new() } else { rounds.to_string() };
        self.epsilon = build::percent_text(spec.stop.epsilon);
        self.max_calls = spec.stop.max_calls.map_or_else(String::new, |calls| calls.to_string());
        self.max_tokens = spec.stop.max_tokens.map_or_else(String::new, |tokens| tokens.to_string());
        let money = spec.stop.max_cost_micro_usd.map(|micros| micros as f64 / 1e6);
        self.max_cost = money.map_or_else(String::new, |dollars| dollars.to_string());
        self.max_seconds = spec.stop.max_seconds.map_or_else(String::new, |seconds| seconds.to_string());
        let (rule, number) = match spec.sizing {
            Sizing::Evidence { rho } => (SizingRule::Evidence, rho.to_string()),
            Sizing::Kelly { fraction } => (SizingRule::Kelly, fraction.to_string()),
            Sizing::Cara { tolerance } => (SizingRule::Cara, tolerance.to_string()),
            Sizing::RiskNeutral => (SizingRule::RiskNeutral, String::new()),
            Sizing::Crra { gamma } => (SizingRule::Crra, gamma.to_string()),
        };
        self.maker = spec.maker;
        self.guard = spec.guard.clone();
        self.sizing = rule;
        self.sizing_number = number;
        let usual = crate::agents::liquidity(&spec.sizing, spec.total_budget(), spec.outcome_count());
        if usual != spec.liquidity_micros {
            self.prior_weight = build::percent_text(spec.prior_weight());
            self.liquidity = Some(KeptLiquidity {
                weight: self.prior_weight.clone(),
                purses: spec.total_budget(),
                outcomes: spec.outcome_count(),
                liquidity: spec.liquidity_micros,
            });
        }
    }

    /// The world of the simulated traders.
    pub fn world(&self) -> World {
        World { hidden_truth: self.hidden_truth, ..self.base_world.clone() }
    }
}

/// Every kind of simulated trader, in the order of the form.
pub const TRADERS: [TraderKind; 9] = TraderKind::ALL;

#[cfg(test)]
mod tests;
