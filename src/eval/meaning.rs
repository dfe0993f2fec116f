//! Promises in other words: two mails with a promise each are folded and should make one fact or two, and a mail that
//! says what is done should end the right promise. Scored by words alone and, with a base model, by words and meaning.
//! Odd lines of `models/data/meaning` chose the thresholds, even lines measure.

use std::path::Path;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::Trial;
use super::score::{Counts, Row, Scored};
use crate::model::{
    AccountSlug, AccountView, Due, DueBasis, FactFinding, FactKind, FactStatus, Findings, InteractionKind, Meaning,
    Participant, ParticipantRole, Party, Polarity, Response, ResponseAct, Side, Span, Told, Visibility,
};
use crate::resolve::{Context, resolve};

/// When the first mail was sent, and how much later the second.
const FIRST: &str = "2026-01-12T09:00:00Z";
const LATER: SignedDuration = SignedDuration::from_hours(10 * 24);

/// Makes the meaning of a text.
type Embed<'a> = &'a dyn Fn(&str) -> Option<Meaning>;

/// The same, with the model that it needs.
type Embedder = Box<dyn Fn(&str) -> Option<Meaning>>;

/// Scores the pairs of promises and the answers.
pub(super) fn score(trial: Trial<'_>) -> Scored {
    let read = |name: &str| std::fs::read_to_string(trial.labels.join("meaning").join(name)).unwrap_or_default();
    let (pairs, kept) = (read("pairs.tsv"), read("kept.tsv"));
    let mut scored = Scored::default();
    if pairs.is_empty() && kept.is_empty() {
        return scored;
    }
    measure(&pairs, &kept, ("words", &|_| None), &mut scored);
    match trial.encoder.map(vectors) {
        None => note(&mut scored, "by meaning: no base model, see --encoder"),
        Some(Err(error)) => note(&mut scored, &error),
        Some(Ok(embed)) => measure(&pairs, &kept, ("words and meaning", &*embed), &mut scored),
    }
    scored
}

fn note(scored: &mut Scored, text: &str) {
    if let Some(row) = scored.rows.last_mut() {
        row.note = Some(text.to_owned());
    }
}

#[cfg(feature = "rust-bert")]
fn vectors(folder: &Path) -> Result<Embedder, String> {
    let vectors = crate::encoder::Vectors::load(folder).map_err(|error| error.to_string())?;
    Ok(Box::new(move |text| vectors.of(vec![text.to_owned()]).ok().and_then(|found| Meaning::of(found.first()?))))
}

#[cfg(not(feature = "rust-bert"))]
fn vectors(_: &Path) -> Result<Embedder, String> {
    Err("by meaning: this program is built without the encoder".to_owned())
}

fn measure(pairs: &str, kept: &str, (how, embed): (&str, Embed<'_>), scored: &mut Scored) {
    for (part, odd) in [("train", true), ("test", false)] {
        let of_part = |text: &'_ str| -> Vec<Vec<String>> {
            let lines = text.lines().enumerate().filter(|(at, _)| at.is_multiple_of(2) == odd);
            lines.map(|(_, line)| line.split('\t').map(str::to_owned).collect()).collect()
        };
        let mut row = |what: &str, counts: Counts| {
            scored.rows.push(Row { note: Some(part.to_owned()), ..counts.row(&format!("{what}, {how}")) });
        };
        let mut mistakes = Vec::new();
        row("same promise", same(&of_part(pairs), embed, &mut mistakes));
        for (what, thread) in [("promise kept, in its thread", true), ("promise kept, elsewhere", false)] {
            row(what, ended(&of_part(kept), thread, embed, &mut mistakes));
        }
        scored.mistakes.extend(mistakes.into_iter().map(|line| format!("{part}\t{how}\t{line}")));
    }
}

/// Pairs that became one fact against pairs that are one.
fn same(pairs: &[Vec<String>], embed: Embed<'_>, mistakes: &mut Vec<String>) -> Counts {
    let mut counts = Counts::default();
    for pair in pairs {
        let [label, left, right, due @ ..] = pair.as_slice() else { continue };
        let day = |at: usize| due.get(at).and_then(|day| day.parse().ok());
        let first = mail(1, None, vec![promise(left, day(0), embed)], Vec::new());
        let second = mail(2, None, vec![promise(right, day(1), embed)], Vec::new());
        let found = folded(&[first, second]).is_some_and(|view| view.facts.len() == 1);
        counts.add(found, label == "same");
        if found != (label == "same") {
            let cosine = embed(left).zip(embed(right)).map(|(left, right)| left.cosine(&right));
            mistakes.push(format!("{label}\t{left}\t{right}\t{cosine:.2?}"));
        }
    }
    counts
}

