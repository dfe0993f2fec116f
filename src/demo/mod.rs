//! The sample account: one invented company, half a year of its mail, chat, calls, tickets, CRM rows and usage in the
//! forms in which real sources export them. `tests/sample/truth.json` says what is to be found in it.

use std::path::Path;

use jiff::Timestamp;
use rust_embed::RustEmbed;

use crate::model::AccountSlug;

/// Mail domain of our own side in the sample.
pub const VENDOR_DOMAIN: &str = "tarnwick.example";
/// The document that the demo prints.
pub const HANDOFF_TYPE: &str = "sales-to-implementation";

/// Name of the sample account.
const ACCOUNT: &str = "vantenberg";
/// The day that the demo takes for today.
const AS_OF: &str = "2026-02-13T23:59:59Z";
/// When the demo's clock starts: the morning of that day, after all that was said.
const MORNING: &str = "2026-02-13T08:00:00Z";

#[derive(RustEmbed)]
#[folder = "src/demo/sample/"]
struct Files;

/// The sample account.
pub fn account() -> Option<AccountSlug> {
    AccountSlug::from_name(ACCOUNT)
}

/// The day that the demo takes for today.
pub fn as_of() -> Result<Timestamp, jiff::Error> {
    AS_OF.parse()
}

/// The morning of that day, at which a clock may start.
pub fn morning() -> Result<Timestamp, jiff::Error> {
    MORNING.parse()
}

/// Writes the sample's files below `folder`.
pub fn write_files(folder: &Path) -> std::io::Result<()> {
    for name in Files::iter() {
        let path = folder.join(name.as_ref());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let content = Files::get(&name).map(|file| file.data).unwrap_or_default();
        std::fs::write(path, content)?;
    }
    Ok(())
}
