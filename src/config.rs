//! Settings that every command shares, and the engine that they make.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotate::{self, AnnotatorError};
use crate::archive::{Archive, ArchiveError};
use crate::extract::{
    Engine,
    embedded::{self, EmbeddedEngine},
    transformer::{self, TransformerEngine},
};

/// Where the data is and how text is read.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder: archive and graph.
    pub data: PathBuf,
    /// Which engine reads text, where one was asked for.
    pub engine: Option<EngineName>,
    /// Folder of the base model that the engine `transformer` and search by meaning use.
    pub encoder: Option<PathBuf>,
    /// Models of the user's own that annotate what is read, in the place of those of the data folder.
    pub annotators: Option<PathBuf>,
    /// The user's own handoff types and templates.
    pub templates: Option<PathBuf>,
    /// Privacy rules in the place of those of the data folder.
    pub privacy: Option<PathBuf>,
}

/// Why no engine reads a data folder.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The annotators cannot be used.
    #[error(transparent)]
    Annotators(#[from] AnnotatorError),
    /// Another engine was asked for than the one that reads the folder.
    #[error("the engine `{own}` reads this data folder; `baton rebuild --engine {asked}` makes it `{asked}`", own = .own.name(), asked = .asked.name())]
    Other {
        /// The engine of the folder.
        own: EngineName,
        /// The engine that was asked for.
        asked: EngineName,
    },
}

impl Config {
    /// The engine that reads the data folder of `archive`: the one that read it before, else the one asked for, which
    /// the folder keeps to from then on.
    pub async fn engine(&self, archive: &Archive) -> Result<Arc<dyn Engine>, EngineError> {
        let name = self.engine_name(archive).await?;
        if archive.engine().await?.is_none() {
            archive.set_engine(name.name()).await?;
        }
        Ok(self.made(name)?)
    }

    /// The version of that engine, which marks what it found; no model is loaded.
    pub async fn engine_version(&self, archive: &Archive) -> Result<String, EngineError> {
        Ok(self.made(self.engine_name(archive).await?)?.version().to_owned())
    }

    /// Makes the engine that was asked for the one that reads the data folder of `archive` from now on.
    pub async fn switch_engine(&self, archive: &Archive) -> Result<Arc<dyn Engine>, EngineError> {
        let name = match self.engine {
            Some(name) => name,
            None => self.engine_name(archive).await?,
        };
        archive.set_engine(name.name()).await?;
        Ok(self.made(name)?)
    }

    /// The engine of that name, else the one asked for.
    pub fn engine_named(&self, name: Option<&str>) -> Result<Arc<dyn Engine>, AnnotatorError> {
        self.made(name.and_then(EngineName::of).or(self.engine).unwrap_or_default())
    }

    /// The engine with the annotators that were named, else with those of the data folder, where it has any.
    fn made(&self, name: EngineName) -> Result<Arc<dyn Engine>, AnnotatorError> {
        let engine = name.engine(self.encoder.as_deref());
        let own = self.data.join(annotate::FILE);
        match self.annotators.as_deref().or_else(|| own.exists().then_some(own.as_path())) {
            Some(file) => annotate::with(engine, file),
            None => Ok(engine),
        }
    }

    async fn engine_name(&self, archive: &Archive) -> Result<EngineName, EngineError> {
        let own = archive.engine().await?.and_then(|name| EngineName::of(&name));
        match (own, self.engine) {
            (Some(own), Some(asked)) if own != asked => Err(EngineError::Other { own, asked }),
            (own, asked) => Ok(own.or(asked).unwrap_or_default()),
        }
    }
}

/// The engines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum EngineName {
    /// Grammar and small linear models, shipped within the program.
    #[default]
    Embedded,
    /// The same with a small encoder for what they are not sure of; needs `--encoder`.
    Transformer,
}

impl EngineName {
    const ALL: [Self; 2] = [Self::Embedded, Self::Transformer];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Embedded => embedded::NAME,
            Self::Transformer => transformer::NAME,
        }
    }

    /// Makes the engine; `encoder` is the folder of the base model.
    pub fn engine(self, encoder: Option<&Path>) -> Arc<dyn Engine> {
        match self {
            Self::Embedded => Arc::new(EmbeddedEngine),
            Self::Transformer => {
                Arc::new(TransformerEngine::new(encoder.map(Path::to_owned), transformer::Reach::Doubtful))
            }
        }
    }
}
