//! Likeness of two people, which suggests and never merges.

use serde::{Deserialize, Serialize};

use super::Iri;

/// What speaks for or against two people being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LikenessKind {
    /// One of them, or somebody else, says that an address or a former name is theirs.
    Stated,
    /// One signs with the address of the other.
    SignedAddress,
    /// They have one telephone number.
    Phone,
    /// The same full name.
    SameName,
    /// The same last name with a short form of the first.
    Nickname,
    /// The same name, but for middle names.
    MiddleName,
    /// The same last name with an initial for the first.
    Initial,
    /// Names that differ by a letter or two.
    SimilarName,
    /// The same first name, alone on one of them.
    FirstName,
    /// An address that spells the name of the other.
    AddressSpellsName,
    /// The same address but for the domain.
    SameMailbox,
    /// Both in one conversation, never in one message.
    SameThread,
    /// One is heard only after the other was heard last.
    TookTurns,
    /// One first name at one company, one after the other.
    NewSurname,
    /// Both with the same title at one organisation.
    SameTitle,
    /// Both in one message or meeting.
    Together,
    /// Two mailboxes at one domain.
    SameDomain,
    /// Names that cannot be one person's.
    OtherName,
    /// Different titles.
    OtherTitle,
    /// Different organisations.
    OtherOrganization,
    /// Different sides.
    OtherSide,
}

/// A reason for or against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LikenessReason {
    /// What sort of reason.
    pub kind: LikenessKind,
    /// In words.
    pub text: String,
    /// What it adds to the log-odds of being one person.
    pub weight: f32,
}

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct IdentitySuggestion {
    /// The one who was met first.
    pub a: Iri,
    /// The other.
    pub b: Iri,
    /// How likely they are one, 0..1.
    pub score: f32,
    /// What speaks for it and against, weightiest first.
    pub reasons: Vec<LikenessReason>,
}
