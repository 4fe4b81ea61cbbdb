//! What came to runs after links had their form: behind the run, written only where it is used, so that every older
//! link still opens and a run without such additions keeps its link.
//!
//! To add a field to [`RunSpec`]: append a variant to [`WireExtra`] (never reorder: its place is its number on the wire),
//! raise [`KNOWN`], write it in [`WireExtras::of`] if it differs from its default, and set it in
//! [`WireExtras::apply_to_spec`]. In `set_up` the field is named on the way in, with the remark that an extra holds it,
//! and has its default on the way out. The same for a field of a call or an answer, in `of_inputs` and
//! [`WireExtras::apply_to_inputs`]. Text and lists are bounded as everywhere on the wire.

use serde::{Deserialize, Serialize};

use super::listed::WireListed;
use super::number::Decimal;
use super::rules::{WireGuard, WireMaker};
use super::{WireError, mirror};
use crate::audit::Digest;
use crate::belief::Forecast;
use crate::evaluate::listing::ListedPrice;
use crate::prng::Seed;
use crate::run::spec::{MAX_AGENTS, MAX_ROUNDS};
use crate::run::{
    AgentKind, AgentReply, Answer, CallRecord, Elicitation, Input, Prompts, RecordedInputs, Resolution,
    RunSpec, TokenChance,
};
use crate::share::bounded::Bounded;

/// How many variants [`WireExtra`] has: a higher number was written by a later version.
const KNOWN: u32 = 14;
/// More extras than a run can have: a link that holds more is damaged.
const MAX_EXTRAS: usize = 65_536;
/// Answers of a run in which agents speak in turns.
const MAX_SPEAKERS: usize = 2 * MAX_ROUNDS as usize * MAX_AGENTS;
/// Templates of the modes without a market.
const MAX_TURN_PROMPTS: usize = 9;
/// Alternatives of one token.
const MAX_CHANCES: usize = 64;

mirror!(WireElicitation = Elicitation { Stated, LabelLogprobs });

/// One addition. Append only.
#[derive(Debug, Serialize, Deserialize)]
enum WireExtra {
    /// [`crate::run::StopRules::max_seconds`].
    MaxSeconds(u32),
    /// [`RunSpec::reversed_question`].
    Reversed(String),
    /// [`RunSpec::prompts`], in the order of their fields.
    Prompts([Option<String>; 4]),
    /// The elicitation of the agent at this place.
    Elicitation(u8, WireElicitation),
    /// [`Forecast::incoherence`] of the so many-th answer of the run.
    Incoherence(u32, Decimal),
    /// [`CallRecord::first_token`] of the so many-th call of the run.
    FirstToken(u32, Bounded<(String, Decimal), MAX_CHANCES>),
    /// [`CallRecord::reused`] of the so many-th call of the run.
    Reused(u32, [u8; 32]),
    /// [`RunSpec::maker`].
    Maker(WireMaker),
    /// [`RunSpec::guard`].
    Guard(WireGuard),
    /// Who gave the recorded answers, in order, where that depends on whose turn it was.
    Speakers(Bounded<u8, MAX_SPEAKERS>),
    /// What a person said of the finished run: the outcome's place, or nothing for void.
    Resolved(Option<u8>),
    /// [`crate::run::Prompts::turns`]: the changed templates with their places in the order of the fields.
    TurnPrompts(Bounded<(u8, String), MAX_TURN_PROMPTS>),
    /// [`RecordedInputs::stop_secret`].
    StopSecret(u64),
    /// What a market elsewhere said of the same question.
    Listed(WireListed),
}

/// All additions of one run.
#[derive(Debug, Default)]
pub(in crate::share) struct WireExtras(Vec<WireExtra>);

