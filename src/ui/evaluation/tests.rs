//! The rules of the form, the plan and the reckoning.

use super::*;
use crate::evaluate::{Inquiry, Latency, Method};
use crate::run::{Input, Run, with_simulated};
use crate::session::reckoning::reckon_one;
use crate::ui::draft::{Draft, DraftError, PanelKind};

fn question(text: &str, answer: usize) -> Question {
    Question::new(text, vec!["Yes".to_owned(), "No".to_owned()], answer).checked().unwrap()
}

fn questions(count: usize) -> Vec<Question> {
    (0..count).map(|n| question(&format!("Is {n} even?"), n % 2)).collect()
}

fn models() -> Draft {
    let mut draft = Draft::default();
    draft.panel = PanelKind::Models;
    draft
}

#[test]
fn a_plan_is_kept_whole_and_has_what_was_typed() {
    let form =
        Form { sample: "3".into(), most_calls: "20".into(), most_dollars: "0.5".into(), ..Form::default() };
    let (panel, connections) = form.panel(&Draft::default(), None).unwrap();
    assert!(panel.agents.iter().all(|agent| agent.kind.is_simulated()));
    let plan = form.plan(&questions(8), panel, &connections, Some(9)).unwrap();
    assert_eq!((plan.questions.len(), plan.most_calls, plan.most_micro_usd), (3, Some(20), Some(500_000)));
    assert_eq!(plan.methods().len(), form.methods.len());
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    let head = Head::new("set.csv", 3, 7);
    assert_eq!(serde_json::from_str::<Head>(&serde_json::to_string(&head).unwrap()).unwrap(), head);
}

#[test]
fn what_is_in_the_way_has_a_name() {
    let form = Form::default();
    let (panel, connections) = form.panel(&Draft::default(), None).unwrap();
    let plan = |form: &Form, questions: &[Question]| form.plan(questions, panel.clone(), &connections, None);
    assert_eq!(plan(&form, &[]), Err(Obstacle::NoQuestions));
    let none = Form { methods: std::collections::BTreeSet::new(), ..Form::default() };
    assert_eq!(plan(&none, &questions(2)), Err(Obstacle::NoMethod));
    // A market's price alone is no method where no question has one.
    let price = Form { methods: [Method::MarketPrice].into(), ..Form::default() };
    assert_eq!(plan(&price, &questions(2)), Err(Obstacle::NoMethod));
    for (field, limit) in
        [("sample", Limit::Sample), ("seed", Limit::Seed), ("calls", Limit::Calls), ("money", Limit::Dollars)]
    {
        let mut form = Form::default();
        let text = match field {
            "sample" => &mut form.sample,
            "seed" => &mut form.seed,
            "calls" => &mut form.most_calls,
            _ => &mut form.most_dollars,
        };
        "none".clone_into(text);
        assert_eq!(plan(&form, &questions(2)), Err(Obstacle::BadNumber(limit)), "{field}");
    }
    assert_eq!(form.panel(&models(), None), Err(Obstacle::Panel(DraftError::NoConnection)));
}

#[test]
fn how_a_file_was_read_is_remembered_by_its_columns() {
    let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let how = |preset: &str| How { preset: Some(preset.to_owned()), ..How::default() };
    let mut remembered = Remembered::default();
    remembered.put(&columns(&["a", "b"]), &how("boolq"));
    remembered.put(&columns(&["a"]), &how("ethics"));
    remembered.put(&columns(&["a", "b"]), &how("plain"));
    assert_eq!(remembered.of(&columns(&["a", "b"])), Some(&how("plain")));
    assert_eq!(remembered.of(&columns(&["b"])), None);
    for n in 0..40 {
        remembered.put(&columns(&[&n.to_string()]), &how("plain"));
    }
    assert_eq!(remembered.of(&columns(&["a"])), None);
    // As it is recognised anyway: nothing to remember.
    remembered.put(&columns(&["39"]), &How::default());
    assert_eq!(remembered.of(&columns(&["39"])), None);
}

