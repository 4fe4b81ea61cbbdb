//! The chart as people meet it: a canvas that can be stepped with the arrow keys, the range below it, a line of text
//! that says what is pointed at, and a table with the same figures.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::draw;
use super::pitch::pitch;
use super::scene::Scene;
use super::sheet::Sheet;
use crate::aggregate::Story;
use crate::run::RunSpec;
use crate::ui::desk::{Feed, use_desk};
use crate::ui::format;
use crate::ui::panels::{Playback, Replay};
use crate::ui::words::turns;
use crate::ui::words::watch as words;
use crate::web;

/// Under which name it is stored whether steps sound.
const TONE: &str = "tone";

/// The price chart of a run.
#[component]
pub fn PriceChart(
    /// The run.
    feed: Feed,
    /// What stands beside the title: commands of whoever runs it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let playback = Playback::of(feed);
    let desk = use_desk();
    let here = move || feed.scrub.get().and_then(|at| desk.route.read().pointed_at(at));
    let readout = Memo::new(move |_| {
        feed.with(|open| open.map(|open| readout(open.run.spec(), &open.story, feed.scrub.get())))
    });
    let tone = RwSignal::new(web::storage::read::<bool>(TONE).unwrap_or(false));
    view! {
        <section class="chart-panel card" aria-labelledby="chart-title">
            <div class="chart-head"><h2 id="chart-title">{words::PRICE}</h2>{children.map(|children| children())}</div>
            <Plot playback feed readout tone />
            <Scrubber playback feed />
            <div class="chart-readout">
                <p aria-hidden="true">{move || readout.get()}</p>
                {move || here().map(|here| view! {
                    <a class="chart-link" data-testid="event-address" href=format!("#{here}")>{words::ADDRESS}</a>
                })}
                <Show when=move || feed.scrub.get().is_some()>
                    <button type="button" class="button" data-testid="back-to-now" on:click=move |_| feed.scrub.set(None)>
                        {words::BACK_TO_NOW}
                    </button>
                </Show>
            </div>
            <ToneSwitch feed tone />
            <PriceTable feed />
        </section>
    }
}

/// Whether steps sound; off until somebody wants it, then remembered.
#[component]
fn ToneSwitch(feed: Feed, tone: RwSignal<bool>) -> impl IntoView {
    let choose = move |event| {
        let wanted = event_target_checked(&event);
        tone.set(wanted);
        // A browser that stores nothing is silent next time.
        let _ = web::storage::write(TONE, &wanted);
        if wanted {
            sound(feed);
        }
    };
    view! {
        <div class="chart-tone">
            <label class="check">
                <input type="checkbox" data-testid="chart-tone" prop:checked=move || tone.get() on:change=choose />
                <span>{words::TONE}" "<small>{words::TONE_WHAT}</small></span>
            </label>
        </div>
    }
}

/// Plays the note of the leading outcome's price where the cursor stands.
fn sound(feed: Feed) {
    let at = feed.scrub.get_untracked().unwrap_or(u64::MAX);
    let price = feed.peek(|open| {
        let story = &open?.story;
        let point = story.path.get(story.points_by(at).saturating_sub(1))?;
        point.prices.get(story.now.leader()).copied()
    });
    if let Some(price) = price {
        web::tone::play(pitch(price));
    }
}

/// What stands where the cursor is.
fn readout(spec: &RunSpec, story: &Story, at: Option<u64>) -> String {
    let step = story.points_by(at.unwrap_or(u64::MAX)).saturating_sub(1);
    let leader = story.now.leader();
    match step.checked_sub(1).and_then(|trade| story.trades.get(trade)) {
        Some(trade) => words::trade_readout(spec, trade, story.trades.len()),
        None => match story.step(step) {
            Some(said) => turns::step_readout(spec, said, step, story.path.len() - 1),
            None => words::start_readout(
                spec,
                leader,
                story.path.first().map_or(&[], |point| point.prices.as_slice()),
            ),
        },
    }
}

/// Points the cursor at a step of the path; the last one follows the run again.
pub fn point_at(feed: Feed, step: usize) {
    let seq = feed.peek(|open| {
        let path = &open?.story.path;
        let last = path.len() - 1;
        if step >= last { None } else { path.get(step).map(|point| point.seq) }
    });
    if feed.scrub.get_untracked() != seq {
        feed.scrub.set(seq);
    }
}

