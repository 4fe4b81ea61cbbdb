//! Bytes made smaller for a link, three ways: predicted bit by bit and coded arithmetically (short ones, where it
//! halves what deflate leaves), deflated (long ones), or stored as they are. Unpacking gives up on anything that grows
//! past a limit. It does not know what the bytes mean.

use std::sync::OnceLock;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::predictor::{CERTAIN, Predictor};

/// What the predictor has seen before the first byte. Part of the link's version.
const PRIMER: &[u8] = include_bytes!("primer.txt");

/// How bytes were packed. Part of the link's version.
const STORED: u8 = 0;
const DEFLATED: u8 = 1;
const PREDICTED: u8 = 2;

/// Predicting takes about two microseconds a byte: beyond this it would be felt, and deflate is warm by then.
const MOST_PREDICTED: usize = 128 << 10;
/// Bytes that are predicted in one go: a millisecond or two on a page.
const BITE: usize = 512;

/// Why bytes cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnpackError {
    /// They grow past the limit.
    TooLarge,
    /// They are no packed bytes.
    Damaged,
}

/// Packs bytes a bite at a time: predicting takes a while.
pub(super) struct Packing {
    bytes: Vec<u8>,
    predicting: Option<Encoder>,
}

impl Packing {
    /// Starts at the first byte.
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        let short = bytes.len() <= MOST_PREDICTED;
        Self { predicting: short.then(|| Encoder::new(bytes.len())), bytes }
    }

    /// Packs a little; the packed form once it is whole: a byte that says how, and the rest.
    pub(super) fn work(&mut self) -> Option<Vec<u8>> {
        let (how, packed) = match &mut self.predicting {
            Some(encoder) => (PREDICTED, encoder.work(&self.bytes)?),
            None => (DEFLATED, compress_to_vec(&self.bytes, 9)),
        };
        let smaller = packed.len() < self.bytes.len();
        let (how, packed) = if smaller { (how, packed) } else { (STORED, std::mem::take(&mut self.bytes)) };
        Some([&[how], packed.as_slice()].concat())
    }
}

/// Unpacks bytes a bite at a time.
pub(super) enum Unpacking {
    /// They are there, or will never be.
    Done(Result<Vec<u8>, UnpackError>),
    /// Bit by bit.
    Predicting(Decoder),
}

impl Unpacking {
    /// Starts to unpack, unless it is more than `most` bytes.
    pub(super) fn new(packed: &[u8], most: usize) -> Self {
        Self::Done(match packed.split_first() {
            Some((&STORED, bytes)) if bytes.len() > most => Err(UnpackError::TooLarge),
            Some((&STORED, bytes)) => Ok(bytes.to_vec()),
            Some((&DEFLATED, bytes)) => inflate(bytes, most),
            Some((&PREDICTED, bytes)) => match Decoder::new(bytes, most) {
                Ok(decoder) => return Self::Predicting(decoder),
                Err(error) => Err(error),
            },
            _ => Err(UnpackError::Damaged),
        })
    }

    /// Unpacks a little; the bytes once they are whole.
    pub(super) fn work(&mut self) -> Option<Result<Vec<u8>, UnpackError>> {
        match self {
            Self::Done(done) => Some(std::mem::replace(done, Err(UnpackError::Damaged))),
            Self::Predicting(decoder) => decoder.work().transpose(),
        }
    }
}

fn inflate(packed: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
    decompress_to_vec_with_limit(packed, most).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => UnpackError::TooLarge,
        _ => UnpackError::Damaged,
    })
}

/// A predictor on its way through the primer. Priming takes longer than most links: it is done once.
struct Priming {
    model: Box<Predictor>,
    seen: usize,
}

static PRIMED: OnceLock<Box<Predictor>> = OnceLock::new();

impl Priming {
    fn new() -> Self {
        match PRIMED.get() {
            Some(model) => Self { model: model.clone(), seen: PRIMER.len() },
            None => Self { model: Box::new(Predictor::new()), seen: 0 },
        }
    }

