//! The hand-written words of which accounts with planted changes are made: `models/data/changes/*.toml`.

use std::path::Path;

use serde::Deserialize;

/// The words of one bank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bank {
    pub(super) part: String,
    pub(super) vendor: String,
    pub(super) products: Vec<String>,
    pub(super) customers: Vec<String>,
    pub(super) firsts: Vec<String>,
    pub(super) lasts: Vec<String>,
    pub(super) projects: Vec<String>,
    pub(super) sites: Vec<String>,
    pub(super) subjects: Vec<String>,
    /// A title and the one that comes after it.
    pub(super) titles: Vec<[String; 2]>,
    /// Two spellings of one title.
    pub(super) spellings: Vec<[String; 2]>,
    pub(super) moods: Moods,
    pub(super) passages: Passages,
    pub(super) promises: Vec<Promise>,
    pub(super) risks: Vec<Risk>,
    pub(super) objectives: Vec<Objective>,
    pub(super) conflicts: Vec<Conflict>,
}

/// What a customer writes, by mood.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moods {
    very_bad: Vec<String>,
    bad: Vec<String>,
    neutral: Vec<String>,
    good: Vec<String>,
    very_good: Vec<String>,
}

impl Moods {
    /// The sentences of a mood, -2 to 2.
    pub(super) fn of(&self, mood: i32) -> &[String] {
        match mood {
            ..=-2 => &self.very_bad,
            -1 => &self.bad,
            0 => &self.neutral,
            1 => &self.good,
            2.. => &self.very_good,
        }
    }
}

/// Sentences with a purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Passages {
    pub(super) ours: Vec<String>,
    pub(super) openings: Vec<String>,
    pub(super) closings: Vec<String>,
    pub(super) goodbyes: Vec<String>,
    pub(super) left: Vec<String>,
    pub(super) gone_replies: Vec<String>,
    pub(super) away_replies: Vec<String>,
    pub(super) introductions: Vec<String>,
    pub(super) promotions: Vec<String>,
    /// Words that give somebody a part in the buying decision.
    pub(super) parts: Vec<String>,
    pub(super) forwarded: Vec<String>,
}

/// A promise and the words that tell that it was kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promise {
    pub(super) said: String,
    pub(super) kept: String,
}

/// A risk and the words that tell that it is over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Risk {
    pub(super) said: String,
    pub(super) over: String,
}

/// A goal and the one that takes its place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Objective {
    pub(super) said: String,
    pub(super) next: String,
}

/// Two statements that cannot both hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conflict {
    pub(super) one: String,
    pub(super) other: String,
}

impl Bank {
    /// Reads a bank; `None` where there is none.
    pub(super) fn read(path: &Path) -> Option<Self> {
        toml::from_str(&std::fs::read_to_string(path).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_banks_are_read_and_have_nothing_in_common() {
        let read = |name: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/data/changes");
            Bank::read(&folder.join(name)).expect(name)
        };
        let (develop, test) = (read("develop.toml"), read("test.toml"));
        for mood in -2..=2 {
            assert!(develop.moods.of(mood).len() >= 10 && test.moods.of(mood).len() >= 10, "{mood}");
            assert!(develop.moods.of(mood).iter().all(|words| !test.moods.of(mood).contains(words)), "{mood}");
        }
        assert!(develop.lasts.iter().all(|name| !test.lasts.contains(name)));
    }
}
