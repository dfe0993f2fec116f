//! Both directions: what programs write, and what people write that sounds like it.

use std::collections::BTreeMap;

use super::{absence, recognise};
use crate::model::Automatic::{AutoReply, Bounce, Invitation, Newsletter, Notification};
use crate::model::{Automatic, Interaction, InteractionKind, Participant, ParticipantRole, Presence};

/// Checks a mail: `from|subject|header: value; header: value|text`.
fn check(mail: &str, expected: Option<Automatic>) {
    let parts: Vec<&str> = mail.splitn(4, '|').collect();
    let attributes: BTreeMap<String, String> = parts[2]
        .split("; ")
        .filter_map(|field| field.split_once(": "))
        .map(|(name, value)| (format!("header.{name}"), value.to_owned()))
        .collect();
    let interaction = Interaction {
        kind: InteractionKind::Email,
        subject: Some(parts[1].to_owned()),
        text: parts[3].to_owned(),
        participants: vec![Participant {
            role: ParticipantRole::From,
            address: Some(parts[0].to_owned()),
            ..Default::default()
        }],
        attributes,
        ..Default::default()
    };
    assert_eq!(recognise(&interaction), expected, "{mail}");
}

#[test]
fn bounces() {
    for mail in [
        "mailer-daemon@example.com|Undelivered Mail Returned to Sender||This is the mail system at host mx.example.com. Your message could not be delivered.",
        "postmaster@example.com|Undeliverable: Kick-off||Delivery has failed to these recipients or groups: ada@example.com",
        "x@example.com|Failure|x-failed-recipients: ada@example.com|whatever",
        "x@example.com|Report|content-type: multipart/report, report-type=delivery-status|see attachment",
        "|Mail delivery failed: returning message to sender||A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.",
        "postmaster@example.de|Unzustellbar: Angebot||Ihre Nachricht konnte nicht zugestellt werden.",
        "||| Address not found. Your message wasn't delivered to ada@example.com because the address couldn't be found. 550 5.1.1",
    ] {
        check(mail, Some(Bounce));
    }
}

#[test]
fn invitations() {
    for mail in [
        "ada@example.com|Invitation: Kick-off @ Tue Mar 3|content-type: text/calendar; method=REQUEST|Kick-off",
        "ada@example.com|Accepted: Kick-off||Ada One has accepted this invitation.",
        "ada@example.com|Declined: Weekly||",
        "ada@example.com|Invitation: Weekly sync||You have been invited to the following event. When: Tuesday 10am. Join with Google Meet",
        "ada@example.com|Updated invitation: QBR||This event has been changed. When: Tue",
        "ada@example.com|Zugesagt: Termin||",
        "ada@example.com|Review||Join Zoom Meeting https://zoom.example/j/1 Meeting ID: 123 Passcode: 77 One tap mobile",
    ] {
        check(mail, Some(Invitation));
    }
}

#[test]
fn absence_notes() {
    for mail in [
        "|||I will be out of the office starting 12/21/2001 and will not return until 01/02/2002. I will respond to your message when I return.",
        "|||Guten Tag, ich bin bis einschließlich 14.08. nicht im Haus. In dringenden Fällen wenden Sie sich bitte an Bernd Zwei.",
        "ada@example.com|Automatic reply: Kick-off||I am out of the office until Monday.",
        "ada@example.com|Re: Kick-off|auto-submitted: auto-replied|I am away.",
        "ada@example.com|Automatische Antwort: Angebot||Ich bin bis 3. Mai im Urlaub.",
        "ada@example.com|Réponse automatique : Offre||Je suis absente.",
        "ada@example.com|Respuesta automática: Oferta||Estoy fuera.",
        "ada@example.com|Re: Kick-off||Thank you for your email. I am currently out of the office with limited access to email and will return on 3 May. For urgent matters please contact Bob.",
        "ada@example.com|Out of office||I am on annual leave until 3 May. For urgent matters please contact bob@example.com.",
        "||| Hello, I am on vacation until June 9 with limited access to email. If this is urgent, please contact Bob Two.",
        "ada@example.com|AW: Angebot||Vielen Dank für Ihre Nachricht. Ich bin bis zum 3. Mai nicht im Büro. In dringenden Fällen wenden Sie sich an Bob.",
        "ada@example.com|Autosvar: Hej||Jag är på semester.",
        "ada@example.com|Kick-off||Thank you for your message. This mailbox is no longer monitored. Ada One is no longer with Northwind. Please contact bob@example.com.",
        "ada@example.com|Re: Kick-off|x-autoreply: yes|Back Monday.",
    ] {
        check(mail, Some(AutoReply));
    }
}

#[test]
fn newsletters() {
    for mail in [
        "news@example.com|March news|list-unsubscribe: <https://example.com/u>|Read more about our new features.",
        "||| View this email in your browser. Our spring release is here! Learn more. Unsubscribe | Manage preferences. © 2026 Example Inc. All rights reserved.",
        "|10 tips for better onboarding||Read the full article. You are receiving this email because you signed up at example.com. Unsubscribe. Privacy policy.",
        "ada@example.com|Webinar|precedence: bulk; list-unsubscribe: <mailto:u@example.com>|Save your seat for our webinar.",
        "|Newsletter März||Im Browser anzeigen. Jetzt anmelden zum Webinar. Newsletter abbestellen.",
        "|Lettre||Voir dans le navigateur. Vous recevez cet e-mail car vous êtes inscrit. Se désabonner.",
        "|Offer||Register now and save 20% off. Limited time offer. This email was sent to ada@example.com. Unsubscribe. © 2026",
        "newsletter@example.com|Weekly||In this issue: five ways to reduce churn. Read more.",
        "marketing@example.com|Join us||Don't miss our event. Register now: https://example.com. To opt out, click here.",
        "|Product update||Hello Dana,\n\nThree things you can do today. See what's new: https://example.com/new\n\nYou can change how often you hear from us or stop these emails at any time.",
        "|Roundup||Top stories this week\nhttps://example.com/1\n\nIf you no longer wish to receive these emails, unsubscribe here.",
        "|Boletín||Ver en el navegador. Darse de baja.",
    ] {
        check(mail, Some(Newsletter));
    }
}

