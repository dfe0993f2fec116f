//! PDF: a Typst source lays the page out. What people wrote reaches it as data and is never read as markup.

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::page::Page;
use super::paper::{Paper, datetime};
use super::typefaces::TYPEFACES;
use super::{Definitions, HandoffError};

/// Documents after which results that no further document used are forgotten.
const KEPT: usize = 4;

/// Writes a document as PDF.
pub(super) fn write(definitions: &Definitions, page: &Page) -> Result<Vec<u8>, HandoffError> {
    let own = format!("{}/document.typ", page.kind);
    let name = if definitions.sources.contains_key(&own) { own.as_str() } else { "shared/document.typ" };
    let missing = || HandoffError::Template { name: name.to_owned(), problem: "is not there".to_owned() };
    let source = definitions.sources.get(name).ok_or_else(missing)?;
    let text = serde_json::to_string(page).map_err(|error| HandoffError::form("PDF", &error))?;
    let (page_text, not_shown) = TYPEFACES.showable(&text);
    let data = format!("{{\"not_shown\":{not_shown},\"page\":{page_text}}}");
    let paper = Paper::new(source, data, page.generated_at)?;
    let written = lay_out(&paper, page);
    typst::comemo::evict(KEPT);
    written.map_err(|problem| HandoffError::Template { name: name.to_owned(), problem })
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
