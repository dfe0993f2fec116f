//! Content words of a statement, and how alike two statements are. Words are stemmed lightly and kept as hashes;
//! weights are fixed and not counted from a corpus, so that what was decided yesterday is decided the same tomorrow.

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// What sort of word it is; it decides how much the word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordClass {
    /// What is done: `send`, `review`. Said in many words, so it weighs little.
    Action,
    /// Any other content word.
    Plain,
    /// A name or an acronym.
    Name,
    /// A number.
    Number,
}

impl WordClass {
    fn weight(self) -> f32 {
        match self {
            Self::Action => 0.4,
            Self::Plain => 1.0,
            Self::Name | Self::Number => 1.5,
        }
    }
}

/// One content word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) hash: u32,
    pub(crate) class: WordClass,
}

/// The distinct content words of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Sorted by hash.
    items: Vec<Word>,
    /// The first action, which is what the statement says is done.
    action: Option<u32>,
}

/// How two statements compare.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Likeness {
    /// Weight of the words in both.
    pub(crate) shared: f32,
    /// Weight of the words only in the first.
    pub(crate) only_left: f32,
    /// Weight of the words only in the second.
    pub(crate) only_right: f32,
    /// The same, numbers aside.
    pub(crate) shared_words: f32,
    pub(crate) unshared_words: f32,
    /// Both have numbers, and each has one that the other lacks.
    pub(crate) numbers_differ: bool,
    /// Each has a name that the other lacks.
    pub(crate) names_differ: bool,
    /// Both say what is done, and it is not the same.
    pub(crate) actions_differ: bool,
}

impl Likeness {
    /// Weight in common by weight altogether, 0..1.
    pub(crate) fn jaccard(self) -> f32 {
        ratio(self.shared, self.shared + self.only_left + self.only_right)
    }

    /// How much of the first is in the second, 0..1.
    pub(crate) fn left_in_right(self) -> f32 {
        ratio(self.shared, self.shared + self.only_left)
    }

    /// Weight in common by weight altogether, numbers aside, 0..1.
    pub(crate) fn jaccard_without_numbers(self) -> f32 {
        ratio(self.shared_words, self.shared_words + self.unshared_words)
    }

    /// Says whether something rules out that both speak of one thing.
    pub(crate) fn is_ruled_out(self) -> bool {
        self.numbers_differ || self.names_differ || self.actions_differ
    }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

impl Words {
    /// The content words of `text`, less every word of `without` (dates and names of the parties).
    pub(crate) fn of(text: &str, without: &[&str]) -> Self {
        let mut left_out: Vec<u32> = Vec::new();
        for phrase in without {
            each_word(phrase, |word, _| left_out.push(word.hash));
        }
        let mut words = Self::default();
        each_word(text, |word, is_first_action| {
            if left_out.contains(&word.hash) {
                return;
            }
            if is_first_action {
                words.action = Some(word.hash);
            }
            words.items.push(word);
        });
        words.items.sort_unstable_by_key(|word| (word.hash, word.class));
        words.items.dedup_by_key(|word| word.hash);
        words
    }

    /// The words, by hash.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Word> + '_ {
        self.items.iter().copied()
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Weight of everything but what is done: zero for "send it over".
    pub(crate) fn object_weight(&self) -> f32 {
        self.iter().filter(|word| word.class != WordClass::Action).map(|word| word.class.weight()).sum()
    }

