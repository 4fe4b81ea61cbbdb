//! Horizontal bars around a zero line, one a row, with a whisker for the error. Drawn with plotters on a canvas; the
//! same figures stand in a table beside it, so the canvas is an image to a screen reader.

use leptos::prelude::*;
use leptos::web_sys::HtmlCanvasElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_canvas::CanvasBackend;

use super::palette::Palette;
use super::sheet::Sheet;
use crate::web::canvas::CanvasSize;

/// The chart's measures in CSS pixels.
const FONT: f64 = 13.0;
const NAMES: f64 = 164.0;
const RIGHT: f64 = 58.0;
const TOP: f64 = 6.0;
const BELOW: f64 = 24.0;
/// Share of a row that its bar fills.
const THICKNESS: f64 = 0.56;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Where it ends.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The figure in words.
    pub label: String,
    /// Whether it stands out.
    pub strong: bool,
}

/// The bars, on an axis from −1 to 1; what lies beyond is cut at the edge and its figure says so.
#[component]
pub fn BarChart(
    /// The rows, first on top.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
    /// What the chart shows, in a sentence.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let sheet = Sheet::new(|| 2);
    sheet.draw(
        move || bars.track(),
        move |element, size, palette| {
            // A canvas that cannot be drawn on leaves the table, which says the same.
            let _ = bars.with_untracked(|bars| draw(element, size, palette, bars));
        },
    );
    view! {
        <canvas node_ref=sheet.node class="chart bar-chart" role="img" data-testid="efficiency-chart"
            aria-label=move || name.get() on:transitionend=move |_| sheet.theme_changed()></canvas>
    }
}

fn draw(
    canvas: &HtmlCanvasElement,
    size: CanvasSize,
    palette: &Palette,
    bars: &[Bar],
) -> Result<(), Box<dyn std::error::Error>> {
    if !size.apply(canvas) || bars.is_empty() {
        return Ok(());
    }
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return Ok(()) };
    let area = backend.into_drawing_area();
    area.fill(&palette.card)?;
    let px = |length: f64| (length * size.ratio).round() as i32;
    let font = |strong: bool| {
        let style = if strong { FontStyle::Bold } else { FontStyle::Normal };
        FontDesc::new(FontFamily::Name(&palette.font), FONT * size.ratio, style)
    };
    let (left, right) = (NAMES, size.width - RIGHT);
    let x = |value: f64| px(left + (right - left) * (value.clamp(-1.0, 1.0) + 1.0) / 2.0);
    let bottom = size.height - BELOW;
    let row = (bottom - TOP) / bars.len() as f64;
    for (mark, words) in [(-1.0, "−100\u{202f}%"), (-0.5, ""), (0.0, "0"), (0.5, ""), (1.0, "100\u{202f}%")]
    {
        let colour = if mark == 0.0 { palette.soft } else { palette.line };
        let line = vec![(x(mark), px(TOP)), (x(mark), px(bottom))];
        area.draw(&PathElement::new(line, colour.stroke_width(px(1.0).max(1) as u32)))?;
        let style = TextStyle::from(font(false)).color(&palette.soft).pos(Pos::new(HPos::Center, VPos::Top));
        area.draw_text(words, &style, (x(mark), px(bottom + 5.0)))?;
    }
    for (place, bar) in bars.iter().enumerate() {
        let middle = TOP + row * (place as f64 + 0.5);
        let half = row * THICKNESS / 2.0;
        let colour = if bar.value < 0.0 { palette.down } else { palette.up };
        let fill = colour.mix(if bar.strong { 1.0 } else { 0.55 });
        let (from, to) = (x(0.0).min(x(bar.value)), x(0.0).max(x(bar.value)));
        area.draw(&Rectangle::new([(from, px(middle - half)), (to, px(middle + half))], fill.filled()))?;
        let whisker =
            vec![(x(bar.value - 2.0 * bar.error), px(middle)), (x(bar.value + 2.0 * bar.error), px(middle))];
        area.draw(&PathElement::new(whisker, palette.ink.stroke_width(px(1.5).max(1) as u32)))?;
        let name =
            TextStyle::from(font(bar.strong)).color(&palette.ink).pos(Pos::new(HPos::Right, VPos::Center));
        area.draw_text(&bar.name, &name, (px(left - 10.0), px(middle)))?;
        let label =
            TextStyle::from(font(bar.strong)).color(&palette.ink).pos(Pos::new(HPos::Right, VPos::Center));
        area.draw_text(&bar.label, &label, (px(size.width - 2.0), px(middle)))?;
    }
    Ok(())
}
