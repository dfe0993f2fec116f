//! Words that hand something over or tell that it is there: "attached is…", "the list is in the shared folder",
//! "thanks for the report".

use std::ops::Range;
use std::sync::LazyLock;

use super::Clause;
use crate::extract::words::{Class, Phrases, Words, phrases};

static OPENINGS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "attached is|attached are|attached please find|attached you will find|attached you find|attached find|\
    attached the|attached our|attached my|attached your|enclosed is|enclosed are|enclosed the|enclosed please find|\
    enclosed you find|here is the|here are the|here is your|here are your|here is our|here is my|here are our|\
    here are my|here is a|please find attached|please find enclosed|please find|find attached|i have attached|\
    i am attaching|we have attached|see attached|please see attached|please see the attached|i attached|\
    as promised the|as promised ,|as discussed ,",
    )
});

/// Who thanks for it, or says that it came, has it.
static RECEIVED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "thanks for the|thank you for the|thanks for sending|thank you for sending|thanks for sharing|\
    thank you for sharing|thanks for your|thank you for your|thx for the|many thanks for the|received the|\
    received your|we received the|we received your|i received the|i received your|i have received|we have received|\
    we got the|i got the|we got your|i got your|got the|got your",
    )
});

/// What people thank for without having been promised it.
static COURTESY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "quick|call|talk|talks|chat|time|help|support|reply|response|feedback|heads|meeting|patience|kind|fast|prompt|\
    great|note|mail|email|message|interest|understanding|turnaround|good|nice|fair|conversation|work|effort|invite|\
    invitation|opportunity|trust|business|hard|very|warm|detailed|attention|question|questions|reminder",
    )
});

/// What is said of a thing that is there now.
static THERE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "attached|enclosed|uploaded|live|out|in the shared folder|in the shared drive|in your inbox|in the folder|\
    in the portal|in the drive|in the channel|on the shared drive|on sharepoint|in sharepoint|on confluence|sent|\
    delivered|shipped|signed|countersigned|shared|created|set up|activated|enabled|configured|installed|deployed|\
    completed|finished|done|in place|available now|ready for you|on its way|below|released|submitted|published|\
    booked|scheduled|paid|provisioned",
    )
});

/// The words for what is handed over, if the clause does so.
pub(super) fn handed_over(clause: &Clause<'_, '_>) -> Option<Range<usize>> {
    let words = clause.words;
    let (at, end) = (clause.head, clause.end);
    for start in [at, clause.segment.words.start] {
        if let Some(length) = words.any_at(start, &OPENINGS) {
            return Some(object(words, (start + length).min(end), end));
        }
        if let Some(length) = words.any_at(start, &RECEIVED) {
            let courtesy =
                words.is_any(start + length, &COURTESY) || words.any(start + length + 1, &["call", "meeting"]);
            return (!courtesy).then(|| object(words, (start + length).min(end), end));
        }
    }
    is_there(clause)
}

/// "The list is attached", "letters are out since Friday", "the guide went out on Monday", "it has been sent".
fn is_there(clause: &Clause<'_, '_>) -> Option<Range<usize>> {
    let words = clause.words;
    let (at, end) = (clause.head, clause.end);
    let verb = (at + 1..end.min(at + 12)).find(|&index| {
        words.has(index, Class::BE.or(Class::HAVE).or(Class::MODAL).or(Class::WH).or(Class::IF))
            || words.is(index, "went")
    })?;
    if words.is(verb, "went") && words.is(verb + 1, "out") {
        return Some(object(words, at, verb));
    }
    let mut state = verb + 1;
    if words.any(verb, &["has", "have"]) && words.is(verb + 1, "been") {
        state += 1;
    } else if !words.is_any(verb, phrases!("is|are|was|were")) {
        return None;
    }
    while words.has(state, Class::ADVERB) && !words.has(state, Class::NOT) {
        state += 1;
    }
    let plain = !words.has(at, Class::YOU.or(Class::WH).or(Class::WE).or(Class::I));
    let is_there = words.any_at(state, &THERE).is_some() && plain;
    is_there.then(|| object(words, at, verb))
}

/// The noun phrase from `start` on: up to a mark, a time, a figure that is added, or a clause that tells more.
pub(super) fn object(words: &Words<'_>, start: usize, end: usize) -> Range<usize> {
    let stop = (start + 1..end).find(|&at| {
        words.has(at, Class::MARK)
            || words.is_any(at, phrases!("which|who|so|because|when|if|where|after|before|attached|enclosed|since"))
            || words.has(at, Class::TIME)
            || words.has(at, Class::NUMBER) && words.has(at - 1, Class::PREPOSITION)
    });
    let mut stop = stop.unwrap_or(end);
    while stop > start + 1 && (words.has(stop - 1, Class::PREPOSITION) || words.any(stop - 1, &["this", "last", "the"]))
    {
        stop -= 1;
    }
    start.min(stop)..stop
}
