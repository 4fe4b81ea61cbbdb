//! Replies and what is made of them, one a line.

use super::*;

fn reply(text: &str) -> ChatReply {
    ChatReply { text: text.to_owned(), finish_reason: Some("stop".to_owned()), ..ChatReply::default() }
}

fn outcomes() -> Vec<String> {
    vec!["Yes".to_owned(), "No".to_owned()]
}

fn check(text: &str, expected: Result<[u32; 2], &str>) {
    match (parse(&reply(text), &outcomes()), expected) {
        (Ok(forecast), Ok(millionths)) => assert_eq!(forecast.beliefs.millionths(), millionths, "{text}"),
        (Err(Unusable::Unreadable(problem)), Err(part)) => {
            assert!(problem.contains(part), "{text}: {problem}");
        }
        (got, _) => panic!("{text}: {got:?}"),
    }
}

#[test]
fn where_the_json_may_stand() {
    let wanted = Ok([700_000, 300_000]);
    for text in [
        r#"{"beliefs":[0.7,0.3]}"#,
        "  \n{\"beliefs\": [0.7, 0.3]}\n",
        "Sure! Here it is:\n```json\n{\"beliefs\":[0.7,0.3]}\n```\nHope this helps.",
        "```\n{\"beliefs\":[0.7,0.3]}\n```",
        r#"My answer is {"beliefs":[0.7,0.3]} because {reasons}."#,
        r#"The set {a, b} aside: {"beliefs":[0.7,0.3],"headline":"a } b"} and more {"#,
        r#"{"note":"a draft"} {"beliefs":[0.7,0.3]}"#,
        r#"<think>{"beliefs":[0.1,0.9]}?</think>{"beliefs":[0.7,0.3]}"#,
        r#"[{"beliefs":[0.7,0.3]}]"#,
        r#"{"beliefs":{"No":0.3,"Yes":0.7}}"#,
        r#"{"beliefs":[0.71,0.3],"headline":7,"evidence":"none","predicted_mean_of_others":"?"}"#,
    ] {
        match parse(&reply(text), &outcomes()) {
            Ok(forecast) => assert!((forecast.beliefs.of(0) - 0.7).abs() < 0.01, "{text}"),
            Err(problem) => panic!("{text}: {problem:?}"),
        }
    }
    check(r#"{"beliefs":[0.7,0.3]}"#, wanted);
}

#[test]
fn numbers_that_are_and_are_not_beliefs() {
    check(r#"{"beliefs":[1,0]}"#, Ok([1_000_000, 0]));
    check(r#"{"beliefs":[0.68,0.34]}"#, Ok([666_667, 333_333]));
    check(r#"{"beliefs":[70,30]}"#, Ok([700_000, 300_000]));
    check(r#"{"beliefs":[99,1]}"#, Ok([990_000, 10_000]));
    check(r#"{"beliefs":[100,0]}"#, Ok([1_000_000, 0]));
    for (text, part) in [
        (r#"{"beliefs":[1.71,-0.71]}"#, "from 0 to 1"),
        (r#"{"beliefs":[-1.0,2.0]}"#, "from 0 to 1"),
        (r#"{"beliefs":[130,-30]}"#, "from 0 to 1"),
        (r#"{"beliefs":[1e999,0]}"#, "cannot be read"),
        (r#"{"beliefs":[NaN,0]}"#, "cannot be read"),
        (r#"{"beliefs":[7,3]}"#, "from 0 to 1"),
        (r#"{"beliefs":[0.9,0.9]}"#, "sum to 1.800"),
        (r#"{"beliefs":[0,0]}"#, "sum to 0.000"),
        (r#"{"beliefs":[0.7]}"#, "has 1 numbers, not 2"),
        (r#"{"beliefs":[0.4,0.3,0.3]}"#, "has 3 numbers, not 2"),
        (r#"{"beliefs":["0.7","0.3"]}"#, "numbers only"),
        (r#"{"beliefs":[null,1]}"#, "numbers only"),
        (r#"{"beliefs":0.7}"#, "must be a list of 2 numbers"),
        (r#"{"beliefs":{"Yes":0.7}}"#, "must be a list of 2 numbers"),
        (r#"{"probability":0.7}"#, "no field “beliefs”"),
        (r#"{"beliefs":[0.7,0.3"#, "cannot be read"),
        ("I think yes.", "no JSON object"),
        ("[0.7,0.3]", "not a JSON object"),
        ("{}", "no field"),
        ("{{{{{{", "cannot be read"),
    ] {
        check(text, Err(part));
    }
}

#[test]
fn words_are_cut_and_cleaned() {
    let long = "wörd ".repeat(100);
    let text = serde_json::json!({
        "beliefs": [0.5, 0.5],
        "headline": format!("a\u{202e}b\u{0}\n{long}"),
        "reasoning": format!("one\ntwo\u{1b}[31m\u{200b}{}", "x".repeat(10_000)),
        "evidence": ["", "e", 7, "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"],
        "predicted_mean_of_others": 1.5,
    });
    let forecast = parse(&reply(&text.to_string()), &outcomes()).unwrap();
    assert!(
        forecast.headline.starts_with("ab wörd") && forecast.headline.ends_with('…'),
        "{}",
        forecast.headline
    );
    assert!(forecast.headline.chars().count() <= MAX_HEADLINE_CHARS);
    assert!(
        forecast.reasoning.starts_with("one\ntwo[31mxxx")
            && forecast.reasoning.chars().count() == MAX_REASONING_CHARS
    );
    assert_eq!(forecast.evidence.len(), MAX_EVIDENCE);
    assert_eq!(forecast.predicted_mean_of_others, None);
}

#[test]
fn refusals_are_not_repaired() {
    let refused = |reply: &ChatReply| matches!(parse(reply, &outcomes()), Err(Unusable::Refused(_)));
    assert!(refused(&reply("")) && refused(&reply(" \n")));
    assert!(refused(&ChatReply {
        finish_reason: Some("content_filter".into()),
        ..reply("{\"beliefs\":[1,0]}")
    }));
    assert!(refused(&ChatReply { refusal: Some("I cannot help with that".into()), ..reply("") }));
    let cut = ChatReply { finish_reason: Some("length".into()), ..reply("{\"beliefs\":[0.7") };
    assert!(
        matches!(parse(&cut, &outcomes()), Err(Unusable::Unreadable(problem)) if problem.contains("limit of tokens"))
    );
    let spent = ChatReply { finish_reason: Some("length".into()), ..reply("") };
    assert!(matches!(parse(&spent, &outcomes()), Err(Unusable::Unreadable(_))));
}

#[test]
fn hostile_replies_end_soon() {
    for text in [
        "{".repeat(1 << 20),
        "{\"a\":[".repeat(1 << 17),
        "```{".repeat(1 << 18),
        format!("{{\"a\":{}", "[1,".repeat(1 << 18)),
    ] {
        assert!(parse(&reply(&text), &outcomes()).is_err());
    }
}
