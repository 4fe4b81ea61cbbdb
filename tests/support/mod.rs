//! Finished runs to test with: simulated, and of language models whose answers are made up here, with every kind of
//! failure, every way to end, and a person at the table.
#![allow(dead_code, reason = "each test crate uses its own part")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a broken sample must fail its test at once")]

use credence::audit::{Head, canonical_bytes, digest_of};
use credence::belief::{Belief, Forecast, MILLION, Sizing, TraderKind};
use credence::market::{Cash, Order};
use credence::prng::{Prng, Seed};
use credence::run::{
    AgentKind, AgentReply, AgentSpec, AnswerFormat, CallRecord, Document, Failure, FailureKind, Input, Mode,
    ParseResult, PromptMessage, Purpose, Role, Run, RunSpec, StopRules, TokenPrice, World, with_simulated,
};

/// Headlines as models write them, none over 140 characters.
pub const HEADLINES: [&str; 15] = [
    "Test runs began in March as planned, and two comparable tram lines opened within a month of their first test runs, so yes is likely",
    "The permit for the harbour bridge is still unsigned; without it the line cannot carry passengers, and the ministry is known to be slow",
    "Base rate: of eleven European tram openings since 2010, seven slipped by more than a quarter, so I stay below even odds despite progress",
    "The operator has already hired and trained all forty drivers, which companies rarely do unless they expect to open within a few weeks",
    "Other agents overrate the permit risk: a provisional licence was enough in 2019 for the airport line and would be enough here as well",
    "The city's own schedule keeps six weeks of slack between the final inspection and June; half of it has been used up, the rest remains",
    "Local elections in May give the mayor a strong incentive to cut the ribbon before the vote, even if only part of the line is in service",
    "Price is too high given the unresolved signalling fault: the supplier announced a software fix for July, a month after the deadline",
    "A partial opening counts under the resolution criterion, which only asks for paying passengers, and the first section is complete",
    "Strikes at the power company could delay the connection of the second substation, although the first alone can feed a reduced service",
    "I moved towards the others: the historian's reference class is good, but these delays happened mostly before test runs had started",
    "No source confirms the opening date; the press release says spring, and spring has been stretched to late June in earlier projects",
    "Insurance for passenger service starts on the first of May, according to the council minutes, which is hard to explain without a plan",
    "The sceptic is right that nobody reports on the bridge, yet the absence of news after the inspection more likely means that it passed",
    "Both sides have a case; with a third of the slack left, one unsigned permit and a motivated mayor I end slightly above seventy percent",
];

pub fn spec(question: &str, agents: Vec<AgentSpec>) -> RunSpec {
    let simulated = agents.iter().any(|agent| matches!(agent.kind, AgentKind::Simulated { .. }));
    RunSpec {
        question: question.into(),
        background: String::new(),
        criterion: "Yes if paying passengers ride the line before 1 June.".into(),
        outcomes: vec!["Yes".into(), "No".into()],
        answer: None,
        mode: Mode::Market,
        seed: Seed::new(0x5eed_cafe_f00d_1234),
        liquidity_micros: Cash::from_micros(57_707_802),
        prior: Belief::uniform(2),
        sizing: Sizing::Evidence { rho: 0.3 },
        stop: StopRules {
            epsilon: 0.01,
            max_rounds: 8,
            max_calls: None,
            max_tokens: None,
            max_cost_micro_usd: None,
            max_seconds: None,
        },
        world: simulated.then_some(World {
            hidden_truth: None,
            signal_strength: 1.0,
            shared_noise: 0.3,
            looks: 5,
        }),
        agents,
        prompts: credence::run::Prompts::default(),
        reversed_question: String::new(),
        derived_from: None,
        maker: credence::market::Maker::Lmsr,
        guard: credence::belief::Guard::None,
    }
}

pub fn simulated(name: &str, trader: TraderKind) -> AgentSpec {
    AgentSpec {
        name: name.into(),
        budget_micros: Cash::from_units(100),
        kind: AgentKind::Simulated { trader },
    }
}

pub fn model(name: &str) -> AgentSpec {
    let kind = AgentKind::Model {
        model: "qwen2.5-coder-1.5b-instruct".into(),
        temperature: Some(0.7),
        max_tokens: 1_200,
        persona: format!("You are the {name}. You look for what the others miss."),
        evidence: "A note that only this agent has seen.".into(),
        price: Some(TokenPrice { input_micro_usd: 150_000, output_micro_usd: 600_000 }),
        elicitation: credence::run::Elicitation::Stated,
    };
    AgentSpec { name: name.into(), budget_micros: Cash::from_units(100), kind }
}

