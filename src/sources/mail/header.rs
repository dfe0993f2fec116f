//! Header fields: one pass over them that keeps what an interaction needs, and the facts by which automatic mail is
//! recognised later.

use std::collections::BTreeMap;

use mail_parser::parsers::MessageStream;
use mail_parser::{Address, Header, HeaderName, HeaderValue, MessageParser};

use super::charset::repaired_header;
use super::date::{self, Moment};
use crate::model::{Participant, ParticipantRole};
use crate::sources::text;

/// Fields kept as `header.<name>` when present.
const FACTS: [&str; 10] = [
    "auto-submitted",
    "precedence",
    "list-id",
    "list-unsubscribe",
    "x-auto-response-suppress",
    "x-autoreply",
    "return-path",
    "x-failed-recipients",
    "feedback-id",
    "x-auto-submitted",
];

/// Longest fact kept, in bytes.
const FACT_BYTES: usize = 300;

/// The parser of messages: only the fields read here are parsed, the others are passed over.
pub(crate) fn parser() -> MessageParser {
    MessageParser::new()
        .with_minimal_headers()
        .header_address(HeaderName::Sender)
        .with_message_ids()
        .default_header_ignore()
}

/// What the fields of one message say.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) participants: Vec<Participant>,
    sender: Vec<Participant>,
    pub(crate) subject: Option<String>,
    pub(crate) message_id: Option<String>,
    in_reply_to: Option<String>,
    first_reference: Option<String>,
    pub(crate) sent: Option<Moment>,
    pub(crate) date_text: Option<String>,
    received: Option<Moment>,
    pub(crate) facts: BTreeMap<String, String>,
    mailer: Option<String>,
    /// Whether any field was one that only mail has.
    pub(crate) is_mail: bool,
}

