//! Sends one event by HTTP. The name of the receiver is resolved here for each attempt, every address that it has is
//! checked, and the connection goes to one of those: a name that answers otherwise the next time gains nothing.

use std::error::Error as _;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use tokio::task::JoinError;

use super::sign::Signed;
use super::url::{check_url, is_permitted};
use crate::model::Reach;

/// How long a receiver has for its answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// So much of an answer is read, and so much of it is kept for people to look at.
const MOST_READ: usize = 4_096;
const MOST_KEPT: usize = 200;

const USER_AGENT: &str = concat!("baton/", env!("CARGO_PKG_VERSION"), " (webhooks)");

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The receiver answered.
    Status {
        /// The status.
        code: u16,
        /// When to come again, where it says that.
        retry_at: Option<Timestamp>,
        /// The beginning of what it says.
        text: String,
    },
    /// Nobody answered, or nobody was asked.
    Failed(String),
}

impl Answer {
    /// What is kept of it.
    pub fn told(&self) -> String {
        match self {
            Self::Status { code, text, .. } if text.is_empty() => code.to_string(),
            Self::Status { code, text, .. } => format!("{code}: {text}"),
            Self::Failed(why) => why.clone(),
        }
    }
}

/// What turns a name into addresses; blocking. Tests have their own.
pub(super) type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

/// Resolves a name and refuses addresses that nothing may be sent to.
struct Guarded {
    lookup: Lookup,
    reach: Reach,
}

/// Why a name was not connected to.
#[derive(Debug, thiserror::Error)]
enum ResolveError {
    #[error("the name cannot be resolved: {0}")]
    Lookup(#[from] io::Error),
    #[error("the name has the address {0}, which is not permitted")]
    Address(IpAddr),
    #[error("the name has no address")]
    Nothing,
    #[error(transparent)]
    Task(#[from] JoinError),
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, reach) = (Arc::clone(&self.lookup), self.reach);
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || lookup(name.as_str())).await.map_err(ResolveError::Task)?;
            let addresses = permitted(found, reach)?;
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// The addresses of a name, when something may be sent to all of them.
fn permitted(found: io::Result<Vec<IpAddr>>, reach: Reach) -> Result<Vec<IpAddr>, ResolveError> {
    let found = found?;
    match found.iter().find(|address| !is_permitted(**address, reach)) {
        Some(address) => Err(ResolveError::Address(*address)),
        None if found.is_empty() => Err(ResolveError::Nothing),
        None => Ok(found),
    }
}

fn system_lookup(name: &str) -> io::Result<Vec<IpAddr>> {
    use std::net::ToSocketAddrs as _;
    Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
}

/// What sends events: one client for each reach. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    public: reqwest::Client,
    private: reqwest::Client,
}

impl Client {
    /// A client that asks the system for names.
    pub fn new() -> Result<Self, reqwest::Error> {
        Self::with(&(Arc::new(system_lookup) as Lookup), TIMEOUT)
    }

    pub(super) fn with(lookup: &Lookup, timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = |reach| client(lookup, reach, timeout);
        Ok(Self { public: client(Reach::Public)?, private: client(Reach::Private)? })
    }

    /// Sends what was signed to the URL of a webhook, which is judged anew.
    pub(super) async fn post(&self, url: &str, reach: Reach, signed: Signed, now: Timestamp) -> Answer {
        let url = match check_url(url, reach) {
            Ok(url) => url,
            Err(error) => return Answer::Failed(error.to_string()),
        };
        let client = match reach {
            Reach::Public => &self.public,
            Reach::Private => &self.private,
        };
        let request = client.post(url).header(CONTENT_TYPE, "application/json").headers(signed.headers);
        match request.body(signed.body).send().await {
            Ok(response) => answer(response, now).await,
            Err(error) => Answer::Failed(cause(error)),
        }
    }
}

fn client(lookup: &Lookup, reach: Reach, timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    // Another part of the process may have been first; it is the same provider.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = || {
        reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .timeout(timeout)
            .redirect(Policy::none())
            // A proxy would resolve names in our place.
            .no_proxy()
            // Each attempt resolves and checks anew.
            .pool_max_idle_per_host(0)
            .dns_resolver(Guarded { lookup: Arc::clone(lookup), reach })
    };
    builder().build().or_else(|error| {
        tracing::warn!(%error, "there are no certificates of authorities: nothing can be sent over https");
        builder().tls_certs_only([]).build()
    })
}

async fn answer(mut response: reqwest::Response, now: Timestamp) -> Answer {
    let code = response.status().as_u16();
    let retry_at = retry_at(response.headers(), now);
    let mut read = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let room = MOST_READ - read.len();
        read.extend(&chunk[..chunk.len().min(room)]);
        if read.len() >= MOST_READ {
            break;
        }
    }
    let text = String::from_utf8_lossy(&read);
    let text = text.chars().filter(|c| !c.is_control()).take(MOST_KEPT).collect();
    Answer::Status { code, retry_at, text }
}

/// When to come again: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
fn retry_at(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return now.checked_add(SignedDuration::from_secs(seconds.into())).ok();
    }
    jiff::fmt::rfc2822::parse(value).ok().map(|zoned| zoned.timestamp())
}

/// The innermost reason, without the URL: that may hold what others must not read.
fn cause(error: reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let told = if error.source().is_some() { format!("{error}: {cause}") } else { error.to_string() };
    told.chars().take(MOST_KEPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_name_must_be_permitted() {
        let check = |addresses: &[&str], reach: Reach, expected: &str| {
            let found = addresses.iter().map(|address| address.parse().unwrap()).collect();
            let outcome = match permitted(Ok(found), reach) {
                Ok(addresses) => format!("{} addresses", addresses.len()),
                Err(error) => error.to_string(),
            };
            assert_eq!(outcome, expected);
        };
        check(&["93.184.215.14", "2606:2800:220:1::1"], Reach::Public, "2 addresses");
        let refused = "the name has the address 10.0.0.1, which is not permitted";
        check(&["93.184.215.14", "10.0.0.1"], Reach::Public, refused);
        check(&["10.0.0.1"], Reach::Private, "1 addresses");
        let metadata = "the name has the address 169.254.169.254, which is not permitted";
        check(&["169.254.169.254"], Reach::Private, metadata);
        check(&[], Reach::Public, "the name has no address");
    }

    #[test]
    fn a_time_to_come_again_is_read() {
        let now: Timestamp = "2026-03-10T09:00:00Z".parse().unwrap();
        let check = |value: &str, expected: Option<&str>| {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]);
            assert_eq!(retry_at(&headers, now).map(|at| at.to_string()).as_deref(), expected, "{value}");
        };
        check("120", Some("2026-03-10T09:02:00Z"));
        check("Tue, 10 Mar 2026 10:00:00 GMT", Some("2026-03-10T10:00:00Z"));
        check("soon", None);
        check("-5", None);
    }
}
