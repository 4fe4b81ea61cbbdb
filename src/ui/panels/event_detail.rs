//! What the log holds of one event, in full: figures as tables, texts word for word, the digest, the raw JSON.

use std::sync::Arc;

use leptos::prelude::*;

use super::events::Listing;
use crate::belief::Forecast;
use crate::market::{Cash, Shares, Trade};
use crate::run::{CallRecord, RunEvent, RunSpec, TokenChance};
use crate::ui::format;
use crate::ui::rows::Row;
use crate::ui::words::messages;
use crate::ui::words::turns;
use crate::ui::words::watch::{agent_name, outcome_name, points};
use crate::ui::words::{audit as words, calls};

/// Everything about an event.
#[component]
pub(super) fn EventDetail(row: Arc<Row>, listing: Listing) -> impl IntoView {
    let figures = listing.feed.peek(|open| {
        let spec = open.map(|open| open.run.spec())?;
        row.event.as_ref().map(|entry| event_view(spec, &entry.event))
    });
    let link = listing.href.map(|href| {
        view! { <a class="event-link" href=format!("{href}{}", row.seq)>{words::PERMALINK}</a> }
    });
    let raw = format!("{:#}", row.json());
    view! {
        <div class="event-detail">
            {figures}
            <dl class="facts">
                <dt>{words::DIGEST}</dt>
                <dd><code class="digest">{row.digest.to_string()}</code></dd>
            </dl>
            <details class="event-raw">
                <summary>{words::RAW}</summary>
                <pre tabindex="0">{raw}</pre>
            </details>
            {link}
        </div>
    }
}

