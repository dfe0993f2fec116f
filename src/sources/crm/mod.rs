//! CRM exports: companies, contacts and deals of HubSpot and Salesforce, as CSV and JSON. One interaction a record and
//! one for each dated change of stage or owner, so that history counts at its own time.

mod history;
mod hubspot;
mod labels;
mod record;
mod rows;
mod salesforce;

use std::io::BufRead;
use std::ops::ControlFlow;

use super::tables::{TableKind, kind_of_head};
use super::{Sink, emit, json};

/// The spellings of CRM exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    HubSpotJson,
    SalesforceJson,
    Table(TableKind),
}

/// Says whether a file is an export of a CRM.
pub fn sniff(_name: &str, head: &str) -> bool {
    form(head).is_some()
}

fn form(head: &str) -> Option<Form> {
    if json::starts_like_json(head) {
        let types = ["Opportunity", "Account", "Contact", "Lead", "OpportunityHistory", "OpportunityFieldHistory"];
        let is_salesforce = json::names_key(head, "attributes")
            && types.iter().any(|own| head.contains(&format!("\"{own}\"")) || head.contains("/sobjects/"));
        if is_salesforce {
            return Some(Form::SalesforceJson);
        }
        let keys = [
            "dealname",
            "dealstage",
            "firstname",
            "lastname",
            "domain",
            "lifecyclestage",
            "hs_object_id",
            "hs_lastmodifieddate",
        ];
        let is_hubspot = json::names_key(head, "properties") && keys.iter().any(|key| json::names_key(head, key));
        return is_hubspot.then_some(Form::HubSpotJson);
    }
    match kind_of_head(head)? {
        kind @ (TableKind::CrmStages | TableKind::CrmDeals | TableKind::CrmContacts | TableKind::CrmCompanies) => {
            Some(Form::Table(kind))
        }
        TableKind::Jira | TableKind::Zendesk | TableKind::Survey | TableKind::Usage => None,
    }
}

/// Reads an export; a record that cannot be read becomes a problem.
pub fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match form(text) {
        Some(Form::HubSpotJson) => hubspot::read(label, text, sink),
        Some(Form::SalesforceJson) => salesforce::read(label, text, sink),
        Some(Form::Table(kind)) => rows::read(label, kind, &mut text.as_bytes(), sink),
        None => emit::reject(sink, label, "", "not an export of a CRM that is known"),
    }
}

/// Reads an export in CSV without holding all of it in memory.
pub fn read_table(label: &str, head: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match form(head) {
        Some(Form::Table(kind)) => rows::read(label, kind, input, sink),
        Some(Form::HubSpotJson | Form::SalesforceJson) | None => {
            emit::reject(sink, label, "", "not a table of a CRM that is known")
        }
    }
}
