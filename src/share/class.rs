//! A question for a class, in a link, and each pupil's belief, in a code short enough to be read aloud. No server: the
//! link holds the question, the code holds the belief, and a tag in the code says to which question it belongs.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use serde::{Deserialize, Serialize};

use crate::audit::Digest;
use crate::belief::Belief;
use crate::market::{MAX_OUTCOMES, MIN_OUTCOMES};
use crate::run::RunSpec;
use crate::run::spec::{MAX_LONG_TEXT, MAX_SHORT_TEXT};

/// The most bytes that a question for a class unpacks to.
const MOST_BYTES: usize = MAX_LONG_TEXT + 16 * MAX_SHORT_TEXT;
/// Between zlib's levels: small is what counts.
const LEVEL: u8 = 9;
/// Crockford's alphabet: no letter that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOL_BITS: u32 = 5;
/// A belief in whole per cent.
const PERCENT_BITS: u32 = 7;
/// Which device answers: the last code of one counts. Of 100 pupils, two share a number once in 200 classes.
const BALLOT_BITS: u32 = 20;
/// One wrong code in 262,144 is taken for a right one.
const TAG_BITS: u32 = 18;
/// Symbols between two dashes.
const GROUP: usize = 3;

/// What a class is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassQuestion {
    /// The question.
    pub question: String,
    /// Facts that everybody sees.
    pub background: String,
    /// The names of the outcomes.
    pub outcomes: Vec<String>,
}

/// What a pupil answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Which device answers, below 2²⁰.
    pub device: u32,
    /// The belief in whole per cent, one an outcome; they sum to 100.
    pub percent: Vec<u8>,
}

/// Why a link for a class or a code cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassError {
    /// It is no link for a class, or it is cut off or damaged.
    #[error("this link for a class is damaged or cut off")]
    Link,
    /// It is no code of this question: mistyped, cut off, or made for another.
    #[error("no code for this question")]
    Code,
}

impl ClassQuestion {
    /// What a run asks.
    pub fn of(spec: &RunSpec) -> Self {
        Self {
            question: spec.question.clone(),
            background: spec.background.clone(),
            outcomes: spec.outcomes.clone(),
        }
    }

    /// As the code of a link.
    pub fn encode(&self) -> String {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&self.bytes(), LEVEL);
        Base64UrlUnpadded::encode_string(&packed)
    }

    /// From the code of a link, which anybody may have written.
    ///
    /// # Errors
    /// [`ClassError::Link`].
    pub fn decode(code: &str) -> Result<Self, ClassError> {
        let packed = Base64UrlUnpadded::decode_vec(code).map_err(|_| ClassError::Link)?;
        let bytes = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, MOST_BYTES)
            .map_err(|_| ClassError::Link)?;
        let (read, rest): (Self, &[u8]) = postcard::take_from_bytes(&bytes).map_err(|_| ClassError::Link)?;
        let fits = rest.is_empty()
            && !read.question.trim().is_empty()
            && read.question.len() <= MAX_SHORT_TEXT
            && read.background.len() <= MAX_LONG_TEXT
            && (MIN_OUTCOMES..=MAX_OUTCOMES).contains(&read.outcomes.len())
            && read.outcomes.iter().all(|name| !name.trim().is_empty() && name.len() <= MAX_SHORT_TEXT);
        fits.then_some(read).ok_or(ClassError::Link)
    }

    /// Tells this question from every other.
    pub fn key(&self) -> Digest {
        Digest::of(&self.bytes())
    }

    fn bytes(&self) -> Vec<u8> {
        // Texts and a list of texts: writing them cannot fail.
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// How many symbols a code of this question has.
    fn symbols(&self) -> usize {
        let beliefs = PERCENT_BITS * (self.outcomes.len() as u32 - 1);
        (beliefs + BALLOT_BITS + TAG_BITS).div_ceil(SYMBOL_BITS) as usize
    }
}

impl Ballot {
    /// Of whole per cent that sum to 100.
    pub fn from_percent(device: u32, percent: &[u32]) -> Self {
        let percent = percent.iter().map(|&share| share.min(100) as u8).collect();
        Self { device: device % (1 << BALLOT_BITS), percent }
    }