impl WireExtras {
    /// What a run has beyond the first form of links.
    pub(in crate::share) fn of(spec: &RunSpec, recorded: &RecordedInputs) -> Result<Self, WireError> {
        let mut extras = Vec::new();
        extras.extend(spec.stop.max_seconds.map(WireExtra::MaxSeconds));
        if !spec.reversed_question.is_empty() {
            extras.push(WireExtra::Reversed(spec.reversed_question.clone()));
        }
        if !spec.prompts.is_usual() {
            let Prompts { rules, first_round, later_rounds, label, turns } = spec.prompts.clone();
            if [&rules, &first_round, &later_rounds, &label].into_iter().any(Option::is_some) {
                extras.push(WireExtra::Prompts([rules, first_round, later_rounds, label]));
            }
            let changed = (0..).zip(turns.all()).filter_map(|(place, words)| Some((place, words.clone()?)));
            let changed = Bounded::new(changed.collect()).filter(|_| !turns.is_usual());
            extras.extend(changed.map(WireExtra::TurnPrompts));
        }
        for (place, agent) in (0..).zip(&spec.agents) {
            if let AgentKind::Model { elicitation, .. } = agent.kind
                && !elicitation.is_stated()
            {
                extras.push(WireExtra::Elicitation(place, elicitation.into()));
            }
        }
        extras.extend(WireMaker::of(spec.maker).map(WireExtra::Maker));
        extras.extend(WireGuard::of(&spec.guard).map(WireExtra::Guard));
        of_inputs(recorded, &mut extras)?;
        of_turns(spec, recorded, &mut extras)?;
        extras.extend(recorded.stop_secret.map(|secret| WireExtra::StopSecret(secret.bits())));
        Ok(Self(extras))
    }

    /// The same with what a market elsewhere said, if that is of the run's question.
    pub(in crate::share) fn with_listed(
        mut self,
        spec: &RunSpec,
        listed: Option<&ListedPrice>,
    ) -> Result<Self, WireError> {
        let listed = listed.map(|listed| WireListed::of(spec, listed)).transpose()?.flatten();
        self.0.extend(listed.map(WireExtra::Listed));
        Ok(self)
    }

    /// What a market elsewhere said, as the link's maker has it.
    pub(in crate::share) fn listed(&self, spec: &RunSpec) -> Result<Option<ListedPrice>, WireError> {
        let listed = self.0.iter().find_map(|extra| match extra {
            WireExtra::Listed(listed) => Some(listed.clone()),
            _ => None,
        });
        listed.map(|listed| listed.into_listed(spec)).transpose()
    }

    /// Puts the additions into a set-up that was read without them; its limits are still to be checked.
    pub(in crate::share) fn apply_to_spec(&self, spec: &mut RunSpec) -> Result<(), WireError> {
        for extra in &self.0 {
            match extra {
                WireExtra::MaxSeconds(seconds) => spec.stop.max_seconds = Some(*seconds),
                WireExtra::Reversed(question) => spec.reversed_question.clone_from(question),
                WireExtra::Prompts(texts) => {
                    let [rules, first_round, later_rounds, label] = texts.clone();
                    let turns = std::mem::take(&mut spec.prompts.turns);
                    spec.prompts = Prompts { rules, first_round, later_rounds, label, turns };
                }
                WireExtra::TurnPrompts(changed) => {
                    let mut all = spec.prompts.turns.all_mut();
                    for (place, words) in changed.clone().into_vec() {
                        let known = all.get_mut(usize::from(place));
                        **known.ok_or(WireError::Number("a template's place"))? = Some(words);
                    }
                }
                WireExtra::Elicitation(place, wire) => {
                    let agent = spec.agents.get_mut(usize::from(*place)).map(|agent| &mut agent.kind);
                    let Some(AgentKind::Model { elicitation, .. }) = agent else {
                        return Err(WireError::Number("an agent's place"));
                    };
                    *elicitation = (*wire).into();
                }
                WireExtra::Maker(maker) => spec.maker = maker.into_maker(),
                WireExtra::Guard(guard) => spec.guard = guard.clone().into_guard(),
                WireExtra::Incoherence(..)
                | WireExtra::FirstToken(..)
                | WireExtra::Reused(..)
                | WireExtra::Speakers(_)
                | WireExtra::Resolved(_)
                | WireExtra::Listed(_)
                | WireExtra::StopSecret(_) => {}
            }
        }
        Ok(())
    }

