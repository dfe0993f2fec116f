//! What the second reader tells is weighed, moved to its place, and missed without harm.

use super::*;
use crate::extract::sentiment::Scored;
use crate::model::{ActRole, InteractionKind};

/// Cannot read.
struct Broken;

impl SecondReader for Broken {
    fn read(&self, _: Vec<Asked>) -> Result<Vec<Insight>, String> {
        Err("the paper is wet".to_owned())
    }
}

fn mails(texts: &[&str]) -> Vec<Interaction> {
    let mail =
        |text: &&str| Interaction { text: (*text).to_owned(), kind: InteractionKind::Email, ..Interaction::default() };
    texts.iter().map(mail).collect()
}

const TEXTS: [&str; 3] = [
    "Good morning.\n\nThe office is closed.",
    "",
    "I will send the list by Friday.\n\nOurs is the migration of the archive.",
];

#[test]
fn without_a_reader_the_embedded_engine_reads() {
    let batch = mails(&TEXTS);
    let embedded = EmbeddedEngine.analyze(&batch);
    let engine = TransformerEngine::with(Box::new(|| Err("none".to_owned())), Reach::Everything);
    assert_eq!(engine.reads_as(), VERSION);
    assert_eq!(engine.analyze(&batch), embedded);
    assert_eq!(engine.reads_as(), embedded::VERSION, "what was read is marked as read by the other");
    let engine = TransformerEngine::with(Box::new(|| Ok(Box::new(Broken))), Reach::Everything);
    assert_eq!(engine.analyze(&batch), embedded);
}

#[test]
fn places_are_moved_to_where_the_sentence_stands() {
    let insight = Insight {
        scores: Vec::new(),
        mood: Scored { negative: 0.0, positive: 0.0 },
        mentions: vec![(crate::model::MentionKind::Person, 2..4)],
        roles: vec![(ActRole::Due, 0..1)],
    };
    let moved = moved(insight, 10);
    assert_eq!((moved.mentions[0].1.clone(), moved.roles[0].1.clone()), (12..14, 10..11));
}

/// Where the encoder is weighed.
#[cfg(feature = "rust-bert")]
mod weighed {
    use super::*;
    use crate::extract::suggest;
    use crate::model::FactKind;

    /// Takes every sentence that names the migration for a promise of everything after its first word.
    struct Promises;

    impl SecondReader for Promises {
        fn read(&self, sentences: Vec<Asked>) -> Result<Vec<Insight>, String> {
            let told = |asked: Asked| {
                let promises = asked.words.contains("migration");
                let class = |class: &String| if promises && class == "commitment" { 6.0 } else { -6.0 };
                let first = asked.words.find(' ').unwrap_or(0);
                Insight {
                    scores: suggest::classes().iter().map(class).collect(),
                    mood: Scored { negative: 0.0, positive: 0.0 },
                    mentions: Vec::new(),
                    roles: vec![(ActRole::Owner, 0..first), (ActRole::Action, first + 1..asked.words.len() - 1)],
                }
            };
            Ok(sentences.into_iter().map(told).collect())
        }
    }

    #[test]
    fn what_the_reader_is_sure_of_becomes_a_fact() {
        let engine = TransformerEngine::with(Box::new(|| Ok(Box::new(Promises))), Reach::Everything);
        let read = engine.analyze(&mails(&TEXTS));
        let facts = &read[2].as_ref().expect("a reading").findings.facts;
        let promise = facts.iter().find(|fact| fact.kind == FactKind::Commitment && fact.quote.contains("migration"));
        assert_eq!(promise.map(|fact| fact.statement.as_str()), Some("Is the migration of the archive"), "{facts:#?}");
    }

    #[test]
    fn only_doubtful_sentences_are_asked_about() {
        let calm = EmbeddedEngine.doubts(&mails(&TEXTS)[0]);
        let promise = EmbeddedEngine.doubts(&mails(&["I will send the list by Friday."])[0]);
        assert!(calm.len() < 2 && promise.len() == 1, "{calm:?} {promise:?}");
    }
}
