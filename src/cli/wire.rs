//! The line that `baton extract` writes for an interaction, in the shape of the contract.

use jiff::Timestamp;
use serde::Serialize;

use crate::extract::embedded::Explanation;
use crate::model::{
    Analysis, Annotation, Automatic, Due, FactFinding, FactKind, FactStatus, Interaction, InteractionKind, Mention,
    Party, Polarity, Sentence, Side, TimeExpression, Zone,
};

/// Everything found in one interaction.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    id: &'a str,
    sentiment: Option<f32>,
    automatic: Option<Automatic>,
    zones: &'a [Zone],
    sentences: &'a [Sentence],
    mentions: &'a [Mention],
    times: &'a [TimeExpression],
    facts: Vec<Finding<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    annotations: &'a [Annotation],
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<Explanation>>,
}

/// A fact without what only a store gives it: identity and review.
#[derive(Serialize)]
struct Finding<'a> {
    account: Option<&'a str>,
    kind: FactKind,
    category: Option<&'a str>,
    statement: &'a str,
    polarity: Polarity,
    owner: Option<Party>,
    beneficiary: Option<Party>,
    due: Option<&'a Due>,
    condition: Option<&'a str>,
    status: FactStatus,
    confidence: f32,
    valid_from: Option<Timestamp>,
    valid_to: Option<Timestamp>,
    rule: &'a str,
    evidence: [Quote<'a>; 1],
}

/// Evidence in a message that may lack a time.
#[derive(Serialize)]
struct Quote<'a> {
    interaction: &'a str,
    kind: InteractionKind,
    at: Option<Timestamp>,
    speaker: Option<&'a str>,
    start: u32,
    end: u32,
    #[serde(rename = "quote")]
    words: &'a str,
}

impl<'a> Answer<'a> {
    pub(super) fn new(
        interaction: &'a Interaction,
        analysis: &'a Analysis,
        vendor_domains: &[String],
        explanation: Option<Vec<Explanation>>,
    ) -> Self {
        let sides = Sides::new(interaction, vendor_domains);
        let findings = &analysis.findings;
        Self {
            id: &interaction.id,
            sentiment: findings.sentiment,
            automatic: findings.automatic,
            zones: &analysis.zones,
            sentences: &analysis.sentences,
            mentions: &analysis.mentions,
            times: &analysis.times,
            facts: findings.facts.iter().filter_map(|fact| Finding::new(interaction, fact, &sides)).collect(),
            annotations: &analysis.annotations,
            explanation,
        }
    }
}

impl<'a> Finding<'a> {
    fn new(interaction: &'a Interaction, fact: &'a FactFinding, sides: &Sides<'_>) -> Option<Self> {
        let confidence = fact.confidence_by(sides.of_speaker(fact))?;
        Some(Self {
            account: interaction.account.as_ref().map(crate::model::AccountSlug::as_str),
            kind: fact.kind,
            category: fact.category.as_deref(),
            statement: &fact.statement,
            polarity: fact.polarity,
            owner: fact.owner.as_ref().and_then(|party| sides.of_finding(party, fact)),
            beneficiary: fact.beneficiary.as_ref().and_then(|party| sides.of_finding(party, fact)),
            due: fact.due.as_ref(),
            condition: fact.condition.as_deref(),
            status: FactStatus::at_first(fact.kind, fact.polarity),
            confidence,
            valid_from: interaction.sent_at,
            valid_to: None,
            rule: &fact.rule,
            evidence: [Quote {
                interaction: &interaction.id,
                kind: interaction.kind,
                at: interaction.sent_at,
                speaker: fact.speaker.as_deref(),
                start: fact.span.start,
                end: fact.span.end,
                words: &fact.quote,
            }],
        })
    }
}

/// Tells sides without a store: by what the source says, by our own domains, by the account's name in a domain.
struct Sides<'a> {
    account: Option<String>,
    vendor_domains: &'a [String],
    interaction: &'a Interaction,
}

impl<'a> Sides<'a> {
    fn new(interaction: &'a Interaction, vendor_domains: &'a [String]) -> Self {
        let account = interaction.account.as_ref().map(|account| account.as_str().replace('-', ""));
        Self { account, vendor_domains, interaction }
    }

    fn of(&self, party: &Party) -> Party {
        let side = party.side.or_else(|| self.stated(party)).or_else(|| self.by_domain(party.address.as_deref()?));
        Party { side, ..party.clone() }
    }

    /// A party of a finding. "We" is the side of the one who speaks; where that is not known, nobody.
    fn of_finding(&self, party: &Party, fact: &FactFinding) -> Option<Party> {
        if *party != Party::default() {
            return Some(self.of(party));
        }
        Some(Party { name: None, address: None, side: Some(self.of_speaker(fact)?) })
    }

    /// The side of the one who says it.
    fn of_speaker(&self, fact: &FactFinding) -> Option<Side> {
        let is_speaker = |participant: &&crate::model::Participant| {
            let speaker = fact.speaker.as_deref();
            participant.name.as_deref() == speaker || participant.address.as_deref() == speaker
        };
        let participant = self.interaction.participants.iter().filter(|_| fact.speaker.is_some()).find(is_speaker)?;
        let speaker =
            Party { name: participant.name.clone(), address: participant.address.clone(), side: participant.side };
        self.of(&speaker).side
    }

    fn stated(&self, party: &Party) -> Option<Side> {
        let same = |p: &&crate::model::Participant| p.address == party.address && p.name == party.name;
        self.interaction.participants.iter().find(same)?.side
    }

    fn by_domain(&self, address: &str) -> Option<Side> {
        if self.is_vendor(address) {
            return Some(Side::Vendor);
        }
        if self.is_customer(address) {
            return Some(Side::Customer);
        }
        // With the customer known and nothing said of our own domains, the other company in the conversation is us.
        let addresses = self.interaction.participants.iter().filter_map(|participant| participant.address.as_deref());
        let customer_is_there = addresses.into_iter().any(|address| self.is_customer(address));
        (self.vendor_domains.is_empty() && customer_is_there).then_some(Side::Vendor)
    }

    fn is_vendor(&self, address: &str) -> bool {
        domain(address).is_some_and(|domain| self.vendor_domains.contains(&domain))
    }

    fn is_customer(&self, address: &str) -> bool {
        let Some(account) = &self.account else { return false };
        domain(address).is_some_and(|domain| domain.split('.').any(|label| label.replace('-', "") == *account))
    }
}

fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase())
}
