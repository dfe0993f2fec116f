//! Reading: an interaction in, an [`Analysis`] out. Pure functions of their arguments.
//! Inside, positions are byte ranges of the interaction's text; `embedded` converts them to code points at the end.

use std::ops::Range;

use crate::model::{Analysis, Interaction, InteractionKind, Party, ZoneKind};

/// Reads interactions. An engine is chosen by name and its version marks what it found.
pub trait Engine: Send + Sync {
    /// The name given to `--engine`.
    fn name(&self) -> &'static str;

    /// Changes whenever the same text could be read differently. Findings of another version are not used, but for those
    /// of the embedded engine, where there are no others.
    fn version(&self) -> &str;

    /// The version that marks what it finds now: not its own where it has to read as another engine does.
    fn reads_as(&self) -> &str {
        self.version()
    }

    /// Loads what reading needs, so that the first text does not wait for it; [`Self::reads_as`] is final afterwards.
    fn prepare(&self) {}

    /// Reads a batch; the answers are in the order of the batch.
    fn analyze(&self, batch: &[Interaction]) -> Vec<Result<Analysis, AnalyzeError>>;
}

/// Why one interaction could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnalyzeError {
    /// The text is larger than any message that a person writes.
    #[error("text has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Size of the text.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
}

/// A part of a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteZone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
}

/// One sentence of the new part with what the readers of acts, topics and sentiment need to know around it.
#[derive(Clone, Debug)]
pub struct SentenceContext<'a> {
    /// The whole text of the interaction.
    pub text: &'a str,
    /// Where the sentence stands in it, in bytes.
    pub range: Range<usize>,
    /// Kind of the interaction.
    pub kind: InteractionKind,
    /// Who says it; `None` when that is not certain.
    pub speaker: Option<&'a Party>,
    /// The one person it is said to; `None` when there are several or none.
    pub addressee: Option<&'a Party>,
    /// Everybody else who takes part, for names used in the sentence.
    pub others: &'a [Party],
    /// The sentence before, by the same speaker in the same zone.
    pub previous: Option<&'a str>,
    /// Subject line or title.
    pub subject: Option<&'a str>,
    /// Time expressions within the sentence.
    pub times: &'a [times::Time],
}

impl<'a> SentenceContext<'a> {
    /// The words of the sentence.
    pub fn words(&self) -> &'a str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }
}

pub mod acts;
pub mod automatic;
pub mod embedded;
pub mod insight;
pub mod linear;
#[cfg(feature = "rust-bert")]
pub mod meaning;
pub mod mentions;
pub mod persons;
pub mod sentences;
pub mod sentiment;
pub mod signature;
pub mod structured;
pub mod suggest;
pub mod times;
pub mod topics;
pub mod transformer;
pub mod words;
pub mod zones;
