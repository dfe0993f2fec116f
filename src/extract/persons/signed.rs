//! A title below the author's own name where no signature was told apart: two lines at the end of a mail.

use super::Told;
use crate::extract::{SentenceContext, mentions::titles::is_title_line};
use crate::model::{PersonFinding, PersonSource, Span};

const CONFIDENCE: f32 = 0.85;
const LONGEST_BYTES: usize = 70;

/// The title of the speaker, when the sentence or the one before is their name and a title line follows.
pub(super) fn title(context: &SentenceContext<'_>) -> Option<Told> {
    let speaker = context.speaker?;
    let name = speaker.name.as_deref()?;
    let words = context.words();
    let is_name = |line: &str| line.trim().eq_ignore_ascii_case(name);
    let below = if context.previous.is_some_and(is_name) {
        0
    } else {
        let first = words.lines().next().filter(|first| first.len() < words.len())?;
        is_name(first).then(|| words.find('\n')).flatten()? + 1
    };
    let line = words.get(below..)?.lines().next()?;
    let title = line.split([',', '|']).next()?.trim();
    let fits =
        title.len() <= LONGEST_BYTES && title.starts_with(char::is_uppercase) && !title.ends_with(['.', '!', '?', ':']);
    if !fits || !is_title_line(title) {
        return None;
    }
    let start = context.range.start + below + (line.len() - line.trim_start().len());
    let mut person =
        PersonFinding::at(PersonSource::Introduction, Span { start: 0, end: 0 }, String::new(), CONFIDENCE);
    (person.name, person.address) = (speaker.name.clone(), speaker.address.clone());
    person.title = Some(title.to_owned());
    Some(Told { range: start..start + title.len(), person })
}
