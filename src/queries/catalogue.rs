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
        Self::load_below("", folder)
    }

    /// The files below the folder `part` of the catalogue, and those of the user's `folder`, which stands for `part`.
    pub fn load_below(part: &str, folder: Option<&Path>) -> Result<Self, QueryError> {
        let mut catalogue = Self { queries: BTreeMap::new() };
        for name in Files::iter().filter(|name| name.starts_with(part) && name.ends_with(".rq")) {
            let bytes = Files::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
            catalogue.add(&name, &name, bytes)?;
        }
        if let Some(folder) = folder {
            catalogue.add_folder(part, folder)?;
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

    /// Adds the query `name` (a path that ends in `.rq`), called `file` in messages.
    fn add(&mut self, name: &str, file: &str, bytes: Vec<u8>) -> Result<(), QueryError> {
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(QueryError::File { file: file.to_owned(), line: 1, problem: "is not UTF-8".to_owned() });
        };
        let query = Query::read(name, file, text)?;
        self.queries.insert(query.name().to_owned(), query);
        Ok(())
    }

    fn add_folder(&mut self, part: &str, folder: &Path) -> Result<(), QueryError> {
        let fail = |source| QueryError::Folder { folder: folder.to_owned(), source };
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| fail(error.into()))?;
            if entry.path().extension().is_none_or(|extension| extension != "rq") {
                continue;
            }
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts = (!part.is_empty()).then(|| part.into()).into_iter();
            let parts: Vec<_> = parts.chain(name.iter().map(|part| part.to_string_lossy())).collect();
            let file = entry.path().display().to_string();
            self.add(&parts.join("/"), &file, std::fs::read(entry.path()).map_err(fail)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, civil::date};

    use super::*;
    use crate::{
        graph::{Fingerprints, GraphStore, Scope},
        model::{AccountView, Iri},
        queries::{Bindings, Limit, ParameterType, Rows, sample},
    };

    fn bindings(query: &Query, view: &AccountView) -> Bindings {
        query.params().iter().filter(|param| !param.optional).fold(Bindings::new(), |all, param| match param.kind {
            ParameterType::Iri if param.name == "person" => all.iri(&param.name, &view.observations[0].subject),
            ParameterType::Iri => all.iri(&param.name, &view.facts[0].fact.id),
            ParameterType::String => all.string(&param.name, "customer"),
            ParameterType::Date => all.date(&param.name, date(2026, 12, 1)),
            ParameterType::DateTime => all.time(&param.name, "2026-01-13T00:00:00Z".parse::<Timestamp>().unwrap()),
            ParameterType::Integer => all.integer(&param.name, 10),
        })
    }

    fn store(views: &[&AccountView]) -> GraphStore {
        let store = GraphStore::in_memory().unwrap();
        for view in views {
            store.project(view, &Fingerprints::default(), Timestamp::UNIX_EPOCH).unwrap();
        }
        store
    }

    fn run(query: &Query, store: &GraphStore, view: &AccountView) -> Option<Rows> {
        let (scope, values) = (Scope::account(&view.account), bindings(query, view));
        query.run(store, &scope, &values, &Limit::default()).ok()
    }

    #[test]
    fn queries_answer_for_their_account_alone() {
        let (own, other) = (sample::view("northwind"), sample::view("contoso"));
        let (alone, both) = (store(&[&own]), store(&[&own, &other]));
        let catalogue = Catalogue::load(None).unwrap();
        assert!(catalogue.iter().count() > 10);
        for query in catalogue.iter().filter(|query| query.name().starts_with("api/")) {
            let found = run(query, &both, &own).unwrap();
            assert_eq!(found.cells, run(query, &alone, &own).unwrap().cells, "{}", query.name());
            assert!(!found.is_empty(), "{} finds nothing in the sample", query.name());
        }
    }

    #[test]
    fn a_healthy_graph_passes_all_checks() {
        let view = sample::view("northwind");
        let healthy = store(&[&view]);
        let mut sick = view.clone();
        sick.facts[0].fact.evidence.clear();
        sick.stakeholders.clear();
        let sick_store = store(&[&sick]);
        let catalogue = Catalogue::load(None).unwrap();
        let rows = |name: &str, store, view| run(catalogue.query(name).unwrap(), store, view).unwrap().len();
        for query in catalogue.iter().filter(|query| query.name().starts_with("checks/")) {
            assert_eq!(rows(query.name(), &healthy, &view), 0, "{}", query.name());
        }
        assert_eq!(rows("checks/fact_without_evidence", &sick_store, &sick), 1);
        assert!(rows("checks/orphan_person", &sick_store, &sick) > 0);
    }

    #[test]
    fn a_folder_replaces_and_adds() {
        let folder = tempfile::tempdir().unwrap();
        let check = |text: &str, expected: Option<&str>| {
            std::fs::create_dir_all(folder.path().join("api")).unwrap();
            std::fs::write(folder.path().join("api/risks.rq"), text).unwrap();
            match (Catalogue::load(Some(folder.path())), expected) {
                (Ok(catalogue), None) => assert_eq!(catalogue.query("api/risks").unwrap().summary(), "mine"),
                (Err(error), Some(expected)) => assert!(error.to_string().contains(expected), "{error}"),
                (found, expected) => panic!("{text}: {:?}, not {expected:?}", found.map(|_| ())),
            }
        };
        let header = "#+ summary: mine\n#+ params: none\n#+ used-by: me\n";
        check(&format!("{header}SELECT * {{ ?s ?p ?o }}"), None);
        check(&format!("{header}SELECT * {{ ?s ?p }}"), Some("api/risks.rq:4: query is not valid SPARQL"));
        check(&format!("{header}DROP ALL"), Some("updates are not allowed"));
        check(&format!("{header}SELECT * {{ SERVICE <urn:a> {{ ?s ?p ?o }} }}"), Some("SERVICE is not allowed"));
        check("SELECT * { ?s ?p ?o }", Some("api/risks.rq:1: lacks `#+ summary:`"));
        let unused = "#+ summary: mine\n#+ params: x iri\n#+ used-by: me\nSELECT ?s { ?s ?p ?o }";
        check(unused, Some("parameter x must be among the columns"));
    }

    #[test]
    fn values_are_checked() {
        let view = sample::view("northwind");
        let store = store(&[&view]);
        let catalogue = Catalogue::load(None).unwrap();
        let check = |bindings: Bindings, expected: &str| {
            let query = catalogue.query("api/who_said_what").unwrap();
            let error = query.run(&store, &Scope::account(&view.account), &bindings, &Limit::default()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(Bindings::new(), "query api/who_said_what needs a value for fact");
        check(Bindings::new().string("fact", "x"), "query api/who_said_what takes no string as fact");
        let fact = Bindings::new().iri("fact", &Iri::from_text("urn:a"));
        check(fact.integer("n", 1), "query api/who_said_what takes no integer as n");
    }
}
