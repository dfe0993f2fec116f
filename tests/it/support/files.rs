//! Files to read: the corpus and invented ones.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::Random;

/// Name and content.
pub(crate) type File = (String, Vec<u8>);

/// The well-formed samples of the corpus, each form in a folder of its own.
pub(crate) fn corpus_files() -> Vec<File> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = Vec::new();
    for form in ["crm", "ics", "mail", "notes", "tables", "tickets", "transcripts"] {
        for family in ["real", "regression"] {
            let Ok(entries) = fs::read_dir(corpus.join(form).join(family)) else { continue };
            for entry in entries {
                let path = entry.unwrap().path();
                let name = format!("{form}/{family}/{}", path.file_name().unwrap().to_str().unwrap());
                files.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    assert!(files.len() > 30, "the corpus is gone");
    files.sort();
    files
}

/// The corpus and mails of three invented companies, with their CRM rows: about sixty files, some of no account.
pub(crate) fn mixed_files() -> Vec<File> {
    let mut files = corpus_files();
    files.extend(invented_files(20, 7));
    files
}

const COMPANIES: [(&str, &str); 3] =
    [("Northwind", "northwind.example"), ("Tailspin Toys", "tailspin.example"), ("Fabrikam", "fabrikam.example")];
const PEOPLE: [&str; 4] = ["Priya Nair", "Jürgen Weiß", "Chloé Dupont", "Tom Baker"];
const SENTENCES: [&str; 12] = [
    "I'll send you the SOC 2 report by Friday.",
    "We will deliver the data mapping by 20 March.",
    "I have sent you the SOC 2 report.",
    "Could you send us the price list by the end of the month?",
    "We are worried about the budget, finance has frozen it.",
    "Our goal is to cut onboarding time from 14 to 5 days by the end of June.",
    "It must support single sign-on 😀 before go-live.",
    "Please call me rather than write, mornings are best.",
    "The export breaks every Monday and costs us hours.",
    "Größe passt, danke.",
    "We decided to go with the annual plan.",
    "No need for the training any more.",
];

/// `count` mails between the companies and us, and the CRM rows of the first two companies.
pub(crate) fn invented_files(count: usize, seed: u64) -> Vec<File> {
    let mut random = Random::new(seed);
    let mut files = Vec::new();
    for number in 0..count {
        let (_, domain) = COMPANIES[random.below(COMPANIES.len())];
        let customer = PEOPLE[random.below(PEOPLE.len())];
        let theirs =
            format!("{}@{domain}", customer.split(' ').next().unwrap().to_lowercase().replace(['ü', 'é'], "e"));
        let ours = "sam.ortiz@vendor.example";
        let words: Vec<&str> = (0..3).map(|_| SENTENCES[random.below(SENTENCES.len())]).collect();
        let day = 1 + random.below(27);
        let month = ["Jan", "Feb", "Mar", "Apr"][random.below(4)];
        let date = format!("{day} {month} 2026 {:02}:30:00 +0100", 8 + random.below(9));
        let (from, to) = if random.below(2) == 0 {
            (format!("{customer} <{theirs}>"), format!("Sam Ortiz <{ours}>"))
        } else {
            (format!("Sam Ortiz <{ours}>"), format!("{customer} <{theirs}>"))
        };
        files.push((
            format!("invented/{number:03}.eml"),
            mail(&format!("{seed}.{number}"), (&from, &to), &date, &words.join(" ")),
        ));
    }
    let rows = COMPANIES.iter().take(2).enumerate();
    let rows: Vec<String> =
        rows.map(|(id, (name, domain))| format!("{},{name},{domain},Sam Ortiz", 100 + id)).collect();
    let companies = format!("Record ID,Company name,Company Domain Name,Company owner\n{}\n", rows.join("\n"));
    files.push(("invented/companies.csv".to_owned(), companies.into_bytes()));
    files
}

/// A mail of one part.
pub(crate) fn mail(id: &str, (from, to): (&str, &str), date: &str, body: &str) -> Vec<u8> {
    format!(
        "Message-ID: <{id}@mail.example>\r\nDate: {date}\r\nFrom: {from}\r\nTo: {to}\r\nSubject: Roll-out\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}

/// Interactions as JSON Lines: id, time, speaker's side, text. The account is `northwind`.
pub(crate) fn jsonl(rows: &[(&str, &str, char, &str)]) -> Vec<u8> {
    let sam = |role: &str| json!({"role": role, "name": "Sam Ortiz", "address": "sam.ortiz@vendor.example"});
    let priya = |role: &str| json!({"role": role, "name": "Priya Nair", "address": "priya.nair@northwind.example"});
    let line = |(id, at, by, text): &(&str, &str, char, &str)| -> Value {
        let participants = if *by == 'v' { [sam("from"), priya("to")] } else { [priya("from"), sam("to")] };
        json!({"id": id, "account": "northwind", "kind": "email", "thread": "t", "sent_at": at, "subject": "Roll-out",
               "text": text, "participants": participants})
    };
    rows.iter().flat_map(|row| format!("{}\n", line(row)).into_bytes()).collect()
}

pub(crate) fn write_files(folder: &Path, files: &[File]) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

pub(crate) fn zip_of(files: &[File]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