    /// The belief.
    pub fn belief(&self) -> Option<Belief> {
        Belief::from_millionths(self.percent.iter().map(|&p| u32::from(p) * 10_000).collect()).ok()
    }

    /// As a code, in groups.
    pub fn code(&self, class: &ClassQuestion) -> String {
        let mut number = u128::from(self.device % (1 << BALLOT_BITS));
        for &percent in self.percent.iter().take(class.outcomes.len() - 1) {
            number = (number << PERCENT_BITS) | u128::from(percent);
        }
        number = (number << TAG_BITS) | u128::from(tag(class, number));
        let symbols = class.symbols();
        let mut text = String::new();
        for place in 0..symbols {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            let shift = SYMBOL_BITS * (symbols - 1 - place) as u32;
            text.push(char::from(ALPHABET[(number >> shift) as usize & 31]));
        }
        text
    }

    /// Reads a code, however it was typed: small letters, other dashes, O for 0.
    ///
    /// # Errors
    /// [`ClassError::Code`].
    pub fn read(class: &ClassQuestion, code: &str) -> Result<Self, ClassError> {
        let mut number = 0_u128;
        let mut symbols = 0;
        for letter in code.chars().filter(|c| c.is_alphanumeric()) {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                letter => letter,
            };
            let place = ALPHABET.iter().position(|&symbol| char::from(symbol) == letter);
            number = (number << SYMBOL_BITS) | place.ok_or(ClassError::Code)? as u128;
            symbols += 1;
            if symbols > class.symbols() {
                return Err(ClassError::Code);
            }
        }
        let (body, given) = (number >> TAG_BITS, (number & ((1 << TAG_BITS) - 1)) as u32);
        if symbols != class.symbols() || tag(class, body) != given {
            return Err(ClassError::Code);
        }
        let mut rest = body;
        let mut percent: Vec<u8> = Vec::new();
        for _ in 1..class.outcomes.len() {
            percent.push((rest & ((1 << PERCENT_BITS) - 1)) as u8);
            rest >>= PERCENT_BITS;
        }
        percent.reverse();
        let sum: usize = percent.iter().map(|&p| usize::from(p)).sum();
        let last = 100_usize.checked_sub(sum).ok_or(ClassError::Code)?;
        percent.push(last as u8);
        let device = u32::try_from(rest).ok().filter(|device| *device < 1 << BALLOT_BITS);
        Ok(Self { device: device.ok_or(ClassError::Code)?, percent })
    }
}

/// What was collected of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The ballots that count, in the order in which their devices first answered.
    pub ballots: Vec<Ballot>,
    /// Codes that were followed by another of the same device.
    pub replaced: usize,
    /// What is no code of this question, as it stands there.
    pub unreadable: Vec<String>,
}

/// Reads codes that stand apart by spaces, commas or lines. The last one of a device counts.
pub fn collect(class: &ClassQuestion, text: &str) -> Collected {
    let mut found = Collected::default();
    let words =
        text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty());
    for word in words {
        match Ballot::read(class, word) {
            Ok(ballot) => match found.ballots.iter_mut().find(|known| known.device == ballot.device) {
                Some(known) => {
                    *known = ballot;
                    found.replaced += 1;
                }
                None => found.ballots.push(ballot),
            },
            Err(_) => found.unreadable.push(word.to_owned()),
        }
    }
    found
}

