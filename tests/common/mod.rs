//! The golden runs and checksums that every build must reproduce: `run_golden.rs` asserts them natively and
//! `wasm_golden.rs` in a browser, from this one table. A change of any of these literals is a change of the engine:
//! raise `run::ENGINE` with it, once runs of the old one exist.
#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod lab;
pub mod turns;

use credence::belief::{Belief, Forecast, Sizing, TraderKind};
use credence::market::{Cash, Lmsr, Order, Shares, math};
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentReply, AgentSpec, AnswerFormat, CallRecord, Failure, FailureKind, Input, Mode,
    ParseResult, PromptMessage, Purpose, Role, Run, RunSpec, StopRules, TokenPrice, World, with_simulated,
};

/// A run that every build computes alike: its name, how to make it, and the head it must have.
pub struct Golden {
    pub name: &'static str,
    pub run: fn() -> Run,
    pub seq: u64,
    pub digest: &'static str,
}

pub const RUNS: [Golden; 10] = [
    Golden {
        name: "every kind of simulated trader, two outcomes",
        run: every_kind,
        seq: 213,
        digest: "ca759c03751ebece80b6c56f95cfb6513306fa5497411350e552e43d58c1d17d",
    },
    Golden {
        name: "five outcomes, quarter Kelly",
        run: five_outcomes,
        seq: 153,
        digest: "c75e5522210d37d1f2975d56600019fc5d6835cd54beffb949540ee50cb73e4b",
    },
    Golden {
        name: "models, a failure, a person, Stop",
        run: scripted_models,
        seq: 29,
        digest: "5dda48f58fbf6765464485c2399be8ad1bece7772da47edacf1718eb319c2be1",
    },
    Golden {
        name: "every kind of simulated trader as maker and traders",
        run: turns::simulated_maker_trader,
        seq: 94,
        digest: "fdc387e4d695f98ee7e6dd806d8293089953aacf666e3824f0cfe19b408e5c36",
    },
    Golden {
        name: "every kind of simulated trader reports in turn",
        run: turns::simulated_self_resolving,
        seq: 39,
        digest: "9183311cf104cd071920c34e0fbada07f58c7e3081198a37b6fbb6b285b99fb1",
    },
    Golden {
        name: "simulated votes",
        run: turns::simulated_votes,
        seq: 21,
        digest: "495df7dc4e5b58610ccccd2ed11214053b0509d35f72cf41ee12bebacd9c3a48",
    },
    Golden {
        name: "simulated debate with a judge",
        run: turns::simulated_judge,
        seq: 18,
        digest: "d41bf33905656315731d13388baaf2f4b2b9ae0fb7ccb92ebd6e25fe02604893",
    },
    Golden {
        name: "models as maker and traders, cross-examined",
        run: turns::scripted_maker_trader,
        seq: 92,
        digest: "528f5f987d0ebc8286b8a71f80ff53ea9105d55c41bacfdb75cc065d3da3953a",
    },
    Golden {
        name: "models report in turn",
        run: turns::scripted_self_resolving,
        seq: 33,
        digest: "874b42783bd5320ff42adb683f4b58d2f1427a4382936c9665800e1dafeb92db",
    },
    Golden {
        name: "models debate",
        run: turns::scripted_panel_debate,
        seq: 51,
        digest: "e2f98f06fd8e2a8565d11a0e357662848d8b7d872ac5bdb3e3405353fe1b02b8",
    },
];

/// Outcomes, and the checksum over the cost bits of 100,000 purchases on a book with so many.
pub const PURCHASES: [(u32, u64); 4] = [
    (2, 0x80ae_a040_bdc3_d1d3),
    (4, 0xe67d_3d81_3bd4_fde0),
    (10, 0x51b4_34ef_65ef_a66d),
    (50, 0x0b47_59d1_026a_6532),
];

/// The checksum over the bits of every function in `market::math`, at 20,000 inputs each.
pub const MATH: u64 = 0xfd2a_61f7_a771_c29e;

pub fn check_runs() {
    for Golden { name, run, seq, digest } in RUNS {
        let head = run().head();
        assert_eq!((head.seq, head.digest.to_string().as_str()), (seq, digest), "{name}");
    }
}

