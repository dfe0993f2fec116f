//! Repairs text whose declared charset is wrong, missing or unknown. Runs only where the decoded text looks damaged.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessagePart, MimeHeaders};

use crate::sources::text;

/// The text of a part, decoded again from `raw` (the whole message) when the first decoding went wrong.
pub(crate) fn repaired<'a>(decoded: &'a str, part: &MessagePart<'_>, raw: &[u8]) -> Cow<'a, str> {
    if part.is_encoding_problem
        && let Some(text) = partly_decoded(decoded, part)
    {
        return Cow::Owned(text);
    }
    let damage = damage_of(decoded);
    if matches!(damage, Damage::None) {
        return Cow::Borrowed(decoded);
    }
    let Some(body) = raw.get(part.offset_body as usize..part.offset_end as usize) else {
        return Cow::Borrowed(decoded);
    };
    let bytes = match part.encoding {
        Encoding::None => Some(Cow::Borrowed(body)),
        Encoding::QuotedPrintable => quoted_printable_decode(body).map(Cow::Owned),
        Encoding::Base64 => base64_decode(body).map(Cow::Owned),
    };
    match (damage, bytes) {
        (Damage::Lost, Some(bytes)) => {
            let again = text::decode(&bytes);
            // Escapes that stand for bytes of no charset leave the text as it is.
            if again.is_ascii() { Cow::Borrowed(decoded) } else { Cow::Owned(again.into_owned()) }
        }
        (Damage::Mojibake, Some(bytes)) => match std::str::from_utf8(&bytes) {
            Ok(text) if !text.is_ascii() => Cow::Owned(text.to_owned()),
            Ok(_) | Err(_) => Cow::Borrowed(decoded),
        },
        (Damage::None, _) | (_, None) => Cow::Borrowed(decoded),
    }
}

/// What can be decoded of a part whose transfer encoding breaks off or is damaged.
fn partly_decoded(encoded: &str, part: &MessagePart<'_>) -> Option<String> {
    let encoding = part.content_transfer_encoding()?;
    let bytes = if encoding.eq_ignore_ascii_case("base64") {
        let digits = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace());
        let mut digits: Vec<u8> =
            digits.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).collect();
        digits.truncate(digits.len() / 4 * 4);
        base64_decode(&digits)?
    } else if encoding.eq_ignore_ascii_case("quoted-printable") {
        quoted_printable_decode(encoded.as_bytes())?
    } else {
        return None;
    };
    let charset = part.content_type().and_then(|content_type| content_type.attribute("charset"));
    let decoder = charset.and_then(|charset| charset_decoder(charset.as_bytes()));
    let text = decoder.map_or_else(|| text::decode(&bytes).into_owned(), |decode| decode(&bytes));
    (!text.trim().is_empty()).then_some(text)
}

/// A header value with bytes of an undeclared charset, decoded anew; `None` when nothing is wrong with it.
pub(crate) fn repaired_header(raw: &[u8]) -> Option<String> {
    if raw.is_ascii() || std::str::from_utf8(raw).is_ok() {
        return None;
    }
    Some(text::decode(raw).into_owned())
}

enum Damage {
    None,
    /// Characters were lost (U+FFFD).
    Lost,
    /// UTF-8 read as a single-byte charset.
    Mojibake,
}

fn damage_of(text: &str) -> Damage {
    if text.is_ascii() {
        Damage::None
    } else if memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).is_some() {
        Damage::Lost
    } else if ["Ã", "â€", "Â", "Å", "Ð", "Ñ"].iter().any(|mark| text.contains(mark)) {
        Damage::Mojibake
    } else {
        Damage::None
    }
}
