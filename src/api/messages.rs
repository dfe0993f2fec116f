//! Messages in a list: what was said when by whom, with how it begins.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{ApiError, App, Page, PageRequest, When};
use crate::access::Caller;
use crate::model::{AccountSlug, InteractionKind, InteractionNode, Iri, Side, Stakeholder};

/// Code points of a beginning.
const BEGINNING: usize = 180;

/// Which messages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageFilter {
    /// Only of this kind.
    pub kind: Option<InteractionKind>,
    /// Only from this day on (UTC).
    pub from: Option<Date>,
    /// Only until this day, itself included.
    pub until: Option<Date>,
    /// Only what this person said.
    pub by: Option<Iri>,
}

/// A message in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MessageEntry {
    /// Identity of the interaction.
    pub id: String,
    /// Its kind.
    pub kind: InteractionKind,
    /// When it was said.
    pub at: jiff::Timestamp,
    /// Who said it.
    pub author: Option<String>,
    /// Their side.
    pub side: Option<Side>,
    /// Subject line or title.
    pub subject: Option<String>,
    /// How it begins.
    pub beginning: String,
    /// Whether a program wrote it.
    pub automatic: bool,
    /// -1..1 toward us.
    pub sentiment: Option<f32>,
}

impl MessageFilter {
    fn takes(&self, node: &InteractionNode) -> bool {
        let day = node.at.to_zoned(TimeZone::UTC).date();
        self.kind.is_none_or(|kind| node.kind == kind)
            && self.from.is_none_or(|from| day >= from)
            && self.until.is_none_or(|until| day <= until)
            && self.by.as_ref().is_none_or(|by| node.author.as_ref() == Some(by))
    }
}

/// A page of the messages of an account, the latest first, with how many there are.
pub async fn messages(
    app: &App,
    caller: &Caller,
    account: &AccountSlug,
    (filter, when): (&MessageFilter, When),
    page: &PageRequest,
) -> Result<(Page<MessageEntry>, usize), ApiError> {
    let known = app.known(caller, account, when).await?;
    let people = known.people_in_brief().await?;
    let mut chosen: Vec<&InteractionNode> =
        known.interactions().await?.iter().filter(|node| filter.takes(node)).collect();
    let key =
        |node: &&InteractionNode| format!("{:020}{}", (1i128 << 62) - i128::from(node.at.as_microsecond()), node.iri);
    chosen.sort_by_cached_key(key);
    let (range, next) = page.of(&chosen, key)?;
    let mut data = Vec::with_capacity(range.len());
    for node in &chosen[range] {
        let said = app.stores.archive.interaction(account, &node.id).await?;
        // One that was erased meanwhile is there no more.
        let Some(said) = said.filter(|said| caller.sight().sees(said.visibility)) else { continue };
        data.push(entry(node, people, &said));
    }
    Ok((Page { data, next }, chosen.len()))
}

fn entry(node: &InteractionNode, people: &[Stakeholder], said: &crate::model::Interaction) -> MessageEntry {
    let author = node.author.as_ref().and_then(|author| people.iter().find(|person| person.id == *author));
    let words: String = said.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut beginning: String = words.chars().take(BEGINNING).collect();
    if beginning.len() < words.len() {
        beginning.push('…');
    }
    MessageEntry {
        id: node.id.clone(),
        kind: node.kind,
        at: node.at,
        author: author.map(|person| person.name.clone()),
        side: author.and_then(|person| person.side),
        subject: said.subject.clone(),
        beginning,
        automatic: node.automatic,
        sentiment: node.sentiment,
    }
}
