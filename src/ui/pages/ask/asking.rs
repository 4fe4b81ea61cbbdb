//! How the models are asked: the kind of answer, the reversed question, recorded replies, and the words of the prompts.

use leptos::prelude::*;

use crate::agents::{Dialect, Forecaster, Part};
use crate::llm::ChatMessage;
use crate::run::{Input, Run, RunSpec};
use crate::ui::components::{ChoiceField, TextField};
use crate::ui::desk::use_desk;
use crate::ui::draft::PanelKind;
use crate::ui::words::{asking as words, replies};

/// The fields; nothing where no model is asked.
#[component]
pub fn AskingDetails() -> impl IntoView {
    let desk = use_desk();
    let models = Memo::new(move |_| desk.draft.with(|draft| draft.panel == PanelKind::Models));
    view! {
        <Show when=move || models.get()>
            <details class="disclosure card" data-testid="asking-details">
                <summary>{words::ASKING}</summary>
                <AnyBelief>
                    <div class="field-grid">
                        <Kind />
                        <Reversed />
                    </div>
                </AnyBelief>
                <Reuse />
                <Prompts />
            </details>
        </Show>
    }
}

/// Around what only some modes let a person choose: elsewhere it says why not.
#[component]
pub(super) fn AnyBelief(children: Children) -> impl IntoView {
    let desk = use_desk();
    let fixed = Memo::new(move |_| desk.draft.with(|draft| !draft.takes_any_belief()));
    let why = move || fixed.get().then(|| desk.draft.with(|draft| words::fixed_belief(&draft.mode.mode)));
    view! {
        <fieldset class="any-belief" prop:disabled=move || fixed.get()>{children()}</fieldset>
        {move || why().map(|why| view! { <p class="hint" data-testid="asking-fixed">{why}</p> })}
    }
}

#[component]
fn Kind() -> impl IntoView {
    let desk = use_desk();
    let chosen = Signal::derive(move || {
        let kind = desk.draft.with(|draft| desk.with_preset(|preset| draft.elicitation(preset)));
        // Agents that differ show as the first of the list after the kinds: none is chosen.
        words::ELICITATIONS.iter().position(|(known, _)| Some(*known) == kind).unwrap_or(usize::MAX)
    });
    let options = Signal::derive(|| words::ELICITATIONS.iter().map(|(_, name)| (*name).to_owned()).collect());
    let choose = move |place: usize| {
        if let Some((kind, _)) = words::ELICITATIONS.get(place) {
            desk.edit_draft(|draft, preset| draft.set_elicitation(preset, *kind));
        }
    };
    view! {
        <ChoiceField label=words::ELICITATION hint=words::ELICITATION_HINT options chosen on_choice=choose
            test_id="elicitation" />
    }
}

#[component]
fn Reversed() -> impl IntoView {
    let desk = use_desk();
    let value = Signal::derive(move || desk.draft.with(|draft| draft.asking.reversed_question.clone()));
    let typed = move |text| desk.edit_draft(|draft, _| draft.asking.reversed_question = text);
    view! {
        <TextField label=words::REVERSED hint=words::REVERSED_HINT placeholder=words::REVERSED_NONE long=true value
            on_input=typed test_id="reversed-input" />
    }
}

#[component]
fn Reuse() -> impl IntoView {
    let desk = use_desk();
    let checked = Memo::new(move |_| desk.draft.with(|draft| draft.asking.reuse));
    view! {
        <label class="check">
            <input type="checkbox" data-testid="reuse-replies" prop:checked=move || checked.get()
                on:change=move |event| {
                    let checked = event_target_checked(&event);
                    desk.set_reuse(checked);
                } />
            <span>{replies::REUSE}" "<small>{replies::REUSE_WHAT}</small></span>
        </label>
    }
}

/// The editor: one text a part, what it may name, what is wrong with it, and a preview of the whole.
#[component]
fn Prompts() -> impl IntoView {
    let desk = use_desk();
    let parts =
        Memo::new(move |_| desk.draft.with(|draft| desk.with_preset(|preset| draft.prompt_parts(preset))));
    view! {
        <h3>{words::PROMPTS}</h3>
        <p class="hint">{words::PROMPTS_WHAT}</p>
        <For each=move || parts.get() key=|part| *part let(part)>
            <Template part />
        </For>
        <Preview />
    }
}

#[component]
fn Template(part: Part) -> impl IntoView {
    let desk = use_desk();
    let text = Memo::new(move |_| {
        desk.draft.with(|draft| part.of(&draft.asking.prompts).unwrap_or(part.usual()).to_owned())
    });
    let changed = Memo::new(move |_| text.with(|text| text != part.usual()));
    let problem = Memo::new(move |_| {
        text.with(|text| part.check(text).err().map(|error| words::template_problem(part, &error)))
    });
    let set = move |text: String| desk.edit_draft(|draft, _| part.set(&mut draft.asking.prompts, text));
    let test_id = format!("prompt-{}", format!("{part:?}").to_lowercase());
    let id = format!("{test_id}-field");
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = format!("{hint_id} {problem_id}");
    view! {
        <div class="field prompt-template">
            <label for=id.clone()>{words::part(part)}</label>
            <textarea id=id rows="5" spellcheck="false" data-testid=test_id aria-describedby=described
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                prop:value=move || text.get() on:input=move |event| set(event_target_value(&event))></textarea>
            <p class="hint" id=hint_id>{words::names(part)}</p>
            <p class="field-problem" id=problem_id role="status">{move || problem.get()}</p>
            <Show when=move || changed.get()>
                <button type="button" class="button" on:click=move |_| set(part.usual().to_owned())>{words::RESET}</button>
            </Show>
        </div>
    }
}

/// What would be sent first, word for word.
#[component]
fn Preview() -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    let messages = Memo::new(move |_| {
        if !open.get() {
            return None;
        }
        let built = desk.draft.with(|draft| desk.with_preset(|preset| draft.build(0, preset)));
        first_request(built.ok()?.0)
    });
    view! {
        <details on:toggle=move |_| open.set(!open.get_untracked()) data-testid="prompt-preview">
            <summary>{words::PREVIEW}</summary>
            {move || match messages.get() {
                None => view! { <p class="hint">{words::NO_PREVIEW}</p> }.into_any(),
                Some(texts) => texts
                    .into_iter()
                    .map(|text| view! { <pre class="event-text" tabindex="0">{text}</pre> })
                    .collect_view()
                    .into_any(),
            }}
        </details>
    }
}

/// The messages that the first model of a set-up gets in the blind round.
fn first_request(spec: RunSpec) -> Option<Vec<String>> {
    let agent = spec.agents.iter().position(|agent| agent.kind.is_model())?;
    let run = Run::new(spec).ok()?;
    let forecaster = if run.spec().mode.is_market() {
        let mut view = run.state().view_for(agent);
        view.round = 1;
        Forecaster::new(run.spec(), &view, agent, Dialect::default())?
    } else {
        let mut begun = run;
        begun.advance(Input::Begin).ok()?;
        let view = begun.state().turn_view()?;
        let first = *begun.state().turn()?.agents.first()?;
        let agent = if begun.spec().agents.get(first)?.kind.is_model() { first } else { agent };
        Forecaster::for_turn(begun.spec(), &view, agent, Dialect::default())?
    };
    Some(texts(&forecaster))
}

fn texts(forecaster: &Forecaster) -> Vec<String> {
    let text = |message: ChatMessage| message.content;
    forecaster.request().messages.into_iter().map(text).collect()
}
