//! Names to people. A name means somebody only when exactly one person can be meant.

use rustc_hash::FxHashMap;

use super::names::NameForm;
use super::nicknames::{akin_to, are_akin};
use super::roster::PersonId;

/// Whom a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// Exactly one person.
    Person(PersonId),
    /// Any of several, hence nobody.
    Ambiguous(Vec<PersonId>),
    /// Nobody of that name is known.
    Unknown,
}

impl Link {
    /// The person, when exactly one is meant.
    pub(crate) fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(*person),
            Self::Ambiguous(_) | Self::Unknown => None,
        }
    }
}

/// A name that somebody goes by, as the index looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bearer {
    person: PersonId,
    first: String,
    last: Option<String>,
}

/// People by the names they go by.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    full: FxHashMap<String, Vec<PersonId>>,
    /// Names that have initials, without them.
    plain: FxHashMap<String, Vec<PersonId>>,
    first: FxHashMap<String, Vec<Bearer>>,
    last: FxHashMap<String, Vec<Bearer>>,
    /// Names of two words or more by each of their words.
    words: FxHashMap<String, Vec<(String, PersonId)>>,
    /// Those whom no source names, by the letters of their mailbox.
    mailboxes: FxHashMap<String, Vec<PersonId>>,
}

impl NameIndex {
    /// Notes that a person goes by a name.
    pub(crate) fn add(&mut self, person: PersonId, form: &NameForm) {
        push_once(self.full.entry(form.full.clone()).or_default(), person);
        if form.plain != form.full {
            push_once(self.plain.entry(form.plain.clone()).or_default(), person);
        }
        if form.is_full() {
            for word in form.plain.split(' ') {
                let names = self.words.entry(word.to_owned()).or_default();
                if !names.iter().any(|(name, other)| *other == person && *name == form.plain) {
                    names.push((form.plain.clone(), person));
                }
            }
        }
        let bearer = Bearer { person, first: form.first.clone(), last: form.last.clone() };
        let bearers = self.first.entry(form.first.clone()).or_default();
        if !bearers.contains(&bearer) {
            bearers.push(bearer.clone());
            if let Some(last) = &form.last {
                self.last.entry(last.clone()).or_default().push(bearer);
            }
        }
    }

    /// Notes the mailbox of somebody whom no source names.
    pub(crate) fn add_mailbox(&mut self, person: PersonId, address: &str) {
        let local = address.split(['@', '+']).next().unwrap_or_default();
        let letters: String = local.chars().filter(|c| c.is_alphabetic()).collect();
        push_once(self.mailboxes.entry(letters).or_default(), person);
    }

    /// Everybody who goes by the same full name, whatever the order, accents and case.
    pub(crate) fn exactly(&self, form: &NameForm) -> impl Iterator<Item = PersonId> {
        self.full.get(&form.full).into_iter().flatten().copied()
    }

    /// Everybody whom a name can mean. Of a full name: who goes by it, middle initials aside; else who has the same
    /// last name and is called by a short form or an initial of the first. Of a lone name: who has it as first name;
    /// else as last name, or as a short form of the first.
    pub(crate) fn candidates(&self, form: &NameForm) -> Vec<PersonId> {
        if form.is_full() {
            let ways: [&dyn Fn() -> Vec<PersonId>; 4] =
                [&|| self.by_full_name(form), &|| self.by_shared_words(form), &|| self.by_short_form(form), &|| {
                    self.by_mailbox(form)
                }];
            return first_of(ways);
        }
        let Some(last) = form.last.as_deref() else {
            let by_last = || people_of(self.last.get(&form.first), |_| true);
            let by_first = || people_of(self.first.get(&form.first), |_| true);
            return if form.is_titled {
                first_of([&by_last, &by_first, &|| self.by_nickname(form)])
            } else {
                first_of([&by_first, &by_last, &|| self.by_nickname(form)])
            };
        };
        // "Priya K." and "P. Kapoor".
        let by_first = || people_of(self.first.get(&form.first), |bearer| starts(bearer.last.as_deref(), last));
        let by_last = || people_of(self.last.get(last), |bearer| bearer.first.starts_with(&form.first));
        first_of([&by_first, &by_last])
    }

    fn by_full_name(&self, form: &NameForm) -> Vec<PersonId> {
        let mut found = Vec::new();
        extend_once(&mut found, self.full.get(&form.full));
        if form.plain == form.full {
            extend_once(&mut found, self.plain.get(&form.full));
        } else if found.is_empty() {
            extend_once(&mut found, self.full.get(&form.plain));
        }
        found
    }

