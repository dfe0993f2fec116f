//! Interactions with their text and findings, each version kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};

use crate::model::{AccountSlug, Findings, Interaction, InteractionKind, Participant, Told, Turn, Visibility};

use super::{Archive, ArchiveError, accounts, micros, time};

/// Rows of one INSERT; SQLite takes 32,766 values a statement.
const ROWS_PER_INSERT: usize = 200;
/// Identities of one look-up.
const IDS_PER_LOOKUP: usize = 500;

/// What the archive holds of one identity at present.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Held {
    row: i64,
    version: i64,
    content_hash: Vec<u8>,
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
}

/// An interaction with what was found in it, ready to be archived.
#[derive(Clone, Debug)]
pub struct Archived {
    /// The interaction, its account decided or `None` when it fits none.
    pub interaction: Interaction,
    /// Hash of its content, by [`Archive::content_hash`].
    pub content_hash: [u8; 32],
    /// What the engine found.
    pub findings: Findings,
}

/// Which part of an account's history to fold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cut {
    /// Only what was said until then.
    pub as_of: Option<Timestamp>,
    /// Only what the archive held then.
    pub known_at: Option<Timestamp>,
}

/// An interaction that fits no account.
#[derive(Clone, Debug)]
pub struct Unassigned {
    row: i64,
    /// The interaction, without its text.
    pub interaction: Interaction,
}

/// An interaction without identity, time, kind and text, which have columns of their own.
#[derive(Serialize, Deserialize)]
struct Head {
    thread: Option<String>,
    subject: Option<String>,
    language: Option<String>,
    utc_offset_minutes: Option<i16>,
    participants: Vec<Participant>,
    turns: Vec<Turn>,
    visibility: Visibility,
    attributes: BTreeMap<String, String>,
}

impl Archive {
    /// Hash of what an interaction says; the account it was assigned to does not count.
    pub fn content_hash(interaction: &Interaction) -> Result<[u8; 32], ArchiveError> {
        let sent_at = interaction.sent_at.map(micros);
        let key = (&interaction.id, interaction.kind, sent_at, head_bytes(interaction)?, &interaction.text);
        let bytes = postcard::to_stdvec(&key).map_err(|error| ArchiveError::corrupt("interaction", error))?;
        Ok(*blake3::hash(&bytes).as_bytes())
    }