    /// Who gave the recorded answers, in order; empty on a market.
    pub(in crate::share) fn speakers(&self) -> Vec<usize> {
        let speakers = self.0.iter().find_map(|extra| match extra {
            WireExtra::Speakers(speakers) => Some(speakers.clone().into_vec()),
            _ => None,
        });
        speakers.unwrap_or_default().into_iter().map(usize::from).collect()
    }

    /// Puts the additions into answers and calls that were read without them.
    pub(in crate::share) fn apply_to_inputs(self, recorded: &mut RecordedInputs) -> Result<(), WireError> {
        for extra in self.0 {
            let missing = WireError::Number("a call's place");
            match extra {
                WireExtra::Incoherence(place, incoherence) => {
                    let mut answer = replies_mut(recorded).filter_map(forecast_mut);
                    let forecast = answer.nth(place as usize).ok_or(missing)?;
                    forecast.incoherence = Some(incoherence.to_f64()?);
                }
                WireExtra::FirstToken(place, chances) => {
                    let call = calls_mut(recorded).nth(place as usize).ok_or(missing)?;
                    let chance = |(token, logprob): (String, Decimal)| {
                        Ok(TokenChance { token, logprob: logprob.to_f64()? })
                    };
                    call.first_token =
                        chances.into_vec().into_iter().map(chance).collect::<Result<_, _>>()?;
                }
                WireExtra::Reused(place, digest) => {
                    let call = calls_mut(recorded).nth(place as usize).ok_or(missing)?;
                    call.reused = Some(Digest::from_bytes(digest));
                }
                WireExtra::MaxSeconds(_)
                | WireExtra::Reversed(_)
                | WireExtra::Prompts(_)
                | WireExtra::TurnPrompts(_)
                | WireExtra::Elicitation(..)
                | WireExtra::Maker(_)
                | WireExtra::Guard(_)
                | WireExtra::Listed(_)
                | WireExtra::Speakers(_) => {}
                WireExtra::StopSecret(bits) => recorded.stop_secret = Some(Seed::new(bits)),
                WireExtra::Resolved(outcome) => {
                    let happened = |outcome| Resolution::Outcome(usize::from(outcome));
                    let resolution = outcome.map_or(Resolution::Void, happened);
                    recorded.inputs.push(Input::Resolve(resolution));
                }
            }
        }
        Ok(())
    }

    /// One after the other, each with its number first; nothing at all where there is none.
    pub(in crate::share) fn to_bytes(&self) -> Result<Vec<u8>, WireError> {
        let mut bytes = Vec::new();
        for extra in &self.0 {
            bytes.extend(postcard::to_allocvec(extra).map_err(|_| WireError::TooMany("additions"))?);
        }
        Ok(bytes)
    }

    /// Reads until the bytes are over.
    pub(in crate::share) fn from_bytes(mut bytes: &[u8]) -> Result<Self, WireError> {
        let mut extras = Vec::new();
        while !bytes.is_empty() {
            let damaged = |_: postcard::Error| WireError::Number("what follows the run");
            let (number, _) = postcard::take_from_bytes::<u32>(bytes).map_err(damaged)?;
            if number >= KNOWN {
                return Err(WireError::Newer);
            }
            let (extra, rest) = postcard::take_from_bytes(bytes).map_err(damaged)?;
            extras.push(extra);
            bytes = rest;
            if extras.len() > MAX_EXTRAS {
                return Err(WireError::TooMany("additions"));
            }
        }
        Ok(Self(extras))
    }
}

/// What answers and calls have beyond the first form of links.
fn of_inputs(recorded: &RecordedInputs, extras: &mut Vec<WireExtra>) -> Result<(), WireError> {
    let replies = || {
        recorded.inputs.iter().flat_map(|input| match input {
            Input::Replies(replies) => replies.as_slice(),
            _ => &[],
        })
    };
    let forecasts = replies().filter_map(|reply| match &reply.result {
        Ok(Answer::Forecast(forecast)) => Some(forecast),
        _ => None,
    });
    for (place, Forecast { incoherence, .. }) in (0..).zip(forecasts) {
        if let Some(incoherence) = incoherence {
            extras.push(WireExtra::Incoherence(place, Decimal::from_f64(*incoherence)?));
        }
    }
    for (place, call) in (0..).zip(replies().flat_map(|reply| &reply.calls)) {
        if !call.first_token.is_empty() {
            let chance =
                |chance: &TokenChance| Ok((chance.token.clone(), Decimal::from_f64(chance.logprob)?));
            let chances = call.first_token.iter().map(chance).collect::<Result<_, _>>()?;
            let chances = Bounded::new(chances).ok_or(WireError::TooMany("alternatives of a word"))?;
            extras.push(WireExtra::FirstToken(place, chances));
        }
        extras.extend(call.reused.map(|digest| WireExtra::Reused(place, *digest.bytes())));
    }
    Ok(())
}

