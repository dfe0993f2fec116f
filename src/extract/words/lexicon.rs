//! The table of words: closed classes, openers, hedges, times, and all verb forms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Class, Form, names, phrases::Print, verbs};

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) class: Class,
    pub(super) lemma: &'static str,
    pub(super) form: Form,
}

/// Every known word, by its print.
pub(super) struct Table(FxHashMap<Print, (String, Entry)>);

const CLOSED: &[(Class, &str)] = &[
    (Class::I, "i"),
    (Class::WE, "we"),
    (Class::YOU, "you"),
    (Class::THEY, "he she they"),
    (Class::IT, "it this that these those there"),
    (Class::OBJECT, "me us him her them it you"),
    (Class::DETERMINER, "the a an this that these those some any all each every both no another several few many much"),
    (Class::POSSESSIVE.or(Class::DETERMINER), "my our your his her its their"),
    (
        Class::PREPOSITION,
        "of in on at by for from to with about into over after before until till since within without under between \
         through during against via per across around upon toward towards off onto regarding re as like",
    ),
    (Class::AND, "and or but so then plus & nor"),
    (Class::IF, "if once unless when whenever provided assuming"),
    (Class::SUBORDINATE, "because while although though since as until till after before whereas that whether"),
    (Class::WH, "what who whom whose which when where why how"),
    (Class::MODAL, "will shall would can could may might must should ought"),
    (Class::BE, "am is are was were be been being"),
    (Class::HAVE, "have has had having"),
    (Class::DO, "do does did doing"),
    (Class::NOT, "not never no neither nor"),
    (
        Class::ADVERB,
        "also then just now still definitely certainly happily gladly immediately quickly personally actually \
         absolutely first again then simply only directly always already currently soon shortly today tomorrow \
         tonight therefore thus really even both all either surely obviously basically literally kindly instead \
         afterwards later next once quietly promptly finally separately gladly totally honestly further ever",
    ),
    (
        Class::OPENER,
        "ok okay k sure yes yeah yep yup yea right so well um uh er ah oh hmm mm great perfect cool alright \
         alrighty fine absolutely definitely certainly understood noted agreed anyway anyways actually also and but \
         then now first second secondly firstly lastly finally next otherwise however meanwhile additionally \
         likewise good excellent awesome sorry no nope hey hi hello please thanks thank again like basically \
         hopefully maybe perhaps unfortunately apologies of course regardless therefore thus plus or too \
         btw fyi ps p.s. p.s",
    ),
    (
        Class::HEDGE,
        "probably maybe perhaps possibly hopefully likely might may could potentially presumably tentatively roughly",
    ),
    (
        Class::TIME,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january \
         february march april may june july august september october november december jan feb mar apr jun jul aug \
         sep sept oct nov dec today tomorrow tonight yesterday week month quarter year day morning afternoon evening \
         eod eow eom cob asap weekend noon midnight soon shortly q1 q2 q3 q4",
    ),
    (Class::THANKS, "thanks thank cheers thankyou"),
    (Class::GREETING, "hi hello hey dear greetings"),
    (Class::PLEASE, "please kindly"),
    (
        Class::ADJECTIVE,
        "happy glad sorry good great new more best better able ready sure free available full other next last same \
         only main key low high big small many most interested excited pleased clear welcome open possible urgent",
    ),
];

impl Table {
    /// What is known of the word `norm` with that print.
    pub(super) fn look_up(&self, norm: &str, print: Print) -> Entry {
        match self.0.get(&print) {
            Some((word, entry)) if word == norm => *entry,
            _ => Entry { class: by_shape(norm), ..Entry::default() },
        }
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        &mut self.0.entry(Print::of(word)).or_insert_with(|| (word.to_owned(), Entry::default())).1
    }

    fn add_class(&mut self, word: &str, class: Class) {
        let entry = self.entry(word);
        entry.class = entry.class | class;
    }
}

fn by_shape(norm: &str) -> Class {
    let Some(first) = norm.chars().next() else { return Class::NONE };
    match first {
        '.' | '!' | '?' | '…' => Class::MARK | Class::END,
        ',' | ';' | ':' | '-' | '–' | '—' | '(' | ')' | '[' | ']' | '/' | '•' => Class::MARK | Class::BREAK,
        '0'..='9' | '$' | '€' | '£' => Class::NUMBER,
        _ if !first.is_alphanumeric() => Class::MARK,
        _ if norm.contains('@') || norm.starts_with("http") || norm.starts_with("www.") => Class::ADDRESS,
        _ => Class::NONE,
    }
}

/// The table, made at first use.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(build);
    &TABLE
}

fn build() -> Table {
    let mut table = Table(FxHashMap::default());
    verbs::each(|spelling, lemma, form, class| {
        let entry = table.entry(&spelling);
        entry.class = entry.class | class;
        if entry.lemma.is_empty() || entry.lemma == lemma {
            entry.lemma = lemma;
            entry.form = entry.form | form;
        }
    });
    for (class, words) in CLOSED {
        for word in words.split_whitespace() {
            table.add_class(word, class.or(Class::CLOSED));
        }
    }
    for name in names::GIVEN.split_whitespace() {
        table.add_class(name, Class::NAME);
    }
    table
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_words_have_one_print() {
        let mut words: BTreeSet<String> = BTreeSet::new();
        verbs::each(|spelling, _, _, _| words.extend([spelling]));
        let listed = CLOSED.iter().map(|(_, words)| *words).chain([names::GIVEN]);
        words.extend(listed.flat_map(str::split_whitespace).map(str::to_owned));
        assert_eq!(table().0.len(), words.len());
    }
}
