//! A small encoder for sentences: `MiniLM` out of a local folder, with the adapters and heads of `models/encoder` merged
//! into it, on a thread of its own. It tells of each sentence what it does, what it is about, its mood, which words are
//! names and which carry an act. Without the adapters it makes vectors of meaning. Nothing is ever fetched.
//! Entry points: [`Encoder`], [`Vectors`].
//!
//! Sources: BERT (Devlin et al. 2019), low-rank adapters (Hu et al. 2021), sentence vectors (Reimers and Gurevych 2019).

mod adapted;
mod adapters;
mod base;
mod batch;
mod error;
mod heads;
mod thread;
mod tokens;
mod vectors;

pub use adapted::Encoder;
pub use adapters::classes;
pub(crate) use base::{Tensors, fill, read_tensors, weights_of};
pub(crate) use batch::by_length;
pub use error::{EncodeError, LoadError};
pub use heads::{Reading, Tagged};
pub(crate) use thread::Worker;
pub use tokens::Pair;
pub use vectors::Vectors;
