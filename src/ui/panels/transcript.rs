//! What was said in turn, where agents speak and nobody trades; and, at its end, whether it really held still.

use leptos::prelude::*;

use crate::aggregate::{Moment, Statement};
use crate::run::What;
use crate::ui::components::Avatar;
use crate::ui::desk::Feed;
use crate::ui::words::{asking, replies, turns as words, watch};

/// Statements shown at once, from the end: more than any protocol but a long vote has.
const SHOWN: usize = 120;

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    opening: u64,
    seq: u64,
    agent: usize,
    round: u32,
    who: String,
    role: Option<&'static str>,
    kind: String,
    reused: bool,
    incoherent: bool,
    said: String,
    question: String,
    reasoning: String,
}

/// The statements, first first.
#[component]
pub fn Transcript(feed: Feed) -> impl IntoView {
    let rows = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            let spec = open.run.spec();
            let row = |statement: &Statement| {
                let (said, question, reasoning) = match &statement.what {
                    What::Forecast(forecast) => {
                        (forecast.headline.clone(), String::new(), forecast.reasoning.clone())
                    }
                    What::Argument(argument) => {
                        (argument.argument.clone(), argument.question.clone(), String::new())
                    }
                    What::Silence(_) => Default::default(),
                };
                Row {
                    opening: open.opening,
                    seq: statement.seq,
                    agent: statement.agent,
                    round: statement.round,
                    who: watch::agent_name(spec, statement.agent).to_owned(),
                    role: words::role(spec, statement.agent),
                    kind: words::statement_kind(spec, statement),
                    reused: statement.reused,
                    incoherent: matches!(&statement.what, What::Forecast(forecast) if forecast.is_incoherent()),
                    said,
                    question,
                    reasoning,
                }
            };
            let skip = open.story.statements.len().saturating_sub(SHOWN);
            Some(open.story.statements.iter().skip(skip).map(row).collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    view! {
        <section class="transcript" aria-labelledby="transcript-title">
            <h2 id="transcript-title">{words::TRANSCRIPT}</h2>
            <Show when=move || rows.with(|rows| !rows.is_empty())
                fallback=|| view! { <p class="quiet">{words::NOTHING_YET}</p> }>
                <ol class="card statement-list">
                    <For each=move || rows.get() key=|row| (row.opening, row.seq) let:row>
                        <StatementRow feed row />
                    </For>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn StatementRow(feed: Feed, row: Row) -> impl IntoView {
    let Row { seq, agent, round, who, role, kind, reused, incoherent, said, question, reasoning, .. } = row;
    let shown = who.clone();
    view! {
        <li class="statement" data-testid="statement-row" data-seq=seq.to_string()
            class:later=move || feed.scrub.get().is_some_and(|at| at < seq)>
            <Avatar name=who place=agent />
            <div class="statement-what">
                <p class="statement-head">
                    <strong>{shown}</strong>{role.map(|role| view! { <small>{role}</small> })}
                    <span class="statement-kind">{kind}</span>
                </p>
                {(!said.is_empty()).then(|| view! { <p class="statement-words">{said}</p> })}
                {reused.then(|| view! {
                    <p class="agent-doing" data-testid="statement-reused">{replies::TAKEN}</p>
                })}
                {incoherent.then(|| view! {
                    <p class="agent-doing" data-testid="statement-incoherent">{asking::INCOHERENT}</p>
                })}
                {(!reasoning.is_empty()).then(|| view! { <p class="statement-reasons">{reasoning}</p> })}
                {(!question.is_empty()).then(|| view! { <p class="statement-question">{words::asks(&question)}</p> })}
            </div>
            <a class="trade-link" href=format!("#/run/audit?at={seq}")>{words::turn(round)}</a>
        </li>
    }
}

/// The gates of a maker–trader run; nothing before its end or in other modes.
#[component]
pub fn GatesCard(moment: Memo<Option<Moment>>) -> impl IntoView {
    let gates = Memo::new(move |_| moment.with(|moment| moment.as_ref()?.gates.clone()));
    move || {
        gates.get().map(|gates| {
            let checks = crate::run::Gate::ALL.into_iter().map(|gate| {
                let holds = !gates.failed.contains(&gate);
                view! {
                    <li class="gate" class:gate-failed=!holds>
                        <span aria-hidden="true">{if holds { "✓" } else { "✗" }}</span>
                        " "{words::gate_name(gate)}" "<small>{words::gate_state(holds)}</small>
                    </li>
                }
            });
            let facts = words::gate_facts(&gates)
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(name, value)| view! { <dt>{name}</dt><dd class="number">{value}</dd> })
                .collect_view();
            view! {
                <section class="card gates" aria-labelledby="gates-title" data-testid="gates">
                    <h2 id="gates-title">{words::GATES}</h2>
                    <ul class="gate-list">{checks.collect_view()}</ul>
                    <dl class="facts">{facts}</dl>
                    <p class="hint">{words::GATES_WHAT}</p>
                </section>
            }
        })
    }
}
