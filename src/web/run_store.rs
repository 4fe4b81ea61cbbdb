//! Runs on this device: records as text in IndexedDB, written in one transaction a step, so that a tab that dies in
//! the middle leaves a whole step or none. Events are only ever added: a second tab that would write the same run is
//! refused by the database itself. It does not know what the records say.

use idb::{KeyRange, Query, TransactionMode};
use wasm_bindgen::JsValue;

use super::database::{Database, StoreError, Written, failed};
use super::evaluation_store::EvaluationStore;
use super::reply_store::ReplyStore;

/// By the run's id: what the list shows.
const CARDS: &str = "cards";
/// By the run's id: name, pin, bin.
const LABELS: &str = "labels";
/// By the run's id: what the run starts from.
const SET_UPS: &str = "set-ups";
/// By `[id, seq]`.
const EVENTS: &str = "events";
/// By `[id, round, agent]`: answers ahead of their round's end.
const REPLIES: &str = "replies";
/// By `[id, place]`.
const TIMINGS: &str = "timings";
pub(super) const ALL: [&str; 6] = [CARDS, LABELS, SET_UPS, EVENTS, REPLIES, TIMINGS];

/// What one step adds to a run.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The run as the list shows it.
    pub card: Option<String>,
    /// What the run starts from.
    pub set_up: Option<String>,
    /// Events beyond this one are of a step that was cut off: they go first.
    pub cut_after: Option<u64>,
    /// New events with their numbers.
    pub events: Vec<(u64, String)>,
    /// New answers with round and agent.
    pub replies: Vec<(u32, usize, String)>,
    /// Answers to rounds before this one are in the log for good.
    pub replies_from: u32,
    /// New times with their places.
    pub timings: Vec<(usize, String)>,
}

/// All records of one run.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// What it starts from.
    pub set_up: String,
    /// Its events in order.
    pub events: Vec<String>,
    /// Answers ahead of their round's end.
    pub replies: Vec<String>,
    /// Times in order.
    pub timings: Vec<String>,
}

/// The runs of the database.
#[derive(Clone)]
pub struct RunStore(Database);

impl RunStore {
    /// Opens the database.
    ///
    /// # Errors
    /// The browser refuses, or a newer version of the page was here.
    pub async fn open() -> Result<Self, StoreError> {
        Database::open().await.map(Self)
    }

    /// The replies of models that the same database keeps.
    pub fn replies(&self) -> ReplyStore {
        ReplyStore::of(self.0.clone())
    }

    /// The evaluations that the same database keeps.
    pub fn evaluations(&self) -> EvaluationStore {
        EvaluationStore::of(self.0.clone())
    }