#[test]
fn notifications() {
    for mail in [
        "no-reply@example.com|Your invoice||Your invoice 77 is ready.",
        "noreply@example.com|Password||Your password was changed.",
        "x@example.com|Build failed|auto-submitted: auto-generated|main is red",
        "x@example.com|Ticket 7||This is an automated message, please do not reply to this email.",
        "do_not_reply@example.com|Receipt||Thanks for your payment.",
        "x@example.com|Rechnung||Diese E-Mail wurde automatisch generiert.",
        "alerts@example.com|CPU high||CPU above 90 %",
        "x@example.com|Avis||Merci de ne pas répondre à ce message.",
    ] {
        check(mail, Some(Notification));
    }
}

#[test]
fn people() {
    for mail in [
        "ada@example.com|Call||I'll be out of office Friday, can we move the call?",
        "ada@example.com|Re: Call||I am out of the office on Thursday, so let's talk on Wednesday.",
        "ada@example.com|Re: patch|list-id: <dev.example.org>; precedence: list; list-unsubscribe: <mailto:u@example.org>; list-post: <mailto:dev@example.org>|I think the second version is better. Could you rebase it?",
        "ada@example.com|Question|list-id: <dev.example.org>|Has anybody tried the new build?",
        "ada@example.com|Re: newsletter||Can you remove the unsubscribe link from our newsletter template? Legal wants a new one.",
        "ada@example.com|FYI||What do you think of this?\n\n---------- Forwarded message ----------\nFrom: News <news@example.com>\nSubject: Tips\n\nView this email in your browser. Unsubscribe. Manage preferences.",
        "ada@example.com|Re: Invitation: Kick-off||Tuesday does not work for me, could we do Thursday?",
        "ada@example.com|Accepted: the new proposal||We have read the proposal and accept it with two changes. First, the price must include support. Second, we need the data in Europe.",
        "ada@example.com|Tom||Tom is no longer with us, please contact Dana from now on.",
        "ada@example.com|Bounce||My mail to Bob could not be delivered, do you have another address?",
        "ada@example.com|Re: Undeliverable: Offer||I got this back. Did you change domains?",
        "ada@example.com|Report||The weekly report is attached. Let me know if you have questions.",
        "ada@example.com|Vacation||I am on vacation until Monday but will look at the contract tonight.",
        "ada@example.com|Hi||Thank you for your email. Please contact me if you need more.",
        "ada@example.com|Learn more||I want to learn more about your product. Could you send a case study?",
        "ada@example.com|Product||How do users unsubscribe from alerts in your tool?",
        "ada@example.com|Next steps||Register the domain, then download the installer. See https://example.com/setup.",
        "news.desk@nowhere|||",
        "ada@example.com|Absence of data||The dashboard shows no data since Monday. Can you check?",
        "ada@example.com|Meeting||Let us meet. When: Tuesday at ten?",
        "|Leave||Sam, I am on leave from Monday. Dana will take over, please contact her about the invoices. I will be back on the 20th.",
        "|Review||Hi Sam, our newsletter goes out on Friday; please review the unsubscribe text and update the privacy policy link.",
        "|Webinar||Hi Dana, thanks for registering for our webinar. You can join at https://example.com. Cheers, Sam",
        "ada@example.com|OOO next week||I'll be on leave next week. Could Bob take the review?",
    ] {
        check(mail, None);
    }
}

#[test]
fn reads_absence_notes() {
    let check = |text: &str, presence: Presence, person: Option<&str>, name: Option<&str>, address: Option<&str>| {
        let found = absence(text).expect(text);
        let of = |range: Option<std::ops::Range<usize>>| range.map(|range| &text[range]);
        assert_eq!(
            (found.presence, of(found.person), of(found.replacement_name), of(found.replacement_address)),
            (presence, person, name, address),
            "{text}"
        );
    };
    check(
        "I am out of the office until May 3. For urgent matters please contact Bob Two (bob@example.com).",
        Presence::Away,
        None,
        Some("Bob Two"),
        Some("bob@example.com"),
    );
    check(
        "Ada One is no longer with Northwind. Please contact bob.two@example.com.",
        Presence::Departed,
        Some("Ada One"),
        None,
        Some("bob.two@example.com"),
    );
    check("Ich bin im Urlaub. Bitte wenden Sie sich an Bob Two.", Presence::Away, None, Some("Bob Two"), None);
    assert_eq!(absence("See you on Monday."), None);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "(\\PC| no longer with | contact |@|é|\n){0,60}") {
        if let Some(found) = absence(&text) {
            for range in [Some(found.range), found.person, found.replacement_name, found.replacement_address].into_iter().flatten() {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
        let mail = Interaction { kind: InteractionKind::Email, text, ..Default::default() };
        recognise(&mail);
    }
}
