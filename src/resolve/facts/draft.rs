//! A fact in the making, borrowing its words from what was told.

use std::borrow::Cow;

use jiff::{Timestamp, civil::Date};

use crate::model::{Due, FactKind, FactStatus, Meaning, Party, Polarity, ReviewState, Side, Span, Visibility};
use crate::resolve::people::{Link, People, PersonId, fold};
use crate::resolve::words::Words;

/// A draft by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DraftId(pub(crate) u32);

impl DraftId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who owes, is owed or speaks, as far as it is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder<'a> {
    /// Not certain.
    Nobody,
    /// A side as a whole.
    Side(Side),
    /// Somebody who is nobody known.
    Named(&'a Party),
    /// A person of the account.
    Person(PersonId),
}

/// Whether two holders can be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// They are the same.
    Same,
    /// One is not certain, and nothing speaks against it.
    Possible,
    /// They are not the same.
    Different,
}

impl<'a> Holder<'a> {
    /// Whom a party of a finding in `row` is. Where several people can be meant, only the side they share is kept.
    pub(crate) fn of(people: &People<'_>, party: Option<&'a Party>, row: u32) -> Self {
        let Some(party) = party else { return Self::Nobody };
        match people.find(party.address.as_deref(), party.name.as_deref(), row) {
            Link::Person(person) => Self::Person(person),
            Link::Ambiguous(candidates) => {
                let mut sides = candidates.iter().map(|person| people.side(*person));
                let first = sides.next().flatten();
                first.filter(|_| sides.all(|side| side == first)).map_or(Self::Nobody, Self::Side)
            }
            Link::Unknown if party.name.is_some() || party.address.is_some() => Self::Named(party),
            Link::Unknown => party.side.map_or(Self::Nobody, Self::Side),
        }
    }

    /// The side they stand on.
    pub(crate) fn side(self, people: &People<'_>) -> Option<Side> {
        match self {
            Self::Nobody => None,
            Self::Side(side) => Some(side),
            Self::Named(party) => party.side,
            Self::Person(person) => people.side(person),
        }
    }

    /// The person, where it is one of the account.
    pub(crate) fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person),
            Self::Nobody | Self::Side(_) | Self::Named(_) => None,
        }
    }

    /// Says whether a person, known or not, is meant.
    pub(crate) fn is_somebody(self) -> bool {
        matches!(self, Self::Person(_) | Self::Named(_))
    }

    /// The party as the contract shows it.
    pub(crate) fn party(self, people: &People<'_>) -> Option<Party> {
        match self {
            Self::Nobody => None,
            Self::Side(side) => Some(Party { name: None, address: None, side: Some(side) }),
            Self::Named(party) => Some(party.clone()),
            Self::Person(person) => Some(people.party(person)),
        }
    }

    /// Whether both can be one.
    pub(crate) fn agreement(self, other: Self, people: &People<'_>) -> Agreement {
        match (self, other) {
            (Self::Person(a), Self::Person(b)) => if_same(a == b),
            (Self::Named(a), Self::Named(b)) => if_same(same_name(a, b)),
            (Self::Person(_), Self::Named(_)) | (Self::Named(_), Self::Person(_)) => Agreement::Different,
            (Self::Nobody | Self::Side(_), _) | (_, Self::Nobody | Self::Side(_)) => {
                match (self.side(people), other.side(people)) {
                    (Some(a), Some(b)) if a != b => Agreement::Different,
                    _ => Agreement::Possible,
                }
            }
        }
    }
}

fn if_same(same: bool) -> Agreement {
    if same { Agreement::Same } else { Agreement::Different }
}

fn same_name(a: &Party, b: &Party) -> bool {
    match (&a.address, &b.address) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => match (&a.name, &b.name) {
            (Some(a), Some(b)) => fold(a) == fold(b),
            _ => false,
        },
    }
}

