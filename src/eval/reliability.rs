//! Whether a probability means what it says: ten bins of what was said against what was so.

use super::score::Row;

const BINS: usize = 10;

/// Probabilities by tenth.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bins {
    bins: [Bin; BINS],
}

#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    count: usize,
    said: f64,
    so: usize,
}

impl Bins {
    /// Adds something said with probability `likely`.
    pub(super) fn add(&mut self, likely: f32, so: bool) {
        let at = ((likely * BINS as f32) as usize).min(BINS - 1);
        let bin = &mut self.bins[at];
        bin.count += 1;
        bin.said += f64::from(likely);
        bin.so += usize::from(so);
    }

    /// The mean distance between what was said and what was so.
    pub(super) fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|bin| bin.count).sum();
        let off: f64 = self.bins.iter().map(|bin| (bin.said - bin.so as f64).abs()).sum();
        off / all.max(1) as f64
    }

    /// One row for the error, then one for each tenth that holds anything.
    pub(super) fn rows(&self, name: &str) -> Vec<Row> {
        let all: usize = self.bins.iter().map(|bin| bin.count).sum();
        let note = Some(format!("expected calibration error {:.3}", self.error()));
        let mut rows = vec![Row { part: format!("reliability of {name}"), support: all, note, ..Row::default() }];
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            let count = bin.count as f64;
            let (low, high) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
            let note = format!("said {:.2}, so {:.2}", bin.said / count, bin.so as f64 / count);
            let part = format!("reliability of {name}, {low:.1}-{high:.1}");
            rows.push(Row { part, support: bin.count, note: Some(note), ..Row::default() });
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_is_the_distance_from_what_was_so() {
        let mut bins = Bins::default();
        bins.add(0.75, true);
        bins.add(0.75, true);
        bins.add(1.0, true);
        bins.add(0.05, false);
        assert!((bins.error() - 0.55 / 4.0).abs() < 1e-6, "{}", bins.error());
        assert_eq!(bins.rows("acts").len(), 4);
    }
}