impl Fields {
    /// Reads the fields; `raw` is the message that they point into.
    pub(crate) fn read(headers: &[Header<'_>], raw: &[u8]) -> Self {
        let mut fields = Self::default();
        for header in headers {
            let bytes = raw.get(header.offset_start as usize..header.offset_end as usize).unwrap_or_default();
            fields.take(header, bytes);
        }
        fields.finish()
    }

    fn take(&mut self, header: &Header<'_>, raw: &[u8]) {
        match &header.name {
            HeaderName::From => self.addresses(ParticipantRole::From, header, raw),
            HeaderName::To => self.addresses(ParticipantRole::To, header, raw),
            HeaderName::Cc => self.addresses(ParticipantRole::Cc, header, raw),
            HeaderName::Bcc => self.addresses(ParticipantRole::Bcc, header, raw),
            HeaderName::ReplyTo => self.addresses(ParticipantRole::ReplyTo, header, raw),
            HeaderName::Sender => push_addresses(&mut self.sender, ParticipantRole::From, header, raw),
            HeaderName::Subject => {
                self.is_mail = true;
                let repaired = repaired_header(raw)
                    .map(|text| MessageStream::new(text.as_bytes()).parse_unstructured().into_owned());
                self.subject = repaired.as_ref().unwrap_or(&header.value).as_text().map(text::one_line);
            }
            HeaderName::Date => {
                self.is_mail = true;
                self.sent = self.sent.or_else(|| moment(header, raw));
                self.date_text = Some(unfolded(raw));
            }
            HeaderName::MessageId => {
                self.is_mail = true;
                self.message_id = self.message_id.take().or_else(|| first_id(&header.value, raw));
            }
            HeaderName::InReplyTo => {
                self.in_reply_to = self.in_reply_to.take().or_else(|| first_id(&header.value, raw));
            }
            HeaderName::References => {
                self.first_reference = self.first_reference.take().or_else(|| first_id(&header.value, raw));
            }
            // The trace nearest to the recipient comes first.
            HeaderName::Received => {
                self.is_mail = true;
                if self.received.is_none() && self.sent.is_none() {
                    self.received = received(raw);
                }
            }
            other => self.fact(other.as_str(), raw),
        }
    }

    fn addresses(&mut self, role: ParticipantRole, header: &Header<'_>, raw: &[u8]) {
        self.is_mail = true;
        push_addresses(&mut self.participants, role, header, raw);
    }

    fn fact(&mut self, name: &str, raw: &[u8]) {
        if name.eq_ignore_ascii_case("x-mailer") {
            self.mailer = Some(unfolded(raw));
        } else if let Some(fact) = FACTS.iter().find(|fact| name.eq_ignore_ascii_case(fact)) {
            let value = unfolded(raw);
            if !value.is_empty() {
                self.facts.insert(format!("header.{fact}"), value);
            }
        }
    }

    fn finish(mut self) -> Self {
        let has_author = self.participants.iter().any(|participant| participant.role == ParticipantRole::From);
        if !has_author {
            let sender = std::mem::take(&mut self.sender);
            self.participants.splice(0..0, sender);
        }
        let bulk = ["header.precedence", "header.list-id", "header.list-unsubscribe", "header.feedback-id"];
        if let Some(mailer) = self.mailer.take().filter(|_| bulk.iter().any(|name| self.facts.contains_key(*name))) {
            self.facts.insert("header.x-mailer".to_owned(), mailer);
        }
        self.sent = self.sent.or(self.received.map(|moment| Moment { offset_minutes: None, ..moment }));
        self
    }

    /// The first message of the conversation that this one belongs to, itself when it starts one.
    pub(crate) fn root_id(&self) -> Option<&str> {
        self.first_reference.as_deref().or(self.in_reply_to.as_deref()).or(self.message_id.as_deref())
    }
}

fn push_addresses(into: &mut Vec<Participant>, role: ParticipantRole, header: &Header<'_>, raw: &[u8]) {
    let repaired = repaired_header(raw);
    let value = repaired.as_ref().map(|text| MessageStream::new(text.as_bytes()).parse_address());
    let Some(addresses) = value.as_ref().unwrap_or(&header.value).as_address() else { return };
    let mut push = |addr: &mail_parser::Addr<'_>| into.extend(participant(role, addr));
    match addresses {
        Address::List(list) => list.iter().for_each(&mut push),
        Address::Group(groups) => groups.iter().flat_map(|group| &group.addresses).for_each(&mut push),
    }
}

fn participant(role: ParticipantRole, addr: &mail_parser::Addr<'_>) -> Option<Participant> {
    let written = addr.address.as_deref().map(str::trim).unwrap_or_default();
    let address = (written.contains('@') && !written.contains(' ')).then(|| written.to_lowercase());
    let name = addr.name.as_deref().map(text::one_line);
    // Outlook puts apostrophes around a name that it does not know.
    let name = name.as_deref().map(|name| name.trim_matches(['\'', '"']).trim()).filter(|name| !name.is_empty());
    let name = match (name, &address) {
        (Some(name), Some(address)) if name.eq_ignore_ascii_case(address) => None,
        (Some(name), _) => Some(name.to_owned()),
        // A directory path of Exchange names nobody.
        (None, None) if !written.is_empty() && !written.starts_with('/') => Some(written.to_owned()),
        (None, _) => None,
    };
    (name.is_some() || address.is_some()).then_some(Participant { role, name, address, side: None, id: None })
}

/// The first message id of a field; of a damaged one whatever is there.
fn first_id(value: &HeaderValue<'_>, raw: &[u8]) -> Option<String> {
    let id = match value {
        HeaderValue::Text(id) => id.to_string(),
        HeaderValue::TextList(ids) => ids.first()?.to_string(),
        _ => unfolded(raw),
    };
    let id = id.rsplit('<').next().unwrap_or_default().trim_end_matches('>');
    let id: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    (!id.is_empty()).then_some(id)
}

fn moment(header: &Header<'_>, raw: &[u8]) -> Option<Moment> {
    let strict = header.value.as_datetime().and_then(date::parsed);
    strict.or_else(|| date::loose(&String::from_utf8_lossy(&raw[..raw.len().min(200)])))
}

/// The time of a trace field stands after its last semicolon.
fn received(raw: &[u8]) -> Option<Moment> {
    let at = memchr::memrchr(b';', raw)?;
    let text = String::from_utf8_lossy(&raw[at + 1..]);
    mail_parser::DateTime::parse_rfc822(&text).and_then(|value| date::parsed(&value)).or_else(|| date::loose(&text))
}

/// A field's value on one line.
pub(crate) fn unfolded(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(&raw[..raw.len().min(FACT_BYTES * 2)]);
    let mut value = text::one_line(&text);
    if value.len() > FACT_BYTES {
        value.truncate(value.floor_char_boundary(FACT_BYTES));
    }
    value
}
