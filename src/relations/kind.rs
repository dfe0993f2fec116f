//! What a tie says, and what sort of contact each kind of interaction is.

use serde::Serialize;

use crate::model::InteractionKind;

/// What a copy counts where a direct address counts one. Who is in copy is meant to know and not to answer: they stay
/// in the circle, but two copies make less of a tie than one mail that is meant for them.
pub const COPY_WEIGHT: f64 = 0.4;

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// Wrote to, as one whom the words are meant for.
    WritesTo,
    /// Wrote to somebody else with them in copy.
    Copies,
    /// Was in a meeting or call with; holds both ways and stands once.
    Meets,
    /// Named in something they wrote.
    Mentions,
    /// Owes something that was promised.
    PromisesTo,
    /// Has them as superior.
    ReportsTo,
    /// Belongs to an organisation.
    MemberOf,
}

impl EdgeKind {
    /// Every kind, in the order in which edges are sorted.
    pub const ALL: [Self; 7] =
        [Self::WritesTo, Self::Copies, Self::Meets, Self::Mentions, Self::PromisesTo, Self::ReportsTo, Self::MemberOf];

    /// The name used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WritesTo => "writes_to",
            Self::Copies => "copies",
            Self::Meets => "meets",
            Self::Mentions => "mentions",
            Self::PromisesTo => "promises_to",
            Self::ReportsTo => "reports_to",
            Self::MemberOf => "member_of",
        }
    }

    /// Says whether people were in touch.
    pub fn is_contact(self) -> bool {
        match self {
            Self::WritesTo | Self::Copies | Self::Meets => true,
            Self::Mentions | Self::PromisesTo | Self::ReportsTo | Self::MemberOf => false,
        }
    }

    /// Says whether the edge holds both ways.
    pub fn is_mutual(self) -> bool {
        self == Self::Meets
    }

    /// What one interaction of this kind counts on its day.
    pub(super) fn worth(self) -> f64 {
        match self {
            Self::Copies => COPY_WEIGHT,
            Self::WritesTo | Self::Meets | Self::Mentions | Self::PromisesTo | Self::ReportsTo | Self::MemberOf => 1.0,
        }
    }
}

/// What sort of contact an interaction is: written or met. Rows, figures and survey answers are none.
pub fn contact(kind: InteractionKind) -> Option<EdgeKind> {
    match kind {
        InteractionKind::Email | InteractionKind::Chat | InteractionKind::Ticket => Some(EdgeKind::WritesTo),
        // The people of a note are those who were present.
        InteractionKind::Call | InteractionKind::Event | InteractionKind::Note => Some(EdgeKind::Meets),
        InteractionKind::Crm | InteractionKind::Usage | InteractionKind::Survey => None,
    }
}
