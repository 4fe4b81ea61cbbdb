//! Run ↔ link: `1.<base64url>` of a length, a label (engine, head, origin) and the packed wire form. A link is written by anybody, so
//! reading it never panics, never reserves more than a run may hold, and takes nothing on trust: the recorded
//! answers are played through the engine, and the head that comes out must be the one the link names.

use data_encoding::BASE64URL_NOPAD;

use super::pack::{UnpackError, pack, unpack};
use super::wire::{WireError, WireExtras, WireInputs, WireLabel, WireRun, WireSetUp};
use crate::audit::Digest;
use crate::run::{ENGINE, Run, RunError, play, recorded_inputs};

/// The version of links that this program writes and reads.
pub const LINK_VERSION: u32 = 1;
/// The longest link text that is read at all; browsers give up far earlier.
pub const MAX_LINK_CHARS: usize = 2_000_000;
/// The most that a link may unpack to.
pub const MAX_UNPACKED_BYTES: usize = 8 << 20;
/// The number of [`ENGINE`] on the wire.
const ENGINE_NUMBER: u32 = 1;

/// Why a link cannot be read or made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// It does not look like one.
    #[error("this is not a link to a run")]
    NotALink,
    /// A later version of this program made it.
    #[error("this link was made by a newer Credence (version {0} of links; this one reads {LINK_VERSION})")]
    NewerVersion(u32),
    /// Its version is known, but it holds something that only a later program knows.
    #[error("this link was made by a newer Credence: it holds a kind of run that this one does not know")]
    MadeByNewer,
    /// The text is longer than any browser carries.
    #[error("this link is too long to be one: {0} characters")]
    TooLong(usize),
    /// The end is missing.
    #[error("this link is cut off: it has {found} of {expected} characters")]
    Truncated {
        /// Characters after the version that came.
        found: usize,
        /// Characters that were sent.
        expected: usize,
    },
    /// It unpacks to more than a run may take.
    #[error("what this link holds is too large: more than {} MiB", MAX_UNPACKED_BYTES >> 20)]
    TooLarge,
    /// Characters were changed on the way.
    #[error("this link is damaged: {0}")]
    Damaged(String),
    /// Another version of the mechanism made it.
    #[error(
        "this link was made by engine {made_by}, and this Credence runs {ENGINE}: the same answers would give other results"
    )]
    OtherEngine {
        /// The engine's number.
        made_by: u32,
    },
    /// Its set-up or its answers are refused.
    #[error("this link holds a run that cannot be: {0}")]
    Refused(RunError),
    /// Playing it gives another run than it names.
    #[error(
        "this link does not hold the run it names: its head is {claimed}, and playing it gives {computed}"
    )]
    OtherHead {
        /// The head in the link.
        claimed: Digest,
        /// The head that was computed.
        computed: Digest,
    },
    /// The run is not over.
    #[error("the run is not over: only finished runs can be shared")]
    Unfinished,
    /// It does not fit a link.
    #[error("the run does not fit a link: {0}")]
    DoesNotFit(String),
}

/// The link text of a finished run, from the version on.
///
/// # Errors
/// Runs that are not over, or larger than any link may be.
pub fn encode(run: &Run) -> Result<String, LinkError> {
    if !run.state().is_closed() {
        return Err(LinkError::Unfinished);
    }
    let does_not_fit = |error: WireError| LinkError::DoesNotFit(error.to_string());
    let unwritten = |error: postcard::Error| LinkError::DoesNotFit(error.to_string());
    let label = WireLabel::new(ENGINE_NUMBER, &run.head().digest, run.spec());
    let body = WireRun {
        set_up: WireSetUp::from_spec(run.spec()).map_err(does_not_fit)?,
        inputs: WireInputs::from_recorded(run.spec(), recorded_inputs(run)).map_err(does_not_fit)?,
    };
    let extras = WireExtras::of(run.spec()).to_bytes().map_err(does_not_fit)?;
    let body = [postcard::to_allocvec(&body).map_err(unwritten)?, extras].concat();
    if body.len() > MAX_UNPACKED_BYTES {
        return Err(LinkError::TooLarge);
    }
    let content = [postcard::to_allocvec(&label).map_err(unwritten)?, pack(&body)].concat();
    let length = postcard::to_allocvec(&content.len()).map_err(unwritten)?;
    let text = format!("{LINK_VERSION}.{}", BASE64URL_NOPAD.encode(&[length, content].concat()));
    if text.len() > MAX_LINK_CHARS { Err(LinkError::TooLong(text.len())) } else { Ok(text) }
}

