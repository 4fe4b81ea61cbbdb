//! Links: what goes in comes out, reduced copies are runs of their own, and no text whatever makes the
//! reader panic or eat memory.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use credence::belief::{Belief, TraderKind};
use credence::evaluate::listing::{ListedPrice, Site};
use credence::market::{Cash, Order};
use credence::prng::Seed;
use credence::run::{
    AgentKind, AgentSpec, CloseReason, Elicitation, Ending, FailureKind, Input, Purpose, Run, RunEvent,
    RunSpec, StopRules, Texts, TokenChance, Verdict, verify, with_simulated,
};
use credence::share::link::MAX_UNPACKED_BYTES;
use credence::share::{
    Contents, LinkError, LinkedRun, decode, decode_linked, encode, encode_linked, reduce, tiers,
};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use support::*;

fn check(run: &Run) -> String {
    let link = encode(run).unwrap();
    let again = decode(&link).unwrap();
    assert_eq!(again.head(), run.head());
    assert_eq!(again.state(), run.state());
    assert!(again.log().events().eq(run.log().events()));
    assert_eq!(encode(&again).unwrap(), link, "a link of a link is that link");
    let kept = run.spec().derived_from.as_ref().map(|origin| origin.texts);
    let events = run.head().seq;
    assert_eq!(verify(&again.document().unwrap()), Verdict::Verified { events, texts: kept });
    link
}

fn limits(rules: StopRules) -> RunSpec {
    RunSpec {
        stop: rules,
        ..spec("Will it open?", vec![model("Historian"), model("Engineer"), model("Sceptic")])
    }
}

fn runs() -> Vec<(&'static str, Run)> {
    let free = StopRules {
        epsilon: 0.01,
        max_rounds: 4,
        max_calls: None,
        max_tokens: None,
        max_cost_micro_usd: None,
        max_seconds: None,
    };
    let by = |rules: StopRules| model_run(limits(rules), &[(2, 1, FailureKind::Timeout)]);
    let budget =
        [(3, 0, FailureKind::CallLimit), (3, 1, FailureKind::CallLimit), (3, 2, FailureKind::CallLimit)];
    let all = |kind| (0..3).map(move |agent| (1, agent, kind)).collect::<Vec<_>>();
    vec![
        ("simulated", simulated_run()),
        ("eventful", eventful_run()),
        ("rounds", by(free.clone())),
        ("calls", by(StopRules { max_calls: Some(7), ..free.clone() })),
        ("tokens", by(StopRules { max_tokens: Some(4_000), ..free.clone() })),
        ("time", by(StopRules { max_seconds: Some(900), ..free.clone() })),
        ("asked otherwise", asked_otherwise()),
        ("cost", by(StopRules { max_cost_micro_usd: Some(800), ..free.clone() })),
        ("budget", model_run(limits(StopRules { max_calls: Some(6), ..free.clone() }), &budget)),
        ("failed", model_run(limits(free), &all(FailureKind::Network))),
    ]
}

/// A run that uses all that came to runs after links had their form.
fn asked_otherwise() -> Run {
    let mut spec = limits(StopRules {
        epsilon: 0.01,
        max_rounds: 1,
        max_calls: None,
        max_tokens: None,
        max_cost_micro_usd: None,
        max_seconds: Some(60),
    });
    spec.reversed_question = "Will it stay closed?".into();
    spec.prompts.turns.trader = Some("{form} {data_rule}".into());
    spec.prompts.turns.turn_label = Some("{question} {said} {labels}!".into());
    spec.prompts.label = Some("{question} {labels}?".into());
    for agent in &mut spec.agents {
        if let AgentKind::Model { elicitation, .. } = &mut agent.kind {
            *elicitation = Elicitation::LabelLogprobs;
        }
    }
    let mut run = Run::new(spec).unwrap();
    run.advance(Input::Begin).unwrap();
    let mut draws = run.spec().seed.stream("test/answers");
    let mut replies = answers(&run, &mut draws);
    for (reply, incoherence) in replies.iter_mut().zip([None, Some(0.25), Some(0.0)]) {
        let Ok(credence::run::Answer::Forecast(forecast)) = &mut reply.result else { unreachable!() };
        forecast.incoherence = incoherence;
        let call = &mut reply.calls[0];
        call.purpose = Purpose::Label;
        call.first_token = vec![
            TokenChance { token: " Yes".into(), logprob: -0.287_682_072_451_780_9 },
            TokenChance { token: "No\n".into(), logprob: -1.386_294_361_119_890_6 },
        ];
        call.reused = incoherence.map(|_| run.head().digest);
    }
    run.advance(Input::Replies(replies)).unwrap();
    run
}

