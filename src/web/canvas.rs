//! What a drawing needs to know of its canvas: its size on this screen, its colours, when the size changes, and how to
//! take it away as a picture. It does not know what is drawn.

use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// A canvas's size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CanvasSize {
    /// In CSS pixels.
    pub width: f64,
    /// In CSS pixels.
    pub height: f64,
    /// Pixels of the device in one of them.
    pub ratio: f64,
}

impl CanvasSize {
    /// The size that a canvas has now.
    pub fn of(canvas: &HtmlCanvasElement) -> Self {
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(1.0, 4.0);
        Self { width: f64::from(canvas.client_width()), height: f64::from(canvas.client_height()), ratio }
    }

    /// Gives the canvas as many pixels as the device has there; says whether there are any.
    pub fn apply(self, canvas: &HtmlCanvasElement) -> bool {
        let wanted = ((self.width * self.ratio).round() as u32, (self.height * self.ratio).round() as u32);
        // Setting a size, even the same, throws the canvas's memory away.
        if (canvas.width(), canvas.height()) != wanted {
            canvas.set_width(wanted.0);
            canvas.set_height(wanted.1);
        }
        wanted.0 > 0 && wanted.1 > 0
    }
}

/// Tells when an element's size changes, until it is dropped.
#[derive(Debug)]
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Calls `changed` now and whenever the element's size changes.
    pub fn new(element: &web_sys::Element, changed: impl FnMut() + 'static) -> Self {
        let callback = Closure::new(changed);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _callback: callback }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The value of a CSS variable on an element, as the browser computes it.
pub fn css_variable(element: &web_sys::Element, name: &str) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    style.get_property_value(name).ok().filter(|value| !value.is_empty())
}

/// A canvas that stands in no page.
pub fn blank_canvas(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

/// What stands on a canvas, as PNG.
///
/// # Errors
/// What the browser objects to, in words.
pub async fn png_of(canvas: &HtmlCanvasElement) -> Result<Vec<u8>, String> {
    let (tell, told) = futures_channel::oneshot::channel::<Option<web_sys::Blob>>();
    let done = Closure::once_into_js(move |blob: Option<web_sys::Blob>| {
        // Nobody listens any more if the page went on.
        let _ = tell.send(blob);
    });
    canvas.to_blob(done.unchecked_ref()).map_err(|error| format!("{error:?}"))?;
    let blob = told.await.ok().flatten().ok_or("the browser makes no picture of it")?;
    let blob = gloo_file::Blob::from(blob);
    gloo_file::futures::read_as_bytes(&blob).await.map_err(|error| error.to_string())
}
