//! The adapters and heads of `models/encoder`. An adapter is two thin matrices whose product is added to a linear layer
//! of the base when it is loaded, so reading costs nothing more.

use rust_bert::bert::BertConfig;
use safetensors::SafeTensors;
use safetensors::tensor::Dtype;
use tch::{Kind, Tensor};

use super::LoadError;
use super::base::Tensors;

/// What training wrote.
static TRAINED: &[u8] = include_bytes!("../../models/encoder/adapters.safetensors");

/// How much an adapter counts, as in `models/train/adapted.py`.
const SCALE: f64 = 2.0;

/// What training calls a linear layer, and what the base does.
const LAYERS: [(&str, &str); 6] = [
    ("query", "attention.self.query"),
    ("key", "attention.self.key"),
    ("value", "attention.self.value"),
    ("attended", "attention.output.dense"),
    ("inner", "intermediate.dense"),
    ("outer", "output.dense"),
];

/// The acts and topics that the shipped adapters tell, in order.
pub fn classes() -> Result<Vec<String>, LoadError> {
    let wrong = |reason: String| LoadError::Adapters(reason);
    let (_, head) = SafeTensors::read_metadata(TRAINED).map_err(|error| wrong(error.to_string()))?;
    let told = head.metadata().as_ref().and_then(|told| told.get("classes"));
    let told = told.ok_or_else(|| wrong("they do not say what they tell".to_owned()))?;
    serde_json::from_str(told).map_err(|error| wrong(error.to_string()))
}

/// The trained tensors, in thirty-two bits.
pub(super) struct Adapters {
    tensors: Tensors,
}

impl Adapters {
    /// Reads the shipped ones.
    pub(super) fn shipped() -> Result<Self, LoadError> {
        Self::read(TRAINED)
    }

    fn read(bytes: &[u8]) -> Result<Self, LoadError> {
        let wrong = |reason: String| LoadError::Adapters(reason);
        let file = SafeTensors::deserialize(bytes).map_err(|error| wrong(error.to_string()))?;
        let mut tensors = Tensors::new();
        for (name, view) in file.tensors() {
            if view.dtype() != Dtype::F16 {
                return Err(wrong(format!("{name} is not of sixteen bits")));
            }
            let shape: Vec<i64> = view.shape().iter().map(|size| *size as i64).collect();
            let read =
                Tensor::f_from_data_size(view.data(), &shape, Kind::Half).map_err(|error| wrong(error.to_string()))?;
            tensors.insert(name, read.to_kind(Kind::Float));
        }
        Ok(Self { tensors })
    }

    /// A head or a part of it.
    pub(super) fn take(&self, name: &str) -> Result<Tensor, LoadError> {
        let found = self.tensors.get(name).ok_or_else(|| LoadError::Adapters(format!("{name} is missing")))?;
        Ok(found.shallow_clone())
    }

    /// Adds every adapter to its layer of the base.
    pub(super) fn merge(&self, base: &mut Tensors, config: &BertConfig) -> Result<(), LoadError> {
        for layer in 0..config.num_hidden_layers {
            for (trained, named) in LAYERS {
                let (down, up) = (format!("layers.{layer}.{trained}.down"), format!("layers.{layer}.{trained}.up"));
                let (down, up) = (self.take(&down)?, self.take(&up)?);
                let name = format!("encoder.layer.{layer}.{named}.weight");
                let unfit = |reason: &str| LoadError::Adapters(format!("{name} {reason}"));
                let weight = base.get_mut(&name).ok_or_else(|| unfit("is not in the base model"))?;
                let product = up.f_matmul(&down).map_err(|_| unfit("has an adapter of no rank"))? * SCALE;
                if product.size() != weight.size() {
                    return Err(unfit("is of another size"));
                }
                *weight = weight.to_kind(Kind::Float) + product;
            }
        }
        Ok(())
    }
}