fn ending(run: &Run) -> (Ending, CloseReason) {
    match run.log().events().last() {
        Some(RunEvent::Closed { status, reason, .. }) => (*status, *reason),
        other => panic!("not closed: {other:?}"),
    }
}

#[test]
fn every_kind_of_run_comes_back_in_every_tier() {
    let mut reasons = Vec::new();
    for (name, run) in runs() {
        reasons.push(ending(&run).1);
        for tier in tiers(&run) {
            let copy = reduce(&run, tier).unwrap();
            check(&copy);
            assert_eq!(ending(&copy), ending(&run), "{name} {tier:?}");
            assert_eq!(copy.state().market().prices(), run.state().market().prices(), "{name} {tier:?}");
            assert_eq!(copy.state().totals().failures, run.state().totals().failures, "{name} {tier:?}");
        }
    }
    let all = {
        use CloseReason as R;
        [R::StoppedByPerson, R::RoundLimit, R::CallLimit, R::TokenLimit, R::CostLimit, R::NoAnswers]
    };
    assert!(all.iter().all(|reason| reasons.contains(reason)), "{reasons:?}");
}

#[test]
fn a_reduced_copy_is_a_run_of_its_own_and_names_the_original() {
    let run = eventful_run();
    let headlines = reduce(&run, Texts::Headlines).unwrap();
    let numbers = reduce(&run, Texts::Numbers).unwrap();
    assert_eq!(reduce(&headlines, Texts::Numbers).unwrap().head(), numbers.head(), "a copy of a copy");
    assert_eq!(reduce(&run, Texts::Everything).unwrap().head(), run.head());
    assert_eq!(reduce(&numbers, Texts::Everything).unwrap().head(), numbers.head(), "nothing comes back");
    let origin = numbers.spec().derived_from.clone().unwrap();
    assert_eq!((origin.head, origin.texts), (run.head().digest, Texts::Numbers));
    assert_eq!(tiers(&headlines), [Texts::Numbers, Texts::Headlines]);
    assert_eq!(tiers(&simulated_run()), [Texts::Everything]);
}

/// Every word in an eventful run that no number follows from.
const SECRETS: [&str; 9] = [
    "under construction",
    "look for what the others miss",
    "only this agent has seen",
    "You forecast",
    "Council minutes of 3",
    "First, ",
    "went wrong",
    "did not answer",
    "beliefs sum to",
];

#[test]
fn tiers_hold_what_they_say() {
    let run = eventful_run();
    let text = |tier| {
        serde_json::to_string(&reduce(&run, tier).unwrap().document().unwrap().events).unwrap()
            + &serde_json::to_string(reduce(&run, tier).unwrap().spec()).unwrap()
    };
    for secret in SECRETS {
        assert!(text(Texts::Everything).contains(secret), "{secret}");
        assert!(
            !text(Texts::Headlines).contains(secret) && !text(Texts::Numbers).contains(secret),
            "{secret}"
        );
    }
    let headline = HEADLINES.iter().find(|headline| text(Texts::Everything).contains(*headline)).unwrap();
    assert!(text(Texts::Headlines).contains(headline) && !text(Texts::Numbers).contains(headline));
    for kept in ["harbour tram", "paying passengers", "Before June", "Historian", "qwen2.5", "rate_limit"] {
        assert!(text(Texts::Numbers).contains(kept), "{kept}");
    }
    let counted = |tier| Contents::of(&reduce(&run, tier).unwrap().into());
    let (all, some, few) = (counted(Texts::Everything), counted(Texts::Headlines), counted(Texts::Numbers));
    assert!(
        all.prompts > 0 && all.texts > 0 && all.background && all.personas == 2 && all.private_evidence == 2
    );
    assert_eq!(Contents { headlines: all.headlines, ..few }, some);
    assert_eq!((few.headlines, few.texts, few.calls, few.personas, few.background), (0, 0, 0, 0, false));
    assert_eq!((few.beliefs, few.trades, few.failures), (all.beliefs, all.trades, all.failures));
}

/// What a market said of the question of [`simulated_run`].
fn listed() -> ListedPrice {
    ListedPrice {
        site: Site::Manifold,
        address: "https://manifold.markets/somebody/will-it-open".into(),
        question: "Will the tram really open?".into(),
        read_millis: 1_796_000_000_000,
        is_resolved: false,
        prices: vec![("No".into(), 1.0 - 0.6234), ("Yes".into(), 0.6234)],
    }
}

