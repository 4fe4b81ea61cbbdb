//! The canvas of a drawing: its size, the colours of the theme, and when it is drawn again. It knows no drawing.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlCanvasElement;

use super::palette::Palette;
use super::redraw::redraw;
use crate::web::canvas::{CanvasSize, SizeWatch};

/// A canvas. `Copy`: give its `node` to the element, and [`Sheet::theme_changed`] to the end of its transition.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The element.
    pub node: NodeRef<html::Canvas>,
    /// Its size.
    pub size: RwSignal<CanvasSize>,
    themed: RwSignal<u32>,
    palette: Memo<Option<Palette>>,
}

impl Sheet {
    /// A canvas on which so many outcomes have colours.
    pub fn new(outcomes: impl Fn() -> usize + Send + Sync + 'static) -> Self {
        let node = NodeRef::<html::Canvas>::new();
        let size = RwSignal::new(CanvasSize::default());
        let watch = StoredValue::new_local(None::<SizeWatch>);
        node.on_load(move |element| {
            let measured = element.clone();
            watch.set_value(Some(SizeWatch::new(&element, move || {
                size.try_set(CanvasSize::of(&measured));
            })));
        });
        let themed = RwSignal::new(0_u32);
        // Reading computed styles makes the browser compute them: not for every frame.
        let palette = Memo::new(move |_| {
            themed.track();
            size.track();
            node.get().map(|element| Palette::of(&element, outcomes()))
        });
        Self { node, size, themed, palette }
    }

    /// The theme has no signal: the canvas has a transition on its colour, and its end is the news.
    pub fn theme_changed(self) {
        self.themed.update(|times| *times += 1);
    }

    /// Draws now, and whenever the canvas changes or anything that `track` reads.
    pub fn draw(
        self,
        track: impl Fn() + 'static,
        draw: impl Fn(&HtmlCanvasElement, CanvasSize, &Palette) + 'static,
    ) {
        let track = move || {
            self.node.track();
            self.size.track();
            self.themed.track();
            track();
        };
        redraw(track, move || {
            let (element, size) = (self.node.get_untracked(), self.size.get_untracked());
            self.palette.with_untracked(|palette| {
                if let (Some(element), Some(palette)) = (element, palette) {
                    draw(&element, size, palette);
                }
            });
        });
    }
}
