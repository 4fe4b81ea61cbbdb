//! What the questions of an evaluation teach about its panel: ρ and a weight for each agent, put into the panel on Ask with
//! one press where they were better on questions that the learning had not seen, and refused in words otherwise.

use std::sync::Arc;

use leptos::prelude::*;

use crate::agents::default_rho;
use crate::aggregate::track::panel_key;
use crate::belief::Sizing;
use crate::belief::stacking::{Learned, Learning, Offer, offer};
use crate::evaluate::{Record, lesson};
use crate::run::RunSpec;
use crate::ui::desk::{Desk, use_desk, use_results};
use crate::ui::draft::Draft;
use crate::ui::evaluation::Stage;
use crate::ui::words::{evaluate as words, learned};
use crate::web;

/// The section, once every question was asked; nothing where the panel is not known, or nobody can be weighed.
#[component]
pub fn Lessons() -> impl IntoView {
    let results = use_results();
    let found = RwSignal::new(None::<(Offer, RunSpec)>);
    // It is over, so the records change only if somebody asks again.
    let asked = Memo::new(move |_| {
        results.with(|open| {
            let open = open.filter(|open| open.head.stage == Stage::Over)?;
            let agents = open.plan.as_ref()?.panel.agents.len();
            (agents > 1).then_some((open.id.clone(), open.head.done, open.head.spent.calls))
        })
    });
    Effect::new(move |_| {
        found.set(None);
        let Some(wanted) = asked.get() else { return };
        let Some((panel, records)) = results.peek(|open| {
            let panel = open?.plan.as_ref()?.panel.clone();
            let records: Vec<Arc<Record>> = open?.done().cloned().collect();
            Some((panel, records))
        }) else {
            return;
        };
        web::spawn(async move {
            let wanted = move || asked.try_get_untracked().flatten().as_ref() == Some(&wanted);
            let (mut resolved, mut left) = (Vec::new(), records.iter());
            let read = || match left.next() {
                Some(record) => {
                    resolved.extend(lesson(&panel, record));
                    None
                }
                None => Some(()),
            };
            if web::in_slices(read, &wanted).await.is_none() {
                return;
            }
            let mut learning = Learning::new(&resolved);
            let learn = || (!learning.as_mut().is_some_and(Learning::work)).then_some(());
            if web::in_slices(learn, &wanted).await.is_none() {
                return;
            }
            let rho = default_rho(&panel.agents, panel.world.as_ref());
            let usual = Sizing::Evidence { rho }.evidence_weight(panel.agents.len());
            let learned = learning.and_then(Learning::finish);
            if wanted() {
                found.try_set(Some((offer(&resolved, learned, usual), panel)));
            }
        });
    });
    view! {
        <Show when=move || asked.with(Option::is_some)>
            <section class="card evaluate-part" aria-labelledby="evaluate-lessons">
                <h2 id="evaluate-lessons">{words::LESSONS}</h2>
                <p class="hint">{words::LESSONS_WHAT}</p>
                {move || match found.get() {
                    None => view! { <p class="hint" role="status">{words::LESSONS_WORKING}</p> }.into_any(),
                    Some((offer, panel)) => view! { <Found offer panel /> }.into_any(),
                }}
            </section>
        </Show>
    }
}

#[component]
fn Found(offer: Offer, panel: RunSpec) -> impl IntoView {
    let desk = use_desk();
    let (learned, usual_loss, stderr) = match offer {
        Offer::Gain { learned, usual_loss, stderr } => (learned, usual_loss, stderr),
        refused => {
            return view! { <p data-testid="lessons-refused">{words::lessons_refused(&refused)}</p> }
                .into_any();
        }
    };
    let names: Vec<String> = panel.agents.iter().map(|agent| agent.name.clone()).collect();
    let said = words::lessons_gain(&learned, usual_loss, stderr);
    let figures = learned::figures(&learned, &names);
    let rho = learned.rho.to_string();
    let used = RwSignal::new(false);
    let apply = move |_| {
        use_on_ask(desk, &panel, &learned);
        used.set(true);
    };
    view! {
        <p data-testid="lessons-offer" data-rho=rho>{said}</p>
        <p class="hint">{figures}</p>
        <p class="evaluate-buttons">
            <button type="button" class="button button-primary" data-testid="lessons-use" on:click=apply>
                {words::LESSONS_USE}
            </button>
            <span role="status">{move || used.get().then(|| view! {
                {words::LESSONS_USED}" "<a href="#/">{words::LESSONS_ASK}</a>
            })}</span>
        </p>
    }
    .into_any()
}

/// Puts what was learned into the panel on Ask. Weights belong to these very agents: where others sit there now, the panel of
/// the evaluation takes their place, and the question stays.
fn use_on_ask(desk: Desk, panel: &RunSpec, learned: &Learned) {
    let sits = untrack(|| desk.learning_panel()).is_some_and(|there| there.key == panel_key(panel));
    if !sits {
        desk.draft.update(|draft| {
            let mut evaluated = Draft::from_spec(panel);
            evaluated.question.clone_from(&draft.question);
            evaluated.background.clone_from(&draft.background);
            evaluated.criterion.clone_from(&draft.criterion);
            evaluated.outcomes.clone_from(&draft.outcomes);
            (evaluated.answer, evaluated.hidden_truth) = (draft.answer, draft.hidden_truth);
            (evaluated.seed, evaluated.example) = (draft.seed.clone(), draft.example);
            evaluated.asking.reuse = draft.asking.reuse;
            *draft = evaluated;
        });
    }
    desk.use_learned(learned);
}