fn tag(class: &ClassQuestion, number: u128) -> u32 {
    let digest = class.key().extend(&number.to_be_bytes());
    let hex = digest.to_string();
    u32::from_str_radix(hex.get(..8).unwrap_or("0"), 16).unwrap_or(0) >> (32 - TAG_BITS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn class(outcomes: usize) -> ClassQuestion {
        ClassQuestion {
            question: "Will it rain on Friday?".into(),
            background: "The forecast says 60 %.".into(),
            outcomes: (0..outcomes).map(|place| format!("Outcome {place}")).collect(),
        }
    }

    /// Whole per cent of weights; the last takes what is left.
    fn whole(weights: &[f64]) -> Vec<u32> {
        let sum: f64 = weights.iter().sum();
        let mut percent: Vec<u32> = weights.iter().map(|weight| (weight / sum * 100.0) as u32).collect();
        percent[weights.len() - 1] += 100 - percent.iter().sum::<u32>();
        percent
    }

    proptest! {
        #[test]
        fn codes_come_back(outcomes in 2_usize..=12, device in 0_u32..1 << 20, seed in prop::collection::vec(0.0..1.0_f64, 12)) {
            let class = class(outcomes);
            let ballot = Ballot::from_percent(device, &whole(&seed[..outcomes]));
            prop_assert_eq!(ballot.percent.iter().map(|&p| u32::from(p)).sum::<u32>(), 100);
            let code = ballot.code(&class);
            prop_assert_eq!(Ballot::read(&class, &code), Ok(ballot.clone()));
            prop_assert_eq!(Ballot::read(&class, &code.to_lowercase().replace('-', "").replace('0', "o")), Ok(ballot.clone()));
            prop_assert!(ballot.belief().is_some());
        }

        #[test]
        fn one_wrong_symbol_is_noticed(device in 0_u32..1 << 20, yes in 0.0..1.0_f64, place in 0_usize..9, by in 1_usize..32) {
            let class = class(2);
            let code = Ballot::from_percent(device, &whole(&[yes, 1.0 - yes])).code(&class).replace('-', "");
            let mut symbols: Vec<char> = code.chars().collect();
            let old = ALPHABET.iter().position(|&s| char::from(s) == symbols[place]).unwrap();
            symbols[place] = char::from(ALPHABET[(old + by) % 32]);
            let read = Ballot::read(&class, &symbols.into_iter().collect::<String>());
            // A tag of 18 bits misses one in 262,144: then at least the belief is one that can be.
            prop_assert!(read.is_err() || read.unwrap().percent.iter().map(|&p| u32::from(p)).sum::<u32>() == 100);
        }

        #[test]
        fn whatever_is_typed_never_panics(text in ".{0,80}") {
            let _ = collect(&class(3), &text);
            let _ = ClassQuestion::decode(&text);
        }
    }

    #[test]
    fn a_code_is_short_and_belongs_to_its_question() {
        let (two, other) = (class(2), ClassQuestion { question: "Another?".into(), ..class(2) });
        let code = Ballot::from_percent(77, &[60, 40]).code(&two);
        assert_eq!(code.len(), 11, "{code}");
        assert_eq!(Ballot::read(&other, &code), Err(ClassError::Code));
        assert_eq!(Ballot::read(&two, &code[..9]), Err(ClassError::Code));
        assert_eq!(Ballot::read(&two, "U"), Err(ClassError::Code));
    }

    #[test]
    fn the_last_code_of_a_device_counts() {
        let class = class(2);
        let codes = [(1, 0.6), (2, 0.3), (1, 0.9)]
            .map(|(device, yes)| Ballot::from_percent(device, &whole(&[yes, 1.0 - yes])).code(&class));
        let found = collect(&class, &format!("{}\n{}, hello {}", codes[0], codes[1], codes[2]));
        assert_eq!(found.ballots.iter().map(|b| b.percent[0]).collect::<Vec<_>>(), [90, 30]);
        assert_eq!((found.replaced, found.unreadable), (1, vec!["hello".to_owned()]));
    }

    #[test]
    fn questions_travel_in_links_and_hostile_ones_are_refused() {
        let asked = class(4);
        assert_eq!(ClassQuestion::decode(&asked.encode()), Ok(asked.clone()));
        let code = asked.encode();
        for cut in 0..code.len() {
            assert_eq!(ClassQuestion::decode(&code[..cut]), Err(ClassError::Link), "{cut}");
        }
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'a'; 1 << 20], 9);
        assert_eq!(ClassQuestion::decode(&Base64UrlUnpadded::encode_string(&bomb)), Err(ClassError::Link));
        let bad = [
            ClassQuestion { outcomes: vec!["Only".into()], ..class(2) },
            ClassQuestion { question: " ".into(), ..class(2) },
            ClassQuestion { question: "x".repeat(MAX_SHORT_TEXT + 1), ..class(2) },
        ];
        for question in bad {
            assert_eq!(ClassQuestion::decode(&question.encode()), Err(ClassError::Link));
        }
    }
}
