//! Names in mail threads to the owners of addresses: every name that a thread uses for somebody whose address stands in
//! it is to end up with that address, and no name with another's. Addresses come without display names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::corpus;
use super::people::is_proper;
use super::score::{Counts, Scored};
use crate::model::{
    AccountSlug, Findings, InteractionKind, Participant, ParticipantRole, PersonFinding, PersonSource, Span, Told,
    Visibility,
};
use crate::resolve::{Context, resolve};

/// Scores the threads of `emailcoref`.
pub(super) fn score(data: &Path) -> Scored {
    let records = corpus::rows(&data.join("emailcoref/threads.jsonl"));
    if records.is_empty() {
        return Scored::default();
    }
    let (mut counts, mut mistakes) = (Counts::default(), Vec::new());
    for record in &records {
        measure(&Thread::read(record), &mut counts, &mut mistakes);
    }
    Scored { rows: vec![counts.row("names to address owners")], mistakes }
}

/// What a thread says of its people.
#[derive(Default)]
struct Thread {
    /// Every address, in order.
    addresses: Vec<String>,
    /// Names and addresses by chain; a chain is a person.
    names: BTreeMap<u64, BTreeSet<String>>,
    owned: BTreeMap<u64, BTreeSet<String>>,
}

impl Thread {
    fn read(record: &Value) -> Self {
        let tokens: Vec<&str> = record["tokens"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut thread = Self::default();
        for token in tokens.iter().filter(|token| token.contains('@') && token.contains('.')) {
            let address = token.to_lowercase();
            if !thread.addresses.contains(&address) {
                thread.addresses.push(address);
            }
        }
        for mention in record["mentions"].as_array().into_iter().flatten().filter(|mention| mention[2] == "P") {
            let place = |at: usize| mention[at].as_u64().unwrap_or_default();
            let words = tokens.get(place(0) as usize..place(1) as usize).unwrap_or_default();
            let text = words.join(" ").replace(" ,", ",");
            if text.contains('@') {
                thread.owned.entry(place(3)).or_default().insert(text.to_lowercase());
            } else if is_proper(words) {
                thread.names.entry(place(3)).or_default().insert(text);
            }
        }
        thread
    }

    /// The thread as one interaction in which its names are mentioned.
    fn told(&self) -> Told {
        let participant = |address: &String| Participant {
            role: ParticipantRole::To,
            address: Some(address.clone()),
            ..Participant::default()
        };
        let mention = |name: &String| PersonFinding {
            name: Some(name.clone()),
            ..PersonFinding::at(PersonSource::Mention, Span { start: 0, end: 1 }, name.clone(), 0.7)
        };
        Told {
            id: "thread".to_owned(),
            kind: InteractionKind::Email,
            thread: None,
            subject: None,
            sent_at: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
            participants: self.addresses.iter().map(participant).collect(),
            visibility: Visibility::Account,
            findings: Findings {
                people: self.names.values().flatten().collect::<BTreeSet<_>>().into_iter().map(mention).collect(),
                ..Findings::default()
            },
        }
    }
}

fn measure(thread: &Thread, counts: &mut Counts, mistakes: &mut Vec<String>) {
    let Some(account) = AccountSlug::from_name("thread") else { return };
    let none = BTreeSet::new();
    let context = Context::new(account, none.clone(), none.clone());
    let view = resolve(&context, &[thread.told()], &[]);
    for (chain, names) in &thread.names {
        let owned = thread.owned.get(chain).unwrap_or(&none);
        for name in names {
            let folded = words(name);
            let entry = view.stakeholders.iter().find(|person| {
                !person.addresses.is_empty()
                    && person.aliases.iter().chain([&person.name]).any(|own| words(own) == folded)
            });
            let right = entry.is_some_and(|entry| entry.addresses.iter().any(|address| owned.contains(address)));
            counts.add(right, !owned.is_empty());
            counts.wrong += usize::from(entry.is_some() && !right);
            if !right && (entry.is_some() || !owned.is_empty()) {
                let found = entry.map(|entry| entry.addresses.join(" "));
                mistakes.push(format!("{name}\t{found:?}\tnot {owned:?}"));
            }
        }
    }
}

/// The words of a name, without order, case, marks and titles.
fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '\'').map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !["mr", "mrs", "ms", "dr"].contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_an_invented_thread_find_their_addresses() {
        let text = r#"{"tokens":["lena.voss@a.example","tom@a.example","Voss",",","Lena","Lena","Pat"],
            "mentions":[[0,1,"P",0,0],[1,2,"P",1,0],[2,5,"P",0,0],[5,6,"P",0,0],[6,7,"P",2,0]]}"#;
        let thread = Thread::read(&serde_json::from_str(text).unwrap());
        let (mut counts, mut mistakes) = (Counts::default(), Vec::new());
        measure(&thread, &mut counts, &mut mistakes);
        assert_eq!(counts, Counts { right: 2, wrong: 0, missed: 0 }, "{mistakes:?}");
    }
}
