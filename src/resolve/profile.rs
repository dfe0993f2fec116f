//! What structured sources say of the account and its deals.
//!
//! Read from `Findings::record`: `account.name|domain|industry|owner|arr|renewal_date|lifecycle` and
//! `deal.<id>.name|stage|stage_history|amount|currency|close_date|owner`, owners also by `owner_email`.
//! A later row outranks an earlier one; stages add up to a history.

use jiff::{Timestamp, civil::Date};
use rustc_hash::FxHashMap;

use super::people::{Link, People};
use crate::model::{AccountProfile, Deal, DealStage, Evidence, Party, PersonFinding, Side, Told};

/// At most this many rows are named as the source of one thing, the latest.
const MOST_EVIDENCE: usize = 8;

/// Reads the profile; owners are named as the rows name them until [`name_owners`].
pub(crate) fn profile(rows: &[&Told]) -> AccountProfile {
    let mut profile = AccountProfile::default();
    let mut deals: FxHashMap<&str, usize> = FxHashMap::default();
    for told in rows {
        for (field, value) in &told.findings.record {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Some(field) = field.strip_prefix("account.") {
                set_account(&mut profile, field, value, told.sent_at);
                cite(&mut profile.evidence, told, value);
            } else if let Some((id, field)) = field.strip_prefix("deal.").and_then(|rest| rest.rsplit_once('.')) {
                let number = *deals.entry(id).or_insert_with(|| {
                    profile.deals.push(Deal { id: id.to_owned(), ..Deal::default() });
                    profile.deals.len() - 1
                });
                let deal = &mut profile.deals[number];
                set_deal(deal, field, value, told.sent_at);
                cite(&mut deal.evidence, told, value);
            }
        }
    }
    for deal in &mut profile.deals {
        settle(&mut deal.stages);
    }
    settle(&mut profile.phases);
    profile.deals.sort_by(|a, b| first_stage(a).cmp(&first_stage(b)).then_with(|| a.id.cmp(&b.id)));
    profile
}

fn first_stage(deal: &Deal) -> Option<Timestamp> {
    deal.stages.first().map(|stage| stage.at)
}

fn set_account(profile: &mut AccountProfile, field: &str, value: &str, at: Timestamp) {
    match field {
        "arr" => profile.annual_value = Some(value.to_owned()),
        "renewal_date" => profile.renewal_date = date(value).or(profile.renewal_date),
        "lifecycle" => profile.phases.push(DealStage { name: value.to_owned(), at }),
        "name" => profile.name = Some(value.to_owned()),
        "industry" => profile.industry = Some(value.to_owned()),
        "owner" => {
            let new = party(value);
            if profile.owner.as_ref().is_some_and(|old| old.name != new.name) {
                profile.owner_since = Some(at);
            }
            profile.owner = Some(new);
        }
        "owner_email" => with_address(&mut profile.owner, value),
        "domain" => {
            for domain in value.split([',', ';', ' ']).filter(|domain| domain.contains('.')) {
                let domain = bare_domain(domain);
                if !profile.domains.contains(&domain) {
                    profile.domains.push(domain);
                }
            }
        }
        _ => {}
    }
}

/// The domain of a web address: `https://www.northwind.example/` gives `northwind.example`.
fn bare_domain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let text = text.split(['/', '?']).next().unwrap_or_default();
    text.strip_prefix("www.").unwrap_or(text).to_owned()
}

fn set_deal(deal: &mut Deal, field: &str, value: &str, at: Timestamp) {
    match field {
        "name" => value.clone_into(&mut deal.name),
        "amount" => deal.amount = Some(value.to_owned()),
        "owner" => deal.owner = Some(party(value)),
        "owner_email" => with_address(&mut deal.owner, value),
        "currency" => with_currency(&mut deal.amount, value),
        "stage" => deal.stages.push(DealStage { name: value.to_owned(), at }),
        "stage_history" => deal.stages.extend(value.split(';').filter_map(stage)),
        "close_date" => deal.close_date = date(value).or(deal.close_date),
        _ => {}
    }
}

/// Reads `Negotiation@2026-02-01T00:00:00Z`.
fn stage(entry: &str) -> Option<DealStage> {
    let (name, at) = entry.rsplit_once('@')?;
    Some(DealStage { name: name.trim().to_owned(), at: at.trim().parse().ok()? })
}

/// Puts the stages in order. A stage without a date counts only where none has one.
fn settle(stages: &mut Vec<DealStage>) {
    let has_date = |stage: &DealStage| stage.at != Timestamp::UNIX_EPOCH;
    if stages.iter().any(has_date) {
        stages.retain(has_date);
    }
    stages.sort_by_key(|stage| stage.at);
    stages.dedup_by(|later, earlier| later.name == earlier.name);
}

fn with_address(owner: &mut Option<Party>, address: &str) {
    owner.get_or_insert(Party { side: Some(Side::Vendor), ..Party::default() }).address = Some(address.to_lowercase());
}

fn with_currency(amount: &mut Option<String>, currency: &str) {
    if let Some(amount) =
        amount.as_mut().filter(|amount| amount.chars().all(|c| c.is_ascii_digit() || ".,' ".contains(c)))
    {
        amount.push(' ');
        amount.push_str(currency);
    }
}

fn date(value: &str) -> Option<Date> {
    value.get(..10).unwrap_or(value).parse().ok()
}

/// Reads `Sam Ortiz <sam@vendor.example>`, `Sam Ortiz (sam@vendor.example)`, a bare address or a bare name.
fn party(value: &str) -> Party {
    let (name, address) = match value.split_once(['<', '(']).filter(|(_, rest)| rest.contains('@')) {
        Some((name, address)) => (Some(name.trim()), Some(address.trim_end_matches(['>', ')']).trim())),
        None if value.contains('@') => (None, Some(value)),
        None => (Some(value), None),
    };
    let owned = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Party { name: name.and_then(owned), address: address.and_then(owned), side: Some(Side::Vendor) }
}

/// Notes that something was read in a row: the words that name a person there, else the row, whose span is empty.
fn cite(evidence: &mut Vec<Evidence>, told: &Told, value: &str) {
    let names = |finding: &&PersonFinding| finding.name.as_deref() == Some(value) && !finding.quote.is_empty();
    let person = told.findings.people.iter().find(names);
    let words = |person: &PersonFinding| Evidence {
        start: person.span.start,
        end: person.span.end,
        quote: person.quote.clone(),
        ..super::whole(told)
    };
    let own = || person.map_or_else(|| super::whole(told), words);
    if let Some(known) = evidence.iter_mut().find(|known| known.interaction == told.id) {
        if known.quote.is_empty() {
            *known = own();
        }
        return;
    }
    if evidence.len() == MOST_EVIDENCE {
        evidence.remove(0);
    }
    evidence.push(own());
}

/// Names the owners as the people they are.
pub(crate) fn name_owners(profile: &mut AccountProfile, people: &People<'_>, rows: usize) {
    let deals = profile.deals.iter_mut().map(|deal| &mut deal.owner);
    for owner in deals.chain([&mut profile.owner]).filter_map(Option::as_mut) {
        if let Link::Person(person) = people.find(owner.address.as_deref(), owner.name.as_deref(), rows as u32) {
            *owner = people.party(person);
        }
    }
}
