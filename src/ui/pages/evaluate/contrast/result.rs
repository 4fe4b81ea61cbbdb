//! What the comparison shows in sentences, and each method's figures in both with what lies between them.

use leptos::prelude::*;

use super::{Compared, Pair};
use crate::evaluate::Found;
use crate::evaluate::contrast::Contrast;
use crate::ui::format;
use crate::ui::pages::evaluate::tables::gain;
use crate::ui::words::evaluate as words;

/// The sentences.
#[component]
pub(super) fn Shows(pair: Pair, compared: Compared) -> impl IntoView {
    let has_answers = pair.iter().all(|side| matches!(side.handout.found, Found::Answers(_)));
    let lines = std::iter::once(words::contrast_shared(&compared.pairing, has_answers))
        .chain(words::contrast_findings(&compared.methods));
    view! {
        <section class="evaluate-findings" data-testid="contrast-findings" aria-labelledby="contrast-shows">
            <h2 id="contrast-shows">{words::CONTRAST_SHOWS}</h2>
            <div role="status"><ul>{lines.map(|line| view! { <li>{line}</li> }).collect_view()}</ul></div>
        </section>
    }
}

/// One row a method.
#[component]
pub(super) fn Methods(compared: Compared) -> impl IntoView {
    let none = compared.methods.is_empty();
    view! {
        <section class="card evaluate-part" aria-labelledby="contrast-methods">
            <h2 id="contrast-methods">{words::CONTRAST_METHODS}</h2>
            {if none {
                view! { <p class="hint">{words::CONTRAST_NO_METHOD}</p> }.into_any()
            } else {
                view! {
                    <div class="scroll" role="region" aria-labelledby="contrast-methods" tabindex="0">
                        <table class="plain-table evaluate-table">
                            <thead><tr>
                                <th scope="col">{words::METHOD}</th>
                                <th scope="col">{words::CONTRAST_VERDICT}</th>
                                {words::CONTRAST_COLUMNS.map(|name| view! { <th scope="col" class="number">{name}</th> })}
                            </tr></thead>
                            <tbody>{compared.methods.into_iter().map(row).collect_view()}</tbody>
                        </table>
                    </div>
                    <p class="hint">{words::CONTRAST_METHODS_WHAT}</p>
                }.into_any()
            }}
        </section>
    }
}

fn row(one: Contrast) -> impl IntoView {
    let dash = || "–".to_owned().into_any();
    let difference = one.difference;
    let changed = difference.and_then(|difference| difference.discordance);
    view! {
        <tr data-testid="contrast-method" data-method=one.method.name()
            data-shown=difference.is_some_and(|difference| difference.is_shown).to_string()
            data-difference=difference.map(|difference| format::exact(difference.accuracy.mean))>
            <th scope="row">{words::method(one.method)}</th>
            <td class="contrast-verdict">{words::contrast_verdict(difference.as_ref())}</td>
            <td class="number">{format::three(one.first.accuracy)}</td>
            <td class="number">{format::three(one.second.accuracy)}</td>
            <td class="number">{difference.map_or_else(dash, |found| gain(found.accuracy).into_any())}</td>
            <td class="number">{format::three(one.first.brier)}</td>
            <td class="number">{format::three(one.second.brier)}</td>
            <td class="number">{difference.map_or_else(dash, |found| gain(found.brier).into_any())}</td>
            <td class="number">{changed.map_or_else(
                || "–".to_owned(),
                |changed| format!("{} : {}", changed.only_second, changed.only_first),
            )}</td>
            <td class="number">{difference.map_or_else(|| "–".to_owned(), |found| format::fine(found.p_holm))}</td>
        </tr>
    }
}
