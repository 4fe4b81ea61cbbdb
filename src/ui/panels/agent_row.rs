//! One agent: what it believes, what it owns, what it said last, what it is doing, and what went wrong.

use leptos::prelude::*;

use crate::agents::spoken;
use crate::aggregate::{LastAct, Moment};
use crate::market::Cash;
use crate::run::RunSpec;
use crate::session::{AgentLive, AgentStatus, Live};
use crate::ui::components::Avatar;
use crate::ui::desk::{Desk, Feed, OpenRun, use_desk};
use crate::ui::words::{messages, purchase, roles, turns, voices, watch as words};

/// The most of an arriving answer that a row shows, from its end.
const WORDS_SHOWN: usize = 160;

/// What a row shows. Compared as a whole, so that a row is touched only if something in it has changed.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    name: String,
    kind: String,
    /// The belief that is shown, and in words.
    belief: Option<(f64, String)>,
    /// The outcome it finds likeliest.
    favourite: usize,
    /// The price of the same outcome.
    price: f64,
    holdings: String,
    left: String,
    headline: String,
    note: Option<&'static str>,
    /// Whether its answers to the question and to its reversal contradict each other.
    incoherent: bool,
    /// Whether its last answer was a kept reply.
    reused: bool,
    failure: Option<(&'static str, String)>,
    activity: Option<String>,
    arriving: Option<String>,
    /// Whether it lost, and how much in words.
    result: Option<(bool, String)>,
    /// Whether it owns anything.
    owns: bool,
    offers: Offers,
}

/// What a person can do about the agent right now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Offers {
    /// Ask it at once instead of after the wait, or once more.
    retry: bool,
    /// Wait for it no longer.
    go_on: bool,
}

impl Offers {
    fn of(live: &Live, agent: usize) -> Self {
        let Some(AgentLive { status, .. }) = live.agents.get(agent) else { return Self::default() };
        let retry = matches!(status, AgentStatus::Waiting { .. } | AgentStatus::Failed { again: true, .. });
        // Alone, it holds nobody up.
        let someone_is_done = live
            .agents
            .iter()
            .any(|other| matches!(other.status, AgentStatus::Answered | AgentStatus::Failed { .. }));
        Self { retry, go_on: status.is_awaited() && someone_is_done }
    }
}

fn row(open: &OpenRun, moment: &Moment, agent: usize, now: bool) -> Option<Row> {
    let spec: &RunSpec = open.run.spec();
    let (seat, stands) = (spec.agents.get(agent)?, moment.agents.get(agent)?);
    // Between two answers one number says all; among several, what the agent itself finds likeliest says more.
    let favourite = stands.belief.as_ref().map_or_else(|| moment.leader(), crate::belief::Belief::favourite);
    let about = if spec.outcome_count() == 2 { moment.leader() } else { favourite };
    let live = open.live.agents.get(agent).filter(|_| now && open.driven);
    let belief = stands.belief.as_ref().map(|belief| {
        let p = belief.of(about);
        (p, words::belief_in(p, words::outcome_name(spec, about)))
    });
    Some(Row {
        name: seat.name.clone(),
        kind: match turns::role(spec, agent) {
            Some(role) => format!("{role} · {}", roles::kind(&seat.kind)),
            None => roles::kind(&seat.kind),
        },
        owns: spec.mode.is_market(),
        belief,
        favourite,
        price: moment.prices.get(about).copied().unwrap_or(0.0),
        holdings: purchase::holdings(spec, &stands.holdings),
        left: purchase::left(stands.cash),
        headline: voices::said(&stands.headline),
        note: stands.last.as_ref().and_then(|act| words::last_act(act, moment.closed.is_some())),
        incoherent: stands.incoherence.is_some_and(crate::belief::is_incoherent),
        reused: stands.reused,
        failure: failure(stands.last.as_ref(), live),
        activity: live.and_then(|live| words::activity(&live.status)),
        arriving: live.and_then(arriving),
        result: stands.result.map(|result| (result < Cash::ZERO, purchase::result(result))),
        offers: if live.is_some() { Offers::of(&open.live, agent) } else { Offers::default() },
    })
}

/// What went wrong last: in the log, or a moment ago in a round that is still open.
fn failure(last: Option<&LastAct>, live: Option<&AgentLive>) -> Option<(&'static str, String)> {
    match live.map(|live| &live.status) {
        Some(AgentStatus::Failed { kind, message, .. }) => {
            return Some((words::failure(*kind), messages::said(message)));
        }
        // Not a failure yet, but the person should know why there is a wait.
        Some(AgentStatus::Waiting { message, .. }) => return Some((words::NOT_YET, messages::said(message))),
        Some(AgentStatus::Queued | AgentStatus::Thinking { .. } | AgentStatus::Answered) => return None,
        Some(AgentStatus::Idle) | None => {}
    }
    match last {
        Some(LastAct::Failed(failure)) => {
            Some((words::failure(failure.kind), messages::said(&failure.message)))
        }
        _ => None,
    }
}

