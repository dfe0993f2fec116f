//! Salesforce's JSON: query results with typed records, nested owners and related lists.

use std::ops::ControlFlow;

use serde_json::Value;

use super::history::{self, Histories};
use super::record::{Change, Changed, Object, Record, System};
use crate::sources::tables::key_of;
use crate::sources::{Sink, dates, emit, json};

/// Reads every record of a file.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut histories = Histories::default();
    for element in json::Document::parse(text).take(&["records"]) {
        let value = match element.value {
            Ok(value) => value,
            Err(reason) => {
                emit::reject(sink, label, element.place, reason)?;
                continue;
            }
        };
        let kind = value.get("attributes").and_then(|own| json::text(own, "type")).unwrap_or_default();
        let object = match kind.as_str() {
            "Account" => Object::Company,
            "Contact" | "Lead" => Object::Contact,
            "Opportunity" => Object::Deal,
            "OpportunityHistory" | "OpportunityFieldHistory" => {
                let fields = flatten(&value);
                let keyed: Vec<(String, &str)> =
                    fields.iter().map(|(name, told)| (key_of(name), told.as_str())).collect();
                let get = |keys: &[&str]| {
                    keys.iter()
                        .find_map(|key| keyed.iter().find(|(own, _)| own == key))
                        .map(|(_, told)| (*told).to_owned())
                };
                if let Err(reason) = histories.add(&get) {
                    emit::reject(sink, label, element.place, reason)?;
                }
                continue;
            }
            "" => {
                emit::reject(sink, label, element.place, "a record without its type")?;
                continue;
            }
            other => {
                emit::reject(sink, label, element.place, format!("records of type {other} are not read"))?;
                continue;
            }
        };
        record(&value, object).finish(label, &element.place, sink)?;
    }
    histories.finish(sink)
}

/// The scalar fields, nested ones as `Owner.Name`, without `attributes` and related lists.
fn flatten(value: &Value) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (name, field) in value.as_object().into_iter().flatten().filter(|(name, _)| *name != "attributes") {
        if let Some(told) = json::scalar(field) {
            fields.push((name.clone(), told));
        } else if field.get("records").is_none() {
            let inner = field.as_object().into_iter().flatten().filter(|(inner, _)| *inner != "attributes");
            let told = inner.filter_map(|(inner, own)| Some((format!("{name}.{inner}"), json::scalar(own)?)));
            fields.extend(told);
        }
    }
    fields
}

fn record(value: &Value, object: Object) -> Record {
    let mut record = Record::new(System::Salesforce, object);
    record.id = json::text(value, "Id");
    record.fields = flatten(value);
    for list in ["OpportunityHistories", "OpportunityFieldHistories", "Histories"] {
        for row in value.get(list).map_or(&[][..], |own| json::list(own, "records")) {
            add_change(&mut record, row);
        }
    }
    record.changes = history::in_order(std::mem::take(&mut record.changes));
    let roles = value.get("OpportunityContactRoles").map_or(&[][..], |own| json::list(own, "records"));
    let ids: Vec<String> = roles.iter().filter_map(|role| json::text(role, "ContactId")).collect();
    if !ids.is_empty() {
        record.extra.insert("contact_ids", ids.join(";"));
    }
    let named: Vec<String> = roles
        .iter()
        .filter_map(|role| {
            let contact = role.get("Contact").and_then(|own| json::text(own, "Name"));
            Some(format!("{}={}", json::text(role, "ContactId").or(contact)?, json::text(role, "Role")?))
        })
        .collect();
    if !named.is_empty() {
        record.extra.insert("contact_roles", named.join(";"));
    }
    record
}

fn add_change(record: &mut Record, row: &Value) {
    let what = match json::text(row, "Field").as_deref() {
        None | Some("StageName") => Changed::Stage,
        Some("Owner") => Changed::Owner,
        Some(_) => return,
    };
    let Some(to) = json::first_text(row, &["NewValue", "StageName"]) else { return };
    let from = json::text(row, "OldValue");
    match json::first_text(row, &["CreatedDate"]).and_then(|written| dates::timestamp(&written)) {
        Some(at) => record.changes.push(Change { what, from, to, at }),
        None => record.problems.push("a row of the history has no date that can be read".to_owned()),
    }
}
