//! How right everybody was, once it is known what happened: one row each, best first.

use leptos::prelude::*;

use crate::aggregate::Moment;
use crate::aggregate::marks::{Mark, Whose, marks};
use crate::ui::desk::Feed;
use crate::ui::format;
use crate::ui::words::why as words;

/// The table; nothing while the outcome is open.
#[component]
pub(super) fn Marks(feed: Feed, moment: Memo<Option<Moment>>) -> impl IntoView {
    let found = Memo::new(move |_| {
        feed.with(|open| {
            let spec = open?.run.spec();
            let (outcome, marks) = moment.with(|moment| marks(spec, moment.as_ref()?))?;
            let named: Vec<(String, Mark)> =
                marks.into_iter().map(|mark| (words::whose(spec, mark.whose), mark)).collect();
            Some((words::happened(spec, outcome), named))
        })
    });
    move || {
        found.get().map(|(happened, rows)| {
            let clipped = rows.iter().any(|(_, mark)| mark.clipped);
            view! {
                <section class="card why-marks" aria-labelledby="marks-title" data-testid="why-marks">
                    <h2 id="marks-title">{words::MARKS}</h2>
                    <p>{happened}" "<span class="hint">{words::MARKS_WHAT}</span></p>
                    <div class="scroll" tabindex="0" role="group" aria-labelledby="marks-title"><table class="plain-table">
                        <thead><tr>
                            <th scope="col">{words::WHOSE}</th><th scope="col">{words::GAVE}</th>
                            <th scope="col">{words::BRIER}</th><th scope="col">{words::LOG}</th>
                            <th scope="col">{words::FIRST_BRIER}</th>
                        </tr></thead>
                        <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                    </table></div>
                    {clipped.then(|| view! { <p class="hint">{words::CLIPPED}</p> })}
                </section>
            }
        })
    }
}

fn row((name, mark): (String, Mark)) -> impl IntoView {
    let log = format!("{}{}", format::fine(mark.log), if mark.clipped { "*" } else { "" });
    let first = mark.first_brier.map_or_else(String::new, format::fine);
    view! {
        <tr class:why-answer-row=mark.whose == Whose::Answer data-testid="mark-row" data-value=mark.brier.to_string()>
            <th scope="row">{name}</th>
            <td class="number">{format::percent(mark.given)}</td>
            <td class="number">{format::fine(mark.brier)}</td>
            <td class="number">{log}</td>
            <td class="number">{first}</td>
        </tr>
    }
}
