//! What people decided holds: after everything is read again, after a rebuild, and under another engine, which finds
//! other words, words it differently, and misses some.

use std::collections::BTreeMap;
use std::slice::from_ref;
use std::sync::Arc;

use baton::archive::Cut;
use baton::config::EngineName;
use baton::extract::{AnalyzeError, Engine};
use baton::model::{
    AccountSlug, Actor, Analysis, Due, DueBasis, FactKind, FactRecord, Interaction, Iri, Polarity, ReviewState, Role,
};
use baton::review::{Addition, Correction, LineDecision, Reference, Request, make};
use proptest::prelude::*;

use crate::support::{Loaded, Random, mixed_files, write_files};

/// The embedded engine with other words: of its facts some are missed, some end earlier, all are worded differently.
struct Other {
    inner: Arc<dyn Engine>,
    seed: u64,
}

impl Engine for Other {
    fn name(&self) -> &'static str {
        "other"
    }

    fn version(&self) -> &'static str {
        "other-1"
    }

    fn analyze(&self, batch: &[Interaction]) -> Vec<Result<Analysis, AnalyzeError>> {
        let mut answers = self.inner.analyze(batch);
        for analysis in answers.iter_mut().flatten() {
            let mut random = Random::new(self.seed);
            analysis.findings.facts.retain_mut(|fact| {
                let chance = random.below(4);
                if chance == 1 && fact.quote.chars().count() > 8 {
                    fact.quote.pop();
                    fact.span.end -= 1;
                }
                fact.statement = format!("{} (read otherwise)", fact.statement);
                "other.rule".clone_into(&mut fact.rule);
                chance != 0
            });
        }
        answers
    }
}

/// What one decision was about, and what must be so for ever.
#[derive(Debug)]
enum Expected {
    Confirmed,
    Corrected { statement: String },
    Rejected,
}

/// The facts of all accounts by their identity.
fn facts(loaded: &Loaded) -> BTreeMap<Iri, FactRecord> {
    let graph = &loaded.stores.graph;
    let accounts = graph.accounts().unwrap();
    let all = accounts.iter().flat_map(|account| graph.account(account).facts(None).unwrap());
    all.map(|record| (record.fact.id.clone(), record)).collect()
}

/// The fact that has the words of that one: itself, or one of its kind whose evidence overlaps with its first.
fn same_words<'f>(all: &'f BTreeMap<Iri, FactRecord>, reviewed: &FactRecord) -> Option<&'f FactRecord> {
    let first = &reviewed.fact.evidence[0];
    let overlaps =
        |record: &&FactRecord| {
            let of_kind = record.fact.kind == reviewed.fact.kind && record.fact.account == reviewed.fact.account;
            of_kind
                && record.fact.evidence.iter().any(|spot| {
                    spot.interaction == first.interaction && spot.start < first.end && first.start < spot.end
                })
        };
    all.get(&reviewed.fact.id).or_else(|| all.values().find(overlaps))
}

fn check(loaded: &Loaded, decided: &[(FactRecord, Expected)], when: &str) {
    let all = facts(loaded);
    for (reviewed, expected) in decided {
        let found = same_words(&all, reviewed);
        let state = found.map(|record| record.fact.review);
        let told = || format!("{when}: {} {expected:?}: {found:#?}", reviewed.fact.id);
        match expected {
            Expected::Confirmed => assert!(
                matches!(state, Some(ReviewState::Confirmed | ReviewState::Corrected | ReviewState::Added)),
                "{}",
                told()
            ),
            Expected::Corrected { statement } => {
                assert_eq!(found.map(|record| &record.fact.statement), Some(statement), "{}", told());
            }
            Expected::Rejected => assert!(matches!(state, None | Some(ReviewState::Rejected)), "{}", told()),
        }
    }
}

