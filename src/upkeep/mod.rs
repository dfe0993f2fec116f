//! What keeps a data folder in order: erasure and retention, backup and restore, and the check of everything against
//! everything.

mod backup;
mod check;
mod files;
mod forget;
mod person;
mod plan;
mod restore;

pub use backup::{BackupError, Manifest, backup};
pub use check::{CheckError, Checked, Fault, check};
pub use files::{BackedUp, FileError};
pub use forget::{ForgetError, Forgotten, LostFact, PrunedLines, Target, forget, retain};
pub use restore::{Over, RestoreError, Restored, restore};
