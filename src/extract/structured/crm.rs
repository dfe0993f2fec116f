//! Companies, contacts and deals of a CRM.

use super::lines::{Lines, Told, Words, field};
use super::record;
use crate::model::{BuyingRole, FactKind, Findings, Interaction, PersonFinding, PersonSource, Side};

/// Fields of a company and the names under which they are told.
const COMPANY: [(&str, &str); 10] = [
    ("name", record::ACCOUNT_NAME),
    ("domain", record::ACCOUNT_DOMAIN),
    ("industry", record::ACCOUNT_INDUSTRY),
    ("employees", record::ACCOUNT_EMPLOYEES),
    ("owner", record::ACCOUNT_OWNER),
    ("owner_email", record::ACCOUNT_OWNER_EMAIL),
    ("lifecycle", record::ACCOUNT_LIFECYCLE),
    ("arr", record::ACCOUNT_ARR),
    ("renewal_date", record::ACCOUNT_RENEWAL_DATE),
    ("description", record::ACCOUNT_DESCRIPTION),
];

/// How sure a row of a directory makes us.
const DIRECTORY: f32 = 0.95;

/// Reads one row.
pub(super) fn read(interaction: &Interaction) -> Findings {
    match interaction.attribute("crm.object") {
        Some("company" | "account") => company(interaction),
        Some("contact" | "lead" | "person") => contact(interaction),
        Some("deal" | "opportunity") => deal(interaction),
        Some(_) | None => Findings::default(),
    }
}

fn company(interaction: &Interaction) -> Findings {
    let mut findings = Findings::default();
    for (name, told_as) in COMPANY {
        if let Some(value) = field(interaction, &["crm", "company"], name) {
            findings.record.push((told_as.to_owned(), value.to_owned()));
        }
    }
    let lines = Lines::new(&interaction.text);
    findings.people.extend(owner(interaction, &["crm", "company"], &lines));
    findings
}

fn contact(interaction: &Interaction) -> Findings {
    let prefixes = ["crm", "contact"];
    let get = |name: &str| field(interaction, &prefixes, name);
    let lines = Lines::new(&interaction.text);
    let mut findings = Findings::default();
    let (name, address) = (get("name"), get("email"));
    let words = name
        .and_then(|name| lines.telling("name", name))
        .or_else(|| address.and_then(|address| lines.telling("email", address)))
        .or_else(|| lines.first());
    let Some(words) = words.filter(|_| name.is_some() || address.is_some()) else { return findings };
    let person = |words: Words| PersonFinding {
        external_id: external_id(interaction),
        side: Some(Side::Customer),
        ..directory(name, address, words)
    };
    // What each line tells is told with its own words.
    let telling = |field: &str| get(field).and_then(|value| lines.telling(field, value));
    let role = get("buying_role").and_then(buying_role);
    let (title, stated) = (get("title").map(str::to_owned), telling("buying_role").filter(|_| role.is_some()));
    let titled = telling("title").filter(|_| title.is_some());
    findings.people.push(PersonFinding {
        title: title.clone().filter(|_| titled.is_none()),
        organization: get("company").map(str::to_owned),
        phone: get("phone").map(str::to_owned),
        buying_role: role.filter(|_| stated.is_none()),
        ..person(words)
    });
    findings.people.extend(titled.map(|words| PersonFinding { title, ..person(words) }));
    findings.people.extend(stated.map(|words| PersonFinding { buying_role: role, ..person(words) }));
    findings.people.extend(owner(interaction, &prefixes, &lines));
    findings
}

fn deal(interaction: &Interaction) -> Findings {
    let prefixes = ["crm", "deal"];
    let lines = Lines::new(&interaction.text);
    let mut findings = Findings::default();
    let id = interaction.attribute("crm.id").unwrap_or(&interaction.id);
    for name in record::DEAL_FIELDS {
        if let Some(value) = field(interaction, &prefixes, name) {
            findings.record.push((record::deal(id, name), value.to_owned()));
        }
    }
    findings.people.extend(owner(interaction, &prefixes, &lines));
    let facts = [stage(interaction, id, &lines), competitor(interaction, &lines), loss(interaction, &lines)];
    findings.facts = facts.into_iter().flatten().map(Told::into_fact).collect();
    findings.facts.sort_by_key(|fact| fact.span);
    findings
}

