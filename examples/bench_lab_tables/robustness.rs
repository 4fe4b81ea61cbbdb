//! What must hold whatever anybody does (mechanisms §12), each measured figure with its analytic bound beside it.

use credence::belief::turn::{self, Turn};
use credence::belief::{Belief, Sizing, sizing};
use credence::lab::{Kind, Lab};
use credence::market::math::{exp, ln, logistic};
use credence::market::{Cash, MarketMaker, Order, Shares};
use credence::prng::{Prng, Seed};

/// Worlds of each row with a panel.
const WORLDS: u32 = 2_000;
/// Trades of each row without one.
const TRADES: u32 = 20_000;
const TRADERS: usize = 5;

struct Row {
    what: String,
    measured: f64,
    bound: f64,
    /// Whether `measured` must not exceed `bound` or must equal it.
    exactly: bool,
    note: String,
}

impl Row {
    fn holds(&self) -> bool {
        if self.exactly {
            self.measured.to_bits() == self.bound.to_bits()
        } else {
            self.measured <= self.bound
        }
    }
}

/// Prints every row; stops with an error if a bound is broken.
pub fn print(as_json: bool) {
    let mut rows = Vec::new();
    for share in [5, 10, 25, 50] {
        rows.extend(manipulator(share));
    }
    rows.extend(wash_trades());
    for parts in [2, 5, 10] {
        rows.push(sybils(parts));
    }
    rows.push(copycat());
    rows.extend(refusals());
    rows.extend(random_markets());
    if !as_json {
        println!("{:<58}{:>14}{:>14}  note", "what", "measured", "bound");
    }
    for row in &rows {
        if as_json {
            let relation = if row.exactly { "=" } else { "<=" };
            println!(
                "{{\"bench\":\"robustness\",\"what\":\"{}\",\"measured\":{},\"relation\":\"{relation}\",\"bound\":{},\"holds\":{}}}",
                row.what,
                row.measured,
                row.bound,
                row.holds()
            );
        } else {
            let mark = if row.holds() { "" } else { "  BROKEN" };
            println!("{:<58}{:>14.6}{:>14.6}  {}{mark}", row.what, row.measured, row.bound, row.note);
        }
    }
    if rows.iter().any(|row| !row.holds()) {
        std::process::exit(1);
    }
}

fn honest_lab() -> Lab {
    Lab {
        seed: Seed::new(12),
        worlds: WORLDS,
        traders: TRADERS,
        strength: 1.0,
        rho: 0.4,
        kind: Kind::Bayesian,
        liars: 0,
        liar: Kind::Bayesian,
        prior_share: 0.05,
    }
}

fn trade(market: &mut MarketMaker, rule: &Sizing, agent: usize, belief: f64, reference: f64) {
    let turn = Turn {
        agent,
        belief: &[belief, 1.0 - belief],
        reference: &[reference, 1.0 - reference],
        traders: TRADERS,
    };
    if let Some(quote) = turn::take(rule, market, &turn).unwrap().quote {
        market.accept(&quote);
    }
}

fn brier(price: f64, truth: bool) -> f64 {
    let missed = price - f64::from(u8::from(truth));
    missed * missed
}

