// @ts-check
/** How people and ties look on the map, in the colours of the page. */

const COLOURS = ["mood-0", "mood-1", "mood-2", "mood-3", "mood-4", "mood-none", "ink", "soft", "line", "sheet", "accent", "bad", "customer", "vendor"];

/** The colours of the page as they are now, light or dark.
 * @returns {Record<string, string>} */
export function colours() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const found = COLOURS.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

/** The style sheet of the drawing.
 * @param {number} count how many people there are @returns {object[]} */
export function look(count) {
  const colour = colours();
  const isLarge = count > 300;
  const node = {
    width: "data(size)",
    height: "data(size)",
    label: "data(label)",
    color: colour.ink,
    "font-size": 12,
    "min-zoomed-font-size": 8,
    "text-valign": "bottom",
    "text-margin-y": 3,
    "text-wrap": "wrap",
    "background-color": colour["mood-none"],
    "border-width": 2,
    "border-color": colour.soft,
    "overlay-opacity": 0,
    ...(isLarge ? {} : { "text-outline-width": 2, "text-outline-color": colour.sheet, "text-outline-opacity": 0.9 }),
  };
  const edge = {
    width: "data(width)",
    "line-color": colour.soft,
    opacity: isLarge ? 0.8 : 0.42,
    "curve-style": isLarge ? "haystack" : "straight",
    "overlay-opacity": 0,
  };
  return [
    { selector: "node", style: node },
    { selector: ".side-0", style: { shape: "ellipse", "border-color": colour.vendor } },
    { selector: ".side-1", style: { shape: "round-rectangle", "border-color": colour.customer } },
    { selector: ".side-2", style: { shape: "diamond" } },
    ...[0, 1, 2, 3, 4].map((mood) => ({ selector: `.mood-${mood}`, style: { "background-color": colour[`mood-${mood}`] } })),
    { selector: ".org", style: { shape: "rectangle", "background-opacity": 0.1, "border-style": "dashed", "font-style": "italic" } },
    { selector: ".named", style: { "font-size": "data(font)", "min-zoomed-font-size": 6, "z-index": 5 } },
    { selector: ".silent", style: { "border-style": "dashed", "border-width": 3, "border-color": colour.ink } },
    { selector: ".ghost", style: { "border-style": "dotted", "background-opacity": 0.12 } },
    { selector: ".departed", style: { opacity: 0.4, "border-style": "dotted" } },
    { selector: ".alone", style: { "border-width": 6, "border-color": colour.bad, "border-style": "double" } },
    { selector: "edge", style: edge },
    { selector: ".said", style: { "line-style": "dotted" } },
    { selector: ".declared", style: { "line-style": "dashed", "line-color": colour.accent } },
    { selector: ".dim", style: { opacity: 0.12, "text-opacity": 0.2 } },
    { selector: "edge.way", style: { "line-color": colour.accent, opacity: 1, width: 6, "z-index": 9 } },
    { selector: "node.way", style: { "border-color": colour.accent, "border-width": 5, opacity: 1, "text-opacity": 1, "font-weight": "bold", "min-zoomed-font-size": 0 } },
    { selector: "node.chosen", style: { "overlay-color": colour.accent, "overlay-opacity": 0.3, "overlay-padding": 8, "font-weight": "bold", "min-zoomed-font-size": 0, "z-index": 10 } },
  ];
}
