//! The Lab page: set up a panel in made-up worlds, let a worker play ten thousand of them, and see what each method
//! finds. The engine is `lab`; the worker is the browser room's.

mod form;
mod result;

use leptos::prelude::*;

use self::form::{Form, Setup};
use self::result::{Outcome, ResultView};
use crate::lab::{Figure, Lab};
use crate::ui::words::lab as words;
use crate::web::lab::{LabWorker, Report};

/// How the experiment stands.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// None has been started.
    Empty,
    /// The worker is at it.
    Running { lab: Lab, done: u32, figures: Vec<Figure> },
    /// It is over; not all worlds were done if it was cancelled.
    Over { lab: Lab, done: u32, figures: Vec<Figure> },
    /// It could not go on.
    Broken(String),
}

/// The page.
#[component]
pub fn LabPage() -> impl IntoView {
    let stage = RwSignal::new(Stage::Empty);
    let setup = RwSignal::new(Setup::default());
    // Dropped with the page, which ends the worker.
    let worker = StoredValue::new_local(None::<LabWorker>);
    let start = move |lab: Lab| {
        stage.set(Stage::Running { lab, done: 0, figures: Vec::new() });
        let heard = move |report| {
            let _ = stage.try_update(|stage| follow(stage, report));
        };
        match LabWorker::start(&lab, heard) {
            Ok(started) => worker.set_value(Some(started)),
            Err(problem) => stage.set(Stage::Broken(problem)),
        }
    };
    let cancel = move || {
        worker.set_value(None);
        stage.update(|stage| {
            if let Stage::Running { lab, done, figures } = stage.clone() {
                *stage = if figures.is_empty() { Stage::Empty } else { Stage::Over { lab, done, figures } };
            }
        });
    };
    let running = Memo::new(move |_| {
        stage.with(|stage| match stage {
            Stage::Running { lab, done, .. } => Some((*done, lab.worlds)),
            _ => None,
        })
    });
    let outcome = Memo::new(move |_| {
        stage.with(|stage| match stage {
            Stage::Running { lab, done, figures } | Stage::Over { lab, done, figures }
                if !figures.is_empty() =>
            {
                Some(Outcome { lab: *lab, done: *done, figures: figures.clone() })
            }
            _ => None,
        })
    });
    let over = move || stage.with(|stage| matches!(stage, Stage::Over { .. }));
    let state = move || {
        stage.with(|stage| match stage {
            Stage::Empty => "empty",
            Stage::Running { .. } => "running",
            Stage::Over { lab, done, .. } if *done < lab.worlds => "cancelled",
            Stage::Over { .. } => "done",
            Stage::Broken(_) => "failed",
        })
    };
    view! {
        <div class="lab" data-testid="lab" data-state=state>
            <h1 tabindex="-1">{words::TITLE}</h1>
            <p class="lab-lead">{words::LEAD}</p>
            <div class="lab-columns">
                <Form setup running=Signal::derive(move || running.get().is_some())
                    on_start=Callback::new(start) on_cancel=Callback::new(move |()| cancel()) />
                <section class="card lab-result" aria-labelledby="lab-result">
                    <h2 id="lab-result">{words::RESULT}</h2>
                    {move || running.get().map(|(done, worlds)| view! {
                        <div class="lab-progress">
                            <progress max=worlds.to_string() prop:value=f64::from(done) aria-label=words::WORLDS></progress>
                            <span class="number">{words::progress(done, worlds)}</span>
                        </div>
                    })}
                    {move || stage.with(|stage| match stage {
                        Stage::Empty => Some(view! { <p class="lab-note">{words::EMPTY}</p> }.into_any()),
                        Stage::Broken(problem) => Some(view! {
                            <p class="lab-note" role="alert">{words::BROKEN}{problem.clone()}"."{words::BROKEN_NEXT}</p>
                        }.into_any()),
                        Stage::Over { lab, done, .. } if *done < lab.worlds => {
                            Some(view! { <p class="lab-note">{words::CANCELLED}</p> }.into_any())
                        }
                        _ => None,
                    })}
                    <Show when=move || outcome.with(Option::is_some)>
                        <ResultView outcome over=Signal::derive(over) />
                    </Show>
                </section>
            </div>
        </div>
    }
}

/// Takes in what the worker said, if an experiment is going on.
fn follow(stage: &mut Stage, report: Report) {
    let Stage::Running { lab, .. } = stage else { return };
    let lab = *lab;
    *stage = match report {
        Report::Ready => return,
        Report::Progress(done, figures) => Stage::Running { lab, done, figures },
        Report::Done(figures) => Stage::Over { lab, done: lab.worlds, figures },
        Report::Broken(problem) => Stage::Broken(problem),
    };
}
