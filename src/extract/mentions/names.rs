//! Names of people: known ones, listed first names with what follows them, and names that the words around announce.

use rustc_hash::FxHashSet;

use super::gazetteer::{Listed, first_name, is_ordinary};
use super::words::Word;
use super::{ByteMention, organizations};
use crate::model::{MentionKind, Party};

/// Words after which a name follows.
const BEFORE: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "thanks",
    "with",
    "to",
    "from",
    "cc",
    "cc'd",
    "ask",
    "asked",
    "tell",
    "told",
    "by",
    "and",
    "let",
    "for",
    "that",
    "if",
    "when",
    "met",
    "meet",
    "call",
    "called",
    "contact",
    "contacted",
    "copied",
    "copying",
    "loop",
    "ping",
    "pinged",
    "email",
    "emailed",
    "e-mail",
    "spoke",
    "copy",
    "hallo",
    "lieber",
    "liebe",
    "bonjour",
    "hola",
    "ciao",
    "@",
    "attn",
    "regards",
    "colleague",
    "manager",
    "boss",
    "assistant",
    "or",
    "than",
    "but",
    "because",
    "as",
    "has",
    "did",
];

/// Words before a name that announce a person and nothing else.
const SURELY_BEFORE: &[&str] = &[
    "hi",
    "hey",
    "hello",
    "dear",
    "ask",
    "asked",
    "tell",
    "told",
    "cc",
    "cc'd",
    "ping",
    "pinged",
    "emailed",
    "copied",
    "colleague",
    "colleagues",
    "boss",
    "hallo",
    "lieber",
    "liebe",
    "bonjour",
    "hola",
    "met",
];

/// Words before "to" or "with" that make a person of what follows.
const SPOKEN: &[&str] = &[
    "talk",
    "talking",
    "talked",
    "speak",
    "speaking",
    "spoke",
    "spoken",
    "met",
    "meet",
    "forwarded",
    "copy",
    "according",
    "thanks",
    "listen",
    "chat",
    "chatted",
    "chatting",
    "reach",
    "introduce",
    "reports",
    "reporting",
    "married",
];

/// Words that close a letter, before its author's name.
const CLOSERS: &[&str] = &[
    "regards",
    "thanks",
    "cheers",
    "sincerely",
    "best",
    "wishes",
    "greetings",
    "yours",
    "thx",
    "love",
    "grüße",
    "gruß",
    "cordialement",
    "saludos",
    "saluti",
    "groeten",
];

/// Words after a name that only a person is the subject of.
const AFTER: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "told",
    "tells",
    "thinks",
    "thought",
    "mentioned",
    "wants",
    "wanted",
    "agreed",
    "agrees",
    "suggested",
    "suggests",
    "called",
    "emailed",
    "wrote",
    "promised",
    "confirmed",
    "explained",
    "knows",
    "left",
    "joined",
    "replied",
    "sent",
    "believes",
    "noted",
    "indicated",
    "spoke",
    "signed",
    "talked",
    "hopes",
    "feels",
    "decided",
    "volunteered",
    "offered",
    "prefers",
    "approved",
];

/// Words that make a place or a thing of a name.
const PLACES: &[&str] = &[
    "parkway",
    "avenue",
    "ave",
    "blvd",
    "boulevard",
    "lane",
    "plaza",
    "valley",
    "valleys",
    "county",
    "coalition",
    "award",
    "street",
    "road",
    "drive",
    "building",
    "river",
    "island",
    "park",
    "center",
    "centre",
    "airport",
    "school",
    "hospital",
    "church",
    "college",
    "stadium",
    "beach",
    "bridge",
    "lake",
    "creek",
    "hills",
    "springs",
    "station",
    "tower",
    "hotel",
    "memorial",
    "act",
    "league",
    "cup",
    "prize",
];

const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "madam",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "mme",
    "señor",
    "señora",
    "sr",
    "sra",
    "rev",
    "judge",
    "senator",
    "governor",
    "captain",
];

const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "al", "el", "bin", "ben", "ten",
    "ter", "zu", "af", "st",
];

/// Names that are known for this text: its participants, and people it names in full.
pub(super) struct Familiar {
    names: FxHashSet<String>,
    /// Names of the participants' organisations, from their mail domains.
    pub domains: FxHashSet<String>,
}

