//! What an absence note tells: who is away or gone, and whom to ask instead.

use std::ops::Range;

use crate::extract::mentions::gazetteer;
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
    "dovolen", "fuori sede", "in congedo", "in malattia", "föräldraled", "tjänstledig", "auf dienstreise", "auf reisen",
    "mutterschutz", "elternzeit", "krankgeschrieben", "außer haus", "nicht im haus", "en déplacement",
    "arrêt maladie", "congé maternité", "de baja", "de viaje", "em viagem", "licença", "in trasferta", "ouderschapsverlof",
    "zwangerschapsverlof", "niet aanwezig", "business trip", "jury duty", "bereavement", "not in the office",
    "out of town", "out today", "out sick", "på tjänsteresa", "barsel", "foreldrepermisjon",
];

#[rustfmt::skip]
const INSTEAD: &[&str] = &[
    "contact", "reach out to", "replaced by", "replacement is", "taken over by", "email ", "e-mail ",
    "get in touch with", "speak to", "speak with", "write to", "call ", "my colleague", "successor",
    "wenden sie sich", "kontaktieren", "an meine kollegin", "an meinen kollegen", "vertretung", "nachfolger",
    "contacter", "adresser à", "contacte", "contactar", "póngase en contacto con", "contattare", "rivolgersi",
    "contact op met", "kontakta", "kontakt", "skontaktować", "обращайтесь", "direct",
    "escribir a", "hablar con", "diríjase a", "dirigirse a", "fale com", "falar com", "entre em contato com",
    "entrar em contacto com", "escreva para", "rivolgervi", "rivolgiti", "scrivere a", "terecht bij", "mailen naar",
    "hilft ihnen", "hilft ihnen gerne", "vertritt mich", "vertreten durch", "erreichen sie", "écrire à", "joindre",
    "reach ", "ask for", "covering for me", "in my absence", "will assist you", "hör av dig till", "vänd dig till",
];

/// Words of courtesy and of trade that stand before a name.
#[rustfmt::skip]
const BEFORE_NAMES: &[&str] = &[
    "frau", "herr", "herrn", "kollege", "kollegen", "kollegin", "mr", "mrs", "ms", "dr", "m", "mme", "monsieur",
    "madame", "sr", "sra", "señor", "señora", "dott", "ing", "sig", "signor", "signora", "dhr", "mevr", "mevrouw",
    "mijnheer", "sie", "vertretung", "nachfolger", "nachfolgerin", "assistentin", "assistent", "team", "teamleiter",
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

/// The sentence around a place; the point after a figure ("24. Mai") ends none.
fn sentence_around(text: &str, at: usize) -> Range<usize> {
    let stop = |c: char| matches!(c, '\n' | '!' | '?');
    let points = |(i, _): &(usize, &str)| !text[..*i].ends_with(|c: char| c.is_ascii_digit());
    let before = text[..at].match_indices(". ").filter(points).last().map(|(i, _)| i);
    let start = text[..at].rfind(stop).max(before).map_or(0, |i| i + 1);
    let after = text[at..].match_indices(". ").map(|(i, part)| (at + i, part)).find(points).map(|(i, _)| i + 1);
    let end = text[at..].find(stop).map(|i| at + i).into_iter().chain(after).min().unwrap_or(text.len());
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
    (named && is_person(&text[range.clone()])).then_some(range)
}

/// Says whether capitalised words are a name: a listed first name, or two words or more of which none is ordinary.
fn is_person(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut parts = lower.split_whitespace();
    let Some(first) = parts.next() else { return false };
    gazetteer::first_name(first).is_some() && !matches!(first, "he" | "she" | "they" | "this" | "the" | "please")
        || parts.next().is_some() && !lower.split_whitespace().any(gazetteer::is_ordinary)
}

/// Whom to ask instead: after words that say so, else by the first address that follows.
fn replacement(text: &str, lower: &str, from: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let mut cues: Vec<(usize, usize)> = INSTEAD
        .iter()
        .flat_map(|phrase| lower[from..].match_indices(phrase))
        .map(|(at, cue)| (at, cue.len()))
        .collect();
    cues.sort_unstable();
    for (offset, length) in cues {
        let start = from + offset + length;
        let end = text.ceil_char_boundary(text.len().min(start + 200));
        let address = text[start..end].find('@').and_then(|at| address_around(text, start + at));
        let limit = address.as_ref().map_or(end, |address| address.start);
        let sentence = sentence_around(text, start);
        let name = name_within(text, start..limit.min(sentence.end.max(start)));
        if name.is_some() || address.is_some() {
            return (name, address);
        }
    }
    let Some(address) = text[from..].find('@').and_then(|at| address_around(text, from + at)) else {
        return (None, None);
    };
    let sentence = sentence_around(text, address.start);
    (name_within(text, sentence.start.max(from)..address.start), Some(address))
}

/// The first name of a person within a part of the text.
fn name_within(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let mut at = range.start;
    let mut perhaps = None;
    for word in part.split_inclusive(char::is_whitespace) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if word.trim_start_matches(['(', '"']).starts_with(char::is_uppercase) && !BEFORE_NAMES.contains(&bare.as_str())
        {
            let start = at + word.find(char::is_uppercase).unwrap_or_default();
            let name = name_at(text, start, range.end)?;
            if is_person(&text[name.clone()]) {
                return Some(name);
            }
            perhaps = perhaps.or(Some(name).filter(|_| !gazetteer::is_ordinary(&bare)));
        }
        at += word.len();
    }
    perhaps
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
