//! Model folders that are none: each is told with the file and what is wrong with it.

use std::fs;
use std::path::Path;

use baton::encoder::{Encoder, Vectors};
use serde_json::json;
use tch::{Kind, Tensor};
use tempfile::TempDir;

const HIDDEN: i64 = 12;

/// A tiny model of random weights: one layer, three words.
fn model() -> TempDir {
    let folder = TempDir::new().unwrap();
    let config = json!({
        "hidden_act": "gelu", "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "hidden_size": HIDDEN,
        "initializer_range": 0.02, "intermediate_size": 16, "max_position_embeddings": 32, "num_attention_heads": 2,
        "num_hidden_layers": 1, "type_vocab_size": 2, "vocab_size": 8
    });
    fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
    fs::write(folder.path().join("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nsend\nthe\nlist\n").unwrap();
    write_weights(folder.path(), HIDDEN);
    folder
}

fn write_weights(folder: &Path, hidden: i64) {
    tch::manual_seed(7);
    let linear = |name: &str, out: i64, inner: i64| {
        vec![(format!("{name}.weight"), vec![out, inner]), (format!("{name}.bias"), vec![out])]
    };
    let norm = |name: &str| vec![(format!("{name}.weight"), vec![hidden]), (format!("{name}.bias"), vec![hidden])];
    let layer = "encoder.layer.0";
    let mut shapes = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![8, hidden]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![32, hidden]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, hidden]),
    ];
    for part in ["query", "key", "value"] {
        shapes.extend(linear(&format!("{layer}.attention.self.{part}"), hidden, hidden));
    }
    shapes.extend(linear(&format!("{layer}.attention.output.dense"), hidden, hidden));
    shapes.extend(linear(&format!("{layer}.intermediate.dense"), 16, hidden));
    shapes.extend(linear(&format!("{layer}.output.dense"), hidden, 16));
    for name in ["embeddings", &format!("{layer}.attention.output"), &format!("{layer}.output")] {
        shapes.extend(norm(&format!("{name}.LayerNorm")));
    }
    let random = |(name, shape): (String, Vec<i64>)| (name, Tensor::randn(&shape, (Kind::Float, tch::Device::Cpu)));
    let tensors: Vec<(String, Tensor)> = shapes.into_iter().map(random).collect();
    Tensor::write_safetensors(&tensors, folder.join("model.safetensors")).unwrap();
}

#[test]
fn a_folder_makes_vectors_of_length_one() {
    let folder = model();
    let vectors = Vectors::load(folder.path()).unwrap();
    let texts = ["send the list", "", "send 😀 nothing", "send the list"].map(str::to_owned);
    let made = vectors.of(texts.to_vec()).unwrap();
    assert_eq!(made.len(), 4);
    assert!(made.iter().all(|vector| vector.len() == HIDDEN as usize));
    let length = made[0].iter().map(|one| one * one).sum::<f32>();
    assert!((length - 1.0).abs() < 1e-3, "{length}");
    assert_eq!(made[0], made[3]);
    let alone = vectors.of(vec![texts[0].clone()]).unwrap().remove(0);
    let apart: f32 = alone.iter().zip(&made[0]).map(|(one, other)| (one - other).abs()).sum();
    assert!(apart < 0.05, "padding changes nothing but the last digits: {apart}");
}

#[test]
fn what_is_wrong_is_named_with_its_file() {
    let check = |spoil: &dyn Fn(&Path), expected: &[&str]| {
        let folder = model();
        spoil(folder.path());
        let told = Vectors::load(folder.path()).expect_err("a model that is none").to_string();
        assert!(expected.iter().all(|words| told.contains(words)), "{told:?} has not all of {expected:?}");
        assert!(!told.contains('\n'), "{told}");
    };
    let write =
        |name: &'static str, text: &'static str| move |folder: &Path| fs::write(folder.join(name), text).unwrap();
    let remove = |name: &'static str| move |folder: &Path| fs::remove_file(folder.join(name)).unwrap();
    check(&remove("config.json"), &["config.json", "No such file"]);
    check(&remove("vocab.txt"), &["vocab.txt", "No such file"]);
    check(&remove("model.safetensors"), &["model.safetensors", "No such file"]);
    check(&write("config.json", "{"), &["config.json", "EOF"]);
    check(&write("vocab.txt", "[PAD]\nsend\n"), &["vocab.txt"]);
    check(&write("model.safetensors", "not a model"), &["model.safetensors"]);
    check(&|folder| write_weights(folder, 24), &["model.safetensors", "24", "12"]);
}

#[test]
fn adapters_of_another_size_are_told() {
    let told = Encoder::load(model().path()).expect_err("a base that is too small").to_string();
    assert!(told.contains("adapters do not fit"), "{told}");
}
