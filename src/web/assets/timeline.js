// @ts-check
/** The course of an account as charts: messages and mood by week, and usage. A week opens what was said in it. */

/**
 * @typedef {{ start: string, customer: number, vendor: number, unknown: number, mood: number | null }} Week
 * @typedef {{ metric: string, points: [string, number][] }} Usage
 * @typedef {{ weeks: Week[], usage: Usage[] }} Course
 */

const DAY = 86_400;
const HEIGHT = 240;
const USAGE_HEIGHT = 170;
const USAGE_COLOURS = ["--accent", "--customer", "--good", "--warn"];

/** @param {string} date */
const seconds = (date) => Date.parse(`${date}T00:00:00Z`) / 1000;

/** @param {number} time */
const date = (time) => new Date(time * 1000).toISOString().slice(0, 10);

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/**
 * A colour of the page as a canvas understands it.
 * @param {HTMLElement} place
 * @param {string} name
 */
function colour(place, name) {
  const probe = place.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/**
 * What both charts share.
 * @param {HTMLElement} place
 * @param {number} height
 * @param {(index: number) => void} open
 */
function frame(place, height, open) {
  const [soft, line] = [colour(place, "--soft"), colour(place, "--line")];
  const axis = { stroke: soft, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, font: "12px system-ui" };
  return {
    axis,
    days: { ...axis, space: 70, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => SHORT.format(tick * 1000)) },
    day: { value: (/** @type {any} */ _, /** @type {number | null} */ time) => (time == null ? "–" : LONG.format(time * 1000)) },
    options: {
      width: place.clientWidth,
      height,
      tzDate: (/** @type {number} */ time) => uPlot.tzDate(new Date(time * 1000), "UTC"),
      cursor: { y: false, drag: { x: true, y: false } },
      hooks: {
        ready: [
          (/** @type {any} */ chart) => {
            let from = 0;
            chart.over.addEventListener("mousedown", (/** @type {MouseEvent} */ event) => (from = event.clientX));
            chart.over.addEventListener("mouseup", (/** @type {MouseEvent} */ event) => {
              // Dragging zooms.
              if (Math.abs(event.clientX - from) < 4 && chart.cursor.idx != null) open(chart.cursor.idx);
            });
          },
        ],
      },
    },
  };
}

/**
 * Room for the first and the last bar.
 * @param {any} _
 * @param {number} from
 * @param {number} until
 */
const widened = (_, from, until) => [from - 4 * DAY, until + 4 * DAY];

/**
 * Messages as bars, theirs before ours, and the mood as a line.
 * @param {HTMLElement} place
 * @param {Week[]} weeks
 * @param {(from: string, until: string, kind: string) => void} read
 */
function drawMessages(place, weeks, read) {
  const times = weeks.map(({ start }) => seconds(start));
  const { axis, days, day, options } = frame(place, HEIGHT, (index) => {
    const start = times[index];
    if (start !== undefined) read(date(start), date(start + 6 * DAY), "");
  });
  const bars = uPlot.paths.bars({ size: [0.7, 26] });
  const [vendor, customer, mood] = ["--vendor", "--customer", "--ink"].map((name) => colour(place, name));
  const all = weeks.map((week) => week.customer + week.vendor + week.unknown);
  const count = (/** @type {any} */ _, /** @type {number | null} */ value) => value ?? "–";
  return new uPlot(
    {
      ...options,
      scales: { x: { time: true, range: widened }, mood: { range: [-1, 1] } },
      axes: [days, { ...axis, size: 40 }, { ...axis, scale: "mood", side: 1, size: 40, grid: { show: false }, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => (tick === 0 || Math.abs(tick) === 1 ? tick : "")) }],
      series: [
        { label: "Week of", ...day },
        { label: "All messages", paths: bars, fill: vendor, stroke: vendor, points: { show: false }, value: count },
        { label: "Theirs", paths: bars, fill: customer, stroke: customer, points: { show: false }, value: count },
        { label: "Mood", scale: "mood", stroke: mood, width: 2, spanGaps: true, points: { size: 6 }, value: (/** @type {any} */ _, /** @type {number | null} */ value) => value?.toFixed(2) ?? "–" },
      ],
    },
    [times, all, weeks.map((week) => week.customer), weeks.map((week) => week.mood)],
    place,
  );
}

/**
 * Usage figures, one line a metric, each against its own highest.
 * @param {HTMLElement} place
 * @param {Usage[]} usage
 * @param {(from: string, until: string, kind: string) => void} read
 */
function drawUsage(place, usage, read) {
  const days = [...new Set(usage.flatMap(({ points }) => points.map(([day]) => day)))].sort();
  const times = days.map(seconds);
  const { axis, days: dayAxis, day, options } = frame(place, USAGE_HEIGHT, (index) => {
    const time = times[index];
    if (time !== undefined) read(date(time), date(time), "usage");
  });
  const shown = usage.slice(0, USAGE_COLOURS.length);
  const lines = shown.map(({ points }) => {
    const known = new Map(points);
    const highest = Math.max(...known.values(), 1e-9);
    return days.map((day) => (known.has(day) ? (100 * (known.get(day) ?? 0)) / highest : null));
  });
  const series = shown.map(({ metric, points }, at) => {
    const known = new Map(points);
    return {
      label: metric.replaceAll("_", " "),
      stroke: colour(place, USAGE_COLOURS[at] ?? "--ink"),
      width: 2,
      spanGaps: true,
      points: { show: false },
      value: (/** @type {any} */ _, /** @type {number} */ __, /** @type {number} */ ___, /** @type {number | null} */ index) => known.get(days[index ?? -1] ?? "") ?? "–",
    };
  });
  return new uPlot(
    {
      ...options,
      scales: { x: { time: true }, y: { range: [0, 105] } },
      axes: [dayAxis, { ...axis, size: 50, values: (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map((tick) => `${tick} %`) }],
      series: [{ label: "Usage on", ...day }, ...series],
    },
    [times, ...lines],
    place,
  );
}

async function draw() {
  const place = document.getElementById("timeline");
  if (!place || typeof uPlot === "undefined") return;
  const answer = await fetch(place.dataset.source ?? "");
  if (!answer.ok) return;
  /** @type {Course} */
  const { weeks, usage } = await answer.json();
  /** @type {(from: string, until: string, kind: string) => void} */
  const read = (from, until, kind) => {
    const when = (place.dataset.when ?? "").replace("?", "&");
    location.assign(`${place.dataset.messages}?from=${from}&until=${until}&kind=${kind}${when}`);
  };
  const paint = () => {
    place.replaceChildren();
    if (weeks.length > 0) drawMessages(place, weeks, read);
    if (usage.length > 0) drawUsage(place, usage, read);
    place.dataset.drawn = String(weeks.length);
  };
  paint();
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth !== width) {
      width = place.clientWidth;
      paint();
    }
  }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

draw();
