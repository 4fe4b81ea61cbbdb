//! Hostile texts in every place where a text can stand: they stay quoted data, and the instructions of every agent are
//! what they are without them. The same texts are tried in the page by `e2e/injections.test.mjs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "support/asking.rs"]
mod asking;
#[path = "support/scripted.rs"]
#[allow(dead_code, unused_imports, reason = "other tests look at more")]
mod scripted;

use asking::{blind, label_reply, later, messages_of, spec};
use credence::agents::{Dialect, Forecaster, delimiter, prompt, repair_prompt, turn_prompt};
use credence::belief::{Belief, Forecast};
use credence::llm::{CallError, Protocol, Secret};
use credence::prng::Seed;
use credence::run::{
    AgentKind, Argument, Debate, DebateStyle, Elicitation, MakerTrader, Mode, PromptMessage, Prompts,
    RunSpec, Said, SelfResolving, Task, TurnView, What,
};
use scripted::{End, Scenario, Turn};

/// The texts. `%MARK%` is the delimiter of the run that they attack, `%HALF%` its beginning.
fn attacks(mark: &str) -> Vec<String> {
    let texts: Vec<String> = serde_json::from_str(include_str!("support/injections.json")).unwrap();
    assert!(texts.len() >= 20);
    texts.iter().map(|text| text.replace("%MARK%", mark).replace("%HALF%", &mark[..10])).collect()
}

/// Marks of chat templates and fences, and characters that cannot be seen: none may come through.
fn nothing_raw(messages: &[PromptMessage]) {
    for message in messages {
        for token in
            ["<|im_end|>", "<|im_start|>", "</s>", "[INST]", "<start_of_turn>", "```", "\u{2028}", "\u{202e}"]
        {
            assert!(!message.content.contains(token), "{token:?} came through");
        }
        assert!(!message.content.chars().any(|c| c.is_control() && c != '\n'));
    }
}

/// What stands outside the quoted blocks of a message: its instructions. The rules name the marks; nothing else may.
fn outside(content: &str, mark: &str) -> String {
    let named = format!("“{mark} BEGIN” and “{mark} END”");
    assert!(content.matches(&named).count() <= 1);
    let content = content.replace(&named, "the marks");
    let content = content.as_str();
    blocks(content, mark).iter().fold(content.to_owned(), |content, block| content.replacen(block, "…", 1))
}

/// The quoted blocks of a message. Panics unless every line with the mark is one of its own and they come in pairs.
fn blocks<'a>(content: &'a str, mark: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("{mark} BEGIN"), format!("{mark} END"));
    let lines: Vec<&str> = content.split('\n').filter(|line| line.contains(mark)).collect();
    let expected: Vec<&str> = [begin.as_str(), end.as_str()].repeat(lines.len() / 2);
    assert_eq!(lines, expected, "a forged mark in {content}");
    let (after, before) = (format!("{begin}\n"), format!("\n{end}"));
    let pieces = content.split(after.as_str()).skip(1);
    pieces.map(|piece| piece.split(before.as_str()).next().unwrap()).collect()
}

/// Puts one hostile text wherever a text can stand, and checks that it stays quoted there: each block is one JSON
/// object, the text reads back from it, and no raw piece of it stands outside.
fn check_injection(attack: &str) {
    let mut spec = spec(attack);
    attack.clone_into(&mut spec.background);
    attack.clone_into(&mut spec.criterion);
    spec.outcomes = vec![format!("{attack} A"), "B".into()];
    spec.agents[1].name = attack.into();
    if let AgentKind::Model { evidence, persona, .. } = &mut spec.agents[0].kind {
        attack.clone_into(evidence);
        attack.clone_into(persona);
    }
    let mut view = later(attack, attack);
    view.others[0].name = attack.into();
    let mark = delimiter(spec.seed);
    check_quoted(attack, &mark, &prompt(&spec, &view, 0));

    // The same whatever the words around it are, and however the belief is asked for.
    spec.prompts = Prompts {
        rules: Some("Be terse. {data_rule} {form}".into()),
        later_rounds: Some("Case: {question}\nMarket: {market}\nGo.".into()),
        ..Prompts::default()
    };
    check_quoted(attack, &mark, &prompt(&spec, &view, 0));
    spec.prompts = Prompts::default();
    attack.clone_into(&mut spec.reversed_question);
    if let AgentKind::Model { elicitation, model, .. } = &mut spec.agents[0].kind {
        *elicitation = Elicitation::LabelLogprobs;
        attack.clone_into(model);
    }
    let mut labelled = Forecaster::new(&spec, &view, 0, Dialect::default()).unwrap();
    check_quoted(attack, &mark, &messages_of(&labelled));
    // … and for the reversed question.
    assert_eq!(labelled.on_reply(&label_reply(), None), None);
    check_quoted(attack, &mark, &messages_of(&labelled));

    // The other agents' instructions are what they are without the attack.
    let rules = |spec: &RunSpec, agent| prompt(spec, &blind(), agent).swap_remove(0);
    assert_eq!(rules(&spec, 2), rules(&asking::spec("Rain?"), 2));
}

