//! The bytes of findings: first the findings, then, where an engine gave any, the meanings by the place of their fact or
//! answer. What was kept before there were meanings is read as before.

use serde::{Deserialize, Serialize};

use super::ArchiveError;
use crate::model::{Findings, Meaning};

/// The meanings of the findings of one interaction, by place.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Meanings {
    facts: Vec<(usize, Meaning)>,
    responses: Vec<(usize, Meaning)>,
}

/// Findings as they are kept.
pub(super) fn findings_bytes(findings: &Findings) -> Result<Vec<u8>, ArchiveError> {
    let wrong = |error: postcard::Error| ArchiveError::corrupt("finding", error);
    let bytes = postcard::to_stdvec(findings).map_err(wrong)?;
    let facts = placed(findings.facts.iter().map(|fact| fact.meaning.as_ref()));
    let responses = placed(findings.responses.iter().map(|response| response.meaning.as_ref()));
    if facts.is_empty() && responses.is_empty() {
        return Ok(bytes);
    }
    postcard::to_extend(&Meanings { facts, responses }, bytes).map_err(wrong)
}

fn placed<'a>(meanings: impl Iterator<Item = Option<&'a Meaning>>) -> Vec<(usize, Meaning)> {
    meanings.enumerate().filter_map(|(place, meaning)| Some((place, meaning?.clone()))).collect()
}

/// Findings out of what was kept.
pub(super) fn findings_of(bytes: &[u8]) -> Result<Findings, ArchiveError> {
    let wrong = |error: postcard::Error| ArchiveError::corrupt("finding", error);
    let (mut findings, rest): (Findings, &[u8]) = postcard::take_from_bytes(bytes).map_err(wrong)?;
    if rest.is_empty() {
        return Ok(findings);
    }
    let meanings: Meanings = postcard::from_bytes(rest).map_err(wrong)?;
    for (place, meaning) in meanings.facts {
        if let Some(fact) = findings.facts.get_mut(place) {
            fact.meaning = Some(meaning);
        }
    }
    for (place, meaning) in meanings.responses {
        if let Some(response) = findings.responses.get_mut(place) {
            response.meaning = Some(meaning);
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FactFinding, FactKind, Party, Polarity, Response, ResponseAct, Span};

    fn fact(meaning: Option<Meaning>) -> FactFinding {
        FactFinding {
            kind: FactKind::Commitment,
            category: None,
            statement: "Send the report".to_owned(),
            polarity: Polarity::Affirmed,
            owner: Some(Party::default()),
            beneficiary: None,
            due: None,
            condition: None,
            speaker: None,
            span: Span::new(0, 5),
            quote: "I'll send the report".to_owned(),
            confidence: 0.5,
            rule: "test".to_owned(),
            slot: None,
            value: None,
            by_side: None,
            meaning,
        }
    }

    fn response(meaning: Option<Meaning>) -> Response {
        Response {
            act: ResponseAct::Fulfils,
            object: None,
            speaker: None,
            due: None,
            span: Span::new(0, 5),
            quote: "done".to_owned(),
            confidence: 0.5,
            meaning,
        }
    }

    #[test]
    fn meanings_come_back_where_they_were() {
        let check = |facts: &[Option<Meaning>], answers: &[Option<Meaning>]| {
            let findings = Findings {
                facts: facts.iter().cloned().map(fact).collect(),
                responses: answers.iter().cloned().map(response).collect(),
                ..Findings::default()
            };
            assert_eq!(findings_of(&findings_bytes(&findings).unwrap()).unwrap(), findings);
        };
        let meaning = |at: usize| Meaning::of(&(0..384).map(|n| if n == at { 1.0 } else { 0.1 }).collect::<Vec<_>>());
        check(&[], &[]);
        check(&[None, meaning(1), meaning(2), None], &[]);
        check(&[None], &[None, meaning(3)]);
        check(&[meaning(4)], &[meaning(5)]);
    }

    #[test]
    fn what_has_no_meanings_is_kept_as_ever() {
        let findings = Findings { facts: vec![fact(None)], ..Findings::default() };
        let before = postcard::to_stdvec(&findings).unwrap();
        assert_eq!(findings_bytes(&findings).unwrap(), before);
        assert_eq!(findings_of(&before).unwrap(), findings);
        assert!(findings_of(&before[..before.len() - 1]).is_err());
    }
}
