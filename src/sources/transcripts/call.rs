//! From utterances to the one interaction of a call: turns are merged, spans counted, the date found.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, Turn};
use crate::sources::dates::{self, Moment};
use crate::sources::{Sink, emit};

use super::names;

/// Something one voice said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Utterance {
    /// The source's label of the voice, whatever it is.
    pub(super) label: Option<String>,
    /// Seconds since the start of the call.
    pub(super) at_s: Option<f64>,
    /// What was said.
    pub(super) words: String,
}

/// A call as it was read.
#[derive(Debug, Default)]
pub(super) struct Call {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) date: Option<Moment>,
    /// People that the source lists apart from the turns.
    pub(super) people: Vec<Participant>,
    pub(super) utterances: Vec<Utterance>,
    pub(super) attributes: BTreeMap<String, String>,
}

impl Call {
    /// Takes a `Key: value` line that says something about the call; answers whether it did.
    pub(super) fn take_metadata(&mut self, line: &str) -> bool {
        let (key, value) = match line.split_once(':') {
            Some((key, value)) => (key.trim().trim_matches(['*', '#', ' ']), value.trim().trim_matches('*').trim()),
            None => return self.take_recorded(line),
        };
        match key.to_lowercase().as_str() {
            "date" | "recorded" | "start" | "started" | "start time" | "when" | "meeting date" | "recorded on"
            | "time" => {
                let Some(date) = dates::moment(value) else { return false };
                self.date = Some(date);
            }
            "title" | "subject" | "topic" | "meeting" | "call" | "meeting title" => self.title = emit::full(value),
            "meeting id" | "call id" | "meeting uuid" => {
                self.id = emit::full(&value.split_whitespace().collect::<String>());
            }
            "attendees" | "participants" | "present" | "with" | "invitees" | "speakers" => self.add_people(value),
            "duration" | "location" | "language" | "kind" | "recording" => {}
            _ => return self.take_recorded(line),
        }
        true
    }

    /// `Recorded 2026-01-12T15:00:00Z` and the like.
    fn take_recorded(&mut self, line: &str) -> bool {
        let lower = line.to_lowercase();
        let Some(word) =
            ["recorded on ", "recorded at ", "recorded ", "date "].iter().find(|word| lower.starts_with(**word))
        else {
            return false;
        };
        let date = line.get(word.len()..).and_then(dates::moment);
        self.date = date.or(self.date);
        date.is_some()
    }

    /// Adds a list of people, separated by commas.
    pub(super) fn add_people(&mut self, list: &str) {
        let people = list.split([',', ';']).filter_map(emit::Person::parse);
        let people =
            people.filter(|person| person.name.as_deref().is_none_or(|name| !name.ends_with("'s Presentation")));
        self.people.extend(people.map(|person| person.as_role(ParticipantRole::Attendee)));
    }

    /// Hands over the call, or the problem that it holds no words or no date.
    pub(super) fn finish(self, label: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
        let name = emit::file_name(label);
        if self.utterances.is_empty() {
            return emit::reject(sink, label, self.id.unwrap_or_default(), "the transcript has no cues or turns");
        }
        let named_date = dates::in_name(name);
        let Some(date) = self.date.or_else(|| named_date.clone().map(|(moment, _)| moment)) else {
            return emit::reject(
                sink,
                label,
                self.id.unwrap_or_default(),
                "no date, neither in the file nor in its name",
            );
        };
        let id = self.id.clone().unwrap_or_else(|| id_of_name(name, &date));
        let by_name = || title_of_name(name, named_date.map(|(_, range)| range)).filter(|_| self.id.is_none());
        let subject = self.title.clone().or_else(by_name);
        let (text, turns) = lay_out(&merge(self.utterances));
        emit::give(
            sink,
            Interaction {
                id: format!("call:{id}"),
                kind: InteractionKind::Call,
                sent_at: Some(date.at),
                utc_offset_minutes: date.utc_offset_minutes,
                subject,
                participants: participants(self.people, &turns),
                text,
                turns,
                attributes: self.attributes,
                ..Interaction::default()
            },
        )
    }
}

/// Joins what one voice says in a row. Utterances without any label are joined only within a sentence,
/// for the voice may have changed in between.
fn merge(utterances: Vec<Utterance>) -> Vec<Utterance> {
    let mut merged: Vec<Utterance> = Vec::new();
    for utterance in utterances {
        if let Some(last) = merged.last_mut() {
            let open = !last.words.ends_with(['.', '?', '!', '…', '。', '？', '！']);
            let goes_on = match (&last.label, &utterance.label) {
                // A label that names nobody may stand for several voices.
                (Some(last), Some(this)) => last == this && (open || names::person(this).is_some()),
                (_, None) => open,
                (None, Some(_)) => false,
            };
            if goes_on {
                last.words.push(' ');
                last.words.push_str(&utterance.words);
                continue;
            }
        }
        merged.push(utterance);
    }
    merged
}