#[test]
fn a_markets_price_travels_beside_the_run() {
    let run = simulated_run();
    let bare = encode(&run).unwrap();
    let linked = LinkedRun::new(run.clone(), Some(listed()));
    assert!(Contents::of(&linked).listed);
    let link = encode_linked(linked.reduced(Texts::Numbers).unwrap()).unwrap();
    let again = decode_linked(&link).unwrap();
    let both = |listed: &ListedPrice| listed.beside(&run.spec().outcomes, &run.state().prices());
    let came = again.listed.clone().unwrap();
    assert_eq!(both(&came), both(&listed()));
    assert_eq!(
        (came.address, came.question, came.read_millis),
        (listed().address, listed().question, listed().read_millis)
    );
    assert_eq!(again.document().unwrap().listed_price, again.listed.as_ref().and_then(ListedPrice::to_value));
    assert_eq!(encode(&decode(&bare).unwrap()).unwrap(), bare, "a run without one keeps its link");
    assert!(decode_linked(&bare).unwrap().listed.is_none());
    // One of another question stays here.
    let other = ListedPrice { prices: vec![("A".into(), 0.5), ("B".into(), 0.5)], ..listed() };
    assert_eq!(encode_linked(LinkedRun::new(run, Some(other))).unwrap(), bare);
}

#[test]
fn a_made_up_price_is_refused() {
    let run = simulated_run();
    let refused = |listed: ListedPrice| {
        let link = encode_linked(LinkedRun { run: run.clone(), listed: Some(listed) }).unwrap();
        matches!(decode_linked(&link).unwrap_err(), LinkError::Damaged(_))
    };
    let prices = |yes| vec![("Yes".to_owned(), yes), ("No".to_owned(), 0.5)];
    assert!(refused(ListedPrice { address: "javascript:alert(1)".into(), ..listed() }));
    assert!(refused(ListedPrice { address: "https://evil.example/markets".into(), ..listed() }));
    assert!(refused(ListedPrice { site: Site::Polymarket, ..listed() }));
    assert!(refused(ListedPrice { prices: prices(1.5), ..listed() }));
    assert!(refused(ListedPrice { prices: prices(-0.1), ..listed() }));
    let sound = encode_linked(LinkedRun::new(run, Some(listed()))).unwrap();
    assert!(decode_linked(&sound).is_ok());
}

#[test]
fn a_stopped_simulated_run_comes_back() {
    let mut run = Run::new(spec("Will it open?", simulated_panel())).unwrap();
    run.advance(Input::Begin).unwrap();
    assert_eq!(encode(&run).unwrap_err(), LinkError::Unfinished);
    let round = with_simulated(&run, Vec::new()).unwrap();
    run.advance(round).unwrap();
    run.advance(Input::Stop).unwrap();
    check(&run);
}

#[test]
fn a_person_among_simulated_traders_comes_back() {
    let mut panel: Vec<AgentSpec> = simulated_panel();
    panel.push(person());
    for orders_at in [1, 2, 5] {
        let mut run = Run::new(spec("Will it open?", panel.clone())).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            if run.state().round() == orders_at {
                run.advance(Input::PersonOrder(Order::buy(8, 1, 2, 12.5).unwrap())).unwrap();
            }
            let round = with_simulated(&run, Vec::new()).unwrap();
            run.advance(round).unwrap();
        }
        check(&run);
    }
}

/// The same link in every build: a change of the wire, the primer or the engine shows here.
#[test]
fn the_format_is_pinned() {
    let run = play_out(spec("Will it open?", vec![simulated("Clear", TraderKind::Bayesian)]));
    assert_eq!(encode(&run).unwrap(), include_str!("goldens/link-1.txt").trim());
}

#[test]
fn what_is_wrong_with_a_link_is_named() {
    let good = encode(&simulated_run()).unwrap();
    let cut = good.len() - 2;
    for length in 3..good.len() {
        let error = decode(&good[..length]).unwrap_err();
        assert!(matches!(error, LinkError::Truncated { .. }), "cut to {length}: {error}");
    }
    assert_eq!(
        decode(&good[..good.len() - 1]).unwrap_err(),
        LinkError::Truncated { found: cut - 1, expected: cut }
    );
    for text in ["", "1", "hello", "x.AAAA", "0.AAAA", "01.AAAA", "+1.AAAA", "-1.AAAA", "99999999999.AA"] {
        assert_eq!(decode(text).unwrap_err(), LinkError::NotALink, "{text}");
    }
    assert_eq!(decode("2.AAAA").unwrap_err(), LinkError::NewerVersion(2));
    assert!(matches!(decode("1.A*A"), Err(LinkError::Damaged(_))));
    assert!(matches!(decode(&format!("{good}AAAA")), Err(LinkError::Damaged(_))));
    assert!(matches!(decode(&"1.".repeat(2_000_000)), Err(LinkError::TooLong(_))));
    for around in [format!("  {good}\n"), format!("{good}."), format!("{good})"), format!("{good}>,")] {
        assert!(decode(&around).is_ok());
    }
}

