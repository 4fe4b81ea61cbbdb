//! Results of an evaluation ↔ link: the outer form of every link, in it a check sum and the packed wire form. A link is
//! written by anybody, so reading it never panics and never reserves more than results may hold. The check sum finds
//! what was changed on the way; it proves nothing against whoever made the link.

use super::link::{LinkError, MAX_UNPACKED_BYTES, content_of, text_of, unpacked, unwritten};
use super::pack::{Packing, Unpacking};
use super::wire::{Gathering, Scattering, WireError, WireFound, WireHandout, WireLean};
use crate::audit::Digest;
use crate::evaluate::{Effort, Found, Handout};

/// Bytes of the check sum.
const SUM: usize = 8;

fn sum(bytes: &[u8]) -> [u8; SUM] {
    let mut sum = [0; SUM];
    sum.copy_from_slice(&Digest::of(bytes).bytes()[..SUM]);
    sum
}

fn does_not_fit(error: WireError) -> LinkError {
    LinkError::DoesNotFit(error.to_string())
}

fn damaged(error: WireError) -> LinkError {
    match error {
        WireError::Newer => LinkError::MadeByNewer,
        error => LinkError::Damaged(error.to_string()),
    }
}

/// A link in the making, a little at a time.
pub struct ResultsEncoding {
    handout: Handout,
    stage: EncodingStage,
}

enum EncodingStage {
    Gathering(Box<Gathering>),
    Ready(Box<WireFound>),
    Packing([u8; SUM], Packing),
    Done,
}

impl ResultsEncoding {
    /// Starts on results; figures need their intervals.
    ///
    /// # Errors
    /// Figures that a link cannot hold.
    pub fn new(handout: Handout) -> Result<Self, LinkError> {
        let stage = match &handout.found {
            Found::Answers(records) => EncodingStage::Gathering(Box::new(Gathering::new(records.clone()))),
            Found::Figures(report) => {
                EncodingStage::Ready(Box::new(WireFound::of_report(report).map_err(does_not_fit)?))
            }
        };
        Ok(Self { handout, stage })
    }

    /// Does a little; the link text, from the version on, once it is complete.
    ///
    /// # Errors
    /// Results that are larger than any link may be.
    pub fn work(&mut self) -> Result<Option<String>, LinkError> {
        match std::mem::replace(&mut self.stage, EncodingStage::Done) {
            EncodingStage::Gathering(mut gathering) => {
                self.stage = if gathering.work() {
                    EncodingStage::Gathering(gathering)
                } else {
                    self.packing(WireFound::Answers(gathering.finish().map_err(does_not_fit)?))?
                };
            }
            EncodingStage::Ready(found) => self.stage = self.packing(*found)?,
            EncodingStage::Packing(sum, mut packing) => match packing.work() {
                Some(packed) => return text_of([&sum, packed.as_slice()].concat()).map(Some),
                None => self.stage = EncodingStage::Packing(sum, packing),
            },
            EncodingStage::Done => return Err(LinkError::NotALink),
        }
        Ok(None)
    }

    fn packing(&self, found: WireFound) -> Result<EncodingStage, LinkError> {
        let wire = WireHandout::of(&self.handout, found).map_err(does_not_fit)?;
        let body = postcard::to_allocvec(&wire).map_err(unwritten)?;
        if body.len() > MAX_UNPACKED_BYTES {
            return Err(LinkError::TooLarge);
        }
        Ok(EncodingStage::Packing(sum(&body), Packing::new(body)))
    }
}

/// A link being read, a little at a time.
pub struct ResultsDecoding {
    stage: DecodingStage,
}

enum DecodingStage {
    Unpacking([u8; SUM], Unpacking),
    Scattering(Box<Handout>, Box<Scattering>),
    Done,
}

impl ResultsDecoding {
    /// Starts on a link text; white space around it and punctuation that a message put behind it are let go.
    ///
    /// # Errors
    /// Whatever is wrong with its outer form, by name.
    pub fn new(text: &str) -> Result<Self, LinkError> {
        let content = content_of(text)?;
        let (sum, packed) =
            content.split_first_chunk::<SUM>().ok_or_else(|| LinkError::Damaged("it is empty".into()))?;
        Ok(Self { stage: DecodingStage::Unpacking(*sum, Unpacking::new(packed, MAX_UNPACKED_BYTES)) })
    }

