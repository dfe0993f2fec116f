//! `baton webhook` and `baton events`: shapes of the answers, and what is refused.

use crate::support::Shape::{Null, OneOf, Text, Time};
use crate::support::{Baton, Shape, assert_shape, list, maybe};

const SIGHT: Shape = OneOf(&["full", "shared"]);

fn fields() -> Vec<(&'static str, Shape)> {
    vec![
        ("id", Text),
        ("url", Text),
        ("events", maybe(list(Text))),
        ("accounts", maybe(list(Text))),
        ("sight", SIGHT),
        ("reach", OneOf(&["public", "private"])),
        ("created_at", Time),
        ("disabled_at", Null),
    ]
}

#[test]
fn a_webhook_comes_and_goes() {
    let baton = Baton::new();
    let arguments =
        "webhook add https://hooks.vendor.example/x --event commitment.overdue --event risk.new -a Northwind";
    let added = baton.lines(&arguments.split(' ').collect::<Vec<_>>()).remove(0);
    let (id, secret) = (added["id"].as_str().unwrap(), added["secret"].as_str().unwrap());
    assert!(id.starts_with("wh_") && secret.starts_with("whsec_"), "{added}");
    assert_eq!(added["events"].to_string(), r#"["commitment.overdue","risk.new"]"#);
    assert_eq!((added["accounts"].to_string(), &added["sight"]), (r#"["northwind"]"#.to_owned(), &"shared".into()));
    let listed = baton.expect(0, &["webhook", "list"]);
    assert!(!listed.contains("whsec_"), "{listed}");
    for line in baton.lines(&["webhook", "list"]) {
        assert_shape(&line, &Shape::Object(fields()));
    }
    let again = baton.lines(&["webhook", "secret", id]).remove(0);
    assert!(again["secret"] != added["secret"] && again["id"] == added["id"]);
    baton.expect(0, &["webhook", "enable", id]);
    assert_eq!(baton.expect(0, &["webhook", "deliveries", "--dead", "--webhook", id]), "");
    assert_eq!(baton.lines(&["webhook", "replay", "--dead"])[0]["replayed"], 0);
    assert_eq!(baton.expect(0, &["events", "-a", "northwind", "--since", "2026-01-01"]), "");
    assert_eq!(baton.expect(0, &["events", "--since", "7"]), "");
    baton.expect(0, &["webhook", "remove", id]);
    assert_eq!(baton.expect(0, &["webhook", "list"]), "");
}

#[test]
fn what_cannot_be_done_is_told() {
    let baton = Baton::new();
    let check = |code: i32, arguments: &[&str], expected: &str| {
        let answer = baton.run(arguments);
        assert_eq!(answer.code, Some(code), "{arguments:?}: {answer:?}");
        assert!(answer.err.contains(expected) && answer.out.is_empty(), "{arguments:?}: {answer:?}");
    };
    check(1, &["webhook", "add", "http://hooks.vendor.example/"], "a webhook needs https");
    check(1, &["webhook", "add", "https://0x7f.1/"], "127.0.0.1 is not a public address");
    check(1, &["webhook", "add", "https://169.254.169.254/", "--allow-private"], "not a public address");
    check(2, &["webhook", "add", "https://hooks.vendor.example/", "--event", "risk"], "risk.resolved");
    check(1, &["webhook", "remove", "wh_none"], "there is no webhook wh_none");
    check(1, &["webhook", "secret", "wh_none"], "there is no webhook wh_none");
    check(1, &["webhook", "deliveries", "--webhook", "wh_none"], "there is no webhook wh_none");
    check(1, &["webhook", "replay", "7"], "there is no delivery 7");
    check(1, &["webhook", "replay", "wh_none:7"], "there is no webhook wh_none");
    check(2, &["webhook", "replay"], "--dead");
    check(2, &["events", "--since", "yesterday"], "neither a date");
    baton.expect(0, &["webhook", "add", "http://localhost:8080/hook", "--allow-private"]);
}
