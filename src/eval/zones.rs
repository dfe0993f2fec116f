//! How well zones part the author's own words from the rest, by characters, over the invented mails of
//! `models/data/zones`. White space does not count, nor do lines that are marked as belonging to neither side.

use std::path::Path;

use super::score::{Counts, Row, Scored};
use crate::extract::zones;
use crate::model::{InteractionKind, ZoneKind};

/// Files of the set, each a family of mail.
const FAMILIES: [&str; 3] = ["enron", "lists", "clients"];

/// A mail with the mark of each of its lines.
struct Mail<'a> {
    name: &'a str,
    test: bool,
    text: String,
    /// Mark of each line, and where the line ends; blank lines have none.
    lines: Vec<(Option<char>, usize)>,
}

/// Characters on both sides, and how many of all were told right.
#[derive(Clone, Copy, Default)]
struct Sides {
    counts: Counts,
    neither: usize,
}

impl Sides {
    fn add(&mut self, found: bool, there: bool, characters: usize) {
        match (found, there) {
            (true, true) => self.counts.right += characters,
            (true, false) => self.counts.wrong += characters,
            (false, true) => self.counts.missed += characters,
            (false, false) => self.neither += characters,
        }
    }

    fn accuracy(self) -> f64 {
        let right = self.counts.right + self.neither;
        let all = right + self.counts.wrong + self.counts.missed;
        if all == 0 { 0.0 } else { right as f64 / all as f64 }
    }
}

/// Scores each family, the mails that are for tuning and those that are not apart.
pub(super) fn score(labels: &Path) -> Scored {
    let mut scored = Scored::default();
    for family in FAMILIES {
        let file = std::fs::read_to_string(labels.join(format!("zones/{family}.txt"))).unwrap_or_default();
        let mails = parse(&file);
        for (part, test) in [("tune", false), ("test", true)] {
            let mut sides = [Sides::default(); 2];
            let mails: Vec<_> = mails.iter().filter(|mail| mail.test == test).collect();
            for mail in &mails {
                let mistakes = measure(mail, &mut sides);
                // Nobody looks at the mistakes of the test part.
                scored.mistakes.extend(mistakes.into_iter().filter(|_| !test));
            }
            if !mails.is_empty() {
                scored.rows.push(row(&format!("{family}, {part}"), mails.len(), sides));
            }
        }
    }
    scored
}

fn row(part: &str, mails: usize, [body, letter]: [Sides; 2]) -> Row {
    let note = format!(
        "characters; accuracy {:.3}; with greeting and closing {:.3}, F1 {:.3}",
        body.accuracy(),
        letter.accuracy(),
        letter.counts.f1()
    );
    Row { support: mails, note: Some(note), ..body.counts.row(part) }
}

/// Reads `=== name part` and lines of the form `mark|text`.
fn parse(file: &str) -> Vec<Mail<'_>> {
    let mut mails: Vec<Mail<'_>> = Vec::new();
    for line in file.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let mut words = head.split(' ');
            let (name, part) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            mails.push(Mail { name, test: part == "test", text: String::new(), lines: Vec::new() });
        } else if let Some(mail) = mails.last_mut() {
            let (mark, text) = line.split_once('|').unwrap_or(("", line));
            mail.text.push_str(text);
            mail.text.push('\n');
            mail.lines.push((mark.chars().next(), mail.text.len()));
        }
    }
    mails
}

/// Adds a mail's characters to both countings and names the lines that were told wrong.
fn measure(mail: &Mail<'_>, sides: &mut [Sides; 2]) -> Vec<String> {
    let zones = zones::split(&mail.text, InteractionKind::Email);
    let (mut mistakes, mut start) = (Vec::new(), 0);
    for &(mark, end) in &mail.lines {
        let line = start..end;
        start = end;
        let Some(mark) = mark.filter(|mark| !matches!(mark, 'V' | 'A')) else { continue };
        let there = [matches!(mark, 'B' | 'K'), matches!(mark, 'B' | 'K' | 'G' | 'C')];
        for zone in &zones {
            let (from, to) = (line.start.max(zone.range.start), line.end.min(zone.range.end));
            let Some(part) = mail.text.get(from..to).filter(|_| from < to) else { continue };
            let characters = part.chars().filter(|c| !c.is_whitespace()).count();
            let found = [zone.kind == ZoneKind::Body, is_letter(zone.kind)];
            for (side, (found, there)) in sides.iter_mut().zip(found.into_iter().zip(there)) {
                side.add(found, there, characters);
            }
            if found[0] != there[0] && characters > 0 {
                mistakes.push(format!("{}\t{mark}\t{:?}\t{}", mail.name, zone.kind, part.trim_end()));
            }
        }
    }
    mistakes
}

/// Body, greeting and closing.
fn is_letter(kind: ZoneKind) -> bool {
    match kind {
        ZoneKind::Body | ZoneKind::Greeting | ZoneKind::Closing => true,
        ZoneKind::Signature
        | ZoneKind::Quoted
        | ZoneKind::QuoteHeader
        | ZoneKind::Forwarded
        | ZoneKind::Disclaimer
        | ZoneKind::Automatic => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_by_line() {
        let mails = parse("=== a tune\nG|Hi Sam,\n\nB|See below.\nH|On 1/2/2001, Ada <a@b.example> wrote:\nQ|> Old.\n");
        let mut sides = [Sides::default(); 2];
        let mistakes = measure(&mails[0], &mut sides);
        assert!(mistakes.is_empty(), "{mistakes:?}");
        assert_eq!(sides[0].counts.right, 9);
        assert_eq!(sides[1].counts.right, 15);
        assert!(!mails[0].test);
    }
}
