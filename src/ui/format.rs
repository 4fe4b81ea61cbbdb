//! Numbers as people read them. Pure; it knows units and rounding, not what a number is about.

use super::words::numbers::{DECIMAL, THOUSANDS};
use crate::market::{Cash, Shares};

/// Between a number and its unit.
const NARROW: char = '\u{202f}';
const MINUS: char = '−';

/// A probability in whole per cent; never a flat 0 or 100 for something that is neither.
pub fn percent(probability: f64) -> String {
    if !probability.is_finite() {
        return "–".into();
    }
    let rounded = (probability * 100.0).round();
    if rounded >= 100.0 && probability < 1.0 {
        format!(">99{NARROW}%")
    } else if rounded <= 0.0 && probability > 0.0 {
        format!("<1{NARROW}%")
    } else {
        format!("{rounded:.0}{NARROW}%")
    }
}

/// The probabilities of a whole set of answers in whole per cent that add up to 100, by largest remainder: what is
/// shown together must not sum to 99 or 101.
pub fn percents(probabilities: &[f64]) -> Vec<String> {
    let named = |(whole, &probability): (u32, &f64)| match whole {
        100.. if probability < 1.0 => format!(">99{NARROW}%"),
        0 if probability > 0.0 => format!("<1{NARROW}%"),
        whole => format!("{whole}{NARROW}%"),
    };
    wholes(probabilities, 100).map_or_else(
        || probabilities.iter().map(|p| percent(*p)).collect(),
        |wholes| wholes.into_iter().zip(probabilities).map(named).collect(),
    )
}

/// One of a set, as it stands among the others in [`percents`].
pub fn percent_of(probabilities: &[f64], place: usize) -> String {
    percents(probabilities).into_iter().nth(place).unwrap_or_else(|| percent(f64::NAN))
}

/// The same as [`percents`] with one decimal, for tables.
pub fn percents_fine(probabilities: &[f64]) -> Vec<String> {
    let named = |tenths: u32| local(format!("{}.{}{NARROW}%", tenths / 10, tenths % 10));
    wholes(probabilities, 1000).map_or_else(
        || probabilities.iter().map(|p| percent_fine(*p)).collect(),
        |wholes| wholes.into_iter().map(named).collect(),
    )
}

/// Shares of `units` by largest remainder (ties: first first); `None` for numbers that are no whole distribution.
fn wholes(probabilities: &[f64], units: u32) -> Option<Vec<u32>> {
    let sum: f64 = probabilities.iter().sum();
    if !((sum - 1.0).abs() < 1e-4 && probabilities.iter().all(|p| (0.0..=1.0).contains(p))) {
        return None;
    }
    // A trace is added before cutting off, so that 0.29 × 100 is 29.
    let exact: Vec<f64> = probabilities.iter().map(|p| p * f64::from(units) + 1e-9).collect();
    let mut whole: Vec<u32> = exact.iter().map(|share| share.floor() as u32).collect();
    let missing = units.saturating_sub(whole.iter().sum());
    let mut places: Vec<usize> = (0..exact.len()).collect();
    places.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    places.into_iter().take(missing as usize).for_each(|place| whole[place] += 1);
    Some(whole)
}

/// A range of probabilities: its lower end without the unit and its upper end with it.
pub fn ends(range: (f64, f64)) -> (String, String) {
    (format!("{:.0}", range.0 * 100.0), format!("{:.0}{NARROW}%", range.1 * 100.0))
}

/// A probability with one decimal, for tables.
pub fn percent_fine(probability: f64) -> String {
    local(format!("{:.1}{NARROW}%", probability * 100.0))
}

/// A change of a probability in percentage points, with its sign.
pub fn points(change: f64) -> String {
    let points = (change * 100.0).round();
    if points.abs() < 1.0 && change.abs() > 0.0 {
        let tenths = change * 100.0;
        return local(format!("{}{:.1}", sign(tenths), tenths.abs()));
    }
    format!("{}{:.0}", sign(points), points.abs())
}

/// A number as the page's language writes it.
fn local(number: String) -> String {
    if DECIMAL == "." { number } else { number.replace('.', DECIMAL) }
}

/// Plus or minus; nothing for zero.
fn sign(number: f64) -> String {
    if number > 0.0 {
        "+".into()
    } else if number < 0.0 {
        MINUS.to_string()
    } else {
        String::new()
    }
}

/// Play money with two decimals.
pub fn cash(amount: Cash) -> String {
    decimal(amount.units())
}

/// Play money with its sign.
pub fn gain(amount: Cash) -> String {
    let units = amount.units();
    format!("{}{}", sign(units), decimal(units.abs()))
}

/// Shares, with as many decimals as matter.
pub fn shares(amount: Shares) -> String {
    let units = amount.units();
    if units >= 100.0 { format!("{units:.0}") } else { local(format!("{units:.1}")) }
}

/// A number with two decimals and a true minus.
pub fn decimal(number: f64) -> String {
    let text = format!("{:.2}", number.abs());
    local(if number < 0.0 && text != "0.00" { format!("{MINUS}{text}") } else { text })
}

/// A number with four decimals: scores.
pub fn fine(number: f64) -> String {
    local(format!("{number:.4}"))
}

/// A number with four decimals at most: marks of an axis.
pub fn brief(number: f64) -> String {
    let text = format!("{number:.4}");
    local(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// A number with three decimals, for tables of many.
pub fn three(number: f64) -> String {
    local(format!("{number:.3}"))
}

/// A whole number with thousands set apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            grouped.push(THOUSANDS);
        }
        grouped.push(digit);
    }
    grouped
}

