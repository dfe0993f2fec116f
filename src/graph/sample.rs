//! Arbitrary views for tests: small, with every optional part there or not.

use jiff::{Timestamp, civil::Date};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::model::*;

pub(crate) fn slug(name: &str) -> AccountSlug {
    AccountSlug::from_name(name).expect("a name")
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-z]{1,12}", 2 => "\\PC{0,30}", 1 => "[\\n\\t\"\\\\<>{}%é✓😀 ]{1,10}"]
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000, prop_oneof![3 => Just(0i32), 1 => 0..1_000_000_000])
        .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).expect("in range"))
}

fn date() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).expect("a day"))
}

fn side() -> impl Strategy<Value = Option<Side>> {
    option::of(select(vec![Side::Customer, Side::Vendor]))
}

fn party() -> impl Strategy<Value = Party> {
    (option::of(words()), option::of("[a-z]{1,3}@[a-z]{1,3}\\.example"), side())
        .prop_map(|(name, address, side)| Party { name, address, side })
}

fn visibility() -> impl Strategy<Value = Visibility> {
    select(vec![Visibility::Account, Visibility::Internal, Visibility::Private])
}

fn person_iri() -> impl Strategy<Value = Iri> {
    "[a-f]".prop_map(|key| mint_stakeholder(&slug("acme"), &key))
}

/// Few identities, so that some evidence points at interactions of the view and some does not.
fn interaction_id() -> impl Strategy<Value = String> {
    "mail:[a-h]"
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (
        interaction_id(),
        select(InteractionKind::ALL.to_vec()),
        time(),
        option::of(words()),
        0u32..999,
        0u32..999,
        words(),
    )
        .prop_map(|(interaction, kind, at, speaker, start, length, quote)| Evidence {
            interaction,
            kind,
            at,
            speaker,
            start,
            end: start + length,
            quote,
        })
}

fn due() -> impl Strategy<Value = Due> {
    (option::of(date()), words(), select(vec![DueBasis::Stated, DueBasis::Inferred]))
        .prop_map(|(date, phrase, basis)| Due { date, phrase, basis })
}

fn rejection() -> impl Strategy<Value = Rejection> {
    (person_iri(), words(), time(), words()).prop_map(|(fact, by, at, reason)| Rejection { fact, by, at, reason })
}

fn fact() -> impl Strategy<Value = Fact> {
    let says = (select(FactKind::ALL.to_vec()), option::of(words()), words(), option::of(words()), 0u32..500);
    let who = (option::of(party()), option::of(party()), option::of(due()));
    let stands = (
        select(vec![Polarity::Affirmed, Polarity::Negated]),
        select(vec![FactStatus::Open, FactStatus::Fulfilled, FactStatus::Current, FactStatus::Superseded]),
        select(vec![ReviewState::Extracted, ReviewState::Corrected, ReviewState::Added]),
        0.0f32..=1.0,
    );
    let when = (time(), option::of(time()), time());
    (says, who, stands, when, (vec(evidence(), 0..4), option::of(rejection()))).prop_map(
        |(
            (kind, category, statement, condition, start),
            (owner, beneficiary, due),
            stands,
            when,
            (evidence, suggestion),
        )| {
            let place = FactPlace { interaction: "mail:a".to_owned(), kind, span: Span::new(start, start + 1) };
            Fact {
                id: mint_fact(&slug("acme"), &place),
                account: slug("acme"),
                kind,
                category,
                statement,
                polarity: stands.0,
                owner,
                beneficiary,
                due,
                condition,
                status: stands.1,
                confidence: stands.3,
                review: stands.2,
                suggestion,
                valid_from: when.0,
                valid_to: when.1,
                recorded_at: when.2,
                retired_at: None,
                evidence,
            }
        },
    )
}

fn record() -> impl Strategy<Value = FactRecord> {
    let people = (option::of(person_iri()), option::of(person_iri()));
    let links = (option::of(evidence()), option::of(person_iri()), vec(person_iri(), 0..3));
    (fact(), people, words(), visibility(), links).prop_map(|(fact, people, rule, visibility, links)| FactRecord {
        fact,
        owner: people.0,
        beneficiary: people.1,
        rule,
        visibility,
        closed_by: links.0,
        superseded_by: links.1,
        conflicts_with: set(links.2),
    })
}

