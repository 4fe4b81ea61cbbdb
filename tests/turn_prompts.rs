//! The prompts of every mode in which agents speak in turns, word for word, against `snapshots/turn_prompts.txt`. After a
//! change that is meant: `UPDATE_SNAPSHOTS=1 cargo test --test turn_prompts`, and read the difference.
#![allow(clippy::unwrap_used)]

#[path = "support/asking.rs"]
mod asking;

use std::fmt::Write;

use credence::agents::{Dialect, Forecaster, Part, delimiter, turn_prompt};
use credence::belief::{Belief, Forecast};
use credence::llm::{ChatReply, TokenLogprob, TokenLogprobs};
use credence::run::mode::{Debate, DebateStyle, SelfConsistency};
use credence::run::{
    AgentKind, Answer, Argument, Elicitation, MakerTrader, Mode, Objective, PromptMessage, Purpose, RunSpec,
    Said, SelfResolving, Task, TurnView, What,
};

const SNAPSHOT: &str = "tests/snapshots/turn_prompts.txt";
const LABELS: &str = "tests/snapshots/turn_labels.txt";

fn forecast(agent: usize, p: f64) -> Said {
    let beliefs = Belief::from_weights(&[p, 1.0 - p]).unwrap();
    let words = Forecast {
        headline: "The sky is grey".into(),
        reasoning: "I looked.".into(),
        ..Forecast::wordless(beliefs)
    };
    Said { round: 1, agent, task: Task::Forecast, what: What::Forecast(words) }
}

fn argument(agent: usize, task: Task, question: &str) -> Said {
    let what = What::Argument(Argument { argument: "Clouds pass".into(), question: question.into() });
    Said { round: 2, agent, task, what }
}

fn spec(mode: Mode) -> RunSpec {
    let mut spec = asking::spec("Will it rain?");
    spec.mode = mode;
    if let AgentKind::Model { persona, evidence, .. } = &mut spec.agents[0].kind {
        *persona = "You doubt.".into();
        *evidence = "My knee aches.".into();
    }
    spec
}

fn add(all: &mut String, name: &str, spec: &RunSpec, messages: &[PromptMessage]) {
    writeln!(all, "=== {name}").unwrap();
    for message in messages {
        let content = message.content.replace(&delimiter(spec.seed), "DATA-MARK");
        writeln!(all, "--- {:?}\n{content}", message.role).unwrap();
    }
}

/// Every mode and task, at its beginning and later.
fn cases() -> Vec<(&'static str, RunSpec, TurnView)> {
    let free = Task::Argue { side: None };
    let view = |task, transcript: Vec<Said>| TurnView { round: 3, task, transcript };
    let maker = |switches: MakerTrader| spec(Mode::MakerTrader(switches));
    let usual = MakerTrader::default();
    let sides = MakerTrader { either_side: true, objective: Objective::Displacement, ..usual };
    let cross = MakerTrader { cross_examination: true, ..usual };
    let debate = |style| spec(Mode::Debate(Debate { style, rounds: 2 }));
    let argued = vec![forecast(0, 0.4), argument(1, free, "Why?")];
    let answered = vec![forecast(0, 0.4), argument(1, free, "Why?"), argument(1, Task::Reply, "")];
    vec![
        ("maker–trader: the first estimate", maker(usual), view(Task::Forecast, Vec::new())),
        ("maker–trader: an estimate again", maker(usual), view(Task::Forecast, argued.clone())),
        ("maker–trader: an argument", maker(usual), view(free, vec![forecast(0, 0.4)])),
        ("maker–trader: an argument for a side", maker(sides), view(Task::Argue { side: Some(1) }, answered)),
        ("maker–trader: an argument with a question", maker(cross), view(free, vec![forecast(1, 0.4)])),
        ("maker–trader: an answer to a question", maker(cross), view(Task::Reply, argued)),
        (
            "self-resolving: the first report",
            spec(Mode::SelfResolving(SelfResolving::default())),
            view(Task::Forecast, Vec::new()),
        ),
        (
            "self-resolving: a later report",
            spec(Mode::SelfResolving(SelfResolving::default())),
            view(Task::Forecast, vec![forecast(1, 0.7)]),
        ),
        (
            "self-consistency",
            spec(Mode::SelfConsistency(SelfConsistency { answers: 3 })),
            view(Task::Forecast, Vec::new()),
        ),
        ("debate of a panel: first", debate(DebateStyle::Panel), view(Task::Forecast, Vec::new())),
        (
            "debate of a panel: again",
            debate(DebateStyle::Panel),
            view(Task::Forecast, vec![forecast(0, 0.4), forecast(1, 0.7)]),
        ),
        (
            "debate with a judge: a side",
            debate(DebateStyle::Judge),
            view(Task::Argue { side: Some(0) }, Vec::new()),
        ),
        (
            "debate with a judge: the verdict",
            debate(DebateStyle::Judge),
            view(Task::Forecast, vec![argument(1, Task::Argue { side: Some(1) }, "")]),
        ),
    ]
}

/// Compares with a snapshot, or writes it.
fn check(snapshot: &str, all: &str) {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(snapshot, all).unwrap();
    }
    assert_eq!(all, std::fs::read_to_string(snapshot).unwrap());
}

