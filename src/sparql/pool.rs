//! The workers: who is free, who waits, and what happens to a query that ends badly.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

use super::copies::{Copies, Copy};
use super::process::{Ended, Program, Worker};
use super::wire::{Ask, Order, Reach};
use super::{Accepted, Dataset, Limits, SparqlError};
use crate::ingest::Stores;
use crate::model::{AccountScope, Sight};

/// A query and who asks.
#[derive(Clone, Debug)]
pub struct Question {
    /// The text.
    pub text: String,
    /// What its relative IRIs are relative to.
    pub base: String,
    /// Graphs in place of those that the text names.
    pub dataset: Option<Dataset>,
    /// Formats that are taken.
    pub accepted: Accepted,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Processes that run queries over copies of the graph. A handle: cloning it is cheap and gives the same pool.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    program: Program,
    limits: Limits,
    copies: Copies,
    /// One for each query that runs or waits.
    places: Semaphore,
    /// One for each that runs.
    turns: Semaphore,
    /// Workers without a query. Never locked across an await.
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool that keeps its copies in a folder of its own. Workers are started when they are needed.
    pub fn new(program: Program, stores: Stores, folder: &Path, limits: Limits) -> io::Result<Self> {
        let copies = Copies::new(stores, folder)?;
        let (places, turns) = (Semaphore::new(limits.workers + limits.waiting), Semaphore::new(limits.workers));
        Ok(Self { inner: Arc::new(Inner { program, limits, copies, places, turns, idle: Mutex::default() }) })
    }

    /// Answers a query of somebody who sees so much of these accounts, from a copy that holds everything that was
    /// written before.
    pub async fn ask(&self, accounts: &AccountScope, sight: Sight, question: Question) -> Result<Answer, SparqlError> {
        self.inner.ask(Reach::Accounts(accounts.clone(), sight), question).await
    }

    /// Answers a query that may see everything in the store.
    pub(super) async fn ask_everything(&self, question: Question) -> Result<Answer, SparqlError> {
        self.inner.ask(Reach::Everything, question).await
    }

    /// Counts a write of the graph that the stores do not count.
    pub(super) fn count_write(&self) {
        self.inner.copies.count_write();
    }

    /// Does work while no query runs and there is no copy of the graph, as an erasure wants it; what was copied before
    /// is gone from the disk when it begins. Queries wait.
    pub async fn without_copies<T>(&self, work: impl Future<Output = T>) -> Result<T, SparqlError> {
        let inner = &self.inner;
        let _all = inner.turns.acquire_many(inner.limits.workers as u32).await.map_err(|_| SparqlError::Busy)?;
        inner.end_idle().await;
        inner.copies.forget().await;
        inner.copies.clear()?;
        let done = work.await;
        inner.copies.clear()?;
        Ok(done)
    }

    /// Takes no more queries, and ends all workers as soon as they are done.
    pub async fn stop(&self) {
        self.inner.places.close();
        self.inner.turns.close();
        self.inner.end_idle().await;
        self.inner.copies.forget().await;
    }
}

impl Inner {
    #[tracing::instrument(name = "sparql", skip_all)]
    async fn ask(&self, reach: Reach, question: Question) -> Result<Answer, SparqlError> {
        let generation = self.copies.generation();
        let _place = self.places.try_acquire().map_err(|_| SparqlError::Busy)?;
        let turn = timeout(self.limits.wait, self.turns.acquire()).await;
        let _turn = turn.map_err(|_| SparqlError::Busy)?.map_err(|_| SparqlError::Busy)?;
        let copy = self.copies.of(generation).await?;
        // To start a worker, where that is needed, counts as time of the query.
        let deadline = Instant::now() + self.limits.end();
        let order = self.order(reach, question);
        loop {
            let mut worker = timeout_at(deadline, self.worker(&copy)).await.map_err(|_| SparqlError::Busy)??;
            let answer = match worker.ask(&order, &self.limits, deadline).await {
                Ok(answer) => Ok(answer),
                Err(Ended::Told(error)) => Err(error),
                Err(Ended::Gone(error)) => return Err(error),
                Err(Ended::Unasked) => continue,
            };
            self.put_back(worker);
            return answer;
        }
    }

    fn order(&self, reach: Reach, question: Question) -> Order {
        let Question { text, base, dataset, accepted } = question;
        let Limits { time, rows, bytes, .. } = self.limits;
        Order::Ask(Ask { text, base, reach, dataset, accepted, time, rows, bytes })
    }

    /// A worker that has the copy open.
    async fn worker(&self, copy: &Arc<Copy>) -> io::Result<Worker> {
        if let Some(mut worker) = self.take(copy) {
            match worker.open(copy).await {
                Ok(()) => return Ok(worker),
                Err(error) => tracing::warn!(%error, "a worker is replaced"),
            }
        }
        let mut worker = Worker::start(&self.program, &self.limits)?;
        worker.open(copy).await?;
        Ok(worker)
    }

    /// A living worker without a query, if possible one that has the copy already.
    fn take(&self, copy: &Arc<Copy>) -> Option<Worker> {
        let mut idle = self.idle();
        idle.retain_mut(Worker::is_alive);
        let place = idle.iter().rposition(|worker| worker.has(copy)).or(idle.len().checked_sub(1))?;
        Some(idle.swap_remove(place))
    }

    fn put_back(&self, worker: Worker) {
        if !self.turns.is_closed() {
            self.idle().push(worker);
        }
    }

    async fn end_idle(&self) {
        let idle = std::mem::take(&mut *self.idle());
        for mut worker in idle {
            worker.end().await;
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
