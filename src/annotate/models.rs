//! Every architecture as one function from a batch of texts to logits.

use rust_bert::RustBertError;
use rust_bert::albert::{AlbertForSequenceClassification, AlbertForTokenClassification};
use rust_bert::bert::{BertForSequenceClassification, BertForTokenClassification};
use rust_bert::deberta::{DebertaForSequenceClassification, DebertaForTokenClassification};
use rust_bert::deberta_v2::{DebertaV2ForSequenceClassification, DebertaV2ForTokenClassification};
use rust_bert::distilbert::{DistilBertForTokenClassification, DistilBertModelClassifier};
use rust_bert::electra::ElectraForTokenClassification;
use rust_bert::mobilebert::{MobileBertForSequenceClassification, MobileBertForTokenClassification};
use rust_bert::pipelines::common::ModelType;
use rust_bert::roberta::{RobertaForSequenceClassification, RobertaForTokenClassification};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tch::{Kind, Tensor, nn};

use super::settings::Architecture;
use super::tokens::Input;

/// Logits of a batch: `[texts, labels]`, or `[texts, tokens, labels]` of a model of tokens.
pub(super) type Forward = Box<dyn Fn(&Input) -> Result<Tensor, RustBertError>>;

impl Architecture {
    /// The library's name of it.
    pub(super) fn model_type(self) -> ModelType {
        match self {
            Self::Albert => ModelType::Albert,
            Self::Bert => ModelType::Bert,
            Self::Deberta => ModelType::Deberta,
            Self::DebertaV2 => ModelType::DebertaV2,
            Self::DistilBert => ModelType::DistilBert,
            Self::Electra => ModelType::Electra,
            Self::MobileBert => ModelType::MobileBert,
            Self::Roberta => ModelType::Roberta,
            Self::XlmRoberta => ModelType::XLMRoberta,
        }
    }
}

/// The configuration of an architecture; `Err` says which key is wrong.
fn config<C: DeserializeOwned>(told: &Value) -> Result<C, String> {
    serde_json::from_value(told.clone()).map_err(|error| error.to_string())
}

/// A model with the arguments of its pass over a batch: `plain` cannot refuse one, the others may.
macro_rules! forward {
    (plain $model:ty, $root:expr, $told:expr) => {
        forward!($model, $root, $told, |model, i| {
            Ok(model.forward_t(Some(&i.ids), Some(&i.mask), Some(&i.types), None, None, false).logits)
        })
    };
    (deberta $model:ty, $root:expr, $told:expr) => {
        forward!($model, $root, $told, |model, i| {
            Ok(model.forward_t(Some(&i.ids), Some(&i.mask), Some(&i.types), None, None, false)?.logits)
        })
    };
    (distilbert $model:ty, $root:expr, $told:expr) => {
        forward!($model, $root, $told, |model, i| {
            Ok(model.forward_t(Some(&i.ids), Some(&i.mask), None, false)?.logits)
        })
    };
    (mobilebert $model:ty, $root:expr, $told:expr) => {
        forward!($model, $root, $told, |model, i| {
            Ok(model.forward_t(Some(&i.ids), Some(&i.types), None, None, Some(&i.mask), false)?.logits)
        })
    };
    // The library adds the mask of this one to the scores as it is, so it gets what is to be added.
    (electra $model:ty, $root:expr, $told:expr) => {
        forward!($model, $root, $told, |model, i| {
            let added = (&i.mask - 1i64).to_kind(Kind::Float) * 10_000.0;
            Ok(model.forward_t(Some(&i.ids), Some(&added), Some(&i.types), None, None, false).logits)
        })
    };
    ($model:ty, $root:expr, $told:expr, |$own:ident, $i:ident| $pass:expr) => {{
        let $own = <$model>::new($root, &config($told)?).map_err(|error| error.to_string())?;
        Ok(Box::new(move |$i: &Input| $pass))
    }};
}

/// A model that tells something of every token.
pub(super) fn of_tokens(architecture: Architecture, root: &nn::Path<'_>, told: &Value) -> Result<Forward, String> {
    match architecture {
        Architecture::Albert => forward!(plain AlbertForTokenClassification, root, told),
        Architecture::Bert => forward!(plain BertForTokenClassification, root, told),
        Architecture::Deberta => forward!(deberta DebertaForTokenClassification, root, told),
        Architecture::DebertaV2 => forward!(deberta DebertaV2ForTokenClassification, root, told),
        Architecture::DistilBert => forward!(distilbert DistilBertForTokenClassification, root, told),
        Architecture::Electra => forward!(electra ElectraForTokenClassification, root, told),
        Architecture::MobileBert => forward!(mobilebert MobileBertForTokenClassification, root, told),
        Architecture::Roberta | Architecture::XlmRoberta => {
            forward!(plain RobertaForTokenClassification, root, told)
        }
    }
}

