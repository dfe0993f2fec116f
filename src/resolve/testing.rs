//! Builders for tests: rows of an invented account, Northwind, served by an invented vendor.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Context, resolve};
use crate::model::{
    AccountSlug, AccountView, Due, DueBasis, FactFinding, FactKind, FactRecord, Findings, InteractionKind, Meaning,
    Participant, ParticipantRole, Party, PersonFinding, PersonSource, Polarity, Response, ResponseAct, Span,
    Stakeholder, Told, UsagePoint, Visibility,
};

pub(crate) const PRIYA: &str = "Priya Nair <priya.nair@northwind.example>";
pub(crate) const TOMAS: &str = "Tomás Okafor <tomas@northwind.example>";
pub(crate) const SAM: &str = "Sam Ortiz <sam@vendor.example>";
pub(crate) const DANA: &str = "Dana Whit <dana@vendor.example>";

pub(crate) fn context() -> Context {
    Context::new(
        AccountSlug::from_name("northwind").unwrap(),
        ["vendor.example".to_owned()].into(),
        ["northwind.example".to_owned()].into(),
    )
}

pub(crate) fn view(rows: impl IntoIterator<Item = Row>) -> AccountView {
    let mut told: Vec<Told> = rows.into_iter().map(|row| row.0).collect();
    told.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
    resolve(&context(), &told, &[])
}

/// The only person of that name.
pub(crate) fn person_by<'v>(view: &'v AccountView, address: &str) -> &'v Stakeholder {
    view.stakeholders.iter().find(|person| person.addresses.iter().any(|own| own == address)).expect("a person")
}

pub(crate) fn person<'v>(view: &'v AccountView, name: &str) -> &'v Stakeholder {
    let mut found = view.stakeholders.iter().filter(|person| person.name == name);
    let names: Vec<_> = view.stakeholders.iter().map(|person| &person.name).collect();
    let first = found.next().unwrap_or_else(|| panic!("{name} not in {names:?}"));
    assert!(found.next().is_none(), "several {name}");
    first
}

/// The facts of a kind as `status statement`.
pub(crate) fn told(view: &AccountView, kind: FactKind) -> Vec<String> {
    facts(view, kind).iter().map(|r| format!("{} {}", r.fact.status.as_str(), r.fact.statement)).collect()
}

pub(crate) fn facts(view: &AccountView, kind: FactKind) -> Vec<&FactRecord> {
    view.facts.iter().filter(|record| record.fact.kind == kind).collect()
}

pub(crate) fn day(day: &str) -> Timestamp {
    format!("{day}T09:00:00Z").parse().unwrap()
}

/// `Name <address>`, a bare address or a bare name.
pub(crate) fn party(text: &str) -> Party {
    match text.split_once(" <") {
        Some((name, rest)) => {
            Party { name: Some(name.into()), address: Some(rest.trim_end_matches('>').into()), side: None }
        }
        None if text.contains('@') => Party { address: Some(text.into()), ..Party::default() },
        None => Party { name: Some(text.into()), ..Party::default() },
    }
}

/// A row in the making.
pub(crate) struct Row(pub(crate) Told);

/// A mail in a thread of its own.
pub(crate) fn mail(id: &str, on: &str, from: &str, to: &[&str]) -> Row {
    row(id, InteractionKind::Email, day(on)).part(ParticipantRole::From, from).parts(ParticipantRole::To, to)
}

/// A call with these speakers.
pub(crate) fn call(id: &str, on: &str, speakers: &[&str]) -> Row {
    row(id, InteractionKind::Call, day(on)).parts(ParticipantRole::Speaker, speakers)
}

/// A CRM row without a date.
pub(crate) fn crm(id: &str) -> Row {
    row(id, InteractionKind::Crm, Timestamp::UNIX_EPOCH)
}

pub(crate) fn row(id: &str, kind: InteractionKind, sent_at: Timestamp) -> Row {
    Row(Told {
        id: id.to_owned(),
        kind,
        thread: None,
        subject: None,
        sent_at,
        recorded_at: "2026-12-01T00:00:00Z".parse().unwrap(),
        participants: Vec::new(),
        visibility: Visibility::Account,
        findings: Findings::default(),
    })
}

