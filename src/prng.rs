//! Seeded randomness with labelled substreams. Every random choice of a run (the order of trades, a simulated
//! trader's signal, a prompt's delimiter) draws from its own stream, so adding a draw in one place never shifts
//! another. The API is integers only; whoever needs a float makes it with `market::math`.
//! It does not know what the numbers are for, and never asks the operating system for entropy.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The 64-bit seed of a run, written as 16 lower-case hexadecimal digits (JSON numbers end at 2⁵³).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed(u64);

/// A seed's text was not 16 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a seed is 1 to 16 hexadecimal digits, not “{0}”")]
pub struct SeedError(String);

impl Seed {
    /// A seed from any 64 bits.
    pub const fn new(bits: u64) -> Self {
        Self(bits)
    }

    /// The 64 bits.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The stream of draws that belongs to `label`; equal seeds and labels give equal streams on every machine.
    ///
    /// The key is SHA-256("credence/prng" ‖ seed, big endian ‖ label); the generator is `ChaCha8`.
    pub fn stream(self, label: &str) -> Prng {
        let mut hasher = Sha256::new();
        hasher.update(b"credence/prng");
        hasher.update(self.0.to_be_bytes());
        hasher.update(label.as_bytes());
        Prng(ChaCha8Rng::from_seed(hasher.finalize().into()))
    }
}

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl std::str::FromStr for Seed {
    type Err = SeedError;

    fn from_str(text: &str) -> Result<Self, SeedError> {
        let digits = text.trim();
        let plain = (1..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let bits = if plain { u64::from_str_radix(digits, 16).ok() } else { None };
        bits.map(Self).ok_or_else(|| SeedError(text.chars().take(40).collect()))
    }
}

impl Serialize for Seed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Only the canonical spelling: two spellings of one seed would be two headers of one run.
        let seed: Self = text.parse().map_err(serde::de::Error::custom)?;
        if seed.to_string() == text {
            Ok(seed)
        } else {
            Err(serde::de::Error::custom("a seed is 16 lower-case hexadecimal digits"))
        }
    }
}

/// One stream of draws.
#[derive(Clone, Debug)]
pub struct Prng(ChaCha8Rng);

impl Prng {
    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A uniform draw from `0..bound`, without the bias of a plain remainder; `bound` 0 gives 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // Draws at or above the largest multiple of `bound` are thrown away.
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let draw = self.next_u64();
            if draw < limit {
                return draw % bound;
            }
        }
    }

    /// Shuffles in place (Fisher–Yates): every order is equally likely.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = self.below(last as u64 + 1) as usize;
            items.swap(last, chosen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_reproducible_and_apart() {
        let seed = Seed::new(7);
        let draws = |label: &str| -> Vec<u64> {
            let mut prng = seed.stream(label);
            (0..4).map(|_| prng.next_u64()).collect()
        };
        assert_eq!(draws("order/1"), draws("order/1"));
        assert_ne!(draws("order/1"), draws("order/2"));
        assert_ne!(draws("order/1")[0], Seed::new(8).stream("order/1").next_u64());
    }

    #[test]
    fn shuffles_are_fair_enough_to_notice_a_bias() {
        let mut prng = Seed::new(1).stream("test");
        let mut first = [0_u32; 3];
        for _ in 0..30_000 {
            let mut items = [0_usize, 1, 2];
            prng.shuffle(&mut items);
            first[items[0]] += 1;
        }
        assert!(first.iter().all(|&count| (9_500..10_500).contains(&count)), "{first:?}");
    }

    #[test]
    fn a_seed_has_one_spelling() {
        assert_eq!("2a".parse::<Seed>().map(|s| s.to_string()), Ok("000000000000002a".into()));
        assert!("".parse::<Seed>().is_err() && "0x2a".parse::<Seed>().is_err());
        assert!(serde_json::from_str::<Seed>("\"2a\"").is_err());
        assert!(serde_json::from_str::<Seed>("\"000000000000002a\"").is_ok());
    }
}
