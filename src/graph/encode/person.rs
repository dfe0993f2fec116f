//! Statements of people.

use super::Encoder;
use crate::{
    graph::term::{Sheet, Subject},
    model::{BuyingRole, Side, Stakeholder},
    vocab,
};

impl<'a> Encoder<'a> {
    pub(super) fn person(&self, sheet: &mut Sheet<'a>, subject: &Subject, person: &'a Stakeholder) {
        sheet.class(subject, vocab::STAKEHOLDER);
        sheet.text(subject, vocab::NAME, person.name.as_str());
        sheet.list(subject, ("address", vocab::ADDRESS), &person.addresses);
        sheet.list(subject, ("alias", vocab::NICK), &person.aliases);
        sheet.some_text(subject, vocab::SIDE, person.side.map(Side::as_str));
        if person.side == Some(Side::Customer) {
            sheet.iri(subject, vocab::MEMBER_OF, self.account.clone());
        }
        sheet.some_text(subject, vocab::TITLE, person.title.as_deref());
        sheet.some_text(subject, vocab::ORGANIZATION_NAME, person.organization.as_deref());
        sheet.some_text(subject, vocab::BUYING_ROLE, person.buying_role.map(BuyingRole::as_str));
        if let Some(superior) = &person.reports_to {
            sheet.iri(subject, vocab::REPORTS_TO, superior.as_str());
        }
        sheet.float(subject, vocab::INFLUENCE, person.influence);
        sheet.some_float(subject, vocab::SENTIMENT, person.sentiment);
        sheet.time(subject, vocab::FIRST_SEEN, person.first_seen);
        sheet.time(subject, vocab::LAST_SEEN, person.last_seen);
        sheet.integer(subject, vocab::INTERACTION_COUNT, person.interactions);
        sheet.text(subject, vocab::STATUS, person.status.as_str());
        sheet.some_float(subject, vocab::RHYTHM_DAYS, person.rhythm_days);
        for (place, preference) in person.preferences.iter().enumerate() {
            let node: Subject = format!("{subject}/p{place}").into();
            sheet.iri(subject, vocab::WORKING_STYLE, node.to_string());
            sheet.class(&node, vocab::WORKING_PREFERENCE);
            sheet.text(&node, vocab::CATEGORY, preference.category.as_str());
            sheet.text(&node, vocab::RDF_VALUE, preference.value.as_str());
            self.all_evidence(sheet, &node, &preference.evidence);
        }
        self.all_evidence(sheet, subject, &person.evidence);
    }
}
