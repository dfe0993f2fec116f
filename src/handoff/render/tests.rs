//! All forms of documents that hold whatever people write.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use jiff::Timestamp;
use serde_json::json;

use super::*;
use crate::model::{Gap, HandoffItem, HandoffSection, Origin, ReviewState};

const FORMATS: [Format; 5] = [Format::Markdown, Format::Html, Format::Json, Format::Docx, Format::Pdf];

/// What people write, and what they should not.
fn hostile() -> Vec<String> {
    let controls: String = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).collect();
    let texts = [
        "#import \"@preview/evil:1.0.0\": *",
        "#read(\"/etc/passwd\") #sys.inputs #panic(\"no\") #[*x*] @e1 <e1>",
        "$x$ $ sum_(i=0)^n i $ \\ ` ``` = Heading * _ ~ -- / // /* */",
        "<script>alert(1)</script><img src=x onerror=alert(1)> &lt; &#0; ]]> <!-- -->",
        "</w:t></w:r><w:r><w:t>&amp;",
        "# [a](javascript:alert(1)) ![b](c) **d** | e | \n\n---\n[NEEDS CLARIFICATION] not a gap\n1. one",
        "{{ 7 * 7 }} {% include \"x\" %} {# no #}",
        "\",\"page\":{\"title\":\"taken over\"}}",
        "pay \u{202e}000,1\u{202c} now \u{2067}x\u{2069}",
        "שלום מרحبا ਪੰਜਾਬੀ ไทย 会議は明日です 회의",
        "👍🏽 👩\u{200d}💻 🇩🇪 \u{fe0f}\u{200d} a\u{301}\u{301}\u{301}",
        "\u{fffd}\u{fffe}\u{ffff}\u{feff}\u{e000}\u{10ffff}\u{ad}",
        "",
        "   ",
    ];
    let long = "Donaudampfschifffahrt".repeat(60);
    texts.into_iter().map(str::to_owned).chain([controls, long]).collect()
}

fn item(text: &str, number: usize) -> HandoffItem {
    let origins = [Origin::Observed, Origin::CustomerSaid, Origin::VendorSaid, Origin::Added];
    let reviews = [ReviewState::Extracted, ReviewState::Confirmed, ReviewState::Corrected, ReviewState::Added];
    let evidence = |speaker: Option<&str>, quote: &str| {
        json!({ "interaction": format!("mail:<{number}{text}>"), "kind": "email", "at": "2026-01-12T09:30:00Z",
                "speaker": speaker, "start": 0, "end": quote.chars().count(), "quote": quote })
    };
    HandoffItem {
        text: text.to_owned(),
        fact: None,
        group: (!number.is_multiple_of(3)).then(|| text.to_owned()),
        confidence: Some(0.3 + 0.1 * (number % 7) as f32),
        review: reviews[number / 4 % 4],
        origin: origins[number % 4],
        evidence: serde_json::from_value(json!([evidence(Some(text), text), evidence(None, ""), evidence(None, "")]))
            .unwrap(),
    }
}

fn handoff(texts: &[String]) -> Handoff {
    let section = |id: &str, title: &str, from: usize| HandoffSection {
        id: id.to_owned(),
        title: title.to_owned(),
        items: texts.iter().zip(from..).map(|(text, number)| item(text, number)).collect(),
        gaps: texts.iter().map(|text| Gap { field: text.clone(), ask: text.clone() }).collect(),
        omitted: 3,
    };
    let empty = HandoffSection { id: "empty".to_owned(), title: "Empty".to_owned(), ..HandoffSection::default() };
    let mut handoff: Handoff = serde_json::from_value(json!({
        "id": "urn:baton:handoff:1", "account": "northwind", "type": "sales-to-implementation", "account_name": "",
        "as_of": "2026-02-13T23:59:59Z", "generated_at": "2026-02-14T08:00:00.123Z", "previous": null,
        "status": "draft", "content_hash": "", "rejected": 1, "sections": [], "changes": [],
        "coverage": [{ "kind": "email", "items": 2, "automatic": 0, "first": "2026-01-12T09:30:00Z",
                       "last": "2026-01-30T09:30:00Z" }],
    }))
    .unwrap();
    handoff.account_name = texts.first().cloned().unwrap_or_default();
    handoff.sections = vec![section("executive_summary", "Executive summary", 0), empty, section("risks", "Risks", 0)];
    handoff
}

