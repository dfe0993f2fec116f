//! What an engine found in one interaction, before anything is known of the account around it.
//! This is the part of an analysis that the archive keeps, by engine version.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Automatic, BuyingRole, Due, FactKind, Meaning, Party, Polarity, Side, Span};

/// Version of the embedded engine: changes whenever it could read the same text differently, and whenever findings are
/// laid out anew. Of what no other engine has read there are its findings.
pub const EMBEDDED_VERSION: &str = "embedded-6";

/// Everything worth keeping from one reading of one interaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Findings {
    /// What sort of automatic message it is; such a message yields no facts.
    pub automatic: Option<Automatic>,
    /// Language of the new part, ISO 639-1; `None` where it is not certain.
    #[serde(default)]
    pub language: Option<String>,
    /// -1..1 toward us; `None` where nothing can be said.
    pub sentiment: Option<f32>,
    /// Facts, in text order.
    pub facts: Vec<FactFinding>,
    /// People the interaction tells of, its participants aside.
    pub people: Vec<PersonFinding>,
    /// Words that answer, fulfil or withdraw something said before.
    pub responses: Vec<Response>,
    /// Usage figures.
    pub usage: Vec<UsagePoint>,
    /// What a CRM row says of the account and its deals: field name to value, for instance `deal.stage`.
    pub record: Vec<(String, String)>,
}

/// A fact as one engine found it in one interaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FactFinding {
    /// What sort of thing it states.
    pub kind: FactKind,
    /// Category within the kind, for instance `budget` of a risk.
    pub category: Option<String>,
    /// One line that says it.
    pub statement: String,
    /// Whether it says that something is so, or explicitly not.
    pub polarity: Polarity,
    /// Who owes it or whom it belongs to; `None` when not certain.
    pub owner: Option<Party>,
    /// Who is owed.
    pub beneficiary: Option<Party>,
    /// When it is due.
    pub due: Option<Due>,
    /// Under which condition, in the words of the source.
    pub condition: Option<String>,
    /// Who says it; `None` when not certain.
    pub speaker: Option<String>,
    /// Where the words stand, in code points.
    pub span: Span,
    /// The words, equal to the text at `span`.
    pub quote: String,
    /// 0..1: how often a finding by this rule is right.
    pub confidence: f32,
    /// Name of the rule or model that found it.
    pub rule: String,
    /// The functional property it states and of what (`deal.close_date:D-77`): a later value replaces it.
    pub slot: Option<String>,
    /// The value in that slot.
    pub value: Option<String>,
    /// How likely it is when the side of its speaker becomes known; `None` where that changes nothing.
    pub by_side: Option<BySide>,
    /// What the statement means, where an engine gave it; the archive keeps it apart.
    #[serde(skip)]
    pub meaning: Option<Meaning>,
}

impl FactFinding {
    /// A fact of which nothing is known yet but its kind, its line and its words.
    pub fn bare(kind: FactKind, statement: String, (span, quote): (Span, &str)) -> Self {
        Self {
            kind,
            category: None,
            statement,
            polarity: Polarity::Affirmed,
            owner: None,
            beneficiary: None,
            due: None,
            condition: None,
            speaker: None,
            span,
            quote: quote.to_owned(),
            confidence: 0.0,
            rule: String::new(),
            slot: None,
            value: None,
            by_side: None,
            meaning: None,
        }
    }
}

/// How likely a finding is, by the side that turns out to say it. `None`: too unlikely to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BySide {
    /// Nobody knows.
    pub unknown: Option<f32>,
    /// The customer.
    pub customer: Option<f32>,
    /// Our own people.
    pub vendor: Option<f32>,
}

impl BySide {
    /// How likely it is when `side` says it.
    pub fn of(self, side: Option<Side>) -> Option<f32> {
        match side {
            None => self.unknown,
            Some(Side::Customer) => self.customer,
            Some(Side::Vendor) => self.vendor,
        }
    }
}

