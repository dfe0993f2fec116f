//! The state machine of a handoff.
//!
//! | act | from | by | to |
//! |---|---|---|---|
//! | decide about a line | draft, in review, rejected | outgoing | in review |
//! | decide about a line | delivered, accepted, updated | outgoing | the same |
//! | deliver | in review | outgoing | delivered |
//! | ask | delivered, accepted, updated | incoming | the same |
//! | answer | delivered, accepted, updated | outgoing | the same |
//! | accept | delivered | incoming | accepted |
//! | send back | delivered | incoming | rejected |
//! | meet | delivered, accepted | outgoing, incoming | the same, with a version that waits for approval |
//! | approve that version | delivered, accepted | outgoing, incoming | updated after meeting |
//! | give feedback | everything but archived | outgoing, incoming | the same |
//! | archive | everything but archived | outgoing, incoming | archived |
//!
//! Who runs Baton may do everything.

use crate::model::{HandoffState, Role};

/// What somebody wants to do with a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table above defines them")]
pub enum Act {
    Decide,
    Deliver,
    Ask,
    Answer,
    Accept,
    SendBack,
    Meet,
    ApproveUpdate,
    GiveFeedback,
    Archive,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 10] = [
        Self::Decide,
        Self::Deliver,
        Self::Ask,
        Self::Answer,
        Self::Accept,
        Self::SendBack,
        Self::Meet,
        Self::ApproveUpdate,
        Self::GiveFeedback,
        Self::Archive,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Decide => "decided about line by line",
            Self::Deliver => "delivered",
            Self::Ask => "asked about",
            Self::Answer => "answered about",
            Self::Accept => "accepted",
            Self::SendBack => "rejected",
            Self::Meet => "updated from a meeting",
            Self::ApproveUpdate => "updated: no version waits for approval",
            Self::GiveFeedback => "rated",
            Self::Archive => "archived",
        }
    }

    /// Who may do it, besides who runs Baton.
    fn roles(self) -> &'static [Role] {
        match self {
            Self::Decide | Self::Deliver | Self::Answer => &[Role::Outgoing],
            Self::Ask | Self::Accept | Self::SendBack => &[Role::Incoming],
            Self::Meet | Self::ApproveUpdate | Self::GiveFeedback | Self::Archive => &[Role::Outgoing, Role::Incoming],
        }
    }
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The handoff is not where that can be done.
    #[error("the handoff is {state} and cannot be {}{}", act.words(), hint(*state, *act))]
    State {
        /// Where it is.
        state: HandoffState,
        /// What was wanted.
        act: Act,
    },
    /// It is somebody else's to do.
    #[error("the {role} side cannot do that: a handoff is {} by the {} side", act.words(), act.roles().first().map_or_else(String::new, ToString::to_string))]
    Role {
        /// Who wanted to.
        role: Role,
        /// What was wanted.
        act: Act,
    },
}

fn hint(state: HandoffState, act: Act) -> &'static str {
    match (state, act) {
        (HandoffState::Draft, Act::Deliver) => ": nobody has reviewed it; approve it first",
        (HandoffState::Draft | HandoffState::InReview, Act::Accept | Act::SendBack | Act::Ask) => ": deliver it first",
        _ => "",
    }
}

/// The state after `act`, or why it cannot be done.
pub fn step(state: HandoffState, act: Act, role: Role) -> Result<HandoffState, Refusal> {
    use HandoffState::{Accepted, Archived, Delivered, Draft, InReview, Rejected, UpdatedAfterMeeting};
    if role != Role::Admin && !act.roles().contains(&role) {
        return Err(Refusal::Role { role, act });
    }
    match (act, state) {
        (Act::Decide, Draft | InReview | Rejected) => Ok(InReview),
        (Act::Deliver, InReview) => Ok(Delivered),
        (Act::Accept, Delivered) => Ok(Accepted),
        (Act::SendBack, Delivered) => Ok(Rejected),
        (Act::ApproveUpdate, Delivered | Accepted) => Ok(UpdatedAfterMeeting),
        (Act::Meet, Delivered | Accepted)
        | (Act::Decide | Act::Ask | Act::Answer, Delivered | Accepted | UpdatedAfterMeeting)
        | (Act::GiveFeedback, Draft | InReview | Delivered | Accepted | Rejected | UpdatedAfterMeeting) => Ok(state),
        (Act::Archive, Draft | InReview | Delivered | Accepted | Rejected | UpdatedAfterMeeting) => Ok(Archived),
        (
            Act::Decide
            | Act::Deliver
            | Act::Ask
            | Act::Answer
            | Act::Accept
            | Act::SendBack
            | Act::Meet
            | Act::ApproveUpdate
            | Act::GiveFeedback
            | Act::Archive,
            _,
        ) => Err(Refusal::State { state, act }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_from_draft_to_archive() {
        let mut state = HandoffState::Draft;
        let life = [
            (Act::Decide, Role::Outgoing, "in_review"),
            (Act::Deliver, Role::Outgoing, "delivered"),
            (Act::Ask, Role::Incoming, "delivered"),
            (Act::Answer, Role::Outgoing, "delivered"),
            (Act::SendBack, Role::Incoming, "rejected"),
            (Act::Decide, Role::Outgoing, "in_review"),
            (Act::Deliver, Role::Outgoing, "delivered"),
            (Act::Accept, Role::Incoming, "accepted"),
            (Act::Meet, Role::Outgoing, "accepted"),
            (Act::ApproveUpdate, Role::Incoming, "updated_after_meeting"),
            (Act::GiveFeedback, Role::Incoming, "updated_after_meeting"),
            (Act::Archive, Role::Admin, "archived"),
        ];
        for (act, role, expected) in life {
            state = step(state, act, role).unwrap();
            assert_eq!(state.as_str(), expected, "{act:?}");
        }
    }

    #[test]
    fn nothing_leaves_the_archive_and_everybody_keeps_to_their_part() {
        for act in Act::ALL {
            let gone = step(HandoffState::Archived, act, Role::Admin);
            assert_eq!(gone, Err(Refusal::State { state: HandoffState::Archived, act }));
            for state in HandoffState::ALL {
                for role in [Role::Outgoing, Role::Incoming] {
                    let refused = matches!(step(state, act, role), Err(Refusal::Role { .. }));
                    assert_eq!(refused, !act.roles().contains(&role), "{act:?} {role}");
                    let by_admin = step(state, act, Role::Admin);
                    assert!(refused || step(state, act, role) == by_admin, "{act:?} {state}");
                }
            }
        }
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let check = |state, act, role, expected: &str| {
            assert_eq!(step(state, act, role).unwrap_err().to_string(), expected);
        };
        check(
            HandoffState::Draft,
            Act::Deliver,
            Role::Outgoing,
            "the handoff is draft and cannot be delivered: nobody has reviewed it; approve it first",
        );
        check(
            HandoffState::Delivered,
            Act::Accept,
            Role::Outgoing,
            "the outgoing side cannot do that: a handoff is accepted by the incoming side",
        );
    }
}
