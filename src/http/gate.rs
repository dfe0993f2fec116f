//! Who comes in: tokens, permissions, rates, and the log of what was read and written.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::IncomingStream;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use moka::sync::Cache;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use super::error::Failure;
use crate::access::{Caller, Permission, hash, verify};
use crate::api::App;
use crate::archive::{Archive, AuditEntry};

/// For how long a token that was looked up is taken as good: one revoked by another process is good for so long.
const LOOKED_UP: Duration = Duration::from_secs(2);
/// Tokens remembered at a time.
const TOKENS: u64 = 10_000;
/// Requests without a good token that one address may send in a second, and at once.
const STRANGER_RATE: u32 = 10;
const STRANGER_BURST: u32 = 100;
/// Entries that wait to be written.
const WAITING: usize = 10_000;
/// Entries written at once.
const BATCH: usize = 1_000;

/// How often a token may be used.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Requests of one token in a second.
    pub per_second: NonZeroU32,
}

/// What lets requests in.
#[derive(Clone)]
pub struct Gate {
    app: App,
    looked_up: Cache<[u8; 32], Option<Caller>>,
    tokens: Arc<DefaultKeyedRateLimiter<String>>,
    strangers: Arc<DefaultKeyedRateLimiter<IpAddr>>,
    entries: mpsc::Sender<Entry>,
}

/// The address that a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// An entry of the log, with whom to tell once it is on disk.
struct Entry {
    entry: AuditEntry,
    kept: Option<oneshot::Sender<()>>,
}

impl Gate {
    /// A gate, and the task that writes its log; it ends when every handle on the gate is gone.
    pub fn new(app: &App, rate: Rate) -> (Self, tokio::task::JoinHandle<()>) {
        let (entries, waiting) = mpsc::channel(WAITING);
        let stranger = NonZeroU32::new(STRANGER_RATE).map_or(Quota::per_second(rate.per_second), Quota::per_second);
        let burst = NonZeroU32::new(STRANGER_BURST).unwrap_or(rate.per_second);
        let gate = Self {
            app: app.clone(),
            looked_up: Cache::builder().max_capacity(TOKENS).time_to_live(LOOKED_UP).build(),
            tokens: Arc::new(RateLimiter::keyed(Quota::per_second(rate.per_second))),
            strangers: Arc::new(RateLimiter::keyed(stranger.allow_burst(burst))),
            entries,
        };
        (gate, tokio::spawn(write(app.stores.archive.clone(), waiting)))
    }

    /// The bearer of a token.
    pub async fn caller(&self, secret: &str) -> Result<Caller, Failure> {
        let key = hash(secret);
        if let Some(known) = self.looked_up.get(&key) {
            let good = known.filter(|caller| caller.token.is_good(self.app.clock.now()));
            return good.ok_or(Failure::Unauthenticated);
        }
        let now = self.app.clock.now();
        let caller = verify(&self.app.stores.archive, secret, now).await?.map(|token| Caller { token });
        if let Some(caller) = &caller {
            let unused = caller.token.last_used_at.is_none_or(|last| now.duration_since(last).as_secs() >= 60);
            if unused {
                self.app.stores.archive.use_tokens(&[(caller.token.id.clone(), now)]).await?;
            }
        }
        self.looked_up.insert(key, caller.clone());
        caller.ok_or(Failure::Unauthenticated)
    }

    /// Forgets what was looked up, as a token that was revoked here wants it.
    pub fn forget(&self) {
        self.looked_up.invalidate_all();
    }

    /// Lets a caller in who comes no more often than their rate.
    pub fn admit(&self, caller: &Caller) -> Result<(), Failure> {
        self.tokens.check_key(&caller.token.id).map_err(|wait| too_many(&wait))
    }

    /// Counts a request without a good token against the address that it came from.
    pub fn admit_stranger(&self, request: &Request) -> Result<(), Failure> {
        let peer = request.extensions().get::<ConnectInfo<Peer>>().map(|ConnectInfo(Peer(peer))| peer.ip());
        peer.map_or(Ok(()), |peer| self.strangers.check_key(&peer).map_err(|wait| too_many(&wait)))
    }

    /// Keeps an entry, and waits until it is on disk.
    async fn keep(&self, entry: AuditEntry) {
        let (kept, is_kept) = oneshot::channel();
        if self.entries.send(Entry { entry, kept: Some(kept) }).await.is_ok() {
            let _ = is_kept.await;
        }
    }

