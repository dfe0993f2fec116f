//! Other commands work while the service has the graph, and the service shows what they wrote.

use super::{Served, json, soon};
use crate::support::{Baton, mail};

fn mails(baton: &Baton, name: &str, numbers: std::ops::Range<u32>) -> String {
    let people = ("Sam Ortiz <sam@vendor.example>", "Priya Nair <priya@northwind.example>");
    let files: Vec<(String, Vec<u8>)> = numbers
        .map(|number| {
            let text = format!("I will send you the plan number {number} by Friday.");
            (format!("{number}.eml"), mail(&number.to_string(), people, "Mon, 2 Feb 2026 10:00:00 +0000", &text))
        })
        .collect();
    let folder = baton.path(name);
    crate::support::write_files(&folder, &files);
    folder.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_read_and_write_beside_it() {
    let baton = Baton::new();
    let before = mails(&baton, "before", 0..2);
    baton.expect(0, &["ingest", &before, "-a", "northwind", "--vendor-domain", "vendor.example"]);
    let served = Served::start(&baton, &[]);
    let token = served.token();
    assert_eq!(baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]).len(), 2);
    assert_eq!(baton.lines(&["accounts"]).len(), 1);
    let handoff = baton.expect(0, &["handoff", "-a", "northwind", "--type", "sales-to-implementation"]);
    assert!(handoff.contains("plan number 1"), "{handoff}");
    let after = mails(&baton, "after", 2..5);
    let report = baton.expect(0, &["ingest", &after, "-a", "northwind", "--json"]);
    assert!(report.contains("\"new\": 3"), "{report}");
    assert_eq!(baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]).len(), 5);
    let shown = soon("what was loaded beside the service", || {
        let asked = served.get(&token, "/v1/accounts/northwind/commitments").send();
        let answer = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async { json(asked.await.unwrap()).await })
        });
        answer["data"].as_array().map(Vec::len).filter(|count| *count == 5)
    });
    assert_eq!(shown, 5);
    let refused = baton.run(&["rebuild"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("running"), "{refused:?}");
    served.stop();
    assert_eq!(baton.lines(&["facts", "-a", "northwind", "--kind", "commitment"]).len(), 5);
}
