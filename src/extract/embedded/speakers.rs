//! Who speaks and to whom: the author of a message, the speaker of each turn of a call or chat.

use std::ops::Range;

use crate::model::{Interaction, InteractionKind, Participant, ParticipantRole, Party, TextIndex};

/// A stretch of text said by one person to another.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Who says it; `None` when not certain.
    pub(super) speaker: Option<Party>,
    /// The one it is said to; `None` when there are several or none.
    pub(super) addressee: Option<Party>,
    /// Everybody else.
    pub(super) others: Vec<Party>,
}

/// Cuts an interaction into stretches by its turns; one that has none is a single stretch by its author.
pub(super) fn stretches(interaction: &Interaction, index: &TextIndex<'_>) -> Vec<Stretch> {
    let people = parties(interaction);
    if interaction.turns.is_empty() {
        let speaker = author(interaction);
        let (addressee, others) = around(interaction, speaker.as_ref(), &people);
        return vec![Stretch { range: 0..interaction.text.len(), speaker, addressee, others }];
    }
    let names: Vec<&str> = interaction.turns.iter().filter_map(|turn| turn.speaker.as_deref()).collect();
    let collapsed = is_collapsed(&names, interaction.turns.len());
    let mut made = Vec::with_capacity(interaction.turns.len());
    let mut from = 0;
    for turn in &interaction.turns {
        let range = index.byte(turn.start).max(from)..index.byte(turn.end);
        if range.start >= range.end {
            continue;
        }
        from = range.end;
        let label = turn.speaker.as_deref().filter(|_| !collapsed);
        let speaker = label.and_then(|name| person(name, &people));
        let (addressee, others) = turn_around(speaker.as_ref(), &people, &names);
        made.push(Stretch { range, speaker, addressee, others });
    }
    made
}

/// A recording whose every turn bears the same label says nothing of who spoke.
fn is_collapsed(names: &[&str], turns: usize) -> bool {
    turns >= 4 && names.iter().all(|name| Some(name) == names.first())
}

/// The party that a turn's label means; a label such as "Speaker 2" means nobody.
fn person(label: &str, people: &[(ParticipantRole, Party)]) -> Option<Party> {
    let label = label.trim();
    let mut fits = people.iter().map(|(_, party)| party).filter(|party| {
        party.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(label))
            || party.address.as_deref().is_some_and(|address| address.eq_ignore_ascii_case(label))
    });
    if let Some(party) = fits.next() {
        return Some(party.clone());
    }
    let first: Vec<&Party> = people
        .iter()
        .map(|(_, party)| party)
        .filter(|party| {
            party
                .name
                .as_deref()
                .and_then(|name| name.split_whitespace().next())
                .is_some_and(|name| name.eq_ignore_ascii_case(label))
        })
        .collect();
    match first.as_slice() {
        [party] => return Some((*party).clone()),
        [] => {}
        _ => return Some(Party { name: Some(label.to_owned()), ..Party::default() }),
    }
    let anonymous = label.chars().any(|c| c.is_ascii_digit())
        || matches!(
            label.to_ascii_lowercase().as_str(),
            "" | "speaker" | "unknown" | "unknown speaker" | "guest" | "caller" | "participant" | "?"
        );
    (!anonymous).then(|| Party { name: Some(label.to_owned()), ..Party::default() })
}

fn party(participant: &Participant) -> Party {
    Party { name: participant.name.clone(), address: participant.address.clone(), side: participant.side }
}

/// Everybody who took part, once.
fn parties(interaction: &Interaction) -> Vec<(ParticipantRole, Party)> {
    let mut made: Vec<(ParticipantRole, Party)> = Vec::with_capacity(interaction.participants.len());
    for participant in &interaction.participants {
        let party = party(participant);
        let known = made.iter().any(|(_, other)| is_same(other, &party));
        if !known && (party.name.is_some() || party.address.is_some()) {
            made.push((participant.role, party));
        }
    }
    made
}

fn is_same(one: &Party, other: &Party) -> bool {
    match (&one.address, &other.address) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => one.name.is_some() && one.name == other.name,
    }
}

/// Who wrote it. A call without turns and a note of unknown hand have no certain speaker.
pub(super) fn author(interaction: &Interaction) -> Option<Party> {
    let roles: &[ParticipantRole] = match interaction.kind {
        InteractionKind::Email => &[ParticipantRole::From],
        InteractionKind::Ticket => &[ParticipantRole::Author, ParticipantRole::From, ParticipantRole::Requester],
        InteractionKind::Chat | InteractionKind::Note | InteractionKind::Survey => {
            &[ParticipantRole::Author, ParticipantRole::From, ParticipantRole::Speaker]
        }
        InteractionKind::Crm => &[ParticipantRole::Author, ParticipantRole::From],
        InteractionKind::Call | InteractionKind::Usage | InteractionKind::Event => &[ParticipantRole::Author],
    };
    roles.iter().find_map(|&role| {
        let mut fits = interaction.participants.iter().filter(|participant| participant.role == role);
        let first = fits.next()?;
        let only = fits.next().is_none();
        let known = first.name.is_some() || first.address.is_some();
        (only && known).then(|| party(first))
    })
}

/// The one counterpart of `speaker`, and the rest.
fn around(
    interaction: &Interaction,
    speaker: Option<&Party>,
    people: &[(ParticipantRole, Party)],
) -> (Option<Party>, Vec<Party>) {
    let away = |party: &Party| speaker.is_none_or(|speaker| !is_same(speaker, party));
    let openly: Vec<&Party> = people
        .iter()
        .filter(|(role, party)| {
            away(party) && !matches!(role, ParticipantRole::Cc | ParticipantRole::Bcc | ParticipantRole::ReplyTo)
        })
        .map(|(_, party)| party)
        .collect();
    // A note tells of people; nobody in it is spoken to.
    let spoken_to = speaker.is_some() && !matches!(interaction.kind, InteractionKind::Note | InteractionKind::Crm);
    let addressee = match openly.as_slice() {
        [one] if spoken_to => Some((*one).clone()),
        _ => None,
    };
    let others = people
        .iter()
        .map(|(_, party)| party)
        .filter(|party| away(party) && addressee.as_ref().is_none_or(|one| !is_same(one, party)))
        .cloned()
        .collect();
    (addressee, others)
}

/// In a talk of two the other one is spoken to.
fn turn_around(
    speaker: Option<&Party>,
    people: &[(ParticipantRole, Party)],
    names: &[&str],
) -> (Option<Party>, Vec<Party>) {
    let mut rest: Vec<Party> = people.iter().map(|(_, party)| party.clone()).collect();
    for name in names {
        if let Some(party) = person(name, people)
            && !rest.iter().any(|other| is_same(other, &party) || other.name == party.name)
        {
            rest.push(party);
        }
    }
    rest.retain(|party| speaker.is_none_or(|speaker| !is_same(speaker, party)));
    match (speaker, rest.len()) {
        (Some(_), 1) => (rest.pop(), Vec::new()),
        _ => (None, rest),
    }
}

/// Everybody who took part, for names in the text.
pub(super) fn everybody(interaction: &Interaction) -> Vec<Party> {
    let mut made: Vec<Party> = parties(interaction).into_iter().map(|(_, party)| party).collect();
    for label in interaction.turns.iter().filter_map(|turn| turn.speaker.as_deref()) {
        if !made.iter().any(|party| party.name.as_deref() == Some(label)) {
            made.push(Party { name: Some(label.to_owned()), ..Party::default() });
        }
    }
    made
}
