//! What the answer cost, in all and agent by agent: calls, tokens and money, and the play money that moved it.

use leptos::prelude::*;

use crate::aggregate::moves::moved_by;
use crate::aggregate::{Moment, spending, spending_by_agent};
use crate::ui::components::Avatar;
use crate::ui::desk::Feed;
use crate::ui::words::{watch, why as words};

/// One agent's line.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    agent: usize,
    who: String,
    calls: String,
    moved: String,
    spent: Option<String>,
}

/// The card.
#[component]
pub(super) fn Costs(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            moment.with(|moment| {
                let (spec, moment) = (open.run.spec(), moment.as_ref()?);
                let moved = moved_by(&open.story, moment.leader(), moment.seq);
                let parts = spending_by_agent(&open.run);
                let rows = moved.iter().zip(&parts).enumerate().map(|(agent, (change, spent))| Row {
                    agent,
                    who: watch::agent_name(spec, agent).to_owned(),
                    calls: words::cost_of_one(spec, agent, spent),
                    moved: words::moved_points(*change),
                    spent: words::purse_of(spec, moment, agent),
                });
                Some((words::cost_of_all(spec, &spending(&open.run)), rows.collect::<Vec<_>>()))
            })
        })
    });
    view! {
        <section class="card why-cost" aria-labelledby="cost-title" data-testid="why-cost">
            <h2 id="cost-title">{words::COST}</h2>
            {move || found.get().map(|(total, rows)| {
                let rows = rows.into_iter().map(|Row { agent, who, calls, moved, spent }| {
                    let shown = who.clone();
                    view! {
                        <li>
                            <Avatar name=who place=agent />
                            <p><strong>{shown}</strong><span class="hint">{calls}{spent.map(|spent| format!(" · {spent}"))}</span></p>
                            <span class="number">{moved}</span>
                        </li>
                    }
                });
                view! { <p class="why-total">{total}</p><ul>{rows.collect_view()}</ul> }
            })}
        </section>
    }
}
