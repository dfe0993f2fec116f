//! Read-only copies of the graph, made when it was written since the last one. A copy costs little: its files are hard
//! links, and what nobody reads any more is deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

use crate::ingest::Stores;

/// A copy is made this often at most.
const PAUSE: Duration = Duration::from_millis(250);

/// One copy. Its folder goes with its last user.
#[derive(Debug)]
pub(super) struct Copy {
    folder: PathBuf,
    /// How often the graph was written before.
    generation: u64,
}

impl Copy {
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, "an old copy of the graph cannot be deleted");
        }
    }
}

/// The copies of one graph.
pub(super) struct Copies {
    stores: Stores,
    folder: PathBuf,
    /// Writes that the stores do not count.
    others: AtomicU64,
    latest: Mutex<Latest>,
}

struct Latest {
    copy: Option<Arc<Copy>>,
    made_at: Option<Instant>,
    count: u64,
}

impl Copies {
    /// No copy yet. What another process left in the folder is deleted.
    pub(super) fn new(stores: Stores, folder: &Path) -> io::Result<Self> {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
        fs::create_dir_all(folder)?;
        let latest = Mutex::new(Latest { copy: None, made_at: None, count: 0 });
        Ok(Self { stores, folder: fs::canonicalize(folder)?, others: AtomicU64::default(), latest })
    }

    /// How often the graph was written by now.
    pub(super) fn generation(&self) -> u64 {
        self.stores.generations() + self.others.load(Ordering::Acquire)
    }

    /// Counts a write that did not go through the stores.
    pub(super) fn count_write(&self) {
        self.others.fetch_add(1, Ordering::AcqRel);
    }

    /// A copy that holds what was written by a generation: the latest one, or else a new one. Whoever comes while one is
    /// made waits for it.
    pub(super) async fn of(&self, generation: u64) -> io::Result<Arc<Copy>> {
        let mut latest = self.latest.lock().await;
        if let Some(copy) = latest.copy.as_ref().filter(|copy| copy.generation >= generation) {
            return Ok(Arc::clone(copy));
        }
        if let Some(made_at) = latest.made_at {
            sleep_until(made_at + PAUSE).await;
        }
        latest.made_at = Some(Instant::now());
        latest.count += 1;
        let folder = self.folder.join(latest.count.to_string());
        // Read before the copy is made: what is written meanwhile may be missing from it.
        let generation = self.generation();
        let (graph, target) = (self.stores.graph.clone(), folder.clone());
        tokio::task::spawn_blocking(move || graph.backup(&target)).await?.map_err(io::Error::other)?;
        tracing::debug!(generation, "copied the graph");
        let copy = Arc::new(Copy { folder, generation });
        latest.copy = Some(Arc::clone(&copy));
        Ok(copy)
    }

    /// Lets go of the latest copy.
    pub(super) async fn forget(&self) {
        self.latest.lock().await.copy = None;
    }

    /// Deletes whatever is left.
    pub(super) fn clear(&self) -> io::Result<()> {
        // An erasure takes the folder away.
        fs::create_dir_all(&self.folder)?;
        for entry in fs::read_dir(&self.folder)? {
            fs::remove_dir_all(entry?.path())?;
        }
        Ok(())
    }
}
