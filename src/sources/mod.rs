//! Foreign files in, [`Interaction`]s out. One module per form; nothing here opens a file, asks the clock or panics:
//! readers take bytes and answer with interactions and the [`Problem`]s of what could not be read.
//! Entry points: [`detect()`] and [`read`] for single files, [`detect_bundle`] and [`read_bundle`] for sets of files.

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::model::{Interaction, Problem};

pub mod bundle;
pub mod crm;
pub mod dates;
pub mod detect;
pub mod ics;
pub mod jsonl;
pub mod mail;
pub mod notes;
pub mod slack;
pub mod tables;
pub mod text;
pub mod tickets;
pub mod transcripts;

mod emit;
mod json;
mod markup;

pub use bundle::{Bundle, MemoryBundle};
pub use detect::{Format, Head, detect, detect_bundle};

/// The largest thing that is read as one item: a message, a transcript, a JSON document, a line.
pub const MAX_ITEM_BYTES: usize = 64 << 20;

/// What a source yields, one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Something that was read.
    Interaction(Box<Interaction>),
    /// Something that could not be read.
    Problem(Problem),
}

/// Takes the items of a source as they are read; answers `Break` to stop.
pub type Sink<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// Reads one file of the form `format`. `label` is its path for problems. Returns `Break` when the sink stopped it;
/// input that cannot be read is a problem on the sink, never an error here.
pub fn read(format: Format, label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match detect::reader(format) {
        Some(reader) => (reader.read)(label, input, sink),
        None => sink(Item::Problem(Problem::new(label, "", "this form is read from a folder or archive only"))),
    }
}

/// Reads a set of files of the form `format`; as [`read`] otherwise.
pub fn read_bundle(format: Format, label: &str, bundle: &mut dyn Bundle, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match detect::bundle_reader(format) {
        Some(reader) => (reader.read)(label, bundle, sink),
        None => sink(Item::Problem(Problem::new(label, "", "this form is read from a single file only"))),
    }
}
