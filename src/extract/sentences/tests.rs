//! Sentences of letters, chat, lists and speech, and what must hold for every text.

use proptest::prelude::*;

use super::split;

fn check(text: &str, expected: &[&str]) {
    let found: Vec<&str> = split(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn stops_and_abbreviations() {
    check(
        "Mr. One sent v2.1 to Acme Inc. on Monday. We agreed.",
        &["Mr. One sent v2.1 to Acme Inc. on Monday.", "We agreed."],
    );
    check("We use Acme Inc. The team likes it.", &["We use Acme Inc.", "The team likes it."]);
    check("See e.g. No. 5 at 3.5 percent, i.e. little.", &["See e.g. No. 5 at 3.5 percent, i.e. little."]);
    check("Ada K. One met J. R. Two at 9 a.m. on Friday.", &["Ada K. One met J. R. Two at 9 a.m. on Friday."]);
    check(
        "Open https://example.com/a.b?c=d. Then read config.toml.",
        &["Open https://example.com/a.b?c=d.", "Then read config.toml."],
    );
    check("Really?! Yes... maybe. Well... No.", &["Really?!", "Yes... maybe.", "Well...", "No."]);
    check("can you send it? thanks. will do", &["can you send it?", "thanks.", "will do"]);
    check("It is done.Please check.", &["It is done.", "Please check."]);
    check("\"Is it?\" he asked. (It was.) Good.", &["\"Is it?\" he asked.", "(It was.)", "Good."]);
    check("Great news 🎉 We signed!", &["Great news 🎉", "We signed!"]);
}

#[test]
fn lines_and_lists() {
    check(
        "I will send you the complete list of open items as soon as the\nteam has had a look. It may take\na day.",
        &[
            "I will send you the complete list of open items as soon as the\nteam has had a look.",
            "It may take\na day.",
        ],
    );
    check("Next:\n- send the report\n- call Ada\n  2) sign", &["Next:", "send the report", "call Ada", "sign"]);
    check("• one\n• two", &["one", "two"]);
    check("ok\nsounds good\nwill do tomorrow", &["ok", "sounds good", "will do tomorrow"]);
    check("Ada One: I will send it. Soon.\nBob: fine", &["Ada One: I will send it.", "Soon.", "Bob: fine"]);
    check("First paragraph without a stop\n\nSecond one", &["First paragraph without a stop", "Second one"]);
    check("1. Introduction", &["Introduction"]);
    check("--\n***\n", &[]);
}

proptest! {
    #[test]
    fn ranges_are_ordered_and_trimmed(text in "(\\PC|[\n .!?…•🎉-]){0,200}", from in 0usize..50, to in 0usize..300) {
        let mut last = 0;
        for range in split(&text, from..to) {
            prop_assert!(range.start >= last && range.start < range.end && range.end <= to.min(text.len()));
            let words = &text[range.clone()];
            prop_assert_eq!(words, words.trim());
            last = range.end;
        }
    }
}