/// A deal that is won or lost is a decision.
fn stage(interaction: &Interaction, id: &str, lines: &Lines<'_>) -> Option<Told<'static>> {
    let stage = field(interaction, &["crm", "deal"], "stage")?;
    let outcome = outcome(stage)?;
    let name = field(interaction, &["crm", "deal"], "name").unwrap_or(id);
    Some(Told {
        kind: FactKind::Decision,
        category: None,
        statement: format!("{name}: {outcome}"),
        words: lines.telling("stage", stage)?,
        confidence: DIRECTORY,
        rule: "crm.stage",
        slot: Some(format!("deal.stage:{id}")),
        value: Some(stage.to_owned()),
    })
}

fn competitor(interaction: &Interaction, lines: &Lines<'_>) -> Option<Told<'static>> {
    let competitor = field(interaction, &["crm", "deal"], "competitor").filter(|name| !is_nothing(name))?;
    Some(Told {
        kind: FactKind::Risk,
        category: Some("competitive"),
        statement: format!("Competing with {competitor}"),
        words: lines.telling("competitor", competitor)?,
        confidence: 0.55,
        rule: "crm.competitor",
        slot: None,
        value: None,
    })
}

fn loss(interaction: &Interaction, lines: &Lines<'_>) -> Option<Told<'static>> {
    let reason = field(interaction, &["crm", "deal"], "loss_reason").filter(|reason| !is_nothing(reason))?;
    let lower = reason.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let category = if any(&["price", "budget", "cost", "expensive"]) {
        "budget"
    } else if any(&["competitor", "incumbent", "other vendor"]) {
        "competitive"
    } else if any(&["timing", "time", "postpone", "later"]) {
        "timeline"
    } else if any(&["feature", "integration", "technical", "security", "product"]) {
        "technical"
    } else {
        "relationship"
    };
    Some(Told {
        kind: FactKind::Risk,
        category: Some(category),
        statement: format!("Deal lost: {reason}"),
        words: lines.telling("loss_reason", reason)?,
        confidence: 0.7,
        rule: "crm.loss_reason",
        slot: None,
        value: None,
    })
}

fn outcome(stage: &str) -> Option<&'static str> {
    let key: String = stage.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    match key.as_str() {
        "closedwon" | "won" | "signed" | "contractsigned" => Some("closed won"),
        "closedlost" | "lost" => Some("closed lost"),
        _ => None,
    }
}

fn is_nothing(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "none" | "n/a" | "na" | "no" | "-" | "--" | "unknown" | "tbd")
}

/// Our own owner of a row.
fn owner(interaction: &Interaction, prefixes: &[&str], lines: &Lines<'_>) -> Option<PersonFinding> {
    let name = field(interaction, prefixes, "owner");
    let address = field(interaction, prefixes, "owner_email");
    let words = name
        .and_then(|name| lines.telling("owner", name))
        .or_else(|| address.and_then(|address| lines.telling("owner_email", address)))?;
    let (name, address) = match (name, address) {
        (Some(name), None) if name.contains('@') => (None, Some(name)),
        (name, address) => (name, address),
    };
    Some(PersonFinding { side: Some(Side::Vendor), ..directory(name, address, words) })
}

fn directory(name: Option<&str>, address: Option<&str>, words: Words) -> PersonFinding {
    PersonFinding {
        name: name.map(str::to_owned),
        address: address.map(str::to_lowercase),
        ..PersonFinding::at(PersonSource::Directory, words.span, words.quote, DIRECTORY)
    }
}

/// `hubspot:contact:101`.
fn external_id(interaction: &Interaction) -> Option<String> {
    let system = interaction.attribute("crm.system").unwrap_or("crm");
    Some(format!("{system}:contact:{}", interaction.attribute("crm.id")?))
}

/// The buying role that a CRM's own words mean; several words are read in order of weight.
pub(super) fn buying_role(words: &str) -> Option<BuyingRole> {
    let key: String = words.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let any = |names: &[&str]| names.iter().any(|name| key.contains(name));
    if any(&["economic", "budget", "financial", "purchas", "procurement", "signatory", "signer"]) {
        Some(BuyingRole::EconomicBuyer)
    } else if any(&["decision", "approver", "executive sponsor", "sponsor"]) {
        Some(BuyingRole::DecisionMaker)
    } else if any(&["champion", "coach", "advocate"]) {
        Some(BuyingRole::Champion)
    } else if any(&["technical", "evaluator", "legal and compliance", "it buyer"]) {
        Some(BuyingRole::TechnicalEvaluator)
    } else if any(&["blocker", "detractor", "opponent"]) {
        Some(BuyingRole::Blocker)
    } else if any(&["end user", "enduser", "user", "practitioner"]) {
        Some(BuyingRole::EndUser)
    } else if any(&["influenc", "stakeholder", "recommender"]) {
        Some(BuyingRole::Influencer)
    } else {
        None
    }
}
