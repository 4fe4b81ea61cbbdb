//! One row of the roster: a name, and what makes this agent different from the others.

use leptos::prelude::*;

use super::asking::AnyBelief;
use crate::session::ConnectionId;
use crate::ui::components::{Avatar, ChoiceField, TextField};
use crate::ui::desk::{Connection, Desk, use_desk};
use crate::ui::draft::{Seat, SeatKind, TRADERS};
use crate::ui::words::{ask as words, asking, roles};

/// Changes one seat of the roster that runs.
fn change(desk: Desk, id: u64, change: impl FnOnce(&mut Seat)) {
    desk.edit_draft(|draft, preset| {
        draft.change_seats(preset, |seats| {
            if let Some(seat) = seats.iter_mut().find(|seat| seat.id == id) {
                change(seat);
            }
        });
    });
}

/// A row of the roster.
#[component]
pub fn SeatRow(
    /// Which seat.
    id: u64,
    /// The roster.
    seats: Memo<Vec<Seat>>,
) -> impl IntoView {
    let desk = use_desk();
    let place =
        Memo::new(move |_| seats.with(|seats| seats.iter().position(|seat| seat.id == id).unwrap_or(0)));
    let seat = Memo::new(move |_| seats.with(|seats| seats.iter().find(|seat| seat.id == id).cloned()));
    let name = Memo::new(move |_| {
        seat.with(|seat| seat.as_ref().map_or_else(String::new, |seat| seat.name.clone()))
    });
    let is_model =
        Memo::new(move |_| seat.with(|seat| matches!(seat, Some(Seat { kind: SeatKind::Model { .. }, .. }))));
    let remove = move |_| {
        desk.edit_draft(|draft, preset| {
            draft.change_seats(preset, |seats| seats.retain(|seat| seat.id != id));
        });
    };
    view! {
        <li class="seat" class:seat-model=move || is_model.get()>
            <Avatar name place />
            <input class="seat-name" type="text" autocomplete="off" aria-label=words::NAME
                data-testid=move || format!("agent-name-{}", place.get()) prop:value=move || name.get()
                on:input=move |event| change(desk, id, |seat| seat.name = event_target_value(&event)) />
            {move || {
                if is_model.get() {
                    view! { <ModelFields id seat place /> }.into_any()
                } else {
                    view! { <TraderFields id seat place /> }.into_any()
                }
            }}
            <button type="button" class="icon-button" aria-label=move || words::remove_agent(&name.get())
                data-testid=move || format!("remove-agent-{}", place.get()) on:click=remove>"×"</button>
        </li>
    }
}

