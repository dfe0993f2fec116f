//! What is known of a sentence when it is decided what it carries, the words themselves aside: the rules that fired, who
//! speaks, where it stands, how it is built.

use crate::extract::SentenceContext;
use crate::model::{InteractionKind, Side};

/// A sign beside the words. Its name is what training calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Our own people speak.
    Vendor,
    /// The customer speaks.
    Customer,
    /// Our own people speak of themselves.
    VendorFirst,
    /// The customer speaks of themselves.
    CustomerFirst,
    /// "I", "we", "our" stand in it.
    First,
    /// "You", "your" stand in it.
    Second,
    /// "They", "she", "their" stand in it.
    Third,
    /// A negation stands in it.
    Negated,
    /// "If", "unless", "once" stand in it.
    Conditional,
    /// It ends in a question mark.
    Asks,
    /// Four words or fewer.
    Short,
    /// Twenty-five words or more.
    Long,
    /// Said in a message of that kind.
    Email,
    /// Written in a chat.
    Chat,
    /// Said in a call.
    Call,
    /// Written in a ticket.
    Ticket,
    /// Noted.
    Note,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Self; 17] = [
        Self::Vendor,
        Self::Customer,
        Self::VendorFirst,
        Self::CustomerFirst,
        Self::First,
        Self::Second,
        Self::Third,
        Self::Negated,
        Self::Conditional,
        Self::Asks,
        Self::Short,
        Self::Long,
        Self::Email,
        Self::Chat,
        Self::Call,
        Self::Ticket,
        Self::Note,
    ];

    /// The name used in training.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vendor => "vendor",
            Self::Customer => "customer",
            Self::VendorFirst => "vendor_first",
            Self::CustomerFirst => "customer_first",
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Negated => "negated",
            Self::Conditional => "conditional",
            Self::Asks => "asks",
            Self::Short => "short",
            Self::Long => "long",
            Self::Email => "email",
            Self::Chat => "chat",
            Self::Call => "call",
            Self::Ticket => "ticket",
            Self::Note => "note",
        }
    }
}

/// The signs of a sentence.
pub fn signs(context: &SentenceContext<'_>) -> Vec<Sign> {
    let mut found = of_words(context.words());
    if let Some(side) = context.speaker.and_then(|speaker| speaker.side) {
        found.extend(of_side(side, found.contains(&Sign::First)));
    }
    found.extend(match context.kind {
        InteractionKind::Email => Some(Sign::Email),
        InteractionKind::Chat => Some(Sign::Chat),
        InteractionKind::Call => Some(Sign::Call),
        InteractionKind::Ticket => Some(Sign::Ticket),
        InteractionKind::Note => Some(Sign::Note),
        InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Survey | InteractionKind::Event => None,
    });
    found
}

/// The signs of a side that speaks, of itself or not.
pub(super) fn of_side(side: Side, first: bool) -> impl Iterator<Item = Sign> {
    let (speaks, of_itself) = match side {
        Side::Vendor => (Sign::Vendor, Sign::VendorFirst),
        Side::Customer => (Sign::Customer, Sign::CustomerFirst),
    };
    std::iter::once(speaks).chain(first.then_some(of_itself))
}

/// The signs that the words alone show.
pub fn of_words(words: &str) -> Vec<Sign> {
    let mut found = Vec::with_capacity(8);
    let mut note = |sign: Sign| {
        if !found.contains(&sign) {
            found.push(sign);
        }
    };
    let mut count = 0usize;
    let mut buffer = [0u8; 8];
    for word in words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty()) {
        count += 1;
        // Pronouns and the like are short: a longer word only can be a negation by its end.
        let stem = word.split(['\'', '’']).next().unwrap_or(word);
        if word.len() > stem.len() && word.ends_with('t') && stem.ends_with('n') {
            note(Sign::Negated);
        }
        let Some(slot) = buffer.get_mut(..stem.len()) else { continue };
        slot.copy_from_slice(stem.as_bytes());
        slot.make_ascii_lowercase();
        match &*slot {
            b"i" | b"we" | b"our" | b"us" | b"my" | b"me" | b"ours" | b"mine" => note(Sign::First),
            b"you" | b"your" | b"yours" => note(Sign::Second),
            b"they" | b"he" | b"she" | b"their" | b"them" | b"his" | b"her" | b"him" => note(Sign::Third),
            b"not" | b"no" | b"never" | b"nobody" | b"none" | b"nothing" | b"without" | b"cannot" | b"neither" => {
                note(Sign::Negated);
            }
            b"if" | b"unless" | b"once" | b"until" | b"provided" => note(Sign::Conditional),
            _ => {}
        }
    }
    if words.trim_end().ends_with('?') {
        note(Sign::Asks);
    }
    match count {
        0..=4 => note(Sign::Short),
        5..=24 => {}
        _ => note(Sign::Long),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_show_signs() {
        let check = |words: &str, expected: &[Sign]| assert_eq!(of_words(words), expected, "{words}");
        check("We can’t say.", &[Sign::First, Sign::Negated, Sign::Short]);
        check("I'll ask them if you want it by Monday", &[Sign::First, Sign::Third, Sign::Conditional, Sign::Second]);
        check("Does it run on their own hardware today?", &[Sign::Third, Sign::Asks]);
        check("a b c d e", &[]);
    }
}
