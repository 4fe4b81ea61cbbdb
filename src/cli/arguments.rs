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
  credence evaluate questions.jsonl panel.json --server ollama
  credence export inspect evaluation/         for inspect view; also spans and csv
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
    /// Put questions to a panel and compare methods on them, with honest statistics.
    Evaluate(Box<EvaluateArguments>),
    /// Make one evaluation of its shards, or the tables of one anew.
    Merge(MergeArguments),
    /// Hand an evaluation or runs to other tools: Inspect, OpenTelemetry, pandas and R.
    Export(ExportArguments),
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

const EVALUATE_AFTER: &str = "\
EXAMPLES
  credence evaluate questions.jsonl panel.json --server ollama --out strategyqa/
  credence evaluate TruthfulQA.csv panel.json --sample 100 --stratified --methods pools,panel
  credence evaluate questions.jsonl panel.json --dry-run          what it may take, before the start
  credence evaluate mine.csv panel.json --map question=prompt --map answer=label --outcomes Yes,No
  credence evaluate questions.jsonl panel.json --shard 2/8 --out shard-2/    on one of eight machines
  credence merge shard-*/ --out whole/

QUESTIONS are JSONL, JSON or CSV. Known by their columns: TruthfulQA, StrategyQA, CommonsenseQA,
ETHICS, BoolQ, ARC, MMLU, ForecastBench, Inspect's samples, and “question, outcomes, answer”. Rows
that cannot be read are listed with line and reason.

METHODS: pools (single, majority, mean, median, log-pool, extremised, confidence-vote and
best-in-hindsight, all from one round of answers), coin, market-price, panel (the set-up as it is),
and, with as many calls as the panel: self-consistency, panel-debate, judge-debate; maker-trader.

THE FOLDER gets runs/ (a run file for each run), results.jsonl (a line for each question as soon as
it is done), results.csv (tidy), summary.csv, summary.md and summary.tex. The same command goes on
where it stopped; replies are kept there (replies/), so no word is paid for twice.";

#[derive(Debug, Args)]
#[command(after_help = EVALUATE_AFTER)]
pub(super) struct EvaluateArguments {
    /// The questions: JSONL, JSON or CSV; - reads them from standard input.
    #[arg(value_name = "QUESTIONS")]
    pub(super) questions: String,
    /// The panel: a set-up or a run file, whose own question is put aside.
    #[arg(value_name = "PANEL")]
    pub(super) panel: String,
    /// The folder for everything that comes of it.
    #[arg(long, short, value_name = "FOLDER", default_value = "evaluation")]
    pub(super) out: PathBuf,
    /// What is compared, by name, separated by commas.
    #[arg(long, value_name = "METHODS", value_delimiter = ',', default_value = "pools,panel")]
    pub(super) methods: Vec<String>,
    /// The method that all others are compared with [default: the first].
    #[arg(long, value_name = "METHOD")]
    pub(super) against: Option<String>,
    /// The shape of the questions, where their columns do not tell.
    #[arg(long, value_name = "PRESET")]
    pub(super) preset: Option<String>,
    /// Which column is the question, answer, outcomes, background, criterion, id, category or market_price.
    #[arg(long, value_name = "NAME=COLUMN")]
    pub(super) map: Vec<String>,
    /// The outcomes of every question, with --map.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) outcomes: Vec<String>,
    /// Ask only so many, drawn by the seed.
    #[arg(long, value_name = "COUNT")]
    pub(super) sample: Option<usize>,
    /// Draw every category in proportion.
    #[arg(long)]
    pub(super) stratified: bool,
    /// Decides the sample, the runs' own seeds and the intervals: 1 to 16 hexadecimal digits.
    #[arg(long, value_name = "SEED", default_value = "1")]
    pub(super) seed: String,
    /// Ask only this part: 2/8 is the second of eight.
    #[arg(long, value_name = "I/N", value_parser = super::evaluate::shard)]
    pub(super) shard: Option<crate::evaluate::Shard>,
    /// Questions under way at once [default: enough to keep every call of --at-once under way].
    #[arg(long, value_name = "COUNT")]
    pub(super) questions_at_once: Option<usize>,
    /// Say what it may take (calls, tokens, money, time) and ask nobody.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Calls at most: a start that must take more is refused, and no question begins once they are made.
    #[arg(long, value_name = "CALLS")]
    pub(super) max_calls: Option<u64>,
    /// US dollars at most, in the same way; every model of the panel needs a price in its set-up.
    #[arg(long, value_name = "DOLLARS")]
    pub(super) max_cost: Option<f64>,
    /// Ask those again on which something failed.
    #[arg(long)]
    pub(super) retry_failed: bool,
    #[command(flatten)]
    pub(super) asking: AskingArguments,
}

#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    /// The folders of the shards.
    #[arg(value_name = "FOLDER", required = true)]
    pub(super) folders: Vec<PathBuf>,
    /// The folder for the whole.
    #[arg(long, short, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    /// The method that all others are compared with [default: the first].
    #[arg(long, value_name = "METHOD")]
    pub(super) against: Option<String>,
}

const EXPORT_AFTER: &str = "\
EXAMPLES
  credence export inspect strategyqa/ --out logs/     then: inspect view --log-dir logs
  credence export spans strategyqa/ --out spans.json
  credence export spans run.credence.json --texts --provider openai --out - |
    curl --json @- http://localhost:4318/v1/traces    to any OpenTelemetry collector
  credence export csv strategyqa/ --out - | head -3

INSPECT: one log an evaluation, a sample a question, a scorer a method, so that the methods stand
side by side as they were compared; the transcript holds every call. inspect_ai's read_eval_log
reads it. inspect view lists JSON logs whose name begins with their time, as the usual name does.

SPANS: OTLP JSON on one line: a trace a run, a span for the run and one for each call, by the
conventions for generative AI 1.41. Ids follow from the run's digests, so exporting twice gives the
same trace. Runs do not say who served the models: --provider does.

CSV: a row a question and method, as results.csv in the evaluation's folder. pandas.read_csv(FILE)
and R's read.csv(FILE) need no arguments.";

#[derive(Debug, Args)]
#[command(after_help = EXPORT_AFTER)]
pub(super) struct ExportArguments {
    /// What for.
    #[arg(value_enum)]
    pub(super) format: ExportFormat,
    /// An evaluation's folder; for spans also run files.
    #[arg(value_name = "FOLDER|FILE", required = true)]
    pub(super) sources: Vec<PathBuf>,
    /// Where it goes: a file, a folder, or - for standard output [default: this folder].
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: Option<String>,
    /// Spans with their prompts and replies.
    #[arg(long)]
    pub(super) texts: bool,
    /// Who served the models, for spans: openai, anthropic, aws.bedrock …
    #[arg(long, value_name = "NAME", default_value = "unknown")]
    pub(super) provider: String,
    /// An Inspect log without its transcripts: much smaller.
    #[arg(long)]
    pub(super) no_calls: bool,
    /// The method that all others are compared with [default: the first].
    #[arg(long, value_name = "METHOD")]
    pub(super) against: Option<String>,
}

/// Another tool's format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A log of Inspect.
    Inspect,
    /// OpenTelemetry spans.
    Spans,
    /// A tidy table.
    Csv,
}

/// How models are asked; the same wherever runs are made.
#[derive(Clone, Debug, Args)]
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
