//! Call transcripts: WebVTT as Zoom, Teams and Meet write it, SubRip, Gong JSON and plain `Name: words` text.
//! One interaction a call, one `Speaker Name: words` line a turn. A speaker is named only where the source does.

mod call;
mod cues;
mod gong;
mod names;
mod plain;

use std::ops::ControlFlow;

use super::{Sink, json};

/// The spellings of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// WebVTT, SubRip and the like: times with `-->`.
    Cues,
    /// Gong's JSON.
    Gong,
    /// `Name: words` lines.
    Plain,
}

/// Says whether a file is a transcript of a call.
pub fn sniff(_name: &str, head: &str) -> bool {
    form(head).is_some()
}

fn form(head: &str) -> Option<Form> {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    if json::starts_like_json(start) {
        let is_gong = json::names_key(start, "callTranscripts")
            || json::names_key(start, "speakerId") && json::names_key(start, "sentences");
        return is_gong.then_some(Form::Gong);
    }
    if start.starts_with("WEBVTT") || cues::starts_like_cues(start) {
        return Some(Form::Cues);
    }
    plain::looks_like_turns(start).then_some(Form::Plain)
}

/// Reads a transcript; what is no cue or turn becomes a problem, the rest is read.
pub fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let text = text.trim_start_matches('\u{feff}');
    match form(text) {
        Some(Form::Gong) => gong::read(label, text, sink),
        Some(Form::Cues) => cues::read(label, text, sink),
        Some(Form::Plain) | None => plain::read(label, text, sink),
    }
}
