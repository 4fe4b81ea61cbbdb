//! Words of the share dialog and of the page of a shared run.

use crate::run::Texts;
use crate::share::{Carrier, Contents, LinkError};
use crate::ui::format;
use crate::ui::route::Source;

use super::audit::count;

/// The dialog's heading.
pub const TITLE: &str = "Share this run";
/// What a link is.
pub const WHAT: &str = "The link holds the run itself. Whoever opens it replays and checks it in their own browser; nothing is \
     uploaded.";
/// The choice of a tier.
pub const TIERS: &str = "How much to share";
/// The link's label.
pub const LINK: &str = "Link";
/// While it is made.
pub const MAKING: &str = "Making the link…";
/// The copy button.
pub const COPY: &str = "Copy";
/// After copying.
pub const COPIED: &str = "Copied";
/// If the clipboard is closed to the page.
pub const COPY_BY_HAND: &str =
    "The browser did not let the page copy. The link is selected: press Ctrl+C or ⌘C.";
/// A heading.
pub const INSIDE: &str = "What others will read";
/// A heading.
pub const FITS: &str = "Where it fits";
/// The warning.
pub const FOREVER: &str = "A link cannot be taken back: whoever has it keeps all of this.";
/// The reassurance.
pub const NEVER: &str = "Never inside: keys, server addresses, anything from your settings";
/// The file button.
pub const AS_FILE: &str = "Save as a file instead";
/// Too long for every carrier; `choice` says whether less can be shared.
pub fn too_long(choice: bool) -> &'static str {
    if choice {
        "This is more than a browser's address bar takes. Share less, or send a file."
    } else {
        "This is more than a browser's address bar takes. Send a file."
    }
}
/// Closes the dialog.
pub const CLOSE: &str = "Close";

/// While a file hovers over the page.
pub const DROP: &str = "Drop a run file, or a picture saved from a run, to open it";
/// A heading.
pub const MORE_WAYS: &str = "Other ways to pass it on";
/// The code to scan.
pub const QR: &str = "QR code";
/// What it is for.
pub const QR_WHAT: &str = "For a projector or a printed page: a phone's camera opens the run.";
/// Above this it is fine for few cameras only.
pub const QR_EASY_CHARS: usize = 900;
/// A dense code.
pub fn qr_dense(choice: bool) -> &'static str {
    if choice {
        "This one is dense: show it large, or share less, so that an ordinary phone can read it."
    } else {
        "This one is dense: show it large, so that an ordinary phone can read it."
    }
}
/// Too long.
pub fn qr_too_long(choice: bool) -> &'static str {
    if choice {
        "This link is too long for a QR code. Choose a smaller part of the run above."
    } else {
        "This link is too long for a QR code. Pass on the link, or save the run as a file."
    }
}
/// What the picture of the code is called for whoever cannot see it.
pub const QR_ALT: &str = "QR code of the link";
/// A picture of the chart.
pub const PICTURE: &str = "Picture";
/// What it is.
pub fn picture_what(choice: bool) -> &'static str {
    if choice {
        "The chart, with as much of the run inside as you chose above: drop the picture on this page and the run opens. Some chats shrink pictures and lose what is inside."
    } else {
        "The chart, with the run inside: drop the picture on this page and the run opens. Some chats shrink pictures and lose what is inside."
    }
}
/// A button.
pub const SAVE_PNG: &str = "Save as PNG";
/// A button.
pub const SAVE_SVG: &str = "Save as SVG";
/// At the foot of a picture.
pub const PICTURE_FOOT: &str = "Credence · drop this picture on the page to replay and check the run";
/// For other pages.
pub const EMBED: &str = "Embed";
/// What it is for.
pub const EMBED_WHAT: &str =
    "For a page of your own: the run stands in it, grows to its full height and can be opened in full.";
/// Its colours.
pub const EMBED_THEME: &str = "Colours";
/// A choice.
pub const EMBED_AUTO: &str = "As the reader likes";
/// A choice.
pub const EMBED_LIGHT: &str = "Light";
/// A choice.
pub const EMBED_DARK: &str = "Dark";
/// The field.
pub const EMBED_CODE: &str = "HTML to paste";
/// A button.
pub const EMBED_COPY: &str = "Copy HTML";
/// A run from a file.
pub const FROM_FILE: &str = "It comes from a file on the web, as it stands there. Nothing in it has been checked yet: press Verify below.";
/// What can be done about a file that cannot be opened.
pub const FILE_NEXT: &str =
    "Open the address in a tab of its own to see what is there, or ask whoever sent it for the file.";

/// The page's state while it opens a run.
pub fn opening(source: &Source) -> String {
    match source {
        Source::Code(_) => "Opening the shared run…".to_owned(),
        Source::File(address) => {
            let host =
                address.trim_start_matches("https://").split(['/', '?', '#']).next().unwrap_or_default();
            format!("Fetching the run from {host}…")
        }
    }
}