    /// Compares with another statement.
    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        let mut likeness = Likeness::default();
        let (mut left_names, mut right_names, mut left_numbers, mut right_numbers) = (false, false, false, false);
        let (mut left, mut right) = (0, 0);
        loop {
            let order = match (self.items.get(left), other.items.get(right)) {
                (None, None) => break,
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(a), Some(b)) => a.hash.cmp(&b.hash),
            };
            match order {
                std::cmp::Ordering::Equal => {
                    likeness.add_shared(self.items[left].class.max(other.items[right].class));
                    left += 1;
                    right += 1;
                }
                std::cmp::Ordering::Less => {
                    let class = self.items[left].class;
                    likeness.only_left += likeness.add_unshared(class);
                    left_names |= class == WordClass::Name;
                    left_numbers |= class == WordClass::Number;
                    left += 1;
                }
                std::cmp::Ordering::Greater => {
                    let class = other.items[right].class;
                    likeness.only_right += likeness.add_unshared(class);
                    right_names |= class == WordClass::Name;
                    right_numbers |= class == WordClass::Number;
                    right += 1;
                }
            }
        }
        likeness.names_differ = left_names && right_names;
        likeness.numbers_differ = left_numbers && right_numbers;
        likeness.actions_differ = matches!((self.action, other.action), (Some(a), Some(b)) if a != b);
        likeness
    }
}

impl Likeness {
    fn add_shared(&mut self, class: WordClass) {
        self.shared += class.weight();
        if class != WordClass::Number {
            self.shared_words += class.weight();
        }
    }

    fn add_unshared(&mut self, class: WordClass) -> f32 {
        if class != WordClass::Number {
            self.unshared_words += class.weight();
        }
        class.weight()
    }
}

/// The content words of a text in their order, by hash: one number for every form of a word.
pub(crate) fn stems(text: &str) -> Vec<u32> {
    let mut stems = Vec::new();
    each_word(text, |word, _| stems.push(word.hash));
    stems
}

/// Calls `take` with every content word of `text` and whether it is the first action.
fn each_word(text: &str, mut take: impl FnMut(Word, bool)) {
    let mut buffer = String::new();
    let mut scan = text.char_indices().peekable();
    let mut is_first = true;
    let mut has_action = false;
    while let Some((_, c)) = scan.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        buffer.clear();
        let is_number = c.is_numeric();
        let (mut uppers, mut letters) = (0usize, 0usize);
        let starts_upper = c.is_uppercase();
        let mut current = c;
        loop {
            letters += 1;
            uppers += usize::from(current.is_uppercase());
            buffer.extend(current.to_lowercase());
            let Some(&(at, next)) = scan.peek() else { break };
            if is_number && matches!(next, ',' | '.') && text[at + 1..].starts_with(|d: char| d.is_ascii_digit()) {
                if next == '.' {
                    buffer.push('.');
                }
                scan.next();
            } else if !next.is_alphanumeric() || next.is_numeric() != is_number {
                break;
            }
            let Some((_, c)) = scan.next() else { break };
            current = c;
        }
        let is_acronym = letters >= 2 && uppers == letters;
        let first_of_text = std::mem::replace(&mut is_first, false);
        let Some(word) = classify(&buffer, is_number, is_acronym || (starts_upper && !first_of_text)) else { continue };
        let first_action = word.class == WordClass::Action && !has_action;
        has_action |= first_action;
        take(word, first_action);
    }
}

/// From two on.
const NUMBERS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn classify(lower: &str, is_number: bool, is_name: bool) -> Option<Word> {
    if is_number {
        return Some(Word { hash: hash(lower), class: WordClass::Number });
    }
    // "Two hours" is "2 hours". "One" stands for too many other things.
    if let Some(number) = NUMBERS.iter().position(|number| *number == lower) {
        return Some(Word { hash: hash(&(number + 2).to_string()), class: WordClass::Number });
    }
    if STOP_WORDS.contains(lower) {
        return None;
    }
    let stem = stem(lower);
    if let Some(&action) = ACTIONS.get(lower).or_else(|| ACTIONS.get(stem)) {
        return Some(Word { hash: action, class: WordClass::Action });
    }
    let class = if is_name { WordClass::Name } else { WordClass::Plain };
    Some(Word { hash: hash(stem), class })
}

