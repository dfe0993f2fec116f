//! Decisions about single lines: right, right with changes, wrong, missing.

use jiff::Timestamp;

use super::find::{Found, find};
use super::person::{self, is_person};
use super::{Desk, PersonCorrection, Reference, ReviewError};
use crate::archive::Step;
use crate::ingest::project_pending;
use crate::lifecycle::{Act, step};
use crate::model::{
    Actor, Decision, Due, Event, Evidence, Fact, FactKind, FactPlace, FactRecord, FactStatus, Handoff, HandoffItem,
    Happened, InteractionKind, Iri, LineRef, LineVerdict, Party, Polarity, Process, Review, ReviewState, Span,
    mint_fact,
};

/// How often a step is tried when others move the handoff at the same moment.
pub(super) const TRIES: usize = 5;

/// New values of a line; `None` leaves a value as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correction {
    /// What it says.
    pub statement: Option<String>,
    /// Who owes it, or whom it belongs to: a name or an address.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// What is so of a person, for a line about one.
    pub person: PersonCorrection,
}

/// A line that a person adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Addition {
    /// What sort of fact it is.
    pub kind: FactKind,
    /// The section that it was added to, where one was named.
    pub section: Option<String>,
    /// Category within the kind.
    pub category: Option<String>,
    /// What it says.
    pub statement: String,
    /// Whether it says that something is so, or explicitly not.
    pub polarity: Polarity,
    /// Who owes it, or whom it belongs to.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
}

/// What somebody decides about lines.
#[derive(Clone, Debug, PartialEq)]
pub enum LineDecision {
    /// It is right.
    Approve,
    /// It is right with these values.
    Correct(Correction),
    /// It is wrong.
    Reject {
        /// Why.
        reason: String,
    },
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Decided {
    /// The line: `section/number`.
    pub line: String,
    /// The fact or person it is about.
    pub fact: Option<Iri>,
    /// What it says now.
    pub text: String,
    /// What was decided.
    pub verdict: LineVerdict,
}

/// A line of a document with its name.
pub(super) struct Named<'a> {
    pub(super) name: String,
    pub(super) section: &'a str,
    pub(super) item: &'a HandoffItem,
}

/// Every line of a document, named `section/number`.
pub(super) fn named(document: &Handoff) -> impl Iterator<Item = Named<'_>> {
    document.sections.iter().flat_map(|section| {
        section.items.iter().zip(1..).map(|(item, number)| Named {
            name: format!("{}/{number}", section.id),
            section: &section.id,
            item,
        })
    })
}

/// The line that is meant: by its name, by the IRI of its fact, or by the end of that IRI.
pub(super) fn line<'a>(document: &'a Handoff, wanted: &str) -> Result<Named<'a>, ReviewError> {
    let is_meant =
        |line: &Named<'_>| line.name == wanted || line.item.fact.as_ref().is_some_and(|fact| fact.as_str() == wanted);
    let is_short = |line: &Named<'_>| {
        let end = |fact: &Iri| fact.as_str().rsplit(':').next().is_some_and(|hash| hash.starts_with(wanted));
        wanted.len() >= 6 && line.item.fact.as_ref().is_some_and(end)
    };
    let found = named(document).find(is_meant).or_else(|| named(document).find(is_short));
    found.ok_or_else(|| ReviewError::UnknownLine(wanted.to_owned()))
}

impl Desk {
    /// Decides about lines of a handoff; with none named, approves all that nobody has decided about.
    /// `over` lets the decision hold though somebody else has decided meanwhile.
    pub async fn decide(
        &self,
        reference: &Reference,
        lines: &[String],
        (decision, over): (&LineDecision, bool),
        actor: &Actor,
    ) -> Result<Vec<Decided>, ReviewError> {
        let mut found = find(self, reference, actor).await?;
        let wanted: Vec<String> = if lines.is_empty() {
            let graph = self.stores.graph.account(&found.process.account);
            let mut undecided = Vec::new();
            for line in named(&found.document) {
                if let Some(fact) = line.item.fact.as_ref().filter(|fact| !is_person(fact))
                    && graph.fact(fact)?.is_some_and(|record| record.fact.review == ReviewState::Extracted)
                {
                    undecided.push(line.name);
                }
            }
            undecided
        } else {
            lines.to_vec()
        };
        let mut decided = Vec::with_capacity(wanted.len());
        for wanted in &wanted {
            decided.push(self.decide_line(&mut found, wanted, (decision, over), actor).await?);
        }
        if lines.is_empty() {
            let happened = self.happened(actor, Event::Reviewed);
            self.keep_event(&mut found, Act::Decide, &happened).await?;
        }
        project_pending(&self.stores, self.engine.version(), self.now).await?;
        Ok(decided)
    }

