//! Applies the rules to a noted sentence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::{Captures, Match, Regex};

use super::masked::{self, Masked};
use super::rules::{Allow, Has, Rule, Says, compiled, may_hold, wants_name};
use super::subject::{Subject, name, one_line};
use super::{Noted, Told, Voice, titles};
use crate::extract::mentions::ByteMention;
use crate::model::{MentionKind, PersonFinding, Presence};

/// A quote is the whole sentence unless that is longer.
const LONGEST_QUOTE: usize = 240;
/// A pronoun that the sentence before explains is right less often.
const GUESSED: f32 = 0.85;

/// Reads a sentence and adds what it says of people.
pub(super) fn read(sentence: Sentence<'_>, mentions: &[ByteMention], told: &mut Vec<Told>) {
    let Sentence { text, noted, rules, .. } = sentence;
    let around = noted.previous.as_ref().map_or(noted.range.start, |previous| previous.start)..noted.range.end;
    let is_named = masked::within(mentions, &around).any(|mention| mention.kind == MentionKind::Person);
    let mut tried = rules.iter().copied().filter(|rule| is_named || !wants_name(*rule)).peekable();
    if tried.peek().is_none() {
        return;
    }
    let masked = Masked::new(text, noted.range.clone(), noted.previous.clone(), mentions);
    let question = masked.words.trim_end().ends_with('?');
    let first = told.len();
    let reading = Reading { sentence, masked: &masked };
    let has = Has::of(&masked.words);
    for (rule, pattern) in tried.filter(|rule| may_hold(*rule, has)).filter_map(compiled) {
        if !rule.is_near(&masked.words) {
            continue;
        }
        if question && !rule.allows(Allow::Question) && matches!(rule.says, Says::Role(_)) {
            continue;
        }
        for found in pattern.captures_iter(masked.words.as_bytes()) {
            if let Some(made) = reading.finding(rule, &found)
                && !told[first..].iter().any(|known| says_as_much(known, &made))
            {
                told.push(made);
            }
        }
    }
}

/// Says whether one finding of a sentence already says what another one says.
fn says_as_much(known: &Told, made: &Told) -> bool {
    let (known, made) = (&known.person, &made.person);
    let what = |person: &PersonFinding| {
        (
            person.buying_role,
            person.title.is_some(),
            person.reports_to.is_some(),
            person.succeeds.is_some(),
            person.presence,
            person.former_name.is_some() || person.other_address.is_some(),
        )
    };
    known.name == made.name && known.address == made.address && what(known) == what(made)
}

/// The words of a group; a group that cuts a letter in two has none.
fn written(group: Match<'_>) -> &str {
    std::str::from_utf8(group.as_bytes()).unwrap_or_default()
}

/// A noted sentence with all that reading it takes.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'r> {
    pub(super) text: &'r str,
    pub(super) noted: &'r Noted,
    pub(super) voice: &'r Voice,
    pub(super) rules: &'r [u16],
}

struct Reading<'r> {
    sentence: Sentence<'r>,
    masked: &'r Masked,
}

