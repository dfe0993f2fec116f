//! What the map says, in short sentences with the people as links.

use std::collections::HashMap;

use serde::Serialize;

use super::data::short;
use crate::map::{Ghost, Path, RelationshipMap, Share};
use crate::model::{Iri, Side};

/// People that a sentence names, and who decide that are told one by one.
const NAMED: usize = 4;
const DECIDING: usize = 4;

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tone {
    Good,
    Warn,
    Plain,
}

/// A part of a sentence: words, and whom they name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Words {
    text: String,
    person: Option<String>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Sentence {
    tone: Tone,
    words: Vec<Words>,
}

impl Sentence {
    fn new(tone: Tone) -> Self {
        Self { tone, words: Vec::new() }
    }

    fn say(mut self, text: impl Into<String>) -> Self {
        self.words.push(Words { text: text.into(), person: None });
        self
    }

    fn name(mut self, id: &Iri, name: &str) -> Self {
        self.words.push(Words { text: name.to_owned(), person: Some(short(id).to_owned()) });
        self
    }

    /// Names people, the first few of them.
    fn names<'n>(mut self, people: impl ExactSizeIterator<Item = (&'n Iri, &'n str)>) -> Self {
        let count = people.len();
        for (place, (id, name)) in people.take(NAMED).enumerate() {
            self = match place {
                0 => self,
                _ if place + 1 == count => self.say(" and "),
                _ => self.say(", "),
            };
            self = self.name(id, name);
        }
        if count > NAMED { self.say(format!(" and {} more", count - NAMED)) } else { self }
    }
}

/// What the map says, the weightiest first.
pub(super) fn sentences(map: &RelationshipMap) -> Vec<Sentence> {
    let answers = &map.answers;
    let names: HashMap<&Iri, &str> = map.nodes.iter().map(|node| (&node.id, node.name.as_str())).collect();
    let mut said: Vec<Sentence> = threading(map).into_iter().collect();
    said.extend(answers.paths.iter().filter_map(|path| way(path, &names)).take(DECIDING));
    if answers.paths.len() > DECIDING {
        let more = answers.paths.len() - DECIDING;
        said.push(
            Sentence::new(Tone::Plain).say(format!("{more} more people decide: ask for the way to one by name.")),
        );
    }
    said.extend(roles(map));
    said.extend(ghosts(&answers.ghosts));
    said.extend(one_sided(map, &names));
    said.extend(answers.statements.iter().map(|statement| Sentence::new(Tone::Plain).say(sentence(statement))));
    said
}

/// Whether all contact hangs on one person.
fn threading(map: &RelationshipMap) -> Option<Sentence> {
    let answer = &map.answers.single_threaded;
    let share = |share: &Share| format!(" ({:.0} % of it)", share.share * 100.0);
    let names = |people: &[Share], mut said: Sentence| {
        for (place, person) in people.iter().enumerate() {
            let side = match person.side {
                Side::Vendor => " on our side",
                Side::Customer => " on theirs",
            };
            said = if place == 0 { said } else { said.say(" and ") };
            said = said.name(&person.id, &person.name).say(format!("{side}{}", share(person)));
        }
        said.say(".")
    };
    Some(if answer.value? {
        names(&answer.people, Sentence::new(Tone::Warn).say("Nearly all contact hangs on one person: "))
    } else {
        names(&answer.strongest, Sentence::new(Tone::Good).say("Contact rests on several people. Most goes through "))
    })
}

/// Who can introduce us to somebody who decides.
fn way(path: &Path, names: &HashMap<&Iri, &str>) -> Option<Sentence> {
    let role = path.role.map_or_else(|| "decides".to_owned(), |role| format!("is {}", article(role.as_str())));
    let introducer = path.introducer.as_ref()?;
    let name = names.get(introducer).copied().unwrap_or_default();
    let said = Sentence::new(Tone::Plain).name(&path.to, &path.name);
    Some(if path.steps.len() > 1 {
        said.say(format!(" {role}; ")).name(introducer, name).say(" can introduce us.")
    } else {
        said.say(format!(" {role}; ")).name(introducer, name).say(" is in touch with them.")
    })
}

fn article(role: &str) -> String {
    let role = role.replace('_', " ");
    if role.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {role}") } else { format!("a {role}") }
}

/// Roles that nobody is known to have.
fn roles(map: &RelationshipMap) -> Option<Sentence> {
    let missing: Vec<String> =
        map.answers.buying_roles.missing.iter().map(|role| role.as_str().replace('_', " ")).collect();
    let list = match missing.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    };
    Some(Sentence::new(Tone::Warn).say(format!("Nobody is known as {list}.")))
}

fn ghosts(ghosts: &[Ghost]) -> Option<Sentence> {
    if ghosts.is_empty() {
        return None;
    }
    let said = Sentence::new(Tone::Warn).names(ghosts.iter().map(|ghost| (&ghost.id, ghost.name.as_str())));
    Some(said.say(if ghosts.len() == 1 {
        " is copied or named and has never said a word."
    } else {
        " are copied or named and have never said a word."
    }))
}

/// Conversations that stay on the customer's side or on ours.
fn one_sided(map: &RelationshipMap, names: &HashMap<&Iri, &str>) -> Option<Sentence> {
    let threads = map.answers.threads;
    if threads.vendor_only + threads.customer_only == 0 {
        return None;
    }
    let mut said = Sentence::new(Tone::Plain).say(format!(
        "{} run between both sides, {} only among us, {} only among them.",
        conversations(threads.across),
        threads.vendor_only,
        threads.customer_only
    ));
    let unanswered = map.answers.one_sided_threads.iter().find(|thread| thread.side == Side::Vendor);
    if let Some(person) = unanswered.and_then(|thread| thread.people.first()) {
        let name = names.get(person).copied().unwrap_or_default();
        said = said.say(" The latest among us has ").name(person, name).say(" in it.");
    }
    Some(said)
}

fn conversations(count: u32) -> String {
    format!("{count} conversation{}", if count == 1 { "" } else { "s" })
}

/// A remark as a sentence.
pub(super) fn sentence(remark: &str) -> String {
    let mut letters = remark.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
