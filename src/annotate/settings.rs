//! `annotators.toml`: which models there are and what their labels mean.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::AnnotatorError;
use crate::model::{FactKind, MentionKind};

/// What a zero-shot model is asked to judge; the label stands for the braces.
const HYPOTHESIS: &str = "This example is about {}.";

/// From where on a label counts, unless the file says otherwise.
const THRESHOLD: f32 = 0.5;

/// What a model does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Task {
    /// Tells of each word which name it is part of.
    Ner,
    /// Tells of a sentence which of its own labels it has.
    Classification,
    /// Tells of a sentence which of the labels in the file it has.
    ZeroShot,
}

/// How a model is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Architecture {
    Albert,
    Bert,
    Deberta,
    /// `DeBERTa` v2 and v3.
    DebertaV2,
    #[serde(rename = "distilbert")]
    DistilBert,
    Electra,
    #[serde(rename = "mobilebert")]
    MobileBert,
    Roberta,
    XlmRoberta,
}

/// An annotator as the file has it, checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) task: Task,
    pub(super) architecture: Architecture,
    /// Where the model is. What it is called says nothing of how the model reads.
    #[serde(skip)]
    pub(super) folder: PathBuf,
    pub(super) lower_case: bool,
    pub(super) threshold: f32,
    /// Every label is judged by itself; else they share one.
    pub(super) sigmoid: bool,
    /// Labels of a zero-shot model.
    pub(super) labels: Vec<String>,
    pub(super) hypothesis: String,
    pub(super) mentions: BTreeMap<String, MentionKind>,
    pub(super) facts: BTreeMap<String, FactKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    annotator: Vec<Spanned<WrittenAnnotator>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnnotator {
    name: Spanned<String>,
    task: Spanned<Task>,
    architecture: Spanned<Architecture>,
    folder: PathBuf,
    #[serde(default)]
    lower_case: bool,
    threshold: Option<Spanned<f32>>,
    sigmoid: Option<Spanned<bool>>,
    labels: Option<Spanned<Vec<String>>>,
    hypothesis: Option<Spanned<String>>,
    mentions: Option<Spanned<BTreeMap<String, MentionKind>>>,
    facts: Option<Spanned<BTreeMap<String, FactKind>>>,
}

/// A fault and where it stands, in bytes.
type Fault = (Range<usize>, String);

/// Reads the file; folders are relative to it.
pub(super) fn read(path: &Path) -> Result<Vec<Setting>, AnnotatorError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| AnnotatorError::File { path: path.to_owned(), source })?;
    let base = path.parent().unwrap_or_else(|| Path::new(""));
    parse(&text, base).map_err(|(line, problem)| AnnotatorError::Line { path: path.to_owned(), line, problem })
}

/// Reads annotators; a fault is answered with its line.
pub(super) fn parse(text: &str, base: &Path) -> Result<Vec<Setting>, (usize, String)> {
    read_text(text, base).map_err(|(range, problem)| {
        let before = text.get(..range.start.min(text.len())).unwrap_or_default();
        (1 + before.matches('\n').count(), problem)
    })
}

fn read_text(text: &str, base: &Path) -> Result<Vec<Setting>, Fault> {
    let written: Written = toml::from_str(text).map_err(|error| {
        let range = error.span().unwrap_or_default();
        let item = item_at(text, range.start).map(|item| format!("{item}: ")).unwrap_or_default();
        (range, format!("{item}{}", error.message()))
    })?;
    let mut names = BTreeSet::new();
    let mut settings = Vec::with_capacity(written.annotator.len());
    for annotator in written.annotator {
        let annotator = annotator.into_inner();
        let (name, at) = (annotator.name.get_ref().clone(), annotator.name.span());
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err((at, format!("annotator {name:?}: a name is made of a-z, 0-9, _ and -")));
        }
        if !names.insert(name.clone()) {
            return Err((at, format!("annotator {name}: there is another one of that name")));
        }
        let of_item = |(at, problem): Fault| (at, format!("annotator {name}: {problem}"));
        settings.push(setting(annotator, base).map_err(of_item)?);
    }
    Ok(settings)
}

/// The annotator that the text speaks of at a byte, by its number.
fn item_at(text: &str, byte: usize) -> Option<String> {
    let end = text.get(byte..)?.find('\n').map_or(text.len(), |length| byte + length);
    let count = text.get(..end)?.lines().filter(|line| line.trim_start().starts_with("[[annotator]]")).count();
    (count > 0).then(|| format!("annotator {count}"))
}

