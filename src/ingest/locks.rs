//! Who may use a data folder: locks on files, which end with their process.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::{StoreError, Stores};

/// Held by whoever has the graph open, and by a service.
pub(super) const GRAPH_LOCK: &str = "graph.lock";
pub(super) const SERVICE_LOCK: &str = "serve.lock";
/// Shared by those who archive, taken alone by who erases.
const GATE_LOCK: &str = "erase.lock";

/// A lock that another process has is tried again after this pause, so many times: 30 seconds in all.
const PAUSE: Duration = Duration::from_millis(50);
const MOST_PAUSES: u32 = 600;

/// A data folder that nobody else uses while this is held.
pub struct Claim {
    _locks: [File; 2],
}

impl Claim {
    /// Takes a data folder, waiting for other commands; refused while a service runs on it.
    pub async fn of(data: &Path) -> Result<Self, StoreError> {
        let service = try_lock(&data.join(SERVICE_LOCK))?.ok_or(StoreError::Beside)?;
        Ok(Self { _locks: [lock(&data.join(GRAPH_LOCK)).await?, service] })
    }
}

/// Takes a lock that nobody has.
pub(super) fn try_lock(path: &Path) -> Result<Option<File>, StoreError> {
    let failed = |source| StoreError::Lock { path: path.to_owned(), source };
    let file = File::create(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Takes a lock, waiting for whoever has it.
pub(super) async fn lock(path: &Path) -> Result<File, StoreError> {
    for _ in 0..MOST_PAUSES {
        if let Some(file) = try_lock(path)? {
            return Ok(file);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(StoreError::InUse(path.parent().unwrap_or(path).to_owned()))
}

/// Takes the lock on the graph, waiting for other commands; `None` when a service has it.
pub(super) async fn lock_graph(data: &Path) -> Result<Option<File>, StoreError> {
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
    /// Held while something is archived: nothing is erased meanwhile, here or by another process.
    pub(super) async fn archiving(&self) -> Result<impl Send + use<>, StoreError> {
        let here = Arc::clone(&self.gate).read_owned().await;
        Ok((here, self.gate_file(File::try_lock_shared).await?))
    }

    /// Held while something is erased; waits for what is being archived, here and by other processes.
    pub async fn erasing(&self) -> Result<impl Send + use<>, StoreError> {
        let here = Arc::clone(&self.gate).write_owned().await;
        Ok((here, self.gate_file(File::try_lock).await?))
    }

    /// Takes the lock that archiving and erasing share, waiting for whoever has it; none without a data folder.
    async fn gate_file(&self, take: fn(&File) -> Result<(), TryLockError>) -> Result<Option<File>, StoreError> {
        let Some(home) = &self.home else { return Ok(None) };
        let path = home.join(GATE_LOCK);
        let failed = |source| StoreError::Lock { path: path.clone(), source };
        let file = File::create(&path).map_err(failed)?;
        loop {
            match take(&file) {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}
