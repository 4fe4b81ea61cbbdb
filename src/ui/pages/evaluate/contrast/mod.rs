//! The page that lays two evaluations side by side: which, what differs, what the difference is worth, which questions
//! changed. The address says which, so that the page can be left and come back to.

mod changes;
mod result;
mod set_up;

use leptos::prelude::*;

use self::changes::Changes;
use self::result::{Methods, Shows};
use self::set_up::SetUps;
use crate::evaluate::contrast::{Contrast, Contrasting, Pairing};
use crate::ui::components::ChoiceField;
use crate::ui::desk::{Desk, EvaluationChoice, HeldEvaluation, LINKED, OPEN, use_desk};
use crate::ui::route::Route;
use crate::ui::words::evaluate as words;
use crate::web;

/// Two evaluations, the first one first.
type Pair = [HeldEvaluation; 2];

/// What stands on one side.
#[derive(Clone, Debug)]
enum Side {
    Empty,
    Reading,
    Failed(String),
    There(HeldEvaluation),
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
struct Compared {
    methods: Vec<Contrast>,
    pairing: Pairing,
}

/// The page.
#[component]
pub fn ContrastPage() -> impl IntoView {
    let desk = use_desk();
    desk.want_evaluations();
    let choices = Memo::new(move |_| desk.evaluation_choices());
    let ids = Memo::new(move |_| chosen(desk, choices.get().as_deref().unwrap_or_default()));
    let sides = [0, 1].map(|place| {
        let id = Memo::new(move |_| ids.with(|ids| ids[place].clone()));
        read_side(desk, id)
    });
    let same = Memo::new(move |_| ids.with(|[first, second]| first.is_some() && first == second));
    let too_few =
        Memo::new(move |_| choices.with(|found| found.as_ref().is_some_and(|found| found.len() < 2)));
    let ready = Memo::new(move |_| choices.with(Option::is_some) && !too_few.get());
    let pair = move || match sides.map(|side| side.get()) {
        [Side::There(first), Side::There(second)] if !same.get() => Some([first, second]),
        _ => None,
    };
    let swap = move |_| {
        let [first, second] = ids.get_untracked();
        desk.go(Route::Contrast { first: second, second: first });
    };
    view! {
        <div class="evaluate" data-testid="contrast">
            <header class="evaluate-hero">
                <h1 tabindex="-1">{words::CONTRAST_TITLE}</h1>
                <p>{words::CONTRAST_LEAD}</p>
            </header>
            <Show when=move || choices.with(Option::is_none)>
                <p class="hint" role="status">{words::CONTRAST_READING}</p>
            </Show>
            <Show when=move || too_few.get()><Empty /></Show>
            <Show when=move || ready.get()>
                <section class="card evaluate-part" aria-label=words::CONTRAST>
                    <div class="field-grid">
                        <Chooser place=0 choices ids side=sides[0] />
                        <Chooser place=1 choices ids side=sides[1] />
                    </div>
                    <p><button type="button" class="button button-quiet" data-testid="contrast-swap" on:click=swap>
                        {words::CONTRAST_SWAP}
                    </button></p>
                </section>
            </Show>
            <Show when=move || same.get()>
                <p class="notice" role="status" data-testid="contrast-same">{words::CONTRAST_SAME}</p>
            </Show>
            {move || pair().map(|pair| view! { <Report pair /> })}
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty" data-testid="contrast-empty">
            <h2>{words::CONTRAST_EMPTY}</h2>
            <p>{words::CONTRAST_EMPTY_WHAT}</p>
            <a class="button button-primary" href="#/evaluate">{words::CONTRAST_EMPTY_NEXT}</a>
        </section>
    }
}

/// Which evaluation stands on a side.
#[component]
fn Chooser(
    place: usize,
    choices: Memo<Option<Vec<EvaluationChoice>>>,
    ids: Memo<[Option<String>; 2]>,
    side: RwSignal<Side>,
) -> impl IntoView {
    let desk = use_desk();
    let options = Signal::derive(move || {
        let names = choices.get().unwrap_or_default();
        let none = std::iter::once(words::CONTRAST_CHOOSE.to_owned());
        none.chain(names.iter().map(title)).collect::<Vec<_>>()
    });
    let here = Signal::derive(move || {
        let wanted = ids.with(|ids| ids[place].clone());
        let found = choices
            .with(|found| found.as_ref()?.iter().position(|choice| Some(&choice.id) == wanted.as_ref()));
        found.map_or(0, |place| place + 1)
    });
    let pick = move |picked: usize| {
        let id = choices.with_untracked(|found| {
            found.as_ref()?.get(picked.checked_sub(1)?).map(|choice| choice.id.clone())
        });
        let [first, second] = ids.get_untracked();
        let (first, second) = if place == 0 { (id, second) } else { (first, id) };
        desk.go(Route::Contrast { first, second });
    };
    view! {
        <div class="contrast-side">
            <ChoiceField label=words::CONTRAST_SIDES[place] options chosen=here on_choice=pick
                test_id=["contrast-first", "contrast-second"][place] />
            {move || match side.get() {
                Side::Reading => view! { <p class="hint" role="status">{words::CONTRAST_READING}</p> }.into_any(),
                Side::Failed(why) => view! {
                    <p class="field-error" role="alert" data-testid="contrast-failed">{why}</p>
                }.into_any(),
                Side::Empty | Side::There(_) => ().into_any(),
            }}
        </div>
    }
}

fn title(choice: &EvaluationChoice) -> String {
    match choice.id.as_str() {
        OPEN | LINKED => {
            let from = if choice.id == OPEN { words::CONTRAST_FILE } else { words::CONTRAST_LINK };
            format!("{} · {from}", words::set_up_questions(&choice.head.name, choice.head.count))
        }
        _ => words::earlier(&choice.head, &web::page::local_time(choice.head.started_millis)),
    }
}

/// Which evaluations to show: those of the address; else what came from elsewhere or the newest, and the next beside it.
fn chosen(desk: Desk, choices: &[EvaluationChoice]) -> [Option<String>; 2] {
    let (first, second) = match desk.route.get() {
        Route::Contrast { first, second } => (first, second),
        _ => (None, None),
    };
    let other = |than: Option<&String>| {
        choices.iter().find(|choice| Some(&choice.id) != than).map(|choice| choice.id.clone())
    };
    match (first, second) {
        (None, None) => {
            let second = other(None);
            [other(second.as_ref()), second]
        }
        (None, second) => [other(second.as_ref()), second],
        (first, None) => {
            let second = other(first.as_ref());
            [first, second]
        }
        both => both.into(),
    }
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
            let read = desk.hold_evaluation(&wanted).await;
            if id.try_get_untracked().flatten().as_ref() == Some(&wanted) {
                side.try_set(match read {
                    Ok(Some(held)) => Side::There(held),
                    Ok(None) => Side::Failed(words::CONTRAST_GONE.to_owned()),
                    Err(error) => Side::Failed(error),
                });
            }
        });
    });
    side
}

/// What the two have to say to each other.
#[component]
fn Report(pair: Pair) -> impl IntoView {
    let found = RwSignal::new(None::<Compared>);
    let mut contrasting = Contrasting::new(pair[0].handout.clone(), pair[1].handout.clone());
    web::spawn(async move {
        let wanted = move || found.try_get_untracked().is_some();
        if web::in_slices(|| (!contrasting.step()).then_some(()), wanted).await.is_some() {
            let (methods, pairing) = contrasting.finish();
            found.try_set(Some(Compared { methods, pairing }));
        }
    });
    view! {
        {move || match found.get() {
            None => view! { <p class="hint" role="status">{words::CONTRAST_WORKING}</p> }.into_any(),
            Some(compared) => view! {
                <div class="evaluate-result" data-testid="contrast-report" data-paired=paired(&compared)>
                    <Shows pair=pair.clone() compared=compared.clone() />
                    <Methods compared=compared.clone() />
                    <SetUps pair=pair.clone() />
                    <Changes pair=pair.clone() compared=compared.clone() />
                </div>
            }.into_any(),
        }}
    }
}

/// How many questions both have, for tests.
fn paired(compared: &Compared) -> String {
    compared.pairing.pairs.len().to_string()
}