fn setting(written: WrittenAnnotator, base: &Path) -> Result<Setting, Fault> {
    let task = *written.task.get_ref();
    let is_zero_shot = task == Task::ZeroShot;
    only(written.sigmoid.as_ref(), task == Task::Classification, "sigmoid is for classification")?;
    only(written.labels.as_ref(), is_zero_shot, "labels are for zero-shot; other models have their own")?;
    only(written.hypothesis.as_ref(), is_zero_shot, "hypothesis is for zero-shot")?;
    only(written.mentions.as_ref(), task == Task::Ner, "mentions are for ner")?;
    only(written.facts.as_ref(), task != Task::Ner, "facts are for classification and zero-shot")?;
    if *written.architecture.get_ref() == Architecture::Electra && task != Task::Ner {
        return Err((written.architecture.span(), "rust-bert has electra for ner only".to_owned()));
    }
    let (labels, hypothesis) = asked(&written)?;
    if is_zero_shot && let Some(facts) = &written.facts {
        let unknown = facts.get_ref().keys().find(|label| !labels.contains(label));
        if let Some(label) = unknown {
            return Err((facts.span(), format!("facts name {label:?}, which is not among labels")));
        }
    }
    let threshold = written.threshold.as_ref().map_or(THRESHOLD, |threshold| *threshold.get_ref());
    if !(0.0..=1.0).contains(&threshold) {
        let at = written.threshold.map(|threshold| threshold.span()).unwrap_or_default();
        return Err((at, "threshold is from 0 to 1".to_owned()));
    }
    Ok(Setting {
        name: written.name.into_inner(),
        task,
        architecture: written.architecture.into_inner(),
        folder: base.join(written.folder),
        lower_case: written.lower_case,
        threshold,
        sigmoid: written.sigmoid.is_some_and(Spanned::into_inner),
        labels,
        hypothesis,
        mentions: written.mentions.map(Spanned::into_inner).unwrap_or_default(),
        facts: written.facts.map(Spanned::into_inner).unwrap_or_default(),
    })
}

/// Refuses a key that a task has no use for.
fn only<T>(written: Option<&Spanned<T>>, is_used: bool, problem: &str) -> Result<(), Fault> {
    match written {
        Some(written) if !is_used => Err((written.span(), problem.to_owned())),
        _ => Ok(()),
    }
}

/// The labels and the hypothesis of a zero-shot model.
fn asked(written: &WrittenAnnotator) -> Result<(Vec<String>, String), Fault> {
    if *written.task.get_ref() != Task::ZeroShot {
        return Ok((Vec::new(), String::new()));
    }
    let labels = written.labels.as_ref().map(|labels| labels.get_ref().clone()).unwrap_or_default();
    if labels.is_empty() {
        return Err((written.task.span(), "zero-shot needs labels".to_owned()));
    }
    if let Some(hypothesis) = written.hypothesis.as_ref().filter(|written| !written.get_ref().contains("{}")) {
        return Err((hypothesis.span(), "hypothesis lacks {} where the label goes".to_owned()));
    }
    let hypothesis = written.hypothesis.as_ref().map_or(HYPOTHESIS, |hypothesis| hypothesis.get_ref());
    Ok((labels, hypothesis.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NER: &str = "[[annotator]]\nname = \"names\"\ntask = \"ner\"\narchitecture = \"bert\"\nfolder = \"m\"\n";

    #[test]
    fn an_annotator_has_what_the_file_says() {
        let zero = "[[annotator]]\nname = \"t-1\"\ntask = \"zero-shot\"\narchitecture = \"deberta-v2\"\n\
                    folder = \"/z\"\nlower_case = true\nthreshold = 0.75\nlabels = [\"pricing\"]\n\
                    facts = { pricing = \"open_issue\" }\n";
        let read = parse(&format!("{NER}mentions = {{ PER = \"person\" }}\n{zero}"), Path::new("/data")).unwrap();
        assert_eq!(read[0].folder, Path::new("/data/m"));
        assert_eq!((read[0].threshold, read[0].mentions["PER"]), (0.5, MentionKind::Person));
        assert_eq!((read[1].architecture, read[1].task), (Architecture::DebertaV2, Task::ZeroShot));
        assert_eq!((&read[1].folder, read[1].threshold), (&PathBuf::from("/z"), 0.75));
        assert_eq!((read[1].hypothesis.as_str(), read[1].facts["pricing"]), (HYPOTHESIS, FactKind::OpenIssue));
        assert_eq!(parse("", Path::new("")).unwrap(), []);
    }

    #[test]
    fn a_slip_is_told_with_line_and_item() {
        let check = |text: &str, line: usize, expected: &str| {
            let (found, problem) = parse(text, Path::new("")).unwrap_err();
            assert!(found == line && problem.contains(expected), "{found}: {problem}");
        };
        let with = |line: &str| format!("{NER}{line}\n");
        check("[[annotator]\n", 1, "");
        check("[[annotators]]\n", 1, "unknown field `annotators`");
        check(&with("colour = 1"), 6, "annotator 1: unknown field `colour`");
        check(&format!("{NER}[[annotator]]\nname = \"two\"\n"), 6, "annotator 2: missing field");
        check(&format!("{NER}{NER}"), 7, "annotator names: there is another one");
        check(&NER.replace("names", "My names"), 2, "a-z");
        check(&NER.replace("\"ner\"", "\"summary\""), 3, "annotator 1: unknown variant `summary`");
        check(&NER.replace("\"bert\"", "\"gpt\""), 4, "unknown variant `gpt`");
        check(&with("threshold = 1.5"), 6, "annotator names: threshold is from 0 to 1");
        check(&with("labels = [\"a\"]"), 6, "labels are for zero-shot");
        check(&with("facts = { a = \"risk\" }"), 6, "facts are for");
        check(&with("sigmoid = true"), 6, "sigmoid is for classification");
        check(&with("mentions = { PER = \"place\" }"), 6, "annotator 1: unknown variant `place`");
        let zero = NER.replace("\"ner\"", "\"zero-shot\"");
        check(&zero, 3, "annotator names: zero-shot needs labels");
        check(&format!("{zero}labels = [\"a\"]\nhypothesis = \"This.\"\n"), 7, "lacks {}");
        check(&format!("{zero}labels = [\"a\"]\nfacts = {{ b = \"risk\" }}\n"), 7, "\"b\", which is not among labels");
        check(&zero.replace("\"bert\"", "\"electra\""), 4, "electra for ner only");
    }
}
