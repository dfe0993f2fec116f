//! The languages that people write.

use super::activity::sayers;
use super::roster::Roster;
use crate::model::Told;

/// The languages of what each person wrote, most used first.
pub(crate) fn languages(roster: &Roster<'_>, rows: &[&Told]) -> Vec<Vec<String>> {
    let mut counts: Vec<Vec<(u32, &str)>> = vec![Vec::new(); roster.len()];
    for (row, told) in (0u32..).zip(rows) {
        let Some(language) = told.findings.language.as_deref() else { continue };
        let mut sayers = sayers(told.kind, roster.parts(row));
        // Of several speakers nobody knows who said it in which language.
        let Some(sayer) = sayers.next().filter(|_| sayers.next().is_none()) else { continue };
        let counts = &mut counts[sayer.index()];
        match counts.iter_mut().find(|(_, known)| *known == language) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, language)),
        }
    }
    let ordered = counts.into_iter().map(|mut counts| {
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        counts.into_iter().map(|(_, language)| language.to_owned()).collect()
    });
    ordered.collect()
}
