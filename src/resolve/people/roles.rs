//! A person's part in the buying decision: what a directory states, what people say, what the person does and what the
//! title tells, put together for each part.
//!
//! - A directory outranks everything.
//! - What is said is combined as independent witnesses: `1 - Π (1 - confidence)`.
//! - What the person does and the title go through a small model whose weights are fitted on labelled accounts
//!   (`models/train/roles.py`); it answers how likely each part is, or none.
//! - Both together are again two witnesses.

use super::activity::{Activity, sayers};
use super::ranks::Rank;
use super::roster::{PersonId, Roster};
use super::statements::Statement;
use super::weights::{BIAS, WEIGHTS};
use crate::model::{
    BuyingRole, Evidence, FactKind, InteractionKind, PersonFinding, PersonSource, PersonStatus, RoleBasis, RoleReading,
    Side, Told,
};

/// A reading must be at least this sure to be named as the person's part.
const LEAST_CONFIDENCE: f32 = 0.3;
/// The same for money that nobody speaks of.
const LEAST_SHOWN_MONEY: f32 = 0.85;
/// Readings below this are not kept.
const LEAST_READING: f32 = 0.2;
/// How sure a directory is.
const DIRECTORY: f32 = 0.95;
/// At most this many quotes stand for one reading.
const MOST_QUOTES: usize = 2;
/// At most this many parts are told of one person, and beyond them those that somebody said.
const MOST_READINGS: usize = 3;

/// Number of features of a person.
pub(crate) const FEATURES: usize = 37;
const PARTS: usize = BuyingRole::ALL.len();

/// What a person did that shows their part, beside what they wrote about.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deeds {
    /// Interactions in which they said something.
    pub(crate) said: u32,
    /// Of these, tickets.
    tickets: u32,
    /// Facts they stated, by [`DEEDS`].
    facts: [u32; DEEDS.len()],
}

/// The kinds of facts that tell of a part.
const DEEDS: [FactKind; 8] = [
    FactKind::Decision,
    FactKind::Request,
    FactKind::Requirement,
    FactKind::Risk,
    FactKind::OpenIssue,
    FactKind::Commitment,
    FactKind::Objective,
    FactKind::PainPoint,
];

/// What everybody did.
pub(crate) fn deeds(roster: &Roster<'_>, rows: &[&Told]) -> Vec<Deeds> {
    let mut deeds = vec![Deeds::default(); roster.len()];
    for (row, told) in (0u32..).zip(rows) {
        if told.findings.automatic.is_some() || matches!(told.kind, InteractionKind::Crm | InteractionKind::Usage) {
            continue;
        }
        let parts = roster.parts(row);
        let mut heard: Vec<PersonId> = sayers(told.kind, parts).collect();
        heard.dedup();
        for &person in &heard {
            deeds[person.index()].said += 1;
            deeds[person.index()].tickets += u32::from(told.kind == InteractionKind::Ticket);
        }
        for fact in &told.findings.facts {
            let Some(kind) = DEEDS.iter().position(|kind| *kind == fact.kind) else { continue };
            let speaker = match (&fact.speaker, heard.as_slice()) {
                (_, [only]) => Some(*only),
                (Some(name), _) => roster.find(Some(name), Some(name), row).person(),
                (None, _) => None,
            };
            if let Some(person) = speaker {
                deeds[person.index()].facts[kind] += 1;
            }
        }
    }
    deeds
}

/// What is known of a person.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'g, 'a> {
    pub(crate) said: &'g [Statement<'a>],
    pub(crate) deeds: Deeds,
    pub(crate) activity: &'g Activity,
    pub(crate) title: Option<&'g str>,
    pub(crate) side: Option<Side>,
    /// The largest number of interactions in which one person of the customer said something.
    pub(crate) most_said: u32,
}