/// The link of any content, well-formed as far as its length goes.
fn link_of(content: &[u8]) -> String {
    let length = postcard::to_allocvec(&content.len()).unwrap();
    format!("1.{}", BASE64URL_NOPAD.encode(&[&length, content].concat()))
}

/// A link with engine 1, a head of zeros and no origin before what `how` packed.
fn labelled(how: u8, packed: &[u8]) -> String {
    link_of(&[&[1][..], &[0; 32], &[0, how], packed].concat())
}

#[test]
fn bombs_and_absurd_counts_are_refused() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; MAX_UNPACKED_BYTES + 1], 9);
    assert_eq!(decode(&labelled(1, &bomb)).unwrap_err(), LinkError::TooLarge);
    assert_eq!(decode(&labelled(2, &[255, 255, 255, 255, 15])).unwrap_err(), LinkError::TooLarge);
    // Three empty texts, then 2³² outcomes.
    let counted = [&[0, 0, 0][..], &[255, 255, 255, 255, 15]].concat();
    assert!(matches!(decode(&labelled(0, &counted)), Err(LinkError::Damaged(_))));
    assert!(matches!(decode(&labelled(9, &[])), Err(LinkError::Damaged(_))));
    assert_eq!(decode(&link_of(&[7; 20])).unwrap_err(), LinkError::OtherEngine { made_by: 7 });
    assert!(decode(&link_of(&[])).is_err());
}

#[test]
fn a_link_whose_head_is_another_is_refused() {
    let (run, other) = (simulated_run(), eventful_run());
    let mut forged = BASE64URL_NOPAD.decode(&encode(&run).unwrap().as_bytes()[2..]).unwrap();
    let place = forged.windows(32).position(|window| window == run.head().digest.bytes()).unwrap();
    forged[place..place + 32].copy_from_slice(other.head().digest.bytes());
    let error = LinkError::OtherHead { claimed: other.head().digest, computed: run.head().digest };
    assert_eq!(decode(&format!("1.{}", BASE64URL_NOPAD.encode(&forged))).unwrap_err(), error);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}", code in "[A-Za-z0-9_-]{0,400}") {
        let _ = decode(&text);
        let _ = decode(&format!("1.{code}"));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), how in 0_u8..3) {
        let _ = decode(&link_of(&bytes));
        // Predicted bytes name their length, which is kept short here to keep the test short.
        let packed = if how == 2 { [&[bytes.len() as u8 & 127], bytes.as_slice()].concat() } else { bytes };
        let _ = decode(&labelled(how, &packed));
    }

    #[test]
    fn a_changed_link_never_panics_and_never_gives_another_run(
        which in 0_usize..3, place in any::<proptest::sample::Index>(), byte: u8, more in 0_usize..3,
    ) {
        thread_local! {
            static LINKS: Vec<(Run, String)> = [simulated_run(), eventful_run(), runs().remove(3).1]
                .into_iter().map(|run| { let link = encode(&run).unwrap(); (run, link) }).collect();
        }
        LINKS.with(|links| {
            let (run, link) = &links[which];
            let mut bytes = BASE64URL_NOPAD.decode(&link.as_bytes()[2..]).unwrap();
            for step in 0..=more {
                let place = (place.index(bytes.len()) + 7 * step) % bytes.len();
                bytes[place] ^= byte;
            }
            // Whatever opens is a run that its own head names.
            if let Ok(read) = decode(&format!("1.{}", BASE64URL_NOPAD.encode(&bytes))) {
                let verdict = verify(&read.document().unwrap());
                prop_assert!(matches!(verdict, Verdict::Verified { .. }), "{:?}", verdict);
                prop_assert!(byte != 0 || read.head() == run.head());
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_simulated_set_up_comes_back(
        seed: u64, question in "\\PC{1,80}", names in proptest::collection::hash_set("[a-zA-Z ]{0,8}[a-z]", 1..12),
        weights in proptest::collection::vec(0.01_f64..1.0, 2..12), budget in 0_i64..1_000_000_000, rho in 0.0_f64..1.0,
        epsilon in 0.0_f64..0.2, rounds in 1_u32..12,
    ) {
        let mut base = spec("x", names.iter().map(|name| simulated(name, TraderKind::ALL[name.len() % 9])).collect());
        base.seed = Seed::new(seed);
        base.question = format!("Q{question}");
        base.outcomes = (0..weights.len()).map(|i| format!("outcome {i}")).collect();
        base.prior = Belief::from_weights(&weights).unwrap();
        base.sizing = credence::belief::Sizing::Evidence { rho };
        base.stop.epsilon = epsilon;
        base.stop.max_rounds = rounds;
        base.agents[0].budget_micros = Cash::from_micros(budget);
        let run = play_out(base);
        let again = decode(&encode(&run).unwrap()).unwrap();
        prop_assert_eq!(again.head(), run.head());
    }
}
