//! The rules of the form.

use super::*;
use crate::run::SpecError;
use crate::ui::words::examples::{EXAMPLES, User};

const CONNECTION: Option<Preset<'_>> = Some((ConnectionId(1), "some-model"));

#[test]
fn a_first_visit_is_ready_to_run() {
    let (spec, bindings) = Draft::first_visit().build(1, None).unwrap();
    assert_eq!(spec.question, EXAMPLES[0].question);
    assert!(spec.all_simulated() && spec.agents.len() == SIMULATED_SEATS);
    assert_eq!(bindings.len(), spec.agents.len());
}

#[test]
fn every_example_runs_and_no_two_are_alike() {
    for place in 0..EXAMPLES.len() {
        let mut draft = Draft::default();
        draft.use_example(place);
        let (spec, _) = draft.build(1, None).unwrap();
        assert_eq!(spec.answer, EXAMPLES[place].answer);
        assert!(EXAMPLES[..place].iter().all(|other| other.question != EXAMPLES[place].question));
    }
}

#[test]
fn every_kind_of_user_finds_examples() {
    for user in User::ALL {
        assert!(EXAMPLES.iter().filter(|example| example.user == user).count() >= 3, "{user:?}");
    }
}

#[test]
fn a_new_question_drops_the_examples_texts_and_an_edit_keeps_them() {
    let with_answer = EXAMPLES.iter().position(|example| example.answer.is_some()).unwrap();
    let mut draft = Draft::default();
    draft.use_example(with_answer);
    assert!(draft.has_picked_seed());
    let edited = draft.question.replace('?', " today?");
    draft.type_question(edited);
    assert!(draft.answer.is_some() && draft.has_picked_seed());
    draft.seed = "7".into();
    assert!(!draft.has_picked_seed());
    draft.type_question("Will it rain?".into());
    assert_eq!((draft.background.as_str(), draft.criterion.as_str(), draft.answer), ("", "", None));
    assert_eq!((draft.seed.as_str(), draft.hidden_truth, draft.example), ("", None, None));
    draft.background = "mine".into();
    draft.type_question("Will it snow?".into());
    assert_eq!(draft.background, "mine", "only the example's texts are dropped");
}

#[test]
fn a_new_question_is_a_yes_or_no_question_unless_somebody_named_its_answers() {
    let several = EXAMPLES.iter().position(|example| example.outcomes.len() > 2).unwrap();
    let mut draft = Draft::default();
    draft.use_example(several);
    draft.type_question("Will it rain?".into());
    assert_eq!(draft.outcomes, yes_no());
    draft.use_example(several);
    draft.outcomes[0] = "Mine".into();
    draft.type_question("Will it rain?".into());
    assert_eq!(draft.outcomes[0], "Mine");
}

#[test]
fn outcomes_come_and_go_within_the_limits() {
    let mut draft = Draft::default();
    draft.remove_outcome(0);
    assert_eq!(draft.outcomes, yes_no());
    for _ in 0..20 {
        draft.add_outcome();
    }
    assert_eq!(draft.outcomes.len(), MAX_OUTCOMES);
    draft.answer = Some(5);
    draft.remove_outcome(2);
    assert_eq!(draft.answer, Some(4));
    draft.remove_outcome(4);
    assert_eq!(draft.answer, None);
}

#[test]
fn models_need_a_connection_and_one_gives_a_panel_of_three() {
    let mut draft = Draft { panel: PanelKind::Models, ..Draft::first_visit() };
    assert_eq!(draft.build(1, None), Err(DraftError::NoConnection));
    let (spec, bindings) = draft.build(1, CONNECTION).unwrap();
    assert_eq!(spec.agents.len(), 3);
    assert!(spec.world.is_none());
    assert_eq!(bindings, vec![Some(ConnectionId(1)); 3]);
    draft.add_seat(CONNECTION);
    draft.person = true;
    let (spec, bindings) = draft.build(1, CONNECTION).unwrap();
    assert_eq!((spec.agents.len(), bindings[4]), (5, None));
}

#[test]
fn what_is_in_the_way_has_a_name() {
    let first = Draft::first_visit;
    for (draft, expected) in [
        (Draft { question: " ".into(), ..first() }, DraftError::NoQuestion),
        (Draft { seed: "xyz".into(), ..first() }, DraftError::BadNumber(Field::Seed)),
        (Draft { rounds: "many".into(), ..first() }, DraftError::BadNumber(Field::Rounds)),
        (Draft { prior_weight: "100".into(), ..first() }, DraftError::BadNumber(Field::PriorWeight)),
        (
            Draft { outcomes: vec!["A".into(), " A".into()], ..first() },
            DraftError::Spec(SpecError::OutcomeName(2)),
        ),
        (
            Draft { rounds: "0".into(), ..first() },
            DraftError::Spec(SpecError::OutOfRange("the number of rounds")),
        ),
    ] {
        assert_eq!(draft.build(1, None), Err(expected));
    }
}

#[test]
fn a_mode_gets_what_it_takes_and_the_form_keeps_the_rest() {
    use crate::agents::Part;
    use crate::run::{Elicitation, MakerTrader, Mode, SelfResolving};
    let mut draft = Draft { panel: PanelKind::Models, question: "Will it hold?".into(), ..Draft::default() };
    draft.set_elicitation(CONNECTION, Elicitation::LabelLogprobs);
    draft.asking.reversed_question = "Will it break?".into();
    for part in [Part::Rules, Part::Maker, Part::Reporter] {
        part.set(&mut draft.asking.prompts, format!("Be brief. {}", part.usual()));
    }
    let mut check = |mode: Mode, any: bool, own: Part| {
        draft.mode = ModeDraft::of(mode);
        let (spec, _) = draft.build(1, CONNECTION).unwrap();
        assert_eq!(spec.reversed_question.is_empty(), !any);
        let labels = |agent: &crate::run::AgentSpec| matches!(&agent.kind, crate::run::AgentKind::Model { elicitation, .. } if !elicitation.is_stated());
        assert!(spec.agents.iter().all(|agent| labels(agent) == any));
        assert_eq!(spec.prompts.changed().count(), 1, "the words of its own mode alone");
        assert!(own.of(&spec.prompts).is_some());
    };
    check(Mode::Market, true, Part::Rules);
    check(Mode::MakerTrader(MakerTrader::default()), false, Part::Maker);
    check(Mode::SelfResolving(SelfResolving::default()), true, Part::Reporter);
}

#[test]
fn a_set_up_fills_the_form_and_the_form_gives_it_back() {
    let mut draft = Draft::first_visit();
    draft.sizing = SizingRule::Kelly;
    draft.sizing_number = "0.5".into();
    draft.prior_weight = "21.37".into();
    draft.rounds = "10".into();
    draft.person = true;
    let (spec, _) = draft.build(1, None).unwrap();
    let (again, _) = Draft::from_spec(&spec).build(2, None).unwrap();
    assert_eq!(again, spec);
    let mut models = Draft { panel: PanelKind::Models, ..Draft::first_visit() };
    models.add_seat(CONNECTION);
    let (spec, _) = models.build(1, CONNECTION).unwrap();
    let (again, _) = Draft::from_spec(&spec).build(2, CONNECTION).unwrap();
    assert_eq!(again, spec);
}