/// Words in an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot<'a> {
    pub(crate) row: u32,
    pub(crate) speaker: Option<&'a str>,
    pub(crate) span: Span,
    pub(crate) quote: &'a str,
}

/// What a fact says, apart from its words and its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draft<'a> {
    pub(crate) kind: FactKind,
    pub(crate) category: Option<&'a str>,
    pub(crate) polarity: Polarity,
    pub(crate) owner: Holder<'a>,
    pub(crate) beneficiary: Holder<'a>,
    pub(crate) condition: Option<&'a str>,
    pub(crate) rule: &'a str,
    pub(crate) value: Option<&'a str>,
    pub(crate) slot: Option<&'a str>,
}

/// A fact in the making.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) draft: Draft<'a>,
    pub(crate) statement: Cow<'a, str>,
    pub(crate) due: Option<Cow<'a, Due>>,
    /// Content words as they were read; with `read_owner` and `read_due` they tell what says the same, so that a
    /// correction does not bring back what it corrected.
    pub(crate) words: Words,
    /// What these words mean, where an engine gave it.
    pub(crate) meaning: Option<&'a Meaning>,
    pub(crate) read_owner: Holder<'a>,
    pub(crate) read_due: Option<Date>,
    /// Words it came from; the first gives the identity.
    pub(crate) evidence: Vec<Spot<'a>>,
    /// Row of the latest evidence.
    pub(crate) last_row: u32,
    pub(crate) confidence: f32,
    pub(crate) status: FactStatus,
    pub(crate) review: ReviewState,
    /// When a person last decided about it.
    pub(crate) reviewed_at: Option<Timestamp>,
    /// Who rejected it and why, where somebody did.
    pub(crate) rejected: Option<(&'a str, &'a str)>,
    /// The rejected fact that it says anew.
    pub(crate) said_anew: Option<DraftId>,
    pub(crate) valid_to: Option<Timestamp>,
    pub(crate) closed_by: Option<Spot<'a>>,
    pub(crate) superseded_by: Option<DraftId>,
    pub(crate) conflicts: Vec<DraftId>,
    /// The request that this promise answers.
    pub(crate) answers: Option<DraftId>,
    /// The promise that this request was answered with.
    pub(crate) promise: Option<DraftId>,
    pub(crate) visibility: Visibility,
    /// How far the identity stands from the first evidence, where several facts share the same words.
    pub(crate) identity_shift: u32,
}

/// A fact with more evidence than this keeps the earliest and the latest.
const MOST_EVIDENCE: usize = 16;
/// Nothing that a machine read is surer than this.
const HIGHEST_CONFIDENCE: f32 = 0.99;

impl<'a> Entry<'a> {
    /// Says whether it still counts and nobody rejected it.
    pub(crate) fn is_live(&self) -> bool {
        self.status.is_live() && self.review != ReviewState::Rejected
    }

    /// Adds words that say the same. Words of another interaction make it surer.
    pub(crate) fn support(&mut self, spot: Spot<'a>, confidence: f32, visibility: Visibility) {
        let is_independent = self.evidence.iter().all(|known| known.row != spot.row && known.quote != spot.quote);
        self.confidence = if is_independent {
            (1.0 - (1.0 - self.confidence) * (1.0 - confidence)).min(HIGHEST_CONFIDENCE.max(self.confidence))
        } else {
            self.confidence.max(confidence)
        };
        if self.evidence.iter().any(|known| known.row == spot.row && known.span == spot.span) {
            return;
        }
        if self.evidence.len() >= MOST_EVIDENCE {
            self.evidence.remove(MOST_EVIDENCE / 2);
        }
        self.evidence.push(spot);
        self.last_row = self.last_row.max(spot.row);
        self.visibility = self.visibility.max(visibility);
    }

    /// Ends it.
    pub(crate) fn close(&mut self, status: FactStatus, at: Timestamp, by: Option<Spot<'a>>) {
        self.status = status;
        self.valid_to = Some(at);
        self.closed_by = by;
    }
}
