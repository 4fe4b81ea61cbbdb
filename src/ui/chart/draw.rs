//! Draws a scene with plotters, in pixels of the device. No captions and no measuring of text: both need inline
//! styles, which the page's policy forbids.

use leptos::web_sys::HtmlCanvasElement;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_canvas::CanvasBackend;

use super::geometry::{Plane, spread};
use super::palette::Palette;
use super::scene::Scene;
use crate::ui::format;
use crate::ui::words::watch as words;
use crate::web::canvas::CanvasSize;

/// Where something is drawn.
pub type Area<B> = DrawingArea<B, Shift>;

/// What was drawn, or why not.
pub type Drawn = Result<(), Box<dyn std::error::Error>>;

/// The chart's measures in CSS pixels.
const FONT: f64 = 13.0;
/// Room above and below the curves.
const EDGE: f64 = 16.0;
/// Room for the prices on the left.
const LEFT: f64 = 52.0;
/// Room for round numbers below.
const BELOW: f64 = 26.0;
/// Labels at the curves' ends, at most.
const MOST_LABELS: usize = 6;
/// Trades nearer than this have smaller marks.
const CROWDED: f64 = 14.0;

/// The plane of a chart of this size.
pub fn plane(size: CanvasSize, scene: &Scene) -> Plane {
    let longest = scene
        .names
        .iter()
        .map(|name| label(name, &format::percent(0.5), size).chars().count())
        .max()
        .unwrap_or(0);
    let labels = (longest as f64 * FONT * 0.58 + 18.0).min(size.width * 0.36);
    Plane {
        left: LEFT * size.ratio,
        right: (size.width - labels) * size.ratio,
        top: EDGE * size.ratio,
        bottom: (size.height - BELOW) * size.ratio,
        span: scene.span,
    }
}

/// The words at a curve's end.
fn label(name: &str, price: &str, size: CanvasSize) -> String {
    let most = if size.width < 520.0 { 9 } else { 18 };
    format!("{} {price}", format::short(name, most))
}

/// Draws the scene onto a canvas.
pub fn draw(canvas: &HtmlCanvasElement, size: CanvasSize, palette: &Palette, scene: &Scene) -> Drawn {
    if !size.apply(canvas) {
        return Ok(());
    }
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return Ok(()) };
    let area = backend.into_drawing_area();
    area.fill(&palette.card)?;
    draw_scene(&area, size, palette, scene)
}

/// Draws the scene into an area of this size, whatever stands behind it.
pub fn draw_scene<B>(area: &Area<B>, size: CanvasSize, palette: &Palette, scene: &Scene) -> Drawn
where
    B: DrawingBackend,
    B::ErrorType: 'static,
{
    let pen = Pen { area, palette, plane: plane(size, scene), size };
    pen.grid(scene)?;
    pen.curves(scene)?;
    pen.marks(scene)?;
    pen.cursor(scene)?;
    pen.labels(scene)
}

/// Draws lines and words in the page's manner.
pub struct Pen<'a, B: DrawingBackend> {
    /// Where.
    pub area: &'a Area<B>,
    /// In which colours.
    pub palette: &'a Palette,
    /// Where curves go.
    pub plane: Plane,
    /// How large it is.
    pub size: CanvasSize,
}

