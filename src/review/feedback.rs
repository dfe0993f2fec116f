//! What a document was worth to its readers.

use super::find::find;
use super::lines::{line, line_ref};
use super::steps::words;
use super::{Desk, Reference, ReviewError};
use crate::lifecycle::Act;
use crate::model::{Actor, Event, Proposal, Usefulness};

/// What a reader says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feedback {
    /// How good it is as a whole.
    Rating {
        /// 1 (useless) to 5 (all I needed).
        stars: u8,
        /// In words.
        comment: Option<String>,
    },
    /// How good a line is.
    Line {
        /// The line, by name or fact.
        line: String,
        /// How good.
        usefulness: Usefulness,
    },
    /// What a line should say. A reviewer decides about it.
    Proposal {
        /// The line, by name or fact.
        line: String,
        /// What it should say.
        proposal: Proposal,
    },
    /// What is missing.
    Missing {
        /// What.
        text: String,
        /// In which section.
        section: Option<String>,
    },
}

impl Desk {
    /// Keeps what a reader says of a document. It changes no fact.
    pub async fn give_feedback(
        &self,
        reference: &Reference,
        feedback: Feedback,
        actor: &Actor,
    ) -> Result<(), ReviewError> {
        let mut found = find(self, reference, actor).await?;
        let event = match feedback {
            Feedback::Rating { stars, comment } if (1..=5).contains(&stars) => Event::Rated { stars, comment },
            Feedback::Rating { .. } => return Err(ReviewError::Invalid("a rating is 1 to 5 stars".to_owned())),
            Feedback::Line { line: wanted, usefulness } => {
                let line = line(&found.document, &wanted)?;
                let graph = self.stores.graph.account(&found.process.account);
                let record = line.item.fact.as_ref().map(|fact| graph.fact(fact)).transpose()?.flatten();
                Event::Marked { usefulness, line: line_ref(&line, record.as_ref()) }
            }
            Feedback::Proposal { line: wanted, proposal } => {
                let line = line(&found.document, &wanted)?;
                let graph = self.stores.graph.account(&found.process.account);
                let record = line.item.fact.as_ref().map(|fact| graph.fact(fact)).transpose()?.flatten();
                let proposal = Proposal { reason: words(&proposal.reason)?, ..proposal };
                Event::Proposed { name: line.name.clone(), line: line_ref(&line, record.as_ref()), proposal }
            }
            Feedback::Missing { text, section } => {
                let is_there = |id: &String| found.document.sections.iter().any(|known| known.id == *id);
                if let Some(unknown) = section.as_ref().filter(|id| !is_there(id)) {
                    return Err(ReviewError::Invalid(format!("the document has no section {unknown}")));
                }
                Event::Missed { text: words(&text)?, section }
            }
        };
        self.keep_event(&mut found, Act::GiveFeedback, &self.happened(actor, event)).await
    }
}