    /// Keeps an entry soon.
    async fn keep_soon(&self, entry: AuditEntry) {
        // The receiver ends only with the service.
        let _ = self.entries.send(Entry { entry, kept: None }).await;
    }
}

/// Writes entries, as many at once as wait.
async fn write(archive: Archive, mut waiting: mpsc::Receiver<Entry>) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let entries: Vec<AuditEntry> = batch.iter().map(|entry| entry.entry.clone()).collect();
        if let Err(error) = archive.add_audit(&entries).await {
            tracing::error!(%error, entries = entries.len(), "the audit log cannot be written");
        }
        for entry in batch.drain(..) {
            if let Some(kept) = entry.kept {
                let _ = kept.send(());
            }
        }
    }
}

/// Lets a request in whose token is good, and no more often than its rate.
pub(super) async fn authenticate(
    State(gate): State<Gate>,
    mut request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let secret = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let secret =
        secret.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let caller = match secret {
        Some((_, secret)) => gate.caller(secret.trim()).await,
        None => Err(Failure::Unauthenticated),
    };
    match caller {
        Ok(caller) => {
            gate.admit(&caller)?;
            request.extensions_mut().insert(caller);
            Ok(next.run(request).await)
        }
        Err(failure) => {
            gate.admit_stranger(&request)?;
            Err(failure)
        }
    }
}

fn too_many(wait: &NotUntil<<DefaultClock as Clock>::Instant>) -> Failure {
    Failure::TooMany(wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
}

/// Refuses callers whose role does not have a permission.
pub async fn require(State(permission): State<Permission>, request: Request, next: Next) -> Result<Response, Failure> {
    let caller = request.extensions().get::<Caller>().ok_or(Failure::Unauthenticated)?;
    caller.require(permission)?;
    Ok(next.run(request).await)
}

/// Logs every write and every reading of what was said: who, which route, which account, which thing, which answer.
pub async fn audit(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let path = request.uri().path().to_owned();
    let answer = next.run(request).await;
    // What is asked over MCP is logged there: the route alone says nothing of it. SPARQL only reads.
    let is_write =
        !matches!(method, Method::GET | Method::HEAD | Method::OPTIONS) && route != "/sparql" && route != "/mcp";
    if let Some(caller) = caller
        && (is_write || reads_words(&route))
    {
        let (account, subject) = about(&path);
        let entry = AuditEntry {
            row: 0,
            at: gate.app.clock.now(),
            token: caller.token.id,
            by: caller.token.name,
            action: format!("{method} {route} {}", answer.status().as_u16()),
            account,
            subject,
        };
        if is_write {
            gate.keep(entry).await;
        } else {
            gate.keep_soon(entry).await;
        }
    }
    answer
}

/// Says whether a route answers with what somebody said, beyond the quotes of facts.
fn reads_words(route: &str) -> bool {
    route == "/sparql"
        || route.starts_with("/v1/evidence/")
        || route.contains("/interactions/")
        || route.contains("/messages")
        || route.contains("/handoffs/{")
        || ["/queries", "/search", "/accounts/{account}/search", "/accounts/{account}/people/{person}"].contains(&route)
}

/// The account and the thing that a path names.
fn about(path: &str) -> (String, String) {
    let mut parts = path.trim_start_matches("/v1").trim_start_matches('/').splitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("accounts"), Some(account), rest) => (account.to_owned(), rest.unwrap_or_default().to_owned()),
        (Some(first), rest, last) => {
            let rest: Vec<&str> = [Some(first), rest, last].into_iter().flatten().collect();
            (String::new(), rest.join("/"))
        }
        _ => (String::new(), path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_what_they_are_about() {
        let check = |path: &str, account: &str, subject: &str| {
            assert_eq!(about(path), (account.to_owned(), subject.to_owned()), "{path}");
        };
        check("/v1/accounts/northwind/ingest", "northwind", "ingest");
        check("/v1/accounts/northwind", "northwind", "");
        check("/v1/handoffs/abc/approve", "", "handoffs/abc/approve");
        check("/v1/tokens", "", "tokens");
        check("/accounts/northwind/messages", "northwind", "messages");
        check("/handoffs/abc/approve", "", "handoffs/abc/approve");
    }
}
