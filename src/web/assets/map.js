// @ts-check
/**
 * The relationship map: draws what the server says, shows less of it as the form asks, goes back month by month, and
 * opens people. The tables say the same without it.
 */
import { gaps, place } from "./map-layout.js";
import { colours, look } from "./map-look.js";
import { Ties } from "./map-ties.js";

/** @typedef {import("./map-layout.js").Person} Person */
/** @typedef {import("./map-layout.js").Tie} Tie */
/** @typedef {import("./map-layout.js").Spot} Spot */
/** @typedef {{tone: string, words: {text: string, person: string | null}[]}} Sentence */
/** @typedef {{day: string, people: Person[], organizations: [string, number][], ties: Tie[], answers: Sentence[],
 *   moods: string[], roles: string[], marks: [number, string][], kinds: [string, string][]}} MapData */
/** @typedef {{side: string, days: number, kinds: Set<string>}} Filter */

/** Beyond so many people the drawing is kept simple. */
const MANY = 300;
/** People whose names are shown from afar on a large map. */
const NAMED = 12;
const MARKS = ["alone", "ghost", "departed", "silent"];
/** Bits of what a tie is: contact, words about or promises to somebody, what is declared. */
const CONTACT = 1;
const SAID = 2;
const DECLARED = 4;

const scope = /** @type {any} */ (globalThis);
/** @param {HTMLElement} box */
async function start(box) {
  show("map-frame");
  const map = new Drawing(box);
  try {
    await map.go("");
  } catch {
    tell("The map could not be loaded. The tables below say the same.");
    return;
  }
  listen(map);
}

/** @param {string} id */
function show(id) {
  const found = document.getElementById(id);
  if (found) found.hidden = false;
  return found;
}

/** @param {string} text */
function tell(text) {
  const state = document.getElementById("map-state");
  if (state) state.textContent = text;
}

/** What the form asks for. @returns {Filter} */
function filter() {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("map-filters"));
  const data = new FormData(form);
  const names = [...data.keys()].filter((name) => !["side", "days", "as_of"].includes(name));
  return { side: String(data.get("side") ?? ""), days: Number(data.get("days") ?? 0), kinds: new Set(names) };
}