/// Decides about some facts of the documents of all accounts, by chance.
fn decide(loaded: &mut Loaded, random: &mut Random) -> Vec<(FactRecord, Expected)> {
    let known = facts(loaded);
    let accounts = loaded.stores.graph.accounts().unwrap();
    let mut decided = Vec::new();
    for account in accounts {
        let desk = loaded.desk();
        let work = async {
            let cut = Cut { as_of: Some(desk.now), ..Cut::default() };
            let document = make(&desk, &Request::draft(&account, "sales-to-implementation", cut)).await.unwrap();
            let reference = Reference::Document(document.id.clone());
            let lines = document.sections.iter().flat_map(|section| &section.items);
            let mut facts: Vec<&Iri> =
                lines.filter_map(|item| item.fact.as_ref()).filter(|id| known.contains_key(*id)).collect();
            facts.sort_unstable();
            facts.dedup();
            random.shuffle(&mut facts);
            let mut expected = Vec::new();
            for fact in facts.into_iter().take(6) {
                let (decision, outcome) = decision(random);
                let line = [fact.to_string()];
                desk.decide(&reference, &line, (&decision, false), &sam()).await.unwrap();
                expected.push((known[fact].clone(), outcome));
            }
            desk.add(&reference, &addition(&account), &sam()).await.unwrap();
            expected
        };
        decided.extend(loaded.runtime.block_on(work));
    }
    // Words that two facts share are decided about together: the last decision about them counts.
    let mut last: BTreeMap<(String, FactKind, u32), (FactRecord, Expected)> = BTreeMap::new();
    for (record, outcome) in decided {
        let first = &record.fact.evidence[0];
        let key = (format!("{}:{}", record.fact.account, first.interaction), record.fact.kind, first.start);
        last.insert(key, (record, outcome));
    }
    last.into_values().collect()
}

fn sam() -> Actor {
    Actor { by: "Sam Ortiz".to_owned(), role: Role::Outgoing }
}

fn decision(random: &mut Random) -> (LineDecision, Expected) {
    match random.below(3) {
        0 => (LineDecision::Approve, Expected::Confirmed),
        1 => {
            let statement = format!("What was really said, {}", random.below(1_000));
            let due = Due { date: "2026-09-01".parse().ok(), phrase: "in autumn".to_owned(), basis: DueBasis::Stated };
            let correction = Correction { statement: Some(statement.clone()), due: Some(due), ..Correction::default() };
            (LineDecision::Correct(correction), Expected::Corrected { statement })
        }
        _ => (LineDecision::Reject { reason: "never said".to_owned() }, Expected::Rejected),
    }
}

fn addition(account: &AccountSlug) -> Addition {
    Addition {
        kind: FactKind::Commitment,
        section: None,
        category: None,
        statement: format!("What no text says of {account}"),
        polarity: Polarity::Affirmed,
        owner: None,
        due: None,
    }
}

fn check_added(loaded: &Loaded, when: &str) {
    let all = facts(loaded);
    for account in loaded.stores.graph.accounts().unwrap() {
        let statement = addition(&account).statement;
        let is_it = |record: &&FactRecord| record.fact.statement == statement && record.fact.account == account;
        let found = all.values().filter(is_it).map(|record| record.fact.review).collect::<Vec<_>>();
        assert_eq!(found, [ReviewState::Added], "{when}: {account}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn decisions_hold_after_everything(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let mut files = mixed_files();
        random.shuffle(&mut files);
        let mut loaded = Loaded::new();
        write_files(&loaded.path("in"), &files);
        let folder = loaded.path("in");
        loaded.ingest(from_ref(&folder), None);
        let decided = decide(&mut loaded, &mut random);
        assert!(decided.len() > 5, "only {} decisions", decided.len());
        let states = |loaded: &Loaded, when: &str| {
            check(loaded, &decided, when);
            check_added(loaded, when);
        };
        states(&loaded, "at once");
        let before = loaded.graph();
        loaded.ingest(&[folder], None);
        states(&loaded, "read again");
        loaded.rebuild();
        states(&loaded, "rebuilt");
        crate::support::assert_same(&loaded.graph(), &before, "read again and rebuilt");
        loaded.rebuild_with(Arc::new(Other { inner: EngineName::Embedded.engine(None), seed }));
        states(&loaded, "under another engine");
        loaded.rebuild_with(EngineName::Embedded.engine(None));
        states(&loaded, "back under the first");
    }
}
