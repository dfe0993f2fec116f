//! Handoffs in their life. Each step is one transaction that first sees whether the handoff still stands where the
//! step began, so that of two people who act at once the second is told.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};

use crate::model::{AccountSlug, HandoffState, Happened, Iri, Process, Review};

use super::{Archive, ArchiveError, accounts, micros, reviews, time};

/// What became of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It was taken.
    Done,
    /// Somebody else moved the handoff meanwhile.
    Stale,
    /// Somebody else decided about the same line after the document was made.
    Decided(Box<Review>),
}

/// What became of a start.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// A handoff began.
    Opened(Process),
    /// One of that account and type is open already.
    IsOpen(Process),
}

const COLUMNS: &str =
    "row, account, kind, state, document, proposal, reason, opened_at, meeting_at, outgoing, incoming";

impl Archive {
    /// Starts a handoff, unless one of its account and type is open. `process.row` is not read.
    pub async fn start_handoff(&self, process: &Process, happened: &Happened) -> Result<Start, ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(open) = open(&mut tx, &process.account, &process.kind).await? {
            return Ok(Start::IsOpen(open));
        }
        let reason =
            serde_json::to_string(&process.trigger).map_err(|error| ArchiveError::corrupt("trigger", error))?;
        let row: i64 = sqlx::query_scalar(
            "INSERT INTO handoffs (account, kind, state, document, reason, opened_at, meeting_at, outgoing, incoming) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING row",
        )
        .bind(process.account.as_str())
        .bind(&process.kind)
        .bind(process.state.as_str())
        .bind(process.document.as_str())
        .bind(reason)
        .bind(micros(process.opened_at))
        .bind(process.meeting_at.map(micros))
        .bind(&process.outgoing)
        .bind(&process.incoming)
        .fetch_one(&mut *tx)
        .await?;
        add_version(&mut tx, row, &process.document).await?;
        add_event(&mut tx, row, happened).await?;
        tx.commit().await?;
        Ok(Start::Opened(Process { row, ..process.clone() }))
    }

    /// Moves a handoff from `before` to `after` and keeps what happened.
    pub async fn advance(&self, before: &Process, after: &Process, happened: &Happened) -> Result<Step, ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if !stands(&mut tx, before).await? {
            return Ok(Step::Stale);
        }
        write(&mut tx, after).await?;
        add_event(&mut tx, before.row, happened).await?;
        tx.commit().await?;
        Ok(Step::Done)
    }

    /// Keeps a decision about a line with the move that it makes, unless somebody else has decided about the same
    /// words since `seen`; `None` decides in any case.
    pub async fn decide(
        &self,
        (before, after): (&Process, &Process),
        review: &Review,
        seen: Option<Timestamp>,
        happened: &Happened,
    ) -> Result<Step, ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if !stands(&mut tx, before).await? {
            return Ok(Step::Stale);
        }
        if let Some(seen) = seen
            && let Some(other) = reviews::decided_since(&mut tx, &before.account, review, seen).await?
        {
            return Ok(Step::Decided(Box::new(other)));
        }
        reviews::insert(&mut tx, &before.account, review).await?;
        accounts::mark_dirty(&mut tx, before.account.as_str()).await?;
        write(&mut tx, after).await?;
        add_event(&mut tx, before.row, happened).await?;
        tx.commit().await?;
        Ok(Step::Done)
    }

    /// Keeps something that happened and moves nothing.
    pub async fn add_handoff_event(&self, process: &Process, happened: &Happened) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        add_event(&mut tx, process.row, happened).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The handoff to which a document belongs, the latest where it belongs to several.
    pub async fn handoff_of(&self, document: &Iri) -> Result<Option<Process>, ArchiveError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM handoffs WHERE row = \
             (SELECT max(handoff) FROM handoff_documents WHERE document = ?)"
        )))
        .bind(document.as_str())
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(process).transpose()
    }

    /// The open handoff of an account and type, else the latest that is not archived.
    pub async fn current_handoff(&self, account: &AccountSlug, kind: &str) -> Result<Option<Process>, ArchiveError> {
        let mut all = self.handoffs(Some(account)).await?;
        all.retain(|process| process.kind == kind && process.state != HandoffState::Archived);
        let open = all.iter().position(|process| process.state.is_open());
        Ok(open.map(|place| all[place].clone()).or_else(|| all.pop()))
    }

    /// Every handoff, of one account or of all, in the order of their start.
    pub async fn handoffs(&self, account: Option<&AccountSlug>) -> Result<Vec<Process>, ArchiveError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM handoffs WHERE (? = '' OR account = ?) ORDER BY row"
        )))
        .bind(account.map_or("", AccountSlug::as_str))
        .bind(account.map_or("", AccountSlug::as_str))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(process).collect()
    }

    /// What happened to a handoff, in order.
    pub async fn handoff_events(&self, process: &Process) -> Result<Vec<Happened>, ArchiveError> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT event FROM handoff_events WHERE handoff = ? ORDER BY row")
            .bind(process.row)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|text| serde_json::from_str(text).map_err(|error| ArchiveError::corrupt("event", error)))
            .collect()
    }

    /// Says whether a trigger was acted on.
    pub async fn knows_trigger(&self, account: &AccountSlug, key: &str) -> Result<bool, ArchiveError> {
        let known: Option<i64> = sqlx::query_scalar("SELECT at FROM triggers WHERE account = ? AND key = ?")
            .bind(account.as_str())
            .bind(key)
            .fetch_optional(&self.pool)
            .await?;
        Ok(known.is_some())
    }

    /// Notes that a trigger was acted on.
    pub async fn note_trigger(&self, account: &AccountSlug, key: &str, at: Timestamp) -> Result<(), ArchiveError> {
        sqlx::query("INSERT INTO triggers (account, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(account.as_str())
            .bind(key)
            .bind(micros(at))
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

async fn open(
    tx: &mut Transaction<'_, Sqlite>,
    account: &AccountSlug,
    kind: &str,
) -> Result<Option<Process>, ArchiveError> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM handoffs WHERE account = ? AND kind = ? ORDER BY row"
    )))
    .bind(account.as_str())
    .bind(kind)
    .fetch_all(&mut **tx)
    .await?;
    let all: Vec<Process> = rows.iter().map(process).collect::<Result<_, _>>()?;
    Ok(all.into_iter().find(|process| process.state.is_open()))
}

