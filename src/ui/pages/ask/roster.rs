//! Who sits on the panel, one row an agent, and what their likeness means for the market.

use leptos::prelude::*;

use super::seat::SeatRow;
use crate::belief::Sizing;
use crate::run::AgentKind;
use crate::ui::desk::use_desk;
use crate::ui::draft::{Draft, PanelKind};
use crate::ui::words::ask as words;

/// How much the members of a panel share.
#[derive(Clone, PartialEq)]
struct Likeness {
    rho: f64,
    models: usize,
}

/// The rows, the button for one more, and the person's own seat.
#[component]
pub fn Roster() -> impl IntoView {
    let desk = use_desk();
    let seats = Memo::new(move |_| desk.draft.with(|draft| desk.with_preset(|preset| draft.seats(preset))));
    let ids = Memo::new(move |_| seats.with(|seats| seats.iter().map(|seat| seat.id).collect::<Vec<_>>()));
    view! {
        <section class="roster" aria-labelledby="roster-title">
            <h2 id="roster-title">{words::ROSTER}</h2>
            <Note />
            <ul class="seats">
                <For each=move || ids.get() key=|id| *id let:id>
                    <SeatRow id seats />
                </For>
            </ul>
            <div class="roster-bar">
                <button type="button" class="button" data-testid="add-agent"
                    on:click=move |_| desk.edit_draft(Draft::add_seat)>
                    <span aria-hidden="true">"+ "</span>{words::ADD_AGENT}
                </button>
                <label class="check">
                    <input type="checkbox" data-testid="i-trade" prop:checked=move || desk.draft.with(|draft| draft.person)
                        on:change=move |event| {
                            let checked = event_target_checked(&event);
                            desk.edit_draft(|draft, _| draft.person = checked);
                        } />
                    <span>{words::I_TRADE}" "<small>{words::I_TRADE_WHAT}</small></span>
                </label>
            </div>
        </section>
    }
}

/// Says what a panel of this kind is worth: nothing about the world, or one mind under several names.
#[component]
fn Note() -> impl IntoView {
    let desk = use_desk();
    let likeness = Memo::new(move |_| {
        let built = desk.draft.with(|draft| desk.with_preset(|preset| draft.build(0, preset)));
        let (spec, _) = built.ok()?;
        let Sizing::Evidence { rho } = spec.sizing else { return None };
        let mut models: Vec<&str> = spec
            .agents
            .iter()
            .filter_map(|agent| match &agent.kind {
                AgentKind::Model { model, .. } => Some(model.as_str()),
                _ => None,
            })
            .collect();
        models.sort_unstable();
        models.dedup();
        (spec.agents.len() > 1).then_some(Likeness { rho, models: models.len() })
    });
    let text = move || match (desk.draft.with(|draft| draft.panel), likeness.get()) {
        (PanelKind::Simulated, _) => words::SIMULATED_NOTE,
        (PanelKind::Models, Some(Likeness { models: 1, .. })) => words::ONE_MIND,
        (PanelKind::Models, Some(_)) => words::MANY_MINDS,
        (PanelKind::Models, None) => "",
    };
    view! {
        <p class="roster-note">
            {text}" "
            {move || likeness.get().map(|likeness| view! { <span class="tag">{words::rho(likeness.rho)}</span> })}
        </p>
    }
}
