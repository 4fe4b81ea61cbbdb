//! The page that shows two runs side by side: which, what came out, where the prices part, what was set up
//! differently. The address says which, so that the page can be left and come back to.

mod paths;
mod result;
mod set_up;

use std::sync::Arc;

use leptos::prelude::*;

use self::paths::Paths;
use self::result::Outcome;
use self::set_up::SetUps;
use crate::ui::desk::{Choice, Desk, Held, LINKED, OPEN, use_desk};
use crate::ui::format;
use crate::ui::route::Route;
use crate::ui::words::compare as words;
use crate::web;

/// Two runs, the left one first.
type Pair = [Arc<Held>; 2];

/// What stands on one side.
#[derive(Clone, Debug)]
enum Side {
    /// Nothing was chosen.
    Empty,
    /// It is being read.
    Reading,
    /// It cannot be shown, and why.
    Failed(String),
    /// It is there.
    There(Arc<Held>),
}

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let desk = use_desk();
    let choices = Memo::new(move |_| desk.choices());
    let ids = Memo::new(move |_| chosen(desk, choices.get().as_deref().unwrap_or_default()));
    let sides = [0, 1].map(|place| {
        let id = Memo::new(move |_| ids.with(|ids| ids[place].clone()));
        read_side(desk, id)
    });
    let pair = move || match sides.map(|side| side.get()) {
        [Side::There(left), Side::There(right)] => Some([left, right]),
        _ => None,
    };
    let same = move || ids.with(|[left, right]| left.is_some() && left == right);
    let too_few = move || choices.with(|choices| choices.as_ref().is_some_and(|found| found.len() < 2));
    view! {
        <div class="compare">
            <header>
                <h1 tabindex="-1">{words::TITLE}</h1>
                <p class="settings-what">{words::WHAT}</p>
            </header>
            <Show when=move || choices.with(Option::is_none)>
                <p role="status" class="settings-empty">{words::READING}</p>
            </Show>
            <Show when=too_few><Empty /></Show>
            <Show when=move || choices.with(Option::is_some) && !too_few()>
                <section class="card compare-choice" aria-label=words::TITLE>
                    <Chooser place=0 choices ids side=sides[0] />
                    <button type="button" class="button button-quiet compare-swap" data-testid="compare-swap"
                        on:click=move |_| { let [left, right] = ids.get_untracked(); desk.go(Route::Compare { left: right, right: left }); }>
                        {words::SWAP}
                    </button>
                    <Chooser place=1 choices ids side=sides[1] />
                    <p class="hint compare-sources">{words::SOURCES}</p>
                </section>
            </Show>
            <Show when=same><p class="notice" role="status" data-testid="compare-same">{words::SAME}</p></Show>
            {move || (!same()).then(pair).flatten().map(|pair| view! { <Report pair /> })}
        </div>
    }
}

/// What the two have to say to each other.
#[component]
fn Report(pair: Pair) -> impl IntoView {
    view! {
        <Outcome pair=pair.clone() />
        <Paths pair=pair.clone() />
        <SetUps pair />
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty" data-testid="compare-empty">
            <h2>{words::EMPTY}</h2>
            <p>{words::EMPTY_WHAT}</p>
            <a class="button button-primary" href="#/">{words::EMPTY_NEXT}</a>
        </section>
    }
}

