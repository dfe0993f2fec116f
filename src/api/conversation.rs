//! A message in its conversation, and a text cut at the words that matter.

use jiff::Timestamp;
use serde::Serialize;

use super::{ApiError, App, When, interaction};
use crate::access::Caller;
use crate::extract::zones;
use crate::model::{
    AccountSlug, Interaction, InteractionKind, InteractionNode, Iri, ParticipantRole, Side, Span, Stakeholder,
    TextIndex, ZoneKind,
};

/// Messages of a conversation shown at a time.
const MOST: usize = 30;

/// Code points of a long text that are shown at once, on each side of the words where there are some.
const AROUND: u32 = 900;

/// A conversation around one of its messages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversation {
    /// The messages, by time.
    pub messages: Vec<Message>,
    /// How many came before them.
    pub earlier: usize,
    /// How many came after them.
    pub later: usize,
    /// Where the message that was asked for stands among them.
    pub place: usize,
}

/// Something that was said, wrote or recorded, with who and to whom.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    /// The source's own identity.
    pub id: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Option<Timestamp>,
    /// Subject line or title.
    pub subject: Option<String>,
    /// Who said it; none where that is not certain.
    pub author: Option<Voice>,
    /// To whom.
    pub recipients: Vec<Voice>,
    /// The words.
    pub text: String,
}

/// Somebody in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// The person, where it is one of the account.
    pub person: Option<Iri>,
    /// Name, or the address.
    pub name: String,
    /// Side, where it is known.
    pub side: Option<Side>,
}

/// A text cut at a quote, long ends apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// What stands so far before the quote that it can be folded away.
    pub folded_before: String,
    /// What stands before the quote.
    pub before: String,
    /// The quote; empty without one.
    pub quote: String,
    /// What stands after it.
    pub after: String,
    /// What can be folded away after that: a signature, earlier mails, the rest of a long call.
    pub folded_after: String,
}

/// A message in its conversation, at the time of the question.
pub async fn conversation(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    id: &str,
    when: When,
) -> Result<Conversation, ApiError> {
    let asked = interaction(app, caller, account, id).await?;
    let known = app.known(caller, account, when).await?;
    let (nodes, people) = (known.interactions().await?, known.people_in_brief().await?);
    let thread = asked.thread.as_deref();
    let is_beside = |node: &&InteractionNode| {
        node.id == id || (thread.is_some() && node.thread.as_deref() == thread && caller.sight().sees(node.visibility))
    };
    let beside: Vec<&InteractionNode> = nodes.iter().filter(is_beside).collect();
    let Some(place) = beside.iter().position(|node| node.id == id) else {
        // It counts for nothing at that time, and can be read all the same.
        let messages = vec![message(asked, None, people)];
        return Ok(Conversation { messages, earlier: 0, later: 0, place: 0 });
    };
    let from = place.saturating_sub(MOST / 2).min(beside.len().saturating_sub(MOST));
    let until = beside.len().min(from + MOST);
    let mut messages = Vec::with_capacity(until - from);
    for node in &beside[from..until] {
        let found = app.stores.archive.interaction(account, &node.id).await?;
        let seen = found.filter(|found| caller.sight().sees(found.visibility));
        messages.extend(seen.map(|found| message(found, Some(node), people)));
    }
    let place = messages.iter().position(|message| message.id == id).unwrap_or_default();
    Ok(Conversation { messages, earlier: from, later: beside.len() - until, place })
}

fn message(said: Interaction, node: Option<&InteractionNode>, people: &[Stakeholder]) -> Message {
    let of_person = |iri: &Iri| {
        let person = people.iter().find(|person| person.id == *iri)?;
        Some(Voice { person: Some(iri.clone()), name: person.name.clone(), side: person.side })
    };
    let author = node.and_then(|node| node.author.as_ref()).and_then(of_person);
    let recipients = node.map(|node| node.recipients.iter().filter_map(of_person).collect());
    Message {
        author: author.or_else(|| named(&said, &AUTHORS).into_iter().next()),
        recipients: recipients.unwrap_or_else(|| named(&said, &RECIPIENTS)),
        id: said.id,
        kind: said.kind,
        at: said.sent_at,
        subject: said.subject,
        text: said.text,
    }
}

const AUTHORS: [ParticipantRole; 3] = [ParticipantRole::From, ParticipantRole::Author, ParticipantRole::Requester];
const RECIPIENTS: [ParticipantRole; 2] = [ParticipantRole::To, ParticipantRole::Cc];

