//! What was erased and stays away: the same marks take a person out of the archive and out of what is read later, so
//! that reading a file again brings back what the erasure left, letter for letter.

use std::ops::Range;

use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, TextIndex};

use super::marks::{MOST_WORDS, Mark, Marker, Marks, Spelling};
use super::mask::masked;
use super::quoted;
use super::words::{Word, words};

/// What becomes of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing erased is in it.
    Untouched,
    /// Somebody who was erased is masked in it.
    Masked,
    /// It was erased, or somebody who was erased wrote it.
    Gone,
}

/// Separators between two words of one name have no more characters than this: ", ", ".", "\n> ".
const MOST_BETWEEN: usize = 4;

/// Everything that was erased from an archive.
#[derive(Clone)]
pub struct Erased {
    marker: Marker,
    marks: Marks,
    knows_people: bool,
}

impl Erased {
    /// What these marks say, made with the same marker.
    pub fn new(marker: Marker, marks: impl IntoIterator<Item = Mark>) -> Self {
        let marks: Marks = marks.into_iter().collect();
        let knows_people = marks.contains(&marker.people());
        Self { marker, marks, knows_people }
    }

    /// Says whether nothing was erased.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Says whether an interaction was erased from an account, or (`""`) while it had none.
    pub fn holds(&self, account: &str, id: &str) -> bool {
        self.marks.contains(&self.marker.interaction(account, id))
    }

    /// Says whether somebody is a person who was erased. Who has another address and the same name is the same only in
    /// an account in which the person was known: elsewhere it may be a namesake.
    pub fn is_erased(&self, account: &str, person: &Participant) -> bool {
        let by_address = person.address.as_deref().is_some_and(|address| self.has(&self.marker.address(address)));
        let by_key = person.id.as_deref().is_some_and(|id| self.has(&self.marker.key(id)));
        let is_named = |name: &str| match person.address {
            None => self.is_whole_name(account, name),
            Some(_) => self.is_known_name(account, name),
        };
        by_address || by_key || person.name.as_deref().is_some_and(is_named)
    }

    /// Says whether a key is one of somebody who was erased.
    pub fn knows_key(&self, key: &str) -> bool {
        self.has(&self.marker.key(key))
    }

    /// Takes out of an interaction of `account` who was erased. The text keeps its number of code points.
    pub fn censor(&self, account: &str, interaction: &mut Interaction) -> Fate {
        if self.holds(account, &interaction.id) {
            return Fate::Gone;
        }
        if !self.knows_people {
            return Fate::Untouched;
        }
        let renamed = self.id(account, &interaction.id);
        if renamed.as_deref().is_some_and(|id| self.holds(account, id)) || self.wrote(account, interaction) {
            return Fate::Gone;
        }
        let mut is_touched = renamed.is_some();
        if let Some(id) = renamed {
            interaction.id = id;
        }
        is_touched |= self.mask_words(account, interaction);
        if let Some(thread) = interaction.thread.as_deref().and_then(|thread| self.id(account, thread)) {
            interaction.thread = Some(thread);
            is_touched = true;
        }
        for text in interaction.subject.iter_mut().chain(interaction.attributes.values_mut()) {
            if let Some(masked) = self.mask(account, text) {
                *text = masked;
                is_touched = true;
            }
        }
        for person in &mut interaction.participants {
            is_touched |= self.mask_participant(account, person);
        }
        if is_touched { Fate::Masked } else { Fate::Untouched }
    }

    /// Text with everybody masked who was erased; `None` when it names none of them.
    pub fn mask(&self, account: &str, text: &str) -> Option<String> {
        if !self.knows_people {
            return None;
        }
        masked(text, &self.named(account, text))
    }

    /// The identity that takes the place of one that names somebody who was erased.
    pub fn id(&self, account: &str, id: &str) -> Option<String> {
        self.mask(account, id).map(|_| self.marker.pseudonym(id))
    }

    fn has(&self, mark: &Mark) -> bool {
        self.marks.contains(mark)
    }

    /// Says whether everybody who wrote an interaction was erased.
    fn wrote(&self, account: &str, interaction: &Interaction) -> bool {
        let mut authors =
            interaction.participants.iter().filter(|person| is_author(interaction, person.role)).peekable();
        authors.peek().is_some() && authors.all(|author| self.is_erased(account, author))
    }

    /// Masks text and turns: names, and all that the erased said or are quoted with.
    fn mask_words(&self, account: &str, interaction: &mut Interaction) -> bool {
        let mut ranges = self.named(account, &interaction.text);
        if interaction.kind == InteractionKind::Email && !ranges.is_empty() {
            ranges.extend(quoted::ranges(&interaction.text, &ranges));
        }
        let index = TextIndex::new(&interaction.text);
        let mut is_touched = false;
        for turn in &mut interaction.turns {
            let Some(speaker) = &turn.speaker else { continue };
            let listed = interaction.participants.iter().find(|person| person.name.as_ref() == Some(speaker));
            let is_theirs = listed.is_some_and(|person| self.is_erased(account, person));
            if is_theirs || self.is_whole_name(account, speaker) || self.mask(account, speaker).is_some() {
                ranges.push(index.byte(turn.start)..index.byte(turn.end));
                turn.speaker = None;
                is_touched = true;
            }
        }
        if let Some(text) = masked(&interaction.text, &ranges) {
            interaction.text = text;
            is_touched = true;
        }
        is_touched
    }