/** A drawing that follows the data. */
class Drawing {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    /** @type {any} */
    this.cy = null;
    /** @type {MapData | null} */
    this.data = null;
    /** @type {Map<string, Promise<MapData>>} */
    this.known = new Map();
    /** Where people stand, for good. @type {Map<string, Spot>} */
    this.spots = new Map();
    this.chosen = "";
    this.day = "";
    /** The ties of a large map; those of a small one are elements. @type {Ties | null} */
    this.ties = null;
    /** @type {Map<string, any>} */
    this.pairs = new Map();
    this.marked = false;
  }

  /** Shows the map of a day; none is the day of the page. @param {string} day */
  async go(day) {
    const { url = "", first = "" } = this.box.dataset;
    const address = day ? `${url}?as_of=${day}` : first;
    let asked = this.known.get(day);
    if (!asked) {
      asked = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))));
      this.known.set(day, asked);
      asked.catch(() => this.known.delete(day));
    }
    this.day = day;
    const data = await asked;
    // Somebody went on meanwhile.
    if (this.day !== day) return;
    this.data = data;
    this.settle(this.data);
    this.draw();
  }

  /** Gives a spot to everybody who has none. @param {MapData} data */
  settle(data) {
    const isFirst = this.spots.size === 0;
    const spots = place(data.people, data.ties);
    data.people.forEach((person, at) => {
      const spot = spots[at];
      if (spot && !this.spots.has(person[0])) this.spots.set(person[0], isFirst ? spot : { x: spot.x * 1.15, y: spot.y + 30 });
    });
    const edge = Math.max(...[...this.spots.values()].map((spot) => Math.abs(spot.x)), 200) + gaps(data.people.length).between;
    const sides = [0, 0, 0];
    data.organizations.forEach(([name, side], at) => {
      const rank = sides[side] ?? 0;
      sides[side] = rank + 1;
      const id = `org:${side}:${name}`;
      const y = (rank % 2 ? -1 : 1) * Math.ceil(rank / 2) * 90;
      if (!this.spots.has(id)) this.spots.set(id, { x: side === 0 ? -edge : side === 1 ? edge : 0, y: side === 2 ? edge + at * 60 : y });
    });
  }

  /** Draws what is wanted of the data. */
  draw() {
    const data = this.data;
    if (!data) return;
    const wanted = elements(data, filter(), this.spots);
    this.pairs = wanted.edges;
    const isLarge = this.ties !== null || (!this.cy && data.people.length > MANY);
    const shown = { nodes: wanted.nodes, edges: isLarge ? new Map() : wanted.edges };
    if (this.cy) this.update(shown);
    else this.cy = create(this.box, data, [...shown.nodes.values(), ...shown.edges.values()]);
    if (isLarge && !this.ties) this.ties = new Ties(this.cy, this.box, colours);
    const people = [...wanted.nodes.keys()].filter((id) => !id.startsWith("org:")).length;
    Object.assign(this.box.dataset, { people, ties: wanted.edges.size, day: data.day, ready: "yes" });
    tell(`${people} ${people === 1 ? "person" : "people"}, ${wanted.edges.size} ${wanted.edges.size === 1 ? "pair" : "pairs"} with a tie`);
    this.mark();
  }

  /** Changes the drawing into what is wanted. @param {{nodes: Map<string, any>, edges: Map<string, any>}} wanted */
  update(wanted) {
    const cy = this.cy;
    cy.batch(() => {
      const gone = cy.elements().filter((/** @type {any} */ one) => !wanted.nodes.has(one.id()) && !wanted.edges.has(one.id()));
      gone.remove();
      const fresh = [];
      for (const one of [...wanted.nodes.values(), ...wanted.edges.values()]) {
        const there = cy.getElementById(one.data.id);
        if (there.empty()) fresh.push(one);
        else {
          if (there.data("sum") !== one.data.sum) there.data(one.data);
          there.classes(one.classes);
        }
      }
      cy.add(fresh);
    });
  }

  /** Marks the way that was asked for, and who is chosen. */
  mark() {
    const cy = this.cy;
    if (!cy) return;
    const ways = [...document.querySelectorAll("#way [data-places]")];
    const apart = ways.length > 0 || this.chosen !== "";
    if (this.ties) this.underline(this.ties, ways, apart);
    this.box.dataset.way = "0";
    if (!apart && !this.marked) return;
    this.marked = apart;
    cy.batch(() => {
      cy.elements(".way, .dim, .chosen").removeClass("way dim chosen");
      let steps = 0;
      for (const way of ways) {
        const places = (way.getAttribute("data-places") ?? "").split(" ");
        places.forEach((id, at) => {
          cy.getElementById(id).addClass("way");
          const next = places[at + 1];
          if (next) steps += cy.getElementById(pair(id, next)).addClass("way").length;
        });
      }
      if (ways.length) cy.elements().not(".way").addClass("dim");
      this.box.dataset.way = String(steps);
      if (this.chosen) cy.getElementById(this.chosen).addClass("chosen");
    });
  }

  /** On a large map, only the ties that stand out are elements: those of a way, and of who is chosen.
   * @param {Ties} ties @param {Element[]} ways @param {boolean} apart */
  underline(ties, ways, apart) {
    const steps = new Set(
      ways.flatMap((way) => {
        const places = (way.getAttribute("data-places") ?? "").split(" ");
        return places.slice(1).map((id, at) => pair(places[at] ?? "", id));
      }),
    );
    const all = [...this.pairs.values()];
    const own = all.filter(({ data }) => steps.has(data.id) || data.source === this.chosen || data.target === this.chosen);
    this.cy.batch(() => {
      this.cy.edges().remove();
      this.cy.add(own);
    });
    const spot = (/** @type {string} */ id) => this.spots.get(id) ?? { x: 0, y: 0 };
    const line = (/** @type {any} */ { data, classes }) => ({ from: spot(data.source), to: spot(data.target), width: data.width, kind: classes[0] ?? "" });
    ties.show(all.map(line), apart);
  }

  /** Opens a person beside the map. @param {string} id */
  async open(id) {
    const panel = show("person-panel");
    if (!panel) return;
    this.choose(id);
    await scope.htmx.ajax("GET", `${this.box.dataset.home}/people/${encodeURIComponent(id)}${this.box.dataset.when}`, { target: panel, swap: "innerHTML" });
    panel.scrollIntoView({ block: "nearest" });
    panel.querySelector("h2")?.focus();
  }

  /** @param {string} id */
  choose(id) {
    this.chosen = id;
    this.box.dataset.chosen = id;
    this.mark();
  }

  /** Goes on to the next person by influence. @param {number} step */
  walk(step) {
    const people = (this.data?.people ?? []).filter(([id]) => this.cy.getElementById(id).nonempty());
    people.sort((a, b) => b[3] - a[3]);
    if (!people.length) return;
    const at = people.findIndex(([id]) => id === this.chosen);
    const next = people[(at + step + people.length) % people.length] ?? people[0];
    if (!next) return;
    this.choose(next[0]);
    tell(`${next[1]}${next[8] ? `, ${next[8]}` : ""}. Enter opens.`);
  }

  /** @param {number} factor; 0 shows all */
  zoom(factor) {
    const cy = this.cy;
    if (factor) cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    else cy.fit(undefined, 24);
  }
}

