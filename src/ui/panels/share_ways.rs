//! What a link can be besides a text: a QR code, a picture that carries the run, a frame in another page. Each is made
//! only when somebody opens it.

use leptos::prelude::*;

use super::share_link::{ShareQr, ShareWay, copy_from};
use crate::share::{code_into_png, code_into_svg, file_name, file_name_as};
use crate::ui::chart::scene::Scene;
use crate::ui::chart::{Palette, Picture};
use crate::ui::desk::{Feed, use_desk};
use crate::ui::format;
use crate::ui::words::{class, problems, share as words, verdict, watch};
use crate::web;

/// The other ways to pass a run on.
#[component]
pub fn ShareWays(
    feed: Feed,
    code: String,
    address: String,
    /// Whether there was a choice of how much to share.
    choice: bool,
) -> impl IntoView {
    let code = StoredValue::new(code);
    let address = StoredValue::new(address);
    view! {
        <section class="share-ways" aria-labelledby="share-ways">
            <h3 id="share-ways">{words::MORE_WAYS}</h3>
            <ShareWay name=words::QR test_id="share-qr" made=move || view! {
                <ShareQr address=address.get_value() too_long=words::qr_too_long(choice) dense=words::qr_dense(choice) />
            }.into_any() />
            <ShareWay name=words::PICTURE test_id="share-picture"
                made=move || view! { <Pictures feed code=code.get_value() choice /> }.into_any() />
            <ShareWay name=words::EMBED test_id="share-embed"
                made=move || view! { <Embed feed address=address.get_value() /> }.into_any() />
            <ShareWay name=class::ASK_CLASS test_id="share-class" made=|| view! {
                <p class="hint">{class::ASK_CLASS_WHAT}</p>
                <a class="button" href="#/class">{class::ASK_CLASS}</a>
            }.into_any() />
        </section>
    }
}

/// Which kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Png,
    Svg,
}

#[component]
fn Pictures(feed: Feed, code: String, choice: bool) -> impl IntoView {
    let desk = use_desk();
    let code = StoredValue::new(code);
    let save = move |kind: Kind| {
        web::spawn(async move {
            if let Err(problem) = save_picture(feed, &code.get_value(), kind).await {
                desk.fail(words::SAVE_FAILED, problem, words::SAVE_NEXT);
            }
        });
    };
    view! {
        <p class="hint">{words::picture_what(choice)}</p>
        <div class="kept-actions">
            <button type="button" class="button" data-testid="share-png" on:click=move |_| save(Kind::Png)>
                {words::SAVE_PNG}
            </button>
            <button type="button" class="button" data-testid="share-svg" on:click=move |_| save(Kind::Svg)>
                {words::SAVE_SVG}
            </button>
        </div>
    }
}

/// Draws the picture in the colours of the page, puts the run into it, and hands it to the browser.
async fn save_picture(feed: Feed, code: &str, kind: Kind) -> Result<(), String> {
    let made = feed.peek(|open| {
        let open = open?;
        let (spec, story) = (open.run.spec(), &open.story);
        let leader = story.now.leader();
        let price = format::percent_of(&story.now.prices, leader);
        let failures = open.run.state().totals().failures;
        let failed =
            if failures > 0 { format!(" · {}", watch::failures_badge(failures)) } else { String::new() };
        let picture = Picture {
            question: spec.question.clone(),
            answer: format!(
                "{} {price} · {}{failed}",
                watch::outcome_name(spec, leader),
                verdict::panel(spec)
            ),
            foot: words::PICTURE_FOOT.to_owned(),
            scene: Scene::of(spec, story, None),
        };
        let name = file_name(&spec.question, &open.run.head().digest, failures);
        Some((picture, name, spec.outcome_count()))
    });
    let Some((picture, name, outcomes)) = made else { return Ok(()) };
    let root = web::page::root().ok_or(problems::NOT_DRAWN)?;
    let palette = Palette::of(&root, outcomes);
    match kind {
        Kind::Png => {
            let png = code_into_png(picture.png(&palette).await?, code)
                .map_err(|error| problems::picture(&error))?;
            web::save::save_bytes(&file_name_as(&name, "png"), "image/png", &png)
        }
        Kind::Svg => {
            let svg =
                code_into_svg(&picture.svg(&palette)?, code).map_err(|error| problems::picture(&error))?;
            web::save::save_text(&file_name_as(&name, "svg"), "image/svg+xml", &svg)
        }
    }
}

#[component]
fn Embed(feed: Feed, address: String) -> impl IntoView {
    let desk = use_desk();
    let theme = RwSignal::new(String::new());
    let copied = RwSignal::new(None::<bool>);
    let title = feed.peek(|open| open.map(|open| open.run.spec().question.clone())).unwrap_or_default();
    let html = Memo::new(move |_| {
        let theme = match theme.get().as_str() {
            "" => String::new(),
            chosen => format!("&theme={chosen}"),
        };
        words::embed_code(&format!("{address}?embed=1{theme}"), &title)
    });
    let option = |value: &'static str, name: &'static str| view! { <option value=value>{name}</option> };
    view! {
        <p class="hint">{words::EMBED_WHAT}</p>
        <label class="field">
            <span>{words::EMBED_THEME}</span>
            <select data-testid="embed-theme" on:change=move |event| theme.set(event_target_value(&event))>
                {option("", words::EMBED_AUTO)} {option("light", words::EMBED_LIGHT)} {option("dark", words::EMBED_DARK)}
            </select>
        </label>
        <label class="field">
            <span>{words::EMBED_CODE}</span>
            <textarea class="embed-code" readonly rows="5" data-testid="embed-code" prop:value=move || html.get()></textarea>
        </label>
        <button type="button" class="button" data-testid="embed-copy"
            on:click=move |_| copy_from("[data-testid='embed-code']", html.get(), copied, desk)>
            {move || if copied.get() == Some(true) { words::COPIED } else { words::EMBED_COPY }}
        </button>
        {move || (copied.get() == Some(false)).then(|| view! { <p class="hint">{words::COPY_BY_HAND}</p> })}
    }
}
