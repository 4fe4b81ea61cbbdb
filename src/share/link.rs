//! Run ↔ link: `1.<base64url>` of a length, a label (engine, head, origin) and the packed wire form. A link is written by anybody, so
//! reading it never panics, never reserves more than a run may hold, and takes nothing on trust: the recorded
//! answers are played through the engine, and the head that comes out must be the one the link names.

use base64ct::{Base64UrlUnpadded, Encoding as _};

use super::pack::{Packing, UnpackError, Unpacking};
use super::reduce::reduce;
use super::wire::{WireError, WireExtras, WireInputs, WireLabel, WireRun, WireSetUp};
use crate::audit::Digest;
use crate::evaluate::listing::ListedPrice;
use crate::run::{Document, ENGINE, Playing, RecordedInputs, Recording, Run, RunError, Texts};

/// The version of links that this program writes and reads.
pub const LINK_VERSION: u32 = 1;
/// The longest link text that is read at all; browsers give up far earlier.
pub const MAX_LINK_CHARS: usize = 2_000_000;
/// The most that a link may unpack to, with a run or with results of an evaluation.
pub const MAX_UNPACKED_BYTES: usize = 8 << 20;
/// The number of [`ENGINE`] on the wire.
const ENGINE_NUMBER: u32 = 1;

/// Why a link cannot be read or made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    /// It does not look like one.
    #[error("this is not a link of Credence")]
    NotALink,
    /// A later version of this program made it.
    #[error("this link was made by a newer Credence (version {0} of links; this one reads {LINK_VERSION})")]
    NewerVersion(u32),
    /// Its version is known, but it holds something that only a later program knows.
    #[error("this link was made by a newer Credence: it holds something that this one does not know")]
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
    #[error("it does not fit a link: {0}")]
    DoesNotFit(String),
}

/// What a link holds.
#[derive(Clone, Debug)]
pub struct LinkedRun {
    /// The run: what comes of playing its recorded answers.
    pub run: Run,
    /// What a market elsewhere said of the same question, as the link's maker has it: no part of the chain.
    pub listed: Option<ListedPrice>,
}

impl From<Run> for LinkedRun {
    fn from(run: Run) -> Self {
        Self { run, listed: None }
    }
}

impl LinkedRun {
    /// A run, and the price if it is one of the run's question.
    pub fn new(run: Run, listed: Option<ListedPrice>) -> Self {
        let listed = listed.filter(|listed| listed.fits(&run.spec().outcomes));
        Self { run, listed }
    }

    /// What a file holds.
    ///
    /// # Errors
    /// A file that cannot be read as a run.
    pub fn of(document: &Document) -> Result<Self, RunError> {
        let listed = document.listed_price.clone().and_then(ListedPrice::from_value);
        Ok(Self::new(document.readable()?, listed))
    }

    /// A copy that holds no more than `texts`; the price stays.
    ///
    /// # Errors
    /// None for a run that this engine made.
    pub fn reduced(&self, texts: Texts) -> Result<Self, RunError> {
        Ok(Self { run: reduce(&self.run, texts)?, listed: self.listed.clone() })
    }

    /// It as a file.
    ///
    /// # Errors
    /// None for a run that this engine made.
    pub fn document(&self) -> Result<Document, RunError> {
        let listed_price = self.listed.as_ref().and_then(ListedPrice::to_value);
        Ok(Document { listed_price, ..self.run.document()? })
    }
}

/// A link in the making, a little at a time, so that a page stays alive meanwhile.
pub struct Encoding {
    linked: LinkedRun,
    stage: EncodingStage,
}

enum EncodingStage {
    Recording(Box<Recording>),
    Packing(Packing),
}

impl Encoding {
    /// Starts on a finished run.
    ///
    /// # Errors
    /// Runs that are not over.
    pub fn new(linked: LinkedRun) -> Result<Self, LinkError> {
        if !linked.run.state().is_closed() {
            return Err(LinkError::Unfinished);
        }
        let recording = Recording::new(&linked.run).map_err(LinkError::Refused)?;
        Ok(Self { linked, stage: EncodingStage::Recording(Box::new(recording)) })
    }

    /// Does a little; the link text, from the version on, once it is complete.
    ///
    /// # Errors
    /// Runs that are larger than any link may be.
    pub fn work(&mut self) -> Result<Option<String>, LinkError> {
        match &mut self.stage {
            EncodingStage::Recording(recording) => {
                if let Some(recorded) = recording.work() {
                    self.stage = EncodingStage::Packing(Packing::new(self.body(recorded)?));
                }
                Ok(None)
            }
            EncodingStage::Packing(packing) => match packing.work() {
                Some(packed) => self.text(packed).map(Some),
                None => Ok(None),
            },
        }
    }

