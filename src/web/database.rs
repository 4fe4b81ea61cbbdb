//! The page's database in the browser: how it is laid out, how it is opened, and how it is changed. A new version of the
//! layout adds what is missing and leaves what is there. It does not know what its records say.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use idb::{DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, TransactionMode};
use wasm_bindgen::JsValue;

use super::{evaluation_store, reply_store, run_store};

/// The database, and the version of its layout: 1 had runs, 2 the replies of models beside them, 3 has evaluations too.
const DATABASE: &str = "credence";
const LAYOUT: u32 = 3;

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

/// Whether a change is kept. It was handed to the browser before this was made.
pub type Written = LocalBoxFuture<'static, Result<(), StoreError>>;

/// What a change asks of the stores, which it finds by name.
pub(super) type Requests<'a> =
    &'a dyn Fn(&dyn Fn(&str) -> Result<ObjectStore, idb::Error>) -> Result<(), idb::Error>;

/// The database, open. Cloning gives another handle.
#[derive(Clone)]
pub(super) struct Database(Rc<idb::Database>);

impl Database {
    /// Opens it, laid out if it is new.
    pub(super) async fn open() -> Result<Self, StoreError> {
        let factory = Factory::new().map_err(|_| StoreError::Unavailable)?;
        let mut request = factory.open(DATABASE, Some(LAYOUT)).map_err(|_| StoreError::Unavailable)?;
        request.on_upgrade_needed(|event| {
            use idb::event::VersionChangeEvent;
            let lay_out = |event: &VersionChangeEvent| -> Result<(), idb::Error> {
                let database = event.database()?;
                let there = database.store_names();
                let all = run_store::ALL.into_iter().chain(reply_store::ALL).chain(evaluation_store::ALL);
                for name in all.filter(|name| !there.iter().any(|store| store == name)) {
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
            if let Some(Ok(database)) = target.map(idb::Database::try_from) {
                database.close();
            }
        });
        Ok(Self(Rc::new(database)))
    }

    /// A transaction over these stores.
    pub(super) fn transaction(
        &self,
        stores: &[&str],
        mode: TransactionMode,
    ) -> Result<idb::Transaction, StoreError> {
        self.0.transaction(stores, mode).map_err(failed)
    }

    /// One transaction: requested at once, committed or not when the future ends.
    pub(super) fn change(&self, stores: &[&str], requests: Requests<'_>) -> Written {
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

/// What an error of the database means.
pub(super) fn failed(error: idb::Error) -> StoreError {
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
