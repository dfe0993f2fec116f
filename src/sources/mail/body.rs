//! The text of a message: which parts of it are what its author wrote, and what the other parts say.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mail_parser::{ContentType, Message, MessagePart, MimeHeaders, PartType};

use super::charset::repaired;
use super::{calendar, html, report};
use crate::sources::text::{normalize, one_line};

/// A plain part shorter than this beside an HTML part may be a mere notice ("your reader shows no HTML").
const STUB_BYTES: usize = 300;

/// Returns the text in its stored form and puts what attachments, invitations and reports say into `attributes`.
pub(crate) fn read(message: &Message<'_>, raw: &[u8], attributes: &mut BTreeMap<String, String>) -> String {
    let mut text = join(message, raw, &message.text_body);
    if message.html_body != message.text_body && text.len() < STUB_BYTES && has_html(message) {
        let from_html = join(message, raw, &message.html_body);
        if is_stub(&text, &from_html) {
            text = from_html;
        }
    }
    if text.is_empty() {
        text = salvaged(message, raw);
    }
    let description = others(message, raw, attributes);
    match description {
        Some(description) if text.is_empty() => normalize(&description),
        Some(_) | None => text,
    }
}

/// The text of a message cut short or with a broken structure: the parser files its body under attachments.
fn salvaged(message: &Message<'_>, raw: &[u8]) -> String {
    let is_body = |part: &&MessagePart<'_>| {
        let is_file = part.content_disposition().is_some_and(ContentType::is_attachment);
        part.is_encoding_problem && !is_file && !part.is_content_type("text", "calendar")
    };
    let unstructured = message.parts.len() == 1;
    let parts = message.attachments().filter(|part| unstructured || is_body(part));
    parts.map(|part| part_text(part, raw)).find(|text| !text.is_empty()).unwrap_or_default()
}

fn has_html(message: &Message<'_>) -> bool {
    message.html_bodies().any(|part| matches!(part.body, PartType::Html(_)))
}

/// Says whether the plain text is empty or far shorter than what the HTML part says.
fn is_stub(plain: &str, from_html: &str) -> bool {
    plain.is_empty() || from_html.len() > plain.len() * 4 + 200
}

/// The texts of several parts, one after the other.
fn join(message: &Message<'_>, raw: &[u8], parts: &[u32]) -> String {
    let mut joined = String::new();
    for part in parts.iter().filter_map(|&id| message.part(id)) {
        let text = part_text(part, raw);
        if joined.is_empty() {
            joined = text;
        } else if !text.is_empty() {
            joined.push_str("\n\n");
            joined.push_str(&text);
        }
    }
    joined
}

fn part_text(part: &MessagePart<'_>, raw: &[u8]) -> String {
    match &part.body {
        PartType::Text(_) if part.is_content_type("text", "calendar") => String::new(),
        PartType::Text(text) if part.is_content_type("text", "html") => html::to_text(&repaired(text, part, raw)),
        PartType::Text(text) => plain(&repaired(text, part, raw), part.content_type()),
        PartType::Html(text) => html::to_text(&repaired(text, part, raw)),
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) | PartType::Multipart(_) => {
            String::new()
        }
    }
}

fn plain(text: &str, content_type: Option<&ContentType<'_>>) -> String {
    let start = text.trim_start();
    if starts_like_html(start) {
        return html::to_text(text);
    }
    let parameter = |name: &str| content_type.and_then(|content_type| content_type.attribute(name));
    if parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
        let spaces = if parameter("delsp").is_some_and(|value| value.eq_ignore_ascii_case("yes")) {
            TrailingSpace::Drop
        } else {
            TrailingSpace::Keep
        };
        return normalize(&unflow(text, spaces));
    }
    normalize(text)
}

/// Some programs send HTML as `text/plain`.
fn starts_like_html(text: &str) -> bool {
    let starts = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    text.starts_with('<') && (starts("<!doctype html") || starts("<html"))
}

/// Whether the space at which a flowed line was broken belongs to the text (RFC 3676, `DelSp`).
#[derive(Clone, Copy)]
enum TrailingSpace {
    Keep,
    Drop,
}

