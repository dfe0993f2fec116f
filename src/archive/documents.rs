//! Documents that were made, each version kept as it was.

use jiff::Timestamp;

use crate::model::{AccountSlug, Handoff, Iri};

use super::{Archive, ArchiveError, micros};

impl Archive {
    /// Keeps a document; the same document again changes nothing.
    pub async fn keep_handoff(&self, handoff: &Handoff) -> Result<(), ArchiveError> {
        let text = serde_json::to_string(handoff).map_err(|error| ArchiveError::corrupt("handoff", error))?;
        sqlx::query(
            "INSERT INTO handoffs (id, account, type, as_of, generated_at, document) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(handoff.id.as_str())
        .bind(handoff.account.as_str())
        .bind(&handoff.kind)
        .bind(micros(handoff.as_of))
        .bind(micros(handoff.generated_at))
        .bind(text)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The document of that IRI.
    pub async fn handoff(&self, id: &Iri) -> Result<Option<Handoff>, ArchiveError> {
        let text: Option<String> = sqlx::query_scalar("SELECT document FROM handoffs WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("handoff", error))).transpose()
    }

    /// The latest document of a type that speaks of a time before `as_of`.
    pub async fn previous_handoff(
        &self,
        account: &AccountSlug,
        kind: &str,
        as_of: Timestamp,
    ) -> Result<Option<Iri>, ArchiveError> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT id FROM handoffs WHERE account = ? AND type = ? AND as_of < ? ORDER BY as_of DESC, id LIMIT 1",
        )
        .bind(account.as_str())
        .bind(kind)
        .bind(micros(as_of))
        .fetch_optional(&self.pool)
        .await?;
        Ok(id.map(Iri::from_text))
    }
}
