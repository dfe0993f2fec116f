//! Interactions with their text and findings, each version kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};

use crate::model::{AccountSlug, Findings, Interaction, InteractionKind, Participant, Turn, Visibility};

use super::findings::findings_bytes;
use super::{Archive, ArchiveError, accounts, micros, time};

/// Rows of one INSERT; SQLite takes 32,766 values a statement.
const ROWS_PER_INSERT: usize = 200;
/// Identities of one look-up.
const IDS_PER_LOOKUP: usize = 500;

/// What the archive holds of one identity.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// The version that holds; `None` when all are superseded.
    pub(super) current: Option<Current>,
    /// The highest version there is.
    pub(super) version: i64,
}

/// The version of an identity that holds.
#[derive(Clone, Debug)]
pub(super) struct Current {
    pub(super) row: i64,
    content_hash: Vec<u8>,
    sent_at: i64,
}

/// What became of an offered interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    New,
    /// It was there with other content, which is kept as an older version.
    Changed,
    /// It was there with the same content.
    Unchanged,
    /// It was there with content that outranks what is offered: a later state, or another copy of the same mail.
    Outranked,
}

impl Outcome {
    /// The word for it in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged | Self::Outranked => "unchanged",
        }
    }
}

/// Who decided which account an interaction belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// The caller, or the source itself: for good.
    Stated,
    /// The keys known at the time: judged again when there are new ones.
    Found,
}

/// What several contents of one identity are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// States of a record of another system: the one of the latest time holds.
    States,
    /// Copies of a mail, which never changes: the longest one holds.
    Copies,
    /// Edits: what is read last holds.
    Edits,
}

impl Versions {
    /// What they are unless the source is known to be a mail file.
    pub fn of(kind: InteractionKind) -> Self {
        match kind {
            InteractionKind::Crm | InteractionKind::Ticket => Self::States,
            InteractionKind::Email
            | InteractionKind::Chat
            | InteractionKind::Call
            | InteractionKind::Note
            | InteractionKind::Usage
            | InteractionKind::Survey
            | InteractionKind::Event => Self::Edits,
        }
    }

    /// Where a content stands among them; of equals and of edits what is read last holds.
    pub fn rank(self, interaction: &Interaction) -> i64 {
        match self {
            Self::States => interaction.sent_at.map_or(i64::MIN, micros),
            Self::Copies => interaction.text.chars().count() as i64,
            Self::Edits => 0,
        }
    }
}

impl Assignment {
    fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Found => "found",
        }
    }
}

/// An interaction with what was found in it, ready to be archived.
#[derive(Clone, Debug)]
pub struct Archived {
    /// The interaction, its account decided or `None` when it fits none.
    pub interaction: Interaction,
    /// Who decided its account.
    pub assignment: Assignment,
    /// Hash of its content, by [`Archive::content_hash`].
    pub content_hash: [u8; 32],
    /// What the engine found.
    pub findings: Findings,
}

/// An interaction without identity, time, kind and text, which have columns of their own.
#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) thread: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) language: Option<String>,
    pub(super) utc_offset_minutes: Option<i16>,
    pub(super) participants: Vec<Participant>,
    pub(super) turns: Vec<Turn>,
    pub(super) visibility: Visibility,
    pub(super) attributes: BTreeMap<String, String>,
}

impl Archive {
    /// Hash of what an interaction says; the account it was assigned to does not count.
    pub fn content_hash(interaction: &Interaction) -> Result<[u8; 32], ArchiveError> {
        let sent_at = interaction.sent_at.map(micros);
        let key = (&interaction.id, interaction.kind, sent_at, head_bytes(interaction)?, &interaction.text);
        let bytes = postcard::to_stdvec(&key).map_err(|error| ArchiveError::corrupt("interaction", error))?;
        Ok(*blake3::hash(&bytes).as_bytes())
    }

