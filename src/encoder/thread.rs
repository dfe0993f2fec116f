//! A model's own thread. The library's models are `Send` and not `Sync`, so one thread has the model, and whoever wants
//! texts read sends them there; what waits is read together.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use super::{EncodeError, LoadError};

/// Texts to be read, and where to send what was made of them.
struct Job<I, O> {
    texts: Vec<I>,
    answer: mpsc::Sender<Result<Vec<O>, EncodeError>>,
}

/// A thread with a model that makes an `O` of every `I`.
#[derive(Debug)]
pub(crate) struct Worker<I, O> {
    jobs: Mutex<mpsc::Sender<Job<I, O>>>,
}

impl<I: Send + 'static, O: Send + 'static> Worker<I, O> {
    /// Starts the thread; answers once its model is loaded from `folder`.
    pub(crate) fn start<M>(
        name: &str,
        folder: PathBuf,
        load: impl FnOnce(&Path) -> Result<M, LoadError> + Send + 'static,
        read: impl Fn(&M, &[I]) -> Result<Vec<O>, EncodeError> + Send + 'static,
    ) -> Result<Self, LoadError> {
        let (jobs, waiting) = mpsc::channel();
        let (loaded, told) = mpsc::channel();
        let work = move || match load(&folder) {
            Ok(model) => {
                let _ = loaded.send(Ok(()));
                serve(&waiting, |texts| read(&model, texts));
            }
            Err(error) => {
                let _ = loaded.send(Err(error));
            }
        };
        let failed = |error: std::io::Error| LoadError::Start(error.to_string());
        thread::Builder::new().name(name.to_owned()).spawn(work).map_err(failed)?;
        // A thread that panics answers nothing.
        told.recv().unwrap_or_else(|_| Err(LoadError::Start("the library gave up".to_owned())))?;
        Ok(Self { jobs: Mutex::new(jobs) })
    }

    /// What the model makes of the texts, in their order.
    pub(crate) fn ask(&self, texts: Vec<I>) -> Result<Vec<O>, EncodeError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let (answer, answered) = mpsc::channel();
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        jobs.send(Job { texts, answer }).map_err(|_| EncodeError::Stopped)?;
        answered.recv().map_err(|_| EncodeError::Stopped)?
    }
}

/// Reads what is sent until nobody can send any more.
fn serve<I, O>(waiting: &mpsc::Receiver<Job<I, O>>, read: impl Fn(&[I]) -> Result<Vec<O>, EncodeError>) {
    while let Ok(first) = waiting.recv() {
        let (mut texts, mut asked) = (Vec::new(), Vec::new());
        for job in std::iter::once(first).chain(waiting.try_iter()) {
            asked.push((job.texts.len(), job.answer));
            texts.extend(job.texts);
        }
        let mut made =
            tracing::debug_span!("encode", texts = texts.len()).in_scope(|| read(&texts)).map(Vec::into_iter);
        for (count, answer) in asked {
            let own = made.as_mut().map(|made| made.by_ref().take(count).collect()).map_err(|error| error.clone());
            // Who asked may have gone.
            let _ = answer.send(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_to_those_who_asked() {
        let load = |_: &Path| Ok(10);
        let read = |factor: &i32, texts: &[i32]| Ok(texts.iter().map(|text| text * factor).collect());
        let worker = Worker::start("test", PathBuf::new(), load, read).expect("a thread");
        thread::scope(|scope| {
            for at in 0..8 {
                let worker = &worker;
                scope.spawn(move || assert_eq!(worker.ask(vec![at, at + 1]), Ok(vec![at * 10, at * 10 + 10])));
            }
        });
    }

    #[test]
    fn a_thread_that_panics_is_told_of() {
        let load = |_: &Path| -> Result<i32, LoadError> { panic!("no such model") };
        let failed = Worker::start("test", PathBuf::new(), load, |_, texts: &[i32]| Ok(texts.to_vec()));
        assert!(matches!(failed, Err(LoadError::Start(_))));
        let read = |_: &i32, _: &[i32]| -> Result<Vec<i32>, EncodeError> { panic!("cannot read") };
        let worker = Worker::start("test", PathBuf::new(), |_: &Path| Ok(0), read).expect("a thread");
        assert_eq!(worker.ask(vec![1]), Err(EncodeError::Stopped));
        assert_eq!(worker.ask(vec![1]), Err(EncodeError::Stopped));
    }
}
