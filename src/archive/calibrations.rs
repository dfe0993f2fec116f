//! What readers' decisions say of the rules, as it was taken over.

use jiff::Timestamp;

use crate::model::Calibration;

use super::{Archive, ArchiveError, accounts, micros};

impl Archive {
    /// Takes over a calibration and marks every account for projection. An empty one leaves what was read as it is.
    pub async fn set_calibration(
        &self,
        calibration: &Calibration,
        by: &str,
        at: Timestamp,
    ) -> Result<(), ArchiveError> {
        let rules = serde_json::to_string(calibration).map_err(|error| ArchiveError::corrupt("calibration", error))?;
        let mut tx = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO calibrations (at, \"by\", rules) VALUES (?, ?, ?)")
            .bind(micros(at))
            .bind(by)
            .bind(rules)
            .execute(&mut *tx)
            .await?;
        accounts::mark_all_dirty(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The calibration that held at `until`.
    pub async fn calibration(&self, until: Option<Timestamp>) -> Result<Calibration, ArchiveError> {
        let rules: Option<String> =
            sqlx::query_scalar("SELECT rules FROM calibrations WHERE at <= ? ORDER BY row DESC LIMIT 1")
                .bind(until.map_or(i64::MAX, micros))
                .fetch_optional(&self.pool)
                .await?;
        let parsed = rules.map(|text| serde_json::from_str(&text));
        parsed.transpose().map(Option::unwrap_or_default).map_err(|error| ArchiveError::corrupt("calibration", error))
    }
}