pub fn person() -> AgentSpec {
    AgentSpec { name: "You".into(), budget_micros: Cash::from_units(100), kind: AgentKind::Person }
}

pub fn simulated_panel() -> Vec<AgentSpec> {
    use TraderKind as K;
    [
        ("Clear", K::Bayesian),
        ("Blurry", K::Noisy),
        ("Bold", K::Overconfident),
        ("Timid", K::Underconfident),
        ("Follower", K::Herding),
        ("Contrary", K::Contrarian),
        ("Sober", K::Bayesian),
        ("Dicey", K::Random),
    ]
    .map(|(name, trader)| simulated(name, trader))
    .to_vec()
}

/// Plays simulated agents until the run is over.
pub fn play_out(spec: RunSpec) -> Run {
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let round = with_simulated(&run, Vec::new()).unwrap();
        run.advance(round).unwrap();
    }
    run
}

pub fn simulated_run() -> Run {
    play_out(spec("Will the harbour tram line open before June?", simulated_panel()))
}

/// Probabilities as models give them: two decimals.
pub fn belief(draws: &mut Prng, outcomes: usize) -> Belief {
    let mut hundredths = vec![1_u32; outcomes];
    for _ in outcomes..100 {
        hundredths[draws.below(outcomes as u64) as usize] += 1;
    }
    if outcomes == 2 {
        hundredths[0] = 5 + draws.below(91) as u32;
        hundredths[1] = 100 - hundredths[0];
    }
    Belief::from_millionths(hundredths.into_iter().map(|h| h * (MILLION / 100)).collect()).unwrap()
}

/// A model's answer with its call; every word a model could say.
pub fn answer(run: &Run, agent: usize, draws: &mut Prng) -> AgentReply {
    let outcomes = run.spec().outcome_count();
    let round = run.state().round();
    let words = HEADLINES[draws.below(15) as usize];
    let beliefs = belief(draws, outcomes);
    let forecast = Forecast {
        headline: words.into(),
        reasoning: format!("First, {words}. Second, the price speaks for itself — “{round}”.\nThird: 🚋."),
        evidence: vec!["Council minutes of 3 March".into(), words.chars().rev().collect()],
        predicted_mean_of_others: Some((30 + draws.below(50)) as f64 / 100.0),
        ..Forecast::wordless(beliefs)
    };
    AgentReply {
        agent,
        calls: vec![call(run, agent, Purpose::Forecast, ParseResult::Ok)],
        result: Ok(forecast.into()),
    }
}

pub fn call(run: &Run, agent: usize, purpose: Purpose, parse: ParseResult) -> CallRecord {
    let message = |role, content: &str| PromptMessage { role, content: content.into() };
    let lost = matches!(parse, ParseResult::NoReply { .. });
    CallRecord {
        round: run.state().round(),
        agent,
        purpose,
        model: "qwen2.5-coder-1.5b-instruct".into(),
        temperature: Some(0.7),
        max_tokens: 1_200,
        format: AnswerFormat::JsonSchema,
        prompt: vec![
            message(Role::System, "You forecast. Answer in JSON."),
            message(Role::User, &format!("Round {}: {}", run.state().round(), run.spec().question)),
        ],
        reply: if lost { String::new() } else { "{\"beliefs\":[0.62,0.38],\"headline\":\"…\"}".into() },
        finish_reason: (!lost).then(|| "stop".into()),
        prompt_tokens: (!lost).then_some(412),
        completion_tokens: (!lost).then_some(96),
        parse,
        first_token: Vec::new(),
        reused: None,
    }
}

pub fn failure(run: &Run, agent: usize, kind: FailureKind) -> AgentReply {
    let unreadable = ParseResult::Unreadable { problem: "the beliefs sum to 1.4".into() };
    let lost = ParseResult::NoReply { problem: "the server did not answer in 60 seconds".into() };
    let calls = match kind {
        FailureKind::Unparseable => vec![
            call(run, agent, Purpose::Forecast, unreadable.clone()),
            call(run, agent, Purpose::Repair, unreadable),
        ],
        FailureKind::Stopped => Vec::new(),
        limit if limit.limit().is_some() => Vec::new(),
        _ => vec![call(run, agent, Purpose::Forecast, lost)],
    };
    let message = format!("It went wrong ({kind:?}); check the server, then run again.");
    AgentReply { agent, calls, result: Err(Failure { kind, message }) }
}

