//! The chart as a picture that is taken away: the question above it, the answer, the curves, and what the picture is.
//! One drawing for both kinds of picture.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_canvas::CanvasBackend;
use plotters_svg::SVGBackend;

use super::draw::{Area, Drawn, Pen, draw_scene, plane};
use super::palette::Palette;
use super::scene::Scene;
use crate::ui::format;
use crate::web::canvas::{CanvasSize, blank_canvas, png_of};

/// The picture's size in CSS pixels: the shape in which chats show a link.
const SIZE: (f64, f64) = (800.0, 450.0);
/// Pixels of a PNG in one of them.
const PNG_RATIO: f64 = 2.5;
/// Room around the words.
const EDGE: f64 = 24.0;
/// Room left of the chart, which keeps room for its own figures.
const LEFT: f64 = 10.0;
/// Room above the curves for one line of the question, and for each more.
const HEAD: f64 = 76.0;
const LINE: f64 = 28.0;
/// Room below the curves.
const FOOT: f64 = 34.0;
/// The question: its size, its lines, and the letters in one.
const QUESTION: f64 = 22.0;
const QUESTION_LINES: usize = 2;
const QUESTION_CHARS: usize = 66;

/// What a picture says.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Above the curves, large.
    pub question: String,
    /// Below it.
    pub answer: String,
    /// Below the curves, small.
    pub foot: String,
    /// The curves.
    pub scene: Scene,
}

impl Picture {
    /// As SVG.
    ///
    /// # Errors
    /// What the drawing objects to, in words.
    pub fn svg(&self, palette: &Palette) -> Result<String, String> {
        let (width, height) = (SIZE.0 as u32, SIZE.1 as u32);
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, (width, height)).into_drawing_area();
        self.draw(&area, 1.0, palette).map_err(|error| error.to_string())?;
        area.present().map_err(|error| error.to_string())?;
        drop(area);
        Ok(text)
    }

    /// As PNG.
    ///
    /// # Errors
    /// What the drawing or the browser objects to, in words.
    pub async fn png(&self, palette: &Palette) -> Result<Vec<u8>, String> {
        let pixels = |length: f64| (length * PNG_RATIO) as u32;
        let canvas = blank_canvas(pixels(SIZE.0), pixels(SIZE.1)).ok_or("the browser gives no canvas")?;
        let backend =
            CanvasBackend::with_canvas_object(canvas.clone()).ok_or("the browser gives no canvas")?;
        let drawn =
            self.draw(&backend.into_drawing_area(), PNG_RATIO, palette).map_err(|error| error.to_string());
        drawn?;
        png_of(&canvas).await
    }

    fn draw<B>(&self, area: &Area<B>, ratio: f64, palette: &Palette) -> Drawn
    where
        B: DrawingBackend,
        B::ErrorType: 'static,
    {
        area.fill(&palette.card)?;
        let lines = broken(&self.question, QUESTION_CHARS, QUESTION_LINES);
        let head = HEAD + LINE * (lines.len().max(1) - 1) as f64;
        let size = CanvasSize { width: SIZE.0 - EDGE - LEFT, height: SIZE.1 - head - FOOT, ratio };
        let pen = Pen { area, palette, plane: plane(size, &self.scene), size };
        let px = |length: f64| pen.px(length) as i32;
        let start = (HPos::Left, VPos::Top);
        for (place, line) in lines.iter().enumerate() {
            let y = px(EDGE + LINE * place as f64);
            pen.words(line, (QUESTION, true), palette.ink, (px(EDGE), y), start)?;
        }
        let y = px(head - 22.0);
        pen.words(&self.answer, (15.0, false), palette.soft, (px(EDGE), y), start)?;
        let y = px(SIZE.1 - FOOT + 8.0);
        pen.words(&self.foot, (12.0, false), palette.soft, (px(EDGE), y), start)?;
        let inner = area.margin(pen.px(head), pen.px(FOOT), pen.px(LEFT), pen.px(EDGE));
        draw_scene(&inner, size, palette, &self.scene)
    }
}

/// A text in lines of at most so many letters; the last one says if more would follow.
fn broken(text: &str, most: usize, lines: usize) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match made.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => made.push(word.to_owned()),
        }
    }
    if made.len() > lines {
        made.truncate(lines);
        if let Some(last) = made.last_mut() {
            last.push_str(" …");
        }
    }
    made.iter().map(|line| format::short(line, most + 2)).collect()
}
