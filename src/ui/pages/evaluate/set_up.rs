//! How an evaluation was set up: its questions, its seed, and who was asked by which rules.

use leptos::prelude::*;

use crate::aggregate::difference::Feature;
use crate::evaluate::SetUp as Known;
use crate::run::RunSpec;
use crate::ui::desk::{Opened, use_results};
use crate::ui::words::{compare, evaluate as words};

/// The rules that are listed.
const RULES: [Feature; 7] = [
    Feature::Mode,
    Feature::Rounds,
    Feature::Liquidity,
    Feature::Sizing,
    Feature::Maker,
    Feature::Guard,
    Feature::Epsilon,
];

/// A disclosure; what is in it is made only while somebody looks.
#[component]
pub fn SetUp() -> impl IntoView {
    let results = use_results();
    let open = RwSignal::new(false);
    let known = move || results.peek(|opened| opened.map(Opened::set_up));
    view! {
        <details class="card disclosure" data-testid="evaluate-set-up"
            on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>{words::SET_UP}</summary>
            {move || open.get().then(known).flatten().map(|known| view! { <Rows known /> })}
        </details>
    }
}

#[component]
fn Rows(known: Known) -> impl IntoView {
    let mut rows = vec![
        (words::QUESTIONS.to_owned(), words::set_up_questions(&known.name, known.count)),
        (words::SEED.to_owned(), known.seed.to_string()),
    ];
    let unknown = known.asked.is_none();
    if let Some(asked) = known.asked {
        rows.push((words::SET_UP_DIGEST.to_owned(), asked.questions_digest.to_string()));
        rows.push((words::SET_UP_PANEL.to_owned(), asked.panel_digest.to_string()));
        rows.extend(panel(&asked.panel));
    }
    let row =
        |(name, value): (String, String)| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> };
    view! {
        <div class="evaluate-set-up">
            <table class="plain-table"><tbody>{rows.into_iter().map(row).collect_view()}</tbody></table>
            <p class="hint">{if unknown { words::SET_UP_UNKNOWN } else { words::SET_UP_WHAT }}</p>
        </div>
    }
}

/// The rules of a panel and its members, in words.
fn panel(spec: &RunSpec) -> Vec<(String, String)> {
    let nobody = RunSpec { agents: Vec::new(), ..spec.clone() };
    let members = (0..spec.agents.len()).map(Feature::Agent);
    RULES
        .into_iter()
        .chain(members)
        .map(|part| {
            let [value, _] = compare::values(part, spec, &nobody);
            (compare::feature(part), value)
        })
        .collect()
}
