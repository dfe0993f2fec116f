//! Plain text out of the light HTML that help desks put into their JSON. Not for mail: mail has its own reader.

/// Replaces character references: `&amp;`, `&#39;`, `&#x2F;` and the few names that occur in exports.
pub(super) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let near = &tail[..tail.floor_char_boundary(11)];
        let reference = near.find(';').and_then(|end| Some((end, entity(&tail[1..end])?)));
        if let Some((end, c)) = reference {
            out.push(c);
            rest = &tail[end + 1..];
        } else {
            out.push('&');
            rest = &tail[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(digits) = name.strip_prefix('#') {
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || *c == '\n');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "euro" => '€',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => return None,
    })
}

/// The text of an HTML fragment: block ends become line breaks, other tags vanish. Text without tags stays as it is.
pub(super) fn to_text(html: &str) -> String {
    if !looks_like_html(html) {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_collapsed(&mut out, &rest[..open]);
        let tail = &rest[open..];
        let Some(close) = tail.find('>') else {
            push_collapsed(&mut out, tail);
            rest = "";
            break;
        };
        match tag_name(&tail[1..close]).as_str() {
            "br" | "/p" | "/div" | "/li" | "/tr" | "/h1" | "/h2" | "/h3" | "/blockquote" | "/ul" | "/ol" => {
                let kept = out.trim_end_matches(' ').len();
                out.truncate(kept);
                if !out.is_empty() {
                    out.push('\n');
                }
            }
            "li" => out.push_str("- "),
            _ => {}
        }
        rest = &tail[close + 1..];
    }
    push_collapsed(&mut out, rest);
    let mut text = decode_entities(out.trim());
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text
}

fn looks_like_html(text: &str) -> bool {
    ["<p", "<br", "<div", "<a ", "<b>", "<ul", "<li", "<span", "<strong", "<img", "&amp;", "&#39;", "&nbsp;", "&lt;"]
        .iter()
        .any(|tag| text.contains(tag))
}

fn tag_name(inside: &str) -> String {
    inside
        .trim()
        .char_indices()
        .take_while(|(at, c)| c.is_alphanumeric() || (*at == 0 && *c == '/'))
        .map(|(_, c)| c.to_ascii_lowercase())
        .collect()
}

/// Appends text with each run of white space as one space, as a browser shows it.
fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fragments() {
        let check = |html: &str, expected: &str| assert_eq!(to_text(html), expected, "{html}");
        check("<p>Hi Sam,</p><p>it&#39;s <b>down</b> again</p>", "Hi Sam,\nit's down again");
        check("a<br>b<br/>c", "a\nb\nc");
        check("<ul><li>one</li><li>two &amp; three</li></ul>", "- one\n- two & three");
        check("plain < text\n  kept", "plain < text\n  kept");
        check("<p>cut <a hre", "cut <a hre");
        check("&unknown; &amp; &#0;<p>", "&unknown; & &#0;");
    }
}
