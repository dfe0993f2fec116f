//! The map as it is shown.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::model::{AccountSlug, BuyingRole, Iri, PersonStatus, Side};
use crate::relations::EdgeKind;

/// The relationship map of one account at one time.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RelationshipMap {
    /// The account.
    pub account: AccountSlug,
    /// The time it holds for.
    pub as_of: Timestamp,
    /// People by IRI, then organisations by name.
    pub nodes: Vec<Node>,
    /// Edges by source, target and kind.
    pub edges: Vec<Edge>,
    /// What follows from it.
    pub answers: Answers,
    /// What is different from an earlier map, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum NodeKind {
    Person,
    Organization,
}

impl NodeKind {
    /// The name used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
        }
    }
}

/// A person or an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Node {
    /// The stakeholder, or a name minted for the organisation.
    pub id: Iri,
    /// Which of the two.
    pub kind: NodeKind,
    /// Best known spelling of the name.
    pub name: String,
    /// Which side; `None` when not known.
    pub side: Option<Side>,
    /// Job title.
    pub title: Option<String>,
    /// Organisation of a person.
    pub organization: Option<String>,
    /// Part in the buying decision.
    pub buying_role: Option<BuyingRole>,
    /// 0..1; `None` for organisations.
    pub influence: Option<f32>,
    /// -1..1 toward us.
    pub sentiment: Option<f32>,
    /// Whether they are still heard; `None` for organisations.
    pub status: Option<PersonStatus>,
    /// Where they stand in the network of contact; `None` for organisations.
    pub measures: Option<Measures>,
}

/// Where a person stands in the network of contact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Measures {
    /// Over directed weighted contact; sums to one.
    #[serde(serialize_with = "rounded")]
    pub pagerank: f64,
    /// Share of shortest chains of contact between others that pass through them; estimated in large networks.
    #[serde(serialize_with = "rounded")]
    pub betweenness: f64,
    /// Over mutual weighted contact, of length one; `None` where the iteration does not settle.
    #[serde(serialize_with = "some_rounded")]
    pub eigenvector: Option<f64>,
    /// Number of their community, the largest is 0; `None` for somebody without contact.
    pub community: Option<usize>,
    /// Says whether the network falls apart without them.
    pub articulation: bool,
}

/// How somebody relates to somebody.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Edge {
    /// Where it starts.
    pub source: Iri,
    /// Where it ends.
    pub target: Iri,
    /// What it says.
    pub kind: EdgeKind,
    /// Sum of what each interaction still counts.
    #[serde(serialize_with = "rounded")]
    pub weight: f64,
    /// Number of interactions or promises.
    pub count: u32,
    /// The earliest; `None` of what has no time, a membership or a reporting line.
    pub first: Option<Timestamp>,
    /// The latest.
    pub last: Option<Timestamp>,
}

/// What follows from the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Answers {
    /// Whether all contact hangs on one person.
    pub single_threaded: SingleThreaded,
    /// People not of our own side who are copied or named and were never heard.
    pub ghosts: Vec<Ghost>,
    /// Which parts in the buying decision are known.
    pub buying_roles: RoleCoverage,
    /// The strongest way from us to each decision maker.
    pub paths: Vec<Path>,
    /// The strongest way to whom was asked for; several where the name may mean several people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_to: Option<Vec<Path>>,
    /// Communities of contact, largest first.
    pub communities: Vec<Community>,
    /// People without whom the network falls apart.
    pub articulation_points: Vec<Iri>,
    /// Contacts without which the network falls apart.
    pub bridges: Vec<Pair>,
    /// How many conversations stay on one side.
    pub threads: Threads,
    /// The latest conversations that stay on one side.
    pub one_sided_threads: Vec<Thread>,
    /// Interactions with too many people to say anything about two of them.
    pub crowds: u32,
    /// How betweenness was found: `None` when exact, else the number of people it was estimated from.
    pub betweenness_estimated_from: Option<usize>,
    /// What could not be answered, and why.
    pub statements: Vec<String>,
}

/// Whether all contact between the sides hangs on one person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SingleThreaded {
    /// `None` where there is no contact between two known sides.
    pub value: Option<bool>,
    /// The people that it hangs on.
    pub people: Vec<Share>,
    /// Who carries most of the contact, on each side.
    pub strongest: Vec<Share>,
}

