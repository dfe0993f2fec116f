//! An account in which one person stands everywhere: mail, copies, quotes, signature, chat, CRM, tickets, a call, a note.

use serde_json::{Value, json};

use crate::support::Baton;

/// How the person is written, in lower case: what no byte may show after an erasure.
pub(crate) const FORMS: [&str; 7] =
    ["priya", "nair", "pnair77", "u02priya7", "nair, priya", "priya.nair@", "5@private"];

type File = (String, Vec<u8>);

fn mail(id: &str, day: u32, (from, to): (&str, &str), rest: (&str, &str), body: &str) -> Vec<u8> {
    let (more, subject) = rest;
    format!(
        "Message-ID: <{id}>\r\nDate: {day} Jan 2026 09:30:00 +0000\r\nFrom: {from}\r\nTo: {to}\r\n{more}\
         Subject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n",
        body.replace('\n', "\r\n")
    )
    .into_bytes()
}

fn mails() -> Vec<File> {
    let priya = "Priya Nair <priya.nair@northwind.example>";
    let private = "\"Nair, Priya\" <pnair77@private.example>";
    let (sam, tom) = ("Sam Ortiz <sam@vendor.example>", "Tom Baker <tom.baker@northwind.example>");
    let answer = "In-Reply-To: <1.priya@northwind.example>\r\nReferences: <1.priya@northwind.example>\r\n";
    let copied = format!("Cc: {tom}\r\n{answer}");
    let to_priya = format!("Cc: {priya}\r\n");
    let plain = ("", "Roll-out");
    vec![
        (
            "1.eml".to_owned(),
            mail(
                "1.priya@northwind.example",
                5,
                (priya, sam),
                plain,
                "Hi Sam,\n\nWe are worried that the budget may be cut in spring.\n\nBest,\nPriya Nair\nVP Operations, Northwind",
            ),
        ),
        (
            "2.eml".to_owned(),
            mail(
                "2@vendor.example",
                6,
                (sam, priya),
                (&copied, "Roll-out"),
                "Hi Priya,\n\nI'll send you the SOC 2 report by Friday.\n\nSam\n\nOn Mon, 5 Jan 2026 at 09:30, Priya Nair \
             <priya.nair@northwind.example> wrote:\n> We are worried that the budget may be cut in spring.\n>\n> Priya Nair",
            ),
        ),
        (
            "3.eml".to_owned(),
            mail(
                "3@northwind.example",
                7,
                (tom, sam),
                (&to_priya, "Priya: price list"),
                "Hi Sam,\n\nCould you send us the price list by the end of the month? Priya Nair is our decision maker, and \
             Priya will sign. Ms Nair left the rest to me.\n\nTom",
            ),
        ),
        (
            "4.eml".to_owned(),
            mail(
                "4@vendor.example",
                8,
                (sam, tom),
                plain,
                "Hi Tom,\n\nI will book the training room on 20 January 2026.\n\nSam\n\n-----Original Message-----\nFrom: Nair, Priya\n\
             Sent: Monday\nTo: Sam Ortiz\nSubject: x\n\nThe export breaks every Monday and costs us hours.\n",
            ),
        ),
        (
            "5.eml".to_owned(),
            mail("5@private.example", 9, (private, sam), plain, "Hi Sam, this is my private address."),
        ),
        ("Nair Priya CV.eml".to_owned(), b"no mail at all".to_vec()),
    ]
}

fn records() -> Vec<File> {
    let companies = "Record ID,Company name,Company Domain Name,Company owner,Create Date\n\
                     12,Northwind,northwind.example,Sam Ortiz,2025-11-20 10:20\n";
    let contacts = "\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Job Title\",\"Contact owner\",\"Associated Company IDs\",\"Create Date\"\n\
         \"501\",\"Priya\",\"Nair\",\"Priya.Nair@northwind.example\",\"VP Operations\",\"Sam Ortiz\",\"12\",\"2025-11-20 10:20\"\n\
         \"502\",\"Tom\",\"Baker\",\"tom.baker@northwind.example\",\"Head of IT\",\"Sam Ortiz\",\"12\",\"2025-11-21 09:00\"\n";
    let call = "WEBVTT\n\nNOTE Recorded 2026-01-19T09:00:00+01:00\n\n00:00:04.120 --> 00:00:09.880\n<v Sam Ortiz>Right, shall \
         we start, Priya?</v>\n\n00:00:10.200 --> 00:00:14.000\n<v Priya Nair>Please. We can't slip past the 2nd of March, \
         that is when the depot goes live.</v>\n\n00:00:17.000 --> 00:00:20.000\n<v Sam Ortiz>Understood. We'll have the \
         import ready by the 20th of February.</v>\n";
    let note = "# QBR Northwind, 20 January 2026\n\n**Attendees:** Priya Nair, Sam Ortiz\n\nPriya wants fewer steps.\n";
    vec![
        ("companies.csv".to_owned(), companies.as_bytes().to_vec()),
        ("contacts.csv".to_owned(), contacts.as_bytes().to_vec()),
        ("Kick-off Northwind 2026-01-19.vtt".to_owned(), call.as_bytes().to_vec()),
        ("2026-01-20 qbr.md".to_owned(), note.as_bytes().to_vec()),
    ]
}

