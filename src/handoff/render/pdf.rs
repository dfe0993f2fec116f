//! PDF: a Typst source lays the page out. What people wrote reaches it as data and is never read as markup.

use serde_json::json;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::page::Page;
use super::paper::{Paper, datetime};
use super::typefaces::TYPEFACES;
use super::{Definitions, HandoffError};

/// Writes a document as PDF.
pub(super) fn write(definitions: &Definitions, page: &Page) -> Result<Vec<u8>, HandoffError> {
    let (name, source) = source(definitions, &page.kind)?;
    let mut shown = serde_json::to_value(page).map_err(|error| HandoffError::form("PDF", &error))?;
    let not_shown = TYPEFACES.fit(&mut shown);
    let data = json!({ "page": shown, "not_shown": not_shown }).to_string();
    let paper = Paper::new(source, data, page.generated_at)?;
    let written = lay_out(&paper, page);
    // Two documents have next to nothing in common: what is kept of one would only take memory.
    typst::comemo::evict(0);
    written.map_err(|problem| HandoffError::Template { name, problem })
}

/// The source of a type, with its name: the type's own where it has one, else the one that all types share.
fn source<'a>(definitions: &'a Definitions, kind: &str) -> Result<(String, &'a str), HandoffError> {
    let names = [format!("{kind}/document.typ"), "shared/document.typ".to_owned()];
    for name in names {
        if let Some(text) = definitions.source(&name) {
            return Ok((name, text));
        }
    }
    Err(HandoffError::Form { form: "PDF", problem: "there is no shared/document.typ".to_owned() })
}

fn lay_out(paper: &Paper, page: &Page) -> Result<Vec<u8>, String> {
    let problem = |problems: typst::ecow::EcoVec<SourceDiagnostic>| told(paper, &problems);
    let document = typst::compile(paper).output.map_err(problem)?;
    let options = |standards| PdfOptions {
        ident: Smart::Custom(page.id.clone()),
        creator: Smart::Custom(Some("Baton".to_owned())),
        timestamp: datetime(page.generated_at).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    if let Ok(accessible) = PdfStandards::new(&[PdfStandard::Ua_1])
        && let Ok(pdf) = typst_pdf::pdf(&document, &options(accessible))
    {
        return Ok(pdf);
    }
    // A source of a house's own may not keep to PDF/UA: its document is still tagged.
    typst_pdf::pdf(&document, &options(PdfStandards::default())).map_err(problem)
}

/// The first problem, with its line in the source.
fn told(paper: &Paper, problems: &[SourceDiagnostic]) -> String {
    let Some(problem) = problems.first() else { return "it cannot be laid out".to_owned() };
    match paper.line(problem.span) {
        Some(line) => format!("line {line}: {}", problem.message),
        None => problem.message.to_string(),
    }
}
