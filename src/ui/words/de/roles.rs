//! Words for kinds of agents and for rules, in German: the same on every page.

use crate::belief::{Sizing, TraderKind};
use crate::run::AgentKind;
use crate::ui::draft::SizingRule;

/// A person.
pub const PERSON: &str = "Person";

/// The name of a kind of simulated trader.
pub fn trader(kind: TraderKind) -> &'static str {
    match kind {
        TraderKind::Bayesian => "Bayesianisch",
        TraderKind::Noisy => "Ungenau",
        TraderKind::Overconfident => "Zu sicher",
        TraderKind::Underconfident => "Zu vorsichtig",
        TraderKind::Herding => "Mitläufer",
        TraderKind::Contrarian => "Querkopf",
        TraderKind::Manipulator => "Manipulator",
        TraderKind::Copycat => "Nachahmer",
        TraderKind::Random => "Zufällig",
    }
}

/// What such a trader does.
pub fn trader_what(kind: TraderKind) -> &'static str {
    match kind {
        TraderKind::Bayesian => "Deutet seine Signale genau richtig",
        TraderKind::Noisy => "Deutet seine Signale falsch und weiß es nicht",
        TraderKind::Overconfident => "Hält seine Signale für doppelt so aussagekräftig, wie sie sind",
        TraderKind::Underconfident => "Hält seine Signale für halb so aussagekräftig, wie sie sind",
        TraderKind::Herding => "Geht den halben Weg zum Preis",
        TraderKind::Contrarian => "Rückt vom Preis ab",
        TraderKind::Manipulator => "Kennt die Wahrheit und behauptet etwas anderes",
        TraderKind::Copycat => "Wiederholt, was sein Nachbar sagt",
        TraderKind::Random => "Sagt irgendetwas",
    }
}

/// What an agent is, in a few words.
pub fn kind(kind: &AgentKind) -> String {
    match kind {
        AgentKind::Simulated { trader: which } => format!("simuliert · {}", trader(*which)),
        AgentKind::Model { model, .. } => model.clone(),
        AgentKind::Person => PERSON.to_owned(),
    }
}

/// The name of a sizing rule.
pub fn sizing(rule: SizingRule) -> &'static str {
    match rule {
        SizingRule::Evidence => "Handel nach Hinweisen",
        SizingRule::Kelly => "Kelly-Anteil",
        SizingRule::Cara => "Konstante Risikoaversion",
        SizingRule::RiskNeutral => "Risikoneutral",
        SizingRule::Crra => "Relative Risikoaversion",
    }
}

/// One sentence on what the rule does.
pub fn sizing_what(rule: SizingRule) -> &'static str {
    match rule {
        SizingRule::Evidence => {
            "Jeder Agent fügt dem Preis nur seine eigenen Hinweise hinzu, abzüglich dessen, was das Panel gemeinsam hat: in \
             unseren Simulationen die beste Regel."
        }
        SizingRule::Kelly => {
            "Jeder Agent setzt einen Bruchteil seines Guthabens so ein, dass es auf lange Sicht wächst: die klassische Regel, in \
             unseren Simulationen schlechter als der einfache Mittelwert."
        }
        SizingRule::Cara => {
            "Jeder Agent handelt, bis sich das Risiko für ihn nicht mehr lohnt, gleich wie groß sein Guthaben ist."
        }
        SizingRule::RiskNeutral => {
            "Jeder Agent schiebt den Preis auf seine Einschätzung zu, so weit sein Guthaben reicht."
        }
        SizingRule::Crra => {
            "Jeder Agent riskiert einen Teil seines Guthabens, und zwar einen umso kleineren, je mehr er das Risiko scheut: 1 ist \
             Kelly, 4 etwa ein Viertel davon."
        }
    }
}

/// The name of the rule's number.
pub fn sizing_number(rule: SizingRule) -> Option<&'static str> {
    match rule {
        SizingRule::Evidence => Some("Gemeinsame Hinweise ρ, 0 bis 1"),
        SizingRule::Kelly => Some("Bruchteil λ, über 0 bis 1"),
        SizingRule::Cara => Some("Risikotoleranz, in Spielgeld"),
        SizingRule::RiskNeutral => None,
        SizingRule::Crra => Some("Risikoaversion γ, 0,1 bis 50"),
    }
}

/// A run's rule, in a few words.
pub fn sizing_of(rule: &Sizing) -> String {
    let number = |number: f64| number.to_string().replace('.', ",");
    match rule {
        Sizing::Evidence { rho } => format!("Handel nach Hinweisen, ρ = {}", number(*rho)),
        Sizing::Kelly { fraction } => format!("Kelly, λ = {}", number(*fraction)),
        Sizing::Cara { tolerance } => format!("konstante Risikoaversion, τ = {}", number(*tolerance)),
        Sizing::RiskNeutral => "risikoneutral".to_owned(),
        Sizing::Crra { gamma } => format!("relative Risikoaversion, γ = {}", number(*gamma)),
    }
}
