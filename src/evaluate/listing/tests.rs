//! Replies as the markets give them, shortened, and replies that no market would give.

use serde_json::json;

use super::*;

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn read_json(at: &str, reply: &Value) -> Result<Listed, Unread> {
    read(&address(at), &reply.to_string())
}

const MANIFOLD: &str = "https://manifold.markets/Austin/will-it-snow";
const EVENT: &str = "https://polymarket.com/event/next-chair";
const MARKET: &str = "https://polymarket.com/event/next-chair/will-ada-be-chair";
const METACULUS: &str = "https://www.metaculus.com/questions/4711/will-it-rain/";

#[test]
fn addresses_lead_to_the_interface_and_nowhere_else() {
    for (text, api, page) in [
        (
            " https://manifold.markets/Austin/will-it-snow?r=abc#x ",
            "https://api.manifold.markets/v0/slug/will-it-snow",
            MANIFOLD,
        ),
        (
            "manifold.markets/Austin/will-it-snow/",
            "https://api.manifold.markets/v0/slug/will-it-snow",
            MANIFOLD,
        ),
        (EVENT, "https://gamma-api.polymarket.com/events?slug=next-chair", EVENT),
        (
            "https://polymarket.com/de/event/next-chair",
            "https://gamma-api.polymarket.com/events?slug=next-chair",
            EVENT,
        ),
        (MARKET, "https://gamma-api.polymarket.com/markets?slug=will-ada-be-chair", MARKET),
        (
            "https://polymarket.com/market/a-b_c",
            "https://gamma-api.polymarket.com/markets?slug=a-b_c",
            "https://polymarket.com/market/a-b_c",
        ),
        (
            "http://WWW.metaculus.com/questions/4711",
            "https://www.metaculus.com/api/posts/4711/",
            "https://www.metaculus.com/questions/4711/",
        ),
    ] {
        let found = address(text);
        assert_eq!((found.api().as_str(), found.page().as_str()), (api, page), "{text}");
        assert_eq!(address(&found.page()).api(), api, "{text}");
    }
    for text in [
        "",
        "hello",
        "https://example.org/a/b",
        "https://manifold.markets.evil.example/a/b",
        "javascript:alert(1)",
    ] {
        assert_eq!(Address::parse(text), Err(AddressError::UnknownSite), "{text}");
    }
    for (text, site) in [
        ("https://manifold.markets/", Site::Manifold),
        ("https://manifold.markets/Austin", Site::Manifold),
        ("https://manifold.markets/browse/ai", Site::Manifold),
        ("https://manifold.markets/Austin/a%2F..%2Fme", Site::Manifold),
        ("https://manifold.markets/Austin/..", Site::Manifold),
        ("https://polymarket.com/profile/0x12", Site::Polymarket),
        ("https://polymarket.com/event/a&slug=b", Site::Polymarket),
        ("https://www.metaculus.com/questions/?x=1", Site::Metaculus),
        ("https://www.metaculus.com/questions/4711a/", Site::Metaculus),
    ] {
        assert_eq!(Address::parse(text), Err(AddressError::NoQuestion(site)), "{text}");
    }
}

fn snow() -> Value {
    json!({
        "id": "EvIhzcJXwhL0HavaszD7", "creatorUsername": "Austin", "createdTime": 1_653_850_472_294_u64,
        "question": "Will it snow in Rome this winter?", "slug": "will-it-snow",
        "url": "https://manifold.markets/Austin/will-it-snow", "pool": {"NO": 80.0, "YES": 120.0},
        "probability": 0.6234, "p": 0.5, "outcomeType": "BINARY", "mechanism": "cpmm-1", "volume": 241,
        "isResolved": false, "uniqueBettorCount": 12, "token": "MANA",
        "description": {"type": "doc", "content": []},
        "textDescription": "Any flake counts.\n\n\n\nSee [the rule](https://example.org/rule).",
    })
}

#[test]
fn manifold_a_question_with_yes_and_no() {
    let found = read_json(MANIFOLD, &snow()).unwrap();
    assert_eq!(found.question, "Will it snow in Rome this winter?");
    assert_eq!(found.background, "Any flake counts.\n\nSee the rule (https://example.org/rule).");
    assert_eq!(found.outcomes, ["Yes", "No"]);
    assert_eq!(found.prices, Some(vec![0.6234, 1.0 - 0.6234]));
    assert_eq!((found.answer, found.is_resolved), (None, false));
    for (resolution, answer) in [("YES", Some(0)), ("NO", Some(1)), ("MKT", None), ("CANCEL", None)] {
        let mut over = snow();
        (over["isResolved"], over["resolution"]) = (true.into(), resolution.into());
        let found = read_json(MANIFOLD, &over).unwrap();
        assert_eq!((found.answer, found.is_resolved), (answer, true), "{resolution}");
    }
}

