//! Tiny models made for tests: random weights, then a few steps of training, so that what they must say is known.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rust_bert::bert::{BertConfig, BertForSequenceClassification, BertForTokenClassification};
use serde_json::{Value, json};
use tch::nn::{self, OptimizerConfig as _};
use tch::{Device, Kind, Tensor};

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

/// Words of the training sentences, `[UNK]` for all others.
const PLAIN: [&str; 16] =
    ["[UNK]", "met", "at", "the", "is", "too", "high", "again", "review", ".", ",", "We", "and", "it", "was", "on"];

/// A model that finds `Ida Stone`, `Zoë` and `Acme Ltd`.
pub(crate) fn write_names(folder: &Path) {
    static WEIGHTS: OnceLock<Vec<u8>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        let tag = |word: &str| match word {
            "Ida" | "Zo" => 1,
            "Stone" => 2,
            "Acme" => 3,
            "Ltd" => 4,
            _ => 0,
        };
        let examples = |at: usize| {
            let words: Vec<&str> =
                (0..8).map(|n| pick(at * 8 + n, &["Ida", "Stone", "Zo", "##ë", "Acme", "Ltd"])).collect();
            let tags = std::iter::once(0).chain(words.iter().map(|word| tag(word))).chain([0]);
            (ids(&words), tags.collect::<Vec<i64>>())
        };
        let store = nn::VarStore::new(Device::Cpu);
        let model = BertForTokenClassification::new(store.root(), &config(&TAGS)).expect("a model");
        let pass = |ids: &Tensor| model.forward_t(Some(ids), None, None, None, None, true).logits;
        train(&store, 120, examples, |ids, _| pass(ids).view([-1, TAGS.len() as i64]))
    });
    write(folder, weights, &TAGS);
}

/// A model that calls a sentence with `broken` a complaint and one with `great` or `thanks` praise.
pub(crate) fn write_classes(folder: &Path) {
    static WEIGHTS: OnceLock<Vec<u8>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        let examples = |at: usize| {
            let mut words: Vec<&str> = (0..6).map(|n| pick(at * 6 + n, &["login", "price"])).collect();
            let class = at % 3;
            match class {
                1 => words[at / 3 % 6] = "broken",
                2 => words[at / 3 % 6] = if at % 2 == 0 { "great" } else { "thanks" },
                _ => {}
            }
            (ids(&words), vec![class as i64])
        };
        sequences(150, &CLASSES, examples)
    });
    write(folder, weights, &CLASSES);
}

/// A model that takes `price` for entailing "This example is about pricing." and `login` for "… about security."
pub(crate) fn write_entailing(folder: &Path) {
    static WEIGHTS: OnceLock<Vec<u8>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| {
        let examples = |at: usize| {
            let mut words: Vec<&str> = (0..6).map(|n| pick(at * 6 + n, &[])).collect();
            let (about, label) = (at % 2, at / 2 % 3);
            words[at / 6 % 6] = ["price", "login", "review"][label];
            let mut both = ids(&words);
            both.extend(
                ids(&["This", "example", "is", "about", ["pricing", "security"][about], "."]).into_iter().skip(1),
            );
            let class = if label == 2 { 1 } else { 2 * i64::from(about != label) };
            (both, vec![class])
        };
        sequences(400, &ENTAILMENT, examples)
    });
    write(folder, weights, &ENTAILMENT);
}

/// The configuration as a folder has it.
pub(crate) fn told(labels: &[&str]) -> Value {
    let names: serde_json::Map<String, Value> =
        labels.iter().enumerate().map(|(at, label)| (at.to_string(), json!(label))).collect();
    let numbers: serde_json::Map<String, Value> =
        labels.iter().enumerate().map(|(at, label)| ((*label).to_owned(), json!(at))).collect();
    json!({
        "hidden_act": "gelu", "attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0, "hidden_size": 16,
        "initializer_range": 0.02, "intermediate_size": 32, "max_position_embeddings": 64, "num_attention_heads": 2,
        "num_hidden_layers": 2, "type_vocab_size": 2, "vocab_size": WORDS.len(), "id2label": names, "label2id": numbers
    })
}

fn config(labels: &[&str]) -> BertConfig {
    serde_json::from_value(told(labels)).expect("a configuration")
}

fn write(folder: &Path, weights: &[u8], labels: &[&str]) {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("config.json"), told(labels).to_string()).expect("config.json");
    fs::write(folder.join("vocab.txt"), WORDS.join("\n") + "\n").expect("vocab.txt");
    fs::write(folder.join("rust_model.ot"), weights).expect("rust_model.ot");
}

/// A word, chosen by number: one of `special` every other time.
fn pick<'a>(number: usize, special: &[&'a str]) -> &'a str {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    if special.is_empty() || mixed % 2 == 0 {
        PLAIN[mixed / 2 % PLAIN.len()]
    } else {
        special[mixed / 2 % special.len()]
    }
}

fn ids(words: &[&str]) -> Vec<i64> {
    let id = |word: &&str| WORDS.iter().position(|known| known == word).unwrap_or(1) as i64;
    let own = words.iter().map(id);
    std::iter::once(2).chain(own).chain([3]).collect()
}

fn sequences(steps: usize, labels: &[&str], examples: impl Fn(usize) -> (Vec<i64>, Vec<i64>)) -> Vec<u8> {
    let store = nn::VarStore::new(Device::Cpu);
    let model = BertForSequenceClassification::new(store.root(), &config(labels)).expect("a model");
    train(&store, steps, examples, |ids, types| model.forward_t(Some(ids), None, Some(types), None, None, true).logits)
}

/// Trains on batches of 24 examples and answers the weights as a file has them.
fn train(
    store: &nn::VarStore,
    steps: usize,
    examples: impl Fn(usize) -> (Vec<i64>, Vec<i64>),
    pass: impl Fn(&Tensor, &Tensor) -> Tensor,
) -> Vec<u8> {
    const BATCH: usize = 24;
    tch::manual_seed(7);
    tch::no_grad(|| {
        store.variables().values_mut().filter(|v| v.size().len() > 1).for_each(|v| _ = v.normal_(0.0, 0.15))
    });
    let mut optimizer = nn::Adam::default().build(store, 1e-2).expect("an optimizer");
    let mut loss = f64::MAX;
    for step in 0..steps {
        let (ids, targets): (Vec<_>, Vec<_>) = (step * BATCH..(step + 1) * BATCH).map(&examples).unzip();
        let ids = Tensor::from_slice(&ids.concat()).view([BATCH as i64, -1]);
        // Of a pair, what stands after the first separator is of the second type.
        let separators = ids.eq(3).to_kind(Kind::Int64);
        let types = (separators.cumsum(1, Kind::Int64) - separators).clamp(0, 1);
        let error = pass(&ids, &types).cross_entropy_for_logits(&Tensor::from_slice(&targets.concat()));
        optimizer.backward_step(&error);
        loss = error.double_value(&[]);
    }
    assert!(loss < 0.1, "the model did not learn: {loss}");
    let mut weights = Vec::new();
    let file = tempfile::NamedTempFile::with_suffix(".ot").expect("a file");
    store.save(file.path()).expect("weights");
    weights.extend(fs::read(file.path()).expect("weights"));
    weights
}
