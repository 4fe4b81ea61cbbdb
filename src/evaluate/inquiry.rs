//! One question of an evaluation: which run is made next, and, when all are, what every method makes of them. Whoever
//! drives the runs hands each back; it starts nothing itself, so the page and the command line come to the same record.

use std::collections::{BTreeMap, VecDeque};

use super::method::{Job, Method, first_beliefs, job_spec, jobs, panel_spec, pooled};
use super::question::Question;
use super::record::{Answered, Effort, Record, RunFile};
use crate::prng::Seed;
use crate::run::{Run, RunSpec};

/// How long a run took, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latency {
    /// The whole run, pauses not counted.
    pub whole: u64,
    /// Its first round …
    pub first: u64,
    /// … and each agent in it, in roster order.
    pub first_of_agent: Vec<u64>,
}

impl Latency {
    /// From the time of the whole run, and what says how long its first round took for everybody or for one agent.
    pub fn of(whole: u64, agents: usize, first_round: impl Fn(Option<usize>) -> u64) -> Self {
        Self {
            whole,
            first: first_round(None),
            first_of_agent: (0..agents).map(|agent| first_round(Some(agent))).collect(),
        }
    }
}

/// A question that is being asked.
pub struct Inquiry<'a> {
    question: &'a Question,
    methods: &'a [Method],
    panel: Result<RunSpec, String>,
    /// Whether the panel's own run has its first answers.
    market: bool,
    jobs: VecDeque<Job>,
    made: Vec<(Job, Run)>,
    latencies: BTreeMap<Job, Latency>,
    files: BTreeMap<String, RunFile>,
    refused: BTreeMap<Job, String>,
}

impl<'a> Inquiry<'a> {
    /// The question, the panel that is asked, and the methods that are compared.
    pub fn new(template: &RunSpec, methods: &'a [Method], question: &'a Question, seed: Seed) -> Self {
        Self {
            question,
            methods,
            panel: panel_spec(template, question, seed).map_err(|error| error.to_string()),
            market: template.mode.is_market(),
            jobs: jobs(template, methods).into(),
            made: Vec::new(),
            latencies: BTreeMap::new(),
            files: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }

    /// The run to be made now; `None` when there is no more to make. A job that this question or panel does not allow
    /// is passed over, and its methods say why they have no answer.
    pub fn next_run(&mut self) -> Option<(Job, RunSpec)> {
        while let Some(job) = self.jobs.pop_front() {
            match self.panel.clone().and_then(|panel| job_spec(&panel, job, &self.made)) {
                Ok(spec) => return Some((job, spec)),
                Err(reason) => {
                    self.refused.insert(job, reason);
                }
            }
        }
        None
    }

    /// The name of a job's run file.
    pub fn file_name(&self, job: Job) -> String {
        format!("runs/{}.{}.credence.json", self.question.id, job.name())
    }

    /// A run that is over.
    pub fn made(&mut self, job: Job, run: Run, latency: Latency) {
        let file = RunFile { file: self.file_name(job), head: run.head() };
        self.files.insert(job.name().to_owned(), file);
        self.latencies.insert(job, latency);
        self.made.push((job, run));
    }

    /// What every method comes to.
    pub fn record(self) -> Record {
        let answers = self.methods.iter().map(|&method| (method.name().to_owned(), self.answer(method)));
        Record {
            id: self.question.id.clone(),
            category: self.question.category.clone(),
            outcomes: self.question.outcomes.len(),
            answer: self.question.answer,
            beliefs: self.beliefs(),
            methods: answers.collect(),
            failures: self.made.iter().map(|(_, run)| run.state().totals().failures).sum(),
            runs: self.files,
        }
    }

    fn run(&self, job: Job) -> Option<&Run> {
        self.made.iter().find(|(made, _)| *made == job).map(|(_, run)| run)
    }

    /// The run that has the first answers.
    fn first(&self) -> Option<(Job, &Run)> {
        let panel = || self.run(Job::Panel).filter(|_| self.market).map(|run| (Job::Panel, run));
        self.run(Job::First).map(|run| (Job::First, run)).or_else(panel)
    }

    fn beliefs(&self) -> Vec<Option<Vec<f64>>> {
        let beliefs = self.first().map(|(_, run)| first_beliefs(run)).unwrap_or_default();
        beliefs.into_iter().map(|belief| belief.map(|belief| belief.probabilities())).collect()
    }

    fn answer(&self, method: Method) -> Answered {
        let outcomes = self.question.outcomes.len();
        match method {
            Method::Coin => Answered::with(vec![1.0 / outcomes as f64; outcomes], Effort::default()),
            Method::MarketPrice => match self.question.market_price.filter(|_| outcomes == 2) {
                Some(price) => Answered::with(vec![price, 1.0 - price], Effort::default()),
                None => Answered::without("the set has no market price for it", Effort::default()),
            },
            Method::Panel => self.whole(Job::Panel),
            method if method.asks_again() => self.whole(Job::Own(method)),
            method => self.pool(method),
        }
    }

    /// The end of a run of its own.
    fn whole(&self, job: Job) -> Answered {
        let Some(run) = self.run(job) else { return self.missing(job) };
        let latency = self.latencies.get(&job).map_or(0, |latency| latency.whole);
        let effort = Effort::of(run, false, None, latency);
        if run.state().agents().iter().all(|agent| agent.forecast.is_none()) {
            return Answered::without("no agent answered", effort);
        }
        Answered::with(run.state().prices(), effort)
    }

    /// A combination of first answers.
    fn pool(&self, method: Method) -> Answered {
        let Some((job, run)) = self.first() else { return self.missing(Job::First) };
        let beliefs = first_beliefs(run);
        let only = beliefs.iter().position(Option::is_some).filter(|_| method == Method::Single);
        let latency = self.latencies.get(&job).map_or(0, |latency| match only {
            Some(agent) => latency.first_of_agent.get(agent).copied().unwrap_or_default(),
            None => latency.first,
        });
        let effort = Effort::of(run, true, only, latency);
        match pooled(method, &beliefs, self.question.answer) {
            Some(forecast) => Answered::with(forecast, effort),
            None => Answered::without("no agent answered", effort),
        }
    }

    fn missing(&self, job: Job) -> Answered {
        let reason = self.refused.get(&job).or_else(|| self.refused.get(&Job::Panel));
        Answered::without(reason.map_or("it was not run", String::as_str), Effort::default())
    }
}
