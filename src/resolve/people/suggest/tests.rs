//! Who is suggested to be one, who is not, and what decisions do to it.

use crate::model::{IdentityReview, IdentitySuggestion, LikenessKind, PersonKey, Told, Verdict};
use crate::resolve::people::decide::{DecideError, Decider};
use crate::resolve::testing::*;
use crate::resolve::{Context, resolve, suggestions};

const PRIVATE: &str = "Priya Nair <priya@gmail.com>";

fn told(rows: impl IntoIterator<Item = Row>) -> Vec<Told> {
    rows.into_iter().map(|row| row.0).collect()
}

fn found(told: &[Told], context: &Context) -> Vec<IdentitySuggestion> {
    suggestions(context, told)
}

/// Names of the people, sorted, when these decisions hold.
fn people(told: &[Told], identities: Vec<IdentityReview>) -> Vec<String> {
    let view = resolve(&Context { identities, ..context() }, told, &[]);
    let mut names: Vec<String> =
        view.stakeholders.iter().map(|person| format!("{} {}", person.name, person.addresses.join(" "))).collect();
    names.sort();
    names
}

#[test]
fn likeness_suggests_with_reasons() {
    let check = |a: &str, b: &str, expected: Option<LikenessKind>| {
        let told = told([mail("a", "2026-01-01", a, &[SAM]), mail("b", "2026-02-01", b, &[SAM])]);
        let found = found(&told, &context());
        let best = found.first().and_then(|one| one.reasons.first()).map(|reason| reason.kind);
        assert_eq!(best, expected, "{a} {b}: {found:?}");
        assert!(found.iter().all(|one| (0.5..=1.0).contains(&one.score)));
    };
    check(PRIYA, PRIVATE, Some(LikenessKind::SameName));
    check("Robert Hale <rh@northwind.example>", "Bob Hale <bobby@web.de>", Some(LikenessKind::Nickname));
    check("Lena Müller <lm@northwind.example>", "Mueller, Lena <lena@gmx.de>", Some(LikenessKind::SameName));
    check("Jan Kowalski <jk@northwind.example>", "j.kowalski <j.kowalski@gmail.com>", Some(LikenessKind::Initial));
    check("Lena Voss <lv@northwind.example>", "Lena Roth <lr@northwind.example>", Some(LikenessKind::NewSurname));
    check(PRIYA, "Tom Hale <tom@northwind.example>", None);
    check("Manuel Pozo Gil <mp@northwind.example>", "Manuel Pozo Serra <mps@northwind.example>", None);
    check(PRIYA, "Priya Nair <priya@vendor.example>", None);
}

#[test]
fn two_in_one_meeting_are_two() {
    let rows = || [mail("a", "2026-01-01", PRIYA, &[PRIVATE, SAM]), call("b", "2026-01-02", &[PRIYA, PRIVATE])];
    let apart = found(&told(rows()), &context());
    let alone =
        found(&told([mail("a", "2026-01-01", PRIYA, &[SAM]), mail("b", "2026-01-02", PRIVATE, &[SAM])]), &context());
    let score = |found: &[IdentitySuggestion]| found.first().map_or(0.0, |one| one.score);
    assert!(score(&apart) < score(&alone), "{apart:?} {alone:?}");
}

#[test]
fn merges_hold_and_can_be_taken_back() {
    let told = told([mail("a", "2026-01-01", PRIYA, &[SAM]), mail("b", "2026-01-02", PRIVATE, &[SAM])]);
    let view = resolve(&context(), &told, &[]);
    let (work, private) = (person_by(&view, "priya.nair@northwind.example"), person_by(&view, "priya@gmail.com"));
    let decider = |at: &str| Decider { by: "Dana", at: day(at) };
    let merged = decider("2026-02-01").merge(work, private, &[]).unwrap();
    let both = "Priya Nair priya.nair@northwind.example priya@gmail.com";
    assert_eq!(people(&told, merged.clone())[0], both);
    let context = Context { identities: merged.clone(), ..context() };
    assert!(found(&told, &context).is_empty());
    let view = resolve(&context, &told, &[]);
    let one = person_by(&view, "priya@gmail.com");
    assert_eq!(decider("2026-02-02").merge(one, one, &[]), Err(DecideError::OneAlready("Priya Nair".to_owned())));
    let split = decider("2026-02-03").split(one, &[], &merged).unwrap();
    let reviews: Vec<IdentityReview> = merged.into_iter().chain(split).collect();
    assert_eq!(people(&told, reviews.clone()).len(), 3);
    assert!(found(&told, &Context { identities: reviews, ..crate::resolve::testing::context() }).is_empty());
}

