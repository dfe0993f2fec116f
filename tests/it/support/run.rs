//! The program, run as a user runs it, over a data folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program with a data folder that goes with it.
pub(crate) struct Baton {
    folder: TempDir,
}

/// What one run of the program answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Baton {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A data folder with these files ingested.
    pub(crate) fn with_files(files: &[(String, Vec<u8>)], arguments: &[&str]) -> Self {
        let baton = Self::new();
        super::write_files(&baton.path("in"), files);
        let input = baton.path("in");
        let mut all = vec!["ingest", input.to_str().unwrap()];
        all.extend(arguments);
        let answer = baton.run(&all);
        assert!(matches!(answer.code, Some(0 | 3)), "{answer:?}");
        baton
    }

    /// A path beside the data folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Self::bare(arguments);
        command.arg("--data").arg(self.data());
        command
    }

    /// The program without `--data` and without what the caller's environment says.
    pub(crate) fn bare(arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command
            .args(arguments)
            .env_remove("BATON_DATA")
            .env_remove("BATON_LOG")
            .env_remove("BATON_ENCODER")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        answer(&mut self.command(arguments))
    }

    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs a command that must end with `code` and answers what it wrote.
    pub(crate) fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.code, Some(code), "{arguments:?}: {answer:?}");
        answer.out
    }

    /// JSON Lines of a command that must end well.
    pub(crate) fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        parse_lines(&self.expect(0, arguments))
    }

    /// JSON of a command that must end with `code`.
    pub(crate) fn json(&self, code: i32, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.expect(code, arguments)).unwrap()
    }

    pub(crate) fn ingest(&self, path: &Path, code: i32, arguments: &[&str]) -> Value {
        let mut all = vec!["ingest", "--json", path.to_str().unwrap()];
        all.extend(arguments);
        self.json(code, &all)
    }
}

/// Runs a command to its end.
pub(crate) fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs a command with this standard input.
pub(crate) fn answer_with_input(command: &mut Command, input: &[u8]) -> Answer {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that refuses the rest of its input closes the pipe.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub(crate) fn parse_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}
