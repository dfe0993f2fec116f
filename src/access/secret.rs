//! The tokens themselves: random, shown once, kept as hashes.

use std::fmt::Write as _;

use jiff::Timestamp;

use crate::archive::{Archive, ArchiveError};
use crate::model::{AccountScope, Sight, Token, TokenRole};

/// What every token begins with, so that a leaked one is found by those who look for such.
const PREFIX: &str = "baton_";

/// Random bytes in a token's id and in its secret part: 64 and 256 bits.
const ID_BYTES: usize = 8;
const SECRET_BYTES: usize = 32;

/// Why a token could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The archive refused.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The system gave no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
}

/// Makes a token. Answers what is kept of it, and the token, which is never shown again.
pub async fn create(
    archive: &Archive,
    name: &str,
    (role, sight): (TokenRole, Option<Sight>),
    accounts: AccountScope,
    (now, expires_at): (Timestamp, Option<Timestamp>),
) -> Result<(Token, String), SecretError> {
    let id = random(ID_BYTES)?;
    let secret = format!("{PREFIX}{id}_{}", random(SECRET_BYTES)?);
    let token = Token {
        id,
        name: name.to_owned(),
        role,
        sight: sight.unwrap_or_else(|| role.usual_sight()),
        accounts,
        created_at: now,
        expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    archive.add_token(&token, &hash(&secret)).await?;
    Ok((token, secret))
}

/// The token of a secret, when it is good at `now`.
pub async fn verify(archive: &Archive, secret: &str, now: Timestamp) -> Result<Option<Token>, ArchiveError> {
    Ok(archive.token(&hash(secret)).await?.filter(|token| token.is_good(now)))
}

/// What is kept of a secret. It has 256 random bits, so a plain hash is enough: there is nothing to guess.
pub fn hash(secret: &str) -> [u8; 32] {
    *blake3::hash(secret.as_bytes()).as_bytes()
}

/// A random identity: 64 bits as text.
pub fn random_id() -> Result<String, SecretError> {
    random(ID_BYTES)
}

/// A random secret: 256 bits as text.
pub fn random_secret() -> Result<String, SecretError> {
    random(SECRET_BYTES)
}

fn random(bytes: usize) -> Result<String, SecretError> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| SecretError::Random(error.to_string()))?;
    Ok(hex(&buffer))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
