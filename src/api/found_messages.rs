//! Search over what was said, word by word.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ApiError, App, When};
use crate::access::Caller;
use crate::archive::{FoundText, Wanted};
use crate::model::{AccountSlug, Interaction, InteractionKind, ParticipantRole};

/// Messages of a page when the caller does not say, and at most.
const USUAL: usize = 20;
const MOST: usize = 100;
/// Words that are looked for.
const MOST_WORDS: usize = 12;
/// Letters of a text that are shown around the first word that was found.
const BEFORE: usize = 80;
const SHOWN: usize = 280;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessageSearch {
    /// Words that must all be there, in any case.
    #[param(min_length = 1)]
    pub q: String,
    /// Only messages of this kind.
    pub kind: Option<InteractionKind>,
    /// At most so many, 20 when not given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<usize>,
    /// `next` of the page before.
    #[param(pattern = "^-?[0-9]+-[0-9]+$")]
    pub cursor: Option<String>,
}

/// A piece of a text: the words that were looked for, or what stands between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is a word that was looked for.
    pub is_hit: bool,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FoundMessage {
    /// The account.
    pub account: Option<AccountSlug>,
    /// The source's own identity.
    pub id: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Option<Timestamp>,
    /// Who said it, as the source writes it.
    pub author: Option<String>,
    /// Subject line or title.
    pub subject: Vec<Piece>,
    /// The text around the first word that was found.
    pub snippet: Vec<Piece>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FoundMessages {
    /// The messages, newest first.
    pub data: Vec<FoundMessage>,
    /// What the next page is asked for with; `None` on the last one.
    pub next: Option<String>,
    /// Whether older messages were not looked through.
    pub was_cut: bool,
}

/// The words of a question, in small letters.
pub fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.dedup();
    words.truncate(MOST_WORDS);
    words
}

/// The messages of some accounts that have all the words, newest first.
pub async fn search_messages(
    app: &App,
    caller: &Caller,
    accounts: &[AccountSlug],
    (request, when): (&MessageSearch, When),
) -> Result<FoundMessages, ApiError> {
    for account in accounts {
        caller.require_account(account)?;
    }
    if let [account] = accounts {
        app.stores.require(account).await?;
    }
    let limit = request.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(ApiError::Invalid(format!("limit is {limit}: it must be 1 to {MOST}")));
    }
    let after = request.cursor.as_deref().filter(|after| !after.is_empty());
    let words = words_of(&request.q);
    if words.is_empty() {
        return Err(ApiError::Invalid("q is empty: say what is looked for".to_owned()));
    }
    let wanted = Wanted {
        accounts,
        words: &words,
        kind: request.kind,
        until: app.judged_at(when),
        sight: caller.sight(),
        after: after.map(place).transpose()?,
        // One more than is shown tells whether there are more.
        limit: limit + 1,
    };
    let mut answer = app.stores.archive.search_texts(wanted).await?;
    let more = answer.found.len() > limit;
    answer.found.truncate(limit);
    let last = answer.found.last().map(|last| format!("{}-{}", last.place.0, last.place.1));
    let data = answer.found.into_iter().map(|FoundText { interaction, .. }| found(interaction, &words)).collect();
    Ok(FoundMessages { data, next: last.filter(|_| more), was_cut: answer.was_cut })
}

/// The place that a page ended at.
fn place(text: &str) -> Result<(i64, i64), ApiError> {
    let numbers = text.rsplit_once('-').and_then(|(at, row)| Some((at.parse().ok()?, row.parse().ok()?)));
    numbers.ok_or_else(|| ApiError::Invalid("the cursor is none that this service gave".to_owned()))
}

fn found(interaction: Interaction, words: &[String]) -> FoundMessage {
    let speaks = [ParticipantRole::From, ParticipantRole::Author, ParticipantRole::Speaker, ParticipantRole::Requester];
    let author = speaks.into_iter().find_map(|role| interaction.participant(role));
    FoundMessage {
        author: author.and_then(|author| author.name.clone().or_else(|| author.address.clone())),
        subject: interaction.subject.as_deref().map(|subject| marked(subject, words)).unwrap_or_default(),
        snippet: snippet(&interaction.text, words),
        account: interaction.account,
        id: interaction.id,
        kind: interaction.kind,
        at: interaction.sent_at,
    }
}

/// The text around the first word that is found, in pieces.
fn snippet(text: &str, words: &[String]) -> Vec<Piece> {
    let first = next_hit(text, 0, words).map_or(0, |(start, _)| start);
    let from = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let until = text[from..].char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| from + at);
    let mut pieces = marked(&text[from..until], words);
    let dots = || Piece { text: "…".to_owned(), is_hit: false };
    if from > 0 {
        pieces.insert(0, dots());
    }
    if until < text.len() {
        pieces.push(dots());
    }
    pieces
}

/// A text in pieces, so that the words can be marked.
pub fn marked(text: &str, words: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut piece = |text: &str, is_hit| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_hit });
        }
    };
    while let Some((start, end)) = next_hit(text, done, words) {
        piece(&text[done..start], false);
        piece(&text[start..end], true);
        done = end;
    }
    piece(&text[done..], false);
    pieces
}

/// The first place from a byte on where one of the words stands; of several the longest.
fn next_hit(text: &str, from: usize, words: &[String]) -> Option<(usize, usize)> {
    text[from..].char_indices().find_map(|(at, _)| {
        let start = from + at;
        let ends = words.iter().filter_map(|word| end_of(text, start, word));
        ends.max().map(|end| (start, end))
    })
}

/// Where a word in small letters ends that stands at a byte of a text in any case.
fn end_of(text: &str, start: usize, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut next = wanted.next();
    for (at, letter) in text[start..].char_indices() {
        if next.is_none() {
            return (at > 0).then_some(start + at);
        }
        for small in letter.to_lowercase() {
            if next != Some(small) {
                return None;
            }
            next = wanted.next();
        }
    }
    (next.is_none() && !word.is_empty()).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: &str) {
        let written: String = snippet(text, &words_of(words))
            .into_iter()
            .map(|piece| if piece.is_hit { format!("[{}]", piece.text) } else { piece.text })
            .collect();
        assert_eq!(written, expected, "{words}");
    }

    #[test]
    fn words_are_marked_whatever_their_case() {
        check("Please send the Report", "report SEND", "Please [send] the [Report]");
        check("ÜBER die Straße, über", "über", "[ÜBER] die Straße, [über]");
        check("a report on reports", "rep report", "a [report] on [report]s");
        check("nothing here", "else", "nothing here");
        check("<b>bold</b>", "<b>", "[<b>]bold</b>");
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_word() {
        let text = format!("{}needle{}", "é".repeat(200), "x".repeat(400));
        let pieces = snippet(&text, &words_of("needle"));
        assert_eq!(pieces.iter().filter(|piece| piece.is_hit).count(), 1);
        let length: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
        assert_eq!(length, SHOWN + 2);
    }
}