    /// What is packed.
    fn body(&self, recorded: RecordedInputs) -> Result<Vec<u8>, LinkError> {
        let does_not_fit = |error: WireError| LinkError::DoesNotFit(error.to_string());
        let spec = self.linked.run.spec();
        let extras = WireExtras::of(spec, &recorded)
            .and_then(|extras| extras.with_listed(spec, self.linked.listed.as_ref()))
            .and_then(|extras| extras.to_bytes());
        let extras = extras.map_err(does_not_fit)?;
        let body = WireRun {
            set_up: WireSetUp::from_spec(spec).map_err(does_not_fit)?,
            inputs: WireInputs::from_recorded(spec, recorded).map_err(does_not_fit)?,
        };
        let body = [postcard::to_allocvec(&body).map_err(unwritten)?, extras].concat();
        if body.len() > MAX_UNPACKED_BYTES { Err(LinkError::TooLarge) } else { Ok(body) }
    }

    fn text(&self, packed: Vec<u8>) -> Result<String, LinkError> {
        let run = &self.linked.run;
        let label = WireLabel::new(ENGINE_NUMBER, &run.head().digest, run.spec());
        text_of([postcard::to_allocvec(&label).map_err(unwritten)?, packed].concat())
    }
}

/// The text of a link that holds these bytes.
pub(super) fn text_of(content: Vec<u8>) -> Result<String, LinkError> {
    let length = postcard::to_allocvec(&content.len()).map_err(unwritten)?;
    let text = format!("{LINK_VERSION}.{}", Base64UrlUnpadded::encode_string(&[length, content].concat()));
    if text.len() > MAX_LINK_CHARS { Err(LinkError::TooLong(text.len())) } else { Ok(text) }
}

pub(super) fn unwritten(error: postcard::Error) -> LinkError {
    LinkError::DoesNotFit(error.to_string())
}

/// The link text of a finished run, from the version on, in one go.
///
/// # Errors
/// Runs that are not over, or larger than any link may be.
pub fn encode(run: &Run) -> Result<String, LinkError> {
    encode_linked(run.clone().into())
}

/// The same for a run with what stands beside it.
///
/// # Errors
/// As [`encode`].
pub fn encode_linked(linked: LinkedRun) -> Result<String, LinkError> {
    let mut encoding = Encoding::new(linked)?;
    loop {
        if let Some(text) = encoding.work()? {
            return Ok(text);
        }
    }
}

/// A link being read, a little at a time.
pub struct Decoding {
    stage: DecodingStage,
}

enum DecodingStage {
    Unpacking(WireLabel, Unpacking),
    Playing(Digest, Box<Playing>, Option<ListedPrice>),
    Done,
}

impl Decoding {
    /// Starts on a link text; white space around it and punctuation that a message put behind it are let go.
    ///
    /// # Errors
    /// Whatever is wrong with its outer form, by name.
    pub fn new(text: &str) -> Result<Self, LinkError> {
        let content = content_of(text)?;
        match postcard::take_from_bytes::<u32>(&content) {
            Ok((ENGINE_NUMBER, _)) => {}
            Ok((made_by, _)) => return Err(LinkError::OtherEngine { made_by }),
            Err(_) => return Err(LinkError::Damaged("it is empty".into())),
        }
        let (label, packed) = postcard::take_from_bytes::<WireLabel>(&content).map_err(damaged)?;
        Ok(Self { stage: DecodingStage::Unpacking(label, Unpacking::new(packed, MAX_UNPACKED_BYTES)) })
    }

    /// Does a little; what it holds once that is whole and the run has been checked.
    ///
    /// # Errors
    /// Whatever is wrong with the link, by name. Never panics.
    pub fn work(&mut self) -> Result<Option<LinkedRun>, LinkError> {
        match std::mem::replace(&mut self.stage, DecodingStage::Done) {
            DecodingStage::Unpacking(label, mut unpacking) => {
                self.stage = match unpacking.work() {
                    None => DecodingStage::Unpacking(label, unpacking),
                    Some(bytes) => {
                        let claimed = label.head();
                        let (playing, listed) = begin(label, &unpacked(bytes)?)?;
                        DecodingStage::Playing(claimed, Box::new(playing), listed)
                    }
                };
                Ok(None)
            }
            DecodingStage::Playing(claimed, mut playing, listed) => {
                if playing.work().map_err(LinkError::Refused)? {
                    self.stage = DecodingStage::Playing(claimed, playing, listed);
                    return Ok(None);
                }
                let run = finished(claimed, (*playing).into_run())?;
                Ok(Some(LinkedRun { run, listed }))
            }
            DecodingStage::Done => Err(LinkError::NotALink),
        }
    }
}

