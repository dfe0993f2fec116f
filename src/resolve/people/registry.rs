//! Certain keys of people, and which of them belong together: a mail address, a CRM id, a chat profile.
//! Likeness of names never joins two keys.

use rustc_hash::FxHashMap;

use super::names::{NameForm, is_role_mailbox, normal_address};
use crate::model::{PersonFinding, PersonSource};

/// A certain key, by order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct KeyId(pub(crate) u32);

/// A name as written, by order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NameId(pub(crate) u32);

/// How a spelling of a name was met with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spelling {
    pub(crate) count: u32,
    /// Row in which it was met last.
    pub(crate) last_row: u32,
    /// Whether the person or a directory wrote it so, and not merely a header.
    pub(crate) is_own: bool,
}

/// All keys and names of an account. Text is read once; the same text met again costs one look-up.
#[derive(Debug, Default)]
pub(crate) struct Registry<'a> {
    raw_addresses: FxHashMap<&'a str, Option<KeyId>>,
    raw_externals: FxHashMap<&'a str, KeyId>,
    key_ids: FxHashMap<String, KeyId>,
    pub(crate) keys: Vec<String>,
    parents: Vec<u32>,
    raw_names: FxHashMap<&'a str, Option<NameId>>,
    pub(crate) names: Vec<NameForm>,
    pub(crate) spellings: FxHashMap<(KeyId, NameId), Spelling>,
}

impl<'a> Registry<'a> {
    /// The key of an address; `None` for a role mailbox or what is no address.
    pub(crate) fn address(&mut self, raw: &'a str) -> Option<KeyId> {
        if let Some(&known) = self.raw_addresses.get(raw) {
            return known;
        }
        let key = normal_address(raw)
            .filter(|address| !is_role_mailbox(address))
            .map(|address| self.intern(format!("mailto:{address}")));
        self.raw_addresses.insert(raw, key);
        key
    }

    /// The key of an address that was met before.
    pub(crate) fn known_address(&self, raw: &str) -> Option<KeyId> {
        if let Some(&known) = self.raw_addresses.get(raw) {
            return known;
        }
        self.key_ids.get(&format!("mailto:{}", normal_address(raw)?)).copied()
    }

    /// The key of a source's own identity that was met before.
    pub(crate) fn known_external(&self, raw: &str) -> Option<KeyId> {
        self.raw_externals.get(raw).copied()
    }

    /// The key of a source's own identity of a person.
    fn external(&mut self, raw: &'a str) -> KeyId {
        if let Some(&known) = self.raw_externals.get(raw) {
            return known;
        }
        let key = self.intern(raw.to_owned());
        self.raw_externals.insert(raw, key);
        key
    }

    /// The name that `raw` spells; `None` where it spells none.
    pub(crate) fn name(&mut self, raw: &'a str) -> Option<NameId> {
        if let Some(&known) = self.raw_names.get(raw) {
            return known;
        }
        let form = NameForm::parse(raw);
        let name = form.map(|form| {
            self.names.push(form);
            NameId(self.names.len() as u32 - 1)
        });
        self.raw_names.insert(raw, name);
        name
    }

    /// Notes that a key goes by a name.
    pub(crate) fn spell(&mut self, key: KeyId, name: NameId, row: u32, is_own: bool) {
        let spelling = self.spellings.entry((key, name)).or_default();
        spelling.count += 1;
        spelling.last_row = row;
        spelling.is_own |= is_own;
    }

    /// The key of a person that an interaction tells of. An address and an id in one statement belong to one person.
    pub(crate) fn person(&mut self, finding: &'a PersonFinding, row: u32) -> Option<KeyId> {
        let address = finding.address.as_deref().and_then(|raw| self.address(raw));
        let external = finding.external_id.as_deref().filter(|id| !id.is_empty()).map(|raw| self.external(raw));
        if let (Some(a), Some(b)) = (address, external) {
            self.join(a, b);
        }
        let key = address.or(external)?;
        if let Some(name) = finding.name.as_deref().and_then(|raw| self.name(raw)) {
            let is_own = matches!(finding.source, PersonSource::Directory | PersonSource::Signature);
            self.spell(key, name, row, is_own);
        }
        Some(key)
    }

    /// Adds a key for a person known by name alone.
    pub(crate) fn name_key(&mut self, name: NameId) -> KeyId {
        let key = format!("name:{}", self.names[name.0 as usize].full);
        self.intern(key)
    }

    fn intern(&mut self, key: String) -> KeyId {
        if let Some(&known) = self.key_ids.get(&key) {
            return known;
        }
        let id = KeyId(self.keys.len() as u32);
        self.keys.push(key.clone());
        self.parents.push(id.0);
        self.key_ids.insert(key, id);
        id
    }

    /// The first key of everything that belongs together with `key`.
    pub(crate) fn root(&self, key: KeyId) -> KeyId {
        let mut at = key.0;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        KeyId(at)
    }

    /// Says that two keys are one person's. The earlier key stays the first.
    pub(crate) fn join(&mut self, a: KeyId, b: KeyId) {
        let (a, b) = (self.root(a).0, self.root(b).0);
        let (first, second) = (a.min(b), a.max(b));
        self.parents[second as usize] = first;
        // Halving the paths keeps them short however the keys arrive.
        for key in [a, b] {
            let parent = self.parents[key as usize];
            self.parents[key as usize] = self.parents[parent as usize];
        }
    }
}
