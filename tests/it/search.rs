//! Search from outside: over the command line and HTTP, by words and, where a base model is at hand, by meaning.

use serde_json::{Value, json};

use crate::http::{Service, mails};
use crate::support::Baton;

fn baton() -> Baton {
    let mut mails = mails("northwind");
    for mail in &mut mails {
        mail["account"] = json!("northwind");
    }
    let lines: Vec<u8> = mails.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect();
    Baton::with_files(&[("northwind.jsonl".to_owned(), lines)], &["--vendor-domain", "vendor.example"])
}

fn statements(found: &[Value]) -> Vec<&str> {
    found.iter().map(|fact| fact["statement"].as_str().unwrap()).collect()
}

#[test]
fn the_command_finds_by_words() {
    let baton = baton();
    let search = |more: &[&str]| baton.lines(&[&["search", "-a", "northwind"], more].concat());
    let found = search(&["sandbox", "report"]);
    assert!(found.len() >= 2, "{found:?}");
    for fact in &found {
        assert_eq!(fact["matched"], json!(["words"]));
        assert!(fact["score"].as_f64().unwrap() > 0.0 && fact["evidence"][0]["quote"].is_string(), "{fact}");
        assert!(fact.get("meaning").is_none());
    }
    let facts = baton.lines(&["facts", "-a", "northwind"]);
    let mut first = found[0].clone();
    first.as_object_mut().unwrap().retain(|name, _| !matches!(name.as_str(), "score" | "matched"));
    assert!(facts.contains(&first), "{first} is the fact as it is listed");
    assert_eq!(search(&["sandbox", "report", "--limit", "1"]).len(), 1);
    assert!(search(&["budget", "--kind", "commitment"]).is_empty());
    assert!(statements(&search(&["budget", "--kind", "risk"]))[0].contains("budget"));
    assert!(search(&["sandbox", "--as-of", "2026-01-15"]).is_empty());
    assert!(search(&["submarine"]).is_empty());
    baton.expect(2, &["search", "-a", "northwind", "budget", "--limit", "0"]);
    baton.expect(1, &["search", "-a", "nobody", "budget"]);
}

#[test]
fn a_folder_without_a_model_is_told_once() {
    let baton = baton();
    let folder = baton.path("in");
    let answer = baton.run(&["search", "-a", "northwind", "budget", "--encoder", folder.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0));
    assert!(answer.out.contains("budget"), "{answer:?}");
    assert_eq!(answer.err.matches("search goes by words alone").count(), 1, "{answer:?}");
    assert_eq!(baton.run(&["search", "-a", "northwind", "budget"]).err, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_finds_by_words() {
    let service = Service::start().await;
    let search = async |query: &str| service.get("reader", &format!("/v1/accounts/northwind/search?{query}")).await;
    let found = search("q=sandbox+report").await.json();
    assert!(found["next"].is_null());
    let data = found["data"].as_array().unwrap();
    assert!(data.len() >= 2 && data.iter().all(|fact| fact["matched"] == json!(["words"])), "{found}");
    let scores: Vec<f64> = data.iter().map(|fact| fact["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    let of_kind = search("q=sandbox+budget&kind=risk&limit=5").await.json();
    assert!(of_kind["data"].as_array().unwrap().iter().all(|fact| fact["kind"] == "risk"), "{of_kind}");
    assert_eq!(search("q=sandbox&as_of=2026-01-15").await.json()["data"], json!([]));
    for wrong in ["q=", "q=%20", "", "q=x&limit=0", "q=x&limit=501", "q=x&kind=nonsense"] {
        let status = search(wrong).await.status.as_u16();
        assert!(matches!(status, 400 | 422), "{wrong}: {status}");
    }
}

/// Words of which none stands in any fact, and a word of the fact that they mean.
#[cfg(feature = "rust-bert")]
const PARAPHRASES: [(&str, &str); 2] =
    [("shorten the ramp-up of new staff", "onboarding"), ("one login for everything", "sign-on")];

#[cfg(feature = "rust-bert")]
#[tokio::test(flavor = "multi_thread")]
async fn what_shares_no_word_is_found_by_its_meaning() {
    let Some(folder) = std::env::var_os("BATON_ENCODER").map(std::path::PathBuf::from) else {
        println!("skipped: BATON_ENCODER names no base model");
        return;
    };
    let service = Service::with_meanings(baton::search::Meanings::new(Some(folder.clone()))).await;
    let baton = baton();
    for (words, expected) in PARAPHRASES {
        let told = baton.lines(&["search", "-a", "northwind", words, "--encoder", folder.to_str().unwrap()]);
        let path = format!("/v1/accounts/northwind/search?q={}", words.replace(' ', "+"));
        let answer = service.get("admin", &path).await.json();
        for found in [&told, answer["data"].as_array().unwrap()] {
            assert!(statements(found)[0].contains(expected), "{words}: {found:?}");
            assert_eq!(found[0]["matched"], json!(["meaning"]), "{words}");
        }
        assert!(baton.lines(&["search", "-a", "northwind", words]).is_empty(), "{words}");
    }
}