impl Familiar {
    /// The names of the people around a text.
    pub(super) fn of(known: &[Party]) -> Self {
        let mut names = FxHashSet::default();
        let mut domains = FxHashSet::default();
        for party in known {
            for word in party
                .name
                .iter()
                .flat_map(|name| name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '(' | ')')))
            {
                add(&mut names, word);
            }
            let Some((mailbox, domain)) = party.address.as_deref().and_then(|address| address.split_once('@')) else {
                continue;
            };
            for part in
                mailbox.split(['.', '_', '-']).filter(|part| mailbox.contains(['.', '_', '-']) && part.len() >= 3)
            {
                add(&mut names, part);
            }
            if let Some(name) = organization_of(domain) {
                domains.insert(name);
            }
        }
        Self { names, domains }
    }

    /// Learns the parts of names that a sentence gives in full.
    pub(super) fn learn(&mut self, words: &[Word<'_>]) {
        for (start, end) in full_names(words) {
            for word in words[start..end].iter().filter(|word| word.text.len() >= 3) {
                self.names.insert(word.lower.clone());
            }
        }
    }

    fn has(&self, word: &Word<'_>) -> bool {
        self.names.contains(&word.lower)
    }
}

fn add(names: &mut FxHashSet<String>, word: &str) {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if lower.chars().count() >= 2
        && lower.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && !PARTICLES.contains(&lower.as_str())
        && !is_role(&lower)
    {
        names.insert(lower);
    }
}

fn is_role(lower: &str) -> bool {
    matches!(
        lower,
        "support"
            | "sales"
            | "info"
            | "team"
            | "billing"
            | "noreply"
            | "admin"
            | "office"
            | "service"
            | "help"
            | "customer"
            | "success"
            | "news"
            | "the"
            | "and"
            | "mail"
            | "group"
            | "desk"
    )
}

/// `northwind` of `mail.northwind.example`; `None` for mailbox providers.
fn organization_of(domain: &str) -> Option<String> {
    const PROVIDERS: &[&str] = &[
        "gmail",
        "googlemail",
        "hotmail",
        "outlook",
        "yahoo",
        "aol",
        "icloud",
        "gmx",
        "web",
        "live",
        "msn",
        "proton",
        "protonmail",
        "me",
        "mail",
    ];
    let mut parts: Vec<&str> = domain.split('.').collect();
    parts.pop()?;
    if parts.last().is_some_and(|part| matches!(*part, "co" | "com" | "org" | "ac" | "gov")) && parts.len() > 1 {
        parts.pop();
    }
    let name = parts.last()?.to_lowercase();
    (name.len() >= 3 && !PROVIDERS.contains(&name.as_str())).then_some(name)
}

