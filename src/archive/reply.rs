//! Replies of models that are kept from run to run: each as a record, how much of them is kept, and the same in memory
//! for a browser that keeps nothing. It does not know which request a reply answers: that is its key, a digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ArchiveError, RECORD_VERSION, record, text_of};
use crate::llm::{ChatReply, TokenLogprob, TokenLogprobs};

/// So many replies are kept at most …
pub const MOST_REPLIES: usize = 2_000;
/// … in so many bytes of text.
pub const MOST_REPLY_BYTES: u64 = 8 * 1024 * 1024;
/// A single reply that takes more than this is not kept: it would drive out too many others.
const MOST_BYTES_EACH: u64 = MOST_REPLY_BYTES / 16;

/// A reply as it is kept. There is no field for a key or an address.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    version: u32,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finish_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prompt_tokens: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    completion_tokens: Option<u64>,
    /// Token by token: what was written, then what might have been.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    logprobs: Vec<(Chance, Vec<Chance>)>,
}

/// A token and its log-probability.
type Chance = (String, f64);

/// A reply as a record.
pub fn kept_reply_text(reply: &ChatReply) -> String {
    let chance = |one: &TokenLogprob| (one.token.clone(), one.logprob);
    let token = |token: &TokenLogprobs| (chance(&token.chosen), token.top.iter().map(chance).collect());
    text_of(&Record {
        version: RECORD_VERSION,
        text: reply.text.clone(),
        refusal: reply.refusal.clone(),
        finish_reason: reply.finish_reason.clone(),
        prompt_tokens: reply.prompt_tokens,
        completion_tokens: reply.completion_tokens,
        logprobs: reply.logprobs.iter().map(token).collect(),
    })
}

/// From the record.
///
/// # Errors
/// It is none, or of a later version.
pub fn kept_reply(text: &str) -> Result<ChatReply, ArchiveError> {
    let Record { text, refusal, finish_reason, prompt_tokens, completion_tokens, logprobs, .. } =
        record::<Record>(text)?;
    let chance = |(token, logprob): Chance| TokenLogprob { token, logprob };
    let token = |(chosen, top): (Chance, Vec<Chance>)| TokenLogprobs {
        chosen: chance(chosen),
        top: top.into_iter().map(chance).collect(),
    };
    let logprobs = logprobs.into_iter().map(token).collect();
    Ok(ChatReply { text, refusal, finish_reason, prompt_tokens, completion_tokens, logprobs })
}

/// How long a reply has lain and how much room it takes: all that is needed to decide which ones go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplySize {
    /// When it was kept, in milliseconds since 1970.
    pub kept_millis: u64,
    /// Bytes of its record.
    pub bytes: u64,
}

impl ReplySize {
    /// Of a record that is kept now; `None` if it is too long to be kept.
    pub fn of(record: &str, kept_millis: u64) -> Option<Self> {
        let bytes = record.len() as u64;
        (bytes <= MOST_BYTES_EACH).then_some(Self { kept_millis, bytes })
    }

    /// As a text.
    pub fn to_text(self) -> String {
        format!("{} {}", self.kept_millis, self.bytes)
    }

    /// From the text. One that cannot be read is as old as can be, so that it goes first.
    pub fn from_text(text: &str) -> Self {
        let numbers =
            text.split_once(' ').and_then(|(kept, bytes)| Some((kept.parse().ok()?, bytes.parse().ok()?)));
        let (kept_millis, bytes) = numbers.unwrap_or((0, MOST_BYTES_EACH));
        Self { kept_millis, bytes }
    }
}

/// How many replies are kept, and how much room they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Replies.
    pub replies: usize,
    /// Bytes of their records.
    pub bytes: u64,
}

impl Holdings {
    /// What these come to.
    pub fn of(sizes: impl IntoIterator<Item = ReplySize>) -> Self {
        sizes.into_iter().fold(Self::default(), |sum, size| Self {
            replies: sum.replies + 1,
            bytes: sum.bytes.saturating_add(size.bytes),
        })
    }

    fn fit(self, most: Self) -> bool {
        self.replies <= most.replies && self.bytes <= most.bytes
    }
}

/// The most that is kept.
pub const MOST: Holdings = Holdings { replies: MOST_REPLIES, bytes: MOST_REPLY_BYTES };

/// Which keys go so that the rest fits into `most`: the oldest first, and no more than must.
pub fn surplus<K: Clone + Ord>(mut rows: Vec<(K, ReplySize)>, most: Holdings) -> Vec<K> {
    rows.sort_by(|(one, a), (other, b)| (a.kept_millis, one).cmp(&(b.kept_millis, other)));
    let mut left = Holdings::of(rows.iter().map(|(_, size)| *size));
    let mut gone = Vec::new();
    for (key, size) in rows {
        if left.fit(most) {
            break;
        }
        left = Holdings { replies: left.replies - 1, bytes: left.bytes - size.bytes };
        gone.push(key);
    }
    gone
}

