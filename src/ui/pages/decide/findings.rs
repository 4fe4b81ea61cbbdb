//! What the runs of a decision add up to, drawn anew whenever an option is answered.

use leptos::prelude::*;

use super::links::Links;
use crate::aggregate::case::Argument;
use crate::aggregate::decision::{Book, Verdict};
use crate::ui::decision::{Report, Stage};
use crate::ui::desk::use_desk;
use crate::ui::format;
use crate::ui::words::decide as words;

/// Everything that there is to say so far.
#[component]
pub fn Findings(links: Links, stage: Memo<Stage>) -> impl IntoView {
    let desk = use_desk();
    move || {
        let report = desk.decision_report();
        let running = stage.get() == Stage::Running;
        let none = report.ranking.standings.is_empty();
        // While options are being asked there is no verdict yet, only those that are answered.
        view! {
            {(!running && !desk.reads_answers()).then(|| answer(&report))}
            {(running && none).then(|| view! { <p class="hint">{words::WAITING}</p> })}
            {order(&report, links, running)}
            {(!running && !none).then(|| reasons(&report))}
        }
    }
}

/// The answer, and how sure it is.
fn answer(report: &Report) -> impl IntoView + use<> {
    let verdict = match report.ranking.verdict {
        Verdict::Clear { .. } => "clear",
        Verdict::TooClose { .. } => "close",
        Verdict::Incomplete { .. } => "incomplete",
    };
    view! {
        <div class="decide-answer" data-testid="decide-verdict" data-verdict=verdict>
            <h2>{words::headline(report)}</h2>
            <p>{words::confidence(report)}</p>
        </div>
    }
}

/// The options, likeliest first, and then those without a figure.
fn order(report: &Report, links: Links, running: bool) -> impl IntoView + use<> {
    let ranked: Vec<_> = report
        .ranking
        .standings
        .iter()
        .map(|standing| {
            let close = report.ranking.is_close(standing.option) && !running;
            ranked_row(report, standing.option, &standing.book, close, links, running)
        })
        .collect();
    let missing: Vec<_> = (0..report.books.len())
        .filter(|&option| report.books[option].is_err())
        .map(|option| missing_row(report, option, running))
        .collect();
    view! {
        {(!ranked.is_empty()).then(|| view! { <p class="hint decide-bars">{words::BARS}</p> })}
        <ol class="decide-order" aria-label=words::RESULT>
            {ranked}
            {missing}
        </ol>
    }
}

fn ranked_row(
    report: &Report,
    option: usize,
    book: &Book,
    close: bool,
    links: Links,
    running: bool,
) -> impl IntoView + use<> {
    let percent = |share: f64| format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0);
    let (low, high) = book.range();
    let (width, start, span) = (percent(book.price), percent(low), percent(high - low));
    view! {
        <li class="decide-row" data-testid="decide-standing" data-option=option.to_string()
            data-value=book.price.to_string() data-spread=book.spread.to_string()>
            <span class="decide-name">{report.option(option).to_owned()}</span>
            <span class="decide-figure">
                <b class="number">{format::percent(book.price)}</b>" "
                <span class="number decide-spread">{words::range(book)}</span>
            </span>
            <span class="decide-bar" aria-hidden="true">
                <i class="decide-fill" style:width=move || width.clone()></i>
                <i class="decide-whisker" style:left=move || start.clone() style:width=move || span.clone()></i>
            </span>
            {close.then(|| view! { <span class="decide-close">{words::CLOSE}</span> })}
            {(!running).then(|| ways(report, option, links))}
        </li>
    }
}

/// The ways to the run of an option.
fn ways(report: &Report, option: usize, links: Links) -> impl IntoView + use<> {
    let desk = use_desk();
    let run = report.decision.options.get(option).and_then(|option| option.run.clone());
    let head = report.told[option].as_ref().map(|told| told.head.to_string()).unwrap_or_default();
    let name = report.option(option).to_owned();
    let label = format!("{}: {name}", words::OPEN_RUN);
    let link = move || links.with(|links| links.get(&head).cloned());
    view! {
        <span class="decide-ways">
            {run.map(|id| view! {
                <button type="button" class="button button-quiet" data-testid=format!("decide-open-{option}") aria-label=label
                    on:click=move |_| desk.open_kept(&id)>{words::OPEN_RUN}</button>
            })}
            {move || match link() {
                None => view! { <span class="hint">{words::LINKING}</span> }.into_any(),
                Some(None) => ().into_any(),
                Some(Some(address)) => view! {
                    <a href=address data-testid=format!("decide-link-{option}")
                        aria-label=format!("{}: {name}", words::LINK)>{words::LINK}</a>
                }.into_any(),
            }}
        </span>
    }
}

fn missing_row(report: &Report, option: usize, running: bool) -> impl IntoView + use<> {
    let desk = use_desk();
    let why = report.books[option].err().map(words::no_book);
    let asked = report.decision.options[option].head.is_some();
    let label = format!("{}: {}", words::ASK_AGAIN, report.option(option));
    view! {
        <li class="decide-row decide-missing" data-testid="decide-missing" data-option=option.to_string()>
            <span class="decide-name">{report.option(option).to_owned()}</span>
            <span class="decide-figure">{why}</span>
            {(asked && !running).then(|| view! {
                <span class="decide-ways">
                    <button type="button" class="button button-quiet" data-testid=format!("decide-again-{option}") aria-label=label
                        on:click=move |_| desk.ask_option_again(option)>{words::ASK_AGAIN}</button>
                </span>
            })}
        </li>
    }
}

/// Why, what would change it, who disagrees, what the figures are not, and how it was made.
fn reasons(report: &Report) -> impl IntoView + use<> {
    let list = |title: &'static str, test_id: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            view! {
                <section class="decide-part" data-testid=test_id>
                    <h3>{title}</h3>
                    <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </section>
            }
        })
    };
    let limits = vec![words::CAUSE.to_owned(), words::ADVICE.to_owned()];
    view! {
        {report.decision.has_models().then(|| cases(report))}
        <div class="decide-parts">
            {list(words::CHANGES, "decide-changes", words::changes(report))}
            {list(words::DISSENT, "decide-dissent", words::dissent(report))}
            {list(words::LIMITS, "decide-limits", limits)}
            {list(words::HOW, "decide-how", words::how(report))}
        </div>
    }
}

/// The strongest reason for and against each option.
fn cases(report: &Report) -> impl IntoView + use<> {
    let said = |side: &[Argument]| {
        side.first()
            .map_or_else(|| words::NOTHING_SAID.to_owned(), |argument| words::argued(report, argument))
    };
    let rows: Vec<_> = report
        .ranking
        .standings
        .iter()
        .map(|standing| {
            let case = report.reasons(standing.option);
            view! {
                <div class="decide-case">
                    <h4>{report.option(standing.option).to_owned()}</h4>
                    <dl>
                        <dt>{words::FOR}</dt>
                        <dd>{said(&case.pro)}</dd>
                        <dt>{words::AGAINST}</dt>
                        <dd>{said(&case.con)}</dd>
                    </dl>
                </div>
            }
        })
        .collect();
    view! {
        <section class="decide-why" data-testid="decide-why">
            <h3>{words::WHY}</h3>
            <div class="decide-cases">{rows}</div>
        </section>
    }
}
