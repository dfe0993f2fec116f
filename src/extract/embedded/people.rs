//! The people an interaction tells of: named in its text, signed under it, away or gone.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::extract::{
    ByteZone, SentenceContext, automatic,
    mentions::{ByteMention, is_first_name, is_honorific},
    persons, signature,
};
use crate::model::{Interaction, MentionKind, Party, PersonFinding, PersonSource, Presence, TextIndex, ZoneKind};

/// How sure each way of telling is.
const MENTION_CONFIDENCE: f32 = 0.7;
/// A lone word that no list of first names has, and only its surroundings make a name.
const LONE_WORD_CONFIDENCE: f32 = 0.5;
const SIGNATURE_CONFIDENCE: f32 = 0.9;
const ABSENCE_CONFIDENCE: f32 = 0.85;

/// A finding that says nothing yet but where it was read.
fn bare(
    text: &str,
    index: &TextIndex<'_>,
    source: PersonSource,
    range: Range<usize>,
    confidence: f32,
) -> PersonFinding {
    let quote = text.get(range.clone()).unwrap_or_default().to_owned();
    PersonFinding::at(source, index.span(range), quote, confidence)
}

/// People named in the text who did not take part, each once.
pub(super) fn mentioned(
    text: &str,
    index: &TextIndex<'_>,
    mentions: &[ByteMention],
    known: &[Party],
) -> Vec<PersonFinding> {
    let mut made: Vec<PersonFinding> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
        let Some(name) = text.get(mention.range.clone()) else { continue };
        let took_part = known.iter().any(|party| party.name.as_deref().is_some_and(|known| is_part_of(name, known)));
        let told = made.iter().any(|person| person.name.as_deref() == Some(name));
        if !took_part && !told {
            let confidence = if is_listed(text, mention) { MENTION_CONFIDENCE } else { LONE_WORD_CONFIDENCE };
            let mut person = bare(text, index, PersonSource::Mention, mention.range.clone(), confidence);
            person.name = Some(name.to_owned());
            made.push(person);
        }
    }
    made
}