/// The run of a link text; white space around it and punctuation that a message put behind it are let go.
///
/// # Errors
/// Whatever is wrong with the link, by name. Never panics.
pub fn decode(text: &str) -> Result<Run, LinkError> {
    let text = text.trim().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'']);
    if text.len() > MAX_LINK_CHARS {
        return Err(LinkError::TooLong(text.len()));
    }
    let (version, body) = text.split_once('.').ok_or(LinkError::NotALink)?;
    match version.parse::<u32>().ok().filter(|number| number.to_string() == version) {
        Some(LINK_VERSION) => {}
        Some(newer) if newer > LINK_VERSION => return Err(LinkError::NewerVersion(newer)),
        _ => return Err(LinkError::NotALink),
    }
    let content = content_bytes(body)?;
    match postcard::take_from_bytes::<u32>(&content) {
        Ok((ENGINE_NUMBER, _)) => {}
        Ok((made_by, _)) => return Err(LinkError::OtherEngine { made_by }),
        Err(_) => return Err(LinkError::Damaged("it is empty".into())),
    }
    let damaged = |error: postcard::Error| LinkError::Damaged(error.to_string());
    let (label, packed) = postcard::take_from_bytes::<WireLabel>(&content).map_err(damaged)?;
    let bytes = unpack(packed, MAX_UNPACKED_BYTES).map_err(|error| match error {
        UnpackError::TooLarge => LinkError::TooLarge,
        UnpackError::Damaged => LinkError::Damaged("it cannot be unpacked".into()),
    })?;
    let (body, extras) = postcard::take_from_bytes::<WireRun>(&bytes).map_err(damaged)?;
    play_wire(label, body, WireExtras::from_bytes(extras).map_err(unreadable)?)
}

/// A wire form that gives no run.
fn unreadable(error: WireError) -> LinkError {
    match error {
        WireError::Newer => LinkError::MadeByNewer,
        error => LinkError::Damaged(error.to_string()),
    }
}

/// The bytes of the base64 text, whose length they begin with: so a link that lost its end says so.
fn content_bytes(body: &str) -> Result<Vec<u8>, LinkError> {
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if let Some(place) = body.bytes().position(|byte| !in_alphabet(byte)) {
        return Err(LinkError::Damaged(format!("character {} does not belong in a link", place + 3)));
    }
    let damaged = || LinkError::Damaged("its characters do not add up".into());
    let whole = &body.as_bytes()[..body.len() / 4 * 4];
    let start = BASE64URL_NOPAD.decode(&whole[..whole.len().min(16)]).map_err(|_| damaged())?;
    let found = body.len();
    let Ok((length, after)) = postcard::take_from_bytes::<u64>(&start) else {
        return Err(if found < 16 { LinkError::Truncated { found, expected: 16 } } else { damaged() });
    };
    let header = start.len() - after.len();
    let length =
        usize::try_from(length).ok().filter(|&length| length <= MAX_LINK_CHARS).ok_or_else(damaged)?;
    let expected = BASE64URL_NOPAD.encode_len(header + length);
    if found < expected {
        return Err(LinkError::Truncated { found, expected });
    }
    let mut bytes = BASE64URL_NOPAD.decode(body.as_bytes()).map_err(|_| damaged())?;
    if bytes.len() != header + length {
        return Err(damaged());
    }
    Ok(bytes.split_off(header))
}

fn play_wire(label: WireLabel, body: WireRun, extras: WireExtras) -> Result<Run, LinkError> {
    let claimed = label.head();
    let mut spec = body.set_up.into_spec(label.into_origin()).map_err(unreadable)?;
    extras.apply(&mut spec);
    // Before the inputs: they are read along the panel.
    spec.validate().map_err(|error| LinkError::Refused(error.into()))?;
    let recorded = body.inputs.into_recorded(&spec).map_err(unreadable)?;
    let run = play(spec, recorded).map_err(LinkError::Refused)?;
    let computed = run.head().digest;
    if claimed != computed {
        return Err(LinkError::OtherHead { claimed, computed });
    }
    if run.state().is_closed() { Ok(run) } else { Err(LinkError::Unfinished) }
}