/// The run of a link text in one go.
///
/// # Errors
/// Whatever is wrong with the link, by name. Never panics.
pub fn decode(text: &str) -> Result<Run, LinkError> {
    decode_linked(text).map(|linked| linked.run)
}

/// The same with what stands beside the run.
///
/// # Errors
/// As [`decode`].
pub fn decode_linked(text: &str) -> Result<LinkedRun, LinkError> {
    let mut decoding = Decoding::new(text)?;
    loop {
        if let Some(linked) = decoding.work()? {
            return Ok(linked);
        }
    }
}

fn damaged(error: postcard::Error) -> LinkError {
    LinkError::Damaged(error.to_string())
}

/// A wire form that gives no run.
fn unreadable(error: WireError) -> LinkError {
    match error {
        WireError::Newer => LinkError::MadeByNewer,
        error => LinkError::Damaged(error.to_string()),
    }
}

pub(super) fn unpacked(bytes: Result<Vec<u8>, UnpackError>) -> Result<Vec<u8>, LinkError> {
    bytes.map_err(|error| match error {
        UnpackError::TooLarge => LinkError::TooLarge,
        UnpackError::Damaged => LinkError::Damaged("it cannot be unpacked".into()),
    })
}

/// The bytes in the text of a link, as far as its outer form tells.
pub(super) fn content_of(text: &str) -> Result<Vec<u8>, LinkError> {
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
    content_bytes(body)
}

/// The bytes of the base64 text, whose length they begin with: so a link that lost its end says so.
fn content_bytes(body: &str) -> Result<Vec<u8>, LinkError> {
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if let Some(place) = body.bytes().position(|byte| !in_alphabet(byte)) {
        return Err(LinkError::Damaged(format!("character {} does not belong in a link", place + 3)));
    }
    let damaged = || LinkError::Damaged("its characters do not add up".into());
    let whole = &body[..body.len() / 4 * 4];
    let start = Base64UrlUnpadded::decode_vec(&whole[..whole.len().min(16)]).map_err(|_| damaged())?;
    let found = body.len();
    let Ok((length, after)) = postcard::take_from_bytes::<u64>(&start) else {
        return Err(if found < 16 { LinkError::Truncated { found, expected: 16 } } else { damaged() });
    };
    let header = start.len() - after.len();
    let length =
        usize::try_from(length).ok().filter(|&length| length <= MAX_LINK_CHARS).ok_or_else(damaged)?;
    let expected = ((header + length) * 4).div_ceil(3);
    if found < expected {
        return Err(LinkError::Truncated { found, expected });
    }
    let mut bytes = Base64UrlUnpadded::decode_vec(body).map_err(|_| damaged())?;
    if bytes.len() != header + length {
        return Err(damaged());
    }
    Ok(bytes.split_off(header))
}

/// Reads the wire form and begins the run that it holds.
fn begin(label: WireLabel, bytes: &[u8]) -> Result<(Playing, Option<ListedPrice>), LinkError> {
    let (body, extras) = postcard::take_from_bytes::<WireRun>(bytes).map_err(damaged)?;
    let extras = WireExtras::from_bytes(extras).map_err(unreadable)?;
    let mut spec = body.set_up.into_spec(label.into_origin()).map_err(unreadable)?;
    extras.apply_to_spec(&mut spec).map_err(unreadable)?;
    // Before the inputs: they are read along the panel.
    spec.validate().map_err(|error| LinkError::Refused(error.into()))?;
    let listed = extras.listed(&spec).map_err(unreadable)?;
    let mut recorded = body.inputs.into_recorded(&spec, extras.speakers()).map_err(unreadable)?;
    extras.apply_to_inputs(&mut recorded).map_err(unreadable)?;
    let playing = Playing::new(spec, recorded).map_err(LinkError::Refused)?;
    Ok((playing, listed))
}

/// The run that was played, if it is the one that the link names.
fn finished(claimed: Digest, run: Run) -> Result<Run, LinkError> {
    let computed = run.head().digest;
    if claimed != computed {
        return Err(LinkError::OtherHead { claimed, computed });
    }
    if run.state().is_closed() { Ok(run) } else { Err(LinkError::Unfinished) }
}
