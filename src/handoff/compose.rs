//! Makes a document as data: runs the queries of a type, words each row as a line with its evidence, and finds the
//! gaps.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};
use minijinja::Value;
use serde_json::json;

use crate::graph::AccountGraph;
use crate::model::{
    AccountProfile, Change, Gap, Handoff, HandoffItem, HandoffSection, HandoffState, Iri, Origin, ReviewState,
    Stakeholder,
};
use crate::queries::{Bindings, Limit, ParameterType, Query, Row};

use super::definition::{Gathered, Part, Section, Source};
use super::memo::Memo;
use super::{Definitions, HandoffError, HandoffType, lines, origin, summary};

/// A promise this many days past its day was kept without a word or forgotten, not merely late.
const LONG_AGO_DAYS: i64 = 60;
/// What is due within so many days is due soon.
const SOON_DAYS: i64 = 30;

/// What a query of a document may take: the time the document speaks of and its day, the start of its period, the day
/// until which something is due soon, and the day before which something is long ago.
pub(super) const PARAMETERS: [(&str, ParameterType); 5] = [
    ("as_of", ParameterType::DateTime),
    ("since", ParameterType::DateTime),
    ("today", ParameterType::Date),
    ("soon", ParameterType::Date),
    ("long_ago", ParameterType::Date),
];

/// Everything a document is made of.
pub struct Input<'a> {
    /// Types, fields, queries and templates.
    pub definitions: &'a Definitions,
    /// The type to make.
    pub kind: &'a HandoffType,
    /// The account, as it was known at `as_of`.
    pub graph: &'a AccountGraph<'a>,
    /// The time the document speaks of.
    pub as_of: Timestamp,
    /// The time it is made.
    pub generated_at: Timestamp,
    /// Changes of the period, latest first.
    pub changes: Vec<Change>,
    /// Items that were offered and could not be loaded.
    pub rejected: u32,
    /// The document that it replaces.
    pub previous: Option<Iri>,
    /// Where the handoff stands.
    pub state: HandoffState,
}

/// Makes a document.
#[tracing::instrument(skip_all, fields(account = %input.graph.slug(), kind = input.kind.name))]
pub fn compose(input: Input<'_>) -> Result<Handoff, HandoffError> {
    let profile = input.graph.profile()?;
    let composer = Composer::new(&input, &profile)?;
    let mut sections = Vec::with_capacity(input.kind.sections.len());
    for section in &input.kind.sections {
        let gaps = composer.gaps(section)?;
        sections.push(HandoffSection {
            id: section.id.clone(),
            title: section.title.clone(),
            gaps,
            ..HandoffSection::default()
        });
    }
    let gaps: Vec<Gap> = sections.iter().flat_map(|section| section.gaps.clone()).collect();
    for (section, made) in input.kind.sections.iter().zip(&mut sections) {
        for part in &section.parts {
            composer.add_part(part, &gaps, made)?;
        }
    }
    let coverage = input.graph.coverage()?;
    Ok(summary::sign(Handoff {
        id: Iri::from_text(String::new()),
        account: input.graph.slug().clone(),
        account_name: profile.name.clone().unwrap_or_else(|| input.graph.slug().to_string()),
        kind: input.kind.name.clone(),
        as_of: input.as_of,
        generated_at: input.generated_at,
        previous: input.previous,
        status: input.state.to_string(),
        content_hash: String::new(),
        coverage,
        rejected: input.rejected,
        sections,
        changes: input.changes,
    }))
}

struct Composer<'a> {
    input: &'a Input<'a>,
    memo: Memo<'a>,
    /// The same for every line: the account, the time, the people a gap may be asked of.
    shared: Value,
    sides: origin::Sides,
}

impl<'a> Composer<'a> {
    fn new(input: &'a Input<'a>, profile: &AccountProfile) -> Result<Self, HandoffError> {
        let people = input.graph.stakeholders_in_brief()?;
        let shared = lines::value(json!({
            "account": profile,
            "slug": input.graph.slug(),
            "as_of": input.as_of,
            "people": summary::known_people(profile, &people),
        }));
        Ok(Self { input, memo: Memo::new(input.graph), shared, sides: origin::Sides::of(&people) })
    }

    /// The required fields of a section that no source answers.
    fn gaps(&self, section: &Section) -> Result<Vec<Gap>, HandoffError> {
        let mut gaps = Vec::new();
        for name in &section.fields {
            let Some(field) = self.input.definitions.field(name) else { continue };
            let query = self.input.definitions.catalogue.query(&format!("handoffs/{}", field.answered))?;
            if !query.ask(self.input.graph.store(), &self.input.graph.scope(), &Bindings::new(), &Limit::default())? {
                let ask = lines::inline(&self.input.definitions.templates, &field.ask, &self.shared)?;
                gaps.push(Gap { field: name.clone(), ask });
            }
        }
        Ok(gaps)
    }

    fn add_part(&self, part: &Part, gaps: &[Gap], section: &mut HandoffSection) -> Result<(), HandoffError> {
        let mut items = match &part.source {
            Source::Query(name) => self.queried(part, name, &section.items)?,
            Source::From(Gathered::Gaps) => self.of_gaps(part, gaps)?,
            Source::From(Gathered::Changes) => self.of_changes(part)?,
        };
        items.retain(|item| !item.text.is_empty());
        section.omitted += u32::try_from(items.len().saturating_sub(part.limit)).unwrap_or(u32::MAX);
        items.truncate(part.limit);
        section.items.append(&mut items);
        Ok(())
    }

