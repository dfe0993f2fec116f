//! Who is one person, who is not, and what is known of them.

use crate::model::{BuyingRole, FactKind, InteractionKind, PersonFinding, PersonSource, PersonStatus, Presence, Side};
use crate::resolve::testing::*;

fn names(rows: impl IntoIterator<Item = Row>) -> Vec<String> {
    let mut names: Vec<String> = view(rows).stakeholders.into_iter().map(|person| person.name).collect();
    names.sort();
    names
}

fn directory(id: &str, who: &str, title: &str) -> PersonFinding {
    PersonFinding { external_id: Some(id.into()), title: Some(title.into()), ..about(PersonSource::Directory, who) }
}

#[test]
fn merges_on_certain_keys_only() {
    let check = |rows: Vec<Row>, expected: &[&str]| assert_eq!(names(rows), expected);
    check(
        vec![mail("a", "2026-01-01", PRIYA, &[SAM]), mail("b", "2026-01-02", "PRIYA.NAIR@northwind.example", &[SAM])],
        &["Priya Nair", "Sam Ortiz"],
    );
    check(
        vec![mail("a", "2026-01-01", PRIYA, &[SAM]), mail("b", "2026-01-02", "Priya Nair <priya@gmail.com>", &[SAM])],
        &["Priya Nair", "Priya Nair", "Sam Ortiz"],
    );
    let two = directory("hubspot:7", "Priya Nair <priya.nair@northwind.example>", "COO");
    let mut other = directory("hubspot:7", "Priya Nair <pn@northwind.example>", "COO");
    check(
        vec![mail("a", "2026-01-01", PRIYA, &[]), crm("c").tells(two), crm("d").tells(other.clone())],
        &["Priya Nair"],
    );
    other.external_id = Some("hubspot:8".into());
    check(vec![mail("a", "2026-01-01", PRIYA, &[]), crm("d").tells(other)], &["Priya Nair", "Priya Nair"]);
}

#[test]
fn names_link_only_when_unmistakable() {
    let check = |rows: Vec<Row>, expected: &[&str]| assert_eq!(names(rows), expected);
    check(
        vec![mail("a", "2026-01-01", PRIYA, &[SAM]), call("b", "2026-01-02", &["Nair, Priya", "Sam"])],
        &["Priya Nair", "Sam Ortiz"],
    );
    check(vec![call("a", "2026-01-02", &["Lena Voss", "Lena Voß"])], &["Lena Voss"]);
    check(vec![call("a", "2026-01-02", &["Lena", "Speaker 2"])], &[]);
    check(vec![mail("a", "2026-01-01", PRIYA, &["Northwind Support <support@northwind.example>"])], &["Priya Nair"]);
    check(
        vec![mail("a", "2026-01-01", PRIYA, &[]).tells(about(PersonSource::Mention, "Ines Roth"))],
        &["Ines Roth", "Priya Nair"],
    );
}

#[test]
fn newsletters_are_written_by_nobody() {
    let mut row = mail("a", "2026-01-01", "Deals Weekly <maria@deals.example>", &[PRIYA]);
    row.0.findings.automatic = Some(crate::model::Automatic::Newsletter);
    assert_eq!(names([row]), Vec::<String>::new());
}

#[test]
fn sides_follow_domains_then_sources_then_colleagues() {
    let side = |rows: Vec<Row>, name: &str| person(&view(rows), name).side;
    assert_eq!(side(vec![mail("a", "2026-01-01", PRIYA, &[SAM])], "Priya Nair"), Some(Side::Customer));
    assert_eq!(side(vec![mail("a", "2026-01-01", PRIYA, &[SAM])], "Sam Ortiz"), Some(Side::Vendor));
    let partner = "Ola Berg <ola@partner.example>";
    assert_eq!(side(vec![mail("a", "2026-01-01", PRIYA, &[partner])], "Ola Berg"), None);
    let mut told = directory("x:1", "Kim Lund <kim@partner.example>", "Consultant");
    told.side = Some(Side::Customer);
    assert_eq!(
        side(vec![crm("c").tells(told), mail("a", "2026-01-01", PRIYA, &[partner])], "Ola Berg"),
        Some(Side::Customer)
    );
}

#[test]
fn the_latest_title_counts_and_that_of_a_row_without_a_date_before_all() {
    let title = |rows: Vec<Row>| person(&view(rows), "Priya Nair").title.clone();
    let signature = |id: &str, on: &str, title: &str| mail(id, on, PRIYA, &[SAM]).tells(signed(title));
    let texts = || vec![signature("a", "2026-01-01", "Manager"), signature("b", "2026-02-01", "VP Operations")];
    let recorded = || directory("hubspot:7", PRIYA, "COO");
    let with = |row: Row| {
        let mut rows = texts();
        rows.push(row);
        title(rows)
    };
    assert_eq!(title(texts()).as_deref(), Some("VP Operations"));
    assert_eq!(with(crm("c").tells(recorded())).as_deref(), Some("COO"));
    assert_eq!(title(vec![crm("c").tells(recorded())]).as_deref(), Some("COO"));
    let much_later = row("c", InteractionKind::Crm, day("2026-06-01"));
    assert_eq!(with(much_later.tells(recorded())).as_deref(), Some("COO"));
}

fn signed(title: &str) -> PersonFinding {
    PersonFinding { name: None, address: None, title: Some(title.into()), ..about(PersonSource::Signature, "x") }
}