fn event_view(spec: &RunSpec, event: &RunEvent) -> AnyView {
    match event {
        RunEvent::Opened { cash_micros, maker_cash_micros, prices } => view! {
            {prices_table(spec, prices)}
            {cash_table(spec, words::CASH, cash_micros)}
            {facts(vec![(words::MAKER, format::cash(*maker_cash_micros))])}
        }
        .into_any(),
        RunEvent::RoundOpened { prices, .. }
        | RunEvent::RoundClosed { prices, .. }
        | RunEvent::TurnClosed { prices, .. } => prices_table(spec, prices),
        RunEvent::Began { .. }
        | RunEvent::TurnOpened { .. }
        | RunEvent::Argued { .. }
        | RunEvent::StopDrawn { .. }
        | RunEvent::StopRevealed { .. }
        | RunEvent::Gauged { .. }
        | RunEvent::PeersPaid { .. }
        | RunEvent::Voided { .. } => turn_view(spec, event),
        RunEvent::Call(call) => call_view(call),
        RunEvent::Forecast { forecast, .. } => forecast_view(spec, forecast),
        RunEvent::Failed { failure, .. } => facts(vec![(words::MESSAGE, messages::said(&failure.message))]),
        RunEvent::OrderDrawn { order, .. } => {
            let names: Vec<String> = order.iter().map(|&agent| agent_name(spec, agent).to_owned()).collect();
            view! { <ol class="plain-order">{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ol> }
                .into_any()
        }
        RunEvent::Traded { reach, trade, .. } => trade_view(spec, trade, *reach),
        RunEvent::Passed { wanted_move, .. } => facts(vec![(words::WANTED, points(*wanted_move))]),
        RunEvent::Settled { payouts_micros, maker_cash_micros, .. } => view! {
            {cash_table(spec, words::PAID, payouts_micros)}
            {facts(vec![(words::MAKER, format::cash(*maker_cash_micros))])}
        }
        .into_any(),
        RunEvent::Closed { prices, totals, .. } => view! {
            {prices_table(spec, prices)}
            {facts(vec![(words::TOTALS, words::totals(totals))])}
        }
        .into_any(),
    }
}

/// What happens only where agents speak in turns.
fn turn_view(spec: &RunSpec, event: &RunEvent) -> AnyView {
    match event {
        RunEvent::Argued { argument, .. } => view! {
            {text(turns::ARGUMENT, &argument.argument, turns::NO_ARGUMENT)}
            {facts(vec![(turns::QUESTION_PUT, argument.question.clone())])}
        }
        .into_any(),
        RunEvent::PeersPaid { stop_seed, payments_micros, .. } => view! {
            {cash_table(spec, words::PAID, payments_micros)}
            {facts(vec![(turns::STOP_SEED, stop_seed.to_string())])}
        }
        .into_any(),
        RunEvent::StopRevealed { stop_seed } => facts(vec![(turns::STOP_SEED, stop_seed.to_string())]),
        RunEvent::Voided { refunds_micros, maker_cash_micros } => view! {
            {cash_table(spec, words::CASH, refunds_micros)}
            {facts(vec![(words::MAKER, format::cash(*maker_cash_micros))])}
        }
        .into_any(),
        RunEvent::Gauged { gates } => facts(turns::gate_facts(gates)),
        RunEvent::Began { order, stop_commitment, .. } => {
            let names: Vec<&str> = order.iter().map(|&agent| agent_name(spec, agent)).collect();
            let commitment = stop_commitment.map_or_else(String::new, |digest| digest.to_string());
            facts(vec![(turns::ORDER, names.join(", ")), (turns::COMMITMENT, commitment)])
        }
        _ => ().into_any(),
    }
}

/// Names and values.
fn facts(list: Vec<(&'static str, String)>) -> AnyView {
    let rows = list.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

/// A table whose first column is text and whose others are figures.
fn table(heads: Vec<&'static str>, rows: Vec<(String, Vec<String>)>) -> AnyView {
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = rows.into_iter().map(|(name, figures)| {
        let figures =
            figures.into_iter().map(|figure| view! { <td class="number">{figure}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{figures}</tr> }
    });
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=words::EVENTS>
            <table class="figures"><thead><tr>{heads}</tr></thead><tbody>{rows.collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

fn prices_table(spec: &RunSpec, prices: &[f64]) -> AnyView {
    probabilities(spec, words::PRICE, prices)
}

fn probabilities(spec: &RunSpec, head: &'static str, numbers: &[f64]) -> AnyView {
    let row = |(outcome, number): (usize, &f64)| {
        (outcome_name(spec, outcome).to_owned(), vec![format::percent_fine(*number)])
    };
    table(vec![words::OUTCOME, head], numbers.iter().enumerate().map(row).collect())
}

fn cash_table(spec: &RunSpec, head: &'static str, amounts: &[Cash]) -> AnyView {
    let row =
        |(agent, amount): (usize, &Cash)| (agent_name(spec, agent).to_owned(), vec![format::cash(*amount)]);
    table(vec![words::AGENT, head], amounts.iter().enumerate().map(row).collect())
}

fn forecast_view(spec: &RunSpec, forecast: &Forecast) -> AnyView {
    let predicted = forecast
        .predicted_mean_of_others
        .map(|predicted| format!("{} {}", outcome_name(spec, 0), format::percent_fine(predicted)));
    let evidence = forecast.evidence.iter().map(|piece| view! { <li>{piece.clone()}</li> }).collect_view();
    let evidence = (!forecast.evidence.is_empty()).then(|| {
        view! {
            <h3>{words::EVIDENCE}</h3>
            <ul class="event-list">{evidence}</ul>
        }
    });
    view! {
        {probabilities(spec, words::BELIEF, &forecast.beliefs.probabilities())}
        {facts(vec![(words::HEADLINE, forecast.headline.clone()), (words::PREDICTED, predicted.unwrap_or_default()),
            (words::COHERENCE, forecast.incoherence.map(calls::incoherence).unwrap_or_default())])}
        {text(words::REASONING, &forecast.reasoning, "")}
        {evidence}
    }
    .into_any()
}

fn trade_view(spec: &RunSpec, trade: &Trade, reach: f64) -> AnyView {
    let share = |list: &[Shares], outcome: usize| {
        list.get(outcome).map_or_else(String::new, |s| format::decimal(s.units()))
    };
    let price = |list: &[f64], outcome: usize| {
        list.get(outcome).map_or_else(String::new, |p| format::percent_fine(*p))
    };
    let row = |outcome: usize| {
        let figures = vec![
            share(&trade.shares_micros, outcome),
            price(&trade.prices_before, outcome),
            price(&trade.prices_after, outcome),
            share(&trade.holdings_micros, outcome),
        ];
        (outcome_name(spec, outcome).to_owned(), figures)
    };
    let heads = vec![words::OUTCOME, words::BOUGHT, words::BEFORE, words::AFTER, words::HOLDS];
    view! {
        {table(heads, (0..spec.outcome_count()).map(row).collect())}
        {facts(vec![
            (words::COST, format::cash(trade.cost_micros)),
            (words::REDEEMED, format::decimal(trade.redeemed_micros.units())),
            (words::CASH, format::cash(trade.cash_micros)),
            (words::REACH, format::percent(reach)),
        ])}
    }
    .into_any()
}

fn call_view(call: &CallRecord) -> AnyView {
    let said = |number: Option<u64>| number.map_or_else(|| words::UNKNOWN.to_owned(), format::count);
    let tokens = format!("{} + {}", said(call.prompt_tokens), said(call.completion_tokens));
    let messages = call
        .prompt
        .iter()
        .map(|message| text(calls::role(message.role), &message.content, ""))
        .collect_view();
    let no_prompt = call.prompt.is_empty().then(|| view! { <p class="hint">{words::NO_PROMPT}</p> });
    view! {
        {facts(vec![
            (words::MODEL, call.model.clone()),
            (words::PURPOSE, calls::purpose(call.purpose).to_owned()),
            (words::FORM, calls::form(call.format).to_owned()),
            (words::TEMPERATURE, call.temperature.map_or_else(|| words::UNKNOWN.to_owned(), format::exact)),
            (words::TOKEN_LIMIT, format::count(u64::from(call.max_tokens))),
            (words::TOKENS, tokens),
            (words::FINISH, call.finish_reason.clone().unwrap_or_else(|| words::UNKNOWN.to_owned())),
            (words::PARSE, calls::parse(&call.parse)),
            (calls::REUSED, call.reused.map(|digest| digest.to_string()).unwrap_or_default()),
        ])}
        <h3>{words::PROMPT}</h3>
        {no_prompt}
        {messages}
        {text(words::REPLY, &call.reply, words::NO_REPLY)}
        {first_token(call)}
    }
    .into_any()
}

/// The alternatives that a label's probability was read from.
fn first_token(call: &CallRecord) -> Option<AnyView> {
    let row = |chance: &TokenChance| (calls::token(&chance.token), vec![calls::chance(chance.logprob)]);
    (!call.first_token.is_empty()).then(|| {
        let rows = call.first_token.iter().map(row).collect();
        view! { <h3>{calls::FIRST_TOKEN}</h3> {table(vec![calls::TOKEN, calls::CHANCE], rows)} }.into_any()
    })
}

/// A text word for word under its name; if there is none, `otherwise` or nothing.
fn text(name: &'static str, content: &str, otherwise: &'static str) -> Option<AnyView> {
    if content.is_empty() {
        let hint = (!otherwise.is_empty()).then(|| view! { <h3>{name}</h3><p class="hint">{otherwise}</p> });
        return hint.map(IntoAny::into_any);
    }
    let content = content.to_owned();
    Some(view! { <h3>{name}</h3><pre class="event-text" tabindex="0">{content}</pre> }.into_any())
}
