//! The encoder that reads sentences: the base with the shipped adapters and heads.

use std::path::Path;

use super::adapters::Adapters;
use super::base::Base;
use super::heads::{Heads, Reading};
use super::thread::Worker;
use super::tokens::{Pair, Tokens};
use super::{EncodeError, LoadError, batch};

/// The adapted encoder, on its thread.
#[derive(Debug)]
pub struct Encoder {
    worker: Worker<Pair, Reading>,
}

impl Encoder {
    /// Loads the base model of `folder` with the shipped adapters.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        Ok(Self { worker: Worker::start("encoder", folder.to_owned(), Model::load, Model::read)? })
    }

    /// Reads sentences; the answers are in their order.
    pub fn read(&self, sentences: Vec<Pair>) -> Result<Vec<Reading>, EncodeError> {
        self.worker.ask(sentences)
    }
}

struct Model {
    base: Base,
    heads: Heads,
}

impl Model {
    fn load(folder: &Path) -> Result<Self, LoadError> {
        let adapters = Adapters::shipped()?;
        let mut base = Base::load(folder, |tensors, config| adapters.merge(tensors, config))?;
        let heads = Heads::take(&adapters, base.config.hidden_size)?;
        base.halve();
        Ok(Self { base, heads })
    }

    fn read(&self, sentences: &[Pair]) -> Result<Vec<Reading>, EncodeError> {
        let tokens: Vec<Tokens> = sentences.iter().map(|pair| self.base.vocabulary.pair(pair)).collect();
        batch::each(&tokens, |batch| Ok(self.heads.read(batch, &self.base.encode(batch)?)))
    }
}
