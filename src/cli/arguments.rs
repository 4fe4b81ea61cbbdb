//! What can be said on the command line, with the words that teach it. Nothing is done here, and there is no argument
//! for a key: keys come from the environment.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::run::Texts;

const ABOUT: &str = "A panel of language models, or of simulated traders, settles a question by trading its beliefs on a \
market. This is Credence without its page: the same runs, the same files and, given the same replies, the same digests.";

const AFTER: &str = "\
EXAMPLES
  credence run panel.json                     run a set-up and keep its run file
  credence run panel.json --server ollama     its models answer at Ollama on this machine
  credence run panel.json --server openai --server claude-haiku-4-5=anthropic
  credence verify *.credence.json             check the chain and recompute everything
  credence replay run.credence.json --at 12   the state after event 12
  credence link run.credence.json --tier numbers
  credence servers                            known servers, and where each one's key is

A SET-UP is the “spec” of a run file; a run file itself is taken for its set-up, to be run
again. Make one on the page (Audit, Export) or write it by hand.

KEYS come from the environment only. A known server's key is in its vendor's usual variable
(OPENAI_API_KEY, ANTHROPIC_API_KEY …), used at the vendor's own address only; any other
server's is in CREDENCE_KEY_ and its host in capitals, with _ for every other sign:
CREDENCE_KEY_127_0_0_1_8000 for http://127.0.0.1:8000/v1.

EXIT CODES
  0  done, and all is well
  1  what was checked does not hold; a run ended without an answer
  2  nothing was done: wrong arguments, a missing key, a file that cannot be read or written
  3  done, but some agents failed, or it was stopped (Ctrl-C keeps what is in)";

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(name = "credence", version, about = ABOUT, after_long_help = AFTER, after_help = "More, with examples: credence --help")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run a set-up and write the run file.
    Run(RunArguments),
    /// Check run files: the chain of digests, then every price, balance and trade, recomputed.
    Verify(VerifyArguments),
    /// Show how a run stood after one of its events, recomputed from its recorded answers.
    Replay(ReplayArguments),
    /// Turn a run file into a link that holds the run, or a link into a run file.
    Link(LinkArguments),
    /// List the known servers and the variables that hold their keys.
    Servers,
}

const RUN_AFTER: &str = "\
EXAMPLES
  credence run panel.json
  credence run panel.json --server http://127.0.0.1:8000/v1 --out answer.json
  OPENAI_API_KEY=… credence run panel.json --server openai
  credence run old.credence.json --replies kept/     no word is paid for twice
  jq .spec old.credence.json | credence run - --out - | credence verify -

A simulated panel needs no server and no network. The panel of a set-up names models; --server
says where they answer.";

#[derive(Debug, Args)]
#[command(after_help = RUN_AFTER)]
pub(super) struct RunArguments {
    /// A set-up (JSON) or a run file; - reads it from standard input.
    #[arg(value_name = "SPEC")]
    pub(super) spec: String,
    /// Where the run file goes: a file, a folder, or - for standard output [default: this folder].
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<String>,
    /// Another seed than the set-up's: 1 to 16 hexadecimal digits.
    #[arg(long, value_name = "SEED")]
    pub(super) seed: Option<String>,
    /// Say the result as one line of JSON.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) asking: AskingArguments,
}

/// How models are asked; the same wherever runs are made.
#[derive(Debug, Args)]
pub(super) struct AskingArguments {
    /// Where models answer: a known server (openai, ollama …), an address, or PRESET@ADDRESS for that kind of server
    /// elsewhere. With MODEL= or AGENT= in front it is for that model or agent only. May be given several times.
    #[arg(long = "server", value_name = "[MODEL=]SERVER")]
    pub(super) servers: Vec<String>,
    /// Calls under way at once at each server.
    #[arg(long, value_name = "CALLS", default_value_t = crate::session::endpoint::AT_ONCE)]
    pub(super) at_once: usize,
    /// Seconds that one agent's answer may take, retries included.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(super) timeout: u64,
    /// Seconds of silence that end an attempt.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(super) idle_timeout: u64,
    /// Keep replies in this folder, and take those that lie there in place of calls; the log says which were taken.
    #[arg(long, value_name = "FOLDER")]
    pub(super) replies: Option<PathBuf>,
    /// No progress bar.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Run files or links; - reads a run file from standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<String>,
    /// The head that its maker published: another one is refused, however well the file holds together.
    #[arg(long, value_name = "DIGEST")]
    pub(super) head: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// A run file or a link; - reads a run file from standard input.
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// The event after which to look, from 1; 0 is before the first [default: the last].
    #[arg(long, value_name = "N")]
    pub(super) at: Option<u64>,
    /// As JSON.
    #[arg(long)]
    pub(super) json: bool,
}

const LINK_AFTER: &str = "\
EXAMPLES
  credence link run.credence.json                        all of it
  credence link run.credence.json --tier numbers         beliefs and trades, no words
  credence link 'http://127.0.0.1:8080/#/r/1.AbC…' --out run.credence.json

A link holds the run itself; whoever opens it sees what you left in. A reduced copy is a run of
its own that names the original's head.";

#[derive(Debug, Args)]
#[command(after_help = LINK_AFTER)]
pub(super) struct LinkArguments {
    /// A run file (the link is printed) or a link (the run file is written).
    #[arg(value_name = "FILE|LINK")]
    pub(super) source: String,
    /// How much of the texts the link holds.
    #[arg(long, value_enum, default_value_t = Tier::Everything)]
    pub(super) tier: Tier,
    /// The address of a Credence page, before the link's own part.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080/")]
    pub(super) page: String,
    /// Where the run file of a link goes: a file, a folder, or - for standard output [default: this folder].
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<String>,
}

/// How much of a run's texts travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tier {
    /// Beliefs and trades only.
    Numbers,
    /// The headlines too.
    Headlines,
    /// All that was said.
    Everything,
}

impl From<Tier> for Texts {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Numbers => Self::Numbers,
            Tier::Headlines => Self::Headlines,
            Tier::Everything => Self::Everything,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
