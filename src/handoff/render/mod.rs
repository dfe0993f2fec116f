//! A document in the forms that people and programs read.
//!
//! [`render()`] writes one. The forms for people are all made from one [`page::Page`]: Markdown and HTML by templates,
//! DOCX by templates of its parts, PDF by a Typst source. JSON is the document itself.

mod docx;
mod notes;
mod page;
mod paper;
mod pdf;
mod typefaces;
mod wording;

#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::model::{Handoff, Origin};

use super::{Definitions, HandoffError, lines};
use page::Page;

/// A form in which a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown with YAML front matter.
    Markdown,
    /// One self-contained page.
    Html,
    /// The contract's own shape.
    Json,
    /// A Word document.
    Docx,
    /// A tagged PDF.
    Pdf,
}

impl Format {
    /// Every form, the contract's own first.
    pub const ALL: [Self; 5] = [Self::Json, Self::Markdown, Self::Html, Self::Docx, Self::Pdf];

    /// What it is sent as.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
        }
    }

    /// Whether it is text that a terminal can show.
    pub fn is_text(self) -> bool {
        match self {
            Self::Markdown | Self::Html | Self::Json => true,
            Self::Docx | Self::Pdf => false,
        }
    }
}

/// How much of each source a document read, what failed, and how many questions are open, as sentences.
pub fn coverage(handoff: &Handoff) -> String {
    let gaps = handoff.sections.iter().map(|section| section.gaps.len()).sum();
    wording::coverage(&handoff.coverage, handoff.rejected, gaps)
}

/// Whose word a line is, in words; what was observed bears no mark.
pub fn who(origin: Origin) -> Option<&'static str> {
    wording::who(origin)
}

/// Says whether a line of such confidence is marked as unsure.
pub fn is_unsure(confidence: Option<f32>) -> bool {
    confidence.is_some_and(|confidence| confidence < page::UNSURE_BELOW)
}

/// Writes a document. The same document gives the same bytes.
#[tracing::instrument(skip_all, fields(account = %handoff.account, ?format))]
pub fn render(definitions: &Definitions, handoff: &Handoff, format: Format) -> Result<Vec<u8>, HandoffError> {
    let page = || Page::new(definitions, handoff);
    match format {
        Format::Json => serde_json::to_vec_pretty(handoff).map_err(|error| HandoffError::form("JSON", &error)),
        Format::Markdown => by_template(definitions, &handoff.kind, "document.md", page()).map(String::into_bytes),
        Format::Html => by_template(definitions, &handoff.kind, "document.html", page()).map(String::into_bytes),
        Format::Docx => docx::write(definitions, &page()),
        Format::Pdf => pdf::write(definitions, &page()),
    }
}

/// Renders a template of a document: the type's own where it has one, else the one that all types share.
fn by_template(
    definitions: &Definitions,
    kind: &str,
    template: &str,
    values: impl Serialize,
) -> Result<String, HandoffError> {
    let own = format!("{kind}/{template}");
    let templates = &definitions.templates;
    let name = if templates.get_template(&own).is_ok() { own } else { format!("shared/{template}") };
    let failed = |error: minijinja::Error| HandoffError::template(&name, &error);
    templates.get_template(&name).map_err(failed)?.render(lines::value(values)).map_err(failed)
}