/// Answers of every model for the round that is asked.
pub fn answers(run: &Run, draws: &mut Prng) -> Vec<AgentReply> {
    let model = |&agent: &usize| matches!(run.spec().agents[agent].kind, AgentKind::Model { .. });
    let asked: Vec<usize> = run.state().asked_agents().into_iter().filter(model).collect();
    asked.into_iter().map(|agent| answer(run, agent, draws)).collect()
}

/// A panel of models and one simulated trader to the end, whatever rule ends it; some answers fail.
pub fn model_run(spec: RunSpec, failing: &[(u32, usize, FailureKind)]) -> Run {
    let mut draws = spec.seed.stream("test/answers");
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let mut replies = answers(&run, &mut draws);
        for &(round, agent, kind) in failing {
            if round == run.state().round() {
                replies.retain(|reply| reply.agent != agent);
                replies.push(failure(&run, agent, kind));
            }
        }
        let round = with_simulated(&run, replies).unwrap();
        run.advance(round).unwrap();
    }
    run
}

/// A run with everything in it: three outcomes, models, a simulated trader, a person, every kind of failure.
pub fn eventful_spec() -> RunSpec {
    let agents =
        vec![model("Historian"), simulated("Clear", TraderKind::Bayesian), model("Engineer"), person()];
    RunSpec {
        background: "The line has been under construction since 2019.\n\n“Quotes”, ünïcode and 🚋.".into(),
        outcomes: vec!["Before June".into(), "In June".into(), "Later".into()],
        prior: Belief::from_weights(&[0.5, 0.2, 0.3]).unwrap(),
        answer: Some(1),
        ..spec("When will the harbour tram line open?", agents)
    }
}

pub fn eventful_run() -> Run {
    use FailureKind as F;
    let kinds =
        [F::Timeout, F::RateLimit, F::Unauthorised, F::Refusal, F::CutReply, F::Unparseable, F::Network];
    eventful_run_with(&kinds)
}

/// As many rounds as there are kinds of failure, one of them in each round.
pub fn eventful_run_with(kinds: &[FailureKind]) -> Run {
    let mut draws = Seed::new(5).stream("test/eventful");
    let mut run = Run::new(RunSpec { sizing: Sizing::Kelly { fraction: 0.25 }, ..eventful_spec() }).unwrap();
    run.advance(Input::Begin).unwrap();
    for &kind in kinds {
        if run.state().is_closed() {
            break;
        }
        let wanted = run.state().round() as usize % 2;
        run.advance(Input::PersonOrder(Order::buy(3, wanted, 3, 4.25).unwrap())).unwrap();
        let mut replies = answers(&run, &mut draws);
        replies[1] = failure(&run, 2, kind);
        let round = with_simulated(&run, replies).unwrap();
        run.advance(round).unwrap();
    }
    let held = run.state().market().ledger().account(3).unwrap().holdings.clone();
    let most = (0..3).max_by_key(|&outcome| held[outcome]).unwrap();
    let half = held[most].units() / 2.0;
    run.advance(Input::PersonOrder(Order::sell(3, most, &held, half).unwrap())).unwrap();
    run.advance(Input::Stop).unwrap();
    run
}

/// The attacker's tool: every digest from entry `from` (counted from 0) on, and the head, made right again.
pub fn rechain(document: &mut Document, from: usize) {
    let mut previous = match from {
        0 => digest_of(&document.header()).unwrap(),
        after => document.events[after - 1].digest,
    };
    for (place, entry) in document.events.iter_mut().enumerate().skip(from) {
        entry.seq = place as u64 + 1;
        let body = canonical_bytes(&serde_json::json!({"event": entry.event, "seq": entry.seq})).unwrap();
        entry.digest = previous.extend(&body);
        previous = entry.digest;
    }
    document.head = Head { seq: document.events.len() as u64, digest: previous };
}

/// A run's document with one event changed; chained anew, so that only the engine can notice.
pub fn tampered(run: &Run, place: usize, change: impl Fn(&mut serde_json::Value)) -> Document {
    let mut document = run.document().unwrap();
    change(&mut document.events[place].event);
    rechain(&mut document, 0);
    document
}
