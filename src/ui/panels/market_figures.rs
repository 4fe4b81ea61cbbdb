//! The experts' card of a run: by which rules this market works, how much was traded, and what its maker can lose.

use leptos::prelude::*;

use crate::aggregate::Moment;
use crate::market::CostFunction;
use crate::run::RunState;
use crate::ui::desk::{Feed, OpenRun};
use crate::ui::format;
use crate::ui::words::market as words;
use crate::ui::words::roles;

fn figures(open: &OpenRun, moment: &Moment) -> Vec<(&'static str, String)> {
    let spec = open.run.spec();
    let worst = RunState::opening_market(spec).book().worst_loss();
    vec![
        (words::MAKER, words::maker(&spec.maker).to_owned()),
        (words::DEPTH, format::decimal(spec.liquidity_micros.units())),
        (words::RULE, roles::sizing_of(&spec.sizing)),
        (words::GUARD_SHORT, words::guard(&spec.guard).to_owned()),
        (words::STOPS, words::stops(spec.stop.epsilon, spec.stop.max_rounds)),
        (words::SEED, spec.seed.to_string()),
        (words::VOLUME, format::cash(open.story.volume(moment.seq))),
        (words::MAKER_LOSS, format::decimal(worst)),
    ]
}

/// The card; nothing where nobody trades.
#[component]
pub fn MarketFigures(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let open = open.filter(|open| open.run.spec().mode.is_market())?;
            moment.with(|moment| Some(figures(open, moment.as_ref()?)))
        })
    });
    move || {
        found.get().map(|rows| {
            let row = |(name, figure)| view! { <tr><th scope="row">{name}</th><td class="number">{figure}</td></tr> };
            view! {
                <section class="card market-figures" aria-labelledby="market-figures" data-testid="market-figures">
                    <h2 id="market-figures">{words::FIGURES}</h2>
                    <table class="plain-table"><tbody>{rows.into_iter().map(row).collect_view()}</tbody></table>
                </section>
            }
        })
    }
}
