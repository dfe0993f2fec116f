//! Names that are known for a text before it is read: those of the people around it, and those it gives in full.

use rustc_hash::FxHashSet;

use super::cues::PARTICLES;
use super::names;
use super::words::Word;
use crate::model::Party;

/// Names that are known for this text: its participants, and people it names in full.
pub(super) struct Familiar {
    names: FxHashSet<String>,
    /// Names of the participants' organisations, from their mail domains.
    pub domains: FxHashSet<String>,
}

impl Familiar {
    /// The names of the people around a text.
    pub(super) fn of(known: &[Party]) -> Self {
        let mut names = FxHashSet::default();
        let mut domains = FxHashSet::default();
        for party in known {
            for word in party
                .name
                .iter()
                .flat_map(|name| name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '(' | ')')))
            {
                add(&mut names, word);
            }
            let Some((mailbox, domain)) = party.address.as_deref().and_then(|address| address.split_once('@')) else {
                continue;
            };
            for part in
                mailbox.split(['.', '_', '-']).filter(|part| mailbox.contains(['.', '_', '-']) && part.len() >= 3)
            {
                add(&mut names, part);
            }
            if let Some(name) = organization_of(domain) {
                domains.insert(name);
            }
        }
        Self { names, domains }
    }

    /// Learns the parts of names that a sentence gives in full.
    pub(super) fn learn(&mut self, words: &[Word<'_>]) {
        for (start, end) in names::full_names(words) {
            for word in words[start..end].iter().filter(|word| word.text.len() >= 3) {
                self.names.insert(word.lower.clone());
            }
        }
    }

    /// Says whether a word is part of a known name.
    pub(super) fn has(&self, word: &Word<'_>) -> bool {
        self.names.contains(&word.lower)
    }
}

fn add(names: &mut FxHashSet<String>, word: &str) {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if lower.chars().count() >= 2
        && lower.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && !PARTICLES.contains(&lower.as_str())
        && !is_role(&lower)
    {
        names.insert(lower);
    }
}

fn is_role(lower: &str) -> bool {
    matches!(
        lower,
        "support"
            | "sales"
            | "info"
            | "team"
            | "billing"
            | "noreply"
            | "admin"
            | "office"
            | "service"
            | "help"
            | "customer"
            | "success"
            | "news"
            | "the"
            | "and"
            | "mail"
            | "group"
            | "desk"
    )
}

/// `northwind` of `mail.northwind.example`; `None` for mailbox providers.
fn organization_of(domain: &str) -> Option<String> {
    #[rustfmt::skip]
const PROVIDERS: &[&str] = &[
    "gmail", "googlemail", "hotmail", "outlook", "yahoo", "aol", "icloud", "gmx", "web", "live", "msn", "proton",
    "protonmail", "me", "mail",
];
    let mut parts: Vec<&str> = domain.split('.').collect();
    parts.pop()?;
    if parts.last().is_some_and(|part| matches!(*part, "co" | "com" | "org" | "ac" | "gov")) && parts.len() > 1 {
        parts.pop();
    }
    let name = parts.last()?.to_lowercase();
    (name.len() >= 3 && !PROVIDERS.contains(&name.as_str())).then_some(name)
}
