//! The pages: the overview of an account of 10,000 mails and the list of 5,000 accounts, in the service's own time,
//! against the same service answering an asset of about that size; and the first look after the account changed.
//!
//! `cargo bench --bench pages` runs everything, `… -- --test` a little of it.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run stops")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]

mod support;

use std::fmt::Write as _;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use baton::http::{Limits, router};
use baton::web::{PageSettings, Transport};
use support::mail::Mailbox;
use support::{Bench, Size, ceiling, head, median_ms, row, slug, timed};
use tower::ServiceExt as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The account that is measured.
const ACCOUNT: &str = "northwind";
/// Repetitions of a measure; the middle one counts.
const TIMES: usize = 21;
/// What is wanted of the overview of an account.
const WANTED_MS: f64 = 60.0;

/// The pages with a reader who is signed in.
struct Pages {
    routes: Router,
    cookie: String,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let size = Size::from_args(&args);
    let bench = Bench::new();
    let mails = size.of(10_000, 200);
    let path = bench.write(&Mailbox::new(ACCOUNT, mails, 5));
    bench.know(ACCOUNT);
    bench.ingest(&path, &slug(ACCOUNT));
    let pages = bench.wait(pages(&bench));
    let ask = |path: &str| bench.wait(pages.get(path));
    let median = |path: &str| {
        let mut times: Vec<Duration> = (0..TIMES).map(|_| timed(|| ask(path)).1).collect();
        median_ms(&mut times)
    };

    head(&format!("The overview of an account of {mails} mails, in the service"));
    let least = median("/assets/cytoscape.min.js");
    row("an asset of the same service", &format!("{least:.2} ms"), "");
    let overview = format!("/accounts/{ACCOUNT}");
    let (size_of_page, first) = timed(|| ask(&overview));
    row("the first look", &format!("{:.0} ms", first.as_secs_f64() * 1e3), "");
    let time = median(&overview);
    row("again", &format!("{time:.1} ms"), &format!("{} kB, {}", size_of_page / 1_000, ceiling(time, WANTED_MS, "ms")));
    row("– of the asset's", &format!("{:.0} times", time / least), "");
    let timeline = median(&format!("/accounts/{ACCOUNT}/timeline"));
    row("what its chart draws", &format!("{timeline:.1} ms"), "");
    let messages = median(&format!("/accounts/{ACCOUNT}/messages"));
    row("its messages, 50 on a page", &format!("{messages:.1} ms"), "");

    let accounts = size.of(5_000, 30);
    let path = bench.folder.path().join("many.jsonl");
    std::fs::write(&path, many(accounts)).unwrap();
    bench.ingest_all(&path);
    head(&format!("The list of {accounts} accounts more"));
    let (_, first) = timed(|| ask("/"));
    row("the first look", &format!("{:.0} ms", first.as_secs_f64() * 1e3), "");
    let time = median("/");
    row("again", &format!("{time:.1} ms"), "");
    row("– of the asset's", &format!("{:.0} times", time / least), "");
    let sorted = median("/?sort=-overdue&q=account-1");
    row("sorted by what is overdue, found by a word", &format!("{sorted:.1} ms"), "");
    let search = "/search?q=budget+frozen";
    let (_, first) = timed(|| ask(search));
    row("a search over all of them, the first", &format!("{:.0} ms", first.as_secs_f64() * 1e3), "");
    row("– again", &format!("{:.1} ms", median(search)), "");
}

/// Accounts with two mails each.
fn many(accounts: usize) -> String {
    let mut lines = String::new();
    for number in 0..accounts {
        for (which, words) in [(0, "We will send you the price list by 20 March."), (1, "The budget is frozen, sorry.")]
        {
            let line = serde_json::json!({
                "id": format!("mail:{number}.{which}"), "account": format!("account-{number}"), "kind": "email",
                "sent_at": format!("2026-02-{:02}T09:00:00Z", 1 + number % 28), "subject": "Offer", "text": words,
                "participants": [
                    {"role": "from", "name": "Priya Nair", "address": format!("priya@c{number}.example")},
                    {"role": "to", "name": "Sam Ortiz", "address": "sam@vendor.example"},
                ],
            });
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{line}");
        }
    }
    lines
}

/// The service in this process, and somebody signed in.
async fn pages(bench: &Bench) -> Pages {
    let (app, gate, secret) = bench.service().await;
    let settings = PageSettings { transport: Transport::Plain, folder: None };
    let web = baton::web::router(&app, &gate, &settings);
    let routes = router(&app, &gate, Limits::default(), (Router::new(), web));
    let sign_in = Request::post("/signin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("token={secret}")))
        .unwrap();
    let answer = routes.clone().oneshot(sign_in).await.unwrap();
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    Pages { cookie: cookie.split(';').next().unwrap().to_owned(), routes }
}

impl Pages {
    /// The size of a page, which must be there.
    async fn get(&self, path: &str) -> usize {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        let answer = self.routes.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        to_bytes(answer.into_body(), usize::MAX).await.unwrap().len()
    }
}
