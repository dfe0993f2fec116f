//! One worker as the service sees it: started, told, and killed when it does not answer in time.

use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout, timeout_at};

use super::copies::Copy;
use super::pool::Answer;
use super::wire::{self, Order, Told};
use super::{Excess, Limits, SparqlError};

/// The program that workers run: this one.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
}

impl Program {
    /// The program of this process.
    pub fn current() -> io::Result<Self> {
        Ok(Self::at(std::env::current_exe()?))
    }

    /// The program at a path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

/// A query without an answer, and what became of its worker.
pub(super) enum Ended {
    /// The worker says so, and takes the next query.
    Told(SparqlError),
    /// The worker is gone.
    Gone(SparqlError),
    /// The worker was gone before it could read the query.
    Unasked,
}

/// A running worker. It is killed when it is dropped.
pub(super) struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// The copy that it has open.
    copy: Option<Arc<Copy>>,
}

impl Worker {
    pub(super) fn start(program: &Program, limits: &Limits) -> io::Result<Self> {
        let mut command = Command::new(&program.path);
        command.arg("sparql-worker").arg("--memory").arg(limits.memory.to_string());
        // Memory that is reserved and never used would count against its limit.
        command.env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        // What it says when it runs out of memory or stack is told by how it ends.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a worker has no pipes"));
        };
        Ok(Self { child, input, output: BufReader::new(output), copy: None })
    }

    pub(super) fn has(&self, copy: &Arc<Copy>) -> bool {
        self.copy.as_ref().is_some_and(|own| Arc::ptr_eq(own, copy))
    }

    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Opens a copy in place of the one before.
    pub(super) async fn open(&mut self, copy: &Arc<Copy>) -> io::Result<()> {
        if self.has(copy) {
            return Ok(());
        }
        match self.told(&Order::Open(copy.folder().to_owned())).await? {
            Told::Opened => self.copy = Some(Arc::clone(copy)),
            Told::Failed(failure) => return Err(io::Error::other(SparqlError::from(failure))),
            Told::Answer(..) => return Err(io::Error::other("a worker answered what it was not asked")),
        }
        Ok(())
    }

    /// Answers a query, or kills the worker at the deadline.
    pub(super) async fn ask(&mut self, query: &Order, limits: &Limits, deadline: Instant) -> Result<Answer, Ended> {
        match timeout_at(deadline, self.answer(query, limits)).await {
            Ok(Ok(answer)) => answer.map_err(Ended::Told),
            // Only what is written meets a closed pipe; what is read meets its end.
            Ok(Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => Err(Ended::Unasked),
            Ok(Err(_)) => Err(Ended::Gone(self.cause().await)),
            Err(_) => {
                // It is killed when it is dropped. Nobody waits for that: to give back its memory may take a while.
                tracing::info!("a query went on after its time; its worker is killed");
                Err(Ended::Gone(SparqlError::TooMuch(Excess::Time)))
            }
        }
    }

    async fn answer(&mut self, order: &Order, limits: &Limits) -> io::Result<Result<Answer, SparqlError>> {
        match self.told(order).await? {
            Told::Answer(media_type, length) if length <= limits.bytes => {
                let mut bytes = vec![0; length as usize];
                self.output.read_exact(&mut bytes).await?;
                Ok(Ok(Answer { media_type, bytes }))
            }
            Told::Failed(failure) => Ok(Err(failure.into())),
            Told::Opened | Told::Answer(..) => Err(io::Error::other("a worker answered what it was not asked")),
        }
    }

    async fn told(&mut self, order: &Order) -> io::Result<Told> {
        self.input.write_all(&wire::frame(order)?).await?;
        self.input.flush().await?;
        wire::receive(&mut self.output).await
    }

    /// Kills it and waits until it is gone.
    pub(super) async fn end(&mut self) {
        if let Err(error) = self.child.kill().await {
            tracing::warn!(%error, "a worker cannot be killed");
        }
    }

    /// Why it is gone.
    async fn cause(&mut self) -> SparqlError {
        match timeout(Duration::from_secs(1), self.child.wait()).await {
            Ok(Ok(status)) if is_exhausted(status) => {
                tracing::info!(%status, "a query took all memory of its worker");
                SparqlError::TooMuch(Excess::Memory)
            }
            Ok(Ok(status)) => {
                tracing::warn!(%status, "a worker ended");
                SparqlError::Failed("the query ended its worker".to_owned())
            }
            Ok(Err(_)) | Err(_) => SparqlError::Failed("a worker does not answer".to_owned()),
        }
    }
}

/// Says whether a process ended by a signal: out of memory and out of stack do.
fn is_exhausted(status: ExitStatus) -> bool {
    status.signal().is_some()
}
