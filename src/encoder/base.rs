//! The base model: `config.json`, `vocab.txt` and `model.safetensors` (or `rust_model.ot`) of a local folder, as a
//! BERT encoder without its pooling layer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use tch::{Device, Kind, Tensor, nn};

use super::tokens::{Tokens, Vocabulary};
use super::{EncodeError, LoadError};

/// Tensors by name.
pub(crate) type Tensors = BTreeMap<String, Tensor>;

/// A base model.
pub(super) struct Base {
    pub(super) config: BertConfig,
    pub(super) vocabulary: Vocabulary,
    model: BertModel<BertEmbeddings>,
    store: nn::VarStore,
}

/// What a model made of a batch of texts.
pub(super) struct Encoded {
    /// Hidden states, `[texts, tokens, hidden]`.
    pub(super) states: Tensor,
    /// 1 for every own token of a text and 0 for others, `[texts, tokens]`.
    pub(super) own: Tensor,
}

impl Base {
    /// Loads the model of a folder; `change` may change its tensors first.
    pub(super) fn load(
        folder: &Path,
        change: impl FnOnce(&mut Tensors, &BertConfig) -> Result<(), LoadError>,
    ) -> Result<Self, LoadError> {
        let config = read_config(&folder.join("config.json"))?;
        let vocabulary = Vocabulary::read(folder)?;
        let path = weights_of(folder);
        let named = read_tensors(&path)?.into_iter();
        let mut tensors: Tensors =
            named.map(|(name, tensor)| (name.strip_prefix("bert.").unwrap_or(&name).to_owned(), tensor)).collect();
        change(&mut tensors, &config)?;
        let store = nn::VarStore::new(Device::Cpu);
        let model = BertModel::new_with_optional_pooler(store.root(), &config, false);
        fill(&store, &tensors, &path)?;
        if vocabulary.len() as i64 > config.vocab_size {
            let reason = format!("has {} tokens, the model knows {}", vocabulary.len(), config.vocab_size);
            return Err(LoadError::Content { path: folder.join("vocab.txt"), reason });
        }
        Ok(Self { config, vocabulary, model, store })
    }

    /// Computes with sixteen bits from now on, where the processor does that faster.
    pub(super) fn halve(&mut self) {
        if computes_halves() {
            self.store.bfloat16();
        }
    }

    /// Reads texts of at most the model's length.
    pub(super) fn encode(&self, texts: &[&Tokens]) -> Result<Encoded, EncodeError> {
        let longest = texts.iter().map(|text| text.ids.len()).max().unwrap_or_default();
        let (mut ids, mut types, mut mask, mut own) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for text in texts {
            let (length, last) = (text.ids.len(), text.ids.len().saturating_sub(1));
            for at in 0..longest {
                ids.push(text.ids.get(at).copied().unwrap_or_default());
                types.push(i64::from(text.start > 1 && (text.start..length).contains(&at)));
                mask.push(i64::from(at < length));
                own.push(f32::from(u8::from((text.start..last).contains(&at))));
            }
        }
        let shape = [texts.len() as i64, longest as i64];
        let tensor = |values: &[i64]| Tensor::from_slice(values).view(shape);
        let output = tch::no_grad(|| {
            let (ids, types, mask) = (tensor(&ids), tensor(&types), tensor(&mask));
            self.model.forward_t(Some(&ids), Some(&mask), Some(&types), None, None, None, None, false)
        });
        let output = output.map_err(|error| EncodeError::Torch(error.to_string()))?;
        Ok(Encoded { states: output.hidden_state.to_kind(Kind::Float), own: Tensor::from_slice(&own).view(shape) })
    }
}

/// Says whether the processor multiplies numbers of sixteen bits.
fn computes_halves() -> bool {
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx512bf16");
    #[cfg(not(target_arch = "x86_64"))]
    false
}

impl Encoded {
    /// The mean over each text's own tokens, `[texts, hidden]`.
    pub(super) fn means(&self) -> Tensor {
        let count = self.own.sum_dim_intlist([1i64].as_slice(), true, Kind::Float).clamp_min(1.0);
        let shares = (&self.own / count).unsqueeze(-1);
        (&self.states * shares).sum_dim_intlist([1i64].as_slice(), false, Kind::Float)
    }
}

fn read_config(path: &Path) -> Result<BertConfig, LoadError> {
    let text = std::fs::read_to_string(path).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
    let wrong = |reason: String| LoadError::Content { path: path.to_owned(), reason };
    let config: BertConfig = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let sizes = [config.hidden_size, config.num_attention_heads, config.num_hidden_layers, config.vocab_size];
    if sizes.iter().any(|size| !(1..=1 << 20).contains(size)) || config.hidden_size % config.num_attention_heads != 0 {
        return Err(wrong("its sizes make no model".to_owned()));
    }
    Ok(config)
}

/// The file with a folder's weights: the one made for this library, else the common one.
pub(crate) fn weights_of(folder: &Path) -> PathBuf {
    let converted = folder.join("rust_model.ot");
    if converted.exists() { converted } else { folder.join("model.safetensors") }
}

/// Every tensor of a file of weights.
pub(crate) fn read_tensors(path: &Path) -> Result<Tensors, LoadError> {
    std::fs::metadata(path).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
    let is_safe = path.extension().is_some_and(|extension| extension == "safetensors");
    let read = if is_safe { Tensor::read_safetensors(path) } else { Tensor::load_multi(path) };
    let wrong = |error: tch::TchError| LoadError::Content {
        path: path.to_owned(),
        reason: error.to_string().lines().next().unwrap_or_default().to_owned(),
    };
    Ok(read.map_err(wrong)?.into_iter().collect())
}

/// Gives every variable of the store the tensor of its name.
pub(crate) fn fill(store: &nn::VarStore, tensors: &Tensors, path: &Path) -> Result<(), LoadError> {
    for (name, mut variable) in store.variables() {
        let tensor =
            tensors.get(&name).ok_or_else(|| LoadError::Missing { path: path.to_owned(), name: name.clone() })?;
        if tensor.size() != variable.size() {
            let (found, expected) = (tensor.size(), variable.size());
            return Err(LoadError::Shape { path: path.to_owned(), name, found, expected });
        }
        tch::no_grad(|| variable.f_copy_(tensor))
            .map_err(|error| LoadError::Content { path: path.to_owned(), reason: error.to_string() })?;
    }
    Ok(())
}