fn exports() -> Vec<File> {
    let user = |id: &str, name: &str, email: &str| {
        json!({"id": id, "name": email.split('@').next(), "real_name": name, "is_bot": false,
               "profile": {"real_name": name, "email": email}})
    };
    let users = json!([
        user("U01SAM77", "Sam Ortiz", "sam@vendor.example"),
        user("U02PRIYA7", "Priya Nair", "Priya.Nair@northwind.example"),
        user("U03TOM77", "Tom Baker", "tom.baker@northwind.example"),
    ]);
    let channels = json!([{"id": "C100", "name": "acct-northwind", "created": 1_764_547_200, "creator": "U01SAM77",
        "members": ["U01SAM77", "U02PRIYA7", "U03TOM77"], "topic": {"value": ""}, "purpose": {"value": ""}}]);
    let said = |user: &str, ts: &str, text: &str| json!({"type": "message", "user": user, "ts": ts, "text": text});
    let messages = json!([
        said("U02PRIYA7", "1768305600.000500", "We decided to go with the annual plan."),
        said("U01SAM77", "1768305700.000500", "Thanks <@U02PRIYA7>, I will send the contract tomorrow."),
        said("U03TOM77", "1768305800.000500", "PRIYA is out next week, ask me."),
    ]);
    let comment = |id: u32, author: u32, body: &str, at: &str| json!({"id": id, "author_id": author, "body": body, "public": true, "created_at": at});
    let tickets = json!({"tickets": [{"id": 4102, "subject": "Import fails, says Priya", "description": "The import stops.",
        "status": "solved", "priority": "urgent", "requester_id": 7001, "submitter_id": 7001, "assignee_id": 9001,
        "organization_id": 55, "tags": ["edi"], "created_at": "2026-01-16T08:12:44Z", "updated_at": "2026-01-18T15:40:10Z",
        "comments": [comment(51001, 7001, "The import stops.\n\nPriya", "2026-01-16T08:12:44Z"),
                     comment(51003, 9001, "Hi Priya,\n\na fix will be deployed tomorrow.", "2026-01-17T10:20:00Z")]}],
        "users": [{"id": 7001, "name": "Priya Nair", "email": "priya.nair@northwind.example", "role": "end-user"},
                  {"id": 9001, "name": "Lena Vogt", "email": "lena@vendor.example", "role": "agent"}],
        "organizations": [{"id": 55, "name": "Northwind"}]});
    let bytes = |value: &Value| value.to_string().into_bytes();
    vec![
        ("slack/users.json".to_owned(), bytes(&users)),
        ("slack/channels.json".to_owned(), bytes(&channels)),
        ("slack/acct-northwind/2026-01-13.json".to_owned(), bytes(&messages)),
        ("zendesk.json".to_owned(), bytes(&tickets)),
    ]
}

/// The account, loaded; decisions made about it; its document written.
pub(crate) fn loaded() -> Baton {
    let files: Vec<File> = mails().into_iter().chain(records()).chain(exports()).collect();
    let baton = Baton::with_files(&files, &["--vendor-domain", "vendor.example", "-a", "northwind"]);
    let type_of = ["-a", "northwind", "--type", "sales-to-implementation"];
    let with = |words: &[&'static str]| -> Vec<&'static str> { words.iter().chain(&type_of).copied().collect() };
    baton.expect(0, &with(&["handoff", "--as-of", "2026-02-01", "--format", "json"]));
    let sheet = baton.json(0, &with(&["review", "show", "--json"]));
    for line in sheet["lines"].as_array().unwrap().iter().take(6) {
        let name = line["line"].as_str().unwrap();
        baton.run(&[&with(&["review", "approve", "--by", "Dana Whit"])[..], &[name]].concat());
    }
    let add = ["--section", "identified_risks", "--statement", "Priya Nair may leave in May"];
    baton.run(&[&with(&["review", "add", "--by", "Dana Whit"])[..], &add[..]].concat());
    baton.expect(0, &["people", "merge", "-a", "northwind", "pnair77@private.example", "priya.nair@northwind.example"]);
    baton
}

/// Reads the same files again.
pub(crate) fn read_again(baton: &Baton) -> Value {
    let arguments = ["--vendor-domain", "vendor.example", "-a", "northwind"];
    baton.ingest(&baton.path("in"), 3, &arguments)
}