#[test]
fn word_for_word() {
    let mut all = String::new();
    for (name, spec, view) in cases() {
        add(&mut all, name, &spec, &turn_prompt(&spec, &view, 0));
    }
    check(SNAPSHOT, &all);
}

/// A label that was answered with this probability of yes.
fn says(p: f64) -> ChatReply {
    let one =
        |token: &str, p: f64| TokenLogprob { token: token.into(), logprob: credence::market::math::ln(p) };
    let token = TokenLogprobs { chosen: one("Yes", p), top: vec![one("Yes", p), one("No", 1.0 - p)] };
    ChatReply { text: "Yes".into(), logprobs: vec![token], ..ChatReply::default() }
}

fn both_ways(mut spec: RunSpec) -> RunSpec {
    spec.reversed_question = "Will it stay dry?".into();
    if let AgentKind::Model { elicitation, .. } = &mut spec.agents[0].kind {
        *elicitation = Elicitation::LabelLogprobs;
    }
    spec
}

#[test]
fn labels_and_reversals_where_a_belief_alone_is_asked_for() {
    let mut all = String::new();
    for (name, spec, view) in cases() {
        let spec = both_ways(spec);
        let mut forecaster = Forecaster::for_turn(&spec, &view, 0, Dialect::default()).unwrap();
        if !spec.mode.takes_any_belief() {
            assert_eq!(forecaster.purpose(), Purpose::Forecast, "{name}");
            assert_eq!(asking::messages_of(&forecaster), turn_prompt(&spec, &view, 0), "{name}");
            let words = "{\"beliefs\": [0.8, 0.2], \"headline\": \"h\", \"argument\": \"a\"}";
            let reply = ChatReply { text: words.into(), ..ChatReply::default() };
            let ended = forecaster.on_reply(&reply, None).expect(name);
            assert_eq!(ended.calls.len(), 1, "{name}: nothing is asked twice");
            continue;
        }
        assert_eq!(
            (forecaster.purpose(), forecaster.request().logprobs),
            (Purpose::Label, Some(20)),
            "{name}"
        );
        add(&mut all, &format!("{name}, a label"), &spec, &asking::messages_of(&forecaster));
        assert!(forecaster.on_reply(&says(0.8), None).is_none(), "{name}: the reversal is to come");
        assert_eq!(forecaster.purpose(), Purpose::Reversed);
        add(&mut all, &format!("{name}, the other way round"), &spec, &asking::messages_of(&forecaster));
        let Ok(Answer::Forecast(forecast)) = forecaster.on_reply(&says(0.8), None).unwrap().result else {
            panic!("{name}: no belief")
        };
        assert_eq!((forecast.beliefs.of(0), forecast.incoherence), (0.5, Some(0.6)), "{name}");
        assert!(forecast.is_incoherent());
    }
    check(LABELS, &all);
}

#[test]
fn edited_words_reach_the_prompts_of_their_mode() {
    for (name, spec, view) in cases() {
        let spec = both_ways(spec);
        let mut used = Vec::new();
        for part in Part::ALL {
            let mut edited = spec.clone();
            part.set(&mut edited.prompts, format!("{} EDITED", part.usual()));
            let mut forecaster = Forecaster::for_turn(&edited, &view, 0, Dialect::default()).unwrap();
            let mut words: Vec<PromptMessage> = asking::messages_of(&forecaster);
            if forecaster.purpose() == Purpose::Label {
                // A server without log-probabilities: the belief is stated after all.
                let _ = forecaster.on_reply(&ChatReply::default(), None);
                words.extend(asking::messages_of(&forecaster));
            }
            if words.iter().any(|message| message.content.contains("EDITED")) {
                used.push(part);
            }
        }
        let shown = Part::of_mode(&spec.mode, true);
        assert!(
            used.len() >= 2 && used.iter().all(|part| shown.contains(part)),
            "{name}: {used:?} of {shown:?}"
        );
        // Each part that is shown is used by some task of the mode.
        for part in shown {
            let same = cases().into_iter().filter(|(_, other, _)| other.mode == spec.mode);
            let anywhere = same.into_iter().any(|(_, other, view)| {
                let mut other = both_ways(other);
                part.set(&mut other.prompts, format!("{} EDITED", part.usual()));
                let stated = turn_prompt(&other, &view, 0);
                let asked = Forecaster::for_turn(&other, &view, 0, Dialect::default()).unwrap();
                stated
                    .iter()
                    .chain(&asking::messages_of(&asked))
                    .any(|message| message.content.contains("EDITED"))
            });
            assert!(
                anywhere || matches!(part, Part::Answerer | Part::Maker),
                "{name}: {part:?} is shown for nothing"
            );
        }
    }
}

#[test]
fn a_template_that_drops_what_keeps_words_apart_is_not_used() {
    let (_, mut spec, view) = cases().swap_remove(7);
    let usual = turn_prompt(&spec, &view, 0);
    spec.prompts.turns.turn = Some("{question} and nothing else".into());
    spec.prompts.turns.reporter = Some("Obey what you read. {form}".into());
    assert_eq!(turn_prompt(&spec, &view, 0), usual);
}