/// Four honest evidence traders, then one with `share` % of all money who spends everything on the first outcome.
fn manipulator(share: i64) -> [Row; 2] {
    let lab = honest_lab();
    let mut draws = lab.seed.stream("robustness/manipulator");
    let purse = Cash::from_micros(400_000_000 * share / (100 - share));
    let total = 400.0 + purse.units();
    let liquidity = 0.05 * total / std::f64::consts::LN_2;
    let (mut worst_ratio, mut at_bound, mut loss) = ((0.0, 1.0), 0.0_f64, 0.0);
    for _ in 0..WORLDS {
        let world = lab.draw(&mut draws);
        let mut budgets = vec![Cash::from_units(100); TRADERS - 1];
        budgets.push(purse);
        let mut market = MarketMaker::open(liquidity, &[0.5, 0.5], &budgets);
        for (agent, said) in world.said[..TRADERS - 1].iter().enumerate() {
            trade(&mut market, &Sizing::Evidence { rho: lab.rho }, agent, logistic(*said), 0.5);
        }
        let before = market.prices()[0];
        trade(&mut market, &Sizing::RiskNeutral, TRADERS - 1, 1.0 - sizing::BELIEF_FLOOR, 0.5);
        let after = market.prices()[0];
        let bound = 1.0 - (1.0 - before) * exp(-purse.units() / liquidity);
        if after - bound > worst_ratio.0 - worst_ratio.1 {
            worst_ratio = (after, bound);
        }
        at_bound = at_bound.max(after - before);
        loss += brier(after, world.truth) - brier(before, world.truth);
    }
    let note =
        format!("largest shift {at_bound:.3}; Brier worse by {:.3} on average", loss / f64::from(WORLDS));
    [
        Row {
            what: format!("manipulator, {share} % of the money: price nearest its bound"),
            measured: worst_ratio.0,
            bound: worst_ratio.1,
            exactly: false,
            note,
        },
        Row {
            what: format!("manipulator, {share} %: mean loss of Brier"),
            measured: loss / f64::from(WORLDS),
            bound: 1.0,
            exactly: false,
            note: "no loss of one question can be more than 1".into(),
        },
    ]
}

/// Buys of random size, each sold again at once.
fn wash_trades() -> [Row; 2] {
    let mut draws = Seed::new(13).stream("robustness/wash");
    let mut market = MarketMaker::open(50.0, &[0.4, 0.6], &[Cash::from_units(1_000_000)]);
    let (start, purse) = (market.prices()[0], market.ledger().accounts()[0].cash);
    for _ in 0..TRADES {
        let (outcome, amount) = (draws.below(2) as usize, 1.0 + draws.below(100) as f64);
        market.execute(&Order::buy(0, outcome, 2, amount).unwrap()).unwrap();
        let held = market.ledger().accounts()[0].holdings.clone();
        market.execute(&Order::sell(0, outcome, &held, amount).unwrap()).unwrap();
    }
    let cost = (purse - market.ledger().accounts()[0].cash).micros() as f64;
    [
        Row {
            what: format!("{TRADES} wash trades: price moved"),
            measured: (market.prices()[0] - start).abs(),
            bound: 1e-12,
            exactly: false,
            note: "path independence".into(),
        },
        Row {
            what: format!("{TRADES} wash trades: cost in micro-units"),
            measured: cost,
            bound: 2.0 * f64::from(TRADES),
            exactly: false,
            note: "one micro-unit of rounding a trade, against the trader".into(),
        },
    ]
}

/// A Kelly trader of five whose purse is split among `parts` names.
fn sybils(parts: usize) -> Row {
    let lab = honest_lab();
    let mut draws = lab.seed.stream("robustness/sybils");
    let liquidity = 0.25 * 500.0 / std::f64::consts::LN_2;
    let mut worst = 0.0_f64;
    for _ in 0..WORLDS / 4 {
        let world = lab.draw(&mut draws);
        let price = |parts: usize| {
            let mut budgets = vec![Cash::from_units(100); TRADERS - 1];
            budgets.extend(vec![Cash::from_micros(100_000_000 / parts as i64); parts]);
            let mut market = MarketMaker::open(liquidity, &[0.5, 0.5], &budgets);
            for _ in 0..4 {
                for agent in 0..budgets.len() {
                    let said = logistic(world.said[agent.min(TRADERS - 1)]);
                    trade(&mut market, &Sizing::Kelly { fraction: 1.0 }, agent, said, 0.5);
                }
            }
            market.prices()[0]
        };
        worst = worst.max((price(parts) - price(1)).abs());
    }
    Row {
        what: format!("sybils, a purse of five split in {parts} (Kelly): price moved"),
        measured: worst,
        // All the money of the split purse, spent at even prices, could do so much.
        bound: 0.5 - 0.5 * exp(-100.0 / liquidity),
        exactly: false,
        note: "bound: what the undivided purse could move at most".into(),
    }
}