/// Says whether a name has two words, or is a listed first name, or stands after "Mr" and the like.
fn is_listed(text: &str, mention: &ByteMention) -> bool {
    let name = &text[mention.range.clone()];
    let before = text[..mention.range.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    name.contains(char::is_whitespace) || is_first_name(&name.to_lowercase()) || is_honorific(before)
}

/// "Sam" and "Sam Ortiz" are the same participant.
fn is_part_of(name: &str, known: &str) -> bool {
    known.eq_ignore_ascii_case(name) || known.split_whitespace().any(|part| part.eq_ignore_ascii_case(name))
}

/// What sentences say of people.
pub(super) fn told(text: &str, index: &TextIndex<'_>, told: Vec<persons::Told>) -> impl Iterator<Item = PersonFinding> {
    told.into_iter().map(move |told| {
        let mut person = told.person;
        text.get(told.range.clone()).unwrap_or_default().clone_into(&mut person.quote);
        person.span = index.span(told.range);
        person
    })
}

/// What the author's signature says of the author.
pub(super) fn signed(
    interaction: &Interaction,
    index: &TextIndex<'_>,
    zones: &[ByteZone],
    author: Option<&Party>,
) -> Vec<PersonFinding> {
    let text = interaction.text.as_str();
    let mut made = Vec::new();
    for zone in zones.iter().filter(|zone| zone.kind == ZoneKind::Signature) {
        let fields = signature::read(text, zone.range.clone());
        let words = |range: &Option<Range<usize>>| range.clone().and_then(|range| text.get(range)).map(str::to_owned);
        let first =
            |ranges: &[Range<usize>]| ranges.first().and_then(|range| text.get(range.clone())).map(str::to_owned);
        let told = fields.title.is_some()
            || fields.organization.is_some()
            || !fields.phones.is_empty()
            || fields.name.is_some();
        let range = trimmed(text, zone.range.clone());
        if !told || range.is_empty() {
            continue;
        }
        let mut person = bare(text, index, PersonSource::Signature, range, SIGNATURE_CONFIDENCE);
        person.name = words(&fields.name).or_else(|| author.and_then(|author| author.name.clone()));
        person.address = author.and_then(|author| author.address.clone()).or_else(|| first(&fields.addresses));
        person.title = words(&fields.title);
        person.organization = words(&fields.organization);
        person.phone = first(&fields.phones);
        made.push(person);
    }
    made
}

/// Who is away or gone, and whom to ask instead.
pub(super) fn absent(interaction: &Interaction, index: &TextIndex<'_>, author: Option<&Party>) -> Vec<PersonFinding> {
    let text = interaction.text.as_str();
    let Some(absence) = automatic::absence(text) else { return Vec::new() };
    let words = |range: &Option<Range<usize>>| range.clone().and_then(|range| text.get(range)).map(str::to_owned);
    let mut gone = bare(text, index, PersonSource::AutoReply, absence.range.clone(), ABSENCE_CONFIDENCE);
    gone.presence = Some(absence.presence);
    if let Some(name) = words(&absence.person) {
        gone.name = Some(name);
    } else {
        gone.name = author.and_then(|author| author.name.clone());
        gone.address = author.and_then(|author| author.address.clone());
    }
    let mut made = Vec::new();
    if gone.name.is_some() || gone.address.is_some() {
        made.push(gone);
    }
    if let Some(range) = absence.replacement_name.clone().or_else(|| absence.replacement_address.clone()) {
        let mut instead = bare(text, index, PersonSource::AutoReply, range, ABSENCE_CONFIDENCE);
        instead.name = words(&absence.replacement_name);
        instead.address = words(&absence.replacement_address);
        made.push(instead);
    }
    made
}

/// Somebody who says goodbye, or of whom it is said that they have left.
pub(super) fn leaving(context: &SentenceContext<'_>, index: &TextIndex<'_>) -> Option<PersonFinding> {
    let words = context.words();
    let lower = words.to_ascii_lowercase();
    if !["last day", "leaving", "left ", "no longer "].iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    let [own, other] = goodbyes()?;
    let is_trip =
        ["vacation", "holiday", "leave of", "parental", "before my leave", "trip"].iter().any(|w| lower.contains(w));
    if is_trip || lower.trim_end().ends_with('?') {
        return None;
    }
    let mut person = bare(context.text, index, PersonSource::Introduction, context.range.clone(), ABSENCE_CONFIDENCE);
    person.presence = Some(Presence::Departed);
    if own.is_match(words) {
        let speaker = context.speaker?;
        (person.name, person.address) = (speaker.name.clone(), speaker.address.clone());
        return Some(person);
    }
    let found = other.captures(words)?;
    person.name = Some(found.get(1).or_else(|| found.get(2))?.as_str().to_owned());
    Some(person)
}

/// "My last day is…", "I am leaving the company"; "Tom has left the company".
fn goodbyes() -> Option<&'static [Regex; 2]> {
    static GOODBYES: OnceLock<Option<[Regex; 2]>> = OnceLock::new();
    GOODBYES.get_or_init(|| {
        let own = r"(?:\b[Mm]y last (?:working )?day (?:here |(?:at|with) \S+ (?:[A-Z]\S* ){0,3})?(?:is|will be|was)\b|\bI(?: am|'m|’m| will be|'ll be) leaving (?:the company|the firm|the organi[sz]ation|us\b|you all|[A-Z]\w+(?: [A-Z]\w+)?(?:$|[.,;!]| (?:at the end|on|after|in|for a new|to)\b))|\bI have decided to leave (?:the company|[A-Z]\w+)|\bI(?: will|'ll|’ll)? no longer work (?:for|at|with) )";
        let other = r"\b([A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:has left|left|is leaving|has now left|will be leaving) (?:the company|the firm|the organi[sz]ation)\b|\b([A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:is no longer with (?:us|the company)|no longer works (?:here|with us|for us))\b";
        Some([Regex::new(own).ok()?, Regex::new(other).ok()?])
    })
    .as_ref()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + words.len() - words.trim_start().len();
    start..range.start + words.trim_end().len().max(start - range.start)
}