    /// Says for each offered interaction with its content hash what archiving it in `account` would do.
    pub async fn compare(
        &self,
        account: Option<&AccountSlug>,
        offered: &[(&Interaction, Versions, &[u8; 32])],
    ) -> Result<Vec<Outcome>, ArchiveError> {
        let mut connection = self.pool.acquire().await?;
        let mut held = BTreeMap::new();
        for chunk in offered.chunks(IDS_PER_LOOKUP) {
            let ids: Vec<&str> = chunk.iter().map(|(interaction, ..)| interaction.id.as_str()).collect();
            held.extend(look_up(&mut connection, account_text(account), &ids).await?);
        }
        let mut outcomes = Vec::with_capacity(offered.len());
        for (interaction, versions, hash) in offered {
            outcomes.push(match held.get(interaction.id.as_str()).and_then(|held| held.current.as_ref()) {
                None => Outcome::New,
                Some(current) if current.content_hash == hash.as_slice() => Outcome::Unchanged,
                Some(current) => outcome_of_other(&mut connection, current, (interaction, *versions), hash).await?,
            });
        }
        Ok(outcomes)
    }

    /// Archives a batch in one transaction, which is on disk when this returns. Of two with one identity the later wins.
    pub async fn insert(&self, batch: &[Archived], engine: &str, now: Timestamp) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let mut by_account: BTreeMap<Option<&AccountSlug>, Vec<&Archived>> = BTreeMap::new();
        for archived in batch {
            by_account.entry(archived.interaction.account.as_ref()).or_default().push(archived);
        }
        for (account, group) in by_account {
            if let Some(account) = account {
                accounts::ensure_account(&mut tx, account).await?;
            }
            for chunk in group.chunks(IDS_PER_LOOKUP) {
                insert_chunk(&mut tx, account_text(account), chunk, engine, now).await?;
            }
            accounts::mark_dirty(&mut tx, account_text(account)).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn insert_chunk(
    tx: &mut Transaction<'_, Sqlite>,
    account: &str,
    chunk: &[&Archived],
    engine: &str,
    now: Timestamp,
) -> Result<(), ArchiveError> {
    // Of two with one identity in a chunk the later wins.
    let latest: BTreeMap<&str, &Archived> = chunk.iter().map(|item| (item.interaction.id.as_str(), *item)).collect();
    let ids: Vec<&str> = latest.keys().copied().collect();
    let held = look_up(tx, account, &ids).await?;
    let first_row = next_row(tx).await?;
    let mut rows = Vec::with_capacity(latest.len());
    for (offset, (id, item)) in latest.into_iter().enumerate() {
        let previous = held.get(id).cloned().unwrap_or_default();
        if let Some(current) = &previous.current {
            supersede(tx, current.row, now).await?;
        }
        rows.push(NewRow {
            row: first_row + offset as i64,
            version: previous.version + 1,
            sent_at: item.interaction.sent_at.ok_or_else(|| ArchiveError::Undated { id: id.to_owned() })?,
            head: head_bytes(&item.interaction)?,
            findings: findings_bytes(&item.findings)?,
            item,
        });
    }
    for rows in rows.chunks(ROWS_PER_INSERT) {
        insert_rows(tx, account, rows, engine, now).await?;
    }
    Ok(())
}

/// What offering other content for a known identity does.
async fn outcome_of_other(
    connection: &mut sqlx::SqliteConnection,
    current: &Current,
    (interaction, versions): (&Interaction, Versions),
    hash: &[u8; 32],
) -> Result<Outcome, ArchiveError> {
    let offered = versions.rank(interaction);
    let outranks = match versions {
        Versions::States => current.sent_at <= offered,
        Versions::Copies => {
            let text = sqlx::query_scalar("SELECT length(text) FROM texts WHERE row = ?");
            let held: i64 = text.bind(current.row).fetch_one(connection).await?;
            (held, current.content_hash.as_slice()) < (offered, hash.as_slice())
        }
        Versions::Edits => true,
    };
    Ok(if outranks { Outcome::Changed } else { Outcome::Outranked })
}

/// The number of the next row.
pub(super) async fn next_row(tx: &mut Transaction<'_, Sqlite>) -> Result<i64, ArchiveError> {
    Ok(sqlx::query_scalar("SELECT coalesce(max(row), 0) + 1 FROM interactions").fetch_one(&mut **tx).await?)
}

/// Ends the time in which a version held.
pub(super) async fn supersede(tx: &mut Transaction<'_, Sqlite>, row: i64, now: Timestamp) -> Result<(), ArchiveError> {
    sqlx::query("UPDATE interactions SET superseded_at = ? WHERE row = ?")
        .bind(micros(now))
        .bind(row)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A row about to be written, with its place and encoded parts.
struct NewRow<'a> {
    row: i64,
    version: i64,
    sent_at: Timestamp,
    head: Vec<u8>,
    findings: Vec<u8>,
    item: &'a Archived,
}

async fn insert_rows(
    tx: &mut Transaction<'_, Sqlite>,
    account: &str,
    rows: &[NewRow<'_>],
    engine: &str,
    now: Timestamp,
) -> Result<(), ArchiveError> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "INSERT INTO interactions (row, account, id, version, kind, sent_at, recorded_at, content_hash, head, assignment) ",
    );
    query.push_values(rows, |mut values, new| {
        values
            .push_bind(new.row)
            .push_bind(account.to_owned())
            .push_bind(new.item.interaction.id.clone())
            .push_bind(new.version)
            .push_bind(new.item.interaction.kind.as_str())
            .push_bind(micros(new.sent_at))
            .push_bind(micros(now))
            .push_bind(new.item.content_hash.to_vec())
            .push_bind(new.head.clone())
            .push_bind(new.item.assignment.as_str());
    });
    query.build().execute(&mut **tx).await?;
    let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO texts (row, text) ");
    query.push_values(rows, |mut values, new| {
        values.push_bind(new.row).push_bind(new.item.interaction.text.clone());
    });
    query.build().execute(&mut **tx).await?;
    let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO findings (row, engine, data) ");
    query.push_values(rows, |mut values, new| {
        values.push_bind(new.row).push_bind(engine.to_owned()).push_bind(new.findings.clone());
    });
    query.build().execute(&mut **tx).await?;
    Ok(())
}

/// What the archive holds of these identities in an account.
pub(super) async fn look_up(
    connection: &mut sqlx::SqliteConnection,
    account: &str,
    ids: &[&str],
) -> Result<BTreeMap<String, Held>, ArchiveError> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT id, version, superseded_at IS NULL, row, content_hash, sent_at FROM interactions WHERE account = ",
    );
    query.push_bind(account.to_owned()).push(" AND id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind((*id).to_owned());
    }
    query.push(")");
    let mut known: BTreeMap<String, Held> = BTreeMap::new();
    for row in query.build().fetch_all(connection).await? {
        let held = known.entry(row.try_get(0)?).or_default();
        held.version = held.version.max(row.try_get(1)?);
        if row.try_get(2)? {
            held.current =
                Some(Current { row: row.try_get(3)?, content_hash: row.try_get(4)?, sent_at: row.try_get(5)? });
        }
    }
    Ok(known)
}