/// A model that tells something of a text or of a pair of texts.
pub(super) fn of_texts(architecture: Architecture, root: &nn::Path<'_>, told: &Value) -> Result<Forward, String> {
    match architecture {
        Architecture::Albert => forward!(plain AlbertForSequenceClassification, root, told),
        Architecture::Bert => forward!(plain BertForSequenceClassification, root, told),
        Architecture::Deberta => forward!(deberta DebertaForSequenceClassification, root, told),
        Architecture::DebertaV2 => forward!(deberta DebertaV2ForSequenceClassification, root, told),
        Architecture::DistilBert => forward!(distilbert DistilBertModelClassifier, root, told),
        // The settings refuse it before.
        Architecture::Electra => Err("rust-bert has electra for ner only".to_owned()),
        Architecture::MobileBert => forward!(mobilebert MobileBertForSequenceClassification, root, told),
        Architecture::Roberta | Architecture::XlmRoberta => {
            forward!(plain RobertaForSequenceClassification, root, told)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tch::Device;

    /// Every key that some architecture asks for, with small sizes.
    fn told() -> Value {
        let told = r#"{
            "hidden_act": "gelu", "activation": "gelu", "attention_probs_dropout_prob": 0.0, "attention_dropout": 0.0,
            "hidden_dropout_prob": 0.0, "dropout": 0.0, "qa_dropout": 0.0, "seq_classif_dropout": 0.0,
            "classifier_dropout_prob": 0.0, "hidden_size": 16, "dim": 16, "embedding_size": 16, "hidden_dim": 32,
            "intermediate_size": 32, "initializer_range": 0.02, "max_position_embeddings": 64, "n_heads": 2,
            "num_attention_heads": 2, "n_layers": 2, "num_hidden_layers": 2, "inner_group_num": 1,
            "num_hidden_groups": 1, "sinusoidal_pos_embds": false, "tie_weights_": true, "type_vocab_size": 2,
            "vocab_size": 40, "bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0, "layer_norm_eps": 1e-7,
            "intra_bottleneck_size": 16, "use_bottleneck": true, "num_feedforward_networks": 1,
            "relative_attention": true, "pos_att_type": "c2p|p2c", "max_relative_positions": -1,
            "position_biased_input": false, "id2label": {"0": "a", "1": "b", "2": "c"},
            "label2id": {"a": 0, "b": 1, "c": 2}
        }"#;
        serde_json::from_str(told).unwrap()
    }

    fn input(rows: &[&[i64]], pad: i64) -> Input {
        let longest = rows.iter().map(|row| row.len()).max().unwrap();
        let padded = |of: &dyn Fn(Option<&i64>) -> i64| {
            let flat: Vec<i64> = rows.iter().flat_map(|row| (0..longest).map(|at| of(row.get(at)))).collect();
            Tensor::from_slice(&flat).view([rows.len() as i64, longest as i64])
        };
        let mask = padded(&|id| i64::from(id.is_some()));
        Input { ids: padded(&|id| id.copied().unwrap_or(pad)), types: mask.zeros_like(), mask }
    }

    #[test]
    fn every_architecture_reads_and_minds_the_mask() {
        let short: &[i64] = &[2, 9, 3];
        let long: &[i64] = &[2, 7, 8, 9, 10, 11, 3];
        let all = [
            Architecture::Albert,
            Architecture::Bert,
            Architecture::Deberta,
            Architecture::DebertaV2,
            Architecture::DistilBert,
            Architecture::Electra,
            Architecture::MobileBert,
            Architecture::Roberta,
            Architecture::XlmRoberta,
        ];
        for architecture in all {
            let is_roberta = matches!(architecture, Architecture::Roberta | Architecture::XlmRoberta);
            let pad = i64::from(is_roberta);
            for name in ["tokens", "texts"] {
                if architecture == Architecture::Electra && name == "texts" {
                    continue;
                }
                let store = nn::VarStore::new(Device::Cpu);
                let of = if name == "tokens" { of_tokens } else { of_texts };
                let forward = of(architecture, &store.root(), &told()).unwrap();
                tch::no_grad(|| {
                    // This one reads neighbours together, and for that padding means nothing in every trained model.
                    if architecture == Architecture::MobileBert {
                        let named = store.variables();
                        let words = &named["mobilebert.embeddings.word_embeddings.weight"];
                        let _ = words.get(pad).zero_();
                    }
                    let (alone, both) = (forward(&input(&[short], pad)), forward(&input(&[long, short], pad)));
                    let (alone, both) = (alone.unwrap().get(0), both.unwrap().get(1));
                    let both = if name == "tokens" { both.narrow(0, 0, 3) } else { both };
                    let apart = ((&alone - both).abs().max() / alone.abs().max()).double_value(&[]);
                    assert!(apart < 1e-4, "{architecture:?} of {name}: {apart}");
                });
            }
        }
    }
}
