//! Which lines are the author's own, and which were written before: quotations, their headers, forwarded text.

use super::answers;
use super::attribution;
use super::fields::{self, Field};
use super::fold::has_date;
use super::header::{self, Rule};
use super::lines::{Line, next_filled, previous_filled};
use super::marks::{self, Mark};
use crate::model::ZoneKind;

/// Labels every line of a mail: `Body` is the author's own, the rest `Quoted`, `QuoteHeader` or `Forwarded`.
pub(super) fn label_mail(lines: &[Line<'_>]) -> Vec<ZoneKind> {
    let mut reader = Reader {
        lines,
        labels: vec![ZoneKind::Body; lines.len()],
        state: ZoneKind::Body,
        mark: marks::name_on_lines(lines),
        diff: false,
    };
    let mut at = 0;
    while at < lines.len() {
        at = reader.read(at);
    }
    mend_wrapped_quotations(lines, &mut reader.labels);
    answers::label(lines, &mut reader.labels);
    reader.labels
}

/// Labels every line of a chat: only `>` marks a quotation.
pub(super) fn label_chat(lines: &[Line<'_>]) -> Vec<ZoneKind> {
    lines.iter().map(|line| if line.is_marked() { ZoneKind::Quoted } else { ZoneKind::Body }).collect()
}

struct Reader<'a> {
    lines: &'a [Line<'a>],
    labels: Vec<ZoneKind>,
    /// What an unmarked line is at this point.
    state: ZoneKind,
    /// A mark beside `>` that quotations in this mail carry.
    mark: Option<Mark<'a>>,
    /// Whether a plain diff is being read, whose `>` quotes nothing.
    diff: bool,
}