/// How much of the contact between the sides a person carries.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Share {
    /// The person.
    pub id: Iri,
    /// Their name.
    pub name: String,
    /// Their side.
    pub side: Side,
    /// 0..1.
    #[serde(serialize_with = "rounded")]
    pub share: f64,
}

/// Somebody not of our own side who was never heard.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Ghost {
    /// The person.
    pub id: Iri,
    /// Their name.
    pub name: String,
    /// Their side; `None` when not known.
    pub side: Option<Side>,
    /// In how many interactions they were addressed; zero for somebody who was only named.
    pub copied: u32,
    /// In how many interactions they were named.
    pub mentioned: u32,
}

/// Which parts in the buying decision are known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RoleCoverage {
    /// Roles with the people who have them.
    pub covered: Vec<RoleHolders>,
    /// Roles that nobody is known to have.
    pub missing: Vec<BuyingRole>,
}

/// The people in one role.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RoleHolders {
    /// The role.
    pub role: BuyingRole,
    /// The people, most influential first.
    pub people: Vec<Iri>,
}

/// The strongest way from us to somebody.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Path {
    /// To whom.
    pub to: Iri,
    /// Their name.
    pub name: String,
    /// Their part in the buying decision.
    pub role: Option<BuyingRole>,
    /// Who stands next to them on the way and can introduce us; one of us where we are in touch ourselves.
    pub introducer: Option<Iri>,
    /// From one of us to them; empty where there is no way.
    pub steps: Vec<Step>,
}

/// One contact of a path.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Step {
    /// Who would speak.
    pub from: Iri,
    /// To whom.
    pub to: Iri,
    /// Weight of their contact, both ways together.
    #[serde(serialize_with = "rounded")]
    pub strength: f64,
}

/// People who are more in touch with each other than with others.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Community {
    /// Its number.
    pub id: usize,
    /// Its people.
    pub people: Vec<Iri>,
}

/// Two people in contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Pair {
    /// One.
    pub source: Iri,
    /// The other.
    pub target: Iri,
}

/// How many conversations stay on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Threads {
    /// Only our own people took part.
    pub vendor_only: u32,
    /// Only people of the customer took part.
    pub customer_only: u32,
    /// Both sides took part.
    pub across: u32,
    /// The side of somebody who took part is not known, and not both sides did.
    pub unknown: u32,
}

/// A conversation that stays on one side.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Thread {
    /// The source's own identity of it.
    pub id: String,
    /// The side.
    pub side: Side,
    /// Number of interactions.
    pub interactions: u32,
    /// Who took part.
    pub people: Vec<Iri>,
    /// Time of the latest interaction.
    pub last: Timestamp,
}

/// What is different from an earlier map.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Changes {
    /// The time of the earlier map.
    pub since: Timestamp,
    /// People who were not there.
    pub new_people: Vec<Iri>,
    /// People who are no longer active.
    pub fallen_silent: Vec<Iri>,
    /// Edges that were not there.
    pub new_edges: Vec<Edge>,
    /// Contacts that were there and of which nothing was heard since, with less than half of their weight left.
    pub faded_edges: Vec<Edge>,
    /// People whose standing moved, largest move first.
    pub moved: Vec<Moved>,
    /// Whether the account was single-threaded then.
    pub was_single_threaded: Option<bool>,
}

/// How the standing of a person moved.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Moved {
    /// The person.
    pub id: Iri,
    /// Their name.
    pub name: String,
    /// `PageRank` then and now.
    #[serde(serialize_with = "both_rounded")]
    pub pagerank: (f64, f64),
    /// Betweenness then and now.
    #[serde(serialize_with = "both_rounded")]
    pub betweenness: (f64, f64),
}

/// Nine decimals: more than anybody reads, and fewer than the order of a sum can change.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn rounded<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(round(*value))
}

#[allow(clippy::ref_option, reason = "the signature that serde asks for")]
fn some_rounded<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.map(round).serialize(serializer)
}

fn both_rounded<S: Serializer>(&(then, now): &(f64, f64), serializer: S) -> Result<S::Ok, S::Error> {
    [round(then), round(now)].serialize(serializer)
}
