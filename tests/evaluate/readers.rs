//! Readers: the real header and row shapes of each set, mappings, and files that are broken in every way.

use credence::evaluate::{Form, Mapping, Place, Preset, Question, Reading, Shard, read, sample};
use credence::prng::Seed;

fn plain(text: &str) -> Reading {
    read(text, Form::of("", text), None, &Mapping::default())
}

/// The only question of a text, which names its preset by its columns.
fn only(preset: Preset, text: &str) -> Question {
    let reading = plain(text);
    assert_eq!((reading.preset, reading.rejected.as_slice()), (Some(preset), [].as_slice()), "{text}");
    let [question] = reading.questions.as_slice() else { panic!("{text}: {:?}", reading.questions) };
    question.clone()
}

fn check(preset: Preset, text: &str, asked: &str, outcomes: &[&str], right: &str) -> Question {
    let question = only(preset, text);
    assert_eq!(question.question, asked);
    assert_eq!(question.outcomes, outcomes, "{text}");
    assert_eq!(question.outcomes[question.answer], right, "{text}");
    question
}

const YES_NO: [&str; 2] = ["Yes", "No"];

#[test]
fn truthful_qa() {
    let text = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n\
        Adversarial,Misconceptions,What happens if you swallow gum?,It passes through,\"It passes; nothing\",\"It stays for seven years; You die; It stays for seven years\",https://x\n";
    let question = only(Preset::TruthfulQa, text);
    assert_eq!(question.outcomes.len(), 3, "an answer that is there twice counts once");
    assert_eq!(question.outcomes[question.answer], "It passes through");
    assert_eq!(question.category, "Misconceptions");
    // The right answer stands first in every row of the file, and must not in what is asked.
    let rows: Vec<_> =
        (0..200).map(|k| format!("a,b,Question {k}?,right,,wrong; worse; worst,s\n")).collect();
    let header = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n";
    let first =
        plain(&(header.to_owned() + &rows.concat())).questions.iter().filter(|q| q.answer == 0).count();
    assert!((25..=75).contains(&first), "{first} of 200 are first among four");
    let mc = r#"{"question": "Is it?", "mc1_targets": {"choices": ["It is", "It is not"], "labels": [0, 1]}, "mc2_targets": {}}"#;
    assert_eq!(
        {
            let q = only(Preset::TruthfulQa, mc);
            q.outcomes[q.answer].clone()
        },
        "It is not"
    );
    let old = r#"[{"question": "Is it?", "mc1_targets": {"It is": 0, "It is not": 1}}]"#;
    assert_eq!(
        {
            let q = only(Preset::TruthfulQa, old);
            q.outcomes[q.answer].clone()
        },
        "It is not"
    );
}

#[test]
fn yes_or_no() {
    let strategy = r#"[{"qid": "8db", "term": "Fuji", "description": "x", "question": "Is Fuji high?", "answer": true, "facts": ["secret"], "decomposition": []}]"#;
    let question = check(Preset::StrategyQa, strategy, "Is Fuji high?", &YES_NO, "Yes");
    assert_eq!(
        (question.id.as_str(), question.category.as_str(), question.background.as_str()),
        ("8db", "Fuji", "")
    );
    let boolq = r#"{"question": "is confectionary sugar the same as powdered sugar", "title": "T", "answer": false, "passage": "It is."}"#;
    let question =
        check(Preset::BoolQ, boolq, "is confectionary sugar the same as powdered sugar?", &YES_NO, "No");
    assert_eq!(question.background, "It is.");
    check(
        Preset::ArcMmlu,
        r#"{"id": "1", "question": "Is it?", "answer": "no", "confidence": 1.0}"#,
        "Is it?",
        &YES_NO,
        "No",
    );
}

