//! The questions that a method has right in one evaluation and wrong in the other, a window at a time, each with the way to
//! its runs where they are kept.

use leptos::prelude::*;

use super::{Compared, Pair};
use crate::evaluate::contrast::{Change, changes};
use crate::evaluate::{Found, Method, Record};
use crate::ui::components::{ChoiceField, Turns, Windows};
use crate::ui::desk::{HeldEvaluation, use_desk};
use crate::ui::format;
use crate::ui::words::evaluate as words;

/// Rows of a window, and how many of them are built in one go.
const WINDOW: usize = 50;
const ROWS: usize = 10;
/// The longest text of a row.
const SHORT: usize = 180;

/// The list; nothing where no question is in both.
#[component]
pub(super) fn Changes(pair: Pair, compared: Compared) -> impl IntoView {
    if compared.pairing.pairs.is_empty() {
        return ().into_any();
    }
    let methods: Vec<Method> = compared.methods.iter().map(|one| one.method).collect();
    let first = methods.iter().position(|method| *method == Method::Panel).unwrap_or(0);
    let (place, window) = (RwSignal::new(first), RwSignal::new(0_usize));
    let turns = Turns::for_rows(ROWS, WINDOW);
    let names: Vec<String> = methods.iter().map(|one| words::method(*one).to_owned()).collect();
    let sides = StoredValue::new(pair);
    let pairing = compared.pairing;
    let found = Memo::new(move |_| {
        let Some(&method) = methods.get(place.get()) else { return Vec::new() };
        sides.with_value(|[first, second]| changes(&first.handout, &second.handout, &pairing, method))
    });
    let method = {
        let all: Vec<Method> = compared.methods.iter().map(|one| one.method).collect();
        Memo::new(move |_| all.get(place.get()).copied())
    };
    let shown = move || {
        let most = turns.rows().min(WINDOW);
        found.with(|found| {
            found.iter().skip(window.get() * WINDOW).take(most).copied().collect::<Vec<Change>>()
        })
    };
    let said = move || {
        found.with(|found| {
            let gained = found.iter().filter(|change| change.is_gain).count();
            if found.is_empty() {
                words::CONTRAST_NO_CHANGE.to_owned()
            } else {
                words::contrast_changed(gained, found.len() - gained)
            }
        })
    };
    let choose = move |picked: usize| {
        turns.restart(WINDOW);
        window.set(0);
        place.set(picked);
    };
    view! {
        <section class="card evaluate-part" aria-labelledby="contrast-changes">
            <h2 id="contrast-changes">{words::CONTRAST_CHANGES}</h2>
            <div class="field-grid">
                <ChoiceField label=words::METHOD options=Signal::stored(names) chosen=place on_choice=choose
                    test_id="contrast-list-method" />
            </div>
            <p class="hint" role="status" data-testid="contrast-changed">{said}</p>
            <ol class="evaluate-list">
                <For each=shown key=move |change| (change.second, place.get_untracked()) let(change)>
                    <Row change sides method=method.get_untracked() />
                </For>
            </ol>
            <Windows window turns count=Signal::derive(move || found.with(Vec::len)) size=WINDOW
                name=words::CONTRAST_CHANGES earlier=words::BEFORE later=words::LATER said=words::window
                reveal="#contrast-changes" later_id="contrast-later" />
        </section>
    }
    .into_any()
}

/// The record at a place of a side.
fn record(side: &HeldEvaluation, place: usize) -> Option<&Record> {
    match &side.handout.found {
        Found::Answers(records) => records.get(place).map(|record| &**record),
        Found::Figures(_) => None,
    }
}

/// The run that a method's answer comes from.
fn job(record: &Record, method: Method) -> Option<String> {
    [method.name(), "first", "panel"]
        .into_iter()
        .find(|job| record.runs.contains_key(*job))
        .map(str::to_owned)
}

#[component]
fn Row(change: Change, sides: StoredValue<Pair>, method: Option<Method>) -> impl IntoView {
    let desk = use_desk();
    let (name, answer, category, runs) = sides.with_value(|pair| {
        let places = [change.first, change.second];
        let known = pair.iter().zip(places).find_map(|(side, place)| side.question(place));
        let there = record(&pair[1], change.second);
        let name = known.map(|question| format::short(&question.question, SHORT));
        let answer = known.and_then(|question| question.outcomes.get(question.answer)).cloned();
        let run = |(side, place): (usize, usize)| {
            let held = &pair[side];
            let job = job(record(held, place)?, method?)?;
            Some((side, (held.id.clone()?, held.handout.set_up.name.clone()), held.place(place), job))
        };
        (
            name.or_else(|| there.map(|record| record.id.clone())).unwrap_or_default(),
            answer.or_else(|| there.map(|record| words::outcome(record.answer))).unwrap_or_default(),
            there.map(|record| record.category.clone()).unwrap_or_default(),
            [(0, change.first), (1, change.second)].into_iter().filter_map(run).collect::<Vec<_>>(),
        )
    });
    let state = if change.is_gain { "gained" } else { "lost" };
    let verdict = if change.is_gain { words::CONTRAST_GAINED } else { words::CONTRAST_LOST };
    let button = move |(side, evaluation, place, job): (usize, (String, String), usize, String)| {
        view! {
            <button type="button" class="button button-quiet" data-testid="contrast-open-run"
                aria-label=words::open_run(&words::contrast_open(side), place + 1)
                on:click=move |_| desk.open_evaluation_run(evaluation.clone(), place, &job)>{words::contrast_open(side)}</button>
        }
    };
    view! {
        <li value=(change.second + 1).to_string() data-testid="contrast-change" data-state=state>
            <div class="evaluate-asked">
                <p>{name}</p>
                <p class="hint">
                    {words::right_answer(&answer)}
                    {(!category.is_empty()).then(|| format!(" · {category}"))}
                </p>
            </div>
            <p class="evaluate-verdict" class:evaluate-wrong=!change.is_gain>{verdict}</p>
            <div class="evaluate-runs">{runs.into_iter().map(button).collect_view()}</div>
        </li>
    }
}
