//! What we know of one account: the outcome of the fold in `resolve`, and what that fold reads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AccountProfile, AccountSlug, Coverage, Evidence, Fact, Findings, InteractionKind, Iri, Observation, Participant,
    Stakeholder, UsagePoint, Visibility,
};

/// One interaction as the fold sees it: who, when, and what was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Told {
    /// Identity of the interaction.
    pub id: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// Its conversation.
    pub thread: Option<String>,
    /// Subject line or title.
    pub subject: Option<String>,
    /// When it was said.
    pub sent_at: Timestamp,
    /// When the archive took it.
    pub recorded_at: Timestamp,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Who may see it.
    pub visibility: Visibility,
    /// What was found in it.
    pub findings: Findings,
}

/// What we know of one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AccountView {
    /// The account.
    pub account: AccountSlug,
    /// What structured sources say of it.
    pub profile: AccountProfile,
    /// The facts, by time of first evidence.
    pub facts: Vec<FactRecord>,
    /// The people, by IRI.
    pub stakeholders: Vec<Stakeholder>,
    /// The interactions, by time; automatic ones included.
    pub interactions: Vec<InteractionNode>,
    /// Usage figures, by metric and date, each with where it was read.
    pub usage: Vec<(UsagePoint, Evidence)>,
    /// How much of each kind of source was read.
    pub coverage: Vec<Coverage>,
    /// What was measured of people on the days it was measured for, by person, measure and day.
    #[serde(default)]
    pub observations: Vec<Observation>,
}

/// A fact with what the graph knows around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FactRecord {
    /// The fact, with the status that holds whatever the day (never `overdue`).
    pub fact: Fact,
    /// The stakeholder who owns it.
    pub owner: Option<Iri>,
    /// The stakeholder who is owed.
    pub beneficiary: Option<Iri>,
    /// Name of the rule or model that found it first.
    pub rule: String,
    /// Who may see it: the narrowest of its evidence.
    pub visibility: Visibility,
    /// The words that fulfilled, withdrew or resolved it.
    pub closed_by: Option<Evidence>,
    /// The fact that took its place.
    pub superseded_by: Option<Iri>,
    /// Facts that disagree with it and that no rule decides between.
    pub conflicts_with: Vec<Iri>,
}

/// An interaction as the graph shows it: who said something to whom, when; never its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct InteractionNode {
    /// IRI, minted from account and source identity.
    pub iri: Iri,
    /// The source's own identity.
    pub id: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: Timestamp,
    /// Its conversation.
    pub thread: Option<String>,
    /// The stakeholder who said it.
    pub author: Option<Iri>,
    /// The stakeholders it was addressed to, openly or in copy.
    pub recipients: Vec<Iri>,
    /// Those of the recipients who were only in copy.
    pub copied: Vec<Iri>,
    /// The stakeholders whom it names, whether they took part or not.
    pub mentioned: Vec<Iri>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether a program wrote it.
    pub automatic: bool,
    /// -1..1 toward us.
    pub sentiment: Option<f32>,
}
