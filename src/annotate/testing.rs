//! Tiny models made for tests. Their weights are set by hand, so that what they must say is known: a word of meaning is a
//! direction, every other word is nothing, and attention takes the mean.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rust_bert::bert::{BertConfig, BertForSequenceClassification, BertForTokenClassification};
use serde_json::{Value, json};
use tch::{Device, Tensor, nn};

/// The vocabulary, in order.
pub(crate) const WORDS: [&str; 36] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "Ida", "Stone", "Zo", "##ë", "Acme", "Ltd", "met", "at", "the",
    "price", "is", "too", "high", "broken", "again", "thanks", "great", "login", "review", "This", "example", "about",
    "pricing", "security", ".", ",", "We", "and", "it", "was", "on",
];

/// Labels of the model for names.
pub(crate) const TAGS: [&str; 5] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"];
/// Labels of the model for sentences.
pub(crate) const CLASSES: [&str; 3] = ["neutral", "complaint", "praise"];
/// Labels of the model of entailment, in an order of its own.
pub(crate) const ENTAILMENT: [&str; 3] = ["entailment", "neutral", "contradiction"];

/// Hidden size.
const HIDDEN: i64 = 16;

/// A model that finds `Ida Stone`, `Zoë` and `Acme Ltd`.
pub(crate) fn write_names(folder: &Path) {
    let store = nn::VarStore::new(Device::Cpu);
    let _ = BertForTokenClassification::new(store.root(), &config(&TAGS)).expect("a model");
    let weights = Weights::of(&store);
    for (word, tag) in [("Ida", 1), ("Zo", 1), ("Stone", 2), ("Acme", 3), ("Ltd", 4)] {
        weights.means(word, tag - 1, 1.0);
        weights.set("classifier.weight", &[tag, 2 * (tag - 1)], 4.0);
    }
    weights.set("classifier.bias", &[0], 5.0);
    write(folder, &store, &TAGS);
}

/// A model that calls a sentence with `broken` a complaint and one with `great` or `thanks` praise.
pub(crate) fn write_classes(folder: &Path) {
    let store = nn::VarStore::new(Device::Cpu);
    let _ = BertForSequenceClassification::new(store.root(), &config(&CLASSES)).expect("a model");
    let weights = Weights::of(&store);
    weights.attend();
    // Padding that is read, where it must not be, turns into praise.
    for (word, class) in [("broken", 1), ("great", 2), ("thanks", 2), ("[PAD]", 2)] {
        weights.means(word, class - 1, 1.0);
    }
    for class in [1, 2] {
        weights.set("bert.pooler.dense.weight", &[class, 2 * (class - 1)], 1.0);
        weights.set("classifier.weight", &[class, class], 6.0);
    }
    weights.set("classifier.bias", &[0], 2.0);
    write(folder, &store, &CLASSES);
}

/// A model that takes `price` for entailing "… about pricing." and `login` for entailing "… about security."
pub(crate) fn write_entailing(folder: &Path) {
    let store = nn::VarStore::new(Device::Cpu);
    let _ = BertForSequenceClassification::new(store.root(), &config(&ENTAILMENT)).expect("a model");
    let weights = Weights::of(&store);
    weights.attend();
    for (word, direction, sign) in [("price", 0, 1.0), ("login", 0, -1.0), ("pricing", 1, 1.0), ("security", 1, -1.0)] {
        weights.means(word, direction, sign);
    }
    // Both one way, both the other way; the one against the other.
    for (unit, premise, hypothesis) in [(0, 1.0, 1.0), (1, -1.0, -1.0), (2, 1.0, -1.0), (3, -1.0, 1.0)] {
        weights.set("bert.pooler.dense.weight", &[unit, 0], 3.0 * premise);
        weights.set("bert.pooler.dense.weight", &[unit, 2], 3.0 * hypothesis);
        weights.set("bert.pooler.dense.bias", &[unit], -3.0 * 3.3);
        weights.set("classifier.weight", &[if unit < 2 { 0 } else { 2 }, unit], 6.0);
    }
    weights.set("classifier.bias", &[0], 6.0);
    weights.set("classifier.bias", &[2], 6.0);
    write(folder, &store, &ENTAILMENT);
}

/// The configuration as a folder has it.
pub(crate) fn told(labels: &[&str]) -> Value {
    let names: serde_json::Map<String, Value> =
        labels.iter().enumerate().map(|(at, label)| (at.to_string(), json!(label))).collect();
    let numbers: serde_json::Map<String, Value> =
        labels.iter().enumerate().map(|(at, label)| ((*label).to_owned(), json!(at))).collect();
    json!({
        "hidden_act": "gelu", "attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0, "hidden_size": HIDDEN,
        "initializer_range": 0.02, "intermediate_size": 32, "max_position_embeddings": 64, "num_attention_heads": 2,
        "num_hidden_layers": 1, "type_vocab_size": 2, "vocab_size": WORDS.len(), "id2label": names, "label2id": numbers
    })
}

fn config(labels: &[&str]) -> BertConfig {
    serde_json::from_value(told(labels)).expect("a configuration")
}

fn write(folder: &Path, store: &nn::VarStore, labels: &[&str]) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("config.json"), told(labels).to_string()).expect("config.json");
    fs::write(folder.join("vocab.txt"), WORDS.join("\n") + "\n").expect("vocab.txt");
    store.save(folder.join("rust_model.ot")).expect("rust_model.ot");
}

/// The tensors of a model, all nought but the scales of its norms.
struct Weights(HashMap<String, Tensor>);

impl Weights {
    fn of(store: &nn::VarStore) -> Self {
        let named = store.variables();
        let cleared = named.iter().filter(|(name, _)| !name.contains("LayerNorm"));
        tch::no_grad(|| cleared.for_each(|(_, tensor)| _ = tensor.shallow_clone().zero_()));
        Self(named)
    }

    fn set(&self, name: &str, place: &[i64], value: f64) {
        let mut part = self.0[name].shallow_clone();
        for at in place {
            part = part.get(*at);
        }
        let _ = tch::no_grad(|| part.fill_(value));
    }

    /// A word points into a direction, which is two numbers that are each other's opposite: a norm leaves them so.
    fn means(&self, word: &str, direction: i64, sign: f64) {
        let word = WORDS.iter().position(|known| *known == word).expect("a known word") as i64;
        self.set("bert.embeddings.word_embeddings.weight", &[word, 2 * direction], sign);
        self.set("bert.embeddings.word_embeddings.weight", &[word, 2 * direction + 1], -sign);
    }

    /// Lets every token have the mean of all.
    fn attend(&self) {
        for at in 0..HIDDEN {
            self.set("bert.encoder.layer.0.attention.self.value.weight", &[at, at], 1.0);
            self.set("bert.encoder.layer.0.attention.output.dense.weight", &[at, at], 1.0);
        }
    }
}
