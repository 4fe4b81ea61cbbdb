//! The lab's form: what is typed, and the experiment that it makes.

use leptos::prelude::*;

use crate::lab::{Kind, Lab, LabError};
use crate::prng::Seed;
use crate::ui::components::{ChoiceField, TextField};
use crate::ui::format::number_from;
use crate::ui::words::lab as words;
use crate::ui::words::problems;

/// b ln 2 as a share of the panel's money, for each choice of money.
const PRIOR_SHARES: [f64; 4] = [0.01, 0.05, 0.25, 1.0];
/// The choices of worlds.
const WORLDS: [u32; 3] = [1_000, 10_000, 40_000];
/// The choices of members.
const TRADERS: std::ops::RangeInclusive<usize> = 2..=12;

/// What stands in the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    traders: usize,
    kind: Kind,
    liars: usize,
    liar: Kind,
    /// ρ in hundredths.
    rho: u32,
    strength: String,
    money: usize,
    worlds: usize,
    seed: String,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            traders: 5,
            kind: Kind::Bayesian,
            liars: 0,
            liar: Kind::Manipulator,
            rho: 40,
            strength: "1".into(),
            money: 0,
            worlds: 1,
            seed: "4".into(),
        }
    }
}

impl Setup {
    /// The experiment.
    fn lab(&self) -> Result<Lab, LabError> {
        let lab = Lab {
            seed: self.seed.parse::<Seed>().map_err(|_| LabError("the seed"))?,
            worlds: WORLDS[self.worlds.min(WORLDS.len() - 1)],
            traders: self.traders,
            strength: number_from(&self.strength),
            rho: f64::from(self.rho) / 100.0,
            kind: self.kind,
            liars: self.liars.min(self.traders - 1),
            liar: self.liar,
            prior_share: PRIOR_SHARES[self.money.min(PRIOR_SHARES.len() - 1)],
        };
        lab.validate()?;
        Ok(lab)
    }
}

/// The form.
#[component]
pub fn Form(
    /// What stands in it.
    setup: RwSignal<Setup>,
    /// Whether an experiment is going on.
    running: Signal<bool>,
    /// Starts one.
    on_start: Callback<Lab>,
    /// Ends it early.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let lab = Memo::new(move |_| setup.with(Setup::lab));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let (Ok(lab), false) = (lab.get_untracked(), running.get_untracked()) {
            on_start.run(lab);
        }
    };
    let kinds: Vec<String> = Kind::ALL.iter().map(|kind| words::kind(*kind).to_owned()).collect();
    let place_of = |kind: Kind| Kind::ALL.iter().position(|other| *other == kind).unwrap_or(0);
    let names = StoredValue::new(kinds);
    view! {
        <form class="card lab-form" on:submit=submit>
            <h2>{words::PANEL}</h2>
            <div class="lab-fields">
                <ChoiceField label=words::TRADERS
                    options=Signal::derive(|| TRADERS.map(|count| count.to_string()).collect::<Vec<_>>())
                    chosen=Signal::derive(move || setup.with(|setup| setup.traders - TRADERS.start()))
                    on_choice=move |place: usize| setup.update(|setup| {
                        setup.traders = place + TRADERS.start();
                        setup.liars = setup.liars.min(setup.traders - 1);
                    }) />
                <ChoiceField label=words::KIND options=Signal::derive(move || names.get_value())
                    chosen=Signal::derive(move || place_of(setup.with(|setup| setup.kind)))
                    on_choice=move |place: usize| setup.update(|setup| setup.kind = Kind::ALL[place]) />
                <ChoiceField label=words::LIARS
                    options=Signal::derive(move || {
                        let traders = setup.with(|setup| setup.traders);
                        (0..traders).map(|count| count.to_string()).collect::<Vec<_>>()
                    })
                    chosen=Signal::derive(move || setup.with(|setup| setup.liars))
                    on_choice=move |place: usize| setup.update(|setup| setup.liars = place) />
                <ChoiceField label=words::LIAR options=Signal::derive(move || names.get_value())
                    chosen=Signal::derive(move || place_of(setup.with(|setup| setup.liar)))
                    on_choice=move |place: usize| setup.update(|setup| setup.liar = Kind::ALL[place]) />
                <RhoField setup />
                <TextField label=words::STRENGTH hint=words::STRENGTH_HINT numeric=true
                    value=Signal::derive(move || setup.with(|setup| setup.strength.clone()))
                    on_input=move |text: String| setup.update(|setup| setup.strength = text) />
                <ChoiceField label=words::MONEY hint=words::MONEY_HINT
                    options=Signal::derive(|| words::MONEY_CHOICES.map(str::to_owned).to_vec())
                    chosen=Signal::derive(move || setup.with(|setup| setup.money))
                    on_choice=move |place: usize| setup.update(|setup| setup.money = place) />
                <ChoiceField label=words::WORLDS
                    options=Signal::derive(|| WORLDS.map(|worlds| crate::ui::format::count(u64::from(worlds))).to_vec())
                    chosen=Signal::derive(move || setup.with(|setup| setup.worlds))
                    on_choice=move |place: usize| setup.update(|setup| setup.worlds = place) />
                <TextField label=words::SEED hint=words::SEED_HINT
                    value=Signal::derive(move || setup.with(|setup| setup.seed.clone()))
                    on_input=move |text: String| setup.update(|setup| setup.seed = text) />
            </div>
            {move || lab.get().err().map(|error| view! { <p class="lab-note" role="alert">{problems::lab(error.0)}</p> })}
            <div class="lab-actions">
                <button type="submit" class="button button-primary" data-testid="lab-run"
                    disabled=move || running.get() || lab.with(Result::is_err)>{words::RUN}</button>
                <Show when=move || running.get()>
                    <button type="button" class="button" data-testid="lab-cancel" on:click=move |_| on_cancel.run(())>
                        {words::CANCEL}
                    </button>
                </Show>
            </div>
        </form>
    }
}

/// ρ as a slider.
#[component]
fn RhoField(setup: RwSignal<Setup>) -> impl IntoView {
    let rho = move || setup.with(|setup| setup.rho);
    let spoken = move || crate::ui::format::decimal(f64::from(rho()) / 100.0);
    let moved = move |event| {
        if let Ok(rho) = event_target_value(&event).parse() {
            setup.update(|setup| setup.rho = rho);
        }
    };
    view! {
        <div class="field">
            <label for="lab-rho">{words::RHO}" "<output for="lab-rho" class="number">{spoken}</output></label>
            <input id="lab-rho" type="range" min="0" max="95" step="5" data-testid="lab-rho"
                aria-describedby="lab-rho-hint" aria-valuetext=spoken prop:value=move || rho().to_string() on:input=moved />
            <p class="hint" id="lab-rho-hint">{words::RHO_HINT}</p>
        </div>
    }
}
