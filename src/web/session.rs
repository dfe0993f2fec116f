//! Signing in: a token becomes a session, the browser gets a cookie that scripts cannot read, and every write must show
//! that it comes from a page of the session.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use cookie::{Cookie, SameSite};
use jiff::SignedDuration;
use minijinja::context;
use moka::sync::Cache;
use serde::Deserialize;

use super::form::Form;
use super::visit::{CSRF_FIELD, CSRF_HEADER, Visit};
use super::{Site, Transport};
use crate::access::{Caller, hash, random_secret};
use crate::api::{ApiError, App};
use crate::http::{Failure, Query};

/// Name of the cookie.
const COOKIE: &str = "baton_session";
/// A session ends after a working day.
const LASTS: SignedDuration = SignedDuration::from_hours(12);
/// For how long a session that was looked up is taken as good: one whose token was revoked elsewhere lasts so long.
const LOOKED_UP: std::time::Duration = std::time::Duration::from_secs(2);
/// Sessions remembered at a time.
const SESSIONS: u64 = 10_000;
/// What the token of a session's forms is derived for.
const CSRF_CONTEXT: &str = "baton 2026-11-26 forms of a session";
/// Largest form that is no upload.
const FORM_BYTES: usize = 1 << 20;

/// The sessions. Cheap to clone.
#[derive(Clone)]
pub(super) struct Sessions {
    app: App,
    transport: Transport,
    looked_up: Cache<[u8; 32], Caller>,
}

/// The secret of a session, as the cookie has it.
#[derive(Clone)]
pub(super) struct Secret(String);

impl Secret {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut all = cookies.flat_map(Cookie::split_parse).flatten();
        all.find(|cookie| cookie.name() == COOKIE).map(|cookie| Self(cookie.value().to_owned()))
    }

    /// What every form of the session carries. It follows from the secret, which no page and no script can read.
    pub(super) fn csrf(&self) -> String {
        blake3::Hash::from(blake3::derive_key(CSRF_CONTEXT, self.0.as_bytes())).to_hex().to_string()
    }
}

impl Sessions {
    pub(super) fn new(app: &App, transport: Transport) -> Self {
        let looked_up = Cache::builder().max_capacity(SESSIONS).time_to_live(LOOKED_UP).build();
        Self { app: app.clone(), transport, looked_up }
    }

    /// Who is signed in so.
    async fn caller(&self, secret: &Secret) -> Result<Option<Caller>, Failure> {
        let (key, now) = (hash(&secret.0), self.app.clock.now());
        if let Some(caller) = self.looked_up.get(&key) {
            return Ok(Some(caller).filter(|caller| caller.token.is_good(now)));
        }
        let token = self.app.stores.archive.session(&key, now).await?.filter(|token| token.is_good(now));
        let caller = token.map(|token| Caller { token });
        if let Some(caller) = &caller {
            self.looked_up.insert(key, caller.clone());
        }
        Ok(caller)
    }

    /// Forgets what was looked up, as a token that was revoked here wants it.
    pub(super) fn forget(&self) {
        self.looked_up.invalidate_all();
    }

    async fn begin(&self, caller: &Caller) -> Result<HeaderValue, Failure> {
        let secret = random_secret()?;
        let now = self.app.clock.now();
        self.app.stores.archive.add_session(&hash(&secret), &caller.token, (now, now + LASTS)).await?;
        self.cookie(secret, cookie::time::Duration::seconds(LASTS.as_secs()))
    }

    async fn end(&self, secret: &Secret) -> Result<HeaderValue, Failure> {
        let key = hash(&secret.0);
        self.app.stores.archive.end_session(&key).await?;
        self.looked_up.invalidate(&key);
        self.cookie(String::new(), cookie::time::Duration::ZERO)
    }

    fn cookie(&self, value: String, lasts: cookie::time::Duration) -> Result<HeaderValue, Failure> {
        // Lax and not strict: who follows a link to a document in a mail is signed in. Writes show more, see below.
        let cookie = Cookie::build((COOKIE, value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(self.transport == Transport::Encrypted)
            .max_age(lasts)
            .build();
        HeaderValue::try_from(cookie.to_string()).map_err(|error| ApiError::Internal(error.to_string()).into())
    }
}

/// Lets in who is signed in; others are asked to sign in and come back.
pub(super) async fn enter(State(site): State<Site>, mut request: Request, next: Next) -> Result<Response, Failure> {
    let secret = Secret::of(request.headers());
    let caller = match &secret {
        Some(secret) => site.sessions.caller(secret).await?,
        None => None,
    };
    let (Some(caller), Some(secret)) = (caller, secret) else {
        site.gate.admit_stranger(&request)?;
        return Ok(ask_to_sign_in(&request));
    };
    site.gate.admit(&caller)?;
    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(secret);
    Ok(next.run(request).await)
}

fn ask_to_sign_in(request: &Request) -> Response {
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let next =
        percent_encoding::utf8_percent_encode(if is_read { wanted } else { "/" }, percent_encoding::NON_ALPHANUMERIC);
    let target = format!("/signin?next={next}");
    if request.headers().contains_key("hx-request") {
        // A part of a page cannot be a sign-in: the whole page goes there.
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", target)]).into_response();
    }
    Redirect::to(&target).into_response()
}

/// Refuses writes that no page of this site sent: of another origin, or, within a session, without what its forms
/// carry: as a header, a field, or, where files are sent, in the address.
pub(super) async fn guard_writes(request: Request, next: Next) -> Result<Response, Failure> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(next.run(request).await);
    }
    if !is_of_this_site(request.headers()) {
        return Err(forbidden("this was sent by another site"));
    }
    let Some(secret) = Secret::of(request.headers()) else { return Ok(next.run(request).await) };
    let (request, shown) = with_shown(request).await?;
    // Compared as hashes: the time it takes tells nothing.
    if shown.is_none_or(|shown| blake3::hash(shown.as_bytes()) != blake3::hash(secret.csrf().as_bytes())) {
        return Err(forbidden("the page is too old: load it again"));
    }
    Ok(next.run(request).await)
}

