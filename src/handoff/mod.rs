//! Handoff documents: a type is a folder of queries and templates, a document is what they say of one graph.
//!
//! [`Definitions`] reads the types, [`compose()`] makes a document as data, [`render()`] writes it as Markdown, HTML,
//! JSON, DOCX or PDF. The same graph and the same time give the same document, byte for byte.

mod check;
mod compose;
mod definition;
mod error;
mod files;
mod lines;
mod memo;
mod origin;
mod render;
mod summary;

pub use compose::{Input, compose};
pub use definition::{Definitions, HandoffType};
pub use error::HandoffError;
pub use render::{Format, coverage, is_unsure, render, who};
