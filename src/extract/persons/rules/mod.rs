//! The rules: what a sentence with slots must look like and what it then says of whom.
//!
//! | written | means |
//! |---|---|
//! | `{S}` | the subject: "I" or a name, an apposition after it included |
//! | `{P}` | the subject: a name |
//! | `{S's}`, `{P's}` | "my" or a name with its possessive; a name with its possessive |
//! | `{Q}` | another person: a name |
//! | `{will}` | auxiliary words and adverbs, perhaps none: "will also have to" |
//! | `{who}` | perhaps "is the one who" |
//! | `{us}` | us or our product, as either side says it |
//! | `{a}` | an article or another word before a noun |
//! | `{money}` | an amount |

mod abroad;
mod changes;
mod introductions;
mod roles;

use std::sync::{LazyLock, OnceLock};

use regex::bytes::{Regex, RegexBuilder};

use crate::model::BuyingRole;

/// What a rule says of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Their part in the buying decision.
    Role(BuyingRole),
    /// Their title, which begins at the group `t`.
    Title,
    /// Their title, which ends where the group `t` ends.
    TitleBefore,
    /// Their part of the company (`t`), shown as their title where there is no other.
    Department,
    /// Their organisation, the slot `o`.
    Organization,
    /// They report to the person `q`.
    ReportsTo,
    /// They took over from the person `q`.
    Succeeds,
    /// They have left or are about to.
    Departed,
    /// They were called `q`, or what stands in the group `n`, before.
    FormerName,
    /// An address of theirs is given.
    OtherAddress,
}

/// What a rule holds in spite of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allow {
    /// The sentence is a question.
    Question,
    /// A negation stands in or before the match.
    Negation,
}

/// One pattern and what it says.
#[derive(Debug)]
pub(super) struct Rule {
    /// Triggers with bars between them: one of them stands in every sentence that is tried.
    pub(super) triggers: &'static str,
    pub(super) pattern: &'static str,
    pub(super) says: Says,
    pub(super) confidence: f32,
    allow: &'static [Allow],
    /// Texts with bars between them, one of which every match needs beside its trigger; perhaps none.
    near: &'static str,
}

impl Rule {
    const fn new(says: Says, confidence: f32, triggers: &'static str, pattern: &'static str) -> Self {
        Self { triggers, pattern, says, confidence, allow: &[], near: "" }
    }

    const fn despite(mut self, allow: &'static [Allow]) -> Self {
        self.allow = allow;
        self
    }

    const fn near(mut self, near: &'static str) -> Self {
        self.near = near;
        self
    }

    /// Says whether a masked sentence has one of the texts that every match needs beside its trigger.
    pub(super) fn is_near(&self, words: &str) -> bool {
        self.near.is_empty() || self.near.split('|').any(|text| words.contains(text))
    }

    /// Says whether the rule holds in spite of `what`.
    pub(super) fn allows(&self, what: Allow) -> bool {
        self.allow.contains(&what)
    }
}

const MACROS: [(&str, &str); 15] = [
    ("{S's}", r"(?:\bmy|\bmine|#(?P<p>\d)(?:,[^,#]{2,50},| \([^)#]{1,40}\))?'s?)"),
    ("{P's}", r"#(?P<p>\d)(?:,[^,#]{2,50},| \([^)#]{1,40}\))?'s?"),
    ("{S}", r"(?:\b(?:i|ich|ik)\b|#(?P<p>\d)(?:,[^,#]{2,50},| \([^)#]{1,40}\)| (?:from|in|of|at) [\w ]{2,24}?)?)"),
    ("{P}", r"#(?P<p>\d)(?:,[^,#]{2,50},| \([^)#]{1,40}\)| (?:from|in|of|at) [\w ]{2,24}?)?"),
    ("{P2}", r"#(?P<p2>\d)"),
    ("{P3}", r"#(?P<p3>\d)"),
    ("{P4}", r"#(?P<p4>\d)"),
    ("{P2's}", r"#(?P<p2>\d)'s?"),
    ("{P4's}", r"#(?P<p4>\d)'s?"),
    ("{Q}", r"#(?P<q>\d)"),
    (
        "{will}",
        r"(?:'ll|'d|'ve|'s|'re|'m| (?:will|would|can|could|must|may|has|have|had|is|am|are|was|be|been|to|need|needs|do|does|did|should|also|always|still|usually|normally|personally|finally|just|really|alone|then|now|only|actually|basically|ultimately|already|currently|himself|herself|myself|probably|clearly|quietly|openly|officially|formally|in the end|at the end))*",
    ),
    (
        "{who}",
        r"(?:,? who|(?: is|'s| am|'m|'ll be| will be)(?: the)? (?:only )?(?:one|person|man|woman|guy|lady|colleague)(?: here)?(?: who| that| to)?|,? the (?:one|person) who)?",
    ),
    (
        "{us}",
        r"(?:you|us|it|this|that|the (?:project|tool|product|system|platform|pilot|deal|idea|case|software|app|solution|proposal|contract|rollout|switch|change|thing)|your \w+|our \w+)",
    ),
    ("{a}", r"(?:an?|the|our|my|your|their|its|this|that|these|those|any|every|all|each|both|#\d's)"),
    (
        "{money}",
        r"(?:(?:(?:€|\$|£)|eur|chf|usd|gbp) ?)?(?:\d[\d.,' ]*|\w+ )(?:k|m|thousand|hundred thousand|million|grand|tsd\.?|euros?|eur|chf|pounds|dollars|kroner|francs)?",
    ),
];

