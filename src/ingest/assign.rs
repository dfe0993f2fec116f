//! Which account an interaction belongs to: by what the caller says, by what the source says, by CRM id or by mail
//! domain. What fits none, or several, stays unassigned; nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AccountSlug, Interaction, InteractionKind};

/// Domains of mail providers, which say nothing about the company behind an address.
const PUBLIC_DOMAINS: [&str; 24] = [
    "aol.com",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "t-online.de",
    "web.de",
    "yahoo.com",
    "yandex.ru",
];

/// The certain keys of all accounts and the domains of our own side.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    keys: BTreeMap<String, BTreeSet<AccountSlug>>,
    vendor_domains: BTreeSet<String>,
}

impl Directory {
    /// Makes a directory of what the archive knows.
    pub fn new(keys: Vec<(String, AccountSlug)>, vendor_domains: BTreeSet<String>) -> Self {
        let mut directory = Self { keys: BTreeMap::new(), vendor_domains };
        for (key, account) in keys {
            directory.add(key, account);
        }
        directory
    }

    /// Domains of our own side.
    pub fn vendor_domains(&self) -> &BTreeSet<String> {
        &self.vendor_domains
    }

    /// Adds a key; answers whether it is new.
    pub fn add(&mut self, key: String, account: AccountSlug) -> bool {
        self.keys.entry(key).or_default().insert(account)
    }

    /// The domains of an account, from its keys.
    pub fn domains_of(&self, account: &AccountSlug) -> BTreeSet<String> {
        let domain = |(key, accounts): (&String, &BTreeSet<AccountSlug>)| {
            key.strip_prefix("domain:").filter(|_| accounts.contains(account)).map(str::to_owned)
        };
        self.keys.iter().filter_map(domain).collect()
    }

    /// The one account that an interaction fits, or `None` when it fits none or several.
    pub fn account_of(&self, interaction: &Interaction) -> Option<AccountSlug> {
        if let Some(account) = &interaction.account {
            return Some(account.clone());
        }
        if let Some(company) = company_of(interaction) {
            return Some(company.account);
        }
        let by_reference = self.only(&reference_keys(interaction));
        by_reference.or_else(|| self.only(&self.domain_keys(interaction)))
    }

    /// The account that all known keys agree on.
    fn only(&self, keys: &BTreeSet<String>) -> Option<AccountSlug> {
        let mut fitting: BTreeSet<&AccountSlug> = BTreeSet::new();
        for key in keys {
            fitting.extend(self.keys.get(key).into_iter().flatten());
        }
        let mut fitting = fitting.into_iter();
        fitting.next().filter(|_| fitting.next().is_none()).cloned()
    }

    fn domain_keys(&self, interaction: &Interaction) -> BTreeSet<String> {
        let addresses = interaction.participants.iter().filter_map(|participant| participant.address.as_deref());
        addresses
            .filter_map(domain_of)
            .filter(|domain| !self.vendor_domains.contains(domain))
            .map(|domain| format!("domain:{domain}"))
            .collect()
    }
}

/// A CRM company row: it makes an account, and these are its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// The account that the row describes.
    pub account: AccountSlug,
    /// Its certain keys.
    pub keys: Vec<String>,
}

/// Reads a CRM company row as an account with its keys.
pub fn company_of(interaction: &Interaction) -> Option<Company> {
    if interaction.kind != InteractionKind::Crm || interaction.attribute("crm.object") != Some("company") {
        return None;
    }
    let name = interaction.attribute("name")?;
    let account = match &interaction.account {
        Some(account) => account.clone(),
        None => AccountSlug::from_name(name)?,
    };
    let mut keys = vec![format!("name:{}", fold(name))];
    if let (Some(system), Some(id)) = (interaction.attribute("crm.system"), interaction.attribute("crm.id")) {
        keys.push(format!("{system}:company:{id}"));
    }
    let domain = interaction.attribute("domain").map(bare_domain).filter(|domain| is_company_domain(domain));
    keys.extend(domain.map(|domain| format!("domain:{domain}")));
    Some(Company { account, keys })
}

/// Keys by which a row of a structured source names its account: a CRM id, else the name or domain it gives.
fn reference_keys(interaction: &Interaction) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let (Some(system), Some(id)) = (interaction.attribute("crm.system"), interaction.attribute("company_id")) {
        keys.insert(format!("{system}:company:{id}"));
    }
    if keys.is_empty() {
        for hint in ["company", "account.hint"].iter().filter_map(|name| interaction.attribute(name)) {
            keys.insert(format!("name:{}", fold(hint)));
            keys.insert(format!("domain:{}", bare_domain(hint)));
        }
    }
    keys
}

/// The company domain of a mail address; `None` for addresses at a public provider.
pub fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim().trim_end_matches('.').to_lowercase();
    is_company_domain(&domain).then_some(domain)
}

fn is_company_domain(domain: &str) -> bool {
    domain.contains('.') && !PUBLIC_DOMAINS.contains(&domain)
}

/// `https://www.Northwind.example/about` as `northwind.example`.
fn bare_domain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// A company name for comparison: lower case, one space between words.
fn fold(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let slug = |name: &str| AccountSlug::from_name(name).unwrap();
        let keys = vec![
            ("domain:northwind.example".to_owned(), slug("northwind")),
            ("hubspot:company:12".to_owned(), slug("northwind")),
            ("domain:tailspin.example".to_owned(), slug("tailspin")),
        ];
        Directory::new(keys, BTreeSet::from(["vendor.example".to_owned()]))
    }

    fn check(json: &str, expected: Option<&str>) {
        let interaction: Interaction = serde_json::from_str(json).unwrap();
        let found = directory().account_of(&interaction);
        assert_eq!(found.as_ref().map(AccountSlug::as_str), expected, "{json}");
    }

    #[test]
    fn assigns_by_certain_keys_only() {
        let mail = |addresses: &[&str]| {
            let participants: Vec<String> = addresses.iter().map(|a| format!(r#"{{"address":"{a}"}}"#)).collect();
            format!(r#"{{"id":"1","text":"","kind":"email","participants":[{}]}}"#, participants.join(","))
        };
        check(&mail(&["a@northwind.example", "b@vendor.example"]), Some("northwind"));
        check(&mail(&["a@NORTHWIND.example", "b@partner.example"]), Some("northwind"));
        check(&mail(&["a@northwind.example", "b@tailspin.example"]), None);
        check(&mail(&["a@gmail.com", "b@vendor.example"]), None);
        check(
            r#"{"id":"1","text":"","kind":"crm","attributes":{"crm.system":"hubspot","company_id":12}}"#,
            Some("northwind"),
        );
        check(
            r#"{"id":"1","text":"","account":"adventure","participants":[{"address":"a@northwind.example"}]}"#,
            Some("adventure"),
        );
        check(
            r#"{"id":"1","text":"","kind":"crm","attributes":{"crm.object":"company","name":"Fabrikam Inc"}}"#,
            Some("fabrikam-inc"),
        );
    }
}
