//! How likely two people are one: reasons for and against, each with what it adds to the log-odds.

use rapidfuzz::distance::jaro_winkler;

use super::dossier::{Bearers, Dossier};
use crate::model::{LikenessKind, LikenessReason};
use crate::resolve::people::linking::holds_words;
use crate::resolve::people::names::{NameForm, domain_of, is_free_mail};
use crate::resolve::people::nicknames::are_akin;

/// Log-odds of two people with something in common, before any reason counts.
const PRIOR: f32 = -3.0;
/// Names above this likeness (Jaro-Winkler) may be one name, misspelled.
const SIMILAR: f64 = 0.92;

/// The reasons that two people have to be one or two, and how likely they are one.
pub(super) fn compare(a: &Dossier, b: &Dossier, bearers: &Bearers) -> (f32, Vec<LikenessReason>) {
    let mut reasons: Vec<LikenessReason> = Vec::new();
    reasons.extend(stated(a, b).or_else(|| stated(b, a)));
    reasons.extend(phone(a, b));
    let name = best_name(a, b, bearers);
    reasons.extend(other_name(a, b).filter(|_| name.as_ref().is_some_and(|name| is_whole(name.kind))));
    reasons.extend(name);
    reasons.extend(spelled(a, b).or_else(|| spelled(b, a)));
    reasons.extend(mailbox(a, b));
    against(a, b, &mut reasons);
    circumstances(a, b, bearers, &mut reasons);
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.kind.cmp(&b.kind)));
    let odds = PRIOR + reasons.iter().map(|reason| reason.weight).sum::<f32>();
    (1.0 / (1.0 + (-odds).exp()), reasons)
}

#[allow(clippy::unnecessary_wraps, reason = "every caller answers with an option")]
fn reason(kind: LikenessKind, weight: f32, text: String) -> Option<LikenessReason> {
    Some(LikenessReason { kind, text, weight })
}

/// Somebody says that an address or a name of `b` is that of `a`.
fn stated(a: &Dossier, b: &Dossier) -> Option<LikenessReason> {
    if let Some(address) = b.addresses.iter().find(|address| a.told_addresses.contains(*address)) {
        return reason(LikenessKind::SignedAddress, 6.0, format!("{} is told to be {}", address, a.name));
    }
    let form = b.forms.iter().find(|form| a.told_names.contains(&form.full))?;
    reason(LikenessKind::Stated, 6.0, format!("{} is told to have been {}", a.name, form.display))
}

fn phone(a: &Dossier, b: &Dossier) -> Option<LikenessReason> {
    a.phones.intersection(&b.phones).next()?;
    reason(LikenessKind::Phone, 2.5, "one telephone number".to_owned())
}

