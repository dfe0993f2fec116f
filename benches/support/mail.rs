//! An mbox of invented mail between a customer and us: threads with quoted replies, signatures, HTML and encoded parts,
//! absences, attachments. The same seed gives the same bytes.

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{grammar, random::Random, words};

/// Mail domain of our own side.
pub(crate) const VENDOR_DOMAIN: &str = "loopwise.example";
/// Share of mails that state a promise, request, risk or the like, in percent.
const FACT_SHARE: usize = 34;
/// Threads that run at a time.
const OPEN_THREADS: usize = 12;

/// What to generate.
#[derive(Clone, Debug)]
pub(crate) struct Mailbox {
    /// The customer, which is also its mail domain.
    pub account: String,
    /// Number of mails.
    pub mails: usize,
    /// Same seed, same mail.
    pub seed: u64,
    /// Bytes of attachments, on average over all mails.
    pub attached: usize,
}

struct Person {
    name: String,
    address: String,
    title: &'static str,
}

struct Thread {
    subject: String,
    ids: Vec<String>,
    last: Option<(usize, Timestamp, String)>,
    left: usize,
}

impl Mailbox {
    /// Plain mail without attachments.
    pub(crate) fn new(account: &str, mails: usize, seed: u64) -> Self {
        Self { account: account.to_owned(), mails, seed, attached: 0 }
    }

    /// Writes the mbox.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut random = Random::new(self.seed);
        let people = self.people(&mut random);
        let mut threads: Vec<Thread> = Vec::new();
        let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 20_000);
        let step = SignedDuration::from_secs((360 * 86_400 / self.mails.max(1)) as i64);
        for number in 0..self.mails {
            let at = start + step * i32::try_from(number).unwrap_or(i32::MAX);
            threads.retain(|thread| thread.left > 0);
            while threads.len() < OPEN_THREADS {
                let subject = grammar::topic(&mut random);
                threads.push(Thread { subject, ids: Vec::new(), last: None, left: 1 + random.below(9) });
            }
            let place = random.below(threads.len());
            let mail = self.mail(&mut random, &people, &mut threads[place], (number, at));
            out.write_all(mail.as_bytes())?;
        }
        out.flush()
    }

    /// Twelve people of the customer and six of ours; the customer's come first.
    fn people(&self, random: &mut Random) -> Vec<Person> {
        let (firsts, lasts) = (words::FIRST_NAMES.split_whitespace(), words::LAST_NAMES.split_whitespace());
        let lasts: Vec<&str> = lasts.collect();
        let shift = random.below(lasts.len());
        let person = |(place, first): (usize, &str)| {
            let last = lasts[(place + shift) % lasts.len()];
            let domain = if place < 12 { format!("{}.example", self.account) } else { VENDOR_DOMAIN.to_owned() };
            let address = format!("{}.{}@{domain}", first.to_lowercase(), last.to_lowercase());
            Person { name: format!("{first} {last}"), address, title: words::TITLES[place % words::TITLES.len()] }
        };
        firsts.take(18).enumerate().map(person).collect()
    }

    fn mail(
        &self,
        random: &mut Random,
        people: &[Person],
        thread: &mut Thread,
        (number, at): (usize, Timestamp),
    ) -> String {
        let (customer, ours) = (random.below(12), 12 + random.below(6));
        let (from, to) = if random.percent(55) { (customer, ours) } else { (ours, customer) };
        let own = body(random, &people[to], &people[from]);
        let mut text = own.clone();
        if let Some((author, then, quoted)) = &thread.last
            && random.percent(70)
        {
            let then = then.to_zoned(TimeZone::UTC).strftime("%a, %b %-d, %Y at %-I:%M %p");
            let _ = write!(text, "\nOn {then} {} <{}> wrote:\n", people[*author].name, people[*author].address);
            for line in quoted.lines() {
                let _ = writeln!(text, "> {line}");
            }
        }
        let id = format!("{number}.{:x}@{}.example", random.next() & 0xFFFF_FFFF, self.account);
        let mail = self.whole(random, (&people[from], &people[to]), thread, (&id, at, &text));
        thread.ids.push(id);
        thread.last = Some((from, at, own));
        thread.left -= 1;
        mail
    }

    fn whole(
        &self,
        random: &mut Random,
        (from, to): (&Person, &Person),
        thread: &Thread,
        (id, at, text): (&str, Timestamp, &str),
    ) -> String {
        let day = at.to_zoned(TimeZone::UTC);
        let mut mail = format!("From {} {}\n", from.address, day.strftime("%a %b %e %H:%M:%S %Y"));
        let re = if thread.ids.is_empty() { "" } else { "Re: " };
        let _ = write!(
            mail,
            "From: {} <{}>\nTo: {} <{}>\nDate: {}\nSubject: {re}{}\nMessage-ID: <{id}>\nMIME-Version: 1.0\n",
            from.name,
            from.address,
            to.name,
            to.address,
            day.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            thread.subject,
        );
        if let Some(parent) = thread.ids.last() {
            let all: Vec<String> = thread.ids.iter().map(|id| format!("<{id}>")).collect();
            let _ = write!(mail, "In-Reply-To: <{parent}>\nReferences: {}\n", all.join("\n "));
        }
        // One mail in eight carries all attachments.
        if self.attached > 0 && random.percent(12) {
            let size = self.attached * 100 / 12;
            let size = size / 2 + random.below(size);
            let _ = write!(
                mail,
                "Content-Type: multipart/mixed; boundary=\"b{number}\"\n\n--b{number}\n",
                number = id.len()
            );
            content(random, &mut mail, text);
            attachment(random, &mut mail, (id.len(), size));
        } else {
            content(random, &mut mail, text);
        }
        mail.push('\n');
        mail
    }
}