    /// Says for each offered `(account, id, content hash)` what archiving it would do.
    pub async fn compare(
        &self,
        account: Option<&AccountSlug>,
        offered: &[(&str, &[u8; 32])],
    ) -> Result<Vec<Outcome>, ArchiveError> {
        let mut connection = self.pool.acquire().await?;
        let mut held = BTreeMap::new();
        for ids in offered.chunks(IDS_PER_LOOKUP) {
            let ids: Vec<&str> = ids.iter().map(|(id, _)| *id).collect();
            held.extend(look_up(&mut connection, account_text(account), &ids).await?);
        }
        Ok(offered
            .iter()
            .map(|(id, hash)| match held.get(*id) {
                None => Outcome::New,
                Some(known) if known.content_hash == hash.as_slice() => Outcome::Unchanged,
                Some(_) => Outcome::Changed,
            })
            .collect())
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

    /// Everything told in an account within `cut` as `engine` read it, sorted by time and identity.
    pub async fn told(&self, account: &AccountSlug, engine: &str, cut: Cut) -> Result<Vec<Told>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.recorded_at, i.head, f.data FROM interactions i \
             LEFT JOIN findings f ON f.row = i.row AND f.engine = ? \
             WHERE i.account = ? AND i.sent_at <= ? AND i.recorded_at <= ? \
             AND (i.superseded_at IS NULL OR i.superseded_at > ?)",
        )
        .bind(engine)
        .bind(account.as_str())
        .bind(cut.as_of.map_or(i64::MAX, micros))
        .bind(cut.known_at.map_or(i64::MAX, micros))
        .bind(cut.known_at.map_or(i64::MAX, micros))
        .fetch_all(&self.pool)
        .await?;
        let mut told = rows.iter().map(told_of).collect::<Result<Vec<_>, _>>()?;
        told.sort_unstable_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
        Ok(told)
    }

    /// The latest time of anything told in an account and the latest time anything was archived.
    pub async fn horizon(&self, account: &AccountSlug) -> Result<Option<(Timestamp, Timestamp)>, ArchiveError> {
        let row = sqlx::query("SELECT max(sent_at), max(max(recorded_at), coalesce(max(superseded_at), 0)) FROM interactions WHERE account = ?")
            .bind(account.as_str())
            .fetch_one(&self.pool)
            .await?;
        let (sent, recorded): (Option<i64>, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        match (sent, recorded) {
            (Some(sent), Some(recorded)) => Ok(Some((time(sent)?, time(recorded)?))),
            _ => Ok(None),
        }
    }

    /// The current text of an interaction.
    pub async fn text(&self, account: &AccountSlug, id: &str) -> Result<Option<String>, ArchiveError> {
        Ok(sqlx::query_scalar(
            "SELECT t.text FROM interactions i JOIN texts t ON t.row = i.row \
             WHERE i.account = ? AND i.id = ? AND i.superseded_at IS NULL",
        )
        .bind(account.as_str())
        .bind(id)
        .fetch_optional(&self.pool)
        .await?)
    }

    /// Interactions that fit no account, by identity, without their texts.
    pub async fn unassigned(&self) -> Result<Vec<Unassigned>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT id, kind, sent_at, head, row FROM interactions WHERE account = '' AND superseded_at IS NULL ORDER BY id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let interaction = interaction_of(row, row.try_get("head")?, String::new())?;
                Ok(Unassigned { row: row.try_get("row")?, interaction })
            })
            .collect()
    }

    /// Gives interactions that fitted no account to the account that fits them now.
    pub async fn assign(&self, decided: &[(Unassigned, AccountSlug)], now: Timestamp) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (unassigned, account) in decided {
            accounts::ensure_account(&mut tx, account).await?;
            sqlx::query("UPDATE interactions SET account = ?, recorded_at = ? WHERE row = ?")
                .bind(account.as_str())
                .bind(micros(now))
                .bind(unassigned.row)
                .execute(&mut *tx)
                .await?;
            accounts::mark_dirty(&mut tx, account.as_str()).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Up to `limit` interactions of all accounts that `engine` has not read yet, with their rows.
    pub async fn unread_by(&self, engine: &str, limit: u32) -> Result<Vec<(i64, Interaction)>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.head, i.row, i.account, t.text FROM interactions i \
             JOIN texts t ON t.row = i.row LEFT JOIN findings f ON f.row = i.row AND f.engine = ? \
             WHERE f.row IS NULL ORDER BY i.row LIMIT ?",
        )
        .bind(engine)
        .bind(limit)
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let mut interaction = interaction_of(row, row.try_get("head")?, row.try_get("text")?)?;
                interaction.account = AccountSlug::from_name(row.try_get("account")?);
                Ok((row.try_get("row")?, interaction))
            })
            .collect()
    }

    /// Keeps what `engine` found in archived interactions.
    pub async fn keep_findings(&self, engine: &str, read: &[(i64, Findings)]) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (row, findings) in read {
            sqlx::query("INSERT INTO findings (row, engine, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .bind(row)
                .bind(engine)
                .bind(findings_bytes(findings)?)
                .execute(&mut *tx)
                .await?;
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
    let first_row: i64 =
        sqlx::query_scalar("SELECT coalesce(max(row), 0) + 1 FROM interactions").fetch_one(&mut **tx).await?;
    let mut rows = Vec::with_capacity(latest.len());
    for (offset, (id, item)) in latest.into_iter().enumerate() {
        let previous = held.get(id);
        if let Some(previous) = previous {
            sqlx::query("UPDATE interactions SET superseded_at = ? WHERE row = ?")
                .bind(micros(now))
                .bind(previous.row)
                .execute(&mut **tx)
                .await?;
        }
        rows.push(NewRow {
            row: first_row + offset as i64,
            version: previous.map_or(1, |previous| previous.version + 1),
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
        "INSERT INTO interactions (row, account, id, version, kind, sent_at, recorded_at, content_hash, head) ",
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
            .push_bind(new.head.clone());
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

async fn look_up(
    connection: &mut sqlx::SqliteConnection,
    account: &str,
    ids: &[&str],
) -> Result<BTreeMap<String, Held>, ArchiveError> {
    let mut query =
        QueryBuilder::<Sqlite>::new("SELECT id, row, version, content_hash FROM interactions WHERE account = ");
    query.push_bind(account.to_owned()).push(" AND superseded_at IS NULL AND id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind((*id).to_owned());
    }
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let held = Held { row: row.try_get(1)?, version: row.try_get(2)?, content_hash: row.try_get(3)? };
            Ok((row.try_get(0)?, held))
        })
        .collect()
}

fn account_text(account: Option<&AccountSlug>) -> &str {
    account.map_or("", AccountSlug::as_str)
}

fn head_bytes(interaction: &Interaction) -> Result<Vec<u8>, ArchiveError> {
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

fn findings_bytes(findings: &Findings) -> Result<Vec<u8>, ArchiveError> {
    postcard::to_stdvec(findings).map_err(|error| ArchiveError::corrupt("finding", error))
}

fn told_of(row: &SqliteRow) -> Result<Told, ArchiveError> {
    let head: Head =
        postcard::from_bytes(row.try_get(4)?).map_err(|error| ArchiveError::corrupt("interaction", error))?;
    let findings = match row.try_get::<Option<&[u8]>, _>(5)? {
        Some(bytes) => postcard::from_bytes(bytes).map_err(|error| ArchiveError::corrupt("finding", error))?,
        None => Findings::default(),
    };
    Ok(Told {
        id: row.try_get(0)?,
        kind: kind_of(row.try_get(1)?)?,
        thread: head.thread,
        subject: head.subject,
        sent_at: time(row.try_get(2)?)?,
        recorded_at: time(row.try_get(3)?)?,
        participants: head.participants,
        visibility: head.visibility,
        findings,
    })
}

fn interaction_of(row: &SqliteRow, head: &[u8], text: String) -> Result<Interaction, ArchiveError> {
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

fn kind_of(name: &str) -> Result<InteractionKind, ArchiveError> {
    InteractionKind::from_name(name).ok_or_else(|| ArchiveError::corrupt("interaction kind", name))
}
