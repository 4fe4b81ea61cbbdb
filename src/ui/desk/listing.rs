//! Takes over one question of a market elsewhere: asks the market's public interface, without a key, credentials or a
//! referrer, or reads what a person copied from there.

use leptos::prelude::*;

use super::Desk;
use crate::evaluate::listing::{Address, ListedPrice, MOST_BYTES, Unread, Untaken, read};
use crate::session::Clock;
use crate::web::assets::{AssetError, public_file};
use crate::web::{self, PageClock};

impl Desk {
    /// Asks a market for a question and fills it in.
    ///
    /// # Errors
    /// Why not; then nothing changes.
    pub async fn fetch_listed(self, address: &Address) -> Result<(), Untaken> {
        let reply = public_file(&address.api(), MOST_BYTES).await.map_err(unheard)?;
        // Its task has done enough with the network.
        web::next_task().await;
        self.take_listed(address, &String::from_utf8_lossy(&reply))
    }

    /// Fills in a question from a market's reply. The price is kept for afterwards, where no agent sees it.
    ///
    /// # Errors
    /// Why not; then nothing changes.
    pub fn take_listed(self, address: &Address, reply: &str) -> Result<(), Untaken> {
        let listed = read(address, reply).map_err(Untaken::Unread)?;
        let price = ListedPrice::of(&listed, address, PageClock.now_millis());
        self.draft.try_update(|draft| draft.take_listed(listed, price));
        Ok(())
    }
}

fn unheard(error: AssetError) -> Untaken {
    match error {
        AssetError::Unreachable => Untaken::Unreachable,
        AssetError::Status(status) => Untaken::Status(status),
        AssetError::CutOff | AssetError::NotRead => Untaken::CutOff,
        AssetError::TooLarge(_) => Untaken::Unread(Unread::TooLarge),
    }
}
