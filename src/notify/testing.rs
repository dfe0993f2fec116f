//! A receiver of webhooks on this machine, and an archive with events to send.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use standardwebhooks::Webhook as Signer;
use tempfile::TempDir;

use super::{Client, Deliverer, NewWebhook, Now, add_webhook};
use crate::archive::Archive;
use crate::model::{AccountScope, AccountSlug, Audience, EventChoice, EventName, News, Reach, Sight, Webhook};

/// One request that came in.
#[derive(Clone, Debug)]
pub(super) struct Received {
    pub(super) id: String,
    pub(super) at: i64,
    pub(super) signatures: String,
    pub(super) body: String,
    pub(super) path: String,
    /// How often the message came before.
    pub(super) before: usize,
}

impl Received {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(super) fn account(&self) -> String {
        self.json()["data"]["account"].as_str().unwrap().to_owned()
    }

    pub(super) fn number(&self) -> i64 {
        self.json()["data"]["number"].as_i64().unwrap()
    }

    /// Says whether one of the signatures is of that secret.
    pub(super) fn is_signed_with(&self, secret: &str) -> bool {
        let signature = Signer::new(secret).unwrap().sign(&self.id, self.at, self.body.as_bytes()).unwrap();
        self.signatures.split(' ').any(|one| one == signature)
    }
}

/// What a receiver does with a message.
pub(super) enum Reply {
    Status(u16),
    With(u16, &'static str, String),
    /// It does not answer.
    Silence,
}

type Behaviour = Arc<dyn Fn(&Received) -> Reply + Send + Sync>;

/// A receiver on a port of its own.
#[derive(Clone)]
pub(super) struct Receiver {
    pub(super) url: String,
    log: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    pub(super) async fn start(behaviour: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}/hook", listener.local_addr().unwrap().port());
        let receiver = Self { url, log: Arc::default() };
        let state = (receiver.clone(), Arc::new(behaviour) as Behaviour);
        let router = axum::Router::new().fallback(receive).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.log.lock().unwrap().clone()
    }

    /// The numbers of the messages that came, by account.
    pub(super) fn numbers(&self) -> BTreeMap<String, Vec<i64>> {
        let mut numbers: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for one in self.received() {
            numbers.entry(one.account()).or_default().push(one.number());
        }
        numbers
    }
}

async fn receive(
    State((receiver, behaviour)): State<(Receiver, Behaviour)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    let mut one = Received {
        id: header("webhook-id"),
        at: header("webhook-timestamp").parse().unwrap(),
        signatures: header("webhook-signature"),
        body: String::from_utf8(body.to_vec()).unwrap(),
        path: uri.path().to_owned(),
        before: 0,
    };
    {
        let mut log = receiver.log.lock().unwrap();
        one.before = log.iter().filter(|other| other.id == one.id).count();
        log.push(one.clone());
    }
    match behaviour(&one) {
        Reply::Status(code) => StatusCode::from_u16(code).unwrap().into_response(),
        Reply::With(code, name, value) => {
            (StatusCode::from_u16(code).unwrap(), [(name, value)], "no\nthanks").into_response()
        }
        Reply::Silence => std::future::pending().await,
    }
}

/// A time that stands until it is moved.
#[derive(Clone)]
pub(super) struct Hands(Arc<AtomicI64>);

impl Hands {
    pub(super) fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.as_microsecond())))
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }

    pub(super) fn pass(&self, time: SignedDuration) {
        self.0.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub(super) fn clock(&self) -> Now {
        let hands = self.clone();
        Arc::new(move || hands.now())
    }
}

/// An archive in a folder of its own, a clock, and what sends.
pub(super) struct Desk {
    pub(super) folder: TempDir,
    pub(super) archive: Archive,
    pub(super) hands: Hands,
    pub(super) deliverer: Deliverer,
}

impl Desk {
    pub(super) async fn new() -> Self {
        Self::with(Client::new().unwrap()).await
    }

    pub(super) async fn with(client: Client) -> Self {
        let folder = TempDir::new().unwrap();
        let archive = Archive::open(folder.path()).await.unwrap();
        let hands = Hands::at("2026-03-10T09:00:00Z".parse().unwrap());
        let deliverer = Deliverer::new(archive.clone(), client, hands.clock(), Reach::Public);
        Self { folder, archive, hands, deliverer }
    }

    /// Adds a webhook of all events for this receiver.
    pub(super) async fn add(&self, receiver: &Receiver) -> (Webhook, String) {
        self.add_as(receiver, |_| {}).await
    }

    pub(super) async fn add_as(&self, receiver: &Receiver, change: impl Fn(&mut NewWebhook)) -> (Webhook, String) {
        let mut new = NewWebhook {
            url: receiver.url.clone(),
            events: EventChoice::All,
            accounts: AccountScope::All,
            sight: Sight::Full,
            reach: Reach::Private,
        };
        change(&mut new);
        add_webhook(&self.archive, new, self.hands.now()).await.unwrap()
    }

    /// Keeps events of an account, numbered.
    pub(super) async fn tell(&self, account: &str, numbers: std::ops::Range<i64>) {
        let news: Vec<News> = numbers.map(|number| news(account, number)).collect();
        self.archive.keep_news(&news, self.hands.now()).await.unwrap();
    }
}

pub(super) fn slug(name: &str) -> AccountSlug {
    AccountSlug::from_name(name).unwrap()
}

pub(super) fn news(account: &str, number: i64) -> News {
    News {
        account: slug(account),
        name: EventName::RiskNew,
        at: "2026-03-09T09:00:00Z".parse().unwrap(),
        audience: Audience::All,
        data: json!({"account": account, "number": number}),
    }
}

/// Runs a test on a runtime of its own.
pub(super) fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

/// Waits until something holds; the test fails when it does not within half a minute.
pub(super) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1_500 {
        if holds().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{what} did not happen in time");
}
