//! Writes the year and a half of an account: mail with replies, signatures, quotes and absences, CRM rows and usage
//! figures, with what the plan plants in between.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::bank::Bank;
use super::cast::{ENGINEER, HERALD, LEAD, NEXT_OWNER, OWNER, Person, cast};
use super::figures;
use super::plan::{About, FIRST, Plan, Planted, Shape, WEEKS, YEAR};
use super::random::Random;
use crate::model::{ChangeKind, Interaction, InteractionKind, Participant, ParticipantRole, Side};

/// A mail to come.
#[derive(Clone, Debug, Default)]
pub(super) struct Event {
    pub(super) who: usize,
    pub(super) to: usize,
    pub(super) copy: Option<usize>,
    pub(super) words: String,
    pub(super) thread: Option<String>,
    pub(super) tells: Tells,
}

/// What a mail of the calendar has to do with what is to be told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Tells {
    /// Nothing is to be told of it.
    #[default]
    Nothing,
    /// It holds facts that may be told.
    Facts,
    /// A change is to be told, so many days later.
    Change(ChangeKind, i32),
}

/// An account in the making.
pub(super) struct Writer<'b> {
    pub(super) bank: &'b Bank,
    pub(super) number: usize,
    pub(super) random: Random,
    pub(super) plan: Plan,
    pub(super) people: Vec<Person>,
    pub(super) company: String,
    pub(super) events: BTreeMap<Date, Vec<Event>>,
    pub(super) interactions: Vec<Interaction>,
    pub(super) planted: Vec<Planted>,
    /// The mails of the calendar: what facts they hold are theirs.
    pub(super) telling: BTreeSet<String>,
    /// Mails in bad mood: by our own guide of labels dissatisfaction is a risk, so one told of them is no false alarm.
    pub(super) complaints: BTreeSet<String>,
    /// Last day on which each person wrote.
    last: Vec<Date>,
}

impl<'b> Writer<'b> {
    pub(super) fn new(bank: &'b Bank, number: usize) -> Self {
        let mut random = Random::new(7_919 * (number as u64 + 1) + bank.part.len() as u64);
        let plan = Plan::of(number, &mut random);
        let people = cast(bank, number, &plan, &mut random);
        let last = vec![FIRST; people.len()];
        let company = bank.customers[number % bank.customers.len()].clone();
        let (events, interactions, planted) = (BTreeMap::new(), Vec::new(), Vec::new());
        let (telling, complaints) = (BTreeSet::new(), BTreeSet::new());
        Self { bank, number, random, plan, people, company, events, interactions, planted, telling, complaints, last }
    }

    /// Writes everything.
    pub(super) fn write(&mut self) {
        self.plant();
        self.noise();
        let mut day = FIRST;
        while day < YEAR + WEEKS.weeks() {
            self.records(day);
            if day.weekday().to_monday_zero_offset() < 5 {
                self.mails(day);
            }
            day += 1.day();
        }
        self.usage();
        self.silence();
    }

    fn mails(&mut self, day: Date) {
        for event in self.events.remove(&day).unwrap_or_default() {
            self.happen(day, &event);
        }
        for who in 0..=super::cast::NEWCOMER {
            let quiet =
                self.plan.silence.filter(|(silent, _)| *silent == who).map_or(0.0, |(_, turn)| turn.progress(day));
            let rate = self.people[who].rate * (1.0 - quiet);
            if self.people[who].is_there(day) && self.random.chance(rate) {
                self.exchange(day, who);
            }
        }
    }

    /// A mail of a customer, and perhaps the answers to it.
    fn exchange(&mut self, day: Date, who: usize) {
        let ours = self.ours(day);
        let mood = self.mood(day, who);
        let words = self.moody(mood);
        let subject = self.random.pick(&self.bank.subjects).clone();
        let thread = format!("t{}", self.interactions.len());
        let first = self.mail(day, (who, ours, None), &words, (&subject, &thread, None));
        self.complain(mood, first);
        let quote = self.interactions[first].text.clone();
        if self.random.chance(0.6) {
            let next = working(day + 1.day());
            let words = self.our_words();
            let answer = self.mail(
                next,
                (ours, who, None),
                &words,
                (&format!("Re: {subject}"), &thread, Some((who, day, &quote))),
            );
            self.absence(next, who, ours);
            let quote = self.interactions[answer].text.clone();
            let after = working(next + 1.day());
            let quiet = self.plan.silence.is_some_and(|(silent, turn)| silent == who && turn.progress(after) >= 1.0);
            if self.random.chance(0.3) && self.people[who].is_there(after) && !quiet {
                let mood = self.mood(after, who).clamp(-1, 1);
                let words = self.moody(mood);
                let subject = format!("Re: {subject}");
                let quote = Some((ours, next, quote.as_str()));
                let reply = self.mail(after, (who, ours, None), &words, (&subject, &thread, quote));
                self.complain(mood, reply);
            }
        }
    }

    fn complain(&mut self, mood: i32, mail: usize) {
        if mood < 0 {
            self.complaints.insert(self.interactions[mail].id.clone());
        }
    }

