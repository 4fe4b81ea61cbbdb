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

/// Why bytes cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnpackError {
    /// They grow past the limit.
    TooLarge,
    /// They are no packed bytes.
    Damaged,
}

/// The packed form: a byte that says how, and the rest.
pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    let short = bytes.len() <= MOST_PREDICTED;
    let (how, packed) =
        if short { (PREDICTED, predict(bytes)) } else { (DEFLATED, compress_to_vec(bytes, 9)) };
    let (how, packed) = if packed.len() < bytes.len() { (how, packed) } else { (STORED, bytes.to_vec()) };
    [&[how], packed.as_slice()].concat()
}

/// The bytes again, unless they are more than `most`.
pub(super) fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
    match packed.split_first() {
        Some((&STORED, bytes)) if bytes.len() > most => Err(UnpackError::TooLarge),
        Some((&STORED, bytes)) => Ok(bytes.to_vec()),
        Some((&DEFLATED, bytes)) => inflate(bytes, most),
        Some((&PREDICTED, bytes)) => unpredict(bytes, most),
        _ => Err(UnpackError::Damaged),
    }
}

fn inflate(packed: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
    decompress_to_vec_with_limit(packed, most).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => UnpackError::TooLarge,
        _ => UnpackError::Damaged,
    })
}

/// The number of bytes, and an interval that their bits have narrowed, as a binary fraction.
fn predict(bytes: &[u8]) -> Vec<u8> {
    let mut packed = postcard::to_allocvec(&bytes.len()).unwrap_or_default();
    let mut model = primed();
    let (mut low, mut high) = (0_u32, u32::MAX);
    for byte in bytes {
        for place in (0..8).rev() {
            let bit = byte >> place & 1 == 1;
            let middle = split(low, high, model.probability());
            if bit {
                high = middle;
            } else {
                low = middle + 1;
            }
            model.learn(bit);
            while low >> 24 == high >> 24 {
                packed.push((high >> 24) as u8);
                low <<= 8;
                high = high << 8 | 0xff;
            }
        }
    }
    // The reader takes what is missing for zeros: the shortest fraction in the interval will do.
    if low > 0 {
        let digits = (1..=4_u32).find(|digits| {
            let unit = 1_u64 << (32 - 8 * digits);
            u64::from(low).next_multiple_of(unit) <= u64::from(high)
        });
        let unit = 1_u64 << (32 - 8 * digits.unwrap_or(4));
        let fraction = u64::from(low).next_multiple_of(unit) as u32;
        packed.extend_from_slice(&fraction.to_be_bytes()[..digits.unwrap_or(4) as usize]);
    }
    packed
}

fn unpredict(packed: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
    let (length, packed) = postcard::take_from_bytes::<usize>(packed).map_err(|_| UnpackError::Damaged)?;
    if length > most.min(MOST_PREDICTED) {
        return Err(UnpackError::TooLarge);
    }
    let mut rest = packed.iter().copied();
    // No more than the four bytes of the interval may be missing, or a short text could claim to be a long one.
    let mut missing = 0;
    let mut next = || {
        rest.next().map_or_else(
            || {
                missing += 1;
                if missing > 4 { Err(UnpackError::Damaged) } else { Ok(0) }
            },
            |byte| Ok(u32::from(byte)),
        )
    };
    let mut model = primed();
    let (mut low, mut high, mut fraction) = (0_u32, u32::MAX, 0_u32);
    for _ in 0..4 {
        fraction = fraction << 8 | next()?;
    }
    let mut bytes = Vec::with_capacity(length);
    for _ in 0..length {
        let mut byte = 0;
        for _ in 0..8 {
            let middle = split(low, high, model.probability());
            let bit = fraction <= middle;
            if bit {
                high = middle;
            } else {
                low = middle + 1;
            }
            model.learn(bit);
            byte = byte << 1 | u8::from(bit);
            while low >> 24 == high >> 24 {
                low <<= 8;
                high = high << 8 | 0xff;
                fraction = fraction << 8 | next()?;
            }
        }
        bytes.push(byte);
    }
    if rest.next().is_some() { Err(UnpackError::Damaged) } else { Ok(bytes) }
}

/// A predictor that has seen the primer. Priming takes longer than most links: it is done once.
fn primed() -> Predictor {
    static PRIMED: OnceLock<Predictor> = OnceLock::new();
    PRIMED.get_or_init(|| Predictor::primed(PRIMER)).clone()
}

/// Where a 1 ends and a 0 begins, in an interval at least 2²⁴ wide but for its last moments: both keep a part of it.
fn split(low: u32, high: u32, probability: u32) -> u32 {
    let width = u64::from(high - low);
    low + (width * u64::from(probability) / u64::from(CERTAIN)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

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
