//! Documents that were made. A document never changes.

use jiff::Timestamp;

use crate::model::{AccountSlug, Handoff, Iri};

use super::{Archive, ArchiveError, micros, time};

impl Archive {
    /// Keeps a document; one that is there already is left as it is.
    pub async fn keep_document(&self, document: &Handoff) -> Result<(), ArchiveError> {
        let text = serde_json::to_string(document).map_err(|error| ArchiveError::corrupt("document", error))?;
        sqlx::query(
            "INSERT INTO documents (id, account, kind, as_of, made_at, document) VALUES (?, ?, ?, ?, ?, ?) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(document.id.as_str())
        .bind(document.account.as_str())
        .bind(&document.kind)
        .bind(micros(document.as_of))
        .bind(micros(document.generated_at))
        .bind(text)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The document of that identity.
    pub async fn document(&self, id: &Iri) -> Result<Option<Handoff>, ArchiveError> {
        let text: Option<String> = sqlx::query_scalar("SELECT document FROM documents WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(&self.pool)
            .await?;
        text.map(|text| serde_json::from_str(&text).map_err(|error| ArchiveError::corrupt("document", error)))
            .transpose()
    }

    /// The latest document of an account and type.
    pub async fn latest_document(&self, account: &AccountSlug, kind: &str) -> Result<Option<Iri>, ArchiveError> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT id FROM documents WHERE account = ? AND kind = ? ORDER BY made_at DESC, id LIMIT 1",
        )
        .bind(account.as_str())
        .bind(kind)
        .fetch_optional(&self.pool)
        .await?;
        Ok(id.map(Iri::from_text))
    }

    /// The documents of an account and type, latest first: identity, the time that each speaks of, when it was made.
    pub async fn documents_of(
        &self,
        account: &AccountSlug,
        kind: &str,
    ) -> Result<Vec<(Iri, Timestamp, Timestamp)>, ArchiveError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT id, as_of, made_at FROM documents WHERE account = ? AND kind = ? ORDER BY made_at DESC, id",
        )
        .bind(account.as_str())
        .bind(kind)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(|(id, as_of, made)| Ok((Iri::from_text(id), time(as_of)?, time(made)?))).collect()
    }

    /// The document of an account, type and period, where it was made.
    pub async fn period_document(
        &self,
        account: &AccountSlug,
        kind: &str,
        period: &str,
    ) -> Result<Option<Iri>, ArchiveError> {
        let id: Option<String> =
            sqlx::query_scalar("SELECT document FROM period_documents WHERE account = ? AND kind = ? AND period = ?")
                .bind(account.as_str())
                .bind(kind)
                .bind(period)
                .fetch_optional(&self.pool)
                .await?;
        Ok(id.map(Iri::from_text))
    }

    /// Keeps a document as the one of its period. Answers whether it is: another process may have been first.
    pub async fn keep_period_document(&self, document: &Handoff, period: &str) -> Result<bool, ArchiveError> {
        self.keep_document(document).await?;
        let done = sqlx::query(
            "INSERT INTO period_documents (account, kind, period, document) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(document.account.as_str())
        .bind(&document.kind)
        .bind(period)
        .bind(document.id.as_str())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