pub(super) fn account_text(account: Option<&AccountSlug>) -> &str {
    account.map_or("", AccountSlug::as_str)
}

pub(super) fn head_bytes(interaction: &Interaction) -> Result<Vec<u8>, ArchiveError> {
    let head = Head {
        thread: interaction.thread.clone(),
        subject: interaction.subject.clone(),
        language: interaction.language.clone(),
        utc_offset_minutes: interaction.utc_offset_minutes,
        participants: interaction.participants.clone(),
        turns: interaction.turns.clone(),
        visibility: interaction.visibility,
        attributes: interaction.attributes.clone(),
    };
    postcard::to_stdvec(&head).map_err(|error| ArchiveError::corrupt("interaction", error))
}

pub(super) fn interaction_of(row: &SqliteRow, head: &[u8], text: String) -> Result<Interaction, ArchiveError> {
    let head: Head = postcard::from_bytes(head).map_err(|error| ArchiveError::corrupt("interaction", error))?;
    Ok(Interaction {
        id: row.try_get("id")?,
        account: None,
        kind: kind_of(row.try_get("kind")?)?,
        thread: head.thread,
        sent_at: Some(time(row.try_get("sent_at")?)?),
        utc_offset_minutes: head.utc_offset_minutes,
        subject: head.subject,
        text,
        language: head.language,
        participants: head.participants,
        turns: head.turns,
        visibility: head.visibility,
        attributes: head.attributes,
    })
}

pub(super) fn kind_of(name: &str) -> Result<InteractionKind, ArchiveError> {
    InteractionKind::from_name(name).ok_or_else(|| ArchiveError::corrupt("interaction kind", name))
}
