//! The first start, addresses, TLS, and the end.

use super::{Served, client, json};
use crate::support::Baton;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_a_token_and_shows_it_once() {
    let baton = Baton::new();
    let served = Served::start(&baton, &[]);
    let token = served.token();
    assert_eq!(served.get(&token, "/v1/accounts").send().await.unwrap().status(), 200);
    assert_eq!(served.get("baton_no_token", "/v1/accounts").send().await.unwrap().status(), 401);
    served.stop();
    let again = Served::start(&baton, &[]);
    assert_eq!(again.get(&token, "/v1/accounts").send().await.unwrap().status(), 200);
    assert!(!again.log().contains("baton_"), "{}", again.log());
    let listed = baton.lines(&["token", "list"]);
    assert_eq!((listed.len(), &listed[0]["role"]), (1, &"admin".into()));
    assert!(listed[0]["last_used_at"].is_string(), "{listed:?}");
    baton.expect(0, &["token", "revoke", listed[0]["id"].as_str().unwrap()]);
    let refused = super::soon("the end of the token", || {
        let answer = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(again.get(&token, "/v1/accounts").send())
        });
        Some(answer.unwrap().status()).filter(|status| *status != 200)
    });
    assert_eq!(refused, 401);
}

#[test]
fn nobody_else_is_let_in_without_tls() {
    let baton = Baton::new();
    let answer = baton.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.contains("--tls-cert") && answer.err.contains("--insecure"), "{answer:?}");
    let answer = baton.run(&["serve", "--tls-cert", "tests/tls/cert.pem", "--tls-key", "tests/tls/cert.pem"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.contains("private key"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_speaks_tls_itself() {
    let baton = Baton::new();
    let served = Served::start(&baton, &["--tls-cert", "tests/tls/cert.pem", "--tls-key", "tests/tls/key.pem"]);
    assert!(served.url.starts_with("https://"), "{}", served.url);
    let certificate = reqwest::Certificate::from_pem(include_bytes!("../../tls/cert.pem")).unwrap();
    let trusting = client().tls_certs_only([certificate]).build().unwrap();
    let health = json(trusting.get(format!("{}/health", served.url)).send().await.unwrap()).await;
    assert_eq!(health["status"], "ready");
    served.stop();
}

#[test]
fn one_folder_has_one_service() {
    let baton = Baton::new();
    let served = Served::start(&baton, &[]);
    let second = baton.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, Some(1), "{second:?}");
    assert!(second.err.contains("running"), "{second:?}");
    served.stop();
}
