//! HTML to text with the structure that readers of mail rely on: one line where the reader saw one line, quotations as
//! `> ` lines, nothing that the reader did not see. Entry point: [`to_text`].

mod layout;
mod tokens;
mod writer;

use layout::{Kind, Style};
use tokens::{Tag, Token, Tokens};
use writer::Writer;

/// Deepest nesting that is tracked; tags below it are read as if they were not there.
const MAX_DEPTH: usize = 512;
/// How far up an end tag looks for its start tag.
const MATCH_DEPTH: usize = 64;

/// Converts an HTML document or fragment to text in its stored form. Never fails; linear in the input.
pub fn to_text(html: &str) -> String {
    let mut converter = Converter { writer: Writer::new(html.len() / 3), open: Vec::new(), hidden: 0, preformatted: 0 };
    for token in Tokens::new(html) {
        converter.token(token);
    }
    converter.writer.finish()
}

/// An element that has not been closed.
struct Open<'a> {
    name: &'a str,
    kind: Kind,
    hidden: bool,
    /// Items so far of an ordered list, `None` for everything else.
    items: Option<u32>,
}

struct Converter<'a> {
    writer: Writer,
    open: Vec<Open<'a>>,
    hidden: usize,
    preformatted: usize,
}

impl<'a> Converter<'a> {
    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Text(text) if self.hidden == 0 && self.preformatted > 0 => self.writer.preformatted(text),
            Token::Text(text) if self.hidden == 0 => self.writer.text(text),
            Token::Text(_) => {}
            Token::Start(tag) => self.start(&tag),
            Token::End(name) => self.end(name),
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let Style { hidden, kind } = Style::of(tag);
        if kind == Kind::Void {
            if self.hidden == 0 && !hidden {
                self.void(tag);
            }
            return;
        }
        let is_ordered = tag.name.eq_ignore_ascii_case("ol");
        if self.hidden == 0 && !hidden {
            self.enter(kind);
        }
        if tag.self_closing || self.open.len() >= MAX_DEPTH {
            return;
        }
        self.hidden += usize::from(hidden);
        self.preformatted += usize::from(kind == Kind::Preformatted);
        self.open.push(Open { name: tag.name, kind, hidden, items: is_ordered.then_some(0) });
        if kind == Kind::Quote && self.hidden == 0 {
            self.writer.deepen();
        }
    }

    fn void(&mut self, tag: &Tag<'_>) {
        let name = tag.name;
        if name.eq_ignore_ascii_case("br") {
            self.writer.line_break();
        } else if name.eq_ignore_ascii_case("hr") {
            self.writer.rule();
        } else if name.eq_ignore_ascii_case("img") {
            // Pictures of emoji carry them as their text.
            if let Some(alt) = tag.attribute("alt").filter(|alt| alt.chars().count() <= 4 && !alt.is_ascii()) {
                self.writer.text(alt);
            }
        }
    }

    fn enter(&mut self, kind: Kind) {
        match kind {
            Kind::Inline | Kind::Void => {}
            Kind::Block | Kind::Row | Kind::Preformatted | Kind::List => self.writer.block(),
            Kind::Paragraph | Kind::Quote => self.writer.paragraph(),
            Kind::Item => {
                self.writer.block();
                let list = self.open.iter_mut().rev().take(MATCH_DEPTH).find(|open| open.kind == Kind::List);
                let number = list.and_then(|list| list.items.as_mut()).map(|items| {
                    *items += 1;
                    *items
                });
                self.writer.marker(number);
            }
            Kind::Cell => self.writer.cell(),
        }
    }

    fn end(&mut self, name: &str) {
        let near = self.open.iter().rev().take(MATCH_DEPTH);
        let Some(above) = near.enumerate().find(|(_, open)| open.name.eq_ignore_ascii_case(name)).map(|(at, _)| at)
        else {
            if name.eq_ignore_ascii_case("p") && self.hidden == 0 {
                self.writer.block();
            }
            return;
        };
        for _ in 0..=above {
            let Some(open) = self.open.pop() else { return };
            self.leave(&open);
        }
    }

    fn leave(&mut self, open: &Open<'_>) {
        if self.hidden == 0 {
            match open.kind {
                Kind::Inline | Kind::Void | Kind::Cell => {}
                Kind::Block | Kind::Row | Kind::Preformatted | Kind::Item | Kind::List => self.writer.block(),
                Kind::Paragraph => self.writer.paragraph(),
                Kind::Quote => {
                    self.writer.shallow();
                    self.writer.paragraph();
                }
            }
        }
        self.hidden -= usize::from(open.hidden);
        self.preformatted -= usize::from(open.kind == Kind::Preformatted);
    }
}

#[cfg(test)]
mod tests;