fn forbidden(why: &str) -> Failure {
    Failure::Request(StatusCode::FORBIDDEN, why.to_owned())
}

/// Says whether a write was sent by a page of this site, as far as the browser tells.
fn is_of_this_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = text("host");
    text("origin").is_none_or(|origin| {
        origin.parse::<Uri>().ok().and_then(|origin| origin.authority().map(ToString::to_string)).as_deref() == host
    })
}

/// What a write shows, wherever it stands. A form is read and put back.
async fn with_shown(request: Request) -> Result<(Request, Option<String>), Failure> {
    let field = |text: &[u8]| {
        let fields: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
        fields.into_iter().find(|(name, _)| name == CSRF_FIELD).map(|(_, value)| value)
    };
    if let Some(shown) = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok()) {
        let shown = shown.to_owned();
        return Ok((request, Some(shown)));
    }
    if let Some(shown) = request.uri().query().and_then(|query| field(query.as_bytes())) {
        return Ok((request, Some(shown)));
    }
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.starts_with("application/x-www-form-urlencoded") {
        return Ok((request, None));
    }
    let (parts, body) = request.into_parts();
    let body: Bytes = to_bytes(body, FORM_BYTES)
        .await
        .map_err(|_| Failure::Request(StatusCode::PAYLOAD_TOO_LARGE, "the form is too large".to_owned()))?;
    let shown = field(&body);
    Ok((Request::from_parts(parts, Body::from(body)), shown))
}

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    next: String,
}

impl Wanted {
    /// A place on this site, or its front page.
    fn place(&self) -> &str {
        let is_here =
            self.next.starts_with('/') && !self.next.starts_with("//") && !self.next.contains(['\\', '\n', '\r']);
        if is_here { &self.next } else { "/" }
    }
}

/// What the sign-in form sends.
#[derive(Deserialize)]
pub(super) struct SignIn {
    token: String,
    #[serde(flatten)]
    wanted: Wanted,
}

/// Asks for a token.
pub(super) async fn show_sign_in(State(site): State<Site>, Query(wanted): Query<Wanted>) -> Result<Response, Failure> {
    site.views.open("signin.html", &context! { next => wanted.place() })
}

/// Makes a session of a token.
pub(super) async fn sign_in(State(site): State<Site>, request: Request) -> Result<Response, Failure> {
    site.gate.admit_stranger(&request)?;
    let Form(form) = Form::<SignIn>::from_request(request, &()).await?;
    match site.gate.caller(form.token.trim()).await {
        Ok(caller) => {
            let cookie = site.sessions.begin(&caller).await?;
            tracing::info!(token = caller.token.id, "signed in");
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(form.wanted.place())).into_response())
        }
        Err(Failure::Unauthenticated) => {
            let shown = context! { next => form.wanted.place(), refused => true };
            let mut answer = site.views.open("signin.html", &shown)?;
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
            Ok(answer)
        }
        Err(failure) => Err(failure),
    }
}

/// Ends the session.
pub(super) async fn sign_out(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Failure> {
    let gone = Redirect::to("/signin");
    match Secret::of(&headers) {
        Some(secret) => Ok(([(header::SET_COOKIE, site.sessions.end(&secret).await?)], gone).into_response()),
        None => Ok(gone.into_response()),
    }
}

impl Visit {
    /// The session that a request belongs to.
    pub(super) fn secret_of(extensions: &axum::http::Extensions) -> Option<Secret> {
        extensions.get::<Secret>().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_in_stays_on_this_site() {
        let check = |next: &str, expected: &str| {
            assert_eq!(Wanted { next: next.to_owned() }.place(), expected, "{next}");
        };
        check("/accounts/northwind?as_of=2026-02-13", "/accounts/northwind?as_of=2026-02-13");
        check("", "/");
        check("//evil.example/", "/");
        check("/\\evil.example", "/");
        check("https://evil.example", "/");
    }

    #[test]
    fn a_write_of_another_site_is_told_by_its_headers() {
        let check = |pairs: &[(&'static str, &'static str)], expected: bool| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            assert_eq!(is_of_this_site(&headers), expected, "{pairs:?}");
        };
        check(&[("host", "127.0.0.1:8080")], true);
        check(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")], true);
        check(&[("host", "127.0.0.1:8080"), ("origin", "http://evil.example")], false);
        check(&[("host", "127.0.0.1:8080"), ("origin", "null")], false);
        check(&[("host", "a"), ("sec-fetch-site", "cross-site")], false);
        check(&[("host", "a"), ("sec-fetch-site", "same-origin")], true);
    }
}