    /// Does a little; the results once they are whole.
    ///
    /// # Errors
    /// Whatever is wrong with the link, by name. Never panics.
    pub fn work(&mut self) -> Result<Option<Handout>, LinkError> {
        match std::mem::replace(&mut self.stage, DecodingStage::Done) {
            DecodingStage::Unpacking(sum, mut unpacking) => match unpacking.work() {
                None => self.stage = DecodingStage::Unpacking(sum, unpacking),
                Some(bytes) => return self.begin(sum, &unpacked(bytes)?),
            },
            DecodingStage::Scattering(mut handout, mut scattering) => {
                if !scattering.work().map_err(damaged)? {
                    handout.found = Found::Answers(scattering.finish());
                    return Ok(Some(*handout));
                }
                self.stage = DecodingStage::Scattering(handout, scattering);
            }
            DecodingStage::Done => return Err(LinkError::NotALink),
        }
        Ok(None)
    }

    fn begin(&mut self, told: [u8; SUM], bytes: &[u8]) -> Result<Option<Handout>, LinkError> {
        if sum(bytes) != told {
            return Err(LinkError::Damaged("its check sum is another".into()));
        }
        // What came over unchanged and cannot be read was written by a later program.
        let (wire, rest) =
            postcard::take_from_bytes::<WireHandout>(bytes).map_err(|_| LinkError::MadeByNewer)?;
        if !rest.is_empty() {
            return Err(LinkError::MadeByNewer);
        }
        let (mut handout, found) = wire.into_parts().map_err(damaged)?;
        let (figures, leans) = match found {
            WireFound::Answers(answers) => {
                let scattering = Scattering::new(answers).map_err(damaged)?;
                self.stage = DecodingStage::Scattering(Box::new(handout), Box::new(scattering));
                return Ok(None);
            }
            WireFound::Figures(figures) => (figures, Vec::new()),
            WireFound::Leaning(figures, leans) => (figures, leans.into_vec()),
        };
        let effort = |method| handout.efforts.get(&method).copied().unwrap_or_else(Effort::default);
        let mut report = figures.into_report(effort).map_err(damaged)?;
        report.leans =
            leans.into_iter().map(WireLean::into_lean).collect::<Result<_, _>>().map_err(damaged)?;
        handout.found = Found::Figures(report.into());
        Ok(Some(handout))
    }
}

/// The link text of results, from the version on, in one go.
///
/// # Errors
/// Results that are larger than any link may be.
pub fn encode_results(handout: Handout) -> Result<String, LinkError> {
    let mut encoding = ResultsEncoding::new(handout)?;
    loop {
        if let Some(text) = encoding.work()? {
            return Ok(text);
        }
    }
}

/// The results of a link text in one go.
///
/// # Errors
/// Whatever is wrong with the link, by name. Never panics.
pub fn decode_results(text: &str) -> Result<Handout, LinkError> {
    let mut decoding = ResultsDecoding::new(text)?;
    loop {
        if let Some(handout) = decoding.work()? {
            return Ok(handout);
        }
    }
}

/// What is packed, in one go, for tests.
#[cfg(test)]
pub(super) fn body(handout: Handout) -> Result<Vec<u8>, LinkError> {
    let found = match &handout.found {
        Found::Answers(records) => {
            let mut gathering = Gathering::new(records.clone());
            while gathering.work() {}
            WireFound::Answers(gathering.finish().map_err(does_not_fit)?)
        }
        Found::Figures(report) => WireFound::of_report(report).map_err(does_not_fit)?,
    };
    let wire = WireHandout::of(&handout, found).map_err(does_not_fit)?;
    postcard::to_allocvec(&wire).map_err(unwritten)
}

/// What is read from unpacked bytes, in one go, for tests.
#[cfg(test)]
pub(super) fn begun(bytes: &[u8]) -> Result<Handout, LinkError> {
    let mut decoding = ResultsDecoding { stage: DecodingStage::Done };
    let mut handout = decoding.begin(sum(bytes), bytes)?;
    while handout.is_none() {
        handout = decoding.work()?;
    }
    handout.ok_or(LinkError::NotALink)
}
