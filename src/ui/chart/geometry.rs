//! Where things go on the chart: prices and steps to pixels, and labels that keep clear of each other. Pure; it
//! draws nothing.

/// The chart's plane, in pixels of the device.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// The left edge of the curves.
    pub left: f64,
    /// Their right edge.
    pub right: f64,
    /// Price 1.
    pub top: f64,
    /// Price 0.
    pub bottom: f64,
    /// Steps from left to right.
    pub span: usize,
}

impl Plane {
    /// The x of a step.
    pub fn x(&self, step: usize) -> i32 {
        let share = step as f64 / self.span.max(1) as f64;
        (self.left + share * (self.right - self.left)).round() as i32
    }

    /// The y of a price.
    pub fn y(&self, price: f64) -> i32 {
        (self.bottom + price.clamp(0.0, 1.0) * (self.top - self.bottom)).round() as i32
    }

    /// The step nearest to an x.
    pub fn step_at(&self, x: f64) -> usize {
        let share = ((x - self.left) / (self.right - self.left)).clamp(0.0, 1.0);
        (share * self.span as f64).round() as usize
    }

    /// A staircase through the prices: each holds until the next trade, the last to the right edge.
    pub fn staircase(&self, prices: impl Iterator<Item = f64>) -> Vec<(i32, i32)> {
        let mut corners: Vec<(i32, i32)> = Vec::new();
        for (step, price) in prices.enumerate() {
            let (x, y) = (self.x(step), self.y(price));
            if let Some(&(_, before)) = corners.last() {
                corners.push((x, before));
            }
            corners.push((x, y));
        }
        if let Some(&(_, last)) = corners.last() {
            corners.push((self.right.round() as i32, last));
        }
        corners
    }
}

/// Moves labels apart until they stand `gap` apart, as near to where they belong as that allows, between two bounds.
/// Takes and gives the middle of each, in the order given.
pub fn spread(wanted: &[f64], gap: f64, least: f64, most: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let mut placed = wanted.to_vec();
    let mut floor = least;
    for &label in &order {
        placed[label] = placed[label].max(floor);
        floor = placed[label] + gap;
    }
    let mut ceiling = most;
    for &label in order.iter().rev() {
        placed[label] = placed[label].min(ceiling);
        ceiling = placed[label] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLANE: Plane = Plane { left: 40.0, right: 240.0, top: 10.0, bottom: 110.0, span: 4 };

    #[test]
    fn steps_and_prices_have_places() {
        assert_eq!((PLANE.x(0), PLANE.x(4), PLANE.x(2)), (40, 240, 140));
        assert_eq!((PLANE.y(0.0), PLANE.y(1.0), PLANE.y(0.5)), (110, 10, 60));
        for step in 0..=4 {
            assert_eq!(PLANE.step_at(f64::from(PLANE.x(step))), step);
        }
        assert_eq!((PLANE.step_at(-5.0), PLANE.step_at(1e6)), (0, 4));
        let stairs = PLANE.staircase([0.5, 1.0].into_iter());
        assert_eq!(stairs, [(40, 60), (90, 60), (90, 10), (240, 10)]);
        assert!(PLANE.staircase(std::iter::empty()).is_empty());
    }

    #[test]
    fn labels_keep_apart() {
        for (wanted, expected) in [
            (vec![50.0, 52.0], vec![50.0, 60.0]),
            (vec![52.0, 50.0], vec![60.0, 50.0]),
            (vec![10.0, 90.0], vec![10.0, 90.0]),
            (vec![99.0, 100.0], vec![90.0, 100.0]),
            (vec![-5.0], vec![0.0]),
        ] {
            assert_eq!(spread(&wanted, 10.0, 0.0, 100.0), expected, "{wanted:?}");
        }
    }
}
