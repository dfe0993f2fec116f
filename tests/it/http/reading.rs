//! Lists, pages, filters, single things; every error a problem document.

use serde_json::Value;

use super::Service;

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_once_through() {
    let service = Service::start().await;
    let all = service.get("admin", "/v1/accounts/northwind/facts?limit=500").await.json();
    let expected: Vec<&Value> = all["data"].as_array().unwrap().iter().map(|fact| &fact["id"]).collect();
    assert!(expected.len() > 5, "{all}");
    assert!(all["next"].is_null());
    let (mut found, mut path) = (Vec::new(), "/v1/accounts/northwind/facts?limit=2".to_owned());
    loop {
        let page = service.get("admin", &path).await.json();
        found.extend(page["data"].as_array().unwrap().iter().map(|fact| fact["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/v1/accounts/northwind/facts?limit=2&cursor={next}");
    }
    assert_eq!(found.iter().collect::<Vec<_>>(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_take_what_they_say() {
    let service = Service::start().await;
    let check = async |query: &str, holds: &dyn Fn(&Value) -> bool| {
        let page = service.get("admin", &format!("/v1/accounts/northwind/{query}")).await.json();
        let data = page["data"].as_array().unwrap_or_else(|| panic!("{query}: {page}"));
        assert!(!data.is_empty(), "{query}");
        assert!(data.iter().all(holds), "{query}: {page}");
    };
    check("commitments", &|fact| fact["kind"] == "commitment").await;
    check("facts?kind=risk", &|fact| fact["kind"] == "risk").await;
    check("commitments?status=overdue", &|fact| fact["status"] == "overdue").await;
    check("commitments?as_of=2026-01-13", &|fact| fact["valid_from"].as_str().unwrap() < "2026-01-14").await;
    check("commitments?person=sam.ortiz@vendor.example", &|fact| fact["owner"]["name"] == "Sam Ortiz").await;
    check("interactions?kind=email&since=2026-01-15", &|one| one["at"].as_str().unwrap() > "2026-01-15").await;
    check("stakeholders", &|person| person["id"].as_str().unwrap().starts_with("urn:baton:person:")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_opens_the_words_in_their_context() {
    let service = Service::start().await;
    let facts = service.get("admin", "/v1/accounts/northwind/commitments").await.json();
    let mut opened = 0;
    for fact in facts["data"].as_array().unwrap() {
        for evidence in fact["evidence"].as_array().unwrap() {
            let id = percent_encoding::utf8_percent_encode(
                evidence["id"].as_str().unwrap(),
                percent_encoding::NON_ALPHANUMERIC,
            );
            let id = id.to_string();
            let found = service.get("admin", &format!("/v1/evidence/{id}")).await;
            assert_eq!(found.status, 200, "{}", found.text());
            let found = found.json();
            assert_eq!(found["quote"], evidence["quote"]);
            let around = [&found["before"], &found["quote"], &found["after"]].map(|text| text.as_str().unwrap());
            let whole = service
                .get("admin", &format!("/v1/accounts/northwind/interactions/{}", id.split("%23").next().unwrap()))
                .await
                .json();
            assert!(whole["text"].as_str().unwrap().contains(&around.concat()), "{found}");
            opened += 1;
        }
    }
    assert!(opened > 2);
    // A write waits until it is in the log, and with it whatever came before.
    service.document("northwind").await;
    let log = service.get("admin", "/v1/audit?limit=500").await.json();
    let reads = log["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "GET /v1/evidence/{evidence} 200" && entry["by"] == "admin");
    assert_eq!(reads.count(), opened);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_is_a_problem_document() {
    let service = Service::start().await;
    let check = async |path: &str, status: u16| {
        let answer = service.get("admin", path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
        assert_eq!(answer.header(axum::http::header::CONTENT_TYPE), "application/problem+json", "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["type"].as_str().unwrap().starts_with("urn:baton:problem:"), "{path}");
        assert!(!problem["detail"].as_str().unwrap().is_empty(), "{path}");
    };
    check("/v1/none", 404).await;
    check("/v1/accounts/none", 404).await;
    check("/v1/accounts/North%20Wind", 404).await;
    check("/v1/accounts/northwind/none", 404).await;
    check("/v1/accounts/northwind/facts?limit=0", 400).await;
    check("/v1/accounts/northwind/facts?limit=x", 400).await;
    check("/v1/accounts/northwind/facts?cursor=zz", 400).await;
    check("/v1/accounts/northwind/facts?kind=none", 400).await;
    check("/v1/accounts/northwind/facts?as_of=someday", 400).await;
    check("/v1/accounts/northwind/changes", 400).await;
    check("/v1/accounts/northwind/changes?since=2026-02-01&until=2026-01-01", 422).await;
    check("/v1/accounts/northwind/facts/none", 404).await;
    check("/v1/evidence/none", 404).await;
    check("/v1/evidence/mail:%3C1@northwind.example%3E%230-99999", 404).await;
    check("/v1/handoffs/none", 404).await;
    check("/v1/jobs/none", 404).await;
    check("/v1/queries/none", 404).await;
    check("/v1/queries/open_commitments?stray=1", 400).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn named_queries_take_typed_parameters() {
    let service = Service::start().await;
    let listed = service.get("reader", "/v1/queries").await.json();
    let listed = listed["data"].as_array().unwrap();
    assert!(listed.len() > 10);
    for query in listed {
        let mut path = format!("/v1/queries/{}?account=northwind", query["name"].as_str().unwrap());
        for parameter in query["parameters"].as_array().unwrap().iter().filter(|one| one["optional"] == false) {
            let value = match parameter["type"].as_str().unwrap() {
                "iri" => "urn:baton:person:1",
                "date" => "2026-03-01",
                "dateTime" => "2026-03-01T00:00:00Z",
                "integer" => "10",
                _ => "customer",
            };
            path.extend(["&", parameter["name"].as_str().unwrap(), "=", value]);
        }
        let answer = service.get("reader", &path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(answer.json()["results"]["bindings"].is_array(), "{path}");
    }
}
