//! A whole run on one page: the answer in one figure and one sentence, then what moved it, then the machinery. The
//! simple view leaves out what only experts read; trades, prices and what a run cost stand in both.

use leptos::prelude::*;

use super::agents::Agents;
use super::answer::Answer;
use super::baselines::BaselineStrip;
use super::controls::Controls;
use super::headline::{Actions, Headline};
use super::market_figures::MarketFigures;
use super::note::RunNote;
use super::part::PartOf;
use super::person::YourTrade;
use super::pushes::Pushes;
use super::replay::follow_address;
use super::resolve::Resolve;
use super::trades::Trades;
use super::transcript::{GatesCard, Transcript};
use super::view_switch::ViewSwitch;
use crate::aggregate::Moment;
use crate::ui::chart::PriceChart;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::{Feed, use_desk};

/// How the run stood where the scrubber is.
pub fn moment_of(feed: Feed) -> Memo<Option<Moment>> {
    Memo::new(move |_| {
        let at = feed.scrub.get();
        feed.with(|open| {
            let open = open?;
            Some(match at {
                None => open.story.now.clone(),
                Some(seq) => {
                    let events = open.run.log().events().take(usize::try_from(seq).unwrap_or(usize::MAX));
                    Moment::after(open.run.spec(), events)
                }
            })
        })
    })
}

/// The parts that come after the answer, one a turn.
pub const RUN_PARTS: usize = 5;

/// The run of a feed. It must have one.
#[component]
pub fn RunView(
    /// The run.
    feed: Feed,
    /// Whether this page can command it: pause, stop, trade, run again.
    #[prop(optional)]
    commands: bool,
    /// The address that says why the answer is what it is.
    #[prop(into)]
    why: Signal<String>,
    /// The turns of its parts, up to [`RUN_PARTS`] at least.
    turns: Turns,
) -> impl IntoView {
    let desk = use_desk();
    let moment = moment_of(feed);
    follow_address(feed);
    let market =
        Memo::new(move |_| feed.with(|open| open.is_none_or(|open| open.run.spec().mode.is_market())));
    view! {
        // Above all that the run shows, so not among its parts.
        {commands.then(|| view! { <PartOf feed /><RunNote feed /> })}
        <article class="run">
            <Headline feed moment />
            <div class="run-actions">
                <Show when=move || !desk.route.read().is_embedded()><ViewSwitch /></Show>
                {commands.then(|| view! { <Actions feed /> })}
            </div>
            <Answer feed moment why=why />
            <div class="run-main">
                <InTurn turns place=1>
                    {commands.then(|| view! { <YourTrade feed /> })}
                    <PriceChart feed>{commands.then(|| view! { <Controls feed /> })}</PriceChart>
                </InTurn>
                <InTurn turns place=3>
                    {commands.then(|| view! { <Resolve feed /> })}
                    <Show when=move || market.get() fallback=move || view! { <Transcript feed /> }>
                        <Pushes feed />
                    </Show>
                </InTurn>
                <InTurn turns place=4><Show when=move || market.get()><Trades feed /></Show></InTurn>
            </div>
            <aside class="run-aside">
                <InTurn turns place=2><GatesCard moment /><Agents feed moment /></InTurn>
                <InTurn turns place=5>
                    <BaselineStrip feed moment />
                    <Show when=move || desk.expert.get()><MarketFigures feed moment /></Show>
                </InTurn>
            </aside>
        </article>
    }
}