fn set<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
}

/// A list without repetition whose order means something.
fn list() -> impl Strategy<Value = Vec<String>> {
    vec(words(), 0..4).prop_map(|items| {
        let mut seen = Vec::new();
        for item in items {
            if !seen.contains(&item) {
                seen.push(item);
            }
        }
        seen
    })
}

fn bare_person() -> impl Strategy<Value = Stakeholder> {
    let preference = (words(), words(), vec(evidence(), 0..2)).prop_map(|(category, value, evidence)| Preference {
        category,
        value,
        evidence,
    });
    let who = (person_iri(), words(), list(), list(), side(), option::of(words()), option::of(words()));
    let weighs = (
        (option::of(select(BuyingRole::ALL.to_vec())), option::of(person_iri())),
        0.0f32..=1.0,
        option::of(-1.0f32..=1.0),
        0u32..9999,
        select(vec![PersonStatus::Active, PersonStatus::Departed]),
        option::of(0.0f32..100.0),
    );
    (who, weighs, (time(), time()), vec(preference, 0..3), vec(evidence(), 0..12)).prop_map(
        |(who, weighs, seen, preferences, evidence)| Stakeholder {
            addresses: who.2,
            aliases: who.3,
            side: who.4,
            title: who.5,
            organization: who.6,
            buying_role: weighs.0.0,
            reports_to: weighs.0.1,
            influence: weighs.1,
            preferences,
            sentiment: weighs.2,
            first_seen: seen.0,
            last_seen: seen.1,
            interactions: weighs.3,
            status: weighs.4,
            rhythm_days: weighs.5,
            pause_days: weighs.5.map(|rhythm| rhythm * 4.0),
            evidence,
            ..Stakeholder::named(who.0, slug("acme"), who.1)
        },
    )
}

/// A person with what is told of them over time.
fn person() -> impl Strategy<Value = Stakeholder> {
    let evidence = || vec(evidence(), 0..3);
    let role = (select(BuyingRole::ALL.to_vec()), 0.0f32..=1.0, select(RoleBasis::ALL.to_vec()), evidence())
        .prop_map(|(role, confidence, basis, evidence)| RoleReading { role, confidence, basis, evidence });
    let membership = ((option::of(words()), option::of(words()), side()), time(), option::of(time()), evidence())
        .prop_map(|((title, organization, side), from, until, evidence)| Membership {
            title,
            organization,
            side,
            from,
            until,
            evidence,
        });
    let former = (words(), time()).prop_map(|(name, until)| FormerName { name, until });
    let topic = (words(), evidence()).prop_map(|(value, evidence)| SensitiveTopic { value, evidence });
    let mood = (-1.0f32..=1.0, 1u32..99).prop_map(|(value, interactions)| Mood {
        month: jiff::civil::date(2026, 2, 1),
        value,
        interactions,
    });
    let parts = (0.0f32..=1.0, 0.0f32..=1.0).prop_map(|(title, speed)| InfluenceParts {
        title,
        speed,
        ..InfluenceParts::default()
    });
    let told = (vec(role, 0..3), vec(membership, 0..3), vec(former, 0..3), vec(topic, 0..3), vec(mood, 0..3));
    let known = (list(), list(), parts);
    (bare_person(), told, known).prop_map(|(person, told, (keys, languages, influence_parts))| Stakeholder {
        keys: keys.into_iter().map(PersonKey::from_text).collect(),
        languages,
        influence_parts,
        buying_roles: told.0,
        memberships: told.1,
        former_names: told.2,
        sensitive_topics: told.3,
        moods: told.4,
        ..person
    })
}

