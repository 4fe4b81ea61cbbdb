//! Plays a run again at a pace that people can follow: the scrubber walks from trade to trade, at a speed of their
//! choice. Nothing is computed anew, and a touch on the scrubber ends it.

use leptos::prelude::*;

use crate::ui::chart::point_at;
use crate::ui::desk::{Feed, use_desk};
use crate::ui::words::watch as words;
use crate::web;

/// Between two trades at the usual speed …
const STEP_MILLIS: u32 = 420;
/// … and for the whole, however many there are.
const WHOLE_MILLIS: u32 = 14_000;
/// Speeds in per cent of the usual one.
const SPEEDS: [u32; 4] = [50, 100, 200, 500];
/// The place of the usual speed.
const USUAL: usize = 1;

/// A run that is played again, or could be. `Copy`: the chart and its buttons share it.
#[derive(Clone, Copy)]
pub struct Playback {
    feed: Feed,
    playing: RwSignal<bool>,
    speed: RwSignal<usize>,
}

impl Playback {
    /// Nothing is played yet.
    pub fn of(feed: Feed) -> Self {
        Self { feed, playing: RwSignal::new(false), speed: RwSignal::new(USUAL) }
    }

    /// Plays from where the scrubber stands, from the start if that is the end; or pauses.
    pub fn toggle(self) {
        if self.playing.get_untracked() {
            self.playing.set(false);
            return;
        }
        self.playing.set(true);
        web::spawn(async move {
            self.play().await;
            self.playing.try_set(false);
        });
    }

    /// One step of the path on, or back.
    fn step(self, on: bool) {
        self.playing.set(false);
        let at = self.feed.scrub.get_untracked().unwrap_or(u64::MAX);
        let step = self.feed.peek(|open| open.map_or(0, |open| open.story.points_by(at).saturating_sub(1)));
        point_at(self.feed, if on { step + 1 } else { step.saturating_sub(1) });
    }

    async fn play(self) {
        let opening = self.feed.peek(|open| open.map(|open| open.opening));
        let there = |shown: u64| {
            self.playing.try_get_untracked() == Some(true)
                && self.feed.scrub.try_get_untracked() == Some(Some(shown))
                && self.feed.peek(|open| open.map(|open| open.opening)) == opening
        };
        let mut shown = self.feed.scrub.get_untracked().filter(|&at| self.next(at).is_some()).unwrap_or(0);
        self.feed.scrub.set(Some(shown));
        loop {
            web::sleep(self.pause()).await;
            if !there(shown) {
                return;
            }
            let Some(next) = self.next(shown) else {
                self.feed.scrub.try_set(None);
                return;
            };
            shown = next;
            self.feed.scrub.try_set(Some(shown));
        }
    }

    /// The first step of the path after an event.
    fn next(self, seq: u64) -> Option<u64> {
        self.feed.peek(|open| {
            let story = &open?.story;
            story.path.get(story.points_by(seq)).map(|point| point.seq)
        })
    }

    fn pause(self) -> u32 {
        let steps = self.feed.peek(|open| open.map_or(1, |open| open.story.path.len())) as u32;
        let percent = self.speed.try_get_untracked().and_then(|place| SPEEDS.get(place).copied());
        STEP_MILLIS.min(WHOLE_MILLIS / steps.max(1)) * 100 / percent.unwrap_or(100)
    }
}

/// The buttons, while there is something to play.
#[component]
pub fn Replay(playback: Playback) -> impl IntoView {
    let Playback { feed, playing, speed } = playback;
    let there = Memo::new(move |_| feed.with(|open| open.is_some_and(|open| open.story.path.len() > 2)));
    let at_start = move || feed.scrub.get() == Some(0);
    let at_end = move || feed.scrub.get().is_none();
    let chosen = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            speed.set(place);
        }
    };
    let speeds = SPEEDS.into_iter().enumerate().map(|(place, percent)| {
        view! {
            <option value=place.to_string() prop:selected=move || speed.get() == place>{words::speed(percent)}</option>
        }
    });
    let speeds = speeds.collect_view();
    view! {
        <div class="replay" class:replay-none=move || !there.get()>
            <button type="button" class="button" data-testid="replay-button" on:click=move |_| playback.toggle()>
                {move || if playing.get() { words::REPLAY_STOP } else { words::REPLAY }}
            </button>
            <button type="button" class="icon-button" data-testid="replay-back" aria-label=words::STEP_BACK
                disabled=at_start on:click=move |_| playback.step(false)>"‹"</button>
            <button type="button" class="icon-button" data-testid="replay-on" aria-label=words::STEP_ON
                disabled=at_end on:click=move |_| playback.step(true)>"›"</button>
            <select aria-label=words::SPEED data-testid="replay-speed" on:change=chosen>{speeds}</select>
        </div>
    }
}

/// Points the scrubber at the event that the address asks for, on every page that shows a run.
pub fn follow_address(feed: Feed) {
    let desk = use_desk();
    let at = Memo::new(move |_| desk.route.read().at());
    Effect::new(move |_| {
        if let Some(at) = at.get() {
            feed.point_at_event(Some(at));
        }
    });
}
