//! The files that handoff types are made of: those that Baton brings, and those of a folder of the user's own, which
//! has the same layout as `queries/handoffs/`.

use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;
use walkdir::WalkDir;

use super::HandoffError;

#[derive(RustEmbed)]
#[folder = "queries/handoffs/"]
#[include = "*.toml"]
#[include = "*.j2"]
#[include = "*.typ"]
struct Embedded;

/// A file: what it is called in messages, and its text.
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// The error that `problem` is, at the first line that has `word` in quotation marks.
    pub(super) fn wrong(&self, word: &str, problem: String) -> HandoffError {
        let quoted = format!("\"{word}\"");
        let line = self.text.lines().position(|line| line.contains(&quoted)).map_or(1, |place| place + 1);
        HandoffError::Definition { file: self.path.clone(), line, problem }
    }
}

/// All files but the queries, by their name below `queries/handoffs/`. A file of `folder` takes the place of the one
/// of the same name.
pub(super) fn read(folder: Option<&Path>) -> Result<BTreeMap<String, File>, HandoffError> {
    let mut files = BTreeMap::new();
    for name in Embedded::iter() {
        let text = Embedded::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
        let file = File { path: format!("queries/handoffs/{name}"), text: text.unwrap_or_default() };
        files.insert(name.into_owned(), file);
    }
    if let Some(folder) = folder {
        add_folder(folder, &mut files)?;
    }
    Ok(files)
}

fn add_folder(folder: &Path, files: &mut BTreeMap<String, File>) -> Result<(), HandoffError> {
    let fail = |source| HandoffError::Folder { folder: folder.to_owned(), source };
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| fail(io_error(error)))?;
        let is_ours = |extension: &std::ffi::OsStr| ["toml", "j2", "typ"].iter().any(|known| extension == *known);
        if !entry.path().extension().is_some_and(is_ours) {
            continue;
        }
        let path = entry.path().display().to_string();
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let Ok(text) = String::from_utf8(std::fs::read(entry.path()).map_err(fail)?) else {
            return Err(HandoffError::Definition { file: path, line: 1, problem: "is not UTF-8".to_owned() });
        };
        files.insert(name.join("/"), File { path, text });
    }
    Ok(())
}

/// What the system says, without the place, which the message has already.
fn io_error(error: walkdir::Error) -> std::io::Error {
    let told = error.to_string();
    error.into_io_error().unwrap_or_else(|| std::io::Error::other(told))
}
