//! From the texts that are kept of an evaluation to the evaluation, in slices: ten thousand questions are long work.

use std::sync::Arc;

use super::result_slot::Opened;
use crate::evaluate::pieces::{Pieces, list_in};
use crate::evaluate::{Question, Record};
use crate::ui::evaluation::{Head, Plan, VERSION};
use crate::web;
use crate::web::evaluation_store::Texts;

/// An evaluation from its texts; `None` if they are of another version.
pub(super) async fn opened(id: &str, texts: &Texts) -> Option<Opened> {
    let head: Head = serde_json::from_str(&texts.head).ok().filter(|head: &Head| head.version == VERSION)?;
    web::next_frame().await;
    let plan = plan_of(&texts.plan).await?;
    let mut records = vec![None; plan.questions.len()];
    let mut left = texts.records.iter();
    let read = || {
        let Some((place, text)) = left.next() else { return Some(()) };
        if let (Some(slot), Ok(record)) = (records.get_mut(*place), serde_json::from_str::<Record>(text)) {
            *slot = Some(Arc::new(record));
        }
        None
    };
    web::in_slices(read, || true).await;
    Some(Opened { id: Some(id.to_owned()), head, plan: Some(Arc::new(plan)), records, received: None })
}

/// A plan from its text, question by question; `None` if it is of another version.
async fn plan_of(text: &str) -> Option<Plan> {
    let begin = list_in(text, &["questions"]).ok()??;
    let (mut pieces, mut questions) = (Pieces::at(text, begin), Vec::new());
    let read = || match pieces.next_entry::<Question>() {
        None => Some(true),
        Some(Err(_)) => Some(false),
        Some(Ok(question)) => {
            questions.push(question);
            None
        }
    };
    let whole = web::in_slices(read, || true).await == Some(true);
    let rest = format!("{}[]{}", &text[..begin], &text[pieces.end()..]);
    let plan: Plan = serde_json::from_str(&rest).ok().filter(|_| whole)?;
    Some(Plan { questions, ..plan })
}
