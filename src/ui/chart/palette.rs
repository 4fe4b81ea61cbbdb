//! The chart's colours, read from the page's own variables, so that it follows the theme.

use leptos::web_sys::Element;
use plotters::style::RGBColor;

use crate::web::canvas::css_variable;

/// The colours of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The background.
    pub card: RGBColor,
    /// Text.
    pub ink: RGBColor,
    /// Quiet text.
    pub soft: RGBColor,
    /// The grid.
    pub line: RGBColor,
    /// Trades that raised the leader.
    pub up: RGBColor,
    /// Trades that lowered it.
    pub down: RGBColor,
    /// One colour an outcome.
    pub outcomes: Vec<RGBColor>,
    /// The font.
    pub font: String,
}

impl Palette {
    /// The colours that hold for an element now.
    pub fn of(element: &Element, outcomes: usize) -> Self {
        let colour = |name: &str| {
            css_variable(element, name).and_then(|value| parse(&value)).unwrap_or(RGBColor(128, 128, 128))
        };
        Self {
            card: colour("--card"),
            ink: colour("--ink"),
            soft: colour("--soft"),
            line: colour("--line"),
            up: colour("--up"),
            down: colour("--down"),
            outcomes: (0..outcomes).map(|outcome| colour(&format!("--outcome-{outcome}"))).collect(),
            font: css_variable(element, "--text").unwrap_or_else(|| "sans-serif".into()),
        }
    }
}

/// `rgb(1, 2, 3)` and its kin.
fn parse(value: &str) -> Option<RGBColor> {
    let mut numbers = value
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse::<f64>().ok());
    let mut next = || numbers.next().map(|number| number.round().clamp(0.0, 255.0) as u8);
    Some(RGBColor(next()?, next()?, next()?))
}
