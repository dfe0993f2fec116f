//! Reads an interaction's text: zones, sentences with their speakers, times, then everything found in them.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{facts, language, people, speakers};
use crate::extract::{
    ByteZone, SentenceContext, acts, automatic,
    insight::Insights,
    linear::{BITS, Features},
    mentions, persons, sentences,
    sentiment::{self, ReadBy},
    structured,
    suggest::{self, Evidence, Scores},
    times, topics, zones,
};
use crate::model::{Analysis, Interaction, Mention, Sentence, TextIndex, TimeExpression, Zone, ZoneKind};

/// Longer sentences are lists or logs; the models read only their beginning.
const LONGEST_BYTES: usize = 1000;

/// Reads the text of an interaction. `insights` are what a larger model tells of its sentences.
pub(super) fn read(interaction: &Interaction, insights: Option<&Insights>) -> Analysis {
    let index = TextIndex::new(&interaction.text);
    let mut analysis = Analysis { findings: structured::also(interaction), ..Analysis::default() };
    analysis.findings.automatic = automatic::recognise(interaction);
    let zones = zones_of(interaction);
    analysis.zones = zones.iter().map(|zone| Zone { kind: zone.kind, span: index.span(zone.range.clone()) }).collect();
    let author = speakers::author(interaction);
    if analysis.findings.automatic.is_some() {
        analysis.findings.people.extend(people::absent(interaction, &index, author.as_ref()));
        return analysis;
    }
    analysis.findings.language = language::of(interaction, &zones);
    analysis.findings.people.extend(people::signed(interaction, &index, &zones, author.as_ref()));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut reader = Reader {
        index: &index,
        analysis,
        insights,
        moods: Vec::new(),
        persons: persons::Notes::default(),
        before: None,
    };
    each_sentence_in(interaction, &index, &zones, |context, reference| {
        ranges.push(context.range.clone());
        reader.read(context, reference);
    });
    let Reader { mut analysis, moods, persons, .. } = reader;
    let known = speakers::everybody(interaction);
    let told = insights.into_iter().flatten().flat_map(|(_, insight)| insight.mentions.iter().cloned());
    let found = mentions::with_told(&interaction.text, mentions::find(&interaction.text, &ranges, &known), told);
    analysis.findings.people.extend(people::mentioned(&interaction.text, &index, &found, &known));
    analysis.findings.people.extend(people::told(
        &interaction.text,
        &index,
        persons.findings(&interaction.text, &found),
    ));
    analysis.mentions = found.into_iter().filter_map(|mention| wire(&interaction.text, &index, mention)).collect();
    let read_by = insights.map_or(ReadBy::Linear, |_| ReadBy::Encoder);
    analysis.findings.sentiment = sentiment::message(&moods, read_by).or(analysis.findings.sentiment);
    analysis
}