fn colours(count: usize) -> Value {
    let answer = |n: usize| json!({"id": format!("a{n}"), "text": format!("Colour {n}"), "probability": 1.0 / count as f64});
    json!({
        "question": "Which colour?", "url": "https://manifold.markets/Old-name/will-it-snow", "isResolved": true,
        "outcomeType": "MULTIPLE_CHOICE", "mechanism": "cpmm-multi-1", "shouldAnswersSumToOne": true, "resolution": "a1",
        "answers": (0..count).map(answer).collect::<Vec<_>>(), "textDescription": "",
    })
}

#[test]
fn manifold_a_question_with_answers() {
    let found = read_json(MANIFOLD, &colours(4)).unwrap();
    assert_eq!(found.outcomes, ["Colour 0", "Colour 1", "Colour 2", "Colour 3"]);
    assert_eq!((found.prices, found.answer), (Some(vec![0.25; 4]), Some(1)));
    assert_eq!(read_json(MANIFOLD, &colours(13)), Err(Unread::TooMany(13)));
    let mut loose = colours(4);
    loose["shouldAnswersSumToOne"] = false.into();
    assert_eq!(read_json(MANIFOLD, &loose), Err(Unread::Independent(4)));
    let mut number = snow();
    number["outcomeType"] = "PSEUDO_NUMERIC".into();
    assert_eq!(read_json(MANIFOLD, &number), Err(Unread::NotAChoice("PSEUDO_NUMERIC".into())));
    let mut other = snow();
    other["url"] = "https://manifold.markets/Austin/will-it-rain".into();
    assert_eq!(read_json(MANIFOLD, &other), Err(Unread::Other));
    assert_eq!(read_json(MANIFOLD, &json!({"message": "Contract not found"})), Err(Unread::NotThere));
}

fn polymarket(slug: &str, title: &str, yes: &str) -> Value {
    let no = 1.0 - yes.parse::<f64>().unwrap();
    json!({
        "id": "516724", "question": format!("Will {title} be chair?"), "slug": slug, "groupItemTitle": title,
        "description": "Resolves by the official record.", "outcomes": "[\"Yes\", \"No\"]",
        "outcomePrices": format!("[\"{yes}\", \"{no}\"]"), "active": true, "closed": false,
    })
}

fn chair() -> Value {
    let mut out = polymarket("will-cleo-be-chair", "Cleo", "0");
    out["closed"] = true.into();
    let mut place = polymarket("will-person-x-be-chair", "Person X", "0.5");
    place["active"] = false.into();
    json!([{
        "id": "16085", "slug": "next-chair", "title": "Who will be the next chair?", "negRisk": true, "closed": false,
        "description": "One of them will be chair.",
        "markets": [polymarket("will-ada-be-chair", "Ada", "0.615"), polymarket("will-bo-be-chair", "Bo", "0.4"), out, place],
    }])
}

#[test]
fn polymarket_one_market_and_an_event_of_several() {
    let found = read_json(MARKET, &json!([polymarket("will-ada-be-chair", "Ada", "0.615")])).unwrap();
    assert_eq!(found.question, "Will Ada be chair?");
    assert_eq!((found.outcomes.len(), found.prices), (2, Some(vec![0.615, 0.385])));
    let found = read_json(EVENT, &chair()).unwrap();
    assert_eq!(found.question, "Who will be the next chair?");
    assert_eq!(found.outcomes, ["Ada", "Bo"], "neither who is out nor who is not named yet");
    assert_eq!(
        found.prices,
        Some(vec![0.615, 0.4]),
        "as the market says them, though they do not sum to one"
    );
    // An event of one market is that market.
    let mut single = chair();
    single[0]["markets"] = json!([polymarket("will-ada-be-chair", "", "0.9")]);
    assert_eq!(read_json(EVENT, &single).unwrap().outcomes, ["Yes", "No"]);
    let mut over = json!([polymarket("will-ada-be-chair", "Ada", "1")]);
    over[0]["closed"] = true.into();
    let found = read_json(MARKET, &over).unwrap();
    assert_eq!((found.answer, found.is_resolved), (Some(0), true));
    // Lists that are no text are read as well, and prices may be missing.
    let bare =
        json!({"slug": "will-ada-be-chair", "question": "Who wins?", "outcomes": ["Ada FC", "Bo United"]});
    let found = read_json(MARKET, &bare).unwrap();
    assert_eq!((found.outcomes, found.prices), (vec!["Ada FC".to_owned(), "Bo United".to_owned()], None));
}

