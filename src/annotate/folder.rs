//! The folder of a model: which files it must have, what `config.json` says, and what tells one model from another.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::entities;
use super::settings::{Architecture, Setting, Task};
use crate::encoder::{LoadError, weights_of};

/// How much of the beginning and of the end of a file tells it from another.
const TOLD_BYTES: u64 = 64 * 1024;

/// Largest size in a configuration that is no slip.
const LARGEST: i64 = 1 << 22;

/// Names of a vocabulary of sentence pieces.
const PIECES: [&str; 3] = ["spiece.model", "spm.model", "sentencepiece.bpe.model"];

/// A folder with all of its files.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) config: PathBuf,
    pub(super) vocabulary: PathBuf,
    pub(super) merges: Option<PathBuf>,
    pub(super) weights: PathBuf,
    /// What `config.json` says.
    pub(super) told: Value,
    /// The labels of the model, by number.
    pub(super) labels: Vec<String>,
}

impl Folder {
    /// Looks into the folder of an annotator; no weights are read.
    pub(super) fn open(setting: &Setting) -> Result<Self, LoadError> {
        let folder = &setting.folder;
        must_be(folder)?;
        let config = folder.join("config.json");
        let text = std::fs::read_to_string(&config).map_err(|source| missing(&config, source))?;
        let wrong = |reason: String| LoadError::Content { path: config.clone(), reason };
        let told: Value = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        let labels = labels(&told).map_err(wrong)?;
        check_sizes(&told).map_err(wrong)?;
        check_labels(setting, &labels).map_err(wrong)?;
        let (vocabulary, merges) = words(setting.architecture, folder);
        let weights = weights_of(folder);
        for path in [Some(&vocabulary), merges.as_ref(), Some(&weights)].into_iter().flatten() {
            must_be(path)?;
        }
        Ok(Self { config, vocabulary, merges, weights, told, labels })
    }

    /// A size that `config.json` names.
    pub(super) fn size(&self, name: &str) -> Option<usize> {
        self.told.get(name)?.as_u64().map(|size| size as usize)
    }

    /// Adds to a hash what tells the model from another: length, beginning and end of each file.
    pub(super) fn tell(&self, hasher: &mut blake3::Hasher) -> Result<(), LoadError> {
        for path in [&self.config, &self.vocabulary, &self.weights].into_iter().chain(&self.merges) {
            tell_file(path, hasher).map_err(|source| missing(path, source))?;
        }
        Ok(())
    }
}

fn missing(path: &Path, source: io::Error) -> LoadError {
    LoadError::File { path: path.to_owned(), source }
}

fn must_be(path: &Path) -> Result<(), LoadError> {
    std::fs::metadata(path).map(|_| ()).map_err(|source| missing(path, source))
}

fn tell_file(path: &Path, hasher: &mut blake3::Hasher) -> io::Result<()> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    hasher.update(&length.to_le_bytes());
    let mut part = Vec::new();
    (&mut file).take(TOLD_BYTES).read_to_end(&mut part)?;
    file.seek(SeekFrom::Start(length.saturating_sub(TOLD_BYTES)))?;
    file.take(TOLD_BYTES).read_to_end(&mut part)?;
    hasher.update(&part);
    Ok(())
}

/// The files that a tokenizer reads.
fn words(architecture: Architecture, folder: &Path) -> (PathBuf, Option<PathBuf>) {
    match architecture {
        Architecture::Bert | Architecture::DistilBert | Architecture::Electra | Architecture::MobileBert => {
            (folder.join("vocab.txt"), None)
        }
        Architecture::Roberta | Architecture::Deberta => (folder.join("vocab.json"), Some(folder.join("merges.txt"))),
        Architecture::Albert | Architecture::DebertaV2 | Architecture::XlmRoberta => {
            let [usual, ..] = PIECES;
            let found = PIECES.into_iter().find(|name| folder.join(name).exists());
            (folder.join(found.unwrap_or(usual)), None)
        }
    }
}

/// `id2label`, which must name every number from 0 on.
fn labels(told: &Value) -> Result<Vec<String>, String> {
    let named = told.get("id2label").and_then(Value::as_object).filter(|named| !named.is_empty());
    let named = named.ok_or("has no id2label, which names the labels")?;
    let label = |number: usize| {
        let label = named.get(&number.to_string()).and_then(Value::as_str);
        label.map(str::to_owned).ok_or_else(|| format!("id2label has {} labels and none for {number}", named.len()))
    };
    (0..named.len()).map(label).collect()
}

/// The library panics on sizes that make no model.
fn check_sizes(told: &Value) -> Result<(), String> {
    const SIZES: [&str; 10] = [
        "hidden_size",
        "dim",
        "embedding_size",
        "intermediate_size",
        "hidden_dim",
        "num_attention_heads",
        "n_heads",
        "num_hidden_layers",
        "n_layers",
        "vocab_size",
    ];
    for name in SIZES {
        if let Some(size) = told.get(name).and_then(Value::as_i64)
            && !(1..=LARGEST).contains(&size)
        {
            return Err(format!("{name} is {size}, which makes no model"));
        }
    }
    let size = |names: [&str; 2]| names.iter().find_map(|name| told.get(name).and_then(Value::as_i64));
    match (size(["hidden_size", "dim"]), size(["num_attention_heads", "n_heads"])) {
        (Some(hidden), Some(heads)) if hidden % heads != 0 => {
            Err(format!("{heads} attention heads do not share a hidden size of {hidden}"))
        }
        _ => Ok(()),
    }
}

/// What the file of annotators names must be what the model tells.
fn check_labels(setting: &Setting, labels: &[String]) -> Result<(), String> {
    if setting.task == Task::ZeroShot {
        return entailment(labels)
            .map(|_| ())
            .ok_or_else(|| format!("no label is entailment; it has {}", labels.join(", ")));
    }
    let known = |name: &str| match setting.task {
        Task::Ner => labels.iter().any(|label| entities::named(label) == Some(name)),
        Task::Classification | Task::ZeroShot => labels.iter().any(|label| label == name),
    };
    let mut named = setting.mentions.keys().chain(setting.facts.keys());
    match named.find(|name| !known(name)) {
        Some(name) => Err(format!("has no label {name}; it has {}", labels.join(", "))),
        None => Ok(()),
    }
}

/// Which label of a model of entailment says that the hypothesis follows.
pub(super) fn entailment(labels: &[String]) -> Option<usize> {
    labels.iter().position(|label| label.to_ascii_lowercase().starts_with("entail"))
}

/// Which label says that the hypothesis is wrong; models of two labels have none.
pub(super) fn contradiction(labels: &[String]) -> Option<usize> {
    labels.iter().position(|label| label.to_ascii_lowercase().starts_with("contra"))
}
