//! Points with whiskers on two axes: how often things happened against how likely they were called, or what is reached
//! against what it costs. The same figures stand in a table beside it, so the canvas is an image to a screen reader.

use leptos::prelude::*;
use leptos::web_sys::HtmlCanvasElement;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_canvas::CanvasBackend;

use super::palette::Palette;
use super::sheet::Sheet;
use crate::ui::format;
use crate::web::canvas::CanvasSize;

/// The chart's measures in CSS pixels.
const FONT: f64 = 13.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 12.0;
const BELOW: f64 = 44.0;
const RADIUS: f64 = 8.0;
/// Lines of the grid.
const STEPS: u32 = 5;

/// A point.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it stands.
    pub x: f64,
    /// How high.
    pub y: f64,
    /// The lower end of its whisker …
    pub low: f64,
    /// … and the upper.
    pub high: f64,
    /// How large it is drawn, up to 1.
    pub size: f64,
    /// What stands beside it.
    pub name: String,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it measures.
    pub name: String,
    /// Where it begins …
    pub low: f64,
    /// … and ends.
    pub most: f64,
    /// Whether its figures are shares.
    pub percent: bool,
}

impl Axis {
    fn figure(&self, value: f64) -> String {
        if self.percent { format::percent(value) } else { format::brief(value) }
    }

    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.most - self.low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0)
    }
}

/// The points.
#[component]
pub fn ScatterChart(
    /// The points.
    #[prop(into)]
    marks: Signal<Vec<Mark>>,
    /// From left to right.
    #[prop(into)]
    x: Signal<Axis>,
    /// From below.
    #[prop(into)]
    y: Signal<Axis>,
    /// What the chart shows, in a sentence.
    #[prop(into)]
    name: Signal<String>,
    /// Whether the line is drawn on which both are equal.
    diagonal: bool,
) -> impl IntoView {
    let sheet = Sheet::new(|| 1);
    let track = move || {
        marks.track();
        x.track();
        y.track();
    };
    sheet.draw(track, move |element, size, palette| {
        let plot = Plot { size, palette, x: x.get_untracked(), y: y.get_untracked(), diagonal };
        // A canvas that cannot be drawn on leaves the table, which says the same.
        let _ = marks.with_untracked(|marks| plot.draw(element, marks));
    });
    view! {
        <canvas node_ref=sheet.node class="chart scatter-chart" role="img" aria-label=move || name.get()
            on:transitionend=move |_| sheet.theme_changed()></canvas>
    }
}

/// What is drawn with.
struct Plot<'a> {
    size: CanvasSize,
    palette: &'a Palette,
    x: Axis,
    y: Axis,
    diagonal: bool,
}

impl Plot<'_> {
    fn px(&self, length: f64) -> i32 {
        (length * self.size.ratio).round() as i32
    }

    fn across(&self, value: f64) -> i32 {
        self.px(LEFT + (self.size.width - LEFT - RIGHT) * self.x.share(value))
    }

    fn up(&self, value: f64) -> i32 {
        let bottom = self.size.height - BELOW;
        self.px(bottom - (bottom - TOP) * self.y.share(value))
    }

    fn text<'b>(&'b self, colour: &'b RGBColor, across: HPos, down: VPos) -> TextStyle<'b> {
        let font =
            FontDesc::new(FontFamily::Name(&self.palette.font), FONT * self.size.ratio, FontStyle::Normal);
        TextStyle::from(font).color(colour).pos(Pos::new(across, down))
    }

    fn draw(&self, canvas: &HtmlCanvasElement, marks: &[Mark]) -> Result<(), Box<dyn std::error::Error>> {
        if !self.size.apply(canvas) {
            return Ok(());
        }
        let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return Ok(()) };
        let area = backend.into_drawing_area();
        let palette = self.palette;
        area.fill(&palette.card)?;
        let (left, right) = (self.across(self.x.low), self.across(self.x.most));
        let (bottom, top) = (self.up(self.y.low), self.up(self.y.most));
        let thin = palette.line.stroke_width(self.px(1.0).max(1) as u32);
        for step in 0..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let (x, y) = (
                self.x.low + share * (self.x.most - self.x.low),
                self.y.low + share * (self.y.most - self.y.low),
            );
            area.draw(&PathElement::new(vec![(left, self.up(y)), (right, self.up(y))], thin))?;
            let beside = self.text(&palette.soft, HPos::Right, VPos::Center);
            area.draw_text(&self.y.figure(y), &beside, (self.px(LEFT - 8.0), self.up(y)))?;
            let across = if step == STEPS { HPos::Right } else { HPos::Center };
            let below = self.text(&palette.soft, across, VPos::Top);
            area.draw_text(&self.x.figure(x), &below, (self.across(x), bottom + self.px(6.0)))?;
        }
        let below = self.text(&palette.soft, HPos::Right, VPos::Bottom);
        area.draw_text(&self.x.name, &below, (right, self.px(self.size.height - 2.0)))?;
        if self.diagonal {
            let line = palette.soft.stroke_width(self.px(1.0).max(1) as u32);
            area.draw(&PathElement::new(vec![(left, bottom), (right, top)], line))?;
        }
        for mark in marks {
            let (x, y) = (self.across(mark.x), self.up(mark.y));
            let whisker = palette.ink.mix(0.5).stroke_width(self.px(1.5).max(1) as u32);
            area.draw(&PathElement::new(vec![(x, self.up(mark.low)), (x, self.up(mark.high))], whisker))?;
            let radius = self.px(RADIUS * mark.size).max(2);
            area.draw(&Circle::new((x, y), radius, palette.up.filled()))?;
        }
        for (place, down) in self.label_places(marks) {
            let mark = &marks[place];
            // On whichever side there is room.
            let left_half = self.x.share(mark.x) < 0.5;
            let (side, gap) = if left_half { (HPos::Left, 1) } else { (HPos::Right, -1) };
            let beside = self.text(&palette.ink, side, VPos::Center);
            area.draw_text(&mark.name, &beside, (self.across(mark.x) + gap * self.px(RADIUS + 4.0), down))?;
        }
        Ok(())
    }

    /// How far down each label goes: beside its point, or below the label above where that would cover it.
    fn label_places(&self, marks: &[Mark]) -> Vec<(usize, i32)> {
        let mut order: Vec<usize> = (0..marks.len()).filter(|&place| !marks[place].name.is_empty()).collect();
        order.sort_by_key(|&place| self.up(marks[place].y));
        let mut free = [i32::MIN; 2];
        let room = self.px(FONT * 1.2);
        order
            .into_iter()
            .map(|place| {
                let side = usize::from(self.x.share(marks[place].x) < 0.5);
                let down = self.up(marks[place].y).max(free[side]);
                free[side] = down + room;
                (place, down)
            })
            .collect()
    }
}