#[test]
fn polymarket_what_is_no_question_says_so() {
    assert_eq!(read_json(EVENT, &json!([])), Err(Unread::NotThere));
    assert_eq!(read_json(EVENT, &json!([{"slug": "another"}])), Err(Unread::Other));
    let mut dates = chair();
    dates[0]["negRisk"] = false.into();
    assert_eq!(read_json(EVENT, &dates), Err(Unread::Independent(4)));
    let mut many = chair();
    let names: Vec<Value> = (0..30).map(|n| polymarket(&format!("m{n}"), &format!("N{n}"), "0.03")).collect();
    many[0]["markets"] = names.into();
    assert_eq!(read_json(EVENT, &many), Err(Unread::TooMany(30)));
    let mut broken = json!([polymarket("will-ada-be-chair", "Ada", "0.5")]);
    broken[0]["outcomes"] = "[\"Yes\"".into();
    assert_eq!(read_json(MARKET, &broken), Err(Unread::Shape("outcomes")));
}

fn rain(kind: &str, options: Value, latest: Value) -> Value {
    json!({
        "id": 4711, "title": "Will it rain?", "slug": "will-it-rain", "status": "open",
        "question": {
            "id": 815, "title": "Will it rain?", "type": kind, "options": options, "resolution": null,
            "description": "<p>The <b>sky</b> is grey.</p><p>2 < 3 &amp; so on</p>",
            "resolution_criteria": "Rain at noon.", "fine_print": "Drizzle counts.",
            "aggregations": {"recency_weighted": {"history": [], "latest": latest}},
        },
    })
}

#[test]
fn metaculus_with_and_without_its_forecast() {
    let found = read_json(METACULUS, &rain("binary", Value::Null, json!({"centers": [0.73]}))).unwrap();
    assert_eq!(
        (found.outcomes, found.prices),
        (vec!["Yes".to_owned(), "No".to_owned()], Some(vec![0.73, 0.27]))
    );
    assert_eq!(found.background, "The sky is grey.\n2 < 3 & so on");
    assert_eq!(found.criterion, "Rain at noon.\n\nDrizzle counts.");
    let values = json!({"centers": null, "forecast_values": [0.25, 0.75]});
    assert_eq!(
        read_json(METACULUS, &rain("binary", Value::Null, values)).unwrap().prices,
        Some(vec![0.75, 0.25])
    );
    let hidden = read_json(METACULUS, &rain("binary", Value::Null, Value::Null)).unwrap();
    assert_eq!(hidden.prices, None, "the question can be asked all the same");
    let kept = ListedPrice::of(&hidden, &address(METACULUS), 1);
    assert!(!kept.has_prices() && !kept.fits(&hidden.outcomes) && !kept.fits(&[]));
    let options = json!(["Rain", "Snow", "Neither"]);
    let found =
        read_json(METACULUS, &rain("multiple_choice", options, json!({"forecast_values": [0.5, 0.2, 0.3]})))
            .unwrap();
    assert_eq!((found.outcomes.len(), found.prices), (3, Some(vec![0.5, 0.2, 0.3])));
    let mut over = rain("binary", Value::Null, Value::Null);
    over["question"]["resolution"] = "no".into();
    let found = read_json(METACULUS, &over).unwrap();
    assert_eq!((found.answer, found.is_resolved), (Some(1), true));
}

#[test]
fn metaculus_what_is_no_question_says_so() {
    let refused = json!({"detail": "The API is only available to authenticated users."});
    assert!(
        matches!(read_json(METACULUS, &refused), Err(Unread::Refused(words)) if words.contains("authenticated"))
    );
    assert_eq!(read_json(METACULUS, &json!({"detail": "Not found."})), Err(Unread::NotThere));
    let number = rain("numeric", Value::Null, Value::Null);
    assert_eq!(read_json(METACULUS, &number), Err(Unread::NotAChoice("numeric".into())));
    let group =
        json!({"id": 4711, "title": "Many", "question": null, "group_of_questions": {"questions": []}});
    assert_eq!(read_json(METACULUS, &group), Err(Unread::NotAChoice("group of questions".into())));
    assert_eq!(read_json(METACULUS, &json!({"id": 1})), Err(Unread::Other));
}