    async fn decide_line(
        &self,
        found: &mut Found,
        wanted: &str,
        (decision, over): (&LineDecision, bool),
        actor: &Actor,
    ) -> Result<Decided, ReviewError> {
        let line = line(&found.document, wanted)?;
        let seen = (!over).then_some(found.document.generated_at);
        let (name, text) = (line.name.clone(), line.item.text.clone());
        let fact = line.item.fact.clone();
        let verdict = match decision {
            LineDecision::Approve => LineVerdict::Accepted,
            LineDecision::Correct(_) => LineVerdict::Corrected,
            LineDecision::Reject { .. } => LineVerdict::Rejected,
        };
        let graph = self.stores.graph.account(&found.process.account);
        let record = match fact.as_ref().filter(|fact| !is_person(fact)) {
            Some(fact) => Some(graph.fact(fact)?.ok_or_else(|| ReviewError::UnknownLine(name.clone()))?),
            None => None,
        };
        let event = Event::Decided { verdict, line: line_ref(&line, record.as_ref()) };
        let happened = Happened { at: self.now, actor: actor.clone(), event };
        let says = match (&record, &fact) {
            (Some(record), _) => {
                let review = self.review(&found.process, record, decision, actor)?;
                self.keep(found, &review, seen, &happened).await?;
                new_statement(decision).unwrap_or(text)
            }
            (None, Some(person)) => {
                match person::review(self, person, decision, actor, &found.process)? {
                    Some(review) => person::keep(self, found, (&review, seen), &happened).await?,
                    None => self.keep_event(found, Act::Decide, &happened).await?,
                }
                text
            }
            (None, None) if *decision == LineDecision::Approve => {
                self.keep_event(found, Act::Decide, &happened).await?;
                text
            }
            (None, None) => return Err(ReviewError::NoFact(name)),
        };
        Ok(Decided { line: name, fact, text: says, verdict })
    }

    /// Adds a line that no source says.
    pub async fn add(&self, reference: &Reference, addition: &Addition, actor: &Actor) -> Result<Decided, ReviewError> {
        let mut found = find(self, reference, actor).await?;
        let fact = self.added(&found, addition, actor)?;
        let line = LineRef {
            section: addition.section.clone().unwrap_or_default(),
            fact: Some(fact.id.clone()),
            rule: None,
            source: None,
        };
        let event = Event::Decided { verdict: LineVerdict::Added, line };
        let happened = Happened { at: self.now, actor: actor.clone(), event };
        let place = fact.place().ok_or_else(|| ReviewError::UnknownLine(fact.id.to_string()))?;
        let (id, text) = (fact.id.clone(), fact.statement.clone());
        let decision = Decision::Added { fact: Box::new(fact) };
        let review = Review { place, by: actor.by.clone(), at: self.now, decision, fact: None };
        self.keep(&mut found, &review, None, &happened).await?;
        project_pending(&self.stores, self.engine.version(), self.now).await?;
        Ok(Decided { line: String::new(), fact: Some(id), text, verdict: LineVerdict::Added })
    }

    fn added(&self, found: &Found, addition: &Addition, actor: &Actor) -> Result<Fact, ReviewError> {
        if addition.statement.trim().is_empty() {
            return Err(ReviewError::Invalid("a line needs words".to_owned()));
        }
        // Its place is the person and the moment: no text says it.
        let interaction = format!("review:{}:{}", actor.by, self.now);
        let place = FactPlace { interaction: interaction.clone(), kind: addition.kind, span: Span::new(0, 0) };
        Ok(Fact {
            id: mint_fact(&found.process.account, &place),
            account: found.process.account.clone(),
            kind: addition.kind,
            category: addition.category.clone(),
            statement: addition.statement.trim().to_owned(),
            polarity: addition.polarity,
            owner: self.some_party(&found.process, addition.owner.as_deref())?,
            beneficiary: None,
            due: addition.due.clone(),
            condition: None,
            status: FactStatus::at_first(addition.kind, addition.polarity),
            confidence: 1.0,
            review: ReviewState::Added,
            suggestion: None,
            // It holds for the document that it was added to.
            valid_from: found.document.as_of.min(self.now),
            valid_to: None,
            recorded_at: self.now,
            retired_at: None,
            evidence: vec![Evidence {
                interaction,
                kind: InteractionKind::Note,
                at: self.now,
                speaker: Some(actor.by.clone()),
                start: 0,
                end: 0,
                quote: String::new(),
            }],
        })
    }

