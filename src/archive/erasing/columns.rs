//! Where people may be named in the archive, and what belongs to an account. A new table with words in it has its line here.

use super::Holding;

/// A text column: table, column, the account of a row, what it holds.
pub(super) type Column = (&'static str, &'static str, &'static str, Holding);

const OF_HANDOFF: &str = "(SELECT h.account FROM handoffs h WHERE h.row = handoff)";

/// Every column in which people may be named, interactions, documents and the names of tokens aside.
pub(super) const COLUMNS: [Column; 28] = [
    ("reviews", "review", "account", Holding::Json),
    ("identity_reviews", "a", "account", Holding::Key),
    ("identity_reviews", "b", "account", Holding::Key),
    ("identity_reviews", "\"by\"", "account", Holding::Text),
    ("person_reviews", "review", "account", Holding::Json),
    ("rejections", "path", "account", Holding::Text),
    ("rejections", "item", "account", Holding::Text),
    ("rejections", "reason", "account", Holding::Text),
    ("retired", "fact", "account", Holding::Json),
    ("handoff_events", "event", OF_HANDOFF, Holding::Json),
    ("handoffs", "reason", "account", Holding::Json),
    ("handoffs", "outgoing", "account", Holding::Text),
    ("handoffs", "incoming", "account", Holding::Text),
    ("triggers", "key", "account", Holding::Text),
    ("schedules", "name", "account", Holding::Text),
    ("schedule_runs", "schedule", "''", Holding::Text),
    ("schedule_runs", "problem", "''", Holding::Text),
    ("schedule_runs", "worker", "''", Holding::Text),
    ("calibrations", "\"by\"", "''", Holding::Text),
    ("jobs", "request", "account", Holding::Json),
    ("jobs", "result", "account", Holding::Json),
    ("jobs", "problem", "account", Holding::Text),
    ("jobs", "\"by\"", "account", Holding::Text),
    ("audit", "subject", "account", Holding::Text),
    ("events", "payload", "account", Holding::Json),
    ("events", "name", "account", Holding::Text),
    ("deliveries", "answer", "account", Holding::Text),
    ("told_changes", "key", "account", Holding::Key),
];

/// What belongs to an account, in an order that no reference forbids.
pub(super) const OF_ACCOUNT: [&str; 23] = [
    "DELETE FROM findings WHERE row IN (SELECT row FROM interactions WHERE account = ?)",
    "DELETE FROM texts WHERE row IN (SELECT row FROM interactions WHERE account = ?)",
    "DELETE FROM interactions WHERE account = ?",
    "DELETE FROM reviews WHERE account = ?",
    "DELETE FROM identity_reviews WHERE account = ?",
    "DELETE FROM person_reviews WHERE account = ?",
    "DELETE FROM rejections WHERE account = ?",
    "DELETE FROM projections WHERE account = ?",
    "DELETE FROM retired WHERE account = ?",
    "DELETE FROM handoff_events WHERE handoff IN (SELECT row FROM handoffs WHERE account = ?)",
    "DELETE FROM handoff_documents WHERE handoff IN (SELECT row FROM handoffs WHERE account = ?)",
    "DELETE FROM handoffs WHERE account = ?",
    "DELETE FROM period_documents WHERE account = ?",
    "DELETE FROM documents WHERE account = ?",
    "DELETE FROM triggers WHERE account = ?",
    "DELETE FROM schedule_runs WHERE schedule IN (SELECT name FROM schedules WHERE account = ?)",
    "DELETE FROM schedules WHERE account = ?",
    "DELETE FROM jobs WHERE account = ?",
    "DELETE FROM audit WHERE account = ?",
    "DELETE FROM events WHERE account = ?",
    "DELETE FROM told_changes WHERE account = ?",
    "DELETE FROM account_keys WHERE account = ?",
    "DELETE FROM accounts WHERE slug = ?",
];