#[test]
fn titles_and_organisations_are_told_with_their_times() {
    let gone = PersonFinding { presence: Some(Presence::Departed), ..about(PersonSource::AutoReply, PRIYA) };
    let told = view([
        mail("a", "2026-01-01", PRIYA, &[SAM]).tells(signed("Manager")),
        mail("b", "2026-01-09", PRIYA, &[SAM])
            .tells(PersonFinding { organization: Some("Northwind".into()), ..signed("manager") }),
        mail("c", "2026-02-01", PRIYA, &[SAM]).tells(signed("VP Operations")),
        mail("d", "2026-03-01", PRIYA, &[SAM]).tells(gone),
    ]);
    let shown: Vec<String> = person(&told, "Priya Nair")
        .memberships
        .iter()
        .map(|one| {
            let date = |at: jiff::Timestamp| at.to_string()[..10].to_owned();
            let until = one.until.map(date).unwrap_or_default();
            format!("{:?} {:?} {}..{until}", one.title, one.organization, date(one.from))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Some(\"Manager\") Some(\"Northwind\") 2026-01-01..2026-02-01",
            "Some(\"VP Operations\") Some(\"Northwind\") 2026-02-01..2026-03-01",
        ]
    );
}

#[test]
fn a_new_surname_is_the_name_and_the_old_one_is_kept() {
    let told = view([
        mail("a", "2026-01-01", "Lena Voss <lena@northwind.example>", &[SAM]),
        mail("b", "2026-03-01", "Lena Roth <lena@northwind.example>", &[SAM]),
        mail("c", "2026-03-02", SAM, &["Lena Voss <lena@northwind.example>"]),
    ]);
    let lena = person(&told, "Lena Roth");
    let former: Vec<_> = lena.former_names.iter().map(|former| (former.name.as_str(), former.until)).collect();
    assert_eq!(former, [("Lena Voss", day("2026-01-01"))]);
}

#[test]
fn moods_are_told_by_month() {
    let told = view([
        mail("a", "2026-01-01", PRIYA, &[SAM]).mood(0.5),
        mail("b", "2026-01-20", PRIYA, &[SAM]).mood(-0.5),
        mail("c", "2026-03-01", PRIYA, &[SAM]).mood(-1.0),
    ]);
    let moods = &person(&told, "Priya Nair").moods;
    let shown: Vec<String> = moods.iter().map(|m| format!("{} {} {}", m.month, m.value, m.interactions)).collect();
    assert_eq!(shown, ["2026-01-01 0 2", "2026-03-01 -1 1"]);
}

#[test]
fn no_evidence_no_role() {
    let said = PersonFinding { buying_role: Some(BuyingRole::Champion), ..about(PersonSource::Mention, "Priya") };
    let unsure = PersonFinding { confidence: 0.2, ..said.clone() };
    let role = |found| person(&view([mail("a", "2026-01-01", PRIYA, &[SAM]).tells(found)]), "Priya Nair").buying_role;
    assert_eq!(role(about(PersonSource::Mention, "Priya")), None);
    assert_eq!(role(unsure), None);
    assert_eq!(role(said), Some(BuyingRole::Champion));
}

#[test]
fn departed_until_heard_again() {
    let gone = || PersonFinding { presence: Some(Presence::Departed), ..about(PersonSource::AutoReply, PRIYA) };
    let status = |rows: Vec<Row>| person(&view(rows), "Priya Nair").status;
    let first = || mail("a", "2026-01-01", PRIYA, &[SAM]);
    let bounce = || {
        let mut row = mail("b", "2026-02-01", "mailer-daemon@northwind.example", &[SAM]).tells(gone());
        row.0.findings.automatic = Some(crate::model::Automatic::Bounce);
        row
    };
    assert_eq!(status(vec![first(), bounce()]), PersonStatus::Departed);
    assert_eq!(status(vec![first(), bounce(), mail("c", "2026-02-03", PRIYA, &[SAM])]), PersonStatus::Active);
}

#[test]
fn counts_what_people_do() {
    let rows = ["2026-01-01", "2026-01-08", "2026-01-08", "2026-01-15", "2026-02-20"];
    let mut rows: Vec<Row> = (0..)
        .zip(rows)
        .map(|(n, on)| mail(&format!("m{n}"), on, PRIYA, &[SAM]).mood(if n == 4 { -1.0 } else { 0.4 }))
        .collect();
    rows.push(crm("c").part(crate::model::ParticipantRole::Subject, PRIYA));
    let mut preference = fact(FactKind::Preference, "Prefers a call");
    preference.owner = Some(crate::model::Party { name: Some("Priya Nair".into()), ..Default::default() });
    preference.category = Some("channel".into());
    rows.push(mail("p", "2026-01-10", PRIYA, &[SAM]).says(preference));
    let view = view(rows);
    let priya = person(&view, "Priya Nair");
    assert_eq!((priya.interactions, priya.rhythm_days), (6, Some(6.0)));
    assert_eq!((priya.first_seen, priya.last_seen), (day("2026-01-01"), day("2026-02-20")));
    assert_eq!(priya.preferences.iter().map(|p| p.value.as_str()).collect::<Vec<_>>(), ["Prefers a call"]);
    assert!(priya.sentiment.is_some_and(|mood| (mood - 0.4).abs() < 1e-6), "{:?}", priya.sentiment);
    assert!(person(&view, "Sam Ortiz").influence < priya.influence + 1.0);
    assert_eq!(view.coverage.iter().find(|c| c.kind == InteractionKind::Email).map(|c| c.items), Some(6));
}