/// Promises that were ended against those that the answer speaks of.
fn ended(cases: &[Vec<String>], in_thread: bool, embed: Embed<'_>, mistakes: &mut Vec<String>) -> Counts {
    let mut counts = Counts::default();
    for case in cases {
        let [label, promises, object] = case.as_slice() else { continue };
        let promises: Vec<&str> = promises.split("; ").collect();
        let expected = label.parse::<usize>().ok().and_then(|at| promises.get(at).copied());
        let thread = in_thread.then_some("thread");
        let facts = promises.iter().map(|text| promise(text, None, embed)).collect();
        let first = mail(1, thread, facts, Vec::new());
        let second = mail(2, thread, Vec::new(), vec![answer(object, embed)]);
        let view = folded(&[first, second]);
        let facts = view.iter().flat_map(|view| &view.facts);
        let done: Vec<&str> = facts
            .filter(|record| record.fact.status == FactStatus::Fulfilled)
            .map(|record| record.fact.statement.as_str())
            .collect();
        counts.add(expected.is_some_and(|text| done.contains(&text)), expected.is_some());
        counts.wrong += done.iter().filter(|text| Some(**text) != expected).count();
        if done != Vec::from_iter(expected) {
            mistakes.push(format!("{object}\tends {done:?}\tnot {expected:?}"));
        }
    }
    counts
}

fn folded(told: &[Told]) -> Option<AccountView> {
    let context = Context::new(
        AccountSlug::from_name("meaning")?,
        ["vendor.example".to_owned()].into(),
        ["customer.example".to_owned()].into(),
    );
    Some(resolve(&context, told, &[]))
}

fn sam() -> Party {
    let (name, address) = (Some("Sam Ortiz".to_owned()), Some("sam@vendor.example".to_owned()));
    Party { name, address, side: Some(Side::Vendor) }
}

/// The mail of that number, from the one who promises.
fn mail(number: u32, thread: Option<&str>, facts: Vec<FactFinding>, responses: Vec<Response>) -> Told {
    let Party { name, address, side } = sam();
    let first = FIRST.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let sent_at = if number == 1 { first } else { first.checked_add(LATER).unwrap_or(first) };
    Told {
        id: format!("mail:{number}"),
        kind: InteractionKind::Email,
        thread: thread.map(str::to_owned),
        subject: None,
        sent_at,
        recorded_at: sent_at,
        participants: vec![Participant { role: ParticipantRole::From, name, address, side, id: None }],
        visibility: Visibility::Account,
        findings: Findings { facts: placed(facts), responses, ..Findings::default() },
    }
}

/// Facts each in words of its own.
fn placed(mut facts: Vec<FactFinding>) -> Vec<FactFinding> {
    for (fact, at) in facts.iter_mut().zip(0..) {
        fact.span = Span { start: 100 * at, end: 100 * at + 50 };
    }
    facts
}

fn promise(statement: &str, due: Option<Date>, embed: Embed<'_>) -> FactFinding {
    FactFinding {
        kind: FactKind::Commitment,
        category: None,
        statement: statement.to_owned(),
        polarity: Polarity::Affirmed,
        owner: Some(sam()),
        beneficiary: None,
        due: due.map(|day| Due { date: Some(day), phrase: day.to_string(), basis: DueBasis::Stated }),
        condition: None,
        speaker: sam().name,
        span: Span { start: 0, end: 50 },
        quote: statement.to_owned(),
        confidence: 0.8,
        rule: "eval".to_owned(),
        slot: None,
        value: None,
        by_side: None,
        meaning: embed(statement),
    }
}

fn answer(object: &str, embed: Embed<'_>) -> Response {
    Response {
        act: ResponseAct::Fulfils,
        object: Some(object.to_owned()),
        speaker: Some(sam()),
        due: None,
        span: Span { start: 0, end: 50 },
        quote: object.to_owned(),
        confidence: 0.9,
        meaning: embed(object),
    }
}
