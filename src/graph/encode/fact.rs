//! Statements of facts and of the parties they name.

use super::{Encoder, visibility};
use crate::{
    graph::term::{Sheet, Subject},
    model::{Due, DueBasis, FactRecord, Iri, Party, Polarity, Side},
    vocab,
};

impl<'a> Encoder<'a> {
    pub(super) fn fact(&self, sheet: &mut Sheet<'a>, subject: &Subject, record: &'a FactRecord) {
        let fact = &record.fact;
        sheet.class(subject, vocab::fact_class(fact.kind));
        sheet.text(subject, vocab::STATEMENT, fact.statement.as_str());
        sheet.some_text(subject, vocab::CATEGORY, fact.category.as_deref());
        match fact.polarity {
            Polarity::Affirmed => {}
            Polarity::Negated => sheet.text(subject, vocab::POLARITY, "negated"),
        }
        self.points_at_party(sheet, (subject, vocab::OWNER), fact.owner.as_ref(), record.owner.as_ref());
        let beneficiary = (fact.beneficiary.as_ref(), record.beneficiary.as_ref());
        self.points_at_party(sheet, (subject, vocab::BENEFICIARY), beneficiary.0, beneficiary.1);
        if let Some(due) = &fact.due {
            due_date(sheet, subject, due);
        }
        sheet.some_text(subject, vocab::CONDITION, fact.condition.as_deref());
        sheet.text(subject, vocab::STATUS, fact.status.as_str());
        sheet.float(subject, vocab::CONFIDENCE, fact.confidence);
        sheet.text(subject, vocab::REVIEW, fact.review.as_str());
        if let Some(rejection) = &fact.suggestion {
            sheet.holds(subject, vocab::SUGGESTION);
            sheet.iri(subject, vocab::REJECTED_FACT, rejection.fact.as_str());
            sheet.text(subject, vocab::REJECTED_BY, rejection.by.as_str());
            sheet.time(subject, vocab::REJECTED_AT, rejection.at);
            sheet.text(subject, vocab::REJECTED_BECAUSE, rejection.reason.as_str());
        }
        sheet.text(subject, vocab::RULE, record.rule.as_str());
        sheet.time(subject, vocab::VALID_FROM, fact.valid_from);
        sheet.some_time(subject, vocab::VALID_TO, fact.valid_to);
        sheet.time(subject, vocab::RECORDED_AT, fact.recorded_at);
        sheet.some_time(subject, vocab::RETIRED_AT, fact.retired_at);
        visibility(sheet, subject, record.visibility);
        if let Some(next) = &record.superseded_by {
            sheet.iri(subject, vocab::SUPERSEDED_BY, next.as_str());
        }
        for other in &record.conflicts_with {
            sheet.iri(subject, vocab::CONFLICTS_WITH, other.as_str());
        }
        if let Some(closing) = &record.closed_by {
            self.evidence(sheet, (subject, vocab::CLOSED_BY), "c0", closing);
        }
        self.all_evidence(sheet, subject, &fact.evidence);
    }
}

fn due_date<'a>(sheet: &mut Sheet<'a>, subject: &Subject, due: &'a Due) {
    sheet.some_date(subject, vocab::DUE_DATE, due.date);
    sheet.text(subject, vocab::DUE_PHRASE, due.phrase.as_str());
    match due.basis {
        DueBasis::Stated => {}
        DueBasis::Inferred => sheet.text(subject, vocab::DUE_BASIS, "inferred"),
    }
}

pub(super) fn party<'a>(sheet: &mut Sheet<'a>, subject: &Subject, party: &'a Party, person: Option<&'a Iri>) {
    sheet.class(subject, vocab::PARTY);
    sheet.some_text(subject, vocab::NAME, party.name.as_deref());
    sheet.some_text(subject, vocab::ADDRESS, party.address.as_deref());
    sheet.some_text(subject, vocab::SIDE, party.side.map(Side::as_str));
    if let Some(person) = person {
        sheet.iri(subject, vocab::PERSON, person.as_str());
    }
}