/// Rules in the order of their numbers.
static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    [roles::RULES, abroad::RULES, changes::RULES, introductions::RULES].into_iter().flatten().collect()
});

/// All rules, in the order of their numbers.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied()
}

/// What every match of a pattern has in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// A name.
    Name,
    /// "I".
    Own,
    /// "I" or a name.
    Subject,
}

/// What a masked sentence has in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Has {
    /// A name.
    pub(super) name: bool,
    /// "I", in one of the languages.
    pub(super) own: bool,
}

impl Has {
    /// Looks at a masked sentence.
    pub(super) fn of(words: &str) -> Self {
        let own = words.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "i" | "ich" | "ik"));
        Self { name: words.contains('#'), own }
    }
}

/// A rule with its pattern, compiled at first use.
struct Compiled {
    rule: &'static Rule,
    pattern: OnceLock<Option<Regex>>,
    needs: Needs,
}

static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let compiled = |rule: &&'static Rule| Compiled { rule, pattern: OnceLock::new(), needs: needs(rule.pattern) };
    RULES.iter().map(compiled).collect()
});

/// Says whether a rule can only hold where somebody is named.
pub(super) fn wants_name(number: u16) -> bool {
    COMPILED.get(usize::from(number)).is_some_and(|compiled| compiled.needs == Needs::Name)
}

/// Says whether a masked sentence has what every match of a rule has.
pub(super) fn may_hold(number: u16, has: Has) -> bool {
    COMPILED.get(usize::from(number)).is_some_and(|compiled| match compiled.needs {
        Needs::Nothing => true,
        Needs::Name => has.name,
        Needs::Own => has.own,
        Needs::Subject => has.name || has.own,
    })
}

/// The rule of that number with its pattern; `None` when there is none.
pub(super) fn compiled(number: u16) -> Option<(&'static Rule, &'static Regex)> {
    let compiled = COMPILED.get(usize::from(number))?;
    Some((compiled.rule, compiled.pattern.get_or_init(|| compile(compiled.rule.pattern).ok()).as_ref()?))
}

/// What every match of a pattern has, as far as it is told by how its alternatives begin, or by its having slots and
/// nothing that speaks of the speaker.
fn needs(pattern: &str) -> Needs {
    const OWN: [&str; 10] = ["{S", r"\bi", r"\bmy", r"\bm", r"\by", r"\bj", r"\bw", r"(?:i|", r"\bo", r"\battached"];
    let has_slot = pattern.contains('#') || pattern.contains("{P") || pattern.contains("{Q");
    if has_slot && !OWN.iter().any(|own| pattern.contains(own)) {
        return Needs::Name;
    }
    let mut all = alternatives(pattern);
    let own = |branch: &&str| branch.starts_with(r"\bi(") || branch.starts_with(r"\bi ");
    let subject = |branch: &&str| branch.starts_with("{S}") || branch.starts_with('#') || own(branch);
    if all.iter().all(own) {
        return Needs::Own;
    }
    all.retain(|branch| !subject(branch));
    if all.is_empty() { Needs::Subject } else { Needs::Nothing }
}

/// The alternatives of a pattern outside of its groups.
fn alternatives(pattern: &str) -> Vec<&str> {
    let (mut made, mut start, mut depth) = (Vec::new(), 0, 0);
    let (mut in_set, mut escaped) = (false, false);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_set = false,
            _ if in_set => {}
            '[' => in_set = true,
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                made.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    made.push(&pattern[start..]);
    made
}

/// Patterns read bytes, which is much faster than letters of every script; any byte of such a letter is one of a word.
fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&written_out(pattern)).unicode(false).build()
}

/// A pattern with its shorthands written out.
fn written_out(pattern: &str) -> String {
    let written = MACROS.iter().fold(pattern.to_owned(), |text, (name, group)| text.replace(name, group));
    // In a set the letters stand without brackets of their own.
    let mut made = String::with_capacity(written.len() * 2);
    let (mut in_set, mut rest) = (false, written.chars().peekable());
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.next_if_eq(&'w').is_some() => {
                made.push_str(if in_set { r"\w\x80-\xff" } else { r"[\w\x80-\xff]" });
            }
            '\\' => {
                made.push(c);
                made.extend(rest.next());
            }
            _ => {
                in_set = (in_set || c == '[') && c != ']';
                made.push(c);
            }
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_well_formed() {
        for (number, rule) in (0..).zip(all()) {
            assert!(compiled(number).is_some(), "{:?}", compile(rule.pattern));
            assert!(!rule.triggers.is_empty() && !rule.triggers.contains('\''), "{}", rule.triggers);
        }
    }
}