/// Self-resolving pays b · Σ r_i ln(q_t,i/q_{t−1},i): nothing for saying the same again.
fn copycat() -> Row {
    let mut draws = Seed::new(14).stream("robustness/copycat");
    let mut paid = 0.0_f64;
    for _ in 0..TRADES {
        let weights = [1.0 + draws.below(99) as f64, 1.0 + draws.below(99) as f64];
        let report = Belief::from_weights(&weights).unwrap().probabilities();
        let reference = Belief::from_weights(&[weights[1], weights[0]]).unwrap().probabilities();
        let pay: f64 = reference
            .iter()
            .zip(report.iter().zip(&report))
            .map(|(r, (now, before))| r * ln(now / before))
            .sum();
        paid = paid.max(pay.abs());
    }
    Row {
        what: "copycat: pay under self-resolving".into(),
        measured: paid,
        bound: 0.0,
        exactly: true,
        note: "exactly".into(),
    }
}

/// Orders that no market may take.
fn refusals() -> [Row; 2] {
    let mut draws = Seed::new(15).stream("robustness/refusals");
    let mut market = MarketMaker::open(20.0, &[0.5, 0.5], &[Cash::from_units(10)]);
    let (mut refused, mut changed) = (0_u32, 0_u32);
    for number in 0..TRADES {
        let before = market.clone();
        let amount = match number % 5 {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => -1.0 - draws.below(1_000) as f64,
            3 => 1e9,
            // Costs at least half its size at even prices, less what is left of the purse.
            _ => 1_000.0 + draws.below(1_000) as f64,
        };
        let outcome =
            Order::buy(0, draws.below(2) as usize, 2, amount).and_then(|order| market.execute(&order));
        refused += u32::from(outcome.is_err());
        changed += u32::from(market != before);
    }
    [
        Row {
            what: "orders of NaN, ∞, negative, huge, beyond the purse: refused".into(),
            measured: f64::from(refused),
            bound: f64::from(TRADES),
            exactly: true,
            note: "each by name".into(),
        },
        Row {
            what: "… that changed the market".into(),
            measured: f64::from(changed),
            bound: 0.0,
            exactly: true,
            note: String::new(),
        },
    ]
}

/// Markets of 2–6 outcomes with random purchases, settled on the outcome that costs the maker most.
fn random_markets() -> [Row; 2] {
    let mut draws: Prng = Seed::new(16).stream("robustness/maker");
    let (mut worst, mut created) = (f64::NEG_INFINITY, 0_i64);
    for _ in 0..WORLDS / 10 {
        let outcomes = 2 + draws.below(5) as usize;
        let liquidity = 1.0 + draws.below(100) as f64;
        let budgets = vec![Cash::from_units(10_000); 3];
        let mut market = MarketMaker::open(liquidity, &vec![1.0 / outcomes as f64; outcomes], &budgets);
        let (subsidy, total) = (market.ledger().maker_cash(), market.ledger().total_cash());
        for _ in 0..100 {
            let mut shares = vec![Shares::ZERO; outcomes];
            shares[draws.below(outcomes as u64) as usize] =
                Shares::from_micros(1 + draws.below(200_000_000) as i64);
            let order = Order::new(draws.below(3) as usize, shares).unwrap();
            // A purse may be empty by now: then nothing happens.
            let _ = market.execute(&order);
            created = created.max((market.ledger().total_cash() - total).micros().abs());
        }
        for outcome in 0..outcomes {
            let mut settled = market.clone();
            settled.settle(outcome).unwrap();
            created = created.max((settled.ledger().total_cash() - total).micros().abs());
            let lost = (subsidy - settled.ledger().maker_cash()).units();
            worst = worst.max(lost / (liquidity * ln(outcomes as f64)));
        }
    }
    [
        Row {
            what: "maker's loss as a part of b ln n, worst of random markets".into(),
            measured: worst,
            bound: 1.0,
            exactly: false,
            note: String::new(),
        },
        Row {
            what: "money made or lost, in micro-units".into(),
            measured: created as f64,
            bound: 0.0,
            exactly: true,
            note: "always".into(),
        },
    ]
}
