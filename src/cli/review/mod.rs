//! `baton review`: a handoff from draft to archive, line by line and step by step.

mod args;
mod show;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::config::Config;
use crate::handoff::Definitions;
use crate::model::{BuyingRole, FactKind, LineVerdict, Polarity, Usefulness};
use crate::review::{Addition, Correction, Decided, Desk, Feedback, LineDecision, PersonCorrection};
use crate::review::{approve_update, meet, sheet};

use super::{Outcome, output, time};

pub(super) use args::{ActorArgs, iri};
use args::{Lines, Target};

/// Takes a handoff through its life: review it line by line, deliver, accept, update it after the meeting.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    baton review show -a northwind --type sales-to-implementation\n  \
    baton review correct ID promised_deliverables/2 --due 2026-03-01 --by 'Sam Ortiz'\n  \
    baton review reject ID identified_risks/1 --reason 'was about another project'\n  \
    baton review deliver ID --to 'Dana Whit'")]
pub(super) struct Review {
    #[command(subcommand)]
    action: Action,
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Shows a handoff: its lines with what was decided, gaps, questions, suggestions, history.
    Show {
        #[command(flatten)]
        target: Target,
    },
    /// Approves lines; without any, all that nobody has decided about. While a version waits after a meeting, approves
    /// that version.
    Approve {
        #[command(flatten)]
        lines: Lines,
    },
    /// Corrects a line.
    Correct {
        #[command(flatten)]
        lines: Lines,
        /// What it says.
        #[arg(long, value_name = "TEXT")]
        statement: Option<String>,
        /// Who owes it, or whom it belongs to: a name or an address.
        #[arg(long, value_name = "NAME")]
        owner: Option<String>,
        /// When it is due: a day (2026-03-01) or words.
        #[arg(long, value_name = "DAY", value_parser = args::due)]
        due: Option<crate::model::Due>,
        /// Of a person: the name.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Of a person: the job title.
        #[arg(long, value_name = "TITLE")]
        title: Option<String>,
        /// Of a person: the part in the buying decision, such as `decision_maker`.
        #[arg(long = "buying-role", value_name = "ROLE", value_parser = args::buying_role)]
        buying_role: Option<BuyingRole>,
    },
    /// Rejects lines: they do not come back.
    Reject {
        #[command(flatten)]
        lines: Lines,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Adds a line that no source says.
    Add(Add),
    /// Hands the document to the receiver.
    Deliver {
        #[command(flatten)]
        target: Target,
        /// Who takes over.
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        /// When the meeting is.
        #[arg(long, value_name = "T", value_parser = time::parse_start)]
        meeting: Option<Timestamp>,
    },
    /// Asks about the document.
    Ask {
        #[command(flatten)]
        target: Target,
        /// The question.
        #[arg(long, visible_alias = "text", value_name = "TEXT")]
        question: Option<String>,
        /// The section or line that it is about.
        #[arg(long, value_name = "LINE")]
        about: Option<String>,
    },
    /// Answers a question.
    Answer {
        #[command(flatten)]
        target: Target,
        /// Number of the question; the latest without an answer when not given.
        #[arg(long, value_name = "NUMBER")]
        question: Option<u32>,
        /// The answer.
        #[arg(long, visible_alias = "answer", value_name = "TEXT")]
        text: Option<String>,
    },
    /// Takes the account over.
    Accept {
        #[command(flatten)]
        target: Target,
    },
    /// Sends the document back.
    RejectDocument {
        #[command(flatten)]
        target: Target,
        /// Why, as a code: `incomplete`, `wrong_facts`, `outdated`, `wrong_receiver`, or one of your own.
        #[arg(long, value_name = "CODE")]
        code: String,
        /// Why, in words.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Reads the transcript of the meeting and shows what it changes; `approve` lets that hold.
    Meeting {
        #[command(flatten)]
        target: Target,
        /// The transcript, in any form that `baton ingest` reads.
        #[arg(long, value_name = "FILE")]
        transcript: PathBuf,
        /// Make the new version as if today were T.
        #[arg(long, value_name = "T", value_parser = time::parse)]
        as_of: Option<Timestamp>,
    },
    /// Ends the handoff.
    Archive {
        #[command(flatten)]
        target: Target,
    },
    /// Rates the document.
    Rate {
        #[command(flatten)]
        target: Target,
        /// 1 (useless) to 5 (all I needed).
        #[arg(long, value_name = "1-5", value_parser = clap::value_parser!(u8).range(1..=5))]
        stars: u8,
        /// In words.
        #[arg(long, value_name = "TEXT")]
        comment: Option<String>,
    },
    /// Marks lines as useful or wrong; it changes no fact.
    Mark {
        #[command(flatten)]
        lines: Lines,
        /// How the lines are.
        #[arg(long = "as", value_enum)]
        usefulness: Mark,
    },
    /// Says what is missing.
    Missing {
        #[command(flatten)]
        target: Target,
        /// What.
        #[arg(long, value_name = "TEXT")]
        text: String,
        /// In which section.
        #[arg(long, value_name = "SECTION")]
        section: Option<String>,
    },
}

#[derive(Debug, Args)]
struct Add {
    #[command(flatten)]
    target: Target,
    /// What sort of fact it is.
    #[arg(long, value_name = "KIND", value_parser = super::read::kind, required_unless_present = "section")]
    kind: Option<FactKind>,
    /// The section that it belongs to; the kind of fact follows from it where none is given.
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Category within the kind.
    #[arg(long, value_name = "WORD")]
    category: Option<String>,
    /// What it says.
    #[arg(long, value_name = "TEXT")]
    statement: String,
    /// It says that something is explicitly not so, such as not promised.
    #[arg(long)]
    not: bool,
    /// Who owes it, or whom it belongs to.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// When it is due: a day or words.
    #[arg(long, value_name = "DAY", value_parser = args::due)]
    due: Option<crate::model::Due>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mark {
    Useful,
    Wrong,
}

impl Review {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let now = Timestamp::now();
        let definitions = Arc::new(Definitions::load(config.templates.as_deref())?);
        let stores = super::open(config, now).await?;
        let engine = config.engine(&stores.archive).await?;
        let desk = Desk { stores, definitions, engine, now };
        let answer = Answer { json: self.json };
        self.action.run(&desk, answer).await?;
        Ok(Outcome::Done)
    }
}

impl Action {
    async fn run(self, desk: &Desk, answer: Answer) -> anyhow::Result<()> {
        match self {
            Self::Show { target } => {
                let sheet = sheet(desk, &target.reference()?).await?;
                if answer.json { output::json(&sheet) } else { output::text(&show::text(&sheet)) }
            }
            Self::Approve { lines } => approve(desk, answer, &lines).await,
            Self::Correct { lines, statement, owner, due, name, title, buying_role } => {
                let person = PersonCorrection { name, title, role: buying_role };
                let correction = LineDecision::Correct(Correction { statement, owner, due, person });
                lines.require()?;
                decide(desk, answer, &lines, correction).await
            }
            Self::Reject { lines, reason } => {
                lines.require()?;
                decide(desk, answer, &lines, LineDecision::Reject { reason }).await
            }
            Self::Add(add) => add.run(desk, answer).await,
            Self::Deliver { target, to, meeting } => {
                answer.give(&desk.deliver(&target.reference()?, to, meeting, &target.actor()).await?)
            }
            Self::Accept { target } => answer.give(&desk.accept(&target.reference()?, &target.actor()).await?),
            Self::Archive { target } => answer.give(&desk.archive(&target.reference()?, &target.actor()).await?),
            Self::RejectDocument { target, code, reason } => {
                answer.give(&desk.send_back(&target.reference()?, &code, reason, &target.actor()).await?)
            }
            Self::Meeting { target, transcript, as_of } => {
                let met = meet(desk, &target.reference()?, (&transcript, as_of), &target.actor()).await?;
                if answer.json { output::json(&met) } else { output::text(&show::met(&met)) }
            }
            other => other.talk(desk, answer).await,
        }
    }

    /// Questions, answers and feedback.
    async fn talk(self, desk: &Desk, answer: Answer) -> anyhow::Result<()> {
        match self {
            Self::Ask { target, question, about } => {
                let (reference, text) = target.with_words(question, "--question")?;
                let number = desk.ask(&reference, &text, about, &target.actor()).await?;
                answer.give(&json!({ "question": number, "text": text }))
            }
            Self::Answer { target, question, text } => {
                let (reference, text) = target.with_words(text, "--text")?;
                let number = match question {
                    Some(number) => number,
                    None => unanswered(desk, &reference).await?,
                };
                desk.answer(&reference, number, &text, &target.actor()).await?;
                answer.give(&json!({ "question": number, "answer": text }))
            }
            Self::Rate { target, stars, comment } => {
                let feedback = Feedback::Rating { stars, comment: comment.clone() };
                desk.give_feedback(&target.reference()?, feedback, &target.actor()).await?;
                answer.give(&json!({ "stars": stars, "comment": comment }))
            }
            Self::Mark { lines, usefulness } => {
                let usefulness = match usefulness {
                    Mark::Useful => Usefulness::Useful,
                    Mark::Wrong => Usefulness::Wrong,
                };
                for line in lines.require()? {
                    let feedback = Feedback::Line { line, usefulness };
                    desk.give_feedback(&lines.reference()?, feedback, &lines.actor()).await?;
                }
                answer.give(&json!({ "lines": lines.names(), "as": usefulness }))
            }
            Self::Missing { target, text, section } => {
                let feedback = Feedback::Missing { text: text.clone(), section: section.clone() };
                desk.give_feedback(&target.reference()?, feedback, &target.actor()).await?;
                answer.give(&json!({ "missing": text, "section": section }))
            }
            _ => unreachable!("the others are taken before"),
        }
    }
}

impl Add {
    async fn run(self, desk: &Desk, answer: Answer) -> anyhow::Result<()> {
        let kind = self.kind.or_else(|| self.section.as_deref().and_then(args::kind_of_section));
        let Some(kind) = kind else { anyhow::bail!("say with --kind what sort of fact it is") };
        let addition = Addition {
            kind,
            section: self.section,
            category: self.category,
            statement: self.statement,
            polarity: if self.not { Polarity::Negated } else { Polarity::Affirmed },
            owner: self.owner,
            due: self.due,
        };
        answer.give(&desk.add(&self.target.reference()?, &addition, &self.target.actor()).await?)
    }
}

async fn approve(desk: &Desk, answer: Answer, lines: &Lines) -> anyhow::Result<()> {
    let reference = lines.reference()?;
    if lines.names().is_empty() && sheet(desk, &reference).await?.process.proposal.is_some() {
        return answer.give(&approve_update(desk, &reference, &lines.actor()).await?);
    }
    decide(desk, answer, lines, LineDecision::Approve).await
}

async fn decide(desk: &Desk, answer: Answer, lines: &Lines, decision: LineDecision) -> anyhow::Result<()> {
    let decided = desk.decide(&lines.reference()?, &lines.names(), (&decision, lines.over()), &lines.actor()).await?;
    if answer.json {
        return output::json(&decided);
    }
    output::text(&decided.iter().map(told).collect::<String>())
}

fn told(decided: &Decided) -> String {
    let verdict = match decided.verdict {
        LineVerdict::Accepted => "approved",
        LineVerdict::Corrected => "corrected",
        LineVerdict::Rejected => "rejected",
        LineVerdict::Added => "added",
    };
    format!("{verdict} {}: {}\n", decided.line, decided.text)
}

/// The latest question without an answer.
async fn unanswered(desk: &Desk, reference: &crate::review::Reference) -> anyhow::Result<u32> {
    let questions = sheet(desk, reference).await?.questions;
    let open = questions.iter().rev().find(|question| question.answers.is_empty());
    open.map(|question| question.question).ok_or_else(|| anyhow::anyhow!("every question is answered"))
}

/// How a command answers.
#[derive(Clone, Copy, Debug)]
struct Answer {
    json: bool,
}

impl Answer {
    /// The value as JSON, or as one `name: value` a line.
    fn give<T: Serialize>(self, value: &T) -> anyhow::Result<()> {
        if self.json {
            return output::json(value);
        }
        output::text(&show::fields(&serde_json::to_value(value)?))
    }
}