    fn mask_participant(&self, account: &str, person: &mut Participant) -> bool {
        let names_them = |text: &Option<String>| text.as_deref().is_some_and(|text| self.mask(account, text).is_some());
        if self.is_erased(account, person) || names_them(&person.address) {
            *person = Participant { role: person.role, side: person.side, ..Participant::default() };
            return true;
        }
        let is_touched = names_them(&person.name);
        if is_touched {
            person.name = None;
        }
        is_touched
    }

    /// Says whether a name of several words is that of somebody who was erased.
    fn is_whole_name(&self, account: &str, name: &str) -> bool {
        let found = words(name);
        let folded: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        folded.len() > 1 && self.holds_name(account, &folded.join(" "), Spelling::Any)
    }

    /// Says whether it is the name of somebody who was erased and known in this very account.
    fn is_known_name(&self, account: &str, name: &str) -> bool {
        let found = words(name);
        let folded: Vec<&str> = found.iter().map(|word| word.folded.as_str()).collect();
        !account.is_empty()
            && folded.len() > 1
            && self.has(&self.marker.sequence(account, &folded.join(" "), Spelling::Any))
    }

    fn holds_name(&self, account: &str, folded: &str, spelling: Spelling) -> bool {
        self.has(&self.marker.sequence("", folded, spelling))
            || (!account.is_empty() && self.has(&self.marker.sequence(account, folded, spelling)))
    }

    /// Where text names somebody who was erased, by address or by name.
    fn named(&self, account: &str, text: &str) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = addresses(text)
            .filter(|(address, _)| self.has(&self.marker.address(address)))
            .map(|(_, local)| local)
            .collect();
        let found = words(text);
        let mut at = 0;
        while at < found.len() {
            let length = self.name_at(account, text, found.get(at..).unwrap_or_default());
            if let (Some(length), Some(first)) = (length, found.get(at)) {
                let last = found.get(at + length - 1).unwrap_or(first);
                ranges.push(first.range.start..last.range.end);
            }
            at += length.unwrap_or(1);
        }
        ranges
    }

    /// How many of the first words are a name.
    fn name_at(&self, account: &str, text: &str, found: &[Word<'_>]) -> Option<usize> {
        let first = found.first()?;
        if !self.has(&self.marker.start(&first.folded)) {
            return None;
        }
        let mut joined = vec![first.folded.clone()];
        for pair in found.windows(2).take(MOST_WORDS - 1) {
            let [one, next] = pair else { break };
            let between = text.get(one.range.end..next.range.start).unwrap_or_default();
            if between.chars().count() > MOST_BETWEEN {
                break;
            }
            let longer = format!("{} {}", joined.last().map_or("", String::as_str), next.folded);
            joined.push(longer);
        }
        let is_name = |words: &String| {
            self.holds_name(account, words, Spelling::Any)
                || (first.is_capital() && self.holds_name(account, words, Spelling::Capital))
        };
        joined.iter().rposition(is_name).map(|at| at + 1)
    }
}

/// Says whether somebody in that role wrote the interaction, or is what it is about.
fn is_author(interaction: &Interaction, role: ParticipantRole) -> bool {
    match role {
        ParticipantRole::From | ParticipantRole::Author | ParticipantRole::Organizer | ParticipantRole::Subject => true,
        // A call has several voices, each with its own turns.
        ParticipantRole::Speaker => {
            interaction.turns.iter().all(|turn| turn.speaker.is_none()) || is_alone(interaction)
        }
        ParticipantRole::To
        | ParticipantRole::Cc
        | ParticipantRole::Bcc
        | ParticipantRole::ReplyTo
        | ParticipantRole::Attendee
        | ParticipantRole::Requester
        | ParticipantRole::Assignee
        | ParticipantRole::Owner
        | ParticipantRole::Other => false,
    }
}

fn is_alone(interaction: &Interaction) -> bool {
    let mut speakers = interaction.turns.iter().map(|turn| &turn.speaker);
    let first = speakers.next();
    speakers.all(|speaker| Some(speaker) == first)
}

