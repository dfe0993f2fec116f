//! Uploads: acknowledged at once, loaded by jobs, whatever happens to the process.

use axum::body::Body;
use axum::http::header;
use serde_json::{Value, json};

use super::{Service, json_lines, mails};
use crate::support::mail;

/// Waits until a job ended.
async fn ended(service: &Service, location: &str) -> Value {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_mins(1);
    loop {
        let job = service.get("admin", location).await.json();
        if matches!(job["state"].as_str().unwrap(), "done" | "failed") {
            return job;
        }
        assert!(tokio::time::Instant::now() < deadline, "{job}");
        tokio::task::yield_now().await;
    }
}

async fn send_lines(service: &Service, account: &str, lines: String) -> String {
    let request = service
        .request("service", "POST", &format!("/v1/accounts/{account}/ingest"))
        .header(header::CONTENT_TYPE, "application/x-ndjson");
    let answer = service.send(request.body(Body::from(lines)).unwrap()).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.header(header::LOCATION).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_interaction_has_its_result() {
    let service = Service::start().await;
    service.work();
    let mut lines = json_lines(&mails("fabrikam"));
    lines.push_str("{\"id\": \"undated\", \"text\": \"no time\"}\nno json\n");
    let job = ended(&service, &send_lines(&service, "fabrikam", lines.clone()).await).await;
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!((&job["result"]["new"], &job["progress"]), (&json!(5), &json!(1.0)), "{job}");
    let became =
        |word: &str| job["result"]["items"].as_array().unwrap().iter().filter(|item| item["became"] == word).count();
    assert_eq!((became("new"), became("rejected")), (5, 2), "{job}");
    assert!(!job.to_string().contains("/uploads/"), "{job}");
    let again = ended(&service, &send_lines(&service, "fabrikam", lines).await).await;
    assert_eq!(again["result"]["unchanged"], 5, "{again}");
    let facts = service.get("admin", "/v1/accounts/fabrikam/commitments").await.json();
    assert!(!facts["data"].as_array().unwrap().is_empty());
    let sources = service.get("admin", "/v1/accounts/fabrikam/sources").await.json();
    assert_eq!(sources["rejected"].as_array().unwrap().len(), 2, "{sources}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_as_a_form() {
    let service = Service::start().await;
    service.work();
    let people = ("sam.ortiz@vendor.example", "priya.nair@fabrikam.example");
    let text = mail("one", people, "Sun, 1 Feb 2026 10:00:00 +0000", "I will send you the contract on Monday.");
    let text = String::from_utf8(text).unwrap();
    let form = format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../one.eml\"\r\n\r\n{text}\r\n--X--\r\n"
    );
    let send = async |body: String, kind: &str| {
        let request =
            service.request("service", "POST", "/v1/accounts/fabrikam/ingest").header(header::CONTENT_TYPE, kind);
        service.send(request.body(Body::from(body)).unwrap()).await
    };
    let answer = send(form, "multipart/form-data; boundary=X").await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let job = ended(&service, answer.header(header::LOCATION)).await;
    assert_eq!(job["result"]["new"], 1, "{job}");
    assert_eq!(send("--X--\r\n".to_owned(), "multipart/form-data; boundary=X").await.status, 400);
    assert_eq!(send("--X\r\n".to_owned(), "multipart/form-data; boundary=X").await.status, 400);
    assert_eq!(send(String::new(), "multipart/form-data").await.status, 400);
    assert_eq!(send("a,b\n".to_owned(), "text/csv").await.status, 415);
    let left = std::fs::read_dir(service.app.data.join("uploads")).unwrap().count();
    assert_eq!(left, 0, "what was loaded or refused leaves no file");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_loaded_after_a_restart() {
    let service = Service::start().await;
    let lines = json_lines(&mails("fabrikam"));
    let location = send_lines(&service, "fabrikam", lines).await;
    // The process ends while the job is under way: nothing of it is done.
    service.app.stores.archive.begin_job(service.app.clock.now()).await.unwrap().unwrap();
    assert_eq!(service.get("admin", &location).await.json()["state"], "running");
    service.app.take_up_jobs().await.unwrap();
    service.work();
    assert_eq!(ended(&service, &location).await["result"]["new"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_failed_loses_nothing() {
    let service = Service::start().await;
    let location = send_lines(&service, "fabrikam", json_lines(&mails("fabrikam"))).await;
    let id = location.rsplit('/').next().unwrap().to_owned();
    // The folder is away when the job looks for it, as on a disk that is not there, and comes back.
    let (folder, aside) = (service.app.data.join("uploads"), service.app.data.join("aside"));
    std::fs::rename(&folder, &aside).unwrap();
    service.work();
    assert_eq!(ended(&service, &location).await["state"], "failed");
    std::fs::rename(&aside, &folder).unwrap();
    let again = service.post("service", &format!("/v1/jobs/{id}/retry"), json!({})).await;
    assert_eq!(again.status, 202, "{}", again.text());
    assert_eq!(ended(&service, &location).await["result"]["new"], 5);
    assert_eq!(service.post("service", &format!("/v1/jobs/{id}/retry"), json!({})).await.status, 409);
}