impl Row {
    pub(crate) fn part(mut self, role: ParticipantRole, who: &str) -> Self {
        let Party { name, address, side } = party(who);
        self.0.participants.push(Participant { role, name, address, side, id: None });
        self
    }

    fn parts(self, role: ParticipantRole, who: &[&str]) -> Self {
        who.iter().fold(self, |row, who| row.part(role, who))
    }

    pub(crate) fn thread(mut self, thread: &str) -> Self {
        self.0.thread = Some(thread.to_owned());
        self
    }

    pub(crate) fn says(mut self, mut finding: FactFinding) -> Self {
        let start = 100 * self.0.findings.facts.len() as u32;
        finding.span = Span { start, end: start + 50 };
        self.0.findings.facts.push(finding);
        self
    }

    pub(crate) fn answers(mut self, act: ResponseAct, object: Option<&str>) -> Self {
        let speaker = self.0.participants.first().map(|p| Party {
            name: p.name.clone(),
            address: p.address.clone(),
            side: p.side,
        });
        self.0.findings.responses.push(Response {
            act,
            object: object.map(str::to_owned),
            speaker,
            due: None,
            span: Span { start: 10_000, end: 10_020 },
            quote: format!("answers {act:?}"),
            confidence: 0.9,
            meaning: None,
        });
        self
    }

    /// Gives the last answer a meaning.
    pub(crate) fn meaning(mut self, at: f32) -> Self {
        self.0.findings.responses.last_mut().unwrap().meaning = degrees(at);
        self
    }

    pub(crate) fn tells(mut self, finding: PersonFinding) -> Self {
        self.0.findings.people.push(finding);
        self
    }

    pub(crate) fn mood(mut self, mood: f32) -> Self {
        self.0.findings.sentiment = Some(mood);
        self
    }

    pub(crate) fn record(mut self, field: &str, value: &str) -> Self {
        self.0.findings.record.push((field.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn usage(mut self, metric: &str, date: Date, value: f64) -> Self {
        self.0.findings.usage.push(UsagePoint { metric: metric.to_owned(), date, value });
        self
    }
}

pub(crate) fn fact(kind: FactKind, statement: &str) -> FactFinding {
    FactFinding {
        kind,
        category: None,
        statement: statement.to_owned(),
        polarity: Polarity::Affirmed,
        owner: None,
        beneficiary: None,
        due: None,
        condition: None,
        speaker: None,
        span: Span { start: 0, end: 50 },
        quote: format!("quote of {statement}"),
        confidence: 0.8,
        rule: "test".to_owned(),
        slot: None,
        value: None,
        by_side: None,
        meaning: None,
    }
}

pub(crate) fn promise(owner: &str, statement: &str) -> FactFinding {
    let speaker = party(owner).name;
    FactFinding { owner: Some(party(owner)), speaker, ..fact(FactKind::Commitment, statement) }
}

pub(crate) fn request(from: &str, to: &str, statement: &str) -> FactFinding {
    FactFinding {
        owner: Some(party(to)),
        beneficiary: Some(party(from)),
        speaker: party(from).name,
        ..fact(FactKind::Request, statement)
    }
}

pub(crate) fn due(mut finding: FactFinding, date: &str) -> FactFinding {
    let date: Date = date.parse().unwrap();
    finding.due = Some(Due { date: Some(date), phrase: "by then".to_owned(), basis: DueBasis::Stated });
    finding
}

/// A meaning so many degrees away from one that every test shares; the difference of degrees is the angle between two.
pub(crate) fn degrees(degrees: f32) -> Option<Meaning> {
    let mut vector = [0.0; 384];
    (vector[0], vector[1]) = (degrees.to_radians().cos(), degrees.to_radians().sin());
    Meaning::of(&vector)
}

pub(crate) fn meaning(mut finding: FactFinding, at: f32) -> FactFinding {
    finding.meaning = degrees(at);
    finding
}

pub(crate) fn in_slot(mut finding: FactFinding, slot: &str, value: &str) -> FactFinding {
    finding.slot = Some(slot.to_owned());
    finding.value = Some(value.to_owned());
    finding
}

pub(crate) fn about(source: PersonSource, who: &str) -> PersonFinding {
    let Party { name, address, .. } = party(who);
    let span = Span { start: 500, end: 520 };
    PersonFinding { name, address, ..PersonFinding::at(source, span, format!("about {who}"), 0.9) }
}
