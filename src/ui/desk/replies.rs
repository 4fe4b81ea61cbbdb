//! The replies of models that are kept from run to run: in the browser's database, and in memory where that refuses. It
//! never stops a run: a reply that cannot be kept is asked for again, which is all that there is to lose.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use serde::Serialize;

use super::Desk;
use crate::archive::{Holdings, MOST, RepliesInMemory, ReplySize, kept_reply, kept_reply_text, surplus};
use crate::audit::{Digest, digest_of};
use crate::llm::{BaseUrl, ChatReply, Engine, Protocol};
use crate::session::{Clock, ConnectionId, ReplyCache};
use crate::ui::words::browser;
use crate::ui::words::replies as words;
use crate::web::reply_store::ReplyStore;
use crate::web::{self, PageClock, StoreError, storage, tabs};

/// Under which name it is stored whether runs take kept replies.
const REUSE: &str = "reuse-replies";
/// So many replies are kept before the database is looked over for some that are too many.
const LOOK_OVER: u32 = 16;

/// The kept replies. `Copy`, like the desk that they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replies {
    memory: StoredValue<RepliesInMemory, LocalStorage>,
    /// Replies that were kept since the database was looked over; at first it is due.
    since: StoredValue<u32>,
    /// How many there are; `None` until somebody has counted.
    pub holdings: RwSignal<Option<Kept>>,
}

/// What is kept, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// On this device.
    pub device: Holdings,
    /// In memory, because the browser would not keep them.
    pub memory: Holdings,
}

/// What a connection leads to, as far as it can change an answer. Neither key nor query: some put a key there.
#[derive(Serialize)]
struct Place {
    protocol: Protocol,
    engine: Option<Engine>,
    origin: String,
    path: String,
}

impl Replies {
    pub(super) fn new() -> Self {
        Self {
            memory: StoredValue::new_local(RepliesInMemory::default()),
            since: StoredValue::new(LOOK_OVER),
            holdings: RwSignal::new(None),
        }
    }
}

impl Desk {
    /// Whether the last person here wanted kept replies to be taken.
    pub(super) fn remembered_reuse() -> bool {
        storage::read(REUSE).unwrap_or(false)
    }

    /// Whether the next runs take kept replies.
    pub fn set_reuse(self, reuse: bool) {
        self.draft.update(|draft| draft.asking.reuse = reuse);
        // A browser that does not store it follows the choice until the tab closes.
        let _ = storage::write(REUSE, &reuse);
    }

    /// Counts what is kept, for whoever shows it.
    pub fn count_replies(self) {
        web::spawn(async move {
            let kept = self.kept_replies().await;
            self.replies.holdings.try_set(Some(kept));
        });
    }

    async fn kept_replies(self) -> Kept {
        let sizes = match self.reply_store().await {
            Ok(store) => store.sizes().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let device = Holdings::of(sizes.iter().map(|(_, size)| ReplySize::from_text(size)));
        let memory = self.replies.memory.try_with_value(RepliesInMemory::holdings);
        Kept { device, memory: memory.unwrap_or_default() }
    }

    /// Forgets every kept reply, on this device and in memory.
    pub fn forget_replies(self) {
        self.replies.memory.update_value(RepliesInMemory::clear);
        web::spawn(async move {
            if let Ok(store) = self.reply_store().await
                && let Err(error) = store.clear().await
            {
                self.fail(words::NOT_FORGOTTEN, browser::store(&error), words::NOT_FORGOTTEN_NEXT);
            }
            let kept = self.kept_replies().await;
            self.replies.holdings.try_set(Some(kept));
            tabs::say("");
        });
    }

    async fn reply_store(self) -> Result<ReplyStore, StoreError> {
        self.shelf.opened().await.map(|store| store.replies())
    }

    fn place(self, connection: ConnectionId) -> Option<Digest> {
        self.connections.with_untracked(|saved| {
            let found = saved.iter().find(|saved| saved.id == connection)?;
            let (origin, path) = if found.engine.is_some() {
                Default::default()
            } else {
                let address = BaseUrl::parse(&found.base_url).ok()?;
                (address.origin().to_owned(), address.path().to_owned())
            };
            digest_of(&Place { protocol: found.protocol, engine: found.engine, origin, path }).ok()
        })
    }

    async fn keep_reply(self, key: String, record: String) {
        let Some(size) = ReplySize::of(&record, PageClock.now_millis()) else { return };
        let on_device = match self.reply_store().await {
            Ok(store) => self.keep_on_device(&store, &key, &record, size).await,
            Err(_) => false,
        };
        self.replies.memory.update_value(|memory| {
            if on_device {
                memory.forget(&key);
            } else {
                memory.keep(&key, &record, size);
            }
        });
        if self.replies.holdings.try_with_untracked(Option::is_some) == Some(true) {
            self.count_replies();
        }
    }

    /// Whether the browser keeps it: a full one is asked once more when half of what is kept is gone.
    async fn keep_on_device(self, store: &ReplyStore, key: &str, record: &str, size: ReplySize) -> bool {
        let written = store.keep(key, record, &size.to_text()).await;
        let kept = match written {
            Ok(()) => true,
            Err(StoreError::Full) => {
                let half = |all: Holdings| Holdings { replies: all.replies / 2, bytes: all.bytes / 2 };
                look_over(store, half).await && store.keep(key, record, &size.to_text()).await.is_ok()
            }
            Err(_) => false,
        };
        let due = self.replies.since.try_update_value(|since| {
            *since += 1;
            let due = *since > LOOK_OVER;
            *since = if due { 0 } else { *since };
            due
        });
        if kept && due == Some(true) {
            look_over(store, |_| MOST).await;
        }
        kept
    }

    async fn find_reply(self, key: String) -> Option<ChatReply> {
        let found = match self.reply_store().await {
            Ok(store) => store.find(&key).await.ok().flatten(),
            Err(_) => None,
        };
        let in_memory = || self.replies.memory.try_with_value(|memory| memory.find(&key).map(str::to_owned));
        // A record that cannot be read is as good as none.
        kept_reply(&found.or_else(|| in_memory().flatten())?).ok()
    }
}

/// Drops the oldest replies beyond the most that may be kept, told what there is.
async fn look_over(store: &ReplyStore, most: impl FnOnce(Holdings) -> Holdings) -> bool {
    let choose = |rows: Vec<(String, String)>| {
        let rows: Vec<(String, ReplySize)> =
            rows.into_iter().map(|(key, size)| (key, ReplySize::from_text(&size))).collect();
        let most = most(Holdings::of(rows.iter().map(|(_, size)| *size)));
        surplus(rows, most)
    };
    store.drop_some(choose).await.is_ok()
}

/// The cache as sessions see it.
pub(super) struct DeskReplies(pub(super) Desk);

impl ReplyCache for DeskReplies {
    fn place(&self, connection: ConnectionId) -> Option<Digest> {
        self.0.place(connection)
    }

    fn find(&self, key: Digest) -> LocalBoxFuture<'static, Option<ChatReply>> {
        Box::pin(self.0.find_reply(key.to_string()))
    }

    fn keep(&self, key: Digest, reply: &ChatReply) {
        web::spawn(self.0.keep_reply(key.to_string(), kept_reply_text(reply)));
    }
}
