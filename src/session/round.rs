//! One round: everybody is asked at once and waited for, and whoever fails may be asked again for as long as others
//! are still at work. It does not know how an agent is asked.

use std::pin::pin;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join_all};

use super::ask::{Asked, ask};
use super::control::Wish;
use super::live::{AgentLive, AgentStatus};
use super::run_loop::Shared;
use crate::agents::Forecaster;
use crate::run::{AgentKind, AgentReply, CallRecord, Failure, FailureKind, simulated_reply};

/// Calls of one agent in one round, after which it is not asked again: links hold sixteen.
const MOST_CALLS: usize = 12;

impl Shared {
    /// Asks everybody at once, all with the view of this moment.
    pub(super) async fn ask_round(self: &Rc<Self>, round: u32, agents: &[usize]) -> Vec<AgentReply> {
        let earlier = self.earlier.take();
        self.control.open_round(agents.len());
        self.change(|live| {
            live.round = round;
            live.agents.fill(AgentLive::default());
        });
        let asking: Vec<LocalBoxFuture<'_, AgentReply>> = agents
            .iter()
            .map(|&agent| {
                let first = match earlier.iter().find(|reply| reply.agent == agent) {
                    Some(reply) => self.at_once(reply.clone()),
                    None => self.answer(round, agent, Vec::new()),
                };
                self.until_round_is_over(round, agent, first)
            })
            .collect();
        let replies = join_all(asking).await;
        // The round is over: nobody is asked again.
        self.change(|live| live.agents.iter_mut().for_each(|agent| agent.status.close()));
        replies
    }

    /// An agent's answer; a failure waits whether somebody wants the agent asked again before the round ends. What
    /// it is asked then is added to its calls.
    fn until_round_is_over<'a>(
        self: &'a Rc<Self>,
        round: u32,
        agent: usize,
        first: LocalBoxFuture<'a, AgentReply>,
    ) -> LocalBoxFuture<'a, AgentReply> {
        Box::pin(async move {
            let mut reply = first.await;
            loop {
                self.control.end_work();
                if !may_be_asked_again(&reply) || !self.is_asked_again(agent).await {
                    return reply;
                }
                self.control.begin_work();
                reply = self.answer(round, agent, reply.calls).await;
            }
        })
    }

    /// Waits for the round's end or the wish to ask the agent again; whether it was the wish.
    async fn is_asked_again(&self, agent: usize) -> bool {
        self.control.forget(agent, Wish::AskAgain);
        let mut over = pin!(self.control.round_over().fuse());
        let mut wished = pin!(self.control.wished(agent, Wish::AskAgain).fuse());
        futures_util::select_biased! {
            () = over => false,
            () = wished => true,
        }
    }

    /// The answer of one agent, prepared now and awaited later, behind the calls that it took before.
    fn answer(
        self: &Rc<Self>,
        round: u32,
        agent: usize,
        before: Vec<CallRecord>,
    ) -> LocalBoxFuture<'_, AgentReply> {
        let (asked, forecaster) = match self.prepare(round, agent) {
            Ok(prepared) => prepared,
            Err(reply) => return self.at_once(*reply),
        };
        Box::pin(async move {
            let mut reply = ask(self, &asked, forecaster).await;
            reply.calls.splice(0..0, before);
            self.observer.reply_arrived(round, &reply);
            self.set_status(agent, AgentStatus::after(&reply, may_be_asked_again(&reply)));
            reply
        })
    }

    /// A model that is ready to be asked, or the answer of an agent that needs no call.
    fn prepare(&self, round: u32, agent: usize) -> Result<(Asked, Forecaster), Box<AgentReply>> {
        let run = self.run.borrow();
        if let Some(reply) = simulated_reply(run.state(), agent) {
            return Err(Box::new(reply));
        }
        let AgentKind::Model { model, price, .. } = &run.spec().agents[agent].kind else {
            return Err(no_answer(agent, "This agent is no language model and is not asked."));
        };
        let Some(connection) = self.options.connections.get(agent).copied().flatten() else {
            return Err(no_answer(
                agent,
                "No connection is chosen for this agent. Choose one and run again.",
            ));
        };
        let dialect = self.endpoints.dialect(connection, model);
        let forecaster = match run.state().turn_view() {
            Some(view) => Forecaster::for_turn(run.spec(), &view, agent, dialect),
            None => Forecaster::new(run.spec(), &run.state().view_for(agent), agent, dialect),
        };
        let forecaster = forecaster
            .ok_or_else(|| no_answer(agent, "This agent is no language model and is not asked."))?;
        Ok((Asked::new(agent, round, connection, *price), forecaster))
    }

    fn at_once(&self, reply: AgentReply) -> LocalBoxFuture<'_, AgentReply> {
        let again = may_be_asked_again(&reply);
        self.change(|live| live.agents[reply.agent].status = AgentStatus::after(&reply, again));
        Box::pin(std::future::ready(reply))
    }
}

/// Whether asking once more could help: the agent has failed, for no limit's and nobody's wish, after a call.
fn may_be_asked_again(reply: &AgentReply) -> bool {
    let Err(failure) = &reply.result else { return false };
    let of_its_own = failure.kind.counts() && failure.kind.limit().is_none();
    let was_asked = !reply.calls.is_empty() || failure.kind == FailureKind::LeftOut;
    of_its_own && was_asked && reply.calls.len() < MOST_CALLS
}

#[allow(
    clippy::unnecessary_box_returns,
    reason = "the size of an error decides, and it differs between targets"
)]
fn no_answer(agent: usize, message: &str) -> Box<AgentReply> {
    let failure = Failure { kind: FailureKind::Network, message: message.to_owned() };
    Box::new(AgentReply { agent, calls: Vec::new(), result: Err(failure) })
}