pub fn check_purchases() {
    for (outcomes, expected) in PURCHASES {
        let actual = purchases(outcomes);
        assert_eq!(actual, expected, "{actual:#018x} at {outcomes} outcomes");
    }
}

pub fn check_math() {
    let actual = math_bits();
    assert_eq!(actual, MATH, "{actual:#018x}");
}

/// FNV-1a over 64-bit words.
struct Checksum(u64);

impl Checksum {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, number: f64) {
        // NaN has many bit patterns, and nothing says which one a machine makes.
        assert!(!number.is_nan());
        self.0 = (self.0 ^ number.to_bits()).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

fn purchases(outcomes: u32) -> u64 {
    let mut book = Lmsr::new(100.0, &vec![1.0 / f64::from(outcomes); outcomes as usize]);
    let mut draws = Seed::new(u64::from(outcomes)).stream("golden/purchases");
    let mut checksum = Checksum::new();
    for trade in 1..=100_000_u32 {
        let outcome = draws.below(u64::from(outcomes)) as usize;
        // Every so often an order beyond the guard of the incremental weights.
        let most = if trade % 5_000 == 0 { 20_000_000_000 } else { 20_000_000 };
        checksum.add(book.buy(outcome, Shares::from_micros(1 + draws.below(most) as i64)));
    }
    checksum.0
}

fn math_bits() -> u64 {
    let mut draws = Seed::new(1).stream("golden/math");
    let mut checksum = Checksum::new();
    for _ in 0..20_000 {
        let p = math::unit_open(draws.next_u64());
        let x = 1_500.0 * (p - 0.5);
        for value in
            [math::exp(x), math::exp(p), math::exp_m1(x), math::exp_m1(p), math::ln(p), math::ln_1p(p)]
        {
            checksum.add(value);
        }
        for value in [math::ln_grown(7.0, 8.0 * p * p), math::logit(p), math::logistic(x), math::sqrt(p)] {
            checksum.add(value);
        }
        checksum.add(math::wright_omega(x));
        checksum.add(math::standard_normal([draws.next_u64(), draws.next_u64()]));
        checksum.add(math::log_sum_exp(&[x, p, -x]));
    }
    checksum.0
}

fn spec(question: &str, outcomes: &[&str], agents: Vec<AgentSpec>) -> RunSpec {
    RunSpec {
        question: question.into(),
        background: String::new(),
        criterion: String::new(),
        outcomes: outcomes.iter().map(|&name| name.into()).collect(),
        answer: None,
        mode: Mode::Market,
        seed: Seed::new(0x0c0f_fee0_dead_10cc),
        liquidity_micros: Cash::from_units(60),
        prior: Belief::uniform(outcomes.len()),
        sizing: Sizing::Evidence { rho: 0.3 },
        stop: StopRules {
            epsilon: 0.001,
            max_rounds: 10,
            max_calls: None,
            max_tokens: None,
            max_cost_micro_usd: None,
            max_seconds: None,
        },
        world: Some(World { hidden_truth: None, signal_strength: 1.5, shared_noise: 0.3, looks: 10 }),
        agents,
        prompts: credence::run::Prompts::default(),
        reversed_question: String::new(),
        derived_from: None,
        maker: credence::market::Maker::Lmsr,
        guard: credence::belief::Guard::None,
    }
}

fn agent(name: &str, kind: AgentKind) -> AgentSpec {
    AgentSpec { name: name.into(), budget_micros: Cash::from_units(100), kind }
}

fn simulated(trader: TraderKind) -> AgentSpec {
    agent(&format!("{trader:?}"), AgentKind::Simulated { trader })
}

fn play_out(spec: RunSpec) -> Run {
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    while !run.state().is_closed() {
        let replies = with_simulated(&run, Vec::new()).unwrap();
        run.advance(replies).unwrap();
    }
    run
}

fn every_kind() -> Run {
    let panel = TraderKind::ALL.map(simulated).to_vec();
    play_out(spec("Will the ferry sail?", &["Yes", "No"], panel))
}

fn five_outcomes() -> Run {
    use TraderKind as K;
    let panel =
        [K::Bayesian, K::Noisy, K::Overconfident, K::Herding, K::Contrarian, K::Random].map(simulated);
    let world = World { hidden_truth: Some(3), signal_strength: 2.0, shared_noise: 0.5, looks: 4 };
    let base = spec("Which boat wins?", &["Ann", "Bea", "Cor", "Dot", "Eva"], panel.to_vec());
    play_out(RunSpec {
        prior: Belief::from_weights(&[5.0, 4.0, 3.0, 2.0, 1.0]).unwrap(),
        sizing: Sizing::Kelly { fraction: 0.25 },
        world: Some(world),
        ..base
    })
}

fn scripted_models() -> Run {
    let model = |name: &str| {
        let price = Some(TokenPrice { input_micro_usd: 150_000, output_micro_usd: 600_000 });
        let (persona, evidence) = (format!("The {name}."), "The harbour log.".to_owned());
        let model = "test-model".to_owned();
        agent(
            name,
            AgentKind::Model {
                model,
                temperature: Some(0.7),
                max_tokens: 800,
                persona,
                evidence,
                price,
                elicitation: credence::run::Elicitation::Stated,
            },
        )
    };
    let panel = vec![model("pilot"), model("harbour master"), agent("You", AgentKind::Person), model("poet")];
    let base = spec("When does the fog lift?", &["Today", "Tomorrow", "Later"], panel);
    let mut run = Run::new(RunSpec { world: None, answer: Some(1), ..base }).unwrap();
    let buy = |outcome, amount| Input::PersonOrder(Order::buy(2, outcome, 3, amount).unwrap());
    let script = [
        Input::Begin,
        Input::Replies(vec![
            said(0, 1, [0.2, 0.5, 0.3]),
            said(1, 1, [0.1, 0.6, 0.3]),
            said(3, 1, [0.9, 0.05, 0.05]),
        ]),
        buy(1, 12.5),
        Input::Replies(vec![said(0, 2, [0.25, 0.55, 0.2]), timed_out(1, 2), said(3, 2, [0.7, 0.2, 0.1])]),
        buy(2, 0.000_001),
        Input::Stop,
    ];
    for input in script {
        run.advance(input).unwrap();
    }
    run
}

fn said(agent: usize, round: u32, beliefs: [f64; 3]) -> AgentReply {
    let forecast = Forecast {
        headline: format!("“Fog” — {:.2}", beliefs[0]),
        reasoning: "Line one\nLine two: ünïcode, \u{1f6a2}, \u{2028}.".into(),
        evidence: vec!["the barometer".into()],
        predicted_mean_of_others: Some(0.25),
        ..Forecast::wordless(Belief::from_weights(&beliefs).unwrap())
    };
    let reply = format!("{{\"beliefs\":{beliefs:?}}}");
    AgentReply { agent, calls: vec![call(agent, round, reply, ParseResult::Ok)], result: Ok(forecast.into()) }
}

fn timed_out(agent: usize, round: u32) -> AgentReply {
    let problem = "no answer in 60 seconds".to_owned();
    let message = "No answer in 60 seconds. Raise the limit or try another model.".into();
    AgentReply {
        agent,
        calls: vec![call(agent, round, String::new(), ParseResult::NoReply { problem })],
        result: Err(Failure { kind: FailureKind::Timeout, message }),
    }
}

fn call(agent: usize, round: u32, reply: String, parse: ParseResult) -> CallRecord {
    let message = |role, content: &str| PromptMessage { role, content: content.into() };
    let answered = parse == ParseResult::Ok;
    CallRecord {
        round,
        agent,
        purpose: Purpose::Forecast,
        model: "test-model".into(),
        temperature: Some(0.7),
        max_tokens: 800,
        format: AnswerFormat::JsonSchema,
        prompt: vec![message(Role::System, "You forecast."), message(Role::User, "When does the fog lift?")],
        reply,
        finish_reason: answered.then(|| "stop".into()),
        prompt_tokens: answered.then_some(321),
        completion_tokens: answered.then_some(45),
        parse,
        first_token: Vec::new(),
        reused: None,
    }
}
