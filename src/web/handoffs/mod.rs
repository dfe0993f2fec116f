//! Handoffs: what waits for whom, the desk at which one is gone through, what differs, files.
//!
//! `desk.rs` is the page, `lines.rs` the document in it, `side.rs` what stands beside a line; `decisions.rs` and
//! `steps.rs` take what its forms send.

mod decisions;
mod desk;
mod diff;
mod files;
mod lines;
mod list;
mod side;
mod steps;
mod words;

use serde::Deserialize;

pub(super) use decisions::{approve_line, approve_rest, correct_line, mark_line, propose_wording, reject_line};
pub(super) use desk::{show_desk, show_side};
pub(super) use diff::compare_versions;
pub(super) use files::get_file;
pub(super) use list::{list_account_handoffs, list_handoffs, make_document, start_handoff};
pub(super) use steps::{
    accept_handoff, add_line, answer_question, approve_changes, archive_handoff, ask_question, deliver_handoff,
    give_feedback, read_meeting, send_back,
};

use crate::model::Iri;

/// The handoff of the path.
#[derive(Debug, Deserialize)]
pub(super) struct HandoffPath {
    handoff: String,
}

/// A document in addresses: its identity without the prefix.
fn short(id: &Iri) -> &str {
    id.as_str().rsplit(':').next().unwrap_or_default()
}
