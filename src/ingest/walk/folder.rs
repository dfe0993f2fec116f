//! Folders: in order of name, links followed, cycles and unreadable parts reported.

use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::{Unit, Walk, skip};
use crate::sources::mail::maildir;
use crate::sources::{self, Bundle};

/// Folders below which nothing is looked for.
const MAX_FOLDER_DEPTH: usize = 200;

/// Bytes of all files at or below `path`, as far as they can be seen.
pub(super) fn size_of(path: &Path) -> u64 {
    entries(path)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum()
}

fn entries(path: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    walker(path).into_iter().filter_entry(|entry| entry.depth() == 0 || !skip::is_system_name(entry.file_name()))
}

fn walker(path: &Path) -> WalkDir {
    WalkDir::new(path).follow_links(true).max_depth(MAX_FOLDER_DEPTH).sort_by_file_name()
}

impl Walk<'_> {
    /// Reads everything in a folder.
    pub(super) fn folder(&mut self, root: &Path) -> ControlFlow<()> {
        let mut walker = walker(root).into_iter();
        while let Some(entry) = walker.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(root, &error)?;
                    continue;
                }
            };
            let is_folder = entry.file_type().is_dir();
            let skipped = entry.depth() > 0 && skip::is_system_name(entry.file_name());
            if skipped || is_leftover_of_maildir(&entry) {
                if is_folder {
                    walker.skip_current_dir();
                }
            } else if !is_folder {
                self.file(entry.path())?;
            } else if self.bundle_folder(entry.path())?.is_read() {
                walker.skip_current_dir();
            }
        }
        ControlFlow::Continue(())
    }

    fn unreadable(&mut self, root: &Path, error: &walkdir::Error) -> ControlFlow<()> {
        let label = error.path().unwrap_or(root).display().to_string();
        let reason = match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => format!("link leads back to {}", ancestor.display()),
            (None, Some(error)) => format!("cannot be read: {error}"),
            (None, None) => "cannot be read".to_owned(),
        };
        self.problem(&label, "", reason)
    }

    /// Reads the folder as a whole when its files make one source.
    fn bundle_folder(&mut self, root: &Path) -> ControlFlow<(), Whole> {
        let top: Vec<String> = WalkDir::new(root)
            .max_depth(1)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| entry.file_name().to_str().map(str::to_owned))
            .collect();
        let Some(format) = sources::detect_bundle(&top) else { return ControlFlow::Continue(Whole::Separate) };
        let label = root.display().to_string();
        let path: Arc<str> = label.as_str().into();
        let mut bundle = FolderBundle::new(root);
        let size = size_of(root);
        self.meter.open(size);
        sources::read_bundle(format, &label, &mut bundle, &mut |item| {
            self.hand_over(Unit::Item { path: Arc::clone(&path), item })
        })?;
        self.meter.close();
        ControlFlow::Continue(Whole::Read)
    }
}

/// Whether a folder was read as one source.
enum Whole {
    Read,
    Separate,
}

impl Whole {
    fn is_read(&self) -> bool {
        matches!(self, Self::Read)
    }
}

/// Says whether an entry is the `tmp` of a Maildir or one of a mail server's own files in it.
fn is_leftover_of_maildir(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_str().unwrap_or_default();
    if entry.depth() == 0 || (name != "tmp" && !maildir::is_index(name)) {
        return false;
    }
    entry.path().parent().is_some_and(|folder| folder.join("cur").is_dir() && folder.join("new").is_dir())
}

/// The files of a folder as one source.
struct FolderBundle {
    root: PathBuf,
    names: Vec<String>,
}

impl FolderBundle {
    fn new(root: &Path) -> Self {
        let mut names: Vec<String> = entries(root)
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| {
                let parts: Option<Vec<&str>> =
                    entry.path().strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
                Some(parts?.join("/"))
            })
            .collect();
        names.sort();
        Self { root: root.to_owned(), names }
    }
}

impl Bundle for FolderBundle {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&mut self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        if self.names.binary_search_by(|own| own.as_str().cmp(name)).is_err() {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("no file {name} in the folder")));
        }
        Ok(Box::new(io::BufReader::new(std::fs::File::open(self.root.join(name))?)))
    }
}
