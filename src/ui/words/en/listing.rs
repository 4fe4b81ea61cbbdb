//! Words around a question of a market elsewhere: taking it over, and its price beside the panel's.

use crate::evaluate::listing::{AddressError, Apart, Beside, Site, Unread, Untaken};
use crate::market::MAX_OUTCOMES;
use crate::ui::format;

/// Opens the control.
pub const FROM_MARKET: &str = "From a market’s address";
/// What it does.
pub const WHAT: &str = "The page of one question on Manifold, Polymarket or Metaculus: question, answers and background are \
                        filled in. The market’s price is kept aside until the run is over; no agent sees it. This page \
                        asks the market directly and sends no key.";
/// The field.
pub const ADDRESS: &str = "Address of the question";
/// The button.
pub const FETCH: &str = "Take it over";
/// While it is fetched.
pub const WORKING: &str = "Asking the market…";
/// Before the address of the market's interface.
pub const BY_HAND: &str =
    "By hand: open this address in another tab, copy everything that it shows, and paste it below.";
/// The field for that.
pub const REPLY: &str = "What the market answered";
/// The button.
pub const READ: &str = "Read it";
/// A link to the question's page.
pub const ITS_PAGE: &str = "Its page there";
/// On the page for whole files.
pub const ON_ASK: &str =
    "One question of Manifold, Polymarket or Metaculus, with the market’s price beside ours:";
/// The link behind it.
pub const ON_ASK_LINK: &str = "Ask it from its address";
/// Opens the table.
pub const DETAILS: &str = "Both, answer by answer";
/// The columns of the table.
pub const COLUMNS: [&str; 4] = ["Answer", "Market", "Panel", "Points"];
/// Where the price stands.
pub const BESIDE: &str = "The market’s price stands beside the chain: the run’s file and link carry it, and Verify cannot \
                          check it.";

/// A text is no address of a question.
pub fn no_address(error: AddressError) -> String {
    match error {
        AddressError::UnknownSite => "This is no address of Manifold, Polymarket or Metaculus".to_owned(),
        AddressError::NoQuestion(site) => {
            let like = match site {
                Site::Manifold => "manifold.markets/NAME/QUESTION",
                Site::Polymarket => "polymarket.com/event/QUESTION",
                Site::Metaculus => "metaculus.com/questions/NUMBER",
            };
            format!("This is an address of {}, but of no question: it should look like {like}", site.name())
        }
    }
}

/// A question was not taken over.
pub fn untaken(site: Site, untaken: &Untaken) -> String {
    let name = site.name();
    match untaken {
        Untaken::Unreachable => format!(
            "{name} could not be reached from this page. A browser does not say why: {name} may not let other pages read \
             its answers (CORS), or you may be offline."
        ),
        Untaken::Status(401 | 403) => refused(site, ""),
        Untaken::Status(429) => {
            format!("{name} is asked too often at the moment. Wait a minute and try again.")
        }
        Untaken::CutOff => format!("{name}’s answer broke off on its way."),
        Untaken::Unread(Unread::TooLarge) => format!("What {name} answers is too long to be read here."),
        Untaken::Unread(Unread::NotJson) => {
            format!("What {name} answers is no JSON. It may be a page that asks whether you are a person.")
        }
        Untaken::Status(404 | 410) | Untaken::Unread(Unread::NotThere) => not_there(name),
        Untaken::Status(status) => format!("{name} answers with the error {status}."),
        Untaken::Unread(Unread::Refused(words)) => refused(site, &format!(" It says: “{words}”")),
        Untaken::Unread(Unread::Other) => format!("This is {name}’s answer about another question."),
        Untaken::Unread(Unread::NotAChoice(kind)) => format!(
            "{name} lists this as “{kind}”. Only questions with yes and no, or with a choice of answers, can be asked here."
        ),
        Untaken::Unread(Unread::TooMany(count)) => {
            let other = if site == Site::Polymarket {
                " Open one of its markets there and take that address."
            } else {
                ""
            };
            format!("It has {count} answers, and a question here has at most {MAX_OUTCOMES}.{other}")
        }
        Untaken::Unread(Unread::Independent(count)) => format!(
            "Under this title stand {count} questions that can all come true. Take the address of one of them, or ask one \
             in your own words."
        ),
        Untaken::Unread(Unread::Shape(what)) => {
            format!(
                "{name} answers in a form that this page does not know: “{what}” is missing or not as it was."
            )
        }
    }
}

fn not_there(name: &str) -> String {
    format!("{name} knows no question under this address.")
}

fn refused(site: Site, words: &str) -> String {
    match site {
        Site::Metaculus => format!(
            "Metaculus does not answer strangers: its data are for accounts with a token.{words} If you have one, fetch the \
             address below with it and paste the answer."
        ),
        _ => format!("{} refuses to answer this page.{words}", site.name()),
    }
}

/// What was taken over.
pub fn taken(site: Site, has_prices: bool, is_kept: bool, is_resolved: bool) -> String {
    let name = site.name();
    let kept = match (has_prices, is_kept) {
        (false, _) => format!("{name} shows no price of it, so there will be none to compare with."),
        (true, false) => "The answers are no longer the market’s, so its price will not be shown.".to_owned(),
        (true, true) => "Its price is kept aside until the run is over.".to_owned(),
    };
    let resolved = if is_resolved { " The market is resolved already." } else { "" };
    format!(
        "Taken over from {name}. {kept}{resolved} Others wrote these texts: read the background before you run the panel."
    )
}

/// Both prices of one answer.
pub fn said(site: Site, outcome: &str, both: &Beside, time: &str) -> String {
    let apart = match both.shown_gain() {
        0 => "the same within a point".to_owned(),
        gain => {
            let unit = if gain.abs() == 1 { "point" } else { "points" };
            format!("{} {unit} {}", gain.abs(), if gain > 0 { "more" } else { "less" })
        }
    };
    format!(
        "{} said {} for “{outcome}” on {time}; this panel says {}: {apart}.",
        site.name(),
        format::percent(both.market),
        format::percent(both.panel)
    )
}

/// What their difference means.
pub fn meaning(apart: Apart) -> &'static str {
    match apart {
        Apart::Resolved => {
            "The market was resolved by then: its price is what happened, not what anybody expected, so it only says how \
             good the panel’s answer is."
        }
        Apart::Simulated => {
            "Simulated traders know nothing of the world, so the difference means nothing: only a panel of models can be \
             compared with a market."
        }
        Apart::Opposed => {
            "They lead with different answers. One of the two knows or assumes something that the other does not: read the \
             panel’s arguments before you follow either."
        }
        Apart::Close => {
            "That is as good as the same. The panel did not see the price, but it may have read about the question before."
        }
        Apart::Some => {
            "A difference of this size is usual between two honest estimates; it is no reason to prefer either."
        }
        Apart::Far => {
            "That is a large difference. One of the two knows or assumes something that the other does not: read the \
             panel’s arguments before you follow either."
        }
    }
}
