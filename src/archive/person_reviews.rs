//! What people decided about people.

use jiff::Timestamp;
use sqlx::sqlite::SqliteExecutor;

use crate::model::{AccountSlug, Happened, PersonReview, Process};

use super::reviews::parsed;
use super::{Archive, ArchiveError, accounts, handoffs, micros};

/// What became of a decision about a person.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonStep {
    /// It was taken.
    Done,
    /// Somebody else moved the handoff meanwhile.
    Stale,
    /// Somebody else decided about the same person after the document was made.
    Decided(PersonReview),
}

impl Archive {
    /// Keeps a decision about a person with the move that it makes, unless somebody else has decided about that person
    /// since `seen`; `None` decides in any case. What cannot be taken is answered with the other decision.
    pub async fn decide_person(
        &self,
        (before, after): (&Process, &Process),
        review: &PersonReview,
        seen: Option<Timestamp>,
        happened: &Happened,
    ) -> Result<PersonStep, ArchiveError> {
        let text = serde_json::to_string(review).map_err(|error| ArchiveError::corrupt("review", error))?;
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if !handoffs::stands(&mut tx, before).await? {
            return Ok(PersonStep::Stale);
        }
        let known: Vec<PersonReview> = parsed(&rows(&mut *tx, &before.account, None).await?)?;
        let is_other = |other: &&PersonReview| {
            other.person == review.person && other.by != review.by && seen.is_some_and(|seen| other.at > seen)
        };
        if let Some(other) = known.iter().rfind(is_other) {
            return Ok(PersonStep::Decided(other.clone()));
        }
        sqlx::query("INSERT INTO person_reviews (account, at, review) VALUES (?, ?, ?)")
            .bind(before.account.as_str())
            .bind(micros(review.at))
            .bind(text)
            .execute(&mut *tx)
            .await?;
        accounts::mark_dirty(&mut tx, before.account.as_str()).await?;
        handoffs::write(&mut tx, after).await?;
        handoffs::add_event(&mut tx, before.row, happened).await?;
        tx.commit().await?;
        Ok(PersonStep::Done)
    }

    /// The decisions of an account up to `until`, in the order they were made.
    pub async fn person_reviews(
        &self,
        account: &AccountSlug,
        until: Option<Timestamp>,
    ) -> Result<Vec<PersonReview>, ArchiveError> {
        parsed(&rows(&self.pool, account, until).await?)
    }
}

async fn rows<'e>(
    executor: impl SqliteExecutor<'e>,
    account: &AccountSlug,
    until: Option<Timestamp>,
) -> Result<Vec<String>, ArchiveError> {
    Ok(sqlx::query_scalar("SELECT review FROM person_reviews WHERE account = ? AND at <= ? ORDER BY at, row")
        .bind(account.as_str())
        .bind(until.map_or(i64::MAX, micros))
        .fetch_all(executor)
        .await?)
}
