//! Where people stood in the network of contact: at the end of each of the last twelve months with contact, and on the
//! day of the last contact, each from what had been said until then.
//!
//! This runs whenever an account is folded, so it is kept small. Fading changes all weights by one factor that no measure
//! depends on, hence one pass over what was said serves all days, and a month that is over keeps its values to the last
//! digit. Month by month `pagerank` and `betweenness` are told; the rest is for the last day alone: an eigenvector moves
//! as `pagerank` does, and the number of a community says nothing from one day to the next.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::{InteractionNode, Iri, Measure, Observation, Stakeholder};
use crate::relations::{Adjacency, Ledger, Network, Said, contact, measures};

/// Months that are told.
const MONTHS: usize = 12;
/// People of whom is told: those with the highest `pagerank` on the last day. With more the graph would hold more
/// measures than facts.
const MOST_PEOPLE: usize = 300;
/// Betweenness is told by month where people times contacts are no more than this (about a millisecond for each month),
/// else for the last day alone.
const MOST_MONTHLY_STEPS: usize = 1_000_000;

/// A share below this is told as zero.
const SMALLEST: f64 = 1e-6;

/// The values of one measure, by person; not a number where nothing is to be told. Of a day, `pagerank` is the first.
type Values = (Measure, Vec<f64>);

/// What is measured of `people` on the days of `interactions`, by person, measure and day.
pub fn observations(people: &[Stakeholder], interactions: &[InteractionNode]) -> Vec<Observation> {
    let days = days(interactions);
    let ends: Vec<Timestamp> = days.iter().map(|&day| end(day)).collect();
    let series = ledger(people, interactions, ends.last().copied()).networks(people.len(), &ends);
    let Some(last) = days.len().checked_sub(1) else { return Vec::new() };
    let now = series.network(last);
    let monthly_betweenness = people.len() * now.mutual.arcs() <= MOST_MONTHLY_STEPS;
    let is_known =
        |place: usize| -> Vec<bool> { people.iter().map(|person| person.first_seen <= ends[place]).collect() };
    let of_month = |place: usize| {
        let is_known = is_known(place);
        if !monthly_betweenness {
            return vec![page_rank(&series.directed(place), &is_known)];
        }
        let network = series.network(place);
        vec![page_rank(&network.directed, &is_known), betweenness(&network.mutual, &is_known)]
    };
    let (mut measured, today): (Vec<Vec<Values>>, Vec<Values>) =
        rayon::join(|| (0..last).into_par_iter().map(of_month).collect(), || of_the_last_day(&now, &is_known(last)));
    measured.push(today);
    told(people, &days, &measured)
}

/// Of all that only the `pagerank` of the last day: what influence rests on.
pub(crate) fn ranks(people: &[Stakeholder], interactions: &[InteractionNode]) -> Vec<Observation> {
    let Some(&last) = days(interactions).last() else { return Vec::new() };
    let until = end(last);
    let series = ledger(people, interactions, Some(until)).networks(people.len(), &[until]);
    let is_known: Vec<bool> = people.iter().map(|person| person.first_seen <= until).collect();
    told(people, &[last], &[vec![page_rank(&series.directed(0), &is_known)]])
}

/// The `pagerank` of each person on the last day that is told.
pub(crate) fn latest_ranks(observations: &[Observation]) -> FxHashMap<Iri, f64> {
    let ranks = observations.iter().filter(|seen| seen.measure == Measure::PageRank);
    let last = ranks.clone().map(|seen| seen.day).max();
    ranks.filter(|seen| Some(seen.day) == last).map(|seen| (seen.subject.clone(), seen.value)).collect()
}

/// The days to measure on, ascending: the last day of contact, and the ends of the months before it.
fn days(interactions: &[InteractionNode]) -> Vec<Date> {
    let is_contact =
        |node: &&InteractionNode| !node.automatic && contact(node.kind).is_some() && node.at != Timestamp::UNIX_EPOCH;
    let mut days: Vec<Date> = Vec::with_capacity(MONTHS + 1);
    let mut before = Timestamp::MAX;
    for node in interactions.iter().rev().filter(is_contact) {
        if node.at >= before {
            continue;
        }
        let day = node.at.to_zoned(TimeZone::UTC).date();
        days.push(if days.is_empty() { day } else { day.last_of_month() });
        if days.len() > MONTHS {
            break;
        }
        let Ok(start) = day.first_of_month().to_zoned(TimeZone::UTC) else { break };
        before = start.timestamp();
    }
    days.reverse();
    days
}

/// The last instant of a day.
fn end(day: Date) -> Timestamp {
    let next = day.checked_add(1.day()).and_then(|next| next.to_zoned(TimeZone::UTC));
    next.map_or(Timestamp::MAX, |next| next.timestamp() - SignedDuration::from_nanos(1))
}

