//! Zip archives: entries are streamed, never unpacked; what would fill memory or disk is refused.

use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::sync::Arc;

use zip::ZipArchive;

use super::{MAX_ARCHIVE_DEPTH, Unit, Walk, skip};
use crate::sources::mail::maildir;
use crate::sources::{self, Bundle, text};

/// Most entries of one archive.
const MAX_ENTRIES: usize = 300_000;
/// Most bytes that one archive may unpack to.
const MAX_UNPACKED: u64 = 64 << 30;
/// How many times its packed size an entry may unpack to, beyond [`FREE_BYTES`]. Mail and JSON stay below 50.
const MAX_RATIO: u64 = 200;
/// Entries up to this size are not judged by their ratio: short repetitive files pack very well.
const FREE_BYTES: u64 = 32 << 20;

/// Says whether a file starts like a zip archive, an empty one included.
pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// One entry that is to be read.
#[derive(Clone, Debug)]
struct Entry {
    index: usize,
    name: String,
    packed: u64,
}

impl Walk<'_> {
    /// Reads an archive that lies within another one, in memory.
    pub(super) fn nested_archive(&mut self, label: &str, input: &mut dyn BufRead, depth: usize) -> ControlFlow<()> {
        if depth + 1 >= MAX_ARCHIVE_DEPTH {
            return self.problem(label, "", format!("archives within archives below depth {MAX_ARCHIVE_DEPTH}"));
        }
        match text::read_all(input) {
            Ok(bytes) => {
                let size = bytes.len() as u64;
                self.archive(label, Cursor::new(bytes), size, depth + 1)
            }
            Err(error) => self.problem(label, "", error.to_string()),
        }
    }

    /// Reads an archive; `size` is its own size in bytes.
    pub(super) fn archive<R: Read + Seek>(
        &mut self,
        label: &str,
        input: R,
        size: u64,
        depth: usize,
    ) -> ControlFlow<()> {
        let mut archive = match ZipArchive::new(input) {
            Ok(archive) => archive,
            Err(error) => return self.problem(label, "", format!("zip archive cannot be read: {error}")),
        };
        if let Some(reason) = refusal(&archive, size) {
            return self.problem(label, "", reason);
        }
        let before = self.units;
        let entries = self.entries(label, &mut archive)?;
        if entries.is_empty() {
            let is_told = self.units > before;
            return if is_told { ControlFlow::Continue(()) } else { self.problem(label, "", "archive holds no files") };
        }
        let names: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
        let prefix = common_folder(&names);
        let inner: Vec<String> = names.iter().map(|name| name[prefix..].to_owned()).collect();
        let mut budget = Budget { left: MAX_UNPACKED };
        if let Some(format) = sources::detect_bundle(&inner) {
            let path: Arc<str> = label.into();
            let mut bundle = ZipBundle { archive: &mut archive, names: inner, entries, budget };
            return sources::read_bundle(format, label, &mut bundle, &mut |item| {
                self.hand_over(Unit::Item { path: Arc::clone(&path), item })
            });
        }
        for entry in &entries {
            if is_leftover(&entry.name, &names) {
                continue;
            }
            let member = format!("{label}!{}", entry.name);
            match open(&mut archive, entry, &mut budget) {
                Ok(mut input) => self.stream(&member, &mut input, depth)?,
                Err(error) => self.problem(&member, "", format!("cannot be read: {error}"))?,
            }
        }
        ControlFlow::Continue(())
    }

    /// The entries to read, in order of name; those that cannot be read are reported.
    fn entries<R: Read + Seek>(&mut self, label: &str, archive: &mut ZipArchive<R>) -> ControlFlow<(), Vec<Entry>> {
        let mut entries = Vec::new();
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else {
                self.problem(label, &format!("entry {index}"), "entry cannot be read")?;
                continue;
            };
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            if entry.is_dir() || name.ends_with('/') || name.split('/').any(skip::is_system) {
                continue;
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            let reason = if entry.encrypted() {
                Some("entry is encrypted".to_owned())
            } else if size > allowance(packed) {
                Some(format!("entry unpacks to {} times its size: refused as a zip bomb", size / packed.max(1)))
            } else {
                None
            };
            match reason {
                Some(reason) => self.problem(&format!("{label}!{name}"), "", reason)?,
                None => entries.push(Entry { index, name, packed }),
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        ControlFlow::Continue(entries)
    }
}

/// Why a whole archive is not read; `None` when it is.
fn refusal<R: Read + Seek>(archive: &ZipArchive<R>, size: u64) -> Option<String> {
    if archive.len() > MAX_ENTRIES {
        return Some(format!("archive has {} entries, more than the limit of {MAX_ENTRIES}", archive.len()));
    }
    let sizes = (0..archive.len()).filter_map(|index| archive.by_index_data(index).ok().map(|entry| entry.size()));
    let unpacked = sizes.fold(0u64, u64::saturating_add);
    // The sum over all entries finds bombs whose entries share their packed bytes.
    if unpacked > MAX_UNPACKED || unpacked > allowance(size).saturating_mul(4) {
        return Some(format!("archive unpacks to {} MiB: refused as a zip bomb", unpacked >> 20));
    }
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Some("form not recognised (an Office document)".to_owned());
    }
    None
}