/** The identity of a pair. @param {string} a @param {string} b */
function pair(a, b) {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** What is to be drawn. @param {MapData} data @param {Filter} asked @param {Map<string, Spot>} spots */
function elements(data, asked, spots) {
  const side = { "": -1, vendor: 0, customer: 1, unknown: 2 }[asked.side] ?? -1;
  const names = new Set([...data.people].sort((a, b) => b[3] - a[3]).slice(0, NAMED).map(([id]) => id));
  const isLarge = data.people.length > MANY;
  /** @type {Map<string, any>} */
  const nodes = new Map();
  for (const person of data.people) {
    if (side < 0 || person[2] === side) nodes.set(person[0], node(data, person, spots, isLarge, names.has(person[0])));
  }
  if (asked.kinds.has("member_of")) {
    for (const [name, own] of data.organizations) {
      const id = `org:${own}:${name}`;
      const data_ = { id, label: name, size: 34, font: 12, sum: name };
      nodes.set(id, { group: "nodes", data: data_, position: spots.get(id), classes: ["org"] });
    }
  }
  return { nodes, edges: edges(data, asked, nodes) };
}

/** @param {MapData} data @param {Person} person @param {Map<string, Spot>} spots @param {boolean} isLarge @param {boolean} isNamed */
function node(data, person, spots, isLarge, isNamed) {
  const [id, name, side, influence, mood, role, marks] = person;
  const remarks = [data.roles[role], data.moods[mood]].filter(Boolean);
  const classes = [`side-${side}`, `mood-${mood}`, ...MARKS.filter((_, bit) => marks & (1 << bit))];
  if (isLarge && isNamed) classes.push("named");
  const size = isLarge ? 10 + influence * 0.3 : 20 + influence * 0.34;
  const label = isLarge || !remarks.length ? name : `${name}\n${remarks.join(" · ")}`;
  const sum = `${label}${size}`;
  return { group: "nodes", data: { id, label, size, font: 34, sum }, position: { ...spots.get(id) }, classes };
}

/** One line for each pair, as thick as all their ties together. @param {MapData} data @param {Filter} asked @param {Map<string, any>} nodes */
function edges(data, asked, nodes) {
  const ids = [...data.people.map(([id]) => id), ...data.organizations.map(([name, side]) => `org:${side}:${name}`)];
  const all = ![...asked.kinds].some((kind) => kind !== "member_of");
  /** @type {Map<string, {source: string, target: string, strength: number, is: number}>} */
  const pairs = new Map();
  for (const [from, to, kind, strength, , days] of data.ties) {
    const name = data.kinds[kind]?.[0] ?? "";
    if (!asked.kinds.has(name) && !(all && name !== "member_of")) continue;
    if (asked.days && days > asked.days) continue;
    const [source = "", target = ""] = [ids[from], ids[to]];
    if (source === target || !nodes.has(source) || !nodes.has(target)) continue;
    const id = pair(source, target);
    const held = pairs.get(id) ?? { source, target, strength: 0, is: 0 };
    const is = kind <= 2 ? CONTACT : kind <= 4 ? SAID : DECLARED;
    if (is === CONTACT) held.strength += strength;
    held.is |= is;
    pairs.set(id, held);
  }
  /** @type {Map<string, any>} */
  const found = new Map();
  for (const [id, { source, target, strength, is }] of pairs) {
    const width = Math.round(10 * (1 + Math.min(6, Math.sqrt(strength / 60)))) / 10;
    const classes = is & CONTACT ? [] : [is & SAID ? "said" : "declared"];
    found.set(id, { group: "edges", data: { id, source, target, width, sum: width }, classes });
  }
  return found;
}

/** @param {HTMLElement} box @param {MapData} data @param {any[]} found */
function create(box, data, found) {
  const isLarge = data.people.length > MANY;
  const cy = scope.cytoscape({
    container: box,
    elements: found,
    layout: { name: "preset", fit: true, padding: 24 },
    style: look(data.people.length),
    minZoom: 0.05,
    maxZoom: 4,
    autoungrabify: true,
    boxSelectionEnabled: false,
    textureOnViewport: isLarge,
    ...(isLarge ? { pixelRatio: 1 } : {}),
  });
  if (!isLarge && cy.zoom() > 1.3) {
    cy.zoom(1.3);
    cy.center();
  }
  return cy;
}

/** @param {Sentence[]} answers @param {HTMLElement} box */
function say(answers, box) {
  const list = document.getElementById("answers");
  list?.replaceChildren(
    ...answers.map(({ tone, words }) => {
      const line = document.createElement("li");
      line.className = tone;
      line.append(
        ...words.map(({ text, person }) => {
          if (!person) return text;
          const link = document.createElement("a");
          link.textContent = text;
          link.href = `${box.dataset.home}/people/${encodeURIComponent(person)}${box.dataset.when}`;
          link.dataset.person = person;
          return link;
        }),
      );
      return line;
    }),
  );
}

/** @param {string} day */
function written(day) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

/** @param {Drawing} map */
function listen(map) {
  const { box } = map;
  map.cy.on("tap", "node", (/** @type {any} */ event) => {
    if (!event.target.id().startsWith("org:")) void map.open(event.target.id());
  });
  if ((map.data?.people.length ?? 0) <= MANY) {
    map.cy.on("mouseover", "node", (/** @type {any} */ event) => {
      if (box.dataset.way === "0") map.cy.elements().not(event.target.closedNeighborhood()).addClass("dim");
    });
    map.cy.on("mouseout", "node", () => {
      map.marked = true;
      map.mark();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.cy.style(look(map.data?.people.length ?? 0));
    map.ties?.draw();
  });
  document.getElementById("map-filters")?.addEventListener("change", () => map.draw());
  document.body.addEventListener("htmx:afterSettle", () => map.mark());
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const zoom = target?.closest("[data-zoom]")?.getAttribute("data-zoom");
    if (zoom) map.zoom({ in: 1.4, out: 1 / 1.4, fit: 0 }[zoom] ?? 0);
    if (target?.closest("[data-close]")) close(map);
    const id = target?.closest("[data-person]")?.getAttribute("data-person");
    if (!id || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void map.open(id);
  });
  keys(map);
  time(map);
  if (document.querySelector("#way [data-places]")) map.mark();
}

/** @param {Drawing} map */
function close(map) {
  const panel = document.getElementById("person-panel");
  if (panel) panel.hidden = true;
  map.choose("");
  map.box.focus();
}

/** @param {Drawing} map */
function keys(map) {
  map.box.addEventListener("keydown", (event) => {
    /** @type {Record<string, () => void>} */
    const does = {
      ArrowRight: () => map.walk(1),
      ArrowDown: () => map.walk(1),
      ArrowLeft: () => map.walk(-1),
      ArrowUp: () => map.walk(-1),
      Enter: () => map.chosen && void map.open(map.chosen),
      "+": () => map.zoom(1.4),
      "-": () => map.zoom(1 / 1.4),
      0: () => map.zoom(0),
    };
    const done = event.ctrlKey || event.metaKey ? undefined : does[event.key];
    if (!done) return;
    event.preventDefault();
    done();
  });
}

/** The slider over the months. @param {Drawing} map */
function time(map) {
  const months = (map.box.dataset.months ?? "").split(" ").filter(Boolean);
  const slider = /** @type {HTMLInputElement | null} */ (document.getElementById("map-month"));
  const output = document.getElementById("map-day");
  if (!slider || !output || months.length < 2) return;
  show("map-time");
  const last = months.length - 1;
  output.textContent = written(months[last] ?? "");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  slider.addEventListener("input", () => {
    const at = Number(slider.value);
    const day = months[at] ?? "";
    output.textContent = written(day);
    slider.setAttribute("aria-valuetext", written(day));
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      tell("One moment …");
      map.go(at === last ? "" : day).then(
        () => map.data && say(map.data.answers, map.box),
        () => tell("This month could not be loaded."),
      );
    }, 120);
  });
}

const box = document.getElementById("map");
if (box && typeof scope.cytoscape === "function") void start(box);
