//! A record of any CRM, and the interactions that it becomes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::labels;
use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, Side};
use crate::sources::emit::{self, Person, mail_address};
use crate::sources::tables::key_of;
use crate::sources::{Sink, dates};

/// The CRM that wrote an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    HubSpot,
    Salesforce,
    /// Not told by the export.
    Other,
}

impl System {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::HubSpot => "hubspot",
            Self::Salesforce => "salesforce",
            Self::Other => "crm",
        }
    }
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    Company,
    Contact,
    Deal,
}

impl Object {
    pub(super) fn as_str(self, system: System) -> &'static str {
        match (self, system) {
            (Self::Company, System::Salesforce) => "account",
            (Self::Deal, System::Salesforce) => "opportunity",
            (own, _) => own.name(),
        }
    }

    /// The name in the attribute `crm.object`, the same for every CRM.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Contact => "contact",
            Self::Deal => "deal",
        }
    }
}

/// What of a record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    Stage,
    Owner,
}

impl Changed {
    fn key(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Owner => "owner",
        }
    }
}

/// A dated change of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) what: Changed,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) at: Timestamp,
}

/// A record as it was read.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) system: System,
    pub(super) object: Object,
    pub(super) id: Option<String>,
    /// The fields in their order, with the source's own labels; none is empty.
    pub(super) fields: Vec<(String, String)>,
    /// Further attributes that no field tells: ids of associated records.
    pub(super) extra: BTreeMap<&'static str, String>,
    pub(super) changes: Vec<Change>,
    /// What was wrong with parts of the record.
    pub(super) problems: Vec<String>,
}

impl Record {
    /// A record without fields yet.
    pub(super) fn new(system: System, object: Object) -> Self {
        Self {
            system,
            object,
            id: None,
            fields: Vec::new(),
            extra: BTreeMap::new(),
            changes: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Hands over the record and its history; a record without any name or id is a problem.
    pub(super) fn finish(mut self, label: &str, place: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        for reason in std::mem::take(&mut self.problems) {
            emit::reject(sink, label, place, reason)?;
        }
        let keyed: Vec<(String, &str)> =
            self.fields.iter().map(|(name, value)| (key_of(name), value.as_str())).collect();
        let of = |keys: &[&str]| {
            keys.iter().find_map(|key| keyed.iter().find(|(own, _)| own == key)).map(|(_, value)| *value)
        };
        let mut attributes: BTreeMap<String, String> = labels::attributes(self.object, &keyed)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        for (name, value) in std::mem::take(&mut self.extra) {
            attributes.insert(name.to_owned(), value);
        }
        full_name(&mut attributes);
        normalise(&mut attributes);
        let told_id = self.id.clone().or_else(|| of(labels::id_keys(self.object)).map(str::to_owned));
        let Some(id) = told_id.or_else(|| own_key(self.object, &attributes)) else {
            return emit::reject(sink, label, place, format!("a {} without an id or a name", self.object.name()));
        };
        let written = of(labels::MODIFIED).or_else(|| of(labels::CREATED));
        let stated = written.map(|written| dates::timestamp(written).ok_or_else(|| format!("not a date: {written}")));
        let sent_at = match stated.transpose() {
            Ok(sent_at) => sent_at,
            Err(reason) => return emit::reject(sink, label, place, reason),
        };
        if sent_at.is_none() {
            attributes.insert("undated".to_owned(), "true".to_owned());
        }
        let sent_at = sent_at.unwrap_or(Timestamp::UNIX_EPOCH);
        let base = Base { system: self.system, object: self.object, id: &id, name: attributes.get("name").cloned() };
        self.changes.sort_by_key(|change| change.at);
        let stages = self.changes.iter().filter(|change| change.what == Changed::Stage);
        let history: Vec<String> = stages.map(|change| format!("{}@{}", change.to, change.at)).collect();
        if !history.is_empty() {
            attributes.insert("stage_history".to_owned(), history.join(";"));
        }
        let mut interaction = base.interaction(None, sent_at);
        interaction.text =
            self.fields.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n");
        interaction.participants = participants(self.object, &attributes);
        interaction.attributes.extend(attributes);
        emit::give(sink, interaction)?;
        for change in &self.changes {
            emit::give(sink, base.change(change))?;
        }
        ControlFlow::Continue(())
    }
}

/// What every interaction of a record shares.
pub(super) struct Base<'a> {
    pub(super) system: System,
    pub(super) object: Object,
    pub(super) id: &'a str,
    pub(super) name: Option<String>,
}

impl Base<'_> {
    fn interaction(&self, part: Option<&str>, at: Timestamp) -> Interaction {
        let thread = format!("{}:{}:{}", self.system.as_str(), self.object.as_str(self.system), self.id);
        let attributes = BTreeMap::from([
            ("crm.system".to_owned(), self.system.as_str().to_owned()),
            ("crm.object".to_owned(), self.object.name().to_owned()),
            ("crm.id".to_owned(), self.id.to_owned()),
        ]);
        Interaction {
            id: part.map_or_else(|| thread.clone(), |part| format!("{thread}#{part}")),
            kind: InteractionKind::Crm,
            thread: Some(thread),
            sent_at: Some(at),
            subject: self.name.clone(),
            attributes,
            ..Interaction::default()
        }
    }

