//! What was found in the file: how it was read, the first questions as they will be asked, and the rows that are none.

use std::sync::Arc;

use leptos::prelude::*;

use crate::evaluate::{Preset, Question, Rejected};
use crate::ui::components::{ChoiceField, TextField};
use crate::ui::desk::{Loaded as File, use_desk};
use crate::ui::format;
use crate::ui::words::evaluate as words;
use crate::ui::words::problems;

/// Questions that are shown as they will be asked.
const PREVIEW: usize = 5;
/// Rows that could not be read, of which so many are listed at first.
const LISTED: usize = 50;
/// The longest text of the preview.
const SHORT: usize = 160;

/// A file that was read.
#[component]
pub fn Loaded(
    /// The file.
    loaded: Arc<File>,
) -> impl IntoView {
    let reading = &loaded.reading;
    let (questions, rejected) = (reading.questions.len(), reading.rejected.len());
    let found = words::found(&loaded.name, questions, rejected);
    let preset = reading.preset;
    let first: Vec<Question> = reading.questions.iter().take(PREVIEW).cloned().collect();
    view! {
        <p class="evaluate-found" role="status" data-testid="evaluate-found" data-questions=questions.to_string()
            data-rejected=rejected.to_string() data-preset=preset.map_or("none", Preset::name)>{found}</p>
        <Reading columns=reading.columns.clone() preset />
        <Preview questions=first />
        <Rejections rejected=reading.rejected.clone() />
    }
}

/// How the columns are read.
#[component]
fn Reading(columns: Vec<String>, preset: Option<Preset>) -> impl IntoView {
    let desk = use_desk();
    let form = desk.evaluations.form;
    // As it is recognised, each preset, and by hand.
    let by_hand = Preset::ALL.len() + 1;
    let recognised =
        words::recognised(preset.filter(|_| form.with_untracked(|form| form.how.preset().is_none())));
    let options = Signal::derive(move || {
        let presets = Preset::ALL.iter().map(|preset| words::preset(*preset).to_owned());
        std::iter::once(recognised.clone())
            .chain(presets)
            .chain([words::BY_HAND.to_owned()])
            .collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        form.with(|form| match (form.how.mapped, form.how.preset()) {
            (true, _) => by_hand,
            (false, Some(preset)) => {
                Preset::ALL.iter().position(|known| *known == preset).map_or(0, |place| place + 1)
            }
            (false, None) => 0,
        })
    });
    let choose = move |place: usize| {
        desk.read_again(|how| {
            how.mapped = place == by_hand;
            let preset = place.checked_sub(1).and_then(|place| Preset::ALL.get(place));
            how.preset = preset.map(|preset| preset.name().to_owned());
        });
    };
    let mapped = Memo::new(move |_| form.with(|form| form.how.mapped));
    let columns = StoredValue::new(columns);
    view! {
        <div class="field-grid">
            <ChoiceField label=words::READ_AS hint=words::READ_AS_WHAT options chosen on_choice=choose
                test_id="evaluate-preset" />
        </div>
        <Show when=move || mapped.get()>
            <div class="field-grid" data-testid="evaluate-mapping">
                {words::PLAIN.iter().map(|(plain, label)| view! {
                    <Column plain label columns=columns.get_value() />
                }).collect_view()}
                <TextField label=words::SAME_OUTCOMES hint=words::SAME_OUTCOMES_WHAT placeholder=words::SAME_OUTCOMES_HINT
                    value=Signal::derive(move || form.with(|form| form.how.outcomes.clone()))
                    on_input=move |text: String| desk.read_again(|how| how.outcomes = text)
                    test_id="evaluate-outcomes" />
            </div>
        </Show>
    }
}

/// Which column has what.
#[component]
fn Column(plain: &'static str, label: &'static str, columns: Vec<String>) -> impl IntoView {
    let desk = use_desk();
    let form = desk.evaluations.form;
    let known = StoredValue::new(columns.clone());
    let place = move || {
        form.with(|form| {
            let column = form.how.columns.get(plain);
            known.with_value(|known| {
                known.iter().position(|name| Some(name) == column).map_or(0, |place| place + 1)
            })
        })
    };
    let options = Signal::derive(move || {
        std::iter::once(words::NO_COLUMN.to_owned()).chain(known.get_value()).collect::<Vec<_>>()
    });
    let choose = move |place: usize| {
        let column =
            place.checked_sub(1).and_then(|place| known.with_value(|known| known.get(place).cloned()));
        desk.read_again(|how| {
            how.columns.insert(plain.to_owned(), column.unwrap_or_default());
        });
    };
    view! {
        <ChoiceField label options chosen=Signal::derive(place) on_choice=choose />
    }
}

/// The first questions.
#[component]
fn Preview(questions: Vec<Question>) -> impl IntoView {
    let row = |question: Question| {
        let answer = question.outcomes.get(question.answer).cloned().unwrap_or_default();
        view! {
            <tr>
                <td>{format::short(&question.question, SHORT)}</td>
                <td>{format::short(&question.outcomes.join(" · "), SHORT)}</td>
                <td>{answer}</td>
                <td>{question.category}</td>
            </tr>
        }
    };
    (!questions.is_empty()).then(move || {
        view! {
            <div class="scroll" role="region" aria-label=words::PREVIEW tabindex="0">
                <table class="plain-table" data-testid="evaluate-preview">
                    <caption>{words::PREVIEW}</caption>
                    <thead><tr>{words::PREVIEW_COLUMNS.map(|name| view! { <th scope="col">{name}</th> })}</tr></thead>
                    <tbody>{questions.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}

/// Rows that are no question, each with its place and the reason.
#[component]
fn Rejections(rejected: Vec<Rejected>) -> impl IntoView {
    let all = rejected.len();
    let rejected = StoredValue::new(rejected);
    let listed = RwSignal::new(LISTED);
    let rows = move || {
        rejected.with_value(|rejected| rejected.iter().take(listed.get()).cloned().collect::<Vec<_>>())
    };
    (all > 0).then(move || {
        view! {
            <details class="disclosure" data-testid="evaluate-rejected">
                <summary>{words::rejected(all)}</summary>
                <ul class="evaluate-rejected">
                    <For each=rows key=|row| row.place let(row)>
                        <li data-testid="evaluate-rejected-row">
                            <span class="number">{words::place(row.place)}</span>" "{problems::row(&row.reason)}
                        </li>
                    </For>
                </ul>
                <Show when=move || listed.get() < all>
                    <p><button type="button" class="button" on:click=move |_| listed.update(|listed| *listed += LISTED)>
                        {words::MORE}
                    </button></p>
                </Show>
            </details>
        }
    })
}