/// The likest of their names.
fn best_name(a: &Dossier, b: &Dossier, bearers: &Bearers) -> Option<LikenessReason> {
    let pairs = a.forms.iter().flat_map(|one| b.forms.iter().map(move |other| (one, other)));
    let name = |(one, other): (&NameForm, &NameForm)| {
        if one.is_full() && other.is_full() { whole_name(one, other) } else { part_of_name(one, other, bearers) }
    };
    pairs.filter_map(name).max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// Says whether a likeness is of first and last name.
fn is_whole(kind: LikenessKind) -> bool {
    matches!(kind, LikenessKind::SameName | LikenessKind::MiddleName)
}

/// The names by which they are known best differ by more than that one says less: "Manuel Pozo Serrano" is not
/// "Manuel Pozo Gálvez", though both are called Manuel Pozo.
fn other_name(a: &Dossier, b: &Dossier) -> Option<LikenessReason> {
    let (one, other) = (NameForm::parse(&a.name)?, NameForm::parse(&b.name)?);
    let is_alike = holds_words(&one.plain, &other.plain)
        || holds_words(&other.plain, &one.plain)
        || whole_name(&one, &other).is_some_and(|reason| reason.weight > 0.0);
    let text = || format!("{} is not {}", one.display, other.display);
    (one.is_full() && other.is_full() && !is_alike).then(|| reason(LikenessKind::OtherName, -2.5, text())).flatten()
}

/// Names of which one is a first name, or has an initial in place of the last.
fn part_of_name(a: &NameForm, b: &NameForm, bearers: &Bearers) -> Option<LikenessReason> {
    let text = |words: &str| format!("{} and {}: {words}", a.display, b.display);
    let lone = a.last.is_none() || b.last.is_none();
    let starts = |x: &Option<String>, y: &Option<String>| match (x, y) {
        (Some(x), Some(y)) => x.starts_with(y.as_str()) || y.starts_with(x.as_str()),
        (None, _) | (_, None) => true,
    };
    let is_first = a.first == b.first && starts(&a.last, &b.last);
    let is_akin = are_akin(&a.first, &b.first) && starts(&a.last, &b.last);
    if is_first || is_akin {
        // Of whom nobody else is so called.
        let is_only = bearers.lasts(&a.first) <= 1 && bearers.lasts(&b.first) <= 1;
        let weight = if is_first { 1.0 } else { 0.5 } + if lone { 0.0 } else { 2.5 } + if is_only { 2.2 } else { 0.0 };
        let what = if is_first { "the same first name" } else { "a short form of the first name" };
        let only = if is_only { ", which nobody else has" } else { "" };
        return reason(LikenessKind::FirstName, weight, text(&format!("{what}{only}")));
    }
    let is_initial = a.last.is_some() && a.last == b.last && starts(&Some(a.first.clone()), &Some(b.first.clone()));
    is_initial.then(|| reason(LikenessKind::Initial, 2.5, text("an initial for the first name"))).flatten()
}

fn whole_name(a: &NameForm, b: &NameForm) -> Option<LikenessReason> {
    let text = |words: &str| format!("{} and {}: {words}", a.display, b.display);
    if a.full == b.full {
        return reason(LikenessKind::SameName, 4.5, text("the same name"));
    }
    if a.plain == b.plain || holds_words(&a.plain, &b.plain) || holds_words(&b.plain, &a.plain) {
        return reason(LikenessKind::MiddleName, 3.5, text("the same name but for middle names"));
    }
    let same_last = a.last == b.last;
    if same_last && are_akin(&a.first, &b.first) {
        return reason(LikenessKind::Nickname, 4.0, text("a short form of the first name"));
    }
    if same_last && (is_initial(&a.first, &b.first) || is_initial(&b.first, &a.first)) {
        return reason(LikenessKind::Initial, 2.5, text("an initial for the first name"));
    }
    let is_similar = |x: &str, y: &str| jaro_winkler::similarity(x.chars(), y.chars()) >= SIMILAR;
    let (last_a, last_b) = (a.last.as_deref().unwrap_or_default(), b.last.as_deref().unwrap_or_default());
    if same_last && is_similar(&a.first, &b.first) || a.first == b.first && is_similar(last_a, last_b) {
        return reason(LikenessKind::SimilarName, 1.5, text("names that are nearly equal"));
    }
    (a.first == b.first).then(|| reason(LikenessKind::FirstName, 0.0, text("the same first name"))).flatten()
}

fn is_initial(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// An address of `b` that spells a name of `a`.
fn spelled(a: &Dossier, b: &Dossier) -> Option<LikenessReason> {
    let best = a.forms.iter().flat_map(|form| {
        b.addresses.iter().filter_map(move |address| {
            let letters: String = local(address).chars().filter(|c| c.is_alphabetic()).collect();
            Some((spelling(form, &letters)?, form, address))
        })
    });
    let (weight, form, address) = best.max_by(|a, b| a.0.total_cmp(&b.0))?;
    reason(LikenessKind::AddressSpellsName, weight, format!("{address} spells {}", form.display))
}

fn spelling(form: &NameForm, letters: &str) -> Option<f32> {
    let first = form.first.as_str();
    let Some(last) = form.last.as_deref().filter(|last| last.chars().count() > 1) else {
        return (letters == first && first.chars().count() > 2).then_some(0.8);
    };
    let (f, l): (String, String) = (first.chars().take(1).collect(), last.chars().take(1).collect());
    let is = |parts: [&str; 2]| letters == parts.concat();
    if first.chars().count() > 1 && (is([first, last]) || is([last, first])) {
        Some(2.0)
    } else if is([&f, last]) || is([last, &f]) {
        Some(1.5)
    } else if is([first, &l]) {
        Some(1.0)
    } else {
        (letters == first || letters == last).then_some(0.7)
    }
}

fn local(address: &str) -> &str {
    address.split(['@', '+']).next().unwrap_or_default()
}

/// The same mailbox at two domains.
fn mailbox(a: &Dossier, b: &Dossier) -> Option<LikenessReason> {
    let pairs = a.addresses.iter().flat_map(|one| b.addresses.iter().map(move |other| (one, other)));
    let (one, other) = pairs.into_iter().find(|(one, other)| {
        let is_long = local(one).chars().filter(|c| c.is_alphabetic()).count() >= 3;
        local(one) == local(other) && domain_of(one) != domain_of(other) && is_long
    })?;
    // "anna@" stands at many domains, "a.kowalski@" at few.
    let lone = a.forms.iter().chain(&b.forms).any(|form| form.first == local(one));
    let weight = if lone { 0.7 } else { 2.0 };
    reason(LikenessKind::SameMailbox, weight, format!("{one} and {other} are one mailbox but for the domain"))
}

fn against(a: &Dossier, b: &Dossier, reasons: &mut Vec<LikenessReason>) {
    if let (Some(one), Some(other)) = (a.side, b.side)
        && one != other
    {
        reasons.extend(reason(LikenessKind::OtherSide, -5.0, "on different sides".to_owned()));
    }
    let (at_a, at_b) = (a.company_domains(), b.company_domains());
    let is_one_domain = at_a.intersection(&at_b).next();
    if let Some(domain) = is_one_domain
        && !took_turns(a, b)
    {
        reasons.extend(reason(LikenessKind::SameDomain, -1.5, format!("two mailboxes at {domain}")));
    }
    let met = a.meets(b);
    if met > 0 {
        let weight = -1.5 - (met as f32 - 1.0).min(5.0) * 0.5;
        reasons.extend(reason(LikenessKind::Together, weight, format!("both in {met} messages or meetings")));
    }
    let apart = |x: &std::collections::BTreeSet<String>, y: &std::collections::BTreeSet<String>| {
        !x.is_empty() && !y.is_empty() && x.is_disjoint(y)
    };
    if apart(&a.titles, &b.titles) {
        reasons.extend(reason(LikenessKind::OtherTitle, -1.0, "different titles".to_owned()));
    }
    if apart(&a.organizations, &b.organizations) {
        reasons.extend(reason(LikenessKind::OtherOrganization, -1.0, "different organisations".to_owned()));
    }
}

fn circumstances(a: &Dossier, b: &Dossier, bearers: &Bearers, reasons: &mut Vec<LikenessReason>) {
    let shares_thread = a.threads.iter().any(|thread| b.threads.contains(thread));
    if shares_thread && a.meets(b) == 0 {
        reasons.extend(reason(LikenessKind::SameThread, 1.0, "in one conversation, never together".to_owned()));
    }
    if took_turns(a, b) {
        reasons.extend(reason(LikenessKind::TookTurns, 1.0, "one is heard only after the other".to_owned()));
        reasons.extend(new_surname(a, b, bearers));
    }
    let has_title = a.titles.intersection(&b.titles).next();
    if let Some(title) = has_title {
        reasons.extend(reason(LikenessKind::SameTitle, 1.0, format!("both {title}")));
    }
}

/// Says whether one is heard, with an address of a company, only after the other was heard last with one.
fn took_turns(a: &Dossier, b: &Dossier) -> bool {
    let has_work = |dossier: &Dossier| dossier.addresses.iter().any(|address| !is_free_mail(domain_of(address)));
    let (Some((first_a, last_a)), Some((first_b, last_b))) = (a.said, b.said) else { return false };
    (last_a < first_b || last_b < first_a) && has_work(a) && has_work(b)
}

/// At one company, one after the other, with a first name that nobody else has there: a new surname, or a successor.
fn new_surname(a: &Dossier, b: &Dossier, bearers: &Bearers) -> Option<LikenessReason> {
    a.company_domains().intersection(&b.company_domains()).next()?;
    let (one, other) = (NameForm::parse(&a.name)?, NameForm::parse(&b.name)?);
    let shares_more = one.plain.split(' ').filter(|word| other.plain.split(' ').any(|own| own == *word)).count() > 1;
    let is_renamed =
        !shares_more && one.first == other.first && one.is_full() && other.is_full() && one.last != other.last;
    let text = || format!("{} may be {} with a new surname", other.display, one.display);
    (is_renamed && bearers.lasts(&one.first) == 2).then(|| reason(LikenessKind::NewSurname, 2.2, text())).flatten()
}
