//! Which first names can be one person's: "Bob" of Robert, "Sepp" of Josef.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::fold_name;

/// Nicknames by formal name, both folded. `nicknames.txt` tells where they come from.
static NICKNAMES: LazyLock<FxHashMap<String, FxHashSet<String>>> = LazyLock::new(|| {
    let mut nicknames: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
    let lines = include_str!("nicknames.txt").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut names = line.split(' ').map(fold_name).filter(|name| !name.is_empty());
        if let Some(formal) = names.next() {
            nicknames.entry(formal).or_default().extend(names);
        }
    }
    nicknames
});

/// Formal names by nickname.
static FORMAL: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut formal: FxHashMap<&'static str, Vec<&'static str>> = FxHashMap::default();
    for (name, nicknames) in NICKNAMES.iter() {
        for nickname in nicknames {
            formal.entry(nickname).or_default().push(name);
        }
    }
    formal
});

/// Says whether one of two folded first names is a nickname of the other, or both of one formal name.
pub(crate) fn are_akin(a: &str, b: &str) -> bool {
    let is_nickname =
        |formal: &str, nickname: &str| NICKNAMES.get(formal).is_some_and(|names| names.contains(nickname));
    a != b
        && (is_nickname(a, b)
            || is_nickname(b, a)
            || FORMAL.get(a).is_some_and(|formal| formal.iter().any(|formal| is_nickname(formal, b))))
}

/// Other first names that the bearer of a folded first name may go by, the formal ones of a nickname among them.
pub(crate) fn akin_to(name: &str) -> impl Iterator<Item = &'static str> {
    let nicknames = NICKNAMES.get(name).into_iter().flatten().map(String::as_str);
    nicknames.chain(FORMAL.get(name).into_iter().flatten().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicknames_are_akin() {
        let check = |a: &str, b: &str, expected: bool| assert_eq!(are_akin(a, b), expected, "{a} {b}");
        check("robert", "bob", true);
        check("bob", "robert", true);
        check("bobby", "rob", true);
        check("josef", "sepp", true);
        check("jose", "pepe", true);
        check("john", "james", false);
        check("priya", "pria", false);
        assert!(akin_to("liz").any(|name| name == "elizabeth"));
    }
}
