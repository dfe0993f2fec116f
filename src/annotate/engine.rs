//! An engine that lets annotators read after another engine.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::folder::Folder;
use super::merge;
use super::read::{Model, Read};
use super::settings::Setting;
use crate::encoder::{LoadError, Worker};
use crate::extract::embedded::gate;
use crate::extract::{AnalyzeError, Engine};
use crate::model::{Analysis, Interaction, TextIndex};

/// Changes whenever the same models could say something else.
const VERSION: &str = "annotate-1";

/// A model with its own thread, loaded when it first reads.
#[derive(Debug)]
pub(super) struct Annotator {
    setting: Setting,
    /// What tells it from any other, in configuration and files.
    identity: blake3::Hash,
    worker: OnceLock<Option<Worker<String, Read>>>,
    /// Whether it was told that a sentence could not be read.
    has_failed: AtomicBool,
}

/// The annotators whose folders are complete; of each other one it is told why not.
pub(super) fn annotators(settings: Vec<Setting>) -> Vec<Annotator> {
    let mut annotators = Vec::with_capacity(settings.len());
    for setting in settings {
        match Annotator::new(setting.clone()) {
            Ok(annotator) => annotators.push(annotator),
            Err(error) => left_out(&setting.name, &error),
        }
    }
    annotators
}

fn left_out(name: &str, error: &LoadError) {
    tracing::warn!("annotator {name} is left out: {error}");
}

impl Annotator {
    fn new(setting: Setting) -> Result<Self, LoadError> {
        let folder = Folder::open(&setting)?;
        let mut hasher = blake3::Hasher::new();
        let told = serde_json::to_vec(&setting).map_err(|error| LoadError::Start(error.to_string()))?;
        hasher.update(VERSION.as_bytes()).update(&told);
        folder.tell(&mut hasher)?;
        let identity = hasher.finalize();
        Ok(Self { setting, identity, worker: OnceLock::new(), has_failed: AtomicBool::new(false) })
    }

    /// Reads sentences; the answers are in their order. `None` when the model is not there.
    fn read(&self, sentences: &[String]) -> Option<Vec<Read>> {
        let worker = self.worker.get_or_init(|| self.start()).as_ref()?;
        worker.ask(sentences.to_vec()).map_err(|error| self.failed(&error.to_string())).ok()
    }

    fn start(&self) -> Option<Worker<String, Read>> {
        let (name, setting) = (&self.setting.name, self.setting.clone());
        let load = move |_: &std::path::Path| Model::load(&setting);
        let read = |model: &Model, sentences: &[String]| Ok(model.read(sentences));
        let started = Worker::start(&format!("annotator {name}"), self.setting.folder.clone(), load, read);
        started.map_err(|error| left_out(name, &error)).ok()
    }

    /// Tells it the first time.
    fn failed(&self, reason: &str) {
        if !self.has_failed.swap(true, Ordering::Relaxed) {
            tracing::warn!("annotator {} could not read a sentence and left it out: {reason}", self.setting.name);
        }
    }
}

/// An engine with annotators.
pub(super) struct Annotated {
    inner: Arc<dyn Engine>,
    annotators: Vec<Annotator>,
    version: String,
    /// The version where the inner engine reads as another one.
    otherwise: OnceLock<String>,
    hash: String,
}

/// The version of an engine with the annotators of this hash.
fn marked(engine: &str, hash: &str) -> String {
    format!("{engine}+{hash}")
}

impl Annotated {
    /// Lets annotators read after an engine.
    pub(super) fn new(inner: Arc<dyn Engine>, annotators: Vec<Annotator>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for annotator in &annotators {
            hasher.update(annotator.identity.as_bytes());
        }
        let hash = hasher.finalize().to_hex().get(..12).unwrap_or_default().to_owned();
        let version = marked(inner.version(), &hash);
        Self { inner, annotators, version, otherwise: OnceLock::new(), hash }
    }
}

impl Engine for Annotated {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn reads_as(&self) -> &str {
        let (own, now) = (self.inner.version(), self.inner.reads_as());
        if own == now { &self.version } else { self.otherwise.get_or_init(|| marked(now, &self.hash)) }
    }

    fn prepare(&self) {
        self.inner.prepare();
    }

    fn analyze(&self, batch: &[Interaction]) -> Vec<Result<Analysis, AnalyzeError>> {
        let mut answers = self.inner.analyze(batch);
        let indices: Vec<TextIndex<'_>> = batch.iter().map(|interaction| TextIndex::new(&interaction.text)).collect();
        let (places, sentences) = sentences(&answers, &indices);
        if sentences.is_empty() {
            return answers;
        }
        for annotator in &self.annotators {
            for (read, (at, sentence)) in annotator.read(&sentences).into_iter().flatten().zip(&places) {
                let (Some(Ok(analysis)), Some(index)) = (answers.get_mut(*at), indices.get(*at)) else { continue };
                match read {
                    Ok(found) => merge::add(index, analysis, &annotator.setting, *sentence, found),
                    Err(reason) => annotator.failed(&reason),
                }
            }
        }
        for (answer, interaction) in answers.iter_mut().zip(batch) {
            if let Ok(analysis) = answer {
                analysis.annotations.sort_by_key(|annotation| annotation.span);
                let refused = gate::check(&interaction.text, &mut analysis.findings);
                debug_assert_eq!(refused, 0);
            }
        }
        answers
    }
}

/// Every sentence of the answers, with the numbers of its answer and of itself.
fn sentences(
    answers: &[Result<Analysis, AnalyzeError>],
    indices: &[TextIndex<'_>],
) -> (Vec<(usize, usize)>, Vec<String>) {
    let (mut places, mut sentences) = (Vec::new(), Vec::new());
    for (at, (answer, index)) in answers.iter().zip(indices).enumerate() {
        for (number, sentence) in answer.iter().flat_map(|analysis| &analysis.sentences).enumerate() {
            if let Some(words) = index.slice(sentence.span) {
                places.push((at, number));
                sentences.push(words.to_owned());
            }
        }
    }
    (places, sentences)
}
