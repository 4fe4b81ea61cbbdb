//! A tab may die at any moment: after every event of a run, and with every answer that was in, what was kept gives back
//! a run that ends at the same head, and no answered call is sent again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    unused_imports,
    reason = "the scripts serve other tests too"
)]

#[path = "support/scripted.rs"]
mod scripted;

use credence::archive::{
    Card, Label, Origin, Ours, Read, Reader, SetUp, WhyRaw, entry_text, events_of, reply_text, timing_text,
};
use credence::run::{Ending, Run};
use credence::session::{ConnectionId, Earlier, StoredReply};
use scripted::{Outcome, Scenario};

const AGENTS: usize = 3;

fn scenario() -> Scenario {
    Scenario::new(AGENTS).rounds(3).disagreeing()
}

fn connections() -> Vec<Option<ConnectionId>> {
    (0..AGENTS).map(|agent| Some(ConnectionId(agent as u32))).collect()
}

/// The run as it is kept, up to event `seq`, with the answers of the first rounds and the first so many of the next.
fn ours(whole: &Outcome, seq: usize, replies: &[StoredReply]) -> Ours {
    let run = whole.session.with_run(Clone::clone);
    let set_up = SetUp::here(&run, &connections(), 5, true).to_text();
    let mut reader = Reader::new(&set_up).unwrap();
    for (_, text) in events_of(&run, 0).iter().take(seq) {
        reader.feed(text);
    }
    let replies: Vec<String> =
        replies.iter().map(|reply| reply_text(reply.round, &reply.clone().into_reply())).collect();
    let timings: Vec<String> = whole.session.timings().entries.iter().map(timing_text).collect();
    match reader.finish(&replies, &timings) {
        Read::Ours(ours) => *ours,
        Read::Raw(raw) => panic!("{:?}", raw.why),
    }
}

/// Resumes from there and plays to the end: the same head, and only what was not answered is asked.
fn check(whole: &Outcome, seq: usize, answered: usize) {
    let stored = whole.stored();
    let ours = ours(whole, seq, &stored[..answered]);
    let rounds_done = ours.run.state().totals().rounds as usize;
    assert_eq!(ours.connections, connections());
    assert_eq!(ours.kept_events, seq as u64);
    // What a script says depends on how often it was asked, so the scripts go on where they stood.
    let mut scenario = scenario();
    for agent in 0..AGENTS {
        let used = stored[..answered].iter().filter(|reply| reply.agent == agent).count();
        scenario = scenario.skip_turns(agent, used.max(rounds_done));
    }
    let earlier = Earlier { replies: ours.earlier.replies, timings: ours.earlier.timings };
    let resumed = scenario.resume(ours.run, earlier).play();
    assert_eq!(resumed.head(), whole.head(), "after event {seq} and {answered} answers");
    assert_eq!(resumed.sent(), whole.sent() - answered, "after event {seq} and {answered} answers");
}

#[test]
fn every_event_and_every_answer() {
    let whole = scenario().play();
    let run = whole.session.with_run(Clone::clone);
    let events: Vec<_> = run.log().events().cloned().collect();
    assert!(events.len() >= 25, "{} events", events.len());
    assert_eq!(whole.stored().len(), AGENTS * 3);
    for seq in 0..=events.len() {
        // How many rounds are complete in what was kept.
        let kept = Run::resume(run.spec().clone(), events[..seq].iter().cloned()).unwrap();
        let rounds = kept.state().totals().rounds as usize;
        let most = if kept.state().is_closed() { 0 } else { AGENTS };
        // If the last step was cut off, the answers to its round are all there.
        let torn = (kept.head().seq as usize) < seq;
        for answered in (if torn { most } else { 0 })..=most {
            check(&whole, seq, (rounds * AGENTS + answered).min(AGENTS * 3));
        }
    }
}

#[test]
fn damage_is_shown_and_does_not_go_on() {
    let whole = scenario().play();
    let run = whole.session.with_run(Clone::clone);
    let set_up = SetUp::here(&run, &[], 5, false).to_text();
    let texts = events_of(&run, 0);
    let read = |set_up: &str, texts: &[String]| {
        let mut reader = Reader::new(set_up).unwrap();
        for text in texts {
            reader.feed(text);
        }
        reader.finish(&[], &[])
    };
    let why = |read: Read| match read {
        Read::Raw(raw) => raw.why,
        Read::Ours(_) => panic!("it goes on"),
    };
    let all: Vec<String> = texts.iter().map(|(_, text)| text.clone()).collect();
    let mut forged = all.clone();
    forged[6] = forged[6].replace("\"round\":1", "\"round\":2");
    assert_ne!(forged, all);
    assert_eq!(why(read(&set_up, &forged)), WhyRaw::Damaged(7));
    let mut hole = all.clone();
    hole.remove(3);
    assert_eq!(why(read(&set_up, &hole)), WhyRaw::Damaged(4));
    let mut nonsense = all.clone();
    nonsense[0] = "{".into();
    assert_eq!(why(read(&set_up, &nonsense)), WhyRaw::Damaged(1));
    let older = set_up.replace("credence-engine-1", "credence-engine-0");
    assert_eq!(why(read(&older, &all)), WhyRaw::OtherEngine);
    for unreadable in ["", "{}", "{\"version\":99}", &set_up.replace("\"outcomes\"", "\"results\"")] {
        assert!(Reader::new(unreadable).is_err(), "{unreadable}");
    }
}

#[test]
fn an_imported_run_comes_back_as_it_came() {
    let whole = scenario().play();
    let document = whole.session.with_run(|run| run.document().unwrap());
    let mut forged = document.clone();
    forged.events[4].event["round"] = 7.into();
    forged.events.swap(1, 2);
    for document in [document, forged] {
        let mut reader = Reader::new(&SetUp::imported(&document, 9).to_text()).unwrap();
        document.events.iter().for_each(|entry| reader.feed(&entry_text(entry)));
        let Read::Raw(raw) = reader.finish(&[], &[]) else { panic!("it is not ours") };
        assert_eq!((raw.document, raw.why), (document, WhyRaw::Imported));
    }
}

#[test]
fn cards_and_labels() {
    let whole = scenario().play();
    let card = whole.session.with_run(|run| Card::of(run, "credence-engine-1", Origin::Here, 7));
    assert_eq!(Card::from_text(&card.to_text()).unwrap(), card);
    assert!(!card.is_open() && card.ending == Some(Ending::Undecided) && card.leader.is_some());
    assert_eq!((card.model_agents, card.calls, card.cost_micro_usd), (3, 9, None));
    let mut label = Label::default();
    label.rename("  Rain again ");
    assert_eq!(label.name.as_deref(), Some("Rain again"));
    assert_eq!(Label::from_text(&label.to_text()).unwrap(), label);
    label.rename(" ");
    assert_eq!(label, Label::default());
    for text in ["", "[]", "{\"version\":2}", "{\"version\":1,\"key\":\"x\"}"] {
        assert!(Card::from_text(text).is_err() && Label::from_text(text).is_err(), "{text}");
    }
}
