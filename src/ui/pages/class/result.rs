//! The class beside the panel, the market and the truth.

use leptos::prelude::*;

use crate::aggregate::class::{ClassRow, Source, closest, compare_class, spread};
use crate::belief::Belief;
use crate::run::{Basis, Settled};
use crate::share::Collected;
use crate::ui::desk::Feed;
use crate::ui::format;
use crate::ui::words::class as words;

/// The section.
#[component]
pub(super) fn Revealed(
    /// The run that the class is compared with.
    feed: Feed,
    /// What was collected.
    found: Memo<Collected>,
    /// The true answer, if somebody has said it here.
    truth: Memo<Option<usize>>,
    /// Says it, or takes it back.
    on_truth: Callback<Option<usize>>,
) -> impl IntoView {
    let outcomes = Memo::new(move |_| {
        feed.with(|open| open.map_or_else(Vec::new, |open| open.run.spec().outcomes.clone()))
    });
    let chosen = RwSignal::new(feed.peek(|open| open.map_or(0, |open| open.story.now.leader())));
    let pupils = Memo::new(move |_| {
        found.with(|found| {
            found.ballots.iter().filter_map(crate::share::Ballot::belief).collect::<Vec<Belief>>()
        })
    });
    // What the run itself knows: its outcome, or the answer in its set-up.
    let recorded = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            match open.story.now.settled {
                Some(Settled::Outcome(outcome, Basis::KnownAnswer | Basis::Person)) => Some(outcome),
                // What simulated traders were played against says nothing about the world.
                _ => open.run.spec().answer,
            }
        })
    });
    let answer = Memo::new(move |_| {
        let most = outcomes.with(Vec::len);
        truth.get().filter(|told| *told < most).or_else(|| recorded.get())
    });
    let name = move |outcome: usize| outcomes.with(|names| names.get(outcome).cloned().unwrap_or_default());
    let rows = Memo::new(move |_| {
        feed.with(|open| {
            let now = &open?.story.now;
            Some(pupils.with(|pupils| compare_class(now, answer.get(), pupils)))
        })
    });
    let options = move || {
        let option = |(place, name): (usize, String)| {
            let selected = place == chosen.get_untracked();
            view! { <option value=place.to_string() selected=selected>{name}</option> }
        };
        outcomes.get().into_iter().enumerate().map(option).collect_view()
    };
    let pick = move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0));
    view! {
        <section class="card" aria-labelledby="class-result" data-testid="class-result">
            <h2 id="class-result">{words::RESULT}</h2>
            <Truth outcomes truth recorded on_truth />
            <p data-testid="class-truth">{move || match answer.get() {
                None => words::NO_TRUTH.to_owned(),
                Some(outcome) => words::truth(&name(outcome), &closest(&rows.get().unwrap_or_default())),
            }}</p>
            <div class="compare-outcome">
                <label for="class-outcome">{words::OUTCOME}</label>
                <select id="class-outcome" data-testid="class-outcome" on:change=pick>{options}</select>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="class-result"><table class="plain-table">
                <thead><tr>
                    <th scope="col">{words::WHO}</th>
                    <th scope="col" class="number">{words::PROBABILITY}</th>
                    <Show when=move || answer.with(Option::is_some)><th scope="col" class="number">{words::BRIER}</th></Show>
                </tr></thead>
                <tbody>{move || rows.get().unwrap_or_default().into_iter().map(|row| view! {
                    <Row row outcome=chosen.get() pupils=pupils.with(Vec::len) />
                }).collect_view()}</tbody>
            </table></div>
            <Show when=move || pupils.with(|pupils| !pupils.is_empty())><Spread pupils chosen /></Show>
            <p class="hint">{words::HOW}</p>
        </section>
    }
}

/// What was true in the end, as somebody says it here.
#[component]
fn Truth(
    outcomes: Memo<Vec<String>>,
    truth: Memo<Option<usize>>,
    recorded: Memo<Option<usize>>,
    on_truth: Callback<Option<usize>>,
) -> impl IntoView {
    let options = move || {
        let told = truth.get_untracked();
        let names = outcomes.get();
        let unsaid = recorded
            .get()
            .and_then(|outcome| names.get(outcome))
            .map_or_else(|| words::TRUTH_OPEN.to_owned(), |name| words::truth_recorded(name));
        let option = |(place, name): (usize, String)| {
            view! { <option value=place.to_string() selected=told == Some(place)>{name}</option> }
        };
        let rest = names.into_iter().enumerate().map(option).collect_view();
        view! { <option value="" selected=told.is_none()>{unsaid}</option>{rest} }
    };
    let pick = move |event| on_truth.run(event_target_value(&event).parse().ok());
    view! {
        <div class="field class-say">
            <label for="class-answer">{words::TRUTH}</label>
            <select id="class-answer" data-testid="class-answer" aria-describedby="class-answer-what" on:change=pick>{options}</select>
            <p class="hint" id="class-answer-what">{words::TRUTH_WHAT}</p>
        </div>
    }
}

#[component]
fn Row(row: ClassRow, outcome: usize, pupils: usize) -> impl IntoView {
    let price = row.probabilities.get(outcome).copied().unwrap_or(0.0);
    let of_class = row.source == Source::Class;
    view! {
        <tr class:class-own=of_class data-testid="class-row" data-source=words::slug(row.source) data-probability=format::exact(price)>
            <th scope="row">{words::source(row.source, pupils)}</th>
            <td class="number">
                <span class="class-bar" aria-hidden="true"><i style:width=move || format!("{:.1}%", price * 100.0)></i></span>
                {format::percent(price)}
            </td>
            {row.brier.map(|score| view! { <td class="number">{format::decimal(score)}</td> })}
        </tr>
    }
}

/// How many pupils said what, in tenths.
#[component]
fn Spread(pupils: Memo<Vec<Belief>>, chosen: RwSignal<usize>) -> impl IntoView {
    let columns = move || {
        let counts = pupils.with(|pupils| spread(pupils, chosen.get()));
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let column = |(tenth, &count): (usize, &usize)| {
            let height = format!("{:.0}%", count as f64 / most as f64 * 100.0);
            view! {
                <li><b>{count}</b>
                    <span class="class-column" aria-hidden="true"><i style:height=move || height.clone()></i></span>
                    <small>{words::column(tenth)}</small></li>
            }
        };
        counts.iter().enumerate().map(column).collect_view()
    };
    view! {
        <h3>{words::SPREAD}</h3>
        <ol class="class-spread" data-testid="class-spread">{columns}</ol>
    }
}
