//! Classes of words, as a set of bits.

use std::ops::BitOr;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u64);

impl Class {
    /// No class.
    pub const NONE: Self = Self(0);
    /// `i`.
    pub const I: Self = Self(1);
    /// `we`.
    pub const WE: Self = Self(1 << 1);
    /// `you`.
    pub const YOU: Self = Self(1 << 2);
    /// `he`, `she`, `they`.
    pub const THEY: Self = Self(1 << 3);
    /// `it`, `this`, `that`, `there` as a subject.
    pub const IT: Self = Self(1 << 4);
    /// `me`, `us`, `him`, `her`, `them`: pronouns as object.
    pub const OBJECT: Self = Self(1 << 5);
    /// Articles, demonstratives and quantifiers before a noun.
    pub const DETERMINER: Self = Self(1 << 6);
    /// `my`, `our`, `your` and the like.
    pub const POSSESSIVE: Self = Self(1 << 7);
    /// Prepositions.
    pub const PREPOSITION: Self = Self(1 << 8);
    /// `and`, `or`, `but`, `so`, `then`.
    pub const AND: Self = Self(1 << 9);
    /// Words that open a condition: `if`, `once`, `unless`.
    pub const IF: Self = Self(1 << 10);
    /// Other subordinating words: `because`, `while`, `although`.
    pub const SUBORDINATE: Self = Self(1 << 11);
    /// Question words.
    pub const WH: Self = Self(1 << 12);
    /// Modal verbs.
    pub const MODAL: Self = Self(1 << 13);
    /// Forms of `be`.
    pub const BE: Self = Self(1 << 14);
    /// Forms of `have`.
    pub const HAVE: Self = Self(1 << 15);
    /// Forms of `do`.
    pub const DO: Self = Self(1 << 16);
    /// `not`, `never`, `no`.
    pub const NOT: Self = Self(1 << 17);
    /// Adverbs that stand between subject and verb.
    pub const ADVERB: Self = Self(1 << 18);
    /// Words that open a sentence without being part of it: `ok`, `sure`, `well`, `um`.
    pub const OPENER: Self = Self(1 << 19);
    /// Words that weaken: `probably`, `maybe`.
    pub const HEDGE: Self = Self(1 << 20);
    /// Any punctuation mark.
    pub const MARK: Self = Self(1 << 21);
    /// Marks that end a sentence.
    pub const END: Self = Self(1 << 22);
    /// Commas, dashes, colons, brackets: marks within a sentence.
    pub const BREAK: Self = Self(1 << 23);
    /// Starts with a digit or a money sign.
    pub const NUMBER: Self = Self(1 << 24);
    /// Verbs of doing something for or toward others.
    pub const ACTION: Self = Self(1 << 25);
    /// Verbs of being, thinking, feeling.
    pub const STATE: Self = Self(1 << 26);
    /// Verbs that are as often nouns: `call`, `report`.
    pub const NOUNISH: Self = Self(1 << 27);
    /// Verbs that decide: `agree`, `approve`, `cancel`.
    pub const DECIDING: Self = Self(1 << 28);
    /// Weekdays, months, `today`, `tomorrow`.
    pub const TIME: Self = Self(1 << 29);
    /// Words of thanks.
    pub const THANKS: Self = Self(1 << 30);
    /// Words of greeting.
    pub const GREETING: Self = Self(1 << 31);
    /// Adjectives that start no imperative.
    pub const ADJECTIVE: Self = Self(1 << 32);
    /// `please`.
    pub const PLEASE: Self = Self(1 << 33);
    /// An address of mail or web.
    pub const ADDRESS: Self = Self(1 << 34);
    /// Any word of a closed class: never the name of a person or thing.
    pub const CLOSED: Self = Self(1 << 35);
    /// First names in common use.
    pub const NAME: Self = Self(1 << 36);

    /// Says whether the two sets share a class.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The union, in constants.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}
