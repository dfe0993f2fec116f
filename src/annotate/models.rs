//! Every architecture as one function from a batch of texts to logits.

use rust_bert::RustBertError;
use rust_bert::albert::{AlbertConfig, AlbertForSequenceClassification, AlbertForTokenClassification};
use rust_bert::bert::{BertConfig, BertForSequenceClassification, BertForTokenClassification};
use rust_bert::deberta::{DebertaConfig, DebertaForSequenceClassification, DebertaForTokenClassification};
use rust_bert::deberta_v2::{DebertaV2Config, DebertaV2ForSequenceClassification, DebertaV2ForTokenClassification};
use rust_bert::distilbert::{DistilBertConfig, DistilBertForTokenClassification, DistilBertModelClassifier};
use rust_bert::electra::{ElectraConfig, ElectraForTokenClassification};
use rust_bert::mobilebert::{MobileBertConfig, MobileBertForSequenceClassification, MobileBertForTokenClassification};
use rust_bert::pipelines::common::ModelType;
use rust_bert::roberta::{RobertaConfig, RobertaForSequenceClassification, RobertaForTokenClassification};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tch::{Tensor, nn};

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

/// A model whose pass over a batch cannot be refused.
macro_rules! plain {
    ($model:ty, $config:ty, $root:expr, $told:expr) => {{
        let model = <$model>::new($root, &config::<$config>($told)?).map_err(|error| error.to_string())?;
        let forward =
            move |i: &Input| Ok(model.forward_t(Some(&i.ids), Some(&i.mask), Some(&i.types), None, None, false).logits);
        Ok(Box::new(forward))
    }};
}

/// A model whose pass over a batch may be refused, with the arguments in its own order.
macro_rules! fallible {
    ($model:ty, $config:ty, $root:expr, $told:expr, |$i:ident| $($argument:expr),+) => {{
        let model = <$model>::new($root, &config::<$config>($told)?).map_err(|error| error.to_string())?;
        Ok(Box::new(move |$i: &Input| Ok(model.forward_t($($argument),+, false)?.logits)))
    }};
}

/// A model that tells something of every token.
pub(super) fn of_tokens(architecture: Architecture, root: &nn::Path<'_>, told: &Value) -> Result<Forward, String> {
    match architecture {
        Architecture::Albert => plain!(AlbertForTokenClassification, AlbertConfig, root, told),
        Architecture::Bert => plain!(BertForTokenClassification, BertConfig, root, told),
        Architecture::Deberta => {
            fallible!(
                DebertaForTokenClassification,
                DebertaConfig,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.mask),
                Some(&i.types),
                None,
                None
            )
        }
        Architecture::DebertaV2 => {
            fallible!(
                DebertaV2ForTokenClassification,
                DebertaV2Config,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.mask),
                Some(&i.types),
                None,
                None
            )
        }
        Architecture::DistilBert => {
            fallible!(
                DistilBertForTokenClassification,
                DistilBertConfig,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.mask),
                None
            )
        }
        Architecture::Electra => plain!(ElectraForTokenClassification, ElectraConfig, root, told),
        Architecture::MobileBert => {
            fallible!(
                MobileBertForTokenClassification,
                MobileBertConfig,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.types),
                None,
                None,
                Some(&i.mask)
            )
        }
        Architecture::Roberta | Architecture::XlmRoberta => {
            plain!(RobertaForTokenClassification, RobertaConfig, root, told)
        }
    }
}

/// A model that tells something of a text or of a pair of texts.
pub(super) fn of_texts(architecture: Architecture, root: &nn::Path<'_>, told: &Value) -> Result<Forward, String> {
    match architecture {
        Architecture::Albert => plain!(AlbertForSequenceClassification, AlbertConfig, root, told),
        Architecture::Bert => plain!(BertForSequenceClassification, BertConfig, root, told),
        Architecture::Deberta => {
            fallible!(
                DebertaForSequenceClassification,
                DebertaConfig,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.mask),
                Some(&i.types),
                None,
                None
            )
        }
        Architecture::DebertaV2 => {
            fallible!(
                DebertaV2ForSequenceClassification,
                DebertaV2Config,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.mask),
                Some(&i.types),
                None,
                None
            )
        }
        Architecture::DistilBert => {
            fallible!(DistilBertModelClassifier, DistilBertConfig, root, told, |i| Some(&i.ids), Some(&i.mask), None)
        }
        // The settings refuse it before.
        Architecture::Electra => Err("rust-bert has electra for ner only".to_owned()),
        Architecture::MobileBert => {
            fallible!(
                MobileBertForSequenceClassification,
                MobileBertConfig,
                root,
                told,
                |i| Some(&i.ids),
                Some(&i.types),
                None,
                None,
                Some(&i.mask)
            )
        }
        Architecture::Roberta | Architecture::XlmRoberta => {
            plain!(RobertaForSequenceClassification, RobertaConfig, root, told)
        }
    }
}
