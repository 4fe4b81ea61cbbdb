//! The panel: one row an agent.

use leptos::prelude::*;

use super::agent_row::AgentRow;
use crate::aggregate::Moment;
use crate::ui::desk::Feed;
use crate::ui::words::watch as words;

/// The agents, in roster order.
#[component]
pub fn Agents(
    /// The run.
    feed: Feed,
    /// How it stood where the scrubber is.
    moment: Memo<Option<Moment>>,
) -> impl IntoView {
    let count = Memo::new(move |_| feed.with(|open| open.map_or(0, |open| open.run.spec().agents.len())));
    view! {
        <section class="card agents" aria-labelledby="agents-title">
            <h2 id="agents-title">{words::PANEL}</h2>
            <ul>
                <For each=move || 0..count.get() key=|agent| *agent let:agent>
                    <AgentRow feed moment agent />
                </For>
            </ul>
        </section>
    }
}
