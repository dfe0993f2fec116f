//! How an element is laid out: by its name, and by the few styles that matter to a reader of text.

use super::tokens::Tag;

/// What an element does to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Inline,
    /// Has no content: `br`, `hr`, `img`.
    Void,
    /// Stands on lines of its own.
    Block,
    /// Stands apart by blank lines.
    Paragraph,
    /// Is somebody else's text.
    Quote,
    Preformatted,
    List,
    Item,
    Row,
    Cell,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        let mut buffer = [0u8; 12];
        let Some(lower) = buffer.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"br" | b"hr" | b"img" | b"input" | b"meta" | b"link" | b"col" | b"area" | b"base" | b"wbr" | b"source"
            | b"embed" | b"param" | b"track" => Self::Void,
            b"div" | b"table" | b"section" | b"article" | b"header" | b"footer" | b"center" | b"form" | b"address"
            | b"dl" | b"dt" | b"dd" | b"fieldset" | b"main" | b"nav" | b"aside" | b"figure" | b"caption" | b"body" => {
                Self::Block
            }
            b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Paragraph,
            b"blockquote" => Self::Quote,
            b"pre" | b"listing" | b"xmp" => Self::Preformatted,
            b"ul" | b"ol" | b"menu" | b"dir" => Self::List,
            b"li" => Self::Item,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            _ => Self::Inline,
        }
    }
}

/// How an element is laid out once its attributes are taken into account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) hidden: bool,
    pub(super) kind: Kind,
}

impl Style {
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let kind = Kind::of(tag.name);
        let mut style = Self { hidden: false, kind };
        if tag.attributes.len() < 6 {
            return style;
        }
        let class = tag.attribute("class").unwrap_or_default();
        // Word writes every line as a paragraph without space around it.
        if ["MsoNormal", "MsoPlainText", "MsoList"].iter().any(|word| class.contains(word)) {
            style.become_if(Kind::Paragraph, Kind::Block);
        }
        if let Some(css) = tag.attribute("style") {
            style.read(&css.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase());
        }
        if tag.attribute("type").is_some_and(|value| value.eq_ignore_ascii_case("cite")) || class.contains("quote") {
            style.kind = kind;
        }
        style.hidden |= tag.has_flag("hidden");
        style
    }

    fn read(&mut self, css: &str) {
        for (property, value) in css.split(';').filter_map(|rule| rule.split_once(':')) {
            match property {
                "display" => self.hidden |= value.starts_with("none"),
                "visibility" => self.hidden |= value.starts_with("hidden"),
                "font-size" | "max-height" => self.hidden |= is_zero(value),
                // What Gmail's indent button makes is no quotation.
                "margin" if value == "00040px" => self.become_if(Kind::Quote, Kind::Block),
                "margin" | "margin-bottom" if is_zero(value) => self.become_if(Kind::Paragraph, Kind::Block),
                // A line above: where Outlook starts the header of a quoted message.
                "border-top" if value.contains("solid") => self.become_if(Kind::Block, Kind::Paragraph),
                _ => {}
            }
        }
    }

    fn become_if(&mut self, from: Kind, to: Kind) {
        if self.kind == from {
            self.kind = to;
        }
    }
}

/// Says whether the first length of a value is nothing: `0`, `0px`, `0in0in`, but not `0.5em`.
fn is_zero(value: &str) -> bool {
    let digits: &str = value.split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    digits.parse::<f32>().is_ok_and(|number| number == 0.0)
}
