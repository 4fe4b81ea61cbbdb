//! A short note through Web Audio. It does not know what a note stands for. The browser's sound begins with the first
//! note: browsers allow none before somebody has pressed something.

use std::cell::RefCell;

use wasm_bindgen::JsValue;

/// How loud a note is, of 1: beside a voice that reads, not over it.
const LOUDNESS: f32 = 0.12;
/// How long it sounds, in seconds.
const SECONDS: f64 = 0.14;

thread_local! {
    /// Made once: browsers allow a page only a few.
    static CONTEXT: RefCell<Option<web_sys::AudioContext>> = const { RefCell::new(None) };
}

/// Plays a note of so many hertz. A browser without sound plays none; what the note stands for is written as well.
pub fn play(hertz: f64) {
    // Refused only where the browser has no sound to give.
    let _ = CONTEXT.with_borrow_mut(|kept| {
        let context = match kept {
            Some(context) => context,
            None => kept.insert(web_sys::AudioContext::new()?),
        };
        sound(context, hertz)
    });
}

fn sound(context: &web_sys::AudioContext, hertz: f64) -> Result<(), JsValue> {
    // Nothing waits for it: a note that comes before the sound is on is heard when it is.
    let _ = context.resume()?;
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    let (now, end) = (context.current_time(), context.current_time() + SECONDS);
    oscillator.set_type(web_sys::OscillatorType::Triangle);
    oscillator.frequency().set_value(hertz as f32);
    // It fades: a note that is cut off clicks.
    gain.gain().set_value_at_time(LOUDNESS, now)?;
    gain.gain().linear_ramp_to_value_at_time(0.0, end)?;
    oscillator.connect_with_audio_node(&gain)?.connect_with_audio_node(&context.destination())?;
    oscillator.start()?;
    oscillator.stop_with_when(end)
}
