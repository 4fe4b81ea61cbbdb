//! The addresses under which the runs of a decision can be opened and checked by others: made a little at a time, of the
//! same tier that the share dialog offers first.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::run::{Run, Texts};
use crate::share::{Encoding, reduce, tiers};
use crate::ui::decision::Report;
use crate::web;

/// Links by the heads of their runs; `None` for a run that fits into none.
pub type Links = RwSignal<BTreeMap<String, Option<String>>>;

/// Makes the links of a report that are not there yet, in the order of its options.
pub async fn links_of(report: &Report, links: Links) -> Vec<Option<String>> {
    let mut found = Vec::new();
    for told in &report.told {
        let Ok(told) = told else {
            found.push(None);
            continue;
        };
        let head = told.head.to_string();
        let known = links.try_with_untracked(|links| links.get(&head).cloned()).flatten();
        let link = if let Some(known) = known {
            known
        } else {
            let made = link_of(&told.run).await;
            links.try_update(|links| links.insert(head, made.clone()));
            made
        };
        found.push(link);
    }
    found
}

async fn link_of(run: &Run) -> Option<String> {
    let choices = tiers(run);
    let tier = if choices.contains(&Texts::Headlines) { Texts::Headlines } else { *choices.first()? };
    let mut encoding = Encoding::new(reduce(run, tier).ok()?.into()).ok()?;
    let code = web::in_slices(|| encoding.work().transpose(), || true).await?.ok()?;
    Some(web::page::address_of(&format!("/r/{code}")))
}