    /// Our mail to somebody on holiday is answered by their mailbox.
    fn absence(&mut self, day: Date, who: usize, ours: usize) {
        let Some((_, until)) = self.people[who].holiday(day) else { return };
        let words = self.random.pick(&self.bank.passages.away_replies).replace("{date}", &spelled(until));
        self.automatic(day, who, ours, &words);
    }

    pub(super) fn automatic(&mut self, day: Date, who: usize, to: usize, words: &str) -> usize {
        let text = self.filled(words, who);
        let subject = format!("Automatic reply: {}", self.random.pick(&self.bank.subjects));
        self.push(
            day,
            InteractionKind::Email,
            (Some(&subject), text),
            &[(ParticipantRole::From, who), (ParticipantRole::To, to)],
        )
    }

    fn happen(&mut self, day: Date, event: &Event) {
        let subject = self.random.pick(&self.bank.subjects).clone();
        let thread = event.thread.clone().unwrap_or_else(|| format!("t{}", self.interactions.len()));
        let mut words = event.words.clone();
        if self.random.chance(0.5) {
            let more = if self.people[event.who].side == Side::Vendor { self.our_words() } else { self.moody(0) };
            let _ = write!(words, " {more}");
        }
        let mail = self.mail(day, (event.who, event.to, event.copy), &words, (&subject, &thread, None));
        let id = self.interactions[mail].id.clone();
        match event.tells {
            Tells::Nothing => return,
            Tells::Facts => {}
            Tells::Change(kind, later) => {
                let (at, about) = (day + later.days(), About::Message(id.clone()));
                self.planted.push(Planted { kind, shape: Shape::Sharp, at, within: 10, about });
            }
        }
        self.telling.insert(id);
    }

    fn mail(
        &mut self,
        day: Date,
        (who, to, copy): (usize, usize, Option<usize>),
        words: &str,
        (subject, thread, quoted): (&str, &str, Option<(usize, Date, &str)>),
    ) -> usize {
        self.last[who] = self.last[who].max(day);
        let opening = self.random.pick(&self.bank.passages.openings).replace("{first}", &self.people[to].first);
        let closing = self.random.pick(&self.bank.passages.closings).clone();
        let mut text = format!("{opening}\n\n{words}\n\n{closing}\n{}", self.signature(day, who));
        if let Some((author, then, quote)) = quoted {
            let author = &self.people[author];
            let _ = write!(text, "\n\nOn {}, {} <{}> wrote:", spelled(then), author.full, author.address);
            for line in quote.lines() {
                let _ = write!(text, "\n> {line}");
            }
        }
        let mut parts = vec![(ParticipantRole::From, who), (ParticipantRole::To, to)];
        parts.extend(copy.map(|copy| (ParticipantRole::Cc, copy)));
        let at = self.push(day, InteractionKind::Email, (Some(subject), text), &parts);
        self.interactions[at].thread = Some(format!("{}:{thread}", self.number));
        at
    }

    /// Full name, title and company; now and then only the first name, as from a telephone.
    fn signature(&mut self, day: Date, who: usize) -> String {
        if self.random.chance(0.3) {
            return self.people[who].first.clone();
        }
        let is_next = self.plan.title.is_some_and(|(of, from, _)| of == who && day >= from);
        let title = if is_next {
            self.people[who].next_title.clone()
        } else {
            self.random.pick(&self.people[who].titles).clone()
        };
        let company = if self.people[who].side == Side::Vendor { &self.bank.vendor } else { &self.company };
        format!("{}\n{title}\n{company}", self.people[who].full)
    }

    pub(super) fn push(
        &mut self,
        day: Date,
        kind: InteractionKind,
        (subject, text): (Option<&str>, String),
        parts: &[(ParticipantRole, usize)],
    ) -> usize {
        let at = self.interactions.len();
        // Of the mails of one day the later come later.
        let minute = (at % 540) as i64;
        let participant = |&(role, who): &(ParticipantRole, usize)| {
            let person = &self.people[who];
            let (name, address) = (Some(person.full.clone()), Some(person.address.clone()));
            Participant { role, name, address, side: None, id: None }
        };
        let interaction = Interaction {
            id: format!("{}:{at}", self.number),
            kind,
            sent_at: Some(instant(day) + (8 * 60 + minute).minutes()),
            subject: subject.map(str::to_owned),
            text,
            participants: parts.iter().map(participant).collect(),
            ..Interaction::default()
        };
        self.interactions.push(interaction);
        at
    }

    /// CRM rows: the company once a month, its people once.
    fn records(&mut self, day: Date) {
        let is_handover = self.plan.owner == Some(day);
        if day == FIRST || day.day() == 1 || is_handover {
            let owner = if self.plan.owner.is_some_and(|from| day >= from) { NEXT_OWNER } else { OWNER };
            let owner = self.people[owner].clone();
            let company = self.company.clone();
            let fields =
                [("name", company.as_str()), ("owner", owner.full.as_str()), ("owner_email", owner.address.as_str())];
            let row = self.record(day, "company", &fields);
            if is_handover {
                let about = About::Message(self.interactions[row].id.clone());
                self.planted.push(Planted {
                    kind: ChangeKind::OwnerChanged,
                    shape: Shape::Sharp,
                    at: day,
                    within: 10,
                    about,
                });
            }
        }
        if day == FIRST {
            for who in 0..=HERALD {
                self.contact(day, who);
            }
        }
    }