    /// The rows of a query; what the section has said already stands once.
    fn queried(&self, part: &Part, name: &str, said: &[HandoffItem]) -> Result<Vec<HandoffItem>, HandoffError> {
        let query = self.input.definitions.catalogue.query(&format!("handoffs/{name}"))?;
        let rows = self.memo.rows(query, &self.bindings(query))?;
        let said: HashSet<&str> = said.iter().filter_map(|item| item.fact.as_ref()).map(Iri::as_str).collect();
        let is_new = |row: &Row<'_>| row.some_text("fact").is_none_or(|fact| !said.contains(fact));
        let mut items = Vec::with_capacity(rows.len().min(part.limit));
        for (place, row) in rows.iter().filter(is_new).enumerate() {
            // Beyond the limit only the count matters.
            if place < part.limit {
                items.push(self.row(part, row)?);
            } else {
                items.push(HandoffItem { text: "omitted".to_owned(), ..empty_item(part) });
            }
        }
        Ok(items)
    }

    /// The values that a query takes, out of [`PARAMETERS`].
    fn bindings(&self, query: &Query) -> Bindings {
        let as_of = self.input.as_of;
        let today = as_of.to_zoned(TimeZone::UTC).date();
        let since = SignedDuration::from_hours(24 * self.input.kind.period_days);
        query.params().iter().fold(Bindings::new(), |bindings, param| match param.name.as_str() {
            "as_of" => bindings.time("as_of", as_of),
            "since" => bindings.time("since", as_of.saturating_sub(since).unwrap_or(as_of)),
            "today" => bindings.date("today", today),
            "soon" => bindings.date("soon", today.saturating_add(SOON_DAYS.days())),
            "long_ago" => bindings.date("long_ago", today.saturating_sub(LONG_AGO_DAYS.days())),
            _ => bindings,
        })
    }

    /// Words a row: `fact` and `person` columns bring what the graph knows of them, `subject` its evidence alone.
    fn row(&self, part: &Part, row: Row<'_>) -> Result<HandoffItem, HandoffError> {
        let mut item = empty_item(part);
        let mut values = serde_json::Map::new();
        for (name, term) in row.cells() {
            if term.is_some() {
                values.insert(name.to_owned(), json!(row.some_text(name)));
            }
        }
        if let Some(iri) = row.some_iri("fact")
            && let Some(record) = self.memo.fact(&iri)?
        {
            let fact = record.fact.clone().judged_at(self.input.as_of);
            if fact.suggestion.is_some() {
                // Somebody rejected it before: it is for reviewers to see.
                return Ok(item);
            }
            item.confidence = Some(fact.confidence);
            item.origin = self.sides.origin(&fact);
            item.review = fact.review;
            item.evidence.clone_from(&fact.evidence);
            item.evidence.extend(record.closed_by.clone());
            values.insert("fact".to_owned(), json!(fact));
            item.fact = Some(iri);
        } else if let Some(iri) = row.some_iri("person")
            && let Some(person) = self.memo.person(&iri)?
        {
            let person = Stakeholder::clone(&person).judged_at(self.input.as_of);
            item.evidence = person_evidence(&person);
            values.insert("person".to_owned(), json!(person));
            item.fact = Some(iri);
        } else if let Some(iri) = row.some_iri("subject") {
            item.evidence = self.input.graph.evidence(&iri)?;
        }
        item.text = self.word(part, values)?;
        Ok(item)
    }

    fn of_gaps(&self, part: &Part, gaps: &[Gap]) -> Result<Vec<HandoffItem>, HandoffError> {
        let mut items = Vec::with_capacity(gaps.len());
        for gap in gaps {
            let label = self.input.definitions.field(&gap.field).map(|field| field.label.clone());
            let mut values = serde_json::Map::new();
            values.insert("gap".to_owned(), json!(gap));
            values.insert("label".to_owned(), json!(label));
            items.push(HandoffItem { text: self.word(part, values)?, ..empty_item(part) });
        }
        Ok(items)
    }

    fn of_changes(&self, part: &Part) -> Result<Vec<HandoffItem>, HandoffError> {
        let mut items = Vec::with_capacity(self.input.changes.len());
        for change in &self.input.changes {
            let mut values = serde_json::Map::new();
            values.insert("change".to_owned(), json!(change));
            items.push(HandoffItem {
                text: self.word(part, values)?,
                fact: Some(change.subject.clone()),
                evidence: change.evidence.clone(),
                ..empty_item(part)
            });
        }
        Ok(items)
    }

    fn word(&self, part: &Part, values: serde_json::Map<String, serde_json::Value>) -> Result<String, HandoffError> {
        let own = lines::value(values);
        let values = minijinja::value::merge_maps([own, self.shared.clone()]);
        lines::line(&self.input.definitions.templates, &part.line, &values)
    }
}

fn empty_item(part: &Part) -> HandoffItem {
    HandoffItem {
        text: String::new(),
        fact: None,
        group: part.group.clone(),
        confidence: None,
        review: ReviewState::Extracted,
        origin: Origin::Observed,
        evidence: Vec::new(),
    }
}

/// What is said of a person: role and title, then how they want to be worked with.
fn person_evidence(person: &Stakeholder) -> Vec<crate::model::Evidence> {
    let mut evidence = person.evidence.clone();
    for preference in &person.preferences {
        evidence.extend(preference.evidence.iter().filter(|own| !person.evidence.contains(own)).cloned());
    }
    evidence
}
