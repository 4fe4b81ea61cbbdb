//! The recorded inputs on the wire, round by round, exactly as a run can have them. Places that follow from the
//! set-up (which agent a reply is from, in which round) are left out.

use serde::{Deserialize, Serialize};

use super::number::{Decimal, WireBelief};
use super::{WireError, mirror};
use crate::belief::Forecast;
use crate::market::{MAX_OUTCOMES, Order, Shares};
use crate::run::spec::{MAX_AGENTS, MAX_ROUNDS};
use crate::run::{
    AgentReply, Answer, AnswerFormat, Argument, CallRecord, Failure, FailureKind, Input, ParseResult,
    PromptMessage, Purpose, RecordedInputs, Role, RunSpec,
};
use crate::share::bounded::Bounded;

/// Orders of persons between two rounds.
const MAX_ORDERS: usize = 64;
/// Calls for one answer.
const MAX_CALLS: usize = 16;
/// Messages of one prompt.
const MAX_MESSAGES: usize = 16;
/// Pieces of evidence in one answer.
const MAX_EVIDENCE: usize = 64;
/// Rounds, and as many again that were interrupted.
const MAX_SETS: usize = 2 * MAX_ROUNDS as usize;

/// All inputs after the first.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::share) struct WireInputs {
    rounds: Bounded<WireRound, MAX_SETS>,
    /// Orders after the last round that was answered.
    orders: Bounded<WireOrder, MAX_ORDERS>,
    /// Whether a person stopped it. If not, a run whose agents are all simulated goes on by itself.
    stopped: bool,
}