impl Reader<'_> {
    /// Labels the line at `at`, and what belongs to it; answers the next line to read.
    fn read(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        self.labels[at] = self.state;
        if line.is_blank() {
            self.diff = false;
            return at + 1;
        }
        self.diff |= marks::is_diff_place(line.text);
        if self.is_marked(at) {
            if self.state == ZoneKind::Body {
                self.labels[at] = ZoneKind::Quoted;
            }
            return at + 1;
        }
        if let Some((rule, end)) = header::rule(self.lines, at) {
            return self.after_rule(at, end, rule);
        }
        if let Some(field) = fields::field(line.text)
            && let Some(next) = self.header_block(at, field)
        {
            return next;
        }
        if self.is_lone_sender(at) {
            self.mark_header(at, at + 1);
            return at + 1;
        }
        if let Some(start) = attribution::starts_at(self.lines, at)
            && (start..at).all(|i| self.labels[i] == self.state || self.lines[i].text.starts_with(">>> On "))
        {
            let end = self.attribution_end(at);
            self.mark_header(start, end);
            self.enter(end, ZoneKind::Quoted);
            return end;
        }
        at + 1
    }

    /// Says whether the line is part of a marked quotation.
    fn is_marked(&self, at: usize) -> bool {
        let line = &self.lines[at];
        // Within a quotation "> wrote:" is no end of the author's own attribution.
        let marked = line.is_marked() || line.text == "> wrote:" && at > 0 && self.lines[at - 1].text.starts_with('>');
        let code = marked && self.state == ZoneKind::Body && (self.diff || marks::is_prompt(self.lines, at));
        marked && !code || self.mark.is_some_and(|mark| mark.is_on(line.text))
    }

    /// `From: "Name" <address>` on its own above a marked quotation.
    fn is_lone_sender(&self, at: usize) -> bool {
        let text = self.lines[at].text;
        text.contains('@')
            && fields::field(text) == Some(Field::From)
            && next_filled(self.lines, at + 1).is_some_and(|next| self.lines[next].is_marked())
    }

    /// One past an attribution whose verb stands in its last line but one: "wrote / a message of 24 lines which said:".
    fn attribution_end(&self, at: usize) -> usize {
        let goes_on = self.lines.get(at + 1).is_some_and(|next| next.text.len() < 60 && next.text.ends_with(':'));
        let quoted = self.lines[at].text.ends_with("wrote")
            && goes_on
            && next_filled(self.lines, at + 2).is_some_and(|next| self.lines[next].is_marked());
        at + 1 + usize::from(quoted)
    }

    fn after_rule(&mut self, at: usize, end: usize, rule: Rule) -> usize {
        let mut end = end;
        if let Some(next) = next_filled(self.lines, end)
            && let Some(block) = header::block(self.lines, next)
        {
            end = block.end;
        }
        let kind = match rule {
            Rule::Original if self.has_own_words(at) => ZoneKind::Quoted,
            Rule::Original | Rule::Forwarded => ZoneKind::Forwarded,
        };
        self.mark_header(at, end);
        self.enter(end, kind);
        end
    }

    fn header_block(&mut self, at: usize, field: Field) -> Option<usize> {
        let above = if field == Field::To { header::lotus_start(self.lines, at) } else { None };
        let block = header::block(self.lines, at);
        let start = above.unwrap_or_else(|| self.with_letterhead(at, field));
        let end = match (above, block) {
            (Some(_), None) => header::block(self.lines, start).map_or(at + 1, |block| block.end.max(at + 1)),
            (Some(_) | None, Some(block)) => block.end,
            (None, None) => return None,
        };
        let end = if above.is_some() { end.max(self.lotus_end(at)) } else { end };
        let top = self.is_top(at);
        let raw = top && block.is_some_and(|block| block.memo || at == 0 && block.raw);
        self.mark_header(start, end);
        if !raw {
            let kind = if self.has_own_words(start) { ZoneKind::Quoted } else { ZoneKind::Forwarded };
            self.enter(end, kind);
        }
        Some(end)
    }

    /// The organisation that Lotus Notes writes above a `From:` line with a date.
    fn with_letterhead(&self, at: usize, field: Field) -> usize {
        let Some(above) = previous_filled(self.lines, at).filter(|above| field == Field::From && at - above <= 3)
        else {
            return at;
        };
        let text = self.lines[above].text;
        let organisation = [" Corp.", " Corp", " Inc.", " Ltd.", " L.P.", " LLC", " Company", " Co."];
        let named = text.len() <= 60 && organisation.iter().any(|form| text.ends_with(form));
        if named && has_date(self.lines[at].text) && self.labels[above] == self.state { above } else { at }
    }

    /// Says whether nothing but a title in capitals stands above.
    fn is_top(&self, at: usize) -> bool {
        let Some(above) = previous_filled(self.lines, at) else { return true };
        let title = self.lines[above].text;
        title.len() <= 40
            && !title.contains(char::is_lowercase)
            && title.contains(char::is_alphabetic)
            && previous_filled(self.lines, above).is_none()
    }

    /// One past the last of the `To:`, `cc:` and `Subject:` lines of a Lotus header.
    fn lotus_end(&self, to: usize) -> usize {
        let mut end = to + 1;
        for at in to + 1..self.lines.len().min(to + 60) {
            let text = self.lines[at].text;
            match fields::field(text) {
                Some(Field::Subject) => return at + 1,
                Some(Field::Copy | Field::To) => end = at + 1,
                Some(Field::From | Field::Sent | Field::Raw | Field::Other) => break,
                None if text.is_empty() => {
                    let follows = next_filled(self.lines, at).and_then(|next| fields::field(self.lines[next].text));
                    if !matches!(follows, Some(Field::Copy | Field::Subject)) {
                        break;
                    }
                }
                None => {}
            }
        }
        end
    }

    fn mark_header(&mut self, start: usize, end: usize) {
        self.labels[start..end].fill(ZoneKind::QuoteHeader);
    }

    /// What unmarked lines after a header are: marked quotations leave the reader where it was.
    fn enter(&mut self, at: usize, kind: ZoneKind) {
        let next = next_filled(self.lines, at).map(|next| &self.lines[next]);
        let mark = next.filter(|_| kind == ZoneKind::Quoted).and_then(|next| Mark::of(next.text));
        self.mark = mark.or(self.mark);
        let marked = mark.is_some() || next.is_some_and(Line::is_marked);
        if self.state == ZoneKind::Body && !marked {
            self.state = kind;
        }
    }

    fn has_own_words(&self, before: usize) -> bool {
        let mut at = before;
        while let Some(above) = previous_filled(self.lines, at) {
            if self.labels[above] == ZoneKind::Body {
                return true;
            }
            at = above;
        }
        false
    }
}

/// A quoted line that a mail program wrapped leaves its tail unmarked between two marked lines.
fn mend_wrapped_quotations(lines: &[Line<'_>], labels: &mut [ZoneKind]) {
    for at in 1..lines.len().saturating_sub(1) {
        let text = lines[at].text;
        let between = labels[at] == ZoneKind::Body && lines[at - 1].is_marked() && lines[at + 1].is_marked();
        if !between || text.is_empty() {
            continue;
        }
        let above = lines[at - 1].text;
        let unfinished = above.len() >= 60 && !above.ends_with(['.', '?', '!', ':']);
        let tail = text.len() < 60 && text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '_');
        let link = text.contains("://") && text.ends_with('>')
            || text.starts_with('_')
            || text.ends_with(')') && !text.contains(' ');
        if unfinished && tail || link {
            labels[at] = ZoneKind::Quoted;
        }
    }
}