    /// Reads a little of the primer; whether it has been read before.
    fn is_done(&mut self) -> bool {
        if self.seen == PRIMER.len() {
            return true;
        }
        let end = PRIMER.len().min(self.seen + BITE);
        self.model.read(&PRIMER[self.seen..end]);
        self.seen = end;
        if end == PRIMER.len() {
            PRIMED.get_or_init(|| self.model.clone());
        }
        false
    }
}

/// Writes the number of bytes, and an interval that their bits have narrowed, as a binary fraction.
struct Encoder {
    priming: Priming,
    at: usize,
    low: u32,
    high: u32,
    packed: Vec<u8>,
}

impl Encoder {
    fn new(length: usize) -> Self {
        let packed = postcard::to_allocvec(&length).unwrap_or_default();
        Self { priming: Priming::new(), at: 0, low: 0, high: u32::MAX, packed }
    }

    fn work(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        if !self.priming.is_done() {
            return None;
        }
        let end = bytes.len().min(self.at + BITE);
        for &byte in &bytes[self.at..end] {
            self.write(byte);
        }
        self.at = end;
        (end == bytes.len()).then(|| self.finish())
    }

    fn write(&mut self, byte: u8) {
        let model = &mut self.priming.model;
        for place in (0..8).rev() {
            let bit = byte >> place & 1 == 1;
            let middle = split(self.low, self.high, model.probability());
            if bit {
                self.high = middle;
            } else {
                self.low = middle + 1;
            }
            model.learn(bit);
            while self.low >> 24 == self.high >> 24 {
                self.packed.push((self.high >> 24) as u8);
                self.low <<= 8;
                self.high = self.high << 8 | 0xff;
            }
        }
    }

    fn finish(&mut self) -> Vec<u8> {
        let (low, high) = (self.low, self.high);
        // The reader takes what is missing for zeros: the shortest fraction in the interval will do.
        if low > 0 {
            let digits = (1..=4_u32).find(|digits| {
                let unit = 1_u64 << (32 - 8 * digits);
                u64::from(low).next_multiple_of(unit) <= u64::from(high)
            });
            let unit = 1_u64 << (32 - 8 * digits.unwrap_or(4));
            let fraction = u64::from(low).next_multiple_of(unit) as u32;
            self.packed.extend_from_slice(&fraction.to_be_bytes()[..digits.unwrap_or(4) as usize]);
        }
        std::mem::take(&mut self.packed)
    }
}

/// Reads what [`Encoder`] wrote.
pub(super) struct Decoder {
    priming: Priming,
    /// What is left to read, the next byte last.
    rest: Vec<u8>,
    /// Bytes that were read though they are not there. No more than the four of the interval may be missing, or a short
    /// text could claim to be a long one.
    missing: usize,
    low: u32,
    high: u32,
    fraction: u32,
    length: usize,
    bytes: Vec<u8>,
}

impl Decoder {
    fn new(packed: &[u8], most: usize) -> Result<Self, UnpackError> {
        let (length, packed) =
            postcard::take_from_bytes::<usize>(packed).map_err(|_| UnpackError::Damaged)?;
        if length > most.min(MOST_PREDICTED) {
            return Err(UnpackError::TooLarge);
        }
        let mut decoder = Self {
            priming: Priming::new(),
            rest: packed.iter().rev().copied().collect(),
            missing: 0,
            low: 0,
            high: u32::MAX,
            fraction: 0,
            length,
            bytes: Vec::with_capacity(length),
        };
        for _ in 0..4 {
            decoder.fraction = decoder.fraction << 8 | decoder.next()?;
        }
        Ok(decoder)
    }

    fn next(&mut self) -> Result<u32, UnpackError> {
        if let Some(byte) = self.rest.pop() {
            return Ok(u32::from(byte));
        }
        self.missing += 1;
        if self.missing > 4 { Err(UnpackError::Damaged) } else { Ok(0) }
    }

