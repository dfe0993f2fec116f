//! What an erasure leaves to do once the archive has committed it: files that may hold what was erased go, and the
//! archive is written anew. Done again by the next to open the stores, should it be cut off.

use std::path::Path;
use std::time::Duration;

use crate::archive::Archive;

use super::StoreError;

/// Files that were handed in and wait to be read.
const UPLOADS: &str = "uploads";
/// Copies of the graph for queries.
const COPIES: &str = "sparql";

/// A log that somebody reads is tried again after this pause, so many times.
const PAUSE: Duration = Duration::from_millis(100);
const MOST_TRIES: u32 = 50;

/// Takes away the graphs in a data folder but the one in `folder`.
pub(super) fn old_graphs(data: &Path, folder: &str) -> Result<(), StoreError> {
    let failed = |source| StoreError::File { path: data.to_owned(), source };
    for entry in std::fs::read_dir(data).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let name = name.to_string_lossy();
        let number = name.strip_prefix("graph-").map(|number| number.chars().all(|c| c.is_ascii_digit()));
        if (name == "graph" || number == Some(true)) && name != folder {
            remove(&data.join(&*name))?;
        }
    }
    Ok(())
}

/// Takes away every graph in a data folder: they follow from the archive.
pub fn remove_graphs(data: &Path) -> Result<(), StoreError> {
    old_graphs(data, "")
}

/// Takes away copies and read files, and scrubs the archive. Answers whether nothing of what was erased is left in its
/// log: not while somebody reads it.
pub(super) async fn sweep(archive: &Archive, data: &Path) -> Result<bool, StoreError> {
    remove(&data.join(COPIES))?;
    uploads(&data.join(UPLOADS), &archive.unended_jobs().await?)?;
    for _ in 0..MOST_TRIES {
        if archive.scrub().await? {
            return Ok(true);
        }
        tokio::time::sleep(PAUSE).await;
    }
    tracing::warn!("the log of the archive is read by somebody: the next start empties it");
    Ok(false)
}

/// Takes away uploads that no job waits for.
fn uploads(folder: &Path, jobs: &[String]) -> Result<(), StoreError> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !jobs.iter().any(|job| job.contains(&*name)) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a file or a folder with all that is in it; none there is fine.
fn remove(path: &Path) -> Result<(), StoreError> {
    let done = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::File { path: path.to_owned(), source: error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
