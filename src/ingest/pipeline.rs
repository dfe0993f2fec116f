//! Reads files into the archive and brings the graph up to it.
//!
//! Three stages run at once, a bounded number of batches between them: one thread walks and splits files, the pool
//! parses and reads what is new, one task writes the archive. Memory is bounded by the size of a batch.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::archive::{Archive, ArchiveError, Archived, Assignment, Judged, Outcome};
use crate::extract::Engine;
use crate::model::{AccountSlug, FactKind, Interaction, Problem};
use crate::privacy::Redacted;

use super::admit::Door;
use super::assign::{Directory, company_of};
use super::batch::{Batcher, Offered};
use super::project::{blocking, facts_held, project_pending, read_all};
use super::walk::{self, Unit};
use super::{StoreError, Stores};

pub use super::walk::Progress;

/// Batches that wait between two stages.
const WAITING_BATCHES: usize = 2;

/// What to ingest.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The account that everything belongs to; else each item says or shows it.
    pub account: Option<AccountSlug>,
    /// How much the report says of what was loaded.
    pub detail: Detail,
    /// A folder that paths are told without: that of an upload, say.
    pub hidden: Option<PathBuf>,
}

/// How much a report says of what was loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// How many.
    #[default]
    Counts,
    /// What became of each.
    Items,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Loaded {
    /// Identity of the interaction.
    pub id: String,
    /// `new`, `changed` or `unchanged`.
    pub became: String,
}

/// Why an ingest ended early. What was archived by then stays, and the next ingest goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ArchiveError> for IngestError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

/// What became of everything offered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Items read.
    pub read: u64,
    /// Of these: not there before.
    pub new: u64,
    /// There before with other content.
    pub changed: u64,
    /// There before, the same or in a later state.
    pub unchanged: u64,
    /// What a privacy rule keeps out.
    pub excluded: u64,
    /// The same by the name of the rule.
    pub excluded_by: BTreeMap<String, u64>,
    /// What was erased before and stays away.
    pub erased: u64,
    /// What was blotted out on entry, by kind.
    pub redacted: Redacted,
    /// What could not be loaded, and why.
    pub rejected: Vec<Problem>,
    /// Identities of interactions that fit no account or several; kept, and assigned once an account fits.
    pub unassigned: Vec<String>,
    /// The accounts that something was read for.
    pub accounts: BTreeSet<AccountSlug>,
    /// Facts that these accounts hold now, by kind.
    pub facts: BTreeMap<FactKind, u64>,
    /// What became of each item, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Loaded>,
    /// How long it took.
    pub seconds: f64,
}

