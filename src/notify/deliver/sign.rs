//! Signatures and secrets by the Standard Webhooks specification.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};

use crate::archive::{Attempt, Secrets};

/// What every secret begins with.
const PREFIX: &str = "whsec_";
/// Random bytes of a secret.
const SECRET_BYTES: usize = 32;
/// Hexadecimal digits of a message's identity.
const MESSAGE_DIGITS: usize = 32;

/// Why something could not be signed.
#[derive(Debug, thiserror::Error)]
pub(super) enum SignError {
    /// The secret cannot be used.
    #[error("the secret cannot be used: {0}")]
    Secret(#[from] standardwebhooks::WebhookError),
    /// A header would not be one.
    #[error(transparent)]
    Header(#[from] InvalidHeaderValue),
}

/// What is sent.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// Signs an attempt at `now`, with each secret that counts.
pub(super) fn sign(attempt: &Attempt, secrets: &Secrets, now: Timestamp) -> Result<Signed, SignError> {
    let (id, at) = (message_id(attempt), now.as_second());
    let mut signatures = Vec::new();
    for secret in std::iter::once(&secrets.current).chain(&secrets.old) {
        signatures.push(Webhook::new(secret)?.sign(&id, at, attempt.payload.as_bytes())?);
    }
    let mut headers = HeaderMap::new();
    headers.insert(HeaderName::from_static(HEADER_WEBHOOK_ID), HeaderValue::from_str(&id)?);
    headers.insert(HeaderName::from_static(HEADER_WEBHOOK_TIMESTAMP), HeaderValue::from(at));
    headers.insert(HeaderName::from_static(HEADER_WEBHOOK_SIGNATURE), HeaderValue::from_str(&signatures.join(" "))?);
    Ok(Signed { headers, body: attempt.payload.clone() })
}

/// The identity of a message: the same at each attempt, so that its receiver knows it again.
fn message_id(attempt: &Attempt) -> String {
    let told_at = attempt.told_at.as_microsecond();
    let hash = blake3::hash(format!("{} {} {told_at}", attempt.webhook, attempt.event).as_bytes());
    format!("msg_{}", &hash.to_hex()[..MESSAGE_DIGITS])
}

/// A number of 0 to 1 that an attempt has of its own.
pub(super) fn spread(attempt: &Attempt) -> f64 {
    let text = format!("{} {} {}", attempt.webhook, attempt.event, attempt.attempts);
    f64::from(blake3::hash(text.as_bytes()).as_bytes()[0]) / 255.0
}

/// A new secret.
pub(in crate::notify) fn new_secret() -> Result<String, getrandom::Error> {
    Ok(format!("{PREFIX}{}", STANDARD.encode(random::<SECRET_BYTES>()?)))
}

/// A new id of a webhook.
pub(in crate::notify) fn new_id() -> Result<String, getrandom::Error> {
    Ok(format!("wh_{:016x}", u64::from_le_bytes(random()?)))
}

fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AccountSlug;

    fn attempt() -> Attempt {
        Attempt {
            webhook: "wh_1".to_owned(),
            event: 7,
            account: AccountSlug::from_name("northwind").unwrap(),
            attempts: 0,
            told_at: Timestamp::UNIX_EPOCH,
            payload: r#"{"type":"risk.new"}"#.to_owned(),
        }
    }

    #[test]
    fn receivers_can_verify_with_either_secret() {
        let (new, old, other) = (new_secret().unwrap(), new_secret().unwrap(), new_secret().unwrap());
        let secrets = Secrets { current: new.clone(), old: Some(old.clone()) };
        let signed = sign(&attempt(), &secrets, Timestamp::now()).unwrap();
        let check = |secret: &str| Webhook::new(secret).unwrap().verify(signed.body.as_bytes(), &signed.headers);
        assert!(check(&new).is_ok() && check(&old).is_ok() && check(&other).is_err());
        assert!(new.starts_with("whsec_") && STANDARD.decode(&new["whsec_".len()..]).unwrap().len() >= 24);
    }

    #[test]
    fn a_message_keeps_its_identity() {
        let (first, again) = (attempt(), Attempt { attempts: 3, ..attempt() });
        assert_eq!(message_id(&first), message_id(&again));
        assert_ne!(message_id(&first), message_id(&Attempt { event: 8, ..attempt() }));
        assert_ne!(message_id(&first), message_id(&Attempt { webhook: "wh_2".to_owned(), ..attempt() }));
        assert!((0.0..=1.0).contains(&spread(&first)));
    }
}
