//! Predicts the next bit of a short text: contexts of one to six bytes and the current word vote, and a mixer learns
//! whom to trust (context mixing after Mahoney 2005, “Adaptive weighing of context models for lossless data
//! compression”). Deflate needs a few kilobytes to warm up; links are shorter than that. Integers only, so that every
//! machine predicts alike. It does not know who reads or writes the bits.

/// Probabilities are in 65,536ths.
pub(super) const CERTAIN: u32 = 1 << 16;

/// Contexts that vote: nothing, the last 1, 2, 3, 4 and 6 bytes, the word, the word and the one before; and, for records
/// of numbers, the two bytes before the last and the two before those.
const CONTEXTS: usize = 10;
/// Slots of a context's table, as a power of two.
const SLOT_BITS: u32 = 17;
/// A slot's estimate moves by 1/(count + 1.5) at first and never by less than about 1/LIMIT.
const LIMIT: u16 = 127;
/// How fast the mixer learns.
const LEARNING_RATE: i32 = 12;
/// What each context's vote counts at first, in 65,536ths.
const FIRST_WEIGHT: i32 = 11_000;
/// Logistic values are in 256ths and stay within ±12.
const STRETCH_LIMIT: i32 = 2047;

/// How often a bit was 1 in a context.
#[derive(Clone, Copy)]
struct Slot {
    /// The probability of a 1, in 65,536ths.
    estimate: u16,
    /// How often the context was seen, up to [`LIMIT`].
    count: u16,
}

/// The state of the prediction.
#[derive(Clone)]
pub(super) struct Predictor {
    slots: Vec<Slot>,
    /// Where each context's slots begin, for the current byte.
    bases: [u32; CONTEXTS],
    /// The slots in use for the current bit.
    used: [usize; CONTEXTS],
    votes: [i32; 2 * CONTEXTS],
    /// One set of weights for each place of a bit in its byte.
    weights: [[i32; 2 * CONTEXTS]; 8],
    mixed: u32,
    /// The bits of the current byte so far, under a leading 1.
    partial: u32,
    /// The last eight bytes, the newest lowest.
    history: u64,
    word: u32,
    last_word: u32,
    stretch: Vec<i16>,
}

impl Predictor {
    /// A predictor that has seen nothing.
    pub(super) fn new() -> Self {
        let mut predictor = Self {
            slots: vec![Slot { estimate: 1 << 15, count: 0 }; CONTEXTS << SLOT_BITS],
            bases: [0; CONTEXTS],
            used: [0; CONTEXTS],
            votes: [0; 2 * CONTEXTS],
            weights: [[FIRST_WEIGHT; 2 * CONTEXTS]; 8],
            mixed: CERTAIN / 2,
            partial: 1,
            history: 0,
            word: 0,
            last_word: 0,
            stretch: stretch_table(),
        };
        predictor.begin_byte();
        predictor.vote();
        predictor
    }

