//! Figures as marks on a line: a bar from a zero line, and places between 0 and 1 with a band and a line to compare
//! with. The figures stand beside them as text, so they are silent. They know no unit.

use leptos::prelude::*;

/// A share of a length as a percentage.
fn part(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

/// A bar from the zero line, which is in the middle if anything can be negative, else on the left.
#[component]
pub fn Meter(
    /// From −1 to 1.
    value: f64,
    /// Its standard error on the same scale.
    #[prop(default = 0.0)]
    error: f64,
    /// Whether the zero line is in the middle.
    signed: bool,
) -> impl IntoView {
    let place = move |value: f64| if signed { f64::midpoint(value, 1.0) } else { value };
    let (from, to) = (place(value.min(0.0)), place(value.max(0.0)));
    let (low, high) = (place(value - 2.0 * error).max(0.0), place(value + 2.0 * error).min(1.0));
    view! {
        <span class="meter" class:meter-signed=signed aria-hidden="true">
            <span class="meter-fill" class:meter-down=value < 0.0 style:left=part(from) style:width=part(to - from)></span>
            {(error > 0.0).then(|| view! {
                <span class="meter-error" style:left=part(low) style:width=part(high - low)></span>
            })}
        </span>
    }
}

/// A place between 0 and 1, with a line to compare it with and bands around it, widest first.
#[component]
pub fn Place(
    /// The place.
    value: f64,
    /// The line.
    line: f64,
    /// Bands, from and to.
    #[prop(default = Vec::new())]
    bands: Vec<(f64, f64)>,
) -> impl IntoView {
    let band = |(from, to): (f64, f64)| {
        view! { <span class="place-band" style:left=part(from) style:width=part(to - from)></span> }
    };
    view! {
        <span class="place" aria-hidden="true">
            {bands.into_iter().map(band).collect_view()}
            <span class="place-line" style:left=part(line)></span>
            <span class="place-dot" style:left=part(value)></span>
        </span>
    }
}
