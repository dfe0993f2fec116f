//! From the view of an account to statements: one [`Sheet`] for each top-level subject. IRIs follow from content,
//! nodes that a subject owns have IRIs below its own (`<fact>/e0`), and there are no blank nodes.
//! What has a default (`visibility`, `polarity`, …) is stated only where it differs from it.

mod fact;
mod person;
mod profile;

use std::{borrow::Cow, iter};

use rustc_hash::FxHashMap;

use super::{
    fingerprint::Class,
    term::{Sheet, Subject},
};
use crate::{
    model::{
        AccountSlug, AccountView, Coverage, Evidence, FactRecord, InteractionNode, Iri, Observation, Party, Side,
        Stakeholder, UsagePoint, Visibility, mint_interaction,
    },
    vocab,
};

/// A top-level subject of the graph.
#[derive(Debug)]
pub(super) enum Topic<'a> {
    Profile,
    Coverage(&'a Coverage),
    Party(&'a Party, Option<&'a Iri>),
    Person(&'a Stakeholder),
    Interaction(&'a InteractionNode),
    Fact(&'a FactRecord),
    Usage(&'a UsagePoint, &'a Evidence),
    Observation(&'a Observation),
}

/// Turns the parts of one view into statements.
pub(super) struct Encoder<'a> {
    view: &'a AccountView,
    account: String,
    /// The interactions by the source's own identity: evidence points at them instead of repeating them.
    sources: FxHashMap<&'a str, &'a InteractionNode>,
    /// The parties of facts and profile, each once.
    parties: FxHashMap<PartyKey<'a>, String>,
}

/// A party as it is named, and the stakeholder behind it.
type PartyKey<'a> = (&'a Party, Option<&'a Iri>);

impl<'a> Encoder<'a> {
    /// What is encoded.
    pub(super) fn view(&self) -> &'a AccountView {
        self.view
    }

    pub(super) fn new(view: &'a AccountView) -> Self {
        let sources = view.interactions.iter().map(|node| (node.id.as_str(), node)).collect();
        let account = account_iri(&view.account);
        let parties = parties(&account, view);
        Self { view, account, sources, parties }
    }

    /// Every top-level subject with its IRI, interactions before the facts that point at them.
    pub(super) fn topics(&self) -> Vec<(Subject, Topic<'a>)> {
        let view = self.view;
        let mut topics: Vec<(Subject, Topic<'a>)> = vec![(self.account.as_str().into(), Topic::Profile)];
        topics.extend(
            view.coverage.iter().map(|coverage| (self.coverage_iri(coverage).into(), Topic::Coverage(coverage))),
        );
        topics.extend(view.interactions.iter().map(|node| (node.iri.as_str().into(), Topic::Interaction(node))));
        topics.extend(view.stakeholders.iter().map(|person| (person.id.as_str().into(), Topic::Person(person))));
        let mut parties: Vec<_> = self.parties.iter().collect();
        parties.sort_unstable_by_key(|&(_, iri)| iri);
        let parties =
            parties.into_iter().map(|(&(party, person), iri)| (iri.as_str().into(), Topic::Party(party, person)));
        topics.extend(parties);
        topics.extend(view.facts.iter().map(|record| (record.fact.id.as_str().into(), Topic::Fact(record))));
        let usage = view
            .usage
            .iter()
            .map(|(point, evidence)| (self.usage_iri(point, evidence).into(), Topic::Usage(point, evidence)));
        topics.extend(usage);
        let observed = view.observations.iter();
        topics.extend(
            observed.map(|observation| (self.observation_iri(observation).into(), Topic::Observation(observation))),
        );
        topics
    }

    /// The statements of one subject.
    pub(super) fn sheet(&self, subject: &Subject, topic: &Topic<'a>) -> Sheet<'a> {
        let mut sheet = Sheet::default();
        match topic {
            Topic::Profile => self.profile(&mut sheet, subject),
            Topic::Coverage(coverage) => profile::coverage(&mut sheet, subject, coverage),
            Topic::Party(party, person) => fact::party(&mut sheet, subject, party, *person),
            Topic::Person(person) => self.person(&mut sheet, subject, person),
            Topic::Interaction(node) => interaction(&mut sheet, subject, node),
            Topic::Fact(record) => self.fact(&mut sheet, subject, record),
            Topic::Usage(point, evidence) => self.usage(&mut sheet, subject, point, evidence),
            Topic::Observation(observation) => profile::observation(&mut sheet, subject, observation),
        }
        sheet
    }

    /// The words that carry a statement: a node below their owner that points at the interaction.
    fn evidence(
        &self,
        sheet: &mut Sheet<'a>,
        (owner, predicate): (&Subject, &'static str),
        place: &str,
        said: &'a Evidence,
    ) {
        let node: Subject = format!("{owner}/{place}").into();
        let selector: Subject = format!("{node}/s").into();
        sheet.iri(owner, predicate, node.to_string());
        sheet.class(&node, vocab::EVIDENCE_CLASS);
        match self.sources.get(said.interaction.as_str()) {
            Some(source) if source.kind == said.kind && source.at == said.at => {
                sheet.iri(&node, vocab::HAS_SOURCE, source.iri.as_str());
            }
            Some(_) | None => {
                let source = mint_interaction(&self.view.account, &said.interaction);
                sheet.iri(&node, vocab::HAS_SOURCE, source.as_str().to_owned());
                sheet.text(&node, vocab::SOURCE_ID, said.interaction.as_str());
                sheet.iri(&node, vocab::SOURCE_KIND, vocab::interaction_class(said.kind));
                sheet.time(&node, vocab::SAID_AT, said.at);
            }
        }
        sheet.some_text(&node, vocab::SPEAKER, said.speaker.as_deref());
        sheet.iri(&node, vocab::HAS_SELECTOR, selector.to_string());
        sheet.integer(&selector, vocab::START, said.start);
        sheet.integer(&selector, vocab::END, said.end);
        sheet.text(&selector, vocab::EXACT, said.quote.as_str());
    }

    fn all_evidence(&self, sheet: &mut Sheet<'a>, owner: &Subject, evidence: &'a [Evidence]) {
        for (place, said) in evidence.iter().enumerate() {
            self.evidence(sheet, (owner, vocab::EVIDENCE), &format!("e{place}"), said);
        }
    }

    /// Points at a party, or at the stakeholder where the fact has no words of its own for them.
    fn points_at_party(
        &self,
        sheet: &mut Sheet<'a>,
        (subject, predicate): (&Subject, &'static str),
        party: Option<&'a Party>,
        person: Option<&'a Iri>,
    ) {
        match (party, person) {
            (Some(party), person) => sheet.iri(subject, predicate, self.party_iri(party, person)),
            (None, Some(person)) => sheet.iri(subject, predicate, person.as_str()),
            (None, None) => {}
        }
    }

    fn party_iri(&self, party: &'a Party, person: Option<&'a Iri>) -> String {
        self.parties.get(&(party, person)).cloned().unwrap_or_default()
    }

    fn usage_iri(&self, point: &UsagePoint, evidence: &Evidence) -> String {
        let (date, start) = (point.date.to_string(), evidence.start.to_string());
        self.mint(Class::Usage, &[Some(&point.metric), Some(&date), Some(&evidence.interaction), Some(&start)])
    }

    fn observation_iri(&self, observation: &Observation) -> String {
        let day = observation.day.to_string();
        let parts = [observation.subject.as_str(), observation.measure.as_str(), &day];
        self.mint(Class::Observation, &parts.map(Some))
    }

    fn coverage_iri(&self, coverage: &Coverage) -> String {
        format!("{}/coverage/{}", self.account, coverage.kind.as_str())
    }

    fn mint(&self, class: Class, parts: &[Option<&str>]) -> String {
        mint(&self.account, class, parts)
    }
}

/// Every distinct pair of a party and the stakeholder behind it, with its IRI.
fn parties<'a>(account: &str, view: &'a AccountView) -> FxHashMap<PartyKey<'a>, String> {
    let of_facts = view.facts.iter().flat_map(|record| {
        let fact = &record.fact;
        [(&fact.owner, record.owner.as_ref()), (&fact.beneficiary, record.beneficiary.as_ref())]
    });
    let profile = &view.profile;
    let of_profile = iter::once(&profile.owner).chain(profile.deals.iter().map(|deal| &deal.owner));
    let mut parties = FxHashMap::default();
    for (party, person) in of_facts.chain(of_profile.map(|party| (party, None))) {
        let Some(party) = party else { continue };
        parties.entry((party, person)).or_insert_with(|| {
            let side = party.side.map(Side::as_str);
            let words = [party.name.as_deref(), party.address.as_deref(), side, person.map(Iri::as_str)];
            mint(account, Class::Party, &words)
        });
    }
    parties
}

/// An IRI that follows from the account and the parts.
fn mint(account: &str, class: Class, parts: &[Option<&str>]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in iter::once(&Some(account)).chain(parts) {
        // The length keeps ("ab", "c") and ("a", "bc") apart, and the mark nothing from the empty string.
        hasher.update(&[u8::from(part.is_some())]);
        let bytes = part.unwrap_or_default().as_bytes();
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    let hash = hasher.finalize().to_hex();
    format!("urn:baton:{}:{}", class.as_str(), &hash[..24])
}

/// The IRI of an account, which is also the name of its graph. Characters that no IRI may hold are escaped.
pub(super) fn account_iri(slug: &AccountSlug) -> String {
    graph_iri(vocab::ACCOUNT_PREFIX, slug)
}

/// An IRI of an account under one of its prefixes.
pub(super) fn graph_iri(prefix: &str, slug: &AccountSlug) -> String {
    let mut iri = String::from(prefix);
    let mut buffer = [0; 4];
    for c in slug.as_str().chars() {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            iri.push(c);
        } else {
            for byte in c.encode_utf8(&mut buffer).bytes() {
                iri.push('%');
                iri.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
            }
        }
    }
    iri
}

fn interaction<'a>(sheet: &mut Sheet<'a>, subject: &Subject, node: &'a InteractionNode) {
    sheet.class(subject, vocab::interaction_class(node.kind));
    sheet.text(subject, vocab::IDENTIFIER, node.id.as_str());
    sheet.time(subject, vocab::SENT_AT, node.at);
    sheet.some_text(subject, vocab::THREAD, node.thread.as_deref());
    if let Some(author) = &node.author {
        sheet.iri(subject, vocab::AUTHOR, author.as_str());
    }
    for recipient in &node.recipients {
        sheet.iri(subject, vocab::RECIPIENT, recipient.as_str());
    }
    for copied in &node.copied {
        sheet.iri(subject, vocab::COPIED, copied.as_str());
    }
    for mentioned in &node.mentioned {
        sheet.iri(subject, vocab::MENTIONED, mentioned.as_str());
    }
    visibility(sheet, subject, node.visibility);
    if node.automatic {
        sheet.holds(subject, vocab::AUTOMATIC);
    }
    sheet.some_float(subject, vocab::SENTIMENT, node.sentiment);
}

fn visibility(sheet: &mut Sheet<'_>, subject: &Subject, visibility: Visibility) {
    match visibility {
        Visibility::Account => {}
        Visibility::Internal => sheet.text(subject, vocab::VISIBILITY, Cow::Borrowed("internal")),
        Visibility::Private => sheet.text(subject, vocab::VISIBILITY, Cow::Borrowed("private")),
    }
}
