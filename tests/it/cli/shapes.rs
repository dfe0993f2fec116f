//! Every field of the contract in every JSON answer.

use serde_json::Value;

use crate::support::Shape::{Any, Count, Date, Iri, Null, Number, Object, OneOf, Text, Time};
use crate::support::{
    Baton, HANDOFF_TYPES, Shape, answer_with_input, assert_shape, corpus_files, invented_files, jsonl, list, maybe,
    parse_lines,
};

const SIDE: Shape = OneOf(&["customer", "vendor"]);
const KINDS: &[&str] = &["email", "chat", "call", "ticket", "note", "crm", "usage", "survey", "event"];
const FACTS: &[&str] = &[
    "commitment",
    "request",
    "risk",
    "objective",
    "metric",
    "pain_point",
    "requirement",
    "decision",
    "preference",
    "sensitive_topic",
    "buying_motivation",
    "open_issue",
    "customization",
    "expansion_signal",
];
const CHANGES: &[&str] = &[
    "stakeholder.new",
    "stakeholder.departed",
    "stakeholder.silent",
    "stakeholder.role_changed",
    "sentiment.shifted",
    "usage.changed",
    "commitment.new",
    "commitment.fulfilled",
    "commitment.overdue",
    "risk.new",
    "risk.resolved",
    "objective.changed",
    "fact.conflict",
    "owner.changed",
];
const REVIEW: Shape = OneOf(&["extracted", "confirmed", "corrected", "rejected", "added"]);

/// Everything at once: the corpus, invented mails, and one conversation with facts of many kinds.
fn loaded() -> Baton {
    let mut files = corpus_files();
    files.extend(invented_files(30, 5));
    files.push(("talk.jsonl".to_owned(), talk()));
    Baton::with_files(&files, &["--vendor-domain", "vendor.example", "--vendor-domain", "corvid.example"])
}

fn talk() -> Vec<u8> {
    jsonl(&[
        (
            "t:1",
            "2026-01-12T09:30:00Z",
            'v',
            "Hi Priya,\n\nI'll send you the SOC 2 report by Friday. 😀 Größe passt.\n\nBest,\nSam",
        ),
        (
            "t:2",
            "2026-01-13T09:30:00Z",
            'c',
            "Hi Sam,\r\n\r\nOur goal is to cut onboarding time from 14 to 5 days by the end of June. We are worried about the budget. Could you send us the pricing by 20 January? It must support SSO. Please call me rather than write.\r\n\r\nPriya Nair\r\nVP Operations\r\n+49 30 1234567",
        ),
        (
            "t:3",
            "2026-02-02T09:30:00Z",
            'v',
            "I have sent you the SOC 2 report. I will book the training by 10 February 2026.",
        ),
    ])
}

fn evidence() -> Shape {
    Object(vec![
        ("interaction", Text),
        ("kind", OneOf(KINDS)),
        ("at", Time),
        ("speaker", maybe(Text)),
        ("start", Count),
        ("end", Count),
        ("quote", Text),
    ])
}

fn party() -> Shape {
    Object(vec![("name", maybe(Text)), ("address", maybe(Text)), ("side", maybe(SIDE))])
}

/// What a fact has also before it is stored.
fn found() -> Vec<(&'static str, Shape)> {
    vec![
        ("kind", OneOf(FACTS)),
        ("category", maybe(Text)),
        ("statement", Text),
        ("polarity", OneOf(&["affirmed", "negated"])),
        ("owner", maybe(party())),
        ("beneficiary", maybe(party())),
        (
            "due",
            maybe(Object(vec![("date", maybe(Date)), ("phrase", Text), ("basis", OneOf(&["stated", "inferred"]))])),
        ),
        ("condition", maybe(Text)),
        ("status", OneOf(&["open", "fulfilled", "overdue", "withdrawn", "superseded", "current", "resolved"])),
        ("confidence", Number),
        ("valid_from", Time),
        ("valid_to", maybe(Time)),
        ("evidence", list(evidence())),
    ]
}

