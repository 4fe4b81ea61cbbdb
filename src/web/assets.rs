//! Files of the page's own site, and files that a person picks. It does not know what is in them.

use gloo_net::http::Request;
use wasm_bindgen::JsCast;

/// Reads a file of this site, by an address relative to the page.
///
/// # Errors
/// Why there is none, in words.
pub async fn own_file(path: &str) -> Result<Vec<u8>, String> {
    let reply = Request::get(path).send().await.map_err(|error| error.to_string())?;
    if !reply.ok() {
        return Err(format!("the site answers {}", reply.status()));
    }
    reply.binary().await.map_err(|error| error.to_string())
}

/// Reads a public text from another site, without credentials and without saying where the page is.
///
/// # Errors
/// Why there is none, in words.
pub async fn public_text(url: &str) -> Result<String, String> {
    let request = Request::get(url)
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .cache(web_sys::RequestCache::NoStore);
    let reply = request.send().await.map_err(|_| {
        "it could not be reached; a browser gives no reason, and you may be offline".to_owned()
    })?;
    if !reply.ok() {
        return Err(format!("the site answers {}", reply.status()));
    }
    reply.text().await.map_err(|error| error.to_string())
}

/// Reads the file that was just picked in the file input an event comes from, and empties the input, so that the same
/// file can be picked again. `None` if none was picked.
pub fn picked_file(event: &web_sys::Event) -> Option<impl Future<Output = Result<Vec<u8>, String>> + use<>> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = gloo_file::File::from(input.files()?.get(0)?);
    input.set_value("");
    Some(async move { gloo_file::futures::read_as_bytes(&file).await.map_err(|error| error.to_string()) })
}
