//! What others make of a person, as far as it shows in what is said: whom they wait for, whose word lets things go on,
//! whom they answer fast.

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

use super::activity::sayers;
use super::roster::{PersonId, Roster};
use crate::model::{FactKind, FactRecord, Iri, Polarity, ResponseAct, ReviewState, Told};
use crate::resolve::is_dated;

/// An answer after this is none.
const LATEST_ANSWER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// With fewer answers nothing is said of their speed.
const FEWEST_ANSWERS: usize = 2;

/// What others make of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Standing {
    /// Promises and requests that they owe.
    pub(crate) awaited: u32,
    /// Decisions they told, and what they took on, did or settled when asked.
    pub(crate) unblocks: u32,
    /// Median hours until somebody answered them; `None` with fewer than two answers.
    pub(crate) answered_hours: Option<f32>,
}

/// The standing of everybody.
pub(crate) fn standings(roster: &Roster<'_>, rows: &[&Told], facts: &[FactRecord]) -> Vec<Standing> {
    let mut standings = vec![Standing::default(); roster.len()];
    let places: FxHashMap<&Iri, usize> = roster.iris.iter().zip(0..).collect();
    for record in facts.iter().filter(|record| is_owed(record)) {
        if let Some(&place) = record.owner.as_ref().and_then(|owner| places.get(owner)) {
            standings[place].awaited += 1;
        }
    }
    for (row, told) in (0u32..).zip(rows).filter(|(_, told)| told.findings.automatic.is_none()) {
        for person in unblocking(roster, row, told) {
            standings[person.index()].unblocks += 1;
        }
    }
    for (standing, hours) in standings.iter_mut().zip(answered(roster, rows)) {
        standing.answered_hours = median(hours);
    }
    standings
}

fn is_owed(record: &FactRecord) -> bool {
    let fact = &record.fact;
    matches!(fact.kind, FactKind::Commitment | FactKind::Request)
        && fact.polarity == Polarity::Affirmed
        && fact.review != ReviewState::Rejected
}

/// Who decides, accepts, does or settles something in a row, once for each time.
fn unblocking<'r>(roster: &'r Roster<'_>, row: u32, told: &'r Told) -> impl Iterator<Item = PersonId> + 'r {
    let decisions = told.findings.facts.iter().filter(|fact| fact.kind == FactKind::Decision);
    let decided = decisions.map(move |fact| who(roster, told, row, fact.speaker.as_deref()));
    let settles = |act| matches!(act, ResponseAct::Accepts | ResponseAct::Fulfils | ResponseAct::Resolves);
    let responses = told.findings.responses.iter().filter(move |response| settles(response.act));
    let settled = responses.map(move |response| {
        let speaker = response.speaker.as_ref();
        let named = speaker.map(|party| roster.find(party.address.as_deref(), party.name.as_deref(), row).person());
        named.unwrap_or_else(|| who(roster, told, row, None))
    });
    decided.chain(settled).flatten()
}

/// The speaker by name, else the one person who says what the row says.
fn who(roster: &Roster<'_>, told: &Told, row: u32, speaker: Option<&str>) -> Option<PersonId> {
    let mut heard = sayers(told.kind, roster.parts(row));
    let first = heard.next();
    let only = first.filter(|first| heard.all(|other| other == *first));
    only.or_else(|| roster.find(speaker, speaker, row).person())
}

/// For everybody the hours until somebody else wrote next in the same conversation.
fn answered(roster: &Roster<'_>, rows: &[&Told]) -> Vec<Vec<f32>> {
    let mut hours = vec![Vec::new(); roster.len()];
    for (row, told) in (0u32..).zip(rows).filter(|(_, told)| is_dated(told) && told.findings.automatic.is_none()) {
        let Some(before) = roster.previous_in_thread(row) else { continue };
        let asked = rows[before as usize];
        let pause = told.sent_at.duration_since(asked.sent_at);
        if asked.findings.automatic.is_some() || asked.sent_at == Timestamp::UNIX_EPOCH || pause > LATEST_ANSWER {
            continue;
        }
        if let (Some(asker), Some(answerer)) = (who(roster, asked, before, None), who(roster, told, row, None))
            && asker != answerer
        {
            hours[asker.index()].push(pause.as_secs_f32() / 3600.0);
        }
    }
    hours
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    if values.len() < FEWEST_ANSWERS {
        return None;
    }
    values.sort_unstable_by(f32::total_cmp);
    let middle = values.len() / 2;
    Some(if values.len() % 2 == 1 { values[middle] } else { f32::midpoint(values[middle - 1], values[middle]) })
}