/// How a simulated trader reads its signals.
#[component]
fn TraderFields(id: u64, seat: Memo<Option<Seat>>, place: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let kind = Memo::new(move |_| {
        seat.with(|seat| match seat {
            Some(Seat { kind: SeatKind::Simulated(trader), .. }) => Some(*trader),
            _ => None,
        })
    });
    let chosen = move |event| {
        let kind =
            event_target_value(&event).parse::<usize>().ok().and_then(|place| TRADERS.get(place).copied());
        if let Some(kind) = kind {
            change(desk, id, |seat| seat.kind = SeatKind::Simulated(kind));
        }
    };
    view! {
        <select class="seat-kind" aria-label=words::KIND data-testid=move || format!("agent-kind-{}", place.get())
            on:change=chosen>
            {TRADERS
                .iter()
                .enumerate()
                .map(|(place, &trader)| {
                    view! {
                        <option value=place.to_string() prop:selected=move || kind.get() == Some(trader)>
                            {roles::trader(trader)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
        <span class="seat-what">{move || kind.get().map(roles::trader_what)}</span>
    }
}

/// The parts of a model's seat that are texts.
fn text_of(seat: Option<&Seat>, read: impl Fn(&SeatKind) -> Option<&String>) -> String {
    seat.and_then(|seat| read(&seat.kind)).cloned().unwrap_or_default()
}

/// Which model it is, through which connection, and what only it knows.
#[component]
fn ModelFields(id: u64, seat: Memo<Option<Seat>>, place: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let model = Memo::new(move |_| {
        seat.with(|seat| {
            text_of(
                seat.as_ref(),
                |kind| if let SeatKind::Model { model, .. } = kind { Some(model) } else { None },
            )
        })
    });
    let typed = move |event| {
        let text = event_target_value(&event);
        change(desk, id, |seat| {
            if let SeatKind::Model { model, .. } = &mut seat.kind {
                *model = text;
            }
        });
    };
    view! {
        <input class="seat-model-name" type="text" autocomplete="off" spellcheck="false" aria-label=words::MODEL
            placeholder=words::MODEL data-testid=move || format!("agent-model-{}", place.get())
            prop:value=move || model.get() on:input=typed />
        <Show when=move || 1 < desk.connections.with(Vec::len)>
            <ConnectionChoice id seat place />
        </Show>
        <details class="seat-more">
            <summary>{words::MORE_OF_AGENT}</summary>
            <ModelTexts id seat />
        </details>
    }
}

#[component]
fn ConnectionChoice(id: u64, seat: Memo<Option<Seat>>, place: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let first = move || desk.connections.with(|saved| saved.first().map(|first| first.id));
    let chosen =
        Memo::new(move |_| seat.with(|seat| seat.as_ref().and_then(|seat| seat.connection)).or_else(first));
    let choose = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            change(desk, id, |seat| seat.connection = Some(ConnectionId(number)));
        }
    };
    view! {
        <select class="seat-connection" aria-label=words::CONNECTION
            data-testid=move || format!("agent-connection-{}", place.get()) on:change=choose>
            <For each=move || desk.connections.get() key=|saved| (saved.id.0, saved.name.clone()) let(Connection { id, name, .. })>
                <option value=id.0.to_string() prop:selected=move || chosen.get() == Some(id)>{name}</option>
            </For>
        </select>
    }
}

#[component]
fn ModelTexts(id: u64, seat: Memo<Option<Seat>>) -> impl IntoView {
    let desk = use_desk();
    let persona = Signal::derive(move || {
        seat.with(|seat| {
            text_of(seat.as_ref(), |kind| {
                if let SeatKind::Model { persona, .. } = kind { Some(persona) } else { None }
            })
        })
    });
    let evidence = Signal::derive(move || {
        seat.with(|seat| {
            text_of(seat.as_ref(), |kind| {
                if let SeatKind::Model { evidence, .. } = kind { Some(evidence) } else { None }
            })
        })
    });
    let temperature = Signal::derive(move || {
        seat.with(|seat| {
            text_of(seat.as_ref(), |kind| {
                if let SeatKind::Model { temperature, .. } = kind { Some(temperature) } else { None }
            })
        })
    });
    let budget = Signal::derive(move || {
        seat.with(|seat| seat.as_ref().map_or_else(String::new, |seat| seat.budget.clone()))
    });
    let set = move |text: String, put: fn(&mut SeatKind, String)| {
        change(desk, id, |seat| put(&mut seat.kind, text));
    };
    let put_persona = |kind: &mut SeatKind, text: String| {
        if let SeatKind::Model { persona, .. } = kind {
            *persona = text;
        }
    };
    let put_evidence = |kind: &mut SeatKind, text: String| {
        if let SeatKind::Model { evidence, .. } = kind {
            *evidence = text;
        }
    };
    let put_temperature = |kind: &mut SeatKind, text: String| {
        if let SeatKind::Model { temperature, .. } = kind {
            *temperature = text;
        }
    };
    view! {
        <div class="field-grid">
            <TextField label=words::PERSONA long=true value=persona on_input=move |text| set(text, put_persona) />
            <TextField label=words::EVIDENCE long=true value=evidence on_input=move |text| set(text, put_evidence) />
            <TextField label=words::TEMPERATURE numeric=true value=temperature
                on_input=move |text| set(text, put_temperature) />
            <TextField label=words::BUDGET numeric=true value=budget
                on_input=move |text| change(desk, id, |seat| seat.budget = text) />
            <Elicitation id seat />
        </div>
    }
}

/// How this agent's belief is asked for.
#[component]
fn Elicitation(id: u64, seat: Memo<Option<Seat>>) -> impl IntoView {
    let desk = use_desk();
    let chosen = Signal::derive(move || {
        let kind = seat.with(|seat| match seat {
            Some(Seat { kind: SeatKind::Model { elicitation, .. }, .. }) => Some(*elicitation),
            _ => None,
        });
        asking::ELICITATIONS.iter().position(|(known, _)| Some(*known) == kind).unwrap_or(0)
    });
    let options =
        Signal::derive(|| asking::ELICITATIONS.iter().map(|(_, name)| (*name).to_owned()).collect());
    let choose = move |place: usize| {
        if let Some((kind, _)) = asking::ELICITATIONS.get(place) {
            change(desk, id, |seat| {
                if let SeatKind::Model { elicitation, .. } = &mut seat.kind {
                    *elicitation = *kind;
                }
            });
        }
    };
    view! {
        <div>
            <AnyBelief>
                <ChoiceField label=asking::ELICITATION options chosen on_choice=choose />
            </AnyBelief>
        </div>
    }
}
