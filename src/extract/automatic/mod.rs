//! Mail that a program wrote: newsletters, bounces, absence notes, notifications, invitations.
//! Each kind has its own witnesses: header fields, the sender, the subject, the wording of the author's own part.

mod absence;
mod evidence;
mod offers;
mod wording;

pub use absence::{Absence, absence};

use crate::model::{Automatic, Interaction, InteractionKind};
use evidence::Evidence;
use wording::Wording;

/// The kind of automatic message an interaction is; `None` for what a person wrote.
pub fn recognise(interaction: &Interaction) -> Option<Automatic> {
    if interaction.attribute("author.kind") == Some("bot") {
        return Some(Automatic::Notification);
    }
    match interaction.kind {
        InteractionKind::Email | InteractionKind::Ticket => {}
        InteractionKind::Chat
        | InteractionKind::Call
        | InteractionKind::Note
        | InteractionKind::Crm
        | InteractionKind::Usage
        | InteractionKind::Survey
        | InteractionKind::Event => return None,
    }
    let evidence = Evidence::gather(interaction);
    if is_bounce(&evidence) {
        Some(Automatic::Bounce)
    } else if is_invitation(&evidence) {
        Some(Automatic::Invitation)
    } else if is_auto_reply(&evidence) {
        Some(Automatic::AutoReply)
    } else if is_newsletter(&evidence) {
        Some(Automatic::Newsletter)
    } else {
        is_notification(&evidence).then_some(Automatic::Notification)
    }
}

fn is_bounce(evidence: &Evidence<'_>) -> bool {
    if evidence.header("x-failed-recipients").is_some() {
        return true;
    }
    let report = evidence.header_has("content-type", "delivery-status");
    let daemon = evidence.sender_is(wording::DAEMONS);
    let subject = evidence.subject_starts(wording::BOUNCE_SUBJECTS);
    let body = evidence.count(Wording::Bounce);
    report || daemon && (subject || body > 0) || subject && body > 0 || body >= 2
}

fn is_invitation(evidence: &Evidence<'_>) -> bool {
    if evidence.header_has("content-type", "text/calendar") {
        return true;
    }
    let meeting = evidence.count(Wording::Meeting);
    if evidence.subject_starts(wording::ANSWER_SUBJECTS) {
        return meeting > 0 || evidence.text.len() < 80;
    }
    evidence.subject_starts(wording::INVITATION_SUBJECTS) && meeting > 0 || meeting >= 3
}

fn is_auto_reply(evidence: &Evidence<'_>) -> bool {
    let answered = evidence.header_has("auto-submitted", "auto-replied")
        || evidence.header("x-autoreply").is_some()
        || evidence.header("x-autorespond").is_some()
        || evidence.header_has("precedence", "auto_reply");
    if answered || evidence.subject_starts(wording::REPLY_SUBJECTS) {
        return true;
    }
    if evidence.count(Wording::Reply) > 0 && !evidence.is_reply() {
        return true;
    }
    // Absence alone is something people write too; a note says it in its own fixed words and asks nothing.
    let away = evidence.count(Wording::Away);
    let usual = evidence.count(Wording::Companion);
    let asks = evidence.text.contains('?');
    let subject = evidence.subject_starts(wording::AWAY_SUBJECTS);
    if subject && !asks {
        return away + usual > 0 || evidence.text.len() < 200;
    }
    away > 0 && usual >= 2 && !asks && evidence.text.len() < 1500 && !evidence.greets_by_name()
}

fn is_newsletter(evidence: &Evidence<'_>) -> bool {
    evidence.newsletter_score() >= 6
}

fn is_notification(evidence: &Evidence<'_>) -> bool {
    let generated = evidence.header_has("auto-submitted", "auto-generated")
        || evidence.header_has("auto-submitted", "auto-notified")
        || evidence.header("x-auto-response-suppress").is_some() && evidence.sender_is(wording::ROBOTS);
    generated
        || evidence.sender_is(wording::ROBOTS)
        || evidence.count(Wording::Notification) > 0 && !evidence.is_reply()
        || evidence.count(Wording::Receipt) >= 3 && !evidence.is_reply()
}

#[cfg(test)]
mod tests;