/// The end of what can be read of the words that have arrived.
fn arriving(live: &AgentLive) -> Option<String> {
    if !matches!(live.status, AgentStatus::Thinking { .. }) {
        return None;
    }
    let words = spoken(&live.words);
    let skip = words.chars().count().saturating_sub(WORDS_SHOWN);
    Some(words.chars().skip(skip).collect()).filter(|shown: &String| !shown.is_empty())
}

/// The row.
#[component]
pub fn AgentRow(feed: Feed, moment: Memo<Option<Moment>>, agent: usize) -> impl IntoView {
    let desk = use_desk();
    let row = Memo::new(move |_| {
        let now = feed.scrub.get().is_none();
        feed.with(|open| moment.with(|moment| row(open?, moment.as_ref()?, agent, now))).unwrap_or_default()
    });
    let name = Signal::derive(move || row.with(|row| row.name.clone()));
    let outcome = move || row.with(|row| row.favourite.to_string());
    view! {
        <li class="agent" data-testid="agent-row" data-agent=agent.to_string() data-outcome=outcome>
            <Avatar name place=agent />
            <div class="agent-who">
                <strong>{move || name.get()}</strong>
                <small>{move || row.with(|row| row.kind.clone())}</small>
            </div>
            <span class="agent-belief number">
                {move || row.with(|row| row.belief.as_ref().map_or_else(|| "–".to_owned(), |(_, words)| words.clone()))}
            </span>
            <BeliefTrack row />
            <p class="agent-words">{move || row.with(|row| row.headline.clone())}</p>
            {move || row.with(|row| row.incoherent).then(|| view! {
                <p class="agent-doing" data-testid="agent-incoherent">{crate::ui::words::asking::INCOHERENT}</p>
            })}
            {move || row.with(|row| row.reused).then(|| view! {
                <p class="agent-doing" data-testid="agent-reused">{crate::ui::words::replies::TAKEN}</p>
            })}
            <p class="agent-money" hidden=move || !desk.expert.get() || row.with(|row| !row.owns)>
                {move || row.with(|row| row.holdings.clone())}" · "
                <span class="number">{move || row.with(|row| row.left.clone())}</span>
                {move || row.with(|row| row.note.map(|note| format!(" · {note}")))}
            </p>
            {move || row.with(|row| row.result.clone()).map(|(lost, result)| {
                view! { <p class="agent-result number" class:down=lost class:up=!lost>{result}</p> }
            })}
            <Doing row />
            <Offered row name agent />
        </li>
    }
}

/// Where the agent's belief lies, and where the price.
#[component]
fn BeliefTrack(row: Memo<Row>) -> impl IntoView {
    let at = |share: f64| format!("{:.1}%", share * 100.0);
    view! {
        <span class="belief-track" aria-hidden="true">
            <span class="belief-price" style:translate=move || row.with(|row| at(row.price))></span>
            {move || row.with(|row| row.belief.as_ref().map(|(belief, _)| *belief)).map(|belief| {
                view! { <span class="belief-dot" style:translate=at(belief)></span> }
            })}
        </span>
    }
}

/// What happens outside the log, and what went wrong.
#[component]
fn Doing(row: Memo<Row>) -> impl IntoView {
    view! {
        {move || row.with(|row| row.activity.clone()).map(|activity| view! { <p class="agent-doing">{activity}</p> })}
        {move || row.with(|row| row.arriving.clone()).map(|words| view! { <p class="agent-arriving">{words}</p> })}
        {move || row.with(|row| row.failure.clone()).map(|(kind, message)| view! {
            <p class="agent-failure" data-testid="agent-failure"><strong>{kind}</strong>" "{message}</p>
        })}
    }
}

/// The buttons of an agent that is awaited or has failed.
#[component]
fn Offered(row: Memo<Row>, name: Signal<String>, agent: usize) -> impl IntoView {
    let desk = use_desk();
    let offers = Memo::new(move |_| row.with(|row| row.offers));
    let any = move || offers.get() != Offers::default();
    let button = move |label: &'static str, test_id: &'static str, press: fn(Desk, usize)| {
        view! {
            <button type="button" class="button button-small" data-testid=test_id
                aria-label=move || words::about_agent(label, &name.get()) on:click=move |_| press(desk, agent)>
                {label}
            </button>
        }
    };
    view! {
        <Show when=any>
            <p class="agent-offers">
                <Show when=move || offers.get().retry>
                    {button(words::RETRY_NOW, "retry-now", Desk::retry_now)}
                </Show>
                <Show when=move || offers.get().go_on>
                    {button(words::GO_ON_WITHOUT, "go-on-without", Desk::go_on_without)}
                </Show>
            </p>
        </Show>
    }
}
