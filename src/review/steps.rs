//! The steps of a handoff as a whole: deliver, ask, answer, accept, send back, archive.

use jiff::Timestamp;

use super::find::{Found, find};
use super::{Desk, Reference, Request, ReviewError, make};
use crate::archive::{Cut, Step};
use crate::lifecycle::{Act, step};
use crate::model::{Actor, Event, Happened, Process};

impl Desk {
    /// Hands the document to the receiver, with everything in it that was decided.
    pub async fn deliver(
        &self,
        reference: &Reference,
        to: Option<String>,
        meeting_at: Option<Timestamp>,
        actor: &Actor,
    ) -> Result<Process, ReviewError> {
        let found = find(self, reference, actor).await?;
        let state = step(found.process.state, Act::Deliver, actor.role)?;
        let before = self.holding(&found).await?;
        let document = make(
            self,
            &Request {
                account: &found.process.account,
                kind: &found.process.kind,
                // What was gone through is what is handed over: nothing that came in since.
                cut: Cut { as_of: Some(before.as_of), ..Cut::default() },
                since: None,
                previous: Some(&before.id),
                state,
            },
        )
        .await?;
        let after = Process {
            state,
            document: document.id,
            meeting_at: meeting_at.or(found.process.meeting_at),
            incoming: to.or_else(|| found.process.incoming.clone()),
            outgoing: found.process.outgoing.clone().or_else(|| Some(actor.by.clone())),
            ..found.process.clone()
        };
        self.move_to(&found, after, Event::Delivered, actor).await
    }

    /// Asks about the document. Answers the number of the question.
    pub async fn ask(
        &self,
        reference: &Reference,
        text: &str,
        about: Option<String>,
        actor: &Actor,
    ) -> Result<u32, ReviewError> {
        let mut found = find(self, reference, actor).await?;
        let events = self.stores.archive.handoff_events(&found.process).await?;
        let asked = events.iter().filter(|happened| matches!(happened.event, Event::Asked { .. })).count();
        let question = asked as u32 + 1;
        let event = Event::Asked { question, text: words(text)?, about };
        self.keep_event(&mut found, Act::Ask, &self.happened(actor, event)).await?;
        Ok(question)
    }

    /// Answers a question.
    pub async fn answer(
        &self,
        reference: &Reference,
        question: u32,
        text: &str,
        actor: &Actor,
    ) -> Result<(), ReviewError> {
        let mut found = find(self, reference, actor).await?;
        let events = self.stores.archive.handoff_events(&found.process).await?;
        let is_it = |event: &Event| matches!(event, Event::Asked { question: number, .. } if *number == question);
        if !events.iter().any(|happened| is_it(&happened.event)) {
            return Err(ReviewError::Invalid(format!("there is no question {question}")));
        }
        let event = Event::Answered { question, text: words(text)? };
        self.keep_event(&mut found, Act::Answer, &self.happened(actor, event)).await
    }

    /// Takes the account over.
    pub async fn accept(&self, reference: &Reference, actor: &Actor) -> Result<Process, ReviewError> {
        let found = find(self, reference, actor).await?;
        let state = step(found.process.state, Act::Accept, actor.role)?;
        let incoming = found.process.incoming.clone().or_else(|| Some(actor.by.clone()));
        let after = Process { state, incoming, ..found.process.clone() };
        self.move_to(&found, after, Event::Accepted, actor).await
    }

    /// Sends the document back, with a reason code such as `incomplete`, `wrong_facts`, `outdated`, `wrong_receiver`.
    pub async fn send_back(
        &self,
        reference: &Reference,
        code: &str,
        reason: Option<String>,
        actor: &Actor,
    ) -> Result<Process, ReviewError> {
        let is_code = !code.is_empty()
            && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
        if !is_code {
            return Err(ReviewError::Invalid(format!(
                "{code:?} is no reason code: use small letters, such as incomplete"
            )));
        }
        let found = find(self, reference, actor).await?;
        let state = step(found.process.state, Act::SendBack, actor.role)?;
        let after = Process { state, ..found.process.clone() };
        self.move_to(&found, after, Event::SentBack { code: code.to_owned(), reason }, actor).await
    }

    /// Ends the handoff.
    pub async fn archive(&self, reference: &Reference, actor: &Actor) -> Result<Process, ReviewError> {
        let found = find(self, reference, actor).await?;
        let state = step(found.process.state, Act::Archive, actor.role)?;
        let after = Process { state, ..found.process.clone() };
        self.move_to(&found, after, Event::Archived, actor).await
    }

    pub(super) fn happened(&self, actor: &Actor, event: Event) -> Happened {
        Happened { at: self.now, actor: actor.clone(), event }
    }

    /// Moves a handoff, or says that somebody else did meanwhile.
    pub(super) async fn move_to(
        &self,
        found: &Found,
        after: Process,
        event: Event,
        actor: &Actor,
    ) -> Result<Process, ReviewError> {
        match self.stores.archive.advance(&found.process, &after, &self.happened(actor, event)).await? {
            Step::Done => Ok(after),
            Step::Stale | Step::Decided(_) => Err(ReviewError::Stale),
        }
    }

    /// The document that holds, which may be a later version than the one that was named.
    pub(super) async fn holding(&self, found: &Found) -> Result<crate::model::Handoff, ReviewError> {
        super::find::document(self, &found.process.document).await
    }
}

/// Text that says something.
pub(super) fn words(text: &str) -> Result<String, ReviewError> {
    let text = text.trim();
    if text.is_empty() { Err(ReviewError::Invalid("there are no words".to_owned())) } else { Ok(text.to_owned()) }
}
