//! What leaves the page: files that the browser saves, and the clipboard. It does not know what is in them.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Lets the browser save a text under a name.
///
/// # Errors
/// The browser refuses; nothing else is known.
pub fn save_text(name: &str, media_type: &str, text: &str) -> Result<(), String> {
    save(name, media_type, |options| {
        web_sys::Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), options)
    })
}

/// Lets the browser save bytes under a name.
///
/// # Errors
/// The browser refuses; nothing else is known.
pub fn save_bytes(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    let bytes = js_sys::Uint8Array::from(bytes);
    save(name, media_type, |options| {
        web_sys::Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&bytes), options)
    })
}

type Made<T> = Result<T, wasm_bindgen::JsValue>;

fn save(
    name: &str,
    media_type: &str,
    blob: impl FnOnce(&web_sys::BlobPropertyBag) -> Made<web_sys::Blob>,
) -> Result<(), String> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    blob(&options)
        .and_then(|blob| hand_over(name, &blob)) // What it says of that helps nobody.
        .map_err(|_| String::new())
}

fn hand_over(name: &str, blob: &web_sys::Blob) -> Made<()> {
    let address = web_sys::Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let anchor: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser takes the address up in a task of its own; until then the blob must live.
    super::spawn(async move {
        super::sleep(10_000).await;
        let _ = web_sys::Url::revoke_object_url(&address);
    });
    Ok(())
}

/// Puts a text on the clipboard; false if the browser does not allow it (it does so on secure pages only).
pub async fn copy_text(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return false };
    // `clipboard` is missing on pages that are not secure, whatever its type says.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok();
    let Some(clipboard) = clipboard.filter(|clipboard| !clipboard.is_undefined()) else { return false };
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
