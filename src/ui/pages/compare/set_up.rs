//! What two runs were set up with, as far as it differs.

use leptos::prelude::*;

use super::Pair;
use crate::aggregate::difference::differences;
use crate::ui::words::compare as words;

/// The section.
#[component]
pub(super) fn SetUps(pair: Pair) -> impl IntoView {
    let [left, right] = pair.each_ref().map(|held| held.run.spec());
    let found = differences(left, right);
    let rows: Vec<_> = found
        .iter()
        .map(|&part| {
            let values = words::values(part, left, right).map(|value| view! { <td>{value}</td> });
            view! { <tr data-testid="compare-difference"><th scope="row">{words::feature(part)}</th>{values}</tr> }
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p data-testid="compare-no-difference">{words::NO_DIFFERENCE}</p> }.into_any()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-set-up"><table class="plain-table compare-set-up">
                <thead><tr>
                    <th scope="col">{words::PART}</th>
                    {words::SIDES.map(|side| view! { <th scope="col">{side}</th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="compare-set-up" data-testid="compare-set-up">
            <h2 id="compare-set-up">{words::SET_UP}</h2>
            {body}
        </section>
    }
}