#[test]
fn a_wrong_row_of_a_directory_can_be_split_off() {
    let mut row = crm("c");
    for address in ["priya.nair@northwind.example", "tom@northwind.example"] {
        let mut finding = about(crate::model::PersonSource::Directory, &format!("Priya Nair <{address}>"));
        finding.external_id = Some("hubspot:contact:7".into());
        row = row.tells(finding);
    }
    let told = told([row, mail("a", "2026-01-01", "Tom Hale <tom@northwind.example>", &[SAM])]);
    let view = resolve(&context(), &told, &[]);
    let both = person_by(&view, "tom@northwind.example");
    assert_eq!(both.addresses.len(), 2);
    let decider = Decider { by: "Dana", at: day("2026-02-01") };
    let tom = PersonKey::from_text("mailto:tom@northwind.example");
    let split = decider.split(both, std::slice::from_ref(&tom), &[]).unwrap();
    let names = people(&told, split);
    assert!(names.iter().any(|name| name == "Tom Hale tom@northwind.example"), "{names:?}");
    assert_eq!(names.len(), 3, "{names:?}");
    let unknown = PersonKey::from_text("mailto:x@y.example");
    assert!(matches!(decider.split(both, &[unknown], &[]), Err(DecideError::UnknownKey { .. })));
    assert_eq!(decider.split(both, &[], &[]), Err(DecideError::NothingMerged(both.name.clone())));
    assert!(matches!(decider.split(both, &both.keys, &[]), Err(DecideError::NothingLeft(_))));
}

#[test]
fn who_is_only_named_can_be_merged_and_parted() {
    let named =
        |id: &str, on: &str, name: &str| mail(id, on, SAM, &[]).tells(about(crate::model::PersonSource::Mention, name));
    let told = told([
        mail("a", "2026-01-01", PRIYA, &[SAM]),
        named("b", "2026-01-02", "Pia Narr"),
        named("c", "2026-01-03", "Ines Roth"),
        named("d", "2026-01-04", "Ines Rothe"),
    ]);
    let review = |a: &str, b: &str, verdict| IdentityReview {
        a: PersonKey::from_text(a),
        b: PersonKey::from_text(b),
        verdict,
        by: "Dana".to_owned(),
        at: day("2026-02-01"),
    };
    assert_eq!(people(&told, Vec::new()).len(), 5);
    let key = "mailto:priya.nair@northwind.example";
    let one =
        vec![review("name:narr pia", key, Verdict::Same), review("name:ines roth", "name:ines rothe", Verdict::Same)];
    assert_eq!(people(&told, one).len(), 3);
    let apart = vec![review("name:nair priya", key, Verdict::Different)];
    let call = [call("e", "2026-01-05", &["Priya Nair", SAM]).0];
    let with_call: Vec<Told> = told.into_iter().chain(call).collect();
    assert_eq!(people(&with_call, Vec::new()).len(), 5);
    assert_eq!(people(&with_call, apart).len(), 6);
}

proptest::proptest! {
    /// However merges and splits follow each other, keys that were parted last are never one person's, and no key is lost.
    #[test]
    fn the_last_verdict_of_a_pair_holds(decided in proptest::collection::vec((0usize..4, 0usize..4, proptest::bool::ANY), 0..12)) {
        let addresses = ["a@one.example", "b@two.example", "c@three.example", "d@four.example"];
        let told: Vec<Told> = addresses
            .iter()
            .enumerate()
            .map(|(n, address)| mail(&format!("m{n}"), "2026-01-01", &format!("Person {n} <{address}>"), &[]).0)
            .collect();
        let key = |n: usize| PersonKey::from_text(format!("mailto:{}", addresses[n]));
        let identities: Vec<IdentityReview> = decided
            .iter()
            .map(|&(a, b, same)| IdentityReview {
                a: key(a),
                b: key(b),
                verdict: if same { Verdict::Same } else { Verdict::Different },
                by: "Dana".to_owned(),
                at: day("2026-02-01"),
            })
            .collect();
        let view = resolve(&Context { identities: identities.clone(), ..context() }, &told, &[]);
        let all: usize = view.stakeholders.iter().map(|person| person.addresses.len()).sum();
        proptest::prop_assert_eq!(all, addresses.len());
        for a in 0..4 {
            for b in 0..a {
                let is_pair = |review: &&IdentityReview| (&review.a, &review.b) == (&key(a), &key(b)) || (&review.a, &review.b) == (&key(b), &key(a));
                if identities.iter().rev().find(is_pair).is_some_and(|review| review.verdict == Verdict::Different) {
                    let together = view.stakeholders.iter().any(|one| one.keys.contains(&key(a)) && one.keys.contains(&key(b)));
                    proptest::prop_assert!(!together);
                }
            }
        }
    }
}
