//! How many answers of a run failed: beside its title wherever a run is shown. Nothing while there is no failure.

use leptos::prelude::*;

use crate::ui::desk::Feed;
use crate::ui::words::watch as words;

/// The badge.
#[component]
pub fn FailureBadge(
    /// The run.
    feed: Feed,
) -> impl IntoView {
    let failures = Memo::new(move |_| feed.failures());
    move || {
        let failures = failures.get();
        (failures > 0).then(|| {
            view! {
                <span class="tag tag-bad" data-testid="failures" data-value=failures.to_string()>
                    {words::failures_badge(failures)}
                </span>
            }
        })
    }
}
