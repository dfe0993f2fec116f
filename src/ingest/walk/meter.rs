//! Counts the bytes read from disk, for progress.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use super::Progress;

/// Bytes between two pieces of news.
const STEP: u64 = 1 << 20;

/// Adds up what is read of all files; a file read twice (an archive) counts once.
pub(super) struct Meter {
    total: u64,
    /// Bytes of the files that are finished.
    finished: u64,
    /// Size of the file that is open, and how much of it was read.
    size: u64,
    read: Rc<Cell<u64>>,
    told: u64,
}

impl Meter {
    pub(super) fn new(total: u64) -> Self {
        Self { total, finished: 0, size: 0, read: Rc::default(), told: 0 }
    }

    pub(super) fn open(&mut self, size: u64) {
        self.size = size;
        self.read = Rc::default();
    }

    pub(super) fn close(&mut self) {
        self.finished += self.size;
        self.size = 0;
    }

    /// Counts what is read through the returned reader.
    pub(super) fn watch<R>(&self, inner: R) -> Watched<R> {
        Watched { inner, read: Rc::clone(&self.read) }
    }

    pub(super) fn progress(&self) -> Progress {
        // Files may have grown since they were counted.
        let done = self.finished + self.read.get().min(self.size);
        Progress { done, total: self.total.max(done) }
    }

    /// The progress, when enough happened since it was last told.
    pub(super) fn news(&mut self) -> Option<Progress> {
        let progress = self.progress();
        (progress.done >= self.told + STEP).then(|| {
            self.told = progress.done;
            progress
        })
    }
}

/// A reader whose bytes are counted.
pub(super) struct Watched<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Watched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}
