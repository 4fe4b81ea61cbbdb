//! Runs that are looked at beside each other: read from where they are, without opening them.

use leptos::prelude::*;

use super::kept::read;
use super::{Desk, Feed, Listing, OpenRun};
use crate::aggregate::Story;
use crate::archive::{Card, Read as Kept};
use crate::run::Run;
use crate::ui::words::browser;
use crate::ui::words::problems;
use crate::web;

/// The name under which the local run stands for a choice, where it is not kept.
pub const OPEN: &str = "open";
/// The name under which the run of the last link stands for a choice.
pub const LINKED: &str = "link";

/// A run that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id under which it is kept, or [`OPEN`] or [`LINKED`].
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it began, in milliseconds since 1970; `None` for one that is not kept.
    pub started_millis: Option<u64>,
    /// What it asks.
    pub question: String,
}

/// A run that is looked at.
#[derive(Clone, Debug)]
pub struct Held {
    /// The run as far as it can be read.
    pub run: Run,
    /// Its story.
    pub story: Story,
}

impl Desk {
    /// The runs that can be chosen: the open one and the linked one, where they are not kept, then the kept ones,
    /// newest first. `None` while the list is being read. Subscribes.
    pub fn choices(self) -> Option<Vec<Choice>> {
        let rows = self.shelf.list.with(|list| match list {
            Listing::Loading => None,
            Listing::Unavailable(_) => Some(Vec::new()),
            Listing::Ready(rows) => Some(rows.clone()),
        })?;
        let kept = |row: super::Row| {
            let card = row.card.ok().filter(|_| row.label.deleted_millis.is_none())?;
            let Card { question, started_millis, .. } = card;
            let name = row.label.name.unwrap_or_else(|| question.clone());
            Some(Choice { id: row.id, name, started_millis: Some(started_millis), question })
        };
        let mut kept: Vec<Choice> = rows.into_iter().filter_map(kept).collect();
        kept.sort_by_key(|choice| std::cmp::Reverse(choice.started_millis));
        let loose = |feed: Feed, id: &str| {
            feed.with(|open| {
                let open = open.filter(|open| !kept.iter().any(|row| Some(&row.id) == open.kept.as_ref()))?;
                let question = open.run.spec().question.clone();
                Some(Choice { id: id.to_owned(), name: question.clone(), started_millis: None, question })
            })
        };
        let mut found: Vec<Choice> =
            [loose(self.local(), OPEN), loose(self.shared(), LINKED)].into_iter().flatten().collect();
        found.append(&mut kept);
        Some(found)
    }

    /// The id under which the local run can be chosen. Subscribes.
    pub fn open_choice(self) -> Option<String> {
        self.local().with(|open| open.map(|open| open.kept.clone().unwrap_or_else(|| OPEN.to_owned())))
    }

    /// Reads a run that can be chosen, as it stands now; `Ok(None)` if it is gone.
    ///
    /// # Errors
    /// Why it cannot be read, in a sentence.
    pub async fn hold(self, id: &str) -> Result<Option<Held>, String> {
        let copy = |open: Option<&OpenRun>| {
            open.map(|open| Held { run: open.run.clone(), story: open.story.clone() })
        };
        match id {
            OPEN => return Ok(self.local().peek(copy)),
            LINKED => return Ok(self.shared().peek(copy)),
            _ => {}
        }
        let store = self.shelf.opened().await.map_err(|error| browser::store(&error))?;
        let Some(records) = store.read(id).await.map_err(|error| browser::store(&error))? else {
            return Ok(None);
        };
        let run = match read(&records).await.map_err(|error| problems::kept(&error))? {
            (_, Kept::Ours(ours)) => ours.run,
            (_, Kept::Raw(raw)) => raw.document.readable().map_err(|error| problems::run(&error))?,
        };
        web::next_task().await;
        Ok(Some(Held { story: Story::of(&run), run }))
    }
}
