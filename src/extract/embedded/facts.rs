//! Turns what the readers found in a sentence into findings in code points.

use std::ops::Range;

use crate::extract::{
    SentenceContext,
    acts::{ActFinding, Deed},
    topics::TopicFinding,
};
use crate::model::{FactFinding, FactKind, InteractionKind, Party, Response, ResponseAct, TextIndex};

/// A fact out of an act; `None` for an answer.
pub(super) fn of_act(context: &SentenceContext<'_>, index: &TextIndex<'_>, act: &ActFinding) -> Option<FactFinding> {
    let kind = match act.deed {
        Deed::Commitment => FactKind::Commitment,
        Deed::Request => FactKind::Request,
        Deed::Decision => FactKind::Decision,
        Deed::Response(_) => return None,
    };
    let mut fact = bare(context, index, kind, act.range.clone())?;
    fact.statement.clone_from(&act.statement);
    fact.polarity = act.polarity;
    fact.owner.clone_from(&act.owner);
    fact.beneficiary.clone_from(&act.beneficiary);
    fact.due.clone_from(&act.due);
    fact.condition.clone_from(&act.condition);
    fact.confidence = act.confidence;
    act.rule.clone_into(&mut fact.rule);
    Some(fact)
}

/// An answer out of an act.
pub(super) fn response(
    context: &SentenceContext<'_>,
    index: &TextIndex<'_>,
    act: &ActFinding,
    answers: ResponseAct,
) -> Option<Response> {
    Some(Response {
        act: answers,
        object: Some(act.statement.clone()).filter(|object| answers != ResponseAct::Accepts && names_something(object)),
        speaker: if answers == ResponseAct::Fulfils { act.owner.clone() } else { context.speaker.cloned() },
        due: act.due.clone(),
        span: index.span(act.range.clone()),
        quote: context.text.get(act.range.clone())?.to_owned(),
        confidence: act.confidence,
        meaning: None,
    })
}

/// "It", "that" and the like leave it to the thread to tell what is meant.
fn names_something(object: &str) -> bool {
    let first = object.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    !matches!(first.as_str(), "" | "it" | "that" | "this" | "them" | "those" | "these" | "you" | "and")
}

/// A fact out of a topic.
pub(super) fn of_topic(
    context: &SentenceContext<'_>,
    index: &TextIndex<'_>,
    topic: &TopicFinding,
) -> Option<FactFinding> {
    let mut fact = bare(context, index, topic.kind, topic.range.clone())?;
    fact.category.clone_from(&topic.category);
    fact.polarity = topic.polarity;
    fact.confidence = topic.confidence;
    fact.by_side = topic.by_side;
    topic.rule.clone_into(&mut fact.rule);
    if let Some(statement) = &topic.statement {
        fact.statement.clone_from(statement);
    }
    // A preference belongs to the one who states it; other topics to nobody in particular.
    if topic.kind == FactKind::Preference {
        fact.owner = preferring(context);
    }
    Some(fact)
}

/// Whose preference a sentence tells: a person it names first ("Dana wants bullets"), else the speaker. A note tells of
/// others: there the author is meant only by "I", and a sentence without a name goes on about the one named before.
fn preferring(context: &SentenceContext<'_>) -> Option<Party> {
    let words = context.words();
    if let Some(name) = named_first(words) {
        return Some(known(context, name));
    }
    let own = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "I" | "me" | "my" | "My" | "us" | "we" | "We"));
    if own || context.kind != InteractionKind::Note {
        let third = ["she ", "he ", "they "].iter().any(|pronoun| words.to_ascii_lowercase().starts_with(pronoun));
        return context.speaker.filter(|_| own || !third).cloned();
    }
    context.previous.and_then(named_first).map(|name| known(context, name))
}

/// The name that opens a sentence as its subject or heading.
fn named_first(words: &str) -> Option<&str> {
    const VERBS: [&str; 18] = [
        "wants", "prefers", "likes", "hates", "is", "reads", "never", "always", "only", "does", "needs", "answers",
        "loves", "dislikes", "expects", "insists", "said", "hardly",
    ];
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = words.find(|c: char| !c.is_alphabetic() && c != '-' && c != '\'').unwrap_or(words.len());
    let (name, rest) = (words.get(..end)?, words.get(end..)?);
    let next = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let announced = rest.starts_with(':') || VERBS.contains(&next) && rest.starts_with(' ');
    let is_name = name.starts_with(char::is_uppercase)
        && name.chars().skip(1).any(char::is_lowercase)
        && name.len() > 2
        && !matches!(
            name.to_ascii_lowercase().as_str(),
            "she"
                | "they"
                | "this"
                | "that"
                | "there"
                | "note"
                | "please"
                | "email"
                | "phone"
                | "everybody"
                | "everyone"
                | "nobody"
        );
    (announced && is_name).then_some(name)
}

/// The participant of that first name, else the name alone.
fn known(context: &SentenceContext<'_>, name: &str) -> Party {
    let people = context.others.iter().chain(context.speaker).chain(context.addressee);
    let mut fits = people.filter(|party| {
        party
            .name
            .as_deref()
            .and_then(|full| full.split(' ').next())
            .is_some_and(|first| first.eq_ignore_ascii_case(name))
    });
    match (fits.next(), fits.next()) {
        (Some(only), None) => only.clone(),
        _ => Party { name: Some(name.to_owned()), ..Party::default() },
    }
}

fn bare(
    context: &SentenceContext<'_>,
    index: &TextIndex<'_>,
    kind: FactKind,
    range: Range<usize>,
) -> Option<FactFinding> {
    let quote = context.text.get(range.clone())?;
    Some(FactFinding {
        speaker: context.speaker.and_then(|speaker| speaker.name.clone().or_else(|| speaker.address.clone())),
        ..FactFinding::bare(kind, one_line(quote), (index.span(range), quote))
    })
}

/// The quote on one line, without the marks that open and close it.
pub(crate) fn one_line(quote: &str) -> String {
    let words: Vec<&str> = quote.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| matches!(c, '-' | '*' | '•' | '.' | ',' | ';' | ' ')).to_owned()
}