fn write(handoff: &Handoff, format: Format) -> Vec<u8> {
    render(&Definitions::load(None).unwrap(), handoff, format).unwrap()
}

fn text(handoff: &Handoff, format: Format) -> String {
    String::from_utf8(write(handoff, format)).unwrap()
}

fn has(bytes: &[u8], mark: &str) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

/// The parts of a DOCX, by name.
fn parts(docx: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let count = archive.len();
    let read = |place| {
        let mut part = archive.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(read).collect()
}

/// The values of an attribute at the elements of a name.
fn attributes<'a>(xml: &'a str, element: &str, attribute: &str) -> Vec<&'a str> {
    let of = |tag: &'a str| {
        let rest = &tag[tag.find(&format!(" {attribute}=\""))? + attribute.len() + 3..];
        rest.split('"').next()
    };
    let opened = format!("<{element} ");
    xml.match_indices(&opened).filter_map(|(at, _)| of(xml[at..].split('>').next()?)).collect()
}

#[test]
fn one_bad_text_alone_and_all_together_are_written_in_every_form() {
    let texts = hostile();
    for texts in texts.chunks(1).chain([&texts[..], &[]]) {
        let handoff = handoff(texts);
        for format in FORMATS {
            let written = write(&handoff, format);
            assert!(written.len() > 500, "{texts:?} as {format:?}");
            assert!(format != Format::Pdf || has(&written, "pdfuaid:part>1<"), "{texts:?} cannot be read aloud");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let handoff = handoff(&hostile());
    for format in FORMATS {
        assert!(write(&handoff, format) == write(&handoff, format), "{format:?}");
    }
}

#[test]
fn html_holds_no_markup_of_others() {
    let html = text(&handoff(&hostile()), Format::Html);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<!--"));
    assert_eq!(html.matches("<section").count(), 4);
    let cited: BTreeSet<&str> = attributes(&html, "a", "href").into_iter().collect();
    let ids: BTreeSet<String> = html
        .match_indices(" id=\"")
        .map(|(at, _)| html[at + 5..].split('"').next().unwrap())
        .map(|id| format!("#{id}"))
        .collect();
    assert!(cited.iter().all(|target| ids.contains(*target)), "a link leads nowhere");
}

#[test]
fn a_gap_is_a_line_of_markdown_and_nothing_else_is() {
    let texts = hostile();
    let markdown = text(&handoff(&texts), Format::Markdown);
    let gaps = markdown.lines().filter(|line| line.starts_with("[NEEDS CLARIFICATION]")).count();
    assert_eq!(gaps, 2 * texts.len());
    assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), 1);
    assert_eq!(markdown.lines().filter(|line| line.starts_with("## ")).count(), 4);
    assert!(!markdown.contains("javascript:alert(1))\n"));
}

#[test]
fn a_word_document_is_whole() {
    let parts = parts(write(&handoff(&hostile()), Format::Docx));
    let part = |name: &str| &parts.iter().find(|(own, _)| own == name).unwrap().1;
    for (name, xml) in &parts {
        assert!(xml.starts_with("<?xml "), "{name}");
        assert!(!xml.chars().any(|c| c.is_control() && c != '\n'), "{name} holds a control character");
    }
    let (document, notes, styles) = (part("word/document.xml"), part("word/footnotes.xml"), part("word/styles.xml"));
    let written: Vec<&str> = attributes(notes, "w:footnote", "w:id");
    let cited = attributes(document, "w:footnoteReference", "w:id");
    // The first two separate the notes from the text.
    assert_eq!(written[2..], cited);
    assert_eq!(attributes(document, "w:bookmarkStart", "w:id"), cited);
    let known: BTreeSet<&str> = attributes(styles, "w:style", "w:styleId").into_iter().collect();
    for (name, xml) in &parts {
        let used = ["w:pStyle", "w:rStyle", "w:basedOn", "w:next"].map(|element| attributes(xml, element, "w:val"));
        assert!(used.concat().iter().all(|style| known.contains(style)), "{name} uses a style that is not there");
    }
    let listed = attributes(part("[Content_Types].xml"), "Override", "PartName");
    assert!(listed.iter().all(|path| parts.iter().any(|(name, _)| name == &path[1..])));
}

