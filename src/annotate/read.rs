//! A model that reads sentences: loaded with every tensor checked, and asked in batches.

use std::ops::Range;
use std::path::Path;

use rust_tokenizers::TokenIdsWithOffsets;
use tch::{Device, Kind, Tensor, nn};

use super::entities::{self, Labelled};
use super::folder::{self, Folder};
use super::models::{self, Forward};
use super::quiet::quietly;
use super::settings::{Setting, Task};
use super::tokens::{Text, Tokenizer};
use crate::encoder::{LoadError, Tensors, by_length, fill, read_tensors};

/// What a model found in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) label: String,
    /// Where it stands in the sentence, in code points.
    pub(super) span: Range<u32>,
    /// In thousandths, so that the company of a text in a batch changes nothing.
    pub(super) confidence: f32,
}

/// What was found in a sentence, or why it could not be read.
pub(super) type Read = Result<Vec<Found>, String>;

/// Logits of a text, or why there are none.
type Logits = Result<Vec<f32>, String>;

/// A loaded model.
pub(super) struct Model {
    setting: Setting,
    labels: Vec<String>,
    tokenizer: Tokenizer,
    forward: Forward,
    /// What a zero-shot model judges, one for each label of the setting.
    hypotheses: Vec<TokenIdsWithOffsets>,
}

impl Model {
    /// Loads the model of an annotator.
    pub(super) fn load(setting: &Setting) -> Result<Self, LoadError> {
        let folder = Folder::open(setting)?;
        let tokenizer = guarded(&folder.vocabulary, || Tokenizer::read(&folder, setting))?;
        let wrong = |reason: String| LoadError::Content { path: folder.config.clone(), reason };
        if !tokenizer.has_room() {
            return Err(wrong("max_position_embeddings leaves no place for a text".to_owned()));
        }
        let judged = |label: &String| {
            let made = tokenizer.hypothesis(&setting.hypothesis.replace("{}", label));
            made.ok_or_else(|| wrong(format!("the hypothesis about {label} leaves no place for a text")))
        };
        let hypotheses = setting.labels.iter().map(judged).collect::<Result<_, _>>()?;
        let tensors = guarded(&folder.weights, || Ok(renamed(read_tensors(&folder.weights)?)))?;
        let store = nn::VarStore::new(Device::Cpu);
        let (root, architecture) = (store.root(), setting.architecture);
        let forward = guarded(&folder.config, || {
            let made = match setting.task {
                Task::Ner => models::of_tokens(architecture, &root, &folder.told),
                Task::Classification | Task::ZeroShot => models::of_texts(architecture, &root, &folder.told),
            };
            made.map_err(wrong)
        })?;
        fill(&store, &tensors, &folder.weights)?;
        Ok(Self { setting: setting.clone(), labels: folder.labels, tokenizer, forward, hypotheses })
    }

    /// Reads sentences; the answers are in their order.
    pub(super) fn read(&self, sentences: &[String]) -> Vec<Read> {
        match self.setting.task {
            Task::Ner => self.each(sentences, |sentence, text, logits| self.names(sentence, text, logits)),
            Task::Classification => self.each(sentences, |sentence, _, logits| self.classes(sentence, logits)),
            Task::ZeroShot => self.judge(sentences),
        }
    }

    fn each(&self, sentences: &[String], make: impl Fn(&str, &Text, &[f32]) -> Vec<Found>) -> Vec<Read> {
        let texts: Vec<Text> = sentences.iter().map(|sentence| cut(|| self.tokenizer.alone(sentence))).collect();
        let logits = self.logits(&texts);
        let answer = |((sentence, text), logits): ((&String, &Text), Logits)| Ok(make(sentence, text, &logits?));
        sentences.iter().zip(&texts).zip(logits).map(answer).collect()
    }

