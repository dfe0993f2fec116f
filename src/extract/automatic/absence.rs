//! What an absence note tells: who is away or gone, and whom to ask instead.

use std::ops::Range;

use crate::model::Presence;

/// What a note says of its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Away for a time, or gone.
    pub presence: Presence,
    /// The words that say so, in bytes.
    pub range: Range<usize>,
    /// Who is away or gone, where the note names them ("Ada One is no longer with …"); `None` means the sender.
    pub person: Option<Range<usize>>,
    /// Name of the person to ask instead.
    pub replacement_name: Option<Range<usize>>,
    /// Their mail address.
    pub replacement_address: Option<Range<usize>>,
}

#[rustfmt::skip]
const GONE: &[&str] = &[
    "no longer with", "no longer at ", "no longer work", "no longer employed", "no longer part of",
    "has left the company", "have left the company", "has left ", "i have left", "i left ", "left the company",
    "left the organisation", "left the organization", "my last day", "last working day", "nicht mehr bei",
    "nicht mehr für", "nicht mehr im unternehmen", "arbeitet nicht mehr", "hat das unternehmen verlassen",
    "ne travaille plus", "ne fait plus partie", "a quitté", "ya no trabaja", "ya no forma parte",
    "ha dejado la empresa", "não trabalha mais", "já não trabalha", "non lavora più", "ha lasciato",
    "niet meer werkzaam", "werkt niet meer", "inte längre", "arbetar inte längre", "nie pracuje już",
    "już nie pracuje", "больше не работает", "has retired", "have retired",
];

#[rustfmt::skip]
const AWAY: &[&str] = &[
    "out of the office", "out of office", "on vacation", "on leave", "on holiday", "annual leave", "maternity leave",
    "paternity leave", "parental leave", "sick leave", "sabbatical", "i am away", "i'm away", "i will be away",
    "will be away", "currently away", "travelling", "traveling", "ooo", "nicht im büro", "im urlaub", "abwesend",
    "in elternzeit", "nicht erreichbar", "absent", "en congé", "en vacances", "fuera de la oficina", "de vacaciones",
    "ausente", "fora do escritório", "de férias", "fuori ufficio", "assente", "in ferie", "afwezig", "op vakantie",
    "met vakantie", "met verlof", "på semester", "på ferie", "inte på kontoret", "lomalla", "na urlopie", "в отпуске",
    "dovolen",
];

#[rustfmt::skip]
const INSTEAD: &[&str] = &[
    "contact", "reach out to", "replaced by", "replacement is", "taken over by", "email ", "e-mail ",
    "get in touch with", "speak to", "speak with", "write to", "call ", "my colleague", "successor",
    "wenden sie sich", "kontaktieren", "an meine kollegin", "an meinen kollegen", "vertretung", "nachfolger",
    "contacter", "adresser à", "contacte", "contactar", "póngase en contacto con", "contattare", "rivolgersi",
    "contact op met", "kontakta", "kontakt", "skontaktować", "обращайтесь", "direct",
];

/// Reads an absence note; `None` when the text tells of no absence.
pub fn absence(text: &str) -> Option<Absence> {
    // ASCII lowering keeps every offset.
    let lower = text.to_ascii_lowercase();
    let find = |phrases: &[&str]| phrases.iter().filter_map(|phrase| Some((lower.find(phrase)?, phrase.len()))).min();
    let (presence, (at, length)) = match (find(GONE), find(AWAY)) {
        (Some(gone), _) => (Presence::Departed, gone),
        (None, Some(away)) => (Presence::Away, away),
        (None, None) => return None,
    };
    let (replacement_name, replacement_address) = replacement(text, &lower, at + length);
    Some(Absence {
        presence,
        range: sentence_around(text, at),
        person: subject(text, at),
        replacement_name,
        replacement_address,
    })
}

fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let stop = |c: char| matches!(c, '\n' | '!' | '?');
    let start = text[..at].rfind(stop).max(text[..at].rfind(". ")).map_or(0, |i| i + 1);
    let end = [text[at..].find(stop), text[at..].find(". ").map(|i| i + 1)]
        .into_iter()
        .flatten()
        .min()
        .map_or(text.len(), |i| at + i);
    let start = start + (text[start..end].len() - text[start..end].trim_start().len());
    start..start + text[start..end].trim_end().len()
}

/// The capitalised words at the beginning of the sentence, as in "Ada One is no longer with us".
fn subject(text: &str, at: usize) -> Option<Range<usize>> {
    let sentence = sentence_around(text, at);
    let range = name_at(text, sentence.start, at)?;
    let rest = text[range.end..at].trim_start();
    let named = ["is", "has", "ist", "hat", "arbeitet", "ne", "n'", "a", "ya", "não", "non", "ha", "werkt", "will", ""]
        .iter()
        .any(|verb| rest.trim_end() == *verb || rest.starts_with(&format!("{verb} ")));
    (named && range.len() > 1 && !matches!(&text[range.clone()], "He" | "She" | "They" | "This" | "The" | "Please"))
        .then_some(range)
}

fn replacement(text: &str, lower: &str, from: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let cue = INSTEAD.iter().filter_map(|phrase| Some((lower[from..].find(phrase)?, phrase.len()))).min();
    let Some((offset, length)) = cue else { return (None, None) };
    let start = from + offset + length;
    let end = text.ceil_char_boundary(text.len().min(start + 200));
    let address = text[start..end].find('@').and_then(|at| address_around(text, start + at));
    let limit = address.as_ref().map_or(end, |address| address.start);
    let mut at = start;
    let mut name = None;
    for word in text[start..limit].split_inclusive(char::is_whitespace) {
        if word.starts_with(char::is_uppercase) {
            name = name_at(text, at, limit);
            break;
        }
        at += word.len();
    }
    (name, address)
}

fn address_around(text: &str, at: usize) -> Option<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let start = at - text[..at].chars().rev().take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
    let end = at + text[at..].chars().take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
    let end = start + text[start..end].trim_end_matches(['.', '-']).len();
    (start < at && end > at + 3).then_some(start..end)
}

/// One to three capitalised words from `from` on.
fn name_at(text: &str, from: usize, limit: usize) -> Option<Range<usize>> {
    let mut end = from;
    for word in text[from..limit].split_inclusive(char::is_whitespace).take(3) {
        let bare = word.trim_end().trim_end_matches(['.', ',', ';', ':', '(', ')', '<']);
        let name = bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        if !name {
            break;
        }
        let begin = word.as_ptr() as usize - text.as_ptr() as usize;
        end = begin + bare.len();
        if bare.len() < word.trim_end().len() || word.ends_with('\n') {
            break;
        }
    }
    (end > from).then_some(from..end)
}
