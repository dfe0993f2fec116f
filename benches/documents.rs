//! Writing one document of 100 lines and 150 notes in each form, as times of its Markdown in the same run.
//!
//! `cargo bench --bench documents` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use baton::handoff::{Definitions, Format, render};
use baton::model::Handoff;
use serde_json::{Value, json};
use support::{Size, ceiling, head, median_ms, peak_memory, row, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SECTIONS: usize = 8;

/// Each form with how many times its Markdown, and how many milliseconds, it may take.
const FORMS: [(Format, &str, f64, f64); 4] = [
    (Format::Html, "HTML", 3.0, 10.0),
    (Format::Json, "JSON", 3.0, 10.0),
    (Format::Docx, "DOCX", 20.0, 50.0),
    (Format::Pdf, "PDF", 400.0, 300.0),
];

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let (lines, notes, times) = (size.of(100, 16), size.of(150, 24), size.of(25, 2));
    let definitions = Definitions::load(None).unwrap();
    head(&format!("A document of {lines} lines and {notes} notes"));
    let (_, first) = timed(|| write(&definitions, &document(lines, notes, 0), Format::Pdf));
    row("the first PDF of a process", &format!("{:.0} ms", first.as_secs_f64() * 1e3), "");
    for (format, name, ratio_below, ms_below) in FORMS {
        let (mut own, mut markdown) = (Vec::new(), Vec::new());
        for number in 1..=times {
            // Each document has words of its own, as documents of a server have; Markdown is timed beside it.
            let document = document(lines, notes, number);
            own.push(timed(|| write(&definitions, &document, format)).1);
            markdown.push(timed(|| write(&definitions, &document, Format::Markdown)).1);
        }
        let (time, markdown) = (median_ms(&mut own), median_ms(&mut markdown));
        let ratio = time / markdown;
        let size = write(&definitions, &document(lines, notes, 0), format).len() as f64 / 1e3;
        let figure = format!("{time:.1} ms, {ratio:.1} times Markdown ({markdown:.1} ms), {size:.0} KB");
        let against = format!("{}, {}", ceiling(time, ms_below, "ms"), ceiling(ratio, ratio_below, "times"));
        row(&format!("{name}, warm"), &figure, &against);
    }
    let before = peak_memory();
    for number in 0..size.of(100, 2) {
        write(&definitions, &document(lines, notes, 1_000 + number), Format::Pdf);
    }
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        let grown = (after - before) as f64 / 1e6;
        row("memory that 100 more PDFs add at the peak", &format!("{grown:.0} MB"), &ceiling(grown, 50.0, "MB"));
    }
}

fn write(definitions: &Definitions, document: &Handoff, format: Format) -> Vec<u8> {
    let written = render(definitions, document, format).unwrap();
    assert!(written.len() > 1_000);
    written
}

/// A document whose words differ by `number`.
fn document(lines: usize, notes: usize, number: usize) -> Handoff {
    let section = |place: usize| {
        let items: Vec<Value> = (place..lines).step_by(SECTIONS).map(|line| item(line, lines, notes, number)).collect();
        json!({ "id": format!("section_{place}"), "title": format!("Section {place}"), "items": items,
                "gaps": [{ "field": "budget", "ask": "Priya Nair" }], "omitted": 0 })
    };
    serde_json::from_value(json!({
        "id": format!("urn:baton:handoff:{number}"), "account": "northwind", "type": "sales-to-implementation",
        "account_name": "Northwind", "as_of": "2026-02-13T23:59:59Z", "generated_at": "2026-02-14T08:00:00Z",
        "previous": null, "status": "draft", "content_hash": "", "rejected": 0, "changes": [],
        "coverage": [{ "kind": "email", "items": 120, "automatic": 4, "first": "2025-08-18T09:30:00Z",
                       "last": "2026-02-12T09:30:00Z" }],
        "sections": (0..SECTIONS).map(section).collect::<Vec<Value>>(),
    }))
    .unwrap()
}

fn item(line: usize, lines: usize, notes: usize, number: usize) -> Value {
    let evidence: Vec<Value> = (line..notes)
        .step_by(lines)
        .map(|note| {
            let quote = format!(
                "We said on the phone that delivery {note} of {number} must not be later than the end of June."
            );
            json!({ "interaction": format!("mail:<20260112.{note}@northwind.example>"), "kind": "email",
                "at": "2026-01-12T09:30:00Z", "speaker": "Priya Nair", "start": 120, "end": 120 + quote.len(),
                "quote": quote })
        })
        .collect();
    let origin = ["observed", "customer_said", "vendor_said"][line % 3];
    json!({ "text": format!("Deliver part {line} of {number} of the interface to the test system, due 2026-06-30."),
            "fact": null, "group": format!("Group {}", line / 40), "confidence": 0.9, "review": "extracted",
            "origin": origin, "evidence": evidence })
}
