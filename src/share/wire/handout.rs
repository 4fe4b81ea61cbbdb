//! What is passed on of an evaluation, on the wire: how it was set up and what each method took. There is no field for a
//! key, an address or a connection.

use serde::{Deserialize, Serialize};

use super::answers::WireAnswers;
use super::column::{cut, list};
use super::figures::{MOST_METHODS, WireFigures, WireLean};
use super::{WireError, WireExtras, WireMethod, WireSetUp};
use crate::audit::Digest;
use crate::evaluate::report::Report;
use crate::evaluate::{Asked, Effort, Handout, Method, SetUp};
use crate::prng::Seed;
use crate::run::RecordedInputs;
use crate::share::bounded::Bounded;

/// The longest name of a file, in bytes.
const MOST_NAME: usize = 400;
/// More additions than a panel has.
const MOST_EXTRA_BYTES: usize = 16 << 10;

/// [`Handout`] on the wire.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireHandout {
    name: String,
    count: u32,
    seed: u64,
    asked: Option<WireAsked>,
    /// Calls, tokens, millionths of a dollar, milliseconds.
    efforts: Bounded<(WireMethod, [u64; 4]), { Method::ALL.len() }>,
    against: Option<WireMethod>,
    pub found: WireFound,
}

/// What came out. Append only.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) enum WireFound {
    /// Every answer.
    Answers(WireAnswers),
    /// The figures.
    Figures(WireFigures),
    /// The figures, and methods that always gave the same answer.
    Leaning(WireFigures, Bounded<WireLean, MOST_METHODS>),
}

impl WireFound {
    /// From a report whose intervals are drawn.
    pub(in crate::share) fn of_report(report: &Report) -> Result<Self, WireError> {
        let figures = WireFigures::of(report)?;
        if report.leans.is_empty() {
            return Ok(Self::Figures(figures));
        }
        let leans = report.leans.iter().map(WireLean::of).collect::<Result<_, _>>()?;
        Ok(Self::Leaning(figures, list(leans, "methods")?))
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct WireAsked {
    panel: WireSetUp,
    extras: Bounded<u8, MOST_EXTRA_BYTES>,
    panel_digest: [u8; 32],
    questions_digest: [u8; 32],
}

impl WireHandout {
    /// Everything but what came out, which is `found`.
    pub(in crate::share) fn of(handout: &Handout, found: WireFound) -> Result<Self, WireError> {
        let Handout { set_up: SetUp { name, count, seed, asked }, efforts, against, found: _ } = handout;
        let effort = |(method, effort): (&Method, &Effort)| {
            let Effort { calls, tokens, cost_micro_usd, latency_millis } = *effort;
            ((*method).into(), [calls, tokens, cost_micro_usd, latency_millis])
        };
        Ok(Self {
            name: cut(name, MOST_NAME).to_owned(),
            count: u32::try_from(*count).map_err(|_| WireError::TooMany("questions"))?,
            seed: seed.bits(),
            asked: asked.clone().map(WireAsked::of).transpose()?,
            efforts: list(efforts.iter().map(effort).collect(), "methods")?,
            against: against.map(Into::into),
            found,
        })
    }

    /// The parts of a handout, whatever came out.
    pub(in crate::share) fn into_parts(self) -> Result<(Handout, WireFound), WireError> {
        if self.name.len() > MOST_NAME {
            return Err(WireError::Number("a name's length"));
        }
        let effort = |(method, [calls, tokens, cost_micro_usd, latency_millis]): (WireMethod, [u64; 4])| {
            (method.into(), Effort { calls, tokens, cost_micro_usd, latency_millis })
        };
        let handout = Handout {
            set_up: SetUp {
                name: self.name,
                count: self.count as usize,
                seed: Seed::new(self.seed),
                asked: self.asked.map(WireAsked::into_asked).transpose()?,
            },
            efforts: self.efforts.into_vec().into_iter().map(effort).collect(),
            against: self.against.map(Into::into),
            found: crate::evaluate::Found::Answers(Vec::new()),
        };
        Ok((handout, self.found))
    }
}

impl WireAsked {
    fn of(asked: Asked) -> Result<Self, WireError> {
        let Asked { panel, panel_digest, questions_digest } = asked.without_texts();
        let extras = WireExtras::of(&panel, &RecordedInputs::default())?;
        Ok(Self {
            panel: WireSetUp::from_spec(&panel)?,
            extras: list(extras.to_bytes()?, "additions")?,
            panel_digest: *panel_digest.bytes(),
            questions_digest: *questions_digest.bytes(),
        })
    }

    fn into_asked(self) -> Result<Asked, WireError> {
        let mut panel = self.panel.into_spec(None)?;
        WireExtras::from_bytes(&self.extras.into_vec())?.apply_to_spec(&mut panel)?;
        panel.validate().map_err(|_| WireError::Number("a part of the panel"))?;
        let asked = Asked {
            panel,
            panel_digest: Digest::from_bytes(self.panel_digest),
            questions_digest: Digest::from_bytes(self.questions_digest),
        };
        // Whatever somebody else put there.
        Ok(asked.without_texts())
    }
}
