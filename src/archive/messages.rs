//! Words in what was said: a scan over the texts of accounts, newest first.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row, Sqlite};

use crate::model::{AccountSlug, Interaction, InteractionKind, Sight};

use super::interactions::interaction_of;
use super::{Archive, ArchiveError, accounts, micros};

/// Texts that one search looks through; the ones before those it does not see.
const MOST_READ: usize = 50_000;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// In these accounts.
    pub accounts: &'a [AccountSlug],
    /// Every one of these words, in small letters, in subject or text.
    pub words: &'a [String],
    /// Only of this kind.
    pub kind: Option<InteractionKind>,
    /// Only what was said by then.
    pub until: Timestamp,
    /// Only what this much may see.
    pub sight: Sight,
    /// Only what comes after this place: see [`FoundText`].
    pub after: Option<(i64, i64)>,
    /// At most so many.
    pub limit: usize,
}

/// An interaction that has the words.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundText {
    /// The interaction, with its account.
    pub interaction: Interaction,
    /// Its place in the order of all that is found: time and row.
    pub place: (i64, i64),
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundTexts {
    /// The interactions, newest first.
    pub found: Vec<FoundText>,
    /// Whether the search gave up before it had seen everything.
    pub was_cut: bool,
}

impl Archive {
    /// The interactions that have all the words, newest first; of each only the version that holds.
    pub async fn search_texts(&self, wanted: Wanted<'_>) -> Result<FoundTexts, ArchiveError> {
        let mut answer = FoundTexts::default();
        if wanted.accounts.is_empty() || wanted.words.is_empty() || wanted.limit == 0 {
            return Ok(answer);
        }
        let mut query = query(wanted);
        let mut rows = query.build().fetch(&self.pool);
        let mut read = 0;
        while let Some(row) = rows.try_next().await? {
            read += 1;
            if read > MOST_READ {
                answer.was_cut = true;
                break;
            }
            let interaction = interaction_of(&row, row.try_get("head")?, row.try_get("text")?)?;
            if !wanted.sight.sees(interaction.visibility) || !has_all(&interaction, wanted.words) {
                continue;
            }
            let account = accounts::slug(row.try_get("account")?)?;
            let place = (row.try_get("sent_at")?, row.try_get("row")?);
            answer.found.push(FoundText { interaction: Interaction { account: Some(account), ..interaction }, place });
            if answer.found.len() == wanted.limit {
                break;
            }
        }
        Ok(answer)
    }

    /// Those of the accounts in which something was said last, latest first, at most so many.
    pub async fn latest_accounts(
        &self,
        accounts: &[AccountSlug],
        most: usize,
    ) -> Result<Vec<AccountSlug>, ArchiveError> {
        let sql = "SELECT value FROM json_each(?) \
                   ORDER BY (SELECT MAX(sent_at) FROM interactions WHERE account = value) DESC, value LIMIT ?";
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = sqlx::query(sql).bind(listed(accounts)).bind(limit).fetch_all(&self.pool).await?;
        rows.iter().map(|row| accounts::slug(row.try_get(0)?)).collect()
    }
}

/// Accounts as a JSON array, for `json_each`.
fn listed(accounts: &[AccountSlug]) -> String {
    accounts.iter().map(AccountSlug::as_str).collect::<serde_json::Value>().to_string()
}

/// The rows that may have the words.
fn query(wanted: Wanted<'_>) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT i.row, i.account, i.id, i.kind, i.sent_at, i.head, t.text FROM interactions i \
         JOIN texts t ON t.row = i.row WHERE i.superseded_at IS NULL AND i.sent_at <= ",
    );
    query.push_bind(micros(wanted.until));
    match wanted.accounts {
        [account] => query.push(" AND i.account = ").push_bind(account.as_str().to_owned()),
        // The plus keeps SQLite from sorting all that the accounts said: it goes back in time instead.
        several => query.push(" AND +i.account IN (SELECT value FROM json_each(").push_bind(listed(several)).push("))"),
    };
    if let Some(kind) = wanted.kind {
        query.push(" AND i.kind = ").push_bind(kind.as_str());
    }
    if let Some((sent_at, row)) = wanted.after {
        query.push(" AND (i.sent_at, i.row) < (").push_bind(sent_at).push(", ").push_bind(row).push(")");
    }
    query.push(" ORDER BY i.sent_at DESC, i.row DESC");
    query
}

/// Says whether subject and text together have every word.
fn has_all(interaction: &Interaction, words: &[String]) -> bool {
    let subject = interaction.subject.as_deref().unwrap_or_default().to_lowercase();
    let mut text: Option<String> = None;
    words.iter().all(|word| {
        subject.contains(word) || text.get_or_insert_with(|| interaction.text.to_lowercase()).contains(word)
    })
}