    /// Learns from bytes that both sides know.
    pub(super) fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            for place in (0..8).rev() {
                self.learn(byte >> place & 1 == 1);
            }
        }
    }

    /// The probability that the next bit is 1: never 0, never certain.
    pub(super) fn probability(&self) -> u32 {
        self.mixed
    }

    /// The next bit was this.
    pub(super) fn learn(&mut self, bit: bool) {
        let truth = if bit { CERTAIN as i32 - 1 } else { 0 };
        let error = (truth - self.mixed as i32) >> 4;
        let weights = &mut self.weights[bit_place(self.partial)];
        for (weight, vote) in weights.iter_mut().zip(&self.votes) {
            *weight += (vote * error * LEARNING_RATE + (1 << 13)) >> 14;
        }
        for &place in &self.used {
            let slot = &mut self.slots[place];
            let step = (truth - i32::from(slot.estimate)) * 2 / (2 * i32::from(slot.count) + 3);
            slot.estimate = (i32::from(slot.estimate) + step).clamp(32, CERTAIN as i32 - 32) as u16;
            slot.count = (slot.count + 1).min(LIMIT);
        }
        self.partial = self.partial << 1 | u32::from(bit);
        if self.partial >= 256 {
            self.end_byte();
            self.begin_byte();
        }
        self.vote();
    }

    fn end_byte(&mut self) {
        let byte = self.partial as u8;
        self.partial = 1;
        self.history = self.history << 8 | u64::from(byte);
        if byte.is_ascii_alphabetic() || byte >= 128 {
            self.word = hash(self.word, u32::from(byte.to_ascii_lowercase()) + 1);
        } else if self.word != 0 {
            self.last_word = self.word;
            self.word = 0;
        }
    }

    fn begin_byte(&mut self) {
        let last = |bytes: u32| (self.history & ((1 << (8 * bytes)) - 1)) as u32;
        let six = hash(last(4), (self.history >> 32) as u32 & 0xffff);
        let skipping = |bytes: u32| (self.history >> (8 * bytes)) as u32 & 0xffff;
        let words = hash(self.word, self.last_word);
        let contexts =
            [0, last(1), last(2), last(3), last(4), six, self.word, words, skipping(1), skipping(2)];
        for (place, (base, context)) in self.bases.iter_mut().zip(contexts).enumerate() {
            *base = hash(context, place as u32 + 1);
        }
    }

    /// Finds the slots of the next bit and mixes what they say.
    fn vote(&mut self) {
        let weights = &self.weights[bit_place(self.partial)];
        let mut sum = 0_i64;
        for place in 0..CONTEXTS {
            let index = hash(self.bases[place], self.partial) >> (32 - SLOT_BITS);
            self.used[place] = place << SLOT_BITS | index as usize;
            let Slot { estimate, count } = self.slots[self.used[place]];
            let stretched = i32::from(self.stretch[usize::from(estimate >> 4)]);
            // What was seen often may speak louder than what was seen once.
            let confident = stretched * i32::from(count.min(8)) / 8;
            self.votes[2 * place] = stretched;
            self.votes[2 * place + 1] = confident;
            sum += i64::from(stretched) * i64::from(weights[2 * place])
                + i64::from(confident) * i64::from(weights[2 * place + 1]);
        }
        self.mixed = squash((sum >> 16) as i32);
    }
}

/// The place of the next bit in its byte, from the bits before it.
fn bit_place(partial: u32) -> usize {
    partial.ilog2() as usize & 7
}

fn hash(a: u32, b: u32) -> u32 {
    let mixed =
        a.wrapping_mul(0x2f0b_4c47).wrapping_add(b.wrapping_mul(0x9e37_79b1)).wrapping_add(0x7f4a_7c15);
    (mixed ^ mixed >> 15).wrapping_mul(0x85eb_ca6b)
}

/// 65,536 / (1 + e^(−x/256)), by straight lines between 33 points, kept away from both ends.
fn squash(x: i32) -> u32 {
    const POINTS: [i32; 33] = [
        22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11_955, 17_625, 24_743, 32_768,
        40_793, 47_911, 53_581, 57_724, 60_565, 62_428, 63_615, 64_357, 64_816, 65_097, 65_269, 65_374,
        65_438, 65_476, 65_500, 65_514,
    ];
    let x = x.clamp(-STRETCH_LIMIT, STRETCH_LIMIT) + 2048;
    let (point, rest) = ((x >> 7) as usize, x & 127);
    ((POINTS[point] * (128 - rest) + POINTS[point + 1] * rest) >> 7) as u32
}

/// The inverse of [`squash`], for probabilities in 4,096ths.
fn stretch_table() -> Vec<i16> {
    let mut table = Vec::with_capacity(4096);
    let mut x = -STRETCH_LIMIT;
    for probability in 0..4096_u32 {
        while x < STRETCH_LIMIT && squash(x) < probability << 4 {
            x += 1;
        }
        table.push(x as i16);
    }
    table
}
