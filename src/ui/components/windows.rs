//! Ways to the earlier and later rows of a list that is too long to stand in the page as a whole.

use leptos::prelude::*;

use super::Turns;
use crate::web;

/// The buttons, and which rows are shown; nothing where one window holds them all.
#[component]
pub fn Windows(
    /// Which window is shown, from 0.
    window: RwSignal<usize>,
    /// The rows' turns, which begin again in another window.
    turns: Turns,
    /// Rows in all.
    count: Signal<usize>,
    /// Rows in a window.
    size: usize,
    /// Of what these are the windows.
    name: &'static str,
    /// To the window before …
    earlier: &'static str,
    /// … and to the next.
    later: &'static str,
    /// From which row to which of how many, in words.
    said: fn(usize, usize, usize) -> String,
    /// What comes into view with another window.
    reveal: &'static str,
    /// For tests: the button to the next.
    later_id: &'static str,
) -> impl IntoView {
    let windows = move || count.get().div_ceil(size).max(1);
    let show = move |to: usize| {
        turns.restart(size);
        window.set(to);
        web::page::reveal(reveal);
    };
    move || {
        (windows() > 1).then(|| {
            let now = window.get().min(windows() - 1);
            let last = (now * size + size).min(count.get());
            // A comparison in an attribute would end the tag.
            let is_last = last >= count.get();
            view! {
                <nav class="events-windows" aria-label=name>
                    <button type="button" class="button" disabled=now == 0 on:click=move |_| show(now - 1)>
                        {earlier}
                    </button>
                    <span class="number">{said(now * size + 1, last, count.get())}</span>
                    <button type="button" class="button" data-testid=later_id disabled=is_last
                        on:click=move |_| show(now + 1)>{later}</button>
                </nav>
            }
        })
    }
}
