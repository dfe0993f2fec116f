//! Foreign files in, [`Interaction`]s out. One file per form; nothing here opens a file, asks the clock or panics:
//! readers take bytes and answer with interactions and the [`Problem`]s of what could not be read.

use std::ops::ControlFlow;

use crate::model::{Interaction, Problem};

pub mod bundle;
pub mod crm;
pub mod dates;
pub mod ics;
pub mod notes;
pub mod slack;
pub mod tables;
pub mod tickets;
pub mod transcripts;

mod emit;
mod json;
mod markup;

pub use bundle::{Bundle, MemoryBundle};

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
