//! The base model, loaded when it is first needed, and the meanings it made. Without a folder, or without the feature
//! `rust-bert`, nothing has a meaning and search goes by words.

use std::path::PathBuf;
use std::sync::Arc;
#[cfg(feature = "rust-bert")]
use std::sync::OnceLock;

#[cfg(feature = "rust-bert")]
use moka::sync::Cache;

#[cfg(feature = "rust-bert")]
use crate::encoder::Vectors;
use crate::model::Meaning;

/// Meanings kept in memory, of half a kilobyte each.
#[cfg(feature = "rust-bert")]
const KEPT: u64 = 100_000;

/// Makes meanings of texts. Cheap to clone; clones share the model.
#[derive(Clone, Debug, Default)]
pub struct Meanings {
    model: Option<Arc<Model>>,
}

impl Meanings {
    /// By the base model of `folder`; it is loaded when it is first needed. Says in the log when that cannot be.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { model: folder.and_then(Model::of).map(Arc::new) }
    }

    /// Says whether texts can have meanings, as far as is known before the model is loaded.
    pub fn is_there(&self) -> bool {
        self.model.is_some()
    }

    /// The meaning of every text, in their order; `None` where there is no model or it failed, which the log says.
    pub fn of(&self, texts: &[&str]) -> Vec<Option<Meaning>> {
        self.model.as_ref().map_or_else(|| vec![None; texts.len()], |model| model.read(texts))
    }

    /// Forgets what was read, as an erasure wants it.
    pub fn forget(&self) {
        if let Some(model) = &self.model {
            model.forget();
        }
    }
}

/// No model in this build.
#[cfg(not(feature = "rust-bert"))]
#[derive(Debug)]
enum Model {}

#[cfg(not(feature = "rust-bert"))]
impl Model {
    fn of(_: PathBuf) -> Option<Self> {
        tracing::warn!("search goes by words alone: this program is built without the encoder (feature rust-bert)");
        None
    }

    fn read(&self, _: &[&str]) -> Vec<Option<Meaning>> {
        match *self {}
    }

    fn forget(&self) {
        match *self {}
    }
}

/// The model and what it read. Texts are kept as hashes.
#[cfg(feature = "rust-bert")]
#[derive(Debug)]
struct Model {
    folder: PathBuf,
    vectors: OnceLock<Option<Vectors>>,
    kept: Cache<[u8; 32], Meaning>,
}

#[cfg(feature = "rust-bert")]
impl Model {
    #[expect(clippy::unnecessary_wraps, reason = "a build without the encoder has none")]
    fn of(folder: PathBuf) -> Option<Self> {
        Some(Self { folder, vectors: OnceLock::new(), kept: Cache::new(KEPT) })
    }

    fn vectors(&self) -> Option<&Vectors> {
        let load = || {
            let failed = |error| tracing::warn!(%error, "search goes by words alone: the base model cannot be loaded");
            Vectors::load(&self.folder).map_err(failed).ok()
        };
        self.vectors.get_or_init(load).as_ref()
    }

    fn read(&self, texts: &[&str]) -> Vec<Option<Meaning>> {
        let Some(vectors) = self.vectors() else { return vec![None; texts.len()] };
        let key = |text: &str| *blake3::hash(text.as_bytes()).as_bytes();
        let mut found: Vec<Option<Meaning>> = texts.iter().map(|text| self.kept.get(&key(text))).collect();
        let missing: Vec<usize> = (0..texts.len()).filter(|at| found[*at].is_none()).collect();
        match vectors.of(missing.iter().map(|at| texts[*at].to_owned()).collect()) {
            Ok(made) => {
                for (at, vector) in missing.into_iter().zip(made) {
                    found[at] = Meaning::of(&vector);
                    if let Some(meaning) = &found[at] {
                        self.kept.insert(key(texts[at]), meaning.clone());
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "no meanings could be read"),
        }
        found
    }

    fn forget(&self) {
        self.kept.invalidate_all();
    }
}
