//! Runs and evaluations in the formats of other tools: OpenTelemetry spans and Inspect's log. Pure, and wire types only:
//! what a log does not say (the server, the time of a kept reply) is left out here, never made up.

mod inspect;
mod recorded;
mod spans;
mod time;
mod transcript;

pub use inspect::{About, Sample, closing, opening, sample};
pub use recorded::{Call, Recorded, Span};
pub use spans::{Trace, spans, spans_closing, spans_opening};
pub use time::{file_time, iso};
