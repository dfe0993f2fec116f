//! HubSpot's JSON: objects with `properties`, their history and associations.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::history;
use super::record::{Change, Changed, Object, Record, System};
use crate::sources::{Sink, dates, emit, json};

/// Reads every object of a file.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut document = json::Document::parse(text);
    let owners: BTreeMap<String, (Option<String>, Option<String>)> = document
        .side_list("owners")
        .iter()
        .filter_map(|owner| {
            let parts: Vec<String> =
                ["firstName", "lastName"].iter().filter_map(|key| json::text(owner, key)).collect();
            Some((json::text(owner, "id")?, (emit::full(&parts.join(" ")), json::text(owner, "email"))))
        })
        .collect();
    for key in ["results", "companies", "contacts", "deals"] {
        let is_there = document.root().is_none_or(|root| !root.is_object() || root.get(key).is_some());
        let is_last = key == "deals" && document.root().is_some_and(|root| root.get("properties").is_some());
        if !is_there && !is_last {
            continue;
        }
        for element in document.take(&[key]) {
            match element.value {
                Ok(value) => object(&value, &owners, label, &element.place, sink)?,
                Err(reason) => emit::reject(sink, label, element.place, reason)?,
            }
        }
        if document.root().is_none_or(|root| !root.is_object()) {
            break;
        }
    }
    ControlFlow::Continue(())
}

type Owners = BTreeMap<String, (Option<String>, Option<String>)>;

fn object(value: &Value, owners: &Owners, label: &str, place: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let Some(properties) = value.get("properties").and_then(Value::as_object) else {
        return emit::reject(sink, label, place, "an object without properties");
    };
    let has = |keys: &[&str]| keys.iter().any(|key| properties.contains_key(*key));
    let object = if has(&["dealname", "dealstage"]) {
        Object::Deal
    } else if has(&["email", "firstname", "lastname", "jobtitle"]) {
        Object::Contact
    } else if has(&["name", "domain"]) {
        Object::Company
    } else {
        return emit::reject(sink, label, place, "neither a company, a contact nor a deal");
    };
    let mut record = Record::new(System::HubSpot, object);
    record.id = json::first_text(value, &["id", "vid", "dealId", "companyId"]);
    for (name, property) in properties {
        // The old interface wraps each value and tells its versions beside it.
        let told = json::scalar(property).or_else(|| json::text(property, "value"));
        record.fields.extend(told.map(|told| (name.clone(), told)));
    }
    for (name, key) in [("createdAt", "createdate"), ("updatedAt", "hs_lastmodifieddate")] {
        if let Some(at) = json::text(value, name)
            .filter(|_| !properties.contains_key(key) && !properties.contains_key("lastmodifieddate"))
        {
            record.fields.push((name.to_owned(), at));
        }
    }
    let owner = properties.get("hubspot_owner_id").and_then(json::scalar);
    if let Some((name, email)) = owner.and_then(|id| owners.get(&id)) {
        record.extra.extend(name.clone().map(|name| ("owner", name)));
        record.extra.extend(email.clone().map(|email| ("owner_email", email)));
    }
    for (list, name) in [("companies", "company_id"), ("contacts", "contact_ids")] {
        let ids = associated(value, list);
        if !ids.is_empty() && (object == Object::Deal || name == "company_id") {
            record.extra.insert(name, ids.join(";"));
        }
    }
    add_history(&mut record, value, owners);
    record.finish(label, place, sink)
}

fn associated(value: &Value, list: &str) -> Vec<String> {
    let Some(list) = value.get("associations").and_then(|all| all.get(list)) else { return Vec::new() };
    let mut ids: Vec<String> = Vec::new();
    for id in json::list(list, "results").iter().filter_map(|own| json::first_text(own, &["id", "toObjectId"])) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Versions of the stage and the owner, which HubSpot lists newest first.
fn add_history(record: &mut Record, value: &Value, owners: &Owners) {
    let versions = |name: &str| -> Vec<Value> {
        let own = value.get("propertiesWithHistory").map(|all| json::list(all, name));
        let old =
            value.get("properties").and_then(|all| all.get(name)).map(|property| json::list(property, "versions"));
        own.filter(|list| !list.is_empty()).or(old).unwrap_or_default().to_vec()
    };
    for (what, name) in
        [(Changed::Stage, "dealstage"), (Changed::Stage, "lifecyclestage"), (Changed::Owner, "hubspot_owner_id")]
    {
        let stage_of_deal = name != "lifecyclestage" || record.object != Object::Deal;
        for version in versions(name).iter().filter(|_| stage_of_deal) {
            let Some(to) = json::text(version, "value") else { continue };
            let named = owners.get(&to).and_then(|(name, email)| name.clone().or_else(|| email.clone()));
            let to = if what == Changed::Owner { named.unwrap_or(to) } else { to };
            let written = json::text(version, "timestamp").unwrap_or_default();
            match dates::timestamp(&written) {
                Some(at) => record.changes.push(Change { what, from: None, to, at }),
                None => record.problems.push(format!("a version of {name} has no date that can be read: {written}")),
            }
        }
    }
    record.changes = history::in_order(std::mem::take(&mut record.changes));
}
