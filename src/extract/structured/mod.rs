//! Structured rows become findings directly: CRM rows, usage figures, survey scores, calendar events, tickets.
//! Nothing here analyses language; every quote is a line of the interaction's own text.
//! Entry points: [`read`] for rows that are read in no other way, [`also`] for rows whose text is read as well.

mod crm;
mod event;
mod lines;
pub mod record;
mod survey;
mod ticket;
mod usage;

use crate::model::{Findings, Interaction, InteractionKind};

/// The findings of an interaction that is data through and through; `None` when it is to be read as text.
pub fn read(interaction: &Interaction) -> Option<Findings> {
    match interaction.kind {
        InteractionKind::Crm if interaction.attribute("crm.object").is_some() => Some(crm::read(interaction)),
        InteractionKind::Usage => Some(usage::read(interaction)),
        InteractionKind::Event => Some(event::read(interaction)),
        InteractionKind::Email
        | InteractionKind::Chat
        | InteractionKind::Call
        | InteractionKind::Ticket
        | InteractionKind::Note
        | InteractionKind::Crm
        | InteractionKind::Survey => None,
    }
}

/// What the attributes of an interaction say besides its text, which is read as text.
pub fn also(interaction: &Interaction) -> Findings {
    match interaction.kind {
        InteractionKind::Ticket => ticket::read(interaction),
        InteractionKind::Survey => survey::read(interaction),
        InteractionKind::Email
        | InteractionKind::Chat
        | InteractionKind::Call
        | InteractionKind::Note
        | InteractionKind::Crm
        | InteractionKind::Usage
        | InteractionKind::Event => Findings::default(),
    }
}

#[cfg(test)]
mod tests;
