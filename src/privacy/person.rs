//! A person to be erased, and the marks of every way in which they are named.

use std::collections::BTreeSet;

use super::marks::{Mark, Marker, Spelling};
use super::words::{fold, words};

/// Whoever is to be erased, as far as they are known.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Their addresses.
    pub addresses: Vec<String>,
    /// What else they are known by: `slack:U02`, `hubspot:contact:101`.
    pub keys: Vec<String>,
    /// Every spelling of their name, former names included.
    pub names: Vec<String>,
}

/// Where names are looked for.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Accounts in which the person is known: single names mean them there, unless others have them.
    pub known_in: Vec<(String, BTreeSet<String>)>,
    /// Accounts in which their full name means them; `None` for everywhere.
    pub full_names_in: Option<Vec<String>>,
}

/// The folded words of names, to be kept from others who have them.
pub fn name_words<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    names.into_iter().flat_map(words).map(|word| word.folded).collect()
}

/// A single word of a name is no shorter than this.
const SHORTEST_PART: usize = 2;
/// Parts that are no longer than this are read as a name only with a capital.
const SHORT_PART: usize = 3;

impl Person {
    /// The marks of every form in which they are named. `is_ordinary` says whether a word is more than a name.
    pub fn marks(&self, marker: &Marker, reach: &Reach, is_ordinary: fn(&str) -> bool) -> Vec<Mark> {
        let mut marks: Vec<Mark> = self.addresses.iter().map(|address| marker.address(address)).collect();
        marks.extend(self.keys.iter().map(|key| marker.key(key)));
        let everywhere = [String::new()];
        let accounts = reach.full_names_in.as_deref().unwrap_or(&everywhere);
        let is_free = |account: &String| reach.full_names_in.as_ref().is_none_or(|free| free.contains(account));
        let known_in = reach.known_in.iter().map(|(account, _)| account).filter(|account| is_free(account));
        for account in accounts.iter().chain(known_in) {
            let forms = self.full_forms();
            marks.extend(forms.iter().flat_map(|form| marker.name(account, form, Spelling::Any)));
        }
        for tail in self.keys.iter().filter_map(|key| id_of(key)) {
            marks.extend(marker.name("", tail, Spelling::Any));
        }
        for (account, others) in &reach.known_in {
            for part in self.parts().difference(others) {
                let spelling = if part.chars().count() <= SHORT_PART || is_ordinary(part) {
                    Spelling::Capital
                } else {
                    Spelling::Any
                };
                marks.extend(marker.name(account, part, spelling));
            }
        }
        // A person of whom nothing but an address is known is masked all the same.
        marks.push(marker.people());
        marks
    }

    /// Names of several words, in either order, with an initial, and written as one word.
    fn full_forms(&self) -> BTreeSet<String> {
        let mut forms = BTreeSet::new();
        let locals = self.addresses.iter().filter_map(|address| Some(address.split_once('@')?.0));
        for name in self.names.iter().map(String::as_str).chain(locals) {
            let folded: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
            let (Some(first), Some(last), true) = (folded.first(), folded.last(), folded.len() > 1) else { continue };
            let initial = |word: &String| word.chars().take(1).collect::<String>();
            forms.insert(folded.join(" "));
            forms.insert(format!("{first} {last}"));
            forms.insert(format!("{last} {first}"));
            let rest = folded.get(..folded.len() - 1).unwrap_or_default().join(" ");
            forms.insert(format!("{last} {rest}"));
            forms.insert(format!("{} {last}", initial(first)));
            forms.insert(format!("{last} {}", initial(first)));
            forms.extend([format!("{first}{last}"), format!("{last}{first}"), format!("{}{last}", initial(first))]);
        }
        forms.retain(|form| form.chars().count() > SHORT_PART);
        forms
    }

    /// The single words of their names, and mailboxes that are one word.
    fn parts(&self) -> BTreeSet<String> {
        let locals = self
            .addresses
            .iter()
            .filter_map(|address| Some(address.split_once('@')?.0))
            .filter(|local| !is_office(local));
        let names = self.names.iter().map(String::as_str).chain(locals);
        let mut parts = name_words(names);
        parts.retain(|part| part.chars().count() >= SHORTEST_PART && part.chars().any(char::is_alphabetic));
        parts
    }
}

/// The end of a key that can stand for the person in a text: `U02INES`, not `101`.
fn id_of(key: &str) -> Option<&str> {
    let tail = key.rsplit(':').next()?;
    let has = |is: fn(char) -> bool| tail.chars().any(is);
    (tail.len() >= 6 && has(char::is_alphabetic) && has(char::is_numeric) && tail.chars().all(char::is_alphanumeric))
        .then_some(tail)
}

/// Mailboxes that many people write from.
fn is_office(local: &str) -> bool {
    ["info", "sales", "support", "office", "contact", "hello", "billing", "team", "admin", "help", "service", "mail"]
        .contains(&fold(local).as_str())
}