/// Calls `visit` with every sentence of the new part.
pub(super) fn each_sentence(
    interaction: &Interaction,
    index: &TextIndex<'_>,
    visit: impl FnMut(&SentenceContext<'_>, times::Reference),
) {
    if automatic::recognise(interaction).is_none() {
        each_sentence_in(interaction, index, &zones_of(interaction), visit);
    }
}

fn zones_of(interaction: &Interaction) -> Vec<ByteZone> {
    zones::split(&interaction.text, interaction.kind)
}

fn each_sentence_in(
    interaction: &Interaction,
    index: &TextIndex<'_>,
    zones: &[ByteZone],
    mut visit: impl FnMut(&SentenceContext<'_>, times::Reference),
) {
    let text = interaction.text.as_str();
    let reference = reference(interaction);
    let stretches = speakers::stretches(interaction, index);
    for zone in zones.iter().filter(|zone| zone.kind == ZoneKind::Body) {
        for stretch in stretches
            .iter()
            .filter(|stretch| stretch.range.start < zone.range.end && zone.range.start < stretch.range.end)
        {
            let range = zone.range.start.max(stretch.range.start)..zone.range.end.min(stretch.range.end);
            let times = times::find(text, range.clone(), reference);
            let mut previous: Option<Range<usize>> = None;
            for sentence in sentences::split(text, range) {
                let first = times.partition_point(|time| time.range.start < sentence.start);
                let last = times.partition_point(|time| time.range.start < sentence.end);
                let context = SentenceContext {
                    text,
                    range: sentence.clone(),
                    kind: interaction.kind,
                    speaker: stretch.speaker.as_ref(),
                    addressee: stretch.addressee.as_ref(),
                    others: &stretch.others,
                    previous: previous.clone().and_then(|range| text.get(range)),
                    subject: interaction.subject.as_deref(),
                    times: times.get(first..last.max(first)).unwrap_or_default(),
                };
                visit(&context, reference);
                previous = Some(sentence);
            }
        }
    }
}

/// What relative dates are resolved against: the message's own time in its author's zone.
fn reference(interaction: &Interaction) -> times::Reference {
    let minutes = interaction.utc_offset_minutes.unwrap_or(0);
    let offset = Offset::from_seconds(i32::from(minutes) * 60).unwrap_or(Offset::UTC);
    let local = interaction.sent_at.map_or_else(
        || DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
        |at| at.to_zoned(TimeZone::fixed(offset)).datetime(),
    );
    let language = interaction.language.as_deref().unwrap_or_default();
    let day_first =
        !language.is_empty() && !language.eq_ignore_ascii_case("en") && !language.eq_ignore_ascii_case("en-us");
    times::Reference { local, day_first }
}

/// What was read so far.
struct Reader<'i, 't> {
    index: &'i TextIndex<'t>,
    analysis: Analysis,
    insights: Option<&'i Insights>,
    moods: Vec<sentiment::Scored>,
    persons: persons::Notes,
    /// Scores of the sentence before.
    before: Option<Scores>,
}

impl Reader<'_, '_> {
    /// Reads a sentence.
    fn read(&mut self, context: &SentenceContext<'_>, reference: times::Reference) {
        let features = features(context);
        let insight = self.insights.and_then(|insights| insights.get(&context.range.start));
        let mood = sentiment::sentence(context, &features);
        let mood = mood.map(|mood| insight.map_or(mood, |insight| sentiment::told(context, insight.mood)));
        self.moods.extend(mood);
        let mut sentence = Sentence {
            span: self.index.span(context.range.clone()),
            speaker: context.speaker.and_then(|speaker| speaker.name.clone().or_else(|| speaker.address.clone())),
            acts: BTreeMap::new(),
            topics: BTreeMap::new(),
            sentiment: mood.map(sentiment::Scored::mood),
        };
        let (proposed, found) = (acts::propose(context), topics::find(context));
        let before = self.before.take().filter(|_| context.previous.is_some());
        let evidence = Evidence {
            scores: Scores::of(&features).with(insight),
            before: before.as_ref(),
            signs: suggest::signs(context),
            rules: rules(&proposed, &found),
        };
        let weighed = topics::weigh(context, &found, &evidence);
        let reading = acts::read(context, proposed, reference, Some(&evidence), insight);
        self.before = Some(evidence.scores);
        self.take_acts(context, reading, &weighed, &mut sentence);
        self.take_topics(context, weighed, &mut sentence);
        self.take_times(context);
        self.persons.read(context);
        self.analysis.findings.people.extend(people::leaving(context, self.index));
        self.analysis.sentences.push(sentence);
    }

    fn take_acts(
        &mut self,
        context: &SentenceContext<'_>,
        reading: acts::Reading,
        weighed: &topics::Weighed,
        sentence: &mut Sentence,
    ) {
        let told_for_good = weighed.findings.iter().any(|topic| topic.kind == crate::model::FactKind::Preference);
        sentence.acts = reading.probabilities;
        sentence.acts.retain(|_, likely| *likely >= topics::NAMED);
        let findings = &mut self.analysis.findings;
        for act in reading.findings {
            match act.response() {
                Some(answers) => findings.responses.extend(facts::response(context, self.index, &act, answers)),
                // "Please answer in bullets" is how they want it always, not a thing to do.
                None if told_for_good && act.deed == acts::Deed::Request => {}
                None => findings.facts.extend(facts::of_act(context, self.index, &act)),
            }
        }
    }

    fn take_topics(&mut self, context: &SentenceContext<'_>, weighed: topics::Weighed, sentence: &mut Sentence) {
        sentence.topics.extend(weighed.others);
        for topic in weighed.findings {
            let best = sentence.topics.entry(topic.topic()).or_insert(0.0);
            *best = best.max(topic.confidence);
            self.analysis.findings.facts.extend(facts::of_topic(context, self.index, &topic));
        }
    }

    fn take_times(&mut self, context: &SentenceContext<'_>) {
        for time in context.times {
            let text = context.text.get(time.shown.clone()).unwrap_or_default().to_owned();
            self.analysis.times.push(TimeExpression {
                span: self.index.span(time.shown.clone()),
                text,
                value: time.value.clone(),
                grain: time.grain,
            });
        }
    }
}

/// Names of all rules that fired on a sentence.
pub(super) fn rules(proposed: &acts::candidates::Sentence<'_>, found: &[topics::TopicFinding]) -> Vec<&'static str> {
    let acts = proposed.candidates.iter().map(|candidate| candidate.rule.name());
    acts.chain(found.iter().map(|topic| topic.rule)).collect()
}

/// The features of a sentence, computed once for all models.
pub(super) fn features(context: &SentenceContext<'_>) -> Features {
    let words = context.words();
    Features::of(words.get(..words.floor_char_boundary(LONGEST_BYTES)).unwrap_or(words), BITS)
}

fn wire(text: &str, index: &TextIndex<'_>, mention: mentions::ByteMention) -> Option<Mention> {
    let words = text.get(mention.range.clone())?.to_owned();
    Some(Mention { kind: mention.kind, span: index.span(mention.range), text: words })
}