impl Reading<'_> {
    fn finding(&self, rule: &Rule, found: &Captures<'_>) -> Option<Told> {
        let whole = found.get(0)?;
        if !rule.allows(Allow::Negation) && self.negated(whole.start(), whole.end()) {
            return None;
        }
        let slot = Self::slot(found, ["p", "p2", "p3", "p4"]);
        let subject = slot.map_or(Subject::Speaker, Subject::Slot);
        let guessed = slot.is_some_and(|slot| self.masked.guessed.contains(&slot));
        let confidence = if guessed { rule.confidence * GUESSED } else { rule.confidence };
        let mut person =
            subject.finding(self.sentence.text, self.masked, self.sentence.voice.speaker.as_ref(), confidence)?;
        self.fill(rule, found, &mut person)?;
        Some(Told { range: self.quote(whole.start()..whole.end()), person })
    }

    /// Fills in what the rule says; `None` when that is nothing.
    fn fill(&self, rule: &Rule, found: &Captures<'_>, person: &mut PersonFinding) -> Option<()> {
        let other = || name(self.sentence.text, self.masked, Self::slot(found, ["q", "q2", "q3", "q4"])?);
        match rule.says {
            Says::Role(part) => {
                if let Some(rival) = found.name("c")
                    && !self.is_rival(rival.start())
                {
                    return None;
                }
                person.buying_role = Some(part);
            }
            Says::Title => {
                let range = titles::beginning(&self.masked.words, found.name("t")?.start())?;
                // "The owner is Liz, the controller is Beth": the title belongs to who follows.
                let rest = self.masked.words.get(range.end..).unwrap_or_default();
                if [" is #", " was #", ", #"].iter().any(|follows| rest.starts_with(follows)) {
                    return None;
                }
                person.title = Some(self.title(range)?);
            }
            Says::TitleBefore => {
                person.title = Some(self.title(titles::ending(&self.masked.words, found.name("t")?.range())?)?);
            }
            Says::Department => person.title = Some(self.title(found.name("t")?.range())?),
            Says::Organization => {
                let slot: usize = written(found.name("o")?).parse().ok()?;
                person.organization = one_line(self.sentence.text, self.masked.organizations.get(slot)?.clone());
            }
            Says::ReportsTo => {
                // "My team": the speaker is the one reported to.
                let boss = if found.name("q").is_none() && found.name("q2").is_none() {
                    self.sentence.voice.speaker.as_ref()?.name.clone()
                } else {
                    other()
                };
                person.reports_to = boss.filter(|boss| person.name.as_ref() != Some(boss));
                person.reports_to.as_ref()?;
            }
            Says::Succeeds => {
                person.succeeds = other().filter(|other| person.name.as_ref() != Some(other));
                person.succeeds.as_ref()?;
            }
            Says::Departed => person.presence = Some(Presence::Departed),
            Says::FormerName => self.former_name(found, person)?,
            Says::OtherAddress => {
                let address = found.name("a").or_else(|| found.name("a2"))?;
                let address = written(address).trim_end_matches(['.', '-', '_']).to_owned();
                person.other_address = Some(address).filter(|one| person.address.as_ref() != Some(one));
                person.other_address.as_ref()?;
            }
        }
        Some(())
    }

    /// "Lena Roth, née Voss"; "I got married and am now Lena Roth", where the speaker is known by the old name.
    fn former_name(&self, found: &Captures<'_>, person: &mut PersonFinding) -> Option<()> {
        let Some(before) = found.name("n") else {
            let now = name(self.sentence.text, self.masked, self.masked.people.len().checked_sub(1)?)?;
            let old = person.name.clone().filter(|old| !old.eq_ignore_ascii_case(&now) && old.contains(' '))?;
            let given = old.split(' ').next()?;
            if !now.split(' ').any(|part| part.eq_ignore_ascii_case(given)) {
                return None;
            }
            (person.former_name, person.name) = (Some(old), Some(now));
            return Some(());
        };
        let spelled = one_line(self.sentence.text, self.masked.origin(before.range()))?;
        let slot = written(before).strip_prefix('#').and_then(|rest| rest.get(..1)?.parse().ok());
        let old = slot.and_then(|slot| name(self.sentence.text, self.masked, slot)).unwrap_or(spelled);
        if !old.starts_with(char::is_uppercase) {
            return None;
        }
        let now = person.name.as_deref()?;
        let given = now.split(' ').next()?;
        let full = if old.contains(' ') || !now.contains(' ') { old } else { format!("{given} {old}") };
        person.former_name = Some(full).filter(|full| full != now);
        person.former_name.as_ref().map(|_| ())
    }

    /// The title as written, on one line.
    fn title(&self, range: Range<usize>) -> Option<String> {
        let written = one_line(self.sentence.text, self.masked.origin(range))?;
        let bare = [
            "new ",
            "neue ",
            "neuer ",
            "nouveau ",
            "nouvelle ",
            "nuevo ",
            "nueva ",
            "nieuwe ",
            "former ",
            "old ",
            "current ",
            "dear ",
            "good ",
        ]
        .into_iter()
        .find_map(|word| {
            written.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)).and(written.get(word.len()..))
        });
        let title = bare.unwrap_or(&written);
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// Another product: written with a capital and not the name of a participant's organisation.
    fn is_rival(&self, at: usize) -> bool {
        let place = self.masked.origin(at..at).start;
        let word: String = self
            .sentence
            .text
            .get(place..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '-')
            .collect();
        let lower = word.to_lowercase();
        let own = self
            .sentence
            .voice
            .speaker
            .iter()
            .chain(&self.sentence.voice.addressee)
            .filter_map(|party| party.address.as_deref());
        word.starts_with(char::is_uppercase)
            && word.len() > 2
            && !own.filter_map(|address| address.split('@').nth(1)).any(|domain| domain.contains(&lower))
    }

    fn slot(found: &Captures<'_>, groups: [&str; 4]) -> Option<usize> {
        groups.into_iter().find_map(|group| written(found.name(group)?).parse().ok())
    }

    /// Says whether a negation stands in the match or in the three words before it.
    fn negated(&self, start: usize, end: usize) -> bool {
        static NEGATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r"\b(?:not|never|no longer|nobody|no one|hardly|nicht|kein\w*|nie|pas|jamais|nunca|niet|geen|nooit)\b|n't\b").ok()
        });
        let before = self.masked.words.get(..start).unwrap_or_default();
        let from = before.rmatch_indices(' ').nth(2).map_or(0, |(at, _)| at);
        let clause = before.rfind([',', ';', '.']).map_or(from, |at| from.max(at));
        let words = self.masked.words.get(clause..end).unwrap_or_default();
        NEGATION.as_ref().is_some_and(|negation| negation.is_match(words.as_bytes()))
    }

    /// The sentence, or of a long one the clause around the match.
    fn quote(&self, found: Range<usize>) -> Range<usize> {
        let whole = self.sentence.noted.range.clone();
        if whole.len() <= LONGEST_QUOTE {
            return whole;
        }
        let place = self.masked.origin(found);
        let before = self.sentence.text.get(whole.start..place.start).unwrap_or_default();
        let after = self.sentence.text.get(place.end..whole.end).unwrap_or_default();
        let start = before.rfind([';', ':', '\n', '(']).map_or(whole.start, |at| whole.start + at + 1);
        let end = after.find([';', '\n', ')']).map_or(whole.end, |at| place.end + at);
        let words = self.sentence.text.get(start..end).unwrap_or_default();
        let skipped = words.len() - words.trim_start().len();
        start + skipped..start + words.trim_end().len()
    }
}
