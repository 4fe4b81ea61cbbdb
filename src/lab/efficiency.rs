//! The figure of merit (mechanisms §11): efficiency = (Brier_single − Brier_method)/(Brier_single − Brier_limit), with
//! its standard error. 0 is no better than one member alone, 1 is all that can be known; below 0 is worse than one.

use serde::{Deserialize, Serialize};

use super::methods::{Method, combine};
use super::panel::{Lab, LabError, World};
use crate::belief::stacking;
use crate::market::math::{logistic, sqrt};
use crate::prng::Prng;

/// Worlds from which weights are learned …
pub const HISTORY: usize = 200;
/// … and after how many worlds they are learned anew from other ones, so that no single history decides a figure.
const RELEARN_EVERY: u32 = 1_000;

/// How well a method did.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The method.
    pub method: Method,
    /// Its mean Brier score, (f − o)².
    pub brier: f64,
    /// Its efficiency.
    pub efficiency: f64,
    /// The standard error of that.
    pub stderr: f64,
}

/// Sums over worlds for one method: a is what it gains on a single member, b what the limit gains.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    brier: f64,
    a: f64,
    aa: f64,
    ab: f64,
}

/// An experiment under way.
pub struct Work {
    lab: Lab,
    done: u32,
    worlds: Prng,
    noise: Prng,
    history: Prng,
    learned: Vec<f64>,
    tallies: Vec<Tally>,
    b: f64,
    bb: f64,
}

impl Work {
    /// Begins an experiment.
    ///
    /// # Errors
    /// Parameters out of range.
    pub fn new(lab: Lab) -> Result<Self, LabError> {
        lab.validate()?;
        Ok(Self {
            worlds: lab.seed.stream("lab/worlds"),
            noise: lab.seed.stream("lab/noise"),
            history: lab.seed.stream("lab/history"),
            learned: Vec::new(),
            tallies: vec![Tally::default(); Method::ALL.len()],
            done: 0,
            b: 0.0,
            bb: 0.0,
            lab,
        })
    }

    /// Worlds that are done.
    pub fn done(&self) -> u32 {
        self.done
    }

    /// Plays `worlds` more worlds, or as many as are left; true at the end.
    pub fn work(&mut self, worlds: u32) -> bool {
        let end = self.lab.worlds.min(self.done.saturating_add(worlds));
        while self.done < end {
            if self.done.is_multiple_of(RELEARN_EVERY) {
                self.learn();
            }
            let world = self.lab.draw(&mut self.worlds);
            self.play(&world);
            self.done += 1;
        }
        self.done >= self.lab.worlds
    }

    fn learn(&mut self) {
        let resolved: Vec<stacking::Resolved> = (0..HISTORY)
            .map(|_| self.lab.draw(&mut self.history))
            .map(|world| stacking::Resolved { log_odds: world.said, happened: world.truth })
            .collect();
        self.learned = stacking::learn(&resolved).map_or_else(Vec::new, |learned| learned.weights);
    }

    fn play(&mut self, world: &World) {
        let brier = |p: f64| {
            let missed = p - f64::from(u8::from(world.truth));
            missed * missed
        };
        let single = brier(logistic(world.said[0]));
        let b = single - brier(logistic(self.lab.limit(world)));
        self.b += b;
        self.bb += b * b;
        for (method, tally) in Method::ALL.into_iter().zip(&mut self.tallies) {
            let score = brier(combine(method, &self.lab, world, &self.learned, &mut self.noise));
            let a = single - score;
            tally.brier += score;
            tally.a += a;
            tally.aa += a * a;
            tally.ab += a * b;
        }
    }

    /// The figures so far, one a method; the standard error of a ratio of means by the delta method.
    pub fn figures(&self) -> Vec<Figure> {
        let count = f64::from(self.done.max(1));
        let figure = |(method, tally): (Method, &Tally)| {
            let efficiency = if self.b == 0.0 { 0.0 } else { tally.a / self.b };
            // Σ (a − e b)²: its mean over the square of b's mean is n times the variance.
            let squares = tally.aa - 2.0 * efficiency * tally.ab + efficiency * efficiency * self.bb;
            let stderr = if self.b == 0.0 { 0.0 } else { sqrt(squares.max(0.0)) / self.b.abs() };
            Figure { method, brier: tally.brier / count, efficiency, stderr }
        };
        Method::ALL.into_iter().zip(&self.tallies).map(figure).collect()
    }
}

/// The whole experiment at once.
///
/// # Errors
/// Parameters out of range.
pub fn run(lab: Lab) -> Result<Vec<Figure>, LabError> {
    let mut work = Work::new(lab)?;
    while !work.work(u32::MAX) {}
    Ok(work.figures())
}