/// Who took part in one of these ways, as the source names them.
fn named(said: &Interaction, roles: &[ParticipantRole]) -> Vec<Voice> {
    let taking_part = said.participants.iter().filter(|one| roles.contains(&one.role));
    let voice = |one: &crate::model::Participant| {
        let name = one.name.clone().or_else(|| one.address.clone())?;
        Some(Voice { person: None, name, side: one.side })
    };
    taking_part.filter_map(voice).collect()
}

/// Cuts a text at a quote. A span that does not lie in the text marks nothing.
pub fn excerpt(text: &str, kind: InteractionKind, quote: Option<Span>) -> Excerpt {
    let index = TextIndex::new(text);
    let inside = quote.filter(|span| span.start < span.end && span.end <= index.len());
    let (start, end) = inside.map_or((0, 0), |span| (span.start, span.end));
    let is_long = index.len() > end.max(AROUND) + AROUND / 2 || start > AROUND + AROUND / 2;
    let first = if is_long { start.saturating_sub(AROUND) } else { 0 };
    let last = if is_long { index.len().min(end + AROUND) } else { index.len() };
    let (quote, from) = (index.byte(start)..index.byte(end), line_before(text, index.byte(first)));
    let until = line_after(text, index.byte(last)).min(tail(text, kind, quote.end)).max(quote.end);
    let cut = |from: usize, until: usize| text.get(from..until).unwrap_or_default().to_owned();
    let from = from.min(quote.start);
    Excerpt {
        folded_before: cut(0, from),
        before: cut(from, quote.start),
        quote: cut(quote.start, quote.end),
        after: cut(quote.end, until),
        folded_after: cut(until, text.len()),
    }
}

fn line_before(text: &str, byte: usize) -> usize {
    text.get(..byte).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
}

fn line_after(text: &str, byte: usize) -> usize {
    text.get(byte..).and_then(|after| after.find('\n')).map_or(text.len(), |at| byte + at)
}

/// Where a signature, earlier mails and the like begin that nothing new follows; not before `byte`.
fn tail(text: &str, kind: InteractionKind, byte: usize) -> usize {
    let is_new = |kind: ZoneKind| match kind {
        ZoneKind::Greeting | ZoneKind::Body | ZoneKind::Closing | ZoneKind::Forwarded => true,
        ZoneKind::Signature | ZoneKind::Quoted | ZoneKind::QuoteHeader | ZoneKind::Disclaimer | ZoneKind::Automatic => {
            false
        }
    };
    let zones = zones::split(text, kind);
    let end = zones.iter().rev().find(|zone| is_new(zone.kind)).map_or(text.len(), |zone| zone.range.end);
    if end < byte { text.len() } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_quote() {
        let text = "Grüße aus Köln.\nWir liefern am Freitag. Danke!";
        let cut = excerpt(text, InteractionKind::Chat, Some(Span::new(16, 39)));
        assert_eq!((cut.before.as_str(), cut.quote.as_str()), ("Grüße aus Köln.\n", "Wir liefern am Freitag."));
        assert_eq!((cut.after.as_str(), cut.folded_after.as_str()), (" Danke!", ""));
        assert_eq!(excerpt(text, InteractionKind::Chat, Some(Span::new(16, 900))).quote, "");
        assert_eq!(excerpt(text, InteractionKind::Chat, None).after, text);
    }

    #[test]
    fn nothing_is_lost_when_long_ends_are_folded() {
        let turns: Vec<String> = (0..400).map(|turn| format!("Ann Lee: turn {turn}, ünd more\n")).collect();
        let text = turns.concat();
        let cut = excerpt(&text, InteractionKind::Call, Some(Span::new(6_000, 6_010)));
        assert!(!cut.folded_before.is_empty() && !cut.folded_after.is_empty());
        assert!(cut.before.starts_with("Ann Lee") && cut.before.len() < 2_000);
        let whole = [cut.folded_before, cut.before, cut.quote, cut.after, cut.folded_after].concat();
        assert_eq!(whole, text);
    }

    #[test]
    fn the_mail_before_is_folded_away() {
        let text = "Yes, that works.\n\nOn Mon, 12 Jan 2026 at 09:30, Ann Lee wrote:\n> Can you?\n> Ann\n";
        let cut = excerpt(text, InteractionKind::Email, Some(Span::new(0, 16)));
        assert_eq!(cut.quote, "Yes, that works.");
        assert!(cut.folded_after.contains("Can you?") && !cut.after.contains("wrote"), "{cut:?}");
    }
}
