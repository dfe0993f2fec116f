//! The command line: arguments in, one call, the answer on standard output; everything else on standard error.
//! Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some input was rejected.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is where the program speaks to the terminal")]

mod demo;
mod eval;
mod events;
mod extract;
mod forget;
mod handoff;
mod ingest;
mod log;
mod map;
mod mcp;
mod output;
mod people;
mod query;
mod read;
mod rebuild;
mod report;
mod review;
mod schedule;
mod search;
mod serve;
mod sparql_worker;
mod token;
mod upkeep;
mod webhook;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::api::time;
use crate::archive::Cut;
use crate::config::{Config, EngineName};
use crate::ingest::Stores;
use crate::model::AccountSlug;
use crate::privacy::Rules;

/// How a command that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Some input was rejected; the rest was done.
    SomeRejected,
}

/// Knowledge-graph account intelligence: reads what a customer said and did, and answers with handoffs, changes and
/// SPARQL, each line with the exact words it came from.
#[derive(Debug, Parser)]
#[command(name = "baton", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Shared {
    /// Data folder, made when it is not there.
    #[arg(long, global = true, env = "BATON_DATA", default_value = "./baton-data", value_name = "DIR")]
    data: PathBuf,
    /// Engine that reads text: the data folder keeps to the first, `embedded` where none is named.
    #[arg(long, global = true, value_enum)]
    engine: Option<EngineName>,
    /// Folder of the base model that the engine `transformer` and search by meaning use.
    #[arg(long, global = true, env = "BATON_ENCODER", value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Folder whose files take the place of those of `queries/handoffs` that have the same name.
    #[arg(long, global = true, env = "BATON_TEMPLATES", value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Privacy rules; else those of `privacy.toml` in the data folder, where it is there.
    #[arg(long, global = true, env = "BATON_PRIVACY", value_name = "FILE")]
    privacy: Option<PathBuf>,
    /// Models of your own that annotate what is read; else those of `annotators.toml` in the data folder, where it is
    /// there.
    #[arg(long, global = true, env = "BATON_ANNOTATORS", value_name = "FILE")]
    annotators: Option<PathBuf>,
}

/// Which time a command that reads an account answers for.
#[derive(Debug, Args)]
struct When {
    /// Answer as if today were T: a date (its end, UTC) or a time.
    #[arg(long, value_name = "T", value_parser = time::parse)]
    as_of: Option<jiff::Timestamp>,
    /// Only what Baton had recorded by K.
    #[arg(long, value_name = "K", value_parser = time::parse)]
    known_at: Option<jiff::Timestamp>,
}

impl When {
    fn cut(&self, now: jiff::Timestamp) -> Cut {
        Cut { as_of: Some(self.as_of.unwrap_or(now)), known_at: self.known_at, ..Cut::default() }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    Ingest(ingest::Ingest),
    Extract(extract::Extract),
    Forget(forget::Forget),
    Eval(eval::Eval),
    Events(events::Events),
    Accounts(read::Accounts),
    Stakeholders(read::Stakeholders),
    Facts(read::Facts),
    Changes(read::Changes),
    Handoff(handoff::Handoff),
    Map(map::Map),
    Mcp(mcp::Mcp),
    People(people::People),
    Query(query::Query),
    Report(report::Report),
    Review(review::Review),
    Schedule(schedule::Schedule),
    Search(search::Search),
    Serve(serve::Serve),
    Token(token::Token),
    Webhook(webhook::Webhook),
    Rebuild(rebuild::Rebuild),
    #[command(hide = true)]
    SparqlWorker(sparql_worker::SparqlWorker),
    Backup(upkeep::Backup),
    Restore(upkeep::Restore),
    Check(upkeep::Check),
}

/// Runs the program with the arguments it was given.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let _log = log::start();
    match run(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRejected) => ExitCode::from(3),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baton: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    let Shared { data, engine, encoder, templates, privacy, annotators } = cli.shared;
    let config = Config { data, engine, encoder, annotators, templates, privacy };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        match cli.command {
            Command::Demo(command) => command.run(&config).await,
            Command::Ingest(command) => command.run(&config).await,
            Command::Extract(command) => command.run(&config),
            Command::Forget(command) => command.run(&config).await,
            Command::Eval(command) => command.run(&config),
            Command::Events(command) => command.run(&config).await,
            Command::Accounts(command) => command.run(&config).await,
            Command::Stakeholders(command) => command.run(&config).await,
            Command::Facts(command) => command.run(&config).await,
            Command::Changes(command) => command.run(&config).await,
            Command::Handoff(command) => command.run(&config).await,
            Command::Map(command) => command.run(&config).await,
            Command::Mcp(command) => command.run(&config).await,
            Command::People(command) => command.run(&config).await,
            Command::Query(command) => command.run(&config).await,
            Command::Report(command) => command.run(&config).await,
            Command::Review(command) => command.run(&config).await,
            Command::Schedule(command) => command.run(&config).await,
            Command::Search(command) => command.run(&config).await,
            Command::Serve(command) => command.run(&config).await,
            Command::Token(command) => command.run(&config).await,
            Command::Webhook(command) => command.run(&config).await,
            Command::Rebuild(command) => command.run(&config).await,
            Command::SparqlWorker(command) => command.run(),
            Command::Backup(command) => command.run(&config).await,
            Command::Restore(command) => command.run(&config).await,
            Command::Check(command) => command.run(&config).await,
        }
    })
}

/// Opens the stores and finishes what an interrupted ingest left undone.
async fn open(config: &Config, now: jiff::Timestamp) -> anyhow::Result<Stores> {
    let mut stores = Stores::open(&config.data).await?;
    if let Some(path) = &config.privacy {
        stores = stores.with_rules(Rules::read(path)?);
    }
    let version = config.engine_version(&stores.archive).await?;
    crate::ingest::project_pending(&stores, &version, now).await?;
    Ok(stores)
}

fn account(text: &str) -> Result<AccountSlug, String> {
    AccountSlug::from_name(text).ok_or_else(|| "an account needs at least one letter or digit".to_owned())
}

/// A reader that has seen enough (`baton facts | head`) is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
