//! A run driven from the command line: the session that the page uses, with native ports, on one thread, until it is
//! over or somebody presses Ctrl-C: then calls under way end and what is in is kept, as Stop does on the page.

use std::future::Future;
use std::rc::Rc;

use futures_util::future::{Either, select};

use super::CliError;
use super::arguments::AskingArguments;
use super::clock::SystemClock;
use super::http_client::HttpClient;
use super::replies::FolderReplies;
use super::servers::Connections;
use crate::llm::{CallError, ChatReply, ChatRequest};
use crate::prng::Seed;
use crate::run::{Mode, Run, RunSpec};
use crate::session::{
    ConnectionId, Earlier, Endpoints, LlmClient, Observer, OnDelta, Options, Parts, ReplyCache, Session,
};

/// Everything that runs of one command share.
pub(super) struct Asking {
    client: Rc<dyn LlmClient>,
    connections: Rc<Connections>,
    endpoints: Rc<Endpoints>,
    replies: Option<Rc<dyn ReplyCache>>,
    usual: Options,
}

impl Asking {
    /// Servers, keys and limits as the arguments and the environment say.
    ///
    /// # Errors
    /// Servers that cannot be used, and a folder for replies that cannot be made.
    pub(super) fn new(arguments: &AskingArguments) -> Result<Self, CliError> {
        let connections = Connections::read(&arguments.servers, |name| std::env::var(name).ok())?;
        let client: Rc<dyn LlmClient> = if arguments.servers.is_empty() {
            Rc::new(Nobody)
        } else {
            Rc::new(HttpClient::new(Rc::clone(&connections))?)
        };
        let replies = arguments.replies.clone().map(|folder| {
            std::fs::create_dir_all(&folder)
                .map_err(|error| CliError::File(folder.display().to_string(), error))?;
            let replies = FolderReplies::new(folder, Rc::clone(&connections));
            Ok::<Rc<dyn ReplyCache>, CliError>(Rc::new(replies))
        });
        let usual = Options {
            total_timeout_millis: arguments.timeout.saturating_mul(1_000),
            idle_timeout_millis: arguments.idle_timeout.saturating_mul(1_000),
            ..Options::default()
        };
        let endpoints = connections.endpoints(arguments.at_once);
        Ok(Self { client, endpoints, connections, replies: replies.transpose()?, usual })
    }

    /// Whether this set-up can be run here.
    ///
    /// # Errors
    /// A person on the panel, and models without a server.
    pub(super) fn check(&self, spec: &RunSpec) -> Result<(), CliError> {
        if spec.agents.iter().any(|agent| agent.kind.is_person()) {
            let problem = "a person on the panel trades by hand, which only the page can offer";
            return Err(CliError::Usage(problem.to_owned()));
        }
        self.connections.bind(spec).map(|_| ())
    }

    /// A session for a set-up.
    ///
    /// # Errors
    /// As [`Self::check`], and set-ups that the engine refuses.
    pub(super) fn session(&self, spec: RunSpec, observer: Rc<dyn Observer>) -> Result<Session, CliError> {
        self.check(&spec)?;
        let connections = self.connections.bind(&spec)?;
        let secret = stop_secret(&spec)?;
        let parts = Parts {
            clock: Rc::new(SystemClock),
            client: Rc::clone(&self.client),
            observer,
            endpoints: Rc::clone(&self.endpoints),
        };
        let options = Options {
            connections,
            replies: self.replies.clone(),
            reuse: self.replies.is_some(),
            ..self.usual.clone()
        };
        Ok(Session::new(Run::sealed(spec, secret)?, parts, options, Earlier::default()))
    }
}

/// Drives a session to its end; true if Ctrl-C stopped it.
///
/// # Errors
/// A mistake of the program: the run refuses an answer.
pub(super) async fn drive(session: &Session) -> Result<bool, CliError> {
    let drive = Box::pin(session.drive());
    match select(drive, Box::pin(tokio::signal::ctrl_c())).await {
        Either::Left((ended, _)) => ended.map(|()| false).map_err(CliError::from),
        Either::Right((_, drive)) => {
            session.stop();
            drive.await.map(|()| true).map_err(CliError::from)
        }
    }
}

/// Runs a future to its end on this thread, with timers, signals and sockets.
///
/// # Errors
/// A system that gives none of these.
pub(super) fn block_on<T>(future: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| CliError::Usage(format!("nothing can be awaited here: {error}")))?;
    runtime.block_on(future)
}

/// What seals the stop of a self-resolving market among models; among simulated traders it follows from the seed, so
/// that the same seed gives the same run (as on the page).
fn stop_secret(spec: &RunSpec) -> Result<Option<Seed>, CliError> {
    if !matches!(spec.mode, Mode::SelfResolving(_)) || spec.all_simulated() {
        return Ok(None);
    }
    let mut bits = [0; 8];
    getrandom::fill(&mut bits)
        .map_err(|error| CliError::Usage(format!("the system gives no random number: {error}")))?;
    Ok(Some(Seed::new(u64::from_be_bytes(bits))))
}

/// Where no server is named, there is nobody to ask: simulated panels need neither certificates nor sockets.
struct Nobody;

impl LlmClient for Nobody {
    fn chat(
        &self,
        _connection: ConnectionId,
        _request: &ChatRequest,
        _on: OnDelta,
    ) -> futures_util::future::LocalBoxFuture<'static, Result<ChatReply, CallError>> {
        Box::pin(std::future::ready(Err(CallError::Network)))
    }

    fn request_bytes(&self, _connection: ConnectionId, _request: &ChatRequest) -> usize {
        0
    }

    fn models(
        &self,
        _connection: ConnectionId,
    ) -> futures_util::future::LocalBoxFuture<'static, Result<Vec<String>, CallError>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}