fn fact() -> Shape {
    let mut fields = found();
    fields.extend([
        ("id", Iri),
        ("account", Text),
        ("review", REVIEW),
        ("recorded_at", Time),
        ("retired_at", maybe(Time)),
    ]);
    Object(fields)
}

fn stakeholder() -> Shape {
    let role = OneOf(&[
        "champion",
        "decision_maker",
        "economic_buyer",
        "influencer",
        "blocker",
        "end_user",
        "technical_evaluator",
    ]);
    let preference = Object(vec![
        ("category", OneOf(&["channel", "time", "style"])),
        ("value", Text),
        ("evidence", list(evidence())),
    ]);
    Object(vec![
        ("id", Iri),
        ("account", Text),
        ("name", Text),
        ("addresses", list(Text)),
        ("aliases", list(Text)),
        ("side", maybe(SIDE)),
        ("title", maybe(Text)),
        ("organization", maybe(Text)),
        ("buying_role", maybe(role)),
        ("influence", Number),
        ("preferences", list(preference)),
        ("sentiment", maybe(Number)),
        ("first_seen", Time),
        ("last_seen", Time),
        ("interactions", Count),
        ("status", OneOf(&["active", "silent", "departed"])),
        ("evidence", list(evidence())),
    ])
}

fn change() -> Shape {
    Object(vec![
        ("kind", OneOf(CHANGES)),
        ("at", Time),
        ("account", Text),
        ("subject", Iri),
        ("summary", Text),
        ("before", Any),
        ("after", Any),
        ("severity", OneOf(&["info", "warning", "critical"])),
        ("evidence", list(evidence())),
    ])
}

fn handoff(kind: &'static [&'static str]) -> Shape {
    let item = Object(vec![
        ("text", Text),
        ("fact", maybe(Iri)),
        ("confidence", maybe(Number)),
        ("review", REVIEW),
        ("evidence", list(evidence())),
    ]);
    let gap = Object(vec![("field", Text), ("ask", Text)]);
    let section = Object(vec![("id", Text), ("title", Text), ("items", list(item)), ("gaps", list(gap))]);
    let coverage = Object(vec![("kind", OneOf(KINDS)), ("items", Count), ("first", Time), ("last", Time)]);
    Object(vec![
        ("id", Iri),
        ("account", Text),
        ("type", OneOf(kind)),
        ("as_of", Time),
        ("generated_at", Time),
        ("previous", maybe(Iri)),
        ("status", OneOf(&["draft"])),
        ("content_hash", Text),
        ("coverage", list(coverage)),
        ("sections", list(section)),
        ("changes", list(change())),
    ])
}

#[test]
fn stored_answers_have_the_shapes_of_the_contract() {
    let baton = loaded();
    let report = baton.ingest(&baton.path("in"), 3, &[]);
    let problem = Object(vec![("path", Text), ("item", Text), ("reason", Text)]);
    assert_shape(
        &report,
        &Object(vec![
            ("read", Count),
            ("new", Count),
            ("changed", Count),
            ("unchanged", Count),
            ("rejected", list(problem)),
            ("facts", Shape::Map(Box::new(Count))),
            ("seconds", Number),
        ]),
    );
    assert!(report["facts"].as_object().unwrap().keys().all(|kind| FACTS.contains(&kind.as_str())), "{report}");
    let accounts = baton.lines(&["accounts"]);
    assert!(accounts.len() >= 3, "{accounts:?}");
    let (mut facts, mut changes) = (0, 0);
    for account in &accounts {
        let slug = account["account"].as_str().unwrap();
        for (command, shape) in [("facts", fact()), ("stakeholders", stakeholder())] {
            for line in baton.lines(&[command, "-a", slug]) {
                assert_shape(&line, &shape);
                assert_eq!(line["account"], slug);
                facts += usize::from(command == "facts");
                if command == "facts" {
                    assert!(!line["evidence"].as_array().unwrap().is_empty(), "{line}");
                }
            }
        }
        for line in baton.lines(&["changes", "-a", slug, "--since", "2025-01-01", "--until", "2026-06-30"]) {
            assert_shape(&line, &change());
            changes += 1;
        }
        for kind in HANDOFF_TYPES {
            let document =
                baton.json(0, &["handoff", "-a", slug, "--type", kind, "--format", "json", "--as-of", "2026-04-01"]);
            assert_shape(&document, &handoff(&HANDOFF_TYPES));
            assert_eq!(document["as_of"], "2026-04-01T23:59:59.999999999Z");
        }
    }
    assert!(facts > 20 && changes > 20, "{facts} facts, {changes} changes");
    let kinds: std::collections::BTreeSet<String> =
        baton.lines(&["facts", "-a", "northwind"]).iter().map(|fact| fact["kind"].to_string()).collect();
    assert!(kinds.len() >= 5, "{kinds:?}");
    for fact in baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]) {
        assert_eq!(fact["kind"], "commitment");
    }
}

