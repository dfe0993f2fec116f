//! What the words around a capitalised word say of it.

use super::gazetteer::is_ordinary;
use super::words::Word;

/// Words after which a name follows.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "hi", "hello", "hey", "dear", "thanks", "with", "to", "from", "cc", "cc'd", "ask", "asked", "tell", "told", "by",
    "and", "let", "for", "that", "if", "when", "met", "meet", "call", "called", "contact", "contacted", "copied",
    "copying", "loop", "ping", "pinged", "email", "emailed", "e-mail", "spoke", "copy", "hallo", "lieber", "liebe",
    "bonjour", "hola", "ciao", "@", "attn", "regards", "colleague", "manager", "boss", "assistant", "or", "than",
    "but", "because", "as", "has", "did",
];

/// Words before a name that announce a person and nothing else.
#[rustfmt::skip]
const SURELY_BEFORE: &[&str] = &[
    "hi", "hey", "hello", "dear", "ask", "asked", "tell", "told", "cc", "cc'd", "ping", "pinged", "emailed", "copied",
    "colleague", "colleagues", "boss", "hallo", "lieber", "liebe", "bonjour", "hola", "met",
];

/// Words before "to" or "with" that make a person of what follows.
#[rustfmt::skip]
const SPOKEN: &[&str] = &[
    "talk", "talking", "talked", "speak", "speaking", "spoke", "spoken", "met", "meet", "forwarded", "copy",
    "according", "thanks", "listen", "chat", "chatted", "chatting", "reach", "introduce", "reports", "reporting",
    "married", "dinner", "lunch", "breakfast", "coffee", "drinks", "drink",
];

/// Words that close a letter, before its author's name.
#[rustfmt::skip]
const CLOSERS: &[&str] = &[
    "regards", "thanks", "cheers", "sincerely", "best", "wishes", "greetings", "yours", "thx", "love", "grüße",
    "gruß", "cordialement", "saludos", "saluti", "groeten",
];

/// Words after a name that only a person is the subject of.
#[rustfmt::skip]
pub(super) const AFTER: &[&str] = &[
    "said", "says", "asked", "asks", "told", "tells", "thinks", "thought", "mentioned", "wants", "wanted", "agreed",
    "agrees", "suggested", "suggests", "called", "emailed", "wrote", "promised", "confirmed", "explained", "knows",
    "left", "joined", "replied", "sent", "believes", "noted", "indicated", "spoke", "signed", "talked", "hopes",
    "feels", "decided", "volunteered", "offered", "prefers", "approved",
];

/// Words that make a place or a thing of a name.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "parkway", "avenue", "ave", "blvd", "boulevard", "lane", "plaza", "valley", "valleys", "county", "coalition",
    "award", "street", "road", "drive", "building", "river", "island", "park", "center", "centre", "airport",
    "school", "hospital", "church", "college", "stadium", "beach", "bridge", "lake", "creek", "hills", "springs",
    "station", "tower", "hotel", "memorial", "act", "league", "cup", "prize", "club", "band", "concert", "festival",
    "museum", "library", "theatre", "theater", "trophy", "railroad", "hurricane", "cathedral",
];

#[rustfmt::skip]
pub(super) const HONORIFICS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "madam", "herr", "frau", "monsieur", "madame", "mme",
    "señor", "señora", "sr", "sra", "rev", "judge", "senator", "governor", "captain",
];

#[rustfmt::skip]
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "al", "el", "bin", "ben", "ten",
    "ter", "zu", "af", "st",
];

/// What the words before a capitalised word say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
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
    /// Reads the words before the words `at..end`.
    pub(super) fn before(words: &[Word<'_>], at: usize, end: usize) -> Self {
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

/// First names that are also a month, a place or a people.
#[rustfmt::skip]
const MONTHS_AND_PLACES: &[&str] = &[
    "april", "may", "june", "august", "jan", "mar", "jun", "march", "july", "alberta", "america", "asia", "carolina",
    "california", "philadelphia", "arizona", "washington", "virginia", "georgia", "houston", "dallas", "austin",
    "paris", "chelsea", "florence", "sydney", "phoenix", "vienna", "geneva", "milan", "orlando", "india", "china",
    "kenya", "israel", "jersey", "holland", "ireland", "montana", "dakota", "texas", "alexandria", "denver", "boston",
    "dutch", "german", "french", "roman", "christian", "london", "madrid", "victoria", "santiago", "lima", "roma",
    "adelaide", "perth", "odessa", "verona", "siena", "spark", "ruby", "java", "perl", "oracle", "python",
];

/// Says whether a lower-case first name is also a month, a place or a people.
pub(super) fn is_month_or_place(lower: &str) -> bool {
    MONTHS_AND_PLACES.contains(&lower)
}

/// Says whether the word goes on with a capitalised phrase that began before it ("North Carolina", "The Kill").
pub(super) fn inside_phrase(words: &[Word<'_>], at: usize) -> bool {
    at.checked_sub(1).map(|i| &words[i]).is_some_and(|before| {
        let relative = matches!(
            before.lower.as_str(),
            "uncle" | "aunt" | "coach" | "king" | "queen" | "captain" | "colonel" | "lord"
        );
        let opening = before.first
            && is_ordinary(&before.lower)
            && !matches!(before.lower.as_str(), "the" | "north" | "south" | "east" | "west" | "new" | "san" | "santa");
        before.is_capital() && before.joins() && before.text != "I" && !relative && !opening
    })
}

/// Says whether the word ends the name of a place or a thing that began before it ("Santa Clara", "Lake Charles").
pub(super) fn is_place(words: &[Word<'_>], at: usize) -> bool {
    #[rustfmt::skip]
    const BEGINNINGS: &[&str] = &[
        "santa", "san", "santo", "são", "lake", "fort", "ft", "mount", "mt", "port", "st", "saint", "hurricane", "cape",
        "el", "los", "las", "camp", "point", "new", "glen", "north", "south", "east", "west", "aston", "rio", "isle",
        "air", "villa", "tropical", "storm",
    ];
    at.checked_sub(1).map(|i| &words[i]).is_some_and(|before| {
        before.is_capital()
            && (before.joins() || before.after == ". ")
            && !(before.first && matches!(before.lower.as_str(), "new" | "point" | "air"))
            && BEGINNINGS.contains(&before.lower.as_str())
    })
}

/// Says whether a sentence closes a letter and does nothing else: "Best regards,".
pub(super) fn closes(words: &[Word<'_>]) -> bool {
    (1..=4).contains(&words.len()) && words.iter().any(|word| CLOSERS.contains(&word.lower.as_str()))
}
