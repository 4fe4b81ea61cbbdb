//! One event: a line, and behind it everything that the log holds of it. The rest is made when it is first opened.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::event_detail::EventDetail;
use super::events::Listing;
use crate::ui::components::Avatar;
use crate::ui::rows::Row;
use crate::ui::words::audit as words;

/// The row.
#[component]
pub(super) fn EventRow(row: Arc<Row>, listing: Listing) -> impl IntoView {
    let seq = row.seq;
    let open = Memo::new(move |_| listing.open.with(|open| open.contains(&seq)));
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let opened = details.is_some_and(|details| details.has_attribute("open"));
        if opened != open.get_untracked() {
            listing.open.update(|open| {
                if opened {
                    open.insert(seq)
                } else {
                    open.remove(&seq)
                };
            });
        }
    };
    let agent = row.agent.map(|agent| {
        let name = row.agent_name.clone();
        view! { <span class="event-agent"><Avatar name=name.clone() place=agent /><b>{name}</b></span> }
    });
    let unreadable = row.event.is_none();
    let detail = Arc::clone(&row);
    view! {
        <li class="event" id=format!("event-{seq}") data-testid="event-row" data-seq=seq.to_string()
            data-type=row.type_name.clone() class:event-at=move || listing.at.get() == Some(seq)
            class:event-broken=move || unreadable || listing.broken.get() == Some(seq)>
            <details prop:open=move || open.get() on:toggle=toggled>
                <summary>
                    <span class="event-seq number">{seq}</span>
                    <span class="event-kind tag">{words::kind(&row.type_name).to_owned()}</span>
                    {agent}
                    <span class="event-line">{row.line.clone()}</span>
                    {move || (listing.broken.get() == Some(seq)).then(|| view! {
                        <span class="tag tag-bad">{words::BROKEN}</span>
                    })}
                </summary>
                {move || open.get().then(|| view! { <EventDetail row=Arc::clone(&detail) listing /> })}
            </details>
        </li>
    }
}