#[test]
fn hostile_replies_are_refused_or_cut() {
    for at in [MANIFOLD, EVENT, MARKET, METACULUS] {
        for reply in ["", "<!DOCTYPE html><title>Just a moment…</title>", "{", "[[[[", "\u{0}"] {
            assert_eq!(read(&address(at), reply), Err(Unread::NotJson), "{at}: {reply}");
        }
        for reply in ["null", "7", "\"text\"", "{}", "[null]", "[7]", "{\"id\": -1}", "{\"slug\": 3}"] {
            let found = read(&address(at), reply);
            assert!(matches!(found, Err(Unread::Shape(_) | Unread::Other)), "{at}: {reply}: {found:?}");
        }
        assert_eq!(read(&address(at), &" ".repeat(MOST_BYTES + 1)), Err(Unread::TooLarge));
    }
    let mut long = snow();
    long["question"] = "é".repeat(3_000).into();
    long["textDescription"] = "x".repeat(300_000).into();
    let found = read_json(MANIFOLD, &long).unwrap();
    assert!(found.question.len() <= MAX_SHORT_TEXT && found.question.ends_with('…'));
    assert!(found.background.len() <= MAX_LONG_TEXT);
    // Prices that are none leave the question without a price.
    for price in [json!(1.5), json!(-0.1), json!("0.5"), Value::Null] {
        let mut odd = snow();
        odd["probability"] = price;
        assert_eq!(read_json(MANIFOLD, &odd).unwrap().prices, None);
    }
    let mut twice = colours(3);
    twice["answers"][2]["text"] = " Colour 1 ".into();
    assert_eq!(read_json(MANIFOLD, &twice), Err(Unread::Shape("the names of its outcomes")));
    let mut blank = snow();
    blank["question"] = " \n".into();
    assert_eq!(read_json(MANIFOLD, &blank), Err(Unread::Shape("its question")));
}

#[test]
fn markup_goes_and_everything_else_stays() {
    for (text, expected) in [
        ("a <b>bold</b> word", "a bold word"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("see <https://example.org/a>", "see https://example.org/a"),
        ("![a picture](https://example.org/a.png)after", "after"),
        ("[https://e.org](https://e.org)", "https://e.org"),
        ("an [open bracket and (another)", "an [open bracket and (another)"),
        ("<script>alert(1)</script>x", "alert(1)x"),
        ("one<br/>two\n\n\n\nthree   \n", "one\ntwo\n\nthree"),
        ("tab\tand bell\u{7}", "tab and bell"),
        ("[a][b](c) [", "[a]b (c) ["),
        ("<", "<"),
    ] {
        assert_eq!(plain::plain(text), expected, "{text}");
    }
    // Nothing makes it look at the same signs again and again.
    for part in ["[", "[a](", "<a", "![", "[a](b"] {
        let text = part.repeat(400_000);
        assert_eq!(plain::plain(&text).len(), text.len(), "{part}");
    }
}

#[test]
fn a_price_is_kept_beside_the_run_and_fits_only_its_own_question() {
    let listed = read_json(EVENT, &chair()).unwrap();
    let kept = ListedPrice::of(&listed, &address(EVENT), 1_796_000_000_000);
    let value = kept.to_value().unwrap();
    assert_eq!(ListedPrice::from_value(value.clone()), Some(kept.clone()));
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let both = kept.beside(&names(&["Bo", " Ada"]), &[0.3, 0.7]);
    assert_eq!(both.iter().map(|one| (one.outcome, one.market)).collect::<Vec<_>>(), [(0, 0.4), (1, 0.615)]);
    assert!((both[1].gain() - 0.085).abs() < 1e-12);
    assert_eq!((both[0].shown_gain(), both[1].shown_gain()), (-10, 8), "62 % and 70 % are 8 points apart");
    // The market says 40 % and 61.5 %.
    for (panel, apart) in [
        ([0.41, 0.59], Apart::Close),
        ([0.45, 0.55], Apart::Some),
        ([0.1, 0.9], Apart::Far),
        ([0.48, 0.52], Apart::Some),
        ([0.6, 0.4], Apart::Opposed),
    ] {
        assert_eq!(Apart::of(&kept.beside(&names(&["Bo", "Ada"]), &panel)), apart, "{panel:?}");
    }
    assert!(kept.beside(&names(&["Ada", "Bo", "Cy"]), &[0.3, 0.3, 0.4]).is_empty());
    assert!(kept.beside(&names(&["Ada", "Cy"]), &[0.3, 0.7]).is_empty());
    // A file may say anything.
    for (field, bad) in [
        ("address", json!("https://evil.example/event/x")),
        ("address", json!("https://manifold.markets/a/b")),
        ("prices", json!([["Ada", 2.0], ["Bo", 0.4]])),
        ("prices", json!([["Ada", 0.5]])),
        ("site", json!("elsewhere")),
        ("read_millis", json!(-1)),
        ("key", json!("sk-secret")),
    ] {
        let mut value = value.clone();
        value[field] = bad;
        assert_eq!(ListedPrice::from_value(value), None, "{field}");
    }
}
