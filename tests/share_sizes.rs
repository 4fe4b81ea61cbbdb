//! How long links get, which decides through what they travel: simulated runs, trades as numbers, trades with headlines.
//! The figures are the product's; `cargo test --test share_sizes -- --nocapture` prints them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test, and its sizes are figures to report")]

mod support;

use credence::belief::Forecast;
use credence::prng::Seed;
use credence::run::{AgentReply, Input, Run, RunSpec, StopRules, Texts};
use credence::share::{decode, encode, reduce};
use support::*;

/// What stands before the code in a link.
const ADDRESS: &str = "https://example.org/app/#/r/";

/// The length of the whole link of a run, which opens.
fn length(run: &Run) -> usize {
    let code = encode(run).unwrap();
    assert_eq!(decode(&code).unwrap().head(), run.head());
    ADDRESS.len() + code.len()
}

#[test]
fn simulated_links_are_short() {
    for (question, background, criterion) in [
        (
            "Will the harbour tram line open before June?",
            "Test runs began on 3 March, as planned. The schedule has six weeks of slack. The permit for the last \
             bridge is not signed yet. Two comparable lines opened within a month of their test runs.",
            "Yes if passengers can ride the whole line on or before 31 May.",
        ),
        (
            "Will a majority of the twenty largest European cities have banned private cars by 2040?",
            "",
            "Resolves to yes if at least eleven of the twenty largest cities by population have such a rule in force \
             on 31 December 2039, according to their own published ordinances.",
        ),
        (
            "Which design will get the most sign-ups in the first month?",
            "A shows the product first, B a customer's story, C a price calculator. Past tests favoured short pages.",
            "The design with the most sign-ups by day 30, each shown to a third of the visitors.",
        ),
    ] {
        let (background, criterion) = (background.into(), criterion.into());
        let run = play_out(RunSpec { background, criterion, ..spec(question, simulated_panel()) });
        let length = length(&run);
        println!("simulated, 8 agents, {} events: {length} characters", run.head().seq);
        assert!(length < 400, "{length}");
    }
}

/// Models that answer in `rounds` rounds, without calls: what is left of them in a link.
fn talked(agents: usize, rounds: u32, predict: bool, headlines: bool) -> Run {
    let names = [
        "Historian",
        "Engineer",
        "Sceptic",
        "Economist",
        "Reader",
        "Analyst",
        "Checker",
        "Thinker",
        "Judge",
        "Guest",
    ];
    let panel = names[..agents].iter().map(|name| model(name)).collect();
    let stop = StopRules { epsilon: 0.0, max_rounds: rounds, ..spec("Q?", Vec::new()).stop };
    let mut run =
        Run::new(RunSpec { stop, ..spec("Will the harbour tram line open before June?", panel) }).unwrap();
    let mut draws = Seed::new(3).stream("test/talk");
    run.advance(Input::Begin).unwrap();
    let mut said = HEADLINES.iter().cycle();
    while !run.state().is_closed() {
        let reply = |agent| {
            let predicted = predict.then(|| (40 + draws.below(40)) as f64 / 100.0);
            let headline = if headlines { (*said.next().unwrap()).to_owned() } else { String::new() };
            let wordless = Forecast::wordless(belief(&mut draws, 2));
            let forecast = Forecast { predicted_mean_of_others: predicted, headline, ..wordless };
            AgentReply { agent, calls: Vec::new(), result: Ok(forecast.into()) }
        };
        let replies = run.state().asked_agents().into_iter().map(reply).collect();
        run.advance(Input::Replies(replies)).unwrap();
    }
    run
}

#[test]
fn a_hundred_trades_as_numbers_are_short() {
    for (predict, most) in [(false, 560), (true, 700)] {
        let run = talked(10, 10, predict, false);
        let trades = run.state().totals().trades;
        let copy = reduce(&run, Texts::Numbers).unwrap();
        let length = length(&copy);
        println!("{trades} trades as numbers, predictions {predict}: {length} characters");
        assert!(trades >= 95 && length <= most, "{trades} {length}");
    }
}

#[test]
fn fifteen_headlines_are_short() {
    assert!(HEADLINES.iter().all(|headline| (120..=140).contains(&headline.chars().count())));
    let run = talked(5, 3, false, true);
    let copy = reduce(&run, Texts::Headlines).unwrap();
    let length = length(&copy);
    let letters: usize = HEADLINES.iter().map(|headline| headline.len()).sum();
    println!("{} trades, {letters} bytes of headlines: {length} characters", run.state().totals().trades);
    assert!(run.state().totals().trades >= 14 && length <= 1_300, "{length}");
}
