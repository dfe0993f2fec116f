//! One thing that somebody said, wrote or recorded, in the native form of the contract.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::AccountSlug;

/// What kind of source an interaction came from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum InteractionKind {
    Email,
    Chat,
    Call,
    Ticket,
    #[default]
    Note,
    Crm,
    Usage,
    Survey,
    Event,
}

impl InteractionKind {
    /// Every kind, in the order of the contract.
    pub const ALL: [Self; 9] = [
        Self::Email,
        Self::Chat,
        Self::Call,
        Self::Ticket,
        Self::Note,
        Self::Crm,
        Self::Usage,
        Self::Survey,
        Self::Event,
    ];

    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Chat => "chat",
            Self::Call => "call",
            Self::Ticket => "ticket",
            Self::Note => "note",
            Self::Crm => "crm",
            Self::Usage => "usage",
            Self::Survey => "survey",
            Self::Event => "event",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Which side of the relationship a person stands on: the account, or us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The account's people.
    Customer,
    /// Our own people.
    Vendor,
}

impl Side {
    /// The name used on the wire and in the graph.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Vendor => "vendor",
        }
    }

    /// The side of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Customer, Self::Vendor].into_iter().find(|side| side.as_str() == name)
    }
}

/// What a participant did in an interaction.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum ParticipantRole {
    From,
    To,
    Cc,
    Bcc,
    ReplyTo,
    /// Said something in a call or chat.
    Speaker,
    /// Was invited to or present at a meeting.
    Attendee,
    Organizer,
    Author,
    Requester,
    Assignee,
    Owner,
    /// Is what a CRM row or survey answer is about.
    Subject,
    #[default]
    #[serde(other)]
    Other,
}

/// A person or mailbox that took part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Participant {
    /// What they did.
    #[serde(default)]
    pub role: ParticipantRole,
    /// Display name as the source writes it.
    #[serde(default)]
    pub name: Option<String>,
    /// Mail address, lower case where the source allows.
    #[serde(default)]
    pub address: Option<String>,
    /// The side, where the source itself says so.
    #[serde(default)]
    pub side: Option<Side>,
    /// The source's own identity of the person, for instance `slack:U02INES`.
    #[serde(default)]
    pub id: Option<String>,
}

/// One speaker's turn in a call or chat; offsets in code points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Turn {
    /// First code point of the spoken words (after `Speaker Name: `).
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Who spoke; `None` where the source does not say.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Seconds since the start of the call.
    #[serde(default)]
    pub at_s: Option<f64>,
}

/// Who may see an interaction and everything drawn from it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody who may see the account.
    #[default]
    Account,
    /// Our own side only: internal notes and comments.
    Internal,
    /// A private channel or mailbox.
    Private,
}

/// One thing that somebody said, wrote or recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(from = "Wire")]
pub struct Interaction {
    /// The source's own identity, for instance `mail:<message-id>`.
    pub id: String,
    /// The account it belongs to; `None` while unassigned.
    pub account: Option<AccountSlug>,
    /// What kind of source it came from.
    pub kind: InteractionKind,
    /// Conversation it belongs to.
    pub thread: Option<String>,
    /// When it was said. The archive takes only interactions that have it.
    pub sent_at: Option<Timestamp>,
    /// The author's own offset from UTC, in minutes, where the source tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utc_offset_minutes: Option<i16>,
    /// Subject line, ticket title, meeting title.
    pub subject: Option<String>,
    /// The text that every span refers to.
    pub text: String,
    /// BCP 47 tag where known.
    pub language: Option<String>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Turns of a call or chat; empty otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whatever else the source says, by name.
    pub attributes: BTreeMap<String, String>,
}

impl Interaction {
    /// The first participant in `role`.
    pub fn participant(&self, role: ParticipantRole) -> Option<&Participant> {
        self.participants.iter().find(|participant| participant.role == role)
    }

    /// An attribute by name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The tolerant reading form: only `id` and `text` must be there, and `sent_at` may carry an offset.
#[derive(Deserialize)]
struct Wire {
    id: String,
    #[serde(default)]
    account: Option<AccountSlug>,
    #[serde(default)]
    kind: InteractionKind,
    #[serde(default)]
    thread: Option<String>,
    #[serde(default)]
    sent_at: Option<SentAt>,
    #[serde(default)]
    utc_offset_minutes: Option<i16>,
    #[serde(default)]
    subject: Option<String>,
    text: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    participants: Vec<Participant>,
    #[serde(default, deserialize_with = "null_as_default")]
    turns: Vec<Turn>,
    #[serde(default, deserialize_with = "null_as_default")]
    visibility: Visibility,
    #[serde(default, deserialize_with = "scalars")]
    attributes: BTreeMap<String, String>,
}

impl From<Wire> for Interaction {
    fn from(wire: Wire) -> Self {
        let stated = wire.sent_at.as_ref().and_then(|sent| sent.offset_minutes);
        Self {
            id: wire.id,
            account: wire.account,
            kind: wire.kind,
            thread: wire.thread,
            sent_at: wire.sent_at.map(|sent| sent.at),
            utc_offset_minutes: wire.utc_offset_minutes.or(stated),
            subject: wire.subject,
            text: wire.text,
            language: wire.language,
            participants: wire.participants,
            turns: wire.turns,
            visibility: wire.visibility,
            attributes: wire.attributes,
        }
    }
}

/// An RFC 3339 time together with the offset it was written in.
struct SentAt {
    at: Timestamp,
    offset_minutes: Option<i16>,
}

impl<'de> Deserialize<'de> for SentAt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let at: Timestamp = text.parse().map_err(serde::de::Error::custom)?;
        Ok(Self { at, offset_minutes: offset_minutes(&text) })
    }
}

/// The numeric offset at the end of an RFC 3339 time; `None` for `Z`, which says nothing of the author's zone.
fn offset_minutes(text: &str) -> Option<i16> {
    let tail = text.get(text.len().checked_sub(6)?..)?;
    let sign = match tail.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = tail.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?))
}

fn null_as_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads attribute values of any JSON scalar type as text.
fn scalars<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = Option::<BTreeMap<String, serde_json::Value>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(values
        .into_iter()
        .filter_map(|(name, value)| match value {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some((name, text)),
            other => Some((name, other.to_string())),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_tolerant_form() {
        let check = |json: &str, expected_offset: Option<i16>| {
            let read: Interaction = serde_json::from_str(json).expect(json);
            assert_eq!(read.utc_offset_minutes, expected_offset, "{json}");
        };
        check(r#"{"id":"a","text":"hi"}"#, None);
        check(r#"{"id":"a","text":"hi","sent_at":"2026-01-12T09:30:00Z","attributes":null,"turns":null}"#, None);
        check(r#"{"id":"a","text":"hi","sent_at":"2026-01-12T09:30:00-08:00","attributes":{"n":1}}"#, Some(-480));
    }
}