/// What belongs to modes without a market, and to finished runs that a person settled.
fn of_turns(spec: &RunSpec, recorded: &RecordedInputs, extras: &mut Vec<WireExtra>) -> Result<(), WireError> {
    let narrow = |place: usize| u8::try_from(place).map_err(|_| WireError::TooMany("agents"));
    let mut speakers = Vec::new();
    for input in &recorded.inputs {
        match input {
            Input::Replies(replies) if !spec.mode.is_market() => {
                for reply in replies {
                    speakers.push(narrow(reply.agent)?);
                }
            }
            Input::Resolve(Resolution::Outcome(outcome)) => {
                extras.push(WireExtra::Resolved(Some(narrow(*outcome)?)));
            }
            Input::Resolve(Resolution::Void) => extras.push(WireExtra::Resolved(None)),
            _ => {}
        }
    }
    if !speakers.is_empty() {
        let speakers = Bounded::new(speakers).ok_or(WireError::TooMany("answers"))?;
        extras.push(WireExtra::Speakers(speakers));
    }
    Ok(())
}

fn forecast_mut(reply: &mut AgentReply) -> Option<&mut Forecast> {
    match &mut reply.result {
        Ok(Answer::Forecast(forecast)) => Some(forecast),
        _ => None,
    }
}

fn replies_mut(recorded: &mut RecordedInputs) -> impl Iterator<Item = &mut AgentReply> {
    recorded.inputs.iter_mut().flat_map(|input| match input {
        Input::Replies(replies) => replies.as_mut_slice(),
        _ => &mut [],
    })
}

fn calls_mut(recorded: &mut RecordedInputs) -> impl Iterator<Item = &mut CallRecord> {
    replies_mut(recorded).flat_map(|reply| &mut reply.calls)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_number_reads_and_the_next_is_newer() {
        let number = Decimal::from_f64(0.25).unwrap();
        let all = WireExtras(vec![
            WireExtra::MaxSeconds(60),
            WireExtra::Reversed("Will it stay closed?".into()),
            WireExtra::Prompts([Some("Rules".into()), None, None, Some("Label".into())]),
            WireExtra::Elicitation(2, WireElicitation::LabelLogprobs),
            WireExtra::Incoherence(0, number),
            WireExtra::FirstToken(3, Bounded::new(vec![(" Yes".into(), number)]).unwrap()),
            WireExtra::Reused(1, [7; 32]),
            WireExtra::Maker(WireMaker::LsLmsr(0.05)),
            WireExtra::Guard(WireGuard::Cap(1.0)),
            WireExtra::Speakers(Bounded::new(vec![0, 1]).unwrap()),
            WireExtra::Resolved(None),
            WireExtra::TurnPrompts(Bounded::new(vec![(7, "{question} {said} {task}".into())]).unwrap()),
            WireExtra::StopSecret(7),
            WireExtra::Listed(WireListed::sample()),
        ]);
        let bytes = all.to_bytes().unwrap();
        assert_eq!(WireExtras::from_bytes(&bytes).unwrap().to_bytes().unwrap(), bytes);
        assert_eq!(all.0.len(), KNOWN as usize, "one of each variant belongs in this test");
        assert_eq!(WireExtras::from_bytes(&[KNOWN as u8]).unwrap_err(), WireError::Newer);
        assert!(matches!(WireExtras::from_bytes(&[0]).unwrap_err(), WireError::Number(_)));
        assert!(WireExtras::default().to_bytes().unwrap().is_empty());
    }
}