#[test]
fn an_estimate_counts_shared_runs_once_and_grows_with_what_asks_again() {
    let form = Form::default();
    let connection = Some((ConnectionId(1), "some-model"));
    let (panel, _) = form.panel(&models(), connection).unwrap();
    let set = questions(4);
    let with = |methods: &[Method]| reckon(&panel, methods, &set, 4, Seed::new(1)).unwrap();
    let agents = panel.agents.len() as u64;
    let pools = with(&[Method::Mean, Method::Majority]);
    assert_eq!(pools.calls.0, 4 * agents);
    let market = with(&[Method::Panel]);
    assert_eq!(with(&[Method::Panel, Method::Mean]), market, "first answers are the market's");
    let more = with(&[Method::Panel, Method::SelfConsistency]);
    assert!(more.calls.0 >= market.calls.0 + 4 && more.calls.1 > market.calls.1);
    assert!(with(&[Method::Panel, Method::MakerTrader]).calls.0 > market.calls.0);
    let one = reckon_one(&panel, &[Method::Panel], &set[0], Seed::new(1)).unwrap();
    assert_eq!(one.calls.1 * 4, market.calls.1);
    // Simulated traders cost nothing.
    let (simulated, _) = form.panel(&Draft::default(), None).unwrap();
    assert_eq!(reckon(&simulated, &[Method::Panel], &set, 4, Seed::new(1)), None);
}

#[test]
fn a_planned_question_can_be_asked_to_its_record() {
    let form = Form { methods: Method::ALL.into_iter().collect(), ..Form::default() };
    let (panel, connections) = form.panel(&Draft::default(), None).unwrap();
    let plan = form.plan(&questions(2), panel, &connections, None).unwrap();
    let methods = plan.methods();
    let mut inquiry = Inquiry::new(&plan.panel, &methods, &plan.questions[0], plan.seed);
    let mut spending = Spending::default();
    while let Some((job, spec)) = inquiry.next_run() {
        let mut run = Run::new(spec).unwrap();
        run.advance(Input::Begin).unwrap();
        while !run.state().is_closed() {
            let input = with_simulated(&run, Vec::new()).unwrap();
            run.advance(input).unwrap();
        }
        spending.add(&run);
        inquiry.made(job, run, Latency::default());
    }
    let record = inquiry.record();
    assert!(record.methods.contains_key("mean") && record.methods.contains_key("panel"));
    assert_eq!(spending.spent, Spent::default(), "nobody was called");
    let found = lacks([&record].into_iter());
    assert!(found.iter().all(|lack| lack.questions == 1));
}

#[test]
fn the_native_program_reads_the_same_questions_and_the_same_panel() {
    let form = Form::default();
    let (panel, connections) = form.panel(&Draft::default(), None).unwrap();
    let mut questions = questions(3);
    questions[1].background = "Two lines\nof background".into();
    questions[2].market_price = Some(0.25);
    questions
        .push(Question::new("Which number?", vec!["2".into(), "1".into(), "0".into()], 0).checked().unwrap());
    let plan = form.plan(&questions, panel, &connections, None).unwrap();
    let text = plan.question_lines();
    let read = crate::evaluate::read(
        &text,
        crate::evaluate::Form::of("q.jsonl", &text),
        None,
        &crate::evaluate::Mapping::default(),
    );
    assert_eq!((read.questions, read.rejected), (questions, Vec::new()));
    assert_eq!(serde_json::from_str::<RunSpec>(&plan.panel_text()).unwrap(), plan.panel);
    assert!(plan.command().contains("--methods single,majority") && !plan.command().contains("--server"));
}

#[test]
fn a_pace_says_how_long_is_left() {
    assert_eq!((Pace::default().a_minute(), Pace::default().left_millis(5)), (None, None));
    let pace = Pace { done: 4, millis: 2_000 };
    assert_eq!((pace.a_minute(), pace.left_millis(10)), (Some(120.0), Some(5_000)));
}
