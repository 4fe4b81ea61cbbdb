//! Evaluations in the database: what each is, how it stands, a record a question, and a file a run. A question's record,
//! its files and how the whole stands come in one transaction, so a tab that dies leaves a question done or open, and
//! nothing in between. It does not know what the texts say.

use idb::{KeyRange, Query, TransactionMode};
use wasm_bindgen::JsValue;

use super::database::{Database, StoreError, Written, failed};

/// By the evaluation's id: how it stands.
const HEADS: &str = "evaluations";
/// By the same id: what is asked of whom.
const PLANS: &str = "evaluation-plans";
/// By `[id, place]`: what became of a question.
const RECORDS: &str = "evaluation-records";
/// By `[id, place, job]`: a run file.
const RUNS: &str = "evaluation-runs";
pub(super) const ALL: [&str; 4] = [HEADS, PLANS, RECORDS, RUNS];

/// Records that are read in one task.
const AT_ONCE: u32 = 500;

/// A question that is done.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// Its place in the evaluation.
    pub place: usize,
    /// Its record.
    pub record: String,
    /// Its run files by the names of their jobs.
    pub runs: Vec<(String, String)>,
}

/// Everything of an evaluation but its run files.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// How it stands.
    pub head: String,
    /// What is asked of whom.
    pub plan: String,
    /// The records that there are, with their places.
    pub records: Vec<(usize, String)>,
}

/// The evaluations of the database.
#[derive(Clone)]
pub struct EvaluationStore(Database);

impl EvaluationStore {
    pub(super) fn of(database: Database) -> Self {
        Self(database)
    }

    /// The ids of all evaluations, each with how it stands.
    ///
    /// # Errors
    /// The database fails.
    pub async fn list(&self) -> Result<Vec<(String, String)>, StoreError> {
        let transaction = self.0.transaction(&[HEADS], TransactionMode::ReadOnly)?;
        let read = async || {
            let store = transaction.object_store(HEADS)?;
            let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
            let text = |value: JsValue| value.as_string().unwrap_or_default();
            Ok::<_, idb::Error>(
                keys.await?.into_iter().map(text).zip(values.await?.into_iter().map(text)).collect(),
            )
        };
        read().await.map_err(failed)
    }

    /// An evaluation without its run files; `None` if there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(&self, id: &str) -> Result<Option<Texts>, StoreError> {
        let transaction = self.0.transaction(&[HEADS, PLANS, RECORDS], TransactionMode::ReadOnly)?;
        let read = async || {
            let one = |name: &str| transaction.object_store(name)?.get(JsValue::from_str(id));
            let (head, plan) = (one(HEADS)?, one(PLANS)?);
            let store = transaction.object_store(RECORDS)?;
            let text = |value: Option<JsValue>| value.and_then(|value| value.as_string());
            let (head, plan) = (text(head.await?), text(plan.await?));
            let mut records = Vec::new();
            let mut rest = of_evaluation(id)?;
            loop {
                let keys = store.get_all_keys(Some(rest.clone()), Some(AT_ONCE))?;
                let values = store.get_all(Some(rest), Some(AT_ONCE))?;
                let (keys, values) = (keys.await?, values.await?);
                let Some(last) = keys.last() else { break };
                rest = behind(last, id)?;
                let places = keys.iter().map(|key| js_sys::Array::from(key).get(1).as_f64());
                let pairs = places.zip(values);
                records.extend(pairs.filter_map(|(place, text)| Some((place? as usize, text.as_string()?))));
            }
            Ok::<_, idb::Error>(head.zip(plan).map(|(head, plan)| Texts { head, plan, records }))
        };
        read().await.map_err(failed)
    }

    /// Keeps a new evaluation.
    pub fn begin(&self, id: &str, head: &str, plan: &str) -> Written {
        self.0.change(&[HEADS, PLANS], &|store| {
            let id = JsValue::from_str(id);
            store(HEADS)?.put(&JsValue::from_str(head), Some(&id))?;
            store(PLANS)?.put(&JsValue::from_str(plan), Some(&id))?;
            Ok(())
        })
    }

    /// Keeps how an evaluation stands.
    pub fn stand(&self, id: &str, head: &str) -> Written {
        self.0.change(&[HEADS], &|store| {
            store(HEADS)?.put(&JsValue::from_str(head), Some(&JsValue::from_str(id)))?;
            Ok(())
        })
    }

    /// Keeps a question that is done, and how the evaluation stands with it.
    pub fn add(&self, id: &str, head: &str, done: &Done) -> Written {
        self.0.change(&[HEADS, RECORDS, RUNS], &|store| {
            store(HEADS)?.put(&JsValue::from_str(head), Some(&JsValue::from_str(id)))?;
            store(RECORDS)?.put(&JsValue::from_str(&done.record), Some(&key(id, done.place, None)))?;
            let runs = store(RUNS)?;
            for (job, text) in &done.runs {
                runs.put(&JsValue::from_str(text), Some(&key(id, done.place, Some(job))))?;
            }
            Ok(())
        })
    }

    /// A run file; `None` if there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn run(&self, id: &str, place: usize, job: &str) -> Result<Option<String>, StoreError> {
        let transaction = self.0.transaction(&[RUNS], TransactionMode::ReadOnly)?;
        let read = async || {
            let found = transaction.object_store(RUNS)?.get(key(id, place, Some(job)))?.await?;
            Ok::<_, idb::Error>(found.and_then(|value| value.as_string()))
        };
        read().await.map_err(failed)
    }

    /// Removes an evaluation for good.
    pub fn remove(&self, id: &str) -> Written {
        self.0.change(&ALL, &|store| {
            for name in [HEADS, PLANS] {
                store(name)?.delete(JsValue::from_str(id))?;
            }
            for name in [RECORDS, RUNS] {
                store(name)?.delete(of_evaluation(id)?)?;
            }
            Ok(())
        })
    }
}

/// `[id, place]` or `[id, place, job]`.
fn key(id: &str, place: usize, job: Option<&str>) -> JsValue {
    let parts = [JsValue::from_str(id), JsValue::from_f64(place as f64)];
    parts.into_iter().chain(job.map(JsValue::from_str)).collect::<js_sys::Array>().into()
}

/// Everything that belongs to an evaluation.
fn of_evaluation(id: &str) -> Result<Query, idb::Error> {
    let start: js_sys::Array = [JsValue::from_str(id)].iter().collect();
    Ok(KeyRange::bound(&start.into(), &end_of(id), None, None)?.into())
}

/// What belongs to it behind a key.
fn behind(key: &JsValue, id: &str) -> Result<Query, idb::Error> {
    Ok(KeyRange::bound(key, &end_of(id), Some(true), None)?.into())
}

fn end_of(id: &str) -> JsValue {
    // An array sorts after every number.
    [JsValue::from_str(id), js_sys::Array::new().into()].iter().collect::<js_sys::Array>().into()
}
