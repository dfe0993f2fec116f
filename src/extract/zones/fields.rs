//! The names of header fields in the languages that mail programs speak.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a line of a header block states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    From,
    Sent,
    To,
    Copy,
    Subject,
    /// A field that only a raw message has (`Message-ID`).
    Raw,
    Other,
}

/// The field that a line states, if it looks like `Name: value`.
pub(super) fn field(text: &str) -> Option<Field> {
    let text = text.trim_start_matches(['*', '>', '|', ' ', '\t']);
    let head = text.as_bytes().get(..text.len().min(28))?;
    let colon = memchr::memchr(b':', head)?;
    let name = text.get(..colon)?.trim_end_matches(['*', ' ', '\u{a0}']);
    if name.is_empty() || name.len() > 24 {
        return None;
    }
    FIELDS.get(name.to_lowercase().as_str()).copied()
}

static FIELDS: LazyLock<FxHashMap<&'static str, Field>> = LazyLock::new(|| {
    let lists: [(Field, &[&str]); 7] = [
        (Field::From, FROM_NAMES),
        (Field::Sent, SENT_NAMES),
        (Field::To, TO_NAMES),
        (Field::Copy, COPY_NAMES),
        (Field::Subject, SUBJECT_NAMES),
        (Field::Raw, RAW_NAMES),
        (Field::Other, OTHER_NAMES),
    ];
    lists.into_iter().flat_map(|(field, names)| names.iter().map(move |name| (*name, field))).collect()
});

#[rustfmt::skip]
const FROM_NAMES: &[&str] = &[
    "from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "от", "gönderen", "feladó", "mittente",
    "remitente", "expéditeur", "kimden", "από", "від", "absender", "de la",
];

#[rustfmt::skip]
const SENT_NAMES: &[&str] = &[
    "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el", "enviada em", "enviado em",
    "enviada", "fecha", "data", "inviato", "verzonden", "wysłano", "wysłane", "data wysłania", "skickat", "skickades",
    "sendt", "dato", "lähetetty", "päivämäärä", "päiväys", "отправлено", "дата", "odesláno", "dátum", "odoslané",
    "gönderildi", "tarih", "message du", "sent on", "date sent", "elküldve", "gesendet am", "sent at",
];

#[rustfmt::skip]
const TO_NAMES: &[&str] = &[
    "to", "an", "à", "a", "para", "aan", "do", "till", "til", "vastaanottaja", "кому", "komu", "kime", "címzett",
    "destinataire", "destinatario", "pour", "către",
];

#[rustfmt::skip]
const COPY_NAMES: &[&str] = &[
    "cc", "bcc", "kopie", "copie", "copie à", "cópia", "kopia", "kopi", "копия", "copia", "dw", "cci",
];

#[rustfmt::skip]
const SUBJECT_NAMES: &[&str] = &[
    "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "temat", "ämne", "emne", "aihe",
    "re", "тема", "předmět", "predmet", "konu", "sujet", "tárgy", "betrifft", "subiect",
];

#[rustfmt::skip]
const RAW_NAMES: &[&str] = &[
    "message-id", "mime-version", "received", "return-path", "content-type", "content-transfer-encoding", "x-from",
    "x-to", "x-cc", "x-bcc", "x-folder", "x-origin", "x-filename", "x-mailer", "delivered-to",
];

#[rustfmt::skip]
const OTHER_NAMES: &[&str] = &[
    "importance", "priority", "reply-to", "organization", "attachments", "attachment", "anlagen", "wichtigkeit",
    "in-reply-to", "references", "sensitivity", "importancia", "importanza", "prioridade", "newsgroups", "antwort an",
    "répondre à", "sender", "list-id", "pièces jointes", "when", "where", "organizer", "resent-from", "user-agent",
    "prioriteit", "adjuntos", "allegati", "bijlagen",
];