/// Every reading, best first; none for our own people. Of those whose side nobody knows only what is said counts.
pub(crate) fn readings(ground: Ground<'_, '_>) -> Vec<RoleReading> {
    let likely = match ground.side {
        Some(Side::Vendor) => return Vec::new(),
        Some(Side::Customer) => likely(&features(ground)),
        None => [0.0; PARTS],
    };
    let mut readings: Vec<RoleReading> =
        BuyingRole::ALL.into_iter().zip(likely).filter_map(|(role, shown)| reading(ground.said, role, shown)).collect();
    if let Some(stated) = directory(ground.said) {
        readings.retain(|reading| reading.role != stated.role);
        readings.push(stated);
    }
    // What a directory states outranks everything, however sure it is.
    let is_told = |reading: &RoleReading| reading.basis != RoleBasis::Directory;
    readings.sort_by(|a, b| {
        is_told(a).cmp(&is_told(b)).then(b.confidence.total_cmp(&a.confidence)).then(a.role.cmp(&b.role))
    });
    let mut kept = 0;
    readings.retain(|reading| {
        kept += 1;
        kept <= MOST_READINGS || matches!(reading.basis, RoleBasis::Directory | RoleBasis::Said)
    });
    readings
}

/// The part to name: the best reading, when it is sure enough. Whoever has left decides and pays no more.
pub(crate) fn part(readings: &[RoleReading], status: PersonStatus) -> Option<BuyingRole> {
    let best = readings.first().filter(|best| best.confidence >= least(best))?;
    let is_of_office = matches!(best.role, BuyingRole::DecisionMaker | BuyingRole::EconomicBuyer);
    let is_over = status == PersonStatus::Departed && is_of_office && best.basis != RoleBasis::Directory;
    (!is_over).then_some(best.role)
}

/// How sure a reading must be. That somebody holds the money is a strong claim: unless it is said, it must be surer.
fn least(reading: &RoleReading) -> f32 {
    match (reading.role, reading.basis) {
        (BuyingRole::EconomicBuyer, RoleBasis::Behaviour | RoleBasis::Title) => LEAST_SHOWN_MONEY,
        _ => LEAST_CONFIDENCE,
    }
}