/// The HTML that puts a run into another page: a frame, and a script that gives it its height.
pub fn embed_code(address: &str, title: &str) -> String {
    let attribute = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"720\" style=\"border: 0\" loading=\"lazy\"></iframe>\n\
         <script>addEventListener('message', ({{ source, data }}) => {{\n  \
         if (data?.type !== 'credence-height') return;\n  \
         for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) frame.height = Number(data.height);\n\
         }});</script>",
        attribute(address),
        attribute(title)
    )
}
/// The page's heading when it cannot.
pub const CANNOT_OPEN: &str = "This link cannot be opened";
/// What is untouched.
pub const UNTOUCHED: &str = "Nothing else on this page was changed.";
/// Back to the start.
pub const START: &str = "Ask a question of your own";
/// The tag of the page.
pub const READ_ONLY: &str = "Shared run, read-only";
/// What opening it has shown.
pub const REPLAYED: &str =
    "This browser has just played it again from the link and came to the very run that the link names.";
/// The button.
pub const FORK: &str = "Run again with changes…";
/// Goes to the check.
pub const CHECK_IT: &str = "Check it";
/// The link out of an embedded page.
pub const OPEN_IN_FULL: &str = "Open in full";
/// A disclosure.
pub const ALL_EVENTS: &str = "Every event";

/// A tier's name.
pub fn tier(texts: Texts) -> &'static str {
    match texts {
        Texts::Numbers => "Numbers only",
        Texts::Headlines => "With headlines",
        Texts::Everything => "Everything",
    }
}

/// What a tier holds.
pub fn tier_what(texts: Texts) -> &'static str {
    match texts {
        Texts::Numbers => "Question, outcomes, names, models, beliefs and trades",
        Texts::Headlines => "Also one line from each agent and round",
        Texts::Everything => "Also background, personas, private evidence, prompts and raw replies",
    }
}

/// What a run says, as a list.
pub fn inside(contents: &Contents) -> Vec<String> {
    let mut list = vec!["The question, its criterion and its outcomes".to_owned()];
    if contents.background {
        list.push("The background text".to_owned());
    }
    if contents.answer {
        list.push("The known answer".to_owned());
    }
    if contents.listed {
        list.push("The market’s price, its address and when it was read".to_owned());
    }
    let kinds = if contents.models > 0 { "names, models and purses" } else { "names, kinds and purses" };
    list.push(format!("{} with {kinds}", count(contents.agents, "agent", "agents")));
    list.push(format!(
        "{} and {}",
        count(contents.beliefs, "belief", "beliefs"),
        count(contents.trades, "trade", "trades")
    ));
    let mut some = |number: usize, one: &str, many: &str| {
        if number > 0 {
            list.push(count(number, one, many));
        }
    };
    some(contents.failures, "failure", "failures");
    some(contents.headlines, "headline", "headlines");
    some(contents.texts, "piece of reasoning or evidence", "pieces of reasoning or evidence");
    some(contents.personas, "persona", "personas");
    some(contents.private_evidence, "agent's private evidence", "agents' private evidence");
    some(contents.prompts, "call with its prompt and raw reply", "calls with their prompts and raw replies");
    list
}

/// The length of the link.
pub fn length(chars: usize) -> String {
    count(chars, "character", "characters")
}

/// The name of a carrier with its limit.
pub fn carrier(carrier: Carrier) -> String {
    let name = match carrier {
        Carrier::Chat => "Chat message",
        Carrier::Mail => "Mail",
        Carrier::Browser => "Address bar",
    };
    format!("{name}, up to {}", format::count(carrier.limit_chars() as u64))
}

/// Whether it fits.
pub fn fits(fits: bool) -> &'static str {
    if fits { "fits" } else { "too long" }
}

/// What can be done about a link that cannot be opened.
pub fn link_next_step(error: &LinkError) -> &'static str {
    match error {
        LinkError::Truncated { .. } | LinkError::Damaged(_) | LinkError::NotALink => {
            "Chat and mail programs sometimes shorten or wrap long links. Ask for it again, or for the run as a file."
        }
        LinkError::NewerVersion(_) | LinkError::MadeByNewer | LinkError::OtherEngine { .. } => {
            "Open it with the version of Credence that made it, or ask for the run as a file."
        }
        LinkError::OtherHead { .. } | LinkError::Refused(_) | LinkError::Unfinished => {
            "Somebody may have changed it. Ask whoever sent it for the run as a file, and compare the head digests."
        }
        LinkError::TooLong(_) | LinkError::TooLarge | LinkError::DoesNotFit(_) => {
            "No run needs so much. Do not trust it; ask for the run as a file."
        }
    }
}

/// Where a derived copy comes from.
pub fn derived(head: &str) -> String {
    format!("A copy of the run with the head digest {head}")
}

/// The browser did not save.
pub const SAVE_FAILED: &str = "The file could not be saved";
/// What to do.
pub const SAVE_NEXT: &str = "Allow this page to download files, then try again.";
