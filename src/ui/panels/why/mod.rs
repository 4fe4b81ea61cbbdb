//! Why the answer is what it is, for any open run: first who moved it and with which argument, who disagrees, what it
//! cost and how right everybody was; then, one switch away, every figure that replays of the log can give.

mod agreed;
mod arguments;
mod cost;
mod detail;
mod figures;
mod inquiry;
mod marks;
mod pointed;

use leptos::prelude::*;

use self::agreed::Agreed;
use self::arguments::Arguments;
use self::cost::Costs;
use self::detail::Detail;
use self::inquiry::Inquiry;
use self::marks::Marks;
use self::pointed::Pointed;
use super::answer::Answer;
use super::view_switch::ViewSwitch;
use super::{follow_address, moment_of};
use crate::ui::chart::PriceChart;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::words::{verdict, why as words};

/// The parts that come after the answer, one a turn.
pub const WHY_PARTS: usize = 4;

/// The view. Its feed must have a run.
#[component]
pub fn WhyView(
    /// The run.
    feed: Feed,
    /// The address of the run itself.
    #[prop(into)]
    back: Signal<String>,
    /// Before the number of an event, the address where it can be read; none where there is no such page.
    #[prop(optional)]
    event_href: Option<&'static str>,
    /// The turns of its parts, up to [`WHY_PARTS`] at least.
    turns: Turns,
) -> impl IntoView {
    let moment = moment_of(feed);
    follow_address(feed);
    let inquiry = Inquiry::about(feed);
    let expert = use_desk().expert;
    view! {
        <article class="why" data-testid="why">
            <Head feed back />
            <Answer feed moment />
            <InTurn turns place=1>
                <div class="why-path">
                    <PriceChart feed />
                    <Pointed feed event_href />
                </div>
            </InTurn>
            <InTurn turns place=2><Arguments feed moment /></InTurn>
            <InTurn turns place=3>
                <div class="why-pair"><Agreed feed moment inquiry /><Costs feed moment /></div>
                <Marks feed moment />
            </InTurn>
            <InTurn turns place=4>
                <Show when=move || expert.get()><Detail feed inquiry /></Show>
            </InTurn>
        </article>
    }
}

#[component]
fn Head(feed: Feed, back: Signal<String>) -> impl IntoView {
    let question = Memo::new(move |_| feed.with(|open| open.map(|open| open.run.spec().question.clone())));
    let facts = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            let spec = open.run.spec();
            Some((verdict::panel(spec), verdict::progress(open.status(), spec, &open.story.now, true)))
        })
    });
    view! {
        <header class="why-head">
            <p class="why-title"><a href=move || back.get()>{words::BACK}</a><span>{words::TITLE}</span></p>
            <h1 tabindex="-1">{move || question.get()}</h1>
            <p class="run-facts">
                {move || facts.get().map(|(panel, progress)| view! { <span>{panel}</span><span>{progress}</span> })}
            </p>
            <ViewSwitch />
        </header>
    }
}