/// What the latest directory row states.
fn directory(said: &[Statement<'_>]) -> Option<RoleReading> {
    let statement = said.iter().rev().find(|one| one.is_directory() && one.finding.buying_role.is_some())?;
    Some(RoleReading {
        role: statement.finding.buying_role?,
        confidence: DIRECTORY,
        basis: RoleBasis::Directory,
        evidence: statement.evidence().into_iter().collect(),
    })
}

/// One part: what is said of it, and how likely what the person does and is called makes it. Without words to show for
/// it there is none.
fn reading(said: &[Statement<'_>], role: BuyingRole, shown: f32) -> Option<RoleReading> {
    let of_role = |one: &&Statement<'_>| one.finding.buying_role == Some(role) && !one.is_directory();
    let (conduct, words): (Vec<&Statement<'_>>, Vec<&Statement<'_>>) =
        said.iter().filter(of_role).partition(|one| one.finding.source == PersonSource::Conduct);
    let doubt: f32 = words.iter().map(|one| 1.0 - one.finding.confidence).product();
    let confidence = 1.0 - doubt * (1.0 - shown);
    let titles = || said.iter().rev().filter(|one| one.finding.title.is_some()).take(1).collect();
    let (basis, witnesses) = match (words.is_empty(), conduct.is_empty()) {
        (false, _) => (RoleBasis::Said, words),
        (true, false) => (RoleBasis::Behaviour, conduct),
        (true, true) => (RoleBasis::Title, titles()),
    };
    let evidence = quotes(witnesses);
    (confidence >= LEAST_READING && !evidence.is_empty()).then_some(RoleReading { role, confidence, basis, evidence })
}

/// The surest witnesses' words.
fn quotes(mut witnesses: Vec<&Statement<'_>>) -> Vec<Evidence> {
    witnesses.sort_by(|a, b| b.finding.confidence.total_cmp(&a.finding.confidence));
    let mut quotes: Vec<Evidence> = Vec::new();
    for quote in witnesses.into_iter().filter_map(Statement::evidence) {
        if quotes.len() < MOST_QUOTES && !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    quotes
}

/// How many sentences a conduct finding stands for.
fn sentences(confidence: f32) -> f32 {
    (1.0 - confidence.min(0.999)).ln() / (1.0 - PersonFinding::SHOWN).ln()
}

/// What the model reads.
pub(crate) fn features(ground: Ground<'_, '_>) -> [f32; FEATURES] {
    let mut shown = [0.0f32; PARTS];
    for statement in ground.said.iter().filter(|one| one.finding.source == PersonSource::Conduct) {
        if let Some(role) = statement.finding.buying_role {
            shown[role as usize] += sentences(statement.finding.confidence);
        }
    }
    let all: f32 = shown.iter().sum();
    let mut made = [0.0; FEATURES];
    let mut put = {
        let mut at = 0;
        move |made: &mut [f32; FEATURES], value: f32| {
            if let Some(slot) = made.get_mut(at) {
                *slot = value;
            }
            at += 1;
        }
    };
    for count in shown {
        put(&mut made, count.ln_1p());
    }
    for count in shown {
        put(&mut made, if all > 0.0 { 4.0 * count / all } else { 0.0 });
    }
    for count in ground.deeds.facts {
        put(&mut made, (count as f32).ln_1p());
    }
    put(&mut made, (ground.deeds.said as f32).ln_1p());
    put(&mut made, ground.deeds.said as f32 / ground.most_said.max(1) as f32);
    put(&mut made, f32::from(u8::from(ground.deeds.said == 0)));
    put(&mut made, (ground.deeds.tickets as f32).ln_1p());
    put(&mut made, (ground.activity.addressed as f32).ln_1p());
    put(&mut made, ground.activity.sentiment().unwrap_or(0.0));
    let title = ground.title.map(Rank::of);
    for rank in Rank::ALL {
        put(&mut made, f32::from(u8::from(title == Some(rank))));
    }
    put(&mut made, f32::from(u8::from(title.is_none())));
    made
}

/// What is said of each part, as independent witnesses.
pub(crate) fn words(said: &[Statement<'_>]) -> [f32; PARTS] {
    BuyingRole::ALL.map(|role| {
        let of_role = |one: &&Statement<'_>| one.finding.buying_role == Some(role) && !one.is_directory();
        let spoken = said.iter().filter(of_role).filter(|one| one.finding.source != PersonSource::Conduct);
        1.0 - spoken.map(|one| 1.0 - one.finding.confidence).product::<f32>()
    })
}

/// How likely each part is by the features; the rest up to one is none at all.
fn likely(features: &[f32; FEATURES]) -> [f32; PARTS] {
    let mut scores = BIAS;
    for (score, weights) in scores.iter_mut().zip(&WEIGHTS) {
        *score += weights.iter().zip(features).map(|(weight, feature)| weight * feature).sum::<f32>();
    }
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers = scores.map(|score| (score - largest).exp());
    let all: f32 = powers.iter().sum();
    std::array::from_fn(|part| powers[part] / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(role: BuyingRole, confidence: f32, basis: RoleBasis) -> RoleReading {
        RoleReading { role, confidence, basis, evidence: Vec::new() }
    }

    #[test]
    fn the_best_reading_is_named_when_it_is_sure() {
        let check = |reading: RoleReading, status: PersonStatus, expected: Option<BuyingRole>| {
            assert_eq!(part(std::slice::from_ref(&reading), status), expected, "{reading:?}");
        };
        let (active, gone) = (PersonStatus::Active, PersonStatus::Departed);
        check(read(BuyingRole::Champion, 0.7, RoleBasis::Said), active, Some(BuyingRole::Champion));
        check(read(BuyingRole::Champion, 0.2, RoleBasis::Said), active, None);
        check(read(BuyingRole::EconomicBuyer, 0.7, RoleBasis::Said), active, Some(BuyingRole::EconomicBuyer));
        check(read(BuyingRole::EconomicBuyer, 0.7, RoleBasis::Behaviour), active, None);
        check(read(BuyingRole::EconomicBuyer, 0.7, RoleBasis::Said), gone, None);
        check(read(BuyingRole::Blocker, 0.7, RoleBasis::Said), gone, Some(BuyingRole::Blocker));
    }

    #[test]
    fn conduct_counts_sentences() {
        for count in [1, 3, 10] {
            let confidence = 1.0 - (1.0 - PersonFinding::SHOWN).powi(count);
            assert!((sentences(confidence) - count as f32).abs() < 1e-3, "{count}");
        }
    }
}
