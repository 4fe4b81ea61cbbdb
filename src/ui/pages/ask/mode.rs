//! How the panel comes to its answer, one sentence each; and the switches of the mode that is chosen.

use leptos::prelude::*;

use crate::run::{MakerTrader, Mode, Objective, ReadOut, SelfResolving};
use crate::ui::components::{ChoiceField, TextField};
use crate::ui::desk::use_desk;
use crate::ui::draft::ModeDraft;
use crate::ui::words::{ask as words, turns};

/// The modes that a person chooses from; a run with changes may bring another.
fn offered(current: Mode) -> Vec<Mode> {
    let mut modes = vec![
        Mode::Market,
        Mode::MakerTrader(MakerTrader::default()),
        Mode::SelfResolving(SelfResolving::default()),
    ];
    if !modes.iter().any(|mode| same_kind(mode, &current)) {
        modes.push(current);
    }
    modes
}

fn same_kind(one: &Mode, other: &Mode) -> bool {
    turns::mode(one) == turns::mode(other)
}

/// Radio cards.
#[component]
pub fn ModeChoice() -> impl IntoView {
    let desk = use_desk();
    // The list changes only with its length: the cards stay while a switch is turned.
    let count = Memo::new(move |_| desk.draft.with(|draft| offered(draft.mode.mode).len()));
    let modes = move || {
        // Read, not only tracked: a memo that nobody reads never learns of a change.
        count.get();
        desk.draft.with_untracked(|draft| offered(draft.mode.mode))
    };
    view! {
        <fieldset class="panel-choice mode-choice">
            <legend>{words::MODE}</legend>
            <div class="radio-cards radio-cards-three">
                {move || modes().into_iter().map(|mode| view! { <Card mode /> }).collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn Card(mode: Mode) -> impl IntoView {
    let desk = use_desk();
    let slug = turns::mode(&mode).to_lowercase().replace([' ', '–'], "-");
    let what_id = format!("mode-{slug}-what");
    view! {
        <label class="radio-card">
            <input type="radio" name="mode" data-testid=format!("mode-{slug}") aria-describedby=what_id.clone()
                prop:checked=move || desk.draft.with(|draft| same_kind(&draft.mode.mode, &mode))
                on:change=move |_| desk.edit_draft(|draft, _| draft.mode = ModeDraft::of(mode)) />
            <span class="radio-title">{turns::mode(&mode)}</span>
            <span class="radio-what" id=what_id>{turns::mode_what(&mode)}</span>
        </label>
    }
}

/// The switches of the mode, for whoever opens the rules.
#[component]
pub fn ModeFields() -> impl IntoView {
    let desk = use_desk();
    let kind = Memo::new(move |_| desk.draft.with(|draft| turns::mode(&draft.mode.mode)));
    move || {
        kind.get();
        match desk.draft.with_untracked(|draft| draft.mode.mode) {
            Mode::MakerTrader(_) => view! { <MakerTraderFields /> }.into_any(),
            Mode::SelfResolving(_) => view! {
                <Numbers first=words::STOP_CHANCE first_hint=words::STOP_CHANCE_HINT second=words::FLAT
                    second_hint=words::FLAT_HINT />
            }
            .into_any(),
            _ => ().into_any(),
        }
    }
}

#[component]
fn Numbers(
    first: &'static str,
    first_hint: &'static str,
    second: &'static str,
    second_hint: &'static str,
) -> impl IntoView {
    let desk = use_desk();
    let one = Signal::derive(move || desk.draft.with(|draft| draft.mode.first.clone()));
    let other = Signal::derive(move || desk.draft.with(|draft| draft.mode.second.clone()));
    view! {
        <TextField label=first hint=first_hint numeric=true placeholder=words::AUTOMATIC value=one
            on_input=move |text: String| desk.edit_draft(|draft, _| draft.mode.first = text) test_id="mode-first-input" />
        <TextField label=second hint=second_hint numeric=true placeholder=words::AUTOMATIC value=other
            on_input=move |text: String| desk.edit_draft(|draft, _| draft.mode.second = text)
            test_id="mode-second-input" />
    }
}

#[component]
fn MakerTraderFields() -> impl IntoView {
    let desk = use_desk();
    let switches = Memo::new(move |_| {
        desk.draft.with(|draft| match draft.mode.mode {
            Mode::MakerTrader(switches) => switches,
            _ => MakerTrader::default(),
        })
    });
    let change = move |change: fn(&mut MakerTrader, bool), on: bool| {
        desk.edit_draft(|draft, _| {
            if let Mode::MakerTrader(switches) = &mut draft.mode.mode {
                change(switches, on);
            }
        });
    };
    let names = |names: [&'static str; 2]| names.map(str::to_owned).to_vec();
    view! {
        <Numbers first=words::TURNS first_hint=words::TURNS_HINT second=words::TOLERANCE
            second_hint=words::TOLERANCE_HINT />
        <ChoiceField label=words::READ_OUT options=Signal::stored(names(words::READ_OUTS))
            chosen=Signal::derive(move || usize::from(switches.get().read_out == ReadOut::MeanOfThree))
            on_choice=move |place: usize| change(
                |switches, mean| switches.read_out = if mean { ReadOut::MeanOfThree } else { ReadOut::Last },
                place == 1,
            ) />
        <ChoiceField label=words::OBJECTIVE options=Signal::stored(names(words::OBJECTIVES))
            chosen=Signal::derive(move || usize::from(switches.get().objective == Objective::Displacement))
            on_choice=move |place: usize| change(
                |switches, moves| {
                    switches.objective = if moves { Objective::Displacement } else { Objective::Honest };
                },
                place == 1,
            ) />
        <label class="check">
            <input type="checkbox" data-testid="cross-examination"
                prop:checked=move || switches.get().cross_examination
                on:change=move |event| change(
                    |switches, on| switches.cross_examination = on,
                    event_target_checked(&event),
                ) />
            <span>{words::CROSS}" "<small>{words::CROSS_WHAT}</small></span>
        </label>
        <label class="check">
            <input type="checkbox" data-testid="either-side" prop:checked=move || switches.get().either_side
                on:change=move |event| change(
                    |switches, on| switches.either_side = on,
                    event_target_checked(&event),
                ) />
            <span>{words::EITHER_SIDE}" "<small>{words::EITHER_SIDE_WHAT}</small></span>
        </label>
    }
}
