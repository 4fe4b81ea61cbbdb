//! Which questions of a set are asked: a seeded sample, in even shares of every category if wanted, and one shard of many
//! machines. The same seed gives the same questions on every machine, in the order of the file.

use std::collections::BTreeMap;

use super::question::Question;
use crate::prng::Seed;

/// One part of an evaluation that is split over machines: number `index` of `of`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1.
    pub index: usize,
    /// Of how many.
    pub of: usize,
}

/// Not a shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shard is written i/n, as in 2/8: the second of eight")]
pub struct ShardError;

impl std::str::FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (index, of) = text.split_once('/').ok_or(ShardError)?;
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| ShardError);
        let (index, of) = (number(index)?, number(of)?);
        if (1..=of).contains(&index) { Ok(Self { index, of }) } else { Err(ShardError) }
    }
}

impl Shard {
    /// Its part of a list: every n-th, so that shards are as even as can be and together are the whole.
    pub fn part<T>(self, items: Vec<T>) -> Vec<T> {
        let mine = |(place, item)| (place % self.of == self.index - 1).then_some(item);
        items.into_iter().enumerate().filter_map(mine).collect()
    }
}

/// A sample of so many questions, in the order of the set; all of them if there are no more.
pub fn sample(questions: Vec<Question>, size: usize, stratified: bool, seed: Seed) -> Vec<Question> {
    if size >= questions.len() {
        return questions;
    }
    let chosen = if stratified {
        by_category(&questions, size, seed)
    } else {
        drawn((0..questions.len()).collect(), size, seed, "")
    };
    let mut taken = vec![false; questions.len()];
    for place in chosen {
        taken[place] = true;
    }
    questions.into_iter().zip(taken).filter_map(|(question, taken)| taken.then_some(question)).collect()
}

/// So many places, drawn without putting back.
fn drawn(mut places: Vec<usize>, size: usize, seed: Seed, label: &str) -> Vec<usize> {
    seed.stream(&format!("evaluate/sample/{label}")).shuffle(&mut places);
    places.truncate(size);
    places
}

/// Shares of the categories in proportion to their sizes, by largest remainder (ties: the first by name).
fn by_category(questions: &[Question], size: usize, seed: Seed) -> Vec<usize> {
    let mut strata: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, question) in questions.iter().enumerate() {
        strata.entry(&question.category).or_default().push(place);
    }
    let all = questions.len();
    let mut shares: Vec<usize> = strata.values().map(|places| places.len() * size / all).collect();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    let remainders: Vec<usize> = strata.values().map(|places| places.len() * size % all).collect();
    by_remainder.sort_by(|&a, &b| remainders[b].cmp(&remainders[a]).then(a.cmp(&b)));
    let missing = size - shares.iter().sum::<usize>();
    for &stratum in by_remainder.iter().take(missing) {
        shares[stratum] += 1;
    }
    strata
        .into_iter()
        .zip(shares)
        .flat_map(|((name, places), share)| drawn(places, share, seed, name))
        .collect()
}