/// Which run stands on a side.
#[component]
fn Chooser(
    place: usize,
    choices: Memo<Option<Vec<Choice>>>,
    ids: Memo<[Option<String>; 2]>,
    side: RwSignal<Side>,
) -> impl IntoView {
    let desk = use_desk();
    let id = format!("compare-{place}");
    let pick = move |event| {
        let [left, right] = ids.get_untracked();
        let picked = Some(event_target_value(&event)).filter(|id| !id.is_empty());
        let (left, right) = if place == 0 { (picked, right) } else { (left, picked) };
        desk.go(Route::Compare { left, right });
    };
    let options = move || {
        let chosen = ids.with(|ids| ids[place].clone());
        let option = move |choice: Choice| {
            let selected = chosen.as_ref() == Some(&choice.id);
            view! { <option value=choice.id.clone() selected=selected>{title(&choice)}</option> }
        };
        choices.get().unwrap_or_default().into_iter().map(option).collect_view()
    };
    let open = move || {
        let [left, right] = ids.get_untracked();
        match if place == 0 { left } else { right }.as_deref() {
            Some(OPEN) => desk.go(Route::Watch { at: None }),
            // A linked run is opened by its link.
            None | Some(LINKED) => {}
            Some(id) => desk.open_kept(id),
        }
    };
    let can_open = move || {
        ids.with(|ids| ids[place].as_deref().is_some_and(|id| id != LINKED))
            && matches!(side.get(), Side::There(_))
    };
    view! {
        <div class="compare-side" data-side=place.to_string()>
            <label for=id.clone()><span class="compare-mark" aria-hidden="true"></span>{words::SIDES[place]}</label>
            <select id=id data-testid=format!("compare-{}", if place == 0 { "left" } else { "right" }) on:change=pick>
                <option value="">{words::CHOOSE}</option>
                {options}
            </select>
            {move || match side.get() {
                Side::Empty => ().into_any(),
                Side::Reading => view! { <p class="hint" role="status">{words::READING}</p> }.into_any(),
                Side::Failed(why) => view! { <p class="field-error" role="alert" data-testid="compare-failed">{why}</p> }.into_any(),
                Side::There(held) => view! {
                    <p class="compare-question">{held.run.spec().question.clone()}</p>
                }.into_any(),
            }}
            <Show when=can_open>
                <button type="button" class="button button-quiet" on:click=move |_| open()>{words::WATCH}</button>
            </Show>
        </div>
    }
}

fn title(choice: &Choice) -> String {
    let name = format::short(&choice.name, 70);
    match (choice.started_millis, choice.id.as_str()) {
        (Some(started), _) => format!("{name} · {}", web::page::local_time(started)),
        (None, LINKED) => format!("{name} · {}", words::LINKED),
        (None, _) => format!("{name} · {}", words::OPEN),
    }
}

/// Which runs to show: those of the address; else the open one, and beside it the newest other that asks the same, or
/// just the newest other.
fn chosen(desk: Desk, choices: &[Choice]) -> [Option<String>; 2] {
    let (left, right) = match desk.route.get() {
        Route::Compare { left, right } => (left, right),
        _ => (None, None),
    };
    let left =
        left.or_else(|| desk.open_choice()).or_else(|| choices.first().map(|choice| choice.id.clone()));
    let right = right.or_else(|| {
        let question =
            choices.iter().find(|choice| Some(&choice.id) == left.as_ref()).map(|choice| &choice.question);
        let mut others = choices.iter().filter(|choice| Some(&choice.id) != left.as_ref());
        let first = others.clone().next();
        others.find(|choice| Some(&choice.question) == question).or(first).map(|choice| choice.id.clone())
    });
    [left, right]
}

/// Reads whatever is chosen on a side, each time it changes.
fn read_side(desk: Desk, id: Memo<Option<String>>) -> RwSignal<Side> {
    let side = RwSignal::new(Side::Empty);
    Effect::new(move |_| {
        let Some(wanted) = id.get() else {
            side.set(Side::Empty);
            return;
        };
        side.set(Side::Reading);
        web::spawn(async move {
            let read = desk.hold(&wanted).await;
            if id.try_get_untracked().flatten().as_ref() == Some(&wanted) {
                side.try_set(match read {
                    Ok(Some(held)) => Side::There(Arc::new(held)),
                    Ok(None) => Side::Failed(words::GONE.to_owned()),
                    Err(problem) => Side::Failed(problem),
                });
            }
        });
    });
    side
}