    /// The ids of all runs, with card and label as far as there are any.
    ///
    /// # Errors
    /// The database fails.
    pub async fn list(&self) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
        let transaction = self.0.transaction(&[CARDS, LABELS], TransactionMode::ReadOnly)?;
        let read = async |store: &str| {
            let store = transaction.object_store(store)?;
            let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
            Ok::<_, idb::Error>(keys.await?.into_iter().zip(values.await?).collect::<Vec<_>>())
        };
        let cards = read(CARDS).await.map_err(failed)?;
        let labels = read(LABELS).await.map_err(failed)?;
        let text = |value: &JsValue| value.as_string().unwrap_or_default();
        let label = |id: &JsValue| labels.iter().find(|(other, _)| other == id).map(|(_, label)| text(label));
        Ok(cards.iter().map(|(id, card)| (text(id), text(card), label(id))).collect())
    }

    /// All records of a run; `None` if there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(&self, id: &str) -> Result<Option<Records>, StoreError> {
        let transaction =
            self.0.transaction(&[SET_UPS, EVENTS, REPLIES, TIMINGS], TransactionMode::ReadOnly)?;
        let whole = async || {
            let set_up = transaction.object_store(SET_UPS)?.get(JsValue::from_str(id))?;
            let all = |name: &str| -> Result<_, idb::Error> {
                transaction.object_store(name)?.get_all(Some(of_run(id)?), None)
            };
            let (events, replies, timings) = (all(EVENTS)?, all(REPLIES)?, all(TIMINGS)?);
            let texts = |values: Vec<JsValue>| values.iter().filter_map(JsValue::as_string).collect();
            let Some(set_up) = set_up.await?.and_then(|value| value.as_string()) else { return Ok(None) };
            Ok::<_, idb::Error>(Some(Records {
                set_up,
                events: texts(events.await?),
                replies: texts(replies.await?),
                timings: texts(timings.await?),
            }))
        };
        whole().await.map_err(failed)
    }

    /// Adds what one step brought: all of it or nothing. Everything is handed to the browser before this returns; the
    /// future says whether it is kept, and it need not be awaited by a page that is closing.
    pub fn write(&self, id: &str, batch: &Batch) -> Written {
        self.0.change(&[CARDS, SET_UPS, EVENTS, REPLIES, TIMINGS], &|store| {
            let run = JsValue::from_str(id);
            if let Some(card) = &batch.card {
                store(CARDS)?.put(&JsValue::from_str(card), Some(&run))?;
            }
            if let Some(set_up) = &batch.set_up {
                store(SET_UPS)?.put(&JsValue::from_str(set_up), Some(&run))?;
            }
            let events = store(EVENTS)?;
            if let Some(last) = batch.cut_after {
                let (after, end) = (key(id, &[last as f64]), key(id, &[f64::INFINITY]));
                events.delete(KeyRange::bound(&after, &end, Some(true), None)?)?;
            }
            for (seq, text) in &batch.events {
                events.add(&JsValue::from_str(text), Some(&key(id, &[*seq as f64])))?;
            }
            let replies = store(REPLIES)?;
            if batch.replies_from > 0 {
                let (start, end) = (key(id, &[0.0]), key(id, &[f64::from(batch.replies_from)]));
                replies.delete(KeyRange::bound(&start, &end, None, Some(true))?)?;
            }
            for (round, agent, text) in &batch.replies {
                let place = key(id, &[f64::from(*round), *agent as f64]);
                replies.put(&JsValue::from_str(text), Some(&place))?;
            }
            let timings = store(TIMINGS)?;
            for (place, text) in &batch.timings {
                timings.put(&JsValue::from_str(text), Some(&key(id, &[*place as f64])))?;
            }
            Ok(())
        })
    }

    /// Writes a run's label.
    pub fn label(&self, id: &str, label: &str) -> Written {
        self.0.change(&[LABELS], &|store| {
            store(LABELS)?.put(&JsValue::from_str(label), Some(&JsValue::from_str(id)))?;
            Ok(())
        })
    }

    /// Removes a run for good.
    pub fn remove(&self, id: &str) -> Written {
        self.0.change(&ALL, &|store| {
            for name in [CARDS, LABELS, SET_UPS] {
                store(name)?.delete(JsValue::from_str(id))?;
            }
            for name in [EVENTS, REPLIES, TIMINGS] {
                store(name)?.delete(of_run(id)?)?;
            }
            Ok(())
        })
    }

    /// Removes every run.
    pub fn clear(&self) -> Written {
        self.0.change(&ALL, &|store| ALL.iter().try_for_each(|name| store(name)?.clear().map(|_| ())))
    }
}

/// `[id, …]`: numbers sort as numbers.
fn key(id: &str, numbers: &[f64]) -> JsValue {
    let parts = numbers.iter().map(|number| JsValue::from_f64(*number));
    std::iter::once(JsValue::from_str(id)).chain(parts).collect::<js_sys::Array>().into()
}

/// Everything that belongs to a run.
fn of_run(id: &str) -> Result<Query, idb::Error> {
    // An array sorts after every number.
    let end: js_sys::Array = [JsValue::from_str(id), js_sys::Array::new().into()].iter().collect();
    Ok(KeyRange::bound(&key(id, &[]), &end, None, None)?.into())
}
