//! DOCX: the parts of a Word document from templates, zipped. Evidence becomes real footnotes, headings and lists are
//! Word's own, and the styles are a template that a house may replace.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::page::Page;
use super::{Definitions, HandoffError, by_template};

/// The parts, in the order in which they stand in the file, and the template of each below `docx/`.
const PARTS: [(&str, &str); 11] = [
    ("[Content_Types].xml", "content_types"),
    ("_rels/.rels", "package_rels"),
    ("docProps/app.xml", "app"),
    ("docProps/core.xml", "core"),
    ("word/document.xml", "document"),
    ("word/_rels/document.xml.rels", "document_rels"),
    ("word/footer.xml", "footer"),
    ("word/footnotes.xml", "footnotes"),
    ("word/numbering.xml", "numbering"),
    ("word/settings.xml", "settings"),
    ("word/styles.xml", "styles"),
];

/// Writes a document as DOCX.
pub(super) fn write(definitions: &Definitions, page: &Page) -> Result<Vec<u8>, HandoffError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No part tells when it was written, so the same document gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let failed = |error: &dyn std::error::Error| HandoffError::form("DOCX", error);
    for (part, template) in PARTS {
        let text = by_template(definitions, &page.kind, &format!("docx/{template}.xml"), page)?;
        archive.start_file(part, options).map_err(|error| failed(&error))?;
        archive.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(archive.finish().map_err(|error| failed(&error))?.into_inner())
}