/// Ingests files and brings the graph of every touched account up to the archive.
#[tracing::instrument(skip_all)]
pub async fn ingest(
    stores: &Stores,
    engine: &Arc<dyn Engine>,
    options: &Options,
    now: Timestamp,
    progress: Arc<dyn Fn(Progress) + Send + Sync>,
) -> Result<Report, IngestError> {
    let started = Instant::now();
    let _nothing_is_erased_meanwhile = stores.archiving().await?;
    let mut stage = Stage {
        stores,
        engine,
        door: Door {
            account: options.account.clone(),
            rules: Arc::clone(stores.rules()),
            erased: Arc::new(stores.erased().await?),
            now,
        },
        now,
        directory: stores.directory(None).await?,
        judged: stores.judged().await?,
        detail: options.detail,
        in_flight: FxHashMap::default(),
        report: Report::default(),
    };
    stage.run(options.paths.clone(), now, progress).await?;
    let Stage { door, directory, judged, mut report, .. } = stage;
    report.unassigned = assign_found(stores, &directory, judged, now).await?;
    let written = project_pending(stores, engine.version(), now).await?;
    report.accounts.extend(written.keys().cloned());
    for account in &report.accounts {
        for (kind, count) in facts_held(stores, &written, account)? {
            *report.facts.entry(kind).or_default() += count;
        }
    }
    for problem in &mut report.rejected {
        problem.path = shown(&problem.path, options.hidden.as_deref());
    }
    report.rejected.sort();
    report.rejected.dedup();
    let roots = options.paths.iter().map(|path| shown(&path.display().to_string(), options.hidden.as_deref()));
    let roots: Vec<String> = roots.collect();
    let told = door.masked(&report.rejected);
    stores.archive.replace_rejections(&roots, options.account.as_ref(), &told, now).await?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// A path as it is told.
fn shown(path: &str, hidden: Option<&Path>) -> String {
    let rest = hidden.and_then(|folder| path.strip_prefix(folder.to_str()?));
    rest.map_or_else(|| path.to_owned(), |rest| rest.trim_start_matches('/').to_owned())
}

/// Judges anew which account interactions belong to, and lists those that fit none. `judged` says whether also those
/// that have one are looked at: a new key may fit them better, or make them fit several.
async fn assign_found(
    stores: &Stores,
    directory: &Directory,
    judged: Judged,
    now: Timestamp,
) -> Result<Vec<String>, IngestError> {
    let (mut decided, mut waiting) = (Vec::new(), Vec::new());
    for found in stores.archive.found(judged).await? {
        let account = directory.account_of(&found.interaction);
        if account.is_none() {
            waiting.push(found.interaction.id.clone());
        }
        if account != found.account {
            decided.push((found, account));
        }
    }
    if !decided.is_empty() {
        stores.archive.assign(&decided, now).await?;
    }
    if judged == Judged::All {
        stores.remember_judged(Judged::Waiting).await?;
    }
    waiting.sort_unstable();
    waiting.dedup();
    Ok(waiting)
}

/// The middle stage and what it gathers.
struct Stage<'a> {
    stores: &'a Stores,
    engine: &'a Arc<dyn Engine>,
    door: Door,
    now: Timestamp,
    directory: Directory,
    /// Whose account is judged anew at the end: all when a key was learned.
    judged: Judged,
    detail: Detail,
    /// Rank and short hash of what this ingest has met, by identity: the archive may not show it yet.
    in_flight: FxHashMap<u64, (i64, u64)>,
    report: Report,
}