/// Finds the people of one sentence.
pub(super) fn find(words: &[Word<'_>], familiar: &Familiar, found: &mut Vec<ByteMention>) {
    let mut at = 0;
    while at < words.len() {
        let Some((start, end)) = name_at(words, at, familiar) else {
            at += 1;
            continue;
        };
        found
            .push(ByteMention { kind: MentionKind::Person, range: words[start].range.start..words[end - 1].range.end });
        at = end;
    }
}

/// The name that begins at word `at`, as a range of words.
fn name_at(words: &[Word<'_>], at: usize, familiar: &Familiar) -> Option<(usize, usize)> {
    let word = &words[at];
    if word.text.contains(['@', '_', '+']) || word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if HONORIFICS.contains(&word.lower.as_str()) && word.is_capital() && matches!(word.after, " " | ". ") {
        return words.get(at + 1).filter(|next| is_name_part(next)).map(|_| (at + 1, extent(words, at + 1)));
    }
    if let Some(end) = reversed(words, at, familiar) {
        return Some((at, end));
    }
    if !word.is_capital() {
        let lone = familiar.has(word)
            && word.text.len() >= 3
            && !is_ordinary(&word.lower)
            && first_name(&word.lower) == Some(Listed::Name);
        return lone.then_some((at, at + 1));
    }
    if !is_name_part(word) && !familiar.has(word) {
        return None;
    }
    let end = extent(words, at);
    let numbered =
        at.checked_sub(1).is_some_and(|i| words[i].after == " " && words[i].text.bytes().all(|b| b.is_ascii_digit()));
    if organizations::is_named(words, at, end)
        || numbered
        || words[at..end].iter().any(|word| PLACES.contains(&word.lower.as_str()))
    {
        return None;
    }
    is_person(words, at, end, familiar).then_some((at, end))
}

/// Weighs what speaks for a person.
fn is_person(words: &[Word<'_>], at: usize, end: usize, familiar: &Familiar) -> bool {
    let word = &words[at];
    let listed = first_name(&word.lower);
    let long = end - at >= 2;
    let ordinary = is_ordinary(&word.lower);
    if familiar.has(word) && !(ordinary && word.first && !long) {
        return true;
    }
    if word.is_shouted() && !(long && listed == Some(Listed::Name)) {
        return false;
    }
    let cue = Cue::before(words, at, end);
    let acts = words.get(end).is_some_and(|next| words[end - 1].joins() && AFTER.contains(&next.lower.as_str()));
    let whole = at == 0 && (end == words.len() || end == 1 && matches!(words[0].after.trim(), "," | ":" | " -" | "--"));
    match (listed, cue) {
        (Some(Listed::Name), _) => true,
        (Some(Listed::Ambiguous), Cue::Person) => true,
        (Some(Listed::Ambiguous), Cue::Thing) => long && !ordinary,
        (Some(Listed::Ambiguous), Cue::Perhaps | Cue::None) if ordinary => !word.first || acts,
        (Some(Listed::Ambiguous), Cue::Perhaps | Cue::None) => long || !word.first || whole || acts,
        (None, _) if ordinary => false,
        (None, Cue::Person) => !word.text.contains(char::is_numeric),
        (None, Cue::Perhaps | Cue::Thing | Cue::None) => long && acts,
    }
}

/// What the words before a capitalised word say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    /// A person follows.
    Person,
    /// A person may follow.
    Perhaps,
    /// A place, a time or a thing follows.
    Thing,
    /// They say nothing.
    None,
}

impl Cue {
    fn before(words: &[Word<'_>], at: usize, end: usize) -> Self {
        let Some(before) = at.checked_sub(1).map(|i| &words[i]) else { return Self::None };
        let lower = before.lower.as_str();
        let parted = !before.after.trim().is_empty() && before.after.trim() != "@";
        if parted {
            // "Best regards, Name" at the end.
            let closed = end == words.len() && before.after.starts_with([',', '!']) && CLOSERS.contains(&lower);
            return if closed { Self::Person } else { Self::None };
        }
        let farther = at.checked_sub(2).map_or("", |i| words[i].lower.as_str());
        if SURELY_BEFORE.contains(&lower) || matches!(lower, "to" | "with") && SPOKEN.contains(&farther) {
            return Self::Person;
        }
        if lower == "let" && words.get(end).is_some_and(|next| next.lower == "know") {
            return Self::Person;
        }
        match lower {
            "the" | "a" | "an" | "in" | "of" | "this" | "last" | "next" | "since" | "until" | "early" | "late"
            | "mid" | "at" | "on" | "every" | "our" | "your" | "their" | "its" | "new" | "near" | "through" | "by"
            | "from" | "during" | "before" | "after" | "between" => Self::Thing,
            _ if BEFORE.contains(&lower) => Self::Perhaps,
            _ => Self::None,
        }
    }
}

/// One past the last word of a name that begins at `at`.
fn extent(words: &[Word<'_>], at: usize) -> usize {
    let mut end = at + 1;
    while end < words.len() && end - at < 5 && words[end - 1].joins() && !words[end - 1].text.is_empty() {
        let word = &words[end];
        let possessive = words[end - 1].after.starts_with(['\'', '’']);
        if possessive {
            break;
        }
        let particle = PARTICLES.contains(&word.lower.as_str())
            && word.joins()
            && words.get(end + 1).is_some_and(|next| is_name_part(next) || PARTICLES.contains(&next.lower.as_str()));
        if !(is_name_part(word) || word.is_initial() && end - at <= 2 || particle) {
            break;
        }
        end += 1;
    }
    while end > at + 1 && words[end - 1].text.starts_with(char::is_lowercase) {
        end -= 1;
    }
    end
}

/// Says whether a word can stand in a name: a capital and no ordinary word.
fn is_name_part(word: &Word<'_>) -> bool {
    let lettered = word.text.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'));
    let ordinary = is_ordinary(&word.lower) && !(first_name(&word.lower).is_some());
    word.is_capital()
        && lettered
        && word.text.len() > 1
        && !ordinary
        && !(word.is_shouted() && word.text.len() <= 4 && first_name(&word.lower).is_none())
}

/// `Last, First` with an optional initial.
fn reversed(words: &[Word<'_>], at: usize, familiar: &Familiar) -> Option<usize> {
    let (last, first) = (&words[at], words.get(at + 1)?);
    let shaped = last.after == ", "
        && last.is_capital()
        && first.is_capital()
        && is_name_part(last)
        && first_name(&first.lower).is_some();
    let alone = at.checked_sub(1).is_none_or(|i| !(words[i].is_capital() && words[i].joins())) || words[at].first;
    let unlisted = first_name(&last.lower).is_none() || familiar.has(last) && familiar.has(first);
    let closed = !first.joins()
        || words.get(at + 2).is_none_or(|next| !next.text.starts_with(char::is_lowercase))
        || familiar.has(last);
    if !shaped || !alone || !unlisted || !closed || !last.text.contains(char::is_lowercase) {
        return None;
    }
    let initial = words.get(at + 2).is_some_and(|next| next.is_initial() && first.after == " ");
    Some(at + 2 + usize::from(initial))
}

/// Names that stand in full: a listed first name and a last name.
fn full_names(words: &[Word<'_>]) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    for at in 0..words.len() {
        let listed =
            first_name(&words[at].lower) == Some(Listed::Name) && words[at].is_capital() && !words[at].is_shouted();
        let end = if listed { extent(words, at) } else { at };
        if end - at >= 2 && !organizations::is_named(words, at, end) {
            names.push((at, end));
        }
    }
    names
}
