//! Language models as traders: who sits on a panel, what each is asked, and what its words are worth. A view of the
//! market becomes a request, a reply becomes a forecast. Pure: nothing is sent from here, no run is changed, and
//! nobody's address or key is known.

pub mod defaults;
pub mod dialect;
pub mod estimate;
pub mod forecaster;
mod labels;
pub mod parse;
pub mod prices;
pub mod prompt;
mod quote;
pub mod roster;
mod schema;
mod spoken;
pub mod template;
pub mod turn_prompt;
mod wanted;

pub use defaults::{Question, default_rho, default_world, liquidity, spec_for, stop_rules};
pub use dialect::Dialect;
pub use estimate::{Estimate, estimate, estimate_turns};
pub use forecaster::{Forecaster, failure_of};
pub use parse::{Unusable, parse, parse_argument};
pub use prompt::{delimiter, prompt, repair_prompt};
pub use roster::{PERSONAS, Persona, model_agent, model_panel, simulated_agent, simulated_panel};
pub use spoken::spoken;
pub use template::{Part, Placeholder, TemplateError};
pub use turn_prompt::turn_prompt;
