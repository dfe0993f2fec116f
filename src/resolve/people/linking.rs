//! Names to people. A name means somebody only when exactly one person can be meant.

use rustc_hash::FxHashMap;

use super::names::NameForm;
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

/// People by the names they go by.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    full: FxHashMap<String, Vec<PersonId>>,
    /// Names that have initials, without them.
    plain: FxHashMap<String, Vec<PersonId>>,
    first: FxHashMap<String, Vec<(PersonId, String)>>,
}

impl NameIndex {
    /// Notes that a person goes by a name.
    pub(crate) fn add(&mut self, person: PersonId, form: &NameForm) {
        push_once(self.full.entry(form.full.clone()).or_default(), person);
        if form.plain != form.full {
            push_once(self.plain.entry(form.plain.clone()).or_default(), person);
        }
        let last = form.last.clone().unwrap_or_default();
        let first_names = self.first.entry(form.first.clone()).or_default();
        if !first_names.contains(&(person, last.clone())) {
            first_names.push((person, last));
        }
    }

    /// Everybody whom a name can mean: equal full names, whatever the order, accents, case and middle initials;
    /// a first name; a first name with the initial of the last.
    pub(crate) fn candidates(&self, form: &NameForm) -> Vec<PersonId> {
        let mut found = Vec::new();
        if form.is_full() {
            let has_initials = form.plain != form.full;
            extend_once(&mut found, self.full.get(&form.full));
            if has_initials {
                if found.is_empty() {
                    extend_once(&mut found, self.full.get(&form.plain));
                }
            } else {
                extend_once(&mut found, self.plain.get(&form.full));
            }
            return found;
        }
        let initial = form.last.as_deref();
        for (person, last) in self.first.get(&form.first).into_iter().flatten() {
            if initial.is_none_or(|initial| last.starts_with(initial)) && !found.contains(person) {
                found.push(*person);
            }
        }
        found
    }
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
        let people = ["Priya Nair", "Priya Kapoor", "Lena Müller", "Tom B. Hale"];
        for (number, name) in (0u32..).zip(people) {
            index.add(PersonId(number), &NameForm::parse(name).unwrap());
        }
        let check = |name: &str, expected: &[u32]| {
            let found = index.candidates(&NameForm::parse(name).unwrap());
            assert_eq!(found, expected.iter().copied().map(PersonId).collect::<Vec<_>>(), "{name:?}");
        };
        check("priya nair", &[0]);
        check("Nair, Priya", &[0]);
        check("Priya", &[0, 1]);
        check("Priya K.", &[1]);
        check("Lena Muller", &[2]);
        check("Tom Hale", &[3]);
        check("Tom C. Hale", &[]);
        check("Dana", &[]);
    }
}