/// An amount of real money, from millionths of a US dollar.
pub fn dollars(micro_usd: u64) -> String {
    let dollars = micro_usd as f64 / 1e6;
    let digits = if micro_usd > 0 && dollars < 0.01 { 4 } else { 2 };
    local(format!("${dollars:.digits$}"))
}

/// An amount as it stands in a field: two decimals at most.
pub fn number_field(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A probability as it stands in a field of per cent.
pub fn percent_field(probability: f64) -> String {
    format!("{:.1}", probability * 100.0)
}

/// What somebody has written as a number, with a point or a comma; NaN if it is none.
pub fn number_from(text: &str) -> f64 {
    text.trim().replace(',', ".").parse().unwrap_or(f64::NAN)
}

/// What somebody has written as per cent, as a probability; NaN if it is none.
pub fn probability_from(text: &str) -> f64 {
    number_from(text.trim().trim_end_matches('%')) / 100.0
}

/// A number exactly as it is: for tests and machines.
pub fn exact(number: f64) -> String {
    format!("{number}")
}

/// One or two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or("");
    let letter = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    match (letter(first), words.next().and_then(letter)) {
        (Some(a), Some(b)) => format!("{}{}", a.to_uppercase(), b.to_uppercase()),
        (Some(a), None) => {
            let second = first.chars().filter(|c| c.is_alphanumeric()).nth(1);
            format!("{}{}", a.to_uppercase(), second.map_or(String::new(), |c| c.to_lowercase().to_string()))
        }
        _ => "?".into(),
    }
}

/// A text as a sentence: with a large letter first and a full stop last, unless it ends as a sentence already.
pub fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let mut made: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if !made.ends_with(['.', '!', '?', '…', '”', '“']) && !made.is_empty() {
        made.push('.');
    }
    made
}

/// The first characters of a text, with an ellipsis if something is missing.
pub fn short(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(made: String, expected: &str) {
        assert_eq!(made.replace(NARROW, " "), expected);
    }

    #[test]
    fn answers_that_are_shown_together_add_up() {
        let shown = |set: &[f64]| percents(set).join(", ");
        check(shown(&[0.505, 0.495]), "51 %, 49 %");
        check(shown(&[0.495, 0.505]), "50 %, 50 %");
        check(shown(&[1.0 / 3.0; 3]), "34 %, 33 %, 33 %");
        check(shown(&[0.29, 0.71]), "29 %, 71 %");
        check(shown(&[0.996, 0.004]), ">99 %, <1 %");
        check(shown(&[1.0, 0.0]), "100 %, 0 %");
        check(shown(&[0.286, 0.286, 0.286, 0.142]), "29 %, 29 %, 28 %, 14 %");
        check(percents_fine(&[1.0 / 3.0; 3]).join(", "), "33.4 %, 33.3 %, 33.3 %");
        check(percent_of(&[1.0 / 3.0; 3], 1), "33 %");
        check(percent_of(&[], 1), "–");
        // What is no whole set is rounded one by one.
        check(shown(&[0.335, 0.2]), "34 %, 20 %");
        let (low, high) = ends((0.612, 0.9701));
        check(format!("{low} and {high}"), "61 and 97 %");
    }

    proptest! {
        #[test]
        fn whole_per_cent_of_a_set_add_up_and_are_near(weights in prop::collection::vec(0.0..1.0_f64, 2..13)) {
            let sum: f64 = weights.iter().sum();
            prop_assume!(sum > 0.01);
            let set: Vec<f64> = weights.iter().map(|weight| weight / sum).collect();
            for units in [100, 1000] {
                let shown = wholes(&set, units).unwrap();
                prop_assert_eq!(shown.iter().sum::<u32>(), units);
                for (shown, exact) in shown.iter().zip(&set) {
                    prop_assert!((f64::from(*shown) - exact * f64::from(units)).abs() < 1.0 + 1e-6);
                }
            }
        }
    }

    #[test]
    fn numbers_as_people_read_them() {
        check(percent(0.724), "72 %");
        check(percent(0.9999), ">99 %");
        check(percent(1.0), "100 %");
        check(percent(0.0001), "<1 %");
        check(percent(0.0), "0 %");
        check(percent(f64::NAN), "–");
        check(points(0.11), "+11");
        check(points(-0.104), "−10");
        check(points(0.0), "0");
        check(points(0.002), "+0.2");
        check(decimal(-0.001), "0.00");
        check(decimal(-3.5), "−3.50");
        check(gain(Cash::from_units(2)), "+2.00");
        check(number_field(10.0), "10");
        check([0.0, 10.0, 1.2, 0.0025, 1.0 / 3.0].map(brief).join(" "), "0 10 1.2 0.0025 0.3333");
        check(number_field(0.10), "0.1");
        check(number_field(12.345), "12.35");
        check(percent_field(0.6234), "62.3");
        check(number_field(number_from(" 2,5 ")), "2.5");
        assert!(number_from("many").is_nan() && number_from("").is_nan());
        check(percent_field(probability_from("70 %")), "70.0");
        check(count(0), "0");
        check(count(999), "999");
        check(count(1_234_567), "1,234,567");
        check(dollars(40_000), "$0.04");
        check(dollars(420), "$0.0004");
        check(initials("Historian"), "Hi");
        check(initials("the base rate"), "TB");
        check(initials("  "), "?");
        check(short("Hello, world", 6), "Hello…");
        check(sentence("it is full"), "It is full.");
        check(sentence("Done."), "Done.");
        check(sentence(""), "");
    }
}
