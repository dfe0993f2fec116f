//! Gong's JSON: transcripts by speaker id, and the calls' data with who is behind each id.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use super::call::{Call, Utterance};
use crate::model::{Participant, ParticipantRole, Side};
use crate::sources::{Sink, emit, json};

/// Reads every call of a file.
pub(super) fn read(label: &str, text: &str, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut document = json::Document::parse(text);
    let calls: BTreeMap<String, Value> =
        document.side_list("calls").into_iter().filter_map(|call| Some((call_id(&call)?, call))).collect();
    let root = document.root().map(|root| Value::Array(parties_of(root).to_vec())).unwrap_or_default();
    let root_meta = document.root().and_then(|root| root.get("metaData").cloned()).unwrap_or_default();
    for element in document.take(&["callTranscripts", "transcripts"]) {
        match element.value {
            Ok(value) => {
                let id = call_id(&value);
                let data = id.as_ref().and_then(|id| calls.get(id));
                let own = [Some(&value), data, None];
                let around = Around { own, root_parties: &root, root_meta: &root_meta };
                read_call(label, &element.place, &around, sink)?;
            }
            Err(reason) => emit::reject(sink, label, element.place, reason)?,
        }
    }
    ControlFlow::Continue(())
}

/// Where the data of a call may stand: beside its transcript, in the list of calls, at the top of the file.
struct Around<'a> {
    own: [Option<&'a Value>; 3],
    root_parties: &'a Value,
    root_meta: &'a Value,
}

impl Around<'_> {
    fn meta(&self, keys: &[&str]) -> Option<String> {
        let places = self.own.iter().flatten().copied();
        places
            .clone()
            .filter_map(|value| value.get("metaData").or_else(|| value.get("metadata")))
            .chain(places)
            .chain([self.root_meta])
            .find_map(|value| json::first_text(value, keys))
    }

    fn parties(&self) -> Vec<&Value> {
        let own = self.own.iter().flatten().flat_map(|value| parties_of(value));
        own.chain(self.root_parties.as_array().into_iter().flatten()).collect()
    }
}

fn parties_of(value: &Value) -> &[Value] {
    match json::list(value, "parties") {
        [] => json::list(value, "participants"),
        parties => parties,
    }
}

fn call_id(value: &Value) -> Option<String> {
    let meta = value.get("metaData").or_else(|| value.get("metadata"));
    json::first_text(value, &["callId", "id"]).or_else(|| json::first_text(meta?, &["id", "callId"]))
}

fn read_call(label: &str, place: &str, around: &Around<'_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let Some(value) = around.own[0] else { return ControlFlow::Continue(()) };
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut call = Call { id: call_id(value), title: around.meta(&["title"]), ..Call::default() };
    call.date = around.meta(&["started", "scheduled", "date"]).and_then(|text| crate::sources::dates::moment(&text));
    for party in around.parties() {
        let name = json::text(party, "name");
        if let Some((id, name)) = json::text(party, "speakerId").zip(name.clone()) {
            names.insert(id, name);
        }
        let address = json::first_text(party, &["emailAddress", "email"]).and_then(|text| emit::mail_address(&text));
        if name.is_some() || address.is_some() {
            let side = side(json::text(party, "affiliation").as_deref());
            call.people.push(Participant { role: ParticipantRole::Attendee, name, address, side, id: None });
        }
    }
    if let Some(url) = around.meta(&["url"]) {
        call.attributes.insert("call.url".to_owned(), url);
    }
    for (index, monologue) in json::list(value, "transcript").iter().enumerate() {
        let speaker = json::text(monologue, "speakerId");
        let label_of =
            speaker.as_ref().and_then(|id| names.get(id).cloned()).or_else(|| json::text(monologue, "speaker"));
        let sentences = json::list(monologue, "sentences");
        let words: Vec<String> = sentences.iter().filter_map(|sentence| json::text(sentence, "text")).collect();
        if words.is_empty() {
            emit::reject(sink, label, format!("{place}, monologue {}", index + 1), "no sentences")?;
            continue;
        }
        // An id without a name keeps the voices apart, but names nobody.
        let label_of = label_of.or_else(|| speaker.map(|id| format!("Speaker {id}")));
        let at_s = sentences.first().and_then(|first| first.get("start")).and_then(Value::as_f64).map(|ms| ms / 1000.0);
        call.utterances.push(Utterance { label: label_of, at_s, words: words.join(" ") });
    }
    call.finish(label, sink)
}

fn side(affiliation: Option<&str>) -> Option<Side> {
    match affiliation?.to_lowercase().as_str() {
        "internal" => Some(Side::Vendor),
        "external" => Some(Side::Customer),
        _ => None,
    }
}
