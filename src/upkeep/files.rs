//! Files of a data folder and of its backups.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The archive within a data folder or a backup.
pub(super) const ARCHIVE: &str = "archive.sqlite";
/// What lies beside it and is kept with it.
pub(super) const BESIDE: [&str; 2] = ["privacy.toml", "uploads"];
/// Says what a backup holds; written last, so that one without it is not whole.
pub(super) const MANIFEST: &str = "backup.json";

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use {path}")]
pub struct FileError {
    /// Which.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackedUp {
    /// Its path within the backup.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// BLAKE3 of its content, in hexadecimal digits.
    pub hash: String,
}

/// Names the file of an error.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |source| FileError { path: path.to_owned(), source }
}

/// Says whether a folder is not there or has nothing in it.
pub(super) fn is_vacant(folder: &Path) -> Result<bool, FileError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(at(folder)(error)),
    }
}

/// Every file below `folder`, by its path within it, sorted.
pub(super) fn below(folder: &Path) -> Result<Vec<String>, FileError> {
    let mut names = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| at(folder)(error.into()))?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            names.push(name.to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

/// Copies a file or a folder, if it is there, and sees that it is on disk.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), FileError> {
    if from.is_dir() {
        for name in below(from)? {
            copy(&from.join(&name), &to.join(&name))?;
        }
    } else if from.exists() {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        fs::copy(from, to).map_err(at(from))?;
        File::open(to).and_then(|file| file.sync_all()).map_err(at(to))?;
    }
    Ok(())
}

/// Removes a file or folder; none there is fine.
pub(super) fn remove(path: &Path) -> Result<(), FileError> {
    let done = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What a file of a backup is now.
pub(super) fn measured(folder: &Path, name: String) -> Result<BackedUp, FileError> {
    let path = folder.join(&name);
    let mut hasher = blake3::Hasher::new();
    let bytes = File::open(&path).and_then(|mut file| io::copy(&mut file, &mut hasher)).map_err(at(&path))?;
    Ok(BackedUp { name, bytes, hash: hasher.finalize().to_hex().to_string() })
}
