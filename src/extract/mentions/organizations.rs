//! Names of organisations: by their legal form, by the participants' mail domains, by what announces them; and products.

use super::ByteMention;
use super::familiar::Familiar;
use super::gazetteer::{first_name, is_ordinary};
use super::words::Word;
use crate::model::MentionKind;

/// Legal forms and their like, in lower case.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "inc", "incorporated", "gmbh", "ltd", "limited", "corp", "corporation", "llc", "llp", "lp", "ag", "plc", "kg",
    "se", "oy", "oyj", "ab", "asa", "aps", "bv", "b.v", "nv", "n.v", "s.a", "sarl", "s.a.r.l", "spa", "s.p.a", "srl",
    "s.r.l", "sas", "pty", "pvt", "kk", "ug", "co", "company", "group", "holdings", "partners", "technologies",
    "industries", "systems", "solutions", "labs", "bank", "university", "institute", "foundation", "consulting",
    "capital", "ventures", "associates", "airlines", "insurance", "logistics", "pharma", "energy", "networks",
    "software", "enterprises", "international", "services", "association", "commission",
];

/// Forms that are never part of another phrase.
#[rustfmt::skip]
const LEGAL: &[&str] = &[
    "inc", "incorporated", "gmbh", "ltd", "corp", "corporation", "llc", "llp", "ag", "plc", "oyj", "asa", "aps",
    "b.v", "n.v", "s.a", "sarl", "s.a.r.l", "s.p.a", "srl", "s.r.l", "pty", "pvt",
];

/// Words after which an organisation is likely.
#[rustfmt::skip]
const BEFORE: &[&str] =
    &[
    "at", "from", "joined", "joining", "acquired", "competitor", "vendor", "customer", "client", "partner",
];

/// Products that companies commonly use.
#[rustfmt::skip]
const PRODUCTS: &[&str] = &[
    "salesforce", "hubspot", "zendesk", "jira", "confluence", "slack", "zoom", "teams", "sharepoint", "okta",
    "workday", "netsuite", "snowflake", "tableau", "looker", "marketo", "intercom", "asana", "notion", "trello",
    "github", "gitlab", "jenkins", "kubernetes", "docker", "postgres", "postgresql", "mysql", "mongodb", "redis",
    "kafka", "elasticsearch", "splunk", "datadog", "servicenow", "outlook", "powerpoint", "excel", "dropbox",
    "docusign", "stripe", "quickbooks", "gainsight", "pendo", "mixpanel", "segment", "zapier", "airtable",
    "databricks", "bigquery", "redshift", "dynamics", "freshdesk", "pipedrive", "clickup", "miro", "figma", "webex",
    "gmail",
];

/// Finds organisations and products of one sentence.
pub(super) fn find(words: &[Word<'_>], familiar: &Familiar, found: &mut Vec<ByteMention>) {
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        if !word.is_capital() || word.text.contains('@') {
            at += 1;
            continue;
        }
        let end = run(words, at);
        let mut push = |kind: MentionKind, start: usize, end: usize| {
            found.push(ByteMention { kind, range: words[start].range.start..words[end - 1].range.end });
        };
        let start = if words[at].first && is_ordinary(&words[at].lower) && end - at > 1 { at + 1 } else { at };
        if is_named(words, start, end) {
            push(MentionKind::Organization, start, end);
        } else if let Some(known) = (at..end).find(|&i| familiar.domains.contains(&words[i].lower)) {
            push(MentionKind::Organization, known, known + 1);
        } else if let Some(product) = (at..end).find(|&i| {
            PRODUCTS.contains(&words[i].lower.as_str())
                && !(words[i].first && is_ordinary(&words[i].lower) && words[i].lower.len() <= 5)
        }) {
            push(MentionKind::Product, product, product + 1);
        } else if is_announced(words, at, end) {
            push(MentionKind::Organization, at, end);
        }
        at = end;
    }
}

/// Says whether the words `start..end`, or those and the word after, end in a legal form.
pub(super) fn is_named(words: &[Word<'_>], start: usize, end: usize) -> bool {
    let form = |i: usize| words.get(i).is_some_and(|word| word.is_capital() && FORMS.contains(&word.lower.as_str()));
    let legal = |i: usize| {
        words
            .get(i)
            .is_some_and(|word| LEGAL.contains(&word.lower.as_str()) && (word.is_capital() || word.lower == "gmbh"))
    };
    let joined = end > start && matches!(words[end - 1].after, " " | ", " | " & ");
    end - start >= 2 && form(end - 1)
        || end > start && joined && (legal(end) || words[end - 1].after == " " && form(end))
}

fn is_announced(words: &[Word<'_>], at: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|i| &words[i]) else { return false };
    let cue = before.after == " " && BEFORE.contains(&before.lower.as_str());
    let named = words[at..end].iter().any(|word| first_name(&word.lower).is_some());
    cue && !named
        && words[at..end].iter().all(|word| !is_ordinary(&word.lower) && word.text.len() > 1 && !word.is_initial())
        && end - at <= 3
}

/// One past the last capitalised word that stands together with the word at `at`.
fn run(words: &[Word<'_>], at: usize) -> usize {
    let mut end = at + 1;
    while end < words.len() {
        let between = words[end - 1].after;
        let legal = LEGAL.contains(&words[end].lower.as_str());
        let joined = between == " " || between == " & " || legal && between == ", ";
        if !joined || !words[end].is_capital() && words[end].lower != "gmbh" {
            break;
        }
        end += 1;
        if legal {
            break;
        }
    }
    end
}
