//! A page that comes in parts: what matters most at once, the rest on the frames that follow, as many parts a frame as
//! there is time for. A page that is built in one go would keep the browser from drawing, and from hearing anybody.

use leptos::prelude::*;

use crate::web;

/// Whose turn it is. `Copy`: parts and lists of one page share it.
#[derive(Clone, Copy, Debug)]
pub struct Turns {
    turn: RwSignal<usize>,
    last: StoredValue<usize>,
    /// Rows of a list that come in one turn.
    rows: usize,
    /// Tells the count that is under way from those before.
    count: StoredValue<u32>,
}

impl Turns {
    /// The turns from 0, which is at once, to `last`.
    pub fn up_to(last: usize) -> Self {
        Self::new(1, last)
    }

    /// Turns for a list that has `all` rows by now, so many a turn.
    pub fn for_rows(rows: usize, all: usize) -> Self {
        Self::new(rows, last_turn(rows, all))
    }

    fn new(rows: usize, last: usize) -> Self {
        let (turn, count) = (RwSignal::new(0), StoredValue::new(0));
        let turns = Self { turn, last: StoredValue::new(0), rows, count };
        turns.count_to(last);
        turns
    }

    /// Begins again for another list of `all` rows. Call it before they are there.
    pub fn restart(self, all: usize) {
        self.turn.set(0);
        self.extend(all);
    }

    /// Goes on for a list that will have `all` rows. Call it before they are there.
    pub fn extend(self, all: usize) {
        self.count_to(last_turn(self.rows, all));
    }

    fn count_to(self, last: usize) {
        self.last.set_value(last);
        self.count.update_value(|count| *count += 1);
        let mine = self.count.get_value();
        if self.turn.get_untracked() >= last {
            return;
        }
        web::spawn(async move {
            loop {
                web::next_frame().await;
                let slice = web::Slice::begin();
                while !slice.is_over() {
                    if self.count.try_get_value() != Some(mine) {
                        return;
                    }
                    let Some(turn) = self.turn.try_get_untracked().map(|turn| turn + 1) else { return };
                    if self.turn.try_set(turn).is_some() || turn >= last {
                        return;
                    }
                    // The part is built when the effects have run.
                    leptos::task::tick().await;
                }
            }
        });
    }

    /// Whether it is the turn of a part, or was; subscribes.
    pub fn has_come(self, place: usize) -> bool {
        self.turn.get() >= place
    }

    /// Whether everything is there; subscribes.
    pub fn are_over(self) -> bool {
        self.has_come(self.last.get_value())
    }

    /// Whether something is still to come, on a page that is still there; does not subscribe.
    pub fn is_under_way(self) -> bool {
        let turn = self.turn.try_get_untracked();
        turn.is_some() && turn < self.last.try_get_value()
    }

    /// The rows of a list that may be there by now; subscribes. Rows that are added later come at once.
    pub fn rows(self) -> usize {
        if self.are_over() { usize::MAX } else { (self.turn.get() + 1) * self.rows }
    }
}

fn last_turn(rows: usize, all: usize) -> usize {
    all.div_ceil(rows).saturating_sub(1)
}

/// A part of a page, there from its turn on.
#[component]
pub fn InTurn(
    /// Whose turn it is.
    turns: Turns,
    /// The part's turn.
    place: usize,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Show when=move || turns.has_come(place)>{children()}</Show> }
}
