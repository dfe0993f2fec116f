//! What an interaction offers to judge by: header fields, sender, subject, and the words of its own part.

use super::offers;
use super::wording::{self, LISTS, Wording};
use crate::extract::mentions::gazetteer;
use crate::extract::zones::{self, fold};
use crate::model::{Interaction, ParticipantRole, ZoneKind};

/// The witnesses of one interaction.
pub(super) struct Evidence<'a> {
    interaction: &'a Interaction,
    /// The own part of the text, in lower case, white space reduced to single spaces.
    pub text: String,
    subject: &'a str,
    sender: String,
    counts: [usize; LISTS],
    /// Whether the foot of a discussion list stands below the text.
    listed: bool,
}

impl<'a> Evidence<'a> {
    /// Gathers the witnesses; what was quoted or forwarded is not heard.
    pub(super) fn gather(interaction: &'a Interaction) -> Self {
        let mut text = String::with_capacity(interaction.text.len());
        let zones = zones::split(&interaction.text, interaction.kind);
        let mut listed = false;
        for zone in zones.iter().filter(|zone| is_own(zone.kind)) {
            if zone.kind == ZoneKind::Automatic && is_foot_of_list(&interaction.text[zone.range.clone()]) {
                listed = true;
                continue;
            }
            for word in interaction.text[zone.range.clone()].split_whitespace() {
                text.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
                text.push(' ');
            }
        }
        let sender =
            interaction.participant(ParticipantRole::From).or(interaction.participant(ParticipantRole::Author));
        let sender = sender.and_then(|sender| sender.address.as_deref()).unwrap_or_default().to_lowercase();
        let counts = wording::count(&text);
        let subject = interaction.subject.as_deref().unwrap_or_default().trim();
        Self { interaction, text, subject, sender, counts, listed }
    }

    /// A header field by its lower-case name.
    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        self.interaction
            .attributes
            .iter()
            .find(|(key, _)| {
                key.get(..7).is_some_and(|p| p.eq_ignore_ascii_case("header.")) && key[7..].eq_ignore_ascii_case(name)
            })
            .map(|(_, value)| value.as_str())
    }

    /// Says whether a header field contains `part`, given in lower case.
    pub(super) fn header_has(&self, name: &str, part: &str) -> bool {
        self.header(name).is_some_and(|value| value.to_lowercase().contains(part))
    }

    /// Says whether the sender's mailbox begins with one of `names`.
    pub(super) fn sender_is(&self, names: &[&str]) -> bool {
        let mailbox = self.sender.split('@').next().unwrap_or_default().replace(['_', '.', '-'], "");
        !mailbox.is_empty()
            && names.iter().any(|name| mailbox.starts_with(name) || name.len() > 6 && mailbox.contains(name))
    }

    /// Says whether the subject begins with one of `phrases`.
    pub(super) fn subject_starts(&self, phrases: &[&str]) -> bool {
        let subject = self.subject.trim_start_matches(['[', '*', ' ']);
        phrases.iter().any(|phrase| fold::starts_with(subject, phrase))
    }

    /// Says whether the subject is that of an answer.
    pub(super) fn is_reply(&self) -> bool {
        self.subject_starts(&["re:", "aw:", "sv:", "antw:", "odp:", "rv:", "ré:", "res:", "vs:"])
    }

    /// How many phrases of a list occur in the own part.
    pub(super) fn count(&self, list: Wording) -> usize {
        self.counts[list as usize]
    }

    /// Says whether the text addresses somebody by first name, which a program that answers cannot.
    pub(super) fn greets_by_name(&self) -> bool {
        let text = self.text.as_str();
        let rest = ["hi ", "hello ", "hey ", "dear ", "hallo ", "liebe ", "lieber ", "bonjour ", "hola ", "ciao "];
        let rest = rest.iter().find_map(|greeting| text.strip_prefix(greeting)).unwrap_or(text);
        let word = rest.split_whitespace().next().unwrap_or_default();
        gazetteer::first_name(word.trim_end_matches([',', ':', '!'])).is_some() && word.ends_with([',', ':', '!'])
    }

    /// Half points for a newsletter; six make one.
    pub(super) fn newsletter_score(&self) -> i32 {
        let discussion = self.listed || self.header("list-post").is_some() || self.header_has("precedence", "list");
        let mut score = 0;
        score += if self.header("list-unsubscribe").is_some() && !discussion { 4 } else { 0 };
        score += if self.header("list-unsubscribe-post").is_some() && !discussion { 2 } else { 0 };
        score += if self.header_has("precedence", "bulk") { 3 } else { 0 };
        score += if self.header("feedback-id").is_some() || self.header("x-campaign").is_some() { 3 } else { 0 };
        score += if self.sender_is(wording::SENDERS_OF_NEWS) { 4 } else { 0 };
        score += 4 * small(self.count(Wording::NewsCertain)).min(3);
        score += 3 * small(self.count(Wording::NewsStrong)).min(3);
        score += small(self.count(Wording::NewsWeak)).min(4);
        score += if discussion { 0 } else { offers::score(&self.text) };
        score += match self.text.matches("http").count() + self.text.matches("www.").count() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        score -= if self.is_reply() { 4 } else { 0 };
        // Discussion lists add their own footer to what people write.
        score - if discussion { 3 } else { 0 }
    }
}

/// Says whether a footer is that of a list on which people discuss.
fn is_foot_of_list(footer: &str) -> bool {
    let lower = footer.to_lowercase();
    [
        "mailing list",
        "listinfo",
        "majordomo",
        "google groups",
        "googlegroups",
        "unsubscribe@",
        "-request@",
        "for additional commands",
        "to post to this group",
    ]
    .iter()
    .any(|sign| lower.contains(sign))
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn is_own(kind: ZoneKind) -> bool {
    match kind {
        ZoneKind::Greeting
        | ZoneKind::Body
        | ZoneKind::Closing
        | ZoneKind::Signature
        | ZoneKind::Disclaimer
        | ZoneKind::Automatic => true,
        ZoneKind::Quoted | ZoneKind::QuoteHeader | ZoneKind::Forwarded => false,
    }
}
