//! What may be kept: pure functions of an interaction and the rules.
//!
//! - [`Rules`] say what is archived at all, what is blotted out on entry, and for how long it is kept.
//! - [`Erased`] knows what was erased, by marks from which nothing can be read, and keeps it away.

mod erased;
mod json;
mod marks;
mod mask;
mod person;
mod quoted;
mod redact;
mod rules;
mod source;
mod words;

pub use erased::{Erased, Fate};
pub use json::{Cleaned, Pruned};
pub use marks::{Mark, Marker, Spelling, same_name};
pub use mask::MASK;
pub use person::{Person, Reach, name_words};
pub use redact::{Redacted, RedactionKind};
pub use rules::{Rules, RulesError, Verdict};

/// An example of the rules file, with every setting explained.
pub const EXAMPLE: &str = include_str!("example.toml");
