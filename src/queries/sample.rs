//! A small account for tests, in which every query of the catalogue finds something.

use jiff::{Timestamp, civil::date};

use crate::model::*;

fn party(name: &str, slug: &str, side: Side) -> Party {
    let address = format!("{}@{slug}.example", name.to_lowercase());
    Party { name: Some(format!("{name} {slug}")), address: Some(address), side: Some(side) }
}

fn person(account: &AccountSlug, party: &Party, role: Option<BuyingRole>, last: &str) -> Stakeholder {
    let address = party.address.clone().unwrap();
    Stakeholder {
        addresses: vec![address.clone()],
        side: party.side,
        title: Some("VP Operations".to_owned()),
        buying_role: role,
        influence: 0.5,
        first_seen: last.parse().unwrap(),
        last_seen: last.parse().unwrap(),
        interactions: 2,
        ..Stakeholder::named(
            mint_stakeholder(account, &format!("mailto:{address}")),
            account.clone(),
            party.name.clone().unwrap(),
        )
    }
}

fn record(account: &AccountSlug, seller: &Stakeholder, buyer: &Stakeholder, kind: FactKind) -> FactRecord {
    let name = account.as_str();
    let (statement, category, status, start) = if kind == FactKind::Risk {
        (format!("The budget is tight at {name}"), Some("budget".to_owned()), FactStatus::Current, 20)
    } else {
        (format!("Send the report to {name}"), None, FactStatus::Open, 0)
    };
    let interaction = format!("mail:<1@{name}.example>");
    let named = |person: &Stakeholder| Party {
        name: Some(person.name.clone()),
        address: person.addresses.first().cloned(),
        side: person.side,
    };
    let fact = Fact {
        id: mint_fact(
            account,
            &FactPlace { interaction: interaction.clone(), kind, span: Span::new(start, start + 10) },
        ),
        account: account.clone(),
        kind,
        category,
        statement: statement.clone(),
        polarity: Polarity::Affirmed,
        owner: Some(named(seller)),
        beneficiary: Some(named(buyer)),
        due: Some(Due { date: Some(date(2026, 1, 16)), phrase: "by Friday".to_owned(), basis: DueBasis::Stated }),
        condition: None,
        status,
        confidence: 0.9,
        review: ReviewState::Extracted,
        suggestion: None,
        valid_from: said_at(),
        valid_to: None,
        recorded_at: said_at(),
        retired_at: None,
        evidence: vec![Evidence {
            interaction,
            kind: InteractionKind::Email,
            at: said_at(),
            speaker: Some(seller.name.clone()),
            start,
            end: start + 10,
            quote: statement,
        }],
    };
    FactRecord {
        fact,
        owner: Some(seller.id.clone()),
        beneficiary: Some(buyer.id.clone()),
        rule: "rule".to_owned(),
        visibility: Visibility::Account,
        closed_by: None,
        superseded_by: None,
        conflicts_with: Vec::new(),
    }
}

fn said_at() -> Timestamp {
    "2026-01-12T09:30:00Z".parse().unwrap()
}

/// An account with two people of the customer, one of ours, a promise and a risk.
pub(crate) fn view(name: &str) -> AccountView {
    let account = AccountSlug::from_name(name).unwrap();
    let buyer = person(&account, &party("Priya", name, Side::Customer), None, "2026-01-20T00:00:00Z");
    let decider = party("Ines", name, Side::Customer);
    let decider = person(&account, &decider, Some(BuyingRole::DecisionMaker), "2025-10-02T00:00:00Z");
    let seller = person(&account, &party("Sam", name, Side::Vendor), None, "2026-01-20T00:00:00Z");
    let decider_id = decider.id.clone();
    let id = format!("mail:<1@{name}.example>");
    let node = InteractionNode {
        iri: mint_interaction(&account, &id),
        id,
        kind: InteractionKind::Email,
        at: said_at(),
        thread: None,
        author: Some(seller.id.clone()),
        recipients: vec![buyer.id.clone()],
        copied: Vec::new(),
        mentioned: Vec::new(),
        visibility: Visibility::Account,
        automatic: false,
        sentiment: None,
    };
    AccountView {
        profile: AccountProfile::default(),
        facts: [FactKind::Commitment, FactKind::Risk].map(|kind| record(&account, &seller, &buyer, kind)).into(),
        stakeholders: vec![buyer, decider, seller],
        interactions: vec![node],
        usage: Vec::new(),
        coverage: Vec::new(),
        observations: vec![Observation {
            subject: decider_id,
            measure: Measure::PageRank,
            day: date(2026, 1, 12),
            value: 0.25,
        }],
        account,
    }
}