fn check_quoted(attack: &str, mark: &str, messages: &[PromptMessage]) {
    let blocks = blocks(&messages[1].content, mark);
    assert_eq!(blocks.len(), 2);
    let case: serde_json::Value = serde_json::from_str(blocks[0]).unwrap();
    let market: serde_json::Value = serde_json::from_str(blocks[1]).unwrap();
    // The mark itself is the one thing that does not come through.
    let quoted = attack.replace(mark, "…");
    for value in [
        &case["question"],
        &case["background"],
        &case["how_it_is_decided"],
        &case["evidence_that_only_you_have"],
    ] {
        assert_eq!(value, &quoted);
    }
    let headline = market["others"][0]["headline"].as_str().unwrap();
    assert!(quoted.starts_with(headline.trim_end_matches('…')), "{headline}");
    assert_eq!(market["others"].as_array().unwrap().len(), 2);
    assert_eq!(market["others"][0].as_object().unwrap().len(), 4);
    nothing_raw(messages);
    let system = messages[0].content.replace(&format!("“{mark} BEGIN” and “{mark} END”"), "");
    assert!(!system.contains(mark), "the persona forged the mark");
}

#[test]
fn injections_stay_quoted() {
    for attack in attacks(&delimiter(Seed::new(7))) {
        check_injection(&attack);
    }
}

/// A set-up in a mode with turns, and what was said so far, with this text wherever somebody's words stand.
fn turns_with(mode: Mode, words: &str) -> (RunSpec, Vec<Said>) {
    let mut spec = RunSpec { mode, ..spec(words) };
    words.clone_into(&mut spec.background);
    words.clone_into(&mut spec.criterion);
    words.clone_into(&mut spec.agents[1].name);
    if let AgentKind::Model { model, .. } = &mut spec.agents[1].kind {
        words.clone_into(model);
    }
    if let AgentKind::Model { evidence, .. } = &mut spec.agents[0].kind {
        words.clone_into(evidence);
    }
    let forecast = Forecast {
        headline: words.into(),
        reasoning: words.into(),
        ..Forecast::wordless(Belief::from_weights(&[1.0, 3.0]).unwrap())
    };
    let argument = Argument { argument: words.into(), question: words.into() };
    let said = |task, what| Said { round: 1, agent: 1, task, what };
    let transcript = vec![
        said(Task::Forecast, What::Forecast(forecast)),
        said(Task::Argue { side: None }, What::Argument(argument.clone())),
        said(Task::Reply, What::Argument(argument)),
    ];
    (spec, transcript)
}

#[test]
fn injections_stay_quoted_where_agents_speak_in_turns() {
    let debater = MakerTrader { cross_examination: true, either_side: true, ..MakerTrader::default() };
    let modes = [
        Mode::MakerTrader(debater),
        Mode::SelfResolving(SelfResolving::default()),
        Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 2 }),
        Mode::Debate(Debate { style: DebateStyle::Panel, rounds: 2 }),
    ];
    let mark = delimiter(Seed::new(7));
    for attack in attacks(&mark) {
        for mode in modes {
            for task in [Task::Forecast, Task::Argue { side: Some(1) }, Task::Reply] {
                let ask = |words: &str| {
                    let (spec, transcript) = turns_with(mode, words);
                    turn_prompt(&spec, &TurnView { round: 2, task, transcript }, 0)
                };
                let (calm, attacked) = (ask("calm"), ask(&attack));
                for (calm, attacked) in calm.iter().zip(&attacked) {
                    assert_eq!(outside(&attacked.content, &mark), outside(&calm.content, &mark), "{attack}");
                }
                nothing_raw(&attacked);
                let blocks = blocks(&attacked[1].content, &mark);
                let said: serde_json::Value = serde_json::from_str(blocks[1]).unwrap();
                assert_eq!(said.as_array().unwrap().len(), 3);
                assert_eq!(said[1]["argument"], attack.replace(&mark, "…"));
            }
        }
    }
}

