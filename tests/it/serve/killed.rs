//! A service that is killed while uploads come in loses nothing that it acknowledged.

use futures_util::future::join_all;
use reqwest::header::{CONTENT_TYPE, LOCATION};

use super::{Served, json, soon};
use crate::support::Baton;

const UPLOADS: u32 = 100;

fn line(number: u32) -> String {
    format!(
        "{{\"id\":\"n:{number}\",\"kind\":\"note\",\"sent_at\":\"2026-03-{:02}T09:00:00Z\",\"text\":\"We will send the plan number {number} by Friday.\",\
         \"participants\":[{{\"role\":\"author\",\"name\":\"Priya Nair\",\"address\":\"priya@northwind.example\"}}]}}\n",
        1 + number % 28
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_item_is_there() {
    let baton = Baton::new();
    let served = Served::start(&baton, &[]);
    let token = served.token();
    let uploads = (0..UPLOADS).map(|number| {
        served
            .post(&token, &format!("/v1/accounts/account-{}/ingest", number % 5))
            .header(CONTENT_TYPE, "application/x-ndjson")
            .body(line(number))
            .send()
    });
    let mut acknowledged = Vec::new();
    for (number, answer) in (0..).zip(join_all(uploads).await) {
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 202);
        assert!(answer.headers().contains_key(LOCATION));
        acknowledged.push(number);
    }
    // Most of them wait, one is under way.
    served.kill();
    let again = Served::start(&baton, &[]);
    let count = async |query: &str| {
        let page = json(again.get(&token, &format!("/v1/jobs?limit=500&state={query}")).send().await.unwrap()).await;
        page["data"].as_array().unwrap().len()
    };
    soon("the end of all jobs", || {
        let open = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async { count("queued").await + count("running").await })
        });
        (open == 0).then_some(())
    });
    assert_eq!(count("done").await, acknowledged.len());
    for account in 0..5 {
        let path = format!("/v1/accounts/account-{account}/interactions?limit=500");
        let page = json(again.get(&token, &path).send().await.unwrap()).await;
        let found: Vec<&str> = page["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        for number in acknowledged.iter().filter(|number| **number % 5 == account) {
            assert!(found.contains(&format!("n:{number}").as_str()), "n:{number} is lost");
        }
    }
    assert!(std::fs::read_dir(baton.data().join("uploads")).unwrap().next().is_none(), "uploads are left");
    again.stop();
}
