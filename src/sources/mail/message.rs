//! One raw message to one interaction. Pure, and never fails as a whole for a part that is broken.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use jiff::Timestamp;
use mail_parser::{Message, MessageParser};

use super::header::{self, Fields};
use super::{body, date::Moment};
use crate::model::{Interaction, InteractionKind, ParticipantRole, Problem, Visibility};

static PARSER: LazyLock<MessageParser> = LazyLock::new(header::parser);

/// Messages within messages above which one is refused: the parser's result is freed recursively.
const MAX_NESTED_MESSAGES: usize = 400;

/// Parses a message. `label` and `item` say where it came from, for problems; `envelope_at` is the time on its mbox
/// separator. Answers without an interaction only together with a problem that says why.
pub fn parse(
    raw: &[u8],
    label: &str,
    item: &str,
    envelope_at: Option<Timestamp>,
) -> (Option<Interaction>, Vec<Problem>) {
    match read(raw, envelope_at) {
        Ok(interaction) => (Some(interaction), Vec::new()),
        Err(reason) => (None, vec![Problem::new(label, item, reason)]),
    }
}

fn read(raw: &[u8], envelope_at: Option<Timestamp>) -> Result<Interaction, String> {
    let raw = without_preamble(raw);
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err("message is empty".to_owned());
    }
    if nested_messages(raw) > MAX_NESTED_MESSAGES {
        return Err(format!("more than {MAX_NESTED_MESSAGES} messages within the message"));
    }
    // The parser promises not to panic; one foreign message must not end a run if it does.
    let message = catch_unwind(AssertUnwindSafe(|| PARSER.parse(raw)))
        .map_err(|_| "the message cannot be parsed".to_owned())?
        .ok_or("no mail header found")?;
    let fields = message.parts.first().map(|part| Fields::read(&part.headers, raw)).unwrap_or_default();
    if !fields.is_mail {
        return Err("no mail header found".to_owned());
    }
    let sent = sent_at(&fields, envelope_at)?;
    Ok(interaction(&message, fields, sent, raw))
}

fn interaction(message: &Message<'_>, mut fields: Fields, sent: Moment, raw: &[u8]) -> Interaction {
    let mut attributes = std::mem::take(&mut fields.facts);
    let text = body::read(message, raw, &mut attributes);
    let id = match &fields.message_id {
        Some(id) => format!("mail:<{id}>"),
        None => content_id(&fields, sent, &text),
    };
    let thread = fields.root_id().map_or_else(|| id.clone(), |root| format!("mail:<{root}>"));
    Interaction {
        id,
        account: None,
        kind: InteractionKind::Email,
        thread: Some(thread),
        sent_at: Some(sent.at),
        utc_offset_minutes: sent.offset_minutes,
        subject: fields.subject.filter(|subject| !subject.is_empty()),
        text,
        language: None,
        participants: fields.participants,
        turns: Vec::new(),
        visibility: Visibility::Account,
        attributes,
    }
}

fn sent_at(fields: &Fields, envelope_at: Option<Timestamp>) -> Result<Moment, String> {
    if let Some(sent) = fields.sent {
        return Ok(sent);
    }
    if let Some(at) = envelope_at {
        return Ok(Moment { at, offset_minutes: None });
    }
    let who = fields.message_id.as_deref().map(|id| format!(" in message <{id}>")).unwrap_or_default();
    Err(match fields.date_text.as_deref().unwrap_or_default() {
        "" => format!("no date{who}"),
        written => format!("date {written:?} cannot be read{who}"),
    })
}

/// The identity of a message without Message-ID: what stays the same in every copy of it.
fn content_id(fields: &Fields, sent: Moment, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let author = fields.participants.iter().find(|participant| participant.role == ParticipantRole::From);
    let author = author.and_then(|author| author.address.as_deref().or(author.name.as_deref())).unwrap_or_default();
    for part in [&sent.at.as_second().to_string(), author, fields.subject.as_deref().unwrap_or_default(), text] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    format!("mail:sha:{}", &hasher.finalize().to_hex()[..32])
}

/// Leaves out a byte order mark, blank lines and a separator line before the header.
fn without_preamble(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let start = raw.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(raw.len());
    let raw = &raw[start..];
    if raw.starts_with(b"From ") || raw.starts_with(b">From ") {
        return memchr::memchr(b'\n', raw).map_or(&[], |end| &raw[end + 1..]);
    }
    raw
}

fn nested_messages(raw: &[u8]) -> usize {
    // Without a nested message type in the usual spelling there are few; the exact count matters only for attacks,
    // which may spell it in any case.
    if memchr::memmem::find(raw, b"essage").is_none() && memchr::memmem::find(raw, b"ESSAGE").is_none() {
        return 0;
    }
    raw.windows(12).filter(|window| is_nested_type(window)).count()
}

fn is_nested_type(window: &[u8]) -> bool {
    matches!(window[0], b'm' | b'M' | b't' | b'T')
        && (window.eq_ignore_ascii_case(b"message/rfc8")
            || window.eq_ignore_ascii_case(b"message/glob")
            || window.eq_ignore_ascii_case(b"tipart/diges"))
}