#[test]
fn a_pdf_is_tagged_and_accessible() {
    let pdf = write(&handoff(&hostile()), Format::Pdf);
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for mark in ["/StructTreeRoot", "/MarkInfo", "/Lang(en)", "/Type/Catalog"] {
        assert!(has(&pdf, mark), "{mark}");
    }
}

#[test]
fn lines_say_whose_word_they_are() {
    let said = |origin, review, confidence| {
        let mut document = handoff(&[]);
        let item = HandoffItem { origin, review, confidence, group: None, evidence: Vec::new(), ..item("Call", 0) };
        document.sections = vec![HandoffSection { id: "s".to_owned(), items: vec![item], ..HandoffSection::default() }];
        let markdown = text(&document, Format::Markdown);
        markdown.lines().find(|line| line.starts_with("- ")).unwrap().to_owned()
    };
    let check = |origin, review, confidence, expected: &str| assert_eq!(said(origin, review, confidence), expected);
    check(Origin::Observed, ReviewState::Extracted, None, "- Call");
    check(Origin::CustomerSaid, ReviewState::Extracted, Some(0.9), "- Call (customer said)");
    check(Origin::VendorSaid, ReviewState::Corrected, Some(0.5), "- Call (we said; unsure; corrected by a person)");
    check(Origin::CustomerSaid, ReviewState::Added, Some(1.0), "- Call (added)");
}

#[test]
fn markdown_of_a_small_document() {
    let mut document = handoff(&[]);
    document.account_name = "Northwind".to_owned();
    let promise = HandoffItem {
        origin: Origin::VendorSaid,
        group: Some("Promised by us".to_owned()),
        confidence: Some(0.9),
        ..item("Send the SOC 2 report.", 0)
    };
    document.sections = vec![HandoffSection {
        id: "promised_deliverables".to_owned(),
        title: "Promised deliverables".to_owned(),
        items: vec![promise],
        gaps: vec![Gap { field: "due_dates".to_owned(), ask: "Sam Ortiz".to_owned() }],
        omitted: 2,
    }];
    insta::assert_snapshot!(text(&document, Format::Markdown), @r#"
    ---
    title: "Northwind: Sales to implementation"
    account: "northwind"
    type: "sales-to-implementation"
    as_of: 2026-02-13T23:59:59Z
    generated_at: 2026-02-14T08:00:00.123Z
    status: draft
    id: urn:baton:handoff:1
    ---

    # Northwind: sales to implementation

    As of 2026-02-13. Read: 2 emails (2026-01-12 to 2026-01-30); 1 item failed to load. 1 question is open.

    How to read it: *no mark*: observed in records and figures, or put together from several sources · *customer said*: the customer's own statement · *we said*: our own side's statement · *added*: a person added it; no source says it · *unsure*: the reading may be wrong; look at the evidence.

    ## Promised deliverables

    [NEEDS CLARIFICATION] by when the promises are due (due_dates): ask Sam Ortiz.

    **Promised by us**

    - Send the SOC 2 report. (we said)[^1][^2]

    2 more are in the graph.

    ## Evidence

    [^1]: 2026-01-12, email, Send the SOC 2 report.: "Send the SOC 2 report." (mail:\<0Send the SOC 2 report.\>, 0–22)
    [^2]: 2026-01-12, email (mail:\<0Send the SOC 2 report.\>)
    "#);
}

#[test]
fn evidence_is_worded_by_what_it_is() {
    let check = |item: HandoffItem, expected: &[&str]| {
        let mut document = handoff(&[]);
        document.sections = vec![HandoffSection { id: "s".to_owned(), items: vec![item], ..HandoffSection::default() }];
        let page = Page::new(&Definitions::load(None).unwrap(), &document);
        let words = |note: notes::Note| format!("{}|{}|{}", note.head, note.quote, note.place);
        assert_eq!(page.notes.into_iter().map(words).collect::<Vec<_>>(), expected);
    };
    check(item("Hi", 0), &["2026-01-12, email, Hi|Hi|mail:<0Hi>, 0–2", "2026-01-12, email||mail:<0Hi>"]);
    let added = HandoffItem { review: ReviewState::Added, ..item("", 0) };
    check(added, &["2026-01-12, added by a person; no source says it||mail:<0>"; 2]);
}

#[test]
fn a_time_of_any_year_is_written() {
    for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        let mut document = handoff(&["Call".to_owned()]);
        document.generated_at = at;
        for format in FORMATS {
            assert!(!write(&document, format).is_empty(), "{at} as {format:?}");
        }
    }
}
