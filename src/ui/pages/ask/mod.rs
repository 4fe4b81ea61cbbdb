//! The Ask page: a question, who answers it, one button. Everything else is there for whoever opens it.

mod asking;
mod details;
mod examples;
mod learned;
mod limits;
mod listing;
mod market;
mod mode;
mod outcomes;
mod panel;
mod roster;
mod seat;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use self::asking::AskingDetails;
use self::details::{QuestionDetails, RuleDetails};
use self::examples::Examples;
use self::limits::{EstimateLine, MoneyNotice};
use self::listing::FromMarket;
use self::market::MarketDetails;
use self::mode::ModeChoice;
use self::outcomes::Outcomes;
pub use self::panel::PanelChoice;
use self::roster::Roster;
use crate::ui::components::{InTurn, Turns};
use crate::ui::desk::use_desk;
use crate::ui::panels::ResumeOffer;
use crate::ui::words::{ask as words, class};

/// The page.
#[component]
pub fn AskPage() -> impl IntoView {
    let desk = use_desk();
    let turns = Turns::up_to(3);
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            desk.start_draft();
        }
    };
    view! {
        <div class="ask" on:keydown=keys>
            <header class="hero">
                <h1 tabindex="-1">{words::HERO}</h1>
                <p>{words::LEAD}</p>
            </header>
            <ResumeOffer />
            <section class="ask-form card" aria-label=words::FORM>
                <Question />
                <FromMarket />
                <Outcomes />
                <PanelChoice />
                <ModeChoice />
                <RunBar />
            </section>
            <InTurn turns place=1><Examples /></InTurn>
            <section class="ask-more">
                <InTurn turns place=2><Roster /></InTurn>
                <InTurn turns place=3>
                    <QuestionDetails /><AskingDetails /><RuleDetails /><MarketDetails />
                </InTurn>
            </section>
        </div>
    }
}

#[component]
fn Question() -> impl IntoView {
    let desk = use_desk();
    view! {
        <div class="field question">
            <label for="question">{words::QUESTION}</label>
            <textarea id="question" rows="2" data-testid="question-input" placeholder=words::QUESTION_HINT
                prop:value=move || desk.draft.with(|draft| draft.question.clone())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    desk.edit_draft(|draft, _| draft.type_question(text));
                }></textarea>
        </div>
    }
}

/// The button, and what a press will do.
#[component]
fn RunBar() -> impl IntoView {
    let desk = use_desk();
    view! {
        <div class="run-bar">
            <button type="button" class="button button-primary button-large" data-testid="run-button"
                on:click=move |_| desk.start_draft()>{words::RUN}</button>
            <p><EstimateLine />" "<span class="keys">{words::RUN_KEYS}</span></p>
            <a class="ask-class" href="#/class" data-testid="ask-class" title=class::ASK_CLASS_WHAT>{class::ASK_CLASS}</a>
        </div>
        <MoneyNotice />
    }
}
