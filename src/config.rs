//! Settings that every command shares.

use std::path::PathBuf;
use std::sync::Arc;

use crate::extract::{Engine, embedded::EmbeddedEngine};

/// Where the data is and how text is read.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder: archive and graph.
    pub data: PathBuf,
    /// Which engine reads text.
    pub engine: EngineName,
    /// The user's own handoff types and templates.
    pub templates: Option<PathBuf>,
    /// Privacy rules in the place of those of the data folder.
    pub privacy: Option<PathBuf>,
    /// Folder of the base model that the engine `transformer` and search by meaning use.
    pub encoder: Option<PathBuf>,
}

/// The engines of this build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum EngineName {
    /// Grammar and small linear models, shipped within the program.
    #[default]
    Embedded,
}

impl EngineName {
    /// Makes the engine.
    pub fn engine(self) -> Arc<dyn Engine> {
        match self {
            Self::Embedded => Arc::new(EmbeddedEngine),
        }
    }
}
