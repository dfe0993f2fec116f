//! The two stores of one data folder, opened together.
//!
//! One process has the graph open. While that is `baton serve`, other commands work beside it: they write the archive
//! alone, read from a graph of their own in memory, and the service shows what they wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use jiff::Timestamp;

use crate::archive::{Archive, ArchiveError, Judged};
use crate::graph::{Fingerprints, GraphError, GraphStore};
use crate::model::{AccountSlug, Sight};

use super::assign::Directory;

/// The graph within the data folder, and who has it open.
const GRAPH: &str = "graph";
const GRAPH_LOCK: &str = "graph.lock";
const SERVICE_LOCK: &str = "serve.lock";

/// Setting under which the domains of our own side are kept.
const VENDOR_DOMAINS: &str = "vendor_domains";

/// Setting that says that keys were learned since the accounts of interactions were last judged.
const NEW_KEYS: &str = "new_keys";

/// A graph that another process has open is tried again after this pause, so many times: 30 seconds in all.
const PAUSE: Duration = Duration::from_millis(50);
const MOST_PAUSES: u32 = 600;

/// Why the stores could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The graph refused.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// A blocking task was lost.
    #[error("a background task was lost: {0}")]
    Task(String),
    /// The lock on the graph cannot be taken.
    #[error("cannot lock {path}")]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another process has the graph open.
    #[error("another baton works on {0} and did not end within 30 seconds")]
    InUse(PathBuf),
    /// Another service has the stores.
    #[error("a baton serve is running on {0} already")]
    Served(PathBuf),
    /// What was asked for needs the graph, which a service has.
    #[error("baton serve is running on this data folder: stop it first")]
    Beside,
    /// No account of that name was ever loaded.
    #[error("no account {0} in this data folder")]
    UnknownAccount(String),
}

/// Whose the graph is.
#[derive(Clone)]
pub(super) enum Hold {
    /// Ours: it is written when the archive was. The locks are held while it is open.
    Own { _locks: Arc<Vec<File>> },
    /// Another process has it, or may want it: ours is a copy in memory.
    Beside { copies: Arc<tokio::sync::Mutex<Copies>> },
}

/// What was copied of each account: how often it had been written by then, and what its graphs look like.
pub(super) type Copies = BTreeMap<AccountSlug, (i64, BTreeMap<Sight, Fingerprints>)>;

/// How often the graph of each account was written since the stores were opened.
type Generations = RwLock<BTreeMap<AccountSlug, u64>>;

/// What was said (archive) and what we conclude from it (graph).
#[derive(Clone)]
pub struct Stores {
    /// What was said and what people decided.
    pub archive: Archive,
    /// What we conclude.
    pub graph: GraphStore,
    /// One projection at a time.
    pub(super) projecting: Arc<tokio::sync::Mutex<()>>,
    pub(super) hold: Hold,
    generations: Arc<Generations>,
}

