//! How a run goes, on standard error: a bar where that is a terminal, nothing otherwise. It reads the session and says
//! nothing that the log would not.

use std::cell::RefCell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::run::RunSpec;
use crate::session::{AgentStatus, Live, Observer, Session};

/// How often the bar moves while nothing happens.
const TICK_MILLIS: u64 = 120;

/// Watches one session.
pub(super) struct RunProgress {
    bar: ProgressBar,
    names: Vec<String>,
    session: RefCell<Option<Session>>,
}

impl RunProgress {
    /// A bar for a run; `quiet` has none.
    pub(super) fn new(spec: &RunSpec, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { bar(spec) };
        let names = spec.agents.iter().map(|agent| agent.name.clone()).collect();
        Self { bar, names, session: RefCell::new(None) }
    }

    /// Begins to watch.
    pub(super) fn attach(&self, session: &Session) {
        *self.session.borrow_mut() = Some(session.clone());
    }

    /// Ends: the bar goes, and so does the hold on the session.
    pub(super) fn finish(&self) {
        *self.session.borrow_mut() = None;
        self.bar.finish_and_clear();
    }
}

impl Observer for RunProgress {
    fn live_changed(&self) {
        if self.bar.is_hidden() {
            return;
        }
        let session = self.session.borrow().clone();
        if let Some((round, words)) =
            session.map(|session| session.with_live(|live| (live.round, self.words(live))))
        {
            self.bar.set_position(u64::from(round.saturating_sub(1)));
            self.bar.set_message(words);
        }
    }
}

impl RunProgress {
    fn words(&self, live: &Live) -> String {
        let answered = live.agents.iter().filter(|agent| agent.status == AgentStatus::Answered).count();
        let mut words = format!("{answered} of {} answered · {}", live.agents.len(), spent_words(live));
        for (name, agent) in self.names.iter().zip(&live.agents) {
            if let AgentStatus::Waiting { seconds_left, reason, .. } = &agent.status {
                words = format!("{words} · {name} waits {seconds_left} s ({reason})");
            }
        }
        words
    }
}

fn bar(spec: &RunSpec) -> ProgressBar {
    let (bar, template) = if spec.mode.is_market() {
        let template = "{bar:24} round {pos} of at most {len} done · {msg} · {elapsed}";
        (ProgressBar::new(u64::from(spec.stop.max_rounds)), template)
    } else {
        (ProgressBar::new_spinner(), "{spinner} {pos} turns done · {msg} · {elapsed}")
    };
    // A template that indicatif refuses leaves the usual one.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(TICK_MILLIS));
    bar
}

/// Calls, tokens and money so far.
fn spent_words(live: &Live) -> String {
    let about = if live.estimated { "about " } else { "" };
    let spent = live.likely;
    let money = spent.cost_micro_usd as f64 / 1e6;
    format!("{} calls, {about}{} tokens, {about}${money:.4}", spent.calls, spent.tokens)
}
