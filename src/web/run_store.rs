//! Runs on this device: records as text in IndexedDB, written in one transaction a step, so that a tab that dies in
//! the middle leaves a whole step or none. Events are only ever added: a second tab that would write the same run is
//! refused by the database itself. It does not know what the records say.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use idb::{
    Database, DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, TransactionMode,
};
use wasm_bindgen::JsValue;

/// The database, and the version of its layout.
const DATABASE: &str = "credence";
const LAYOUT: u32 = 1;

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
const ALL: [&str; 6] = [CARDS, LABELS, SET_UPS, EVENTS, REPLIES, TIMINGS];

/// Why nothing is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no database here: a private window, or a setting.
    #[error("this browser window does not let the page keep runs")]
    Unavailable,
    /// A newer version of this page has laid it out anew.
    #[error("a newer version of this page keeps its runs here")]
    Newer,
    /// The browser grants no more space.
    #[error("the browser's storage for this page is full")]
    Full,
    /// Another tab has written the same run.
    #[error("another tab has gone on with this run")]
    Conflict,
    /// Anything else, by the name that the browser gives it.
    #[error("the browser's database failed ({0})")]
    Failed(String),
}

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

/// Whether a change is kept. It was handed to the browser before this was made.
pub type Written = LocalBoxFuture<'static, Result<(), StoreError>>;

/// What a change asks of the stores, which it finds by name.
type Requests<'a> = &'a dyn Fn(&dyn Fn(&str) -> Result<ObjectStore, idb::Error>) -> Result<(), idb::Error>;

/// The database, open.
#[derive(Clone)]
pub struct RunStore(Rc<Database>);

impl RunStore {
    /// Opens it, laid out if it is new.
    ///
    /// # Errors
    /// The browser refuses, or a newer version of the page was here.
    pub async fn open() -> Result<Self, StoreError> {
        let factory = Factory::new().map_err(|_| StoreError::Unavailable)?;
        let mut request = factory.open(DATABASE, Some(LAYOUT)).map_err(|_| StoreError::Unavailable)?;
        request.on_upgrade_needed(|event| {
            use idb::event::VersionChangeEvent;
            let lay_out = |event: &VersionChangeEvent| -> Result<(), idb::Error> {
                let database = event.database()?;
                let there = database.store_names();
                for name in ALL.into_iter().filter(|name| !there.iter().any(|store| store == name)) {
                    database.create_object_store(name, ObjectStoreParams::new())?;
                }
                Ok(())
            };
            // If it fails, opening fails too, and that is reported.
            let _ = lay_out(&event);
        });
        let mut database = request.await.map_err(|error| match name_of(&error).as_str() {
            "VersionError" => StoreError::Newer,
            "QuotaExceededError" => StoreError::Full,
            _ => StoreError::Unavailable,
        })?;
        // A newer page in another tab may lay it out anew at once; this one then keeps nothing more.
        database.on_version_change(|event| {
            let target = event.target().map(JsValue::from);
            if let Some(Ok(database)) = target.map(Database::try_from) {
                database.close();
            }
        });
        Ok(Self(Rc::new(database)))
    }

    /// The ids of all runs, with card and label as far as there are any.
    ///
    /// # Errors
    /// The database fails.
    pub async fn list(&self) -> Result<Vec<(String, String, Option<String>)>, StoreError> {
        let transaction = self.0.transaction(&[CARDS, LABELS], TransactionMode::ReadOnly).map_err(failed)?;
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
        let transaction = self
            .0
            .transaction(&[SET_UPS, EVENTS, REPLIES, TIMINGS], TransactionMode::ReadOnly)
            .map_err(failed)?;
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
        self.change(&[CARDS, SET_UPS, EVENTS, REPLIES, TIMINGS], &|store| {
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
        self.change(&[LABELS], &|store| {
            store(LABELS)?.put(&JsValue::from_str(label), Some(&JsValue::from_str(id)))?;
            Ok(())
        })
    }

    /// Removes a run for good.
    pub fn remove(&self, id: &str) -> Written {
        self.change(&ALL, &|store| {
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
        self.change(&ALL, &|store| ALL.iter().try_for_each(|name| store(name)?.clear().map(|_| ())))
    }

    /// One transaction: requested at once, committed or not when the future ends.
    fn change(&self, stores: &[&str], requests: Requests<'_>) -> Written {
        let asked = self.0.transaction(stores, TransactionMode::ReadWrite).and_then(|transaction| {
            let done = requests(&|name| transaction.object_store(name));
            let inner = web_sys::IdbTransaction::from(transaction);
            match done {
                // Without a commit, the browser would wait for this page to ask for more.
                Ok(()) => idb::Transaction::from(inner.clone()).commit().map(|commit| (inner, commit)),
                Err(error) => {
                    let _ = inner.abort();
                    Err(error)
                }
            }
        });
        Box::pin(async move {
            let (inner, transaction) = asked.map_err(failed)?;
            if matches!(transaction.await, Ok(idb::TransactionResult::Committed)) {
                return Ok(());
            }
            // The reason stands in the transaction once it is aborted, which follows the error.
            super::sleep(0).await;
            Err(named(&inner.error().map(|error| error.name()).unwrap_or_default()))
        })
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

fn failed(error: idb::Error) -> StoreError {
    named(&name_of(&error))
}

fn named(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        "ConstraintError" => StoreError::Conflict,
        "" => StoreError::Failed("no reason given".to_owned()),
        // The database was closed under the page, or is gone.
        "InvalidStateError" | "NotFoundError" => StoreError::Unavailable,
        other => StoreError::Failed(other.to_owned()),
    }
}

/// The browser's name of an error.
fn name_of(error: &idb::Error) -> String {
    use idb::Error as E;
    let value = match error {
        E::DomException(exception) => return exception.name(),
        E::AddFailed(value)
        | E::ClearFailed(value)
        | E::DeleteFailed(value)
        | E::GetAllFailed(value)
        | E::GetAllKeysFailed(value)
        | E::GetFailed(value)
        | E::IndexedDbNotFound(value)
        | E::IndexedDbOpenFailed(value)
        | E::ObjectStoreNotFound(value)
        | E::TransactionCommitError(value)
        | E::TransactionOpenFailed(value)
        | E::UpdateFailed(value) => value,
        other => return other.to_string(),
    };
    let name = js_sys::Reflect::get(value, &"name".into()).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}
