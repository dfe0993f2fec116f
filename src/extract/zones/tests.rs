//! Messages in the forms of many programs, and what must hold for every text.

use proptest::prelude::*;

use super::split;
use crate::model::{InteractionKind, ZoneKind};

/// Checks the kinds in order, each with the trimmed words of its zone.
fn check(text: &str, expected: &[(ZoneKind, &str)]) {
    let zones = split(text, InteractionKind::Email);
    let found: Vec<(ZoneKind, &str)> = zones.iter().map(|zone| (zone.kind, text[zone.range.clone()].trim())).collect();
    assert_eq!(found, expected, "{text}");
}

use ZoneKind::{Body, Closing, Disclaimer, Forwarded, Greeting, QuoteHeader, Quoted, Signature};

#[test]
fn a_plain_letter() {
    check(
        "Hi Sam,\n\nThe numbers are attached.\n\nBest regards,\nAda One\nHead of Operations\nNorthwind Ltd\n+44 20 7946 0000\n",
        &[
            (Greeting, "Hi Sam,"),
            (Body, "The numbers are attached."),
            (Closing, "Best regards,"),
            (Signature, "Ada One\nHead of Operations\nNorthwind Ltd\n+44 20 7946 0000"),
        ],
    );
    check("Ada,\n\nplease call me.\n\nBob\n", &[(Greeting, "Ada,"), (Body, "please call me."), (Signature, "Bob")]);
    check("It works now.\n\nThanks, Ada", &[(Body, "It works now."), (Closing, "Thanks, Ada")]);
}

#[test]
fn lists_and_headings_stay_in_the_body() {
    check("Next steps:\n- send quote\n- sign contract", &[(Body, "Next steps:\n- send quote\n- sign contract")]);
    check("The project is called\n\nProject Phoenix\n", &[(Body, "The project is called\n\nProject Phoenix")]);
    check("Agenda:\n\nwe talk about prices", &[(Body, "Agenda:\n\nwe talk about prices")]);
    check(
        "Hi all,\n\nwe move.\n\nBest,\nAda\n\nP.S. I will send the slides.\n",
        &[
            (Greeting, "Hi all,"),
            (Body, "we move."),
            (Closing, "Best,"),
            (Signature, "Ada"),
            (Body, "P.S. I will send the slides."),
        ],
    );
}

#[test]
fn a_signature_with_the_imprint_of_a_company() {
    check(
        "anbei das Angebot.\n\nMit freundlichen Grüßen\n\ni.A. Bernd Zwei\nVertrieb\nFirma GmbH\nTel. +49 30 1234567 | Fax +49 30 1234568\nGeschäftsführer: Ada Eins\n",
        &[
            (Body, "anbei das Angebot."),
            (Closing, "Mit freundlichen Grüßen"),
            (
                Signature,
                "i.A. Bernd Zwei\nVertrieb\nFirma GmbH\nTel. +49 30 1234567 | Fax +49 30 1234568\nGeschäftsführer: Ada Eins",
            ),
        ],
    );
}

#[test]
fn replies() {
    check(
        "Fine with me.\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Ada One <ada@example.com> wrote:\n\n> Tuesday?\n",
        &[
            (Body, "Fine with me."),
            (QuoteHeader, "On Mon, Apr 2, 2012 at 6:26 PM, Ada One <ada@example.com> wrote:"),
            (Quoted, "> Tuesday?"),
        ],
    );
    check(
        "Ok.\n\nVon: Ada <ada@example.com>\nGesendet: Dienstag, 25. November 2014 14:59\nAn: Bob\nBetreff: Termin\n\nHallo Bob\n",
        &[
            (Body, "Ok."),
            (
                QuoteHeader,
                "Von: Ada <ada@example.com>\nGesendet: Dienstag, 25. November 2014 14:59\nAn: Bob\nBetreff: Termin",
            ),
            (Quoted, "Hallo Bob"),
        ],
    );
    check(
        "> Which option?\n\nThe first one.\n\n> And when?\n\nOn Friday.\n",
        &[(Quoted, "> Which option?"), (Body, "The first one."), (Quoted, "> And when?"), (Body, "On Friday.")],
    );
}

#[test]
fn forwards_of_lotus_notes() {
    let header = "---------------------- Forwarded by Ada One/HOU/ECT on 10/17/2000 \n02:22 PM ---------------------------\n\n\nBob Two@ENRON\n10/17/2000 01:13 PM\nTo: Ada One/HOU/ECT@ECT\ncc:  \nSubject: Map";
    check(
        &format!("See below.\n\nAda\n\n{header}\n\nHere is the map.\n"),
        &[(Body, "See below."), (Signature, "Ada"), (QuoteHeader, header), (Forwarded, "Here is the map.")],
    );
    check(
        "Yes.\n\n\n\n\nBob Two\n10/17/2000 01:13 PM\nTo: Ada One/HOU/ECT@ECT\ncc:  \nSubject: Map\n\nHave you seen it?\n",
        &[
            (Body, "Yes."),
            (QuoteHeader, "Bob Two\n10/17/2000 01:13 PM\nTo: Ada One/HOU/ECT@ECT\ncc:  \nSubject: Map"),
            (Quoted, "Have you seen it?"),
        ],
    );
}

#[test]
fn disclaimers_and_devices() {
    check(
        "Done, thank you.\n\nSent from my iPhone\n",
        &[(Body, "Done, thank you."), (Signature, "Sent from my iPhone")],
    );
    check(
        "Signed copy attached.\n\nThis e-mail and any attachments are confidential and intended only for the addressee.\n",
        &[
            (Body, "Signed copy attached."),
            (Disclaimer, "This e-mail and any attachments are confidential and intended only for the addressee."),
        ],
    );
}

#[test]
fn other_kinds_are_body() {
    let text = "Ada One: > is greater\nBob: yes";
    assert_eq!(split(text, InteractionKind::Call).len(), 1);
    assert_eq!(split("> old\nnew", InteractionKind::Chat).len(), 2);
    assert!(split("", InteractionKind::Email).is_empty());
}

fn holds(text: &str, kind: InteractionKind) {
    let mut at = 0;
    for zone in split(text, kind) {
        assert_eq!(zone.range.start, at);
        assert!(zone.range.end > at && text.is_char_boundary(zone.range.end));
        at = zone.range.end;
    }
    assert_eq!(at, text.len());
}

proptest! {
    #[test]
    fn zones_cover_any_text(text in "\\PC{0,300}") {
        for kind in InteractionKind::ALL {
            holds(&text, kind);
        }
    }

    #[test]
    fn zones_cover_text_that_looks_like_mail(
        parts in proptest::collection::vec(prop_oneof![
            Just("On Mon, Apr 2, 2012, Ada <a@b.c> wrote:"), Just("> é"), Just(""), Just("From: Ada"), Just("To: B"),
            Just("Sent: 1/2/2001 03:04 PM"), Just("--"), Just("Thanks,"), Just("Ada"), Just("-----Original Message-----"),
            Just("Subject: x"), Just("ok On Mon, Apr 2, a@b.c wrote:"), Just("________________"), Just("1/2/2001 03:04 PM"),
            Just("Sent from my iPhone"), Just("PS: ok"), Just("wrote:"), Just("This email is confidential and privileged"), Just("\u{a0}Hi —"),
        ], 0..14),
        breaks in prop_oneof![Just("\n"), Just("\r\n")],
    ) {
        let text = parts.join(breaks);
        for kind in InteractionKind::ALL {
            holds(&text, kind);
        }
    }
}
