//! Mood of work messages and of sentences out of product reviews, in three classes.

use std::path::Path;

use super::corpus::{is_test, rows};
use super::score::{Counts, Row, Scored};
use super::sentence::read_as;
use crate::extract::{Engine, sentiment::NEUTRAL_BELOW};
use crate::model::InteractionKind;

const CLASSES: [&str; 3] = ["negative", "neutral", "positive"];

/// Messages of people who review each other's work, those that training never saw.
pub(super) fn premo(data: &Path, engine: &dyn Engine) -> Scored {
    let rows = rows(&data.join("premo_pr_sentiment/messages.jsonl"));
    let kept = rows.iter().enumerate().filter(|(line, _)| is_test(&format!("premo:{line}")));
    measure(engine, kept.filter_map(|(_, row)| Some((row["text"].as_str()?, row["polarity"].as_str()?))))
}

/// Sentences of reviews, those that training never saw; a valence within half a point of zero is neutral.
pub(super) fn amazon(data: &Path, engine: &dyn Engine) -> Scored {
    let rows = rows(&data.join("vader_groundtruth/amazon.jsonl"));
    let kept = rows.iter().enumerate().filter(|(line, _)| is_test(&format!("amazon:{line}")));
    measure(
        engine,
        kept.filter_map(|(_, row)| {
            let valence = row["valence"].as_f64()?;
            let class = if valence < -0.5 { 0 } else { 1 + usize::from(valence > 0.5) };
            Some((row["text"].as_str()?, CLASSES[class]))
        }),
    )
}

/// The class of a mood.
pub(super) fn class(mood: f32) -> &'static str {
    if mood <= -NEUTRAL_BELOW {
        CLASSES[0]
    } else if mood >= NEUTRAL_BELOW {
        CLASSES[2]
    } else {
        CLASSES[1]
    }
}

fn measure<'a>(engine: &dyn Engine, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Scored {
    let mut counts = [Counts::default(); 3];
    let mut mistakes = Vec::new();
    let mut all = 0;
    for (text, expected) in rows {
        all += 1;
        let mood = read_as(engine, text, InteractionKind::Chat).mood;
        for (count, name) in counts.iter_mut().zip(CLASSES) {
            count.add(class(mood) == name, expected == name);
        }
        if class(mood) != expected {
            mistakes.push(format!("{expected}\t{mood:.2}\t{text}"));
        }
    }
    let mut rows: Vec<Row> = counts.iter().zip(CLASSES).map(|(count, name)| count.row(name)).collect();
    let mean = |of: fn(Counts) -> f64| Some(counts.iter().map(|count| of(*count)).sum::<f64>() / 3.0);
    rows.insert(
        0,
        Row {
            part: "macro".to_owned(),
            precision: mean(Counts::precision),
            recall: mean(Counts::recall),
            f1: mean(Counts::f1),
            support: all,
            ..Row::default()
        },
    );
    Scored { rows: if all == 0 { Vec::new() } else { rows }, mistakes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::embedded::EmbeddedEngine;

    #[test]
    fn the_mean_is_over_three_classes() {
        let rows = [
            ("The import failed again.", "negative"),
            ("The meeting is at ten.", "neutral"),
            ("Thank you for the quick fix, it works now!", "positive"),
        ];
        let scored = measure(&EmbeddedEngine, rows.into_iter());
        assert!(scored.rows[0].f1 > Some(0.99), "{:?}", scored.mistakes);
        assert_eq!(scored.rows[0].support, 3);
    }
}
