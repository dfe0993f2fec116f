//! Keys, tokens and passwords.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Shapes that the makers of tokens gave them so that they are found.
const SHAPES: &str = concat!(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\z)",
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}|\bglpat-[A-Za-z0-9_-]{20,}",
    r"|\bxox[abeprs]-[A-Za-z0-9-]{10,}|\bhttps://hooks\.slack\.com/services/[A-Za-z0-9/]+",
    r"|\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{20,}",
    r"|\bsk-[A-Za-z0-9_-]{20,}|\bAIza[0-9A-Za-z_-]{35}|\bya29\.[0-9A-Za-z_-]{20,}",
    r"|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bnpm_[A-Za-z0-9]{36}|\bpypi-[A-Za-z0-9_-]{30,}",
    r"|\bbaton_[0-9a-f]{16}_[0-9a-f]{64}\b|\bdop_v1_[a-f0-9]{64}|\bshpat_[a-fA-F0-9]{32}|\bhvs\.[A-Za-z0-9_-]{20,}",
    r"|\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
);
static TOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SHAPES).ok());

/// What is told to be a secret: `password: …`, `api key = …`, `Passwort ist …`.
static TOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:pass ?word|passwd|pwd|passphrase|passwort|kennwort|mot de passe|contraseña|clave|wachtwoord|lösenord|",
        r#"senha|hasło|api[ _-]?key|api[ _-]?token|secret[ _-]?(?:access[ _-]?)?key|access[ _-]?key|client[ _-]?secret|"#,
        r#"auth[ _-]?token|bearer|secret|pin)["']?(?P<link>\s*(?:[:=]|=>)\s*|\s+(?:is|ist|est|es|lautet|:)\s*:?\s+|\s+)["'`]?"#,
        r#"(?P<value>[^\s"'`<>,;]{4,})"#
    ))
    .ok()
});

/// A password within an address of a server.
static IN_ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]+:(?P<value>[^\s/@]{3,})@").ok());

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if let Some(pattern) = TOKEN.as_ref() {
        found.extend(pattern.find_iter(text).map(|token| token.range()));
    }
    if let Some(pattern) = IN_ADDRESS.as_ref() {
        found.extend(pattern.captures_iter(text).filter_map(|all| Some(all.name("value")?.range())));
    }
    if let Some(pattern) = TOLD.as_ref() {
        for all in pattern.captures_iter(text) {
            let (Some(link), Some(value)) = (all.name("link"), all.name("value")) else { continue };
            let range = value.start()..value.start() + value.as_str().trim_end_matches(['.', ')', ':']).len();
            if is_secret(link.as_str(), text.get(range.clone()).unwrap_or_default(), text.get(range.end..)) {
                found.push(range);
            }
        }
    }
    found
}

/// Says whether a value is a secret, and not a word that goes on the sentence ("the password is expired").
fn is_secret(link: &str, value: &str, rest: Option<&str>) -> bool {
    let has = |is: fn(char) -> bool| value.chars().any(is);
    let is_mixed = has(|c| c.is_ascii_digit()) && has(|c| !c.is_ascii_digit());
    let is_odd = has(|c| matches!(c, '!' | '$' | '%' | '&' | '*' | '^' | '~' | '#' | '?' | '+' | '=' | '@'));
    let is_link = value.contains("://") || value.starts_with("www.") || value.contains('@') && value.contains('.');
    if is_link || value.chars().count() < 4 {
        return false;
    }
    if link.contains([':', '=']) {
        // A single word at the end of its line is a value, unless it is one that forms have there.
        let ends_line = rest.is_none_or(|rest| {
            rest.trim_start_matches(['"', '\'', '`', '.', ' ', '\r']).starts_with('\n') || rest.trim().is_empty()
        });
        let is_number = value.chars().all(|c| c.is_ascii_digit());
        is_mixed || is_odd || is_number || (ends_line && !is_form_word(value))
    } else if link.trim().is_empty() {
        // "bearer 4f…", "password hunter2!": nothing but a space says that it is one.
        is_mixed && value.len() >= 8 && (is_odd || has(|c| c.is_ascii_uppercase()) || value.len() >= 16)
    } else {
        is_mixed || (is_odd && has(char::is_alphanumeric))
    }
}

fn is_form_word(value: &str) -> bool {
    const WORDS: [&str; 26] = [
        "required",
        "optional",
        "reset",
        "expired",
        "none",
        "null",
        "true",
        "false",
        "unknown",
        "same",
        "changed",
        "missing",
        "invalid",
        "hidden",
        "enabled",
        "disabled",
        "rotated",
        "redacted",
        "attached",
        "below",
        "above",
        "separately",
        "todo",
        "tbd",
        "here",
        "vault",
    ];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}