    /// Names of which one holds every word of the other: "María Ortega" for "María Ortega Rubio".
    fn by_shared_words(&self, form: &NameForm) -> Vec<PersonId> {
        let mut found = Vec::new();
        for word in form.plain.split(' ') {
            for (name, person) in self.words.get(word).into_iter().flatten() {
                // Of equal words the initials between them tell.
                if *name != form.plain && (holds_words(name, &form.plain) || holds_words(&form.plain, name)) {
                    push_once(&mut found, *person);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// "Bob Hale" and "R. Hale" for Robert Hale.
    fn by_short_form(&self, form: &NameForm) -> Vec<PersonId> {
        let last = form.last.as_ref().and_then(|last| self.last.get(last));
        let is_short = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        people_of(last, |bearer| {
            are_akin(&bearer.first, &form.first)
                || is_short(&bearer.first, &form.first)
                || is_short(&form.first, &bearer.first)
        })
    }

    /// "akretz@" for Art Kretz, of whom no source says that it is his.
    fn by_mailbox(&self, form: &NameForm) -> Vec<PersonId> {
        let mut found = Vec::new();
        let Some(last) = form.last.as_deref().filter(|last| last.chars().count() > 2) else { return found };
        let initials = form.full.split(' ').filter(|word| *word != last).filter_map(|word| word.chars().next());
        let first = form.first.as_str();
        let spelled = initials.flat_map(|initial| [format!("{initial}{last}"), format!("{last}{initial}")]);
        for letters in spelled.chain([format!("{first}{last}"), format!("{last}{first}")]) {
            extend_once(&mut found, self.mailboxes.get(&letters));
        }
        found
    }

    fn by_nickname(&self, form: &NameForm) -> Vec<PersonId> {
        let mut found = Vec::new();
        for name in akin_to(&form.first) {
            for bearer in self.first.get(name).into_iter().flatten() {
                push_once(&mut found, bearer.person);
            }
        }
        found.sort_unstable();
        found
    }
}

fn people_of(bearers: Option<&Vec<Bearer>>, fits: impl Fn(&Bearer) -> bool) -> Vec<PersonId> {
    let mut found = Vec::new();
    for bearer in bearers.into_iter().flatten().filter(|bearer| fits(bearer)) {
        push_once(&mut found, bearer.person);
    }
    found
}

/// Says whether every word of `few`, two at least, stands in `many`.
pub(super) fn holds_words(many: &str, few: &str) -> bool {
    let all: Vec<&str> = many.split(' ').collect();
    let words: Vec<&str> = few.split(' ').collect();
    words.len() >= 2 && words.iter().all(|word| all.contains(word))
}

fn starts(last: Option<&str>, initial: &str) -> bool {
    last.unwrap_or_default().starts_with(initial)
}

/// What the first way that finds somebody finds.
fn first_of<const N: usize>(ways: [&dyn Fn() -> Vec<PersonId>; N]) -> Vec<PersonId> {
    ways.iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default()
}

fn push_once(list: &mut Vec<PersonId>, person: PersonId) {
    if !list.contains(&person) {
        list.push(person);
    }
}

fn extend_once(list: &mut Vec<PersonId>, more: Option<&Vec<PersonId>>) {
    for person in more.into_iter().flatten() {
        push_once(list, *person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_one_or_nobody() {
        let mut index = NameIndex::default();
        let people = ["Priya Nair", "Priya Kapoor", "Lena Müller", "Tom B. Hale", "Robert Voss", "Rita Voss"];
        for (number, name) in (0u32..).zip(people) {
            index.add(PersonId(number), &NameForm::parse(name).unwrap());
        }
        index.add_mailbox(PersonId(6), "akretz@northwind.example");
        let check = |name: &str, expected: &[u32]| {
            let found = index.candidates(&NameForm::parse(name).unwrap());
            assert_eq!(found, expected.iter().copied().map(PersonId).collect::<Vec<_>>(), "{name:?}");
        };
        check("priya nair", &[0]);
        check("Nair, Priya", &[0]);
        check("Priya", &[0, 1]);
        check("Priya K.", &[1]);
        check("P. Kapoor", &[1]);
        check("Lena Muller", &[2]);
        check("Tom Hale", &[3]);
        check("Tom C. Hale", &[]);
        check("Frau Müller", &[2]);
        check("Bob Voss", &[4]);
        check("Bob", &[4]);
        check("R. Voss", &[4, 5]);
        check("Mr. Voss", &[4, 5]);
        check("Dana", &[]);
        check("Tom Hale Jensen", &[3]);
        check("Art Kretz", &[6]);
        check("Bo Kretz", &[]);
    }
}
