//! Results whose bytes were changed by somebody who also made the check sum fit: whatever opens can be looked at and
//! passed on, and nothing panics.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::results::{begun, body};
use crate::evaluate::report::Lean;
use crate::evaluate::{
    Answered, Asked, Effort, Found, Handout, Method, Record, SetUp, efforts, report, tables,
};
use crate::prng::Seed;

fn record(place: usize) -> Arc<Record> {
    let outcomes = 2 + place % 2;
    let rest = 0.25 / (outcomes - 1) as f64;
    let forecast = |p: f64| (0..outcomes).map(|one| if one == 0 { p } else { rest }).collect::<Vec<f64>>();
    let effort = Effort { calls: 2, tokens: 90, cost_micro_usd: 5, latency_millis: 70 };
    let methods = [
        (Method::Coin, Answered::with(vec![1.0 / outcomes as f64; outcomes], effort)),
        (Method::Panel, Answered::with(forecast(0.75), effort)),
        (Method::PanelDebate, Answered::without("nobody argued", effort)),
        (Method::MarketPrice, Answered::default()),
    ];
    Arc::new(Record {
        id: format!("question-{place}"),
        category: ["", "low"][place % 2].into(),
        outcomes,
        answer: place % outcomes,
        beliefs: vec![Some(forecast(0.75)), None],
        runs: BTreeMap::new(),
        methods: methods.map(|(method, said)| (method.name().to_owned(), said)).into(),
        failures: 1,
    })
}

fn handout(figures: bool) -> Handout {
    let records: Vec<Arc<Record>> = (0..9).map(record).collect();
    let plain: Vec<Record> = records.iter().map(|record| (**record).clone()).collect();
    let run =
        super::read_file(include_bytes!("../../public/samples/mount-fuji-qwen2.5-coder-1.5b.json")).unwrap();
    let panel = run.readable().unwrap();
    Handout {
        set_up: SetUp {
            name: "mine".into(),
            count: 9,
            seed: Seed::new(1),
            asked: Asked::of(panel.spec(), &[]),
        },
        efforts: efforts(&plain),
        against: Some(Method::Panel),
        found: if figures {
            let mut figures = report(&plain, None, Seed::new(1));
            figures.leans.push(Lean { method: Method::Panel, outcome: 1, chosen: 9, answered: 9, right: 3 });
            Found::Figures(Arc::new(figures))
        } else {
            Found::Answers(records)
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn changed_bytes_never_panic(
        figures: bool, place in any::<proptest::sample::Index>(), byte: u8, more in 0_usize..4,
        end in any::<proptest::sample::Index>(), whole: bool,
    ) {
        thread_local! {
            static BODIES: [Vec<u8>; 2] = [false, true].map(|figures| body(handout(figures)).unwrap());
        }
        let mut bytes = BODIES.with(|bodies| bodies[usize::from(figures)].clone());
        for step in 0..=more {
            let place = (place.index(bytes.len()) + 13 * step) % bytes.len();
            bytes[place] ^= byte;
        }
        if !whole {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(read) = begun(&bytes) {
            match &read.found {
                Found::Answers(records) => {
                    let records: Vec<Record> = records.iter().map(|record| (**record).clone()).collect();
                    let _ = tables::markdown(&report(&records, read.against, Seed::new(1)));
                }
                Found::Figures(report) => {
                    let _ = tables::markdown(report);
                }
            }
            let _ = body(read);
        }
    }
}

#[test]
fn bytes_that_nobody_changed_come_back() {
    for figures in [false, true] {
        let bytes = body(handout(figures)).unwrap();
        assert_eq!(body(begun(&bytes).unwrap()).unwrap(), bytes);
    }
}
