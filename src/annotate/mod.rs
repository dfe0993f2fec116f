//! Annotators of the user's own: models for names, classes and labels out of local folders, named in `annotators.toml`,
//! which read the sentences after the engine and add to its answer. Nothing is ever fetched.
//! Entry point: [`with`].
//!
//! Models and tokenizers are those of rust-bert. Its pipelines are not used, because they read the second batch of
//! tokens with the places of the first, classify without a mask, so that padding changes the answer, take the first
//! label of a model of entailment for contradiction and the third for entailment whatever `config.json` says, and panic
//! on what is missing. What stands in their place is `read`.

#[cfg(feature = "rust-bert")]
mod engine;
#[cfg(feature = "rust-bert")]
mod entities;
mod error;
#[cfg(feature = "rust-bert")]
mod folder;
#[cfg(feature = "rust-bert")]
mod merge;
#[cfg(feature = "rust-bert")]
mod models;
#[cfg(feature = "rust-bert")]
mod quiet;
#[cfg(feature = "rust-bert")]
mod read;
#[cfg(feature = "rust-bert")]
mod settings;
#[cfg(all(test, feature = "rust-bert"))]
mod testing;
#[cfg(all(test, feature = "rust-bert"))]
mod tests;
#[cfg(feature = "rust-bert")]
mod tokens;

use std::path::Path;
use std::sync::Arc;

pub use error::AnnotatorError;

use crate::extract::Engine;

/// Name of the file in the data folder that names annotators.
pub const FILE: &str = "annotators.toml";

/// The engine with the annotators of a file. A model is loaded when it first reads; one that cannot be loaded is told
/// of once and left out, and so is one whose folder lacks a file.
#[cfg(feature = "rust-bert")]
pub fn with(engine: Arc<dyn Engine>, file: &Path) -> Result<Arc<dyn Engine>, AnnotatorError> {
    let annotators = engine::annotators(settings::read(file)?);
    Ok(if annotators.is_empty() { engine } else { Arc::new(engine::Annotated::new(engine, annotators)) })
}

/// The engine without annotators, for this build has nothing to read them with.
#[cfg(not(feature = "rust-bert"))]
pub fn with(engine: Arc<dyn Engine>, file: &Path) -> Result<Arc<dyn Engine>, AnnotatorError> {
    std::fs::metadata(file).map_err(|source| AnnotatorError::File { path: file.to_owned(), source })?;
    tracing::warn!("{}: this build has no rust-bert, so its annotators are left out", file.display());
    Ok(engine)
}
