//! Maildir: one message a file under `cur` and `new`; `tmp` holds what is still being delivered.

use std::ops::ControlFlow;

use super::{emit, parse};
use crate::model::Problem;
use crate::sources::{Bundle, Item, Sink, text};

/// Says whether the files are those of a Maildir, its subfolders (`.Sent/cur/…`) included.
pub(crate) fn sniff(names: &[String]) -> bool {
    !names.is_empty() && names.iter().any(|name| is_message(name)) && names.iter().all(|name| belongs(name))
}

/// Reads every delivered message.
pub(crate) fn read(label: &str, bundle: &mut dyn Bundle, sink: &mut Sink<'_>) -> ControlFlow<()> {
    for name in bundle.names().to_vec() {
        if is_message(&name) {
            let path = format!("{label}/{name}");
            match bundle.open(&name).and_then(|mut input| text::read_all(&mut input)) {
                Ok(raw) => emit(parse(&raw, &path, "", None), sink)?,
                Err(error) => sink(Item::Problem(Problem::new(path, "", error.to_string())))?,
            }
        }
    }
    ControlFlow::Continue(())
}

/// Says whether a file lies in a folder of delivered messages.
pub(crate) fn is_message(name: &str) -> bool {
    parent(name).is_some_and(|folder| matches!(folder, "cur" | "new")) && !is_index(name)
}

/// Says whether a file is an index or a mark that mail servers keep beside the messages.
pub(crate) fn is_index(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("dovecot") || file.starts_with("courierimap") || matches!(file, "maildirfolder" | "subscriptions")
}

fn belongs(name: &str) -> bool {
    is_index(name) || parent(name).is_some_and(|folder| matches!(folder, "cur" | "new" | "tmp"))
}

fn parent(name: &str) -> Option<&str> {
    name.rsplit('/').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::MemoryBundle;

    #[test]
    fn reads_what_was_delivered() {
        let mail = "From: p@n.example\nDate: Mon, 12 Jan 2026 09:30:00 +0100\nMessage-ID: <1@n>\n\nHi\n";
        let mut bundle = MemoryBundle::new([
            ("cur/1.host:2,S", mail),
            (".Sent/new/2.host", "no mail"),
            ("tmp/3.host", mail),
            ("dovecot-uidlist", "3"),
        ]);
        assert!(sniff(bundle.names()));
        let mut seen = Vec::new();
        let _ = read("box", &mut bundle, &mut |item| {
            seen.push(match item {
                Item::Interaction(interaction) => interaction.id.clone(),
                Item::Problem(problem) => problem.path,
            });
            ControlFlow::Continue(())
        });
        assert_eq!(seen, ["box/.Sent/new/2.host", "mail:<1@n>"]);
        assert!(!sniff(&["cur/1".to_owned(), "notes.md".to_owned()]));
    }
}
