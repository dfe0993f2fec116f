//! Mail: single messages, mbox files, Maildirs. Splitting a file into raw messages ([`mbox::Splitter`]) is cheap and
//! apart from parsing ([`parse`]), which is a pure function, so that messages can be parsed in parallel.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::Timestamp;

use super::detect::Head;
use super::{Item, Sink, text};
use crate::model::{Interaction, Problem};

mod body;
mod calendar;
mod charset;
mod date;
pub(crate) mod emlx;
mod header;
pub mod html;
pub(crate) mod maildir;
pub mod mbox;
mod message;
mod report;

pub use message::parse;

/// A message as it lies in its file, not yet parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMail {
    /// Its bytes, without the mbox `From ` line and with `>From ` unquoted.
    pub raw: Vec<u8>,
    /// The file, for problems.
    pub path: Arc<str>,
    /// Where it starts in an mbox file; `None` when the file is the message.
    pub offset: Option<u64>,
    /// The time on the mbox `From ` line, taken when the message itself has none.
    pub envelope_at: Option<Timestamp>,
}

impl RawMail {
    /// Names the message within its file; empty when the file is the message.
    pub fn item(&self) -> String {
        self.offset.map(|offset| format!("message at byte {offset}")).unwrap_or_default()
    }

    /// Parses the message; see [`parse`].
    pub fn parse(&self) -> (Option<Interaction>, Vec<Problem>) {
        parse(&self.raw, &self.path, &self.item(), self.envelope_at)
    }
}

/// Header fields that make a text a mail rather than a note with `Name: value` lines.
const MAIL_FIELDS: [&str; 12] = [
    "from",
    "to",
    "date",
    "subject",
    "message-id",
    "received",
    "return-path",
    "mime-version",
    "delivered-to",
    "content-type",
    "x-mailer",
    "reply-to",
];

/// Says whether the file is one message: known header fields come first, and enough of them.
pub(crate) fn sniff(head: &Head<'_>) -> bool {
    let named = head.has_extension(&["eml", "mail", "mht"]);
    let (mut known, mut sure, mut others) = (0, false, 0);
    for line in head.text.trim_start().lines().take(200) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            others += 1;
            continue;
        };
        let name = name.trim_end().to_ascii_lowercase();
        if MAIL_FIELDS.contains(&name.as_str()) {
            known += 1;
            let addressed = matches!(name.as_str(), "from" | "to") && value.contains('@');
            sure |= addressed || matches!(name.as_str(), "message-id" | "received" | "return-path" | "mime-version");
        } else if name.contains(' ') {
            others += 1;
        }
    }
    // A note may start with lines of the same names.
    if head.has_extension(&["md", "markdown"]) {
        return false;
    }
    if named { known >= 1 } else { known >= 2 && sure && others == 0 }
}

/// Reads one message.
pub(crate) fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match text::read_all(input) {
        Ok(raw) => emit(parse(&raw, label, "", None), sink),
        Err(error) => sink(Item::Problem(Problem::new(label, "", error.to_string()))),
    }
}

/// Passes the outcome of a parse on.
fn emit((interaction, problems): (Option<Interaction>, Vec<Problem>), sink: &mut Sink<'_>) -> ControlFlow<()> {
    problems.into_iter().try_for_each(|problem| sink(Item::Problem(problem)))?;
    match interaction {
        Some(interaction) => sink(Item::Interaction(Box::new(interaction))),
        None => ControlFlow::Continue(()),
    }
}
