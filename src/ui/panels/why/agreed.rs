//! Beside the answer: whether the panel stands behind it or a person should look, why, and who disagrees.

use leptos::prelude::*;

use super::inquiry::Inquiry;
use crate::aggregate::Moment;
use crate::aggregate::consensus::{consensus, fragility};
use crate::ui::components::Avatar;
use crate::ui::desk::Feed;
use crate::ui::words::{voices, watch, why as words};

/// Dissenters that are shown.
const SHOWN: usize = 5;

/// What the card shows.
#[derive(Clone, Debug, PartialEq)]
struct Verdict {
    sentence: String,
    /// Whether a single agent stated a belief, so that nobody can say who agrees.
    alone: bool,
    doubts: Vec<String>,
    dissenters: Vec<Voice>,
    less_sure: Vec<Voice>,
    caveat: &'static str,
}

/// Somebody who disagrees, or is far less sure.
#[derive(Clone, Debug, PartialEq)]
struct Voice {
    agent: usize,
    who: String,
    belief: String,
    said: String,
    behind: Option<String>,
}

/// The card.
#[component]
pub(super) fn Agreed(feed: Feed, moment: Memo<Option<Moment>>, inquiry: Inquiry) -> impl IntoView {
    let verdict = Memo::new(move |_| {
        feed.with(|open| {
            let open = open?;
            moment.with(|moment| {
                let spec = open.run.spec();
                let found = consensus(spec, moment.as_ref()?);
                let mut doubts = found.doubts.clone();
                // Replays are about the whole run, not about an earlier moment.
                if feed.scrub.get().is_none() {
                    inquiry.with(|known| {
                        doubts
                            .extend(known.iter().flat_map(|known| fragility(&known.findings, found.leader)));
                    });
                }
                let voice = |voice: &crate::aggregate::consensus::Dissenter| Voice {
                    agent: voice.agent,
                    who: watch::agent_name(spec, voice.agent).to_owned(),
                    belief: words::dissenter(spec, voice, found.leader),
                    said: voices::said(&voice.words),
                    behind: spec.mode.is_market().then(|| words::behind(spec, voice)),
                };
                Some(Verdict {
                    sentence: words::agreement(spec, &found),
                    alone: found.answered == 1,
                    doubts: doubts.iter().map(|doubt| words::doubt(spec, doubt)).collect(),
                    dissenters: found.dissenters.iter().take(SHOWN).map(voice).collect(),
                    less_sure: found.less_sure.iter().take(SHOWN).map(voice).collect(),
                    caveat: words::caveat(spec),
                })
            })
        })
    });
    let needed = move || verdict.with(|verdict| verdict.as_ref().is_some_and(|v| !v.doubts.is_empty()));
    view! {
        <section class="card why-agreed" aria-labelledby="agreed-title" data-testid="why-agreed"
            data-verdict=move || if needed() { "person" } else { "panel" }>
            <h2 id="agreed-title">{words::AGREED}</h2>
            {move || verdict.get().map(|verdict| view! { <VerdictView verdict /> })}
        </section>
    }
}

#[component]
fn VerdictView(verdict: Verdict) -> impl IntoView {
    let Verdict { sentence, alone, doubts, dissenters, less_sure, caveat } = verdict;
    let person = !doubts.is_empty();
    let (mark, label) = match (person, alone) {
        (true, _) => ("!", words::NEEDS_PERSON),
        (false, true) => ("–", words::ONE_VOICE),
        (false, false) => ("✓", words::STANDS),
    };
    let doubts = doubts.into_iter().map(|doubt| view! { <li>{doubt}</li> }).collect_view();
    view! {
        <p class="why-verdict" class:why-person=person class:why-alone=alone && !person>
            <span aria-hidden="true">{mark}</span>
            <strong>{label}</strong>
        </p>
        <p>{sentence}</p>
        {person.then(|| view! { <ul class="why-doubts">{doubts}</ul> })}
        {voices(words::DISSENT, "why-dissent", dissenters)}
        {voices(words::LESS_SURE, "why-less-sure", less_sure)}
        <p class="hint">{caveat}</p>
    }
}

/// A heading and the voices under it; nothing where there are none.
fn voices(title: &'static str, test_id: &'static str, voices: Vec<Voice>) -> impl IntoView {
    let rows = voices.into_iter().map(|Voice { agent, who, belief, said, behind }| {
        let shown = who.clone();
        view! {
            <li class="why-dissenter">
                <Avatar name=who place=agent />
                <div>
                    <p><strong>{shown}</strong>" "<span class="number">{belief}</span></p>
                    {(!said.is_empty()).then(|| view! { <p class="why-quote">{said}</p> })}
                    {behind.map(|behind| view! { <p class="hint">{behind}</p> })}
                </div>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul data-testid=test_id>{rows}</ul>
        }
    })
}