#[test]
fn extraction_has_the_shape_of_the_contract() {
    let span = |mut fields: Vec<(&'static str, Shape)>| {
        fields.extend([("start", Count), ("end", Count)]);
        fields
    };
    let zone = Object(span(vec![(
        "kind",
        OneOf(&[
            "greeting",
            "body",
            "closing",
            "signature",
            "quoted",
            "quote_header",
            "forwarded",
            "disclaimer",
            "automatic",
        ]),
    )]));
    let probabilities = || Shape::Map(Box::new(Number));
    let sentence = Object(span(vec![
        ("speaker", maybe(Text)),
        ("acts", probabilities()),
        ("topics", probabilities()),
        ("sentiment", maybe(Number)),
    ]));
    let mention = Object(span(vec![
        ("kind", OneOf(&["person", "organization", "title", "email", "phone", "money", "product"])),
        ("text", Text),
    ]));
    let time = Object(span(vec![("text", Text), ("value", maybe(Text)), ("grain", Text)]));
    let automatic = OneOf(&["newsletter", "auto_reply", "bounce", "notification", "invitation"]);
    let shape = Object(vec![
        ("id", Text),
        ("sentiment", maybe(Number)),
        ("automatic", maybe(automatic)),
        ("zones", list(zone)),
        ("sentences", list(sentence)),
        ("mentions", list(mention)),
        ("times", list(time)),
        ("facts", list(Object(found()))),
    ]);
    let answer = answer_with_input(&mut Baton::bare(&["extract"]), &talk());
    assert_eq!(answer.code, Some(0), "{answer:?}");
    let lines = parse_lines(&answer.out);
    assert_eq!(lines.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>(), ["t:1", "t:2", "t:3"]);
    for (line, source) in lines.iter().zip(parse_lines(&String::from_utf8(talk()).unwrap())) {
        assert_shape(line, &shape);
        assert_zones_cover(line, &source);
    }
    assert!(lines.iter().any(|line| !line["facts"].as_array().unwrap().is_empty()));
}

fn assert_zones_cover(line: &Value, source: &Value) {
    let mut end = 0;
    for zone in line["zones"].as_array().unwrap() {
        assert_eq!(zone["start"].as_u64().unwrap(), end, "{line}");
        end = zone["end"].as_u64().unwrap();
    }
    assert_eq!(end, source["text"].as_str().unwrap().chars().count() as u64, "{line}");
}

#[test]
fn what_cannot_be_extracted_has_a_line_of_its_own() {
    let mut input = talk();
    input.extend(b"{\"id\":\"bad:1\",\"text\":5}\nnot json\n\xff\xfe\n{\"id\":\"bare\",\"text\":\"I'll call you tomorrow.\"}\n\n");
    let answer = answer_with_input(&mut Baton::bare(&["extract"]), &input);
    assert_eq!(answer.code, Some(3), "{answer:?}");
    let lines = parse_lines(&answer.out);
    assert_eq!(lines.len(), 7, "{}", answer.out);
    assert_shape(&lines[3], &Object(vec![("id", OneOf(&["bad:1"])), ("error", Text)]));
    assert_shape(&lines[4], &Object(vec![("id", Null), ("error", Text)]));
    assert_shape(&lines[5], &Object(vec![("id", Null), ("error", Text)]));
    assert_eq!(lines[6]["id"], "bare");
}
