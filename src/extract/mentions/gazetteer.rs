//! The list of first names. A name with a question mark is also an ordinary word or a place.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How sure a listed first name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// A name and nothing else.
    Name,
    /// Also a word, a month or a place.
    Ambiguous,
}

static FIRST_NAMES: LazyLock<FxHashMap<&'static str, Listed>> = LazyLock::new(|| {
    include_str!("first_names.txt")
        .lines()
        .map(|line| line.strip_suffix('?').map_or((line, Listed::Name), |name| (name, Listed::Ambiguous)))
        .collect()
});

/// Looks a lower-case word up among the first names; of a compound ("Jean-Luc") the first part counts.
pub(crate) fn first_name(lower: &str) -> Option<Listed> {
    let listed = |name: &str| FIRST_NAMES.get(name).copied();
    let found = |name: &str| listed(name).or_else(|| name.split_once('-').and_then(|(first, _)| listed(first)));
    // "Fátima" is listed as "fatima".
    found(lower).or_else(|| if lower.is_ascii() { None } else { found(&without_accents(lower)) })
}

fn without_accents(lower: &str) -> String {
    lower.nfd().filter(|&c| !is_combining_mark(c)).collect()
}

/// Capitalised words that are not part of a person's name, in lower case, sorted.
static NOT_NAMES: LazyLock<rustc_hash::FxHashSet<&'static str>> =
    LazyLock::new(|| include_str!("not_names.txt").split_whitespace().collect());

/// Says whether a lower-case word is an ordinary word, a month, a weekday, a place or a product.
pub(crate) fn is_ordinary(lower: &str) -> bool {
    NOT_NAMES.contains(lower)
}