/// Most bytes that so many packed bytes may unpack to.
fn allowance(packed: u64) -> u64 {
    packed.saturating_mul(MAX_RATIO).max(FREE_BYTES)
}

/// Length of the folder, with its slash, in which all names lie.
fn common_folder(names: &[String]) -> usize {
    let Some(end) = names.first().and_then(|first| first.find('/')) else { return 0 };
    let folder = &names[0][..=end];
    if names.iter().all(|name| name.starts_with(folder)) { end + 1 } else { 0 }
}

/// Says whether an entry is in the `tmp` of a Maildir or one of a mail server's own files in it.
fn is_leftover(name: &str, names: &[String]) -> bool {
    let sibling_exists = |folder: &str| {
        let prefix = format!("{folder}cur/");
        let from = names.partition_point(|own| own.as_str() < prefix.as_str());
        names.get(from).is_some_and(|own| own.starts_with(&prefix))
    };
    let folder = &name[..name.rfind('/').map_or(0, |slash| slash + 1)];
    match folder.strip_suffix("tmp/") {
        Some(parent) if parent.is_empty() || parent.ends_with('/') => sibling_exists(parent),
        Some(_) | None => maildir::is_index(name) && sibling_exists(folder),
    }
}

/// What an archive may still unpack to.
struct Budget {
    left: u64,
}

fn open<'a, R: Read + Seek>(
    archive: &'a mut ZipArchive<R>,
    entry: &Entry,
    budget: &'a mut Budget,
) -> io::Result<BufReader<Guarded<'a, zip::read::ZipFile<'a, R>>>> {
    let inner = archive.by_index(entry.index).map_err(io::Error::other)?;
    Ok(BufReader::with_capacity(256 * 1024, Guarded { inner, allowed: allowance(entry.packed), budget }))
}

/// Stops an entry that unpacks to more than its declared or allowed size, whatever the archive's directory says.
struct Guarded<'a, R> {
    inner: R,
    allowed: u64,
    budget: &'a mut Budget,
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)? as u64;
        if count > self.allowed || count > self.budget.left {
            return Err(io::Error::other("entry unpacks to more than is allowed: refused as a zip bomb"));
        }
        self.allowed -= count;
        self.budget.left -= count;
        Ok(count as usize)
    }
}

/// The entries of an archive as one source.
struct ZipBundle<'a, R> {
    archive: &'a mut ZipArchive<R>,
    /// Names without the folder that all share, in the order of `entries`.
    names: Vec<String>,
    entries: Vec<Entry>,
    budget: Budget,
}

impl<R: Read + Seek> Bundle for ZipBundle<'_, R> {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&mut self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        match self.names.binary_search_by(|own| own.as_str().cmp(name)) {
            Ok(at) => Ok(Box::new(open(self.archive, &self.entries[at], &mut self.budget)?)),
            Err(_) => Err(io::Error::new(io::ErrorKind::NotFound, format!("no file {name} in the archive"))),
        }
    }
}
