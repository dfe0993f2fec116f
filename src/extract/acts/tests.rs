use super::*;
use crate::model::{InteractionKind, Party};

fn party(name: &str) -> Party {
    Party { name: Some(name.to_owned()), ..Party::default() }
}

fn read(text: &str) -> Vec<ActFinding> {
    let (speaker, addressee) = (party("Sam Ortiz"), party("Priya Nair"));
    let others = [party("Tom Becker"), party("Dana Whitfield")];
    let reference = times::Reference { local: jiff::civil::date(2026, 1, 12).at(9, 30, 0, 0), day_first: false };
    let times = times::find(text, 0..text.len(), reference);
    let context = SentenceContext {
        text,
        range: 0..text.len(),
        kind: InteractionKind::Email,
        speaker: Some(&speaker),
        addressee: Some(&addressee),
        others: &others,
        previous: None,
        subject: None,
        times: &times,
    };
    find(&context, reference)
}

#[test]
fn shows() {
    for text in
        ["I'll send you the SOC 2 report by Friday.", "Could you share the API docs?", "Tom promised to waive the fee."]
    {
        let found = read(text);
        assert!(!found.is_empty(), "{text}");
    }
}