#[test]
fn choices() {
    let csqa = r#"{"answerKey": "B", "id": "075e", "question": {"question_concept": "punishing", "choices": [{"label": "A", "text": "ignore"}, {"label": "B", "text": "enforce"}], "stem": "What did they do?"}}"#;
    check(Preset::CommonsenseQa, csqa, "What did they do?", &["ignore", "enforce"], "enforce");
    let flat = r#"{"id": "M_1", "question": "Which?", "choices": {"text": ["a", "b", "c"], "label": ["1", "2", "3"]}, "answerKey": "3"}"#;
    check(Preset::CommonsenseQa, flat, "Which?", &["a", "b", "c"], "c");
    let mmlu = r#"{"question": "Which?", "subject": "law", "choices": ["x", "y", "z", "w"], "answer": 2}"#;
    assert_eq!(check(Preset::ArcMmlu, mmlu, "Which?", &["x", "y", "z", "w"], "z").category, "law");
    let bare = "What is 2 + 2?,3,4,5,6,B\n\"Which, of these?\",a,b,c,d,D\n";
    let reading = plain(bare);
    assert_eq!((reading.preset, reading.questions.len()), (Some(Preset::ArcMmlu), 2));
    assert_eq!((reading.questions[0].answer, reading.questions[1].answer), (1, 3));
    // A text that is also a number means itself, not a place.
    let numbers = r#"{"question": "2 + 1?", "outcomes": ["1", "2", "3"], "answer": "2"}"#;
    check(Preset::Plain, numbers, "2 + 1?", &["1", "2", "3"], "2");
}

#[test]
fn ethics() {
    check(
        Preset::Ethics,
        "label,scenario\n1,I paid her since she worked.\n",
        "Is this just and reasonable? “I paid her since she worked.”",
        &YES_NO,
        "Yes",
    );
    let question = only(Preset::Ethics, "label,input,is_short,edited\n0,I watered the plants.,True,False\n");
    assert_eq!((question.answer, question.category.as_str()), (1, "commonsense"));
    let question = only(Preset::Ethics, "label,scenario,excuse\n1,Can you drive?,No because my car broke.\n");
    assert!(question.question.contains("No because my car broke."));
    let question = only(Preset::Ethics, "label,scenario\n0,He left a tip. [SEP] greedy\n");
    assert!(question.question.contains("trait: greedy") && question.category == "virtue");
    let long = format!("label,input,is_short,edited\n1,{},False,False\n", "I waited. ".repeat(500));
    let question = only(Preset::Ethics, &long);
    assert!(question.background.len() > 4_000 && question.question.len() < 200);
}

#[test]
fn forecasts_and_inspect() {
    let set = r#"{"forecast_due_date": "2024-07-21", "question_set": "x", "questions": [
        {"id": "a", "source": "manifold", "question": "Will it?", "resolution_criteria": "As it says", "background": "B", "freeze_datetime": "t", "freeze_datetime_value": "0.25", "resolved": true, "resolved_to": 1.0},
        {"id": "b", "source": "manifold", "question": "Will it?", "freeze_datetime": "t", "freeze_datetime_value": "0.5", "resolved": false, "resolved_to": 0.4}]}"#;
    let reading = plain(set);
    assert_eq!(reading.preset, Some(Preset::ForecastBench));
    let question = &reading.questions[0];
    assert_eq!(
        (question.market_price, question.answer, question.criterion.as_str()),
        (Some(0.25), 0, "As it says")
    );
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].place, Place::Entry(2));
    assert!(reading.rejected[0].reason.to_string().contains("not resolved"));
    let ours = r#"{"id": "c", "source": "metaculus", "question": "Will it?", "background": "", "market_price": 0.7, "outcomes": ["Yes", "No"], "answer": "No"}"#;
    assert_eq!(only(Preset::Plain, ours).market_price, Some(0.7));
    let inspect = r#"{"input": "Which?", "choices": ["a", "b"], "target": "B", "id": 7, "metadata": {"category": "maths"}}"#;
    let question = check(Preset::Inspect, inspect, "Which?", &["a", "b"], "b");
    assert_eq!((question.id.as_str(), question.category.as_str()), ("7", "maths"));
    let chat = r#"{"input": [{"role": "system", "content": "S"}, {"role": "user", "content": "Is it?"}], "target": ["yes"]}"#;
    check(Preset::Inspect, chat, "Is it?", &YES_NO, "Yes");
}

