//! What differs between two documents, line by line.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Gap, Handoff, HandoffItem, HandoffSection, Iri};

/// What differs between two documents.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct DocumentDiff {
    /// The earlier document.
    pub before: Iri,
    /// The later one.
    pub after: Iri,
    /// The sections in which something differs, in the order of the later document.
    pub sections: Vec<SectionDiff>,
}

/// What differs in a section.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SectionDiff {
    /// The section.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Lines that are new.
    pub added: Vec<HandoffItem>,
    /// Lines that are gone.
    pub removed: Vec<HandoffItem>,
    /// Lines about the same thing that say something else.
    pub changed: Vec<ItemChange>,
    /// Fields that were answered and are no more.
    pub gaps_opened: Vec<Gap>,
    /// Fields that were open and are answered.
    pub gaps_closed: Vec<Gap>,
}

/// A line before and after.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ItemChange {
    /// As it was.
    pub before: HandoffItem,
    /// As it is.
    pub after: HandoffItem,
}

impl SectionDiff {
    fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.gaps_opened.is_empty()
            && self.gaps_closed.is_empty()
    }
}

/// What differs from `before` to `after`. Lines are the same when they are about the same fact or person in the same
/// section, or, where they are put together from several, when they read the same. Order and evidence do not count.
pub fn diff(before: &Handoff, after: &Handoff) -> DocumentDiff {
    let mut sections = Vec::new();
    let none = HandoffSection::default();
    for new in &after.sections {
        let old = before.sections.iter().find(|section| section.id == new.id).unwrap_or(&none);
        sections.push(of_section(new, old, new));
    }
    for old in &before.sections {
        if after.sections.iter().all(|section| section.id != old.id) {
            sections.push(of_section(old, old, &none));
        }
    }
    sections.retain(|section| !section.is_empty());
    DocumentDiff { before: before.id.clone(), after: after.id.clone(), sections }
}

fn of_section(named: &HandoffSection, old: &HandoffSection, new: &HandoffSection) -> SectionDiff {
    let mut matched = BTreeSet::new();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for item in &new.items {
        let mut candidates = old.items.iter().enumerate().filter(|(place, _)| !matched.contains(place));
        match candidates.find(|(_, known)| is_same(known, item)) {
            Some((place, known)) => {
                matched.insert(place);
                if says(known) != says(item) {
                    changed.push(ItemChange { before: known.clone(), after: item.clone() });
                }
            }
            None => added.push(item.clone()),
        }
    }
    let gone = old.items.iter().enumerate().filter(|(place, _)| !matched.contains(place));
    let removed = gone.map(|(_, item)| item.clone()).collect();
    let missing = |gaps: &[Gap], from: &[Gap]| -> Vec<Gap> {
        gaps.iter().filter(|gap| from.iter().all(|other| other.field != gap.field)).cloned().collect()
    };
    SectionDiff {
        id: named.id.clone(),
        title: named.title.clone(),
        added,
        removed,
        changed,
        gaps_opened: missing(&new.gaps, &old.gaps),
        gaps_closed: missing(&old.gaps, &new.gaps),
    }
}

fn is_same(old: &HandoffItem, new: &HandoffItem) -> bool {
    match (&old.fact, &new.fact) {
        (Some(a), Some(b)) => a == b,
        (None, None) => old.text == new.text,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// What a reader sees of a line.
fn says(item: &HandoffItem) -> (&str, Option<&str>, crate::model::ReviewState) {
    (&item.text, item.group.as_deref(), item.review)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountSlug, Origin, ReviewState};

    fn item(fact: &str, text: &str) -> HandoffItem {
        HandoffItem {
            text: text.to_owned(),
            fact: (!fact.is_empty()).then(|| Iri::from_text(fact)),
            group: None,
            confidence: None,
            review: ReviewState::Extracted,
            origin: Origin::Observed,
            evidence: Vec::new(),
        }
    }

    fn document(id: &str, items: Vec<HandoffItem>, gaps: &[&str]) -> Handoff {
        let gaps = gaps.iter().map(|field| Gap { field: (*field).to_owned(), ask: "Sam".to_owned() }).collect();
        let section = HandoffSection { id: "s".to_owned(), title: "S".to_owned(), items, gaps, omitted: 0 };
        Handoff {
            id: Iri::from_text(id),
            account: AccountSlug::from_name("northwind").unwrap(),
            kind: "renewal".to_owned(),
            account_name: "Northwind".to_owned(),
            as_of: jiff::Timestamp::UNIX_EPOCH,
            generated_at: jiff::Timestamp::UNIX_EPOCH,
            previous: None,
            status: "draft".to_owned(),
            content_hash: String::new(),
            coverage: Vec::new(),
            rejected: 0,
            sections: vec![section],
            changes: Vec::new(),
        }
    }

    #[test]
    fn lines_are_matched_by_what_they_are_about() {
        let before = document("a", vec![item("f1", "one"), item("f2", "two"), item("", "three")], &["budget"]);
        let after = document("b", vec![item("f2", "two, late"), item("f4", "four"), item("", "three")], &["timeline"]);
        let told = diff(&before, &after);
        let texts = |items: &[HandoffItem]| items.iter().map(|item| item.text.clone()).collect::<Vec<_>>();
        let section = &told.sections[0];
        assert_eq!(texts(&section.added), ["four"]);
        assert_eq!(texts(&section.removed), ["one"]);
        assert_eq!((section.changed.len(), section.changed[0].after.text.as_str()), (1, "two, late"));
        assert_eq!(
            (section.gaps_opened[0].field.as_str(), section.gaps_closed[0].field.as_str()),
            ("timeline", "budget")
        );
        assert!(diff(&before, &before).sections.is_empty());
    }
}
