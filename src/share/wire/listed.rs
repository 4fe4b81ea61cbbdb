//! The price of a market elsewhere on the wire: beside the run, as in a file. It is what the link's maker says; the
//! chain knows nothing of it.

use serde::{Deserialize, Serialize};

use super::number::Decimal;
use super::{WireError, mirror};
use crate::evaluate::listing::{ListedPrice, Site};
use crate::market::MAX_OUTCOMES;
use crate::run::RunSpec;
use crate::share::bounded::Bounded;

mirror!(WireSite = Site { Manifold, Polymarket, Metaculus });

/// A [`ListedPrice`] that fits the run: its outcomes are the run's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WireListed {
    site: WireSite,
    address: String,
    /// The market's question, if the run asks in other words.
    question: Option<String>,
    read_millis: u64,
    is_resolved: bool,
    /// In the order of the run's outcomes.
    prices: Bounded<Decimal, MAX_OUTCOMES>,
}

impl WireListed {
    /// Nothing where the price is one of another question.
    pub(super) fn of(spec: &RunSpec, listed: &ListedPrice) -> Result<Option<Self>, WireError> {
        let ListedPrice { site, address, question, read_millis, is_resolved, prices: _ } = listed;
        let Some(prices) = listed.prices_of(&spec.outcomes) else { return Ok(None) };
        let prices = prices.into_iter().map(Decimal::from_f64).collect::<Result<_, _>>()?;
        Ok(Some(Self {
            site: (*site).into(),
            address: address.clone(),
            question: (*question != spec.question).then(|| question.clone()),
            read_millis: *read_millis,
            is_resolved: *is_resolved,
            prices: Bounded::new(prices).ok_or(WireError::TooMany("prices"))?,
        }))
    }

    /// The price beside a run; refused like one in a file, if anybody made it up.
    pub(super) fn into_listed(self, spec: &RunSpec) -> Result<ListedPrice, WireError> {
        let prices =
            self.prices.into_vec().into_iter().map(Decimal::to_f64).collect::<Result<Vec<_>, _>>()?;
        let listed = ListedPrice {
            site: self.site.into(),
            address: self.address,
            question: self.question.unwrap_or_else(|| spec.question.clone()),
            read_millis: self.read_millis,
            is_resolved: self.is_resolved,
            prices: spec.outcomes.iter().map(|name| name.trim().to_owned()).zip(prices).collect(),
        };
        let fits = listed.is_sound() && listed.fits(&spec.outcomes);
        fits.then_some(listed).ok_or(WireError::Number("a market's price"))
    }
}

#[cfg(test)]
impl WireListed {
    /// Any price, for a test.
    pub(super) fn sample() -> Self {
        Self {
            site: WireSite::Metaculus,
            address: "https://www.metaculus.com/questions/1/".into(),
            question: None,
            read_millis: 1,
            is_resolved: true,
            prices: Bounded::new(vec![Decimal::from_f64(1.0).unwrap()]).unwrap(),
        }
    }
}
