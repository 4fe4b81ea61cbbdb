//! Runs of one decision or one evaluation, together under its name.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::row::RunRow;
use crate::archive::Part;
use crate::ui::desk::{Row, use_desk};
use crate::ui::words::runs as words;

/// A group, folded until somebody opens it.
#[component]
pub(super) fn Group(part: Part, rows: Vec<Row>, unfolded: RwSignal<BTreeSet<Part>>) -> impl IntoView {
    let desk = use_desk();
    let count = words::runs(rows.len());
    let (name, show) = (words::part(&part), words::show_part(&part));
    let open = unfolded.with_untracked(|unfolded| unfolded.contains(&part));
    let there = desk.remembers(&part);
    let (folds, goes) = (part.clone(), part);
    let fold = move |event: leptos::ev::Event| {
        let open = event_target::<web_sys::Element>(&event).has_attribute("open");
        unfolded.update_untracked(|unfolded| {
            if open {
                unfolded.insert(folds.clone())
            } else {
                unfolded.remove(&folds)
            };
        });
    };
    view! {
        <li class="run-group" data-testid="run-group">
            <details class="card disclosure" open=open on:toggle=fold>
                <summary><span><strong>{name}</strong>" "<small>{count}</small></span></summary>
                <div class="run-group-runs">
                    {there.then(|| view! {
                        <button type="button" class="button" data-testid="group-open" on:click=move |_| desk.go_to_part(&goes)>
                            {show}
                        </button>
                    })}
                    <ul class="run-list">{rows.into_iter().map(|row| view! { <RunRow row /> }).collect_view()}</ul>
                </div>
            </details>
        </li>
    }
}
