//! A handoff under review as text for a terminal.

use std::fmt::Write as _;

use serde_json::Value;

use crate::lifecycle::DocumentDiff;
use crate::model::{Decision, ReviewState};
use crate::review::{Line, Met, Sheet};

/// The whole sheet.
pub(super) fn text(sheet: &Sheet) -> String {
    let process = &sheet.process;
    let mut out = format!("{} {} · {}\n{}\n", process.account, process.kind, process.state, process.document);
    let parts = [("from", &process.outgoing), ("to", &process.incoming)];
    for (label, name) in parts.iter().filter_map(|(label, name)| Some((label, name.as_ref()?))) {
        let _ = writeln!(out, "{label} {name}");
    }
    if let Some(meeting) = process.meeting_at {
        let _ = writeln!(out, "meeting {meeting}{}", if sheet.late { " · LATE: not delivered" } else { "" });
    }
    let mut section = "";
    for line in &sheet.lines {
        if line.section != section {
            section = &line.section;
            let _ = writeln!(out, "\n{section}");
        }
        write_line(&mut out, line);
    }
    list(
        &mut out,
        "Open questions of the document",
        sheet.gaps.iter().map(|gap| format!("{}: ask {}", gap.field, gap.ask)),
    );
    let questions = sheet.questions.iter().map(|question| {
        let answers =
            if question.answers.is_empty() { "no answer yet".to_owned() } else { question.answers.join(" / ") };
        format!("{}. {} ({}) — {answers}", question.question, question.text, question.by)
    });
    list(&mut out, "Questions of the receiver", questions);
    let proposals = sheet.proposals.iter().map(|proposed| {
        let (by, proposal) = (&proposed.by, &proposed.proposal);
        let values = [&proposal.statement, &proposal.owner, &proposal.due].into_iter().flatten();
        let values: Vec<&str> = values.map(String::as_str).collect();
        format!("{} → {} ({by}: {})", proposed.line, values.join(", "), proposal.reason)
    });
    list(&mut out, "Proposed by others, for you to decide", proposals);
    let suggestions = sheet.suggestions.iter().filter_map(|fact| {
        let before = fact.suggestion.as_ref()?;
        Some(format!(
            "{} ({}) — said anew; {} rejected it {}: {}",
            fact.statement, fact.id, before.by, before.at, before.reason
        ))
    });
    list(&mut out, "Said again after it was rejected", suggestions);
    if let Some(diff) = &sheet.proposed {
        out.push_str("\nWaits for approval after the meeting\n");
        write_diff(&mut out, diff);
    }
    out
}

fn write_line(out: &mut String, line: &Line) {
    let mark = match line.review {
        ReviewState::Extracted => " ",
        ReviewState::Confirmed => "✓",
        ReviewState::Corrected => "✎",
        ReviewState::Rejected => "✗",
        ReviewState::Added => "+",
    };
    let by = line.decided_by.as_ref().map(|by| format!(" [{by}]")).unwrap_or_default();
    let _ = writeln!(out, "{mark} {:<34} {}{by}", line.line, line.text);
    for held in &line.held {
        let _ = writeln!(out, "    {} came second, {}: {}", held.by, held.at, decision(&held.decision));
    }
}

fn decision(decision: &Decision) -> String {
    match decision {
        Decision::Confirmed => "approve".to_owned(),
        Decision::Corrected { statement, owner, due } => {
            let owner = owner.as_ref().and_then(|owner| owner.name.clone());
            let due = due.as_ref().map(|due| due.phrase.clone());
            let values: Vec<String> = [statement.clone(), owner, due].into_iter().flatten().collect();
            format!("correct to {}", values.join(", "))
        }
        Decision::Rejected { reason } => format!("reject ({reason})"),
        Decision::Added { fact } => format!("add {}", fact.statement),
    }
}

/// What a meeting changed.
pub(super) fn met(met: &Met) -> String {
    let mut out = format!("{} waits for approval\n", met.proposal);
    write_diff(&mut out, &met.diff);
    out
}

fn write_diff(out: &mut String, diff: &DocumentDiff) {
    if diff.sections.is_empty() {
        out.push_str("nothing differs\n");
    }
    for section in &diff.sections {
        let _ = writeln!(out, "{}", section.title);
        let removed = section.removed.iter().map(|item| format!("- {}", item.text));
        let changed = section.changed.iter().map(|item| format!("~ {} → {}", item.before.text, item.after.text));
        let added = section.added.iter().map(|item| format!("+ {}", item.text));
        let opened = section.gaps_opened.iter().map(|gap| format!("? {}", gap.field));
        let closed = section.gaps_closed.iter().map(|gap| format!("answered: {}", gap.field));
        for line in removed.chain(changed).chain(added).chain(opened).chain(closed) {
            let _ = writeln!(out, "  {line}");
        }
    }
}

fn list(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(out, "\n{title}");
    }
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

/// The fields of an object, one a line; nothing is said of what is not there.
pub(super) fn fields(value: &Value) -> String {
    let Value::Object(fields) = value else { return format!("{value}\n") };
    let mut out = String::new();
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let _ = writeln!(out, "{name}: {shown}");
    }
    out
}
