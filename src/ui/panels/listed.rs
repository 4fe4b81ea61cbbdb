//! A market's own price beside the panel's, once the run is over: what each says, how far they are apart, and what that
//! means. The price was kept beside the chain and nobody on the panel saw it.

use leptos::prelude::*;

use crate::aggregate::moment::leader;
use crate::evaluate::listing::{Apart, Beside};
use crate::ui::desk::{Feed, OpenRun};
use crate::ui::format;
use crate::ui::words::{listing as words, watch};
use crate::web;

/// What is to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Both figures, and the difference.
    pub sentence: String,
    /// What it means.
    pub meaning: String,
    address: String,
    all: Vec<Beside>,
    names: Vec<String>,
}

/// What a market said beside what a finished run says; `None` if none was kept with it.
pub fn said(open: &OpenRun) -> Option<Said> {
    let spec = open.run.spec();
    let listed = open.listed.as_ref().filter(|_| open.run.state().is_closed())?;
    let all = listed.beside(&spec.outcomes, &open.run.state().prices());
    // Of yes and no everybody speaks of yes.
    let shown = if all.len() == 2 { 0 } else { leader(&open.run.state().prices()) };
    let shown = *all.get(shown)?;
    let name = watch::outcome_name(spec, shown.outcome);
    let apart = if listed.is_resolved {
        Apart::Resolved
    } else if spec.all_simulated() {
        Apart::Simulated
    } else {
        Apart::of(&all)
    };
    Some(Said {
        sentence: words::said(listed.site, name, &shown, &web::page::local_time(listed.read_millis)),
        meaning: words::meaning(apart).to_owned(),
        address: listed.address.clone(),
        names: all.iter().map(|one| watch::outcome_name(spec, one.outcome).to_owned()).collect(),
        all,
    })
}

/// The two prices; nothing where no market's was kept.
#[component]
pub fn ListedBeside(feed: Feed) -> impl IntoView {
    let said = Memo::new(move |_| feed.with(|open| open.and_then(said)));
    move || {
        let Said { sentence, meaning, address, all, names } = said.get()?;
        let rows = all.into_iter().zip(names).map(|(one, name)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="number">{format::percent_fine(one.market)}</td>
                    <td class="number">{format::percent_fine(one.panel)}</td>
                    <td class="number">{format::points(one.gain())}</td>
                </tr>
            }
        });
        Some(view! {
            <div class="listed" data-testid="listed-price">
                <p>{sentence}</p>
                <p>{meaning}</p>
                <details class="aside-more">
                    <summary>{words::DETAILS}</summary>
                    <table class="plain-table">
                        <thead><tr>{words::COLUMNS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                    <p class="hint">
                        {words::BESIDE}" "
                        <a href=address target="_blank" rel="noreferrer noopener">{words::ITS_PAGE}</a>
                    </p>
                </details>
            </div>
        })
    }
}
