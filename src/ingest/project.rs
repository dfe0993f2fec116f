//! From the archive to the graph: folds what was told in an account and makes its graph show it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::archive::{Cut, ProjectedGraph, ProjectionState};
use crate::changes;
use crate::extract::Engine;
use crate::graph::{AccountGraph, Fingerprints, GraphStore};
use crate::model::{
    AccountDigest, AccountSlug, AccountView, Change, Decision, Fact, FactKind, Findings, IdentitySuggestion,
    Interaction, Meaning, Review, Sight, Stakeholder, Told, Visibility,
};
use crate::resolve::{self, Context, digest};

use super::stores::{Copies, Hold};
use super::{StoreError, Stores};

/// How many facts of each kind an account holds.
pub type FactCounts = BTreeMap<FactKind, u64>;

/// Interactions that a rebuild reads in one go.
const REBUILD_BATCH: u32 = 2_000;

/// A graph to read an account from: the one on disk, or one made for a time in the past.
pub struct View {
    /// The graph.
    pub graph: GraphStore,
    /// Items offered for the account that could not be loaded.
    pub rejected: u32,
    account: AccountSlug,
    sight: Sight,
}

impl View {
    /// The account, as far as it may be seen.
    pub fn account(&self) -> Result<AccountGraph<'_>, StoreError> {
        Ok(self.graph.account_seen(&self.account, self.sight)?)
    }
}

/// Folds what was told in an account within `cut`.
pub async fn fold(stores: &Stores, account: &AccountSlug, engine: &str, cut: Cut) -> Result<AccountView, StoreError> {
    let told = stores.archive.told(account, engine, cut).await?;
    let mut reviews = stores.archive.reviews(account, cut.known_at).await?;
    reviews.retain(|review| holds(review, cut.as_of));
    let context = context(stores, account, cut.known_at).await?;
    blocking(move || {
        let mut view = resolve::resolve(&context, &told, &reviews);
        show(&mut view, cut.sight);
        view
    })
    .await
}

/// Takes out of a view what may not be seen whoever said it.
fn show(view: &mut AccountView, sight: Sight) {
    if sight == Sight::Shared {
        view.facts.retain(|record| sight.sees_kind(record.fact.kind));
        for person in &mut view.stakeholders {
            person.sensitive_topics.clear();
        }
    }
}

/// Says whether a view holds anything that not everybody may see.
pub fn holds_hidden(view: &AccountView) -> bool {
    view.interactions.iter().any(|node| node.visibility != Visibility::Account)
        || view
            .facts
            .iter()
            .any(|record| record.visibility != Visibility::Account || !Sight::Shared.sees_kind(record.fact.kind))
        || view.stakeholders.iter().any(|person| !person.sensitive_topics.is_empty())
}

/// Says whether a decision counts at `as_of`: what a person adds holds from its day on, what they say of words that
/// were there holds always.
fn holds(review: &Review, as_of: Option<Timestamp>) -> bool {
    match &review.decision {
        Decision::Added { fact } => as_of.is_none_or(|as_of| fact.valid_from <= as_of),
        Decision::Confirmed | Decision::Corrected { .. } | Decision::Rejected { .. } => true,
    }
}

/// What changed in an account between two times. What was told is read once: the fold of the earlier time takes its
/// beginning, and both folds run at once.
pub async fn changes(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    (since, until): (Timestamp, Timestamp),
    (known_at, sight): (Option<Timestamp>, Sight),
) -> Result<Vec<Change>, StoreError> {
    let told = stores.archive.told(account, engine, Cut { as_of: Some(until), known_at, sight }).await?;
    let reviews = stores.archive.reviews(account, known_at).await?;
    let context = context(stores, account, known_at).await?;
    blocking(move || {
        let known = told.partition_point(|one| one.sent_at <= since);
        let fold = |told: &[Told], as_of: Timestamp| {
            let counting: Vec<Review> = reviews.iter().filter(|review| holds(review, Some(as_of))).cloned().collect();
            let mut view = resolve::outline(&context, told, &counting);
            show(&mut view, sight);
            view
        };
        let (before, after) = rayon::join(|| fold(&told[..known], since), || fold(&told, until));
        let changes = changes::between(&before, since, &after, until);
        // Nobody has to wait until all this is freed.
        rayon::spawn(move || drop((told, before, after)));
        changes
    })
    .await
}

/// What is known of an account from outside its interactions, at `until`.
pub(super) async fn context(
    stores: &Stores,
    account: &AccountSlug,
    until: Option<Timestamp>,
) -> Result<Context, StoreError> {
    let directory = stores.directory(until).await?;
    Ok(Context {
        account: account.clone(),
        vendor_domains: directory.vendor_domains().clone(),
        customer_domains: directory.domains_of(account),
        identities: stores.archive.identities(account, until).await?,
        people: stores.archive.person_reviews(account, until).await?,
        calibration: stores.archive.calibration(until).await?,
    })
}