fn interaction() -> impl Strategy<Value = InteractionNode> {
    let people = || vec(person_iri(), 0..4).prop_map(set);
    let who = (option::of(person_iri()), people(), people(), people());
    let rest = (visibility(), any::<bool>(), option::of(-1.0f32..=1.0));
    (interaction_id(), select(InteractionKind::ALL.to_vec()), time(), option::of(words()), who, rest).prop_map(
        |(id, kind, at, thread, who, rest)| InteractionNode {
            iri: mint_interaction(&slug("acme"), &id),
            id,
            kind,
            at,
            thread,
            author: who.0,
            recipients: who.1,
            copied: who.2,
            mentioned: who.3,
            visibility: rest.0,
            automatic: rest.1,
            sentiment: rest.2,
        },
    )
}

fn stage() -> impl Strategy<Value = DealStage> {
    (words(), time()).prop_map(|(name, at)| DealStage { name, at })
}

fn deal() -> impl Strategy<Value = Deal> {
    let says = (words(), words(), option::of(words()), option::of(date()), option::of(party()));
    (says, vec(stage(), 0..12), vec(evidence(), 0..2)).prop_map(|(says, stages, evidence)| Deal {
        id: says.0,
        name: says.1,
        amount: says.2,
        close_date: says.3,
        owner: says.4,
        stages,
        evidence,
    })
}

fn profile() -> impl Strategy<Value = AccountProfile> {
    let says = (option::of(words()), list(), option::of(words()), option::of(party()));
    let stands = (option::of(words()), option::of(date()), vec(stage(), 0..12), option::of(time()));
    (says, stands, vec(deal(), 0..3), vec(evidence(), 0..2)).prop_map(|(says, stands, deals, evidence)| {
        AccountProfile {
            owner_since: stands.3,
            annual_value: stands.0,
            renewal_date: stands.1,
            phases: stands.2,
            name: says.0,
            domains: says.1,
            industry: says.2,
            owner: says.3,
            deals,
            evidence,
        }
    })
}

fn usage() -> impl Strategy<Value = (UsagePoint, Evidence)> {
    (words(), date(), -1e12f64..1e12, evidence())
        .prop_map(|(metric, date, value, evidence)| (UsagePoint { metric, date, value }, evidence))
}

fn coverage() -> impl Strategy<Value = Coverage> {
    (select(InteractionKind::ALL.to_vec()), any::<u32>(), any::<u32>(), time(), time())
        .prop_map(|(kind, items, automatic, first, last)| Coverage { kind, items, automatic, first, last })
}

fn observation() -> impl Strategy<Value = Observation> {
    (person_iri(), select(Measure::ALL.to_vec()), date(), -1e12f64..1e12)
        .prop_map(|(subject, measure, day, value)| Observation { subject, measure, day, value })
}

/// A view in the order in which the graph gives it back.
pub(crate) fn view() -> impl Strategy<Value = AccountView> {
    let parts = (vec(record(), 0..6), vec(person(), 0..4), vec(interaction(), 0..6), vec(usage(), 0..4));
    let figures = (vec(coverage(), 0..4), vec(observation(), 0..6));
    (profile(), parts, figures).prop_map(
        |(profile, (facts, stakeholders, interactions, usage), (coverage, observations))| {
            ordered(AccountView {
                account: slug("acme"),
                profile,
                facts,
                stakeholders,
                interactions,
                usage,
                coverage,
                observations,
            })
        },
    )
}

fn ordered(mut view: AccountView) -> AccountView {
    unique(&mut view.facts, |record| record.fact.id.clone());
    view.facts.sort_by_key(|record| {
        (record.fact.evidence.first().map_or(record.fact.valid_from, |said| said.at), record.fact.id.clone())
    });
    unique(&mut view.stakeholders, |person| person.id.clone());
    unique(&mut view.interactions, |node| node.iri.clone());
    view.interactions.sort_by_key(|node| (node.at, node.iri.clone()));
    unique(&mut view.usage, |(point, said)| (point.metric.clone(), point.date, said.interaction.clone(), said.start));
    unique(&mut view.observations, |seen| (seen.subject.clone(), seen.measure, seen.day));
    unique(&mut view.coverage, |coverage| coverage.kind);
    view
}

fn unique<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    items.sort_by_key(&key);
    items.dedup_by_key(|item| key(item));
}
