//! Replies of models in the database: a text a reply, and beside it how long it has lain there and how much room it
//! takes, so that the oldest are found without reading any. Text and size come and go in one transaction, which no other
//! tab sees half done. It does not know what a reply is.

use idb::TransactionMode;
use wasm_bindgen::JsValue;

use super::database::{Database, StoreError, Written, failed};

/// By the reply's key.
const TEXTS: &str = "kept-replies";
/// By the same key.
const SIZES: &str = "kept-reply-sizes";
pub(super) const ALL: [&str; 2] = [TEXTS, SIZES];

/// The kept replies of the database.
#[derive(Clone)]
pub struct ReplyStore(Database);

impl ReplyStore {
    pub(super) fn of(database: Database) -> Self {
        Self(database)
    }

    /// The text under a key.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find(&self, key: &str) -> Result<Option<String>, StoreError> {
        let transaction = self.0.transaction(&[TEXTS], TransactionMode::ReadOnly)?;
        let read = async || {
            let found = transaction.object_store(TEXTS)?.get(JsValue::from_str(key))?.await?;
            Ok::<_, idb::Error>(found.and_then(|value| value.as_string()))
        };
        read().await.map_err(failed)
    }

    /// Keeps a text and its size under a key.
    pub fn keep(&self, key: &str, text: &str, size: &str) -> Written {
        self.0.change(&ALL, &|store| {
            let key = JsValue::from_str(key);
            store(TEXTS)?.put(&JsValue::from_str(text), Some(&key))?;
            store(SIZES)?.put(&JsValue::from_str(size), Some(&key))?;
            Ok(())
        })
    }

    /// Every key with its size.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sizes(&self) -> Result<Vec<(String, String)>, StoreError> {
        let transaction = self.0.transaction(&[SIZES], TransactionMode::ReadOnly)?;
        rows(&transaction).await.map_err(failed)
    }

    /// Drops the keys that are chosen of all sizes. What another tab keeps meanwhile waits.
    ///
    /// # Errors
    /// The database fails; then nothing is dropped.
    pub async fn drop_some(
        &self,
        choose: impl FnOnce(Vec<(String, String)>) -> Vec<String>,
    ) -> Result<(), StoreError> {
        let transaction = self.0.transaction(&ALL, TransactionMode::ReadWrite)?;
        let drop_them = async || {
            let (texts, sizes) = (transaction.object_store(TEXTS)?, transaction.object_store(SIZES)?);
            for key in choose(rows(&transaction).await?) {
                texts.delete(JsValue::from_str(&key))?;
                sizes.delete(JsValue::from_str(&key))?;
            }
            Ok::<_, idb::Error>(())
        };
        drop_them().await.map_err(failed)?;
        transaction.commit().map_err(failed)?.await.map_err(failed).map(|_| ())
    }

    /// Forgets every reply.
    pub fn clear(&self) -> Written {
        self.0.change(&ALL, &|store| ALL.iter().try_for_each(|name| store(name)?.clear().map(|_| ())))
    }
}

async fn rows(transaction: &idb::Transaction) -> Result<Vec<(String, String)>, idb::Error> {
    let store = transaction.object_store(SIZES)?;
    let (keys, values) = (store.get_all_keys(None, None)?, store.get_all(None, None)?);
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let keys = keys.await?.into_iter().map(text);
    Ok(keys.zip(values.await?.into_iter().map(text)).collect())
}