/// Says whether a handoff still stands as it was seen.
pub(super) async fn stands(tx: &mut Transaction<'_, Sqlite>, seen: &Process) -> Result<bool, ArchiveError> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM handoffs WHERE row = ?")))
        .bind(seen.row)
        .fetch_one(&mut **tx)
        .await?;
    let now = process(&row)?;
    // Two decisions about two lines do not disturb each other: both leave the handoff in review.
    let same_state =
        now.state == seen.state || (now.state == HandoffState::InReview && seen.state == HandoffState::Draft);
    Ok(same_state && now.document == seen.document && now.proposal == seen.proposal)
}

pub(super) async fn write(tx: &mut Transaction<'_, Sqlite>, process: &Process) -> Result<(), ArchiveError> {
    sqlx::query(
        "UPDATE handoffs SET state = ?, document = ?, proposal = ?, meeting_at = ?, outgoing = ?, incoming = ? \
         WHERE row = ?",
    )
    .bind(process.state.as_str())
    .bind(process.document.as_str())
    .bind(process.proposal.as_ref().map(Iri::as_str))
    .bind(process.meeting_at.map(micros))
    .bind(&process.outgoing)
    .bind(&process.incoming)
    .bind(process.row)
    .execute(&mut **tx)
    .await?;
    for document in std::iter::once(&process.document).chain(&process.proposal) {
        add_version(tx, process.row, document).await?;
    }
    Ok(())
}

async fn add_version(tx: &mut Transaction<'_, Sqlite>, row: i64, document: &Iri) -> Result<(), ArchiveError> {
    sqlx::query("INSERT INTO handoff_documents (handoff, document) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(row)
        .bind(document.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(super) async fn add_event(
    tx: &mut Transaction<'_, Sqlite>,
    row: i64,
    happened: &Happened,
) -> Result<(), ArchiveError> {
    let text = serde_json::to_string(happened).map_err(|error| ArchiveError::corrupt("event", error))?;
    sqlx::query("INSERT INTO handoff_events (handoff, at, event) VALUES (?, ?, ?)")
        .bind(row)
        .bind(micros(happened.at))
        .bind(text)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

pub(super) fn process(row: &SqliteRow) -> Result<Process, ArchiveError> {
    let state: String = row.try_get("state")?;
    let reason: String = row.try_get("reason")?;
    Ok(Process {
        row: row.try_get("row")?,
        account: accounts::slug(row.try_get("account")?)?,
        kind: row.try_get("kind")?,
        state: HandoffState::from_name(&state).ok_or_else(|| ArchiveError::corrupt("state", state))?,
        document: Iri::from_text(row.try_get::<String, _>("document")?),
        proposal: row.try_get::<Option<String>, _>("proposal")?.map(Iri::from_text),
        trigger: serde_json::from_str(&reason).map_err(|error| ArchiveError::corrupt("trigger", error))?,
        opened_at: time(row.try_get("opened_at")?)?,
        meeting_at: row.try_get::<Option<i64>, _>("meeting_at")?.map(time).transpose()?,
        outgoing: row.try_get("outgoing")?,
        incoming: row.try_get("incoming")?,
    })
}
