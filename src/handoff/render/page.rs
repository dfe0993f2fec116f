//! A document as the forms for people show it: plain data with every word in place, so that all forms say the same.

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::model::{Gap, Handoff, HandoffItem, HandoffSection, Origin, ReviewState};

use super::notes::{Note, Notes};
use super::wording::{self, LegendEntry, plain, plain_or};
use crate::handoff::{Definitions, lines::lower_first};

/// Lines below this confidence are marked as unsure.
pub(super) const UNSURE_BELOW: f32 = 0.6;

/// The section that is read as a paragraph.
const NARRATIVE: &str = "executive_summary";

/// A document for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Page {
    /// Heading: the account and the type.
    pub(super) title: String,
    /// Name of the account.
    pub(super) account_name: String,
    /// The account as programs name it.
    pub(super) account: String,
    /// Heading of the type.
    pub(super) type_title: String,
    /// The type as programs name it.
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) status: String,
    /// The time it speaks of.
    pub(super) as_of: Timestamp,
    /// Day of `as_of`.
    pub(super) as_of_day: String,
    pub(super) generated_at: Timestamp,
    /// `generated_at` to the second, which is all that Word reads.
    pub(super) created: String,
    /// What was read and what failed, and how many questions are open, as sentences.
    pub(super) coverage: String,
    /// How many fields no source answers.
    pub(super) gap_count: usize,
    /// What the marks mean.
    pub(super) legend: &'static [LegendEntry],
    pub(super) sections: Vec<PageSection>,
    pub(super) notes: Vec<Note>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PageSection {
    pub(super) id: String,
    pub(super) title: String,
    /// Whether its lines are sentences of one paragraph.
    pub(super) narrative: bool,
    pub(super) groups: Vec<Group>,
    pub(super) gaps: Vec<PageGap>,
    /// How many lines were left out.
    pub(super) omitted: u32,
    /// Neither lines nor gaps.
    pub(super) empty: bool,
}

/// Lines below one heading, or without one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Group {
    pub(super) title: Option<String>,
    pub(super) lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) origin: Origin,
    /// Whose word it is; `None` for what was observed.
    pub(super) who: Option<&'static str>,
    pub(super) unsure: bool,
    pub(super) review: ReviewState,
    /// What stands behind the line: doubt, and what people decided.
    pub(super) marks: Vec<&'static str>,
    pub(super) notes: Vec<Citation>,
}

/// A note that a line points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Citation {
    pub(super) number: usize,
    /// Whether no line before points at it.
    pub(super) first: bool,
}

/// A field that no source answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct PageGap {
    pub(super) field: String,
    pub(super) label: String,
    pub(super) ask: String,
}

impl Page {
    /// Gathers what is shown of a document.
    pub(super) fn new(definitions: &Definitions, handoff: &Handoff) -> Self {
        let mut notes = Notes::default();
        let sections = handoff.sections.iter().map(|section| page_section(definitions, section, &mut notes)).collect();
        let type_title = definitions.get(&handoff.kind).map_or(handoff.kind.as_str(), |kind| kind.title.as_str());
        let account_name = plain_or(&handoff.account_name, handoff.account.as_str());
        let gap_count = handoff.sections.iter().map(|section| section.gaps.len()).sum();
        Self {
            title: format!("{account_name}: {}", lower_first(type_title)),
            account_name,
            account: handoff.account.to_string(),
            type_title: type_title.to_owned(),
            kind: handoff.kind.clone(),
            id: handoff.id.to_string(),
            status: handoff.status.clone(),
            as_of: handoff.as_of,
            as_of_day: handoff.as_of.to_zoned(TimeZone::UTC).date().to_string(),
            generated_at: handoff.generated_at,
            created: handoff.generated_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            coverage: wording::coverage(&handoff.coverage, handoff.rejected, gap_count),
            gap_count,
            legend: &wording::LEGEND,
            sections,
            notes: notes.into_list(),
        }
    }
}

fn page_section<'a>(definitions: &Definitions, section: &'a HandoffSection, notes: &mut Notes<'a>) -> PageSection {
    let mut groups: Vec<Group> = Vec::new();
    for item in &section.items {
        let title = item.group.as_deref().map(plain).filter(|title| !title.is_empty());
        let line = line(item, notes);
        match groups.last_mut() {
            Some(group) if group.title == title || title.is_none() => group.lines.push(line),
            _ => groups.push(Group { title, lines: vec![line] }),
        }
    }
    PageSection {
        id: section.id.clone(),
        title: plain_or(&section.title, &section.id),
        narrative: section.id == NARRATIVE,
        empty: groups.is_empty() && section.gaps.is_empty(),
        groups,
        gaps: section.gaps.iter().map(|gap| page_gap(definitions, gap)).collect(),
        omitted: section.omitted,
    }
}

fn line<'a>(item: &'a HandoffItem, notes: &mut Notes<'a>) -> Line {
    let unsure = super::is_unsure(item.confidence);
    let origin = if item.review == ReviewState::Added { Origin::Added } else { item.origin };
    let cited = item.evidence.iter().map(|evidence| notes.cite(evidence, origin));
    let mut citations: Vec<Citation> = Vec::with_capacity(item.evidence.len());
    for citation in cited {
        if citations.iter().all(|other| other.number != citation.number) {
            citations.push(citation);
        }
    }
    Line {
        text: plain(&item.text),
        origin,
        who: wording::who(origin),
        unsure,
        review: item.review,
        marks: unsure.then_some(wording::UNSURE).into_iter().chain(wording::decided(item.review)).collect(),
        notes: citations,
    }
}

fn page_gap(definitions: &Definitions, gap: &Gap) -> PageGap {
    let label = definitions.label(&gap.field);
    PageGap { field: plain(&gap.field), label: plain(&label), ask: plain(&gap.ask) }
}
