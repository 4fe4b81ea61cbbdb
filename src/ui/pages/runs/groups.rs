//! Runs that belong together stand together: those of a decision's options, and those that were opened from an
//! evaluation. What is pinned stands where it was pinned.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::row::RunRow;
use crate::archive::Part;
use crate::ui::desk::{Row, use_desk};
use crate::ui::words::runs as words;

/// What stands in the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Listed {
    /// A run of its own.
    One(Box<Row>),
    /// What several belong to, and they in their order.
    Group(Part, Vec<Row>),
}

/// The rows, with each group at the place of its first.
pub(super) fn grouped(rows: Vec<Row>) -> Vec<Listed> {
    let mut listed: Vec<Listed> = Vec::new();
    for row in rows {
        let Some(part) = row.label.part.clone().filter(|_| !row.label.pinned) else {
            listed.push(Listed::One(Box::new(row)));
            continue;
        };
        let group = listed.iter_mut().find_map(|one| match one {
            Listed::Group(its, rows) if *its == part => Some(rows),
            _ => None,
        });
        match group {
            Some(rows) => rows.push(row),
            None => listed.push(Listed::Group(part, vec![row])),
        }
    }
    listed
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ArchiveError, Label};

    fn row(id: &str, part: Option<u64>, pinned: bool) -> Row {
        let part = part.map(|asked_millis| Part::Decision { name: "Goal".into(), asked_millis });
        let label = Label { pinned, part, ..Label::default() };
        Row { id: id.into(), card: Err(ArchiveError::Newer(9)), label }
    }

    #[test]
    fn what_belongs_together_stands_together_but_for_what_is_pinned() {
        let rows = vec![
            row("pinned", Some(1), true),
            row("a", Some(1), false),
            row("alone", None, false),
            row("b", Some(2), false),
            row("c", Some(1), false),
        ];
        let shown: Vec<String> = grouped(rows)
            .iter()
            .map(|listed| match listed {
                Listed::One(row) => row.id.clone(),
                Listed::Group(_, rows) => {
                    rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>().join("+")
                }
            })
            .collect();
        assert_eq!(shown, ["pinned", "a+c", "alone", "b"]);
    }
}
