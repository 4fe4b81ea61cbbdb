//! How every agent fared over the runs of this device: one table a kind of settlement, never mixed.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::aggregate::track::{Ladder, Tally, Who, track};
use crate::ui::desk::use_desk;
use crate::ui::words::track as words;
use crate::web;

type Groups = BTreeMap<Ladder, BTreeMap<Who, Tally>>;

/// The section, under the list.
#[component]
pub(super) fn TrackRecord() -> impl IntoView {
    let desk = use_desk();
    let runs = Memo::new(move |_| desk.finished_runs());
    let groups = RwSignal::new(None::<Groups>);
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let runs = runs.get();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        web::spawn(async move {
            let records = desk.run_records(runs).await;
            if turn.try_get_value() == Some(mine) {
                groups.try_set(Some(track(records.iter().map(|record| &**record))));
            }
        });
    });
    view! {
        <section class="card track-record" aria-labelledby="track-title" data-testid="track-record">
            <h2 id="track-title">{words::TITLE}</h2>
            <p class="hint">{words::WHAT}</p>
            {move || match groups.get() {
                None => view! { <p role="status" class="hint">{words::LOADING}</p> }.into_any(),
                Some(groups) if groups.is_empty() => view! {
                    <p class="hint" data-testid="track-empty">{words::EMPTY}</p>
                }.into_any(),
                Some(groups) => groups
                    .into_iter()
                    .map(|(ladder, group)| view! { <Group ladder group /> })
                    .collect_view()
                    .into_any(),
            }}
        </section>
    }
}

#[component]
fn Group(ladder: Ladder, group: BTreeMap<Who, Tally>) -> impl IntoView {
    let rows = group.into_iter().map(|(who, tally)| {
        let (name, kind) = (words::who(&who), words::kind(&who));
        let heading = name.clone();
        let [runs, profit, brier, log] = words::figures(&tally);
        view! {
            <tr data-testid="track-row" data-agent=name>
                <th scope="row">{heading}" "<small class="hint">{kind}</small></th>
                <td class="number">{runs}</td>
                <td class="number">{profit}</td>
                <td class="number">{brier}</td>
                <td class="number">{log}</td>
            </tr>
        }
    });
    view! {
        <div class="track-group" data-testid="track-group" data-kind=words::slug(ladder)>
            <h3>{words::ladder(ladder)}</h3>
            <p class="hint">{words::ladder_what(ladder)}</p>
            <div class="track-table" role="region" aria-label=words::ladder(ladder) tabindex="0">
                <table class="plain-table">
                    <thead><tr>{words::COLUMNS.map(|column| view! { <th scope="col">{column}</th> })}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}
