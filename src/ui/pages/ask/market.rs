//! The market's own rules: which maker prices the outcomes, and what is done about agents that may mislead.

use leptos::prelude::*;

use super::learned::LearnedOffer;
use crate::belief::Guard;
use crate::market::Maker;
use crate::ui::desk::use_desk;
use crate::ui::draft::SizingRule;
use crate::ui::words::market as words;

/// The makers that the form offers.
const MAKERS: [Maker; 5] =
    [Maker::Lmsr, Maker::LsLmsr { alpha: 0.05 }, Maker::Cpmm, Maker::Quadratic, Maker::PmAmm];

/// The guards that the form offers; learned weights come with a set-up.
fn guards() -> [Guard; 4] {
    [Guard::None, Guard::Trim, Guard::Cap { most: 1.0 }, Guard::Robust]
}

/// The market maker and the guard.
#[component]
pub fn MarketDetails() -> impl IntoView {
    let desk = use_desk();
    let outcomes = Memo::new(move |_| desk.draft.with(|draft| draft.outcomes.len()));
    let evidence = Memo::new(move |_| desk.draft.with(|draft| draft.sizing == SizingRule::Evidence));
    let open = RwSignal::new(false);
    view! {
        <details class="disclosure card" data-testid="market-details" on:toggle=move |_| open.set(true)>
            <summary>{words::TITLE}</summary>
            <fieldset class="sizing">
                <legend>{words::MAKER}</legend>
                {MAKERS.into_iter().map(|maker| maker_choice(maker, outcomes)).collect_view()}
            </fieldset>
            <Show when=move || evidence.get() fallback=|| view! { <p class="hint">{words::GUARD_NEEDS_EVIDENCE}</p> }>
                <fieldset class="sizing">
                    <legend>{words::GUARD}</legend>
                    <p class="hint">{words::GUARD_WHAT}</p>
                    {guards().into_iter().map(|guard| guard_choice(guard, outcomes)).collect_view()}
                    <LearnedWeights />
                    <LearnedOffer open=open />
                </fieldset>
            </Show>
        </details>
    }
}

fn maker_choice(maker: Maker, outcomes: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    // The same kind counts as the same choice, whatever its parameter: a set-up may bring another.
    let same = move |other: &Maker| std::mem::discriminant(other) == std::mem::discriminant(&maker);
    let chosen = move || desk.draft.with(|draft| same(&draft.maker));
    view! {
        <label class="check">
            <input type="radio" name="maker" data-testid=words::maker_id(&maker) prop:checked=chosen
                disabled=move || !maker.fits(outcomes.get())
                on:change=move |_| desk.edit_draft(|draft, _| draft.maker = maker) />
            <span>{words::maker(&maker)}" "<small>{words::maker_what(&maker)}</small></span>
        </label>
    }
}

fn guard_choice(guard: Guard, outcomes: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let (name, what, id) = (words::guard(&guard), words::guard_what(&guard), words::guard_id(&guard));
    let kind = std::mem::discriminant(&guard);
    let two_only = guard == Guard::Robust;
    let chosen = move || desk.draft.with(|draft| std::mem::discriminant(&draft.guard) == kind);
    view! {
        <label class="check">
            <input type="radio" name="guard" data-testid=id prop:checked=chosen
                disabled=move || two_only && outcomes.get() != 2
                on:change=move |_| desk.edit_draft(|draft, _| draft.guard = guard.clone()) />
            <span>{name}" "<small>{what}</small></span>
        </label>
    }
}

/// Weights that a set-up brought, for as long as they are kept.
#[component]
fn LearnedWeights() -> impl IntoView {
    let desk = use_desk();
    let weights = Memo::new(move |_| {
        desk.draft.with(|draft| match &draft.guard {
            Guard::Weights { weights } => Some(weights.clone()),
            _ => None,
        })
    });
    let outcomes = Memo::new(move |_| desk.draft.with(|draft| draft.outcomes.len()));
    move || {
        weights.get().map(|weights| {
            view! {
                {guard_choice(Guard::Weights { weights: weights.clone() }, outcomes)}
                <p class="hint" data-testid="guard-weights-figures">{words::weights(&weights)}</p>
            }
        })
    }
}
