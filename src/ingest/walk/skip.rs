//! What is passed over without a word: files that systems leave beside those of their users.

use std::ffi::OsStr;

/// Names of files and folders that hold nothing a user put there.
const SYSTEM_NAMES: [&str; 12] = [
    ".DS_Store",
    "__MACOSX",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    ".localized",
    "Icon\r",
    "Thumbs.db",
    "desktop.ini",
    ".git",
    ".gitignore",
    ".gitkeep",
];

/// Says whether one component of a path is a system's own; `._name` is what macOS keeps beside `name` on other disks.
pub(super) fn is_system(name: &str) -> bool {
    SYSTEM_NAMES.contains(&name) || name.starts_with("._")
}

/// As [`is_system`], of a name as the file system has it.
pub(super) fn is_system_name(name: &OsStr) -> bool {
    name.to_str().is_some_and(is_system)
}
