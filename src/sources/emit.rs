//! Handing items to the sink, and the small pieces that every reader makes interactions from.

use std::ops::ControlFlow;

use super::{Item, Sink};
use crate::model::{Interaction, Participant, ParticipantRole, Problem, Side};

/// Hands over something that was read.
pub(super) fn give(sink: &mut Sink<'_>, interaction: Interaction) -> ControlFlow<()> {
    sink(Item::Interaction(Box::new(interaction)))
}

/// Hands over something that could not be read.
pub(super) fn reject(
    sink: &mut Sink<'_>,
    label: &str,
    item: impl Into<String>,
    reason: impl Into<String>,
) -> ControlFlow<()> {
    sink(Item::Problem(Problem::new(label, item, reason)))
}

/// A person as a source names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) address: Option<String>,
    pub(super) side: Option<Side>,
    /// The source's own identity of the person.
    pub(super) id: Option<String>,
}

impl Person {
    /// Reads `Name <address>`, an address or a name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"').trim();
        if text.is_empty() {
            return None;
        }
        if let Some((name, rest)) = text.split_once('<') {
            let address = rest.split('>').next().unwrap_or_default();
            return Self {
                name: full(name.trim().trim_matches('"')),
                address: mail_address(address),
                side: None,
                id: None,
            }
            .known();
        }
        match mail_address(text) {
            Some(address) => Some(Self { address: Some(address), ..Self::default() }),
            None => Some(Self { name: full(text), ..Self::default() }),
        }
    }

    /// The person, unless nothing at all is known of them.
    pub(super) fn known(self) -> Option<Self> {
        (self.name.is_some() || self.address.is_some()).then_some(self)
    }

    /// The person taking part in `role`.
    pub(super) fn as_role(&self, role: ParticipantRole) -> Participant {
        Participant {
            role,
            name: self.name.clone(),
            address: self.address.clone(),
            side: self.side,
            id: self.id.clone(),
        }
    }
}

/// The text trimmed, or `None` when nothing is left of it.
pub(super) fn full(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The mail address in lower case, or `None` when the text is not one.
pub(super) fn mail_address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:");
    let (local, domain) = text.split_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>,;\"".contains(c));
    (plain(local) && plain(domain) && domain.contains('.')).then(|| text.to_lowercase())
}

/// The last part of a label: `export.zip!calls/a.vtt` becomes `a.vtt`.
pub(super) fn file_name(label: &str) -> &str {
    label.rsplit(['/', '\\', '!']).next().unwrap_or(label)
}

/// A short stable key of some texts, in hexadecimal digits.
pub(super) fn short_hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_people() {
        let check = |text: &str, name: Option<&str>, address: Option<&str>| {
            let person = Person::parse(text).unwrap_or_default();
            assert_eq!((person.name.as_deref(), person.address.as_deref()), (name, address), "{text}");
        };
        check("Ines Moreau <Ines@Alder.example>", Some("Ines Moreau"), Some("ines@alder.example"));
        check("ines@alder.example", None, Some("ines@alder.example"));
        check("Ines Moreau", Some("Ines Moreau"), None);
        check("<>", None, None);
        check("  ", None, None);
        check("a@b@c", Some("a@b@c"), None);
    }
}
