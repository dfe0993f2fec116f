//! A set of named files that make one source: a Slack export, a Maildir. Readers of such forms see only this trait,
//! so a folder, a zip archive and a test's own memory are the same to them.

use std::io::{self, BufRead};

/// Named files, opened one at a time.
pub trait Bundle {
    /// Names of the files relative to the root of the bundle, with `/` between folders, sorted.
    fn names(&self) -> &[String];

    /// Opens one of [`Bundle::names`]; the stream ends with an error when a limit of the container is passed.
    fn open(&mut self, name: &str) -> io::Result<Box<dyn BufRead + '_>>;
}

/// A bundle held in memory, for tests and for the demo's embedded files.
#[derive(Clone, Debug, Default)]
pub struct MemoryBundle {
    names: Vec<String>,
    contents: Vec<Vec<u8>>,
}

impl MemoryBundle {
    /// Makes a bundle of `(name, content)` pairs.
    pub fn new<N: Into<String>, C: Into<Vec<u8>>>(files: impl IntoIterator<Item = (N, C)>) -> Self {
        let mut files: Vec<(String, Vec<u8>)> =
            files.into_iter().map(|(name, content)| (name.into(), content.into())).collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let (names, contents) = files.into_iter().unzip();
        Self { names, contents }
    }
}

impl Bundle for MemoryBundle {
    fn names(&self) -> &[String] {
        &self.names
    }

    fn open(&mut self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        match self.names.binary_search_by(|own| own.as_str().cmp(name)) {
            Ok(index) => Ok(Box::new(self.contents[index].as_slice())),
            Err(_) => Err(io::Error::new(io::ErrorKind::NotFound, format!("no file {name} in the bundle"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_bundle_sorts_and_opens() {
        let mut bundle = MemoryBundle::new([("b.json", "2"), ("a/x.json", "1")]);
        assert_eq!(bundle.names(), ["a/x.json", "b.json"]);
        let mut text = String::new();
        bundle.open("b.json").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "2");
        assert!(bundle.open("c").is_err());
    }
}
