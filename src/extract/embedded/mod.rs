//! The default engine: pure Rust, no downloads. It composes the readers of zones, sentences, times, acts, topics,
//! sentiment and mentions into one [`Analysis`], and lets no fact through whose quote is not in the text.
//! Entry point: [`EmbeddedEngine`].

mod doubt;
mod explain;
mod facts;
pub(crate) mod gate;
mod grammar;
mod language;
mod people;
mod reading;
mod speakers;
#[cfg(test)]
mod tests;

pub use doubt::Doubt;
pub use explain::Explanation;
#[cfg(feature = "rust-bert")]
pub(crate) use facts::one_line;
pub use grammar::Grammar;

use super::{AnalyzeError, Engine, insight::Insights, structured};
use crate::model::{Analysis, Interaction};

/// Name of the engine on the command line.
pub const NAME: &str = "embedded";

/// Changes whenever the same text could be read differently.
pub const VERSION: &str = crate::model::EMBEDDED_VERSION;

/// A text above this many bytes is no message that a person wrote.
pub const LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// The engine that needs nothing but itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmbeddedEngine;

impl Engine for EmbeddedEngine {
    fn name(&self) -> &'static str {
        NAME
    }

    fn version(&self) -> &str {
        VERSION
    }

    fn analyze(&self, batch: &[Interaction]) -> Vec<Result<Analysis, AnalyzeError>> {
        batch.iter().map(|interaction| self.analyze_one(interaction).map(|read| read.analysis)).collect()
    }
}

/// An analysis with what the gate refused.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The analysis.
    pub analysis: Analysis,
    /// Findings whose quote was not the text at their span; always zero unless a reader is wrong.
    pub refused: usize,
}

impl EmbeddedEngine {
    /// Reads one interaction.
    pub fn analyze_one(&self, interaction: &Interaction) -> Result<Checked, AnalyzeError> {
        read(interaction, None)
    }

    /// Reads one interaction in the light of what a larger model tells of its sentences.
    pub fn analyze_with(&self, interaction: &Interaction, insights: &Insights) -> Result<Checked, AnalyzeError> {
        read(interaction, Some(insights))
    }

    /// The sentences that a larger model should read too, in text order.
    pub fn doubts(&self, interaction: &Interaction) -> Vec<Doubt> {
        let is_read = interaction.text.len() <= LIMIT_BYTES && structured::read(interaction).is_none();
        if is_read { doubt::doubts(interaction) } else { Vec::new() }
    }

    /// Every sentence of the new part that is read.
    pub fn sentences(&self, interaction: &Interaction) -> Vec<Doubt> {
        let is_read = interaction.text.len() <= LIMIT_BYTES && structured::read(interaction).is_none();
        if is_read { doubt::all(interaction) } else { Vec::new() }
    }

    /// What grammar and signs say of each sentence, without the models.
    pub fn grammar(&self, interaction: &Interaction) -> Vec<Grammar> {
        grammar::alone(interaction)
    }

    /// For each sentence of an interaction the rules that fired and the reasons weighed with them.
    pub fn explain(&self, interaction: &Interaction) -> Vec<Explanation> {
        explain::explain(interaction)
    }
}

fn read(interaction: &Interaction, insights: Option<&Insights>) -> Result<Checked, AnalyzeError> {
    if interaction.text.len() > LIMIT_BYTES {
        return Err(AnalyzeError::TooLarge { bytes: interaction.text.len(), limit: LIMIT_BYTES });
    }
    let mut analysis = match structured::read(interaction) {
        Some(findings) => Analysis { findings, ..Analysis::default() },
        None => reading::read(interaction, insights),
    };
    let refused = gate::check(&interaction.text, &mut analysis.findings);
    Ok(Checked { analysis, refused })
}
