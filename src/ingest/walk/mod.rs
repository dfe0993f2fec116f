//! Finds what there is to read: files, folders and zip archives, streamed in bounded memory. Mail is handed over as raw
//! messages, so that the caller can parse them in parallel; every other form as finished items.
//! Nothing is passed over in silence but the entries listed in `skip`.

use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::Problem;
use crate::sources::mail::RawMail;
use crate::sources::mail::mbox::Splitter;
use crate::sources::{
    self, Format, Item,
    detect::{self, detect},
    text,
};

mod archive;
mod folder;
mod meter;
mod skip;

use meter::Meter;

/// Something found, ready for the next stage.
#[derive(Clone, Debug, PartialEq)]
pub enum Unit {
    /// A message that is still to be parsed ([`RawMail::parse`]).
    Mail(RawMail),
    /// An interaction or a problem of the file `path`.
    Item {
        /// The file, with the member after `!` when it lies in an archive.
        path: Arc<str>,
        /// What was read or why not.
        item: Item,
    },
}

impl Unit {
    /// Roughly the bytes it holds, to bound a batch.
    pub fn weight(&self) -> usize {
        match self {
            Self::Mail(mail) => mail.raw.len(),
            Self::Item { item: Item::Interaction(interaction), .. } => interaction.text.len() + 1024,
            Self::Item { item: Item::Problem(_), .. } => 256,
        }
    }
}

/// How far the walk is, in bytes on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub done: u64,
    /// Bytes of all files found at the start.
    pub total: u64,
}

/// Takes what the walk finds.
pub trait Visitor {
    /// Takes a unit; `Break` ends the walk.
    fn unit(&mut self, unit: Unit) -> ControlFlow<()>;

    /// Hears of progress, about once a megabyte and after every file.
    fn progress(&mut self, progress: Progress) {
        let _ = progress;
    }
}

impl<F: FnMut(Unit) -> ControlFlow<()>> Visitor for F {
    fn unit(&mut self, unit: Unit) -> ControlFlow<()> {
        self(unit)
    }
}

/// Walks files, folders (recursively, in order of name) and zip archives. What cannot be read is handed over as a
/// problem and the rest goes on; `Break` means that the visitor ended it.
pub fn walk(paths: &[PathBuf], visitor: &mut dyn Visitor) -> ControlFlow<()> {
    let total = paths.iter().map(|path| folder::size_of(path)).sum();
    let mut walk = Walk { visitor, meter: Meter::new(total), units: 0 };
    paths.iter().try_for_each(|path| walk.path(path))
}

/// One walk over all paths.
struct Walk<'v> {
    visitor: &'v mut dyn Visitor,
    meter: Meter,
    /// Units handed over so far.
    units: u64,
}

/// How deep archives may lie in archives.
const MAX_ARCHIVE_DEPTH: usize = 3;

impl Walk<'_> {
    fn path(&mut self, path: &Path) -> ControlFlow<()> {
        if path.is_dir() { self.folder(path) } else { self.file(path) }
    }

    /// Reads one file on disk.
    fn file(&mut self, path: &Path) -> ControlFlow<()> {
        let label = path.display().to_string();
        let opened = std::fs::metadata(path).and_then(|metadata| {
            if metadata.is_file() {
                Ok((std::fs::File::open(path)?, metadata.len()))
            } else {
                Err(io::Error::new(io::ErrorKind::InvalidInput, "neither a file nor a folder"))
            }
        });
        let (file, size) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.problem(&label, "", format!("cannot be read: {error}")),
        };
        self.meter.open(size);
        let mut input = io::BufReader::with_capacity(1 << 20, self.meter.watch(file));
        let flow = match input.fill_buf() {
            Ok(head) if archive::is_zip(head) => self.archive(&label, input, size, 0),
            Ok(_) => self.stream(&label, &mut input, 0),
            Err(error) => self.problem(&label, "", format!("cannot be read: {error}")),
        };
        self.meter.close();
        self.visitor.progress(self.meter.progress());
        flow
    }

    /// Reads one file, on disk or within an archive.
    fn stream(&mut self, label: &str, input: &mut dyn BufRead, depth: usize) -> ControlFlow<()> {
        let mut head = Vec::new();
        if let Err(error) = (&mut *input).take(detect::HEAD_BYTES as u64).read_to_end(&mut head) {
            return self.problem(label, "", format!("cannot be read: {error}"));
        }
        if head.len() < detect::HEAD_BYTES && head.iter().all(u8::is_ascii_whitespace) {
            return self.problem(label, "", "file is empty");
        }
        if archive::is_zip(&head) {
            return self.nested_archive(label, &mut Cursor::new(head).chain(input), depth);
        }
        let Some(format) = detect(label, &head) else {
            return self.problem(label, "", detect::refusal(&head));
        };
        let before = self.units;
        self.read(format, label, &mut Cursor::new(head).chain(input))?;
        // A table of which only the header is left, a calendar without events: read, and yet nothing came of it.
        if self.units == before { self.problem(label, "", "holds nothing to read") } else { ControlFlow::Continue(()) }
    }

    fn read(&mut self, format: Format, label: &str, input: &mut dyn BufRead) -> ControlFlow<()> {
        let path: Arc<str> = label.into();
        match format {
            Format::Mbox => Splitter::new(input, Arc::clone(&path)).try_for_each(|block| match block {
                Ok(mail) => self.hand_over(Unit::Mail(mail)),
                Err(problem) => self.hand_over(Unit::Item { path: Arc::clone(&path), item: Item::Problem(problem) }),
            }),
            Format::Eml => match text::read_all(input) {
                Ok(raw) => self.hand_over(Unit::Mail(RawMail { raw, path, offset: None, envelope_at: None })),
                Err(error) => self.problem(label, "", error.to_string()),
            },
            other => sources::read(other, label, input, &mut |item| {
                self.hand_over(Unit::Item { path: Arc::clone(&path), item })
            }),
        }
    }

    fn hand_over(&mut self, unit: Unit) -> ControlFlow<()> {
        if let Some(progress) = self.meter.news() {
            self.visitor.progress(progress);
        }
        self.units += 1;
        self.visitor.unit(unit)
    }

    fn problem(&mut self, label: &str, item: &str, reason: impl Into<String>) -> ControlFlow<()> {
        self.hand_over(Unit::Item { path: label.into(), item: Item::Problem(Problem::new(label, item, reason)) })
    }
}

#[cfg(test)]
mod tests;
