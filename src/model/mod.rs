//! Plain data: what was said ([`Interaction`]), what one reading of it found ([`Analysis`], [`Findings`]),
//! what we know of an account ([`AccountView`]) and the shapes of the public contract.
//! Nothing here performs I/O or knows a store.

mod access;
mod account;
mod analysis;
mod calibration;
mod change;
mod digest;
mod fact;
mod findings;
mod handoff;
mod identity;
mod identity_review;
mod interaction;
mod lifecycle;
mod likeness;
mod meaning;
mod news;
mod observation;
mod person_review;
mod problem;
mod review;
mod schedule;
mod span;
mod stakeholder;
mod view;
mod webhook;

pub use access::{AccountScope, Sight, Token, TokenRole};
pub use account::{AccountProfile, AccountSlug, Coverage, Deal, DealStage};
pub use analysis::{
    Act, ActRole, Analysis, Annotation, Automatic, Grain, Mention, MentionKind, Sentence, TimeExpression, Topic, Zone,
    ZoneKind,
};
pub use calibration::{Calibration, Judgements};
pub use change::{Change, ChangeKind, Severity};
pub use digest::{AccountDigest, DigestNews, MonthMood, OpenPromise};
pub use fact::{Due, DueBasis, Evidence, Fact, FactKind, FactStatus, Party, Polarity, Rejection, ReviewState};
pub use findings::{
    BySide, EMBEDDED_VERSION, FactFinding, Findings, PersonFinding, PersonSource, Presence, Response, ResponseAct,
    UsagePoint,
};
pub use handoff::{Gap, Handoff, HandoffItem, HandoffSection, Origin};
pub use identity::{FactPlace, Iri, mint_fact, mint_interaction, mint_stakeholder};
pub use identity_review::{IdentityReview, PersonKey, Verdict};
pub use interaction::{Interaction, InteractionKind, Participant, ParticipantRole, Side, Turn, Visibility};
pub use lifecycle::{
    Actor, Event, HandoffState, Happened, LineRef, LineVerdict, Process, Proposal, Role, Trigger, Usefulness,
};
pub use likeness::{IdentitySuggestion, LikenessKind, LikenessReason};
pub use meaning::Meaning;
pub use news::{Audience, EventChoice, EventFilter, EventName, EventPayload, EventRecord, News};
pub use observation::{Measure, Observation};
pub use person_review::PersonReview;
pub use problem::Problem;
pub use review::{Decision, Review};
pub use schedule::{Schedule, ScheduleRun};
pub use span::{Span, TextIndex};
pub use stakeholder::{
    BuyingRole, FormerName, InfluenceParts, Membership, Mood, PersonStatus, Preference, RoleBasis, RoleReading,
    SensitiveTopic, Stakeholder, patience_days,
};
pub use view::{AccountView, FactRecord, InteractionNode, Told};
pub use webhook::{Delivery, DeliveryState, Reach, Webhook};
