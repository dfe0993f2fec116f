//! What sentences say of people: their part in the buying decision, title and organisation, to whom they report, whom they
//! follow or that they leave, names and addresses that changed. A rule is a pattern over a sentence whose names are slots;
//! an automaton over all triggers tells which rules are tried, and nothing is done for a sentence without one.
//! Beside what is said, it notes what people write about, which shows their part. Entry point: [`Notes`].

mod conduct;
mod masked;
mod reading;
mod rules;
mod signed;
mod subject;
mod titles;
mod triggers;

use std::ops::Range;

use crate::extract::{SentenceContext, mentions::ByteMention};
use crate::model::{Party, PersonFinding};

/// Sentences longer than this are lists or logs.
const LONGEST_BYTES: usize = 700;

/// A finding whose span and quote are still to be filled in from its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Where the words stand, in bytes.
    pub range: Range<usize>,
    /// What they say of whom.
    pub person: PersonFinding,
}

/// A sentence with a trigger in it.
#[derive(Clone, Debug)]
struct Noted {
    range: Range<usize>,
    /// The sentence before, for whom a pronoun means.
    previous: Option<Range<usize>>,
    speaker: Option<Party>,
    addressee: Option<Party>,
    /// Numbers of the rules to try, in order.
    rules: Vec<u16>,
}

/// What was noted while the sentences of an interaction were read.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    sentences: Vec<Noted>,
    /// Titles below names.
    signed: Vec<Told>,
    conduct: conduct::Conduct,
}

impl Notes {
    /// Notes a sentence when it has a trigger.
    pub fn read(&mut self, context: &SentenceContext<'_>) {
        let words = context.words();
        if words.len() > LONGEST_BYTES {
            return;
        }
        self.signed.extend(signed::title(context));
        let seen = triggers::look(words);
        self.conduct.note(context, &seen.shown);
        if seen.rules.is_empty() {
            return;
        }
        let previous = context.previous.and_then(|words| {
            let start = (words.as_ptr() as usize).checked_sub(context.text.as_ptr() as usize)?;
            (start + words.len() <= context.range.start).then(|| start..start + words.len())
        });
        self.sentences.push(Noted {
            range: context.range.clone(),
            previous,
            speaker: context.speaker.cloned(),
            addressee: context.addressee.cloned(),
            rules: seen.rules,
        });
    }

    /// What the noted sentences of `text` say, by the names found in it.
    pub fn findings(self, text: &str, mentions: &[ByteMention]) -> Vec<Told> {
        let mut told = self.signed;
        for sentence in &self.sentences {
            reading::read(text, sentence, mentions, &mut told);
        }
        told.extend(self.conduct.told());
        told
    }
}

#[cfg(test)]
mod tests;
