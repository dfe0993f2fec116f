//! Vectors of meaning: the base model without adapters; texts that say the same lie near each other.

use std::path::Path;

use tch::Kind;

use super::base::Base;
use super::thread::Worker;
use super::tokens::Tokens;
use super::{EncodeError, LoadError, batch};

/// Longest part of a text that is read, in tokens, as the base was trained.
const LONGEST: usize = 254;

/// The model that makes vectors, on its thread.
#[derive(Debug)]
pub struct Vectors {
    worker: Worker<String, Vec<f32>>,
}

impl Vectors {
    /// Loads the base model of `folder`.
    pub fn load(folder: &Path) -> Result<Self, LoadError> {
        let load = |folder: &Path| {
            let mut base = Base::load(folder, |_, _| Ok(()))?;
            base.halve();
            Ok(base)
        };
        Ok(Self { worker: Worker::start("vectors", folder.to_owned(), load, encode)? })
    }

    /// The vector of every text, of length one, in their order.
    pub fn of(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, EncodeError> {
        self.worker.ask(texts)
    }
}

fn encode(base: &Base, texts: &[String]) -> Result<Vec<Vec<f32>>, EncodeError> {
    let tokens: Vec<Tokens> = texts.iter().map(|text| base.vocabulary.alone(text, LONGEST)).collect();
    batch::each(&tokens, |batch| {
        let means = base.encode(batch)?.means();
        let lengths = means.square().sum_dim_intlist([1i64].as_slice(), true, Kind::Float).sqrt().clamp_min(1e-9);
        let flat = Vec::<f32>::try_from((means / lengths).contiguous().view([-1i64]))?;
        Ok(flat.chunks_exact(base.config.hidden_size as usize).map(<[f32]>::to_vec).collect())
    })
}
