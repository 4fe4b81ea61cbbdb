//! Class mode, for a pupil: the question, a slider for each answer, and the code to give back. The device's number and
//! its last answer stay on it, so that a second code replaces the first.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::invitation::{copy_label, copy_text};
use super::stored_as;
use crate::share::{Ballot, ClassQuestion};
use crate::ui::desk::use_desk;
use crate::ui::format;
use crate::ui::sliders::Sliders;
use crate::ui::words::class as words;
use crate::ui::words::problems;
use crate::web;

/// What the device remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    /// Its number in this class.
    device: u32,
    /// Where the sliders stand.
    sliders: Sliders,
    /// Whether a code was made of them.
    made: bool,
}

/// The page.
#[component]
pub fn BallotPage(
    /// The code of the link.
    code: String,
) -> impl IntoView {
    match ClassQuestion::decode(&code) {
        Ok(class) => view! { <Sheet class /> }.into_any(),
        Err(_) => view! {
            <section class="empty" role="alert" data-testid="class-broken">
                <h1 tabindex="-1">{words::BROKEN}</h1>
                <p>{problems::CLASS_LINK}</p>
                <p>{words::BROKEN_NEXT}</p>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Sheet(class: ClassQuestion) -> impl IntoView {
    let name = StoredValue::new(stored_as("ballot", &class));
    let outcomes = class.outcomes.len();
    // With two answers one slider says both.
    let sliders = if outcomes == 2 { 1 } else { outcomes };
    let fresh =
        || Kept { device: web::page::fresh_bits() as u32, sliders: Sliders::even(outcomes), made: false };
    let kept = web::storage::read::<Kept>(&name.get_value()).filter(|kept| kept.sliders.fit(outcomes));
    let kept = RwSignal::new(kept.unwrap_or_else(fresh));
    let keep = move |change: &dyn Fn(&mut Kept)| {
        kept.update(change);
        // A browser that does not store it has it until the page is left.
        let _ = web::storage::write(&name.get_value(), &kept.get_untracked());
    };
    let ballot =
        Memo::new(move |_| kept.with(|kept| Ballot::from_percent(kept.device, kept.sliders.percent())));
    let names = class.outcomes.clone();
    let percent = move |place: usize| ballot.with(|ballot| ballot.percent.get(place).copied().unwrap_or(0));
    let slider = move |place: usize| {
        let name = names[place].clone();
        let id = format!("ballot-{place}");
        view! {
            <div class="ballot-slider">
                <label for=id.clone()>{words::slider(&name)}</label>
                <output for=id.clone()>{move || format::percent(f64::from(percent(place)) / 100.0)}</output>
                <input id=id type="range" min="0" max="100" step="1" data-testid="ballot-slider"
                    prop:value=move || percent(place).to_string()
                    aria-valuetext=move || format::percent(f64::from(percent(place)) / 100.0)
                    on:input=move |event| {
                        if let Ok(to) = event_target_value(&event).parse::<u32>() {
                            keep(&|kept| {
                                kept.sliders.slide(place, to);
                                kept.made = false;
                            });
                        }
                    }
                    on:change=move |_| keep(&|kept| kept.sliders.release()) />
            </div>
        }
    };
    let question = class.question.clone();
    let background = class.background.clone();
    let rest = class.outcomes.clone();
    let shares = move || {
        let share = |(place, name): (usize, &String)| {
            view! { <li>{name.clone()}" "<b>{format::percent(f64::from(percent(place)) / 100.0)}</b></li> }
        };
        rest.iter().enumerate().map(share).collect_view()
    };
    let class = StoredValue::new(class);
    let code = Memo::new(move |_| class.with_value(|class| ballot.with(|ballot| ballot.code(class))));
    let desk = use_desk();
    let copied = RwSignal::new(None);
    // What was said of one code does not hold for the next.
    Effect::new(move |_| {
        code.track();
        copied.set(None);
    });
    let copy = move |_| copy_text(desk, code.get_untracked(), "[data-testid='ballot-code']", copied);
    view! {
        <div class="ballot">
            <p class="hint">{words::BALLOT}</p>
            <h1 tabindex="-1" data-testid="ballot-question">{question}</h1>
            {(!background.is_empty()).then(|| view! { <p class="ballot-background">{background}</p> })}
            <section class="card">
                <p class="hint">{words::BALLOT_WHAT}{(2 < outcomes).then(|| format!(" {}", words::BALLOT_SUM))}</p>
                {(0..sliders).map(slider).collect_view()}
                {(outcomes == 2).then(|| view! { <ul class="ballot-shares">{shares}</ul> })}
                <button type="button" class="button button-primary button-large" data-testid="ballot-make"
                    on:click=move |_| keep(&|kept| kept.made = true)>{words::MAKE}</button>
            </section>
            <div role="status">
                <Show when=move || kept.with(|kept| kept.made)>
                    <section class="card ballot-code">
                        <h2>{words::CODE}</h2>
                        <p class="ballot-letters" data-testid="ballot-code">{code}</p>
                        <button type="button" class="button" data-testid="ballot-copy" on:click=copy>
                            {move || copy_label(copied.get(), words::COPY_CODE)}
                        </button>
                        <p class="hint">{words::CODE_WHAT}</p>
                    </section>
                </Show>
            </div>
        </div>
    }
}
