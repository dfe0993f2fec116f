//! Restoring a backup: it is verified before anything is touched, and what was erased since stays erased.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::annotate::AnnotatorError;
use crate::archive::{Archive, ArchiveError};
use crate::extract::Engine;
use crate::ingest::{self, Claim, StoreError, Stores};
use crate::model::AccountSlug;

use super::backup::Manifest;
use super::files::{ARCHIVE, BESIDE, FileError, MANIFEST, at, copy, is_vacant, measured, remove};
use super::forget::{ForgetError, Target, forget};

/// What may be in the data folder before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Nothing.
    Nothing,
    /// Anything: it is replaced.
    Anything,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The annotators cannot be used.
    #[error(transparent)]
    Annotators(#[from] AnnotatorError),
    /// The backup is not as it was made.
    #[error("{path} is not as the backup was made: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// There is data already.
    #[error("{0} is not empty: give --over to replace what is there")]
    NotEmpty(PathBuf),
    /// What was erased since the backup could not be erased from it.
    #[error("what was erased since cannot be erased from the backup")]
    Forget(#[from] Box<ForgetError>),
}

impl From<ArchiveError> for RestoreError {
    fn from(error: ArchiveError) -> Self {
        Self::Store(error.into())
    }
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: Timestamp,
    /// The accounts that it holds.
    pub accounts: Vec<AccountSlug>,
    /// Interactions that were erased since the backup was made, and were erased from it again.
    pub erased_again: u64,
}

/// Replaces a data folder by a backup, and makes its graph. `engine` makes the engine of the name that the backup keeps.
pub async fn restore(
    folder: &Path,
    (data, over): (&Path, Over),
    engine: impl FnOnce(Option<&str>) -> Result<Arc<dyn Engine>, AnnotatorError>,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let manifest = verified(folder).await?;
    if over == Over::Nothing && !is_vacant(data)? {
        return Err(RestoreError::NotEmpty(data.to_owned()));
    }
    fs::create_dir_all(data).map_err(at(data))?;
    let claim = Claim::of(data).await?;
    let erased = erased_here(data).await?;
    replace(folder, data, &manifest)?;
    let archive = Archive::open(data).await?;
    archive.forget_projections().await?;
    let has_marks = match &erased {
        Some((key, marks)) if !archive.carry_marks(key, marks, now).await? => {
            tracing::warn!("the backup is of another archive: what was erased here is not looked for in it");
            false
        }
        Some((_, marks)) => !marks.is_empty(),
        None => false,
    };
    archive.close().await;
    drop(claim);
    let stores = Stores::open(data).await?;
    let engine = engine(stores.archive.engine().await?.as_deref())?;
    ingest::project_pending(&stores, engine.version(), now).await?;
    let mut erased_again = 0;
    if has_marks {
        let again = forget(&stores, &engine, Target::Known, "restore", now).await.map_err(Box::new)?;
        erased_again = again.interactions + again.masked;
    }
    let accounts = stores.archive.accounts().await?.into_iter().map(|(account, _)| account).collect();
    stores.archive.close().await;
    Ok(Restored { made_at: manifest.made_at, accounts, erased_again })
}

/// Reads the list of files of a backup and holds the files against it.
async fn verified(folder: &Path) -> Result<Manifest, RestoreError> {
    let path = folder.join(MANIFEST);
    let damaged = |path: &Path, reason: String| RestoreError::Damaged { path: path.to_owned(), reason };
    let text = fs::read_to_string(&path).map_err(at(&path))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| damaged(&path, error.to_string()))?;
    for expected in &manifest.files {
        let path = folder.join(&expected.name);
        let found = measured(folder, expected.name.clone())?;
        if found != *expected {
            return Err(damaged(
                &path,
                format!("it has other content ({} bytes, not {})", found.bytes, expected.bytes),
            ));
        }
    }
    let archive = folder.join(ARCHIVE);
    Archive::verify(&archive).await.map_err(|error| damaged(&archive, error.to_string()))?;
    Ok(manifest)
}

/// What was erased from the archive that is replaced.
async fn erased_here(data: &Path) -> Result<Option<([u8; 32], Vec<[u8; 16]>)>, RestoreError> {
    if !data.join(ARCHIVE).exists() {
        return Ok(None);
    }
    // One that cannot be read any more is why somebody restores.
    let Ok(archive) = Archive::open(data).await else {
        tracing::warn!("the archive cannot be read: what was erased from it is not looked for in the backup");
        return Ok(None);
    };
    let erased = archive.erased().await;
    archive.close().await;
    Ok(erased.unwrap_or_default())
}

/// Puts the files of a backup in the place of those of a data folder.
fn replace(folder: &Path, data: &Path, manifest: &Manifest) -> Result<(), RestoreError> {
    let (fresh, archive) = (data.join("archive.restoring"), data.join(ARCHIVE));
    copy(&folder.join(ARCHIVE), &fresh)?;
    ingest::remove_graphs(data)?;
    for name in ["archive.sqlite-wal", "archive.sqlite-shm", "sparql"].into_iter().chain(BESIDE) {
        remove(&data.join(name))?;
    }
    fs::rename(&fresh, &archive).map_err(at(&archive))?;
    for file in manifest.files.iter().filter(|file| file.name != ARCHIVE) {
        copy(&folder.join(&file.name), &data.join(&file.name))?;
    }
    Ok(())
}
