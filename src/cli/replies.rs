//! Kept replies in a folder: one small file a reply, named by its key, so that several programs on one file system share
//! them and none pays twice for the same words. A file is written whole or not at all. It never stops a run: a reply
//! that cannot be kept is asked for again, which is all that there is to lose.

use std::cell::Cell;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::note;
use super::servers::Connections;
use crate::archive::{kept_reply, kept_reply_text};
use crate::audit::Digest;
use crate::llm::ChatReply;
use crate::session::{ConnectionId, ReplyCache};

/// The folder, and the connections whose replies lie there.
pub(super) struct FolderReplies {
    folder: PathBuf,
    connections: Rc<Connections>,
    /// A full disk is told once, not once a reply.
    told: Cell<bool>,
}

impl FolderReplies {
    /// Replies in `folder`, which must exist.
    pub(super) fn new(folder: PathBuf, connections: Rc<Connections>) -> Self {
        Self { folder, connections, told: Cell::new(false) }
    }

    /// Two letters a folder: no directory grows too long to look into.
    fn path(&self, key: Digest) -> PathBuf {
        let name = key.to_string();
        self.folder.join(&name[..2]).join(format!("{name}.json"))
    }

    fn write(&self, key: Digest, text: &str) -> std::io::Result<()> {
        let path = self.path(key);
        // Two writers of one key write the same request's reply: whoever is last wins, and no reader sees half a file.
        let partial = path.with_extension(format!("partial-{}", std::process::id()));
        std::fs::write(&partial, text).or_else(|error| match error.kind() {
            ErrorKind::NotFound => {
                std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
                std::fs::write(&partial, text)
            }
            _ => Err(error),
        })?;
        std::fs::rename(&partial, &path)
    }
}

impl ReplyCache for FolderReplies {
    fn place(&self, connection: ConnectionId) -> Option<Digest> {
        self.connections.place(connection)
    }

    fn find(&self, key: Digest) -> LocalBoxFuture<'static, Option<ChatReply>> {
        let found = std::fs::read_to_string(self.path(key)).ok();
        // A file that cannot be read is as good as none.
        Box::pin(std::future::ready(found.and_then(|text| kept_reply(&text).ok())))
    }

    fn keep(&self, key: Digest, reply: &ChatReply) {
        if let Err(error) = self.write(key, &kept_reply_text(reply))
            && !self.told.replace(true)
        {
            note(&format!("replies cannot be kept in {}: {error}", self.folder.display()));
        }
    }
}
