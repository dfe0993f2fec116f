//! What the graph of an account holds, by subject, in a form small enough to be kept and compared.

use serde::{Deserialize, Serialize};

use super::GraphError;

/// The class in a minted IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Class {
    Fact,
    Person,
    Interaction,
    Party,
    Usage,
    Observation,
}

impl Class {
    const ALL: [Self; 6] = [Self::Fact, Self::Person, Self::Interaction, Self::Party, Self::Usage, Self::Observation];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Person => "person",
            Self::Interaction => "interaction",
            Self::Party => "party",
            Self::Usage => "usage",
            Self::Observation => "observation",
        }
    }
}

/// A subject: minted IRIs shrink to their hash, others are kept whole. Either way the IRI can be had back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Key {
    Minted(Class, [u8; 12]),
    Other(Box<str>),
}

impl Key {
    pub(super) fn new(iri: &str) -> Self {
        minted(iri).unwrap_or_else(|| Self::Other(iri.into()))
    }

    pub(super) fn iri(&self) -> String {
        match self {
            Self::Minted(class, hash) => {
                let mut iri = format!("urn:baton:{}:", class.as_str());
                for byte in hash {
                    for digit in [byte >> 4, byte & 15] {
                        iri.extend(char::from_digit(u32::from(digit), 16));
                    }
                }
                iri
            }
            Self::Other(iri) => iri.to_string(),
        }
    }

    /// Says whether it is of that class.
    pub(super) fn is(&self, class: Class) -> bool {
        matches!(self, Self::Minted(own, _) if *own == class)
    }
}

fn minted(iri: &str) -> Option<Key> {
    let (class, digits) = iri.strip_prefix("urn:baton:")?.split_once(':')?;
    let class = Class::ALL.into_iter().find(|known| known.as_str() == class)?;
    let mut hash = [0; 12];
    let bytes = digits.as_bytes();
    if bytes.len() != 2 * hash.len() || !bytes.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(bytes.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Key::Minted(class, hash))
}

/// What the graph of one account holds: a digest of each subject's content. It is kept with the archive, and
/// given to the next projection, which then writes only what differs. An empty one means that nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    entries: Vec<(Key, u64)>,
}

impl Fingerprints {
    pub(super) fn new(mut entries: Vec<(Key, u64)>) -> Self {
        entries.sort_unstable();
        entries.dedup_by(|later, earlier| later.0 == earlier.0);
        Self { entries }
    }

    pub(super) fn get(&self, key: &Key) -> Option<u64> {
        let place = self.entries.binary_search_by(|(own, _)| own.cmp(key)).ok()?;
        self.entries.get(place).map(|&(_, digest)| digest)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The compact form in which the archive keeps them.
    pub fn to_bytes(&self) -> Result<Vec<u8>, GraphError> {
        postcard::to_stdvec(self).map_err(|error| GraphError::Fingerprints(error.to_string()))
    }

    /// Reads the compact form; `None` when another version wrote it, and then nothing is known.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Number of subjects.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Says whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_give_their_iri_back() {
        let check = |iri: &str, is_minted: bool| {
            let key = Key::new(iri);
            assert_eq!(key.iri(), iri);
            assert_eq!(matches!(key, Key::Minted(..)), is_minted, "{iri}");
        };
        check("urn:baton:fact:0123456789abcdef01234567", true);
        check("urn:baton:person:0123456789abcdef01234567", true);
        check("urn:baton:fact:0123456789ABCDEF01234567", false);
        check("urn:baton:fact:0123", false);
        check("urn:baton:account:northwind", false);
        check("", false);
    }
}
