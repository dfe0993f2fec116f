//! Where people and lines of the picture stand.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::map::model::{Node, NodeKind, RelationshipMap};
use crate::model::{Iri, Side};
use crate::relations::EdgeKind;

/// Width of the picture.
pub(super) const WIDTH: i32 = 1200;
/// Where our own people stand.
pub(super) const VENDOR_X: i32 = 390;
/// Where all others stand.
const CUSTOMER_X: i32 = 810;
/// Where the columns start.
const TOP: i32 = 170;
/// Height of one person; two lines of text and the largest circle fit in.
const ROW: i32 = 44;
/// A short column beside a long one is spread out, so that lines stay flat, but by no more than this.
const WIDEST_ROW: i32 = 3 * ROW;
/// Space below the columns, for the legend.
const BOTTOM: i32 = 64;
/// People shown of each side.
pub(super) const MOST_PEOPLE: usize = 24;
/// Contacts shown.
pub(super) const MOST_LINES: usize = 80;

/// A person in the picture.
pub(super) struct Spot<'m> {
    pub(super) node: &'m Node,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) radius: f32,
}

/// A contact in the picture.
pub(super) struct Line<'m> {
    pub(super) from: &'m Iri,
    pub(super) to: &'m Iri,
    pub(super) path: String,
    /// 0..1 of the strongest, as its width is drawn.
    pub(super) strength: f64,
    pub(super) crosses: bool,
}

/// The picture without its words.
pub(super) struct Layout<'m> {
    pub(super) spots: Vec<Spot<'m>>,
    /// Weakest first, so that strong lines lie on top.
    pub(super) lines: Vec<Line<'m>>,
    /// Who reports to whom.
    pub(super) reports: Vec<String>,
    /// Place, alignment and text.
    pub(super) headings: Vec<(i32, i32, &'static str, &'static str)>,
    pub(super) height: i32,
    /// People and contacts that found no room.
    pub(super) left_out: (usize, usize),
}

impl<'m> Layout<'m> {
    pub(super) fn of(map: &'m RelationshipMap) -> Self {
        let mut layout = Self {
            spots: Vec::new(),
            lines: Vec::new(),
            reports: Vec::new(),
            headings: Vec::new(),
            height: 0,
            left_out: (0, 0),
        };
        let side = |side: Option<Side>| {
            let mut people: Vec<&Node> =
                map.nodes.iter().filter(|node| node.kind == NodeKind::Person && node.side == side).collect();
            people.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.id.cmp(&b.id)));
            people
        };
        let (ours, theirs, others) = (side(Some(Side::Vendor)), side(Some(Side::Customer)), side(None));
        let shown = |people: &[&Node]| people.iter().take(MOST_PEOPLE).map(|_| 1).sum::<i32>();
        let rows = (shown(&ours), shown(&theirs) + shown(&others));
        let spread = |own: i32, other: i32| (ROW * other / own.max(1)).clamp(ROW, WIDEST_ROW);
        let (left_row, right_row) = (spread(rows.0, rows.1), spread(rows.1, rows.0));
        let left = layout.column((VENDOR_X, TOP, left_row), ("end", "Us"), &ours);
        let mut right = layout.column((CUSTOMER_X, TOP, right_row), ("start", "Customer"), &theirs);
        if !others.is_empty() {
            let top = right + ROW / 2;
            right = layout.column((CUSTOMER_X, top, right_row), ("start", "Side not known"), &others);
        }
        layout.height = left.max(right) + BOTTOM;
        layout.draw(map);
        layout
    }

    /// Puts people one below the other; answers where the column ends.
    fn column(
        &mut self,
        (x, top, row): (i32, i32, i32),
        (anchor, heading): (&'static str, &'static str),
        people: &[&'m Node],
    ) -> i32 {
        let x_of_words = if x == VENDOR_X { x - 30 } else { x + 30 };
        self.headings.push((x_of_words, top - 22, anchor, heading));
        let mut y = top + ROW / 2 - 10;
        for &node in people.iter().take(MOST_PEOPLE) {
            self.spots.push(Spot { node, x, y, radius: 6.0 + 12.0 * weight(node).clamp(0.0, 1.0) });
            y += row;
        }
        self.left_out.0 += people.len().saturating_sub(MOST_PEOPLE);
        y - row + ROW + ROW / 2
    }

    fn draw(&mut self, map: &'m RelationshipMap) {
        let spots: FxHashMap<&Iri, &Spot<'m>> = self.spots.iter().map(|spot| (&spot.node.id, spot)).collect();
        let mut contacts: BTreeMap<(&Iri, &Iri), f64> = BTreeMap::new();
        for edge in map.edges.iter().filter(|edge| edge.kind.is_contact()) {
            let pair = ((&edge.source).min(&edge.target), (&edge.source).max(&edge.target));
            *contacts.entry(pair).or_default() += edge.weight;
        }
        let mut contacts: Vec<((&Iri, &Iri), f64)> = contacts
            .into_iter()
            .filter(|((one, other), _)| spots.contains_key(one) && spots.contains_key(other))
            .collect();
        contacts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let left_out = contacts.len().saturating_sub(MOST_LINES);
        contacts.truncate(MOST_LINES);
        let strongest = contacts.first().map_or(1.0, |contact| contact.1).max(f64::MIN_POSITIVE);
        let lines = contacts.iter().rev().filter_map(|&((from, to), weight)| {
            let (one, other) = (spots.get(from)?, spots.get(to)?);
            Some(Line {
                from,
                to,
                path: curve(one, other),
                strength: (weight / strongest).sqrt(),
                crosses: one.x != other.x,
            })
        });
        let lines = lines.collect();
        let reports = map.edges.iter().filter(|edge| edge.kind == EdgeKind::ReportsTo);
        let reports = reports.filter_map(|edge| Some(curve(spots.get(&edge.source)?, spots.get(&edge.target)?)));
        let reports = reports.collect();
        (self.lines, self.reports) = (lines, reports);
        self.left_out.1 = left_out;
    }
}

/// Across as a flat S, within a side as an arc to the middle that is wider the further it goes.
fn curve(one: &Spot<'_>, other: &Spot<'_>) -> String {
    let (first, second) = if one.x <= other.x { (one, other) } else { (other, one) };
    let inwards = if first.x == VENDOR_X { 1 } else { -1 };
    let reach = if first.x == second.x { (26 + (first.y - second.y).abs() / 3).min(150) } else { 150 };
    let end = if first.x == second.x { second.x + inwards * reach } else { second.x - reach };
    format!(
        "M{} {} C{} {} {end} {} {} {}",
        first.x,
        first.y,
        first.x + inwards * reach,
        first.y,
        second.y,
        second.x,
        second.y
    )
}

fn weight(node: &Node) -> f32 {
    node.influence.filter(|influence| influence.is_finite()).unwrap_or_default()
}
