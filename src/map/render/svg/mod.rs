//! The map as a picture: us on the left, the customer on the right, the weightiest on top. The size of a person is
//! their influence, the colour their sentiment, the width of a line the strength of contact; the strongest way to who
//! decides is marked. Large accounts show their weightiest people and strongest contacts and say so.

mod layout;
mod words;

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use super::text::xml;
use crate::map::model::RelationshipMap;
use crate::model::{BuyingRole, Iri, PersonStatus};
use layout::{Layout, Line, Spot, VENDOR_X, WIDTH};

const INK: &str = "#1f2933";
const SOFT: &str = "#616e7c";
const ACROSS: &str = "#3d6fb4";
const WITHIN: &str = "#a3acb8";
const WAY: &str = "#e07b00";
const WARN: &str = "#b3261e";
/// A sentiment this far from neutral has its full colour.
const FULL: f32 = 0.6;
const BAD: [f32; 3] = [208.0, 52.0, 44.0];
const EVEN: [f32; 3] = [205.0, 210.0, 217.0];
const GOOD: [f32; 3] = [46.0, 150.0, 88.0];

pub(super) fn svg(map: &RelationshipMap) -> String {
    let layout = Layout::of(map);
    let (height, title) = (layout.height, xml(&words::title(map)));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" role=\"img\">\n<title>{title}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    for (line, text) in words::head(map, &layout).iter().enumerate() {
        let (y, size, ink) = if line == 0 { (34, 20, INK) } else { (36 + 20 * line, 13, SOFT) };
        let _ = writeln!(out, "<text x=\"24\" y=\"{y}\" font-size=\"{size}\" fill=\"{ink}\">{}</text>", xml(text));
    }
    for (x, y, anchor, text) in &layout.headings {
        let style = format!("font-size=\"14\" font-weight=\"bold\" fill=\"{SOFT}\"");
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" {style}>{}</text>", xml(text));
    }
    let way = way(map);
    for line in &layout.lines {
        write_line(&mut out, line, &way);
    }
    for path in &layout.reports {
        let style = format!("stroke=\"{INK}\" stroke-width=\"1.2\" stroke-dasharray=\"4 3\" stroke-opacity=\"0.8\"");
        let _ = writeln!(out, "<path d=\"{path}\" fill=\"none\" {style}/>");
    }
    let ghosts: FxHashSet<&Iri> = map.answers.ghosts.iter().map(|ghost| &ghost.id).collect();
    let new: FxHashSet<&Iri> = map.changes.iter().flat_map(|changes| &changes.new_people).collect();
    for spot in &layout.spots {
        let node = spot.node;
        write_person(&mut out, spot, (ghosts.contains(&node.id), new.contains(&node.id)));
    }
    write_legend(&mut out, height);
    out.push_str("</svg>\n");
    out
}

/// The contacts on the strongest ways to who decides, both ways round.
fn way(map: &RelationshipMap) -> FxHashSet<(&Iri, &Iri)> {
    let steps = map.answers.paths.iter().flat_map(|path| &path.steps);
    steps.flat_map(|step| [(&step.from, &step.to), (&step.to, &step.from)]).collect()
}

fn write_line(out: &mut String, line: &Line<'_>, way: &FxHashSet<(&Iri, &Iri)>) {
    let is_way = way.contains(&(line.from, line.to));
    let ink = match (is_way, line.crosses) {
        (true, _) => WAY,
        (false, true) => ACROSS,
        (false, false) => WITHIN,
    };
    let opacity = if is_way { 0.9 } else { 0.25 + 0.45 * line.strength };
    let _ = writeln!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{:.2}\" stroke-opacity=\"{opacity:.2}\"/>",
        line.path,
        0.8 + 5.2 * line.strength,
    );
}

fn write_person(out: &mut String, spot: &Spot<'_>, (is_ghost, is_new): (bool, bool)) {
    let node = spot.node;
    let (edge, dashes) = match node.status {
        Some(PersonStatus::Departed) => ("#b8bcc4", " stroke-dasharray=\"2 3\""),
        Some(PersonStatus::Silent) => (SOFT, " stroke-dasharray=\"5 3\""),
        Some(PersonStatus::Active) | None if is_ghost => (SOFT, " stroke-dasharray=\"1 3\""),
        Some(PersonStatus::Active) | None => (INK, ""),
    };
    let _ = writeln!(
        out,
        "<circle cx=\"{}\" cy=\"{}\" r=\"{:.1}\" fill=\"{}\" stroke=\"{edge}\" stroke-width=\"1.4\"{dashes}>\
         <title>{}</title></circle>",
        spot.x,
        spot.y,
        spot.radius,
        colour(node.sentiment),
        xml(&words::about(node)),
    );
    write_words(out, spot, (is_ghost, is_new));
}