/// The addresses in a text, each with where its local part stands.
fn addresses(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let is_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '\'' | '-');
        let before = text.get(..at)?;
        let start = before.trim_end_matches(is_local).len();
        let start = start + (before.len() - start - before.get(start..)?.trim_start_matches(['\'', '.', '-']).len());
        let after = text.get(at + 1..)?;
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        let length = after.find(|c| !is_host(c)).unwrap_or(after.len());
        let host = after.get(..length)?.trim_end_matches(['.', '-']);
        let end = at + 1 + host.len();
        (start < at && !host.is_empty()).then_some((text.get(start..end)?, start..at))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::person::{Person, Reach};
    use super::*;

    /// Priya Nair, who was erased from `northwind`, where somebody else is called Nair too.
    fn erased() -> Erased {
        let marker = Marker::new([7; 32]);
        let person = Person {
            addresses: vec!["priya.nair@northwind.example".to_owned()],
            keys: vec!["slack:U02PRIYA7".to_owned()],
            names: vec!["Priya Nair".to_owned()],
        };
        let others = BTreeSet::from(["nair".to_owned(), "tom".to_owned()]);
        let reach = Reach { known_in: vec![("northwind".to_owned(), others)], full_names_in: None };
        let mut marks = person.marks(&marker, &reach, |_| false);
        marks.push(marker.interaction("northwind", "mail:gone"));
        Erased::new(marker, marks)
    }

    #[test]
    fn names_and_addresses_are_masked() {
        let check = |account: &str, text: &str, expected: Option<&str>| {
            assert_eq!(erased().mask(account, text).as_deref(), expected, "{account}: {text}");
        };
        check("northwind", "Ask Priya, she knows.", Some("Ask •••••, she knows."));
        check("northwind", "PRIYA's view", Some("•••••'s view"));
        check("northwind", "Tom Nair said so", None);
        check("northwind", "Nair, Priya and P. Nair", Some("••••, ••••• and •. ••••"));
        check("northwind", "Priya\n> Nair", Some("•••••\n> ••••"));
        check("northwind", "mail priya.nair@northwind.example now", Some("mail •••••.••••@northwind.example now"));
        check("northwind", "Pŕiyá Nair", Some("••••• ••••"));
        check("northwind", "priyanair pnair Priyanka", Some("••••••••• ••••• Priyanka"));
        check("northwind", "<@U02PRIYA7> hi", Some("<@•••••••••> hi"));
        // Elsewhere a first name may be anybody's.
        check("tailspin", "Ask Priya, she knows.", None);
        check("tailspin", "Ask Priya Nair.", Some("Ask ••••• ••••."));
        check("", "PRIYA.NAIR@NORTHWIND.EXAMPLE", Some("•••••.••••@NORTHWIND.EXAMPLE"));
    }

    fn read(json: &str) -> Interaction {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_they_wrote_is_gone() {
        let check = |json: &str, expected: Fate| {
            let mut interaction = read(json);
            let length = interaction.text.chars().count();
            assert_eq!(erased().censor("northwind", &mut interaction), expected, "{json}");
            assert_eq!(interaction.text.chars().count(), length);
            let left = serde_json::to_string(&interaction).unwrap().to_lowercase();
            assert!(expected == Fate::Gone || !left.contains("priya"), "{left}");
        };
        let mail = |from: &str, text: &str| {
            format!(
                r#"{{"id":"mail:1","kind":"email","text":"{text}","participants":[{from},{{"role":"to","name":"Sam"}}]}}"#
            )
        };
        check(&mail(r#"{"role":"from","address":"Priya.Nair@northwind.example"}"#, "hi"), Fate::Gone);
        check(&mail(r#"{"role":"from","name":"Nair, Priya","address":"p@private.example"}"#, "hi"), Fate::Gone);
        check(&mail(r#"{"role":"from","name":"Tom Nair"}"#, "hi"), Fate::Untouched);
        let namesake = mail(r#"{"role":"from","name":"Priya Nair","address":"p@else.example"}"#, "hi");
        assert_eq!(erased().censor("tailspin", &mut read(&namesake)), Fate::Masked);
        check(&mail(r#"{"role":"cc","id":"slack:U02PRIYA7"}"#, "hi"), Fate::Masked);
        check(&mail(r#"{"role":"cc","name":"Priya"}"#, "hi"), Fate::Masked);
        check(r#"{"id":"mail:gone","text":"x"}"#, Fate::Gone);
        check(r#"{"id":"mail:<1.priya@x>","thread":"mail:<1.priya@x>","text":"x"}"#, Fate::Masked);
        check(r#"{"id":"a","text":"x","subject":"For Priya","attributes":{"contact":"Priya Nair"}}"#, Fate::Masked);
    }

    #[test]
    fn their_turns_and_quoted_words_are_masked() {
        let check = |json: &str, expected: &str| {
            let mut interaction = read(json);
            assert_eq!(erased().censor("northwind", &mut interaction), Fate::Masked, "{json}");
            assert_eq!(interaction.text, expected);
        };
        check(
            r#"{"id":"c","kind":"call","text":"Sam: Hi\nPriya Nair: No way","turns":[{"start":5,"end":7,"speaker":"Sam"},
               {"start":20,"end":26,"speaker":"Priya Nair"}]}"#,
            "Sam: Hi\n••••• ••••: •• •••",
        );
        check(
            r#"{"id":"m","kind":"email","text":"Fine.\n\nOn Monday, Priya Nair wrote:\n> No way\n\nSam"}"#,
            "Fine.\n\nOn Monday, ••••• •••• wrote:\n> •• •••\n\nSam",
        );
    }
}