    /// Labels of tokens joined to names.
    fn names(&self, sentence: &str, text: &Text, logits: &[f32]) -> Vec<Found> {
        let rows: Vec<&[f32]> = logits.chunks_exact(self.labels.len()).collect();
        let labelled = text.pieces.iter().filter_map(|piece| {
            let likely = softmax(rows.get(piece.at)?);
            let (best, likely) = likely.into_iter().enumerate().max_by(|one, other| one.1.total_cmp(&other.1))?;
            let label = self.labels.get(best)?.as_str();
            Some(Labelled { span: piece.span.clone(), goes_on: piece.goes_on, label, likely })
        });
        let characters: Vec<char> = sentence.chars().collect();
        let entities = entities::joined(&labelled.collect::<Vec<_>>());
        let found = entities.into_iter().filter_map(|entity| {
            let span = trimmed(&characters, entity.span)?;
            self.found(entity.label, span, entity.likely)
        });
        found.collect()
    }

    /// Labels of a whole sentence.
    fn classes(&self, sentence: &str, logits: &[f32]) -> Vec<Found> {
        let likely = if self.setting.sigmoid { logits.iter().map(|x| sigmoid(*x)).collect() } else { softmax(logits) };
        let whole = 0..sentence.chars().count() as u32;
        let labels = self.labels.iter().zip(likely);
        labels.filter_map(|(label, likely)| self.found(label, whole.clone(), likely)).collect()
    }

    /// Each label of the setting, judged by itself: does the sentence entail the hypothesis rather than contradict it?
    fn judge(&self, sentences: &[String]) -> Vec<Read> {
        let pairs = sentences.iter().flat_map(|sentence| {
            self.hypotheses.iter().map(move |hypothesis| cut(|| self.tokenizer.pair(sentence, hypothesis)))
        });
        let mut judged = self.logits(&pairs.collect::<Vec<_>>()).into_iter();
        let read = |sentence: &String| {
            // All are taken, so that a failure does not shift the others.
            let own: Vec<Logits> = judged.by_ref().take(self.hypotheses.len()).collect();
            let whole = 0..sentence.chars().count() as u32;
            let mut found = Vec::new();
            for (label, logits) in self.setting.labels.iter().zip(own) {
                found.extend(self.found(label, whole.clone(), self.entailed(&logits?)));
            }
            Ok(found)
        };
        sentences.iter().map(read).collect()
    }

    fn entailed(&self, logits: &[f32]) -> f32 {
        let (follows, wrong) = (folder::entailment(&self.labels), folder::contradiction(&self.labels));
        let logit = |at: Option<usize>| logits.get(at?).copied();
        match (logit(follows), logit(wrong)) {
            (Some(follows), Some(wrong)) => sigmoid(follows - wrong),
            _ => follows.and_then(|at| softmax(logits).get(at).copied()).unwrap_or_default(),
        }
    }

    /// What is likely enough to tell of.
    fn found(&self, label: &str, span: Range<u32>, likely: f32) -> Option<Found> {
        let confidence = (likely * 1000.0).round() / 1000.0;
        (confidence >= self.setting.threshold).then(|| Found { label: label.to_owned(), span, confidence })
    }

    /// The logits of every text, in batches of about one length.
    fn logits(&self, texts: &[Text]) -> Vec<Logits> {
        let lengths: Vec<usize> = texts.iter().map(|text| text.ids.len()).collect();
        let mut made: Vec<Logits> = vec![Err("it could not be cut into tokens".to_owned()); texts.len()];
        for places in by_length(&lengths) {
            let places: Vec<usize> = places.into_iter().filter(|at| lengths.get(*at).is_some_and(|n| *n > 0)).collect();
            let batch: Vec<&Text> = places.iter().filter_map(|at| texts.get(*at)).collect();
            for (at, one) in places.iter().zip(self.batch(&batch)) {
                if let Some(slot) = made.get_mut(*at) {
                    *slot = one;
                }
            }
        }
        made
    }

    /// One that fails takes no other with it.
    fn batch(&self, texts: &[&Text]) -> Vec<Logits> {
        match self.pass(texts) {
            Ok(rows) => rows.into_iter().map(Ok).collect(),
            Err(reason) if texts.len() < 2 => vec![Err(reason); texts.len()],
            Err(_) => texts.iter().flat_map(|text| self.batch(&[*text])).collect(),
        }
    }

