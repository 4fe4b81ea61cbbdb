//! What the past runs of this very panel teach: ρ and a weight for each agent, offered with one press where they were
//! better on questions that the learning had not seen, and refused in words otherwise.

use leptos::prelude::*;

use crate::aggregate::track::lessons_for;
use crate::belief::stacking::{Learning, Offer, offer};
use crate::ui::desk::use_desk;
use crate::ui::words::learned as words;
use crate::web;

/// The offer; it looks once `open` says that somebody does.
#[component]
pub(super) fn LearnedOffer(open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let panel = Memo::new(move |_| if open.get() { desk.learning_panel() } else { None });
    let runs = Memo::new(move |_| if open.get() { desk.finished_runs() } else { Vec::new() });
    let found = RwSignal::new(None::<Offer>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let (Some(panel), runs) = (panel.get(), runs.get()) else { return };
        found.set(None);
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        web::spawn(async move {
            let records = desk.run_records(runs).await;
            let lessons = lessons_for(&panel.key, records.iter().map(|record| &**record));
            let mut learning = Learning::new(&lessons);
            let learn = || (!learning.as_mut().is_some_and(Learning::work)).then_some(());
            let wanted = move || turn.try_get_value() == Some(mine);
            if web::in_slices(learn, wanted).await.is_some() {
                let learned = learning.and_then(Learning::finish);
                found.try_set(Some(offer(&lessons, learned, panel.usual_weight)));
            }
        });
    });
    move || {
        let panel = panel.get()?;
        Some(match found.get() {
            None => view! { <p class="hint" role="status">{words::LOADING}</p> }.into_any(),
            Some(Offer::Gain { learned, usual_loss, stderr }) => {
                let figures = words::figures(&learned, &panel.names);
                let (rho, said) = (learned.rho.to_string(), words::gain(&learned, usual_loss, stderr));
                view! {
                    <div class="notice" data-testid="learned-offer" data-rho=rho>
                        <div>
                            <p>{said}</p>
                            <p class="hint">{figures}</p>
                            <button type="button" class="button" data-testid="learned-use"
                                on:click=move |_| desk.use_learned(&learned)>{words::USE}</button>
                        </div>
                    </div>
                }
                .into_any()
            }
            Some(refused) => view! {
                <p class="hint" data-testid="learned-refused">{words::refused(&refused)}</p>
            }
            .into_any(),
        })
    }
}
