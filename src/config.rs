//! Settings that every command shares.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotate::{self, AnnotatorError};
use crate::extract::{Engine, embedded::EmbeddedEngine};

/// Where the data is and how text is read.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder: archive and graph.
    pub data: PathBuf,
    /// What reads text.
    pub engine: Reader,
    /// The user's own handoff types and templates.
    pub templates: Option<PathBuf>,
    /// Privacy rules in the place of those of the data folder.
    pub privacy: Option<PathBuf>,
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

/// The engine that was chosen, with the user's annotators.
#[derive(Clone)]
pub struct Reader(Arc<dyn Engine>);

impl Reader {
    /// The engine with the annotators of a file, else with those of the data folder, where it has any.
    pub fn new(name: EngineName, annotators: Option<&Path>, data: &Path) -> Result<Self, AnnotatorError> {
        let own = data.join(annotate::FILE);
        let file = annotators.or_else(|| own.exists().then_some(own.as_path()));
        let engine = name.engine();
        Ok(Self(match file {
            Some(file) => annotate::with(engine, file)?,
            None => engine,
        }))
    }

    /// The engine.
    pub fn engine(&self) -> Arc<dyn Engine> {
        Arc::clone(&self.0)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reader").field(&self.0.version()).finish()
    }
}
