//! The two stores of one data folder, opened together.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::archive::{Archive, ArchiveError, Judged};
use crate::graph::{GraphError, GraphStore};
use crate::model::AccountSlug;

use super::assign::Directory;

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
    #[error("another baton works on {0} and did not end within 30 seconds (is baton serve running?)")]
    InUse(PathBuf),
    /// No account of that name was ever loaded.
    #[error("no account {0} in this data folder")]
    UnknownAccount(String),
}

/// What was said (archive) and what we conclude from it (graph).
#[derive(Clone)]
pub struct Stores {
    /// What was said and what people decided.
    pub archive: Archive,
    /// What we conclude.
    pub graph: GraphStore,
    /// Held while the graph is open; it is let go last.
    _lock: Option<Arc<File>>,
}

/// Takes the lock on the graph, waiting for whoever has it.
async fn lock(path: &Path) -> Result<File, StoreError> {
    let failed = |source| StoreError::Lock { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    for _ in 0..MOST_PAUSES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    Err(StoreError::InUse(path.parent().unwrap_or(path).to_owned()))
}

impl Stores {
    /// Opens both stores of a data folder, making what is not there. Only one process can have the graph open: another
    /// one is waited for, so that commands given at the same time do their work one after the other.
    pub async fn open(data: &Path) -> Result<Self, StoreError> {
        let archive = Archive::open(data).await?;
        let lock = lock(&data.join("graph.lock")).await?;
        let graph = GraphStore::open(&data.join("graph"))?;
        Ok(Self { archive, graph, _lock: Some(Arc::new(lock)) })
    }

    /// An archive with a graph that nobody else can have open.
    pub fn of(archive: Archive, graph: GraphStore) -> Self {
        Self { archive, graph, _lock: None }
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
