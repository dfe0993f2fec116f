//! The proof of an erasure: every byte of every file, every value of the archive, every statement of the graph.

use std::path::Path;

use baton::graph::GraphStore;
use baton::model::Sight;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

/// Where any of `forms` (lower case) stands in a data folder.
pub(crate) fn found(data: &Path, forms: &[&str]) -> Vec<String> {
    let mut found = in_files(data, forms);
    found.extend(in_archive(&data.join("archive.sqlite"), forms));
    found.extend(in_graph(data, forms));
    found
}

fn holds<'f>(bytes: &[u8], forms: &'f [&str]) -> Vec<&'f str> {
    let lower = bytes.to_ascii_lowercase();
    forms.iter().filter(|form| memchr::memmem::find(&lower, form.as_bytes()).is_some()).copied().collect()
}

fn in_files(data: &Path, forms: &[&str]) -> Vec<String> {
    let (mut found, mut files) = (Vec::new(), 0);
    for entry in walkdir::WalkDir::new(data) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            files += 1;
            let held = holds(&std::fs::read(entry.path()).unwrap(), forms);
            found.extend(held.iter().map(|form| format!("{form} in {}", entry.path().display())));
        }
    }
    assert!(files > 3, "the data folder is gone");
    found
}

fn in_archive(file: &Path, forms: &[&str]) -> Vec<String> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnectOptions::new().filename(file).read_only(true).connect().await.unwrap();
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut connection).await.unwrap();
        let (mut found, mut values) = (Vec::new(), 0);
        for table in tables {
            let columns = format!("SELECT name FROM pragma_table_info('{table}')");
            let columns: Vec<String> =
                sqlx::query_scalar(sqlx::AssertSqlSafe(columns)).fetch_all(&mut connection).await.unwrap();
            for column in columns {
                let all = format!("SELECT CAST(\"{column}\" AS BLOB) FROM \"{table}\"");
                for row in sqlx::query(sqlx::AssertSqlSafe(all)).fetch_all(&mut connection).await.unwrap() {
                    values += 1;
                    let value: Option<Vec<u8>> = row.get(0);
                    let held = holds(&value.unwrap_or_default(), forms);
                    found.extend(held.iter().map(|form| format!("{form} in {table}.{column}")));
                }
            }
        }
        assert!(values > 5, "the archive is empty");
        found
    })
}

fn in_graph(data: &Path, forms: &[&str]) -> Vec<String> {
    let folders: Vec<String> = std::fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name.starts_with("graph"))
        .collect();
    assert_eq!(folders.len(), 1, "graphs on disk: {folders:?}");
    let graph = GraphStore::open(&data.join(&folders[0])).unwrap();
    let mut found = Vec::new();
    for account in graph.accounts().unwrap() {
        for sight in [Sight::Full, Sight::Shared] {
            let held = graph.canonical_as(&account, sight).unwrap();
            found.extend(holds(held.as_bytes(), forms).iter().map(|form| format!("{form} in the graph of {account}")));
        }
    }
    found
}
