//! Holds the source tree to the rules of ARCHITECTURE.md, and names the line and the rule that it breaks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers: a module names only modules of rows below its own.
const LAYERS: [(u8, &[&str]); 12] = [
    (11, &["main"]),
    (10, &["cli"]),
    (9, &["serve"]),
    (8, &["web"]),
    (7, &["http", "mcp"]),
    (6, &["api"]),
    (5, &["schedule", "config"]),
    (4, &["review", "sparql", "notify", "upkeep"]),
    (3, &["access", "annotate", "ingest", "handoff", "lifecycle", "map", "eval", "search"]),
    (2, &["sources", "extract", "resolve", "changes", "queries", "demo", "privacy"]),
    (1, &["archive", "graph", "relations", "encoder"]),
    (0, &["model", "vocab"]),
];

/// The one name within a row: the IRIs of the kinds that the model lists.
const WITHIN_A_ROW: (&str, &str) = ("vocab", "model");

/// Lines of a file without its tests.
const MAX_LINES: usize = 400;

/// Files that only tests use.
const TEST_FILES: [&str; 3] = ["tests.rs", "testing.rs", "sample.rs"];

struct Source {
    path: PathBuf,
    /// The module below the crate that it belongs to.
    module: String,
    text: String,
}

impl Source {
    /// The part before the tests at the foot.
    fn code(&self) -> &str {
        if TEST_FILES.iter().any(|name| self.path.ends_with(name)) {
            return "";
        }
        self.text.find("\n#[cfg(test)]\nmod tests").map_or(&self.text, |end| &self.text[..end])
    }

    /// Lines of code with their numbers, comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        self.code().lines().enumerate().filter(move |(_, line)| !is_comment(line)).map(|(at, line)| (at + 1, line))
    }

    fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }
}

fn files(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().map(Result::unwrap);
    let files: Vec<_> = found
        .filter(|entry| entry.path().extension().is_some_and(|own| own == extension))
        .map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    assert!(!files.is_empty(), "no .{extension} file in {folder}");
    files
}

fn sources() -> Vec<Source> {
    let of = |(path, text): (PathBuf, String)| {
        let module = path.components().nth(1).unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        Source { path, module, text }
    };
    files("src", "rs").into_iter().map(of).collect()
}

fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{} broken rules:\n{}", broken.len(), broken.join("\n"));
}

/// The modules that a text names after `crate::`, with the byte where each stands.
fn named_modules(text: &str) -> Vec<(usize, &str)> {
    let mut named = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => named.extend(names_of_group(group).into_iter().map(|name| (at, name))),
            None => named.push((at, identifier(rest))),
        }
    }
    named.retain(|(_, name)| !name.is_empty());
    named
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The first names of a group `a::{b, c}, d}`: `a`, `d`.
fn names_of_group(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut names) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(identifier(group[from..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(identifier(group[from..at].trim_start()));
                from = at + 1;
            }
            _ => {}
        }
    }
    names
}

#[test]
fn modules_name_only_lower_layers() {
    let layers: BTreeMap<&str, u8> =
        LAYERS.iter().flat_map(|(layer, modules)| modules.iter().map(move |module| (*module, *layer))).collect();
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.module != "lib") {
        let Some(own) = layers.get(source.module.as_str()) else {
            broken.push(format!("{}: the layer table does not have {}", source.at(1), source.module));
            continue;
        };
        // Tests may name their neighbours.
        let is_test = TEST_FILES.iter().any(|name| source.path.ends_with(name));
        let reach = if is_test { own + 1 } else { *own };
        for (at, named) in named_modules(&source.text) {
            let own_row = named == source.module || (source.module.as_str(), named) == WITHIN_A_ROW;
            let allowed = own_row || layers.get(named).is_none_or(|layer| *layer < reach);
            if !allowed {
                let line = source.text[..at].lines().count().max(1);
                broken.push(format!(
                    "{}: {} names {named}, which is not in a layer below",
                    source.at(line),
                    source.module
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn named_modules_are_found() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<&str> = named_modules(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("use crate::model::Fact;", &["model"]);
    check("use crate::{\n    graph::{A, b::{C}},\n    vocab,\n};", &["graph", "vocab"]);
    check("let x = crate::ingest::view(); pub(in crate::graph) fn y()", &["ingest", "graph"]);
    check("use std::fs;", &[]);
}

#[test]
fn each_store_has_one_door() {
    let mut broken = Vec::new();
    for source in sources() {
        for (line, text) in source.lines() {
            if source.module != "archive" && text.contains("sqlx") {
                broken.push(format!("{}: only archive names sqlx", source.at(line)));
            }
            let names_store = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "Store");
            if source.module != "graph" && source.text.contains("oxigraph::") && names_store {
                broken.push(format!("{}: only graph names oxigraph's store", source.at(line)));
            }
        }
    }
    assert_none(&broken);
}

/// Where a query may stand in Rust: the help of the command that takes one.
const QUERY_EXAMPLES: [&str; 1] = ["src/cli/query.rs"];

#[test]
fn queries_stand_in_files_of_their_own() {
    let mut broken = Vec::new();
    for source in sources() {
        if source.module == "archive" || QUERY_EXAMPLES.iter().any(|path| source.path.ends_with(path)) {
            continue;
        }
        for (line, text) in source.lines() {
            if ["SELECT ", "CONSTRUCT ", "INSERT INTO", "DELETE FROM", "ASK {"].iter().any(|word| text.contains(word)) {
                broken.push(format!("{}: a query in Rust; it belongs in queries/", source.at(line)));
            }
        }
    }
    for (path, text) in files("queries", "rq") {
        for header in ["#+ summary: ", "#+ params: ", "#+ used-by: "] {
            if !text.lines().any(|line| line.starts_with(header) && line.len() > header.len()) {
                broken.push(format!("{}:1: the header lacks {header:?}", path.display()));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn files_are_headed_short_and_do_not_unwrap() {
    let mut broken = Vec::new();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            broken.push(format!("{}: the file does not start with //!", source.at(1)));
        }
        let lines = source.code().lines().count();
        if lines > MAX_LINES {
            broken.push(format!("{}: {lines} lines without tests, more than {MAX_LINES}", source.at(MAX_LINES)));
        }
        for (line, text) in source.lines() {
            if text.contains(".unwrap()") || text.contains("dbg!(") || text.contains("todo!(") {
                broken.push(format!("{}: unwrap, dbg or todo outside tests", source.at(line)));
            }
        }
    }
    for (path, text) in files("tests/it", "rs") {
        if !text.starts_with("//! ") {
            broken.push(format!("{}:1: the file does not start with //!", path.display()));
        }
    }
    assert_none(&broken);
}
