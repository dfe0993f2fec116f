//! Erasure: one transaction takes what is erased out of every table, and says that the graph has to be made in another
//! folder and the file scrubbed. Cut off after it, the next to open the stores does the rest.

mod columns;
mod state;

use jiff::Timestamp;
use sqlx::{Connection as _, Row as _, Sqlite, SqliteConnection, Transaction};

use crate::model::{AccountSlug, Findings, Interaction, Iri};

use super::findings::findings_bytes;
use super::interactions::{head_bytes, interaction_of};
use super::{Archive, ArchiveError, micros};
use columns::{COLUMNS, Column, OF_ACCOUNT};
use state::{FIRST_GRAPH_FOLDER, GRAPH_FOLDER, UNSCRUBBED};

/// What a stored text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Words.
    Text,
    /// A key that means nothing once it is changed.
    Key,
    /// JSON.
    Json,
}

/// What becomes of a stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has nothing of what is erased.
    Stays,
    /// It is rewritten.
    Becomes(String),
    /// Its row goes.
    Goes,
}

/// Decides what becomes of stored texts.
pub trait Eraser: Send + Sync {
    /// What becomes of a text of an account (`""` where it belongs to none).
    fn text(&self, holding: Holding, account: &str, text: &str) -> Fate;
    /// What becomes of a document, with how many lines it loses; `None` when it stays as it is.
    fn document(&self, account: &str, text: &str) -> Option<(String, u64)>;
}

/// A stored interaction that is rewritten, with what was found in it.
pub struct Rewritten {
    /// Its row.
    pub row: i64,
    /// As it is from now on.
    pub interaction: Interaction,
    /// Hash of its content.
    pub content_hash: [u8; 32],
    /// What the engine finds in it now.
    pub findings: Findings,
}

/// What an erasure does to the archive.
pub struct Erasure<'e> {
    /// Rows of interactions that go.
    pub gone: &'e [i64],
    /// Interactions that are rewritten.
    pub rewritten: &'e [Rewritten],
    /// The engine that read them.
    pub engine: &'e str,
    /// Accounts that go altogether.
    pub accounts: &'e [AccountSlug],
    /// Decides about everything else.
    pub eraser: &'e dyn Eraser,
    /// Marks to keep away what went.
    pub marks: &'e [[u8; 16]],
    /// When.
    pub at: Timestamp,
}

/// A document that lost lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrunedDocument {
    /// Which.
    pub id: Iri,
    /// Its account.
    pub account: String,
    /// Its type.
    pub kind: String,
    /// How many lines it lost.
    pub lines: u64,
}

/// What an erasure did to everything but interactions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErasedRows {
    /// Documents that lost lines.
    pub documents: Vec<PrunedDocument>,
    /// Other rows that went.
    pub gone: u64,
    /// Other rows that were rewritten.
    pub rewritten: u64,
}

