//! CRM tables: a row a record, or a row a change of stage.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::history::Histories;
use super::record::{Change, Changed, Object, Record, System};
use crate::sources::tables::{Header, Row, TableKind, read_rows};
use crate::sources::{Sink, dates, emit};

/// Reads a table of the kind that its header announced.
pub(super) fn read(label: &str, kind: TableKind, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let object = match kind {
        TableKind::CrmDeals => Object::Deal,
        TableKind::CrmContacts => Object::Contact,
        TableKind::CrmCompanies => Object::Company,
        TableKind::CrmStages => return read_history(label, input, sink),
        TableKind::Jira | TableKind::Zendesk | TableKind::Survey | TableKind::Usage => {
            return emit::reject(sink, label, "row 1", "not a table of a CRM");
        }
    };
    let mut system = None;
    read_rows(label, input, sink, &mut |row, sink| {
        let system = *system.get_or_insert_with(|| system_of(row.header));
        record(row, system, object).finish(label, &row.place(), sink)
    })
}

/// The CRM, by column names that only it writes.
fn system_of(header: &Header) -> System {
    let hubspot = [
        "recordid",
        "dealname",
        "dealstage",
        "dealowner",
        "contactowner",
        "companyowner",
        "companydomainname",
        "associatedcompany",
    ];
    let salesforce = [
        "stagename",
        "ownerid",
        "accountid",
        "systemmodstamp",
        "opportunityname",
        "opportunityowner",
        "accountowner",
        "opportunityid",
        "isclosed",
        "billingcity",
        "accountname",
        "lastmodifiedbyid",
        "fromstage",
    ];
    if header.has(&hubspot) {
        System::HubSpot
    } else if header.has(&salesforce) {
        System::Salesforce
    } else {
        System::Other
    }
}

fn record(row: &Row<'_>, system: System, object: Object) -> Record {
    let mut record = Record::new(system, object);
    for (name, value) in row.filled() {
        record.fields.push((name.to_owned(), value.to_owned()));
        let Some(stage) = stage_of_column(name).filter(|_| object == Object::Deal) else { continue };
        match dates::timestamp(value) {
            Some(at) => record.changes.push(Change { what: Changed::Stage, from: None, to: stage, at }),
            None => record.problems.push(format!("not a date in {name}: {value}")),
        }
    }
    record.changes.sort_by_key(|change| change.at);
    let reached: Vec<String> = record.changes.iter().map(|change| change.to.clone()).collect();
    for (change, before) in record.changes.iter_mut().skip(1).zip(reached) {
        change.from = Some(before);
    }
    record
}

/// `Date entered "Contract sent (Sales Pipeline)"` tells when a deal reached `Contract sent`.
fn stage_of_column(name: &str) -> Option<String> {
    let start = name.get(..12).filter(|start| start.eq_ignore_ascii_case("date entered"))?;
    let stage = name[start.len()..].trim().trim_matches(['"', '\'', '“', '”', ':', ' ']);
    emit::full(stage.split(" (").next().unwrap_or(stage))
}

/// Reads rows of `OpportunityHistory`, `OpportunityFieldHistory` or a report of stage changes.
fn read_history(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut histories = Histories::default();
    read_rows(label, input, sink, &mut |row, sink| {
        let get = |keys: &[&str]| row.find(keys).map(str::to_owned);
        match histories.add(&get) {
            Ok(()) => ControlFlow::Continue(()),
            Err(reason) => emit::reject(sink, label, row.place(), reason),
        }
    })?;
    histories.finish(sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_stages_of_columns() {
        let check =
            |name: &str, expected: Option<&str>| assert_eq!(stage_of_column(name).as_deref(), expected, "{name}");
        check("Date entered \"Contract sent (Sales Pipeline)\"", Some("Contract sent"));
        check("Date Entered Closed Won", Some("Closed Won"));
        check("Date of birth", None);
    }
}