/// Everything that people said until then, by their places.
fn ledger(people: &[Stakeholder], interactions: &[InteractionNode], until: Option<Timestamp>) -> Ledger {
    let places: FxHashMap<&Iri, u32> = people.iter().map(|person| &person.id).zip(0..).collect();
    let mut ledger = Ledger::new();
    let (mut recipients, mut copied) = (Vec::new(), Vec::new());
    for node in interactions.iter().filter(|node| !node.automatic && Some(node.at) <= until) {
        let find = |found: &mut Vec<u32>, iris: &[Iri]| {
            found.clear();
            found.extend(iris.iter().filter_map(|iri| places.get(iri)));
        };
        find(&mut recipients, &node.recipients);
        find(&mut copied, &node.copied);
        let author = node.author.as_ref().and_then(|iri| places.get(iri).copied());
        let (kind, at) = (node.kind, node.at);
        ledger.add(&Said { at, kind, author, recipients: &recipients, copied: &copied, mentioned: &[] });
    }
    ledger
}

/// The network has a place for everybody. Who was not known yet passes nothing on and takes an even share; without these
/// shares the others stand to each other as they would without those people. Of people without contact nothing is told.
fn page_rank(arcs: &Adjacency, is_known: &[bool]) -> Values {
    let mut ranks = measures::page_rank(arcs);
    let sum: f64 = ranks.iter().zip(is_known).filter(|(_, known)| **known).map(|(rank, _)| rank).sum();
    let mut is_in_contact = vec![false; ranks.len()];
    for node in 0..arcs.nodes() {
        for &other in arcs.neighbours(node) {
            is_in_contact[node] = true;
            is_in_contact[other as usize] = true;
        }
    }
    for (rank, is_in_contact) in ranks.iter_mut().zip(is_in_contact) {
        *rank = if is_in_contact { *rank / sum } else { f64::NAN };
    }
    (Measure::PageRank, ranks)
}

/// Betweenness as a share of the pairs among those who were known.
fn betweenness(arcs: &Adjacency, is_known: &[bool]) -> Values {
    let pairs = |people: usize| people.saturating_sub(1) as f64 * people.saturating_sub(2) as f64;
    let known = is_known.iter().filter(|known| **known).count();
    let scale = if known > 2 { pairs(arcs.nodes()) / pairs(known) } else { 0.0 };
    let values = measures::betweenness(arcs).values;
    (Measure::Betweenness, values.into_iter().map(|value| value * scale).collect())
}

/// Every measure.
fn of_the_last_day(network: &Network, is_known: &[bool]) -> Vec<Values> {
    let arcs = &network.mutual;
    let graph = arcs.graph();
    let (communities, (betweenness, (points, _))) =
        rayon::join(|| measures::communities(arcs), || (betweenness(arcs, is_known), measures::cuts(&graph)));
    let numbers = communities.iter().map(|number| number.map_or(f64::NAN, |number| number as f64));
    let mut values = vec![
        page_rank(&network.directed, is_known),
        betweenness,
        (Measure::Community, numbers.collect()),
        (Measure::Articulation, points.into_iter().map(|falls_apart| f64::from(u8::from(falls_apart))).collect()),
        (Measure::Degree, (0..arcs.nodes()).map(|node| arcs.neighbours(node).len() as f64).collect()),
    ];
    values.extend(measures::eigenvector(&graph).map(|values| (Measure::Eigenvector, values)));
    values
}

/// The observations of the weightiest people.
fn told(people: &[Stakeholder], days: &[Date], measured: &[Vec<Values>]) -> Vec<Observation> {
    let ranks = measured.last().and_then(|values| values.first()).map_or(&[][..], |(_, ranks)| ranks);
    let mut places: Vec<usize> = (0..ranks.len()).filter(|&place| !ranks[place].is_nan()).collect();
    places.sort_by(|&a, &b| ranks[b].total_cmp(&ranks[a]).then_with(|| a.cmp(&b)));
    places.truncate(MOST_PEOPLE);
    places.sort_unstable();
    let mut observations = Vec::new();
    for place in places {
        for measure in Measure::ALL {
            for (&day, values) in days.iter().zip(measured) {
                let is_in_contact = values.first().is_some_and(|(_, ranks)| ranks[place].is_finite());
                let found = values.iter().find(|(own, _)| *own == measure).filter(|_| is_in_contact);
                let value = found.map(|(_, values)| values[place]).filter(|value| value.is_finite());
                observations.extend(value.map(|value| Observation {
                    subject: people[place].id.clone(),
                    measure,
                    day,
                    value: rounded(measure, value),
                }));
            }
        }
    }
    observations
}

