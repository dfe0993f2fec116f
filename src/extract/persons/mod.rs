//! What sentences say of people: their part in the buying decision, title and organisation, to whom they report, whom they
//! follow or that they leave, names and addresses that changed. A rule is a pattern over a sentence whose names are slots;
//! a look-up of the first letters of its words tells which rules are tried, and nothing is done for a sentence without one.
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
use reading::Sentence;

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
    /// Who says it to whom, among the voices.
    voice: usize,
    /// The rules to try, among those of all sentences.
    rules: Range<usize>,
}

/// Who speaks to whom, and what the words show of the speaker.
#[derive(Clone, Debug)]
struct Voice {
    speaker: Option<Party>,
    addressee: Option<Party>,
    conduct: conduct::Conduct,
}

/// What was noted while the sentences of an interaction were read.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    sentences: Vec<Noted>,
    voices: Vec<Voice>,
    /// Numbers of the rules to try, sentence by sentence.
    rules: Vec<u16>,
    /// Titles below names.
    signed: Vec<Told>,
}

impl Notes {
    /// Notes a sentence when it has a trigger.
    pub fn read(&mut self, context: &SentenceContext<'_>) {
        let words = context.words();
        if words.len() > LONGEST_BYTES {
            return;
        }
        self.signed.extend(signed::title(context));
        let first = self.rules.len();
        let shown = triggers::look(words, &mut self.rules);
        let rules = first..self.rules.len();
        if rules.is_empty() && shown == conduct::Parts::default() {
            return;
        }
        let voice = self.voice(context);
        self.voices[voice].conduct.note(&context.range, shown);
        if rules.is_empty() {
            return;
        }
        let previous = context.previous.and_then(|words| {
            let start = (words.as_ptr() as usize).checked_sub(context.text.as_ptr() as usize)?;
            (start + words.len() <= context.range.start).then(|| start..start + words.len())
        });
        self.sentences.push(Noted { range: context.range.clone(), previous, voice, rules });
    }

    /// The place of a sentence's speaker among the voices.
    fn voice(&mut self, context: &SentenceContext<'_>) -> usize {
        let is =
            |voice: &Voice| voice.speaker.as_ref() == context.speaker && voice.addressee.as_ref() == context.addressee;
        self.voices.iter().rposition(is).unwrap_or_else(|| {
            self.voices.push(Voice {
                speaker: context.speaker.cloned(),
                addressee: context.addressee.cloned(),
                conduct: conduct::Conduct::default(),
            });
            self.voices.len() - 1
        })
    }

    /// What the noted sentences of `text` say, by the names found in it.
    pub fn findings(self, text: &str, mentions: &[ByteMention]) -> Vec<Told> {
        let mut told = self.signed;
        for noted in &self.sentences {
            let (voice, rules) = (&self.voices[noted.voice], &self.rules[noted.rules.clone()]);
            reading::read(Sentence { text, noted, voice, rules }, mentions, &mut told);
        }
        for voice in &self.voices {
            told.extend(voice.speaker.iter().flat_map(|speaker| voice.conduct.told(speaker)));
        }
        told
    }
}

#[cfg(test)]
mod tests;
