//! How much of what could be known each method finds (mechanisms §11): 40,000 worlds for each ρ, without a liar and
//! with one of five who always says 99 %.

use credence::lab::{Figure, Kind, Lab, Method, efficiency};
use credence::prng::Seed;

const SEED: Seed = Seed::new(4);
const WORLDS: u32 = 40_000;
const TRADERS: usize = 5;
const STRENGTH: f64 = 1.0;
const RHOS: [f64; 4] = [0.0, 0.3, 0.4, 0.6];

fn lab(rho: f64, liars: usize) -> Lab {
    Lab {
        seed: SEED,
        worlds: WORLDS,
        traders: TRADERS,
        strength: STRENGTH,
        rho,
        kind: Kind::Bayesian,
        liars,
        liar: Kind::Manipulator,
        prior_share: 0.01,
    }
}

fn json(lab: &Lab, figure: &Figure) -> String {
    let Figure { method, efficiency, stderr, .. } = figure;
    format!(
        "{{\"method\":\"{}\",\"traders\":{},\"rho\":{:?},\"liars\":{},\"worlds\":{},\"dprime\":{:?},\"efficiency\":{efficiency},\"stderr\":{stderr}}}",
        method.name(),
        lab.traders,
        lab.rho,
        lab.liars,
        lab.worlds,
        lab.strength,
    )
}

/// Prints the table; `robust` adds the method beyond the thirteen of the specification.
pub fn print(as_json: bool, robust: bool) {
    let shown = |method: Method| robust || method != Method::EvidenceRobust;
    for liars in [0, 1] {
        let columns: Vec<(Lab, Vec<Figure>)> =
            RHOS.iter().map(|&rho| lab(rho, liars)).map(|lab| (lab, efficiency::run(lab).unwrap())).collect();
        if as_json {
            for (lab, figures) in &columns {
                for figure in figures.iter().filter(|figure| shown(figure.method)) {
                    println!("{}", json(lab, figure));
                }
            }
            continue;
        }
        println!("\n{liars} of {TRADERS} lie; {WORLDS} worlds, d' = {STRENGTH}; efficiency ± standard error");
        let head: Vec<String> = RHOS.iter().map(|rho| format!("{:>16}", format!("rho = {rho}"))).collect();
        println!("{:<18}{}", "method", head.concat());
        for (place, method) in Method::ALL.into_iter().enumerate().filter(|(_, method)| shown(*method)) {
            let cells: Vec<String> = columns
                .iter()
                .map(|(_, figures)| {
                    let cell = format!("{:.3} ± {:.3}", figures[place].efficiency, figures[place].stderr);
                    format!("{cell:>16}")
                })
                .collect();
            println!("{:<18}{}", method.name(), cells.concat());
        }
    }
}
