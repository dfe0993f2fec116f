//! Which form a file has, judged by its first bytes; the name is a hint only where content leaves a doubt.
//! A new form is one variant of [`Format`] and one line in [`READERS`] or [`BUNDLE_READERS`].

use std::io::BufRead;
use std::ops::ControlFlow;

use super::{Bundle, Item, Sink, crm, ics, jsonl, mail, notes, slack, tables, text, tickets, transcripts};
use crate::model::Problem;

/// Bytes of a file that detection wants to see; fewer are fine.
pub const HEAD_BYTES: usize = 64 * 1024;

/// Every form that is read. The readers of tickets, CRM records and transcripts tell the spellings of the several tools
/// apart themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Format {
    Eml,
    /// Apple Mail: a byte count, the message, a property list.
    Emlx,
    Mbox,
    /// The native form: JSON Lines, an array or one object.
    Jsonl,
    SlackExport,
    /// WebVTT, `SubRip`, Gong's JSON, `Name: words` lines.
    Transcript,
    /// Zendesk, Jira, Intercom.
    Tickets,
    /// `HubSpot`, Salesforce.
    Crm,
    Usage,
    Survey,
    Note,
    Calendar,
}

/// What detection knows of a file.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// File name in lower case, without folders.
    pub name: &'a str,
    /// The first bytes, decoded, without a byte order mark; possibly cut in the middle of a line.
    pub text: &'a str,
}

impl Head<'_> {
    /// Says whether the file name ends in one of the extensions.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        self.name.rsplit_once('.').is_some_and(|(_, own)| extensions.contains(&own))
    }
}

/// Recognises and reads one form of single file.
pub(crate) struct Reader {
    format: Format,
    sniff: fn(&Head<'_>) -> bool,
    pub(crate) read: fn(&str, &mut dyn BufRead, &mut Sink<'_>) -> ControlFlow<()>,
}

/// Recognises and reads one form of a set of files.
pub(crate) struct BundleReader {
    format: Format,
    sniff: fn(&[String]) -> bool,
    pub(crate) read: fn(&str, &mut dyn Bundle, &mut Sink<'_>) -> ControlFlow<()>,
}

/// Forms of single files, the surest signs first: the first that recognises the head wins.
static READERS: &[Reader] = &[
    Reader { format: Format::Mbox, sniff: mail::mbox::sniff, read: mail::mbox::read },
    Reader { format: Format::Emlx, sniff: mail::emlx::sniff, read: mail::emlx::read },
    Reader { format: Format::Calendar, sniff: |head| ics::sniff(head.name, head.text), read: whole_calendar },
    Reader { format: Format::Jsonl, sniff: jsonl::sniff, read: jsonl::read },
    Reader { format: Format::Eml, sniff: mail::sniff, read: mail::read },
    Reader { format: Format::Tickets, sniff: |head| tickets::sniff(head.name, head.text), read: read_tickets },
    Reader { format: Format::Crm, sniff: |head| crm::sniff(head.name, head.text), read: read_crm },
    Reader {
        format: Format::Survey,
        sniff: |head| tables::survey::sniff(head.name, head.text),
        read: tables::survey::read,
    },
    Reader {
        format: Format::Usage,
        sniff: |head| tables::usage::sniff(head.name, head.text),
        read: tables::usage::read,
    },
    Reader {
        format: Format::Transcript,
        sniff: |head| transcripts::sniff(head.name, head.text),
        read: whole_transcript,
    },
    Reader { format: Format::Note, sniff: |head| notes::sniff(head.name, head.text), read: whole_note },
];

/// Forms of sets of files.
static BUNDLE_READERS: &[BundleReader] =
    &[BundleReader { format: Format::SlackExport, sniff: slack::sniff, read: slack::read }];

fn whole_calendar(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    whole(label, input, sink, ics::read)
}

fn whole_transcript(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    whole(label, input, sink, transcripts::read)
}

fn whole_note(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    whole(label, input, sink, notes::read)
}

fn read_tickets(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    document_or_table(label, input, sink, tickets::read, tickets::read_table)
}

fn read_crm(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    document_or_table(label, input, sink, crm::read, crm::read_table)
}

/// Reads a file that has to be in memory as a whole.
fn whole(
    label: &str,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    read: fn(&str, &str, &mut Sink<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    match text::read_all(input) {
        Ok(bytes) => read(label, &text::decode_owned(bytes), sink),
        Err(error) => sink(Item::Problem(Problem::new(label, "", error.to_string()))),
    }
}

/// Reads JSON as a whole and a table row by row.
fn document_or_table(
    label: &str,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    read: fn(&str, &str, &mut Sink<'_>) -> ControlFlow<()>,
    read_table: fn(&str, &str, &mut dyn BufRead, &mut Sink<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let head = match input.fill_buf() {
        Ok(head) => text::decode(&head[..head.len().min(HEAD_BYTES)]).into_owned(),
        Err(error) => return sink(Item::Problem(Problem::new(label, "", error.to_string()))),
    };
    if head.trim_start().starts_with(['{', '[']) {
        whole(label, input, sink, read)
    } else {
        read_table(label, &head, input, sink)
    }
}

/// The form of a file by its name and first bytes ([`HEAD_BYTES`] are enough); `None` when no form fits.
pub fn detect(name: &str, head: &[u8]) -> Option<Format> {
    let head = &head[..head.len().min(HEAD_BYTES)];
    let name = name.rsplit(['/', '\\', '!']).next().unwrap_or(name).to_lowercase();
    let text = text::decode(head);
    let head = Head { name: &name, text: &text };
    READERS.iter().find(|reader| (reader.sniff)(&head)).map(|reader| reader.format)
}

/// The form of a set of files by their names, relative to its root; `None` when the files are to be read one by one.
pub fn detect_bundle(names: &[String]) -> Option<Format> {
    BUNDLE_READERS.iter().find(|reader| (reader.sniff)(names)).map(|reader| reader.format)
}

/// The reader of a form of single file.
pub(crate) fn reader(format: Format) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.format == format)
}

/// The reader of a form of a set of files.
pub(crate) fn bundle_reader(format: Format) -> Option<&'static BundleReader> {
    BUNDLE_READERS.iter().find(|reader| reader.format == format)
}

/// Why bytes of a well-known foreign form are not read; a hint for the person who fed them in.
pub fn refusal(head: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 8] = [
        (b"\xd0\xcf\x11\xe0", "form not recognised (an Outlook .msg or old Office file; export mail as .eml or .mbox)"),
        (b"!BDN", "form not recognised (an Outlook data file; export its folders as .mbox)"),
        (b"%PDF", "form not recognised (a PDF document)"),
        (b"\x1f\x8b", "form not recognised (a gzip file; unpack it first)"),
        (b"7z\xbc\xaf", "form not recognised (a 7-Zip archive; unpack it first)"),
        (b"Rar!", "form not recognised (a RAR archive; unpack it first)"),
        (b"\x89PNG", "form not recognised (an image)"),
        (b"\xff\xd8\xff", "form not recognised (an image)"),
    ];
    KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map_or("form not recognised", |(_, reason)| reason)
}

/// The keys of the first JSON object in `text`, the object itself or the first of an array; works on cut text.
pub fn first_object_keys(text: &str) -> Vec<&str> {
    let text = text.trim_start().trim_start_matches('[').trim_start();
    let mut keys = Vec::new();
    let mut depth = 0usize;
    let mut last_string = "";
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => break,
            b'}' | b']' => depth -= 1,
            b':' if depth == 1 && !last_string.is_empty() => keys.push(std::mem::take(&mut last_string)),
            b',' => last_string = "",
            b'"' => {
                let end = string_end(bytes, at + 1);
                last_string = text.get(at + 1..end).unwrap_or_default();
                at = end;
            }
            _ if depth == 0 && !bytes[at].is_ascii_whitespace() => break,
            _ => {}
        }
        at += 1;
    }
    keys
}

