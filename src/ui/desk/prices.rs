//! What a model costs through a connection: the price that a person set for it, the list fetched last, the table that
//! ships with the page, in this order. Stored on the device; it holds no key and no address.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Bindings, Connection, Desk};
use crate::agents::prices::{
    DatedList, OPENROUTER_LIST, PriceChanges, PriceList, PriceSource, list_name, price_changes,
    read_openrouter, shipped_prices,
};
use crate::agents::{Estimate, estimate};
use crate::llm::BaseUrl;
use crate::run::spec::MAX_TOKEN_PRICE;
use crate::run::{AgentKind, RunSpec, TokenPrice};
use crate::session::ConnectionId;
use crate::ui::words::browser;
use crate::ui::words::messages;
use crate::ui::words::prices as words;
use crate::web::{self, storage};

/// Under which name prices are stored.
const STORED: &str = "prices";
/// The version of what is stored.
const STORED_VERSION: u32 = 1;

/// Prices as they are stored.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    own: Vec<OwnPrice>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list: Option<DatedList>,
}

/// A price that a person set for a model of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnPrice {
    connection: u32,
    model: String,
    price: TokenPrice,
}

/// All prices that this page knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBook {
    own: Vec<OwnPrice>,
    fetched: Option<DatedList>,
    shipped: PriceList,
}

impl PriceBook {
    /// Nothing but the shipped table.
    pub fn new() -> Self {
        Self { own: Vec::new(), fetched: None, shipped: shipped_prices() }
    }

    /// The day of the list fetched last.
    pub fn fetched_on(&self) -> Option<&str> {
        self.fetched.as_ref().map(|list| list.as_of.as_str())
    }

    /// Models of a connection with a price of their own.
    pub fn own_models(&self, connection: ConnectionId) -> impl Iterator<Item = &str> {
        self.own.iter().filter(move |own| own.connection == connection.0).map(|own| own.model.as_str())
    }

    /// What a model costs through a connection, and who says so.
    pub fn look_up(&self, connection: &Connection, model: &str) -> Option<(TokenPrice, PriceSource)> {
        let own = self.own.iter().find(|own| own.connection == connection.id.0 && own.model == model);
        let own = own.map(|own| own.price).or(connection.price.filter(|_| connection.model == model));
        if let Some(price) = own {
            return Some((price, PriceSource::Own));
        }
        let name = list_name(&host(connection)?, model)?;
        let fetched = self.fetched.as_ref().and_then(|list| {
            list.prices.get(&name).map(|price| (*price, PriceSource::Fetched(list.as_of.clone())))
        });
        fetched.or_else(|| self.shipped.get(&name).map(|price| (*price, PriceSource::Shipped)))
    }

    /// The lists together, the newer one first.
    fn known(&self) -> PriceList {
        let mut known = self.shipped.clone();
        known.extend(self.fetched.iter().flat_map(|list| list.prices.clone()));
        known
    }
}

impl Default for PriceBook {
    fn default() -> Self {
        Self::new()
    }
}

/// The host that a connection leads to; `None` for one that leads to none.
fn host(connection: &Connection) -> Option<String> {
    let address = BaseUrl::parse(&connection.base_url).ok()?;
    address.origin().split_once("://").map(|(_, host)| host.to_owned())
}

impl Desk {
    /// Reads the prices that were stored on an earlier visit.
    pub fn load_prices(self) {
        let stored = storage::read::<Stored>(STORED).filter(|stored| stored.version == STORED_VERSION);
        if let Some(stored) = stored {
            self.prices.update(|book| {
                book.own = stored.own;
                book.fetched = stored.list;
            });
        }
    }

    /// What a model costs through a connection. Subscribes.
    pub fn price_of(self, connection: ConnectionId, model: &str) -> Option<(TokenPrice, PriceSource)> {
        self.connections.with(|saved| {
            let connection = saved.iter().find(|saved| saved.id == connection)?;
            self.prices.with(|book| book.look_up(connection, model))
        })
    }