impl Archive {
    /// Up to `limit` interactions of every account and version with their rows, those after `row`.
    pub async fn stored_after(&self, row: i64, limit: u32) -> Result<Vec<(i64, Interaction)>, ArchiveError> {
        let rows = sqlx::query(
            "SELECT i.id, i.kind, i.sent_at, i.head, i.row, i.account, t.text FROM interactions i \
             JOIN texts t ON t.row = i.row WHERE i.row > ? ORDER BY i.row LIMIT ?",
        )
        .bind(row)
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

    /// Erases. After it every account has to be projected into the graph's new folder, and the file be scrubbed.
    pub async fn erase(&self, erasure: &Erasure<'_>) -> Result<ErasedRows, ArchiveError> {
        let next = next_folder(&self.graph_folder().await?);
        let mut connection = self.pool.acquire().await?;
        // What is deleted is overwritten with zeros.
        sqlx::raw_sql("PRAGMA secure_delete = ON").execute(&mut *connection).await?;
        let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
        for row in erasure.gone {
            delete_interaction(&mut tx, *row).await?;
        }
        for rewritten in erasure.rewritten {
            rewrite(&mut tx, rewritten, erasure.engine).await?;
        }
        for account in erasure.accounts {
            for statement in OF_ACCOUNT {
                sqlx::query(statement).bind(account.as_str()).execute(&mut *tx).await?;
            }
        }
        let mut erased = ErasedRows { documents: documents(&mut tx, erasure.eraser).await?, ..ErasedRows::default() };
        for column in COLUMNS {
            clean(&mut tx, column, erasure.eraser, &mut erased).await?;
        }
        // Answers to requests serve those who ask again at once; any may hold what is erased.
        sqlx::query("DELETE FROM idempotent_answers").execute(&mut *tx).await?;
        for mark in erasure.marks {
            sqlx::query("INSERT INTO tombstones (hash, at) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .bind(mark.as_slice())
                .bind(micros(erasure.at))
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query("UPDATE accounts SET writes = writes + 1, projection = 'projecting'").execute(&mut *tx).await?;
        sqlx::query("DELETE FROM projections").execute(&mut *tx).await?;
        for (name, value) in [(GRAPH_FOLDER, next.as_str()), (UNSCRUBBED, "yes")] {
            set(&mut tx, name, value).await?;
        }
        tx.commit().await?;
        Ok(erased)
    }
}

/// `graph`, `graph-1`, `graph-2`, …
fn next_folder(folder: &str) -> String {
    let number = folder.rsplit_once('-').and_then(|(_, number)| number.parse::<u64>().ok()).unwrap_or_default();
    format!("{FIRST_GRAPH_FOLDER}-{}", number + 1)
}

async fn set(connection: &mut SqliteConnection, name: &str, value: &str) -> Result<(), ArchiveError> {
    sqlx::query(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(connection)
    .await?;
    Ok(())
}

async fn delete_interaction(tx: &mut Transaction<'_, Sqlite>, row: i64) -> Result<(), ArchiveError> {
    for statement in [
        "DELETE FROM findings WHERE row = ?",
        "DELETE FROM texts WHERE row = ?",
        "DELETE FROM interactions WHERE row = ?",
    ] {
        sqlx::query(statement).bind(row).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Writes an interaction anew. Its account is for good from now on: who tells it may be masked.
async fn rewrite(tx: &mut Transaction<'_, Sqlite>, new: &Rewritten, engine: &str) -> Result<(), ArchiveError> {
    sqlx::query(
        "UPDATE interactions SET id = ?, head = ?, content_hash = ?, \
         assignment = CASE account WHEN '' THEN assignment ELSE 'stated' END WHERE row = ?",
    )
    .bind(&new.interaction.id)
    .bind(head_bytes(&new.interaction)?)
    .bind(new.content_hash.as_slice())
    .bind(new.row)
    .execute(&mut **tx)
    .await?;
    sqlx::query("UPDATE texts SET text = ? WHERE row = ?")
        .bind(&new.interaction.text)
        .bind(new.row)
        .execute(&mut **tx)
        .await?;
    sqlx::query("DELETE FROM findings WHERE row = ?").bind(new.row).execute(&mut **tx).await?;
    sqlx::query("INSERT INTO findings (row, engine, data) VALUES (?, ?, ?)")
        .bind(new.row)
        .bind(engine)
        .bind(findings_bytes(&new.findings)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes lines out of documents.
async fn documents(tx: &mut Transaction<'_, Sqlite>, eraser: &dyn Eraser) -> Result<Vec<PrunedDocument>, ArchiveError> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM documents ORDER BY id").fetch_all(&mut **tx).await?;
    let mut pruned = Vec::new();
    for id in ids {
        let row = sqlx::query("SELECT account, kind, document FROM documents WHERE id = ?");
        let row = row.bind(&id).fetch_one(&mut **tx).await?;
        let (account, kind): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let Some((text, lines)) = eraser.document(&account, row.try_get(2)?) else { continue };
        sqlx::query("UPDATE documents SET document = ? WHERE id = ?").bind(text).bind(&id).execute(&mut **tx).await?;
        pruned.push(PrunedDocument { id: Iri::from_text(id), account, kind, lines });
    }
    Ok(pruned)
}

/// Cleans one column of every row.
async fn clean(
    tx: &mut Transaction<'_, Sqlite>,
    (table, column, account, holding): Column,
    eraser: &dyn Eraser,
    rows: &mut ErasedRows,
) -> Result<(), ArchiveError> {
    // Names of our own tables and columns; nothing of them comes from outside.
    let select = format!("SELECT rowid, coalesce({account}, ''), {column} FROM {table} WHERE {column} IS NOT NULL");
    let stored = sqlx::query(sqlx::AssertSqlSafe(select)).fetch_all(&mut **tx).await?;
    for row in stored {
        let (id, account): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        match eraser.text(holding, &account, row.try_get(2)?) {
            Fate::Stays => {}
            Fate::Becomes(text) => {
                let update = format!("UPDATE OR REPLACE {table} SET {column} = ? WHERE rowid = ?");
                sqlx::query(sqlx::AssertSqlSafe(update)).bind(text).bind(id).execute(&mut **tx).await?;
                rows.rewritten += 1;
            }
            Fate::Goes => {
                let delete = format!("DELETE FROM {table} WHERE rowid = ?");
                sqlx::query(sqlx::AssertSqlSafe(delete)).bind(id).execute(&mut **tx).await?;
                rows.gone += 1;
            }
        }
    }
    Ok(())
}
