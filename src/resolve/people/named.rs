//! The person who is meant by an address, a key or a name.

use crate::model::{PersonKey, Stakeholder};

/// Why nobody is found.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Nobody is known so.
    #[error("nobody is known by {0}: see baton stakeholders for who is known")]
    Nobody(String),
    /// Several people are.
    #[error("{wanted} are {count} people: name one by {keys}")]
    Several {
        /// What was asked for.
        wanted: String,
        /// How many they are.
        count: usize,
        /// A key of each.
        keys: String,
    },
}

/// A key as it is kept: an address gets its scheme.
pub fn person_key(text: &str) -> PersonKey {
    let text = text.trim();
    if text.contains('@') && !text.contains(':') {
        PersonKey::from_text(format!("mailto:{}", text.to_lowercase()))
    } else {
        PersonKey::from_text(text)
    }
}

/// The one person that is meant by an IRI, an address, another key or a full name.
pub fn find_person<'v>(people: &'v [Stakeholder], wanted: &str) -> Result<&'v Stakeholder, FindError> {
    let key = person_key(wanted);
    let by_key = people.iter().find(|person| person.id.as_str() == wanted || person.keys.contains(&key));
    if let Some(person) = by_key {
        return Ok(person);
    }
    let by_name: Vec<&Stakeholder> = people.iter().filter(|person| person.name.eq_ignore_ascii_case(wanted)).collect();
    match by_name.as_slice() {
        [only] => Ok(only),
        [] => Err(FindError::Nobody(wanted.to_owned())),
        several => {
            let keys: Vec<&str> = several.iter().filter_map(|person| Some(person.keys.first()?.as_str())).collect();
            Err(FindError::Several { wanted: wanted.to_owned(), count: several.len(), keys: keys.join(" or ") })
        }
    }
}
