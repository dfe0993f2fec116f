//! Certain keys of people, and which of them belong together: a mail address, a CRM id, a chat profile.
//! Likeness of names never joins two keys; what a person decided about two keys outranks what sources say of them.

use rustc_hash::FxHashMap;

use super::mailboxes::is_role_mailbox;
use super::names::{NameForm, normal_address};
use super::verdicts::Verdicts;
use crate::model::{Participant, ParticipantRole, PersonFinding, PersonKey, PersonSource};

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
    /// Row in which the person or a directory wrote it so last, and not merely who wrote to them.
    pub(crate) own_row: Option<u32>,
}

/// All keys and names of an account. Text is read once; the same text met again costs one look-up.
#[derive(Debug, Default)]
pub(crate) struct Registry<'a> {
    raw_addresses: FxHashMap<&'a str, Option<KeyId>>,
    raw_externals: FxHashMap<&'a str, KeyId>,
    key_ids: FxHashMap<String, KeyId>,
    /// The keys of names, by the name.
    name_ids: FxHashMap<String, KeyId>,
    pub(crate) keys: Vec<String>,
    /// Whether a source shows the key; the others stand only in what people decided.
    seen: Vec<bool>,
    /// Whether the key is a chat identity of which no address is known.
    is_chat: Vec<bool>,
    /// Keys that one source gives to one person, in the order in which that was read.
    joined: Vec<(KeyId, KeyId)>,
    /// Keys that people gave to two persons.
    apart: Vec<(KeyId, KeyId)>,
    /// Keys about which people decided.
    decided: Vec<KeyId>,
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
            .map(|address| self.shown(format!("mailto:{address}")));
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
    pub(crate) fn external(&mut self, raw: &'a str) -> KeyId {
        if let Some(&known) = self.raw_externals.get(raw) {
            return known;
        }
        let key = self.shown(raw.to_owned());
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

    /// The form of a name that was met before.
    pub(crate) fn known_form(&self, raw: &str) -> Option<&NameForm> {
        self.raw_names.get(raw)?.map(|name| &self.names[name.0 as usize])
    }

    /// Notes that a key goes by a name.
    pub(crate) fn spell(&mut self, key: KeyId, name: NameId, row: u32, is_own: bool) {
        let spelling = self.spellings.entry((key, name)).or_default();
        spelling.count += 1;
        spelling.last_row = row;
        if is_own {
            spelling.own_row = Some(row);
        }
    }

    /// The key of somebody who takes part: their address, else who they are in the source. A profile with an address
    /// joins the two.
    pub(crate) fn participant(&mut self, participant: &'a Participant, row: u32) -> Option<KeyId> {
        if participant.role == ParticipantRole::ReplyTo {
            return participant.address.as_deref().and_then(|raw| self.known_address(raw));
        }
        let address = participant.address.as_deref().and_then(|raw| self.address(raw));
        let is_shared = participant.address.is_some() && address.is_none();
        let external = participant.id.as_deref().filter(|id| !id.is_empty() && !is_shared);
        let external = external.map(|raw| self.external(raw));
        match (address, external) {
            (Some(a), Some(b)) => self.belong(a, b),
            (None, Some(chat)) => self.is_chat[chat.0 as usize] = true,
            (_, None) => {}
        }
        let key = address.or(external)?;
        if let Some(name) = participant.name.as_deref().and_then(|raw| self.name(raw)) {
            let is_own = matches!(
                participant.role,
                ParticipantRole::From | ParticipantRole::Author | ParticipantRole::Speaker | ParticipantRole::Requester
            );
            self.spell(key, name, row, is_own);
        }
        Some(key)
    }

    /// Says whether a key is a chat identity of which no address is known.
    pub(crate) fn is_chat(&self, key: KeyId) -> bool {
        self.is_chat[key.0 as usize]
    }

    /// The key of a person that an interaction tells of. An address and an id in one statement belong to one person.
    pub(crate) fn person(&mut self, finding: &'a PersonFinding, row: u32) -> Option<KeyId> {
        let address = finding.address.as_deref().and_then(|raw| self.address(raw));
        let external = finding.external_id.as_deref().filter(|id| !id.is_empty()).map(|raw| self.external(raw));
        if let (Some(a), Some(b)) = (address, external) {
            self.belong(a, b);
        }
        let key = address.or(external)?;
        if let Some(name) = finding.name.as_deref().and_then(|raw| self.name(raw)) {
            let is_own = matches!(finding.source, PersonSource::Directory | PersonSource::Signature);
            self.spell(key, name, row, is_own);
        }
        Some(key)
    }

    /// The key of a person known by name alone.
    pub(crate) fn name_key(&mut self, name: NameId) -> KeyId {
        let key = format!("name:{}", self.names[name.0 as usize].full);
        self.intern(key)
    }

    /// The key of a name that was met before or that a decision names.
    pub(crate) fn known_name(&self, full: &str) -> Option<KeyId> {
        self.name_ids.get(full).copied()
    }

    /// Says whether a source shows a key.
    pub(crate) fn is_seen(&self, key: KeyId) -> bool {
        self.seen[key.0 as usize]
    }

    /// The keys that people said belong together with `key`.
    pub(crate) fn decided_with(&self, key: KeyId) -> Vec<KeyId> {
        let root = self.root(key);
        self.decided.iter().copied().filter(|other| self.root(*other) == root).collect()
    }

    /// Says whether people gave two keys to two persons.
    pub(crate) fn is_apart(&self, a: KeyId, b: KeyId) -> bool {
        self.apart.iter().any(|&pair| pair == (a, b) || pair == (b, a))
    }

    /// Notes that a source gives two keys to one person.
    pub(crate) fn belong(&mut self, a: KeyId, b: KeyId) {
        if a != b {
            self.joined.push((a, b));
        }
    }

    /// Joins what sources and people say belongs together, except where people said otherwise.
    pub(crate) fn unite(&mut self, verdicts: &Verdicts<'_>) {
        let mut key = |key: &PersonKey| self.intern(key.as_str().to_owned());
        let different: Vec<_> = verdicts.different.iter().map(|&(a, b)| (key(a), key(b))).collect();
        let same: Vec<_> = verdicts.same.iter().map(|&(a, b)| (key(a), key(b))).collect();
        self.decided = different.iter().chain(&same).flat_map(|&(a, b)| [a, b]).collect();
        self.apart = different;
        let mut joined = std::mem::take(&mut self.joined);
        joined.extend(same);
        for (a, b) in joined {
            self.join(a, b);
        }
    }

    fn shown(&mut self, key: String) -> KeyId {
        let id = self.intern(key);
        self.seen[id.0 as usize] = true;
        id
    }

    fn intern(&mut self, key: String) -> KeyId {
        if let Some(&known) = self.key_ids.get(&key) {
            return known;
        }
        let id = KeyId(self.keys.len() as u32);
        self.keys.push(key.clone());
        if let Some(name) = key.strip_prefix("name:") {
            self.name_ids.insert(name.to_owned(), id);
        }
        self.seen.push(false);
        self.is_chat.push(false);
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

    /// Makes two keys one person's, unless that would bring keys together that people gave to two persons.
    /// The earlier key stays the first.
    pub(crate) fn join(&mut self, from: KeyId, to: KeyId) {
        let (a, b) = (self.root(from), self.root(to));
        let parts = |&(x, y): &(KeyId, KeyId)| {
            let roots = (self.root(x), self.root(y));
            roots == (a, b) || roots == (b, a)
        };
        if a == b || self.apart.iter().any(parts) {
            return;
        }
        let (first, second) = (a.0.min(b.0), a.0.max(b.0));
        self.parents[second as usize] = first;
        // Short paths, however the keys arrive.
        self.parents[from.0 as usize] = first;
        self.parents[to.0 as usize] = first;
    }
}