impl Stage<'_> {
    async fn run(
        &mut self,
        paths: Vec<PathBuf>,
        now: Timestamp,
        progress: Arc<dyn Fn(Progress) + Send + Sync>,
    ) -> Result<(), IngestError> {
        let (found, mut batches) = mpsc::channel::<Vec<Unit>>(WAITING_BATCHES);
        let walker = tokio::task::spawn_blocking(move || {
            let mut gatherer = Batcher::new(found, progress);
            // A walk ends early only when nobody listens any more.
            let _ = walk::walk(&paths, &mut gatherer);
            gatherer.finish();
        });
        let (ready, written) = mpsc::channel::<Vec<Archived>>(WAITING_BATCHES);
        let archive = self.stores.archive.clone();
        let writer = tokio::spawn(write_batches(archive, written, Arc::clone(self.engine), now));
        while let Some(units) = batches.recv().await {
            let batch = self.read(units).await?;
            if !batch.is_empty() && ready.send(batch).await.is_err() {
                break;
            }
        }
        drop(ready);
        drop(batches);
        writer.await.map_err(|error| StoreError::Task(error.to_string()))??;
        walker.await.map_err(|error| StoreError::Task(error.to_string()))?;
        Ok(())
    }

    /// Parses a batch, drops what is known, and reads the rest.
    async fn read(&mut self, units: Vec<Unit>) -> Result<Vec<Archived>, IngestError> {
        let mut offered = self.door.parse(units, &mut self.report).await?;
        self.door.drop_erased(&mut offered, &mut self.report);
        self.learn_companies(&offered).await?;
        for item in &mut offered {
            if item.interaction.account.is_some() || company_of(&item.interaction).is_some() {
                item.assignment = Assignment::Stated;
            }
            item.interaction.account = self.directory.account_of(&item.interaction);
        }
        let offered = self.door.censor(offered, &mut self.report).await?;
        let fresh = self.sift(offered).await?;
        let engine = Arc::clone(self.engine);
        let (read, problems) = blocking(move || read_fresh(engine.as_ref(), fresh)).await?;
        self.report.rejected.extend(problems);
        Ok(read)
    }

    /// CRM company rows make accounts and tell their keys.
    async fn learn_companies(&mut self, offered: &[Offered]) -> Result<(), IngestError> {
        for company in offered.iter().filter_map(|item| company_of(&item.interaction)) {
            let mut news = false;
            for key in &company.keys {
                news |= self.directory.add(key.clone(), company.account.clone());
            }
            if news {
                if self.judged != Judged::All {
                    self.judged = Judged::All;
                    self.stores.remember_judged(self.judged).await?;
                }
                self.stores.archive.ensure_account(&company.account, &company.keys, self.now).await?;
            }
        }
        Ok(())
    }

    /// Counts what is offered and keeps what the archive does not hold.
    async fn sift(&mut self, offered: Vec<Offered>) -> Result<Vec<Offered>, IngestError> {
        let mut by_account: BTreeMap<Option<AccountSlug>, Vec<Offered>> = BTreeMap::new();
        for item in offered {
            by_account.entry(item.interaction.account.clone()).or_default().push(item);
        }
        let mut fresh = Vec::new();
        for (account, items) in by_account {
            let keys: Vec<_> =
                items.iter().map(|item| (&item.interaction, item.versions, &item.content_hash)).collect();
            let outcomes = self.stores.archive.compare(account.as_ref(), &keys).await?;
            self.report.accounts.extend(account.clone());
            for (item, outcome) in items.into_iter().zip(outcomes) {
                let settled = self.settle(&item, outcome);
                if self.detail == Detail::Items {
                    let became = settled.as_str().to_owned();
                    self.report.items.push(Loaded { id: item.interaction.id.clone(), became });
                }
                match settled {
                    Outcome::New => {
                        self.report.new += 1;
                        fresh.push(item);
                    }
                    Outcome::Changed => {
                        self.report.changed += 1;
                        fresh.push(item);
                    }
                    Outcome::Unchanged | Outcome::Outranked => self.report.unchanged += 1,
                }
                self.report.read += 1;
            }
        }
        Ok(fresh)
    }

    /// What becomes of an item, given what the archive says of it. Of several contents of one identity in one ingest
    /// the same one holds whatever their order is.
    fn settle(&mut self, item: &Offered, outcome: Outcome) -> Outcome {
        let standing = (item.versions.rank(&item.interaction), item.short_hash());
        let met = self.in_flight.get(&item.identity()).copied();
        let settled = match (met, outcome) {
            (Some(met), _) if standing == met => Outcome::Unchanged,
            (Some(met), _) if standing < met => Outcome::Outranked,
            (Some(_), _) => Outcome::Changed,
            (None, outcome) => outcome,
        };
        if settled != Outcome::Outranked {
            self.in_flight.insert(item.identity(), standing);
        }
        settled
    }
}

fn read_fresh(engine: &dyn Engine, fresh: Vec<Offered>) -> (Vec<Archived>, Vec<Problem>) {
    let (rest, interactions): (Vec<_>, Vec<Interaction>) =
        fresh.into_iter().map(|item| ((item.path, item.content_hash, item.assignment), item.interaction)).unzip();
    let findings = read_all(engine, &interactions);
    let (mut read, mut problems) = (Vec::with_capacity(rest.len()), Vec::new());
    for ((interaction, (path, content_hash, assignment)), findings) in interactions.into_iter().zip(rest).zip(findings)
    {
        match findings {
            Ok(findings) => read.push(Archived { interaction, assignment, content_hash, findings }),
            Err(reason) => problems.push(Problem::new(&*path, interaction.id, reason)),
        }
    }
    (read, problems)
}

async fn write_batches(
    archive: Archive,
    mut batches: mpsc::Receiver<Vec<Archived>>,
    engine: Arc<dyn Engine>,
    now: Timestamp,
) -> Result<(), StoreError> {
    while let Some(batch) = batches.recv().await {
        archive.insert(&batch, engine.reads_as(), now).await?;
    }
    Ok(())
}
