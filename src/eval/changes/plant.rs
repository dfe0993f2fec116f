//! Puts the planned changes and the noise of every account into its calendar.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::cast::{ENGINEER, HERALD, LEAD, NEWCOMER, NEXT_OWNER, OWNER};
use super::plan::{About, Planted, Shape, YEAR};
use super::writer::{Event, Tells, Writer, spelled, working};
use crate::model::ChangeKind;

impl Writer<'_> {
    /// What has to be told.
    pub(super) fn plant(&mut self) {
        self.plant_mood();
        self.plant_people();
        self.plant_roles();
        self.plant_promises();
        self.plant_facts();
    }

    fn at(&mut self, day: Date, event: Event) -> Date {
        let day = working(day);
        self.events.entry(day).or_default().push(event);
        day
    }

    fn planted(&mut self, kind: ChangeKind, day: Date, who: usize) {
        let about = About::Person(self.people[who].address.clone());
        self.planted.push(Planted { kind, shape: Shape::Sharp, at: day, within: 14, about });
    }

    fn plant_mood(&mut self) {
        if let Some((who, turn)) = self.plan.mood {
            let about = About::Person(self.people[who].address.clone());
            let (at, shape, within) = (turn.from, turn.shape(), 45 + turn.days);
            self.planted.push(Planted { kind: ChangeKind::SentimentShifted, shape, at, within, about });
        }
    }

    fn plant_people(&mut self) {
        if let Some((who, day, how)) = self.plan.departure {
            let passages = &self.bank.passages;
            let list = [&passages.goodbyes, &passages.left, &passages.gone_replies][how];
            let words = self.random.pick(list).clone();
            let words = self.filled(&words, who);
            let day = working(day);
            match how {
                0 => drop(self.at(day, Event { who, to: OWNER, words, ..Event::default() })),
                1 => drop(self.at(day, Event { who: HERALD, to: OWNER, words, ..Event::default() })),
                _ => drop(self.automatic(day, who, OWNER, &words)),
            }
            self.people[who].until = day + 1.day();
            self.planted(ChangeKind::StakeholderDeparted, day, who);
        }
        if let Some(day) = self.plan.newcomer {
            let title = self.people[NEWCOMER].titles[0].clone();
            let words = self.random.pick(&self.bank.passages.introductions).replace("{title}", &title);
            let words = self.filled(&words, NEWCOMER);
            let event = Event { who: HERALD, to: OWNER, copy: Some(NEWCOMER), words, ..Event::default() };
            let day = self.at(day, event);
            self.planted(ChangeKind::StakeholderNew, day, NEWCOMER);
        }
    }

    fn plant_roles(&mut self) {
        if let Some((who, day, how)) = self.plan.title {
            let day = working(day);
            match how {
                0 => {}
                1 => {
                    let words = self.random.pick(&self.bank.passages.promotions).clone();
                    let words = self.filled(&words, who);
                    self.at(day, Event { who, to: OWNER, words, ..Event::default() });
                }
                _ => drop(self.contact(day, who)),
            }
            // What a directory says counts once the next signatures say it too.
            let within = 35;
            let about = About::Person(self.people[who].address.clone());
            let kind = ChangeKind::StakeholderRoleChanged;
            self.planted.push(Planted { kind, shape: Shape::Sharp, at: day, within, about });
        }
        if let Some((who, day)) = self.plan.part {
            let words = self.bank.passages.parts[self.number / 4 % self.bank.passages.parts.len()].clone();
            let words = self.filled(&words, who);
            let day = self.at(day, Event { who: HERALD, to: OWNER, words, ..Event::default() });
            self.planted(ChangeKind::StakeholderRoleChanged, day, who);
        }
        if let Some(day) = self.plan.owner {
            let name = self.people[NEXT_OWNER].full.clone();
            let words = format!("From tomorrow on {name} is your contact here.");
            self.at(day, Event { who: OWNER, to: LEAD, copy: Some(NEXT_OWNER), words, ..Event::default() });
        }
    }

    fn plant_promises(&mut self) {
        let all = self.bank.promises.len();
        if let Some([said, due, kept]) = self.plan.kept {
            let promise = &self.bank.promises[self.number % all];
            let (words, done) = (promise.said.replace("{date}", &spelled(due)), promise.kept.clone());
            let thread = Some(format!("kept{}", self.number));
            let who = if self.plan.owner.is_some() { ENGINEER } else { OWNER };
            let event = |words, kind| Event {
                who,
                to: LEAD,
                words,
                thread: thread.clone(),
                tells: Tells::Change(kind, 0),
                ..Event::default()
            };
            let (first, last) = (event(words, ChangeKind::CommitmentNew), event(done, ChangeKind::CommitmentFulfilled));
            self.at(said, first);
            self.at(kept, last);
        }
        if let Some([said, due]) = self.plan.late {
            let words = self.bank.promises[(self.number + 1) % all].said.replace("{date}", &spelled(due));
            // It is late when its day is over.
            let tells = Tells::Change(ChangeKind::CommitmentOverdue, (due - working(said)).get_days() + 1);
            self.at(said, Event { who: ENGINEER, to: LEAD, words, tells, ..Event::default() });
        }
    }

    fn plant_facts(&mut self) {
        let customer = |who: usize, words: &str, tells| Event {
            who,
            to: OWNER,
            words: words.to_owned(),
            tells,
            ..Event::default()
        };
        let change = |kind| Tells::Change(kind, 0);
        if let Some([raised, over]) = self.plan.risk {
            let risk = &self.bank.risks[self.number % self.bank.risks.len()];
            let words = self.filled(&risk.said, LEAD);
            let done = self.filled(&risk.over, LEAD);
            let thread = Some(format!("risk{}", self.number));
            self.at(raised, Event { thread: thread.clone(), ..customer(LEAD, &words, change(ChangeKind::RiskNew)) });
            self.at(over, Event { thread, ..customer(LEAD, &done, change(ChangeKind::RiskResolved)) });
        }
        let goal = &self.bank.objectives[self.number % self.bank.objectives.len()];
        self.at(YEAR - 80.days(), customer(LEAD, &goal.said, Tells::Facts));
        if let Some(day) = self.plan.objective {
            self.at(day, customer(LEAD, &goal.next, change(ChangeKind::ObjectiveChanged)));
        }
        if let Some([one, other]) = self.plan.conflict {
            let pair = &self.bank.conflicts[self.number % self.bank.conflicts.len()];
            self.at(one, customer(LEAD, &pair.one, Tells::Facts));
            self.at(other, customer(HERALD, &pair.other, change(ChangeKind::FactConflict)));
        }
    }

    /// What every account has, and nobody should be told of: an angry mail, and one that passes on what others wrote.
    pub(super) fn noise(&mut self) {
        for _ in 0..2 {
            let day = YEAR + (self.random.below(350) as i64).days();
            let who = [LEAD, HERALD][self.random.below(2)];
            let (words, tells) = (self.moody(-2), Tells::Facts);
            self.at(day, Event { who, to: OWNER, words, tells, ..Event::default() });
            let day = YEAR + (self.random.below(350) as i64).days();
            let words = self.random.pick(&self.bank.passages.forwarded).clone();
            let stranger =
                "---------- Forwarded message ---------\nFrom: Rota Desk <desk@elsewhere.example>\nSubject: note";
            let words = format!("FYI.\n\n{stranger}\n\n{words}");
            self.at(day, Event { who: HERALD, to: OWNER, words, ..Event::default() });
        }
    }
}