#[test]
fn mappings_rows_of_dataset_servers_and_other_forms() {
    let mapping = Mapping {
        columns: vec![("question".into(), "prompt".into()), ("answer".into(), "gold".into())],
        outcomes: vec!["True".into(), "False".into()],
    };
    let text = "prompt;gold;more\nIs it?;False;x\n";
    let reading = read(text, Form::of("mine.csv", text), None, &mapping);
    assert_eq!((reading.questions[0].outcomes.len(), reading.questions[0].answer), (2, 1));
    let served = r#"{"features": [], "rows": [{"row_idx": 0, "row": {"question": "Is it", "answer": true, "passage": "P"}, "truncated_cells": []}]}"#;
    check(Preset::BoolQ, served, "Is it?", &YES_NO, "Yes");
    let tabs = "question\toutcomes\tanswer\nIs it?\tYes|No\tNo\n";
    assert_eq!(read(tabs, Form::of("q.tsv", tabs), None, &Mapping::default()).questions[0].answer, 1);
    let mark = "\u{feff}question,outcomes,answer\nIs it?,\"[\"\"Yes\"\", \"\"No\"\"]\",Yes\n";
    check(Preset::Plain, mark, "Is it?", &YES_NO, "Yes");
    let named =
        r#"{"id": "../../etc/passwd", "question": "Is it?", "outcomes": ["Yes", "No"], "answer": "Yes"}"#;
    let id = only(Preset::Plain, named).id;
    assert!(!id.contains('/') && !id.starts_with('.'), "{id}");
}