fn hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// Cuts the endings that inflection adds; both "reports" and "reporting" give "report".
fn stem(word: &str) -> &str {
    let mut stem = word;
    if stem.len() > 3 && !stem.ends_with("ss") && !stem.ends_with("us") && !stem.ends_with("is") {
        stem = stem.strip_suffix('s').unwrap_or(stem);
    }
    for ending in ["ing", "ed"] {
        if stem.len() > ending.len() + 3
            && let Some(rest) = stem.strip_suffix(ending)
        {
            stem = rest;
            break;
        }
    }
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && stem.len() > 4
        && a == b
        && b.is_ascii_alphabetic()
        && !matches!(b, b's' | b'l')
    {
        stem = &stem[..stem.len() - 1];
    }
    if stem.len() > 3 { stem.trim_end_matches(['e', 'i', 'y']) } else { stem }
}

static STOP_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "a an the this that these those some any all each every both and or but if then else so as than of to in on at by for \
     from with without into onto over under about up down out off via per until till before after during between within i \
     me my we us our you your he him his she her it its they them their ours yours who whom which what when where why how \
     is are was were be been being am do does did done doing have has had having will would shall should can could may \
     might must ll ve re d s t m not no yes please kindly just also too very really again still already yet soon asap now \
     today tomorrow tonight yesterday here there get gets getting got give gives put puts make makes making made take \
     takes taking took go goes going let lets try tries trying need needs want wants like ensure sure able back latest \
     new copy one two regarding re fw fwd cc week day end eod eow"
        .split_ascii_whitespace()
        .collect()
});

/// Many words for one deed. The first of each line names it.
static ACTIONS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    const LINES: [&str; 9] = [
        "send sends sent sending shar share provide provid deliver forward email mail pass supply suppl circulate circulat",
        "schedule schedul book arrange arrang organise organis organize organiz",
        "review check look read examine examin",
        "fix solve solv repair resolve resolv address",
        "confirm verify verif",
        "prepare prepar draft write writ create creat build compile compil produce produc",
        "update updat refresh",
        "introduce introduc connect",
        "sign approve approv countersign",
    ];
    LINES
        .iter()
        .flat_map(|line| {
            let name = line.split(' ').next().unwrap_or_default();
            line.split(' ').map(move |word| (word, hash(name)))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(left: &str, right: &str, expected: std::ops::RangeInclusive<f32>, ruled_out: bool) {
        let likeness = Words::of(left, &[]).likeness(&Words::of(right, &[]));
        assert!(expected.contains(&likeness.jaccard()), "{left:?} / {right:?}: {}", likeness.jaccard());
        assert_eq!(likeness.is_ruled_out(), ruled_out, "{left:?} / {right:?}: {likeness:?}");
    }

    #[test]
    fn tells_the_same_from_the_similar() {
        check("Send the SOC 2 report", "share SOC2 reports with you", 0.99..=1.0, false);
        check("Send the SOC 2 report", "Send the pentest report", 0.0..=0.5, false);
        check("Send the SOC 2 report", "Review the SOC 2 report", 0.5..=1.0, true);
        check("Send the Q3 report", "Send the Q2 report", 0.2..=0.9, true);
        check("Cut invoice time by 50%", "cut invoicing time by 50 %", 0.7..=1.0, false);
        check("", "", 0.0..=0.0, false);
    }

    #[test]
    fn leaves_out_dates_and_names() {
        let words = Words::of("Send Priya the contract by 12 March", &["by 12 March", "Priya Nair"]);
        assert_eq!(words, Words::of("Send the contract", &[]));
    }

    proptest! {
        #[test]
        fn never_panics_and_is_symmetric(a in "\\PC{0,80}", b in "\\PC{0,80}") {
            let (a, b) = (Words::of(&a, &[]), Words::of(&b, &[]));
            let (there, back) = (a.likeness(&b), b.likeness(&a));
            prop_assert!((there.jaccard() - back.jaccard()).abs() < 1e-4);
            prop_assert_eq!(there.is_ruled_out(), back.is_ruled_out());
        }
    }
}
