//! The head digest and the button that checks a run. The check does a little each frame, so that the page stays
//! alive, and its result belongs to the very log that it looked at.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::run::{Document, Verdict, Verification};
use crate::ui::desk::{Feed, OpenRun, use_desk};
use crate::ui::words::audit as words;
use crate::web;

/// What a check is doing or has found.
#[derive(Clone, Debug, PartialEq)]
enum Check {
    Idle,
    Working { done: usize, all: usize },
    Done(Verdict),
}

/// Digest, button and result.
#[component]
pub fn VerifyPanel(
    /// The run to check.
    feed: Feed,
    /// Where events of this run can be linked to, the number to be put behind it.
    #[prop(optional)]
    event_href: Option<&'static str>,
    /// The first event that is broken, once a check has found one.
    #[prop(into)]
    on_broken: Callback<Option<u64>>,
) -> impl IntoView {
    let desk = use_desk();
    let head = Memo::new(move |_| feed.with(|open| open.map(Heads::of)).unwrap_or_default());
    let over = Memo::new(move |_| !feed.status().is_open());
    let check = RwSignal::new(Check::Idle);
    // A number for each check: another log, or leaving the page, makes an older check fall silent.
    let current = StoredValue::new(0_u64);
    Effect::new(move |_| {
        head.track();
        current.update_value(|current| *current += 1);
        check.set(Check::Idle);
        on_broken.run(None);
    });
    let verify = move |_| {
        let Some(Ok(document)) = feed.peek(|open| open.map(OpenRun::to_document)) else { return };
        current.update_value(|current| *current += 1);
        let mine = current.get_value();
        check.set(Check::Working { done: 0, all: 3 * document.events.len() });
        web::spawn(async move {
            let wanted = move || current.try_get_value() == Some(mine);
            let verdict = verify_in_slices(&document, move |done, all| {
                wanted() && check.try_set(Check::Working { done, all }).is_none()
            });
            let Some(verdict) = verdict.await else { return };
            desk.announce(words::verdict(&verdict));
            on_broken.try_run(match verdict {
                Verdict::Broken { seq, .. } => Some(seq),
                Verdict::Verified { .. } => None,
            });
            check.try_set(Check::Done(verdict));
        });
    };
    let working = move || matches!(check.get(), Check::Working { .. });
    view! {
        <div class="verify">
            <div class="verify-head">
                <h3>{words::HEAD}</h3>
                <code class="digest" data-testid="head-digest">{move || head.with(|head| head.computed.clone())}</code>
                {move || head.get().claim.map(|claim| view! {
                    <p class="head-claim" data-testid="head-claim">
                        {words::HEAD_CLAIMED}" "<code class="digest">{claim}</code>
                    </p>
                })}
                {move || head.get().short.map(|(read, all)| view! { <p class="hint">{words::head_of(read, all)}</p> })}
                <p class="hint">{words::HEAD_WHAT}</p>
            </div>
            <div class="verify-act">
                <button type="button" class="button button-primary" data-testid="verify-button" on:click=verify
                    disabled=move || !over.get() || working() aria-describedby="verify-why">
                    {move || if working() { words::VERIFYING } else { words::VERIFY }}
                </button>
                <span class="hint" id="verify-why">
                    {move || match check.get() {
                        Check::Working { done, all } => words::progress(done, all),
                        _ if !over.get() => words::VERIFY_LATER.to_owned(),
                        _ => String::new(),
                    }}
                </span>
            </div>
            {move || match check.get() {
                Check::Done(verdict) => Some(view! { <VerdictView verdict event_href /> }),
                _ => None,
            }}
        </div>
    }
}

#[component]
fn VerdictView(verdict: Verdict, event_href: Option<&'static str>) -> impl IntoView {
    let sentence = words::verdict(&verdict);
    let (status, name, seq, what_it_means) = match verdict {
        Verdict::Verified { .. } => ("verified", words::VERIFIED, None, words::NOT_PROVEN),
        Verdict::Broken { seq, .. } => ("broken", words::BROKEN, Some(seq), words::NOT_TO_BE_TRUSTED),
    };
    let link = seq.zip(event_href).map(|(seq, href)| {
        view! { <a href=format!("{href}{seq}")>{words::SHOW_BROKEN}</a> }
    });
    view! {
        <div class="verdict" data-testid="verify-result" data-status=status data-seq=seq.map(|seq| seq.to_string())>
            <strong>{name}</strong>
            <p>{sentence}" "{link}</p>
            <p class="hint">{what_it_means}</p>
        </div>
    }
}

/// What names a run, and what its file says where that is something else.
#[derive(Clone, Debug, Default, PartialEq)]
struct Heads {
    computed: String,
    claim: Option<String>,
    /// Events that the digest is of, and in all, if the rest cannot follow.
    short: Option<(u64, u64)>,
}

impl Heads {
    fn of(open: &OpenRun) -> Self {
        let head = open.head();
        let claim = open.claimed_head().filter(|claim| claim.digest != head.digest);
        let all = open.document.as_ref().map_or(head.seq, |document| document.events.len() as u64);
        Self {
            computed: head.digest.to_string(),
            claim: claim.map(|claim| claim.digest.to_string()),
            short: (open.is_altered() && head.seq < all).then_some((head.seq, all)),
        }
    }
}

/// Checks a document a few milliseconds at a time. `on` hears how far it is and says whether to go on.
async fn verify_in_slices(document: &Document, on: impl Fn(usize, usize) -> bool) -> Option<Verdict> {
    let verification = RefCell::new(Verification::new(document));
    let go_on = || {
        let (done, all) = verification.borrow().progress();
        on(done, all)
    };
    web::in_slices(|| verification.borrow_mut().work(), go_on).await
}
