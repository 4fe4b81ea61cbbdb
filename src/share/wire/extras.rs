//! What came to the set-up after links had their form: behind the run, written only where it is used, so that every
//! older link still opens and a run without such additions keeps its link.
//!
//! To add a field to [`RunSpec`]: append a variant to [`WireExtra`] (never reorder: its place is its number on the wire),
//! raise [`KNOWN`], write it in [`WireExtras::of`] if it differs from its default, and set it in [`WireExtras::apply`].
//! In `set_up` the field is named on the way in, with the remark that an extra holds it, and has its default on the
//! way out. Text and lists are bounded as everywhere on the wire.

use serde::{Deserialize, Serialize};

use super::WireError;
use crate::run::RunSpec;

/// How many variants [`WireExtra`] has: a higher number was written by a later version.
const KNOWN: u32 = 1;
/// More extras than a run can have: a link that holds more is damaged.
const MAX_EXTRAS: usize = 4_096;

/// One addition. Append only.
#[derive(Debug, Serialize, Deserialize)]
enum WireExtra {
    /// [`crate::run::StopRules::max_seconds`].
    MaxSeconds(u32),
}

/// All additions of one run, in the order of their numbers.
#[derive(Debug, Default)]
pub(in crate::share) struct WireExtras(Vec<WireExtra>);

impl WireExtras {
    /// What a set-up has beyond the first form of links.
    pub(in crate::share) fn of(spec: &RunSpec) -> Self {
        let mut extras = Vec::new();
        extras.extend(spec.stop.max_seconds.map(WireExtra::MaxSeconds));
        Self(extras)
    }

    /// Puts the additions into a set-up that was read without them; its limits are still to be checked.
    pub(in crate::share) fn apply(self, spec: &mut RunSpec) {
        for extra in self.0 {
            match extra {
                WireExtra::MaxSeconds(seconds) => spec.stop.max_seconds = Some(seconds),
            }
        }
    }

    /// One after the other, each with its number first; nothing at all where there is none.
    pub(in crate::share) fn to_bytes(&self) -> Result<Vec<u8>, WireError> {
        let mut bytes = Vec::new();
        for extra in &self.0 {
            bytes.extend(postcard::to_allocvec(extra).map_err(|_| WireError::TooMany("additions"))?);
        }
        Ok(bytes)
    }

    /// Reads until the bytes are over.
    pub(in crate::share) fn from_bytes(mut bytes: &[u8]) -> Result<Self, WireError> {
        let mut extras = Vec::new();
        while !bytes.is_empty() {
            let damaged = |_: postcard::Error| WireError::Number("what follows the run");
            let (number, _) = postcard::take_from_bytes::<u32>(bytes).map_err(damaged)?;
            if number >= KNOWN {
                return Err(WireError::Newer);
            }
            let (extra, rest) = postcard::take_from_bytes(bytes).map_err(damaged)?;
            extras.push(extra);
            bytes = rest;
            if extras.len() > MAX_EXTRAS {
                return Err(WireError::TooMany("additions"));
            }
        }
        Ok(Self(extras))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_number_reads_and_the_next_is_newer() {
        let all = WireExtras(vec![WireExtra::MaxSeconds(60)]);
        let bytes = all.to_bytes().unwrap();
        assert_eq!(WireExtras::from_bytes(&bytes).unwrap().to_bytes().unwrap(), bytes);
        assert_eq!(all.0.len(), KNOWN as usize, "one of each variant belongs in this test");
        assert_eq!(WireExtras::from_bytes(&[KNOWN as u8]).unwrap_err(), WireError::Newer);
        assert!(matches!(WireExtras::from_bytes(&[0]).unwrap_err(), WireError::Number(_)));
        assert!(WireExtras::default().to_bytes().unwrap().is_empty());
    }
}
