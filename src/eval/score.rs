//! Counting what was right, wrong and missed, and the rows made of it.

use serde::Serialize;

/// One line of the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// What part of the set it is about.
    pub part: String,
    /// Share of what was found that is right.
    pub precision: Option<f64>,
    /// Share of what is there that was found.
    pub recall: Option<f64>,
    /// Both in one; for a set of cases the share that passes, for moods the mean over the classes.
    pub f1: Option<f64>,
    /// Number of labelled things, or of cases.
    pub support: usize,
    /// Speed where the set is about it.
    pub sentences_per_second: Option<f64>,
    /// What a reader of the figures must know.
    pub note: Option<String>,
}

/// The rows of a set and, for whoever asks, its mistakes.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// No row: the set is absent.
    pub rows: Vec<Row>,
    /// One line a mistake.
    pub mistakes: Vec<String>,
}

/// Right, wrong and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) right: usize,
    pub(super) wrong: usize,
    pub(super) missed: usize,
}

impl Counts {
    /// Counts one case: what was found against what is there.
    pub(super) fn add(&mut self, found: bool, there: bool) {
        match (found, there) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    /// Adds other counts.
    pub(super) fn join(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    pub(super) fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    pub(super) fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    pub(super) fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// The row of these counts.
    pub(super) fn row(self, part: &str) -> Row {
        Row {
            part: part.to_owned(),
            precision: Some(self.precision()),
            recall: Some(self.recall()),
            f1: Some(self.f1()),
            support: self.right + self.missed,
            ..Row::default()
        }
    }
}

/// The share of cases that pass.
pub(super) fn passing(part: &str, passed: usize, all: usize) -> Row {
    Row { part: part.to_owned(), f1: Some(ratio(passed, all)), support: all, ..Row::default() }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_become_figures() {
        let counts = Counts { right: 6, wrong: 2, missed: 4 };
        assert!((counts.precision() - 0.75).abs() < 1e-9);
        assert!((counts.recall() - 0.6).abs() < 1e-9);
        assert!((counts.f1() - 2.0 / 3.0).abs() < 1e-9);
        assert!(Counts::default().f1() < 1e-9);
        assert_eq!(counts.row("all").support, 10);
    }
}
