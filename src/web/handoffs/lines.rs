//! A document as the desk shows it: sections, groups and lines, each with what was decided.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::words::Progress;
use crate::handoff::{Definitions, is_unsure, who};
use crate::model::{Gap, Handoff, Origin, ReviewState};
use crate::review::{Line, Sheet, is_person};

/// What a line is about, which tells what can be decided about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum About {
    Fact,
    Person,
    /// Put together from several: there is nothing to decide.
    Several,
}

/// What was decided about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    Undecided,
    Approved,
    Corrected,
    Rejected,
    Added,
    Nothing,
}

/// A line.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    pub(super) line: Line,
    /// Its identity in the page.
    pub(super) id: String,
    pub(super) about: About,
    pub(super) verdict: Verdict,
    /// Whose word it is; none for what was observed.
    who: Option<&'static str>,
    unsure: bool,
    /// Whether it is the one whose evidence is shown.
    current: bool,
}

/// Lines below one heading, or without one.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    title: Option<String>,
    lines: Vec<Shown>,
}

/// A field that no source answers.
#[derive(Debug, Serialize)]
pub(super) struct Question {
    field: String,
    label: String,
    ask: String,
    /// The part in the buying decision that somebody has to be found for.
    role: Option<&'static str>,
    /// Else what sort of line answers it.
    kind: &'static str,
}

/// A section.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    id: String,
    title: String,
    groups: Vec<Group>,
    gaps: Vec<Question>,
    omitted: u32,
}

impl Shown {
    pub(super) fn of(line: Line, current: &str) -> Self {
        let about = match &line.fact {
            Some(fact) if is_person(fact) => About::Person,
            Some(_) => About::Fact,
            None => About::Several,
        };
        let verdict = match line.review {
            _ if about == About::Several => Verdict::Nothing,
            ReviewState::Extracted => Verdict::Undecided,
            ReviewState::Confirmed => Verdict::Approved,
            ReviewState::Corrected => Verdict::Corrected,
            ReviewState::Rejected => Verdict::Rejected,
            ReviewState::Added => Verdict::Added,
        };
        let origin = if line.review == ReviewState::Added { Origin::Added } else { line.origin };
        Self {
            id: format!("line-{}", line.line.replace(['/', ':'], "-")),
            about,
            verdict,
            who: who(origin),
            unsure: is_unsure(line.confidence),
            current: line.line == current,
            line,
        }
    }
}

/// The document by sections.
pub(super) fn sections(definitions: &Definitions, document: &Handoff, sheet: &Sheet, current: &str) -> Vec<Section> {
    let open: BTreeSet<&str> = sheet.gaps.iter().map(|gap| gap.field.as_str()).collect();
    let section = |section: &crate::model::HandoffSection| {
        let mut groups: Vec<Group> = Vec::new();
        for line in sheet.lines.iter().chain(&sheet.added).filter(|line| line.section == section.id) {
            let shown = Shown::of(line.clone(), current);
            let home = groups.iter_mut().rfind(|group| group.title == line.group);
            match home {
                Some(group) => group.lines.push(shown),
                None => groups.push(Group { title: line.group.clone(), lines: vec![shown] }),
            }
        }
        let gaps = section.gaps.iter().filter(|gap| open.contains(gap.field.as_str()));
        Section {
            id: section.id.clone(),
            title: section.title.clone(),
            groups,
            gaps: gaps.map(|gap| question(definitions, gap)).collect(),
            omitted: section.omitted,
        }
    };
    document.sections.iter().map(section).collect()
}

/// What answers a field: somebody with a part in the decision, or a line of a kind.
const ANSWERS: [(&str, &str, Option<&str>); 14] = [
    ("decision_maker", "decision", Some("decision_maker")),
    ("economic_buyer", "decision", Some("economic_buyer")),
    ("champion", "decision", Some("champion")),
    ("technical_contact", "decision", Some("technical_evaluator")),
    ("why_bought", "buying_motivation", None),
    ("objectives", "objective", None),
    ("success_metric", "metric", None),
    ("pain_points", "pain_point", None),
    ("promised_deliverables", "commitment", None),
    ("due_dates", "commitment", None),
    ("budget", "risk", None),
    ("decision_process", "decision", None),
    ("communication_preferences", "preference", None),
    ("configured", "customization", None),
];

fn question(definitions: &Definitions, gap: &Gap) -> Question {
    let found = ANSWERS.iter().find(|(field, ..)| *field == gap.field);
    let (_, kind, role) = found.unwrap_or(&("", "requirement", None));
    Question { field: gap.field.clone(), label: definitions.label(&gap.field), ask: gap.ask.clone(), role: *role, kind }
}

/// How far the document was gone through. What stands in several sections counts once.
pub(super) fn progress(sheet: &Sheet) -> Progress {
    let mut known = BTreeMap::new();
    for line in &sheet.lines {
        let shown = Shown::of(line.clone(), "");
        if let (Some(fact), true) = (&line.fact, shown.verdict != Verdict::Nothing) {
            known.insert(fact, shown.verdict != Verdict::Undecided);
        }
    }
    Progress {
        decided: known.values().filter(|decided| **decided).count(),
        of: known.len(),
        unanswered: sheet.questions.iter().filter(|question| question.answers.is_empty()).count(),
    }
}

/// The line after `line` that nobody has decided about, else the first one.
pub(super) fn next_undecided<'a>(sheet: &'a Sheet, line: &str) -> Option<&'a Line> {
    let place = sheet.lines.iter().position(|known| known.line == line).map_or(0, |place| place + 1);
    let (before, after) = sheet.lines.split_at(place.min(sheet.lines.len()));
    let is_open = |line: &&Line| Shown::of((*line).clone(), "").verdict == Verdict::Undecided;
    after.iter().find(is_open).or_else(|| before.iter().find(is_open))
}
