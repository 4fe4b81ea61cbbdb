//! The page as a document: its address fragment, its title, its focus. It does not know what a route means.

use wasm_bindgen::JsCast;

use crate::llm::Network;

/// The address's fragment without its `#`, as it stands there.
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .map_or_else(String::new, |hash| hash.strip_prefix('#').unwrap_or(&hash).to_owned())
}

/// Changes the fragment, which adds an entry to the browser's history.
pub fn set_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // The browser refuses only when a page changes its address hundreds of times a minute.
        let _ = window.location().set_hash(fragment);
    }
}

/// Changes the title of the tab.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Moves the focus to the first element that fits a selector; says whether there was one.
pub fn focus(selector: &str) -> bool {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    found.is_some_and(|element| element.focus().is_ok())
}

/// Opens the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A page that cannot be loaded again stays as it is.
        let _ = window.location().reload();
    }
}

/// Whether the site holds the program in more than one language; `boot.js` knows which to load.
pub fn has_languages() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|page| matches!(page.query_selector("script[data-de-wasm]"), Ok(Some(_))))
}

/// Whether the first element that fits a selector has the focus.
pub fn has_focus(selector: &str) -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| {
        let found = document.query_selector(selector).ok().flatten();
        found.is_some() && found == document.active_element()
    })
}

/// Takes the focus from whatever has it. An element that is removed with the focus on it makes the browser lay out the
/// page in the middle of the change.
pub fn drop_focus() {
    let focused = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = focused {
        // There is nothing to lose if it refuses.
        let _ = element.blur();
    }
}

/// Tells whoever listens to the window that something has happened.
pub fn tell(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(event)) {
        // Nobody refuses an event that cannot be cancelled.
        let _ = window.dispatch_event(&event);
    }
}

/// Scrolls to the top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Sixty-four bits that nobody can foresee, for the seed of a new run.
pub fn fresh_bits() -> u64 {
    let half = || (js_sys::Math::random() * 4_294_967_296.0) as u64;
    (half() << 32) | half()
}

/// Sixty-four bits that nobody can guess; `None` where the browser has none to give.
pub fn secret_bits() -> Option<u64> {
    let mut bytes = [0; 8];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}

/// The whole address of a fragment (without its `#`) on this page, for a link that others open.
pub fn address_of(fragment: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let here = location.and_then(|location| location.href().ok()).unwrap_or_default();
    let page = here.split_once('#').map_or(here.as_str(), |(page, _)| page);
    format!("{page}#{fragment}")
}

/// The page's origin, as a server would have to name it to admit the page.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// How far away the page's own server is.
pub fn network() -> Network {
    let host = web_sys::window().and_then(|window| window.location().hostname().ok());
    Network::of_host(&host.unwrap_or_default())
}

/// Scrolls the first element that fits a selector into view and moves the focus to it; says whether there was one.
pub fn reveal(selector: &str) -> bool {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = &found {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
    found.is_some() && focus(selector)
}

/// Selects all of what the first element that fits a selector holds: a field's text, or what it shows.
pub fn select_all(selector: &str) {
    let Some(window) = web_sys::window() else { return };
    let found = window.document().and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(element) = found else { return };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.select();
    } else if let Ok(Some(selection)) = window.get_selection() {
        let _ = selection.select_all_children(&element);
    }
}

/// Milliseconds since the page was opened, finely.
pub fn now_millis() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Changes the fragment without an entry in the browser's history and without a change of page.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ =
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("#{fragment}")));
    }
}

/// Sets an attribute of the first element that fits a selector, ahead of the page's own update.
pub fn set_attribute(selector: &str, name: &str, value: &str) {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        // Fails for names that are no attribute names only.
        let _ = element.set_attribute(name, value);
    }
}

/// A moment as people write date and time in the page's language.
pub fn local_time(millis: u64) -> String {
    let language = root().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    // English names no country, and the browser would put the month first.
    let language = if language.is_empty() || language == "en" { "en-GB" } else { &language };
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64));
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(language, &options).into()
}

/// Asks the browser for its print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // Refused only inside frames that may not open dialogs.
        let _ = window.print();
    }
}

/// Tells the page around this one how tall this page is, now and whenever that changes, until the result is dropped.
/// It says nothing else, so whoever listens may know it.
pub fn tell_height() -> Option<super::canvas::SizeWatch> {
    let window = web_sys::window()?;
    let parent = window.parent().ok().flatten().filter(|parent| *parent != window)?;
    let root = window.document()?.body()?;
    let measured = root.clone();
    Some(super::canvas::SizeWatch::new(&root, move || {
        let message = js_sys::Object::new();
        for (name, value) in [("type", HEIGHT_MESSAGE.into()), ("height", measured.scroll_height().into())] {
            // Setting a property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&message, &wasm_bindgen::JsValue::from_str(name), &value);
        }
        let _ = parent.post_message(&message, "*");
    }))
}

/// The type of the message with which an embedded page tells its height.
pub const HEIGHT_MESSAGE: &str = "credence-height";

/// The element that all others stand in.
pub fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.document_element()
}
