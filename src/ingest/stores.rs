//! The two stores of one data folder, opened together.
//!
//! One process has the graph open. While that is `baton serve`, other commands work beside it: they write the archive
//! alone, read from a graph of their own in memory, and the service shows what they wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use jiff::Timestamp;

use crate::archive::{Archive, ArchiveError, Judged};
use crate::graph::{Fingerprints, GraphError, GraphStore};
use crate::model::{AccountSlug, Sight};
use crate::privacy::{Erased, Marker, Rules, RulesError};

use super::assign::Directory;
use super::locks::{GRAPH_LOCK, SERVICE_LOCK, lock, lock_graph, try_lock};
use super::sweep::{self, sweep};

/// The privacy rules within the data folder, where it has some.
const RULES: &str = "privacy.toml";

/// Setting under which the domains of our own side are kept.
const VENDOR_DOMAINS: &str = "vendor_domains";

/// Setting that says that keys were learned since the accounts of interactions were last judged.
const NEW_KEYS: &str = "new_keys";

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
    /// The privacy rules cannot be used.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// A file of the data folder cannot be changed.
    #[error("cannot change {path}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
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
    /// The data folder; `None` when the stores are not in one.
    pub(super) home: Option<Arc<PathBuf>>,
    rules: Arc<Rules>,
    /// Read while something is archived, written while something is erased: what is erased cannot come in meanwhile.
    pub(super) gate: Arc<tokio::sync::RwLock<()>>,
}

/// The rules of a data folder.
fn rules_of(data: &Path) -> Result<Rules, StoreError> {
    let path = data.join(RULES);
    Ok(if path.exists() { Rules::read(&path)? } else { Rules::default() })
}

/// Opens the graph in the folder that the archive names, and does what an erasure that was cut off left to do.
async fn open_graph(archive: &Archive, data: &Path) -> Result<GraphStore, StoreError> {
    let folder = archive.graph_folder().await?;
    sweep::old_graphs(data, &folder)?;
    let graph = GraphStore::open(&data.join(folder))?;
    if archive.is_unscrubbed().await? {
        sweep(archive, data).await?;
    }
    Ok(graph)
}

impl Stores {
    /// Opens both stores of a data folder, making what is not there. Only one process can have the graph open: another
    /// one is waited for, so that commands given at the same time do their work one after the other.
    pub async fn open(data: &Path) -> Result<Self, StoreError> {
        let rules = rules_of(data)?;
        let archive = Archive::open(data).await?;
        let Some(lock) = lock_graph(data).await? else {
            let hold = Hold::Beside { copies: Arc::default() };
            return Ok(Self::with(archive, GraphStore::in_memory()?, hold).in_folder(data, rules));
        };
        let graph = open_graph(&archive, data).await?;
        Ok(Self::with(archive, graph, Hold::Own { _locks: Arc::new(vec![lock]) }).in_folder(data, rules))
    }

    /// Opens the archive alone, and reads from a copy of the graph: for a process that lives long and must keep neither
    /// a service nor other commands from their work.
    pub async fn open_beside(data: &Path) -> Result<Self, StoreError> {
        let rules = rules_of(data)?;
        let archive = Archive::open(data).await?;
        let hold = Hold::Beside { copies: Arc::default() };
        Ok(Self::with(archive, GraphStore::in_memory()?, hold).in_folder(data, rules))
    }

    /// Opens both stores for a service, which has them until it ends.
    pub async fn open_to_serve(data: &Path) -> Result<Self, StoreError> {
        let rules = rules_of(data)?;
        let archive = Archive::open(data).await?;
        let path = data.join(SERVICE_LOCK);
        let service = try_lock(&path)?.ok_or_else(|| StoreError::Served(data.to_owned()))?;
        let graph_lock = lock(&data.join(GRAPH_LOCK)).await?;
        let graph = open_graph(&archive, data).await?;
        let hold = Hold::Own { _locks: Arc::new(vec![graph_lock, service]) };
        Ok(Self::with(archive, graph, hold).in_folder(data, rules))
    }

    /// An archive with a graph that nobody else can have open.
    pub fn of(archive: Archive, graph: GraphStore) -> Self {
        Self::with(archive, graph, Hold::Own { _locks: Arc::default() })
    }

    fn with(archive: Archive, graph: GraphStore, hold: Hold) -> Self {
        Self {
            archive,
            graph,
            projecting: Arc::default(),
            hold,
            generations: Arc::default(),
            home: None,
            rules: Arc::default(),
            gate: Arc::default(),
        }
    }

    fn in_folder(self, data: &Path, rules: Rules) -> Self {
        Self { home: Some(Arc::new(data.to_owned())), rules: Arc::new(rules), ..self }
    }

    /// The same stores under other privacy rules than those of the data folder.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules: Arc::new(rules), ..self }
    }

    /// The privacy rules.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// The data folder; `None` when the stores are not in one.
    pub fn home(&self) -> Option<&Path> {
        self.home.as_deref().map(PathBuf::as_path)
    }

    /// What was erased and stays away.
    pub async fn erased(&self) -> Result<Erased, StoreError> {
        let (key, marks) = self.archive.erased().await?.unwrap_or_default();
        Ok(Erased::new(Marker::new(key), marks))
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

    /// Counts a write to the graph of an account.
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
