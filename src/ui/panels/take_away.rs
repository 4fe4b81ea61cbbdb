//! How a run leaves the page: its file, a link, a table, a memo, paper.

use leptos::prelude::*;

use super::listed::said;
use super::share_dialog::ShareDialog;
use crate::aggregate::{spending, summary};
use crate::share::{csv_table, file_name, file_name_as, tiers, write_file};
use crate::ui::desk::{Feed, OpenRun, use_desk};
use crate::ui::route::Route;
use crate::ui::words::{
    audit as words,
    memo::{Known, memo},
    problems, share,
};
use crate::web;

/// Why a run cannot be shared by a link, if it cannot.
fn obstacle(feed: Feed) -> Option<&'static str> {
    feed.with(|open| {
        let open = open?;
        match (open.is_as_its_file(), open.run.state().is_closed()) {
            (false, _) => Some(words::SHARE_BROKEN),
            (true, false) => Some(words::SHARE_LATER),
            (true, true) => None,
        }
    })
}

/// The ways to take a run away.
#[component]
pub fn TakeAway(feed: Feed) -> impl IntoView {
    let desk = use_desk();
    let sharing = RwSignal::new(false);
    let obstacle = Memo::new(move |_| obstacle(feed));
    let choice = Memo::new(move |_| feed.with(|open| open.is_some_and(|open| tiers(&open.run).len() > 1)));
    // The Watch page leads here with the dialog open.
    Effect::new(move |_| {
        if web::page::fragment().ends_with("?share=1") {
            web::page::replace_fragment(&Route::Audit { at: None }.to_string());
            sharing.set(obstacle.get_untracked().is_none());
        }
    });
    let save = move |form: Form| {
        let saved = feed.peek(|open| open.map(|open| save(open, form)));
        if let Some(Err(problem)) = saved {
            desk.fail(share::SAVE_FAILED, problem, share::SAVE_NEXT);
        }
    };
    view! {
        <div class="take-away">
            <button type="button" class="button" data-testid="export-run" on:click=move |_| save(Form::Json)>
                {words::EXPORT}
            </button>
            <p class="hint">{words::EXPORT_WHAT}</p>
            <button type="button" class="button" data-testid="share-button" aria-describedby="share-why"
                disabled=move || obstacle.get().is_some() on:click=move |_| sharing.set(true)>
                {words::SHARE}
            </button>
            <p class="hint" id="share-why">{move || obstacle.get().unwrap_or_else(|| words::share_what(choice.get()))}</p>
            <div class="kept-actions">
                <button type="button" class="button" data-testid="export-memo" on:click=move |_| save(Form::Memo)>
                    {words::EXPORT_MEMO}
                </button>
                <button type="button" class="button" data-testid="export-csv" on:click=move |_| save(Form::Csv)>
                    {words::EXPORT_CSV}
                </button>
                <button type="button" class="button" data-testid="print" on:click=|_| web::page::print()>
                    {words::PRINT}
                </button>
            </div>
            <p class="hint">{words::EXPORT_MORE}</p>
        </div>
        <ShareDialog feed open=sharing />
    }
}

/// In which form a run is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Csv,
    Memo,
}

fn save(open: &OpenRun, form: Form) -> Result<(), String> {
    let document = open.to_document().map_err(|error| problems::run(&error))?;
    let run = &open.run;
    let name = file_name(&run.spec().question, &open.head().digest, run.state().totals().failures);
    match form {
        Form::Json => web::save::save_text(&name, "application/json", &write_file(&document)),
        Form::Csv => web::save::save_text(&file_name_as(&name, "csv"), "text/csv", &csv_table(run)),
        Form::Memo => {
            let found = summary(&open.story, &open.story.now, run.spec().liquidity_micros.units());
            let page = web::page::address_of("/");
            let beside = said(open).map(|said| format!("{} {}", said.sentence, said.meaning));
            let known = Known {
                head: open.head().digest,
                claimed: open.claimed_head().map(|claimed| claimed.digest),
                beside: beside.as_deref(),
                address: &page,
            };
            let text = memo(run, &open.story, found.as_ref(), &spending(run), known);
            web::save::save_text(&file_name_as(&name, "md"), "text/markdown", &text)
        }
    }
}
