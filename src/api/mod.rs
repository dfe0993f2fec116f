//! What a service answers, whoever asks: over HTTP, MCP or the web. Each operation takes the [`App`], the [`Caller`]
//! and typed arguments, minds scope and sight, and answers in the shapes of the contract.
//!
//! [`Caller`]: crate::access::Caller

mod accounts;
mod brief;
mod conversation;
mod documents;
mod error;
mod evidence;
mod facts;
mod fault;
mod found_messages;
mod gaps;
mod jobs;
mod known;
mod messages;
mod notes;
mod overview;
mod page;
mod people;
mod portfolio;
mod queries;
mod relationships;
mod schedules;
mod search;
mod sheets;
mod sources;
pub mod time;
mod timeline;
mod tokens;

use std::path::PathBuf;
use std::sync::Arc;

pub use accounts::{AccountDetail, AccountEntry, account, accounts, changes, changes_page, find_accounts};
pub use brief::{AccountBrief, Top, brief};
pub use conversation::{Conversation, Excerpt, Message, Voice, conversation, excerpt};
pub use documents::{
    Compare, Find, Found, OpenHandoff, Opened, Version, compare, document, documents_made, due, handoff_of, handoffs,
    look_at_document, make_document, open_handoff, part_of, versions,
};
pub use error::ApiError;
pub use evidence::{EvidenceInContext, InteractionEntry, InteractionFilter, evidence, interaction, interactions};
pub use facts::{FactFilter, fact, facts};
pub use fault::Fault;
pub use found_messages::{FoundMessage, FoundMessages, MessageSearch, Piece, marked, search_messages, words_of};
pub use gaps::{OpenField, OpenFields, gaps};
pub use jobs::{ItemResult, Job, JobNotice, JobState, Jobs, ToErase, Uploaded};
pub use known::{Known, KnownAccounts, When};
pub use messages::{MessageEntry, MessageFilter, messages};
pub use notes::{NoteAdded, add_note};
pub use overview::{AccountOverview, overview};
pub use page::{Page, PageRequest};
pub use people::{PersonBrief, PossiblePair, merge, split, stakeholder, stakeholders, suggestions};
pub use portfolio::{AccountGlance, Concern, Digests, Direction, Portfolio, PortfolioRequest, SortBy, portfolio};
pub use queries::{Answered, NamedQuery, QueryParameter, named_queries, run_named};
pub use relationships::{Maps, kept_map, map};
pub use schedules::{ListedSchedule, NewSchedule, keep_schedule, named_account, remove_schedule, schedules};
pub use search::{FoundFact, SearchRequest, accounts_to_search, search};
pub use sheets::{Rereadings, sheet};
pub use sources::{RejectedItem, Sources, sources};
pub use timeline::{Timeline, UsageSeries, Week, timeline};
pub use tokens::{AccountKey, MadeToken, NewToken, create_token, revoke_token, tokens};

use crate::extract::Engine;
use crate::handoff::Definitions;
use crate::ingest::Stores;
use crate::model::{AccountScope, AccountSlug};
use crate::notify::Hub;
use crate::queries::Catalogue;
use crate::review::Desk;
use crate::schedule::Clock;
use crate::search::Meanings;
use crate::sparql::{Endpoint, Limits, Pool, Program, Updates};

/// Folder of the copies of the graph that queries run over, below the data folder.
const GRAPH_COPIES: &str = "sparql";

/// Everything that answers are made from. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Archive and graph.
    pub stores: Stores,
    /// What reads text.
    pub engine: Arc<dyn Engine>,
    /// The handoff types.
    pub definitions: Arc<Definitions>,
    /// The named queries.
    pub catalogue: Arc<Catalogue>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What was read from the graphs, kept until they change.
    pub known: KnownAccounts,
    /// Relationship maps, kept until the graph changes.
    pub maps: Maps,
    /// What lists of accounts show of each, kept until the graph changes.
    pub digests: Digests,
    /// What documents under review would say now, kept until their account changes.
    pub rereadings: Rereadings,
    /// The work that waits and is done.
    pub jobs: Jobs,
    /// Who is told of what happens.
    pub hub: Hub,
    /// What answers SPARQL.
    pub sparql: Endpoint,
    /// What makes meanings for search; without a base model it makes none.
    pub meanings: Meanings,
    /// The data folder.
    pub data: PathBuf,
}

/// Where a service is: its data folder, and the program that runs its queries.
#[derive(Clone, Debug)]
pub struct Place {
    /// The data folder.
    pub data: PathBuf,
    /// The program.
    pub program: Program,
    /// The folder of the copies of the graph that queries run over; whatever is in it goes.
    pub copies: PathBuf,
}

impl Place {
    /// A service over a data folder, run by a program.
    pub fn of(data: PathBuf, program: Program) -> Self {
        Self { copies: data.join(GRAPH_COPIES), data, program }
    }
}

impl App {
    /// What answers are made from, with nothing read yet and no job in hand.
    pub fn new(
        stores: Stores,
        engine: Arc<dyn Engine>,
        (definitions, catalogue): (Definitions, Catalogue),
        clock: Arc<dyn Clock>,
        place: Place,
    ) -> std::io::Result<Self> {
        let pool = Pool::new(place.program, stores.clone(), &place.copies, Limits::default())?;
        let sparql = Endpoint { pool, stores: stores.clone(), updates: Updates::Refused };
        Ok(Self {
            stores,
            engine,
            definitions: Arc::new(definitions),
            catalogue: Arc::new(catalogue),
            clock,
            known: KnownAccounts::default(),
            maps: Maps::default(),
            digests: Digests::default(),
            rereadings: Rereadings::default(),
            jobs: Jobs::default(),
            hub: Hub::default(),
            sparql,
            meanings: Meanings::default(),
            data: place.data,
        })
    }

    /// The same, with search by meaning.
    #[must_use]
    pub fn with_meanings(self, meanings: Meanings) -> Self {
        Self { meanings, ..self }
    }

    /// Forgets what was read, as an erasure wants it.
    pub fn forget(&self) {
        self.known.forget();
        self.maps.forget();
        self.digests.forget();
        self.rereadings.forget();
        self.meanings.forget();
    }

    /// The desk at which handoffs are gone through, now.
    pub fn desk(&self) -> Desk {
        Desk {
            stores: self.stores.clone(),
            definitions: Arc::clone(&self.definitions),
            engine: Arc::clone(&self.engine),
            now: self.clock.now(),
        }
    }

    /// The accounts within a scope, by slug.
    pub async fn accounts_within(&self, scope: &AccountScope) -> Result<Vec<AccountSlug>, ApiError> {
        let all = self.stores.archive.accounts().await?;
        Ok(all.into_iter().map(|(account, _)| account).filter(|account| scope.holds(account)).collect())
    }
}