/// The text, a line a turn, and the spans of the words in code points.
fn lay_out(utterances: &[Utterance]) -> (String, Vec<Turn>) {
    let mut text = String::new();
    let mut turns = Vec::with_capacity(utterances.len());
    let mut at = 0usize;
    for utterance in utterances {
        let label = utterance.label.as_deref().unwrap_or("Speaker");
        let before = if text.is_empty() { format!("{label}: ") } else { format!("\n{label}: ") };
        let start = at + before.chars().count();
        at = start + utterance.words.chars().count();
        text.push_str(&before);
        text.push_str(&utterance.words);
        turns.push(Turn {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(at).unwrap_or(u32::MAX),
            speaker: utterance.label.as_deref().and_then(names::person).map(str::to_owned),
            at_s: utterance.at_s,
        });
    }
    (text, turns)
}

/// Who spoke, in order of speaking, with what the source lists about them; then who was only present.
fn participants(mut listed: Vec<Participant>, turns: &[Turn]) -> Vec<Participant> {
    let mut people: Vec<Participant> = Vec::new();
    for name in turns.iter().filter_map(|turn| turn.speaker.as_deref()) {
        if people.iter().any(|person| person.name.as_deref() == Some(name)) {
            continue;
        }
        let known = listed.iter().position(|person| person.name.as_deref() == Some(name)).map(|at| listed.remove(at));
        let person = known.unwrap_or_else(|| Participant { name: Some(name.to_owned()), ..Participant::default() });
        people.push(Participant { role: ParticipantRole::Speaker, ..person });
    }
    people.extend(listed);
    people
}

/// Names that many calls share, so that the day must tell them apart.
const COMMON_STEMS: [&str; 8] =
    ["transcript", "audio_transcript", "captions", "meeting", "recording", "call", "audio transcript", "subtitles"];

fn stem(name: &str) -> &str {
    let mut stem = name;
    while let Some((rest, end)) = stem.rsplit_once('.') {
        let known = ["vtt", "srt", "txt", "json", "md", "sbv", "transcript", "cc"];
        if rest.is_empty() || !known.contains(&end.to_lowercase().as_str()) {
            break;
        }
        stem = rest;
    }
    stem
}

fn id_of_name(name: &str, date: &Moment) -> String {
    let stem = stem(name);
    if stem.is_empty() || COMMON_STEMS.contains(&stem.to_lowercase().as_str()) {
        return format!("{stem}:{}", date.at);
    }
    stem.to_owned()
}

/// What a file name says beside its date: `2026-01-12 Kick-off.vtt` is `Kick-off`.
fn title_of_name(name: &str, date: Option<std::ops::Range<usize>>) -> Option<String> {
    let stem = stem(name);
    let date = date.filter(|range| range.end <= stem.len());
    let mut rest = match date {
        Some(range) => format!("{} {}", stem.get(..range.start)?, stem.get(range.end..)?),
        None => stem.to_owned(),
    };
    for word in ["GMT", "Recording", "- Transcript", "transcript", "()"] {
        rest = rest.replace(word, "");
    }
    let title = rest.replace('_', " ");
    let title = title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | '(' | ')'));
    let common = COMMON_STEMS.contains(&title.to_lowercase().as_str());
    (title.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !common).then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_names() {
        let check = |name: &str, expected: Option<&str>| {
            let range = dates::in_name(name).map(|(_, range)| range);
            assert_eq!(title_of_name(name, range).as_deref(), expected, "{name}");
        };
        check("2026-01-12 Kick-off call.vtt", Some("Kick-off call"));
        check("GMT20260112-150000_Recording.transcript.vtt", None);
        check("transcript.vtt", None);
        check("Weekly sync (2026-01-12 at 15 00 GMT-8) - Transcript.txt", Some("Weekly sync"));
        check("alder_discovery.srt", Some("alder discovery"));
    }

    #[test]
    fn spans_cover_the_words() {
        let say = |label: Option<&str>, words: &str| Utterance {
            label: label.map(str::to_owned),
            at_s: None,
            words: words.to_owned(),
        };
        let (text, turns) = lay_out(&merge(vec![
            say(Some("Zoë"), "naïve plan"),
            say(Some("Zoë"), "goes on."),
            say(None, "who"),
            say(None, "said this?"),
            say(Some("Speaker 1"), "me"),
        ]));
        assert_eq!(text, "Zoë: naïve plan goes on.\nSpeaker: who said this?\nSpeaker 1: me");
        let words: Vec<_> = turns
            .iter()
            .map(|turn| (turn.speaker.as_deref(), crate::model::Span::new(turn.start, turn.end).of(&text).unwrap()))
            .collect();
        assert_eq!(words, [(Some("Zoë"), "naïve plan goes on."), (None, "who said this?"), (None, "me")]);
    }
}
