//! Statements of the account itself: its profile, deals, coverage, usage and observations.

use super::Encoder;
use crate::{
    graph::term::{Sheet, Subject},
    model::{Coverage, Deal, Evidence, Observation, UsagePoint},
    vocab,
};

impl<'a> Encoder<'a> {
    pub(super) fn profile(&self, sheet: &mut Sheet<'a>, subject: &Subject) {
        let profile = &self.view.profile;
        sheet.class(subject, vocab::ACCOUNT);
        sheet.some_text(subject, vocab::NAME, profile.name.as_deref());
        sheet.list(subject, ("domain", vocab::DOMAIN), profile.domains.iter().map(String::as_str));
        sheet.some_text(subject, vocab::INDUSTRY, profile.industry.as_deref());
        self.points_at_party(sheet, (subject, vocab::OWNER), profile.owner.as_ref(), None);
        sheet.some_time(subject, vocab::OWNER_SINCE, profile.owner_since);
        sheet.some_text(subject, vocab::ANNUAL_VALUE, profile.annual_value.as_deref());
        sheet.some_date(subject, vocab::RENEWAL_DATE, profile.renewal_date);
        for (place, phase) in profile.phases.iter().enumerate() {
            let node: Subject = format!("{subject}/phase{place}").into();
            sheet.iri(subject, vocab::PHASE, node.to_string());
            sheet.class(&node, vocab::ACCOUNT_PHASE);
            sheet.text(&node, vocab::NAME, phase.name.as_str());
            sheet.time(&node, vocab::REACHED_AT, phase.at);
        }
        for (place, deal) in profile.deals.iter().enumerate() {
            self.deal(sheet, subject, place, deal);
        }
        self.all_evidence(sheet, subject, &profile.evidence);
    }

    fn deal(&self, sheet: &mut Sheet<'a>, account: &Subject, place: usize, deal: &'a Deal) {
        let node: Subject = format!("{account}/deal{place}").into();
        sheet.iri(account, vocab::HAS_DEAL, node.to_string());
        sheet.class(&node, vocab::DEAL);
        sheet.text(&node, vocab::IDENTIFIER, deal.id.as_str());
        sheet.text(&node, vocab::DC_TITLE, deal.name.as_str());
        sheet.some_text(&node, vocab::AMOUNT, deal.amount.as_deref());
        sheet.some_date(&node, vocab::CLOSE_DATE, deal.close_date);
        self.points_at_party(sheet, (&node, vocab::OWNER), deal.owner.as_ref(), None);
        for (stage_place, stage) in deal.stages.iter().enumerate() {
            let stage_node: Subject = format!("{node}/stage{stage_place}").into();
            sheet.iri(&node, vocab::STAGE, stage_node.to_string());
            sheet.class(&stage_node, vocab::DEAL_STAGE);
            sheet.text(&stage_node, vocab::NAME, stage.name.as_str());
            sheet.time(&stage_node, vocab::REACHED_AT, stage.at);
        }
        self.all_evidence(sheet, &node, &deal.evidence);
    }

    pub(super) fn usage(
        &self,
        sheet: &mut Sheet<'a>,
        subject: &Subject,
        point: &'a UsagePoint,
        evidence: &'a Evidence,
    ) {
        sheet.class(subject, vocab::USAGE_POINT);
        sheet.text(subject, vocab::METRIC, point.metric.as_str());
        sheet.some_date(subject, vocab::DATE, Some(point.date));
        sheet.double(subject, vocab::VALUE, point.value);
        self.evidence(sheet, (subject, vocab::EVIDENCE), "e0", evidence);
    }
}

pub(super) fn coverage(sheet: &mut Sheet<'_>, subject: &Subject, coverage: &Coverage) {
    sheet.class(subject, vocab::COVERAGE);
    sheet.iri(subject, vocab::SOURCE_KIND, vocab::interaction_class(coverage.kind));
    sheet.integer(subject, vocab::ITEMS, coverage.items);
    sheet.integer(subject, vocab::AUTOMATIC_ITEMS, coverage.automatic);
    sheet.time(subject, vocab::FIRST_AT, coverage.first);
    sheet.time(subject, vocab::LAST_AT, coverage.last);
}

pub(super) fn observation<'a>(sheet: &mut Sheet<'a>, subject: &Subject, observation: &'a Observation) {
    sheet.class(subject, vocab::OBSERVATION);
    sheet.iri(subject, vocab::FEATURE_OF_INTEREST, observation.subject.as_str());
    sheet.text(subject, vocab::MEASURE, observation.measure.as_str());
    sheet.some_date(subject, vocab::OBSERVED_ON, Some(observation.day));
    sheet.double(subject, vocab::RDF_VALUE, observation.value);
}