    /// Sets a person's own price for a model of a connection, or drops it.
    pub fn set_price(self, connection: ConnectionId, model: &str, price: Option<TokenPrice>) {
        self.prices.update(|book| {
            book.own.retain(|own| own.connection != connection.0 || own.model != model);
            if let Some(price) = price {
                book.own.push(OwnPrice { connection: connection.0, model: model.to_owned(), price });
            }
        });
        // A connection has a price for its own model, too: there is one truth.
        let has =
            |saved: &Connection| saved.id == connection && saved.model == model && saved.price.is_some();
        if self.connections.with_untracked(|saved| saved.iter().any(has)) {
            self.connections.update(|saved| {
                saved.iter_mut().filter(|saved| has(saved)).for_each(|saved| saved.price = None);
            });
            self.store_connections();
        }
        self.store_prices();
    }

    /// The prices that a person set, for the connections that there are.
    pub(super) fn own_prices(self) -> Vec<OwnPrice> {
        let known = |own: &OwnPrice| {
            self.connections.with_untracked(|saved| saved.iter().any(|saved| saved.id.0 == own.connection))
        };
        self.prices.with_untracked(|book| book.own.iter().filter(|own| known(own)).cloned().collect())
    }

    /// Takes prices over from a file whose connections have got these ids here.
    pub(super) fn take_prices(self, found: Vec<OwnPrice>, renamed: &[(ConnectionId, ConnectionId)]) {
        let here = |own: OwnPrice| {
            let (_, id) = renamed.iter().find(|(there, _)| there.0 == own.connection)?;
            let dearest = own.price.input_micro_usd.max(own.price.output_micro_usd);
            (dearest <= MAX_TOKEN_PRICE).then_some(OwnPrice { connection: id.0, ..own })
        };
        let own: Vec<OwnPrice> = found.into_iter().filter_map(here).collect();
        if !own.is_empty() {
            self.prices.update(|book| book.own.extend(own));
            self.store_prices();
        }
    }

    /// Fetches OpenRouter's list; it changes nothing yet.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub async fn fetch_prices(self) -> Result<(DatedList, PriceChanges), String> {
        let text = web::assets::public_text(OPENROUTER_LIST).await.map_err(|error| browser::asset(&error))?;
        let prices = read_openrouter(&text).map_err(|error| messages::list(&error))?;
        let changes = price_changes(&self.prices.with_untracked(PriceBook::known), &prices);
        Ok((DatedList { as_of: web::clock::today(), prices }, changes))
    }

    /// Uses a fetched list from now on.
    pub fn use_prices(self, list: DatedList) {
        self.prices.update(|book| book.fetched = Some(list));
        self.store_prices();
    }

    fn store_prices(self) {
        let stored = self.prices.with_untracked(|book| Stored {
            version: STORED_VERSION,
            own: book.own.clone(),
            list: book.fetched.clone(),
        });
        if let Err(refused) = storage::write(STORED, &stored) {
            self.fail(words::NOT_STORED, refused.to_string(), words::NOT_STORED_NEXT);
        }
    }

    /// Gives each model of a set-up its price. Subscribes.
    pub(super) fn price_models(self, spec: &mut RunSpec, bindings: &Bindings) {
        for (agent, binding) in spec.agents.iter_mut().zip(bindings) {
            if let (AgentKind::Model { model, price, .. }, Some(bound)) = (&mut agent.kind, binding) {
                *price = self.price_of(*bound, model).map(|(price, _)| price);
            }
        }
    }

    /// What the run that the Ask form describes may use; `None` while it describes none, or one without models.
    /// Subscribes.
    pub fn estimate_draft(self) -> Option<Estimate> {
        let (mut spec, bindings) = self.built()?;
        self.price_models(&mut spec, &bindings);
        estimate(&spec)
    }

    /// The models of the Ask form whose price nobody knows, with the connection to set one for. Subscribes.
    pub fn unpriced_models(self) -> Vec<(ConnectionId, String)> {
        let Some((spec, bindings)) = self.built() else { return Vec::new() };
        let mut unpriced: Vec<(ConnectionId, String)> = Vec::new();
        for (agent, binding) in spec.agents.iter().zip(bindings) {
            if let (AgentKind::Model { model, .. }, Some(bound)) = (&agent.kind, binding)
                && self.price_of(bound, model).is_none()
                && !unpriced.iter().any(|(id, known)| (*id, known) == (bound, model))
            {
                unpriced.push((bound, model.clone()));
            }
        }
        unpriced
    }

    pub(super) fn built(self) -> Option<(RunSpec, Bindings)> {
        self.draft.with(|draft| self.with_preset(|preset| draft.build(0, preset))).ok()
    }
}
