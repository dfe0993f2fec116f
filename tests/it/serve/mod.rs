//! The service as a process: started, reached, stopped, killed.

mod beside;
mod killed;
mod starts;

use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::sync::Once;
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;

use crate::support::Baton;

/// How long something may take that happens soon.
const SOON: Duration = Duration::from_mins(1);

/// A running service over a data folder.
pub(crate) struct Served {
    child: Child,
    pub(crate) url: String,
    /// What it wrote on standard error so far is in here.
    log: std::path::PathBuf,
    client: Client,
}

impl Served {
    pub(crate) fn start(baton: &Baton, arguments: &[&str]) -> Self {
        let log = baton.path("serve.log");
        let mut all = vec!["serve", "--listen", "127.0.0.1:0"];
        all.extend(arguments);
        let mut command = baton.command(&all);
        let mut child = command.stdout(Stdio::null()).stderr(File::create(&log).unwrap()).spawn().unwrap();
        let url = soon("the address", || {
            assert!(child.try_wait().unwrap().is_none(), "{}", fs::read_to_string(&log).unwrap());
            let text = fs::read_to_string(&log).unwrap();
            // A line is there once it has its end.
            let (line, _) = text.split_once('\n')?;
            let begin = line.find("serving http")? + "serving ".len();
            Some(line[begin..].split_whitespace().next()?.to_owned())
        });
        Self { child, url, log, client: client().build().unwrap() }
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// The token of the first start.
    pub(crate) fn token(&self) -> String {
        soon("the token", || {
            let log = self.log();
            let begin = log.find("baton_")?;
            let (line, _) = log[begin..].split_once('\n')?;
            Some(line.trim().to_owned())
        })
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url)).bearer_auth(token)
    }

    pub(crate) fn post(&self, token: &str, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.url)).bearer_auth(token)
    }

    /// Asks the process to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> String {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        let status = soon("the end", || self.child.try_wait().unwrap());
        assert!(status.success(), "{status}: {}", self.log());
        self.log()
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn client() -> reqwest::ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    Client::builder().timeout(SOON).no_proxy()
}

pub(crate) async fn json(answer: Response) -> Value {
    let text = answer.text().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Looks again and again until something is there.
pub(crate) fn soon<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < SOON, "{what} does not come");
        std::thread::yield_now();
    }
}