/// Where the JSON string that starts at `from` ends: its closing quote or the end of the text.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn recognises_by_content() {
        let check = |name: &str, head: &str, expected: Option<Format>| {
            assert_eq!(detect(name, head.as_bytes()), expected, "{name}: {head}");
        };
        let mail = "Received: from mx.example by b.example; Mon, 12 Jan 2026 09:30:00 +0000\r\nFrom: Priya <p@n.example>\r\nSubject: Hi\r\n\r\nHi";
        check("export.bin", mail, Some(Format::Eml));
        check("x.txt", &format!("From p@n.example Mon Jan 12 09:30:00 2026\n{mail}"), Some(Format::Mbox));
        check("1.emlx", &format!("512\n{mail}"), Some(Format::Emlx));
        check("a", r#"{"id":"n:1","text":"Hi","kind":"note"}"#, Some(Format::Jsonl));
        check("a", "[\n {\"id\": \"n:1\", \"kind\": \"note\", \"text\": \"Hi\"}]", Some(Format::Jsonl));
        check("a", r#"{"unknown":1,"shape":"x"}"#, None);
        check("a.txt", "From our call with Priya we know that she wants the report", None);
        check("n.md", "From: priya@n.example\nDate: 2026-01-12\n\n# Call", Some(Format::Note));
        check("c", "\u{feff}WEBVTT\n\n00:01.000 --> 00:02.000\nSam: hi", Some(Format::Transcript));
        check("c", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Some(Format::Calendar));
        check(
            "d.json",
            r#"{"tickets":[{"id":1,"subject":"x","status":"open","requester_id":2}]}"#,
            Some(Format::Tickets),
        );
        check("u.csv", "date,metric,value\n2026-01-12,logins,5\n", Some(Format::Usage));
        check("a.bin", "\u{1}\u{2}", None);
        check("empty", "", None);
    }

    #[test]
    fn keys_of_cut_json() {
        let check = |text: &str, expected: &[&str]| assert_eq!(first_object_keys(text), expected, "{text}");
        check(r#"{"a": {"b": 1, "c": ["d"]}, "e\"f": "g:h", "i"#, &["a", "e\\\"f"]);
        check(r#"[{"a":1},{"b":2}]"#, &["a"]);
        check("nothing", &[]);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}") {
            let _ = detect("x", &bytes);
            let _ = first_object_keys(&text);
            let _ = refusal(&bytes);
        }
    }
}
