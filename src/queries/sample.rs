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
        id: mint_stakeholder(account, &format!("mailto:{address}")),
        account: account.clone(),
        name: party.name.clone().unwrap(),
        addresses: vec![address],
        aliases: Vec::new(),
        side: party.side,
        title: Some("VP Operations".to_owned()),
        organization: None,
        buying_role: role,
        influence: 0.5,
        preferences: Vec::new(),
        sentiment: None,
        first_seen: last.parse().unwrap(),
        last_seen: last.parse().unwrap(),
        interactions: 2,
        status: PersonStatus::Active,
        rhythm_days: None,
        evidence: Vec::new(),
    }
}

/// An account with two people of the customer, one of ours, a promise and a risk.
pub(crate) fn view(name: &str) -> AccountView {
    let account = AccountSlug::from_name(name).unwrap();
    let at: Timestamp = "2026-01-12T09:30:00Z".parse().unwrap();
    let id = format!("mail:<1@{name}.example>");
    let buyer = party("Priya", name, Side::Customer);
    let decider = party("Ines", name, Side::Customer);
    let seller = party("Sam", name, Side::Vendor);
    let people = vec![
        person(&account, &buyer, None, "2026-01-20T00:00:00Z"),
        person(&account, &decider, Some(BuyingRole::DecisionMaker), "2026-01-02T00:00:00Z"),
        person(&account, &seller, None, "2026-01-20T00:00:00Z"),
    ];
    let iri_of =
        |party: &Party| people.iter().find(|own| Some(&own.name) == party.name.as_ref()).map(|own| own.id.clone());
    let record = |kind, statement: &str, category: Option<&str>, status, start: u32| {
        let place = FactPlace { interaction: id.clone(), kind, span: Span::new(start, start + 10) };
        let evidence = Evidence {
            interaction: id.clone(),
            kind: InteractionKind::Email,
            at,
            speaker: seller.name.clone(),
            start,
            end: start + 10,
            quote: format!("{statement} {name}"),
        };
        let due = Due { date: Some(date(2026, 1, 16)), phrase: "by Friday".to_owned(), basis: DueBasis::Stated };
        let fact = Fact {
            id: mint_fact(&account, &place),
            account: account.clone(),
            kind,
            category: category.map(str::to_owned),
            statement: format!("{statement} {name}"),
            polarity: Polarity::Affirmed,
            owner: Some(seller.clone()),
            beneficiary: Some(buyer.clone()),
            due: Some(due),
            condition: None,
            status,
            confidence: 0.9,
            review: ReviewState::Extracted,
            valid_from: at,
            valid_to: None,
            recorded_at: at,
            retired_at: None,
            evidence: vec![evidence],
        };
        FactRecord {
            fact,
            owner: iri_of(&seller),
            beneficiary: iri_of(&buyer),
            rule: "rule".to_owned(),
            visibility: Visibility::Account,
            closed_by: None,
            superseded_by: None,
            conflicts_with: Vec::new(),
        }
    };
    let facts = vec![
        record(FactKind::Commitment, "Send the report to", None, FactStatus::Open, 0),
        record(FactKind::Risk, "The budget is tight at", Some("budget"), FactStatus::Current, 20),
    ];
    let node = InteractionNode {
        iri: mint_interaction(&account, &id),
        id: id.clone(),
        kind: InteractionKind::Email,
        at,
        thread: None,
        author: iri_of(&seller),
        recipients: iri_of(&buyer).into_iter().collect(),
        visibility: Visibility::Account,
        automatic: false,
        sentiment: None,
    };
    AccountView {
        account,
        profile: AccountProfile::default(),
        facts,
        stakeholders: people,
        interactions: vec![node],
        usage: Vec::new(),
        coverage: Vec::new(),
    }
}
