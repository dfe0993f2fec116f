//! What Typst sees of the world: one source, one file of data, the typefaces of the program and the time at which the
//! document was made. No packages, no files of the machine, no clock.

use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use super::typefaces::TYPEFACES;
use crate::handoff::HandoffError;

/// The name under which a source reads the page.
const DATA: &str = "page.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A source and the page that it lays out.
pub(super) struct Paper {
    source: Source,
    data_file: FileId,
    data: Bytes,
    today: Option<Datetime>,
}

impl Paper {
    /// Prepares a source and its data.
    pub(super) fn new(source: &str, data: String, made: Timestamp) -> Result<Self, HandoffError> {
        let source = Source::new(file("document.typ")?, source.to_owned());
        Ok(Self { source, data_file: file(DATA)?, data: Bytes::from_string(data), today: datetime(made) })
    }

    /// The line of the source at which something stands.
    pub(super) fn line(&self, at: typst::syntax::DiagSpan) -> Option<usize> {
        let range = typst::WorldExt::range(self, at)?;
        Some(self.source.lines().byte_to_line(range.start)? + 1)
    }
}

fn file(name: &str) -> Result<FileId, HandoffError> {
    let path = VirtualPath::new(name).map_err(|error| HandoffError::form("PDF", &error))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A time as Typst writes it, in UTC.
pub(super) fn datetime(at: Timestamp) -> Option<Datetime> {
    let at = at.to_zoned(TimeZone::UTC);
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year().into(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &TYPEFACES.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_file { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        TYPEFACES.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
