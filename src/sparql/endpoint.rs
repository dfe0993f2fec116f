//! The endpoint: a request and who sent it in, an answer out.

use super::protocol::{self, Dataset, Operation, Request};
use super::{Accepted, Answer, Pool, Question, SparqlError, description};
use crate::access::{Caller, Permission};
use crate::graph::GraphError;
use crate::ingest::Stores;

/// Who may send updates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Updates {
    /// Nobody: what is in the graph follows from the archive, and would be written over.
    #[default]
    Refused,
    /// Admins, whose queries then see all that is in the store, accounts or not. For servers that are there to be
    /// tested.
    Admins,
}

/// The SPARQL endpoint.
#[derive(Clone)]
pub struct Endpoint {
    /// Who runs the queries.
    pub pool: Pool,
    /// What is asked, and updated.
    pub stores: Stores,
    /// Who may send updates.
    pub updates: Updates,
}

impl Endpoint {
    /// Answers a request that was sent to the address `base`. An update is answered by nothing.
    pub async fn answer(
        &self,
        caller: &Caller,
        request: &Request<'_>,
        accepted: Accepted,
        base: &str,
    ) -> Result<Option<Answer>, SparqlError> {
        match protocol::read(request)? {
            Operation::Describe => {
                let format = accepted.graph.ok_or(SparqlError::NotAcceptable)?;
                description::describe(base, self.updates, format).map(Some)
            }
            Operation::Query(text, dataset) => {
                let question = Question { text, base: base.to_owned(), dataset, accepted };
                self.query(caller, question).await.map(Some)
            }
            Operation::Update(text, using) => self.update(caller, text, using, base).await.map(|()| None),
        }
    }

    /// Answers a query within what the caller sees.
    pub async fn query(&self, caller: &Caller, question: Question) -> Result<Answer, SparqlError> {
        if self.may_update(caller) {
            return self.pool.ask_everything(question).await;
        }
        self.pool.ask(&caller.token.accounts, caller.sight(), question).await
    }

    async fn update(
        &self,
        caller: &Caller,
        text: String,
        using: Option<Dataset>,
        base: &str,
    ) -> Result<(), SparqlError> {
        if !self.may_update(caller) {
            let reason = "updates are not allowed: what is in the graph follows from what was said";
            return Err(SparqlError::Refused(reason.to_owned()));
        }
        let (graph, base) = (self.stores.graph.clone(), base.to_owned());
        let using = using.map(|using| using.graphs());
        let done = tokio::task::spawn_blocking(move || graph.update(&text, &base, using)).await;
        match done.map_err(|error| SparqlError::Failed(error.to_string()))? {
            Ok(()) => {
                self.pool.count_write();
                Ok(())
            }
            // Whatever is wrong with the text of an update is the fault of who wrote it.
            Err(GraphError::Refused(reason)) => Err(SparqlError::Malformed(reason.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    fn may_update(&self, caller: &Caller) -> bool {
        match self.updates {
            Updates::Refused => false,
            Updates::Admins => caller.require(Permission::Administer).is_ok(),
        }
    }
}