/// Name and role, and below them title and silence, on the outer side of the circle.
fn write_words(out: &mut String, spot: &Spot<'_>, (is_ghost, is_new): (bool, bool)) {
    let node = spot.node;
    let (x, anchor) = if spot.x == VENDOR_X { (spot.x - 30, "end") } else { (spot.x + 30, "start") };
    let name = format!("<tspan font-weight=\"bold\">{}</tspan>", xml(&words::name(node, is_new)));
    let role = node.buying_role.map(|role| {
        let style = "font-size=\"10\" font-weight=\"bold\" letter-spacing=\"0.5\"";
        let words = words::role_name(role).to_uppercase();
        format!("<tspan {style} fill=\"{}\">{words}</tspan>", role_ink(role))
    });
    let title = xml(&words::title_of(node));
    let silence = words::silence(node, is_ghost);
    let silence = silence.map(|words| format!("<tspan font-weight=\"bold\" fill=\"{WARN}\">{words}</tspan>"));
    let mut line = |y: i32, (size, ink): (i32, &str), first: Option<String>, second: Option<String>| {
        // The weightier word stands next to the circle.
        let mut words: Vec<String> = first.into_iter().chain(second).filter(|words| !words.is_empty()).collect();
        if anchor == "end" {
            words.reverse();
        }
        let style = format!("font-size=\"{size}\" fill=\"{ink}\" text-anchor=\"{anchor}\"");
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" {style}>{}</text>", words.join(" \u{2002}"));
    };
    line(spot.y - 1, (13, INK), Some(name), role);
    line(spot.y + 14, (11, SOFT), Some(title), silence);
}

/// Who decides, who pushes and who stands in the way have a colour of their own.
fn role_ink(role: BuyingRole) -> &'static str {
    match role {
        BuyingRole::DecisionMaker | BuyingRole::EconomicBuyer => "#a85500",
        BuyingRole::Champion => "#1f7a45",
        BuyingRole::Blocker => WARN,
        BuyingRole::Influencer | BuyingRole::EndUser | BuyingRole::TechnicalEvaluator => "#486581",
    }
}

/// Red to grey to green; white where nothing can be said.
fn colour(sentiment: Option<f32>) -> String {
    let Some(sentiment) = sentiment.filter(|value| value.is_finite()) else { return "#ffffff".to_owned() };
    let (target, part) = if sentiment < 0.0 { (BAD, -sentiment) } else { (GOOD, sentiment) };
    let part = (part / FULL).min(1.0);
    let [red, green, blue] = [0, 1, 2].map(|at| (EVEN[at] + (target[at] - EVEN[at]) * part).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn write_legend(out: &mut String, height: i32) {
    let y = height - 26;
    let text = |out: &mut String, x: i32, words: &str| {
        let _ = writeln!(out, "<text x=\"{x}\" y=\"{}\" font-size=\"11\" fill=\"{SOFT}\">{words}</text>", y + 4);
    };
    let circle = |out: &mut String, x: i32, radius: i32, fill: &str, dashes: &str| {
        let _ =
            writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" stroke=\"{INK}\"{dashes}/>");
    };
    let line = |out: &mut String, x: i32, ink: &str, width: i32| {
        let _ = writeln!(
            out,
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>",
            x + 26
        );
    };
    let feelings =
        [(34, Some(-1.0), "critical"), (106, Some(0.0), "neutral"), (176, Some(1.0), "glad"), (228, None, "not told")];
    for (x, sentiment, words) in feelings {
        circle(out, x, 6, &colour(sentiment), "");
        text(out, x + 12, words);
    }
    circle(out, 314, 5, "#ffffff", "");
    circle(out, 332, 11, "#ffffff", "");
    text(out, 349, "influence");
    circle(out, 424, 6, "#ffffff", " stroke-dasharray=\"5 3\"");
    text(out, 436, "silent");
    circle(out, 488, 6, "#ffffff", " stroke-dasharray=\"2 3\"");
    text(out, 500, "left, never heard");
    line(out, 616, ACROSS, 1);
    line(out, 646, ACROSS, 5);
    text(out, 680, "contact");
    line(out, 740, WITHIN, 3);
    text(out, 774, "within a side");
    line(out, 862, WAY, 4);
    text(out, 896, "strongest way to who decides");
    let _ = writeln!(
        out,
        "<line x1=\"1074\" y1=\"{y}\" x2=\"1100\" y2=\"{y}\" stroke=\"{INK}\" stroke-width=\"1.2\" stroke-dasharray=\"4 3\"/>"
    );
    text(out, 1108, "reports to");
}