/// The new part of a mail: greeting, paragraphs, signature.
fn body(random: &mut Random, to: &Person, from: &Person) -> String {
    let first = |person: &Person| person.name.split(' ').next().unwrap_or_default().to_owned();
    let mut text = format!("{} {},\n\n", random.pick(&["Hi", "Hello", "Dear"]), first(to));
    let sentences = 3 + random.below(7);
    let fact_at = random.percent(FACT_SHARE).then(|| random.below(sentences));
    for place in 0..sentences {
        text.push_str(&grammar::sentence(random, fact_at == Some(place)));
        text.push_str(if random.percent(30) { "\n\n" } else { "\n" });
    }
    let close = random.pick(&["Best regards", "Thanks", "Kind regards", "Cheers"]);
    let _ = write!(text, "\n{close},\n{}\n", first(from));
    if random.percent(60) {
        let phone = 1_000 + random.below(9_000);
        let _ = write!(text, "--\n{}\n{}\n+1 555 01{phone}\n", from.name, from.title);
    }
    text
}

/// The text as one of the forms in which mail programs write it.
fn content(random: &mut Random, mail: &mut String, text: &str) {
    match random.below(100) {
        0..80 => {
            let _ = write!(mail, "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}");
        }
        80..90 => {
            let _ = write!(
                mail,
                "Content-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\nContent-Type: text/plain; charset=utf-8\n\n\
                 {text}\n--alt\nContent-Type: text/html; charset=utf-8\n\n{}\n--alt--\n",
                html(text)
            );
        }
        90..95 => {
            let _ = write!(mail, "Content-Type: text/html; charset=utf-8\n\n{}", html(text));
        }
        _ => {
            let _ = write!(mail, "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n");
            base64(mail, text.as_bytes());
        }
    }
}

fn html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs: Vec<String> =
        text.split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br>\n"))).collect();
    format!("<html><body>\n{}\n</body></html>\n", paragraphs.join("\n"))
}

fn attachment(random: &mut Random, mail: &mut String, (boundary, size): (usize, usize)) {
    let bytes: Vec<u8> = (0..size * 3 / 4 / 8).flat_map(|_| random.next().to_le_bytes()).collect();
    let _ = write!(
        mail,
        "\n--b{boundary}\nContent-Type: application/pdf; name=\"figures.pdf\"\nContent-Disposition: attachment; \
         filename=\"figures.pdf\"\nContent-Transfer-Encoding: base64\n\n"
    );
    base64(mail, &bytes);
    let _ = writeln!(mail, "--b{boundary}--");
}

fn base64(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for line in bytes.chunks(57) {
        for group in line.chunks(3) {
            let bits = group.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
            for place in 0..4 {
                let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
                out.push(if place <= group.len() { char::from(digit) } else { '=' });
            }
        }
        out.push('\n');
    }
}