impl<B> Pen<'_, B>
where
    B: DrawingBackend,
    B::ErrorType: 'static,
{
    /// A length in CSS pixels, in pixels of the device.
    pub fn px(&self, length: f64) -> u32 {
        (length * self.size.ratio).round().max(1.0) as u32
    }

    fn text(
        &self,
        words: &str,
        colour: RGBColor,
        at: (i32, i32),
        places: (HPos, VPos),
        strong: bool,
    ) -> Drawn {
        self.words(words, (FONT, strong), colour, at, places)
    }

    /// Writes words of a size in CSS pixels.
    pub fn words(
        &self,
        words: &str,
        (height, strong): (f64, bool),
        colour: RGBColor,
        at: (i32, i32),
        (h, v): (HPos, VPos),
    ) -> Drawn {
        let family = FontFamily::Name(&self.palette.font);
        let style = if strong { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(family, f64::from(self.px(height)), style);
        let text = TextStyle::from(font).color(&colour).pos(Pos::new(h, v));
        Ok(self.area.draw_text(words, &text, at)?)
    }

    fn line(&self, points: Vec<(i32, i32)>, colour: RGBAColor, width: f64) -> Drawn {
        Ok(self.area.draw(&PathElement::new(points, colour.stroke_width(self.px(width))))?)
    }

    fn grid(&self, scene: &Scene) -> Drawn {
        let (left, right) = (self.plane.left as i32, self.plane.right as i32);
        for price in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = self.plane.y(price);
            self.line(vec![(left, y), (right, y)], self.palette.line.to_rgba(), 1.0)?;
            let words = format!("{:.0}\u{202f}%", price * 100.0);
            self.text(
                &words,
                self.palette.soft,
                (left - self.px(10.0) as i32, y),
                (HPos::Right, VPos::Center),
                false,
            )?;
        }
        let (top, bottom) = (self.plane.top as i32, self.plane.bottom as i32);
        let mut free_from = i32::MIN;
        for &(step, round) in scene.rounds.iter().skip(1) {
            let x = self.plane.x(step);
            self.line(vec![(x, top), (x, bottom)], self.palette.line.to_rgba(), 1.0)?;
            if x >= free_from && x + (self.px(60.0) as i32) < right {
                let at = (x + self.px(4.0) as i32, bottom + self.px(6.0) as i32);
                self.text(&words::round(round), self.palette.soft, at, (HPos::Left, VPos::Top), false)?;
                free_from = x + self.px(70.0) as i32;
            }
        }
        Ok(())
    }

    fn curves(&self, scene: &Scene) -> Drawn {
        let stairs = |outcome: usize| self.plane.staircase(scene.path.iter().map(|prices| prices[outcome]));
        let mut shade = stairs(scene.leader);
        let bottom = self.plane.bottom as i32;
        if let (Some(&(first, _)), Some(&(last, _))) = (shade.first(), shade.last()) {
            shade.extend([(last, bottom), (first, bottom)]);
            let wash = self.palette.outcomes[scene.leader].mix(0.08);
            self.area.draw(&Polygon::new(shade, wash.filled()))?;
        }
        let others = (0..scene.names.len()).filter(|&outcome| outcome != scene.leader);
        for outcome in others {
            self.line(stairs(outcome), self.palette.outcomes[outcome].mix(0.85), 1.75)?;
        }
        self.line(stairs(scene.leader), self.palette.outcomes[scene.leader].to_rgba(), 3.0)
    }

    /// A mark a trade on the leader's curve: pointing up where it rose, down where it fell.
    fn marks(&self, scene: &Scene) -> Drawn {
        let apart = f64::from(self.plane.x(1) - self.plane.x(0)) / self.size.ratio;
        let radius = f64::from(self.px(if apart < CROWDED { 3.2 } else { 6.0 }));
        for (place, &raised) in scene.raised.iter().enumerate() {
            let Some(prices) = scene.path.get(place + 1) else { break };
            let (x, y) = (self.plane.x(place + 1), self.plane.y(prices[scene.leader]));
            let tip = if raised { -radius } else { radius };
            let corner = |dx: f64, dy: f64| {
                (x + (dx * radius).round() as i32, y + (dy * tip / radius * radius).round() as i32)
            };
            let triangle = vec![corner(0.0, 1.0), corner(0.9, -0.62), corner(-0.9, -0.62)];
            let colour = if raised { self.palette.up } else { self.palette.down };
            self.area.draw(&Polygon::new(
                triangle.clone(),
                if raised { colour.filled() } else { self.palette.card.filled() },
            ))?;
            let closed: Vec<(i32, i32)> = triangle.iter().copied().chain(triangle.first().copied()).collect();
            let edge = if raised { self.palette.card } else { colour };
            self.line(closed, edge.to_rgba(), if raised { 1.0 } else { 1.75 })?;
        }
        Ok(())
    }

    fn cursor(&self, scene: &Scene) -> Drawn {
        let Some(step) = scene.cursor.filter(|&step| step < scene.path.len()) else { return Ok(()) };
        let x = self.plane.x(step);
        let ends = vec![(x, self.plane.top as i32), (x, self.plane.bottom as i32)];
        self.line(ends, self.palette.ink.mix(0.55), 1.5)?;
        for (outcome, &price) in scene.path[step].iter().enumerate() {
            let at = (x, self.plane.y(price));
            self.area.draw(&Circle::new(at, self.px(5.5), self.palette.card.filled()))?;
            let ring = self.palette.outcomes[outcome].stroke_width(self.px(2.5));
            self.area.draw(&Circle::new(at, self.px(5.5), ring))?;
        }
        Ok(())
    }

    /// Names and prices at the curves' ends: no legend to look things up in.
    fn labels(&self, scene: &Scene) -> Drawn {
        let Some(last) = scene.path.last() else { return Ok(()) };
        let mut shown: Vec<usize> = (0..last.len()).collect();
        shown.sort_by(|&a, &b| last[b].total_cmp(&last[a]).then(a.cmp(&b)));
        shown.truncate(MOST_LABELS);
        let wanted: Vec<f64> = shown.iter().map(|&outcome| f64::from(self.plane.y(last[outcome]))).collect();
        let gap = f64::from(self.px(FONT * 1.35));
        let placed = spread(&wanted, gap, self.plane.top, self.plane.bottom);
        let x = self.plane.right as i32 + self.px(8.0) as i32;
        for (&outcome, y) in shown.iter().zip(placed) {
            let words = label(&scene.names[outcome], &format::percent_of(last, outcome), self.size);
            let strong = outcome == scene.leader;
            let colour = self.palette.outcomes[outcome];
            self.text(&words, colour, (x, y.round() as i32), (HPos::Left, VPos::Center), strong)?;
        }
        Ok(())
    }
}
