//! Maildir: one message a file under `cur` and `new`. The messages are found by walking the folder; here stands what in
//! it is no message.

/// Says whether a file is an index or a mark that mail servers keep beside the messages.
pub(crate) fn is_index(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.starts_with("dovecot") || file.starts_with("courierimap") || matches!(file, "maildirfolder" | "subscriptions")
}
