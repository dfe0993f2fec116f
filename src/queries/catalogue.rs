//! All query files by name.

use std::{collections::BTreeMap, path::Path};

use rust_embed::RustEmbed;
use walkdir::WalkDir;

use super::{Query, QueryError};

#[derive(RustEmbed)]
#[folder = "queries/"]
struct Files;

/// All queries by name: those that Baton brings, and those of a folder of the user's own.
#[derive(Clone, Debug)]
pub struct Catalogue {
    queries: BTreeMap<String, Query>,
}

impl Catalogue {
    /// Reads and checks all files. A file of `folder` replaces the one of the same name, or adds to them.
    pub fn load(folder: Option<&Path>) -> Result<Self, QueryError> {
        let mut catalogue = Self { queries: BTreeMap::new() };
        for file in Files::iter().filter(|file| file.ends_with(".rq")) {
            let bytes = Files::get(&file).map(|file| file.data.into_owned()).unwrap_or_default();
            catalogue.add(&file, bytes)?;
        }
        if let Some(folder) = folder {
            catalogue.add_folder(folder)?;
        }
        Ok(catalogue)
    }

    /// The query of that name: its path without `.rq`, such as `api/open_commitments`.
    pub fn query(&self, name: &str) -> Result<&Query, QueryError> {
        self.queries.get(name).ok_or_else(|| QueryError::Unknown(name.to_owned()))
    }

    /// All queries, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Query> {
        self.queries.values()
    }

    fn add(&mut self, file: &str, bytes: Vec<u8>) -> Result<(), QueryError> {
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(QueryError::File { file: file.to_owned(), line: 1, problem: "is not UTF-8".to_owned() });
        };
        let query = Query::read(file, text)?;
        self.queries.insert(query.name().to_owned(), query);
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), QueryError> {
        let fail = |source| QueryError::Folder { folder: folder.to_owned(), source };
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| fail(error.into()))?;
            if entry.path().extension().is_none_or(|extension| extension != "rq") {
                continue;
            }
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            self.add(&name.join("/"), std::fs::read(entry.path()).map_err(fail)?)?;
        }
        Ok(())
    }
}
