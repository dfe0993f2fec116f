//! The engine `transformer`: the embedded engine reads everything, and the sentences that it is not sure of are read by
//! a small encoder too, whose opinion is weighed with all the rest. Entry point: [`TransformerEngine`].

#[cfg(feature = "rust-bert")]
mod local;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::embedded::{self, Doubt, EmbeddedEngine};
use super::insight::{Insight, Insights};
use super::{AnalyzeError, Engine};
use crate::model::{Analysis, Interaction, Side};

/// Name of the engine on the command line.
pub const NAME: &str = "transformer";

/// Changes whenever the same text could be read differently.
pub const VERSION: &str = "transformer-2";

/// A sentence to be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The sentence before, by the same speaker; empty when there is none.
    pub before: String,
    /// The sentence itself.
    pub words: String,
    /// The side that speaks; `None` where that is not known.
    pub side: Option<Side>,
}

/// Reads sentences again.
pub trait SecondReader: Send + Sync {
    /// What is told of each sentence, in their order; places are in bytes of the sentence. An error says why nothing is.
    fn read(&self, sentences: Vec<Asked>) -> Result<Vec<Insight>, String>;

    /// Gives every fact and answer its meaning, where the reader knows meanings. An error says why it has none.
    fn embed(&self, _analyses: &mut [&mut Analysis]) -> Result<(), String> {
        Ok(())
    }
}

/// Which sentences are read again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Reach {
    /// Those that the linear models are not sure of.
    #[default]
    Doubtful,
    /// All of them.
    Everything,
}

type Load = Box<dyn Fn() -> Result<Box<dyn SecondReader>, String> + Send + Sync>;

/// The engine that has a second reader. It is loaded when something is to be read; where it cannot be, a warning says
/// why, once, and the embedded engine goes on alone.
pub struct TransformerEngine {
    load: Load,
    reader: OnceLock<Option<Box<dyn SecondReader>>>,
    reach: Reach,
}

impl TransformerEngine {
    /// The engine with the encoder of a local folder; `None` where none is named.
    pub fn new(folder: Option<PathBuf>, reach: Reach) -> Self {
        Self::with(Box::new(move || local_reader(folder.as_deref())), reach)
    }

    /// The engine with the reader that `load` makes.
    pub fn with(load: Load, reach: Reach) -> Self {
        Self { load, reader: OnceLock::new(), reach }
    }

    fn reader(&self) -> Option<&dyn SecondReader> {
        let load = || {
            let loaded = (self.load)();
            loaded.inspect_err(|reason| {
                tracing::warn!("the engine `transformer` cannot be used, `embedded` reads instead: {reason}");
            })
        };
        self.reader.get_or_init(|| load().ok()).as_deref()
    }

    /// What the second reader tells of each interaction.
    fn insights(&self, batch: &[Interaction]) -> Vec<Insights> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let doubts: Vec<Vec<Doubt>> = batch.iter().map(|interaction| self.doubts(interaction)).collect();
        let told = batch.iter().zip(&doubts);
        let asked = told.flat_map(|(interaction, doubts)| doubts.iter().map(|doubt| asked(&interaction.text, doubt)));
        let mut read = match reader.read(asked.collect()) {
            Ok(read) => read.into_iter(),
            Err(reason) => {
                tracing::warn!(interactions = batch.len(), "read by the engine `embedded` alone: {reason}");
                return Vec::new();
            }
        };
        let of_one = |doubts: Vec<Doubt>| {
            let told = doubts.into_iter().zip(read.by_ref());
            told.map(|(doubt, insight)| (doubt.range.start, moved(insight, doubt.range.start))).collect()
        };
        doubts.into_iter().map(of_one).collect()
    }

    fn doubts(&self, interaction: &Interaction) -> Vec<Doubt> {
        match self.reach {
            Reach::Doubtful => EmbeddedEngine.doubts(interaction),
            Reach::Everything => EmbeddedEngine.sentences(interaction),
        }
    }
}

impl Engine for TransformerEngine {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> &str {
        VERSION
    }

    fn reads_as(&self) -> &str {
        // What the embedded engine read alone is marked as read by it.
        if self.reader.get().is_some_and(Option::is_none) { embedded::VERSION } else { VERSION }
    }

    fn prepare(&self) {
        self.reader();
    }

    fn analyze(&self, batch: &[Interaction]) -> Vec<Result<Analysis, AnalyzeError>> {
        let mut insights = self.insights(batch).into_iter();
        let read = |interaction| {
            let read = match insights.next() {
                Some(told) => EmbeddedEngine.analyze_with(interaction, &told),
                None => EmbeddedEngine.analyze_one(interaction),
            };
            read.map(|read| read.analysis)
        };
        let mut read: Vec<_> = batch.iter().map(read).collect();
        if let Some(reader) = self.reader() {
            let mut analyses: Vec<&mut Analysis> = read.iter_mut().filter_map(|read| read.as_mut().ok()).collect();
            if let Err(reason) = reader.embed(&mut analyses) {
                tracing::warn!(interactions = batch.len(), "facts were left without their meaning: {reason}");
            }
        }
        read
    }
}

#[cfg(feature = "rust-bert")]
use local::reader as local_reader;

/// This build has no second reader.
#[cfg(not(feature = "rust-bert"))]
fn local_reader(_: Option<&std::path::Path>) -> Result<Box<dyn SecondReader>, String> {
    Err("this build has no rust-bert; `make encoder` makes one that has".to_owned())
}

fn asked(text: &str, doubt: &Doubt) -> Asked {
    // White space becomes blanks of the same length, so that places stay.
    let words = |range: &Range<usize>| {
        text.get(range.clone()).unwrap_or_default().replace(|c: char| c.is_ascii_whitespace(), " ")
    };
    Asked { before: doubt.before.as_ref().map(words).unwrap_or_default(), words: words(&doubt.range), side: doubt.side }
}

/// The insight with its places counted from the beginning of the text.
fn moved(mut insight: Insight, start: usize) -> Insight {
    let places = insight.mentions.iter_mut().map(|(_, range)| range);
    for range in places.chain(insight.roles.iter_mut().map(|(_, range)| range)) {
        *range = start + range.start..start + range.end;
    }
    insight
}

#[cfg(test)]
mod tests;
