//! Light or dark: the system's choice, or a person's. It only marks the page; `style/tokens.css` has the colours.

/// Marks the page light or dark; `None` follows the system.
pub fn apply(dark: Option<bool>) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(root) = root else { return };
    // Both calls fail for names that are no attribute names only.
    let _ = match dark {
        Some(dark) => root.set_attribute("data-theme", if dark { "dark" } else { "light" }),
        None => root.remove_attribute("data-theme"),
    };
}
