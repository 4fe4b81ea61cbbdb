//! Plays a run again at a pace that people can follow: the scrubber walks from trade to trade. Nothing is computed
//! anew, and a touch on the scrubber ends it.

use leptos::prelude::*;

use crate::ui::desk::Feed;
use crate::ui::words::watch as words;
use crate::web;

/// Between two trades …
const STEP_MILLIS: u32 = 420;
/// … and for the whole, however many there are.
const WHOLE_MILLIS: u32 = 14_000;

/// The button, while there is something to play.
#[component]
pub fn Replay(feed: Feed) -> impl IntoView {
    let playing = RwSignal::new(false);
    let there = Memo::new(move |_| {
        feed.with(|open| open.is_some_and(|open| !open.driven && open.story.path.len() > 2))
    });
    let press = move |_| {
        if playing.get_untracked() {
            playing.set(false);
        } else {
            playing.set(true);
            web::spawn(async move {
                play(feed, playing).await;
                playing.try_set(false);
            });
        }
    };
    view! {
        <Show when=move || there.get()>
            <button type="button" class="button replay" data-testid="replay-button" on:click=press>
                {move || if playing.get() { words::REPLAY_STOP } else { words::REPLAY }}
            </button>
        </Show>
    }
}

async fn play(feed: Feed, playing: RwSignal<bool>) {
    let stops: Vec<u64> = feed.peek(|open| {
        open.map_or_else(Vec::new, |open| open.story.path.iter().map(|point| point.seq).collect())
    });
    let opening = feed.peek(|open| open.map(|open| open.opening));
    let pause = STEP_MILLIS.min(WHOLE_MILLIS / (stops.len().max(1) as u32));
    let mut shown = None;
    for seq in stops {
        let touched = shown.is_some_and(|shown| feed.scrub.try_get_untracked() != Some(Some(shown)));
        let gone = playing.try_get_untracked() != Some(true)
            || feed.peek(|open| open.map(|open| open.opening)) != opening;
        if touched || gone {
            return;
        }
        feed.scrub.try_set(Some(seq));
        shown = Some(seq);
        web::sleep(pause).await;
    }
    if feed.scrub.try_get_untracked() == Some(shown) {
        feed.scrub.try_set(None);
    }
}