/// The people of an account within `cut`, and the pairs of them who may be one, likeliest first.
pub async fn suggestions(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    cut: Cut,
) -> Result<(Vec<Stakeholder>, Vec<IdentitySuggestion>), StoreError> {
    let told = stores.archive.told(account, engine, cut).await?;
    let context = context(stores, account, cut.known_at).await?;
    blocking(move || {
        let people = resolve::resolve(&context, &told, &[]).stakeholders;
        (people, resolve::suggestions(&context, &told))
    })
    .await
}

/// The meanings that an engine gave to the statements of an account within `cut`.
pub async fn meanings(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    cut: Cut,
) -> Result<HashMap<String, Meaning>, StoreError> {
    let told = stores.archive.told(account, engine, cut).await?;
    let facts = told.into_iter().flat_map(|told| told.findings.facts);
    Ok(facts.filter_map(|fact| Some((fact.statement, fact.meaning?))).collect())
}

/// Makes the graph of every account show its archive. Answers the accounts that it wrote, with the number of facts of
/// each kind that they hold now.
pub async fn project_pending(
    stores: &Stores,
    engine: &str,
    now: Timestamp,
) -> Result<BTreeMap<AccountSlug, FactCounts>, StoreError> {
    let _one_at_a_time = stores.projecting.lock().await;
    if let Hold::Beside { copies } = &stores.hold {
        return copy_changed(stores, &mut *copies.lock().await, engine, now).await;
    }
    let mut written = BTreeMap::new();
    for (account, state) in stores.archive.accounts().await? {
        if state != ProjectionState::Clean {
            let facts = project(stores, &account, engine, (state, now)).await?;
            written.insert(account, facts);
        }
    }
    Ok(written)
}

/// Brings the copy in memory up to the archive, of which another process has the graph on disk.
async fn copy_changed(
    stores: &Stores,
    copies: &mut Copies,
    engine: &str,
    now: Timestamp,
) -> Result<BTreeMap<AccountSlug, FactCounts>, StoreError> {
    let all = stores.archive.account_writes().await?;
    let is_gone = |account: &AccountSlug| !all.iter().any(|(known, _)| known == account);
    for account in copies.extract_if(.., |account, _| is_gone(account)).map(|(account, _)| account) {
        stores.graph.clear(&account)?;
        stores.graph.clear_shared(&account)?;
        stores.changed(&account);
    }
    let mut written = BTreeMap::new();
    for (account, writes) in all {
        let known = match copies.get(&account) {
            Some((seen, _)) if *seen == writes => continue,
            Some((_, known)) => known.clone(),
            None => BTreeMap::new(),
        };
        let shown = show_account(stores, &account, engine, (known, now)).await?;
        copies.insert(account.clone(), (writes, shown.graphs));
        stores.changed(&account);
        written.insert(account, shown.facts);
    }
    Ok(written)
}

/// What the graphs of an account show now.
struct Shown {
    facts: FactCounts,
    /// The fingerprints of each of its graphs.
    graphs: BTreeMap<Sight, Fingerprints>,
    /// What a list of accounts shows of each.
    digests: BTreeMap<Sight, AccountDigest>,
    retired: Vec<Fact>,
}

/// Makes the graphs of an account show the archive: the one that shows all, and, where something is hidden, the one
/// that shows what everybody may see.
async fn show_account(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    (mut known, now): (BTreeMap<Sight, Fingerprints>, Timestamp),
) -> Result<Shown, StoreError> {
    let view = fold(stores, account, engine, Cut::default()).await?;
    let facts = count(&view);
    let mut graphs = BTreeMap::new();
    let mut digests = BTreeMap::from([(Sight::Full, digest(&view))]);
    let hides = holds_hidden(&view);
    if hides {
        // Before the other graph: at no moment is what is hidden there without this one in its place.
        let shared = fold(stores, account, engine, Cut { sight: Sight::Shared, ..Cut::default() }).await?;
        digests.insert(Sight::Shared, digest(&shared));
        let (graph, known) = (stores.graph.clone(), known.remove(&Sight::Shared).unwrap_or_default());
        let projection = blocking(move || graph.project_as(Sight::Shared, &shared, &known, now)).await??;
        graphs.insert(Sight::Shared, projection.fingerprints);
    }
    let (graph, known) = (stores.graph.clone(), known.remove(&Sight::Full).unwrap_or_default());
    let projection = blocking(move || graph.project(&view, &known, now)).await??;
    if !hides {
        stores.graph.clear_shared(account)?;
    }
    tracing::info!(written = projection.written, removed = projection.removed, "projected");
    graphs.insert(Sight::Full, projection.fingerprints);
    Ok(Shown { facts, graphs, digests, retired: projection.retired })
}

fn count(view: &AccountView) -> FactCounts {
    let mut facts = FactCounts::new();
    for record in &view.facts {
        *facts.entry(record.fact.kind).or_default() += 1;
    }
    facts
}

/// How many facts an account holds, from what was just written or else from its graph.
pub(super) fn facts_held(
    stores: &Stores,
    written: &BTreeMap<AccountSlug, FactCounts>,
    account: &AccountSlug,
) -> Result<FactCounts, StoreError> {
    match written.get(account) {
        Some(counts) => Ok(counts.clone()),
        None => Ok(stores.graph.account(account).count_facts()?.into_iter().collect()),
    }
}

