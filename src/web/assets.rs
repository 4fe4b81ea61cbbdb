//! Files of the page's own site, and files that a person picks. It does not know what is in them.

use futures_util::StreamExt;
use gloo_net::http::Request;
use wasm_bindgen::JsCast;

/// Why a file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// `fetch` failed, and a browser does not say why.
    #[error(
        "it could not be reached; a browser gives no reason: the address may be wrong, the site may not let other pages \
         read its files (CORS), or you may be offline"
    )]
    Unreachable,
    /// The site answers with this status instead.
    #[error("the site answers {0}")]
    Status(u16),
    /// It broke off.
    #[error("it was cut off on its way")]
    CutOff,
    /// It is larger than so many MiB.
    #[error("it is larger than {0} MiB")]
    TooLarge(usize),
    /// The browser cannot read a file of this device.
    #[error("the browser could not read the file")]
    NotRead,
}

/// Reads a file of this site, by an address relative to the page.
///
/// # Errors
/// Why there is none.
pub async fn own_file(path: &str) -> Result<Vec<u8>, AssetError> {
    let reply = Request::get(path).send().await.map_err(|_| AssetError::Unreachable)?;
    if !reply.ok() {
        return Err(AssetError::Status(reply.status()));
    }
    reply.binary().await.map_err(|_| AssetError::CutOff)
}

/// Reads a public text from another site, without credentials and without saying where the page is.
///
/// # Errors
/// Why there is none.
pub async fn public_text(url: &str) -> Result<String, AssetError> {
    let request = Request::get(url)
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .cache(web_sys::RequestCache::NoStore);
    let reply = request.send().await.map_err(|_| AssetError::Unreachable)?;
    if !reply.ok() {
        return Err(AssetError::Status(reply.status()));
    }
    reply.text().await.map_err(|_| AssetError::CutOff)
}

/// Reads a public file from another site as it is now, up to a limit; as [`public_text`] does otherwise.
///
/// # Errors
/// Why there is none.
pub async fn public_file(url: &str, most_bytes: usize) -> Result<Vec<u8>, AssetError> {
    let abort = web_sys::AbortController::new().map_err(|_| AssetError::Unreachable)?;
    let request = Request::get(url)
        .credentials(web_sys::RequestCredentials::Omit)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .cache(web_sys::RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()));
    let reply = request.send().await.map_err(|_| AssetError::Unreachable)?;
    if !reply.ok() {
        return Err(AssetError::Status(reply.status()));
    }
    let Some(body) = reply.body() else { return Ok(Vec::new()) };
    let mut chunks = wasm_streams::ReadableStream::from_raw(body.unchecked_into()).into_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.ok().and_then(|chunk| chunk.dyn_into::<js_sys::Uint8Array>().ok());
        bytes.extend(chunk.ok_or(AssetError::CutOff)?.to_vec());
        if bytes.len() > most_bytes {
            abort.abort();
            return Err(AssetError::TooLarge(most_bytes >> 20));
        }
    }
    Ok(bytes)
}

/// Reads the file that was just picked in the file input an event comes from, and empties the input, so that the same
/// file can be picked again. `None` if none was picked.
pub fn picked_file(
    event: &web_sys::Event,
) -> Option<impl Future<Output = Result<Vec<u8>, AssetError>> + use<>> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = gloo_file::File::from(input.files()?.get(0)?);
    input.set_value("");
    Some(async move { gloo_file::futures::read_as_bytes(&file).await.map_err(|_| AssetError::NotRead) })
}

/// What the file that was just picked is called; ask before [`picked_file`] empties the input.
pub fn picked_name(event: &web_sys::Event) -> Option<String> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some(input.files()?.get(0)?.name())
}

/// What the file that a drop brought is called.
pub fn dropped_name(event: &web_sys::DragEvent) -> Option<String> {
    Some(event.data_transfer()?.files()?.get(0)?.name())
}

/// Whether a drag brings files to the page itself, and not to a field that takes files.
pub fn brings_files(event: &web_sys::DragEvent) -> bool {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let types = event.data_transfer().map(|data| data.types());
    field.is_none() && types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Reads the file that a drop brought; `None` if it brought none. One that is larger than `most_bytes` is not read.
pub fn dropped_file(
    event: &web_sys::DragEvent,
    most_bytes: usize,
) -> Option<impl Future<Output = Result<Vec<u8>, AssetError>> + use<>> {
    let file = gloo_file::File::from(event.data_transfer()?.files()?.get(0)?);
    Some(async move {
        if file.size() > most_bytes as u64 {
            return Err(AssetError::TooLarge(most_bytes >> 20));
        }
        gloo_file::futures::read_as_bytes(&file).await.map_err(|_| AssetError::NotRead)
    })
}
