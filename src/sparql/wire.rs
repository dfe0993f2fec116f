//! What the service and its workers say to each other: frames of a length and that many bytes of postcard, and the
//! bytes of an answer after its frame.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::{Accepted, Dataset, Excess, SparqlError};
use crate::model::{AccountScope, Sight};

/// The longest frame: a query of the longest body that the service takes, and its graphs.
const MOST: usize = 8 << 20;

/// What a worker is told to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Order {
    /// To open a copy of the graph, in place of the one before.
    Open(PathBuf),
    /// To answer a query.
    Ask(Ask),
}

/// One query.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ask {
    pub(super) text: String,
    /// What relative IRIs are relative to.
    pub(super) base: String,
    pub(super) reach: Reach,
    /// Graphs in place of those that the query names itself.
    pub(super) dataset: Option<Dataset>,
    pub(super) accepted: Accepted,
    pub(super) time: Duration,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// What a query may see. The worker finds the graphs, so that they and what they hold are of one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reach {
    /// Everything in the store.
    Everything,
    /// What may be seen of accounts.
    Accounts(AccountScope, Sight),
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// The copy is open.
    Opened,
    /// The answer, so many bytes of a media type, follows.
    Answer(String, u64),
    /// There is none.
    Failed(Failure),
}

/// [`SparqlError`], as far as a worker can meet it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Failure {
    Malformed(String),
    Refused(String),
    NotAcceptable,
    TooMuch(Excess),
    Failed(String),
}

impl From<SparqlError> for Failure {
    fn from(error: SparqlError) -> Self {
        match error {
            SparqlError::Malformed(text) => Self::Malformed(text),
            SparqlError::Refused(text) => Self::Refused(text),
            SparqlError::NotAcceptable => Self::NotAcceptable,
            SparqlError::TooMuch(excess) => Self::TooMuch(excess),
            SparqlError::Failed(text) => Self::Failed(text),
            SparqlError::Protocol(_) | SparqlError::Busy => Self::Failed(error.to_string()),
        }
    }
}

impl From<Failure> for SparqlError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Malformed(text) => Self::Malformed(text),
            Failure::Refused(text) => Self::Refused(text),
            Failure::NotAcceptable => Self::NotAcceptable,
            Failure::TooMuch(excess) => Self::TooMuch(excess),
            Failure::Failed(text) => Self::Failed(text),
        }
    }
}

/// The frame of a message.
pub(super) fn frame(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = postcard::to_extend(message, vec![0; 4]).map_err(io::Error::other)?;
    let length = bytes.len() - 4;
    if length > MOST {
        return Err(io::Error::other("a message is too long for its frame"));
    }
    bytes[..4].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(bytes)
}

/// Reads a message; `None` at the end of input.
pub(super) fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let mut bytes = vec![0; checked(length)?];
    input.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

/// Reads a message as the service does.
pub(super) async fn receive<T: DeserializeOwned>(input: &mut (impl AsyncRead + Unpin)) -> io::Result<T> {
    let mut length = [0; 4];
    input.read_exact(&mut length).await?;
    let mut bytes = vec![0; checked(length)?];
    input.read_exact(&mut bytes).await?;
    postcard::from_bytes(&bytes).map_err(io::Error::other)
}

fn checked(length: [u8; 4]) -> io::Result<usize> {
    let length = u32::from_le_bytes(length) as usize;
    if length > MOST { Err(io::Error::other("a frame is too long")) } else { Ok(length) }
}

/// Writes a message and what follows it.
pub(super) fn write(output: &mut impl Write, message: &impl Serialize, rest: &[u8]) -> io::Result<()> {
    output.write_all(&frame(message)?)?;
    output.write_all(rest)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_through() {
        let mut bytes = Vec::new();
        write(&mut bytes, &Order::Open("copy".into()), b"").unwrap();
        write(&mut bytes, &Told::Answer("text/csv".to_owned(), 3), b"a\r\n").unwrap();
        let mut rest = bytes.as_slice();
        assert!(matches!(read(&mut rest).unwrap(), Some(Order::Open(path)) if path.as_os_str() == "copy"));
        assert!(matches!(read(&mut rest).unwrap(), Some(Told::Answer(kind, 3)) if kind == "text/csv"));
        assert_eq!(rest, b"a\r\n");
        assert!(read::<Order>(&mut [0_u8; 2].as_slice()).unwrap().is_none());
        assert!(read::<Order>(&mut [255_u8; 9].as_slice()).is_err());
    }
}