impl FactFinding {
    /// How likely it is when `side` says it; `None` when that is too unlikely to keep it.
    pub fn confidence_by(&self, side: Option<Side>) -> Option<f32> {
        self.by_side.map_or(Some(self.confidence), |by_side| by_side.of(side))
    }
}

/// How an interaction tells of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonSource {
    /// Named in running text.
    Mention,
    /// Introduced or described in running text ("Tom, our CFO", "I've taken over from").
    Introduction,
    /// The author's signature block.
    Signature,
    /// An automatic reply or a bounce.
    AutoReply,
    /// A row of a CRM, ticket system or chat directory.
    Directory,
    /// What the author writes about shows their part; nobody says it.
    Conduct,
}

/// Whether a person is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Away for a time.
    Away,
    /// Has left.
    Departed,
}

/// What an interaction says of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PersonFinding {
    /// How it tells.
    pub source: PersonSource,
    /// Name as written.
    pub name: Option<String>,
    /// Mail address.
    pub address: Option<String>,
    /// The source's own identity of the person, for instance `hubspot:101`.
    pub external_id: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Organisation.
    pub organization: Option<String>,
    /// Phone number as written.
    pub phone: Option<String>,
    /// Side where the source says so.
    pub side: Option<Side>,
    /// Part in the buying decision.
    pub buying_role: Option<BuyingRole>,
    /// Name of the person to whom they report.
    pub reports_to: Option<String>,
    /// Name of the person whose work they took over.
    pub succeeds: Option<String>,
    /// A name that they went by before.
    pub former_name: Option<String>,
    /// Another address that is told to be theirs.
    pub other_address: Option<String>,
    /// Away or gone.
    pub presence: Option<Presence>,
    /// Where the words stand.
    pub span: Span,
    /// The words, equal to the text at `span`.
    pub quote: String,
    /// 0..1.
    pub confidence: f32,
}

impl PersonFinding {
    /// How much one sentence of [`PersonSource::Conduct`] shows: `n` of them have the confidence `1 - (1 - SHOWN)^n`.
    pub const SHOWN: f32 = 0.1;

    /// A finding that says nothing yet but where it was read.
    pub fn at(source: PersonSource, span: Span, quote: String, confidence: f32) -> Self {
        Self {
            source,
            name: None,
            address: None,
            external_id: None,
            title: None,
            organization: None,
            phone: None,
            side: None,
            buying_role: None,
            reports_to: None,
            succeeds: None,
            former_name: None,
            other_address: None,
            presence: None,
            span,
            quote,
            confidence,
        }
    }
}

/// What a message does to something said before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResponseAct {
    /// Takes on what was asked ("sure, tomorrow").
    Accepts,
    /// Refuses what was asked.
    Declines,
    /// Says that the speaker has done it ("sent it this morning").
    Fulfils,
    /// Says that it is not needed or not coming any more.
    Withdraws,
    /// Says that a problem is over.
    Resolves,
}

/// Words that answer, fulfil or withdraw something said before, in this thread or elsewhere in the account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Response {
    /// What it does.
    pub act: ResponseAct,
    /// What it is about, in the words of the source; `None` when only the thread tells ("Done.").
    pub object: Option<String>,
    /// Who says it; `None` when not certain.
    pub speaker: Option<Party>,
    /// A date given with an acceptance.
    pub due: Option<Due>,
    /// Where the words stand.
    pub span: Span,
    /// The words, equal to the text at `span`.
    pub quote: String,
    /// 0..1.
    pub confidence: f32,
    /// What the object means, or the words where there is none, where an engine gave it; the archive keeps it apart.
    #[serde(skip)]
    pub meaning: Option<Meaning>,
}

/// One usage figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UsagePoint {
    /// Name of the metric as the source has it.
    pub metric: String,
    /// The day it stands for.
    pub date: Date,
    /// Its value.
    pub value: f64,
}