    fn review(
        &self,
        process: &Process,
        record: &FactRecord,
        decision: &LineDecision,
        actor: &Actor,
    ) -> Result<Review, ReviewError> {
        let fact = &record.fact;
        let place = fact.place().ok_or_else(|| ReviewError::UnknownLine(fact.id.to_string()))?;
        let decision = match decision {
            LineDecision::Approve => Decision::Confirmed,
            LineDecision::Reject { reason } => Decision::Rejected { reason: reason.clone() },
            LineDecision::Correct(new) => {
                if new.statement.is_none() && new.owner.is_none() && new.due.is_none() {
                    return Err(ReviewError::Invalid(
                        "nothing to correct: give a statement, an owner or a due date".into(),
                    ));
                }
                Decision::Corrected {
                    statement: new.statement.as_deref().map(str::trim).map(str::to_owned),
                    owner: self.some_party(process, new.owner.as_deref())?,
                    due: new.due.clone(),
                }
            }
        };
        Ok(Review { place, by: actor.by.clone(), at: self.now, decision, fact: Some(Box::new(fact.clone())) })
    }

    /// Keeps a decision about a fact and the move that it makes; tries again when others moved the handoff.
    async fn keep(
        &self,
        found: &mut Found,
        review: &Review,
        seen: Option<Timestamp>,
        happened: &Happened,
    ) -> Result<(), ReviewError> {
        let archive = &self.stores.archive;
        for _ in 0..TRIES {
            let state = step(found.process.state, Act::Decide, happened.actor.role)?;
            let after = Process { state, ..found.process.clone() };
            match archive.decide((&found.process, &after), review, seen, happened).await? {
                Step::Done => {
                    found.process = after;
                    return Ok(());
                }
                Step::Stale => self.look_again(found).await?,
                Step::Decided(other) => {
                    let event = Event::Held { place: review.place.clone(), decision: review.decision.clone() };
                    let held = Happened { event, ..happened.clone() };
                    archive.add_handoff_event(&found.process, &held).await?;
                    return Err(told(&other));
                }
            }
        }
        Err(ReviewError::Stale)
    }

    /// Takes a step that is about no fact; tries again when others moved the handoff.
    pub(super) async fn keep_event(&self, found: &mut Found, act: Act, happened: &Happened) -> Result<(), ReviewError> {
        for _ in 0..TRIES {
            let state = step(found.process.state, act, happened.actor.role)?;
            let after = Process { state, ..found.process.clone() };
            if self.stores.archive.advance(&found.process, &after, happened).await? == Step::Done {
                found.process = after;
                return Ok(());
            }
            self.look_again(found).await?;
        }
        Err(ReviewError::Stale)
    }

    pub(super) async fn look_again(&self, found: &mut Found) -> Result<(), ReviewError> {
        if let Some(process) = self.stores.archive.handoff_of(&found.process.document).await? {
            found.process = process;
        }
        Ok(())
    }

    /// The person of the account that a name or address means, else a party of that name.
    fn some_party(&self, process: &Process, wanted: Option<&str>) -> Result<Option<Party>, ReviewError> {
        let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return Ok(None) };
        let people = self.stores.graph.account(&process.account).stakeholders_in_brief()?;
        let is_meant = |person: &&crate::model::Stakeholder| {
            let names = || std::iter::once(&person.name).chain(&person.aliases);
            person.addresses.iter().any(|address| address.eq_ignore_ascii_case(wanted))
                || names().any(|name| name.eq_ignore_ascii_case(wanted))
        };
        Ok(Some(match people.iter().find(is_meant) {
            Some(person) => {
                Party { name: Some(person.name.clone()), address: person.addresses.first().cloned(), side: person.side }
            }
            None if wanted.contains('@') => Party { address: Some(wanted.to_lowercase()), ..Party::default() },
            None => Party { name: Some(wanted.to_owned()), ..Party::default() },
        }))
    }
}

pub(super) fn line_ref(line: &Named<'_>, record: Option<&FactRecord>) -> LineRef {
    LineRef {
        section: line.section.to_owned(),
        fact: line.item.fact.clone(),
        rule: record.map(|record| record.rule.clone()),
        source: line.item.evidence.first().map(|evidence| evidence.kind),
    }
}

fn new_statement(decision: &LineDecision) -> Option<String> {
    match decision {
        LineDecision::Correct(new) => new.statement.clone(),
        LineDecision::Approve | LineDecision::Reject { .. } => None,
    }
}

fn told(other: &Review) -> ReviewError {
    let (verdict, value) = match &other.decision {
        Decision::Confirmed => ("approved", String::new()),
        Decision::Corrected { statement, .. } => {
            ("corrected", statement.as_ref().map(|text| format!(" (to {text:?})")).unwrap_or_default())
        }
        Decision::Rejected { reason } => ("rejected", format!(" ({reason})")),
        Decision::Added { .. } => ("added", String::new()),
    };
    ReviewError::Decided { by: other.by.clone(), verdict, at: other.at, value }
}