/// Rows of a file that names its columns, of which exactly the first is good.
#[test]
fn broken_files_say_where_and_why() {
    let good = r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": "Yes"}"#;
    let long =
        format!(r#"{{"question": "{}", "outcomes": ["Yes", "No"], "answer": "Yes"}}"#, "x".repeat(3_000));
    let many = format!(
        r#"{{"question": "Which?", "outcomes": [{}"z"], "answer": "z"}}"#,
        (0..12).map(|k| format!("\"{k}\",")).collect::<Vec<_>>().concat()
    );
    for (row, reason) in [
        ("{", "not JSON"),
        ("[1, 2]", "no object"),
        ("null", "no object"),
        ("\"text\"", "no object"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"]"#, "not JSON"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"]}"#, "“answer” is missing"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": null}"#, "“answer” is missing"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": {}}"#, "“answer” is missing"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": "Perhaps"}"#, "none of the outcomes"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": 2}"#, "none of the outcomes"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": -1}"#, "none of the outcomes"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": "C"}"#, "none of the outcomes"),
        (r#"{"question": "", "outcomes": ["Yes", "No"], "answer": "Yes"}"#, "“question” is missing"),
        (r#"{"question": "  ", "outcomes": ["Yes", "No"], "answer": "Yes"}"#, "“question” is missing"),
        (r#"{"question": ["a"], "outcomes": ["Yes", "No"], "answer": "Yes"}"#, "“question” is missing"),
        (r#"{"outcomes": ["Yes", "No"], "answer": "Yes"}"#, "“question” is missing"),
        (r#"{"question": "Is it?", "answer": "Yes"}"#, "“outcomes” is not a list"),
        (r#"{"question": "Is it?", "outcomes": 3, "answer": "Yes"}"#, "“outcomes” is not a list"),
        (r#"{"question": "Is it?", "outcomes": [1, 2], "answer": "1"}"#, "“outcomes” is not a list"),
        (r#"{"question": "Is it?", "outcomes": ["Yes"], "answer": "Yes"}"#, "it has 1 outcomes"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", "Yes"], "answer": "Yes"}"#, "there twice"),
        (r#"{"question": "Is it?", "outcomes": ["Yes", " "], "answer": "Yes"}"#, "is empty"),
        (
            r#"{"question": "Is it?", "outcomes": ["Yes", "No"], "answer": "Yes", "market_price": 1.5}"#,
            "no probability",
        ),
        (many.as_str(), "it has 13 outcomes"),
        (long.as_str(), "too long"),
        (good, "the same as line 1"),
    ] {
        let text = format!("{good}\n\n{row}\n");
        let reading = read(&text, Form::Jsonl, None, &Mapping::default());
        assert_eq!(reading.questions.len(), 1, "{row}");
        let [rejected] = reading.rejected.as_slice() else { panic!("{row}: {:?}", reading.rejected) };
        assert_eq!(rejected.place, Place::Line(3), "{row}");
        assert!(rejected.reason.to_string().contains(reason), "{row}: {}", rejected.reason);
    }
    for (text, reason) in [
        ("", "no header"),
        ("[", "not JSON"),
        ("{\"questions\": 3}", "no preset has these columns"),
        ("a,b\n1,2\n", "no preset has these columns: a, b"),
        ("question,outcomes,answer\nIs it?,Yes|No\n", "it has 2 values, and the header names 3"),
        ("\"question,outcomes", "no preset"),
    ] {
        let reading = plain(text);
        assert!(reading.questions.is_empty(), "{text}");
        assert!(
            reading.rejected.iter().any(|row| row.reason.to_string().contains(reason)),
            "{text}: {:?}",
            reading.rejected
        );
    }
    // However a file is cut, nothing panics and nothing is lost without a word.
    let whole = format!("[{good}, {many}, {good}]");
    for end in (0..whole.len()).filter(|&end| whole.is_char_boundary(end)) {
        let reading = plain(&whole[..end]);
        // What stood before the cut is read.
        assert_eq!(reading.questions.len(), usize::from(end > good.len()), "{}", &whole[..end]);
        assert!(!reading.rejected.is_empty(), "{}", &whole[..end]);
    }
}

fn set(count: usize) -> Vec<Question> {
    let row = |k: usize| {
        let category = if k.is_multiple_of(4) { "rare" } else { "usual" };
        format!(
            "{{\"question\": \"Question {k}?\", \"outcomes\": [\"Yes\", \"No\"], \"answer\": 0, \"category\": \"{category}\"}}"
        )
    };
    plain(&(0..count).map(row).collect::<Vec<_>>().join("\n")).questions
}

#[test]
fn samples_are_seeded_and_shards_are_the_whole() {
    let questions = set(100);
    let one = sample(questions.clone(), 20, false, Seed::new(1));
    assert_eq!(one, sample(questions.clone(), 20, false, Seed::new(1)));
    assert_ne!(one, sample(questions.clone(), 20, false, Seed::new(2)));
    assert_eq!(one.len(), 20);
    let rare = |sample: &[Question]| sample.iter().filter(|question| question.category == "rare").count();
    for seed in 0..20 {
        assert_eq!(rare(&sample(questions.clone(), 20, true, Seed::new(seed))), 5);
        assert_eq!(sample(questions.clone(), 21, true, Seed::new(seed)).len(), 21);
    }
    assert_eq!(sample(questions.clone(), 1_000, true, Seed::new(1)), questions);
    let shard = |index| Shard { index, of: 7 }.part(questions.clone());
    let mut together: Vec<String> = (1..=7).flat_map(shard).map(|question| question.id).collect();
    together.sort();
    let mut all: Vec<String> = questions.iter().map(|question| question.id.clone()).collect();
    all.sort();
    assert_eq!(together, all);
    for (text, good) in
        [("2/8", true), ("8/8", true), ("0/8", false), ("9/8", false), ("2", false), ("a/b", false)]
    {
        assert_eq!(text.parse::<Shard>().is_ok(), good, "{text}");
    }
}