/// Counts as they are, all others to three digits: as many as anybody reads, and so few that one more mail changes few
/// values. What changes is written again.
fn rounded(measure: Measure, value: f64) -> f64 {
    match measure {
        Measure::Community | Measure::Articulation | Measure::Degree => value,
        Measure::PageRank | Measure::Betweenness | Measure::Eigenvector => {
            if value < SMALLEST {
                return 0.0;
            }
            let unit = 10f64.powi(value.log10().floor() as i32 - 2);
            // Dividing by a whole number gives the number that is written with these digits.
            (value / unit).round() / unit.recip().round()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InteractionKind;
    use crate::resolve::testing::{DANA, PRIYA, Row, SAM, TOMAS, crm, day, mail, row, view};

    fn observed(rows: Vec<Row>) -> Vec<String> {
        let view = view(rows);
        let name = |iri: &Iri| view.stakeholders.iter().find(|person| person.id == *iri).unwrap().name.clone();
        let line = |seen: &Observation| {
            format!("{} {} {} {}", name(&seen.subject), seen.measure.as_str(), seen.day, seen.value)
        };
        let mut lines: Vec<String> = view.observations.iter().map(line).collect();
        lines.sort();
        lines
    }

    #[test]
    fn tells_of_the_last_day_and_of_the_ends_of_months_with_contact() {
        let rows = || {
            vec![
                mail("a", "2025-11-03", SAM, &[PRIYA]),
                row("crm", InteractionKind::Crm, day("2025-12-24")),
                mail("b", "2026-02-10", PRIYA, &[TOMAS]),
                mail("c", "2026-02-12", TOMAS, &[PRIYA]),
            ]
        };
        let lines = observed(rows());
        let of_priya: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("Priya Nair ")).collect();
        assert_eq!(
            of_priya,
            [
                "articulation 2026-02-12 1",
                "betweenness 2025-11-30 0",
                "betweenness 2026-02-12 1",
                "community 2026-02-12 0",
                "degree 2026-02-12 2",
                "eigenvector 2026-02-12 0.707",
                "pagerank 2025-11-30 0.649",
                "pagerank 2026-02-12 0.486",
            ]
        );
        let november = lines.iter().filter(|line| line.contains("2025-11-30")).count();
        assert_eq!(november, 4, "{lines:#?}");
    }

    #[test]
    fn a_month_that_is_over_keeps_its_values() {
        let mut rows: Vec<Row> = Vec::new();
        for (number, month) in (1..=12).enumerate() {
            let on = format!("2025-{month:02}-11");
            let (from, to) = if number % 3 == 0 { (SAM, PRIYA) } else { (PRIYA, DANA) };
            rows.push(mail(&format!("m{number}"), &on, from, &[to, TOMAS]));
        }
        let told: Vec<_> = rows.iter().map(|row| row.0.clone()).collect();
        let before = observed(told.iter().cloned().map(Row).collect());
        let later = told.into_iter().map(Row).chain([mail("z", "2026-03-05", SAM, &[DANA])]);
        let after = observed(later.collect());
        let over = |line: &&String| !line.contains("2025-12") && !line.contains("2025-01") && line.contains("2025");
        let kept: Vec<&String> = before.iter().filter(over).collect();
        assert!(kept.len() > 60 && kept.iter().all(|line| after.contains(line)), "{before:#?} {after:#?}");
    }

    #[test]
    fn the_last_day_is_what_the_measures_of_the_whole_say() {
        let view = view([mail("a", "2026-01-03", SAM, &[PRIYA, TOMAS]), mail("b", "2026-02-03", PRIYA, &[SAM])]);
        let ledger = ledger(&view.stakeholders, &view.interactions, Some(Timestamp::MAX));
        let network = ledger.ties(day("2026-02-04")).network(view.stakeholders.len());
        let ranks = measures::page_rank(&network.directed);
        let is_last = |seen: &&Observation| seen.measure == Measure::PageRank && seen.day.month() == 2;
        let found: Vec<f64> = view.observations.iter().filter(is_last).map(|seen| seen.value).collect();
        let near = ranks.iter().zip(&found).all(|(rank, found)| (rank - found).abs() < 1e-3);
        assert!(near && found.len() == 3, "{ranks:?} {found:?}");
    }

    #[test]
    fn the_ranks_alone_are_those_of_the_whole() {
        let rows = [mail("a", "2025-11-03", SAM, &[PRIYA, TOMAS]), mail("b", "2026-02-03", PRIYA, &[SAM])];
        let view = view(rows);
        let alone = ranks(&view.stakeholders, &view.interactions);
        assert_eq!(latest_ranks(&alone), latest_ranks(&view.observations));
        assert_eq!(alone.len(), 3);
    }

    #[test]
    fn nothing_is_told_without_contact() {
        assert!(observed(Vec::new()).is_empty());
        assert!(observed(vec![crm("c"), row("e", InteractionKind::Email, Timestamp::UNIX_EPOCH)]).is_empty());
        assert!(observed(vec![mail("a", "2026-01-01", SAM, &[])]).is_empty());
    }

    #[test]
    fn shares_keep_three_digits() {
        let check = |value: f64, expected: &str| {
            assert_eq!(rounded(Measure::PageRank, value).to_string(), expected, "{value}");
        };
        check(0.649_123, "0.649");
        check(0.012_345, "0.0123");
        check(0.099_96, "0.1");
        check(0.000_123_49, "0.000123");
        check(1.0, "1");
        check(1e-14, "0");
        check(0.0, "0");
        assert_eq!(rounded(Measure::Degree, 1_234.0).to_string(), "1234");
    }
}