/// What came before and with a round's answers.
#[derive(Debug, Serialize, Deserialize)]
struct WireRound {
    orders: Bounded<WireOrder, MAX_ORDERS>,
    /// One for each language model, in roster order.
    replies: Bounded<WireReply, MAX_AGENTS>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireOrder {
    agent: u8,
    shares: Bounded<Decimal, MAX_OUTCOMES>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WireReply {
    calls: Bounded<WireCall, MAX_CALLS>,
    answer: WireAnswer,
}

/// An answer with what it predicts of the others; those with few words have a short form each.
#[derive(Debug, Serialize, Deserialize)]
enum WireAnswer {
    Numbers(WireBelief, Option<Decimal>),
    Headline(WireBelief, Option<Decimal>, String),
    Words {
        beliefs: WireBelief,
        predicted: Option<Decimal>,
        headline: String,
        reasoning: String,
        evidence: Bounded<String, MAX_EVIDENCE>,
    },
    Failed(WireFailure, String),
    Argument {
        argument: String,
        question: String,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct WireCall {
    purpose: WirePurpose,
    model: String,
    temperature: Option<Decimal>,
    max_tokens: u32,
    format: WireFormat,
    prompt: Bounded<(WireRole, String), MAX_MESSAGES>,
    reply: String,
    finish_reason: Option<String>,
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    parse: WireParse,
}

#[derive(Debug, Serialize, Deserialize)]
enum WireParse {
    Ok,
    Unreadable(String),
    NoReply(String),
}

mirror!(WirePurpose = Purpose { Forecast, Repair, Label, Reversed });
mirror!(WireFormat = AnswerFormat { JsonSchema, JsonObject, Text });
mirror!(WireRole = Role { System, User, Assistant });
mirror!(
    WireFailure = FailureKind {
        Timeout,
        RateLimit,
        Unauthorised,
        Refusal,
        CutReply,
        Unparseable,
        Network,
        Server,
        CallLimit,
        TokenLimit,
        CostLimit,
        Stopped,
        TimeLimit,
        LeftOut,
    }
);

impl WireInputs {
    /// From the inputs of a run with this set-up.
    pub(in crate::share) fn from_recorded(
        spec: &RunSpec,
        recorded: RecordedInputs,
    ) -> Result<Self, WireError> {
        let mut rounds = Vec::new();
        let mut orders = Vec::new();
        let mut stopped = false;
        for input in recorded.inputs {
            match input {
                // An extra holds what a person said of the finished run.
                Input::Begin | Input::Resolve(_) => {}
                Input::PersonOrder(order) => orders.push(WireOrder::from_order(&order)?),
                Input::Replies(replies) => {
                    let replies = replies.into_iter().map(WireReply::from_reply).collect::<Result<_, _>>()?;
                    rounds.push(WireRound {
                        orders: bounded(std::mem::take(&mut orders), "orders")?,
                        replies: bounded(replies, "agents")?,
                    });
                }
                Input::Stop => stopped = true,
            }
        }
        if models(spec).is_empty() && !stopped && orders.is_empty() {
            // What simulated agents do by themselves needs no record.
            let needed = rounds.iter().rposition(|round| !round.orders.is_empty()).map_or(0, |last| last + 1);
            rounds.truncate(needed);
        }
        Ok(Self { rounds: bounded(rounds, "rounds")?, orders: bounded(orders, "orders")?, stopped })
    }

    /// The inputs, for a run with this set-up.
    pub(in crate::share) fn into_recorded(
        self,
        spec: &RunSpec,
        speakers: Vec<usize>,
    ) -> Result<RecordedInputs, WireError> {
        let models = models(spec);
        let mut speakers = speakers.into_iter();
        let mut inputs = Vec::new();
        for (round, set) in (1_u32..).zip(self.rounds.into_vec()) {
            for order in set.orders.into_vec() {
                inputs.push(Input::PersonOrder(order.into_order()?));
            }
            let replies = set.replies.into_vec();
            // On a market every model answers in every round; elsewhere an extra says whose turn it was.
            let from: Vec<usize> = if spec.mode.is_market() {
                models.clone()
            } else {
                speakers.by_ref().take(replies.len()).collect()
            };
            if replies.len() != from.len() {
                return Err(WireError::Number("the number of answers in a round"));
            }
            let replies = from.into_iter().zip(replies).map(|(agent, reply)| reply.into_reply(round, agent));
            inputs.push(Input::Replies(replies.collect::<Result<_, _>>()?));
        }
        for order in self.orders.into_vec() {
            inputs.push(Input::PersonOrder(order.into_order()?));
        }
        if self.stopped {
            inputs.push(Input::Stop);
        }
        // What was sealed is an extra.
        Ok(RecordedInputs { inputs, stop_secret: None })
    }
}

/// The agents whose answers are recorded.
fn models(spec: &RunSpec) -> Vec<usize> {
    let model = |&agent: &usize| spec.agents[agent].kind.is_model();
    (0..spec.agents.len()).filter(model).collect()
}

fn bounded<T, const MOST: usize>(items: Vec<T>, what: &'static str) -> Result<Bounded<T, MOST>, WireError> {
    Bounded::new(items).ok_or(WireError::TooMany(what))
}

impl WireOrder {
    fn from_order(order: &Order) -> Result<Self, WireError> {
        let shares = order.shares().iter().map(|shares| Decimal::from_i64(shares.micros())).collect();
        let agent = u8::try_from(order.trader()).map_err(|_| WireError::TooMany("agents"))?;
        Ok(Self { agent, shares: bounded(shares, "outcomes")? })
    }

    fn into_order(self) -> Result<Order, WireError> {
        let shares = self.shares.into_vec().into_iter().map(|s| s.to_micros().map(Shares::from_micros));
        let shares = shares.collect::<Result<_, _>>()?;
        Order::new(usize::from(self.agent), shares).map_err(|_| WireError::Number("an order"))
    }
}

impl WireReply {
    fn from_reply(reply: AgentReply) -> Result<Self, WireError> {
        let AgentReply { agent: _, calls, result } = reply;
        let calls = calls.into_iter().map(WireCall::from_call).collect::<Result<_, _>>()?;
        let answer = match result {
            Ok(Answer::Forecast(forecast)) => WireAnswer::from_forecast(forecast)?,
            Ok(Answer::Argument(Argument { argument, question })) => {
                WireAnswer::Argument { argument, question }
            }
            Err(Failure { kind, message }) => WireAnswer::Failed(kind.into(), message),
        };
        Ok(Self { calls: bounded(calls, "calls")?, answer })
    }

    fn into_reply(self, round: u32, agent: usize) -> Result<AgentReply, WireError> {
        let calls = self.calls.into_vec().into_iter().map(|call| call.into_call(round, agent));
        Ok(AgentReply { agent, calls: calls.collect::<Result<_, _>>()?, result: self.answer.into_result()? })
    }
}

impl WireAnswer {
    fn from_forecast(forecast: Forecast) -> Result<Self, WireError> {
        // An extra holds the incoherence.
        let Forecast { beliefs, headline, reasoning, evidence, predicted_mean_of_others, incoherence: _ } =
            forecast;
        let beliefs = WireBelief::from_belief(&beliefs)?;
        let predicted = predicted_mean_of_others.map(Decimal::from_f64).transpose()?;
        if !reasoning.is_empty() || !evidence.is_empty() {
            let evidence = bounded(evidence, "pieces of evidence")?;
            return Ok(Self::Words { beliefs, predicted, headline, reasoning, evidence });
        }
        let wordless = headline.is_empty();
        Ok(if wordless {
            Self::Numbers(beliefs, predicted)
        } else {
            Self::Headline(beliefs, predicted, headline)
        })
    }

    fn into_result(self) -> Result<Result<Answer, Failure>, WireError> {
        let (beliefs, predicted, headline, reasoning, evidence) = match self {
            Self::Numbers(beliefs, predicted) => {
                (beliefs, predicted, String::new(), String::new(), Vec::new())
            }
            Self::Headline(beliefs, predicted, headline) => {
                (beliefs, predicted, headline, String::new(), Vec::new())
            }
            Self::Words { beliefs, predicted, headline, reasoning, evidence } => {
                (beliefs, predicted, headline, reasoning, evidence.into_vec())
            }
            Self::Failed(kind, message) => return Ok(Err(Failure { kind: kind.into(), message })),
            Self::Argument { argument, question } => {
                return Ok(Ok(Answer::Argument(Argument { argument, question })));
            }
        };
        let beliefs = beliefs.into_belief()?;
        let predicted_mean_of_others = predicted.map(Decimal::to_f64).transpose()?;
        Ok(Ok(Answer::Forecast(Forecast {
            headline,
            reasoning,
            evidence,
            predicted_mean_of_others,
            ..Forecast::wordless(beliefs)
        })))
    }
}

impl WireCall {
    fn from_call(call: CallRecord) -> Result<Self, WireError> {
        let CallRecord {
            round: _,
            agent: _,
            purpose,
            model,
            temperature,
            max_tokens,
            format,
            prompt,
            reply,
            finish_reason,
            prompt_tokens,
            completion_tokens,
            parse,
            // Extras hold them.
            first_token: _,
            reused: _,
        } = call;
        let message = |PromptMessage { role, content }: PromptMessage| (role.into(), content);
        Ok(Self {
            purpose: purpose.into(),
            model,
            temperature: temperature.map(Decimal::from_f64).transpose()?,
            max_tokens,
            format: format.into(),
            prompt: bounded(prompt.into_iter().map(message).collect(), "messages of a prompt")?,
            reply,
            finish_reason,
            prompt_tokens,
            completion_tokens,
            parse: match parse {
                ParseResult::Ok => WireParse::Ok,
                ParseResult::Unreadable { problem } => WireParse::Unreadable(problem),
                ParseResult::NoReply { problem } => WireParse::NoReply(problem),
            },
        })
    }

    fn into_call(self, round: u32, agent: usize) -> Result<CallRecord, WireError> {
        let message = |(role, content): (WireRole, String)| PromptMessage { role: role.into(), content };
        Ok(CallRecord {
            round,
            agent,
            purpose: self.purpose.into(),
            model: self.model,
            temperature: self.temperature.map(Decimal::to_f64).transpose()?,
            max_tokens: self.max_tokens,
            format: self.format.into(),
            prompt: self.prompt.into_vec().into_iter().map(message).collect(),
            reply: self.reply,
            finish_reason: self.finish_reason,
            prompt_tokens: self.prompt_tokens,
            completion_tokens: self.completion_tokens,
            parse: match self.parse {
                WireParse::Ok => ParseResult::Ok,
                WireParse::Unreadable(problem) => ParseResult::Unreadable { problem },
                WireParse::NoReply(problem) => ParseResult::NoReply { problem },
            },
            first_token: Vec::new(),
            reused: None,
        })
    }
}