    /// The interaction of a dated change.
    pub(super) fn change(&self, change: &Change) -> Interaction {
        let key = change.what.key();
        let mut interaction = self.interaction(Some(&format!("{key}:{}", change.at)), change.at);
        let what = match self.object {
            Object::Company => "Company",
            Object::Contact => "Contact",
            Object::Deal => "Deal",
        };
        interaction.text = match &change.from {
            Some(from) => format!("{what} {key}: {from} → {}", change.to),
            None => format!("{what} {key}: {}", change.to),
        };
        interaction.attributes.insert(key.to_owned(), change.to.clone());
        if let Some(from) = &change.from {
            interaction.attributes.insert(format!("{key}.from"), from.clone());
        }
        interaction
    }
}

/// The name of a contact from its parts.
fn full_name(attributes: &mut BTreeMap<String, String>) {
    let parts: Vec<&str> =
        ["first_name", "last_name"].iter().filter_map(|key| attributes.get(*key)).map(String::as_str).collect();
    if !parts.is_empty() {
        let name = parts.join(" ");
        attributes.entry("name".to_owned()).or_insert(name);
    }
}

/// Writes the close and renewal dates as ISO dates where they can be read, and a website as its domain.
fn normalise(attributes: &mut BTreeMap<String, String>) {
    if let Some(domain) = attributes.get_mut("domain") {
        let host = domain.split_once("://").map_or(domain.as_str(), |(_, rest)| rest);
        let host = host.split(['/', '?', '#']).next().unwrap_or(host).trim().to_lowercase();
        host.strip_prefix("www.").unwrap_or(&host).clone_into(domain);
    }
    for key in ["close_date", "renewal_date"] {
        if let Some(date) = attributes.get(key).and_then(|written| dates::date(written)) {
            attributes.insert(key.to_owned(), date.to_string());
        }
    }
}

/// What identifies a record that has no id: a contact's address, a company's domain, else the name.
fn own_key(object: Object, attributes: &BTreeMap<String, String>) -> Option<String> {
    let keys = match object {
        Object::Company => ["domain", "name"],
        Object::Contact => ["email", "name"],
        Object::Deal => ["name", "name"],
    };
    let key = keys.iter().find_map(|key| attributes.get(*key))?.to_lowercase();
    let key: Vec<&str> = key.split_whitespace().collect();
    Some(key.join("-"))
}

fn participants(object: Object, attributes: &BTreeMap<String, String>) -> Vec<Participant> {
    let of = |key: &str| attributes.get(key);
    let mut people = Vec::new();
    if object == Object::Contact {
        let address = of("email").and_then(|text| mail_address(text));
        let person = Person { name: of("name").cloned(), address, side: Some(Side::Customer), id: None };
        people.extend(person.known().map(|person| person.as_role(ParticipantRole::Subject)));
    }
    // HubSpot may write `Sam Ortiz (sam@vendor.example)`, and an address alone where no name is set.
    let owner = of("owner").map(|text| text.replace('(', "<").replace(')', ">")).and_then(|text| Person::parse(&text));
    let mut owner = owner.unwrap_or_default();
    owner.address = owner.address.or_else(|| of("owner_email").and_then(|text| mail_address(text)));
    owner.side = Some(Side::Vendor);
    people.extend(owner.known().map(|person| person.as_role(ParticipantRole::Owner)));
    people
}
