//! What stands around a candidate: its condition, or signs that it is courtesy or boilerplate.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Actor, Candidate, Deed, Reason, Role, Segment, Subject};
use crate::extract::SentenceContext;
use crate::extract::words::{Class, Phrases, Words, phrases};

/// Hangs the condition that stands next to the clause on it.
pub(super) fn attach_condition(words: &Words<'_>, segments: &[Segment], place: usize, candidate: &mut Candidate) {
    let before = place.checked_sub(1).and_then(|before| segments.get(before));
    let after = segments.get(place + 1);
    let neighbour = [after, before].into_iter().flatten().find(|segment| segment.role == Role::Condition);
    let Some(condition) = neighbour else { return };
    let mut range = condition.words.clone();
    while words.is_any(range.start, phrases!("and|but|so|then|or|only|just|also")) && range.start + 1 < range.end {
        range.start += 1;
    }
    if is_empty_condition(words, range.clone()) {
        return;
    }
    if matches!(candidate.deed, Deed::Commitment) {
        candidate.reasons.push(Reason::Conditional);
    }
    candidate.clause = candidate.clause.start.min(range.start)..candidate.clause.end.max(range.end);
    candidate.condition = Some(range);
}

/// "if possible", "when you get a chance": manners, not a condition.
fn is_empty_condition(words: &Words<'_>, range: Range<usize>) -> bool {
    static MANNERS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "if possible|if you can|if you could|if you would|if you do not mind|if that works|if that is ok|\
        if that is okay|if you have time|if you have a|if you get a|if you get the|when you get a|\
        when you have a|when you can|when possible|if it is ok|if you please|if you will|if it helps|if not|\
        if so|if you have the|when you get the|when you have time|if you have some|once you can|\
        if you are able|if anything|if needed|if at all possible|if convenient|if that helps",
        )
    });
    words.any_at(range.start, &MANNERS).is_some() || range.len() <= 1
}

/// "Call me if you have any questions": an offer of help, no request.
pub(super) fn is_courtesy(words: &Words<'_>, candidate: &Candidate) -> bool {
    if candidate.deed != Deed::Request {
        return false;
    }
    let help = &[
        "question",
        "questions",
        "concern",
        "concerns",
        "need",
        "needs",
        "help",
        "issue",
        "issues",
        "problem",
        "problems",
        "else",
        "clarification",
        "trouble",
        "comment",
        "comments",
        "information",
        "assistance",
        "further",
        "interested",
        "anything",
    ];
    let Some(condition) = candidate.condition.clone() else { return false };
    let contact = words
        .find(phrases!(
            "call|contact|let me know|let us know|email|reach|give me|drop|feel free|holler|ping|shout|write|ask|\
            get in touch|reply"
        ))
        .is_some();
    let yours = words.has(condition.start + 1, crate::extract::words::Class::YOU)
        || words.any(condition.start + 1, &["there", "any", "anything"]);
    contact && yours && condition.clone().any(|at| help.contains(&words.norm(at)))
}

/// Words of advertising, mailing lists and legal notices.
pub(super) fn is_boilerplate(words: &Words<'_>) -> bool {
    static SIGNS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "unsubscribe|click here|click below|click on|click the|clicking|opt out|opt-out|mailing list|\
        address book|in error|view in browser|web browser|privacy policy|free trial|limited time|act now|\
        shop now|coupon|promo code|intended recipient|do not reply to this|email preferences|your inbox|\
        spam|app store|for free|save up to|no longer wish|wish to receive|future mailings|to be removed|\
        notification settings|follow us|sign up now|your favorite|instant access|gift card|best price|\
        future emails|receiving these|safe sender|terms of use",
        )
    });
    words.find(&SIGNS).is_some()
}

/// Who acts in a promise that no rule saw: the one named first, else the author who says "I", else the author's side
/// where the reader is said to get something. Anything else is not certain.
pub(super) fn actor(context: &SentenceContext<'_>, words: &Words<'_>) -> Actor {
    let (subject, _) = match super::super::subject::subject(words, 0, words.len()) {
        Some(found) => found,
        None => return if says_i(words) { Actor::Author } else { Actor::Unknown },
    };
    match subject {
        Subject::Named(range) if super::opening::names_known(context, words, Some(&Subject::Named(range.clone()))) => {
            Actor::Named(range)
        }
        Subject::We | Subject::Ours => Actor::AuthorSide,
        Subject::You if words.is_any(1, phrases!("have|get|receive|will|'ll")) => Actor::AuthorSide,
        Subject::I => Actor::Author,
        Subject::They | Subject::Named(_) | Subject::You | Subject::Yours => Actor::Unknown,
        Subject::It | Subject::Other => {
            if says_i(words) {
                Actor::Author
            } else {
                Actor::Unknown
            }
        }
    }
}

/// Says whether the author alone acts in the words: "I", and nobody else as a subject.
fn says_i(words: &Words<'_>) -> bool {
    let any = |class: Class| (0..words.len()).any(|at| words.has(at, class));
    any(Class::I) && !any(Class::THEY) && !any(Class::WE)
}
