//! The lab's worker, both ends of it: the page starts one and hears from it, the worker's program works in slices and
//! tells. It decides nothing about the experiment.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::lab::{Figure, Lab, Work};

/// The script that starts the worker's program; trunk puts it beside the page.
const LOADER: &str = "./lab_worker_loader.js";
/// Worlds between two words of the worker.
const SLICE: u32 = 200;

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// It listens.
    Ready,
    /// So many worlds are done, with the figures so far.
    Progress(u32, Vec<Figure>),
    /// All are.
    Done(Vec<Figure>),
    /// It cannot go on, and why.
    Broken(String),
}

/// A worker with an experiment; dropping it ends it.
pub struct LabWorker {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

impl LabWorker {
    /// Starts a worker with an experiment and calls `heard` with everything it says.
    ///
    /// # Errors
    /// Browsers that start no worker.
    pub fn start(lab: &Lab, heard: impl Fn(Report) + Clone + 'static) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(LOADER, &options).map_err(|error| format!("{error:?}"))?;
        let task = serde_json::to_string(lab).map_err(|error| error.to_string())?;
        let (asked, tell) = (worker.clone(), heard.clone());
        let on_message = Closure::new(move |event: MessageEvent| {
            match event.data().as_string().and_then(|text| serde_json::from_str(&text).ok()) {
                Some(Report::Ready) => {
                    if let Err(error) = asked.post_message(&JsValue::from_str(&task)) {
                        tell(Report::Broken(format!("{error:?}")));
                    }
                }
                Some(report) => tell(report),
                None => tell(Report::Broken("the worker says what nobody understands".into())),
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::new(move |_: web_sys::Event| {
            heard(Report::Broken("the worker could not be loaded".into()));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _heard: on_message, _failed: on_error })
    }
}

impl Drop for LabWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The worker's program: hears an experiment, does it, tells how far it is. Does nothing outside a worker.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let own = scope.clone();
    let heard: Closure<dyn FnMut(MessageEvent)> = Closure::new(move |event: MessageEvent| {
        let lab = event.data().as_string().and_then(|text| serde_json::from_str::<Lab>(&text).ok());
        let work = lab.ok_or_else(|| "the experiment cannot be read".to_owned());
        match work.and_then(|lab| Work::new(lab).map_err(|error| error.to_string())) {
            Ok(work) => do_all(&own, work),
            Err(problem) => say(&own, &Report::Broken(problem)),
        }
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    heard.forget();
    say(&scope, &Report::Ready);
}

fn do_all(scope: &DedicatedWorkerGlobalScope, mut work: Work) {
    while !work.work(SLICE) {
        say(scope, &Report::Progress(work.done(), work.figures()));
    }
    say(scope, &Report::Done(work.figures()));
}

fn say(scope: &DedicatedWorkerGlobalScope, report: &Report) {
    if let Ok(text) = serde_json::to_string(report) {
        // A worker that nobody hears any more is about to end.
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}
