//! Statements of people.

use super::Encoder;
use crate::{
    graph::term::{Sheet, Subject},
    model::{BuyingRole, InfluenceParts, PersonKey, Side, Stakeholder},
    vocab,
};

impl<'a> Encoder<'a> {
    pub(super) fn person(&self, sheet: &mut Sheet<'a>, subject: &Subject, person: &'a Stakeholder) {
        sheet.class(subject, vocab::STAKEHOLDER);
        sheet.text(subject, vocab::NAME, person.name.as_str());
        sheet.list(subject, ("address", vocab::ADDRESS), person.addresses.iter().map(String::as_str));
        sheet.list(subject, ("alias", vocab::NICK), person.aliases.iter().map(String::as_str));
        sheet.list(subject, ("key", vocab::IDENTIFIER), person.keys.iter().map(PersonKey::as_str));
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
        sheet.some_float(subject, vocab::PAUSE_DAYS, person.pause_days);
        sheet.list(subject, ("language", vocab::LANGUAGE), person.languages.iter().map(String::as_str));
        self.roles(sheet, subject, person);
        self.history(sheet, subject, person);
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

    fn roles(&self, sheet: &mut Sheet<'a>, subject: &Subject, person: &'a Stakeholder) {
        for (place, reading) in person.buying_roles.iter().enumerate() {
            let node: Subject = format!("{subject}/r{place}").into();
            sheet.iri(subject, vocab::PLAYS_ROLE, node.to_string());
            sheet.text(&node, vocab::RDF_VALUE, reading.role.as_str());
            sheet.float(&node, vocab::CONFIDENCE, reading.confidence);
            sheet.text(&node, vocab::BASIS, reading.basis.as_str());
            self.all_evidence(sheet, &node, &reading.evidence);
        }
        let parts = &person.influence_parts;
        for (predicate, value) in parts_of(parts) {
            sheet.float(subject, predicate, value);
        }
    }

    /// What changed over time: titles and organisations, names, moods.
    fn history(&self, sheet: &mut Sheet<'a>, subject: &Subject, person: &'a Stakeholder) {
        for (place, membership) in person.memberships.iter().enumerate() {
            let node: Subject = format!("{subject}/m{place}").into();
            sheet.iri(subject, vocab::HAS_MEMBERSHIP, node.to_string());
            sheet.class(&node, vocab::MEMBERSHIP);
            sheet.some_text(&node, vocab::TITLE, membership.title.as_deref());
            sheet.some_text(&node, vocab::ORGANIZATION_NAME, membership.organization.as_deref());
            sheet.some_text(&node, vocab::SIDE, membership.side.map(Side::as_str));
            sheet.time(&node, vocab::VALID_FROM, membership.from);
            sheet.some_time(&node, vocab::VALID_TO, membership.until);
            self.all_evidence(sheet, &node, &membership.evidence);
        }
        for (place, former) in person.former_names.iter().enumerate() {
            let node: Subject = format!("{subject}/n{place}").into();
            sheet.iri(subject, vocab::FORMER_NAME, node.to_string());
            sheet.text(&node, vocab::RDF_VALUE, former.name.as_str());
            sheet.time(&node, vocab::VALID_TO, former.until);
        }
        for (place, topic) in person.sensitive_topics.iter().enumerate() {
            let node: Subject = format!("{subject}/t{place}").into();
            sheet.iri(subject, vocab::CAREFUL_ABOUT, node.to_string());
            sheet.text(&node, vocab::RDF_VALUE, topic.value.as_str());
            self.all_evidence(sheet, &node, &topic.evidence);
        }
        for (place, mood) in person.moods.iter().enumerate() {
            let node: Subject = format!("{subject}/s{place}").into();
            sheet.iri(subject, vocab::MOOD, node.to_string());
            sheet.some_date(&node, vocab::MONTH, Some(mood.month));
            sheet.float(&node, vocab::SENTIMENT, mood.value);
            sheet.integer(&node, vocab::INTERACTION_COUNT, mood.interactions);
        }
    }
}

/// The parts of an influence with their predicates; an influence without parts has none.
fn parts_of(parts: &InfluenceParts) -> impl Iterator<Item = (&'static str, f32)> {
    let all = [
        (vocab::INFLUENCE_TITLE, parts.title),
        (vocab::INFLUENCE_ROLE, parts.role),
        (vocab::INFLUENCE_ATTENTION, parts.attention),
        (vocab::INFLUENCE_AWAITED, parts.awaited),
        (vocab::INFLUENCE_UNBLOCKS, parts.unblocks),
        (vocab::INFLUENCE_CENTRALITY, parts.centrality),
        (vocab::INFLUENCE_SPEED, parts.speed),
    ];
    all.into_iter().filter(|(_, value)| *value != 0.0)
}
