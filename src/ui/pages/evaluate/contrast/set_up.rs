//! What two evaluations were set up with, as far as it differs.

use leptos::prelude::*;

use super::Pair;
use crate::aggregate::difference::{Feature, differences};
use crate::evaluate::{Asked, Found, Handout, Method};
use crate::ui::format;
use crate::ui::words::{compare, evaluate as words};

/// The section.
#[component]
pub(super) fn SetUps(pair: Pair) -> impl IntoView {
    let rows = rows(&pair[0].handout, &pair[1].handout);
    let row = |(name, [first, second]): (String, [String; 2])| {
        view! { <tr data-testid="contrast-difference"><th scope="row">{name}</th><td>{first}</td><td>{second}</td></tr> }
    };
    let body = if rows.is_empty() {
        view! { <p data-testid="contrast-no-difference">{compare::NO_DIFFERENCE}</p> }.into_any()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-labelledby="contrast-set-up">
                <table class="plain-table evaluate-set-up-table">
                    <thead><tr>
                        <th scope="col">{compare::PART}</th>
                        {words::CONTRAST_SIDES.map(|side| view! { <th scope="col">{side}</th> })}
                    </tr></thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card evaluate-part" aria-labelledby="contrast-set-up">
            <h2 id="contrast-set-up">{words::CONTRAST_SET_UP}</h2>
            {body}
        </section>
    }
}

/// The parts that differ, with what each is in both.
fn rows(first: &Handout, second: &Handout) -> Vec<(String, [String; 2])> {
    let both = |value: &dyn Fn(&Handout) -> String| [value(first), value(second)];
    let asked = |value: fn(&Asked) -> String| {
        move |side: &Handout| {
            side.set_up.asked.as_ref().map_or_else(|| words::CONTRAST_UNKNOWN.to_owned(), value)
        }
    };
    let digest = asked(|asked| asked.questions_digest.to_string()[..16].to_owned());
    let mut rows = vec![
        (words::QUESTIONS.to_owned(), both(&|side| side.set_up.name.clone())),
        (words::CONTRAST_SAMPLE.to_owned(), both(&|side| format::count(side.set_up.count as u64))),
        (words::CONTRAST_DIGEST.to_owned(), both(&digest)),
        (words::SEED.to_owned(), both(&|side| side.set_up.seed.to_string())),
        (words::METHODS.to_owned(), both(&methods)),
    ];
    rows.retain(|(_, [first, second])| first != second);
    match (&first.set_up.asked, &second.set_up.asked) {
        (Some(one), Some(other)) => {
            let panels = [one, other].map(|asked| asked.clone().without_texts().panel);
            let parts = differences(&panels[0], &panels[1]);
            let alike = parts.is_empty();
            let row = |part: Feature| (compare::feature(part), compare::values(part, &panels[0], &panels[1]));
            // Each run draws a seed of its own: the template's says nothing.
            rows.extend(parts.into_iter().filter(|part| *part != Feature::Seed).map(row));
            if alike && one.panel_digest != other.panel_digest {
                let other_texts = words::CONTRAST_OTHER_TEXTS.to_owned();
                rows.push((words::CONTRAST_TEXTS.to_owned(), [other_texts.clone(), other_texts]));
            }
        }
        (None, None) => {}
        _ => rows.push((
            words::PANEL.to_owned(),
            both(&asked(|asked| asked.panel_digest.to_string()[..16].to_owned())),
        )),
    }
    rows
}

/// The names of the methods that were compared.
fn methods(side: &Handout) -> String {
    let found: Vec<Method> = match &side.found {
        Found::Answers(_) => side.efforts.keys().copied().collect(),
        Found::Figures(report) => report.rows.iter().map(|row| row.method).collect(),
    };
    found.into_iter().map(words::method).collect::<Vec<_>>().join(", ")
}
