//! Backups: the archive as it is at one moment, with the files beside it. The graph follows from the archive.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, ArchiveError};

use super::files::{ARCHIVE, BESIDE, BackedUp, FileError, MANIFEST, at, below, copy, is_vacant, measured};

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is something in the folder already.
    #[error("{0} is not empty: a backup goes into a folder of its own")]
    NotEmpty(PathBuf),
    /// The list of files cannot be written.
    #[error("the list of files cannot be written: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of Baton that made it.
    pub version: String,
    /// When.
    pub made_at: Timestamp,
    /// Its files.
    pub files: Vec<BackedUp>,
}

/// Makes a backup of the data folder `data` in a new folder. Others may read and write meanwhile.
pub async fn backup(archive: &Archive, data: &Path, folder: &Path, now: Timestamp) -> Result<Manifest, BackupError> {
    if !is_vacant(folder)? {
        return Err(BackupError::NotEmpty(folder.to_owned()));
    }
    fs::create_dir_all(folder).map_err(at(folder))?;
    archive.copy_to(&folder.join(ARCHIVE)).await?;
    for name in BESIDE {
        copy(&data.join(name), &folder.join(name))?;
    }
    let files: Vec<BackedUp> =
        below(folder)?.into_iter().map(|name| measured(folder, name)).collect::<Result<_, FileError>>()?;
    let manifest = Manifest { version: env!("CARGO_PKG_VERSION").to_owned(), made_at: now, files };
    let path = folder.join(MANIFEST);
    fs::write(&path, serde_json::to_string_pretty(&manifest)?).map_err(at(&path))?;
    fs::File::open(&path).and_then(|file| file.sync_all()).map_err(at(&path))?;
    Ok(manifest)
}