    pub(super) fn contact(&mut self, day: Date, who: usize) -> usize {
        let person = self.people[who].clone();
        let is_next = self.plan.title.is_some_and(|(of, from, _)| of == who && day >= from);
        let title = if is_next { &person.next_title } else { &person.titles[0] };
        self.record(day, "contact", &[("name", &person.full), ("email", &person.address), ("title", title)])
    }

    fn record(&mut self, day: Date, object: &str, fields: &[(&str, &str)]) -> usize {
        let lines: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let text = lines.join("\n");
        let at = self.push(day, InteractionKind::Crm, (None, text), &[]);
        let attributes = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.interactions[at].attributes = attributes.collect();
        self.interactions[at].attributes.insert("crm.object".to_owned(), object.to_owned());
        at
    }

    fn usage(&mut self) {
        let rows = figures::rows(&mut self.random, self.plan.usage.as_ref().map(|(of, turn)| (*of, *turn)).as_ref());
        for (day, figures) in rows {
            let at = self.push(day, InteractionKind::Usage, (None, String::new()), &[]);
            self.interactions[at].attributes =
                figures.iter().map(|(metric, value)| (format!("usage.{metric}"), value.to_string())).collect();
        }
        if let Some((of, turn)) = self.plan.usage {
            // A monthly figure tells at the end of the month.
            let patience = [35, 35, 100][of] + turn.days;
            let about = About::Metric(figures::METRICS[of].to_owned());
            let (at, shape) = (turn.from, turn.shape());
            self.planted.push(Planted { kind: ChangeKind::UsageChanged, shape, at, within: patience, about });
        }
    }

    /// A silence begins with the last word.
    fn silence(&mut self) {
        if let Some((who, turn)) = self.plan.silence {
            let about = About::Person(self.people[who].address.clone());
            // A gradual one may be told while it comes.
            let (last, shape) = (self.last[who], turn.shape());
            let at = if shape == Shape::Gradual { turn.from } else { last };
            let within = (last - at).get_days() + 60;
            self.planted.push(Planted { kind: ChangeKind::StakeholderSilent, shape, at, within, about });
        }
    }

    /// Whom of us a customer writes to.
    fn ours(&mut self, day: Date) -> usize {
        let owner = if self.plan.owner.is_some_and(|from| day > from) { NEXT_OWNER } else { OWNER };
        if self.random.chance(0.7) { owner } else { ENGINEER }
    }

    fn mood(&mut self, day: Date, who: usize) -> i32 {
        let turn = self.plan.mood.filter(|(of, _)| *of == who).map_or(0.0, |(_, turn)| turn.to * turn.progress(day));
        (self.people[who].mood + turn + 0.5 * self.random.normal()).round().clamp(-2.0, 2.0) as i32
    }

    /// One to three sentences of a mood.
    pub(super) fn moody(&mut self, mood: i32) -> String {
        let mut words = Vec::new();
        if mood != 0 {
            words.push(self.random.pick(self.bank.moods.of(mood)).clone());
            if self.random.chance(0.35) {
                words.push(self.random.pick(self.bank.moods.of(mood.signum())).clone());
            }
        }
        for _ in 0..=usize::from(self.random.chance(0.4)) {
            words.push(self.random.pick(self.bank.moods.of(0)).clone());
        }
        words.dedup();
        self.filled(&words.join(" "), LEAD)
    }

    pub(super) fn our_words(&mut self) -> String {
        let words = self.random.pick(&self.bank.passages.ours).clone();
        self.filled(&words, ENGINEER)
    }

    /// Fills the blanks of a passage; `who` is the one it tells of.
    pub(super) fn filled(&mut self, words: &str, who: usize) -> String {
        let person = &self.people[who];
        let words = words.replace("{full}", &person.full).replace("{first}", &person.first);
        let words = words.replace("{title}", &person.next_title).replace("{company}", &self.company);
        let words = words.replace("{product}", self.random.pick(&self.bank.products).as_str());
        let words = words.replace("{project}", self.random.pick(&self.bank.projects).as_str());
        let number = (3 + self.random.below(90)).to_string();
        words.replace("{site}", self.random.pick(&self.bank.sites).as_str()).replace("{n}", &number)
    }
}

/// The first working day from `day` on.
pub(super) fn working(mut day: Date) -> Date {
    while day.weekday().to_monday_zero_offset() >= 5 || matches!((day.month(), day.day()), (12, 22..) | (1, ..=5)) {
        day += 1.day();
    }
    day
}

/// The beginning of a day.
pub(super) fn instant(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// A day as people write it.
pub(super) fn spelled(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
