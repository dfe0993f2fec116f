//! Interactions whose account follows from keys: they move when the keys that are known say otherwise.

use jiff::Timestamp;
use sqlx::{Row, Sqlite, Transaction};

use crate::model::{AccountSlug, Interaction};

use super::interactions::{account_text, interaction_of, look_up, next_row, supersede};
use super::{Archive, ArchiveError, accounts, micros};

/// An interaction whose account was found by keys, or that waits for one.
#[derive(Clone, Debug)]
pub struct Found {
    row: i64,
    /// The account that it is in; `None` while it fits none or several.
    pub account: Option<AccountSlug>,
    /// The interaction, without its text and its account.
    pub interaction: Interaction,
}

/// Which of them to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Those that wait for an account.
    Waiting,
    /// Also those that have one.
    All,
}

impl Archive {
    /// Interactions whose account follows from keys, by identity.
    pub async fn found(&self, which: Judged) -> Result<Vec<Found>, ArchiveError> {
        let query = match which {
            Judged::Waiting => {
                "SELECT id, kind, sent_at, head, row, account FROM interactions \
                 WHERE account = '' AND assignment = 'found' AND superseded_at IS NULL ORDER BY id"
            }
            Judged::All => {
                "SELECT id, kind, sent_at, head, row, account FROM interactions \
                 WHERE assignment = 'found' AND superseded_at IS NULL ORDER BY id, account"
            }
        };
        let rows = sqlx::query(query).fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let interaction = interaction_of(row, row.try_get("head")?, String::new())?;
                let account = AccountSlug::from_name(row.try_get("account")?);
                Ok(Found { row: row.try_get("row")?, account, interaction })
            })
            .collect()
    }

    /// Moves interactions to the account that fits them now, or lets them wait. Where the account already has that
    /// identity, its own stays.
    pub async fn assign(&self, decided: &[(Found, Option<AccountSlug>)], now: Timestamp) -> Result<(), ArchiveError> {
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (found, account) in decided {
            if let Some(account) = account {
                accounts::ensure_account(&mut tx, account).await?;
            }
            let (from, to) = (account_text(found.account.as_ref()), account_text(account.as_ref()));
            let id = found.interaction.id.as_str();
            let held = look_up(&mut tx, to, &[id]).await?.remove(id).unwrap_or_default();
            match (&found.account, held.current) {
                (_, Some(_)) => supersede(&mut tx, found.row, now).await?,
                (None, None) => take_over(&mut tx, found.row, (to, held.version + 1), now).await?,
                (Some(_), None) => {
                    copy(&mut tx, found.row, (to, held.version + 1), now).await?;
                    supersede(&mut tx, found.row, now).await?;
                }
            }
            accounts::mark_dirty(&mut tx, from).await?;
            accounts::mark_dirty(&mut tx, to).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// What waited was known of no account: its row simply moves.
async fn take_over(
    tx: &mut Transaction<'_, Sqlite>,
    row: i64,
    (account, version): (&str, i64),
    now: Timestamp,
) -> Result<(), ArchiveError> {
    sqlx::query("UPDATE interactions SET account = ?, version = ?, recorded_at = ? WHERE row = ?")
        .bind(account)
        .bind(version)
        .bind(micros(now))
        .bind(row)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// What was known of an account stays known of it until `now`: the other account gets a row of its own.
async fn copy(
    tx: &mut Transaction<'_, Sqlite>,
    row: i64,
    (account, version): (&str, i64),
    now: Timestamp,
) -> Result<(), ArchiveError> {
    let new = next_row(tx).await?;
    sqlx::query(
        "INSERT INTO interactions (row, account, id, version, kind, sent_at, recorded_at, content_hash, head, assignment) \
         SELECT ?, ?, id, ?, kind, sent_at, ?, content_hash, head, assignment FROM interactions WHERE row = ?",
    )
    .bind(new)
    .bind(account)
    .bind(version)
    .bind(micros(now))
    .bind(row)
    .execute(&mut **tx)
    .await?;
    for copied in [
        "INSERT INTO texts (row, text) SELECT ?, text FROM texts WHERE row = ?",
        "INSERT INTO findings (row, engine, data) SELECT ?, engine, data FROM findings WHERE row = ?",
    ] {
        sqlx::query(copied).bind(new).bind(row).execute(&mut **tx).await?;
    }
    Ok(())
}