#[tracing::instrument(skip_all, fields(account = %account))]
pub(super) async fn project(
    stores: &Stores,
    account: &AccountSlug,
    engine: &str,
    (state, now): (ProjectionState, Timestamp),
) -> Result<FactCounts, StoreError> {
    let known = async |sight| {
        let bytes = match state {
            // A projection that did not end left the graph between two states: start from nothing.
            ProjectionState::Projecting => None,
            ProjectionState::Clean | ProjectionState::Dirty => stores.archive.fingerprints(account, sight).await?,
        };
        Ok::<_, StoreError>(bytes.and_then(|bytes| Fingerprints::from_bytes(&bytes)).unwrap_or_default())
    };
    let known =
        BTreeMap::from([(Sight::Full, known(Sight::Full).await?), (Sight::Shared, known(Sight::Shared).await?)]);
    let writes = stores.archive.begin_projection(account).await?;
    let Shown { facts, graphs, mut digests, retired } = show_account(stores, account, engine, (known, now)).await?;
    let mut projected = |(sight, fingerprints): (Sight, Fingerprints)| {
        let digest = digests.remove(&sight).unwrap_or_default();
        Ok(ProjectedGraph { sight, fingerprints: fingerprints.to_bytes()?, digest })
    };
    let graphs: Vec<ProjectedGraph> = graphs.into_iter().map(&mut projected).collect::<Result<_, StoreError>>()?;
    stores.archive.end_projection((account, writes), &graphs, &retired, now).await?;
    stores.changed(account);
    Ok(facts)
}

/// The graph to answer from: the one on disk when nothing was said or recorded after the cut, else one made for it.
pub async fn view(stores: &Stores, account: &AccountSlug, engine: &str, cut: Cut) -> Result<View, StoreError> {
    let Some(last_said) = stores.archive.last_said(account).await? else {
        return Err(StoreError::UnknownAccount(account.to_string()));
    };
    let rejected = stores.archive.count_rejections(account, cut.known_at).await?;
    let reviews = stores.archive.reviews(account, cut.known_at).await?;
    let all_hold = reviews.iter().all(|review| holds(review, cut.as_of));
    let said_by_then = all_hold && cut.as_of.is_none_or(|as_of| last_said <= as_of);
    let known_by_then = match cut.known_at {
        None => true,
        Some(known_at) => stores.archive.last_recorded(account).await?.is_none_or(|last| last <= known_at),
    };
    if said_by_then && known_by_then {
        return Ok(View { graph: stores.graph.clone(), rejected, account: account.clone(), sight: cut.sight });
    }
    let past = fold(stores, account, engine, cut).await?;
    let graph = blocking(move || {
        let graph = GraphStore::in_memory()?;
        graph.project(&past, &Fingerprints::default(), Timestamp::UNIX_EPOCH)?;
        Ok::<_, crate::graph::GraphError>(graph)
    })
    .await??;
    Ok(View { graph, rejected, account: account.clone(), sight: cut.sight })
}

/// Makes findings and graph again from the archived text: after a better engine, a lost graph, an erasure.
pub async fn rebuild(
    stores: &Stores,
    engine: &Arc<dyn Engine>,
    now: Timestamp,
    progress: &dyn Fn(u64),
) -> Result<Vec<AccountSlug>, StoreError> {
    if stores.is_beside() {
        return Err(StoreError::Beside);
    }
    let preparing = Arc::clone(engine);
    blocking(move || preparing.prepare()).await?;
    let mut done = 0;
    loop {
        let batch = stores.archive.unread_by(engine.reads_as(), REBUILD_BATCH).await?;
        if batch.is_empty() {
            break;
        }
        done += batch.len() as u64;
        let reader = Arc::clone(engine);
        let read = blocking(move || {
            let (rows, interactions): (Vec<i64>, Vec<Interaction>) = batch.into_iter().unzip();
            let findings = read_all(reader.as_ref(), &interactions);
            rows.into_iter().zip(findings.into_iter().map(Result::unwrap_or_default)).collect::<Vec<(i64, Findings)>>()
        })
        .await?;
        stores.archive.keep_findings(engine.reads_as(), &read).await?;
        progress(done);
    }
    stores.archive.forget_projections().await?;
    stores.graph.clear_all()?;
    Ok(project_pending(stores, engine.version(), now).await?.into_keys().collect())
}

/// Reads interactions on all cores; the answers are in their order.
pub fn read_all(engine: &dyn Engine, interactions: &[Interaction]) -> Vec<Result<Findings, String>> {
    use rayon::prelude::*;
    const CHUNK: usize = 32;
    interactions
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| engine.analyze(chunk))
        .map(|answer| answer.map(|analysis| analysis.findings).map_err(|error| error.to_string()))
        .collect()
}

/// Runs `work` where blocking is allowed.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || span.in_scope(work)).await.map_err(|error| StoreError::Task(error.to_string()))
}
