//! What each person did: how often they took part, when they spoke, and in what mood.

use super::roster::{Part, PersonId, Roster};
use crate::model::{Automatic, InteractionKind, Mood, ParticipantRole, Told, patience_days};
use crate::resolve::is_dated;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The mood of a person is read from this many of the latest interactions they wrote.
const MOOD_WINDOW: usize = 8;
/// So many places of an interaction are looked through for somebody who stands in it twice.
const LARGEST_CIRCLE: usize = 40;
const SECONDS_A_DAY: i64 = 86_400;

/// What one person did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Activity {
    /// Interactions they took part in, CRM rows and usage figures aside.
    pub(crate) interactions: u32,
    /// Of these, the ones addressed to them and not merely copied.
    pub(crate) addressed: u32,
    /// First time they took part.
    pub(crate) first_seen: Option<Timestamp>,
    /// Last time they themselves said something.
    pub(crate) last_said: Option<Timestamp>,
    /// Last time their mailbox said that they are away.
    last_away: Option<Timestamp>,
    /// Last time they took part in any way.
    pub(crate) last_present: Option<Timestamp>,
    /// Days on which they said something, ascending.
    days: Vec<i64>,
    /// Of the rest, the ones they were in copy of.
    pub(crate) copied: u32,
    /// Mood of what they wrote and when, in order of time.
    moods: Vec<(Timestamp, f32)>,
}

impl Activity {
    /// Days between two days on which they spoke, ascending; `None` with fewer than three such days.
    fn pauses(&self) -> Option<Vec<i64>> {
        let mut gaps: Vec<i64> = self.days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        (self.days.len() >= 3).then_some(gaps)
    }

    /// How many days they may say nothing. A note that they are away lets the wait begin anew.
    pub(crate) fn pause_days(&self) -> Option<f32> {
        let pauses = self.pauses()?;
        let mean = pauses.iter().sum::<i64>() as f32 / pauses.len() as f32;
        let away = self.last_away.zip(self.last_said).map(|(away, said)| away.duration_since(said).as_secs_f32());
        let away_days = away.unwrap_or_default().max(0.0) / SECONDS_A_DAY as f32;
        Some(patience_days(mean, *pauses.last()? as f32) + away_days)
    }

    /// Median days between two days on which they spoke; `None` with fewer than three such days.
    pub(crate) fn rhythm_days(&self) -> Option<f32> {
        let gaps = self.pauses()?;
        let middle = gaps.len() / 2;
        let median = if gaps.len() % 2 == 1 { gaps[middle] * 2 } else { gaps[middle - 1] + gaps[middle] };
        Some(median as f32 / 2.0)
    }

    /// Mean mood of the latest interactions they wrote; with five or more, the best and the worst are left out,
    /// so that one angry mail is not a mood.
    pub(crate) fn sentiment(&self) -> Option<f32> {
        let latest = &self.moods[self.moods.len().saturating_sub(MOOD_WINDOW)..];
        let mut latest: Vec<f32> = latest.iter().map(|(_, mood)| *mood).collect();
        latest.sort_unstable_by(f32::total_cmp);
        let kept = if latest.len() >= 5 { &latest[1..latest.len() - 1] } else { &latest[..] };
        (!kept.is_empty()).then(|| kept.iter().sum::<f32>() / kept.len() as f32)
    }

    /// The mood of what they wrote, month by month.
    pub(crate) fn moods(&self) -> Vec<Mood> {
        let month = |at: Timestamp| at.to_zoned(TimeZone::UTC).date().first_of_month();
        let dated: Vec<(Date, f32)> = self
            .moods
            .iter()
            .filter(|(at, _)| *at != Timestamp::UNIX_EPOCH)
            .map(|(at, mood)| (month(*at), *mood))
            .collect();
        let months = dated.chunk_by(|a, b| a.0 == b.0);
        months
            .map(|of_month| Mood {
                month: of_month[0].0,
                value: of_month.iter().map(|(_, mood)| mood).sum::<f32>() / of_month.len() as f32,
                interactions: of_month.len() as u32,
            })
            .collect()
    }
}

/// What everybody did.
pub(crate) fn activities(roster: &Roster<'_>, rows: &[&Told]) -> Vec<Activity> {
    let mut people = vec![Activity::default(); roster.len()];
    for (row, told) in (0u32..).zip(rows) {
        let is_record = matches!(told.kind, InteractionKind::Crm | InteractionKind::Usage);
        let parts = roster.parts(row);
        if told.findings.automatic == Some(Automatic::AutoReply) && is_dated(told) {
            for sayer in sayers(told.kind, parts) {
                people[sayer.index()].last_away = Some(told.sent_at);
            }
        }
        if is_record || told.findings.automatic.is_some() {
            continue;
        }
        for (position, part) in parts.iter().enumerate() {
            let is_repeated = parts[..position.min(LARGEST_CIRCLE)].iter().any(|other| other.person == part.person);
            if !is_repeated {
                take_part(&mut people[part.person.index()], told, part);
            }
        }
        for sayer in sayers(told.kind, parts) {
            speak(&mut people[sayer.index()], told);
        }
    }
    people
}

fn take_part(person: &mut Activity, told: &Told, part: &Part) {
    person.interactions += 1;
    person.addressed += u32::from(matches!(part.role, ParticipantRole::To | ParticipantRole::Assignee));
    person.copied += u32::from(matches!(part.role, ParticipantRole::Cc | ParticipantRole::Bcc));
    if is_dated(told) {
        person.first_seen.get_or_insert(told.sent_at);
        person.last_present = Some(told.sent_at);
    }
}

fn speak(person: &mut Activity, told: &Told) {
    if let Some(mood) = told.findings.sentiment {
        person.moods.push((told.sent_at, mood));
    }
    if !is_dated(told) {
        return;
    }
    person.last_said = Some(told.sent_at);
    let day = told.sent_at.as_second().div_euclid(SECONDS_A_DAY);
    if person.days.last() != Some(&day) {
        person.days.push(day);
    }
}

/// Who says what the interaction says: its author, else its speakers, else whoever raised or answered it.
pub(crate) fn sayers(kind: InteractionKind, parts: &[Part]) -> impl Iterator<Item = PersonId> + '_ {
    let rank = move |part: &Part| match part.role {
        ParticipantRole::From | ParticipantRole::Author => Some(0u8),
        ParticipantRole::Speaker => Some(1),
        ParticipantRole::Requester => Some(2),
        ParticipantRole::Organizer if kind == InteractionKind::Event => Some(3),
        ParticipantRole::Subject if kind == InteractionKind::Survey => Some(4),
        ParticipantRole::Organizer
        | ParticipantRole::Subject
        | ParticipantRole::To
        | ParticipantRole::Cc
        | ParticipantRole::Bcc
        | ParticipantRole::ReplyTo
        | ParticipantRole::Attendee
        | ParticipantRole::Assignee
        | ParticipantRole::Owner
        | ParticipantRole::Other => None,
    };
    let best = parts.iter().filter_map(rank).min();
    parts.iter().filter(move |part| best.is_some() && rank(part) == best).map(|part| part.person)
}