/// Replies in memory, within the same bounds.
#[derive(Clone, Debug, Default)]
pub struct RepliesInMemory(BTreeMap<String, (String, ReplySize)>);

impl RepliesInMemory {
    /// The record under a key.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|(record, _)| record.as_str())
    }

    /// Keeps a record; the oldest go where there is no room.
    pub fn keep(&mut self, key: &str, record: &str, size: ReplySize) {
        self.0.insert(key.to_owned(), (record.to_owned(), size));
        if !self.holdings().fit(MOST) {
            let rows = self.0.iter().map(|(key, (_, size))| (key.clone(), *size)).collect();
            for key in surplus(rows, MOST) {
                self.0.remove(&key);
            }
        }
    }

    /// Forgets one, which is kept elsewhere now.
    pub fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// What there is.
    pub fn holdings(&self) -> Holdings {
        Holdings::of(self.0.values().map(|(_, size)| *size))
    }

    /// Forgets every reply.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reply_comes_back_to_the_bit() {
        let chance = |token: &str, logprob| TokenLogprob { token: token.into(), logprob };
        let whole = ChatReply {
            text: "{\"beliefs\": [0.7, 0.3]} “ß”\n".into(),
            refusal: Some("No".into()),
            finish_reason: Some("stop".into()),
            prompt_tokens: Some(90),
            completion_tokens: Some(0),
            logprobs: vec![TokenLogprobs {
                chosen: chance("Yes", -0.1 - 0.2),
                top: vec![chance(" yes", f64::MIN_POSITIVE.sqrt() - 1.0 / 3.0), chance("No", -25.0)],
            }],
        };
        for reply in [whole, ChatReply::default()] {
            assert_eq!(kept_reply(&kept_reply_text(&reply)), Ok(reply));
        }
        assert_eq!(kept_reply("{\"version\":9,\"text\":\"\"}"), Err(ArchiveError::Newer(9)));
        assert!(kept_reply("nothing").is_err());
    }

    #[test]
    fn sizes_as_texts() {
        let size = ReplySize { kept_millis: 1_800_000_000_000, bytes: 512 };
        assert_eq!(ReplySize::from_text(&size.to_text()), size);
        assert_eq!(ReplySize::from_text("damaged").kept_millis, 0);
        assert_eq!(ReplySize::of(&"x".repeat(MOST_BYTES_EACH as usize + 1), 1), None);
    }

    #[test]
    fn the_oldest_go_first() {
        let row = |key, kept_millis, bytes| (key, ReplySize { kept_millis, bytes });
        let rows = vec![row('c', 3, 10), row('a', 1, 30), row('b', 2, 20), row('d', 3, 5)];
        let check = |replies, bytes, expected: &[char]| {
            assert_eq!(surplus(rows.clone(), Holdings { replies, bytes }), expected);
        };
        check(4, 65, &[]);
        check(3, 65, &['a']);
        check(4, 64, &['a']);
        check(4, 34, &['a', 'b']);
        check(1, 65, &['a', 'b', 'c']);
        check(9, 0, &['a', 'b', 'c', 'd']);
    }

    proptest! {
        #[test]
        fn what_stays_fits_and_is_newer_than_what_goes(
            sizes in prop::collection::vec((0_u64..50, 1_u64..1_000), 0..40),
            replies in 0_usize..40,
            bytes in 0_u64..20_000,
        ) {
            let most = Holdings { replies, bytes };
            let rows: Vec<(usize, ReplySize)> =
                sizes.iter().map(|&(kept_millis, bytes)| ReplySize { kept_millis, bytes }).enumerate().collect();
            let gone = surplus(rows.clone(), most);
            let (out, stays): (Vec<_>, Vec<_>) = rows.iter().partition(|(key, _)| gone.contains(key));
            prop_assert!(Holdings::of(stays.iter().map(|(_, size)| *size)).fit(most));
            let newest_gone = out.iter().map(|(_, size)| size.kept_millis).max().unwrap_or(0);
            prop_assert!(stays.iter().all(|(_, size)| size.kept_millis >= newest_gone));
            // Without the last to go it would not have fitted.
            if let Some(last) = gone.last() {
                let one_more = stays.iter().map(|(_, size)| *size).chain([rows[*last].1]);
                prop_assert!(!Holdings::of(one_more).fit(most));
            }
        }
    }

    #[test]
    fn memory_has_the_same_bounds() {
        let mut memory = RepliesInMemory::default();
        for place in 0..MOST_REPLIES + 3 {
            memory.keep(&format!("{place:05}"), "x", ReplySize { kept_millis: place as u64, bytes: 1 });
        }
        assert_eq!(memory.holdings(), Holdings { replies: MOST_REPLIES, bytes: MOST_REPLIES as u64 });
        assert_eq!((memory.find("00002"), memory.find("00003")), (None, Some("x")));
        memory.clear();
        assert_eq!(memory.holdings(), Holdings::default());
    }
}