#[component]
fn Plot(
    playback: Playback,
    feed: Feed,
    readout: Memo<Option<String>>,
    tone: RwSignal<bool>,
) -> impl IntoView {
    let scene = Memo::new(move |_| {
        feed.with(|open| open.map(|open| Scene::of(open.run.spec(), &open.story, feed.scrub.get())))
    });
    let outcomes =
        Memo::new(move |_| scene.with(|scene| scene.as_ref().map_or(0, |scene| scene.names.len())));
    let sheet = Sheet::new(move || outcomes.get());
    sheet.draw(
        move || scene.track(),
        move |element, size, palette| {
            scene.with_untracked(|scene| {
                if let Some(scene) = scene {
                    // A canvas that refuses to draw leaves the text and the table below it.
                    let _ = draw::draw(element, size, palette, scene);
                }
            });
        },
    );
    let steps = move || scene.with(|scene| scene.as_ref().map_or(0, |scene| scene.path.len() - 1));
    let step =
        move || scene.with(|scene| scene.as_ref().and_then(|scene| scene.cursor)).unwrap_or_else(steps);
    let keys = move |event: KeyboardEvent| {
        let (now, last) = (untrack(step), untrack(steps));
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => now + 1,
            "PageDown" => now.saturating_sub(10),
            "PageUp" => now + 10,
            "Home" => 0,
            "End" => last,
            " " => {
                event.prevent_default();
                return playback.toggle();
            }
            _ => return,
        };
        event.prevent_default();
        point_at(feed, next);
        if tone.get_untracked() {
            sound(feed);
        }
    };
    let drag = move |event: PointerEvent| {
        if event.buttons() & 1 == 0 {
            return;
        }
        let (size, x) = (sheet.size.get_untracked(), f64::from(event.offset_x()));
        let step = scene.with_untracked(|scene| {
            scene.as_ref().map(|scene| draw::plane(size, scene).step_at(x * size.ratio))
        });
        if let Some(step) = step {
            point_at(feed, step);
        }
    };
    let name = Memo::new(move |_| {
        feed.with(|open| open.map(|open| words::chart_name(open.run.spec(), open.story.now.leader())))
    });
    view! {
        <canvas node_ref=sheet.node class="chart" data-testid="price-chart" tabindex="0" role="slider"
            aria-keyshortcuts="Space" aria-label=move || name.get() aria-valuemin="0" aria-valuemax=move || steps().to_string()
            aria-valuenow=move || step().to_string() aria-valuetext=move || readout.get()
            on:keydown=keys on:pointerdown=drag on:pointermove=drag
            on:transitionend=move |_| sheet.theme_changed()></canvas>
    }
}

/// Event by event through the run.
#[component]
fn Scrubber(playback: Playback, feed: Feed) -> impl IntoView {
    let last = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.story.now.seq)));
    let at = Memo::new(move |_| feed.scrub.get().unwrap_or_else(|| last.get()));
    let position = Memo::new(move |_| {
        feed.with(|open| {
            open.map(|open| {
                let step = open.story.points_by(at.get()).saturating_sub(1);
                let (steps, market) = (open.story.path.len() - 1, open.run.spec().mode.is_market());
                words::position(at.get(), last.get(), step, steps, market)
            })
        })
    });
    let moved = move |event| {
        if let Ok(seq) = event_target_value(&event).parse::<u64>() {
            feed.scrub.set((seq < last.get_untracked()).then_some(seq));
        }
    };
    view! {
        <div class="scrub-bar">
            <Replay playback />
            <input type="range" min="0" data-testid="scrubber" aria-label=words::SCRUBBER
                aria-valuetext=move || position.get() prop:max=move || last.get().to_string()
                // Reads `last` too: a range clamps its value to the end that it had.
                prop:value=move || { last.track(); at.get().to_string() } on:input=moved />
            <span class="number">{move || position.get()}</span>
        </div>
    }
}

/// The figures of the chart, made only while somebody looks at them.
#[component]
fn PriceTable(feed: Feed) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details class="chart-table" on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary>{words::TABLE}</summary>
            <Show when=move || open.get()>
                <div class="scroll"><table class="plain-table">
                    <thead>{move || feed.with(|open| open.map(|open| table_head(open.run.spec())))}</thead>
                    <tbody>{move || feed.with(|open| open.map(|open| table_rows(open.run.spec(), &open.story)))}</tbody>
                </table></div>
            </Show>
        </details>
    }
}

fn table_head(spec: &RunSpec) -> impl IntoView + use<> {
    let outcomes =
        spec.outcomes.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    view! { <tr><th scope="col">{words::TRADE}</th><th scope="col">{words::WHO}</th>{outcomes}</tr> }
}

fn table_rows(spec: &RunSpec, story: &Story) -> impl IntoView + use<> {
    let row = |(step, prices): (usize, &Vec<f64>)| {
        let who = match step.checked_sub(1).and_then(|trade| story.trades.get(trade)) {
            Some(trade) => words::agent_name(spec, trade.agent).to_owned(),
            None => story.step(step).map_or_else(
                || words::START.to_owned(),
                |said| words::agent_name(spec, said.agent).to_owned(),
            ),
        };
        let prices = format::percents_fine(prices)
            .into_iter()
            .map(|price| view! { <td class="number">{price}</td> })
            .collect_view();
        view! { <tr><td class="number">{step}</td><td>{who}</td>{prices}</tr> }
    };
    story.path.iter().map(|point| &point.prices).enumerate().map(row).collect_view()
}
