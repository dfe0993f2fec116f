//! Survey answers, NPS and CSAT: one interaction an answer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::ops::ControlFlow;

use super::kind::{SCORE, TableKind, kind_of_head};
use super::{Row, number, read_rows};
use crate::model::{Interaction, InteractionKind, ParticipantRole, Side};
use crate::sources::emit::{Person, mail_address};
use crate::sources::{Sink, dates, emit};

const EMAIL: &[&str] = &["respondentemail", "email", "emailaddress", "useremail", "contactemail", "respondent"];
const NAME: &[&str] = &["respondentname", "name", "fullname", "contactname", "username", "respondent", "customer"];
const COMMENT: &[&str] = &[
    "comment",
    "comments",
    "feedback",
    "verbatim",
    "reason",
    "whydidyougivethisscore",
    "whatisthemainreasonforyourscore",
    "response",
    "answer",
];
const DATE: &[&str] = &[
    "date",
    "respondedat",
    "responsedate",
    "submittedat",
    "submitteddate",
    "completedat",
    "createdat",
    "created",
    "timestamp",
    "surveydate",
    "answeredat",
];
const KIND: &[&str] = &["surveytype", "type", "survey", "surveyname", "kind"];
const ACCOUNT: &[&str] =
    &["account", "accountname", "company", "companyname", "organization", "organisation", "domain"];

/// Says whether a file is a table of survey answers.
pub fn sniff(_name: &str, head: &str) -> bool {
    kind_of_head(head) == Some(TableKind::Survey)
}

/// Reads survey answers; an answer without a date or with a score that is no number becomes a problem.
pub fn read(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut seen = BTreeSet::new();
    read_rows(label, input, sink, &mut |row, sink| match answer(row, label) {
        Ok(mut interaction) => {
            let base = interaction.id.clone();
            let mut again = 2;
            while !seen.insert(interaction.id.clone()) {
                interaction.id = format!("{base}:{again}");
                again += 1;
            }
            emit::give(sink, interaction)
        }
        Err(reason) => emit::reject(sink, label, row.place(), reason),
    })
}

fn answer(row: &Row<'_>, label: &str) -> Result<Interaction, String> {
    let Some(written) = row.find(SCORE) else { return Err("no score".to_owned()) };
    let score = number(written).ok_or_else(|| format!("the score is not a number: {written}"))?;
    let Some(date) = row.find(DATE) else { return Err("no date".to_owned()) };
    let moment = dates::moment(date).ok_or_else(|| format!("not a date: {date}"))?;
    let kind = kind_of_survey(row, score, label);
    let comment = row.find(COMMENT);
    let person = Person {
        name: row.find(NAME).filter(|name| mail_address(name).is_none()).map(str::to_owned),
        address: row.find(EMAIL).and_then(mail_address),
        side: Some(Side::Customer),
        id: None,
    }
    .known();
    let who = match &person {
        Some(person) => person.address.clone().or_else(|| person.name.clone()).unwrap_or_default(),
        None => format!("anonymous-{}", emit::short_hash([written, comment.unwrap_or_default()])),
    };
    let mut attributes =
        BTreeMap::from([("survey.kind".to_owned(), kind.to_owned()), ("survey.score".to_owned(), score.to_string())]);
    if let Some(account) = row.find(ACCOUNT) {
        attributes.insert("account.hint".to_owned(), account.to_owned());
    }
    let score_line = format!("Score: {written}");
    Ok(Interaction {
        id: format!("survey:{kind}:{who}:{}", date_of(&moment.at.to_string())),
        kind: InteractionKind::Survey,
        sent_at: Some(moment.at),
        utc_offset_minutes: moment.utc_offset_minutes,
        text: comment.map_or_else(|| score_line.clone(), |comment| format!("{comment}\n{score_line}")),
        participants: person.iter().map(|person| person.as_role(ParticipantRole::From)).collect(),
        attributes,
        ..Interaction::default()
    })
}

fn date_of(timestamp: &str) -> &str {
    timestamp.split('T').next().unwrap_or(timestamp)
}

/// The kind by the row's own word, by the name of the score column, by the file's name, by the range of the score.
fn kind_of_survey(row: &Row<'_>, score: f64, label: &str) -> &'static str {
    let column = row.header.column(SCORE).map_or("", |column| row.header.keys()[column].as_str());
    let own = row.find(KIND).unwrap_or_default().to_lowercase();
    let file = emit::file_name(label).to_lowercase();
    for word in [own.as_str(), column, file.as_str()] {
        if word.contains("nps") || word.contains("recommend") {
            return "nps";
        }
        if word.contains("csat") || word.contains("satisf") {
            return "csat";
        }
    }
    if score > 5.0 || score == 0.0 { "nps" } else { "csat" }
}