/// Joins the lines that a mailer broke (RFC 3676); quoted lines join with lines of the same depth.
fn unflow(text: &str, spaces: TrailingSpace) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let is_separator = content == "-- ";
        if open != Some(depth) || is_separator {
            if !out.is_empty() || open.is_some() {
                out.push('\n');
            }
            (0..depth).for_each(|_| out.push('>'));
            if depth > 0 && !content.is_empty() {
                out.push(' ');
            }
        }
        let flowed = content.ends_with(' ') && !is_separator;
        let kept = match spaces {
            TrailingSpace::Drop if flowed => &content[..content.len() - 1],
            TrailingSpace::Drop | TrailingSpace::Keep => content,
        };
        out.push_str(kept);
        open = flowed.then_some(depth);
        if !flowed && out.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// Reads the parts that are not text: invitations, delivery reports, attachments. Returns an event's description.
fn others(message: &Message<'_>, raw: &[u8], attributes: &mut BTreeMap<String, String>) -> Option<String> {
    note_report(message, attributes);
    let mut description = None;
    let mut names: Vec<String> = Vec::new();
    for part in message.attachments() {
        if part.is_content_type("text", "calendar") || part.is_content_type("application", "ics") {
            description = description.or(calendar_text(part, raw, attributes));
        } else if part.is_content_type("message", "delivery-status") {
            let recipients = report::failed_recipients(&String::from_utf8_lossy(part.contents()));
            if !recipients.is_empty() {
                attributes.entry("bounce.recipient".to_owned()).or_insert(recipients.join(", "));
            }
            continue;
        }
        names.extend(attachment_name(part).filter(|name| !names.contains(name)));
    }
    if !names.is_empty() {
        attributes.insert("attachments".to_owned(), names.join("\n"));
    }
    description
}

fn calendar_text(part: &MessagePart<'_>, raw: &[u8], attributes: &mut BTreeMap<String, String>) -> Option<String> {
    let ics: Cow<'_, str> = match &part.body {
        PartType::Text(text) => repaired(text, part, raw),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => crate::sources::text::decode(bytes),
        PartType::Html(_) | PartType::Message(_) | PartType::Multipart(_) => return None,
    };
    calendar::event_facts(&ics, attributes)
}

/// Keeps the type of a report; a bounce is told from a read receipt by it.
fn note_report(message: &Message<'_>, attributes: &mut BTreeMap<String, String>) {
    let Some(content_type) = message.parts.first().and_then(MimeHeaders::content_type) else { return };
    if content_type.ctype() == "multipart" && content_type.subtype() == Some("report") {
        let kind = content_type.attribute("report-type").unwrap_or_default();
        let value = format!("multipart/report; report-type={}", one_line(kind).to_lowercase());
        attributes.insert("header.content-type".to_owned(), value);
    }
}

/// The name of an attachment; pictures that belong to the layout have none that matters.
fn attachment_name(part: &MessagePart<'_>) -> Option<String> {
    if ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature"]
        .iter()
        .any(|kind| part.is_content_type("application", kind))
    {
        return None;
    }
    let is_attached = part.content_disposition().is_some_and(ContentType::is_attachment);
    let is_layout =
        !is_attached && part.content_id().is_some() && part.content_type().is_some_and(|own| own.ctype() == "image");
    if is_layout {
        return None;
    }
    let name = match (part.attachment_name(), &part.body) {
        (Some(name), _) => one_line(name),
        (None, PartType::Message(nested)) => one_line(nested.subject()?),
        (None, _) => return None,
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_flowed_lines() {
        let check = |input: &str, expected: &str| {
            assert_eq!(normalize(&unflow(input, TrailingSpace::Keep)), expected, "{input:?}");
        };
        check("one \r\ntwo\r\nthree\r\n", "one two\nthree");
        check("> a \n> b\n>> c\nd", "> a b\n>> c\nd");
        check("text \n-- \nSam", "text\n--\nSam");
        check(" >not a quote\n From me", ">not a quote\nFrom me");
        check("\n\nlate start\n\n\nend", "late start\n\n\nend");
        assert_eq!(unflow("so \nft", TrailingSpace::Drop), "soft");
    }
}
