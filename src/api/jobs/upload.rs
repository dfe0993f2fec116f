//! What was uploaded, until it is loaded.

use std::path::{Path, PathBuf};

use super::super::{ApiError, App};

/// Folder of what was uploaded and is not loaded yet, below the data folder.
pub(super) const UPLOADS: &str = "uploads";

/// A folder that an upload is written into; it goes away with the value unless a job takes it.
pub struct Uploaded {
    pub(super) id: String,
    pub(super) folder: PathBuf,
    files: usize,
    pub(super) is_taken: bool,
}

impl Uploaded {
    /// A new folder.
    pub fn begin(app: &App) -> Result<Self, ApiError> {
        let id = crate::access::random_id()?;
        let folder = app.data.join(UPLOADS).join(&id);
        std::fs::create_dir_all(&folder).map_err(|source| ApiError::File { what: "keep the upload", source })?;
        Ok(Self { id, folder, files: 0, is_taken: false })
    }

    /// Where the next file goes.
    pub fn next_file(&mut self, name: &str) -> PathBuf {
        self.files += 1;
        self.file(self.files, name)
    }

    /// Where a file lies, by its number from 1. Of the sender's name only what can do no harm is kept.
    pub fn file(&self, number: usize, name: &str) -> PathBuf {
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_harmless = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
        let clean: String = base.chars().filter(is_harmless).take(100).collect();
        let clean = clean.trim_start_matches('.').trim();
        // A folder each: two files of one name stay apart, and each keeps its name in reports.
        self.folder.join(format!("{number:03}")).join(if clean.is_empty() { "file" } else { clean })
    }

    /// How many files there are.
    pub fn files(&self) -> usize {
        self.files
    }
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        if !self.is_taken {
            // A folder that stays is removed when the service starts again.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Brings every file of a folder to the disk, and the folders themselves.
pub(super) fn sync(folder: &Path) -> std::io::Result<()> {
    for entry in walkdir::WalkDir::new(folder) {
        std::fs::File::open(entry?.path())?.sync_all()?;
    }
    match folder.parent() {
        Some(parent) => std::fs::File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
