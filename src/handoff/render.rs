//! A document as Markdown, HTML or JSON. Every line of text points at the words it came from, gathered as numbered
//! notes at the end.

use minijinja::Value;
use serde_json::json;

use crate::model::{Evidence, Handoff};

use super::{Definitions, HandoffError, lines};

/// A form in which a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown with YAML front matter.
    Markdown,
    /// One self-contained page.
    Html,
    /// The contract's own shape.
    Json,
}

/// Lines below this confidence are marked as unsure.
const UNSURE_BELOW: f32 = 0.6;

/// Writes a document.
pub fn render(definitions: &Definitions, handoff: &Handoff, format: Format) -> Result<String, HandoffError> {
    let template = match format {
        Format::Json => {
            let text = serde_json::to_string_pretty(handoff);
            return text
                .map_err(|error| HandoffError::Template { name: "json".to_owned(), problem: error.to_string() });
        }
        Format::Markdown => "document.md",
        Format::Html => "document.html",
    };
    let own = format!("{}/{template}", handoff.kind);
    let templates = &definitions.templates;
    let name = if templates.get_template(&own).is_ok() { own } else { format!("shared/{template}") };
    let failed = |error: minijinja::Error| HandoffError::template(&name, &error);
    templates.get_template(&name).map_err(failed)?.render(values(definitions, handoff)).map_err(failed)
}

/// The values of a document template: the document with its evidence numbered in order of appearance.
fn values(definitions: &Definitions, handoff: &Handoff) -> Value {
    let mut notes = Notes::default();
    let sections: Vec<_> = handoff
        .sections
        .iter()
        .map(|section| {
            let items: Vec<_> = section
                .items
                .iter()
                .map(|item| {
                    let unsure = item.confidence.is_some_and(|confidence| confidence < UNSURE_BELOW);
                    let numbers: Vec<usize> = item.evidence.iter().map(|evidence| notes.number(evidence)).collect();
                    json!({ "item": item, "notes": numbers, "unsure": unsure })
                })
                .collect();
            let gaps: Vec<_> = section
                .gaps
                .iter()
                .map(|gap| json!({ "gap": gap, "label": definitions.field(&gap.field).map(|field| &field.label) }))
                .collect();
            let narrative = section.id == "executive_summary";
            json!({ "section": section, "items": items, "gaps": gaps, "narrative": narrative })
        })
        .collect();
    let title = definitions.get(&handoff.kind).map_or(handoff.kind.as_str(), |kind| kind.title.as_str());
    lines::value(json!({
        "handoff": handoff,
        "title": title,
        "sections": sections,
        "notes": notes.list,
        "gap_count": handoff.sections.iter().map(|section| section.gaps.len()).sum::<usize>(),
    }))
}

/// Evidence in order of first appearance.
#[derive(Default)]
struct Notes<'a> {
    list: Vec<&'a Evidence>,
}

impl<'a> Notes<'a> {
    fn number(&mut self, evidence: &'a Evidence) -> usize {
        let known = self.list.iter().position(|other| *other == evidence);
        known.unwrap_or_else(|| {
            self.list.push(evidence);
            self.list.len() - 1
        }) + 1
    }
}
