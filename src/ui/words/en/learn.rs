//! Words of the Learn page: six ideas, one sentence each that says it, one that says what to try, and what the control
//! shows.

use crate::ui::format;
use crate::ui::lesson::Purchase;

/// The page's heading.
pub const TITLE: &str = "How a market of beliefs works, in six steps";
/// What the page is.
pub const LEAD: &str = "Move the controls: they ask the same engine that runs here. No knowledge is needed, and nothing can break.";
/// The steps' name.
pub const STEPS: &str = "Steps";
/// A button.
pub const BACK: &str = "Back";
/// A button.
pub const NEXT: &str = "Next";
/// A label.
pub const TRY: &str = "Try it: ";

/// Titles of the steps.
pub const TITLES: [&str; 6] = [
    "A price is a belief",
    "Trading moves it",
    "Liquidity decides how far",
    "You earn what you teach",
    "Many minds, shared errors",
    "Manipulation has a price",
];

/// What each step says.
pub const IDEAS: [&str; 6] = [
    "A share pays 1 if the answer turns out to be Yes, and nothing otherwise. If it costs 0.70, buying is worth it for \
     whoever believes in Yes by more than 70\u{202f}%. So the price says what the market believes.",
    "Nobody sets the price. Buying Yes raises it, buying No lowers it, and each further share costs a little more: that is \
     how a formula, the market maker, asks for stronger and stronger conviction.",
    "The market maker has one knob, its liquidity. In a shallow market a small stake moves the price a long way; in a deep \
     one it hardly shows. It is also the most that the maker can lose.",
    "Move the price to what you believe. When the truth is out, you gain exactly as much as you made the market wiser, and \
     lose as much as you misled it. So the best thing to do is to say what you really think.",
    "Ten independent minds know far more than one. But minds that read the same papers make the same mistakes: they count \
     as fewer. Good ways to combine beliefs ask how many minds a panel really is.",
    "Somebody can push the price to where they want it. They have to pay for it, and whoever knows better earns that money \
     by pushing it back. The further from the truth, the more it costs.",
];

/// What the first step leaves out, truly for the rules of mechanisms §3.
pub const IN_A_RUN: &str = "In a run, agents need not stop at what they believe: by default each takes the price as what the \
                            others know and adds its own evidence to it, so it may buy above its own belief, while its purse \
                            or a deep market may stop it below; under the other rules it goes at most as far as it believes.";

/// What to try in each step.
pub const TRIES: [&str; 6] = [
    "set the price below your belief, then above it. When would you buy, and which share?",
    "press Buy Yes three times. Does the third purchase move the price as far as the first?",
    "keep the stake and move the liquidity from one end to the other.",
    "move the price somewhere brave, then look at both endings. Where do you lose most?",
    "take twenty minds and raise what they share from nothing to half.",
    "push a price of 30\u{202f}% to 80\u{202f}%. Then see what the next trader earns.",
];

/// A control.
pub const PRICE: &str = "Price of Yes";
/// A control.
pub const BELIEF: &str = "What you believe";
/// A control.
pub const STAKE: &str = "Stake";
/// A control.
pub const LIQUIDITY: &str = "Liquidity";
/// A control.
pub const TARGET: &str = "Move the price to";
/// A control.
pub const MINDS: &str = "Minds on the panel";
/// A control.
pub const SHARED: &str = "How much of their errors they share";
/// A control.
pub const CHANCE: &str = "The true chance of Yes, which the price knows";
/// A control.
pub const PUSH: &str = "Where the manipulator pushes it";
/// A button.
pub const BUY_YES: &str = "Buy Yes for 10";
/// A button.
pub const BUY_NO: &str = "Buy No for 10";
/// A button.
pub const AGAIN: &str = "Start again";
/// An ending.
pub const IF_YES: &str = "If the answer is Yes";
/// An ending.
pub const IF_NO: &str = "If the answer is No";

/// The end of the page.
pub const SANDBOX: &str = "Now trade yourself";
/// What it is.
pub const SANDBOX_WHAT: &str = "A real run on this page: seven simulated traders and you, with money, prices and a log that can \
                                be checked. It pauses after each round for your trade. The traders know nothing about the \
                                question, so you may well beat them.";
/// The button.
pub const SANDBOX_DO: &str = "Start the run";
/// The Lab.
pub const LAB: &str = "Play ten thousand worlds in the Lab";

/// The number and title of a step, for whoever hears it.
pub fn mark(number: usize) -> String {
    format!("{number}: {}", TITLES[number - 1])
}

/// The number of a step.
pub fn step(number: usize) -> String {
    format!("Step {number} of {}", TITLES.len())
}

/// What somebody with a belief does at a price.
pub fn advice(price: f64, belief: f64) -> String {
    let (paid, thought) = (format::decimal(price), format::decimal(belief));
    let gap = format::decimal((belief - price).abs());
    if (belief - price).abs() < 1e-9 {
        format!(
            "You believe what the price says: no share is worth buying. A share costs {paid} and is worth {thought} to you."
        )
    } else if belief > price {
        format!(
            "Buy Yes: a share costs {paid}, and to you it is worth {thought}. You expect to gain {gap} on each."
        )
    } else {
        let (paid, thought) = (format::decimal(1.0 - price), format::decimal(1.0 - belief));
        format!(
            "Buy No: a share costs {paid}, and to you it is worth {thought}. You expect to gain {gap} on each."
        )
    }
}

/// What a purchase did.
pub fn purchase(made: &Purchase) -> String {
    let side = if made.after >= made.before { "Yes" } else { "No" };
    format!(
        "{} shares of {side} for {}: the price of Yes goes from {} to {}, {} points.",
        format::decimal(made.shares),
        format::decimal(made.cost),
        format::percent(made.before),
        format::percent(made.after),
        format::points(made.after - made.before),
    )
}

/// Before the first purchase.
pub const NOTHING_BOUGHT: &str = "Nothing bought yet: the price is 50\u{202f}%.";

/// How deep a market is.
pub fn depth(liquidity: f64, made: &Purchase) -> String {
    // b ln 2 for an even start (mechanisms §2).
    let subsidy = format::decimal(liquidity * std::f64::consts::LN_2);
    format!("{} The maker can lose at most {subsidy}.", purchase(made))
}

/// A gain and what the market learned, each from its own formula.
pub fn ending(gain: f64, taught: f64) -> String {
    let (mine, market) = (format::decimal(gain.abs()), format::decimal(taught.abs()));
    if gain >= 0.0 {
        format!("You gain {mine}; the market is {market} wiser")
    } else {
        format!("You lose {mine}; the market is {market} further off")
    }
}

/// What a panel is worth.
pub fn crowd(members: usize, independent: f64, hits: f64) -> String {
    let minds =
        if members == 1 { "One mind counts as".to_owned() } else { format!("{members} minds count as") };
    format!(
        "{minds} {} independent ones. Whoever combines them perfectly is right about {} of yes/no questions; one alone, {}.",
        format::decimal(independent),
        format::percent(hits),
        format::percent(0.691_462_461_274_013),
    )
}

/// What a push costs.
pub fn push(made: &Purchase, chance: f64) -> String {
    if (made.after - made.before).abs() < 1e-9 {
        return "No push, no cost.".to_owned();
    }
    let loss = format::decimal(-made.expected_gain(chance));
    format!(
        "The manipulator pays {} and loses {loss} on average. Whoever puts the price right earns the same {loss} on average: \
         the push pays for its own correction.",
        format::decimal(made.cost)
    )
}