    fn pass(&self, texts: &[&Text]) -> Result<Vec<Vec<f32>>, String> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let input = self.tokenizer.input(texts);
        let passed = quietly(|| tch::no_grad(|| (self.forward)(&input)));
        let logits = passed.ok_or("rust-bert gave up")?.map_err(|error| first_line(&error.to_string()))?;
        let flat = flat(&logits).map_err(|error| first_line(&error.to_string()))?;
        Ok(flat.chunks_exact((flat.len() / texts.len()).max(1)).map(<[f32]>::to_vec).collect())
    }
}

/// What a library does with a file; a panic becomes an error that names the file.
fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T, LoadError>) -> Result<T, LoadError> {
    let gave_up = || LoadError::Content { path: path.to_owned(), reason: "rust-bert cannot make use of it".to_owned() };
    quietly(work).unwrap_or_else(|| Err(gave_up()))
}

/// A text in tokens; none when the tokenizer panics.
fn cut(work: impl FnOnce() -> Text) -> Text {
    quietly(work).unwrap_or_default()
}

/// Older files call the scale and shift of a norm by other names.
fn renamed(tensors: Tensors) -> Tensors {
    let name = |name: String| match name.rsplit_once('.') {
        Some((layer, "gamma")) => format!("{layer}.weight"),
        Some((layer, "beta")) => format!("{layer}.bias"),
        _ => name,
    };
    tensors.into_iter().map(|(old, tensor)| (name(old), tensor)).collect()
}

fn flat(tensor: &Tensor) -> Result<Vec<f32>, tch::TchError> {
    Vec::<f32>::try_from(tensor.to_kind(Kind::Float).contiguous().view([-1i64]))
}

/// The library adds a trace of its own calls; the first line says what happened.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// A span without the blanks around its words; some tokenizers count the one before a word to it.
fn trimmed(characters: &[char], span: Range<u32>) -> Option<Range<u32>> {
    let words = characters.get(span.start as usize..(span.end as usize).min(characters.len()))?;
    let first = words.iter().position(|c| !c.is_whitespace())?;
    let last = words.iter().rposition(|c| !c.is_whitespace())?;
    Some(span.start + first as u32..span.start + last as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{settings, testing};
    use super::*;

    #[test]
    fn logits_become_probabilities() {
        assert_eq!(softmax(&[2.0, 2.0]), [0.5, 0.5]);
        assert_eq!(softmax(&[1000.0, 0.0]), [1.0, 0.0]);
        assert_eq!((sigmoid(0.0), sigmoid(-1000.0)), (0.5, 0.0));
    }

    #[test]
    fn a_text_that_fails_takes_no_other_with_it() {
        let folder = tempfile::TempDir::new().unwrap();
        testing::write_names(folder.path());
        let text = "[[annotator]]\nname = \"names\"\ntask = \"ner\"\narchitecture = \"bert\"\nfolder = \".\"\n";
        let mut model = Model::load(&settings::parse(text, folder.path()).unwrap()[0]).unwrap();
        let inner = std::mem::replace(&mut model.forward, Box::new(|_| unreachable!()));
        // "broken" is the eighteenth word.
        model.forward = Box::new(move |input| {
            assert_eq!(input.ids.eq(18).any().int64_value(&[]), 0, "broken");
            inner(input)
        });
        let texts = ["Ida", "it is broken", "the Ida"].map(str::to_owned);
        let [first, second, third] = &model.read(&texts)[..] else { panic!() };
        let span = |read: &Read| read.as_ref().map(|found| found[0].span.clone()).map_err(Clone::clone);
        assert_eq!((span(first), span(third)), (Ok(0..3), Ok(4..7)));
        assert_eq!(span(second), Err("rust-bert gave up".to_owned()));
    }

    #[test]
    fn a_name_has_no_blanks_around_it() {
        let check = |text: &str, span: Range<u32>, expected: Option<Range<u32>>| {
            assert_eq!(trimmed(&text.chars().collect::<Vec<_>>(), span), expected);
        };
        check("see Ida now", 3..8, Some(4..7));
        check("é \u{1F642}", 1..9, Some(2..3));
        check("a  b", 1..3, None);
        check("a", 2..3, None);
    }
}