#[test]
fn an_outcome_as_a_side_forges_no_mark() {
    let mark = delimiter(Seed::new(7));
    let judge = Mode::Debate(Debate { style: DebateStyle::Judge, rounds: 2 });
    for attack in attacks(&mark) {
        let mut spec = RunSpec { mode: judge, ..spec("Q?") };
        spec.outcomes = vec!["A".into(), attack.clone()];
        let view = TurnView { round: 1, task: Task::Argue { side: Some(1) }, transcript: Vec::new() };
        let messages = turn_prompt(&spec, &view, 0);
        nothing_raw(&messages);
        assert!(!outside(&messages[0].content, &mark).contains(&mark), "{}", messages[0].content);
        blocks(&messages[1].content, &mark);
    }
}

/// All that was posted to the models of a panel in which agent 0 did this first.
fn posted(first: Turn) -> Vec<String> {
    let outcome = Scenario::new(3).at_once(3).rounds(2).disagreeing().turns(0, vec![first]).play();
    let of_others = |body: &String| !body.starts_with("{\"model\":\"m0\"");
    outcome.posted().into_iter().filter(of_others).collect()
}

#[test]
fn what_a_server_says_of_an_error_reaches_no_prompt() {
    // Whatever the form in which the server says it.
    let failing = |words: &str| {
        let body = serde_json::json!({ "error": { "message": words } }).to_string();
        posted(Turn::fails(CallError::from_response(400, &body, None, &Secret::new("sk-0123456789"))))
    };
    let calm = failing("calm");
    assert_eq!(calm.len(), 4, "two others in two rounds");
    for attack in attacks(&delimiter(Seed::new(11))) {
        assert_eq!(failing(&attack), calm, "{attack}");
        let whole = CallError::from_response(400, &attack, None, &Secret::new("sk-0123456789"));
        assert_eq!(posted(Turn::fails(whole)), calm, "{attack}");
        let streamed = Turn::new(&[(100, &attack)], End::Error(CallError::Unauthorised));
        assert_eq!(posted(streamed), calm, "{attack}");
    }
}

#[test]
fn a_peers_words_change_no_instruction_on_the_wire() {
    let mark = delimiter(Seed::new(11));
    let answering = |words: &str| {
        let reply = serde_json::json!({ "beliefs": [0.9, 0.1], "headline": words, "reasoning": words, "evidence": [words] });
        posted(Turn::says(&reply.to_string()))
    };
    let instructions = |bodies: &[String]| -> Vec<Vec<String>> {
        let read = |body: &String| {
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let messages = body["messages"].as_array().unwrap();
            messages.iter().map(|said| outside(said["content"].as_str().unwrap(), &mark)).collect()
        };
        bodies.iter().map(read).collect()
    };
    let calm = instructions(&answering("calm"));
    for attack in attacks(&mark) {
        let bodies = answering(&attack);
        assert_eq!(instructions(&bodies), calm, "{attack}");
    }
}

#[test]
fn a_models_name_reaches_no_prompt() {
    for attack in attacks(&delimiter(Seed::new(7))) {
        let mut named = spec("Rain?");
        for agent in &mut named.agents {
            if let AgentKind::Model { model, .. } = &mut agent.kind {
                attack.clone_into(model);
            }
        }
        for view in [blind(), later("h", "r")] {
            for agent in 0..3 {
                assert_eq!(prompt(&named, &view, agent), prompt(&spec("Rain?"), &view, agent));
            }
        }
        // On the wire it is one field, or one segment of an address, whatever it says.
        let mut request = credence::llm::ChatRequest::of(&attack);
        request.stream = true;
        for protocol in Protocol::ALL {
            let body: serde_json::Value = serde_json::from_str(&protocol.chat_body(&request)).unwrap();
            assert!(body.get("model").is_none_or(|model| model == attack.as_str()), "{protocol:?}");
        }
    }
}

#[test]
fn a_repair_quotes_nothing_into_its_instructions() {
    let mark = delimiter(Seed::new(7));
    let first = prompt(&spec("Rain?"), &blind(), 1);
    for attack in attacks(&mark) {
        let mut asked = Forecaster::new(&spec("Rain?"), &blind(), 1, Dialect::default()).unwrap();
        let reply = credence::llm::ChatReply {
            text: attack.clone(),
            finish_reason: Some("stop".into()),
            ..Default::default()
        };
        if asked.on_reply(&reply, None).is_some() {
            continue; // An attack that is a good answer by itself needs no repair.
        }
        let messages = messages_of(&asked);
        let calm = repair_prompt(&first, "calm", "calm");
        assert_eq!(messages[..2], calm[..2]);
        let last = messages.last().unwrap();
        assert!(!last.content.contains(attack.trim()) || attack.trim().len() < 4, "{}", last.content);
    }
}