    fn work(&mut self) -> Result<Option<Vec<u8>>, UnpackError> {
        if !self.priming.is_done() {
            return Ok(None);
        }
        for _ in self.bytes.len()..self.length.min(self.bytes.len() + BITE) {
            let byte = self.read()?;
            self.bytes.push(byte);
        }
        if self.bytes.len() < self.length {
            return Ok(None);
        }
        if self.rest.is_empty() {
            Ok(Some(std::mem::take(&mut self.bytes)))
        } else {
            Err(UnpackError::Damaged)
        }
    }

    fn read(&mut self) -> Result<u8, UnpackError> {
        let mut byte = 0;
        for _ in 0..8 {
            let middle = split(self.low, self.high, self.priming.model.probability());
            let bit = self.fraction <= middle;
            if bit {
                self.high = middle;
            } else {
                self.low = middle + 1;
            }
            self.priming.model.learn(bit);
            byte = byte << 1 | u8::from(bit);
            while self.low >> 24 == self.high >> 24 {
                self.low <<= 8;
                self.high = self.high << 8 | 0xff;
                self.fraction = self.fraction << 8 | self.next()?;
            }
        }
        Ok(byte)
    }
}

/// Where a 1 ends and a 0 begins, in an interval at least 2²⁴ wide but for its last moments: both keep a part of it.
fn split(low: u32, high: u32, probability: u32) -> u32 {
    let width = u64::from(high - low);
    low + (width * u64::from(probability) / u64::from(CERTAIN)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut packing = Packing::new(bytes.to_vec());
        loop {
            if let Some(packed) = packing.work() {
                return packed;
            }
        }
    }

    fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
        let mut unpacking = Unpacking::new(packed, most);
        loop {
            if let Some(unpacked) = unpacking.work() {
                return unpacked;
            }
        }
    }

    fn check(bytes: &[u8]) -> usize {
        let packed = pack(bytes);
        assert_eq!(unpack(&packed, bytes.len()), Ok(bytes.to_vec()));
        if !bytes.is_empty() {
            assert_eq!(unpack(&packed, bytes.len() - 1), Err(UnpackError::TooLarge));
        }
        packed.len()
    }

    #[test]
    fn packed_bytes_come_back_and_never_grow_by_more_than_one() {
        assert_eq!(check(b""), 1);
        assert_eq!(check(&[7]), 2);
        for zeros in 0..40 {
            check(&vec![0; zeros]);
        }
        let noise: Vec<u8> =
            (0..5_000_u64).map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8).collect();
        assert!(check(&noise) <= noise.len() + 1);
        assert!(check(b"The base rate of such openings is high") < 20, "the primer helps");
        assert!(check(&vec![0; 1_000_000]) < 2_000, "deflated");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = pack(&vec![b'a'; 9 << 20]);
        assert!(bomb.len() < 20_000);
        assert_eq!(unpack(&bomb, 8 << 20), Err(UnpackError::TooLarge));
        let claimed = [&[PREDICTED][..], &[255, 255, 255, 15]].concat();
        assert_eq!(unpack(&claimed, 8 << 20), Err(UnpackError::TooLarge));
        // 65,536 bytes from nothing: the predictor would have to be told so.
        assert_eq!(unpack(&[PREDICTED, 128, 128, 4], 8 << 20), Err(UnpackError::Damaged));
    }

    #[test]
    fn damage_to_the_form_is_noticed() {
        let packed = pack(&b"question ".repeat(40));
        assert_eq!(unpack(&[&packed[..], &[0; 5]].concat(), 1 << 20), Err(UnpackError::Damaged));
        assert_eq!(unpack(&[9, 1, 2], 1 << 20), Err(UnpackError::Damaged));
        assert_eq!(unpack(&[], 1 << 20), Err(UnpackError::Damaged));
    }
}