/// Takes a lock that nobody has.
fn try_lock(path: &Path) -> Result<Option<File>, StoreError> {
    let failed = |source| StoreError::Lock { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Takes a lock, waiting for whoever has it.
async fn lock(path: &Path) -> Result<File, StoreError> {
    for _ in 0..MOST_PAUSES {
        if let Some(file) = try_lock(path)? {
            return Ok(file);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(StoreError::InUse(path.parent().unwrap_or(path).to_owned()))
}

/// Takes the lock on the graph, waiting for other commands; `None` when a service has it.
async fn lock_graph(data: &Path) -> Result<Option<File>, StoreError> {
    for _ in 0..MOST_PAUSES {
        if let Some(file) = try_lock(&data.join(GRAPH_LOCK))? {
            return Ok(Some(file));
        }
        // A service holds both locks; one that is starting or ending is waited for.
        if try_lock(&data.join(SERVICE_LOCK))?.is_none() {
            return Ok(None);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(StoreError::InUse(data.to_owned()))
}

impl Stores {
    /// Opens both stores of a data folder, making what is not there. Only one process can have the graph open: another
    /// one is waited for, so that commands given at the same time do their work one after the other.
    pub async fn open(data: &Path) -> Result<Self, StoreError> {
        let archive = Archive::open(data).await?;
        let Some(lock) = lock_graph(data).await? else {
            return Ok(Self::with(archive, GraphStore::in_memory()?, Hold::Beside { copies: Arc::default() }));
        };
        let graph = GraphStore::open(&data.join(GRAPH))?;
        Ok(Self::with(archive, graph, Hold::Own { _locks: Arc::new(vec![lock]) }))
    }

    /// Opens the archive alone, and reads from a copy of the graph: for a process that lives long and must keep neither
    /// a service nor other commands from their work.
    pub async fn open_beside(data: &Path) -> Result<Self, StoreError> {
        let archive = Archive::open(data).await?;
        Ok(Self::with(archive, GraphStore::in_memory()?, Hold::Beside { copies: Arc::default() }))
    }

    /// Opens both stores for a service, which has them until it ends.
    pub async fn open_to_serve(data: &Path) -> Result<Self, StoreError> {
        let archive = Archive::open(data).await?;
        let path = data.join(SERVICE_LOCK);
        let service = try_lock(&path)?.ok_or_else(|| StoreError::Served(data.to_owned()))?;
        let graph_lock = lock(&data.join(GRAPH_LOCK)).await?;
        let graph = GraphStore::open(&data.join(GRAPH))?;
        Ok(Self::with(archive, graph, Hold::Own { _locks: Arc::new(vec![graph_lock, service]) }))
    }

    /// An archive with a graph that nobody else can have open.
    pub fn of(archive: Archive, graph: GraphStore) -> Self {
        Self::with(archive, graph, Hold::Own { _locks: Arc::default() })
    }

    fn with(archive: Archive, graph: GraphStore, hold: Hold) -> Self {
        Self { archive, graph, projecting: Arc::default(), hold, generations: Arc::default() }
    }

    /// Says whether another process has the graph: what is written is shown by it, and nothing can be made anew.
    pub fn is_beside(&self) -> bool {
        matches!(self.hold, Hold::Beside { .. })
    }

    /// How often the graph of an account was written since the stores were opened.
    pub fn generation(&self, account: &AccountSlug) -> u64 {
        self.generations.read().map_or(0, |all| all.get(account).copied().unwrap_or_default())
    }

    /// How often any graph was written.
    pub fn generations(&self) -> u64 {
        self.generations.read().map_or(0, |all| all.values().sum())
    }

    pub(super) fn changed(&self, account: &AccountSlug) {
        if let Ok(mut all) = self.generations.write() {
            *all.entry(account.clone()).or_default() += 1;
        }
    }

    /// Refuses an account for which nothing was ever loaded.
    pub async fn require(&self, account: &AccountSlug) -> Result<(), StoreError> {
        match self.archive.last_said(account).await? {
            Some(_) => Ok(()),
            None => Err(StoreError::UnknownAccount(account.to_string())),
        }
    }

    /// The certain keys of all accounts, as known at `until`, and the domains of our own side.
    pub async fn directory(&self, until: Option<Timestamp>) -> Result<Directory, StoreError> {
        let keys = self.archive.account_keys(until).await?;
        Ok(Directory::new(keys, self.vendor_domains().await?))
    }

    /// The domains of our own side.
    pub async fn vendor_domains(&self) -> Result<BTreeSet<String>, StoreError> {
        let stored = self.archive.setting(VENDOR_DOMAINS).await?.unwrap_or_default();
        Ok(stored.split_whitespace().map(str::to_owned).collect())
    }

    /// Adds domains of our own side; a new one changes who is who, so every account is projected again.
    pub async fn add_vendor_domains(&self, domains: &[String]) -> Result<(), StoreError> {
        let known = self.vendor_domains().await?;
        let mut all = known.clone();
        all.extend(domains.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase()));
        if all != known {
            let text = all.into_iter().collect::<Vec<_>>().join(" ");
            // In this order: cut off between the two, the next command projects once too often and not once too few.
            self.archive.mark_all_dirty().await?;
            self.archive.set_setting(VENDOR_DOMAINS, &text).await?;
        }
        Ok(())
    }

    /// Whose account the next ingest has to judge: all when keys were learned since it was last done.
    pub(super) async fn judged(&self) -> Result<Judged, StoreError> {
        Ok(if self.archive.setting(NEW_KEYS).await?.as_deref() == Some("yes") { Judged::All } else { Judged::Waiting })
    }

    /// Remembers whose account has to be judged, also should this ingest be cut off.
    pub(super) async fn remember_judged(&self, judged: Judged) -> Result<(), StoreError> {
        let value = match judged {
            Judged::All => "yes",
            Judged::Waiting => "no",
        };
        Ok(self.archive.set_setting(NEW_KEYS, value).await?)
    }
}
